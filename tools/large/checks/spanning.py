"""Checks of spanning trees: the cycle property for all other edges at once."""

from __future__ import annotations

import numpy as np

from graphs.compact.graph import CompactGraph
from tools.answers import Edges
from tools.large.algorithms import checks
from tools.large.checks.base import close, exact, require
from tools.large.registry import check_of


def _lightest(graph: CompactGraph, answer: Edges, weight: str, sign: int) -> str:
    exact(answer)
    taken = answer.witness["edges"]
    cells = sign * np.asarray(graph.columns.get(weight, np.zeros(0)), np.float64)
    require(
        bool((np.diff(np.sort(taken)) > 0).all()) and (not len(taken) or taken.min() >= 0), "an edge is taken twice"
    )
    ends = list(zip(graph.labels.take(graph.source[taken]), graph.labels.take(graph.target[taken])))
    require(answer.edges == ends, "the edges are not those of the witness")
    require(answer.total is not None and close(sign * answer.total, float(cells[taken].sum())), "another total weight")
    others = np.ones(graph.num_edges, bool)
    others[taken] = False
    rest = np.flatnonzero(others)
    tree = taken[np.argsort(cells[taken], kind="stable")]
    most = checks().path_maxima(graph.num_nodes, graph.source, graph.target, cells, tree, rest)
    require(len(most) == len(rest) and not np.isnan(most).any(), "the edges close a cycle")
    require(not (most == np.inf).any(), "an edge joins two trees of the forest")
    require(bool((cells[rest] >= most).all()), "an edge that was left out is better than one on its cycle")
    return f"{len(taken)} edges of total weight {answer.total} span the graph, and none can be replaced by a better one"


@check_of("minimum_spanning_tree")
def check_minimum_spanning_tree(graph: CompactGraph, answer: Edges, weight: str = "weight") -> str:
    """every other edge compared with the heaviest on its cycle"""
    return _lightest(graph, answer, weight, 1)


@check_of("maximum_spanning_tree")
def check_maximum_spanning_tree(graph: CompactGraph, answer: Edges, weight: str = "weight") -> str:
    """every other edge compared with the lightest on its cycle"""
    return _lightest(graph, answer, weight, -1)
