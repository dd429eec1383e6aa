"""Shapes that the degrees nearly give away: complete, regular, star, path, cycle, wheel, tournament."""

from __future__ import annotations

import itertools

from graphs.errors import WrongKind
from graphs.graph import Graph, Node
from tools.adjacency import Around, simple_neighbours
from tools.answers import Truth
from tools.registry import tool


@tool(
    phrases=("complete graph", "fully connected clique graph", "all pairs adjacent"),
    asks=(
        "Is the graph complete?",
        "Is every node connected directly to every other node?",
        "Are all pairs of nodes adjacent?",
        "Is this a complete graph?",
    ),
)
def is_complete(graph: Graph) -> Truth:
    """Decide whether every two nodes are adjacent (in both directions when directed).

    witness when not: the `missing` pair. Loops and parallel edges are ignored. O(n²).
    """
    for u, v in itertools.permutations(graph.nodes, 2):
        if not graph.has_edge(u, v):
            return Truth(False, witness={"missing": [u, v]})
    return Truth(True)


@tool(
    phrases=("regular graph", "all degrees equal", "k-regular", "cubic graph", "same degree"),
    asks=(
        "Is the graph regular?",
        "Do all nodes have the same degree?",
        "Is the graph {k}-regular?",
        "Is every node of degree {k}?",
    ),
)
def is_regular(graph: Graph, k: int | None = None) -> Truth:
    """Decide whether every node has the same degree, `k` where given (in and out when directed).

    A loop counts 2. witness: the common `degree`, or `nodes` and their `degrees` that differ (one node when it differs
    from `k`). A graph without nodes is regular. O(n + m).
    """
    degree = _degrees(graph)
    wanted = k
    for node in graph:
        for d in degree[node]:
            if wanted is None:
                wanted = d
            if d != wanted:
                first = [] if k is not None else [graph.nodes[0]] if node != graph.nodes[0] else []
                nodes = [*first, node]
                return Truth(False, witness={"nodes": nodes, "degrees": [list(degree[n]) for n in nodes]})
    return Truth(True, witness={"degree": wanted})


@tool(
    phrases=("star graph", "one centre joined to all leaves", "is a star"),
    asks=(
        "Is the graph a star?",
        "Is there one centre joined to all other nodes, and no other edge?",
        "Is this a star graph?",
        "Check if the graph has the shape of a star.",
    ),
)
def is_star_graph(graph: Graph) -> Truth:
    """Decide whether one node is joined to all others and there is no other edge.

    witness: the `centre`. A single node is a star. Directions are ignored. O(n + m).
    """
    body = simple_neighbours(graph)
    if body is None or not graph.num_nodes or graph.num_edges != graph.num_nodes - 1:
        return Truth(False)
    centre = max(body, key=lambda node: len(body[node]))
    good = len(body[centre]) == graph.num_nodes - 1
    return Truth(good, witness={"centre": centre} if good else None)


@tool(
    phrases=("path graph", "is a simple line of nodes", "linear chain graph"),
    asks=(
        "Is the graph a path graph?",
        "Do the nodes form one simple line (a path graph)?",
        "Is this graph a linear chain?",
        "Check if the whole graph is just a path.",
    ),
)
def is_path_graph(graph: Graph) -> Truth:
    """Decide whether the whole graph is one path through all nodes. witness: their `order`. O(n + m)."""
    body = simple_neighbours(graph)
    if body is None or not graph.num_nodes or graph.num_edges != graph.num_nodes - 1:
        return Truth(False)
    start = next((node for node in body if len(body[node]) <= 1), None)
    return _line(body, start) if start is not None else Truth(False)


@tool(
    phrases=("cycle graph", "is a ring", "the graph is one single cycle", "circular graph"),
    asks=(
        "Is the graph a cycle graph?",
        "Do all nodes form a single ring?",
        "Is the whole graph one cycle?",
        "Check whether this is a circular (cycle) graph.",
    ),
)
def is_cycle_graph(graph: Graph) -> Truth:
    """Decide whether the whole graph is one cycle of at least three nodes. witness: their `order`. O(n + m)."""
    body = simple_neighbours(graph)
    if body is None or graph.num_nodes < 3 or any(len(near) != 2 for near in body.values()):
        return Truth(False)
    return _line(body, graph.nodes[0])


@tool(
    phrases=("wheel graph", "a hub joined to every node of a cycle", "is a wheel"),
    asks=(
        "Is the graph a wheel?",
        "Is this a wheel graph: a hub joined to every node of a rim?",
        "Does the graph consist of a cycle and a hub joined to all of it?",
        "Check for the wheel shape.",
    ),
)
def is_wheel_graph(graph: Graph) -> Truth:
    """Decide whether one hub is joined to every node of a cycle of the others, and there is no other edge.

    witness: the `hub` and the `rim` in order. O(n + m).
    """
    body = simple_neighbours(graph)
    n = graph.num_nodes
    if body is None or n < 4 or graph.num_edges != 2 * (n - 1):
        return Truth(False)
    hub = max(body, key=lambda node: len(body[node]))
    rest = {node: [v for v in near if v != hub] for node, near in body.items() if node != hub}
    if len(body[hub]) != n - 1 or any(len(near) != 2 for near in rest.values()):
        return Truth(False)
    rim = _line(rest, next(iter(rest)))
    return Truth(True, witness={"hub": hub, "rim": rim.witness["order"]}) if rim.holds else Truth(False)


@tool(
    phrases=("tournament", "every pair played exactly once", "one arc between each pair"),
    asks=(
        "Is the directed graph a tournament?",
        "Is there exactly one arc between every two nodes?",
        "Is this digraph a tournament graph?",
        "Did every pair play exactly one match?",
    ),
)
def is_tournament(graph: Graph) -> Truth:
    """Decide whether there is exactly one arc between every two nodes, and no loop.

    witness when not: the `pair` with none or several, or the `loop`. O(n² + m).

    Raises:
        WrongKind: the graph is undirected.
    """
    if not graph.directed:
        raise WrongKind("a tournament is a directed graph; this one is undirected")
    count: dict[tuple[Node, Node], int] = {}
    for edge in graph.edges():
        if edge.source == edge.target:
            return Truth(False, witness={"loop": edge.source})
        count[edge.source, edge.target] = count.get((edge.source, edge.target), 0) + 1
    for u, v in itertools.combinations(graph.nodes, 2):
        if count.get((u, v), 0) + count.get((v, u), 0) != 1:
            return Truth(False, witness={"pair": [u, v]})
    return Truth(True)


def _degrees(graph: Graph) -> dict[Node, list[int]]:
    """[degree] of each node, or [out-degree, in-degree]; a loop counts twice, or once each way."""
    found = {node: [0, 0] if graph.directed else [0] for node in graph}
    for edge in graph.edges():
        found[edge.source][0] += 1
        found[edge.target][-1] += 1
    return found


def _line(body: Around, start: Node) -> Truth:
    """Follow degree-two nodes from `start`; yes when that meets every node."""
    order, seen = [start], {start}
    while True:
        after = next((v for v in body[order[-1]] if v not in seen), None)
        if after is None or len(body[after]) > 2:
            break
        order.append(after)
        seen.add(after)
    good = len(order) == len(body) and len(body[start]) <= 2
    return Truth(good, witness={"order": order} if good else None)
