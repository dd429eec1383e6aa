"""Checks of what stands next to a node: all edges looked through, without the adjacency."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from graphs.compact.graph import CompactGraph
from tools.answers import Edges, Nodes, Number, Truth
from tools.large.checks.base import close, exact, listed, require
from tools.large.registry import check_of


def _at(graph: CompactGraph, node: Any) -> tuple[int, Any, Any]:
    """The place of the node, the edges that leave it, and those that enter it (undirected: by how they are written)."""
    place = graph.index(node)
    return place, np.flatnonzero(graph.source == place), np.flatnonzero(graph.target == place)


@check_of("in_degree")
def check_in_degree(graph: CompactGraph, answer: Number, node: Any) -> str:
    """all edges looked through"""
    exact(answer)
    require(answer.number == len(_at(graph, node)[2]), "the in-degree is another")
    return f"{answer.number} edges enter node {graph.node(node)}"


@check_of("out_degree")
def check_out_degree(graph: CompactGraph, answer: Number, node: Any) -> str:
    """all edges looked through"""
    exact(answer)
    require(answer.number == len(_at(graph, node)[1]), "the out-degree is another")
    return f"{answer.number} edges leave node {graph.node(node)}"


@check_of("degree")
def check_total_degree(graph: CompactGraph, answer: Number, node: Any) -> str:
    """all edges looked through"""
    exact(answer)
    _, leaving, entering = _at(graph, node)
    require(answer.number == len(leaving) + len(entering), "the degree is another")
    return f"node {graph.node(node)} has degree {answer.number}"


@check_of("strength")
def check_strength(graph: CompactGraph, answer: Number, node: Any, weight: str = "weight") -> str:
    """all edges looked through"""
    exact(answer)
    _, leaving, entering = _at(graph, node)
    cells = graph.columns.get(weight, np.zeros(0))
    total = sum(cells[leaving].tolist()) + sum(cells[entering].tolist())
    require(close(answer.number, total), f"the weights add up to {total}")
    return f"the weights at node {graph.node(node)} add up to {answer.number}"


def _beside(graph: CompactGraph, node: Any, *, into: bool = False, either: bool = False) -> Any:
    """Mask of the nodes that an edge joins to the node."""
    _, leaving, entering = _at(graph, node)
    mask = np.zeros(graph.num_nodes, bool)
    if either or not graph.directed or not into:
        mask[graph.target[leaving]] = True
    if either or not graph.directed or into:
        mask[graph.source[entering]] = True
    return mask


def _set(graph: CompactGraph, answer: Nodes, mask: Any) -> None:
    exact(answer)
    places = [graph.labels.index(node) for node in answer.nodes]
    require(len(set(places)) == len(places) and None not in places, "a node is named twice or unknown")
    require(sorted(places) == np.flatnonzero(mask).tolist(), "the nodes are others")  # type: ignore[type-var]


@check_of("neighbors", "successors")
def check_neighbors(graph: CompactGraph, answer: Nodes, node: Any) -> str:
    """all edges looked through"""
    _set(graph, answer, _beside(graph, node))
    return f"{len(answer.nodes)} nodes are next to {graph.node(node)}, and no others"


@check_of("predecessors")
def check_predecessors(graph: CompactGraph, answer: Nodes, node: Any) -> str:
    """all edges looked through"""
    _set(graph, answer, _beside(graph, node, into=True))
    return f"edges from {len(answer.nodes)} nodes enter {graph.node(node)}, and from no others"


@check_of("non_neighbors")
def check_non_neighbors(graph: CompactGraph, answer: Nodes, node: Any) -> str:
    """all edges looked through"""
    exact(answer)
    mask = ~_beside(graph, node, either=True)
    mask[graph.index(node)] = False
    listed(graph, answer.nodes, mask)
    return f"no edge joins these {len(answer.nodes)} nodes to {graph.node(node)}, and one joins each other node"


def _pairs(graph: CompactGraph, source: Any, target: Any) -> Any:
    tail, head = graph.index(source), graph.index(target)
    found = (graph.source == tail) & (graph.target == head)
    return found if graph.directed else found | ((graph.source == head) & (graph.target == tail))


@check_of("has_edge")
def check_has_edge(graph: CompactGraph, answer: Truth, source: Any, target: Any) -> str:
    """all edges looked through"""
    exact(answer)
    require(answer.holds is bool(_pairs(graph, source, target).any()), "the edges say otherwise")
    return f"{'an' if answer.holds else 'no'} edge leads from {graph.node(source)} to {graph.node(target)}"


@check_of("edge_weight")
def check_edge_weight(graph: CompactGraph, answer: Number, source: Any, target: Any, weight: str = "weight") -> str:
    """all edges looked through"""
    exact(answer)
    found = graph.columns[weight][_pairs(graph, source, target)]
    require(len(found) > 0 and answer.number == found.min(), "the weight is another")
    return f"the edge from {graph.node(source)} to {graph.node(target)} weighs {answer.number}"


def _shown(graph: CompactGraph) -> Callable[[tuple[Any, Any]], str]:
    return repr if graph.directed else lambda edge: repr(sorted(edge))


@check_of("incident_edges")
def check_incident_edges(graph: CompactGraph, answer: Edges, node: Any) -> str:
    """all edges looked through"""
    exact(answer)
    place, leaving, entering = _at(graph, node)
    rows = np.union1d(leaving, entering)
    ends = zip(graph.labels.take(graph.source[rows]), graph.labels.take(graph.target[rows]))
    written = [sorted(map(_shown(graph), edges)) for edges in (ends, answer.edges)]
    require(written[0] == written[1], "the edges are others")
    return f"{len(answer.edges)} edges touch {graph.labels[place]}, and no others"


@check_of("common_neighbors")
def check_common_neighbors(graph: CompactGraph, answer: Nodes, u: Any, v: Any) -> str:
    """all edges looked through"""
    mask = _beside(graph, u) & _beside(graph, v)
    mask[[graph.index(u), graph.index(v)]] = False
    _set(graph, answer, mask)
    return f"{len(answer.nodes)} nodes are next to both, and no others"
