"""Compiled loops of the algorithms on compact graphs. Import through `algorithms`."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def search(starts: Any, heads: Any, edges: Any, source: int, target: int) -> Any:
    """Breadth-first from `source`, until `target` is found (-1: all). -> parent, edge, depth, order of visits."""
    n = len(starts) - 1
    parent = np.full(n, -1, np.int32)
    edge = np.full(n, -1, np.int32)
    depth = np.full(n, -1, np.int32)
    queue = np.empty(n, np.int32)
    queue[0] = source
    depth[source] = 0
    count = 1
    at = 0
    while at < count:
        u = queue[at]
        at += 1
        for k in range(starts[u], starts[u + 1]):
            v = heads[k]
            if depth[v] < 0:
                depth[v] = depth[u] + 1
                parent[v] = u
                edge[v] = edges[k]
                queue[count] = v
                count += 1
                if v == target:
                    return parent, edge, depth, queue[:count].copy()
    return parent, edge, depth, queue[:count].copy()


@njit(cache=True, nogil=True)
def forest(starts: Any, heads: Any, edges: Any, starts2: Any, heads2: Any, edges2: Any, both: bool) -> Any:
    """Breadth-first trees of all components over two adjacencies. -> parent, edge, depth, root."""
    n = len(starts) - 1
    parent = np.full(n, -1, np.int32)
    edge = np.full(n, -1, np.int32)
    depth = np.full(n, -1, np.int32)
    root = np.full(n, -1, np.int32)
    queue = np.empty(n, np.int32)
    for first in range(n):
        if root[first] >= 0:
            continue
        root[first] = first
        depth[first] = 0
        queue[0] = first
        count = 1
        at = 0
        while at < count:
            u = queue[at]
            at += 1
            for k in range(starts[u], starts[u + 1]):
                v = heads[k]
                if root[v] < 0:
                    root[v], parent[v], edge[v], depth[v] = first, u, edges[k], depth[u] + 1
                    queue[count] = v
                    count += 1
            if both:
                for k in range(starts2[u], starts2[u + 1]):
                    v = heads2[k]
                    if root[v] < 0:
                        root[v], parent[v], edge[v], depth[v] = first, u, edges2[k], depth[u] + 1
                        queue[count] = v
                        count += 1
    return parent, edge, depth, root


@njit(cache=True, nogil=True)
def nearest(starts: Any, heads: Any, starts2: Any, heads2: Any, both: bool, sources: Any) -> Any:
    """The place in `sources` of the one nearest to each node (the first of equal ones), -1 where none is reached.

    Over the first adjacency, or over both.
    """
    n = len(starts) - 1
    home = np.full(n, -1, np.int32)
    queue = np.empty(n, np.int32)
    count = 0
    for place in range(len(sources)):
        if home[sources[place]] < 0:
            home[sources[place]] = place
            queue[count] = sources[place]
            count += 1
    at = 0
    while at < count:
        u = queue[at]
        at += 1
        for k in range(starts[u], starts[u + 1]):
            v = heads[k]
            if home[v] < 0:
                home[v] = home[u]
                queue[count] = v
                count += 1
        if both:
            for k in range(starts2[u], starts2[u + 1]):
                v = heads2[k]
                if home[v] < 0:
                    home[v] = home[u]
                    queue[count] = v
                    count += 1
    return home


@njit(cache=True, nogil=True)
def inner_forest(starts: Any, heads: Any, edges: Any, code: Any) -> Any:
    """Breadth-first trees that stay within nodes of one code, from the first node of each. -> parent, edge, depth."""
    n = len(starts) - 1
    parent = np.full(n, -1, np.int32)
    edge = np.full(n, -1, np.int32)
    depth = np.full(n, -1, np.int32)
    done = np.zeros(n + 1, np.bool_)
    queue = np.empty(n, np.int32)
    for first in range(n):
        if done[code[first]]:
            continue
        done[code[first]] = True
        depth[first] = 0
        queue[0] = first
        count = 1
        at = 0
        while at < count:
            u = queue[at]
            at += 1
            for k in range(starts[u], starts[u + 1]):
                v = heads[k]
                if code[v] == code[u] and depth[v] < 0:
                    parent[v], edge[v], depth[v] = u, edges[k], depth[u] + 1
                    queue[count] = v
                    count += 1
    return parent, edge, depth


@njit(cache=True, nogil=True)
def dijkstra(starts: Any, heads: Any, edges: Any, weight: Any, source: int, target: int) -> Any:
    """Least costs from `source`, until `target` is settled. -> cost (inf where unknown), parent, edge, settled."""
    n = len(starts) - 1
    cost = np.full(n, np.inf)
    parent = np.full(n, -1, np.int32)
    edge = np.full(n, -1, np.int32)
    settled = np.zeros(n, np.bool_)
    room = 1024
    keys = np.empty(room, np.float64)
    nodes = np.empty(room, np.int32)
    keys[0], nodes[0] = 0.0, source
    cost[source] = 0.0
    size = 1
    while size:
        u = nodes[0]
        size -= 1
        key, node = keys[size], nodes[size]
        i = 0
        while True:  # the last one sinks from the top
            child = 2 * i + 1
            if child >= size:
                break
            if child + 1 < size and keys[child + 1] < keys[child]:
                child += 1
            if keys[child] >= key:
                break
            keys[i], nodes[i] = keys[child], nodes[child]
            i = child
        keys[i], nodes[i] = key, node
        if settled[u]:
            continue
        settled[u] = True
        if u == target:
            break
        for k in range(starts[u], starts[u + 1]):
            v = heads[k]
            length = cost[u] + weight[edges[k]]
            if not settled[v] and length < cost[v]:
                cost[v], parent[v], edge[v] = length, u, edges[k]
                if size == room:
                    longer_keys = np.empty(2 * room, np.float64)
                    longer_nodes = np.empty(2 * room, np.int32)
                    longer_keys[:room], longer_nodes[:room] = keys, nodes
                    keys, nodes, room = longer_keys, longer_nodes, 2 * room
                i = size
                size += 1
                while i and keys[(i - 1) // 2] > length:
                    keys[i], nodes[i] = keys[(i - 1) // 2], nodes[(i - 1) // 2]
                    i = (i - 1) // 2
                keys[i], nodes[i] = length, v
    return cost, parent, edge, settled


@njit(cache=True, nogil=True)
def strong(starts: Any, heads: Any) -> Any:
    """Strongly connected components (Tarjan 1972): codes that never rise along an arc."""
    n = len(starts) - 1
    index = np.full(n, -1, np.int32)
    low = np.zeros(n, np.int32)
    code = np.full(n, -1, np.int32)
    at = np.zeros(n, np.int64)
    stack = np.empty(n, np.int32)
    trail = np.empty(n, np.int32)
    counter = kept = found = 0
    for first in range(n):
        if index[first] >= 0:
            continue
        deep = 1
        trail[0] = first
        index[first] = low[first] = counter
        counter += 1
        stack[kept] = first
        kept += 1
        at[first] = starts[first]
        while deep:
            u = trail[deep - 1]
            if at[u] < starts[u + 1]:
                v = heads[at[u]]
                at[u] += 1
                if index[v] < 0:
                    index[v] = low[v] = counter
                    counter += 1
                    stack[kept] = v
                    kept += 1
                    at[v] = starts[v]
                    trail[deep] = v
                    deep += 1
                elif code[v] < 0 and index[v] < low[u]:
                    low[u] = index[v]
                continue
            deep -= 1
            if deep and low[u] < low[trail[deep - 1]]:
                low[trail[deep - 1]] = low[u]
            if low[u] == index[u]:
                while True:
                    kept -= 1
                    code[stack[kept]] = found
                    if stack[kept] == u:
                        break
                found += 1
    return code


@njit(cache=True, nogil=True)
def kahn(starts: Any, heads: Any) -> Any:
    """A topological order (Kahn 1962); shorter than the graph when it has a cycle."""
    n = len(starts) - 1
    waiting = np.zeros(n, np.int64)
    for k in range(len(heads)):
        waiting[heads[k]] += 1
    order = np.empty(n, np.int32)
    count = 0
    for u in range(n):
        if waiting[u] == 0:
            order[count] = u
            count += 1
    at = 0
    while at < count:
        u = order[at]
        at += 1
        for k in range(starts[u], starts[u + 1]):
            v = heads[k]
            waiting[v] -= 1
            if waiting[v] == 0:
                order[count] = v
                count += 1
    return order[:count].copy()


@njit(cache=True, nogil=True)
def directed_cycle(starts: Any, heads: Any) -> Any:
    """The nodes of some directed cycle in order; none when there is none. Depth-first."""
    n = len(starts) - 1
    state = np.zeros(n, np.int8)
    at = starts[:-1].copy()
    trail = np.empty(n + 1, np.int32)
    for first in range(n):
        if state[first]:
            continue
        trail[0] = first
        state[first] = 1
        deep = 1
        while deep:
            u = trail[deep - 1]
            if at[u] == starts[u + 1]:
                state[u] = 2
                deep -= 1
                continue
            v = heads[at[u]]
            at[u] += 1
            if state[v] == 1:
                begin = deep - 1
                while trail[begin] != v:
                    begin -= 1
                return trail[begin:deep].copy()
            if state[v] == 0:
                state[v] = 1
                trail[deep] = v
                deep += 1
    return trail[:0].copy()


@njit(cache=True, nogil=True)
def peel(starts: Any, heads: Any) -> Any:
    """Core numbers and the order in which nodes of least remaining degree go (Batagelj & Zaversnik 2003)."""
    n = len(starts) - 1
    degree = np.empty(n, np.int64)
    most = 0
    for u in range(n):
        degree[u] = starts[u + 1] - starts[u]
        most = max(most, degree[u])
    bins = np.zeros(most + 2, np.int64)
    for u in range(n):
        bins[degree[u] + 1] += 1
    for d in range(most + 1):
        bins[d + 1] += bins[d]
    free = bins[:-1].copy()
    place = np.empty(n, np.int64)
    order = np.empty(n, np.int32)
    for u in range(n):
        place[u] = free[degree[u]]
        order[place[u]] = u
        free[degree[u]] += 1
    for i in range(n):
        u = order[i]
        for k in range(starts[u], starts[u + 1]):
            v = heads[k]
            if degree[v] > degree[u]:
                d = degree[v]
                first = order[bins[d]]
                if first != v:
                    order[place[v]], order[bins[d]] = first, v
                    place[first], place[v] = place[v], bins[d]
                bins[d] += 1
                degree[v] -= 1
    return degree, order


@njit(cache=True, nogil=True)
def triangles(starts: Any, heads: Any, rank: Any) -> Any:
    """Triangles at each node, each found from its node of lowest rank. O(m ** 1.5)."""
    n = len(starts) - 1
    first = np.zeros(n + 1, np.int64)
    for u in range(n):
        for k in range(starts[u], starts[u + 1]):
            if rank[heads[k]] > rank[u]:
                first[u + 1] += 1
    for u in range(n):
        first[u + 1] += first[u]
    up = np.empty(first[n], np.int32)
    for u in range(n):
        at = first[u]
        for k in range(starts[u], starts[u + 1]):
            if rank[heads[k]] > rank[u]:
                up[at] = heads[k]
                at += 1
    seen = np.full(n, -1, np.int32)
    count = np.zeros(n, np.int64)
    for u in range(n):
        for k in range(first[u], first[u + 1]):
            seen[up[k]] = u
        for k in range(first[u], first[u + 1]):
            v = up[k]
            for j in range(first[v], first[v + 1]):
                w = up[j]
                if seen[w] == u:
                    count[u] += 1
                    count[v] += 1
                    count[w] += 1
    return count


@njit(cache=True, nogil=True)
def kruskal(n: int, source: Any, target: Any, order: Any) -> Any:
    """Edges of a spanning forest, taken in the given order."""
    up = np.arange(n).astype(np.int32)
    taken = np.empty(max(n, 1), np.int64)
    count = 0
    for i in range(len(order)):
        u, v = source[order[i]], target[order[i]]
        while up[u] != u:
            up[u] = up[up[u]]
            u = up[u]
        while up[v] != v:
            up[v] = up[up[v]]
            v = up[v]
        if u != v:
            up[u] = v
            taken[count] = order[i]
            count += 1
    return taken[:count].copy()


@njit(cache=True, nogil=True)
def bridges(starts: Any, heads: Any, edges: Any) -> Any:
    """Which edges lie on no cycle, by the lowest place that a depth-first search reaches again (Tarjan 1974)."""
    n = len(starts) - 1
    index = np.full(n, -1, np.int32)
    low = np.zeros(n, np.int32)
    by = np.full(n, -1, np.int32)
    at = starts[:-1].copy()
    trail = np.empty(n, np.int32)
    most = 0
    for k in range(len(edges)):
        most = max(most, edges[k] + 1)
    found = np.zeros(most, np.bool_)
    counter = 0
    for root in range(n):
        if index[root] >= 0:
            continue
        index[root] = low[root] = counter
        counter += 1
        trail[0] = root
        deep = 1
        while deep:
            u = trail[deep - 1]
            if at[u] < starts[u + 1]:
                v, e = heads[at[u]], edges[at[u]]
                at[u] += 1
                if e == by[u]:
                    continue
                if index[v] < 0:
                    by[v] = e
                    index[v] = low[v] = counter
                    counter += 1
                    trail[deep] = v
                    deep += 1
                elif index[v] < low[u]:
                    low[u] = index[v]
                continue
            deep -= 1
            if deep:
                p = trail[deep - 1]
                low[p] = min(low[p], low[u])
                if low[u] > index[p]:
                    found[by[u]] = True
    return found


@njit(cache=True, nogil=True)
def propagate(starts: Any, heads: Any, order: Any, rounds: int) -> Any:
    """Label propagation: nodes in the given order take the most common label around, their own or the least on ties."""
    n = len(starts) - 1
    label = np.arange(n).astype(np.int32)
    count = np.zeros(n, np.int32)
    for _ in range(rounds):
        changed = 0
        for i in range(n):
            u = order[i]
            best = 0
            for k in range(starts[u], starts[u + 1]):
                count[label[heads[k]]] += 1
                best = max(best, count[label[heads[k]]])
            if best:
                chosen = label[u] if count[label[u]] == best else n
                if chosen == n:
                    for k in range(starts[u], starts[u + 1]):
                        if count[label[heads[k]]] == best:
                            chosen = min(chosen, label[heads[k]])
                for k in range(starts[u], starts[u + 1]):
                    count[label[heads[k]]] = 0
                if chosen != label[u]:
                    label[u] = chosen
                    changed += 1
        if not changed:
            break
    return label
