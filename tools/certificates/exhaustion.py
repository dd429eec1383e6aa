"""Complete searches for checkers: nothing better exists, found out by trying everything within a budget of steps.

Each function returns True (proven: there is none), False (there is one) or None (the budget ran out).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

BUDGET = 60_000  # steps; about a second at most
Around = Mapping[Any, set[Any]]


class _Spent(Exception):
    """The budget ran out."""


class _Steps:
    def __init__(self, budget: int) -> None:
        self.left = budget

    def take(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise _Spent


def no_heavier_clique(around: Around, worth: Mapping[Any, Any], total: Any, budget: int = BUDGET) -> bool | None:
    """Whether no clique is worth more than `total`: suffixes in a fixed order, each solved in turn (Östergård 2002)."""
    order = sorted(around, key=lambda v: len(around[v]))
    best_of: dict[Any, Any] = {}
    steps = _Steps(budget)
    best: Any = 0

    def grow(candidates: list[Any], value: Any) -> None:
        nonlocal best
        steps.take()
        best = max(best, value)
        rest = sum(worth[v] for v in candidates)
        for i, v in enumerate(candidates):
            if value + rest <= best or value + best_of[v] <= best:
                return
            near = around[v]
            grow([u for u in candidates[i + 1 :] if u in near], value + worth[v])
            rest -= worth[v]

    try:
        for i in range(len(order) - 1, -1, -1):
            v = order[i]
            near = around[v]
            grow([u for u in order[i + 1 :] if u in near], worth[v])
            best_of[v] = best
            if best > total:
                return False
    except (_Spent, RecursionError):
        return None
    return True


def no_cheaper_hitting_set(
    sets: Iterable[Iterable[Any]], worth: Mapping[Any, Any], total: Any, budget: int = BUDGET
) -> bool | None:
    """Whether every choice that meets all `sets` costs at least `total`: branch on the smallest set that is missed."""
    rows = sorted({frozenset(row) for row in sets}, key=len)
    steps = _Steps(budget)

    def cheaper(chosen: frozenset[Any], barred: frozenset[Any], cost: Any) -> bool:
        steps.take()
        packed: Any = 0
        used: set[Any] = set()
        branch: list[Any] | None = None
        for row in rows:
            if row & chosen:
                continue
            open_ = row - barred
            if not open_:
                return False
            if branch is None or len(open_) < len(branch):
                branch = list(open_)
            if not open_ & used:
                used |= open_
                packed += min(worth[item] for item in open_)
        if cost + packed >= total:
            return False
        if branch is None:
            return True
        for i, item in enumerate(branch):
            if cheaper(chosen | {item}, barred | frozenset(branch[:i]), cost + worth[item]):
                return True
        return False

    try:
        return not cheaper(frozenset(), frozenset(), 0)
    except (_Spent, RecursionError):
        return None


def no_colouring(around: Around, colours: int, budget: int = BUDGET) -> bool | None:
    """Whether no proper colouring has so few colours: backtracking, the most constrained node next (Brélaz's order)."""
    steps = _Steps(budget)
    given: dict[Any, int] = {}

    def colourable() -> bool:
        steps.take()
        if len(given) == len(around):
            return True
        barred = {v: {given[u] for u in near if u in given} for v, near in around.items() if v not in given}
        node = max(barred, key=lambda v: (len(barred[v]), len(around[v])))
        for colour in range(min(colours, len(set(given.values())) + 1)):
            if colour not in barred[node]:
                given[node] = colour
                if colourable():
                    return True
                del given[node]
        return False

    try:
        return not colourable()
    except (_Spent, RecursionError):
        return None
