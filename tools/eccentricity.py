"""Eccentricities: radius, diameter, centre, periphery."""

from __future__ import annotations

from graphs.graph import Graph
from tools.answers import Nodes, NodeValues, Number
from tools.arcs import costs, require_connected
from tools.distances import Distances, distance_rows, distances_from, tied
from tools.paths import path_between
from tools.registry import Attribute, NodeArg, tool


def _eccentricities(graph: Graph, weight: str | None, what: str) -> Distances:
    return {u: max(row.values()) for u, row in distance_rows(graph, weight, what).items()}


@tool(
    phrases=("eccentricity of node", "how far is the farthest node from"),
    asks=(
        "What is the eccentricity of {node}?",
        "Compute the eccentricity of node {node}.",
        "How far away is the node that is farthest from {node}?",
        "Eccentricity of {node}?",
    ),
)
def eccentricity(graph: Graph, node: NodeArg, weight: Attribute | None = None) -> Number:
    """Greatest distance from `node` to another node. O((n + m) log n).

    Every edge counts 1 unless `weight` names an edge attribute, none of it below 0. The witness is a farthest node.

    Raises:
        NodeNotFound: `node` is not in the graph.
        NotConnected: some node cannot be reached.
        MissingAttribute: `weight` names an attribute that some edge lacks.
        NegativeWeight: an edge weighs less than 0.
    """
    node = graph.node(node)
    require_connected(graph, "an eccentricity")
    found = distances_from(costs(graph, weight, "an eccentricity"), node, weight)
    far = max(graph.nx, key=lambda v: found[v])
    return Number(found[far], far)


@tool(
    phrases=("eccentricities", "eccentricity of all nodes", "eccentricity of each node"),
    asks=(
        "What is the eccentricity of each node?",
        "Compute all eccentricities.",
        "List the eccentricity of every vertex.",
        "Give the eccentricities of the graph.",
    ),
)
def eccentricities(graph: Graph, weight: Attribute | None = None) -> NodeValues:
    """For every node the greatest distance to another one. O(n (n + m) log n).

    Every edge counts 1 unless `weight` names an edge attribute, none of it below 0.

    Raises:
        WrongKind: the graph has no nodes.
        NotConnected: some node does not reach some other.
        MissingAttribute: `weight` names an attribute that some edge lacks.
        NegativeWeight: an edge weighs less than 0.
    """
    return NodeValues(_eccentricities(graph, weight, "an eccentricity"))


@tool(
    phrases=("average eccentricity", "mean eccentricity"),
    asks=(
        "What is the average eccentricity of the graph?",
        "Compute the mean eccentricity.",
        "What is the mean of all eccentricities?",
        "Average eccentricity?",
    ),
)
def average_eccentricity(graph: Graph, weight: Attribute | None = None) -> Number:
    """Mean of the eccentricities of all nodes. O(n (n + m) log n).

    Every edge counts 1 unless `weight` names an edge attribute, none of it below 0.

    Raises:
        WrongKind: the graph has no nodes.
        NotConnected: some node does not reach some other.
        MissingAttribute: `weight` names an attribute that some edge lacks.
        NegativeWeight: an edge weighs less than 0.
    """
    found = _eccentricities(graph, weight, "an eccentricity")
    return Number(sum(found.values()) / len(found))


@tool(
    phrases=("diameter", "graph diameter", "width of the network in steps"),
    asks=(
        "What is the diameter of the graph?",
        "Compute the diameter.",
        "How far apart are the two most distant nodes?",
        "Diameter of the network?",
    ),
)
def diameter(graph: Graph, weight: Attribute | None = None) -> Number:
    """Greatest distance of two nodes; the witness is a shortest path of that length. O(n (n + m) log n).

    Every edge counts 1 unless `weight` names an edge attribute, none of it below 0.

    Raises:
        WrongKind: the graph has no nodes.
        NotConnected: some node does not reach some other.
        MissingAttribute: `weight` names an attribute that some edge lacks.
        NegativeWeight: an edge weighs less than 0.

    >>> diameter(Graph.from_edges([(1, 2), (2, 3)])).witness
    [1, 2, 3]
    """
    rows = distance_rows(graph, weight, "a diameter")
    u = max(rows, key=lambda node: max(rows[node].values()))
    v = max(graph.nx, key=lambda node: rows[u][node])
    return Number(rows[u][v], path_between(costs(graph, weight, "a diameter"), u, v).nodes)


@tool(
    phrases=("radius", "graph radius", "smallest eccentricity"),
    asks=(
        "What is the radius of the graph?",
        "Compute the radius.",
        "What is the smallest eccentricity of a node?",
        "Radius of the network?",
    ),
)
def radius(graph: Graph, weight: Attribute | None = None) -> Number:
    """Least eccentricity of a node; the witness is such a node. O(n (n + m) log n).

    Every edge counts 1 unless `weight` names an edge attribute, none of it below 0.

    Raises:
        WrongKind: the graph has no nodes.
        NotConnected: some node does not reach some other.
        MissingAttribute: `weight` names an attribute that some edge lacks.
        NegativeWeight: an edge weighs less than 0.
    """
    found = _eccentricities(graph, weight, "a radius")
    node = min(found, key=lambda u: found[u])
    return Number(found[node], node)


@tool(
    phrases=("center of the graph", "centre", "central nodes by eccentricity", "jordan center"),
    asks=(
        "What is the center of the graph?",
        "Which nodes form the centre?",
        "Find the nodes of least eccentricity.",
        "Give the Jordan center of the network.",
    ),
)
def center(graph: Graph, weight: Attribute | None = None) -> Nodes:
    """The nodes of least eccentricity. O(n (n + m) log n).

    Every edge counts 1 unless `weight` names an edge attribute, none of it below 0.

    Raises:
        WrongKind: the graph has no nodes.
        NotConnected: some node does not reach some other.
        MissingAttribute: `weight` names an attribute that some edge lacks.
        NegativeWeight: an edge weighs less than 0.
    """
    found = _eccentricities(graph, weight, "a centre")
    least = min(found.values())
    return Nodes([u for u in graph.nx if tied(found[u], least)])


@tool(
    phrases=("periphery", "peripheral nodes", "most remote nodes"),
    asks=(
        "What is the periphery of the graph?",
        "Which nodes are peripheral?",
        "Find the nodes of greatest eccentricity.",
        "Give the periphery of the network.",
    ),
)
def periphery(graph: Graph, weight: Attribute | None = None) -> Nodes:
    """The nodes of greatest eccentricity. O(n (n + m) log n).

    Every edge counts 1 unless `weight` names an edge attribute, none of it below 0.

    Raises:
        WrongKind: the graph has no nodes.
        NotConnected: some node does not reach some other.
        MissingAttribute: `weight` names an attribute that some edge lacks.
        NegativeWeight: an edge weighs less than 0.
    """
    found = _eccentricities(graph, weight, "a periphery")
    most = max(found.values())
    return Nodes([u for u in graph.nx if tied(found[u], most)])
