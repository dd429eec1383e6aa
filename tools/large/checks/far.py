"""Checks of eccentricities and of the diameter's bounds."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphs.compact.graph import CompactGraph
from tools.answers import Number
from tools.certificates.base import Claim
from tools.large.algorithms import checks
from tools.large.checks.base import close, exact, places, require, steps
from tools.large.checks.paths import _cells, distances_hold, undercut
from tools.large.registry import check_of


@check_of("eccentricity")
def check_eccentricity(graph: CompactGraph, answer: Number, node: Any, weight: str | None = None) -> str:
    """labels that no edge undercuts, each reached by an edge from another"""
    exact(answer)
    cost = answer.witness["cost"]
    distances_hold(graph, cost, answer.witness, graph.index(node), _cells(graph, weight))
    require(close(answer.number, float(cost.max())), "a node is farther away")
    return f"no node is farther from {graph.node(node)} than {answer.number}, and one is as far"


@check_of("diameter")
def check_diameter(graph: CompactGraph, answer: Number, weight: str | None = None) -> str | Claim:
    """a shortest path of the lower bound; for the upper one, searches again from every node far from the root"""
    witness, low = answer.witness, answer.number
    walk, depth = places(graph, witness["path"]), witness["depth"]
    require(steps(graph, walk) == low == depth[walk[-1]] and depth[walk[0]] == 0, "the path has another length")
    require(bool((depth >= 0).all()), "a node is not reached")
    require(not undercut(graph, depth, None).any(), "an edge undercuts the labels")
    rows = graph.out
    root = checks().levels(rows.starts, rows.heads, witness["root"])
    level = witness["level"]
    tried = witness["tried"]
    if not answer.exact:
        assert answer.bounds is not None
        done = {int(x) for x in np.flatnonzero(root > level)}
        require(
            done <= set(tried) and answer.bounds[1] >= min(2 * int(root.max()), 2 * level), "an upper bound is none"
        )
        require(answer.bounds[0] == low, "the lower bound is another")
        text = f"two nodes are {low} apart, and no two are farther apart than {answer.bounds[1]}"
        if answer.bounds[1] >= 2 * int(root.max()):
            return text
        _again(graph, tried, int(answer.bounds[1]))
        return text
    if 2 * int(root.max()) <= low:
        return f"two nodes are {low} apart, and no two are farther apart"
    rim = np.flatnonzero(2 * root > low)
    _again(graph, rim.tolist(), low)
    return f"two nodes are {low} apart, and no two are farther apart"


def _again(graph: CompactGraph, sources: list[int], most: float) -> None:
    """Reject when a node is farther than `most` from one of the sources."""
    rows = graph.out
    for source in sources:
        require(int(checks().levels(rows.starts, rows.heads, source).max()) <= most, "two nodes are farther apart")
