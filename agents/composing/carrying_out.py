"""From what a question means to a plan of tool calls, and from their answers to its value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

from agents.composing.meaning import Asked
from agents.composing.reader import read
from agents.composing.speaking import assumptions_of
from agents.composing.terms import Leaf, leaves, value_of
from agents.plan import Call, Plan
from agents.routing.mentions import Mentions
from graphs.graph import Graph
from tools.answers import Answer

MOST = 12  # calls of one question


def plan_of(
    mentions: Mentions, graph: Graph, edits: tuple[Call, ...], sort: Literal["", "ascending", "descending"] = ""
) -> Plan | None:
    """The plan of a question that is put together; None for one that the grammar does not read.

    edits: calls that change the graph first; the question is asked about what they leave.
    """
    asked = read(mentions, graph)
    if asked is None:
        return None
    rests_on = list(dict.fromkeys(leaves(asked.term)))
    if not 0 < len(rests_on) <= MOST:
        return None
    on = len(edits) - 1 if edits else None
    own = graph.names.get("weight", "weight")
    notes = dict.fromkeys(note for leaf in rests_on for note in assumptions_of(leaf, own))
    calls = (*edits, *(Call(leaf.tool, dict(leaf.arguments), on) for leaf in rests_on))
    return Plan(calls, asked=asked, certainty=1.0, assumptions=tuple(notes), sort=sort)


def answered(asked: Asked, calls: Sequence[Call], found: Sequence[Answer]) -> Any:
    """The value: a list, a number or a truth; one thing where the question speaks of one and there is one.

    Raises:
        ValueError: the words that single a thing out fit several, or there is no figure.
        ZeroDivisionError: a share of nothing.
    """
    by_leaf = {_leaf(call): answer for call, answer in zip(calls, found)}
    value = value_of(asked.term, by_leaf)
    if not isinstance(value, list):
        return value
    things = [list(thing) if isinstance(thing, (tuple, frozenset)) else thing for thing in value]
    return things[0] if asked.one and len(things) == 1 else things


def _leaf(call: Call) -> Leaf:
    try:
        leaf = Leaf(call.tool, tuple(call.arguments.items()))
        hash(leaf)
    except TypeError:  # an edit with lists: no leaf of a question
        return replace(Leaf(call.tool), arguments=())
    return leaf
