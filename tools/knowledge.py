"""Exact answers about knowledge graphs: which entities, which relations, how far around, by which chains.

These tools take the facts of a store instead of a graph's edges and queries instead of node labels, so the router,
which reads the words of graph theory, does not choose among them: `agents.knowledge` does. Each answer carries the
relations that show it, and `tools.certificates.knowledge` checks it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from graphs.errors import BadArgument
from graphs.store.facts import Facts
from graphs.store.query import And, Entities, Expression, OfType, Or, Related
from tools.answers import Answer

Found = dict[int, tuple[int, ...]]  # position of an entity -> the rows that put it into a set
LONGEST = 12  # relations in a chain


@dataclass(frozen=True)
class Matches(Answer):
    """The entities of a query, by label in the order of their ids.

    derivations: for each label, ids of relations that together show that it belongs to the set.
    """

    labels: list[str]
    derivations: Mapping[str, tuple[Any, ...]]

    @property
    def value(self) -> list[str]:
        return self.labels


@dataclass(frozen=True)
class Relations(Answer):
    """Relations, by id in their order."""

    ids: list[Any]

    @property
    def value(self) -> list[Any]:
        return self.ids


@dataclass(frozen=True)
class Neighbourhood(Answer):
    """The entities within some hops of one, by label, with their distance in relations of either direction.

    reached_by: for each label but the centre, the relation that leads to it from an entity one hop nearer.
    """

    distances: Mapping[str, int]
    reached_by: Mapping[str, Any]

    @property
    def value(self) -> list[str]:
        return [label for label, distance in self.distances.items() if distance]


@dataclass(frozen=True)
class Chains(Answer):
    """Shortest chains of relations between two entities, in either direction: labels, and the relations between them.

    distances: for the labels nearer to the source than the target is, and the target: how far they are from the source.
    """

    chains: list[tuple[tuple[str, ...], tuple[Any, ...]]]
    length: int
    distances: Mapping[str, int]

    @property
    def value(self) -> list[list[str]]:
        return [list(labels) for labels, _ in self.chains]


def matching_entities(facts: Facts, query: Expression) -> Matches:
    """Find the entities of a query, by following relations outwards from the entities that it names.

    O(sum of the degrees of the entities on the way).

    Raises:
        BadArgument: the query names an entity or a verb that the graph does not have.
    """
    found = evaluate(facts, query)
    order = sorted(found)
    ids = facts.relation_ids
    derivations = {facts.labels[at]: tuple(dict.fromkeys(ids[row] for row in found[at])) for at in order}
    return Matches([facts.labels[at] for at in order], derivations)


def evaluate(facts: Facts, query: Expression) -> Found:
    """The positions of the query's entities, each with the rows that show it."""
    if isinstance(query, Entities):
        return {facts.at(entity): () for entity in query.ids}
    if isinstance(query, OfType):
        wanted = None if query.type is None else query.type.casefold()
        kinds = enumerate(facts.types)
        return {at: () for at, kind in kinds if wanted is None or (kind is not None and kind.casefold() == wanted)}
    if isinstance(query, Related):
        return _related(facts, query)
    if isinstance(query, And):
        parts = [evaluate(facts, part) for part in query.parts]
        common = set(parts[0]).intersection(*parts[1:])
        return {at: sum((part[at] for part in parts), ()) for at in common}
    if isinstance(query, Or):
        united: Found = {}
        for part in query.parts:
            for at, rows in evaluate(facts, part).items():
                united.setdefault(at, rows)
        return united
    dropped = evaluate(facts, query.part)
    return {at: rows for at, rows in evaluate(facts, query.whole).items() if at not in dropped}


def _related(facts: Facts, query: Related) -> Found:
    codes = facts.codes(query.verbs)
    inner = evaluate(facts, query.of)
    found: Found = {}
    verb_codes = facts.verb_codes
    for here, rows_here in inner.items():
        ways = []
        if query.side in ("out", "both"):
            ways.append((facts.rows_out(here), facts.targets))
        if query.side in ("in", "both"):
            ways.append((facts.rows_in(here), facts.sources))
        for rows, ends in ways:
            for row in rows.tolist():
                if codes is None or int(verb_codes[row]) in codes:
                    there = int(ends[row])
                    if there not in found:
                        found[there] = (row, *rows_here)
    return found


