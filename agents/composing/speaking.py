"""What a question that is put together was understood as, and its answer, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from agents.composing.asked import Asked
from agents.composing.terms import (
    Agreed,
    Along,
    Beside,
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
    Told,
    Within,
)
from agents.wording import OPERATORS, listing, noun_of, one_line, sentence, words_of

_ALL: Mapping[str, str] = {"list_nodes": "nodes", "list_edges": "edges"}
_WAYS = {"to": "to", "from": "from", "either": "to"}
_RANKS = {1: "", 2: "second ", 3: "third "}
_SUMMARIES = {"sum": "sum of", "mean": "average of", "max": "highest of", "min": "lowest of"}
_SUMS = {"+": "plus", "-": "minus", "more": "minus", "/": "divided by"}


def spoken(asked: Asked, value: Any) -> str:
    """The answer as a sentence that says what it is the answer to."""
    term = asked.term
    if asked.among is not None:
        return _among(asked, value)
    if isinstance(value, bool):
        return f"{'Yes' if value else 'No'}: {_claim(term, value)}."
    if isinstance(term, Either):
        return sentence(value)
    phrase = phrase_of(term)
    if isinstance(term, Size):
        counted = phrase_of(term.of)
        return f"The number of {counted} is {value}."
    if isinstance(term, Table):
        return sentence(f"{phrase}: {words_of(value)}")
    if isinstance(value, list):
        return sentence(f"{phrase}: {listing(value)}" if value else f"there are no {phrase}")
    if isinstance(value, (int, float)) and not asked.one:
        return f"The {phrase} is {words_of(value)}."
    return f"{phrase[:1].upper()}{phrase[1:]}: {words_of(value)}."


def _among(asked: Asked, value: Any) -> str:
    """An answer that holds for some of the edges."""
    assert asked.among is not None
    of = phrase_of(asked.among)
    said = phrase_of(asked.term) if isinstance(value, list) else f"the {phrase_of(asked.term)}"
    shown = listing(value) if isinstance(value, list) else words_of(value)
    return sentence(f"of the {of}, {said}: {shown}")


def _claim(term: Any, value: bool) -> str:
    """What holds, or does not, of a statement."""
    if isinstance(term, Agreed):
        return _claim(term.one, value)
    if isinstance(term, Not):
        return _claim(term.of, not value)
    if isinstance(term, Empty):
        return f"there are {'no ' if value else ''}{phrase_of(term.of)}"
    if isinstance(term, Subset) and isinstance(term.of, Named):
        verb = "is" if len(term.of.nodes) == 1 else "are"
        return f"{phrase_of(term.of)} {verb} {'' if value else 'not '}among the {_either(term.in_)}"
    if isinstance(term, Subset):
        return f"{'all' if value else 'not all'} of the {phrase_of(term.of)} are {phrase_of(term.in_)}"
    if isinstance(term, Along):
        return _along(term, value)
    if isinstance(term, Parity):
        return f"the {phrase_of(term.of)} is {'odd' if term.odd == value else 'even'}"
    return f"the {phrase_of(term.left)} is {'' if value else 'not '}{OPERATORS[term.compare]} {phrase_of(term.right)}"


def _along(term: Along, value: bool) -> str:
    arguments = dict(term.paths.arguments)
    ends = f"from {one_line(arguments['source'])} to {one_line(arguments['target'])}"
    kind = "lightest " if "weight" in arguments else "" if term.paths.tool == "all_simple_paths" else "shortest "
    passed = (
        " and ".join(map(one_line, term.things))
        if len(term.things) == 1
        else "the edge " + "-".join(map(one_line, term.things))
    )
    if term.which == "the":
        return f"the {kind}path {ends} {'passes' if value else 'does not pass'} {passed}"
    if term.which == "some":
        return f"{'a' if value else 'no'} {kind}path {ends} passes {passed}"
    return f"{'every' if value else 'not every'} {kind}path {ends} passes {passed}"


def phrase_of(term: Any) -> str:
    """A set, figure or statement as a noun phrase."""
    return _PHRASES[type(term)](term)


def _either(term: Any) -> str:
    """A set that something is in or not; of two sets it is in one or the other."""
    if isinstance(term, Joined) and term.how == "or":
        return f"{phrase_of(term.left)} or the {phrase_of(term.right)}"
    return phrase_of(term)


def _joined(term: Joined) -> str:
    left, right = phrase_of(term.left), phrase_of(term.right)
    if term.how == "less" and isinstance(term.right, Named):
        return f"{left} other than {right}"
    word = {"and": "that are also", "or": "and", "less": "that are not"}[term.how]
    return f"{left} {word} {right}"


def _figures(leaf: Leaf) -> str:
    arguments = dict(leaf.arguments)
    if leaf.tool == "single_source_distances":
        return f"{'weighted ' * ('weight' in arguments)}distance from {one_line(arguments['source'])}"
    if leaf.tool != "degrees":
        return noun_of(leaf.tool, arguments)
    return {"in": "in-degree", "out": "out-degree"}.get(arguments.get("direction", ""), "degree")


def _within(term: Within) -> str:
    bound = f"{OPERATORS[term.compare]} {phrase_of(term.number)}" if term.compare != "==" else phrase_of(term.number)
    return f"{phrase_of(term.of)} with {_figures(term.figures)} {bound}"


def _found(term: Found) -> str:
    return _ALL.get(term.leaf.tool) or noun_of(term.leaf.tool, dict(term.leaf.arguments))


def _crossing(term: Crossing) -> str:
    one, other = (", ".join(map(one_line, group)) for group in (term.one, term.other))
    return f"{phrase_of(term.of)} among {one}" if term.one == term.other else f"edges between {one} and {other}"


_PHRASES: dict[type, Callable[[Any], str]] = {
    Found: _found,
    Named: lambda term: " and ".join(map(one_line, term.nodes)),
    Joined: _joined,
    Within: _within,
    Extreme: lambda term: (
        f"{phrase_of(term.of)} of {_RANKS[term.rank]}{'highest' if term.highest else 'lowest'} {_figures(term.figures)}"
    ),
    ExtremePair: lambda term: (
        f"two of the {phrase_of(term.of)} that are {'farthest apart' if term.highest else 'nearest to each other'}"
    ),
    Sized: lambda term: f"{phrase_of(term.of)} of {OPERATORS[term.compare]} {phrase_of(term.number)} nodes",
    RankedGroup: lambda term: (
        f"nodes in the {_RANKS[term.rank]}{'largest' if term.highest else 'smallest'} of the {phrase_of(term.of)}"
    ),
    Inside: lambda term: f"nodes in the {phrase_of(term.of)}",
    Crossing: _crossing,
    Agreed: lambda term: phrase_of(term.one),
    Beside: lambda term: f"nodes with an edge {_WAYS[term.how]} one of the {phrase_of(term.of)}",
    Number: lambda term: words_of(float(term.value)),
    Told: lambda term: (
        "weight of the " * term.leaf.tool.endswith("est_edge") + noun_of(term.leaf.tool, dict(term.leaf.arguments))
    ),
    FigureOf: lambda term: _figure_of(term),
    Size: lambda term: f"number of {phrase_of(term.of)}",
    Summary: lambda term: (
        f"{_SUMMARIES[term.how]} all {_figures(term.figures)}s"
        + ("" if term.of is None else f" of {phrase_of(term.of)}")
    ),
    Table: lambda term: f"{_figures(term.figures)} of {phrase_of(term.of)}",
    Sum: lambda term: (
        f"difference of the {phrase_of(term.left)} and the {phrase_of(term.right)}"
        if term.how == "|-|"
        else f"{phrase_of(term.left)} {_SUMS[term.how]} the {phrase_of(term.right)}"
    ),
}


def _figure_of(term: FigureOf) -> str:
    joint = "to" if term.figures.tool == "single_source_distances" else "of"
    return f"{_figures(term.figures)} {joint} {one_line(term.node)}"


def assumptions_of(leaf: Leaf, weight: str) -> list[str]:
    """The readings that a call of a leaf takes. weight: what the graph calls its edges' weights."""
    return [f"lengths are sums of {weight} over the edges"] if dict(leaf.arguments).get("weight") == "weight" else []
