"""Checks of cycles, orders and two-colourings over all edges at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from graphs.compact.graph import CompactGraph
from graphs.graph import Node
from tools.answers import Cycle, Groups, Order, Truth
from tools.large.checks.base import exact, places, require
from tools.large.checks.parts import _different, partition
from tools.large.registry import check_of


def ring(graph: CompactGraph, nodes: Sequence[Node], *, undirected: bool = False) -> int:
    """Reject unless the nodes are a cycle; returns its length."""
    walk = places(graph, nodes)
    require(len(walk) > 0 and len(np.unique(walk)) == len(walk), "the cycle is empty, or comes to a node twice")
    for tail, head in zip(walk.tolist(), [*walk[1:].tolist(), int(walk[0])]):
        edges = list(graph.between(tail, head))
        if graph.directed and undirected:
            edges += list(graph.between(head, tail))
        require(len(edges) > 0, f"no edge joins {graph.labels[tail]} and {graph.labels[head]}")
        if len(walk) == 2 and (undirected or not graph.directed):
            require(len(set(map(int, edges))) > 1, "one edge there and back is no cycle")
    return len(walk)


def ordered(graph: CompactGraph, order: Any) -> None:
    """Reject unless every node is in the order once and every edge points forward."""
    place = np.full(graph.num_nodes, -1, np.int64)
    place[order] = np.arange(len(order))
    require(len(order) == graph.num_nodes and bool((place >= 0).all()), "a node is missing or repeated")
    require(bool((place[graph.source] < place[graph.target]).all()), "an edge points backwards")


def counted(graph: CompactGraph, forest: Any) -> int:
    """Reject unless the graph is a forest; returns the number of its trees."""
    count = _different(partition(graph, forest))
    require(graph.num_edges == graph.num_nodes - count, "there are more edges than a forest has")
    return count


def _none(graph: CompactGraph, witness: Any) -> str:
    if graph.directed:
        ordered(graph, witness["places"])
        return "every edge points forward in an order of the nodes"
    return f"the edges form a forest of {counted(graph, witness['forest'])} trees"


@check_of("has_cycle", "is_acyclic", "is_dag")
def check_has_cycle(graph: CompactGraph, answer: Truth) -> str:
    """the edges of a cycle looked up; or an order that every edge follows, or a forest's edges counted"""
    exact(answer)
    if "cycle" in answer.witness:
        return f"{ring(graph, answer.witness['cycle'])} nodes form a cycle"
    return _none(graph, answer.witness)


@check_of("has_cycle")
def check_yes(graph: CompactGraph, answer: Truth) -> str:
    """the edges of a cycle looked up; or an order that every edge follows, or a forest's edges counted"""
    require(answer.holds is ("cycle" in answer.witness), "the witness shows the opposite")
    return check_has_cycle(graph, answer)


@check_of("is_acyclic", "is_dag")
def check_no(graph: CompactGraph, answer: Truth) -> str:
    """the edges of a cycle looked up; or an order that every edge follows, or a forest's edges counted"""
    require(answer.holds is ("cycle" not in answer.witness), "the witness shows the opposite")
    return check_has_cycle(graph, answer)


@check_of("find_cycle")
def check_find_cycle(graph: CompactGraph, answer: Cycle) -> str:
    """the edges of the cycle looked up; or what shows that there is none"""
    exact(answer)
    if not answer.nodes:
        return _none(graph, answer.witness)
    require(ring(graph, answer.nodes) == answer.length, "the cycle has another length")
    return f"{len(answer.nodes)} nodes form a cycle"


@check_of("topological_sort")
def check_topological_sort(graph: CompactGraph, answer: Order) -> str:
    """the places of the ends compared, for all edges at once"""
    exact(answer)
    known = {label: place for place, label in enumerate(graph.labels)}
    order = np.array([known.get(node, -1) for node in answer.nodes], np.int64)
    require(not len(order) or order.min() >= 0, "a node is not in the graph")
    ordered(graph, order)
    return "every edge points forward in the order"


@check_of("is_tree", "is_forest")
def check_is_forest(graph: CompactGraph, answer: Truth) -> str:
    """the edges of a cycle looked up, or a forest's edges counted"""
    exact(answer)
    if "cycle" in answer.witness:
        require(not answer.holds, "a cycle shows the opposite")
        return f"{ring(graph, answer.witness['cycle'], undirected=True)} nodes form a cycle"
    count = counted(graph, answer.witness["forest"])
    require(answer.holds, "it is a forest")
    return f"the edges form a forest of {count} trees"


@check_of("is_tree")
def check_is_tree(graph: CompactGraph, answer: Truth) -> str:
    """the edges of a cycle looked up, or a forest's trees counted"""
    exact(answer)
    if "cycle" in answer.witness:
        require(not answer.holds, "a cycle shows the opposite")
        return f"{ring(graph, answer.witness['cycle'], undirected=True)} nodes form a cycle"
    count = counted(graph, answer.witness["forest"])
    require(answer.holds is (count == 1), f"there are {count} trees")
    return "the edges form one tree" if count == 1 else f"the edges form {count} trees"


@check_of("is_bipartite")
def check_is_bipartite(graph: CompactGraph, answer: Truth) -> str:
    """the two colours at the ends of every edge compared, or the edges of an odd cycle looked up"""
    exact(answer)
    if answer.holds:
        side = answer.witness["side"]
        require(len(side) == graph.num_nodes, "a node has no side")
        require(bool((side[graph.source] != side[graph.target]).all()), "an edge runs inside a side")
        return "every edge joins the two sides"
    length = ring(graph, answer.witness["cycle"], undirected=True)
    require(length % 2 == 1, "the cycle is even")
    return f"{length} nodes form an odd cycle"


@check_of("bipartite_sets")
def check_bipartite_sets(graph: CompactGraph, answer: Groups) -> str:
    """the two colours at the ends of every edge compared"""
    exact(answer)
    first = set(answer.groups[0])
    side = np.fromiter((label in first for label in graph.labels), bool, graph.num_nodes)
    require(len(answer.groups) == 2 and len(first) == len(answer.groups[0]), "a node is named twice")
    require(answer.groups[1] == graph.labels.take(np.flatnonzero(~side)), "the second side is another")
    require(answer.groups[0] == graph.labels.take(np.flatnonzero(side)), "the first side is another")
    require(bool((side[graph.source] != side[graph.target]).all()), "an edge runs inside a side")
    return "every edge joins the two sides"
