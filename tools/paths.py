"""Paths between two nodes: shortest, widest, with negative weights, A*, and their lengths."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from heapq import heappop, heappush
from typing import Any

from graphs.errors import BadArgument, EdgeNotFound, MissingAttribute, NegativeCycle, NoPath
from graphs.graph import Graph, Node
from tools.answers import Number, Path, Truth
from tools.arcs import Costs, costs, number_at, require_weight, search, walk_back
from tools.registry import Attribute, NodeArg, NodesArg, tool

WHAT = "a shortest path"


def dijkstra(
    table: Costs,
    source: Node,
    target: Node | None = None,
    heuristic: Callable[[Node], float] = lambda node: 0,
) -> tuple[dict[Node, float], dict[Node, Node | None]]:
    """Least costs and parents of the settled nodes, in order of their cost; stops at `target`. O((n + m) log n)."""
    found: dict[Node, float] = {source: 0}
    parents: dict[Node, Node | None] = {source: None}
    settled: dict[Node, float] = {}
    queue: list[tuple[float, int, Node]] = [(heuristic(source), 0, source)]
    pushed = 0
    while queue:
        _, _, u = heappop(queue)
        if u in settled:
            continue
        settled[u] = found[u]
        if u == target:
            break
        for v, cost in table[u].items():
            length = settled[u] + cost
            if v not in settled and length < found.get(v, math.inf):
                found[v], parents[v] = length, u
                pushed += 1
                heappush(queue, (length + heuristic(v), pushed, v))
    return settled, {node: parents[node] for node in settled}


def path_between(table: Costs, source: Node, target: Node) -> Path:
    """A shortest path with distance labels, capped at its length (which keeps them a lower-bound certificate).

    Raises:
        NoPath: `target` cannot be reached from `source`.
    """
    settled, parents = dijkstra(table, source, target)
    if target not in settled:
        raise NoPath(source, target)
    length = settled[target]
    return Path(walk_back(parents, target), length, {node: settled.get(node, length) for node in table})


@tool(
    phrases=("shortest path", "shortest route", "fewest hops", "geodesic", "cheapest path", "minimum cost path"),
    asks=(
        "What is the shortest path from {source} to {target}?",
        "Give the cheapest route between {source} and {target}.",
        "Find the shortest way from {source} to {target}.",
        "Which nodes lie on the shortest route from {source} to {target}?",
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
    return path_between(costs(graph, weight, WHAT), source, target)


@tool(
    phrases=("distance between", "how far", "length of the shortest path", "shortest path length", "how many hops"),
    asks=(
        "How far is {target} from {source}?",
        "What is the distance between {source} and {target}?",
        "What is the length of the shortest path from {source} to {target}?",
        "How many hops are there from {source} to {target}?",
    ),
)
def shortest_path_length(graph: Graph, source: NodeArg, target: NodeArg, weight: Attribute | None = None) -> Number:
    """Least total weight of a path from `source` to `target`; the witness holds the path and distance labels.

    Every edge counts 1 unless `weight` names an edge attribute, none of it below 0. Dijkstra (1959), O((n + m) log n).

    Raises:
        NodeNotFound: `source` or `target` is not in the graph.
        NoPath: `target` cannot be reached from `source`.
        MissingAttribute: `weight` names an attribute that some edge lacks.
        NegativeWeight: an edge weighs less than 0.
    """
    path = shortest_path(graph, source, target, weight)
    return Number(path.length, {"path": path.nodes, "distances": path.distances})


@tool(
    phrases=("bellman ford", "shortest path with negative weights", "negative edges path"),
    asks=(
        "Find the shortest path from {source} to {target} with negative weights.",
        "Run Bellman-Ford from {source} to {target}.",
        "What is the cheapest path from {source} to {target} when edges may be negative?",
        "Bellman-Ford path {source} to {target}?",
    ),
)
def bellman_ford_path(graph: Graph, source: NodeArg, target: NodeArg, weight: Attribute = "weight") -> Path:
    """Find a path of least total `weight` where weights may be negative. Bellman (1958), O(n m).

    On an undirected graph an edge of negative weight is a negative cycle, there and back.

    Raises:
        NodeNotFound: `source` or `target` is not in the graph.
        NoPath: `target` cannot be reached from `source`.
        MissingAttribute: an edge has no `weight`.
        NegativeCycle: a cycle of negative weight can be reached from `source`; the error carries it.
    """
    source, target = graph.node(source), graph.node(target)
    require_weight(graph, weight, WHAT)
    table = costs(graph, weight, WHAT, negative=True)
    labels, parents = bellman_ford(table, {source: 0.0})
    if target not in labels:
        raise NoPath(source, target)
    nodes = walk_back(parents, target)
    length = sum(table[u][v] for u, v in zip(nodes, nodes[1:]))
    return Path(nodes, length, {node: labels.get(node, math.inf) for node in table})


def bellman_ford(table: Costs, start: Mapping[Node, float]) -> tuple[dict[Node, float], dict[Node, Node | None]]:
    """Least costs from the nodes of `start` (with their own costs), and parents.

    Raises:
        NegativeCycle: with the cycle's nodes in order.
    """
    labels = dict(start)
    parents: dict[Node, Node | None] = dict.fromkeys(labels)
    for _ in range(len(table) + 1):
        changed: Node | None = None
        for u in list(labels):
            for v, cost in table[u].items():
                if labels[u] + cost < labels.get(v, math.inf) - 1e-12 * (1 + abs(cost)) * (v in labels):
                    labels[v], parents[v], changed = labels[u] + cost, u, v
        if changed is None:
            return labels, parents
    cycle = _parent_cycle(parents)
    total = sum(table[u][v] for u, v in zip(cycle, [*cycle[1:], cycle[0]]))
    shown = " - ".join(str(node)[:40] for node in cycle[:10])
    raise NegativeCycle(f"the cycle {shown} has negative weight {total}, so that there is no shortest walk", cycle)


def _parent_cycle(parents: Mapping[Node, Node | None]) -> list[Node]:
    """The cycle in the parent pointers, in the direction of the edges."""
    clear: set[Node] = set()
    for start in parents:
        trail: dict[Node, None] = {}
        node: Node | None = start
        while node is not None and node not in clear and node not in trail:
            trail[node] = None
            node = parents[node]
        if node is not None and node in trail:
            walk = list(trail)
            return walk[walk.index(node) :][::-1]
        clear.update(trail)
    raise AssertionError("labels that never settle leave a cycle of parents")


@tool(
    phrases=("widest path", "maximum bottleneck", "largest minimum edge", "bottleneck route", "most bandwidth"),
    asks=(
        "What is the widest path from {source} to {target}?",
        "Find the route from {source} to {target} with the maximum bottleneck.",
        "Which path from {source} to {target} has the largest minimum edge weight?",
        "Which route between {source} and {target} offers the most bandwidth?",
    ),
)
def widest_path(graph: Graph, source: NodeArg, target: NodeArg, weight: Attribute = "weight") -> Path:
    """Find a path whose least edge `weight` is as large as can be; `length` is that bottleneck.

    Of parallel edges the widest counts. Pollack, Operations Research 8 (1960). O((n + m) log n).

    Raises:
        NodeNotFound: `source` or `target` is not in the graph.
        BadArgument: source and target are the same node.
        NoPath: `target` cannot be reached from `source`.
        MissingAttribute: an edge has no `weight`.
    """
    source, target = graph.node(source), graph.node(target)
    if source == target:
        raise BadArgument("a path from a node to itself has no edges and so no bottleneck; name two nodes")
    table = _widths(graph, weight)
    levels = sorted({width for row in table.values() for width in row.values()}, reverse=True)
    low, high = 0, len(levels)
    while low < high:
        middle = (low + high) // 2
        if target in search(_at_least(table, levels[middle]), source):
            high = middle
        else:
            low = middle + 1
    if low == len(levels):
        raise NoPath(source, target)
    nodes = walk_back(search(_at_least(table, levels[low]), source), target)
    return Path(nodes, levels[low], notes=("the length given is the weight of the narrowest edge",))


def _widths(graph: Graph, weight: str) -> Costs:
    """node -> {successor: greatest weight of an edge to it}."""
    table: Costs = {node: {} for node in graph.nx}
    for u, v, data in graph.nx.edges(data=True):
        width = number_at(data, weight, "a widest path")
        table[u][v] = max(width, table[u].get(v, -math.inf))
        if not graph.directed:
            table[v][u] = max(width, table[v].get(u, -math.inf))
    return table


def _at_least(table: Costs, width: float) -> dict[Node, list[Node]]:
    return {u: [v for v, w in row.items() if w >= width] for u, row in table.items()}


@tool(
    phrases=("a star", "heuristic path search", "shortest path by coordinates", "straight-line heuristic"),
    asks=(
        "Find the shortest path from {source} to {target} with A*.",
        "Run A star from {source} to {target}.",
        "Use the straight-line heuristic to route from {source} to {target}.",
        "A* path from {source} to {target}?",
    ),
)
def a_star_path(graph: Graph, source: NodeArg, target: NodeArg, weight: Attribute | None = None) -> Path:
    """Find a shortest path, led by the straight-line distance of the nodes' coordinates `x` and `y`.

    The heuristic is scaled down until no edge is cheaper than it says, so that the path is a shortest one whatever
    the units. Hart, Nilsson & Raphael, IEEE Trans. SSC 4 (1968). O((n + m) log n), mostly much less.

    Raises:
        NodeNotFound: `source` or `target` is not in the graph.
        NoPath: `target` cannot be reached from `source`.
        MissingAttribute: a node lacks `x` or `y`, or an edge `weight`.
        NegativeWeight: an edge weighs less than 0.
    """
    source, target = graph.node(source), graph.node(target)
    table = costs(graph, weight, "A*")
    place = {node: _coordinates(data) for node, data in graph.nx.nodes(data=True)}
    lengths = ((cost, math.dist(place[u], place[v])) for u, row in table.items() for v, cost in row.items())
    scale = min((cost / length for cost, length in lengths if length > 0), default=0.0) * (1 - 1e-12)
    settled, parents = dijkstra(table, source, target, lambda node: scale * math.dist(place[node], place[target]))
    if target not in settled:
        raise NoPath(source, target)
    return Path(walk_back(parents, target), settled[target])


def _coordinates(data: Mapping[str, Any]) -> tuple[float, float]:
    found = (data.get("x"), data.get("y"))
    if any(isinstance(c, bool) or not isinstance(c, (int, float)) or not math.isfinite(c) for c in found):
        raise MissingAttribute("x and y", "A*", of="nodes")
    return found  # type: ignore[return-value]


@tool(
    phrases=("is this a path", "valid path", "does the sequence form a path", "path exists along these nodes"),
    asks=(
        "Is {nodes} a path in the graph?",
        "Do the nodes {nodes} form a valid path?",
        "Check whether {nodes} is a path.",
        "Can I walk along {nodes} in this order?",
    ),
)
def is_path(graph: Graph, nodes: NodesArg) -> Truth:
    """Tell whether the nodes, in this order, form a path: joined one to the next, none visited twice. O(length).

    The witness of a no is the first missing edge or the first repeated node.

    Raises:
        NodeNotFound: one of the nodes is not in the graph.
        BadArgument: no nodes are given.
    """
    walk = _walk(graph, nodes)
    for u, v in zip(walk, walk[1:]):
        if not graph.has_edge(u, v):
            return Truth(False, {"missing": [u, v]})
    for i, node in enumerate(walk):
        if node in walk[:i]:
            return Truth(
                False, {"repeated": node}, notes=("it is a walk: every step is an edge, but a node comes twice",)
            )
    return Truth(True)


@tool(
    phrases=("length of this path", "weight of the path", "total cost along", "cost of the route"),
    asks=(
        "What is the total weight of the path {nodes}?",
        "How long is the path {nodes}?",
        "Add up the weights along {nodes}.",
        "What does the route {nodes} cost?",
    ),
)
def path_weight(graph: Graph, nodes: NodesArg, weight: Attribute | None = None) -> Number:
    """Add up the edges along `nodes`, in this order; every edge counts 1 unless `weight` names an attribute. O(length).

    Raises:
        NodeNotFound: one of the nodes is not in the graph.
        BadArgument: no nodes are given.
        EdgeNotFound: two nodes in a row are not joined.
        MissingAttribute: an edge on the way has no `weight`.
    """
    walk = _walk(graph, nodes)
    total: float = 0
    for u, v in zip(walk, walk[1:]):
        if not graph.has_edge(u, v):
            raise EdgeNotFound(u, v)
        found = graph.nx.get_edge_data(u, v)
        edges = found.values() if graph.multi else [found]
        total += 1 if weight is None else min(number_at(data, weight, "the weight of a path") for data in edges)
    return Number(total)


def _walk(graph: Graph, nodes: list[Any]) -> list[Node]:
    if not nodes:
        raise BadArgument("a path needs at least one node; list its nodes in order")
    return [graph.node(node) for node in nodes]
