"""Distances and betweenness from many nodes at once, as products of a sparse and a dense matrix."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphs.science.simple import Simple

_BATCH = 32


@dataclass(frozen=True)
class Sweep:
    """What breadth-first sweeps found.

    distances: int32 [num_sources, num_nodes], -1 where unreachable. dependency: float64 [num_nodes], the weighted sum
    over the sources of the shares of shortest paths that run through each node, ends excluded.
    """

    distances: NDArray[np.int32]
    dependency: NDArray[np.float64]


def sweep(graph: Simple, sources: NDArray[np.int64], weights: NDArray[np.float64] | None = None) -> Sweep:
    """Sweep from `sources`; `weights` [num_sources] multiply their dependencies (1 where left out).

    Brandes, A faster algorithm for betweenness centrality (2001), level by level for many sources together.
    O(levels · (num_edges + num_nodes) · num_sources).
    """
    size = graph.num_nodes
    scale = np.ones(len(sources)) if weights is None else weights
    distances = np.empty((len(sources), size), np.int32)
    dependency = np.zeros(size)
    for start in range(0, len(sources), _BATCH):
        part = slice(start, start + _BATCH)
        found, shares = _batch(graph, sources[part])
        distances[part] = found.T
        dependency += shares @ scale[part]
    return Sweep(distances, dependency)


def depth(graph: Simple, source: int) -> int:
    """The distance to the farthest node that `source` reaches; half the diameter of its component at least."""
    from scipy.sparse.csgraph import breadth_first_order

    order, before = breadth_first_order(graph.adjacency, source, directed=False)
    levels = np.zeros(graph.num_nodes, np.int64)
    for node in order[1:]:
        levels[node] = levels[before[node]] + 1
    return int(levels.max(initial=0))


def _batch(graph: Simple, sources: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """(distances, dependencies), both [num_nodes, num_sources]."""
    adjacency, columns = graph.adjacency, np.arange(len(sources))
    paths = np.zeros((graph.num_nodes, len(sources)))  # shortest paths from each source to each node
    distance = np.full(paths.shape, -1, np.int32)
    paths[sources, columns], distance[sources, columns] = 1.0, 0
    unseen, frontier, level = distance < 0, paths.copy(), 0
    while True:
        frontier = adjacency @ frontier
        frontier *= unseen
        new = frontier > 0
        if not new.any():
            break
        level += 1
        np.copyto(distance, level, where=new)
        np.logical_xor(unseen, new, out=unseen)
        paths += frontier
    inverse = np.divide(1.0, paths, out=np.zeros_like(paths), where=paths > 0)
    dependency, at = np.zeros_like(paths), distance == level
    for back in range(level, 1, -1):
        share = 1.0 + dependency
        share *= inverse
        share *= at
        pulled = adjacency @ share
        at = distance == back - 1
        pulled *= paths
        pulled *= at
        dependency += pulled
    return distance, dependency
