"""Relations in the tables: equal ones are one, and say which ids they go by."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from graphs.store.records import Event

_KEY = "source = ? AND verb = ? AND target = ? AND valid_from = ? AND valid_to = ?"


def joined_status(one: str, other: str) -> str:
    """The status of a fact that was stated twice. Retiring is a decision, which repeating the fact does not lift."""
    for status in ("retired", "grounded"):
        if status in (one, other):
            return status
    return "hypothesis"


class Relations:
    """Each statement of a relation has an id of its own; equal statements are the relation of the lowest id."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self.base = base

    def entity_id(self, number: int) -> int | None:
        raise NotImplementedError

    def relation_id(self, number: int) -> int | None:
        """The id under which the relation goes now, or None."""
        row = self.base.execute(
            "SELECT id FROM relations WHERE id = ?1 UNION ALL SELECT relation FROM joined WHERE id = ?1", (number,)
        ).fetchone()
        return None if row is None else int(row[0])

    def relation_at(self, source: int, verb: str, target: int, valid_from: str, valid_to: str) -> int | None:
        row = self.base.execute(
            f"SELECT id FROM relations WHERE {_KEY}", (source, verb, target, valid_from, valid_to)
        ).fetchone()
        return None if row is None else int(row[0])

    def document_id(self, number: int | None) -> int | None:
        """The id under which the document goes now: that of the first one of the same text, or None."""
        if number is None:
            return None
        row = self.base.execute(
            "SELECT id FROM documents WHERE id = ?1 UNION ALL SELECT document FROM copies WHERE id = ?1", (number,)
        ).fetchone()
        return None if row is None else int(row[0])

    def _reach(self, what: str, number: int) -> None:
        raise NotImplementedError

    def _relation(self, event: Event, data: Mapping[str, Any]) -> None:
        row = [data[k] for k in ("id", "source", "verb", "target", "confidence", "status", "valid_from", "valid_to")]
        self._reach("relation", data["id"])
        self._state_one(row, event.step)

    def _state_one(self, row: Sequence[Any], step: int) -> None:
        number, source, verb, target, confidence, status, valid_from, valid_to = row
        key = (self.entity_id(source), verb, self.entity_id(target), valid_from, valid_to)
        same = self.base.execute(f"SELECT id, confidence, status FROM relations WHERE {_KEY}", key).fetchone()
        if same is None:
            self.base.execute(
                "INSERT INTO relations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (number, *key, confidence, status, step)
            )
            return
        self.base.execute("INSERT INTO joined VALUES (?, ?)", (number, same[0]))
        self._restate(same[0], max(confidence, same[1]), joined_status(status, same[2]))

    def _restate(self, number: int, confidence: float, status: str) -> None:
        self.base.execute("UPDATE relations SET confidence = ?, status = ? WHERE id = ?", (confidence, status, number))

    def _load_relations(self, rows: Sequence[Sequence[Any]], step: int) -> None:
        """The same as one by one, at the speed of an import: most rows of one are new."""
        base = self.base
        if base.execute("SELECT EXISTS (SELECT 1 FROM merged)").fetchone()[0]:
            for row in rows:
                self._state_one(row, step)
            return
        before = base.total_changes
        base.executemany(
            "INSERT OR IGNORE INTO relations (id, source, verb, target, confidence, status, valid_from, valid_to, step)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(*row, step) for row in rows],
        )
        if base.total_changes - before < len(rows):
            low, high = rows[0][0], rows[-1][0]
            there = {n for (n,) in base.execute("SELECT id FROM relations WHERE id BETWEEN ? AND ?", (low, high))}
            for row in rows:
                if row[0] not in there:
                    self._state_one(row, step)

    def _status(self, event: Event, data: Mapping[str, Any]) -> None:
        number = self.relation_id(data["relation"])
        if number is None:  # its first statement was undone: another one may stand
            source, target = self.entity_id(data["source"]), self.entity_id(data["target"])
            if source is not None and target is not None:
                number = self.relation_at(source, data["verb"], target, data["valid_from"], data["valid_to"])
        self.base.execute("UPDATE relations SET status = ? WHERE id = ?", (data["status"], number))

    def _evidence(self, event: Event, data: Mapping[str, Any]) -> None:
        relation, document = self.relation_id(data["relation"]), self.document_id(data["document"])
        said = [data["quote"], document, data["start"], data["end"], data["call"]]
        if not self._known_evidence(relation, event.step, said):
            row = (event.number, relation, event.step, *said)
            self.base.execute("INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)

    def _known_evidence(self, relation: int | None, step: int, said: Sequence[Any]) -> bool:
        """Whether the same span or the same call speaks for the relation already."""
        bare = "" if said[1] is not None or said[4] is not None else f" AND step = {int(step)}"
        found = self.base.execute(
            "SELECT 1 FROM evidence WHERE relation = ? AND quote = ? AND document IS ? AND start IS ? AND"
            f' "end" IS ? AND call IS ?{bare}',
            (relation, *said),
        ).fetchone()
        return found is not None

    # -- merging entities

    def _move_relations(self, gone: int, keep: int) -> None:
        rows = self.base.execute(
            "SELECT id, source, verb, target, valid_from, valid_to FROM relations WHERE source = ?1"
            " UNION SELECT id, source, verb, target, valid_from, valid_to FROM relations WHERE target = ?1 ORDER BY id",
            (gone,),
        ).fetchall()
        for number, source, verb, target, valid_from, valid_to in rows:
            ends = (keep if source == gone else source, keep if target == gone else target)
            same = self.relation_at(ends[0], verb, ends[1], valid_from, valid_to)
            if same is not None:
                self._join(min(same, number), max(same, number))
                number = min(same, number)
            self.base.execute("UPDATE relations SET source = ?, target = ? WHERE id = ?", (*ends, number))

    def _join(self, into: int, out: int) -> None:
        base = self.base
        (c1, s1), (c2, s2) = (
            base.execute("SELECT confidence, status FROM relations WHERE id = ?", (n,)).fetchone() for n in (into, out)
        )
        rows = base.execute(
            'SELECT event, step, quote, document, start, "end", call FROM evidence WHERE relation = ? ORDER BY event',
            (out,),
        ).fetchall()
        for number, step, *said in rows:
            if self._known_evidence(into, step, said):
                base.execute("DELETE FROM evidence WHERE event = ?", (number,))
            else:
                base.execute("UPDATE evidence SET relation = ? WHERE event = ?", (into, number))
        base.execute("UPDATE joined SET relation = ? WHERE relation = ?", (into, out))
        base.execute("DELETE FROM relations WHERE id = ?", (out,))
        base.execute("INSERT INTO joined VALUES (?, ?)", (out, into))
        self._restate(into, max(c1, c2), joined_status(s1, s2))
