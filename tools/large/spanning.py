"""Spanning trees on arrays."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphs.compact.graph import CompactGraph
from tools.answers import Edges
from tools.arcs import require_undirected
from tools.large.algorithms import algorithms
from tools.large.registry import large
from tools.large.views import number, weights, whole

KRUSKAL = "Kruskal's method on sorted arrays"


def _extreme(graph: CompactGraph, weight: str, sign: int) -> Edges:
    what = "a minimum or maximum spanning tree"
    require_undirected(graph, what)
    cells = weights(graph, weight, what, negative=True)
    order = np.argsort(sign * cells, kind="stable")
    taken = algorithms().kruskal(graph.num_nodes, graph.source, graph.target, order)
    pairs = zip(graph.labels.take(graph.source[taken]), graph.labels.take(graph.target[taken]))
    trees = graph.num_nodes - len(taken)
    notes = (f"the graph has {trees} components: a spanning forest",) if trees > 1 else ()
    total: Any = number(float(cells[taken].sum()), whole(graph, weight))
    return Edges(list(pairs), total, {"edges": taken}, notes=notes)


@large("minimum_spanning_tree", by=KRUSKAL)
def minimum_spanning_tree(graph: CompactGraph, weight: str = "weight") -> Edges:
    return _extreme(graph, weight, 1)


@large("maximum_spanning_tree", by=KRUSKAL)
def maximum_spanning_tree(graph: CompactGraph, weight: str = "weight") -> Edges:
    return _extreme(graph, weight, -1)
