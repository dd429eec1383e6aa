"""Who comes first on arrays: the most central node and the top k, for measures that are counted or iterated."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from graphs.compact.graph import CompactGraph
from graphs.errors import BadArgument, WrongKind
from tools.answers import NodeAnswer, Order
from tools.large.ranks import pagerank_array, share_array
from tools.large.registry import large, only_small

BY = "degrees counted, or power iteration for PageRank, and sorting"
COUNTED = {"degree": "total", "in_degree": "in", "out_degree": "out"}


def _scores(graph: CompactGraph, measure: str) -> Any:
    if measure == "pagerank":
        return pagerank_array(graph)
    if measure in COUNTED:
        return share_array(graph, COUNTED[measure])
    raise only_small(
        f"{measure} centrality is not computed on a graph of this size; ask for the ranking by degree or by PageRank"
    )


def _equal(a: float, b: float) -> bool:
    return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12)


def _ranked(scores: Any, most: int) -> list[int]:
    """At least the `most` best, by falling score; runs that differ by rounding alone in the graph's order."""
    order = np.argsort(-scores, kind="stable").tolist()
    values = scores[order].tolist()
    found: list[int] = []
    start = 0
    while start < len(order) and len(found) <= most:
        end = start + 1
        while end < len(order) and _equal(values[start], values[end]):
            end += 1
        found += sorted(order[start:end])
        start = end
    return found


@large("rank_nodes", by=BY)
def rank_nodes(graph: CompactGraph, measure: str = "betweenness", k: int | None = None) -> Order:
    if k is not None and k < 1:
        raise BadArgument(f"k must be at least 1, not {k}")
    if not graph.num_nodes:
        return Order([], {"scores": np.zeros(0)})
    scores = _scores(graph, measure)
    count = graph.num_nodes if k is None else min(k, graph.num_nodes)
    order = _ranked(scores, count)
    labels = graph.labels.take(np.array(order[: count + 1], np.int64))
    notes: tuple[str, ...] = ()
    if count < len(order) and _equal(scores[order[count - 1]], scores[order[count]]):
        notes = (f"{labels[count]} scores as much as {labels[count - 1]}, which stands first in the graph's order",)
    return Order(labels[:count], {"scores": scores}, notes=notes)


@large("most_central_node", by=BY)
def most_central_node(graph: CompactGraph, measure: str = "betweenness") -> NodeAnswer:
    if not graph.num_nodes:
        raise WrongKind("the graph has no nodes, so none comes first")
    scores = _scores(graph, measure)
    best = float(scores.max())
    ties = np.flatnonzero(np.abs(scores - best) <= np.maximum(1e-9 * np.maximum(np.abs(scores), best), 1e-12))
    notes: tuple[str, ...] = ()
    if len(ties) > 1:
        named = ", ".join(map(str, graph.labels.take(ties[:10])))
        notes = (
            f"{len(ties)} nodes share the highest {measure} centrality: {named}; the first in the graph's order was "
            "taken",
        )
    return NodeAnswer(graph.labels[int(ties[0])], {"scores": scores}, notes=notes)
