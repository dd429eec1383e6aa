"""Checks of bipartite and multipartite graphs: every edge against the sides, or an odd cycle followed."""

from __future__ import annotations

import itertools
from typing import Any

from graphs.graph import Graph
from tools.answers import Groups, Truth
from tools.certificates.adjacency import neighbour_sets
from tools.certificates.agreement import settled
from tools.certificates.base import checker, require
from tools.certificates.incidence import distinct, looped, pieces, witness_of


def _odd_cycle(graph: Graph, cycle: list[Any]) -> None:
    around = neighbour_sets(graph)
    distinct(graph, cycle, "the cycle")
    require(len(cycle) % 2 == 1, "the cycle is not odd")
    require(
        cycle[0] in looped(graph)
        if len(cycle) == 1
        else all(v in around[u] for u, v in zip(cycle, [*cycle[1:], cycle[0]])),
        "a step of the cycle is not an edge",
    )


def _two_sides(graph: Graph, sides: Any) -> tuple[set[Any], set[Any]]:
    require(len(sides) == 2, "there are not two sides")
    both = distinct(graph, [*sides[0], *sides[1]], "the sides")
    require(len(both) == graph.num_nodes, "a node is on no side")
    first = set(sides[0])
    for edge in graph.edges():
        require((edge.source in first) != (edge.target in first), "an edge runs inside a side")
    return first, set(sides[1])


@checker("is_bipartite")
def check_is_bipartite(graph: Graph, answer: Truth) -> str:
    """every edge between the two sides, or the steps of an odd cycle"""
    if answer.holds:
        _two_sides(graph, witness_of(answer, "sides")["sides"])
        return "every edge runs between the two listed sides"
    cycle = witness_of(answer, "cycle")["cycle"]
    _odd_cycle(graph, cycle)
    return f"the cycle of {len(cycle)} nodes is odd, so no two sides exist"


@checker("bipartite_sets")
def check_bipartite_sets(graph: Graph, answer: Groups) -> str:
    """every edge between the two sides"""
    settled(answer)
    require(answer.score is None and answer.witness is None, "the answer carries figures that nobody asked for")
    first, _ = _two_sides(graph, answer.groups)
    around = neighbour_sets(graph)
    tops = {next(node for node in graph if node in piece) for piece in pieces(around, around)}
    require(tops <= first, "the first node of a component stands in the second set")
    return "every edge runs between the two listed sets"


@checker("is_complete_bipartite")
def check_is_complete_bipartite(graph: Graph, answer: Truth) -> str:
    """all pairs across the sides; or an odd cycle, or two nodes joined by an odd path but not by an edge"""
    around = neighbour_sets(graph)
    if answer.holds:
        first, second = _two_sides(graph, witness_of(answer, "sides")["sides"])
        require(first and second, "a side is empty")
        require(all(v in around[u] for u in first for v in second), "two nodes across the sides are not adjacent")
        return "all edges between the two listed sides are there, and no others"
    settled(answer)
    if "cycle" in answer.witness:
        _odd_cycle(graph, witness_of(answer, "cycle")["cycle"])
        return "the listed cycle is odd"
    u, v = witness_of(answer, "missing")["missing"]
    require(u in around and v in around and u != v and v not in around[u], "these two are adjacent")
    if any(around.values()):
        busy = next(node for node in graph if around[node])
        in_second = [node in around[busy] for node in (u, v)]
        require(in_second[0] != in_second[1], "these two may be on one side")
    return f"{u} and {v} would have to be on different sides, and are not adjacent"


@checker("is_complete_multipartite")
def check_is_complete_multipartite(graph: Graph, answer: Truth) -> str:
    """every pair compared with the parts, or three nodes that no parts allow"""
    around = neighbour_sets(graph)
    if answer.holds:
        parts = witness_of(answer, "parts")["parts"]
        listed = [node for part in parts for node in part]
        require(len(distinct(graph, listed, "the parts")) == graph.num_nodes, "a node is in no part")
        home = {node: i for i, part in enumerate(parts) for node in part}
        require(all(parts), "a part is empty")
        for u, v in itertools.combinations(graph, 2):
            require((home[u] != home[v]) == (v in around[u]), f"{u} and {v} do not fit the parts")
        return "two nodes are adjacent exactly when their parts differ"
    u, v, w = witness_of(answer, "nodes")["nodes"]
    require(len({u, v, w}) == 3 and w in around[u] and not {u, w} & around[v], "these three fit into parts")
    require(v in graph, "a node is not in the graph")
    return f"{v} would share a part with both {u} and {w}, which are adjacent"
