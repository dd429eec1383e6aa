"""The nodes and edges that every format writes: all that is known, sorted, and nothing of how it came to be known."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from graphs.store.reading import Reading
from graphs.store.rows import RELATIONS

NODE_FIELDS = ("id", "name", "type", "description", "aliases")
EDGE_FIELDS = (
    "id", "source", "target", "relation", "confidence", "status", "valid_from", "valid_to", "evidence",
)  # fmt: skip
_SAID = ("quote", "document", "digest", "start", "end", "call")


def nodes(store: Reading) -> Iterator[dict[str, Any]]:
    """Entities by id. Keys are NODE_FIELDS; aliases is a list."""
    for entity in store.entities():
        row = (entity.id, entity.name, entity.type, entity.description, list(entity.aliases))
        yield dict(zip(NODE_FIELDS, row, strict=True))


def edges(store: Reading) -> Iterator[dict[str, Any]]:
    """Relations by id. Keys are EDGE_FIELDS; evidence is a list of what is known of quote, document and its span."""
    evidence = _evidence(store)
    at, said = next(evidence, (0, []))
    for number, source, verb, target, confidence, status, valid_from, valid_to, _ in store.base.execute(
        f"{RELATIONS} ORDER BY id"
    ):
        reasons: list[dict[str, Any]] = []
        if at == number:
            reasons = said
            at, said = next(evidence, (0, []))
        times = (valid_from or None, valid_to or None)
        row = (number, source, target, verb, confidence, status, *times, reasons)
        yield dict(zip(EDGE_FIELDS, row, strict=True))


def _evidence(store: Reading) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    rows = store.base.execute(
        'SELECT relation, quote, name, digest, start, "end", call FROM evidence'
        " LEFT JOIN documents ON documents.id = document ORDER BY relation, event"
    )
    for number, group in groupby(rows, key=lambda row: int(row[0])):
        said = []
        for _, *values in group:
            pairs = zip(_SAID, values, strict=True)
            said.append({name: value for name, value in pairs if value not in (None, "")})
        yield number, said
