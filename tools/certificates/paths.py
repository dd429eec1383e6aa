"""Checks of paths."""

from __future__ import annotations

import math
from typing import Any

from graphs.graph import Graph
from tools.answers import Path
from tools.certificates.base import checker, require

TOLERANCE = 1e-9


@checker("shortest_path")
def check_shortest_path(graph: Graph, answer: Path, source: Any, target: Any, weight: str | None = None) -> str:
    """the path's edges added up, and distance labels that no edge undercuts

    Labels d with d(source) = 0 and d(v) <= d(u) + w(u, v) on every edge never exceed the true distance (linear
    programming duality, Cormen et al., ch. 24), so d(target) = length proves the path shortest.
    """
    source, target = graph.node(source), graph.node(target)
    labels = answer.distances
    require(answer.nodes and answer.nodes[0] == source and answer.nodes[-1] == target, "the path has other ends")
    require(labels is not None and labels.get(source) == 0, "the source's label is not 0")
    assert labels is not None
    cheapest: dict[tuple[Any, Any], float] = {}
    for edge in graph.edges():
        cost = 1 if weight is None else edge.attributes[weight]
        for u, v in (
            ((edge.source, edge.target),)
            if graph.directed
            else ((edge.source, edge.target), (edge.target, edge.source))
        ):
            cheapest[u, v] = min(cost, cheapest.get((u, v), math.inf))
            require(
                labels[v] <= labels[u] + cost + TOLERANCE * (1 + abs(cost)),
                f"the label of {v} exceeds that of {u} plus the edge",
            )
    require(all(step in cheapest for step in zip(answer.nodes, answer.nodes[1:])), "a step of the path is not an edge")
    total = sum(cheapest[step] for step in zip(answer.nodes, answer.nodes[1:]))
    require(math.isclose(total, answer.length, rel_tol=TOLERANCE, abs_tol=TOLERANCE), f"the path adds up to {total}")
    require(
        math.isclose(labels[target], answer.length, rel_tol=TOLERANCE, abs_tol=TOLERANCE),
        "the target's label is not the length",
    )
    return f"the path has length {answer.length} and no path from {source} to {target} is shorter"
