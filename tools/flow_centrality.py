"""Centrality by all routes, not only the shortest: currents, closed walks, communicability, Laplacian energy."""

from __future__ import annotations

import math
from typing import Any

from graphs.errors import NotConnected, TooLarge, WrongKind
from graphs.graph import Graph
from tools.answers import NodeValues, Number
from tools.matrices import Rows, adjacency_rows, reached
from tools.registry import Attribute, NodeArg, tool
from tools.spectral import SPECTRUM_LIMIT, adjacency_spectrum

Matrix = list[list[float]]


def _inverse(graph: Graph, weight: str | None) -> tuple[Rows, Matrix]:
    """Conductances, and the inverse of L + c J / n, c the largest weight: resistances are X_ii + X_jj - 2 X_ij."""
    import numpy as np

    if graph.directed:
        raise WrongKind("currents are defined on undirected graphs; make the graph undirected first")
    if graph.num_nodes < 2:
        raise WrongKind("currents need at least two nodes")
    if graph.num_nodes > SPECTRUM_LIMIT:
        raise TooLarge(f"{graph.num_nodes} nodes are over the limit of {SPECTRUM_LIMIT} for currents with a proof")
    rows = adjacency_rows(graph, weight, "current-flow centrality")
    if len(reached(rows, graph.nodes[0])) < len(rows):
        raise NotConnected("currents between all pairs need a connected graph; ask on one component")
    place = {node: i for i, node in enumerate(rows)}
    scale = max((size for row in rows.values() for size in row.values()), default=1.0)
    matrix = np.full((len(rows), len(rows)), scale / len(rows))
    for u, row in rows.items():
        for v, size in row.items():
            if u != v:
                matrix[place[u], place[u]] += size
                matrix[place[u], place[v]] -= size
    inverse: Matrix = np.linalg.inv(matrix).tolist()
    return rows, inverse


def _scored(graph: Graph, scores: list[float], witness: Any, node: Any) -> NodeValues | Number:
    by_node = dict(zip(graph, scores))
    return NodeValues(by_node, witness) if node is None else Number(by_node[graph.node(node)], witness)


@tool(
    phrases=("current flow closeness", "information centrality"),
    asks=(
        "What is the current-flow closeness centrality of {node}?",
        "Compute the information centrality of each node.",
        "information centrality {node}",
        "How close is {node} to all others in an electrical network?",
    ),
)
def current_flow_closeness(
    graph: Graph, node: NodeArg | None = None, weight: Attribute | None = None
) -> NodeValues | Number:
    """The reciprocal of the sum of the resistance distances from a node to all others (information centrality).

    `weight` names conductances; parallel edges add up. The witness is the inverse of L + J / n in the graph's order.
    O(n^3), up to 400 nodes. Stephenson and Zelen (1989); Brandes and Fleischer (2005).

    Raises:
        NodeNotFound: `node` is not in the graph.
        WrongKind: the graph is directed or has fewer than two nodes.
        NotConnected: the graph is not connected.
        TooLarge, MissingAttribute, NegativeWeight: over 400 nodes; a weight is missing or not above 0.
    """
    _, inverse = _inverse(graph, weight)
    size = range(len(inverse))
    scores = [1 / math.fsum(inverse[i][i] + inverse[j][j] - 2 * inverse[i][j] for j in size if j != i) for i in size]
    return _scored(graph, scores, inverse, node)


@tool(
    phrases=("current flow betweenness", "random walk betweenness"),
    asks=(
        "What is the current-flow betweenness centrality of {node}?",
        "Compute the random-walk betweenness of each node.",
        "current flow betweenness {node}",
        "How much current passes through {node} on average?",
    ),
)
def current_flow_betweenness(
    graph: Graph, node: NodeArg | None = None, weight: Attribute | None = None
) -> NodeValues | Number:
    """The current that passes a node when one unit flows between two others, averaged over all such pairs.

    `weight` names conductances; parallel edges add up. The witness is the inverse of L + J / n in the graph's order.
    O(n^3 + m n log n), up to 400 nodes. Newman (2005).

    Raises:
        NodeNotFound, WrongKind, NotConnected, TooLarge, MissingAttribute, NegativeWeight: as
            `current_flow_closeness`; WrongKind also below three nodes.
    """
    if graph.num_nodes < 3:
        raise WrongKind("current-flow betweenness needs at least three nodes")
    rows, inverse = _inverse(graph, weight)
    n = len(inverse)
    place = {w: i for i, w in enumerate(rows)}
    through = [0.0] * n
    for u, row in rows.items():
        for v, size in row.items():
            if u != v:
                drops = sorted(a - b for a, b in zip(inverse[place[u]], inverse[place[v]]))
                # the sum of |x_s - x_t| over pairs: the k-th smallest is added k times and taken away n - 1 - k times
                through[place[u]] += size * math.fsum((2 * k - n + 1) * x for k, x in enumerate(drops)) / 2
    pairs = (n - 1) * (n - 2) / 2
    scores = [(x - (n - 1) / 2) / pairs for x in through]  # half a unit enters or leaves at the ends of n - 1 pairs
    return _scored(graph, [0.0 if -1e-9 < x < 1e-12 else x for x in scores], inverse, node)


