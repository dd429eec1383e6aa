"""Checks of PageRank: one more round, by adding up over the edges; and of shares of degrees."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphs.compact.graph import CompactGraph
from tools.answers import NodeAnswer, NodeValues, Number
from tools.large.checks.base import close, exact, require
from tools.large.checks.counts import ends_at
from tools.large.registry import check_of

RESIDUAL = 1e-8


class _Round:
    """One round of PageRank, added up edge by edge."""

    def __init__(self, graph: CompactGraph, damping: float, weight: str | None, sources: list[Any] | None) -> None:
        self.n, self.damping, n = graph.num_nodes, damping, graph.num_nodes
        self.sizes = np.ones(graph.num_edges)
        if weight is not None and graph.num_edges:
            self.sizes = np.asarray(graph.columns[weight], np.float64)
        self.source, self.target, self.both = graph.source, graph.target, not graph.directed
        self.loops = graph.source == graph.target
        self.total = np.bincount(self.source, self.sizes, n)
        if self.both:
            self.total += np.bincount(self.target, np.where(self.loops, 0, self.sizes), n)
        chosen = range(n) if sources is None else {graph.index(source) for source in sources}
        self.jump = np.zeros(n)
        self.jump[list(chosen)] = 1 / max(1, len(chosen))

    def __call__(self, ranks: Any) -> Any:
        share = np.divide(ranks, self.total, out=np.zeros(self.n), where=self.total > 0)
        after = np.bincount(self.target, share[self.source] * self.sizes, self.n)
        if self.both:
            after += np.bincount(self.source, np.where(self.loops, 0, share[self.target] * self.sizes), self.n)
        loose = 1 - self.damping + self.damping * float(ranks[self.total == 0].sum())
        return self.damping * after + loose * self.jump


def ranks_hold(
    graph: CompactGraph,
    ranks: Any,
    damping: float,
    iterations: int | None,
    weight: str | None,
    sources: list[Any] | None = None,
) -> str:
    """Reject unless the ranks are those of PageRank; returns the bound on their error.

    A round shrinks differences by the damping, so a residual r leaves an error of at most r / (1 - damping) in all.
    """
    require(len(ranks) == graph.num_nodes, "the ranks are not those of the nodes")
    once = _Round(graph, damping, weight, sources)
    if iterations is not None:
        found = np.full(graph.num_nodes, 1 / max(1, graph.num_nodes))
        for _ in range(iterations):
            found = once(found)
        require(bool(np.allclose(found, ranks, rtol=1e-9, atol=1e-12)), "the rounds give other ranks")
        return f"{iterations} rounds give these ranks"
    error = float(np.abs(once(ranks) - ranks).sum()) / (1 - damping)
    require(error <= RESIDUAL, f"the ranks may be wrong by {error:.3g}")
    return f"the ranks of all nodes together are wrong by {error:.1g} at most"


def _values(graph: CompactGraph, answer: NodeValues | Number, ranks: Any, node: Any) -> None:
    exact(answer)
    if isinstance(answer, Number):
        require(answer.number == ranks[graph.index(node)], "the number is not the node's rank")
        return
    require(list(answer.values) == graph.nodes, "the values are not those of the nodes")
    require(list(answer.values.values()) == ranks.tolist(), "a value is not the rank")


@check_of("pagerank")
def check_pagerank(
    graph: CompactGraph,
    answer: NodeValues | Number,
    node: Any = None,
    damping: float = 0.85,
    iterations: int | None = None,
    weight: str | None = None,
) -> str:
    """one more round by adding up over the edges"""
    _values(graph, answer, answer.witness["ranks"], node)
    return ranks_hold(graph, answer.witness["ranks"], damping, iterations, weight)


@check_of("personalized_pagerank")
def check_personalized_pagerank(
    graph: CompactGraph,
    answer: NodeValues | Number,
    sources: list[Any],
    node: Any = None,
    damping: float = 0.85,
    weight: str | None = None,
) -> str:
    """one more round by adding up over the edges"""
    _values(graph, answer, answer.witness["ranks"], node)
    return ranks_hold(graph, answer.witness["ranks"], damping, None, weight, sources)


@check_of("highest_pagerank_node")
def check_highest_pagerank_node(
    graph: CompactGraph,
    answer: NodeAnswer,
    damping: float = 0.85,
    iterations: int | None = None,
    weight: str | None = None,
) -> str:
    """one more round by adding up over the edges, and the ranks compared"""
    exact(answer)
    ranks = answer.witness["ranks"]
    bound = ranks_hold(graph, ranks, damping, iterations, weight)
    tied = np.flatnonzero(ranks >= ranks.max() - max(1e-9 * float(ranks.max()), 1e-12))
    require(answer.node == graph.labels[int(tied[0])], "another node has a higher rank")
    return f"no node has a higher rank than {answer.node}; {bound}"


def _shares(graph: CompactGraph, answer: NodeValues | Number, direction: str, node: Any) -> str:
    exact(answer)
    n = graph.num_nodes
    values = ends_at(graph, direction) / (n - 1) if n > 1 else np.ones(n)
    if isinstance(answer, Number):
        require(close(answer.number, float(values[graph.index(node)])), "the share is another")
        return f"the degree centrality of {graph.node(node)} is {answer.number:.6g}"
    require(list(answer.values) == graph.nodes, "the values are not those of the nodes")
    found = np.array(list(answer.values.values()), np.float64)
    require(bool(np.allclose(found, values, rtol=1e-12)), "a share is another")
    return "every share was counted again"


@check_of("degree_centrality")
def check_degree_centrality(graph: CompactGraph, answer: NodeValues | Number, node: Any = None) -> str:
    """the ends of the edges counted"""
    return _shares(graph, answer, "total", node)


@check_of("in_degree_centrality")
def check_in_degree_centrality(graph: CompactGraph, answer: NodeValues | Number, node: Any = None) -> str:
    """the ends of the edges counted"""
    return _shares(graph, answer, "in", node)


@check_of("out_degree_centrality")
def check_out_degree_centrality(graph: CompactGraph, answer: NodeValues | Number, node: Any = None) -> str:
    """the ends of the edges counted"""
    return _shares(graph, answer, "out", node)
