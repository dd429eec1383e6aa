"""Loading many triples at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from graphs.store import checks
from graphs.store.errors import StoreError

if TYPE_CHECKING:
    from graphs.store.step import Step

_AT_ONCE = 20_000  # triples in one line of the log
_FIELDS = {"confidence", "status", "valid_from", "valid_to", "source_type", "target_type"}


def load(step: Step, triples: Iterable[Sequence[Any]]) -> None:
    """Load (source name, verb, target name) or (…, {field: value}) triples into a step.

    Names are taken exactly: an entity whose name, or a merged part's name, or alias is the same text is meant, the
    oldest one where there are several; else it is made. Fields: confidence (1), status (hypothesis), valid_from,
    valid_to, source_type, target_type (of entities that are made).
    """
    known: dict[str, int] = {}
    source = iter(triples)
    empty = step._next("entity") == 1  # then every name is either in `known` or new
    while rows := list(islice(source, _AT_ONCE)):
        _load_some(step, rows, known, look=not empty)


def _load_some(step: Step, rows: Sequence[Sequence[Any]], known: dict[str, int], *, look: bool) -> None:
    tables = step._tables()
    entities: list[tuple[int, str, str | None]] = []
    relations = []
    last_entity, number = tables.last["entity"], tables.last["relation"]

    def named(name: object, kind: object) -> int:
        found = known.get(name) if isinstance(name, str) else None
        if found is None:
            text = checks.text(name, "an entity's name")
            row = tables.base.execute(_BY_NAME, (text,)).fetchone() if look else None
            if row is None:
                found = last_entity + 1 + len(entities)
                entities.append((found, text, None if kind is None else checks.text(kind, "an entity's type")))
            else:
                found = int(row[0])
            known[text] = found
        return found

    for row in rows:
        if isinstance(row, str) or not 3 <= len(row) <= 4 or (len(row) == 4 and not isinstance(row[3], Mapping)):
            raise StoreError(f"a triple must be (source, verb, target) or (…, {{field: value}}), not {row!r:.200}")
        about: Mapping[str, Any] = row[3] if len(row) == 4 else {}
        if not _FIELDS.issuperset(about):
            raise StoreError(f"a triple's fields are {', '.join(sorted(_FIELDS))}, not {sorted(map(str, about))}")
        number += 1
        relations.append(
            (
                number,
                named(row[0], about.get("source_type")),
                checks.text(row[1], "a relation's verb"),
                named(row[2], about.get("target_type")),
                checks.confidence(about.get("confidence", 1.0)),
                checks.status(about.get("status", "hypothesis")),
                checks.date(about.get("valid_from"), "valid_from"),
                checks.date(about.get("valid_to"), "valid_to"),
            )
        )
    step._do("load", {"entities": entities, "relations": relations})


_BY_NAME = """
SELECT id FROM (SELECT entity AS id, 0 AS rank FROM names WHERE text = ?1 AND position = 0
    UNION ALL SELECT id, 1 FROM merged WHERE name = ?1
    UNION ALL SELECT entity, 2 FROM names WHERE text = ?1 AND position > 0)
ORDER BY rank, id LIMIT 1
"""
