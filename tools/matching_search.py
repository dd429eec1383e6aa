"""Matching algorithms on index graphs: Edmonds' blossoms, Hopcroft-Karp, the Hungarian method, and dual weights."""

from __future__ import annotations

import math
from collections import deque
from typing import Any

Neighbours = list[list[int]]


class Blossoms:
    """Maximum matching of a general graph by alternating searches that shrink odd cycles (Edmonds 1965), O(n³)."""

    def __init__(self, around: Neighbours) -> None:
        self.around, self.n = around, len(around)
        self.mate = [-1] * self.n
        for u in range(self.n):
            if self.mate[u] < 0:
                v = next((v for v in around[u] if self.mate[v] < 0), None)
                if v is not None:
                    self.mate[u], self.mate[v] = v, u
        for root in range(self.n):
            if self.mate[root] < 0:
                self._augment(root)

    def outer(self) -> set[int]:
        """Nodes that some maximum matching leaves free: those at even distance from a free node (Gallai, Edmonds)."""
        found: set[int] = set()
        for root in range(self.n):
            if self.mate[root] < 0:
                self._search(root)
                found |= {v for v in range(self.n) if self.used[v]}
        return found

    def _augment(self, root: int) -> None:
        v = self._search(root)
        while v >= 0:
            before = self.parent[v]
            after = self.mate[before]
            self.mate[v], self.mate[before] = before, v
            v = after

    def _search(self, root: int) -> int:
        """A free node that an alternating path joins to `root`, or -1."""
        self.used, self.parent = [False] * self.n, [-1] * self.n
        self.base = list(range(self.n))
        self.used[root] = True
        queue = deque([root])
        while queue:
            u = queue.popleft()
            for v in self.around[u]:
                if self.base[u] == self.base[v] or self.mate[u] == v:
                    continue
                if v == root or (self.mate[v] >= 0 and self.parent[self.mate[v]] >= 0):
                    self._shrink(u, v, queue)
                elif self.parent[v] < 0:
                    self.parent[v] = u
                    if self.mate[v] < 0:
                        return v
                    self.used[self.mate[v]] = True
                    queue.append(self.mate[v])
        return -1

    def _shrink(self, u: int, v: int, queue: deque[int]) -> None:
        top = self._meeting(u, v)
        inside = [False] * self.n
        for start, child in ((u, v), (v, u)):
            node, below = start, child
            while self.base[node] != top:
                inside[self.base[node]] = inside[self.base[self.mate[node]]] = True
                self.parent[node] = below
                below = self.mate[node]
                node = self.parent[below]
        for node in range(self.n):
            if inside[self.base[node]]:
                self.base[node] = top
                if not self.used[node]:
                    self.used[node] = True
                    queue.append(node)

    def _meeting(self, u: int, v: int) -> int:
        seen = set()
        while True:
            u = self.base[u]
            seen.add(u)
            if self.mate[u] < 0:
                break
            u = self.parent[self.mate[u]]
        while self.base[v] not in seen:
            v = self.parent[self.mate[self.base[v]]]
        return self.base[v]


def hopcroft_karp(around: Neighbours, right: int) -> tuple[list[int], list[bool], list[bool]]:
    """Partner of each left node (-1: none), and which left and right nodes alternating paths from free left reach.

    Hopcroft and Karp (1973), O(m √n).
    """
    left = len(around)
    mate, back = [-1] * left, [-1] * right
    while True:
        level = [0 if mate[u] < 0 else -1 for u in range(left)]
        queue = deque(u for u in range(left) if mate[u] < 0)
        seen = [False] * right
        free = False
        while queue:
            u = queue.popleft()
            for v in around[u]:
                seen[v] = True
                if back[v] < 0:
                    free = True
                elif level[back[v]] < 0:
                    level[back[v]] = level[u] + 1
                    queue.append(back[v])
        if not free:
            return mate, [d >= 0 for d in level], seen
        pointer = [0] * left
        for root in range(left):
            if mate[root] < 0:
                _lengthen(root, around, mate, back, level, pointer)


def _lengthen(
    root: int, around: Neighbours, mate: list[int], back: list[int], level: list[int], pointer: list[int]
) -> None:
    path = [root]
    while path:
        u = path[-1]
        if pointer[u] == len(around[u]):
            path.pop()
            continue
        v = around[u][pointer[u]]
        pointer[u] += 1
        if back[v] < 0:
            for u in reversed(path):
                before = mate[u]
                mate[u], back[v] = v, u
                v = before
            return
        if level[back[v]] == level[u] + 1:
            path.append(back[v])


