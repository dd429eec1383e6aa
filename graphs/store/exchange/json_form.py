"""{"nodes": […], "edges": […]}: everything that is known, and nothing of how it came to be known."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import IO, Any

from graphs.store.reading import Reading


def write(store: Reading, stream: IO[str]) -> None:
    """One line a node and an edge."""
    for before, rows in (('{"nodes": [', nodes(store)), ('], "edges": [', edges(store))):
        stream.write(before)
        _write_rows(rows, stream)
    stream.write("]}\n")


def _write_rows(rows: Iterable[dict[str, Any]], stream: IO[str]) -> None:
    comma = "\n"
    for row in rows:
        stream.write(comma + json.dumps(row, ensure_ascii=False))
        comma = ",\n"
    stream.write("\n")


def nodes(store: Reading) -> Iterator[dict[str, Any]]:
    for entity in store.entities():
        yield {
            "id": entity.id,
            "name": entity.name,
            "type": entity.type,
            "description": entity.description,
            "aliases": list(entity.aliases),
        }


def edges(store: Reading) -> Iterator[dict[str, Any]]:
    evidence = _evidence(store)
    for relation in store.relations():
        yield {
            "id": relation.id,
            "source": relation.source,
            "target": relation.target,
            "relation": relation.verb,
            "confidence": relation.confidence,
            "status": relation.status,
            "valid_from": relation.valid_from,
            "valid_to": relation.valid_to,
            "evidence": evidence.get(relation.id, []),
        }


def _evidence(store: Reading) -> dict[int, list[dict[str, Any]]]:
    rows = store.base.execute(
        'SELECT relation, quote, name, digest, start, "end", call FROM evidence'
        " LEFT JOIN documents ON documents.id = document ORDER BY event"
    )
    found: dict[int, list[dict[str, Any]]] = {}
    for relation, *said in rows:
        pairs = zip(("quote", "document", "digest", "start", "end", "call"), said, strict=True)
        found.setdefault(relation, []).append({name: value for name, value in pairs if value is not None})
    return found
