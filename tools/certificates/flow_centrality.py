"""Checks of centrality by all routes: the inverse multiplied back, eigenvectors put in, energies added up again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphs.graph import Graph, Node
from tools.answers import NodeValues, Number
from tools.certificates.adjacency import matrix
from tools.certificates.agreement import nearly, same_numbers, settled
from tools.certificates.base import checker, require
from tools.certificates.spectral import check_spectrum

Scored = NodeValues | Number


def _require_scores(graph: Graph, answer: Scored, node: Any, scores: Mapping[Node, float], name: str) -> str:
    value: Any = answer.value
    if node is None:
        same_numbers(value, scores, name)
        return f"these are the values of {name} of all nodes"
    require(nearly(value, scores[graph.node(node)]), f"the {name} is {scores[graph.node(node)]}")
    return f"the {name} of {graph.node(node)} is {value:.6g}"


def _checked_inverse(graph: Graph, witness: Any, weight: str | None) -> tuple[Any, dict[Node, dict[Node, float]]]:
    """Multiply the inverse with L + c J / n, c the largest weight; it is the only matrix that gives the identity."""
    import numpy as np

    require(not graph.directed and graph.num_nodes > 1, "currents need an undirected graph of two nodes")
    rows = matrix(graph, weight)
    place = {node: i for i, node in enumerate(rows)}
    size = len(rows)
    scale = max((c for row in rows.values() for c in row.values()), default=1.0)
    laplacian = np.full((size, size), scale / size)
    for u, row in rows.items():
        for v, c in row.items():
            if u != v:
                laplacian[place[u], place[u]] += c
                laplacian[place[u], place[v]] -= c
    inverse = np.array(witness, dtype=float)
    require(inverse.shape == (size, size), "the inverse has another shape")
    require(np.abs(laplacian @ inverse - np.eye(size)).max() < 1e-7, "the matrix is not the inverse")
    return inverse, rows


@checker("current_flow_closeness")
def check_current_flow_closeness(graph: Graph, answer: Scored, node: Any = None, weight: str | None = None) -> str:
    """the inverse of L + J / n multiplied back, and the resistances read off it"""
    settled(answer)
    inverse, _ = _checked_inverse(graph, answer.witness, weight)
    diagonal = inverse.diagonal()
    sums = (diagonal[:, None] + diagonal[None, :] - 2 * inverse).sum(axis=1)
    return _require_scores(graph, answer, node, dict(zip(graph, (1 / sums).tolist())), "current-flow closeness")


@checker("current_flow_betweenness")
def check_current_flow_betweenness(graph: Graph, answer: Scored, node: Any = None, weight: str | None = None) -> str:
    """the inverse of L + J / n multiplied back, and the currents of every pair added up"""
    import numpy as np

    settled(answer)
    inverse, rows = _checked_inverse(graph, answer.witness, weight)
    place = {v: i for i, v in enumerate(rows)}
    n = len(rows)
    scores: dict[Node, float] = {}
    for v, row in rows.items():
        currents = np.zeros((n, n))  # by source and sink: half the current on all edges of v
        for w, c in row.items():
            if w != v:
                drop = inverse[place[v]] - inverse[place[w]]
                currents += c * np.abs(drop[:, None] - drop[None, :]) / 2
        others = [i for i in range(n) if i != place[v]]
        scores[v] = float(currents[np.ix_(others, others)].sum()) / ((n - 1) * (n - 2))
    return _require_scores(graph, answer, node, scores, "current-flow betweenness")


@checker("subgraph_centrality")
def check_subgraph_centrality(graph: Graph, answer: Scored, node: Any = None) -> str:
    """n orthonormal eigenvectors put into A v = x v, and the exponential made of them"""
    import numpy as np

    settled(answer)
    values = np.array(check_spectrum(graph, "adjacency", None, answer.witness)[0])
    vectors = np.array(answer.witness["vectors"], dtype=float).reshape(len(values), len(values))
    scores = dict(zip(graph, (np.exp(values) @ vectors**2).tolist()))
    return _require_scores(graph, answer, node, scores, "subgraph centrality")


@checker("communicability")
def check_communicability(graph: Graph, answer: Number, u: Any, v: Any) -> str:
    """n orthonormal eigenvectors put into A v = x v, and the exponential made of them"""
    import numpy as np

    settled(answer)
    values = np.array(check_spectrum(graph, "adjacency", None, answer.witness)[0])
    vectors = np.array(answer.witness["vectors"], dtype=float)
    nodes = graph.nodes
    i, j = nodes.index(graph.node(u)), nodes.index(graph.node(v))
    number = float(np.exp(values) @ (vectors[:, i] * vectors[:, j]))
    require(nearly(answer.number, number), f"the communicability is {number}")
    return f"the communicability of {u} and {v} is {answer.number:.6g}"


@checker("laplacian_centrality")
def check_laplacian_centrality(graph: Graph, answer: Scored, node: Any = None, weight: str | None = None) -> str:
    """the energy of the graph with and without each node added up"""
    settled(answer)
    require(answer.witness is None and not graph.directed, "something is claimed that cannot be checked")
    rows = matrix(graph, weight)

    def energy(without: set[Node]) -> float:
        total = 0.0
        for u, row in rows.items():
            if u not in without:
                sizes = [size for v, size in row.items() if v != u and v not in without]
                total += sum(sizes) ** 2 + sum(size * size for size in sizes)
        return total

    whole = energy(set())
    chosen = graph.nodes if node is None else [graph.node(node)]
    scores = {v: (whole - energy({v})) / whole for v in chosen}
    return _require_scores(graph, answer, node, scores, "Laplacian centrality")
