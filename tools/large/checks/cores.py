"""Checks of cores and bridges."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphs.compact.graph import CompactGraph
from tools.answers import Edges, Nodes, NodeValues, Number
from tools.large.algorithms import checks
from tools.large.checks.base import exact, listed, require
from tools.large.checks.parts import partition
from tools.large.registry import check_of


def _simple(graph: CompactGraph) -> tuple[Any, Any]:
    """Both directions of every edge, without loops and parallel edges."""
    n = max(1, graph.num_nodes)
    keys = np.concatenate([graph.source.astype(np.int64) * n + graph.target,
                           graph.target.astype(np.int64) * n + graph.source])  # fmt: skip
    keys = np.sort(keys)
    keys = keys[np.concatenate([[True], np.diff(keys) > 0])] if len(keys) else keys
    tails, heads = keys // n, keys % n
    return tails[tails != heads], heads[tails != heads]


def cores(graph: CompactGraph, core: Any, order: Any) -> None:
    """Reject unless these are the core numbers.

    Each node has at least so many neighbours of no lower number (so the core exists); and in the order of peeling the
    numbers never fall, and each node has at most so many neighbours behind it (so there is no larger core).
    """
    n = graph.num_nodes
    tails, heads = _simple(graph)
    require(len(core) == len(order) == n, "the numbers are not those of the nodes")
    inside = np.bincount(tails[core[heads] >= core[tails]], minlength=n)
    require(bool((inside >= core).all()), "a node has too few neighbours in its core")
    place = np.full(n, -1, np.int64)
    place[order] = np.arange(n)
    require(bool((place >= 0).all()) and bool((np.diff(core[order]) >= 0).all()), "the order of peeling is none")
    behind = np.bincount(tails[place[heads] > place[tails]], minlength=n)
    require(bool((behind <= core).all()), "a node could stay in a larger core")


@check_of("core_numbers")
def check_core_numbers(graph: CompactGraph, answer: NodeValues) -> str:
    """neighbours counted inside each core, and behind each node in the order of peeling"""
    exact(answer)
    require(list(answer.values) == graph.nodes, "the values are not those of the nodes")
    cores(graph, np.array(list(answer.values.values()), np.int64), answer.witness["order"])
    return "every node has enough neighbours in its core, and none lies in a larger one"


@check_of("k_core")
def check_k_core(graph: CompactGraph, answer: Nodes, k: int) -> str:
    """neighbours counted inside each core, and behind each node in the order of peeling"""
    exact(answer)
    cores(graph, answer.witness["core"], answer.witness["order"])
    listed(graph, answer.nodes, answer.witness["core"] >= k)
    return f"each of the {len(answer.nodes)} nodes has {k} neighbours among them, and no larger set is like that"


@check_of("degeneracy")
def check_degeneracy(graph: CompactGraph, answer: Number) -> str:
    """neighbours counted inside each core, and behind each node in the order of peeling"""
    exact(answer)
    cores(graph, answer.witness["core"], answer.witness["order"])
    require(answer.number == answer.witness["core"].max(), "the highest number is another")
    return f"there is a {answer.number}-core and no larger one"


@check_of("bridges", grade="recount")
def check_bridges(graph: CompactGraph, answer: Edges) -> str:
    """random marks of 64 bits added up around the cycles of a spanning forest"""
    exact(answer)
    found, forest = answer.witness["edges"], answer.witness["forest"]
    partition(graph, forest)
    deepest = np.argsort(-forest.depth, kind="stable").astype(np.int64)
    mark = np.random.default_rng(20260101).integers(1, 2**63, graph.num_edges, dtype=np.uint64)
    sums = checks().cycle_marks(graph.source, graph.target, forest.parent, forest.edge, deepest, mark)
    expected = np.flatnonzero((sums == 0) & (graph.source != graph.target))
    require(np.array_equal(expected, found), "another set of edges lies on no cycle")
    ends = list(zip(graph.labels.take(graph.source[found]), graph.labels.take(graph.target[found])))
    require(answer.edges == ends, "the edges are not those of the witness")
    return f"{len(found)} edges lie on no cycle, and no others"