def matching_relations(
    facts: Facts, sources: Expression | None, verbs: tuple[str, ...] | None, targets: Expression | None
) -> Relations:
    """Find the relations that run from an entity of `sources` to one of `targets` by one of `verbs`; None: any.

    Raises:
        BadArgument: a query names an entity or a verb that the graph does not have.
    """
    codes = facts.codes(verbs)
    ends = None if targets is None else evaluate(facts, targets)
    if sources is None and ends is not None:
        rows = [row for at in sorted(ends) for row in facts.rows_in(at).tolist()]
    elif sources is None:
        rows = list(range(facts.num_relations))
    else:
        starts = evaluate(facts, sources)
        rows = [row for at in sorted(starts) for row in facts.rows_out(at).tolist()]
    kept = [
        row
        for row in rows
        if (codes is None or int(facts.verb_codes[row]) in codes) and (ends is None or int(facts.targets[row]) in ends)
    ]
    return Relations([facts.relation_ids[row] for row in sorted(kept)])


def entity_neighbourhood(facts: Facts, entity: int, hops: int) -> Neighbourhood:
    """Find the entities within `hops` relations of one, whichever way the relations run. Breadth-first search.

    Raises:
        BadArgument: the graph has no such entity, or `hops` is less than 1.
    """
    if hops < 1:
        raise BadArgument(f"a neighbourhood reaches at least 1 hop, not {hops}")
    start = facts.at(entity)
    distances, reached = _search(facts, start, hops, None)
    labels = facts.labels
    return Neighbourhood(
        {labels[at]: distance for at, distance in distances.items()},
        {labels[at]: facts.relation_ids[rows[0]] for at, rows in reached.items()},
    )


def _search(facts: Facts, start: int, hops: int, goal: int | None) -> tuple[dict[int, int], dict[int, list[int]]]:
    """Distances from `start`, and for each entity the rows that lead to it from one hop nearer; stops at `goal`."""
    distances = {start: 0}
    reached: dict[int, list[int]] = {}
    frontier = [start]
    for distance in range(1, hops + 1):
        fresh: list[int] = []
        for here in frontier:
            for rows, ends in ((facts.rows_out(here), facts.targets), (facts.rows_in(here), facts.sources)):
                for row in rows.tolist():
                    there = int(ends[row])
                    if there not in distances:
                        distances[there] = distance
                        fresh.append(there)
                    if distances[there] == distance:
                        reached.setdefault(there, []).append(row)
        if not fresh or goal in distances:
            break
        frontier = fresh
    return distances, reached


def relation_chains(facts: Facts, source: int, target: int, limit: int = 5) -> Chains | None:
    """Find up to `limit` shortest chains of relations from `source` to `target`, whichever way the relations run.

    None when no chain joins them. Breadth-first search, O(n + m).

    Raises:
        BadArgument: the graph has no such entity, or both are the same.
    """
    start, goal = facts.at(source), facts.at(target)
    if start == goal:
        raise BadArgument(f"{facts.labels[start][:80]!r} is both ends; name two entities")
    distances, reached = _search(facts, start, facts.num_entities, goal)
    if goal not in distances:
        return None
    length = distances[goal]
    chains = []
    for nodes, rows in islice(_backwards(facts, start, goal, reached), limit):
        chains.append((tuple(facts.labels[at] for at in nodes), tuple(facts.relation_ids[row] for row in rows)))
    near = {facts.labels[at]: distance for at, distance in distances.items() if distance < length or at == goal}
    return Chains(chains, length, near)


def _backwards(facts: Facts, start: int, goal: int, reached: dict[int, list[int]]) -> Any:
    stack: list[tuple[tuple[int, ...], tuple[int, ...]]] = [((goal,), ())]
    while stack:
        nodes, rows = stack.pop()
        if nodes[0] == start:
            yield nodes, rows
            continue
        for row in reversed(reached[nodes[0]]):
            source, target = int(facts.sources[row]), int(facts.targets[row])
            stack.append((((source if target == nodes[0] else target), *nodes), (row, *rows)))
