"""Checks of eigenvalues: eigenvectors put into the equation, and bounds that leave no room for others."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from graphs.graph import Graph, Node
from tools.answers import NodeValues, Number, Numbers
from tools.certificates.adjacency import matrix
from tools.certificates.agreement import nearly, settled
from tools.certificates.base import Claim, checker, require

TOLERANCE = 1e-11  # of residuals, relative to the norm of the matrix
PRECISION = 1e-6  # wanted of a figure


def _array(graph: Graph, kind: str, weight: str | None) -> Any:
    """The matrix of that kind, from the edges."""
    import numpy as np

    require(not graph.directed, "the graph is directed")
    place = {node: i for i, node in enumerate(graph)}
    array = np.zeros((len(place), len(place)))
    for edge in graph.edges():
        i, j = place[edge.source], place[edge.target]
        size = 1 if weight is None else edge.attributes[weight]
        if kind == "adjacency":
            array[i, j] += size
            if i != j:
                array[j, i] += size
        elif i != j:  # the Laplacian is the sum of the Laplacians of the edges
            array[i, i] += size
            array[j, j] += size
            array[i, j] -= size
            array[j, i] -= size
    if kind == "normalized_laplacian":
        roots = [math.sqrt(d) if d else 1.0 for d in array.diagonal()]
        array = array / np.outer(roots, roots)
    return array


def check_spectrum(
    graph: Graph, kind: str, weight: str | None, witness: Mapping[str, Any]
) -> tuple[list[float], float]:
    """Require n orthonormal eigenvectors with their values in increasing order; the values and their largest error.

    For nearly orthonormal V the matrix V diag(x) V^T is that far from the true one, and eigenvalues of symmetric
    matrices move no further than the matrix does (Weyl).
    """
    import numpy as np

    require(set(witness) == {"eigenvalues", "vectors"}, "the witness is not complete")
    array = _array(graph, kind, weight)
    size = len(array)
    values = np.array(witness["eigenvalues"], dtype=float).reshape(-1)
    vectors = np.array(witness["vectors"], dtype=float).reshape(-1, size) if size else np.zeros((0, 0))
    require(values.shape == (size,) and vectors.shape == (size, size), "there are not n eigenvalues and vectors")
    if not size:
        return [], 0.0
    require(bool(np.isfinite(values).all() and np.isfinite(vectors).all()), "an entry is not finite")
    scale = 1 + float(np.abs(array).sum(axis=1).max())
    skew = float(np.abs(vectors @ vectors.T - np.eye(size)).max())
    rest = float(np.abs(array @ vectors.T - vectors.T * values).max())
    require(skew < TOLERANCE, "the eigenvectors are not orthonormal")
    require(rest < TOLERANCE * scale, "an eigenvector is wrong")
    require(bool((np.diff(values) >= -TOLERANCE * scale).all()), "the eigenvalues are not in increasing order")
    return [float(x) for x in values], 2 * size * (rest + skew * scale)


def up_to(text: str, error: float, room: float) -> str | Claim:
    """The claim, where rounding leaves an error of at most `room`; else that it could not be checked."""
    return text if error <= room else Claim(f"{text}; rounding may have changed that by {error:.1g}", "none")


def _listed(name: str, kind: str, title: str) -> None:
    def check(graph: Graph, answer: Numbers, weight: str | None = None) -> str | Claim:
        """n orthonormal eigenvectors put into the equation A v = x v"""
        settled(answer)
        values, error = check_spectrum(graph, kind, weight, answer.witness)
        require(
            len(answer.numbers) == len(values) and all(map(nearly, answer.numbers, values)), "other numbers are shown"
        )
        text = f"these are all {len(values)} eigenvalues of the {title} matrix"
        return up_to(text, error, PRECISION * (1 + max(map(abs, values), default=0.0)))

    checker(name)(check)


_listed("laplacian_spectrum", "laplacian", "Laplacian")
_listed("normalized_laplacian_spectrum", "normalized_laplacian", "normalized Laplacian")
_listed("adjacency_spectrum", "adjacency", "adjacency")


def _figure(name: str, kind: str, title: str, figure: Callable[[list[float]], float]) -> None:
    def check(graph: Graph, answer: Number, weight: str | None = None) -> str | Claim:
        """n orthonormal eigenvectors put into the equation A v = x v, and the figure made of the eigenvalues"""
        settled(answer)
        values, error = check_spectrum(graph, kind, weight, answer.witness)
        number = figure(values)
        require(nearly(answer.number, number), f"the {title} is {number}")
        room = min([1.0, *values[1:2]]) if kind == "laplacian" else (1 + abs(number)) / max(1, len(values))
        return up_to(f"the {title} is {answer.number:.6g}", error, PRECISION * room)

    checker(name)(check)


_figure("graph_energy", "adjacency", "energy of the graph", lambda values: sum(abs(x) for x in values))
_figure("estrada_index", "adjacency", "Estrada index", lambda values: sum(math.exp(x) for x in values))
_figure("spectral_gap", "adjacency", "spectral gap", lambda values: values[-1] - values[-2])
_figure(
    "kirchhoff_index",
    "laplacian",
    "Kirchhoff index",
    lambda values: len(values) * sum(1 / x for x in values[1:]),
)


def check_fiedler(graph: Graph, number: float, vector: Mapping[Node, float], weight: str | None) -> float:
    """Require a vector whose Rayleigh quotient is `number`, and that nothing lower exists; how far off it may be.

    L + c J / n - (number - e) I has a Cholesky factor only when it is positive definite: then every eigenvalue of L
    on vectors orthogonal to the constant one is above number - e.
    """
    import numpy as np

    require(vector.keys() == set(graph.nodes) and len(vector) > 1, "the vector is not over the nodes")
    laplacian = _array(graph, "laplacian", weight)
    x = np.array([vector[node] for node in graph], dtype=float)
    size, scale = len(x), 1 + float(laplacian.diagonal().max())
    require(math.isfinite(number) and bool(np.isfinite(x).all()), "an entry is not finite")
    require(nearly(float(x @ x), 1), "the vector is not of length 1")
    require(abs(float(x.sum())) < 1e-9 * size, "the vector is not orthogonal to the constant one")
    rest = float(np.abs(laplacian @ x - number * x).max())
    require(rest < TOLERANCE * scale, "the vector is not an eigenvector")
    slack = 0.1 * TOLERANCE * scale
    shifted = laplacian + 4 * scale / size - (number - slack) * np.eye(size)
    try:
        np.linalg.cholesky(shifted)
    except np.linalg.LinAlgError:
        require(False, "there is a smaller eigenvalue")
    return slack + size * rest


@checker("algebraic_connectivity")
def check_algebraic_connectivity(graph: Graph, answer: Number, weight: str | None = None) -> str | Claim:
    """an eigenvector as the upper bound, a Cholesky factor as the lower bound"""
    settled(answer)
    error = check_fiedler(graph, answer.number, answer.witness, weight)
    text = f"the second smallest Laplacian eigenvalue is {answer.number:.6g}"
    return up_to(text, error, PRECISION * (1 + abs(answer.number)))


@checker("fiedler_vector")
def check_fiedler_vector(graph: Graph, answer: NodeValues, weight: str | None = None) -> str | Claim:
    """an eigenvector as the upper bound, a Cholesky factor as the lower bound"""
    settled(answer)
    error = check_fiedler(graph, answer.witness, answer.values, weight)
    first = next(x for x in (answer.values[node] for node in graph) if abs(x) > 1e-9)
    require(first > 0, "the first entry is not positive")
    text = f"this is a unit eigenvector of the second smallest Laplacian eigenvalue {answer.witness:.6g}"
    return up_to(text, error, PRECISION * (1 + abs(answer.witness)))


@checker("spectral_radius")
def check_spectral_radius(graph: Graph, answer: Number, weight: str | None = None) -> str:
    """the quotients (A x) / x of a positive vector bound the largest eigenvalue on each strong component

    For a nonnegative matrix min (Ax)_i / x_i <= radius <= max (Ax)_i / x_i (Collatz-Wielandt), and the radius of the
    whole is the largest of its strong components.
    """
    settled(answer)
    rows, x = matrix(graph, weight), answer.witness
    require(x.keys() == rows.keys() and all(entry > 0 for entry in x.values()), "the vector is not positive")
    best = 0.0
    for part in strong_components(rows):
        quotients = [sum(size * x[v] for v, size in rows[u].items() if v in part) / x[u] for u in part]
        require(max(quotients) - min(quotients) <= 1e-6 * max(quotients), "the vector is not an eigenvector")
        best = max(best, (max(quotients) + min(quotients)) / 2)
    require(nearly(answer.number, best, 1e-6), f"the spectral radius is {best}")
    return f"the largest absolute eigenvalue of the adjacency matrix is {answer.number:.6g}"


def strong_components(rows: Mapping[Node, Mapping[Node, float]]) -> list[set[Node]]:
    """Strongly connected components by two passes of depth-first search (Kosaraju)."""
    turned: dict[Node, list[Node]] = {node: [] for node in rows}
    for u, row in rows.items():
        for v in row:
            turned[v].append(u)
    finished: list[Node] = []
    seen: set[Node] = set()
    for root in rows:
        stack = [] if root in seen else [(root, iter(rows[root]))]
        seen.add(root)
        while stack:
            node, ahead = stack[-1]
            fresh = next((v for v in ahead if v not in seen), None)
            if fresh is None:
                finished.append(node)
                stack.pop()
            else:
                seen.add(fresh)
                stack.append((fresh, iter(rows[fresh])))
    parts: list[set[Node]] = []
    placed: set[Node] = set()
    for root in reversed(finished):
        if root in placed:
            continue
        part, left = {root}, [root]
        placed.add(root)
        while left:
            fresh_nodes = [u for u in turned[left.pop()] if u not in placed]
            placed.update(fresh_nodes)
            part.update(fresh_nodes)
            left += fresh_nodes
        parts.append(part)
    return parts
