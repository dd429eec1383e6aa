"""Triangles: local clustering and transitivity, counted, or from sampled pairs of neighbours."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from graphs.science.simple import Simple


def triangle_cost(graph: Simple) -> int:
    """Multiplications that counting takes."""
    tails, heads = _upward(graph)
    outgoing = np.bincount(tails, minlength=graph.num_nodes)
    return int(outgoing[heads].sum())


def triangles(graph: Simple) -> NDArray[np.int64]:
    """How many triangles each node is in. Edges point to the node of higher degree, which keeps hubs cheap."""
    from scipy.sparse import csr_array

    size = graph.num_nodes
    tails, heads = _upward(graph)
    up = csr_array((np.ones(len(tails)), (tails, heads)), shape=(size, size))
    ends = (up @ up).multiply(up)  # first -> middle -> last, closed by first -> last
    middle = (up @ up.T).multiply(up)  # the same triangle, found at first -> middle
    counts = ends.sum(axis=1) + ends.sum(axis=0) + middle.sum(axis=0)
    return np.asarray(np.rint(counts), dtype=np.int64).ravel()


def clustering(graph: Simple) -> tuple[float, float]:
    """(mean local clustering over all nodes, transitivity). A node of degree under 2 counts 0, as in networkx."""
    if not graph.num_nodes:
        return 0.0, 0.0
    found, wedges = triangles(graph), _wedges(graph)
    local = np.divide(found, wedges, out=np.zeros(len(wedges)), where=wedges > 0)
    return float(local.mean()), float(found.sum() / wedges.sum()) if wedges.sum() else 0.0


def sampled_clustering(graph: Simple, samples: int, seed: int) -> tuple[float, float]:
    """Estimates of both from `samples` random pairs of neighbours each (standard error at most 0.5 / sqrt(samples))."""
    rng = np.random.default_rng(seed)
    wedges = _wedges(graph)
    if not wedges.sum():
        return 0.0, 0.0
    nodes = rng.integers(graph.num_nodes, size=samples)
    nodes = nodes[wedges[nodes] > 0]
    mean = _closed(graph, nodes, rng).sum() / samples
    centres = rng.choice(graph.num_nodes, size=samples, p=wedges / wedges.sum())
    return float(mean), float(_closed(graph, centres, rng).mean())


def _wedges(graph: Simple) -> NDArray[np.int64]:
    degrees = graph.degrees
    return np.asarray(degrees * (degrees - 1) // 2, dtype=np.int64)


def _upward(graph: Simple) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    first, second = graph.pairs[:, 0], graph.pairs[:, 1]
    turned = graph.degrees[first] > graph.degrees[second]
    return np.where(turned, second, first), np.where(turned, first, second)


def _closed(graph: Simple, centres: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.bool_]:
    """For each centre, whether a random pair of its neighbours is joined."""
    adjacency, degrees = graph.adjacency, graph.degrees[centres]
    first = rng.integers(degrees)
    second = rng.integers(degrees - 1)
    second += second >= first
    start = adjacency.indptr[centres]
    ends = np.sort(np.stack([adjacency.indices[start + first], adjacency.indices[start + second]], axis=1), axis=1)
    keys = ends[:, 0].astype(np.int64) * graph.num_nodes + ends[:, 1]
    known = graph.pairs[:, 0] * graph.num_nodes + graph.pairs[:, 1]  # sorted, as the pairs are
    at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    return np.asarray(known[at] == keys)
