"""Distances over the whole graph: from one node, of all pairs, their mean, extremes and sum."""

from __future__ import annotations

import math

from graphs.errors import TooLarge, WrongKind
from graphs.graph import Graph, Node
from tools.answers import Nodes, NodeValues, Number, PairValues
from tools.arcs import Costs, costs, require_connected, require_nodes, search
from tools.paths import dijkstra
from tools.registry import Attribute, NodeArg, tool

LARGEST_TABLE = 1000  # nodes of a table of all pairs
Distances = dict[Node, float]


def distances_from(table: Costs, source: Node, weight: str | None) -> Distances:
    """Distance of every node that `source` reaches. O(n + m) without weights, else O((n + m) log n)."""
    if weight is not None:
        return dijkstra(table, source)[0]
    hops: Distances = {}
    for node, parent in search(table, source).items():
        hops[node] = 0 if parent is None else hops[parent] + 1
    return hops


def distance_rows(graph: Graph, weight: str | None, what: str) -> dict[Node, Distances]:
    """Distances between all nodes of a connected graph."""
    require_connected(graph, what)
    table = costs(graph, weight, what)
    return {u: distances_from(table, u, weight) for u in table}


@tool(
    phrases=("distances from node", "distance to every node", "single source shortest paths", "shortest path to all"),
    asks=(
        "What are the distances from {source} to all other nodes?",
        "How far is every node from {source}?",
        "Give the single-source shortest path lengths from {source}.",
        "List the distance of each node from {source}.",
    ),
)
def single_source_distances(graph: Graph, source: NodeArg, weight: Attribute | None = None) -> NodeValues:
    """Distance of every node from `source`; None for nodes that it does not reach. Dijkstra (1959), O((n + m) log n).

    Every edge counts 1 unless `weight` names an edge attribute, none of it below 0.

    Raises:
        NodeNotFound: `source` is not in the graph.
        MissingAttribute: `weight` names an attribute that some edge lacks.
        NegativeWeight: an edge weighs less than 0.
    """
    source = graph.node(source)
    found = distances_from(costs(graph, weight, "a distance"), source, weight)
    return NodeValues({node: found.get(node) for node in graph.nx})


@tool(
    phrases=("all pairs shortest paths", "distance matrix", "distances between all pairs", "floyd warshall"),
    asks=(
        "What are the distances between all pairs of nodes?",
        "Compute the distance matrix.",
        "Run Floyd-Warshall on the graph.",
        "Give all-pairs shortest path lengths.",
    ),
)
def all_pairs_distances(graph: Graph, weight: Attribute | None = None) -> PairValues:
    """Distance of every two nodes (ordered pairs on a directed graph); None where there is no path. O(n (n + m) log n).

    Every edge counts 1 unless `weight` names an edge attribute, none of it below 0.

    Raises:
        TooLarge: more than 1,000 nodes.
        MissingAttribute: `weight` names an attribute that some edge lacks.
        NegativeWeight: an edge weighs less than 0.
    """
    if graph.num_nodes > LARGEST_TABLE:
        raise TooLarge(f"a table of all pairs is made up to {LARGEST_TABLE} nodes; ask for distances from one node")
    table = costs(graph, weight, "a distance")
    nodes = graph.nodes
    values: dict[tuple[Node, Node], float | None] = {}
    for i, u in enumerate(nodes):
        found = distances_from(table, u, weight)
        for v in nodes if graph.directed else nodes[i + 1 :]:
            if u != v:
                values[u, v] = found.get(v)
    return PairValues(values)


@tool(
    phrases=("average shortest path length", "average path length", "mean distance", "characteristic path length"),
    asks=(
        "What is the average shortest path length of the graph?",
        "What is the mean distance between two nodes?",
        "Compute the characteristic path length.",
        "How far apart are two nodes on average?",
    ),
)
def average_shortest_path_length(graph: Graph, weight: Attribute | None = None) -> Number:
    """Mean distance over all ordered pairs of different nodes; 0 for a single node. O(n (n + m) log n).

    Every edge counts 1 unless `weight` names an edge attribute, none of it below 0.

    Raises:
        WrongKind: the graph has no nodes.
        NotConnected: some node does not reach some other.
        MissingAttribute: `weight` names an attribute that some edge lacks.
        NegativeWeight: an edge weighs less than 0.
    """
    rows = distance_rows(graph, weight, "an average distance")
    n = len(rows)
    total = sum(sum(row.values()) for row in rows.values())
    return Number(total / (n * (n - 1)) if n > 1 else 0)


def _between_pairs(graph: Graph, weight: str | None) -> tuple[list[float], bool]:
    """Distances of all ordered pairs of different nodes that a path joins, and whether one joins every pair."""
    table = costs(graph, weight, "a distance")
    found = [d for u in table for v, d in distances_from(table, u, weight).items() if v != u]
    if not found:
        raise WrongKind("no path joins two different nodes of this graph; add edges first")
    return found, len(found) == len(table) * (len(table) - 1)