@tool(
    phrases=("subgraph centrality", "closed walks centrality"),
    asks=(
        "What is the subgraph centrality of {node}?",
        "Compute the subgraph centrality of each node.",
        "subgraph centrality {node}",
        "How many discounted closed walks start at {node}?",
    ),
)
def subgraph_centrality(graph: Graph, node: NodeArg | None = None) -> NodeValues | Number:
    """The number of closed walks from a node to itself, those of length k divided by k!: a diagonal entry of e^A.

    The witness holds the spectrum with eigenvectors. O(n^3), up to 400 nodes. Estrada and Rodríguez-Velázquez (2005).

    Raises:
        NodeNotFound: `node` is not in the graph.
        WrongKind: the graph is directed.
        TooLarge: over 400 nodes, or an eigenvalue is over 700.
    """
    values, vectors, witness = _exponents(graph)
    scores = [math.fsum(e * x[i] * x[i] for e, x in zip(values, vectors)) for i in range(len(values))]
    return _scored(graph, scores, witness, node)


def _exponents(graph: Graph) -> tuple[list[float], Matrix, dict[str, Any]]:
    witness: dict[str, Any] = adjacency_spectrum(graph).witness
    if max(witness["eigenvalues"], default=0) > 700:
        raise TooLarge("the exponential of so dense a graph is beyond the range of numbers")
    return [math.exp(x) for x in witness["eigenvalues"]], witness["vectors"], witness


@tool(
    phrases=("communicability", "communicability between"),
    asks=(
        "What is the communicability between {u} and {v}?",
        "Compute the communicability of the pair {u}, {v}.",
        "communicability {u} {v}",
        "How well do {u} and {v} communicate over all walks?",
    ),
)
def communicability(graph: Graph, u: NodeArg, v: NodeArg) -> Number:
    """The number of walks between two nodes, those of length k divided by k!: an entry of e^A.

    The witness holds the spectrum with eigenvectors. O(n^3), up to 400 nodes. Estrada and Hatano (2008).

    Raises:
        NodeNotFound: `u` or `v` is not in the graph.
        WrongKind: the graph is directed.
        TooLarge: over 400 nodes, or an eigenvalue is over 700.
    """
    u, v = graph.node(u), graph.node(v)
    values, vectors, witness = _exponents(graph)
    i, j = graph.nodes.index(u), graph.nodes.index(v)
    number = math.fsum(e * x[i] * x[j] for e, x in zip(values, vectors))
    return Number(0.0 if abs(number) < 1e-12 * max(values) else number, witness)


@tool(
    phrases=("laplacian centrality", "laplacian energy drop"),
    asks=(
        "What is the Laplacian centrality of {node}?",
        "Compute the Laplacian centrality of each node.",
        "laplacian centrality {node}",
        "How much Laplacian energy is lost without {node}?",
    ),
)
def laplacian_centrality(
    graph: Graph, node: NodeArg | None = None, weight: Attribute | None = None
) -> NodeValues | Number:
    """The share of the graph's Laplacian energy that is lost when a node is removed.

    The energy is the sum of squared (weighted) degrees plus twice the sum of squared edge weights; parallel edges add
    up, self-loops do not count. O(n + m). Qi et al. (2012).

    Raises:
        NodeNotFound: `node` is not in the graph.
        WrongKind: the graph is directed or has no edges.
        MissingAttribute, NegativeWeight: a weight is missing or not above 0.
    """
    if graph.directed:
        raise WrongKind("Laplacian centrality is defined on undirected graphs; make the graph undirected first")
    rows = adjacency_rows(graph, weight, "Laplacian centrality")
    ties = {u: {v: size for v, size in row.items() if v != u} for u, row in rows.items()}
    degrees = {u: sum(row.values()) for u, row in ties.items()}
    energy = sum(d * d for d in degrees.values()) + sum(x * x for row in ties.values() for x in row.values())
    if not energy:
        raise WrongKind("Laplacian centrality needs an edge between two nodes, and the graph has none")
    drops = {
        u: degrees[u] ** 2 + sum(2 * degrees[v] * x - x * x + 2 * x * x for v, x in row.items())
        for u, row in ties.items()
    }
    scores = {u: drop / energy for u, drop in drops.items()}
    return NodeValues(scores) if node is None else Number(scores[graph.node(node)])
