"""Eigenvalues of a graph's matrices, and the figures that are made of them."""

from __future__ import annotations

import math
from typing import Any, Literal

from graphs.errors import BadArgument, BudgetExceeded, NotConnected, TooLarge, WrongKind
from graphs.graph import Graph, Node
from tools.answers import NodeValues, Number, Numbers
from tools.matrices import Rows, adjacency_rows, reached
from tools.registry import Attribute, tool

Kind = Literal["adjacency", "laplacian", "normalized_laplacian"]
SPECTRUM_LIMIT = 400  # nodes: the witness is a square matrix
SOLVE_LIMIT = 2000
DENSE_LIMIT = 300  # nodes above which power iteration is tried before all eigenvectors are taken
ITERATIONS = 5000
NOISE = 1e-12  # an eigenvalue below is shown as 0


def _matrix(graph: Graph, kind: Kind, weight: str | None, limit: int) -> Any:
    """The matrix in the graph's order, as a numpy array; self-loops once on the diagonal, and not in the Laplacians."""
    import numpy as np

    if graph.directed:
        raise WrongKind("this spectrum is defined on undirected graphs; make the graph undirected first")
    if graph.num_nodes > limit:
        raise TooLarge(f"{graph.num_nodes} nodes are over the limit of {limit} for eigenvalues with a proof")
    rows = adjacency_rows(graph, weight, "the spectrum")
    place = {node: i for i, node in enumerate(rows)}
    matrix = np.zeros((len(rows), len(rows)))
    for u, row in rows.items():
        for v, size in row.items():
            if u != v or kind == "adjacency":
                matrix[place[u], place[v]] = size
    if kind == "adjacency":
        return matrix
    degrees = matrix.sum(axis=1)
    if kind == "laplacian":
        return np.diag(degrees) - matrix
    scale = np.array([1 / math.sqrt(d) if d else 0.0 for d in degrees])
    return np.diag((degrees > 0).astype(float)) - scale[:, None] * matrix * scale[None, :]


def _spectrum(graph: Graph, kind: Kind, weight: str | None) -> tuple[list[float], dict[str, Any]]:
    """The eigenvalues in increasing order, and as a witness them with orthonormal eigenvectors (one a row)."""
    import numpy as np

    values, vectors = np.linalg.eigh(_matrix(graph, kind, weight, SPECTRUM_LIMIT))
    numbers = [0.0 if abs(x) < NOISE else x for x in values.tolist()]
    return numbers, {"eigenvalues": numbers, "vectors": vectors.T.tolist()}


@tool(
    phrases=("laplacian spectrum", "laplacian eigenvalues", "eigenvalues of the laplacian"),
    asks=(
        "What is the Laplacian spectrum of the graph?",
        "List the eigenvalues of the Laplacian matrix.",
        "laplacian eigenvalues",
        "Compute the spectrum of the graph Laplacian.",
    ),
)
def laplacian_spectrum(graph: Graph, weight: Attribute | None = None) -> Numbers:
    """The eigenvalues of L = D - A in increasing order; as many are 0 as there are components.

    Parallel edges add up, self-loops do not count. The witness holds orthonormal eigenvectors. O(n^3), up to 400
    nodes. Mohar (1991).

    Raises:
        WrongKind: the graph is directed.
        TooLarge: more than 400 nodes.
        MissingAttribute, NegativeWeight: a weight is missing or not above 0.
    """
    return Numbers(*_spectrum(graph, "laplacian", weight))


@tool(
    phrases=("normalized laplacian spectrum", "normalized laplacian eigenvalues"),
    asks=(
        "What is the normalized Laplacian spectrum?",
        "List the eigenvalues of the normalized Laplacian.",
        "normalized laplacian eigenvalues",
        "Compute the spectrum of the symmetric normalized Laplacian matrix.",
    ),
)
def normalized_laplacian_spectrum(graph: Graph, weight: Attribute | None = None) -> Numbers:
    """The eigenvalues of I - D^-1/2 A D^-1/2 in increasing order, between 0 and 2 (a lone node has 0).

    Self-loops do not count. The witness holds orthonormal eigenvectors. O(n^3), up to 400 nodes. Chung (1997).

    Raises:
        WrongKind, TooLarge, MissingAttribute, NegativeWeight: as `laplacian_spectrum`.
    """
    return Numbers(*_spectrum(graph, "normalized_laplacian", weight))


