"""The value of a term: what joins the answers of calls, by its definition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from agents.composing.terms import (
    Agreed,
    Along,
    Beside,
    Compared,
    Crossing,
    Either,
    Empty,
    Extreme,
    ExtremePair,
    FigureOf,
    Found,
    Inside,
    Joined,
    Leaf,
    Named,
    Not,
    Number,
    Parity,
    RankedGroup,
    Size,
    Sized,
    Subset,
    Sum,
    Summary,
    Table,
    Term,
    Thing,
    Told,
    Truly,
    Within,
)
from agents.plan import COMPARE
from agents.wording import one_line
from tools import answers
from tools.answers import Answer

Answers: TypeAlias = Mapping[Leaf, Answer]


def value_of(term: Term, found: Answers) -> Any:
    """The value of a term: a list of things without repetition, a number, or a truth.

    Raises:
        ZeroDivisionError: a share of nothing.
        ValueError: a figure of nothing, or of what has none.
    """
    return _VALUES[type(term)](term, found)


def _found(term: Found, found: Answers) -> list[Thing]:
    answer = found[term.leaf]
    if isinstance(answer, answers.Groups):
        return [frozenset(group) for group in answer.groups]
    if isinstance(answer, answers.Edges):
        return [in_one_order(edge) for edge in answer.edges] if term.either_way else list(answer.edges)
    if isinstance(answer, answers.NodeAnswer):
        return [answer.node] if answer.exists else []
    return list(answer.value)


def in_one_order(edge: tuple[Thing, Thing]) -> tuple[Thing, Thing]:
    """The same order for both ways to name an edge without direction."""
    one, other = sorted(
        edge, key=lambda node: (type(node).__name__, node if isinstance(node, (int, str)) else repr(node))
    )
    return one, other


def _joined(term: Joined, found: Answers) -> list[Thing]:
    left, right = value_of(term.left, found), value_of(term.right, found)
    known = set(right)
    if term.how == "or":
        return [*left, *(thing for thing in right if thing not in set(left))]
    return [thing for thing in left if (thing in known) == (term.how == "and")]


def _figures(leaf: Leaf, found: Answers) -> Mapping[Thing, float]:
    """The figures of the nodes that have one."""
    answer = found[leaf]
    assert isinstance(answer, answers.NodeValues)
    return {node: figure for node, figure in answer.values.items() if figure is not None}


def _within(term: Within, found: Answers) -> list[Thing]:
    figures, number = _figures(term.figures, found), value_of(term.number, found)
    things = value_of(term.of, found)
    if term.compare in (">", ">=", "!="):
        _all_have(things, figures)
    return [thing for thing in things if thing in figures and COMPARE[term.compare](figures[thing], number)]


def _all_have(things: list[Thing], figures: Mapping[Thing, float]) -> None:
    lacking = next((thing for thing in things if thing not in figures), None)
    if lacking is not None:
        raise ValueError(f"{one_line(lacking)} is out of reach, and the words leave open whether it is farther")


def _extreme(term: Extreme, found: Answers) -> list[Thing]:
    figures = _figures(term.figures, found)
    things = value_of(term.of, found)
    if term.highest:
        _all_have(things, figures)
    things = [thing for thing in things if thing in figures]
    ranks = sorted({figures[thing] for thing in things}, reverse=term.highest)
    if len(ranks) < term.rank:
        return []
    if sum(figures[thing] in ranks[: term.rank - 1] for thing in things) >= term.rank:
        raise ValueError(f"several tie before rank {term.rank}, and the words leave open how they count")
    return [thing for thing in things if figures[thing] == ranks[term.rank - 1]]


def _extreme_pair(term: ExtremePair, found: Answers) -> list[Thing]:
    answer = found[term.distances]
    assert isinstance(answer, answers.PairValues)
    things = value_of(term.of, found)
    known = {**{(v, u): figure for (u, v), figure in answer.values.items()}, **answer.values}
    pairs = {(u, v): known[u, v] for n, u in enumerate(things) for v in things[n + 1 :]}
    if not pairs:
        raise ValueError("a node alone is no pair")
    if term.highest and None in pairs.values():
        raise ValueError(
            "some of them are out of reach of each other, and the words leave open whether they are farther"
        )
    figures = [figure for figure in pairs.values() if figure is not None]
    best = (max if term.highest else min)(figures, default=None)
    return [pair for pair, figure in pairs.items() if figure is not None and figure == best]


def _sized(term: Sized, found: Answers) -> list[Thing]:
    number = value_of(term.number, found)
    return [group for group in value_of(term.of, found) if COMPARE[term.compare](len(group), number)]


def _ranked_group(term: RankedGroup, found: Answers) -> list[Thing]:
    groups = sorted(value_of(term.of, found), key=len, reverse=term.highest)
    if len(groups) < term.rank:
        return []
    chosen = groups[term.rank - 1]
    if sum(len(group) == len(chosen) for group in groups) > 1:
        raise ValueError(f"several groups have {len(chosen)} nodes, so it is not said which one is meant")
    return list(chosen)


def _size(term: Size, found: Answers) -> int:
    if isinstance(term.of, RankedGroup):  # the same for all groups of that rank
        sizes = sorted(map(len, value_of(term.of.of, found)), reverse=term.of.highest)
        return sizes[term.of.rank - 1] if len(sizes) >= term.of.rank else 0
    return len(value_of(term.of, found))


def _inside(term: Inside, found: Answers) -> list[Thing]:
    return list(dict.fromkeys(node for group in value_of(term.of, found) for node in group))


def _crossing(term: Crossing, found: Answers) -> list[Thing]:
    one, other = set(term.one), set(term.other)
    return [(u, v) for u, v in value_of(term.of, found) if (u in one and v in other) or (u in other and v in one)]


def _beside(term: Beside, found: Answers) -> list[Thing]:
    of = set(value_of(term.of, found))
    beside: dict[Thing, None] = {}
    for u, v in value_of(term.edges, found):
        if v in of and term.how != "from":
            beside[u] = None
        if u in of and term.how != "to":
            beside[v] = None
    return list(beside)


def _told(term: Told, found: Answers) -> float:
    answer = found[term.leaf]
    value = answer.total if isinstance(answer, answers.Edges) else answer.value
    if not isinstance(value, (int, float)):
        raise ValueError(f"{term.leaf.tool} gives no figure")
    return value


def _figure_of(term: FigureOf, found: Answers) -> float:
    figures = _figures(term.figures, found)
    if term.node not in figures:
        raise ValueError(f"{term.node} is out of reach" if "source" in dict(term.figures.arguments) else "no figure")
    return figures[term.node]


def _summary(term: Summary, found: Answers) -> float:
    figures = list((_figures(term.figures, found) if term.of is None else _table(term, found)).values())
    if not figures and term.how != "sum":
        raise ValueError("the graph has no nodes")
    return _SUMMARIES[term.how](figures)


def _table(term: Table | Summary, found: Answers) -> dict[Thing, float]:
    assert term.of is not None
    figures, things = _figures(term.figures, found), value_of(term.of, found)
    _all_have(things, figures)
    return {thing: figures[thing] for thing in things}


def _sum(term: Sum, found: Answers) -> float:
    left, right = value_of(term.left, found), value_of(term.right, found)
    difference: float = left - right
    if term.how == "more" and difference < 0:
        raise ValueError("it is the other way round: the first has less than the second")
    if term.how == "/":
        quotient: float = left / right
        return quotient
    return left + right if term.how == "+" else difference if term.how in ("-", "more") else abs(difference)


def _parity(term: Parity, found: Answers) -> bool:
    figure = value_of(term.of, found)
    if figure != int(figure):
        raise ValueError("only whole numbers are odd or even")
    return bool(int(figure) % 2) == term.odd


def _agreed(term: Agreed, found: Answers) -> Any:
    one, other = value_of(term.one, found), value_of(term.other, found)
    alike = set(one) == set(other) if isinstance(one, list) else one == other
    if not alike:
        raise ValueError(f"the words leave open {term.open}")
    return one


def _subset(term: Subset, found: Answers) -> bool:
    things = value_of(term.of, found)
    if not things:
        raise ValueError("there is nothing of which that could hold")
    return set(things) <= set(value_of(term.in_, found))


def _along(term: Along, found: Answers) -> bool:
    answer = found.get(term.paths)
    if not isinstance(answer, answers.Paths):
        raise ValueError("there is no path between the two, so it passes nothing")
    if not answer.exact:
        raise ValueError("there are more such paths than were listed")
    passed = [_passes(path, term) for path in answer.paths]
    if term.which == "some" or all(passed):
        return any(passed)
    if term.which == "the" and any(passed):
        raise ValueError(
            "there are several shortest paths, and only some of them do; ask whether any does, or every one"
        )
    return False


def _passes(path: list[Thing], term: Along) -> bool:
    if len(term.things) == 1:
        return term.things[0] in path
    steps = set(zip(path, path[1:]))
    return term.things in steps or (not term.one_way and term.things[::-1] in steps)


def _either(term: Either, found: Answers) -> str:
    return next((name for name, statement in term.options if value_of(statement, found)), term.neither)


_SUMMARIES: dict[str, Callable[[list[float]], float]] = {
    "sum": sum,
    "mean": lambda figures: sum(figures) / len(figures),
    "max": max,
    "min": min,
}
_VALUES: dict[type, Callable[[Any, Answers], Any]] = {
    Found: _found,
    Named: lambda term, found: list(term.nodes),
    Joined: _joined,
    Within: _within,
    Extreme: _extreme,
    ExtremePair: _extreme_pair,
    Sized: _sized,
    RankedGroup: _ranked_group,
    Inside: _inside,
    Crossing: _crossing,
    Beside: _beside,
    Number: lambda term, found: term.value,
    Told: _told,
    FigureOf: _figure_of,
    Size: _size,
    Summary: _summary,
    Table: _table,
    Sum: _sum,
    Compared: lambda term, found: COMPARE[term.compare](value_of(term.left, found), value_of(term.right, found)),
    Agreed: _agreed,
    Parity: _parity,
    Subset: _subset,
    Empty: lambda term, found: not value_of(term.of, found),
    Not: lambda term, found: not value_of(term.of, found),
    Truly: lambda term, found: bool(found[term.leaf].value) == term.holds,
    Along: _along,
    Either: _either,
}
