"""What the last answer was about, kept so that the next question can speak of it: "Which of them …?", "Is it …?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Literal, TypedDict

from agents.answer import listed, tied_with
from agents.plan import Plan
from agents.routing.mentions import find_mentions
from agents.state import State
from graphs.graph import Graph
from graphs.text.patterns import lazy
from tools import answers
from tools.answers import Answer

Kind = Literal["nodes", "edges", "path", "groups", ""]
MOST = 5_000  # things that are kept
COMPONENTS = frozenset(("largest_component", "smallest_component", "component_of", "strong_component_of"))
_HOW_MANY = lazy(r"^\W*(?:and\s+)?how many\b(?!\s+(?:edges?|links?|roads?|connections?))", re.IGNORECASE)
WHOLE = frozenset(("num_nodes", "num_edges"))


class Found(TypedDict, total=False):
    """The things of the last answer, as plain data.

    kind: what they are; "" for an answer that is no thing (a number, a truth). things: nodes in the answer's order;
    edges as pairs, groups as lists; of a path its nodes. named: the nodes that the question named. question: the
    question. figure: the answer, where it is a number. edits: how many of the plan's first calls change the graph for
    that question alone. too_many: they are not kept.
    """

    kind: Kind
    things: list[Any]
    named: list[Any]
    question: str
    edits: int
    too_many: bool
    referred: bool
    measure: str
    whole: bool
    failed: bool
    figure: float | None


def found_of(state: State) -> Found | None:
    """What the answered question was about; None where there is no answer."""
    plan = state.plan
    if plan is None or not state.answers or state.reply is None or state.reply.status == "unanswerable":
        return None
    if plan.asked is not None:
        kind, things = _of_asked(plan, state.answers, state.reply.value)
    else:
        said = state.reading.question if state.reading is not None else state.text
        kind, things = _of_call(plan, state.answers, state.graph, said)
    former = state.memory.get("found")
    question = state.reading.question if state.reading is not None else state.text
    named = _named(question, state)
    edits = len(changed_graphs(plan, state.answers[:-1]))
    value = state.reply.value
    figure = value if isinstance(value, (int, float)) and not isinstance(value, bool) else None
    if state.referred and not kind and former is not None:  # "Are they all leaves?": the next "they" are the same
        return {**former, "figure": figure}  # type: ignore[typeddict-item]
    kept = things[:MOST] if len(things) <= MOST else []
    found = Found(kind=kind, things=kept, named=named, question=question, edits=edits, figure=figure)
    if len(things) > MOST:
        found["too_many"] = True
    if plan.asked is None and plan.last.tool in COMPONENTS and kind == "nodes":
        found["whole"] = True
    if state.referred:
        found["referred"] = True
    if state.measure:
        found["measure"] = state.measure
    return found


def changed_graphs(plan: Plan | None, found: Sequence[Answer]) -> list[Graph]:
    """The graphs that a plan's changes made, less the one of some edges alone, which no question goes on from."""
    made = [answer.graph for answer in found if isinstance(answer, answers.GraphAnswer)]
    return made[:-1] if plan is not None and plan.asked is not None and plan.asked.among is not None else made


def _named(question: str, state: State) -> list[Any]:
    if state.graph is None:
        return []
    return list(dict.fromkeys(mention.node for mention in find_mentions(question, state.graph).nodes))


def _of_asked(plan: Plan, found: Sequence[Answer], value: Any) -> tuple[Kind, list[Any]]:
    from agents.composing.carrying_out import shown_by
    from agents.composing.terms import Empty, Not, Size

    assert plan.asked is not None
    term = plan.asked.term
    there_is = isinstance(term, Not) and isinstance(term.of, Empty) and bool(value)  # "Do they have a common friend?"
    figure = isinstance(value, (bool, int, float)) and not plan.asked.one and not isinstance(term, Size)
    if isinstance(value, dict) or (figure and not there_is):
        return "", []
    shown = shown_by(plan.asked, plan.calls, found)
    if isinstance(shown, answers.Edges):
        if there_is:  # "Is there an edge between them?" goes on about the nodes
            return "", []
        return "edges", [list(edge) for edge in shown.edges]
    return ("nodes", list(shown.nodes)) if shown is not None else ("", [])


def _whole(plan: Plan, graph: Graph | None) -> tuple[Kind, list[Any]]:
    """All nodes or edges, which were counted."""
    if graph is None or graph.remote or graph.num_nodes + graph.num_edges > MOST:
        return "", []
    if plan.last.tool == "num_nodes":
        return "nodes", list(graph)
    return "edges", [[edge.source, edge.target] for edge in graph.edges()]


def _counted(plan: Plan, graph: Graph, question: str) -> tuple[Kind, list[Any]]:
    """The nodes that a question for a number of neighbours counted: "How many friends does Ann have?"."""
    node, direction = plan.last.arguments.get("node"), plan.last.arguments.get("direction", "total")
    if node is None or graph.remote or graph.compact or not _HOW_MANY.search(question) or graph.has_edge(node, node):
        return "", []
    if graph.directed and direction == "total":
        return "", []
    found = graph.nx.predecessors(node) if graph.directed and direction == "in" else graph.nx.neighbors(node)
    return "nodes", list(found)


def _of_call(plan: Plan, found: Sequence[Answer], graph: Graph | None, question: str) -> tuple[Kind, list[Any]]:
    last = listed(plan, found)
    if plan.member or plan.negate or plan.compare is not None:
        return "", []
    if plan.last.tool == "number_of_components":
        return "groups", []
    if plan.last.tool == "degree" and graph is not None and not graph.multi and plan.last.on is None:
        return _counted(plan, graph, question)
    if plan.last.tool in WHOLE:
        changed = changed_graphs(plan, found)
        return _whole(plan, graph if plan.last.on is None else changed[-1] if changed else None)
    if plan.last.tool == "has_path" and plan.replaced is None and last.value:
        return "path", []
    if isinstance(last, answers.Path):
        return "path", list(last.nodes)
    if isinstance(last, answers.NodeAnswer):
        tied = tied_with(plan.last.tool, last)
        return "nodes", tied if len(tied) > 1 else [last.node] if last.exists else []
    if isinstance(last, answers.Nodes):
        return "nodes", list(last.nodes)
    if isinstance(last, answers.Edges):
        return "edges", [list(edge) for edge in last.edges]
    if isinstance(last, answers.Groups):
        return "groups", [list(group) for group in last.groups]
    return "", []