@tool(
    phrases=("adjacency spectrum", "adjacency eigenvalues", "eigenvalues of the graph", "graph spectrum"),
    asks=(
        "What is the adjacency spectrum of the graph?",
        "List the eigenvalues of the adjacency matrix.",
        "adjacency eigenvalues",
        "Compute the spectrum of the graph.",
    ),
)
def adjacency_spectrum(graph: Graph, weight: Attribute | None = None) -> Numbers:
    """The eigenvalues of the adjacency matrix in increasing order; a self-loop stands once on the diagonal.

    The witness holds orthonormal eigenvectors. O(n^3), up to 400 nodes. Cvetković, Doob and Sachs (1980).

    Raises:
        WrongKind, TooLarge, MissingAttribute, NegativeWeight: as `laplacian_spectrum`.
    """
    return Numbers(*_spectrum(graph, "adjacency", weight))


@tool(
    phrases=("graph energy", "energy of the graph"),
    asks=(
        "What is the energy of the graph?",
        "Compute the graph energy.",
        "graph energy",
        "Give the sum of the absolute eigenvalues of the adjacency matrix.",
    ),
)
def graph_energy(graph: Graph, weight: Attribute | None = None) -> Number:
    """The sum of the absolute values of the eigenvalues of the adjacency matrix. O(n^3). Gutman (1978).

    Raises:
        WrongKind, TooLarge, MissingAttribute, NegativeWeight: as `laplacian_spectrum`.
    """
    values, witness = _spectrum(graph, "adjacency", weight)
    return Number(math.fsum(map(abs, values)), witness)


@tool(
    phrases=("estrada index", "exponential of the eigenvalues"),
    asks=(
        "What is the Estrada index of the graph?",
        "Compute the Estrada index.",
        "estrada index",
        "Give the sum of the exponentials of the adjacency eigenvalues.",
    ),
)
def estrada_index(graph: Graph) -> Number:
    """The sum of e^x over the eigenvalues x of the adjacency matrix: all closed walks, long ones discounted.

    O(n^3). Estrada (2000).

    Raises:
        WrongKind, TooLarge: as `laplacian_spectrum`, or an eigenvalue is over 700.
    """
    values, witness = _spectrum(graph, "adjacency", None)
    if values and values[-1] > 700:
        raise TooLarge("the Estrada index of so dense a graph is beyond the range of numbers")
    return Number(math.fsum(map(math.exp, values)), witness)


@tool(
    phrases=("spectral gap", "gap between the two largest eigenvalues"),
    asks=(
        "What is the spectral gap of the graph?",
        "Compute the difference of the two largest adjacency eigenvalues.",
        "spectral gap",
        "How large is the gap between the first and the second eigenvalue?",
    ),
)
def spectral_gap(graph: Graph, weight: Attribute | None = None) -> Number:
    """The difference between the two largest eigenvalues of the adjacency matrix. O(n^3).

    Raises:
        WrongKind: the graph is directed or has fewer than two nodes.
        TooLarge, MissingAttribute, NegativeWeight: as `laplacian_spectrum`.
    """
    values, witness = _spectrum(graph, "adjacency", weight)
    if len(values) < 2:
        raise WrongKind("a spectral gap needs two eigenvalues, so at least two nodes")
    return Number(values[-1] - values[-2], witness)


