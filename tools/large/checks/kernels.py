"""Compiled loops of the checkers."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def path_maxima(n: int, source: Any, target: Any, weight: Any, tree: Any, others: Any) -> Any:
    """For each of `others` the heaviest edge between its ends in the tree (-inf: none leads there).

    tree: edges of a forest, lightest first. Union by size without shortcuts: a node hangs below another at most log n
    deep, with the weight by which they were joined; on the way up the weights never fall.
    """
    up = np.arange(n).astype(np.int32)
    size = np.ones(n, np.int64)
    by = np.full(n, np.inf)
    for i in range(len(tree)):
        u, v = source[tree[i]], target[tree[i]]
        while up[u] != u:
            u = up[u]
        while up[v] != v:
            v = up[v]
        if u == v:
            return np.full(1, np.nan)
        if size[u] > size[v]:
            u, v = v, u
        up[u] = v
        by[u] = weight[tree[i]]
        size[v] += size[u]
    found = np.empty(len(others))
    for i in range(len(others)):
        u, v = source[others[i]], target[others[i]]
        most = -np.inf
        while u != v:
            if by[u] <= by[v]:
                if by[u] == np.inf:
                    most = np.inf
                    break
                most = max(most, by[u])
                u = up[u]
            else:
                most = max(most, by[v])
                v = up[v]
        found[i] = most
    return found


@njit(cache=True, nogil=True)
def levels(starts: Any, heads: Any, source: int) -> Any:
    """Distances from `source` level by level; -1 where there is none."""
    n = len(starts) - 1
    level = np.full(n, -1, np.int32)
    level[source] = 0
    here = np.empty(n, np.int32)
    there = np.empty(n, np.int32)
    here[0] = source
    count = 1
    deep = 0
    while count:
        deep += 1
        more = 0
        for i in range(count):
            for k in range(starts[here[i]], starts[here[i] + 1]):
                if level[heads[k]] < 0:
                    level[heads[k]] = deep
                    there[more] = heads[k]
                    more += 1
        here, there = there, here
        count = more
    return level


@njit(cache=True, nogil=True)
def joined_triples(first: Any, up: Any) -> Any:
    """Triangles at each node from sorted rows of higher nodes, by merging pairs of rows."""
    n = len(first) - 1
    count = np.zeros(n, np.int64)
    for u in range(n):
        for k in range(first[u], first[u + 1]):
            v = up[k]
            i, j = k + 1, first[v]
            while i < first[u + 1] and j < first[v + 1]:
                if up[i] < up[j]:
                    i += 1
                elif up[i] > up[j]:
                    j += 1
                else:
                    count[u] += 1
                    count[v] += 1
                    count[up[i]] += 1
                    i += 1
                    j += 1
    return count


@njit(cache=True, nogil=True)
def cycle_marks(source: Any, target: Any, parent: Any, edge: Any, order: Any, mark: Any) -> Any:
    """XOR of the random marks of the edges outside the forest whose cycles run over each edge.

    order: nodes, the deepest first. An edge on no cycle has mark 0; an edge on one has it with a chance of 2 ** -64.
    """
    inside = np.zeros(len(source), np.bool_)
    for v in range(len(edge)):
        if edge[v] >= 0:
            inside[edge[v]] = True
    node = np.zeros(len(parent), np.uint64)
    for e in range(len(source)):
        if not inside[e] and source[e] != target[e]:
            node[source[e]] ^= mark[e]
            node[target[e]] ^= mark[e]
    found = mark.copy()
    for i in range(len(order)):
        v = order[i]
        if parent[v] >= 0:
            found[edge[v]] = node[v]
            node[parent[v]] ^= node[v]
    return found
