"""Checks of matchings and edge covers: pairs looked up, vertex covers and barriers of equal size."""

from __future__ import annotations

from typing import Any

from graphs.graph import Graph
from tools.answers import Edges, Matching, Truth
from tools.certificates.adjacency import neighbour_sets
from tools.certificates.agreement import settled
from tools.certificates.base import checker, require
from tools.certificates.incidence import distinct
from tools.certificates.matching_sides import (
    barrier_bound,
    left_side,
    matched_nodes,
    named_edges,
    plain_matching,
    require_from_left,
)


@checker("maximum_bipartite_matching")
def check_bipartite_matching(graph: Graph, answer: Matching, left: Any = None) -> str:
    """disjoint edges from left to right, and a vertex cover of the same size (Kőnig)"""
    plain_matching(answer)
    around = neighbour_sets(graph)
    require(answer.witness is None and answer.cover is not None, "there is no cover")
    matched_nodes(around, answer.pairs)
    cover = distinct(graph, answer.cover or [], "the cover")
    require(len(cover) == len(answer.pairs), "the cover has another size")
    for edge in graph.edges():
        require(edge.source in cover or edge.target in cover, f"the edge {edge.source}-{edge.target} is not covered")
    require_from_left(left_side(graph, around, left), answer.pairs)
    return f"{len(cover)} pairs are matched, and {len(cover)} nodes touch every edge, so no matching is larger"


@checker("can_match_all")
def check_can_match_all(graph: Graph, answer: Truth, left: Any = None) -> str:
    """a matching of the whole side, or nodes with too few neighbours (Hall)"""
    settled(answer)
    around = neighbour_sets(graph)
    first = left_side(graph, around, left)
    if answer.holds:
        pairs = answer.witness["pairs"]
        matched_nodes(around, pairs)
        require({u for u, _ in pairs} == first, "not the whole side is matched")
        return f"all {len(first)} nodes of the side are matched to different partners"
    nodes = distinct(graph, answer.witness["nodes"], "the set")
    near = distinct(graph, answer.witness["neighbours"], "the neighbourhood")
    require(nodes <= first, "the set leaves the side")
    require(near == set().union(*(around[u] for u in nodes)), "these are not the neighbours")
    require(len(near) < len(nodes), "the set has enough neighbours")
    return f"{len(nodes)} nodes have only {len(near)} neighbours, so they cannot all be matched"


@checker("maximum_matching")
def check_maximum_matching(graph: Graph, answer: Matching) -> str:
    """disjoint edges, and a set whose removal leaves too many odd components for more (Tutte and Berge)"""
    plain_matching(answer)
    around = neighbour_sets(graph)
    require(answer.cover is None, "the answer carries a cover that nobody asked for")
    matched_nodes(around, answer.pairs)
    require(
        len(answer.pairs) == barrier_bound(graph, around, answer.witness["barrier"]), "the barrier allows more pairs"
    )
    return f"{len(answer.pairs)} disjoint edges, and by Berge's formula no matching has more"


@checker("has_perfect_matching")
def check_has_perfect_matching(graph: Graph, answer: Truth) -> str:
    """a matching of all nodes, or a set whose removal leaves more odd components than it has nodes (Tutte)"""
    settled(answer)
    around = neighbour_sets(graph)
    require(len(answer.witness) == 1, "one reason is wanted")
    if answer.holds:
        require(matched_nodes(around, answer.witness["pairs"]) == set(around), "a node is left out")
        return "the listed disjoint edges cover every node"
    require(2 * barrier_bound(graph, around, answer.witness["barrier"]) < len(around), "the barrier bars nothing")
    return f"removing {len(answer.witness['barrier'])} nodes leaves more odd components, so some node stays alone"


def _faults(graph: Graph, pairs: list[tuple[Any, Any]]) -> tuple[list[list[Any]], set[Any]]:
    """Pairs that are no edges between two nodes, and nodes that stand in several pairs."""
    around = neighbour_sets(graph)
    bad = [[u, v] for u, v in pairs if v not in around[u]]
    ends = [node for pair in pairs for node in pair]
    return bad, {node for node in ends if ends.count(node) > 1}


def _not_a_matching(answer: Truth, bad: list[list[Any]], shared: set[Any]) -> str | None:
    """The claim when the witness shows a fault of the edge set itself; None when it is of another kind."""
    witness = answer.witness or {}
    require(answer.holds or len(witness) == 1, "one reason is wanted")
    if not answer.holds and "edge" in witness:
        require(list(witness["edge"]) in bad, "that pair is an edge")
        return f"{witness['edge'][0]} and {witness['edge'][1]} are not two adjacent nodes"
    if not answer.holds and "node" in witness:
        require(witness["node"] in shared, "that node is in one pair at most")
        return f"node {witness['node']} is in several of the pairs"
    require(not bad and not shared, "the edges are no matching")
    return None


