"""Checks of cuts: a flow as large as the cut, sent by hand where the witness holds none."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from graphs.graph import Graph
from tools.answers import Edges, Number, PairValues
from tools.certificates.agreement import close, settled
from tools.certificates.base import Claim, checker, require
from tools.certificates.flows import capacity_across, flow_meets_cut
from tools.certificates.incidence import distinct, flow_reaches, pieces, rooms

MOST_WORK = 20_000_000  # nodes × edges² up to which the checker runs flows of its own


@checker("minimum_cut")
def check_minimum_cut(graph: Graph, answer: Edges, source: Any, target: Any, capacity: str = "capacity") -> str:
    """the edges that leave the source side added up, and a flow of the same amount"""
    settled(answer)
    witness = answer.witness
    ends = {graph.node(source)}, {graph.node(target)}
    flow_meets_cut(graph, witness["flow"], answer.total, witness["source_side"], *ends, capacity)
    _crosses(graph, answer.edges, set(witness["source_side"]), capacity)
    return f"the listed edges separate {target} from {source}, weigh {answer.total}, and no cut weighs less"


def _crosses(graph: Graph, edges: Iterable[Any], side: set[Any], capacity: str | None) -> None:
    listed = [tuple(edge) for edge in edges]
    wanted = {(u, v) for u, v in rooms(graph, capacity) if u in side and v not in side}
    require(len(set(listed)) == len(listed) and set(listed) == wanted, "the edges are not those that cross the cut")


@checker("minimum_cut_capacity")
def check_minimum_cut_capacity(
    graph: Graph, answer: Number, source: Any, target: Any, capacity: str = "capacity"
) -> str:
    """a cut and a flow, both of the stated capacity"""
    settled(answer)
    witness = answer.witness
    ends = {graph.node(source)}, {graph.node(target)}
    flow_meets_cut(graph, witness["flow"], answer.number, witness["source_side"], *ends, capacity)
    return f"the minimum cut between {source} and {target} has capacity {answer.number}"


def _within_reach(graph: Graph) -> bool:
    return graph.num_nodes * max(1, graph.num_edges) ** 2 <= MOST_WORK


@checker("global_minimum_cut")
def check_global_minimum_cut(graph: Graph, answer: Edges, weight: str | None = None) -> str | Claim:
    """the edges across the split added up, and a flow of that amount from one node to every other"""
    settled(answer)
    room = rooms(graph, weight)
    side = distinct(graph, answer.witness, "the split")
    require(side and len(side) < graph.num_nodes, "one side of the split is empty")
    _crosses(graph, answer.edges, side, weight)
    require(close(capacity_across(side, room), answer.total), "the edges add up to another total")
    assert answer.total is not None
    if not _within_reach(graph):
        return Claim(f"the listed edges weigh {answer.total} and split the graph", "none")
    first, *others = graph.nodes
    for node in others:
        require(flow_reaches(room, first, node, answer.total), f"a cheaper cut separates {node} from {first}")
    return f"the listed edges of total weight {answer.total} split the graph, and no cut of the graph weighs less"


@checker("gomory_hu_tree")
def check_gomory_hu_tree(graph: Graph, answer: PairValues, capacity: str | None = None) -> str | Claim:
    """each tree edge's split added up, and a flow of that amount between the edge's ends"""
    settled(answer)
    room = rooms(graph, capacity)
    around: dict[Any, set[Any]] = {node: set() for node in graph}
    for u, v in answer.values:
        require(u != v and v not in around[u], "a tree edge stands twice")
        around[u].add(v)
        around[v].add(u)
    require(len(answer.values) == max(0, len(around) - 1), "the tree has not n - 1 edges")
    require(len(pieces(around, around)) <= 1, "the tree is not connected")
    enough = _within_reach(graph)
    for (u, v), amount in answer.values.items():
        around[u].discard(v)
        around[v].discard(u)
        side = next(piece for piece in pieces(around, around) if u in piece)
        around[u].add(v)
        around[v].add(u)
        require(close(capacity_across(side, room), amount), f"the cut of tree edge {u}-{v} has another capacity")
        require(not enough or flow_reaches(room, u, v, Fraction(amount)), f"a cheaper cut separates {u} from {v}")
    if not enough:
        return Claim("every tree edge is a cut of the stated capacity", "none")
    return "every tree edge is a minimum cut between its ends, so least edges on tree paths are all minimum cuts"
