"""What makes an answer to a graph algorithm of CLRS right, whichever way it breaks ties: plain loops over matrices."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

Matrix = list[list[float]]
_EPSILON = 1e-9


def is_row(value: Any, n: int) -> bool:
    """Whether it is a list of n."""
    return isinstance(value, list) and len(value) == n


def is_pointer(value: Any, n: int) -> bool:
    """Whether it is one of n places."""
    return isinstance(value, int) and 0 <= value < n


def _neighbours(A: Matrix) -> list[list[int]]:
    return [[v for v, x in enumerate(row) if x != 0] for row in A]


def _distances(A: Matrix, s: int, *, hops: bool = False) -> list[float]:
    """By rounds over all edges."""
    n = len(A)
    far = [0.0 if v == s else math.inf for v in range(n)]
    for _ in range(n):
        for u in range(n):
            for v in range(n):
                if A[u][v] != 0:
                    far[v] = min(far[v], far[u] + (1 if hops else A[u][v]))
    return far


def _tree(A: Matrix, s: int, pi: Any, far: list[float], *, hops: bool = False) -> bool:
    """Whether each reached node's pointer is the last edge of a way as short as its distance, and others point home."""
    n = len(A)
    if not is_row(pi, n) or not all(is_pointer(p, n) for p in pi) or pi[s] != s:
        return False
    for v, p in enumerate(pi):
        if v == s:
            continue
        if far[v] == math.inf or p == v:
            if far[v] != math.inf or p != v:
                return False
        elif A[p][v] == 0 or abs(far[p] + (1 if hops else A[p][v]) - far[v]) > _EPSILON:
            return False
    return True


def _bfs(A: Matrix, s: int, pi: Any) -> bool:
    return _tree(A, s, pi, _distances(A, s, hops=True), hops=True)


def _shortest(A: Matrix, s: int, pi: Any) -> bool:
    return _tree(A, s, pi, _distances(A, s))


def _floyd_warshall(A: Matrix, Pi: Any) -> bool:
    """Each row a shortest-path tree; a node's pointer to itself is of no account."""
    n = len(A)
    if not all(is_row(row, n) for row in Pi):
        return False
    for s, row in enumerate(Pi):
        far = _distances(A, s)
        if any(row[v] != s for v in range(n) if far[v] == math.inf):
            return False
        own = [v if far[v] == math.inf or v == s else p for v, p in enumerate(row)]
        if not _tree(A, s, own, far):
            return False
    return True


def _dfs(A: Matrix, pi: Any) -> bool:
    """Whether some order of roots and neighbours gives this forest.

    It does if its edges are edges of the graph, and the trees beside each other can be put in an order in which no edge
    leads from an earlier to a later one: such an edge would have been taken.
    """
    n = len(A)
    if not all(is_pointer(p, n) for p in pi):
        return False
    up: list[list[int]] = []  # from each node to its root, then -1
    for v in range(n):
        way = [v]
        while pi[way[-1]] != way[-1]:
            if A[pi[way[-1]]][way[-1]] == 0 or len(way) > n:
                return False
            way.append(pi[way[-1]])
        up.append([*way, -1])
    before: dict[int, set[int]] = {v: set() for v in range(n)}
    for u, nexts in enumerate(_neighbours(A)):
        for v in nexts:
            if u in up[v] or v in up[u]:
                continue
            common = next(w for w in up[u] if w in up[v])
            mine, other = up[u][up[u].index(common) - 1], up[v][up[v].index(common) - 1]
            before[mine].add(other)  # the tree with v comes before the tree with u
    return _orderable(before)


def _orderable(before: Mapping[int, set[int]]) -> bool:
    left = {v: set(others) for v, others in before.items()}
    while left:
        free = [v for v, others in left.items() if not others & left.keys()]
        if not free:
            return False
        for v in free:
            del left[v]
    return True


def _topological_sort(A: Matrix, topo: Any, head: Any) -> bool:
    n = len(A)
    if not is_row(topo, n) or not is_pointer(head, n) or not all(is_pointer(p, n) for p in topo):
        return False
    order = [head]
    while topo[order[-1]] != order[-1] and len(order) <= n:
        order.append(topo[order[-1]])
    place = {v: i for i, v in enumerate(order)}
    return len(order) == n == len(place) and all(
        place[u] < place[v] for u, row in enumerate(_neighbours(A)) for v in row
    )