@checker("is_matching")
def check_is_matching(graph: Graph, answer: Truth, edges: Any) -> str:
    """every pair looked up, every node counted"""
    settled(answer)
    fault = _not_a_matching(answer, *_faults(graph, named_edges(graph, edges)))
    require(answer.holds or fault, "no reason is given")
    require(not answer.holds or answer.witness is None, "a reason stands beside a yes")
    return fault or "the edges exist and no two share a node"


@checker("is_maximal_matching")
def check_is_maximal_matching(graph: Graph, answer: Truth, edges: Any) -> str:
    """every pair looked up, every edge of the graph tried"""
    settled(answer)
    pairs = named_edges(graph, edges)
    fault = _not_a_matching(answer, *_faults(graph, pairs))
    if fault:
        return fault
    covered = {node for pair in pairs for node in pair}
    addable = [
        [e.source, e.target] for e in graph.edges() if e.source != e.target and not {e.source, e.target} & covered
    ]
    if answer.holds:
        require(answer.witness is None and not addable, "an edge can be added")
        return "the edges are a matching and every other edge touches it"
    require(list(answer.witness["addable"]) in addable, "that edge cannot be added")
    return "the named edge can be added"


@checker("is_perfect_matching")
def check_is_perfect_matching(graph: Graph, answer: Truth, edges: Any) -> str:
    """every pair looked up, every node looked for"""
    settled(answer)
    pairs = named_edges(graph, edges)
    fault = _not_a_matching(answer, *_faults(graph, pairs))
    if fault:
        return fault
    free = set(graph) - {node for pair in pairs for node in pair}
    if answer.holds:
        require(answer.witness is None and not free, "a node is left out")
        return "the edges are a matching and cover every node"
    require(answer.witness["uncovered"] in free, "that node is covered")
    return f"node {answer.witness['uncovered']} is not covered"


@checker("is_maximum_matching")
def check_is_maximum_matching(graph: Graph, answer: Truth, edges: Any) -> str:
    """every pair looked up; a barrier that allows no more (Tutte and Berge), or a larger matching"""
    settled(answer)
    pairs, around = named_edges(graph, edges), neighbour_sets(graph)
    fault = _not_a_matching(answer, *_faults(graph, pairs))
    if fault:
        return fault
    require(len(answer.witness) == 1, "one reason is wanted")
    if answer.holds:
        require(len(pairs) == barrier_bound(graph, around, answer.witness["barrier"]), "the barrier allows more pairs")
        return "the edges are a matching and by Berge's formula none has more"
    larger = answer.witness["larger"]
    matched_nodes(around, larger)
    require(len(larger) > len(pairs), "the other matching is not larger")
    return f"a matching with {len(larger)} edges exists"


@checker("maximal_matching")
def check_maximal_matching(graph: Graph, answer: Matching) -> str:
    """disjoint edges that every edge of the graph touches"""
    plain_matching(answer)
    require(answer.cover is None and answer.witness is None, "the answer carries a witness that nobody asked for")
    covered = matched_nodes(neighbour_sets(graph), answer.pairs)
    for edge in graph.edges():
        require(edge.source == edge.target or {edge.source, edge.target} & covered, "an edge can be added")
    return f"the {len(answer.pairs)} edges are disjoint and every other edge touches one of them"


@checker("minimum_edge_cover")
def check_minimum_edge_cover(graph: Graph, answer: Edges) -> str:
    """every node touched, and a barrier that bounds the matching number (Gallai; Tutte and Berge)"""
    settled(answer)
    require(answer.total is None, "the answer carries a total that nobody asked for")
    around = neighbour_sets(graph)
    touched: set[Any] = set()
    for u, v in answer.edges:
        require(v in around[u], f"{u} and {v} are not adjacent")
        touched |= {u, v}
    require(touched == set(around), "a node is not touched")
    most = barrier_bound(graph, around, answer.witness["barrier"])
    require(len(answer.edges) == len(around) - most, "the barrier allows fewer edges")
    return f"{len(answer.edges)} edges touch every node, and fewer cannot, as no matching has more than {most} edges"


@checker("is_edge_cover")
def check_is_edge_cover(graph: Graph, answer: Truth, edges: Any) -> str:
    """every pair looked up, every node looked for"""
    settled(answer)
    pairs = named_edges(graph, edges)
    present = {frozenset((e.source, e.target)) for e in graph.edges()}
    missing = [[u, v] for u, v in pairs if frozenset((u, v)) not in present]
    free = set(graph) - {node for pair in pairs for node in pair}
    if answer.holds:
        require(answer.witness is None and not missing and not free, "a node is not touched, or a pair is no edge")
        return "the pairs are edges and touch every node"
    require(len(answer.witness) == 1, "one reason is wanted")
    if "edge" in answer.witness:
        require(list(answer.witness["edge"]) in missing, "that pair is an edge")
        return "the named pair is no edge"
    require(answer.witness["uncovered"] in free, "that node is touched")
    return f"node {answer.witness['uncovered']} is not touched"
