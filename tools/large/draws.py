"""Compiled loops of the sampled answers on compact graphs. Import through `algorithms.sampling`."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def random_paths(starts: Any, heads: Any, starts2: Any, heads2: Any, ends: Any, draws: Any, count: Any) -> None:
    """For each pair of `ends` [2, k], draw one of its shortest paths and count its inner nodes.

    starts2, heads2: arcs backwards. draws: uniform numbers [k, r], of which step i of a path takes number i mod r,
    shifted by the golden ratio at each turn, so that a long path repeats none.
    """
    n = len(starts) - 1
    depth = np.full(n, -1, np.int32)
    ways = np.zeros(n, np.float64)
    queue = np.empty(n, np.int32)
    for pair in range(ends.shape[1]):
        source, target = ends[0, pair], ends[1, pair]
        queue[0] = source
        depth[source] = 0
        ways[source] = 1.0
        size = 1
        at = 0
        last = n + 1
        while at < size:
            u = queue[at]
            at += 1
            if depth[u] >= last:
                break
            for k in range(starts[u], starts[u + 1]):
                v = heads[k]
                if depth[v] < 0:
                    depth[v] = depth[u] + 1
                    queue[size] = v
                    size += 1
                    if v == target:
                        last = depth[v]
                if depth[v] == depth[u] + 1:
                    ways[v] += ways[u]
        if depth[target] > 1:
            here = target
            step = 0
            while depth[here] > 1:
                turn = step // draws.shape[1]
                draw = (draws[pair, step % draws.shape[1]] + turn * 0.6180339887498949) % 1.0 * ways[here]
                chosen = -1
                for k in range(starts2[here], starts2[here + 1]):
                    u = heads2[k]
                    if depth[u] == depth[here] - 1:
                        chosen = u
                        draw -= ways[u]
                        if draw < 0:
                            break
                here = chosen
                count[here] += 1
                step += 1
        for i in range(size):
            depth[queue[i]] = -1
            ways[queue[i]] = 0.0


@njit(cache=True, nogil=True)
def joined(starts: Any, heads: Any, one: Any, other: Any) -> int:
    """How many of the pairs are neighbours; the shorter of two rows is looked through."""
    found = 0
    for i in range(len(one)):
        u, v = one[i], other[i]
        if starts[u + 1] - starts[u] > starts[v + 1] - starts[v]:
            u, v = v, u
        for k in range(starts[u], starts[u + 1]):
            if heads[k] == v:
                found += 1
                break
    return found
