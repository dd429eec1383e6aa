"""Scores of all nodes by each measure of centrality: what the centrality tools and the rankings share."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Literal

import networkx as nx

from graphs.errors import BadArgument, NotConnected, TooLarge, WrongKind
from graphs.graph import Graph, Node
from tools.answers import NodeValues, Number
from tools.arcs import number_at, reversed_costs
from tools.matrices import Rows, adjacency_rows, reached
from tools.spectral import perron, spectral_radius
from tools.walks import katz_solution

Scores = dict[Node, float]
Measure = Literal[
    "degree",
    "in_degree",
    "out_degree",
    "closeness",
    "harmonic",
    "betweenness",
    "eigenvector",
    "katz",
    "pagerank",
    "hub",
    "authority",
    "load",
]
RESIDUAL = 1e-13
ROUNDS = 100_000
ARRAY_ARCS = 5_000  # arcs above which arrays beat loops, the import of scipy included


def one_or_all(
    graph: Graph, scores: Mapping[Node, float], node: object, notes: tuple[str, ...] = ()
) -> NodeValues | Number:
    """All scores, or that of `node` with all scores as the witness."""
    if node is None:
        return NodeValues(dict(scores), notes=notes)
    return Number(scores[graph.node(node)], dict(scores), notes=notes)


def lengths_body(graph: Graph, weight: str | None) -> nx.Graph:
    """The simple body whose `weight` is the length of the shortest parallel edge; checks that lengths are above 0."""
    if weight is not None:
        for *_, data in graph.nx.edges(data=True):
            if number_at(data, weight, "a centrality by distances") <= 0:
                raise BadArgument(f"lengths must be above 0, and one {weight} is {data[weight]}")
    return graph.simple(weight=weight or "weight")


def whole_lengths_body(graph: Graph, weight: str | None) -> nx.Graph:
    """`lengths_body` with lengths as whole multiples of one unit, so that equal paths are equal without rounding.

    A length is the decimal number that it is written as: 0.1 + 0.2 is as long as 0.3.
    """
    body = lengths_body(graph, weight)
    if weight is None or all(isinstance(data[weight], int) for *_, data in body.edges(data=True)):
        return body
    exact = {(u, v): Fraction(repr(data[weight])) for u, v, data in body.edges(data=True)}
    unit = math.lcm(*(length.denominator for length in exact.values()))
    whole = body.__class__()
    whole.add_nodes_from(body)
    whole.add_edges_from((u, v, {weight: int(length * unit)}) for (u, v), length in exact.items())
    return whole


def degree_scores(graph: Graph, direction: Literal["degree", "in_degree", "out_degree"]) -> Scores:
    """The degree divided by n - 1: parallel edges count each, self-loops twice; 1 for a single node."""
    if direction != "degree" and not graph.directed:
        raise WrongKind(f"{direction.replace('_', '-')} centrality needs a directed graph; take degree_centrality")
    if graph.num_nodes <= 1:
        return dict.fromkeys(graph, 1.0)
    return {node: degree / (graph.num_nodes - 1) for node, degree in getattr(graph.nx, direction)}


def _in_order(graph: Graph, scores: Mapping[Node, float]) -> Scores:
    """The scores in the graph's order: networkx goes through sets in some measures."""
    return {node: scores[node] for node in graph}


def closeness_scores(graph: Graph, weight: str | None = None) -> Scores:
    return _in_order(graph, nx.closeness_centrality(lengths_body(graph, weight), distance=weight))


def harmonic_scores(graph: Graph, weight: str | None = None) -> Scores:
    return _in_order(graph, nx.harmonic_centrality(lengths_body(graph, weight), distance=weight))


def betweenness_scores(graph: Graph, weight: str | None = None) -> Scores:
    return _in_order(graph, nx.betweenness_centrality(whole_lengths_body(graph, weight), weight=weight))


def load_scores(graph: Graph) -> Scores:
    return _in_order(graph, nx.load_centrality(graph.simple()))


def eigenvector_scores(graph: Graph, weight: str | None = None) -> Scores:
    """The unit vector of `eigenvector_centrality`."""
    heard = reversed_costs(adjacency_rows(graph, weight, "eigenvector centrality"))
    if not heard:
        raise WrongKind("eigenvector centrality needs at least one node")
    if not graph.directed:
        return _unit(dominant(heard, dict.fromkeys(heard, 1.0)))
    first = graph.nodes[0]
    if len(reached(heard, first)) < len(heard) or len(reached(reversed_costs(heard), first)) < len(heard):
        raise NotConnected(
            "eigenvector centrality of a directed graph needs every node to reach every other; take katz or pagerank"
        )
    return perron(heard, list(heard))[1]


def dominant(rows: Rows, start: Scores) -> Scores:
    """The limit of power iteration from `start` for a symmetric matrix without negative entries, not scaled.

    Components whose largest eigenvalue is smaller die out; of equal ones each keeps the projection of `start`.
    """
    vectors: list[tuple[float, Scores]] = []
    left = dict.fromkeys(rows)
    while left:
        part = reached(rows, next(iter(left)))
        for node in part:
            del left[node]
        vectors.append(perron(rows, part))
    top = max(value for value, _ in vectors)
    limit = dict.fromkeys(rows, 0.0)
    for value, vector in vectors:
        if value >= top * (1 - 1e-9):
            size = math.fsum(x * start[node] for node, x in vector.items())
            limit.update({node: size * x for node, x in vector.items()})
    return limit


