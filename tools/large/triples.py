"""Triangles and clustering on arrays."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphs.compact.graph import CompactGraph
from tools.answers import NodeValues, Number, Record
from tools.large.algorithms import algorithms
from tools.large.registry import large
from tools.large.views import per_node, simple_rows
from tools.large.wedges import dear, sampled_clustering, sampled_transitivity, sampled_triangles
from tools.motifs import motifs

UPWARD = "rows of neighbours of higher degree, marked and compared"


def counts(graph: CompactGraph) -> tuple[Any, Any]:
    """Triangles and neighbours of each node; directions, loops and parallel edges are ignored."""
    rows = simple_rows(graph)
    degree = np.diff(rows.starts)
    rank = np.empty(len(degree), np.int64)
    rank[np.argsort(degree, kind="stable")] = np.arange(len(degree))
    return algorithms().triangles(rows.starts, rows.heads, rank), degree


def shares(triangles: Any, degree: Any) -> Any:
    """Clustering coefficients."""
    pairs = degree * (degree - 1) / 2
    return np.divide(triangles, pairs, out=np.zeros(len(pairs)), where=pairs > 0)


def _notes(graph: CompactGraph) -> tuple[str, ...]:
    return ("edge directions are ignored",) if graph.directed else ()


@large("triangle_count", by=UPWARD)
def triangle_count(graph: CompactGraph) -> Number:
    if dear(rows := simple_rows(graph)):
        return sampled_triangles(rows)
    found, _ = counts(graph)
    return Number(int(found.sum()) // 3, {"triangles": found}, notes=_notes(graph))


@large("triangles_of", by=UPWARD)
def triangles_of(graph: CompactGraph, node: Any) -> Number:
    found, _ = counts(graph)
    return Number(int(found[graph.index(node)]), {"triangles": found}, notes=_notes(graph))


@large("clustering_coefficient", by=UPWARD)
def clustering_coefficient(graph: CompactGraph, node: Any = None) -> NodeValues | Number:
    found, degree = counts(graph)
    values, witness = shares(found, degree), {"triangles": found}
    if node is None:
        return NodeValues(per_node(graph, values), witness, notes=_notes(graph))
    return Number(float(values[graph.index(node)]), witness, notes=_notes(graph))


@large("average_clustering", by=UPWARD)
def average_clustering(graph: CompactGraph) -> Number:
    if dear(rows := simple_rows(graph)):
        return sampled_clustering(rows)
    found, degree = counts(graph)
    values = shares(found, degree)
    mean = float(values.mean()) if len(values) else 0.0
    return Number(mean, {"triangles": found}, notes=_notes(graph))


@large("transitivity", by=UPWARD)
def transitivity(graph: CompactGraph) -> Number:
    if dear(rows := simple_rows(graph)):
        return sampled_transitivity(rows)
    found, degree = counts(graph)
    triads = int((degree * (degree - 1) // 2).sum())
    value = int(found.sum()) / triads if triads else 0.0
    return Number(value, {"triangles": found}, notes=_notes(graph))


@large("motif_counts", by=UPWARD)
def motif_counts(graph: CompactGraph) -> Record:
    found, degree = counts(graph)
    wedges = int((degree * (degree - 1) // 2).sum())
    figures = motifs(graph.num_nodes, int(degree.sum()) // 2, wedges, int(found.sum()) // 3)
    return Record(figures, {"triangles": found})