@tool(
    phrases=("kirchhoff index", "effective graph resistance", "total resistance"),
    asks=(
        "What is the Kirchhoff index of the graph?",
        "Compute the effective graph resistance.",
        "kirchhoff index",
        "Give the sum of the resistance distances over all pairs of nodes.",
    ),
)
def kirchhoff_index(graph: Graph, weight: Attribute | None = None) -> Number:
    """The sum of the resistance distances of all pairs: n times the sum of 1 / x over the Laplacian eigenvalues x > 0.

    `weight` names conductances. O(n^3). Klein and Randić (1993).

    Raises:
        NotConnected: some resistance is infinite.
        BadArgument: the weights are beyond floating point.
        WrongKind, TooLarge, MissingAttribute, NegativeWeight: as `laplacian_spectrum`.
    """
    if not graph.directed and graph and len(reached(graph.nx.adj, graph.nodes[0])) < graph.num_nodes:
        raise NotConnected("the graph is not connected, so the resistance of some pair is infinite")
    values, witness = _spectrum(graph, "laplacian", weight)
    if any(x <= 0 for x in values[1:]):
        raise BadArgument("an eigenvalue is 0 in floating point; the weights are too small or differ by too much")
    return Number(graph.num_nodes * math.fsum(1 / x for x in values[1:]), witness)


@tool(
    phrases=("algebraic connectivity", "fiedler value", "second smallest laplacian eigenvalue"),
    asks=(
        "What is the algebraic connectivity of the graph?",
        "Compute the Fiedler value.",
        "algebraic connectivity",
        "Give the second smallest eigenvalue of the Laplacian.",
    ),
)
def algebraic_connectivity(graph: Graph, weight: Attribute | None = None) -> Number:
    """The second smallest eigenvalue of the Laplacian, above 0 exactly when the graph is connected.

    The witness is an eigenvector (its Rayleigh quotient bounds the value from above). O(n^3). Fiedler (1973).

    Raises:
        WrongKind: the graph is directed or has fewer than two nodes.
        TooLarge: more than 2,000 nodes.
        MissingAttribute, NegativeWeight: a weight is missing or not above 0.
    """
    number, vector = _fiedler(graph, weight)
    return Number(number, vector)


@tool(
    phrases=("fiedler vector", "second laplacian eigenvector"),
    asks=(
        "What is the Fiedler vector of the graph?",
        "Compute the Fiedler vector.",
        "fiedler vector",
        "Give the eigenvector of the second smallest Laplacian eigenvalue.",
    ),
)
def fiedler_vector(graph: Graph, weight: Attribute | None = None) -> NodeValues:
    """A unit eigenvector of the second smallest Laplacian eigenvalue; its signs cut the graph in two.

    The first entry that is not 0 is positive. Where the eigenvalue is multiple this is one of many. The witness is
    the eigenvalue. O(n^3). Fiedler (1975).

    Raises:
        WrongKind, TooLarge, MissingAttribute, NegativeWeight: as `algebraic_connectivity`.
    """
    number, vector = _fiedler(graph, weight)
    return NodeValues(vector, number)


def _fiedler(graph: Graph, weight: str | None) -> tuple[float, dict[Node, float]]:
    import numpy as np

    matrix = _matrix(graph, "laplacian", weight, SOLVE_LIMIT)
    if graph.num_nodes < 2:
        raise WrongKind("algebraic connectivity needs at least two nodes")
    size = graph.num_nodes
    shift = matrix.diagonal().max() * 4 + 1  # takes the constant vector to the other end of the spectrum
    matrix += shift / size
    if size <= DENSE_LIMIT:
        values, vectors = np.linalg.eigh(matrix)
    else:
        from scipy.linalg import eigh

        values, vectors = eigh(matrix, subset_by_index=[0, 0])
    vector = vectors[:, 0].tolist()
    sign = next((math.copysign(1, x) for x in vector if abs(x) > 1e-9), 1.0)
    number = float(values[0])
    return 0.0 if abs(number) < NOISE * shift else number, {
        node: sign * x if abs(x) > NOISE else 0.0 for node, x in zip(graph, vector)
    }


