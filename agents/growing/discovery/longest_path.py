"""The longest of the shortest paths of a knowledge graph: what compositional reasoning walks along."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np

from graphs.errors import WrongKind
from graphs.store.facts import Facts

EXACT = 3_000  # entities up to which every distance is looked at; beyond, searches start from far ends


@dataclass(frozen=True)
class Walk:
    """A shortest path. places: positions of its entities. rows: the relations of each step. exact: none is longer.

    component: how many entities hang together with it.
    """

    places: tuple[int, ...]
    rows: tuple[tuple[int, ...], ...]
    exact: bool
    component: int


def longest_path(facts: Facts, *, sweeps: int = 8) -> Walk:
    """The longest shortest path in the largest component, relations taken in either direction; ties by position.

    Exact up to 3,000 entities, O(n m). Beyond, each sweep searches from the farthest entity that the last one found,
    which gives a lower bound on the longest.

    Raises:
        WrongKind: no two entities are related.
    """
    near = _neighbours(facts)
    component = _largest(near)
    if len(component) < 2:
        raise WrongKind("no two entities of the graph are related, so there is no path to reason along; grow it first")
    exact = len(component) <= EXACT
    starts = component if exact else component[:1]
    best: tuple[int, int, int] = (0, -1, -1)  # length, source, target
    at = 0
    while at < len(starts):
        distances = _distances(near, starts[at])
        far = max(distances, key=lambda place: (distances[place], -place))
        best = max(best, (distances[far], starts[at], far), key=lambda row: (row[0], -row[1], -row[2]))
        if not exact and len(starts) < sweeps and far not in starts:
            starts = [*starts, far]
        at += 1
    places = _path(near, best[1], best[2])
    rows = tuple(_between(facts, one, other) for one, other in zip(places, places[1:]))
    return Walk(tuple(places), rows, exact, len(component))


def _neighbours(facts: Facts) -> list[list[int]]:
    near: list[set[int]] = [set() for _ in range(facts.num_entities)]
    for source, target in zip(facts.sources.tolist(), facts.targets.tolist()):
        if source != target:
            near[source].add(target)
            near[target].add(source)
    return [sorted(places) for places in near]


def _largest(near: list[list[int]]) -> list[int]:
    seen = np.zeros(len(near), dtype=np.bool_)
    best: list[int] = []
    for start in range(len(near)):
        if not seen[start]:
            found = sorted(_distances(near, start))
            seen[found] = True
            best = found if len(found) > len(best) else best
    return best


def _distances(near: list[list[int]], start: int) -> dict[int, int]:
    distances = {start: 0}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        for there in near[here]:
            if there not in distances:
                distances[there] = distances[here] + 1
                queue.append(there)
    return distances


def _path(near: list[list[int]], source: int, target: int) -> list[int]:
    distances = _distances(near, target)
    path = [source]
    while path[-1] != target:
        path.append(min(there for there in near[path[-1]] if distances[there] == distances[path[-1]] - 1))
    return path


def _between(facts: Facts, one: int, other: int) -> tuple[int, ...]:
    """The rows of all relations between two entities."""
    there = [row for row in facts.rows_out(one).tolist() if facts.targets[row] == other]
    back = [row for row in facts.rows_in(one).tolist() if facts.sources[row] == other]
    return tuple(sorted({*there, *back}))
