"""Checks of triangles: counted again by merging sorted rows."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphs.compact.graph import CompactGraph
from tools.answers import NodeValues, Number, Record
from tools.certificates.base import Claim
from tools.large.algorithms import checks
from tools.large.checks.base import close, exact, require
from tools.large.checks.cores import _simple
from tools.large.checks.samples import share_holds
from tools.large.registry import check_of

SAMPLED = ("hits", "trials", "scale")


def again(graph: CompactGraph, witness: Any) -> tuple[Any, Any]:
    """Triangles and neighbours of each node, found by merging; rejects another witness."""
    n = graph.num_nodes
    tails, heads = _simple(graph)
    degree = np.bincount(tails, minlength=n)
    rank = np.empty(n, np.int64)
    rank[np.lexsort((np.arange(n), degree))] = np.arange(n)
    up = rank[heads] > rank[tails]
    low, high = rank[tails[up]], rank[heads[up]]
    order = np.argsort(low * max(1, n) + high)
    first = np.concatenate([[0], np.cumsum(np.bincount(low, minlength=n))])
    found = checks().joined_triples(first.astype(np.int64), high[order])[rank]
    require(np.array_equal(found, witness["triangles"]), "another number of triangles at a node")
    return found, degree


@check_of("triangle_count", grade="recount")
def check_triangle_count(graph: CompactGraph, answer: Number) -> str | Claim:
    """counted again by merging sorted rows of neighbours"""
    if answer.estimated:
        return share_holds(answer, *(answer.witness[name] for name in SAMPLED), whole=True)
    exact(answer)
    found, _ = again(graph, answer.witness)
    require(3 * answer.number == int(found.sum()), "the number is another")
    return f"the graph has {answer.number} triangles"


@check_of("triangles_of", grade="recount")
def check_triangles_of(graph: CompactGraph, answer: Number, node: Any) -> str:
    """counted again by merging sorted rows of neighbours"""
    exact(answer)
    found, _ = again(graph, answer.witness)
    require(answer.number == found[graph.index(node)], "the number is another")
    return f"{answer.number} triangles hold node {graph.node(node)}"


def _shares(found: Any, degree: Any) -> Any:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(degree > 1, 2 * found / (degree * (degree - 1.0)), 0.0)


@check_of("clustering_coefficient", grade="recount")
def check_clustering_coefficient(graph: CompactGraph, answer: NodeValues | Number, node: Any = None) -> str:
    """triangles counted again by merging sorted rows of neighbours"""
    exact(answer)
    values = _shares(*again(graph, answer.witness))
    if isinstance(answer, Number):
        require(close(answer.number, float(values[graph.index(node)])), "the share is another")
        return f"the clustering coefficient of {graph.node(node)} is {answer.number:.6g}"
    require(list(answer.values) == graph.nodes, "the values are not those of the nodes")
    require(bool(np.allclose(list(answer.values.values()), values, rtol=1e-9)), "a share is another")
    return "every coefficient was counted again"


@check_of("average_clustering", grade="recount")
def check_average_clustering(graph: CompactGraph, answer: Number) -> str | Claim:
    """triangles counted again by merging sorted rows of neighbours"""
    if answer.estimated:
        return share_holds(answer, *(answer.witness[name] for name in SAMPLED))
    exact(answer)
    values = _shares(*again(graph, answer.witness))
    require(close(answer.number, float(values.mean()) if len(values) else 0.0), "the mean is another")
    return f"the mean clustering coefficient is {answer.number:.6g}"


@check_of("transitivity", grade="recount")
def check_transitivity(graph: CompactGraph, answer: Number) -> str | Claim:
    """triangles counted again by merging sorted rows of neighbours"""
    if answer.estimated:
        return share_holds(answer, *(answer.witness[name] for name in SAMPLED))
    exact(answer)
    found, degree = again(graph, answer.witness)
    triads = int((degree * (degree - 1)).sum()) // 2
    require(close(answer.number, int(found.sum()) / triads if triads else 0.0), "the share is another")
    return f"a share of {answer.number:.6g} of the triads is closed"


@check_of("motif_counts", grade="recount")
def check_motif_counts(graph: CompactGraph, answer: Record) -> str:
    """triangles counted again by merging sorted rows of neighbours"""
    exact(answer)
    found, degree = again(graph, answer.witness)
    count, n = int(found.sum()) // 3, graph.num_nodes
    path = int((degree * (degree - 1) // 2).sum()) - 3 * count
    single = int(degree.sum()) // 2 * (n - 2) - 2 * path - 3 * count if n > 1 else 0
    empty = n * (n - 1) * (n - 2) // 6 - single - path - count
    wanted = {"empty": empty, "one edge": single, "path": path, "triangle": count}
    require(dict(answer.figures) == wanted, "a count is another")
    return f"{count} triples are triangles and {path} are open"
