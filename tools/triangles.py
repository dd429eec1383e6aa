"""Triangles and clustering: how often friends of friends are friends."""

from __future__ import annotations

from collections.abc import Iterator

from graphs.graph import Graph, Node
from tools.answers import Groups, NodeValues, Number
from tools.registry import NodeArg, tool

LISTED = 10_000  # triangles up to which a count lists them
Around = dict[Node, set[Node]]


def neighbour_sets(graph: Graph) -> Around:
    """Distinct neighbours of each node; directions, parallel edges and self-loops are ignored."""
    around: Around = {node: set() for node in graph}
    for u, v in graph.nx.edges():
        if u != v:
            around[u].add(v)
            around[v].add(u)
    return around


def _triangles(graph: Graph) -> Iterator[tuple[int, int, int]]:
    """Every triangle once, as increasing places in the graph's order, in no particular order."""
    around = neighbour_sets(graph)
    place = {node: i for i, node in enumerate(graph)}
    rank = {node: r for r, node in enumerate(sorted(graph, key=lambda n: (len(around[n]), place[n])))}
    ahead = {node: {w for w in near if rank[w] > rank[node]} for node, near in around.items()}
    for u, near in ahead.items():
        for v in near:
            for w in near & ahead[v]:
                a, b, c = sorted((place[u], place[v], place[w]))
                yield a, b, c


def _notes(graph: Graph) -> tuple[str, ...]:
    return ("edge directions are ignored",) if graph.directed else ()


@tool(
    phrases=("number of triangles", "how many triangles", "count triangles", "triangle count"),
    asks=(
        "How many triangles are in this graph?",
        "How many triangles does the graph contain?",
        "Count the triangles.",
        "number of triangles",
        "What is the total number of triangles?",
    ),
)
def triangle_count(graph: Graph) -> Number:
    """The number of sets of three nodes that are all joined to each other.

    Directions, parallel edges and self-loops are ignored. The witness lists the triangles up to 10,000 of them.
    O(m^1.5). Schank and Wagner (2005).

    >>> triangle_count(Graph.from_edges([(1, 2), (2, 3), (1, 3), (3, 4)])).number
    1
    """
    nodes = graph.nodes
    found: list[tuple[int, int, int]] = []
    count = 0
    for triangle in _triangles(graph):
        count += 1
        if count <= LISTED:
            found.append(triangle)
    listed = [[nodes[i] for i in triangle] for triangle in sorted(found)] if count <= LISTED else None
    return Number(count, listed, notes=_notes(graph))


@tool(
    phrases=("list triangles", "which triangles", "all triangles", "enumerate triangles"),
    asks=(
        "List all triangles.",
        "Which triangles are in the graph?",
        "Enumerate every triangle of the graph.",
        "Name the sets of three mutually connected nodes.",
    ),
)
def list_triangles(graph: Graph) -> Groups:
    """All sets of three mutually joined nodes, in the graph's order. Directions are ignored. O(m^1.5)."""
    nodes = graph.nodes
    return Groups([[nodes[i] for i in triangle] for triangle in sorted(_triangles(graph))], notes=_notes(graph))


@tool(
    phrases=("triangles of a node", "triangles through a node", "how many triangles include the node"),
    asks=(
        "How many triangles include node {node}?",
        "In how many triangles does {node} take part?",
        "triangles of {node}",
        "Count the triangles through {node}.",
    ),
)
def triangles_of(graph: Graph, node: NodeArg) -> Number:
    """The number of triangles that a node belongs to; the witness lists the two other nodes of each.

    Directions are ignored. O(m + sum of the neighbours' degrees).

    Raises:
        NodeNotFound: `node` is not in the graph.
    """
    node = graph.node(node)
    around = neighbour_sets(graph)
    near = [w for w in graph if w in around[node]]
    pairs = [[v, w] for i, v in enumerate(near) for w in near[i + 1 :] if w in around[v]]
    return Number(len(pairs), pairs, notes=_notes(graph))


