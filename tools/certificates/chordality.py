"""Checks of elimination orders, chordless cycles and widths."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphs.graph import Graph
from tools.answers import Number, Order, Truth
from tools.certificates.adjacency import neighbour_sets
from tools.certificates.agreement import settled
from tools.certificates.base import checker, require
from tools.certificates.incidence import distinct, pieces, witness_of

Around = Mapping[Any, set[Any]]


def _eliminates(graph: Graph, around: Around, order: list[Any]) -> None:
    require(len(distinct(graph, order, "the order")) == graph.num_nodes, "a node is missing from the order")
    at = {node: i for i, node in enumerate(order)}
    for node in order:
        later = {v for v in around[node] if at[v] > at[node]}
        if later:
            first = min(later, key=at.__getitem__)
            require(later - {first} <= around[first], f"the later neighbours of {node} are no clique")


@checker("is_chordal")
def check_is_chordal(graph: Graph, answer: Truth) -> str:
    """later neighbours are cliques (followed through the first of them), or a cycle without chords"""
    around = neighbour_sets(graph)
    if answer.holds:
        _eliminates(graph, around, witness_of(answer, "order")["order"])
        return "the listed order is a perfect elimination order"
    hole = witness_of(answer, "hole")["hole"]
    inside = distinct(graph, hole, "the cycle")
    require(len(hole) >= 4, "the cycle is too short")
    for i, node in enumerate(hole):
        wanted = {hole[i - 1], hole[(i + 1) % len(hole)]}
        require(around[node] & inside == wanted, "the cycle has a chord or a gap")
    return f"the cycle of {len(hole)} nodes has no chord"


@checker("perfect_elimination_order")
def check_perfect_elimination_order(graph: Graph, answer: Order) -> str:
    """later neighbours are cliques, followed through the first of them"""
    settled(answer)
    require(answer.witness is None, "the answer carries a witness that nobody asked for")
    _eliminates(graph, neighbour_sets(graph), answer.nodes)
    return "the later neighbours of every node form a clique"


@checker("treewidth")
def check_treewidth(graph: Graph, answer: Number) -> str:
    """the order's width by elimination, and the minimum degree of the minor that the branch sets form"""
    around = neighbour_sets(graph)
    require(set(answer.witness) == {"order", "branch_sets"} and not answer.estimated, "another witness is wanted")
    left = {node: set(near) for node, near in around.items()}
    require(len(distinct(graph, answer.witness["order"], "the order")) == len(left), "the order misses a node")
    high = -1
    for node in answer.witness["order"]:
        near = left.pop(node)
        high = max(high, len(near))
        for v in near:
            left[v] = (left[v] | near) - {v, node}
    sets = answer.witness["branch_sets"]
    home = {node: i for i, branch in enumerate(sets) for node in branch}
    distinct(graph, [node for branch in sets for node in branch], "the branch sets")
    require(all(branch and len(pieces(around, branch)) == 1 for branch in sets), "a branch set is not connected")
    degrees = [len({home[v] for u in b for v in around[u] if v in home} - {i}) for i, b in enumerate(sets)]
    low = min(degrees, default=-1)
    require(answer.number == high and answer.bounds == (low, high), f"the bounds are {low} and {high}")
    require(answer.exact == (low == high), "the answer is put as more or less sure than it is")
    return f"the treewidth is at least {low} (a minor of that minimum degree) and at most {high} (the order's width)"
