"""Least distances by scipy's compiled Dijkstra: another code than `kernels.dijkstra`, for checks of it."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphs.compact.graph import CompactGraph


def distances(graph: CompactGraph, cells: Any, source: int) -> Any:
    """Distances from node `source` over weights >= 0, float64 [n]; inf where there is none.

    scipy takes a stored 0 for an edge of length 0, and adds parallel entries up only in conversions, which are avoided.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    rows = graph.out
    matrix = csr_array((cells[rows.edges], rows.heads, rows.starts), shape=(graph.num_nodes, graph.num_nodes))
    return np.asarray(dijkstra(matrix, directed=True, indices=source))