def _unit(vector: Scores) -> Scores:
    size = math.sqrt(math.fsum(x * x for x in vector.values()))
    return {node: x / size for node, x in vector.items()}


def katz_scores(graph: Graph, alpha: float = 0.1, weight: str | None = None) -> Scores:
    """The unit vector of `katz_centrality`."""
    rows = adjacency_rows(graph, weight, "Katz centrality")
    if not rows:
        raise WrongKind("Katz centrality needs at least one node")
    solution = katz_solution(reversed_costs(rows), alpha, dict.fromkeys(rows, 1.0))
    if solution is None or min(solution.values()) < 1 - 1e-9:
        limit = (
            f": it must be below {1 / float(spectral_radius(graph, weight).number):.6g}" if len(rows) <= 2000 else ""
        )
        raise BadArgument(f"alpha = {alpha} is too large for this graph{limit}")
    return _unit(solution)


def hits_scores(graph: Graph, weight: str | None = None) -> tuple[Scores, Scores]:
    """Hubs and authorities, each with sum 1."""
    rows = adjacency_rows(graph, weight, "HITS")
    if not graph.num_edges:
        raise WrongKind("hubs and authorities need at least one edge")
    heard = reversed_costs(rows)
    square: Rows = {node: {} for node in rows}  # A^T A
    if sum(len(row) ** 2 for row in rows.values()) > 20_000_000:
        raise TooLarge("the hubs of this graph point to too many nodes for HITS; take pagerank")
    for row in rows.values():
        for u, a in row.items():
            for v, b in row.items():
                square[u][v] = square[u].get(v, 0) + a * b
    authorities = dominant(square, {node: sum(row.values()) for node, row in heard.items()})
    hubs = {u: math.fsum(size * authorities[v] for v, size in row.items()) for u, row in rows.items()}
    return _shares(hubs), _shares(authorities)


def _shares(vector: Scores) -> Scores:
    total = math.fsum(vector.values())
    return {node: x / total for node, x in vector.items()}


def pagerank_scores(
    graph: Graph,
    damping: float = 0.85,
    iterations: int | None = None,
    weight: str | None = None,
    sources: list[Node] | None = None,
) -> Scores:
    """The fixed point of PageRank, or what `iterations` rounds from equal shares give."""
    if not 0 <= damping <= 0.999:
        raise BadArgument(f"the damping factor must lie between 0 and 0.999, not {damping}")
    if iterations is not None and not 0 <= iterations <= ROUNDS:
        raise BadArgument(f"iterations must be between 0 and {ROUNDS}, not {iterations}")
    rows = adjacency_rows(graph, weight, "PageRank")
    if not rows:
        return {}
    chosen = dict.fromkeys(rows if sources is None else sources)
    jump = {node: 1 / len(chosen) if node in chosen else 0.0 for node in rows}
    if sum(map(len, rows.values())) > ARRAY_ARCS:
        return _pagerank_arrays(rows, damping, iterations, jump)
    shares = {u: [(v, size / sum(row.values())) for v, size in row.items()] for u, row in rows.items()}
    ranks = dict.fromkeys(rows, 1 / len(rows)) if iterations is not None else jump
    for _ in range(ROUNDS if iterations is None else iterations):
        lost = math.fsum(ranks[u] for u, row in shares.items() if not row)
        after = {node: (1 - damping + damping * lost) * j for node, j in jump.items()}
        for u, row in shares.items():
            passed = damping * ranks[u]
            for v, share in row:
                after[v] += passed * share
        moved = math.fsum(abs(after[node] - ranks[node]) for node in rows)
        ranks = after
        if iterations is None and moved < RESIDUAL:
            break
    return ranks


def _pagerank_arrays(rows: Rows, damping: float, iterations: int | None, jump: Scores) -> Scores:
    import numpy as np
    from scipy.sparse import csr_matrix

    place = {node: i for i, node in enumerate(rows)}
    heads = np.array([place[v] for row in rows.values() for v in row])
    tails = np.repeat(np.arange(len(rows)), [len(row) for row in rows.values()])
    sizes = np.array([size for row in rows.values() for size in row.values()], dtype=float)
    totals = np.bincount(tails, weights=sizes, minlength=len(rows))
    matrix = csr_matrix((sizes / totals[tails], (heads, tails)), shape=(len(rows), len(rows)))
    leaps = np.array(list(jump.values()))
    dangling = totals == 0
    ranks = np.full(len(rows), 1 / len(rows)) if iterations is not None else leaps
    for _ in range(ROUNDS if iterations is None else iterations):
        after = damping * (matrix @ ranks) + (1 - damping + damping * ranks[dangling].sum()) * leaps
        moved = np.abs(after - ranks).sum()
        ranks = after
        if iterations is None and moved < max(RESIDUAL, 1e-15 * math.sqrt(len(rows))):
            break
    return dict(zip(rows, ranks.tolist()))


MEASURES: dict[Measure, Callable[[Graph], Scores]] = {
    "degree": lambda graph: degree_scores(graph, "degree"),
    "in_degree": lambda graph: degree_scores(graph, "in_degree"),
    "out_degree": lambda graph: degree_scores(graph, "out_degree"),
    "closeness": closeness_scores,
    "harmonic": harmonic_scores,
    "betweenness": betweenness_scores,
    "eigenvector": eigenvector_scores,
    "katz": katz_scores,
    "pagerank": pagerank_scores,
    "hub": lambda graph: hits_scores(graph)[0],
    "authority": lambda graph: hits_scores(graph)[1],
    "load": load_scores,
}
