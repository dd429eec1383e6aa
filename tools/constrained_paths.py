"""Shortest paths under conditions: avoiding, through, with few or exactly k edges."""

from __future__ import annotations

import math

from graphs.errors import BadArgument, BudgetExceeded, EdgeNotFound, NoPath
from graphs.graph import Graph, Node
from tools.answers import Path
from tools.arcs import costs
from tools.clock import Clock
from tools.path_lists import simple_paths
from tools.paths import path_between
from tools.registry import Attribute, NodeArg, NodesArg, PairsArg, tool


@tool(
    phrases=("path avoiding", "shortest path without passing", "route that avoids", "path not through"),
    asks=(
        "What is the shortest path from {source} to {target} avoiding {nodes}?",
        "Find a route from {source} to {target} that does not pass through {nodes}.",
        "How do I get from {source} to {target} without using the edges {edges}?",
        "Shortest way from {source} to {target} that avoids {nodes}?",
    ),
)
def shortest_path_avoiding(
    graph: Graph,
    source: NodeArg,
    target: NodeArg,
    nodes: NodesArg | None = None,
    edges: PairsArg | None = None,
    weight: Attribute | None = None,
) -> Path:
    """Find a path of least total weight that uses none of `nodes` and none of `edges`.

    Every edge counts 1 unless `weight` names an edge attribute, none of it below 0. Forbidden edges of an undirected
    graph are forbidden both ways. Dijkstra (1959) on what is left, O((n + m) log n).

    Raises:
        NodeNotFound: a node is not in the graph.
        EdgeNotFound: a forbidden edge is not in the graph.
        BadArgument: `source` or `target` is forbidden itself.
        NoPath: nothing is left that leads to `target`.
        MissingAttribute: `weight` names an attribute that some edge lacks.
        NegativeWeight: an edge weighs less than 0.
    """
    source, target = graph.node(source), graph.node(target)
    gone = {graph.node(node) for node in nodes or ()}
    if source in gone or target in gone:
        raise BadArgument("the path cannot avoid its own ends; leave them out of the nodes to avoid")
    table = {u: dict(row) for u, row in costs(graph, weight, "a shortest path").items() if u not in gone}
    for u, v in ((graph.node(u), graph.node(v)) for u, v in edges or ()):
        if not graph.has_edge(u, v):
            raise EdgeNotFound(u, v)
        for a, b in ((u, v),) if graph.directed else ((u, v), (v, u)):
            table.get(a, {}).pop(b, None)
    rest = {u: {v: cost for v, cost in row.items() if v not in gone} for u, row in table.items()}
    return path_between(rest, source, target)


@tool(
    phrases=("path through", "path via", "route visiting", "shortest path passing through", "with a stop at"),
    asks=(
        "What is the shortest path from {source} to {target} through {nodes}?",
        "Find the shortest route from {source} to {target} via {nodes}.",
        "How do I get from {source} to {target} with stops at {nodes}?",
        "Shortest way from {source} to {target} that visits {nodes}?",
    ),
)
def shortest_path_through(
    graph: Graph, source: NodeArg, target: NodeArg, nodes: NodesArg, weight: Attribute | None = None
) -> Path:
    """Find a walk of least total weight from `source` to `target` that visits `nodes` in this order.

    It joins shortest paths, so that a node may come twice (a note says so).
    Every edge counts 1 unless `weight` names an edge attribute, none of it below 0. O(k (n + m) log n) for k stops.

    Raises:
        NodeNotFound: a node is not in the graph.
        NoPath: a stop, or the target, cannot be reached from the one before.
        MissingAttribute: `weight` names an attribute that some edge lacks.
        NegativeWeight: an edge weighs less than 0.
    """
    stops = [graph.node(node) for node in (source, *nodes, target)]
    table = costs(graph, weight, "a shortest path")
    legs = [path_between(table, u, v) for u, v in zip(stops, stops[1:])]
    walk = [stops[0], *(node for leg in legs for node in leg.nodes[1:])]
    notes = ("some node comes twice: it is a shortest walk",) if len(set(walk)) < len(walk) else ()
    return Path(walk, sum(leg.length for leg in legs), notes=notes)


