"""Checks of rankings on arrays: the scores proven, and the order read off them."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphs.compact.graph import CompactGraph
from tools.answers import NodeAnswer, Order
from tools.large.checks.base import exact, places, require
from tools.large.checks.counts import ends_at
from tools.large.checks.ranks import ranks_hold
from tools.large.registry import check_of


def _scores(graph: CompactGraph, measure: str, scores: Any) -> str:
    """Reject unless these are the scores of the nodes; returns how exact they are, "" for exactly."""
    n = graph.num_nodes
    require(len(scores) == n, "the scores are not those of the nodes")
    if measure == "pagerank":
        return f"; {ranks_hold(graph, scores, 0.85, None, None)}"
    require(measure in ("degree", "in_degree", "out_degree"), f"no check is known for {measure} at this size")
    ends = ends_at(graph, {"degree": "total", "in_degree": "in", "out_degree": "out"}[measure])
    values = ends / (n - 1) if n > 1 else np.ones(n)
    require(bool(np.allclose(scores, values, rtol=1e-12, atol=0)), "a score is another")
    return ""


def _alike(one: Any, other: Any) -> Any:
    return np.abs(one - other) <= np.maximum(1e-9 * np.maximum(np.abs(one), np.abs(other)), 1e-12)


@check_of("rank_nodes")
def check_rank_nodes(graph: CompactGraph, answer: Order, measure: str = "betweenness", k: int | None = None) -> str:
    """the scores counted or iterated once more, each listed node compared with its follower and with those left out"""
    exact(answer)
    n = graph.num_nodes
    if not n:
        require(not answer.nodes, "the graph has no nodes")
        return "the graph has no nodes"
    scores = answer.witness["scores"]
    bound = _scores(graph, measure, scores)
    count = n if k is None else min(k, n)
    at = places(graph, answer.nodes)
    require(len(at) == count == len(np.unique(at)), f"not {count} different nodes are listed")
    one, other = at[:-1], at[1:]
    fits = np.where(_alike(scores[one], scores[other]), one < other, scores[one] > scores[other])
    require(bool(fits.all()), "a node does not stand before its follower")
    left = np.ones(n, bool)
    left[at] = False
    rest, last = np.flatnonzero(left), int(at[-1])
    later = np.where(_alike(scores[rest], scores[last]), rest > last, scores[rest] < scores[last])
    require(bool(later.all()), f"a node that is left out scores higher than {answer.nodes[-1]}")
    return f"these are the {count} nodes of highest {measure} centrality, in order{bound}"


@check_of("most_central_node")
def check_most_central_node(graph: CompactGraph, answer: NodeAnswer, measure: str = "betweenness") -> str:
    """the scores counted or iterated once more, and compared"""
    exact(answer)
    scores = answer.witness["scores"]
    bound = _scores(graph, measure, scores)
    tied = np.flatnonzero(_alike(scores, scores.max()))
    require(answer.node == graph.labels[int(tied[0])], "another node scores higher")
    return f"no node has a higher {measure} centrality than {answer.node}{bound}"
