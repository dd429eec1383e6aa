"""From what a question means to a plan of tool calls, and from their answers to its value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

from agents.composing.asked import Asked
from agents.composing.hierarchy import UNSAID, EdgeWords
from agents.composing.reader import read
from agents.composing.speaking import assumptions_of
from agents.composing.terms import Compared, Empty, ExtremePair, Leaf, Not, Parity, Set, Size, Subset, leaves
from agents.composing.values import value_of
from agents.plan import Call, Chosen, Plan
from agents.routing.mentions import Mentions
from graphs.graph import Graph
from tools.answers import Answer, Edges, Nodes

MOST = 12  # calls of one question


def plan_of(
    mentions: Mentions,
    graph: Graph,
    edits: tuple[Call, ...] = (),
    sort: Literal["", "ascending", "descending"] = "",
    said: EdgeWords = UNSAID,
) -> Plan | None:
    """The plan of a question that is put together; None for one that the grammar does not read.

    edits: calls that change the graph first; the question is asked about what they leave.
    """
    asked = read(mentions, graph, said)
    if asked is None:
        return None
    rests_on = list(dict.fromkeys(leaves(asked.term)))
    if not 0 < len(rests_on) <= MOST:
        return None
    on = len(edits) - 1 if edits else None
    if asked.among is not None:
        edits = (*edits, *_alone(asked.among, on))
        on = len(edits) - 1
    own = graph.names.get("weight", "weight")
    notes = dict.fromkeys(note for leaf in rests_on for note in assumptions_of(leaf, own))
    calls = (*edits, *(Call(leaf.tool, dict(leaf.arguments), on) for leaf in rests_on))
    return Plan(calls, asked=asked, certainty=1.0, assumptions=tuple(notes), sort=sort)


def _alone(edges: Set, on: int | None) -> Iterator[Call]:
    """The calls that make the graph of some edges alone."""
    for leaf in dict.fromkeys(leaves(edges)):
        yield Call(leaf.tool, dict(leaf.arguments), on)
    yield Call("edge_subgraph", {"edges": Chosen(edges)}, on)


def answered(asked: Asked, calls: Sequence[Call], found: Sequence[Answer]) -> Any:
    """The value: a list, a number or a truth; one thing where the question speaks of one and there is one.

    Raises:
        ValueError: the words that single a thing out fit several, or there is no figure.
        ZeroDivisionError: a share of nothing.
    """
    value = value_of(asked.term, _by_leaf(calls, found, calls[-1].on))
    if not isinstance(value, list):
        return value
    things = [list(thing) if isinstance(thing, (tuple, frozenset)) else thing for thing in value]
    return things[0] if asked.one and len(things) == 1 else things


def shown_by(asked: Asked, calls: Sequence[Call], found: Sequence[Answer]) -> Nodes | Edges | None:
    """The nodes or edges that an answer is about, to be drawn: those listed or counted, or those that speak against it.

    None for figures of no set, for components, and where the words single out nothing.
    """
    term: Any = asked.term
    while isinstance(term, (Size, Not, Empty, Compared, Parity)):
        term = term.left if isinstance(term, Compared) else term.of
    by_leaf = _by_leaf(calls, found, calls[-1].on)
    try:
        if isinstance(term, Subset):
            inside = value_of(term.in_, by_leaf)
            things = value_of(term.of, by_leaf)
            things = [thing for thing in things if thing not in inside] or things
        else:
            things = value_of(term, by_leaf)
    except (ValueError, ZeroDivisionError):
        return None
    if not isinstance(things, list) or any(isinstance(thing, frozenset) for thing in things):
        return None
    if isinstance(term, ExtremePair):
        return Nodes(list(dict.fromkeys(node for pair in things for node in pair)))
    pairs = bool(things) and isinstance(things[0], tuple)
    return Edges(things) if pairs else Nodes(things)


def chosen(call: Call, calls: Sequence[Call], found: Sequence[Answer]) -> dict[str, Any]:
    """The arguments of a call, with what it leaves to be chosen by the calls before it.

    Raises:
        ValueError: the words that single a thing out fit several.
    """
    if not any(isinstance(value, Chosen) for value in call.arguments.values()):
        return call.arguments
    by_leaf = _by_leaf(calls, found, call.on)
    return {
        name: value_of(value.of, by_leaf) if isinstance(value, Chosen) else value
        for name, value in call.arguments.items()
    }


def _by_leaf(calls: Sequence[Call], found: Sequence[Answer], on: int | None) -> dict[Leaf, Answer]:
    """The answers of the calls on one graph, by what they are calls of."""
    plain = ((call, answer) for call, answer in zip(calls, found) if call.on == on)
    return {
        Leaf(call.tool, tuple(call.arguments.items())): answer
        for call, answer in plain
        if not any(isinstance(value, (Chosen, list, dict)) for value in call.arguments.values())
    }
