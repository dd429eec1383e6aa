"""Rows of the tables as records."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from graphs.store.records import Entity, Relation

ENTITIES = "SELECT id, name, type, description, step FROM entities"
RELATIONS = "SELECT id, source, verb, target, confidence, status, valid_from, valid_to, step FROM relations"


def entities_of(base: sqlite3.Connection, query: str, asked: Sequence[Any] = ()) -> list[Entity]:
    """The entities that a query of the form `ENTITIES …` finds, with their aliases."""
    rows = base.execute(query, asked).fetchall()
    if len(rows) > 50:  # one pass over all aliases
        found = base.execute("SELECT entity, text FROM names WHERE position > 0 ORDER BY entity, position").fetchall()
    else:
        found = [
            (row[0], text)
            for row in rows
            for (text,) in base.execute(
                "SELECT text FROM names WHERE entity = ? AND position > 0 ORDER BY position", (row[0],)
            )
        ]
    aliases: dict[int, list[str]] = {}
    for number, text in found:
        aliases.setdefault(number, []).append(text)
    return [Entity(n, name, kind, about, tuple(aliases.get(n, ())), step) for n, name, kind, about, step in rows]


def as_relations(rows: Iterable[Sequence[Any]]) -> list[Relation]:
    return [
        Relation(number, source, verb, target, confidence, status, valid_from or None, valid_to or None, step)
        for number, source, verb, target, confidence, status, valid_from, valid_to, step in rows
    ]
