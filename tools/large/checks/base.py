"""What the checks on arrays share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from graphs.compact.graph import CompactGraph
from graphs.graph import Node
from tools.answers import Answer
from tools.certificates.base import Rejected, require
from tools.large.views import Forest

__all__ = ["Rejected", "arcs_to", "close", "exact", "listed", "places", "require", "steps", "trees"]


def exact(answer: Answer) -> None:
    """Reject an answer that is not meant to be exact."""
    require(answer.exact and not answer.estimated and answer.bounds is None, "the answer is not an exact one")


def close(a: float, b: float) -> bool:
    return abs(a - b) <= 1e-9 * (1 + abs(b))


def listed(graph: CompactGraph, nodes: Sequence[Node], mask: Any) -> None:
    """Reject unless the list holds the nodes of the mask in the graph's order."""
    require(list(nodes) == graph.labels.take(np.flatnonzero(mask)), "the list is not the set of nodes in order")


def places(graph: CompactGraph, nodes: Sequence[Node]) -> Any:
    """The numbers of some nodes.

    Raises:
        Rejected: one is not in the graph.
    """
    found = [graph.labels.index(node) for node in nodes]
    require(all(place is not None for place in found), "a node is not in the graph")
    return np.array(found, np.int64)


def arcs_to(graph: CompactGraph, mask: Any, *, undirected: bool = False) -> Any:
    """Which edges leave the set of nodes in the mask."""
    leaving = mask[graph.source] & ~mask[graph.target]
    return leaving if graph.directed and not undirected else leaving | (mask[graph.target] & ~mask[graph.source])


def trees(graph: CompactGraph, forest: Forest, *, way: str = "any") -> None:
    """Reject unless every node with a parent is joined to it by the named edge, one level further down.

    way: "out" along the direction, "in" against it, "any" either way. Then depth falls to 0 along parents, so that
    each node of depth d has a walk of d edges from its root.
    """
    child = np.flatnonzero(forest.parent >= 0)
    parent, edge = forest.parent[child], forest.edge[child]
    require(not len(edge) or (edge.min() >= 0 and edge.max() < graph.num_edges), "an edge does not exist")
    tail, head = graph.source[edge], graph.target[edge]
    along, against = (tail == parent) & (head == child), (head == parent) & (tail == child)
    either = not graph.directed or way == "any"
    fits = along | against if either else {"out": along, "in": against}[way]
    require(bool(fits.all()), "a branch of a tree is not an edge")
    require(bool((forest.depth[child] == forest.depth[parent] + 1).all()), "a tree does not go down step by step")
    require(bool((forest.depth[child] > 0).all()), "a root has a parent")
    require(bool((forest.root[child] == forest.root[parent]).all()), "a branch leads to another tree")
    roots = np.flatnonzero((forest.parent < 0) & (forest.depth >= 0))
    require(bool((forest.root[roots] == roots).all() and (forest.depth[roots] == 0).all()), "a root is none")


def steps(graph: CompactGraph, walk: Any, weight: Any = None) -> float:
    """What the cheapest edges along the walk cost together.

    Raises:
        Rejected: an edge is missing.
    """
    total = 0.0
    rows = graph.out
    for tail, head in zip(walk[:-1].tolist(), walk[1:].tolist()):
        part = slice(int(rows.starts[tail]), int(rows.starts[tail + 1]))
        edges = rows.edges[part][rows.heads[part] == head]
        require(len(edges) > 0, f"no edge leads from {graph.labels[tail]} to {graph.labels[head]}")
        total += 1 if weight is None else float(weight[edges].min())
    return total
