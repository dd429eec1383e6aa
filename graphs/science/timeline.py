"""A store's graph after each of its steps, and what each step stated: read from the event log in one pass."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np

from graphs.science.simple import Simple
from graphs.science.unions import Local
from graphs.store import Event, Store
from graphs.store.connection import in_memory
from graphs.store.tables import Tables
from graphs.store.view import labels


@dataclass(frozen=True, slots=True)
class State:
    """The graph after a step. locals: the edges that each step so far stated, between the entities of now.

    grounded: how many of its `relations` have a span of a document behind them. Retired facts are left out.
    """

    step: int
    graph: Simple
    locals: tuple[Local, ...]
    relations: int
    grounded: int


def states(store: Store, steps: Collection[int] | None = None) -> Iterator[State]:
    """The state after each step, or after those of `steps`, in order.

    What was undone or merged is so from the step on that did it, never before.
    """
    wanted = None if steps is None else set(steps)
    walk = _Walk(store)
    for number in range(1, store.last_step + 1):
        walk.go_to(number)
        if wanted is None or number in wanted:
            yield walk.state()


_SHAPELESS = frozenset({"note", "value", "quarantine", "evidence", "alias", "describe"})  # no edge depends on them


class _Walk:
    """Tables in memory that follow the log."""

    def __init__(self, store: Store) -> None:
        self.store, self.step = store, 0
        self._base: sqlite3.Connection = in_memory()
        self._tables = Tables(self._base)
        self._stated: list[tuple[int, list[int]]] = []  # step, ids of the statements that it made
        self._past: Store | None = None

    def go_to(self, step: int) -> None:
        events = self.store.events(step)
        ids = [number for event in events for number in _statements(event)]
        self._stated.append((step, ids))
        if any(event.kind == "undo" for event in events):  # the past has changed: begin anew from the whole log
            self._past = self.store.as_of(step)
            self._base = self._past.base
            self._tables = Tables(self._base)
            self._tables.load_counters()
        else:
            for event in events:
                self._tables.count(event)
                if event.kind not in _SHAPELESS:
                    self._tables.apply(event)
        self.step = step

    def state(self) -> State:
        named = labels(self._base)
        row = {number: at for at, number in enumerate(named)}
        rows = self._base.execute(
            "SELECT id, source, target, status FROM relations WHERE status <> 'retired'"
        ).fetchall()
        ends = {number: (source, target) for number, source, target, _ in rows}
        pairs = np.array([(row[a], row[b]) for a, b in ends.values()], np.int64).reshape(-1, 2)
        made = Simple.of(len(row), pairs)
        graph = Simple(tuple(named), tuple(named.values()), made.pairs, made.relations, made.self_loops)
        grounded = sum(status == "grounded" for *_, status in rows)
        return State(self.step, graph, self._locals(ends), len(rows), grounded)

    def _locals(self, ends: dict[int, tuple[int, int]]) -> tuple[Local, ...]:
        joined = dict(self._base.execute("SELECT id, relation FROM joined"))
        found = []
        for _, ids in self._stated:
            now = dict.fromkeys(joined.get(number, number) for number in ids)
            edges = dict.fromkeys(ends[number] for number in now if number in ends)
            local = [(a, b) for a, b in edges if a != b]
            if local:
                found.append(local)
        return tuple(found)


def _statements(event: Event) -> list[int]:
    if event.kind == "relation":
        return [event.data["id"]]
    return [row[0] for row in event.data["relations"]] if event.kind == "load" else []
