"""Checks of centrality scores, measure by measure: definitions counted out, fixed points put into their equation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from graphs.graph import Graph, Node
from tools.certificates.adjacency import arcs, lengths, level, matrix, shortest_counts
from tools.certificates.agreement import nearly, same_numbers
from tools.certificates.base import require
from tools.certificates.spectral import strong_components

Scores = Mapping[Node, float]
Rows = dict[Node, dict[Node, float]]
RESIDUAL = 1e-8


def verify_degree(graph: Graph, scores: Scores, direction: str = "degree") -> None:
    """Count the ends of edges at each node."""
    counts = dict.fromkeys(graph, 0)
    for edge in graph.edges():
        if direction in ("degree", "out_degree"):
            counts[edge.source] += 1
        if direction in ("degree", "in_degree"):
            counts[edge.target] += 1
    require(direction == "degree" or graph.directed, "the graph is undirected")
    others = graph.num_nodes - 1
    same_numbers(scores, {v: d / others if others else 1.0 for v, d in counts.items()}, f"{direction} centrality")


def verify_distances(graph: Graph, scores: Scores, kind: str, weight: str | None = None) -> None:
    """Search the distances to each node and put them into the formula."""
    rows = lengths(graph, weight, reverse=True)
    expected: dict[Node, float] = {}
    for node in graph:
        far, _ = shortest_counts(graph, node, rows, weight is not None)
        others = [d for w, d in far.items() if w != node]
        if kind == "harmonic":
            expected[node] = sum(1 / d for d in others)
        else:
            reach = len(others)
            expected[node] = reach * reach / (sum(others) * (graph.num_nodes - 1)) if reach else 0.0
    same_numbers(scores, expected, f"{kind} centrality")


def path_shares(
    graph: Graph, source: Node, rows: Rows, before: Rows, weighted: bool
) -> tuple[dict[Node, float], dict[tuple[Node, Node], float]]:
    """How many shortest paths' worth of pairs (source, t) pass each node (t itself included) and each arc.

    Brandes (2001): the share of a node is 1 plus what its followers hand back in proportion to path counts.
    """
    far, counts = shortest_counts(graph, source, rows, weighted)
    shares = dict.fromkeys(far, 1.0)
    used: dict[tuple[Node, Node], float] = {}
    for v in reversed(far):
        for u, length in before[v].items():
            if u not in far or v == source:
                continue
            there = far[u] + (length if weighted else 1)
            if far[u] < far[v] and level(there, far[v]):
                part = shares[v] * counts[u] / counts[v]
                shares[u] += part
                used[u, v] = part
    return shares, used


def betweenness(graph: Graph, weight: str | None, sources: Iterable[Node]) -> dict[Node, float]:
    """The sum over the sources of the shares of shortest paths that pass each node on the way."""
    rows, before = lengths(graph, weight), lengths(graph, weight, reverse=True)
    totals = dict.fromkeys(graph, 0.0)
    for source in sources:
        shares, _ = path_shares(graph, source, rows, before, weight is not None)
        for v, share in shares.items():
            totals[v] += share - 1 if v != source else 0.0
    return totals


def verify_betweenness(graph: Graph, scores: Scores, weight: str | None = None) -> None:
    """Count shortest paths from every node and share them out backwards."""
    pairs = max(1, (graph.num_nodes - 1) * (graph.num_nodes - 2))
    expected = {v: x / pairs for v, x in betweenness(graph, weight, graph).items()}
    same_numbers(scores, expected, "betweenness centrality")


def verify_load(graph: Graph, scores: Scores) -> None:
    """Send a packet from every node to every other, split evenly at each branch on the way back."""
    rows, before = lengths(graph), lengths(graph, reverse=True)
    totals = dict.fromkeys(graph, 0.0)
    for source in graph:
        far, _ = shortest_counts(graph, source, rows, False)
        load = dict.fromkeys(far, 1.0)
        for v in reversed(far):
            near = [u for u in before[v] if u in far and far[u] + 1 == far[v]]
            for u in near:
                load[u] += load[v] / len(near)
        for v in far:
            totals[v] += load[v] - 1 if v != source else 0.0
    pairs = max(1, (graph.num_nodes - 1) * (graph.num_nodes - 2))
    same_numbers(scores, {v: x / pairs for v, x in totals.items()}, "load centrality")


def turned(rows: Rows) -> Rows:
    """The transpose."""
    other: Rows = {node: {} for node in rows}
    for u, row in rows.items():
        for v, size in row.items():
            other[v][u] = size
    return other


def times(rows: Rows, x: Scores) -> dict[Node, float]:
    """The product of the matrix and the vector."""
    return {u: sum(size * x[v] for v, size in row.items()) for u, row in rows.items()}


def verify_eigenvector(graph: Graph, scores: Scores, weight: str | None = None) -> None:
    """Put the vector into A^T x = c x; a positive one is unique on a strong component (Perron and Frobenius)."""
    rows = turned(matrix(graph, weight))
    require(scores.keys() == rows.keys() and rows, "the vector is not over the nodes")
    require(nearly(sum(x * x for x in scores.values()), 1), "the vector is not of length 1")
    if graph.directed:
        require(len(strong_components(rows)) == 1, "the graph is not strongly connected")
    verify_dominant(rows, scores, dict.fromkeys(rows, 1.0))


def verify_dominant(rows: Rows, x: Scores, start: Scores) -> None:
    """Require the limit of power iteration from `start`, up to a factor.

    Each component carries its positive eigenvector or nothing; those that carry share the largest eigenvalue c, and
    the rest stay below c by the quotients (A y) / y of a positive y (Collatz and Wielandt). On components with c the
    ratio of the squared length to the product with `start` is the same, as it is for projections.
    """
    product = times(rows, x)
    carrying: list[tuple[float, float]] = []
    empty: list[set[Node]] = []
    for part in strong_components(rows):
        if all(x[node] == 0 for node in part):
            empty.append(part)
            continue
        require(all(x[node] > 0 for node in part), "a component carries values that are not all positive")
        quotients = [product[node] / x[node] for node in part]
        top = max(quotients)
        size = max(x[node] for node in part)
        slack = max(abs(product[node] - top * x[node]) for node in part)
        require(slack <= 1e-7 * size * top, "the vector is not an eigenvector")
        carrying.append((top, sum(x[v] ** 2 for v in part) / sum(x[v] * start[v] for v in part)))
    require(carrying, "the vector is 0")
    value, ratio = carrying[0]
    require(all(nearly(v, value, 1e-6) and nearly(r, ratio, 1e-6) for v, r in carrying), "components weigh differently")
    for part in empty:
        require(_below(rows, part, value), "a component with a larger eigenvalue carries nothing")


def _below(rows: Rows, part: set[Node], value: float) -> bool:
    """Whether the largest eigenvalue of the component is below `value`."""
    y = dict.fromkeys(part, 1.0)
    for _ in range(10_000):
        product = {u: sum(size * y[v] for v, size in rows[u].items() if v in part) for u in part}
        if max(product[u] / y[u] for u in part) < value:
            return True
        scale = max(product[u] + y[u] for u in part)
        y = {u: (product[u] + y[u]) / scale for u in part}
    return False


def verify_katz(graph: Graph, scores: Scores, alpha: float = 0.1, weight: str | None = None) -> None:
    """Require that x - alpha A^T x is one positive constant, x positive and of length 1.

    A positive x with alpha A^T x < x shows that the sum over walks converges (Collatz and Wielandt), so the solution
    is unique up to the factor.
    """
    rows = turned(matrix(graph, weight))
    require(scores.keys() == rows.keys() and rows, "the vector is not over the nodes")
    require(nearly(sum(x * x for x in scores.values()), 1), "the vector is not of length 1")
    require(min(scores.values()) > 0, "a score is not positive")
    rest = {node: scores[node] - alpha * heard for node, heard in times(rows, scores).items()}
    constant = sum(rest.values()) / len(rest)
    require(constant > 0, "alpha is too large")
    require(all(abs(x - constant) <= 1e-15 + 1e-6 * constant for x in rest.values()), "the equation does not hold")


def pagerank_step(rows: Rows, ranks: Scores, damping: float, jump: Scores) -> dict[Node, float]:
    """One round: every node passes its rank along its edges; a node without edges, and the rest, jump."""
    after = dict.fromkeys(rows, 0.0)
    loose = 1 - damping
    for u, row in rows.items():
        total = sum(row.values())
        if not row:
            loose += damping * ranks[u]
        for v, size in row.items():
            after[v] += damping * ranks[u] * size / total
    return {v: x + loose * jump[v] for v, x in after.items()}


def verify_pagerank(
    graph: Graph,
    scores: Scores,
    damping: float = 0.85,
    iterations: int | None = None,
    weight: str | None = None,
    sources: list[Node] | None = None,
) -> float:
    """Put the ranks into one round, or run the rounds; the bound on the error.

    A round shrinks differences by `damping`, so a residual r leaves an error of at most r / (1 - damping) in all.
    """
    rows: Rows = {node: {} for node in graph}
    for u, v, size in arcs(graph, weight):
        rows[u][v] = rows[u].get(v, 0) + size
    chosen = set(graph.nodes if sources is None else sources)
    jump = {node: 1 / len(chosen) if node in chosen else 0.0 for node in graph}
    require(scores.keys() == rows.keys(), "the ranks are not over the nodes")
    if iterations is not None:
        ranks = dict.fromkeys(rows, 1 / len(rows) if rows else 0.0)
        for _ in range(iterations):
            ranks = pagerank_step(rows, ranks, damping, jump)
        same_numbers(scores, ranks, f"PageRank after {iterations} rounds", 1e-9)
        return 1e-9
    after = pagerank_step(rows, scores, damping, jump)
    error = sum(abs(after[node] - scores[node]) for node in rows) / (1 - damping)
    require(error <= RESIDUAL, f"the ranks may be wrong by {error:.3g}")
    return error


def verify_hits(graph: Graph, scores: Scores, kind: str, weight: str | None = None) -> None:
    """Put the authorities (those that the hubs point to) into the product of both steps.

    The hub scores h and the authority scores a are the limits of iterating A A^T and A^T A from equal values.
    """
    rows = matrix(graph, weight)
    heard = turned(rows)
    require(scores.keys() == rows.keys() and nearly(sum(scores.values()), 1), "the scores do not add up to 1")
    outer, inner = (rows, heard) if kind == "hub" else (heard, rows)
    square: Rows = {node: {} for node in rows}
    for u, row in outer.items():
        for w, size in row.items():
            for v, other in inner[w].items():
                square[u][v] = square[u].get(v, 0) + size * other
    ones = dict.fromkeys(rows, 1.0)
    start = times(heard, ones) if kind == "authority" else times(rows, times(heard, ones))
    verify_dominant(square, scores, start)


VERIFIERS: dict[str, Callable[[Graph, Scores], Any]] = {
    "degree": lambda graph, scores: verify_degree(graph, scores, "degree"),
    "in_degree": lambda graph, scores: verify_degree(graph, scores, "in_degree"),
    "out_degree": lambda graph, scores: verify_degree(graph, scores, "out_degree"),
    "closeness": lambda graph, scores: verify_distances(graph, scores, "closeness"),
    "harmonic": lambda graph, scores: verify_distances(graph, scores, "harmonic"),
    "betweenness": verify_betweenness,
    "eigenvector": verify_eigenvector,
    "katz": verify_katz,
    "pagerank": verify_pagerank,
    "hub": lambda graph, scores: verify_hits(graph, scores, "hub"),
    "authority": lambda graph, scores: verify_hits(graph, scores, "authority"),
    "load": verify_load,
}
