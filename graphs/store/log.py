"""The append-only log: one line for each thing that was done, and which lines hold after everything that was undone."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphs.store.errors import StoreError
from graphs.store.records import Event

_LONG = 4096  # characters from which a line is kept compressed


def append(base: sqlite3.Connection, number: int, step: int, kind: str, data: Mapping[str, Any]) -> Event:
    base.execute("INSERT INTO events VALUES (?, ?, ?, ?)", (number, step, kind, _packed(data)))
    return Event(number, step, kind, data)


def last_number(base: sqlite3.Connection) -> int:
    return int(base.execute("SELECT coalesce(max(number), 0) FROM events").fetchone()[0])


def read(
    base: sqlite3.Connection, upto: int | None = None, *, where: str = "1", backward: bool = False
) -> Iterator[Event]:
    """Lines in order, of the steps up to `upto`. where: a further condition in SQL."""
    order = "DESC" if backward else "ASC"
    limit = "" if upto is None else f" AND number <= {_last_of(base, upto)}"
    rows = base.execute(f"SELECT number, step, kind, data FROM events WHERE {where}{limit} ORDER BY number {order}")
    for number, step, kind, data in rows:
        try:
            yield Event(number, step, kind, _unpacked(data))
        except (ValueError, zlib.error) as error:
            raise StoreError(f"line {number} of the log is damaged ({error}); take a copy that is whole") from error


def _last_of(base: sqlite3.Connection, step: int) -> int:
    return int(base.execute("SELECT coalesce(max(number), 0) FROM events WHERE step <= ?", (step,)).fetchone()[0])


def _packed(data: Mapping[str, Any]) -> str | bytes:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text if len(text) < _LONG else zlib.compress(text.encode(), 1)


def _unpacked(data: str | bytes) -> Any:
    return json.loads(data if isinstance(data, str) else zlib.decompress(data))


@dataclass(slots=True)
class Holding:
    """Which lines hold. An undone line holds no more, unless what it made is used by a line that holds.

    undone_steps: step -> the step that undid it. An undone "undo" brings back what it took away.
    """

    undone_steps: dict[int, int] = field(default_factory=dict)
    undone_events: set[int] = field(default_factory=set)
    used: dict[str, set[int]] = field(default_factory=lambda: {"entity": set(), "relation": set(), "document": set()})

    def undone(self, event: Event) -> bool:
        return event.step in self.undone_steps or event.number in self.undone_events

    def what_holds(self, event: Event) -> Event | None:
        """The line, or the part of it that holds, or None."""
        if event.kind in ("step", "note") or not self.undone(event):
            return event  # that a step took place, and what it cost, stays true
        if event.kind == "load":
            data = {
                "entities": [row for row in event.data["entities"] if row[0] in self.used["entity"]],
                "relations": [row for row in event.data["relations"] if row[0] in self.used["relation"]],
            }
            return Event(event.number, event.step, "load", data) if data["entities"] or data["relations"] else None
        if event.kind in self.used and event.data["id"] in self.used[event.kind]:
            return event
        return None


def holding(base: sqlite3.Connection, upto: int | None = None) -> Holding:
    """What holds after step `upto` (None: now)."""
    found = Holding()
    for event in read(base, upto, where="kind = 'undo'", backward=True):
        if found.undone(event):
            continue
        if "step" in event.data:
            found.undone_steps.setdefault(event.data["step"], event.step)
        else:
            found.undone_events.add(event.data["event"])
    if found.undone_steps:  # only steps make things; what uses a thing comes after what made it
        for event in read(base, upto, backward=True):
            kept = found.what_holds(event)
            if kept is not None:
                _note_uses(kept, found.used)
    return found


def _note_uses(event: Event, used: dict[str, set[int]]) -> None:
    data = event.data
    if event.kind == "relation":
        used["entity"].update((data["source"], data["target"]))
    elif event.kind == "load":
        for row in data["relations"]:
            used["entity"].update((row[1], row[3]))
    elif event.kind in ("alias", "describe"):
        used["entity"].add(data["entity"])
    elif event.kind == "evidence":
        used["relation"].add(data["relation"])
        if data["document"] is not None:
            used["document"].add(data["document"])
