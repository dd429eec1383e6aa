"""Paths between two nodes: shortest, constrained, all, k shortest, A*."""

from __future__ import annotations

import math

import networkx as nx

from graphs.errors import MissingAttribute, NegativeWeight, NoPath
from graphs.graph import Graph
from tools.answers import Path
from tools.registry import Attribute, NodeArg, tool


@tool(
    phrases=(
        "shortest path",
        "shortest route",
        "distance between",
        "how far",
        "fewest hops",
        "geodesic",
        "cheapest path",
    ),
    asks=(
        "What is the shortest path from {source} to {target}?",
        "How far is {target} from {source}?",
        "Give the cheapest route between {source} and {target}.",
    ),
)
def shortest_path(graph: Graph, source: NodeArg, target: NodeArg, weight: Attribute | None = None) -> Path:
    """Find a path of least total weight from `source` to `target`.

    Every edge counts 1 unless `weight` names an edge attribute, none of it below 0.
    Dijkstra (1959), O((n + m) log n) for n nodes and m edges.

    Raises:
        NodeNotFound: `source` or `target` is not in the graph.
        NoPath: `target` cannot be reached from `source`.
        MissingAttribute: `weight` names an attribute that some edge lacks.
        NegativeWeight: an edge weighs less than 0; `bellman_ford_path` allows that.

    >>> shortest_path(Graph.from_edges([(1, 2, 1.0), (2, 3, 1.0), (1, 3, 5.0)]), 1, 3, "weight").nodes
    [1, 2, 3]
    """
    source, target = graph.node(source), graph.node(target)
    body = graph.simple(weight=weight or "weight")
    if weight is not None:
        weights = [data.get(weight) for *_, data in body.edges(data=True)]
        if any(w is None for w in weights):
            raise MissingAttribute(weight, "a weighted shortest path")
        if min(weights, default=0) < 0:
            raise NegativeWeight(f"an edge has negative {weight} {min(weights)}; use bellman_ford_path")
    distances, paths = nx.single_source_dijkstra(body, source, weight=weight)
    if target not in distances:
        raise NoPath(source, target)
    return Path(paths[target], distances[target], {node: distances.get(node, math.inf) for node in body})
