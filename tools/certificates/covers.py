"""Checks of vertex covers and dominating sets: every edge and node looked up, weighted sets as the bound."""

from __future__ import annotations

from typing import Any

from graphs.graph import Graph
from tools.answers import Nodes, Truth
from tools.certificates.adjacency import neighbour_sets
from tools.certificates.base import Claim, checker, require
from tools.certificates.best_sets import bound_above, given_nodes, judged, meets_all, verdict, weighted_sets
from tools.certificates.exhaustion import no_cheaper_hitting_set
from tools.certificates.incidence import distinct, pieces, successors


@checker("minimum_vertex_cover")
def check_minimum_vertex_cover(graph: Graph, answer: Nodes, time_limit: float = 10.0) -> str | Claim:
    """every edge touched; weighted cliques, or a complete search, show that no more nodes can stay out"""
    require(set(answer.witness) == {"sets"}, "another witness is wanted")
    around = neighbour_sets(graph)
    cover = distinct(graph, answer.nodes, "the cover")
    loops = set()
    for edge in graph.edges():
        require(edge.source in cover or edge.target in cover, f"{edge.source}-{edge.target} is not covered")
        if edge.source == edge.target:
            loops.add(edge.source)
    free: dict[Any, Any] = {node: 1 for node in around if node not in loops}
    bound = len(around) - bound_above(weighted_sets(answer.witness), free, lambda u, v: v in around[u])
    rows = [[u, v] for u in free for v in around[u] if v in free] + [[node] for node in loops]
    worth: dict[Any, Any] = dict.fromkeys(around, 1)
    shown = f"{len(cover)} nodes touch every edge"
    return judged(answer, len(cover), bound, lambda: no_cheaper_hitting_set(rows, worth, len(cover)), shown, most=False)


def _dominators(graph: Graph) -> dict[Any, set[Any]]:
    """The node itself and those of whom it is a neighbour (successor)."""
    found: dict[Any, set[Any]] = {node: {node} for node in graph}
    for u, near in successors(graph).items():
        for v in near:
            found[v].add(u)
    return found


@checker("minimum_dominating_set")
def check_minimum_dominating_set(graph: Graph, answer: Nodes, time_limit: float = 10.0) -> str | Claim:
    """every node in the set or next to it; weighted neighbourhoods, or a complete search, show that none is smaller"""
    above = _dominators(graph)
    chosen = set(answer.nodes)
    require(all(near & chosen for near in above.values()), "a node is not dominated")
    closed = {frozenset(near) for near in above.values()}
    return meets_all(graph, answer, lambda row: frozenset(row) in closed, list(closed), "dominate the graph")


@checker("minimum_connected_dominating_set")
def check_minimum_connected_dominating_set(graph: Graph, answer: Nodes, time_limit: float = 10.0) -> str | Claim:
    """connected, every node in it or next to it; neighbourhoods and separators that every such set meets"""
    around, chosen = neighbour_sets(graph), set(answer.nodes)
    require(len(pieces(around, around)) <= 1, "the graph is not connected")
    require(all((near | {node}) & chosen for node, near in around.items()), "a node is not dominated")
    require(len(pieces(around, chosen)) <= 1, "the set is not connected")
    closed = {frozenset(near | {node}) for node, near in around.items()}

    def must_meet(row: set[Any]) -> bool:
        return frozenset(row) in closed or len(pieces(around, set(around) - row)) > 1

    return meets_all(graph, answer, must_meet, list(closed), "are connected and dominate the graph")


@checker("is_vertex_cover")
def check_is_vertex_cover(graph: Graph, answer: Truth, nodes: Any) -> str:
    """every edge looked up"""
    given = given_nodes(graph, nodes)
    free = [[e.source, e.target] for e in graph.edges() if e.source not in given and e.target not in given]
    shown = bool(free) and not answer.holds and list(answer.witness["edge"]) in free
    return verdict(answer, not free, shown, "every edge touches one of the nodes", "the named edge touches none")


@checker("is_dominating_set")
def check_is_dominating_set(graph: Graph, answer: Truth, nodes: Any) -> str:
    """every node looked up"""
    given = given_nodes(graph, nodes)
    free = [node for node, near in _dominators(graph).items() if not near & given]
    shown = bool(free) and not answer.holds and answer.witness["undominated"] in free
    return verdict(answer, not free, shown, "every node is in the set or next to it", "the named node is not")