@tool(
    phrases=("clustering coefficient", "local clustering", "clustering of a node", "cliquishness"),
    asks=(
        "What is the clustering coefficient of {node}?",
        "Give the local clustering coefficient of each node.",
        "clustering coefficient {node}",
        "How tightly connected are the neighbours of {node}?",
        "Compute the clustering coefficient for node {node}.",
    ),
)
def clustering_coefficient(graph: Graph, node: NodeArg | None = None) -> NodeValues | Number:
    """The share of pairs of neighbours that are joined: of one node, or of every node; 0 below two neighbours.

    Directions, parallel edges and self-loops are ignored. The witness for one node counts triangles and neighbours.
    O(sum of squared degrees). Watts and Strogatz (1998).

    Raises:
        NodeNotFound: `node` is not in the graph.

    >>> clustering_coefficient(Graph.from_edges([(1, 2), (2, 3), (1, 3), (3, 4)]), 3).value
    0.3333333333333333
    """
    around = neighbour_sets(graph)
    if node is None:
        return NodeValues({w: _local(around, w)[2] for w in graph}, notes=_notes(graph))
    triangles, degree, share = _local(around, graph.node(node))
    return Number(share, {"triangles": triangles, "neighbours": degree}, notes=_notes(graph))


def _local(around: Around, node: Node) -> tuple[int, int, float]:
    """Triangles, degree and clustering coefficient of one node."""
    near = around[node]
    degree = len(near)
    triangles = sum(len(near & around[w]) for w in near) // 2
    return triangles, degree, 2 * triangles / (degree * (degree - 1)) if degree > 1 else 0.0


@tool(
    phrases=("average clustering coefficient", "mean clustering", "average clustering"),
    asks=(
        "What is the average clustering coefficient of the graph?",
        "Compute the mean clustering coefficient.",
        "average clustering",
        "How clustered is the network on average?",
    ),
)
def average_clustering(graph: Graph) -> Number:
    """The mean of the clustering coefficients of all nodes; 0 for a graph without nodes.

    Directions are ignored. The witness gives the coefficient of each node. O(sum of squared degrees). Watts and
    Strogatz (1998).
    """
    around = neighbour_sets(graph)
    values = {node: _local(around, node)[2] for node in graph}
    return Number(sum(values.values()) / len(values) if values else 0.0, values, notes=_notes(graph))


@tool(
    phrases=("transitivity", "global clustering coefficient", "fraction of closed triads"),
    asks=(
        "What is the transitivity of the graph?",
        "Compute the global clustering coefficient.",
        "transitivity",
        "What fraction of connected triples is closed?",
    ),
)
def transitivity(graph: Graph) -> Number:
    """Three times the number of triangles divided by the number of pairs of edges that share a node; 0 without any.

    Directions are ignored. The witness counts triangles and pairs. O(m^1.5). Newman, Watts and Strogatz (2002).
    """
    triangles = sum(1 for _ in _triangles(graph))
    triads = sum(len(near) * (len(near) - 1) // 2 for near in neighbour_sets(graph).values())
    witness = {"triangles": triangles, "triads": triads}
    return Number(3 * triangles / triads if triads else 0.0, witness, notes=_notes(graph))


@tool(
    phrases=("square clustering", "four cycle clustering", "squares clustering coefficient"),
    asks=(
        "What is the square clustering coefficient of {node}?",
        "Give the square clustering of each node.",
        "square clustering {node}",
        "Which share of possible squares exists at {node}?",
    ),
)
def square_clustering(graph: Graph, node: NodeArg | None = None) -> NodeValues | Number:
    """The share of possible squares at a node that exist: of one node, or of every node; 0 where none is possible.

    Directions, parallel edges and self-loops are ignored. O(sum of cubed degrees). Lind, González and Herrmann
    (2005).

    Raises:
        NodeNotFound: `node` is not in the graph.
    """
    around = neighbour_sets(graph)
    if node is not None:
        return Number(_squares(around, graph.node(node)), notes=_notes(graph))
    return NodeValues({w: _squares(around, w) for w in graph}, notes=_notes(graph))


def _squares(around: Around, node: Node) -> float:
    near = list(around[node])
    squares = possible = 0
    for i, u in enumerate(near):
        for w in near[i + 1 :]:
            closed = len(around[u] & around[w]) - 1  # all common neighbours but the node itself
            theirs = 1 + closed + (w in around[u])
            squares += closed
            possible += len(around[u]) + len(around[w]) - 2 * theirs + closed
    return squares / possible if possible else 0.0