@tool(
    phrases=("maximal shortest path length", "longest shortest path", "greatest distance between any two nodes"),
    asks=(
        "What is the maximal shortest path length between any two nodes?",
        "What is the greatest distance between two nodes?",
        "How long is the longest shortest path?",
        "Give the maximum of all shortest path lengths.",
    ),
)
def maximum_shortest_path_length(graph: Graph, weight: Attribute | None = None) -> Number:
    """Greatest distance of two nodes that a path joins: the diameter, where the graph is connected.

    Every edge counts 1 unless `weight` names an edge attribute, none of it below 0. O(n (n + m) log n).

    Raises:
        WrongKind: no path joins two different nodes.
        MissingAttribute: `weight` names an attribute that some edge lacks.
        NegativeWeight: an edge weighs less than 0.
    """
    found, whole = _between_pairs(graph, weight)
    return Number(max(found), notes=() if whole else ("pairs that no path joins are left out",))


@tool(
    phrases=("minimal shortest path length", "shortest shortest path", "least distance between any two nodes"),
    asks=(
        "What is the minimal shortest path length between any two nodes?",
        "What is the least distance between two different nodes?",
        "How long is the shortest of all shortest paths?",
        "Give the minimum of all shortest path lengths.",
    ),
)
def minimum_shortest_path_length(graph: Graph, weight: Attribute | None = None) -> Number:
    """Least distance of two different nodes: 1 without weights. O(n (n + m) log n).

    Every edge counts 1 unless `weight` names an edge attribute, none of it below 0.

    Raises:
        WrongKind: no path joins two different nodes.
        MissingAttribute: `weight` names an attribute that some edge lacks.
        NegativeWeight: an edge weighs less than 0.
    """
    found, _ = _between_pairs(graph, weight)
    return Number(min(found))


@tool(
    phrases=("barycenter", "median of the graph", "node with least total distance"),
    asks=(
        "What is the barycenter of the graph?",
        "Which nodes have the least total distance to all others?",
        "Find the median of the graph.",
        "Where is the sum of distances smallest?",
    ),
)
def barycenter(graph: Graph, weight: Attribute | None = None) -> Nodes:
    """The nodes of least total distance to all others; the witness is that total. O(n (n + m) log n).

    Every edge counts 1 unless `weight` names an edge attribute, none of it below 0.

    Raises:
        WrongKind: the graph has no nodes.
        NotConnected: some node does not reach some other.
        MissingAttribute: `weight` names an attribute that some edge lacks.
        NegativeWeight: an edge weighs less than 0.
    """
    totals = {u: sum(row.values()) for u, row in distance_rows(graph, weight, "a barycenter").items()}
    least = min(totals.values())
    return Nodes([u for u in graph.nx if tied(totals[u], least)], least)


def tied(one: float, other: float) -> bool:
    """Whether two lengths are equal, up to rounding unless both are whole."""
    if isinstance(one, int) and isinstance(other, int):
        return one == other
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)


@tool(
    phrases=("wiener index", "sum of all distances", "total distance of the graph"),
    asks=(
        "What is the Wiener index of the graph?",
        "What is the sum of the distances between all pairs of nodes?",
        "Compute the Wiener index.",
        "Add up all pairwise distances.",
    ),
)
def wiener_index(graph: Graph, weight: Attribute | None = None) -> Number:
    """Sum of the distances of all pairs of nodes (ordered pairs on a directed graph). Wiener (1947).

    Every edge counts 1 unless `weight` names an edge attribute, none of it below 0. O(n (n + m) log n).

    Raises:
        WrongKind: the graph has no nodes.
        NotConnected: some node does not reach some other.
        MissingAttribute: `weight` names an attribute that some edge lacks.
        NegativeWeight: an edge weighs less than 0.
    """
    total = sum(sum(row.values()) for row in distance_rows(graph, weight, "a Wiener index").values())
    if graph.directed:
        return Number(total)
    return Number(total // 2 if isinstance(total, int) and total % 2 == 0 else total / 2)


@tool(
    phrases=("farthest nodes", "most distant node from", "furthest away from"),
    asks=(
        "Which nodes are farthest from {node}?",
        "Which node is the most distant from {node}?",
        "Who is furthest away from {node}?",
        "Find the nodes at the greatest distance from {node}.",
    ),
)
def farthest_nodes(graph: Graph, node: NodeArg, weight: Attribute | None = None) -> Nodes:
    """The nodes at the greatest distance from `node` among those it reaches; the witness is that distance.

    Every edge counts 1 unless `weight` names an edge attribute, none of it below 0. O((n + m) log n).

    Raises:
        NodeNotFound: `node` is not in the graph.
        MissingAttribute: `weight` names an attribute that some edge lacks.
        NegativeWeight: an edge weighs less than 0.
    """
    require_nodes(graph, "a distance")
    found = distances_from(costs(graph, weight, "a distance"), graph.node(node), weight)
    most = max(found.values())
    notes = () if len(found) == graph.num_nodes else (f"{graph.num_nodes - len(found)} nodes cannot be reached",)
    far = [u for u in graph.nx if u in found and tied(found[u], most)]
    return Nodes(far, most, notes=notes)
