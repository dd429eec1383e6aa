"""Questions on a column of the edges other than their weights: "Which friendships have trust below 0.5?"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import islice
from numbers import Real

from agents.doubt import Update
from agents.plan import Call, Plan
from graphs.graph import STANDARD, Graph

# Tools that look at edges one by one. Of paths and trees a column may be what is minimised or what is added up.
_OF_EDGES = frozenset((
    "edges_with_weight", "average_edge_weight", "total_weight", "heaviest_edge", "lightest_edge", "nth_heaviest_edge",
    "nth_lightest_edge", "strength", "in_strength", "out_strength", "edge_weight",
))  # fmt: skip
_LOOKED_AT = 1_000
COLUMN_UNREAD = (
    "I do not know what this asks of that column of the edges. Ask for its total, average, highest or lowest value, "
    "the edges with a value above or below a number, or a shortest path 'by' it."
)
_OF_NODES = re.compile(r"\W*(?:who|whom|whose|which (?:person|node|people|nodes|city|vertex))\b", re.IGNORECASE)


def of_column(question: str, graph: Graph, ask: Callable[[str], Update]) -> Update | None:
    """The plan of a question that names one numeric column of the edges, read as one on weights; else None.

    ask: what the router makes of a question.
    """
    said = columns_said(question, graph)
    if len(said) != 1 or _OF_NODES.match(question):
        return None
    column = said[0]
    plan = ask(_word(column).sub("weight", question)).get("plan")
    if plan is None or len(plan.calls) != 1 or plan.last.tool not in _OF_EDGES:
        return None
    call = Call(plan.last.tool, {**plan.last.arguments, "weight": column}, plan.last.on)
    note = f"weights are the column {column!r}"
    kept = tuple(each for each in plan.assumptions if not each.startswith("lengths are sums of"))
    return {"plan": replace(plan, calls=(call,), assumptions=(*kept, note))}


def columns_said(question: str, graph: Graph) -> list[str]:
    """The numeric columns of the edges, other than their weights, that the question names and no node is called by."""
    if graph.remote or graph.compact:
        return []
    own = _own(graph, graph.edge_attribute_names())
    said = [name for name in own if _word(name).search(question) and graph.find(name) is None]
    return [name for name in said if _numeric(graph, name)]


def _numeric(graph: Graph, column: str) -> bool:
    values = islice((data.get(column) for *_, data in graph.nx.edges(data=True)), _LOOKED_AT)
    return all(isinstance(value, Real) for value in values)


def _word(column: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(column)}(?!\w)", re.IGNORECASE)


def column_unused(question: str, graph: Graph, plan: Plan) -> bool:
    """Whether a plan leaves out a column that the question names: "the median trust" is no median of the graph."""
    used = _used(plan)
    return any(column.casefold() not in used for column in columns_said(question, graph))


def all_unused(question: str, graph: Graph, plan: Plan) -> bool:
    """Whether a question names attributes of the edges or nodes and a plan uses none: "… that are active"."""
    if graph.remote:
        return False
    own = {name.casefold() for name in _own(graph, [*graph.edge_attribute_names(), *graph.node_attribute_names()])}
    said = own.intersection(word.casefold() for word in re.findall(r"\w+", question))
    return bool(said) and own.isdisjoint(_used(plan))


def _own(graph: Graph, names: Iterable[str]) -> list[str]:
    """The attributes that are neither a standard one nor what the user calls a standard one."""
    known = {name.casefold() for name in (*STANDARD, *graph.names, *graph.names.values())}
    return [name for name in names if name.casefold() not in known]


def _used(plan: Plan) -> set[str]:
    return {str(value).casefold() for call in plan.calls for value in call.arguments.values()}
