"""Exact search for NP-hard sets under a time limit: cliques by branch and bound, hitting sets by integer programming.

Each search also gives a dual: weighted sets that bound every solution, so that a checker needs no search.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Mapping
from typing import Any

from tools.clock import Clock

Around = Mapping[Any, set[Any]]
Worth = Mapping[Any, Any]  # int or Fraction for each element
Shares = list[tuple[list[Any], Any]]  # sets with a value each
DEEPEST = 700  # clique nodes on one branch; Python's stack allows about a thousand


def heaviest_clique(around: Around, worth: Worth, seconds: float) -> tuple[list[Any], bool]:
    """A clique of greatest total worth, and whether the search finished. Worths must be positive.

    Branch and bound on bit sets; candidates coloured greedily, a colour class counting its worthiest node (Tomita and
    Seki 2003, Kumlander 2004).
    """
    nodes = sorted(around, key=lambda v: (len(around[v]), worth[v]))
    at = {node: i for i, node in enumerate(nodes)}
    bits = [sum(1 << at[v] for v in around[u]) for u in nodes]
    value = [worth[node] for node in nodes]
    best: list[int] = []
    top: Any = 0
    for start in range(len(nodes)):  # greedy cliques first
        clique, candidates = [start], bits[start]
        while candidates:
            v = candidates.bit_length() - 1
            clique.append(v)
            candidates &= bits[v]
        if sum(value[i] for i in clique) > top:
            best, top = clique, sum(value[i] for i in clique)
    deadline = Clock(seconds)
    finished = True

    def bounded(candidates: int) -> list[tuple[int, Any]]:
        found: list[tuple[int, Any]] = []
        bound: Any = 0
        while candidates:
            free, most, members = candidates, 0, []
            while free:
                v = free.bit_length() - 1
                free &= ~(1 << v) & ~bits[v]
                members.append(v)
                candidates &= ~(1 << v)
                most = max(most, value[v])
            bound += most
            found += [(v, bound) for v in members]
        return found

    def expand(chosen: list[int], candidates: int, total: Any) -> None:
        nonlocal best, top, finished
        if deadline.over or len(chosen) > DEEPEST:
            finished = False
            return
        for v, bound in reversed(bounded(candidates)):
            if total + bound <= top:
                return
            chosen.append(v)
            if total + value[v] > top:
                best, top = list(chosen), total + value[v]
            if candidates & bits[v]:
                expand(chosen, candidates & bits[v], total + value[v])
            chosen.pop()
            candidates &= ~(1 << v)
            if not finished:
                return

    if nodes:
        expand([], (1 << len(nodes)) - 1, 0)
    return [nodes[i] for i in best], finished


def independent_classes(around: Around, worth: Worth) -> Shares:
    """Independent sets with values that cover every node's worth: their sum bounds every clique's worth."""
    left = {node: worth[node] for node in sorted(around, key=lambda v: -len(around[v]))}
    classes: Shares = []
    while left:
        members: list[Any] = []
        barred: set[Any] = set()
        for node in left:
            if node not in barred:
                members.append(node)
                barred |= around[node]
        share = min(left[node] for node in members)
        classes.append((members, share))
        for node in members:
            left[node] -= share
            if left[node] == 0:
                del left[node]
    return classes


def opposite(around: Around) -> dict[Any, set[Any]]:
    """Neighbour sets of the complement."""
    every = set(around)
    return {node: every - near - {node} for node, near in around.items()}


def heaviest_independent_set(around: Around, worth: Worth, seconds: float) -> tuple[list[Any], bool, Shares]:
    """An independent set of greatest worth, whether that is sure, and cliques with values that bound every such set.

    Sparse graphs go to an integer program with one row for each clique of an edge clique cover, dense ones to
    `heaviest_clique` on the complement.
    """
    n, m = len(around), sum(map(len, around.values())) // 2
    if 3 * m > n * (n - 1) // 2 and n <= 2000:
        other = opposite(around)
        chosen, sure = heaviest_clique(other, worth, seconds)
        return chosen, sure, independent_classes(other, worth)
    rows = _clique_rows(around)
    nodes = list(around)
    taken, sure, shares = _program(nodes, worth, rows, seconds, most_one=True)
    if taken is None:
        taken = _greedy_independent(around, worth)
    return taken, sure, [(rows[i], share) for i, share in shares if share]


def _clique_rows(around: Around) -> list[list[Any]]:
    """Cliques that contain every node and edge, grown greedily."""
    covered: set[tuple[Any, Any]] = set()
    rows: list[list[Any]] = []
    for u, near in around.items():
        if not near:
            rows.append([u])
        for v in near:
            if (u, v) in covered:
                continue
            row, common = [u, v], near & around[v]
            while common:
                w = max(common, key=lambda x: len(around[x] & common))
                row.append(w)
                common = common & around[w]
            covered |= {(a, b) for a in row for b in row}
            rows.append(row)
    return rows


def _greedy_independent(around: Around, worth: Worth) -> list[Any]:
    chosen: list[Any] = []
    barred: set[Any] = set()
    for node in sorted(around, key=lambda v: (len(around[v]) + 1) / worth[v]):
        if node not in barred:
            chosen.append(node)
            barred |= around[node]
    return chosen


def _program(
    items: list[Any], worth: Worth, rows: list[list[Any]], seconds: float, *, most_one: bool
) -> tuple[list[Any] | None, bool, list[tuple[int, float]]]:
    """Choose items: most worth with at most one in each row, or least worth with at least one in each row.

    Returns the choice (None when the time did not suffice for any), whether it is optimal, and a dual value of each
    row from the linear relaxation.
    """
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, linprog, milp
    from scipy.sparse import csr_array

    if not items or not rows:
        return ([] if not most_one else list(items)), True, []
    deadline = Clock(seconds)
    at = {item: i for i, item in enumerate(items)}
    columns = [at[item] for row in rows for item in row]
    starts = np.cumsum([0, *map(len, rows)])
    matrix = csr_array((np.ones(len(columns)), columns, starts), shape=(len(rows), len(items)))
    sign = -1.0 if most_one else 1.0
    cost = sign * np.array([float(worth[item]) for item in items])
    relaxed = linprog(
        cost,
        A_ub=-sign * matrix,
        b_ub=np.full(len(rows), -sign),
        bounds=(0, None),
        method="highs",
        options={"time_limit": max(0.05, deadline.left)},
    )
    shares = [(i, abs(float(y))) for i, y in enumerate(relaxed.ineqlin.marginals)] if relaxed.status == 0 else []
    limits = LinearConstraint(matrix, *((-math.inf, 1) if most_one else (1, math.inf)))
    solved = milp(
        cost,
        constraints=limits,
        integrality=np.ones(len(items)),
        bounds=Bounds(0, 1),
        options={"time_limit": max(0.05, deadline.left), "mip_rel_gap": 0.0},
    )
    if solved.x is None:
        return None, False, shares
    return [item for item, x in zip(items, solved.x) if x > 0.5], solved.status == 0, shares


def least_hitting_set(
    items: list[Any], worth: Worth, unhit: Callable[[set[Any]], list[list[Any]]], seconds: float
) -> tuple[list[Any], bool, Shares]:
    """The cheapest set of items that meets every set of a family given by an oracle.

    unhit: sets that a choice misses, none when it misses none. Returns the choice, whether it is optimal, and the sets
    met on the way with dual values (0 where they do not matter): they bound every choice from below. Implicit hitting
    sets (Moreno-Centeno and Karp 2013); each round is an integer program.
    """
    deadline = Clock(seconds)
    known: dict[frozenset[Hashable], list[Any]] = {}
    best = _greedy_hits(worth, unhit, known, deadline)
    shares: list[tuple[int, float]] = []
    sure = False
    while not deadline.over:
        rows = list(known.values())
        chosen, optimal, fresh = _program(items, worth, rows, deadline.left, most_one=False)
        shares = fresh or shares
        if chosen is None or not optimal:
            break
        missed = unhit(set(chosen))
        if not missed:
            best, sure = chosen, True
            break
        known.update({frozenset(row): row for row in missed})
    rows = list(known.values())
    values = dict(shares) if shares else _packed(rows, worth)
    return best, sure, [(row, values.get(i, 0.0)) for i, row in enumerate(rows)]


def _packed(rows: list[list[Any]], worth: Worth) -> dict[int, Any]:
    """Dual values without a linear program: pairwise disjoint sets, each with its cheapest item."""
    used: set[Any] = set()
    values: dict[int, Any] = {}
    for i, row in enumerate(rows):
        if used.isdisjoint(row):
            values[i] = min(worth[item] for item in row)
            used.update(row)
    return values


def _greedy_hits(
    worth: Worth,
    unhit: Callable[[set[Any]], list[list[Any]]],
    known: dict[frozenset[Hashable], list[Any]],
    deadline: Clock,
) -> list[Any]:
    """A choice that meets everything, and the sets met on the way into `known`; made leaner while time is left."""
    chosen: set[Any] = set()
    while missed := unhit(chosen):
        known.update({frozenset(row): row for row in missed})
        rows_of: dict[Any, set[int]] = {}
        for i, row in enumerate(missed):
            for item in row:
                rows_of.setdefault(item, set()).add(i)
        left = set(range(len(missed)))
        while left:
            item = max(rows_of, key=lambda x: len(rows_of[x]) / (1 + worth[x]))
            chosen.add(item)
            done = rows_of.pop(item)
            left -= done
            for i in done:
                for other in missed[i]:
                    rows_of.get(other, set()).discard(i)
    for item in sorted(chosen, key=lambda x: -worth[x]):
        if not deadline.over and not unhit(chosen - {item}):
            chosen.discard(item)
    return list(chosen)
