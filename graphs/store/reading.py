"""What can be asked of a store."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from types import FunctionType
from typing import Any

from graphs.graph import Graph
from graphs.store import log, search, view
from graphs.store.checks import half_character
from graphs.store.connection import Refusing
from graphs.store.errors import NotInStore
from graphs.store.names import normal
from graphs.store.records import (
    STATUSES,
    Document,
    Entity,
    Event,
    Evidence,
    Merge,
    Quarantined,
    Relation,
    Status,
    StepRecord,
)
from graphs.store.rows import ENTITIES, RELATIONS, as_relations, entities_of

_COUNTS = {
    "entities": "entities", "relations": "relations", "evidence": "evidence", "documents": "documents",
    "steps": "steps", "events": "events", "quarantined": "quarantined",
}  # fmt: skip


def _guarded(cls: type[Reading]) -> type[Reading]:
    """Make the methods raise StoreError where the database fails."""

    def guard(method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(method)
        def guarded(self: Reading, *args: Any, **about: Any) -> Any:
            with self._refusing():
                return method(self, *args, **about)

        return guarded

    for name, method in list(vars(cls).items()):
        if isinstance(method, FunctionType) and not name.startswith("_") and name != "snapshot":
            setattr(cls, name, guard(method))
    return cls


@_guarded
class Reading:
    """The read-only half of a store. Ids of merged entities and joined relations lead to what they are part of now."""

    @property
    def base(self) -> sqlite3.Connection:
        """The open connection."""
        raise NotImplementedError

    def _refusing(self) -> Refusing:
        raise NotImplementedError

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read several things as they were at one moment, whatever another process writes meanwhile."""
        base = self.base
        if base.in_transaction:
            yield
            return
        base.execute("BEGIN")
        try:
            yield
        finally:
            if base.in_transaction:
                base.execute("ROLLBACK")

    # -- entities

    def entity(self, number: int) -> Entity:
        """The entity, or the one that it was merged into.

        Raises:
            NotInStore: there is none.
        """
        found = entities_of(
            self.base, f"{ENTITIES} WHERE id = coalesce((SELECT entity FROM merged WHERE id = ?1), ?1)", (number,)
        )
        if not found:
            raise NotInStore("entity", number, "find(name) and search(words) give the ids of those that are there")
        return found[0]

    def entities(self) -> list[Entity]:
        """All of them, by id."""
        return entities_of(self.base, f"{ENTITIES} ORDER BY id")

    def find(self, name: str) -> list[Entity]:
        """The entities that go by this name, as their own or as an alias, by id. Case and blanks do not count."""
        if half_character(name) is not None:
            return []
        where = "WHERE id IN (SELECT entity FROM names WHERE normal = ?) ORDER BY id"
        return entities_of(self.base, f"{ENTITIES} {where}", (normal(name),))

    def search(self, text: str, limit: int = 10) -> list[Entity]:
        """The entities whose names, aliases or descriptions hold words of `text`, the best first."""
        ids = [] if half_character(text) is not None else search.matching(self.base, text, limit)
        return [self.entity(number) for number in ids]

    # -- relations

    def relation(self, number: int) -> Relation:
        """The relation, or the one that it was joined with.

        Raises:
            NotInStore: there is none.
        """
        where = "WHERE id = coalesce((SELECT relation FROM joined WHERE id = ?1), ?1)"
        found = as_relations(self.base.execute(f"{RELATIONS} {where}", (number,)))
        if not found:
            raise NotInStore("relation", number)
        return found[0]

    def relations(self, status: Status | Sequence[Status] | None = None) -> list[Relation]:
        """All of them, or those of a status or of several, by id."""
        wanted = STATUSES if status is None else (status,) if isinstance(status, str) else tuple(status)
        where = f"WHERE status IN ({', '.join('?' * len(wanted))}) ORDER BY id"
        return as_relations(self.base.execute(f"{RELATIONS} {where}", wanted))

    def out(self, number: int, verb: str | None = None) -> list[Relation]:
        """The relations that start at an entity, by id."""
        return self._at("source", number, verb)

    def into(self, number: int, verb: str | None = None) -> list[Relation]:
        """The relations that end at an entity, by id."""
        return self._at("target", number, verb)

    def _at(self, end: str, number: int, verb: str | None) -> list[Relation]:
        where = f"WHERE {end} = coalesce((SELECT entity FROM merged WHERE id = ?1), ?1)"
        where += "" if verb is None else " AND verb = ?2"
        asked = (number,) if verb is None else (number, verb)
        known = verb is None or half_character(verb) is None
        found = as_relations(self.base.execute(f"{RELATIONS} {where} ORDER BY id", asked)) if known else []
        if not found:
            self.entity(number)  # raises where there is no such entity
        return found

    def evidence(self, relation: int) -> list[Evidence]:
        """Why a relation is believed, in the order in which it was said."""
        number = self.relation(relation).id
        rows = self.base.execute(
            'SELECT relation, step, quote, document, start, "end", call FROM evidence WHERE relation = ?'
            " ORDER BY event",
            (number,),
        )
        return [Evidence(*row) for row in rows]

    # -- documents, steps, the log

    def documents(self) -> list[Document]:
        """All documents by id, without their texts; `document` gives the text."""
        return [Document(n, name, digest, "", step) for n, name, digest, step in self.base.execute(_DOCUMENTS)]

    def document(self, number: int) -> Document:
        """A document with its text.

        Raises:
            NotInStore: there is none.
        """
        row = self.base.execute(
            "SELECT id, name, digest, coalesce(text, ''), step FROM documents LEFT JOIN texts USING (digest)"
            " WHERE id = coalesce((SELECT document FROM copies WHERE id = ?1), ?1)",
            (number,),
        ).fetchone()
        if row is None:
            raise NotInStore("document", number)
        return Document(*row)

    def steps(self) -> list[StepRecord]:
        """All steps in order, undone ones included: their notes say `undone`, with the step that did it."""
        notes: dict[int, dict[str, Any]] = {}
        for step, name, data in self.base.execute("SELECT step, name, data FROM notes ORDER BY step, name"):
            notes.setdefault(step, {})[name] = json.loads(data)
        found = []
        for number, kind, about, at, undone in self.base.execute("SELECT * FROM steps ORDER BY number"):
            said = notes.get(number, {}) | ({} if undone is None else {"undone": undone})
            found.append(StepRecord(number, kind, about, at, said))
        return found

    @property
    def last_step(self) -> int:
        """The number of the last step, 0 before the first."""
        return int(self.base.execute("SELECT coalesce(max(number), 0) FROM steps").fetchone()[0])

    def events(self, step: int | None = None) -> list[Event]:
        """The log, or what one step added to it."""
        return list(log.read(self.base, where="1" if step is None else f"step = {int(step)}"))

    def merges(self) -> list[Merge]:
        """The merges that hold, in order."""
        return [Merge(*row) for row in self.base.execute("SELECT * FROM merges ORDER BY event")]

    def quarantined(self) -> list[Quarantined]:
        """What was given and not taken in, in order."""
        rows = self.base.execute("SELECT step, what, why FROM quarantined ORDER BY event")
        return [Quarantined(*row) for row in rows]

    def value(self, name: str, default: Any = None) -> Any:
        """What was last put under a name with `put_value`."""
        row = self.base.execute("SELECT data FROM state WHERE name = ?", (name,)).fetchone()
        return default if row is None else json.loads(row[0])

    def size(self) -> dict[str, int]:
        """How many there are of everything."""
        return {
            what: int(self.base.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
            for what, table in _COUNTS.items()
        }

    # -- other shapes

    def to_graph(self, statuses: Iterable[Status] = ("grounded", "hypothesis")) -> Graph:
        """A directed multigraph of the relations of these statuses between all entities; see graphs.store.view."""
        with self.snapshot():
            return view.to_graph(self.base, tuple(statuses))


_DOCUMENTS = "SELECT id, name, digest, step FROM documents ORDER BY id"