@tool(
    phrases=("spectral radius", "largest eigenvalue", "perron eigenvalue", "leading eigenvalue"),
    asks=(
        "What is the spectral radius of the graph?",
        "Compute the largest eigenvalue of the adjacency matrix.",
        "spectral radius",
        "How large is the leading adjacency eigenvalue?",
    ),
)
def spectral_radius(graph: Graph, weight: Attribute | None = None) -> Number:
    """The largest absolute eigenvalue of the adjacency matrix, directed or not; 0 for a graph without cycles of arcs.

    The witness is a positive vector x; on each strongly connected component the quotients (A x) / x bound its
    largest eigenvalue from both sides (Collatz-Wielandt). O(n^3).

    Raises:
        WrongKind: the graph has no nodes.
        BudgetExceeded: the eigenvector of a strong component of over 2,000 nodes does not settle.
        MissingAttribute, NegativeWeight: a weight is missing or not above 0.
    """
    if not graph:
        raise WrongKind("the spectral radius needs at least one node")
    rows = adjacency_rows(graph, weight, "the spectral radius")
    vector: dict[Node, float] = {}
    best = 0.0
    for part in _strong_parts(rows):
        radius, entries = perron(rows, part)
        vector.update(entries)
        best = max(best, radius)
    return Number(best, {node: vector[node] for node in graph})


def _strong_parts(rows: Rows) -> list[list[Node]]:
    import networkx as nx

    body = nx.DiGraph()
    body.add_nodes_from(rows)
    body.add_edges_from((u, v) for u, row in rows.items() for v in row)
    place = {node: i for i, node in enumerate(rows)}
    parts = [sorted(part, key=place.__getitem__) for part in nx.strongly_connected_components(body)]
    return sorted(parts, key=lambda part: place[part[0]])


def perron(rows: Rows, part: list[Node]) -> tuple[float, dict[Node, float]]:
    """The largest eigenvalue of the rows of a strongly connected `part`, and its positive unit eigenvector."""
    if len(part) == 1:
        return rows[part[0]].get(part[0], 0.0), {part[0]: 1.0}
    if len(part) > DENSE_LIMIT:
        found = _perron_iterated(rows, part)
        if found is not None:
            return found
        if len(part) > SOLVE_LIMIT:
            raise BudgetExceeded(
                f"the eigenvector of {len(part)} nodes does not settle in {ITERATIONS} rounds; take pagerank"
            )
    import numpy as np

    place = {node: i for i, node in enumerate(part)}
    matrix = np.zeros((len(part), len(part)))
    for u in part:
        for v, size in rows[u].items():
            if v in place:
                matrix[place[u], place[v]] = size
    if (matrix == matrix.T).all():
        values, vectors = np.linalg.eigh(matrix)
        vector = np.abs(vectors[:, -1])
    else:
        values, vectors = np.linalg.eig(matrix)
        vector = np.abs(vectors[:, int(np.argmax(values.real))].real)
    for _ in range(3):  # a few steps of power iteration make entries near 0 exact
        vector = matrix @ vector + values.real.max() * vector
        vector /= np.linalg.norm(vector)
    return float(values.real.max()), dict(zip(part, vector.tolist()))


def _perron_iterated(rows: Rows, part: list[Node]) -> tuple[float, dict[Node, float]] | None:
    """`perron` of a large part by power iteration until the quotients (A x) / x agree; None when they do not."""
    import numpy as np
    from scipy.sparse import csr_matrix

    place = {node: i for i, node in enumerate(part)}
    entries = [(place[u], place[v], size) for u in part for v, size in rows[u].items() if v in place]
    tails, heads, sizes = zip(*entries)
    matrix = csr_matrix((np.array(sizes, dtype=float), (tails, heads)), shape=(len(part), len(part)))
    vector = np.full(len(part), 1 / math.sqrt(len(part)))
    for _ in range(ITERATIONS):
        product = matrix @ vector
        quotients = product / vector
        if np.ptp(quotients) < 1e-9 * quotients.max():
            return float(quotients.mean()), dict(zip(part, vector.tolist()))
        shift = float(np.median(quotients)) / 2
        vector = product + shift * vector
        vector /= np.linalg.norm(vector)
    return None
