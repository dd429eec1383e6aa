"""Breadth-first search and shortest paths: Moore (1959), Bellman (1958), Dijkstra (1959), Floyd and Warshall (1962)."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphs.clrs.recorder import Array, Recorder
from graphs.errors import NegativeCycle


def rows(A: Array) -> list[list[tuple[int, float]]]:
    """The out-neighbours of each node with the weights of their edges, lowest first."""
    return [[(v, weight) for v, weight in enumerate(row) if weight != 0] for row in A.tolist()]


def bfs(trace: Recorder, A: Array, s: int) -> dict[str, Any]:
    """Layers of nodes; each node points to its lowest neighbour in the layer before. O(n + m) and the copies."""
    ways = rows(A)
    n = len(ways)
    reach, pi = [0] * n, list(range(n))
    reach[s] = 1
    trace.watch(reach_h=reach, pi_h=pi)
    layer = [s]
    while layer:
        trace.note()
        following = []
        for u in sorted(layer):
            for v, _ in ways[u]:
                if not reach[v]:
                    reach[v], pi[v] = 1, u
                    following.append(v)
        layer = following
    return {"pi": pi}


def bellman_ford(trace: Recorder, A: Array, s: int) -> dict[str, Any]:
    """Rounds over all edges until no distance changes. O(n m)."""
    ways = rows(A)
    n = len(ways)
    d, msk, pi = [0.0] * n, [0] * n, list(range(n))
    msk[s] = 1
    trace.watch(pi_h=pi, d=d, msk=msk)
    for _ in range(n + 1):
        trace.note()
        before, known = d.copy(), [u for u in range(n) if msk[u]]
        for u in known:
            far = before[u]
            for v, weight in ways[u]:
                if not msk[v] or far + weight < d[v]:
                    d[v], pi[v], msk[v] = far + weight, u, 1
        if d == before:
            return {"pi": pi}
    raise NegativeCycle("a cycle of negative weight can be reached from s, so there are no shortest paths")


def dijkstra(trace: Recorder, A: Array, s: int) -> dict[str, Any]:
    """The nearest node is settled next. O(n^2)."""
    return _settle(trace, "d", A, s, along=True)


def mst_prim(trace: Recorder, A: Array, s: int) -> dict[str, Any]:
    """The node with the lightest link to the tree joins it next: Prim (1957). O(n^2)."""
    return _settle(trace, "key", A, s, along=False)


def _settle(trace: Recorder, name: str, A: Array, s: int, *, along: bool) -> dict[str, Any]:
    """Take the queued node of least key, lowest of equals, and offer keys to those it leads to."""
    ways = rows(A)
    n = len(ways)
    key, mark, in_queue, pi = [0.0] * n, [0] * n, [0] * n, list(range(n))
    in_queue[s] = 1
    queue = {s}
    trace.watch(pi_h=pi, mark=mark, in_queue=in_queue, **{name: key})
    trace.note(u=s)
    while queue:
        u = min(queue, key=lambda v: (key[v], v))
        queue.remove(u)
        mark[u], in_queue[u] = 1, 0
        for v, weight in ways[u]:
            offer = key[u] + weight if along else weight
            if not mark[v] and (not in_queue[v] or offer < key[v]):
                pi[v], key[v], in_queue[v] = u, offer, 1
                queue.add(v)
        trace.note(u=u)
    return {"pi": pi}


def floyd_warshall(trace: Recorder, A: Array) -> dict[str, Any]:
    """Shortest ways that pass through the first k nodes only, for each k. O(n^3), a round at a time.

    The way from a node to itself is its self-loop where it has one, as in the benchmark, unless a shorter closed walk
    is found.
    """
    n = len(A)
    D = A.astype(np.float64)
    msk = ((A + np.eye(n)) != 0).astype(np.float64)
    Pi = np.repeat(np.arange(n), n).reshape(n, n)
    trace.watch(Pi_h=Pi, D=D, msk=msk)
    for k in range(n):
        if (D.diagonal() < 0).any():
            break
        trace.note(k=k)
        # Row k itself does not change in round k, as no closed walk is shorter than 0.
        joined = (msk[:, k, None] > 0) & (msk[k] > 0)
        through = D[:, k, None] + D[k]
        better = joined & ((msk == 0) | (through < D))
        D[better] = through[better]
        np.copyto(Pi, Pi[k], where=better)
        msk[joined] = 1
    if (D.diagonal() < 0).any():
        raise NegativeCycle("a cycle of negative weight makes shortest walks unbounded")
    return {"Pi": Pi}