def _reached(A: Matrix, s: int) -> set[int]:
    nexts, found, queue = _neighbours(A), {s}, [s]
    for u in queue:
        for v in nexts[u]:
            if v not in found:
                found.add(v)
                queue.append(v)
    return found


def _components(A: Matrix, ids: Any) -> bool:
    """One name for each component, that of a member."""
    n = len(A)
    ways = [_reached(A, s) for s in range(n)]
    if not all(is_pointer(name, n) for name in ids):
        return False
    mutual = [{v for v in ways[u] if u in ways[v]} for u in range(n)]
    return all(ids[u] in mutual[u] and (ids[u] == ids[v]) == (v in mutual[u]) for u in range(n) for v in range(n))


def _without(A: Matrix, gone: set[int], cut: tuple[int, int] | None = None) -> Matrix:
    return [
        [0 if u in gone or v in gone or cut in ((u, v), (v, u)) else x for v, x in enumerate(row)]
        for u, row in enumerate(A)
    ]


def _cut_nodes(A: Matrix, is_cut: Any) -> bool:
    for v, said in enumerate(is_cut):
        near = [u for u in _neighbours(A)[v] if u != v]
        parts = bool(near) and not set(near) <= _reached(_without(A, {v}), near[0])
        if said != int(parts):
            return False
    return True


def _bridges(A: Matrix, is_bridge: Any) -> bool:
    n = len(A)
    if not all(is_row(row, n) for row in is_bridge):
        return False
    for u in range(n):
        for v in range(n):
            due = 0 if u == v else -1
            if u != v and A[u][v] != 0:
                due = int(v not in _reached(_without(A, set(), (u, v)), u))
            if is_bridge[u][v] != due:
                return False
    return True


def _least_forest(A: Matrix) -> dict[frozenset[int], float]:
    """The total weight of a least spanning tree, for each component, by its nodes: trees grown edge by edge."""
    found: dict[frozenset[int], float] = {}
    for s in range(len(A)):
        whole = frozenset(_reached(A, s))
        if whole in found:
            continue
        inside, total = {s}, 0.0
        while len(inside) < len(whole):
            x, v = min((A[u][v], v) for u in inside for v in whole - inside if A[u][v] != 0)
            inside.add(v)
            total += x
        found[whole] = total
    return found


def _forest_weight(A: Matrix, edges: list[tuple[int, int]]) -> float | None:
    """The weight of a forest; None where an edge is none or closes a cycle."""
    part = list(range(len(A)))
    for u, v in edges:
        if A[u][v] == 0 or part[u] == part[v]:
            return None
        part = [part[u] if p == part[v] else p for p in part]
    return sum(A[u][v] for u, v in edges)


def _prim(A: Matrix, s: int, pi: Any) -> bool:
    n = len(A)
    if not all(is_pointer(p, n) for p in pi) or pi[s] != s:
        return False
    whole = frozenset(_reached(A, s))
    edges = [(p, v) for v, p in enumerate(pi) if p != v]
    weight = _forest_weight(A, edges)
    spans = {v for _, v in edges} == whole - {s}
    return spans and weight is not None and abs(weight - _least_forest(A)[whole]) <= _EPSILON


def _kruskal(A: Matrix, in_mst: Any) -> bool:
    n = len(A)
    if not all(is_row(row, n) for row in in_mst):
        return False
    if any(in_mst[u][v] not in (0, 1) or in_mst[u][v] != in_mst[v][u] for u in range(n) for v in range(n)):
        return False
    edges = [(u, v) for u in range(n) for v in range(u, n) if in_mst[u][v]]
    weight, least = _forest_weight(A, edges), _least_forest(A)
    due = sum(len(part) - 1 for part in least)
    return weight is not None and len(edges) == due and abs(weight - sum(least.values())) <= _EPSILON


CHECKS: Mapping[str, Callable[..., bool]] = {
    "bfs": _bfs,
    "dfs": _dfs,
    "topological_sort": _topological_sort,
    "strongly_connected_components": _components,
    "articulation_points": _cut_nodes,
    "bridges": _bridges,
    "mst_prim": _prim,
    "mst_kruskal": _kruskal,
    "bellman_ford": _shortest,
    "dijkstra": _shortest,
    "dag_shortest_paths": _shortest,
    "floyd_warshall": _floyd_warshall,
}
