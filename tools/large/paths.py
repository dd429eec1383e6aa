"""Paths, distances and reachability on arrays."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphs.compact.graph import CompactGraph
from graphs.errors import BadArgument, EdgeNotFound, NoPath
from graphs.graph import Node
from tools.answers import Edges, Groups, Nodes, NodeValues, Number, Order, Path, Truth
from tools.arcs import require_directed
from tools.large.algorithms import algorithms
from tools.large.near import weights_of
from tools.large.registry import large
from tools.large.views import Forest, Labelled, members, number, weights, whole

BREADTH = "breadth-first search"
LEAST = "breadth-first search, or Dijkstra's method where weights count"


def back(parent: Any, target: int) -> Any:
    """The path from the root of the search to `target`."""
    path = [target]
    while parent[path[-1]] >= 0:
        path.append(int(parent[path[-1]]))
    return np.array(path[::-1], np.int64)


def costs_from(graph: CompactGraph, source: int, weight: str | None, what: str, target: int = -1) -> Any:
    """Distances (inf: not reached, or not settled before `target`), parents, and the edges that lead from them."""
    rows = graph.out
    if weight is None:
        parent, edge, depth, _ = algorithms().search(*rows, source, target)
        return np.where(depth < 0, np.inf, depth.astype(np.float64)), parent, edge
    cells = weights(graph, weight, what)
    cost, parent, edge, settled = algorithms().dijkstra(*rows, cells, source, target)
    return np.where(settled, cost, np.inf), parent, edge


@large("shortest_path", by=LEAST)
def shortest_path(graph: CompactGraph, source: Any, target: Any, weight: str | None = None) -> Path:
    nodes, length, labels = _between(graph, source, target, weight)
    return Path(nodes, length, labels)


@large("shortest_path_length", by=LEAST)
def shortest_path_length(graph: CompactGraph, source: Any, target: Any, weight: str | None = None) -> Number:
    nodes, length, labels = _between(graph, source, target, weight)
    return Number(length, {"path": nodes, "distances": labels})


def _between(graph: CompactGraph, source: Any, target: Any, weight: str | None) -> tuple[list[Node], Any, Labelled]:
    start, end = graph.index(source), graph.index(target)
    cost, parent, _ = costs_from(graph, start, weight, "a shortest path", end)
    if not np.isfinite(cost[end]):
        raise NoPath(graph.labels[start], graph.labels[end])
    length = number(cost[end], whole(graph, weight))
    return graph.labels.take(back(parent, end)), length, Labelled(graph.labels, np.minimum(cost, cost[end]))


@large("has_path", by=BREADTH)
def has_path(graph: CompactGraph, source: Any, target: Any) -> Truth:
    start, end = graph.index(source), graph.index(target)
    parent, _, depth, _ = algorithms().search(*graph.out, start, end)
    if depth[end] >= 0:
        return Truth(True, {"path": graph.labels.take(back(parent, end))})
    return Truth(False, {"mask": depth >= 0})


@large("reachable_nodes", by=BREADTH)
def reachable_nodes(graph: CompactGraph, node: Any) -> Nodes:
    start = graph.index(node)
    parent, edge, depth, _ = algorithms().search(*graph.out, start, -1)
    mask = depth >= 0
    mask[start] = False
    return Nodes(members(graph, mask), Forest(parent, edge, depth, np.where(depth >= 0, start, -1)))


@large("descendants", by=BREADTH)
def descendants(graph: CompactGraph, node: Any) -> Nodes:
    require_directed(graph, "a descendant")
    return reachable_nodes(graph, node)


@large("ancestors", by=BREADTH)
def ancestors(graph: CompactGraph, node: Any) -> Nodes:
    require_directed(graph, "an ancestor")
    start = graph.index(node)
    parent, edge, depth, _ = algorithms().search(*graph.into, start, -1)
    mask = depth >= 0
    mask[start] = False
    return Nodes(members(graph, mask), Forest(parent, edge, depth, np.where(depth >= 0, start, -1)))


@large("single_source_distances", by=LEAST)
def single_source_distances(graph: CompactGraph, source: Any, weight: str | None = None) -> NodeValues:
    cost, parent, edge = costs_from(graph, graph.index(source), weight, "a distance")
    is_whole = whole(graph, weight)
    values = [None if x == np.inf else (int(x) if is_whole else x) for x in cost.tolist()]
    return NodeValues(dict(zip(graph.nodes, values)), {"parent": parent, "edge": edge})


@large("nodes_within_distance", by=LEAST)
def nodes_within_distance(graph: CompactGraph, node: Any, k: float, weight: str | None = None) -> Nodes:
    if k < 0:
        raise BadArgument(f"k is a distance and cannot be {k}; give 0 or more")
    start = graph.index(node)
    cost, parent, edge = costs_from(graph, start, weight, "a distance")
    mask = cost <= k
    mask[start] = False
    return Nodes(members(graph, mask), {"cost": cost, "parent": parent, "edge": edge})


@large("nodes_at_distance", by=LEAST)
def nodes_at_distance(graph: CompactGraph, node: Any, k: float, weight: str | None = None) -> Nodes:
    if k < 0:
        raise BadArgument(f"k is a distance and cannot be {k}; give 0 or more")
    start = graph.index(node)
    cost, parent, edge = costs_from(graph, start, weight, "a distance")
    mask = np.isfinite(cost) & (np.abs(cost - k) <= np.maximum(1e-9 * np.maximum(cost, k), 1e-12))
    return Nodes(members(graph, mask), {"cost": cost, "parent": parent, "edge": edge})


def _start(graph: CompactGraph, source: Any) -> int:
    if source is not None:
        return graph.index(source)
    if not graph.num_nodes:
        raise BadArgument("the graph has no nodes to start from")
    return 0


@large("bfs_order", by=BREADTH)
def bfs_order(graph: CompactGraph, source: Any = None) -> Order:
    start = _start(graph, source)
    parent, edge, depth, order = algorithms().search(*graph.out, start, -1)
    return Order(graph.labels.take(order), Forest(parent, edge, depth, np.where(depth >= 0, start, -1)))


@large("bfs_tree", by=BREADTH)
def bfs_tree(graph: CompactGraph, source: Any = None) -> Edges:
    parent, _, depth, order = algorithms().search(*graph.out, _start(graph, source), -1)
    pairs = zip(graph.labels.take(parent[order[1:]]), graph.labels.take(order[1:]))
    return Edges(list(pairs), witness=depth)


@large("bfs_layers", by=BREADTH)
def bfs_layers(graph: CompactGraph, source: Any = None) -> Groups:
    start = _start(graph, source)
    parent, edge, depth, order = algorithms().search(*graph.out, start, -1)
    labels = graph.labels.take(order)
    cuts = np.concatenate([[0], np.cumsum(np.bincount(depth[order]))]).tolist()
    layers = [labels[a:b] for a, b in zip(cuts, cuts[1:])]
    return Groups(layers, witness=Forest(parent, edge, depth, np.where(depth >= 0, start, -1)))


@large("path_weight", by="the rows of the path's nodes")
def path_weight(graph: CompactGraph, nodes: list[Any], weight: str | None = None) -> Number:
    places = [graph.index(node) for node in nodes]
    if not places:
        raise BadArgument("a path needs at least one node; list its nodes in order")
    total = 0.0
    for tail, head in zip(places, places[1:]):
        edges = graph.between(tail, head)
        if not len(edges):
            raise EdgeNotFound(graph.labels[tail], graph.labels[head])
        total += 1 if weight is None else float(weights_of(graph, edges, weight, "the weight of a path").min())
    return Number(number(total, whole(graph, weight)))
