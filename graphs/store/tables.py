"""What a line of the log does to the tables. New lines and old ones that are replayed go the same way."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from typing import Any

from graphs.store.names import normal
from graphs.store.records import Event
from graphs.store.relations import Relations

_MOST_KNOWN = 200_000
COUNTED = ("entity", "relation", "document")


class Tables(Relations):
    """The tables of one database. Between `load_counters` and `save_counters`, `last` holds the ids given out."""

    def __init__(self, base: sqlite3.Connection) -> None:
        super().__init__(base)
        self.last: dict[str, int] = dict.fromkeys(COUNTED, 0)
        self._now: dict[int, int] = {}  # the ids that entities were found to go under, until the next merge
        self._does: dict[str, Callable[[Event, Mapping[str, Any]], None]] = {
            "step": self._step,
            "note": self._note,
            "value": self._value,
            "quarantine": self._quarantine,
            "document": self._document,
            "entity": self._entity,
            "alias": self._alias,
            "describe": self._describe,
            "relation": self._relation,
            "status": self._status,
            "evidence": self._evidence,
            "merge": self._merge,
            "load": self._load,
            "undo": self._undo,
        }

    def apply(self, event: Event) -> None:
        """Do what the line says."""
        self._does[event.kind](event, event.data)

    def load_counters(self) -> None:
        self._now.clear()
        self.last = dict.fromkeys(COUNTED, 0) | dict(self.base.execute("SELECT what, last FROM counters").fetchall())

    def save_counters(self) -> None:
        given = [(what, last) for what, last in self.last.items() if last]
        self.base.executemany("INSERT OR REPLACE INTO counters VALUES (?, ?)", given)

    def count(self, event: Event) -> None:
        """Take note of the ids in a line, whether it holds or not: no id is given out twice."""
        if event.kind in COUNTED:
            self._reach(event.kind, event.data["id"])
        elif event.kind == "load":
            for what, rows in (("entity", event.data["entities"]), ("relation", event.data["relations"])):
                if rows:
                    self._reach(what, max(row[0] for row in rows))

    def _reach(self, what: str, number: int) -> None:
        self.last[what] = max(self.last[what], number)

    # -- the step itself

    def _step(self, event: Event, data: Mapping[str, Any]) -> None:
        self.base.execute(
            "INSERT INTO steps VALUES (?, ?, ?, ?, NULL)", (event.step, data["kind"], data["about"], data["at"])
        )

    def _note(self, event: Event, data: Mapping[str, Any]) -> None:
        row = (event.step, data["name"], json.dumps(data["data"], ensure_ascii=False))
        self.base.execute("INSERT OR REPLACE INTO notes VALUES (?, ?, ?)", row)

    def _value(self, event: Event, data: Mapping[str, Any]) -> None:
        row = (data["name"], json.dumps(data["data"], ensure_ascii=False))
        self.base.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", row)

    def _quarantine(self, event: Event, data: Mapping[str, Any]) -> None:
        row = (event.number, event.step, data["what"], data["why"])
        self.base.execute("INSERT INTO quarantined VALUES (?, ?, ?, ?)", row)

    def _undo(self, event: Event, data: Mapping[str, Any]) -> None:
        """Nothing: the replay that follows an undo leaves out what it names."""

    # -- documents and entities

    def _document(self, event: Event, data: Mapping[str, Any]) -> None:
        self._reach("document", data["id"])
        same = self.base.execute("SELECT id FROM documents WHERE digest = ?", (data["digest"],)).fetchone()
        if same is None:
            row = (data["id"], data["name"], data["digest"], event.step)
            self.base.execute("INSERT INTO documents VALUES (?, ?, ?, ?)", row)
        else:
            self.base.execute("INSERT INTO copies VALUES (?, ?)", (data["id"], same[0]))

    def _entity(self, event: Event, data: Mapping[str, Any]) -> None:
        number, name = data["id"], data["name"]
        self._reach("entity", number)
        row = (number, name, data["type"], data["description"], event.step)
        self.base.execute("INSERT INTO entities VALUES (?, ?, ?, ?, ?)", row)
        self.base.execute("INSERT INTO names VALUES (?, 0, ?, ?)", (number, name, normal(name)))
        self._add_names(number, data["aliases"])
        self._index_words(number, new=True)

    def _alias(self, event: Event, data: Mapping[str, Any]) -> None:
        number = self.entity_id(data["entity"])
        if number is not None and self._add_names(number, [data["alias"]]):
            self._index_words(number)

    def _describe(self, event: Event, data: Mapping[str, Any]) -> None:
        number = self.entity_id(data["entity"])
        for column in ("type", "description"):
            if column in data:
                self.base.execute(f"UPDATE entities SET {column} = ? WHERE id = ?", (data[column], number))
        if number is not None:
            self._index_words(number)

    def entity_id(self, number: int) -> int | None:
        """The id under which the entity goes now: its own, that of the one it was merged into, or None."""
        known = self._now.get(number)
        if known is not None:
            return known
        row = self.base.execute(
            "SELECT id FROM entities WHERE id = ?1 UNION ALL SELECT entity FROM merged WHERE id = ?1", (number,)
        ).fetchone()
        if row is None:
            return None
        if len(self._now) > _MOST_KNOWN:
            self._now.clear()
        self._now[number] = found = int(row[0])
        return found

    def _add_names(self, number: int, texts: list[str]) -> bool:
        if not texts:
            return False
        rows = self.base.execute("SELECT position, text FROM names WHERE entity = ?", (number,)).fetchall()
        known, place = {text for _, text in rows}, max(position for position, _ in rows)
        fresh = [text for text in dict.fromkeys(texts) if text not in known]
        self.base.executemany(
            "INSERT INTO names VALUES (?, ?, ?, ?)",
            [(number, place + at, text, normal(text)) for at, text in enumerate(fresh, 1)],
        )
        return bool(fresh)

    def _index_words(self, number: int, *, new: bool = False) -> None:
        if not new:
            self.base.execute("DELETE FROM words WHERE rowid = ?", (number,))
        self.base.execute(
            "INSERT INTO words (rowid, name, aliases, description) SELECT id, name, coalesce((SELECT group_concat(text,"
            " char(10)) FROM names WHERE entity = id AND position > 0), ''), description FROM entities WHERE id = ?",
            (number,),
        )

    # -- merging

    def _merge(self, event: Event, data: Mapping[str, Any]) -> None:
        keep, gone = self.entity_id(data["keep"]), self.entity_id(data["gone"])
        if keep is None or gone is None or keep == gone:
            return  # one of them was undone, or an earlier merge does it
        base = self.base
        self._now.clear()
        (kind, about), (other_kind, other_about) = (
            base.execute("SELECT type, description FROM entities WHERE id = ?", (number,)).fetchone()
            for number in (keep, gone)
        )
        row = (other_kind if kind is None else kind, about or other_about, keep)
        base.execute("UPDATE entities SET type = ?, description = ? WHERE id = ?", row)
        texts = base.execute("SELECT text FROM names WHERE entity = ? ORDER BY position", (gone,)).fetchall()
        self._add_names(keep, [text for (text,) in texts])
        self._move_relations(gone, keep)
        base.execute("UPDATE merged SET entity = ? WHERE entity = ?", (keep, gone))
        base.execute("INSERT INTO merged VALUES (?, ?, ?)", (gone, keep, texts[0][0]))
        base.execute("DELETE FROM names WHERE entity = ?", (gone,))
        base.execute("DELETE FROM words WHERE rowid = ?", (gone,))
        base.execute("DELETE FROM entities WHERE id = ?", (gone,))
        base.execute("INSERT INTO merges VALUES (?, ?, ?, ?, ?)", (event.number, event.step, keep, gone, data["why"]))
        self._index_words(keep)

    # -- many at once

    def _load(self, event: Event, data: Mapping[str, Any]) -> None:
        self.count(event)
        base, step = self.base, event.step
        entities = data["entities"]
        base.executemany("INSERT INTO entities VALUES (?, ?, ?, '', ?)", [(*row, step) for row in entities])
        base.executemany("INSERT INTO names VALUES (?, 0, ?, ?)", [(n, name, normal(name)) for n, name, _ in entities])
        base.executemany(
            "INSERT INTO words (rowid, name, aliases, description) VALUES (?, ?, '', '')", [row[:2] for row in entities]
        )
        self._load_relations(data["relations"], step)