@tool(
    phrases=("path with at most edges", "shortest path within hops", "path using no more than stops", "hop limit"),
    asks=(
        "What is the shortest path from {source} to {target} with at most {max_edges} edges?",
        "Find the cheapest route from {source} to {target} using no more than {max_edges} edges.",
        "Cheapest path from {source} to {target} within {max_edges} hops?",
        "Go from {source} to {target} in at most {max_edges} steps as cheaply as possible.",
    ),
)
def shortest_path_within_hops(
    graph: Graph, source: NodeArg, target: NodeArg, max_edges: int, weight: Attribute | None = None
) -> Path:
    """Find a path of least total weight among those of at most `max_edges` edges.

    Every edge counts 1 unless `weight` names an edge attribute, none of it below 0. Bellman (1958), O(max_edges * m).

    Raises:
        NodeNotFound: `source` or `target` is not in the graph.
        BadArgument: `max_edges` is negative.
        NoPath: no path is that short.
        MissingAttribute: `weight` names an attribute that some edge lacks.
        NegativeWeight: an edge weighs less than 0.
    """
    source, target = graph.node(source), graph.node(target)
    _require_count(max_edges, "max_edges")
    table = costs(graph, weight, "a shortest path")
    layers: list[dict[Node, tuple[float, Node | None]]] = [{source: (0, None)}]
    for _ in range(min(max_edges, len(table) - 1)):
        layer = dict(layers[-1])
        for u, (length, _parent) in layers[-1].items():
            for v, cost in table[u].items():
                if length + cost < layer.get(v, (math.inf, None))[0]:
                    layer[v] = (length + cost, u)
        layers.append(layer)
    if target not in layers[-1]:
        raise NoPath(source, target)
    return Path(_walk_back_layers(layers, target), layers[-1][target][0])


def _walk_back_layers(layers: list[dict[Node, tuple[float, Node | None]]], target: Node) -> list[Node]:
    nodes, depth = [target], len(layers) - 1
    while True:
        while depth > 0 and layers[depth - 1].get(nodes[-1]) == layers[depth][nodes[-1]]:
            depth -= 1
        parent = layers[depth][nodes[-1]][1]
        if parent is None:
            return nodes[::-1]
        nodes.append(parent)
        depth -= 1


@tool(
    phrases=("path with exactly edges", "path of length exactly", "simple path with exactly steps"),
    asks=(
        "Find a path from {source} to {target} with exactly {k} edges.",
        "Is there a path of exactly {k} edges from {source} to {target}?",
        "Give a simple path of length exactly {k} from {source} to {target}.",
        "Go from {source} to {target} in exactly {k} steps without repeating a node.",
    ),
)
def path_with_k_edges(graph: Graph, source: NodeArg, target: NodeArg, k: int, time_limit: float = 10.0) -> Path:
    """Find a path of exactly `k` edges that visits no node twice. NP-hard: a pruned search, exponential in k.

    Raises:
        NodeNotFound: `source` or `target` is not in the graph.
        BadArgument: `k` is negative.
        NoPath: no path has exactly `k` edges.
        BudgetExceeded: `time_limit` seconds were not enough to tell.
    """
    source, target = graph.node(source), graph.node(target)
    _require_count(k, "k")
    table = costs(graph, None, "a path")
    clock = Clock(time_limit)
    for path in simple_paths(table, source, target, k):
        if len(path) - 1 == k:
            return Path(path, k)
        if clock.over:
            raise BudgetExceeded(f"no path of {k} edges was found in {time_limit} s; give a longer time_limit")
    raise NoPath(source, target)


def _require_count(number: int, name: str) -> None:
    if number < 0:
        raise BadArgument(f"{name} counts edges and cannot be {number}; give 0 or more")