def hungarian(cost: list[list[Any]]) -> tuple[list[int], list[Any], list[Any]]:
    """Column of each row in a cheapest assignment, and potentials of rows and columns.

    cost: [rows, columns] with rows <= columns. The potentials satisfy u[i] + v[j] <= cost[i][j], equal on assigned
    pairs, v <= 0, and v = 0 on free columns. Kuhn (1955), Munkres (1957), O(rows² columns).
    """
    rows, columns = len(cost), len(cost[0]) if cost else 0
    u: list[Any] = [0] * (rows + 1)
    v: list[Any] = [0] * (columns + 1)
    owner = [0] * (columns + 1)
    for row in range(1, rows + 1):
        owner[0], column = row, 0
        least: list[Any] = [math.inf] * (columns + 1)
        way, used = [0] * (columns + 1), [False] * (columns + 1)
        while owner[column]:
            used[column] = True
            i, step, after = owner[column], math.inf, 0
            for j in range(1, columns + 1):
                if used[j]:
                    continue
                slack = cost[i - 1][j - 1] - u[i] - v[j]
                if slack < least[j]:
                    least[j], way[j] = slack, column
                if least[j] < step:
                    step, after = least[j], j
            for j in range(columns + 1):
                if used[j]:
                    u[owner[j]] += step
                    v[j] -= step
                else:
                    least[j] -= step
            column = after
        while column:
            owner[column] = owner[way[column]]
            column = way[column]
    assigned = [-1] * rows
    for j in range(1, columns + 1):
        if owner[j]:
            assigned[owner[j] - 1] = j - 1
    return assigned, u[1:], v[1:]


def dual_weights(
    n: int, edges: dict[tuple[int, int], float], *, perfect: bool, rounds: int = 30
) -> tuple[list[float], list[tuple[list[int], float]]] | None:
    """Node labels y and odd-set values z >= 0 of the matching linear program (Edmonds 1965), by cutting planes.

    Maximum weight: y >= 0, and y(u) + y(v) + z of the sets around both ends >= weight. Minimum weight `perfect`:
    y(u) + y(v) + z of the sets around exactly one end <= weight. Odd sets are added where the fractional matching
    violates them; only connected sets of its support are looked for, so the values may fall short of a proof.
    """
    import numpy as np
    from scipy.optimize import linprog
    from scipy.sparse import lil_array

    if not edges:
        return [0.0] * n, []
    pairs, sets = list(edges), list[list[int]]()
    weight = np.array([edges[p] for p in pairs], dtype=float)
    while True:
        # columns: edges; rows: nodes, then odd sets
        body = lil_array((n + len(sets), len(pairs)))
        for column, (u, v) in enumerate(pairs):
            body[u, column] = body[v, column] = 1
            for row, odd in enumerate(sets):
                ends = (u in odd) + (v in odd)
                if ends == (1 if perfect else 2):
                    body[n + row, column] = -1 if perfect else 1
        matrix = body.tocsr()
        limits = [-1.0 if perfect else (len(odd) - 1) / 2 for odd in sets]
        if perfect:
            upper = {"A_ub": matrix[n:], "b_ub": limits} if sets else {}
            solved = linprog(weight, A_eq=matrix[:n], b_eq=np.ones(n), bounds=(0, None), method="highs", **upper)
        else:
            bound = np.concatenate([np.ones(n), limits])
            solved = linprog(-weight, A_ub=matrix, b_ub=bound, bounds=(0, None), method="highs")
        if solved.status != 0:
            return None
        fresh = [odd for odd in _odd_sets(n, pairs, solved.x, perfect) if odd not in sets]
        if not fresh or rounds == 0:
            marginals = solved.eqlin.marginals if perfect else -solved.ineqlin.marginals[:n]
            above = -solved.ineqlin.marginals[0 if perfect else n :] if sets else []
            return [_tidy(x) for x in marginals], [(s, _tidy(z)) for s, z in zip(sets, above) if abs(z) > 1e-9]
        sets += fresh
        rounds -= 1


def _odd_sets(n: int, pairs: list[tuple[int, int]], share: Any, perfect: bool) -> list[list[int]]:
    around: Neighbours = [[] for _ in range(n)]
    for (u, v), x in zip(pairs, share):
        if x > 1e-7 and (perfect or x < 1 - 1e-7):
            around[u].append(v)
            around[v].append(u)
    found, seen = [], [False] * n
    for start in range(n):
        piece, queue = [], [start]
        while queue:
            u = queue.pop()
            if not seen[u]:
                seen[u] = True
                piece.append(u)
                queue += around[u]
        if len(piece) >= 3 and len(piece) % 2:
            found.append(sorted(piece))
    return found


def _tidy(x: float) -> float:
    """Half-integers where the value is one but for rounding: so are the dual weights of whole-number instances."""
    near = round(2 * x) / 2
    return near if abs(near - x) < 1e-6 else float(x)
