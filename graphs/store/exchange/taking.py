"""Taking nodes and edges of a file into a store, in one step."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from graphs.errors import ParseError
from graphs.store import checks
from graphs.store.errors import StoreError
from graphs.store.exchange.rows import EDGE_FIELDS, NODE_FIELDS
from graphs.store.records import Entity
from graphs.store.rows import ENTITIES, entities_of
from graphs.store.step import Step

_EVIDENCE = {"quote", "document", "digest", "start", "end", "call"}


@dataclass(slots=True)
class Rows:
    """What a file holds: nodes with an id and a name, edges whose source and target are ids of nodes."""

    name: str
    nodes: list[dict[str, Any]] = field(default_factory=list)
    edges: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def take_in(step: Step, rows: Rows) -> None:
    """Add what is new, and note in the step what the store has no place for.

    A node is the entity of exactly its name and no other type, where there is one; a second node of the name is the
    second such entity. Ids are kept where the store has never held anything: a store's own file gives the same store.

    Raises:
        ParseError: a node or an edge cannot be taken; it says which. Let it end the step, and nothing is taken.
    """
    keep = _is_fresh(step) and _counts_up(rows.nodes) and _counts_up(rows.edges)
    known: dict[Hashable, int] = {}
    used: set[int] = set()
    for at, row in enumerate(rows.nodes, 1):
        with _place(rows, "node", at):
            if row["id"] in known:
                raise StoreError(f"another node has the id {row['id']!r}")
            known[row["id"]] = _entity(step, row, used, row["id"] if keep else None)
            used.add(known[row["id"]])
    for at, row in enumerate(rows.edges, 1):
        with _place(rows, "edge", at):
            _relation(step, row, known, row["id"] if keep else None)
    left_out = {name for row in rows.nodes for name in row}.difference(NODE_FIELDS)
    left_out |= {name for row in rows.edges for name in row}.difference(EDGE_FIELDS)
    notes = [*rows.notes, *([f"left out: {', '.join(sorted(map(str, left_out)))}"] if left_out else [])]
    if notes:
        step.note("import", notes)


@contextmanager
def _place(rows: Rows, what: str, number: int) -> Iterator[None]:
    try:
        yield
    except StoreError as error:
        raise ParseError(str(error), where=f"{rows.name}, {what} {number}") from error


def _is_fresh(step: Step) -> bool:
    return step._next("entity") == step._next("relation") == 1


def _counts_up(rows: Sequence[Mapping[str, Any]]) -> bool:
    last = 0
    for row in rows:
        number = row.get("id")
        if isinstance(number, bool) or not isinstance(number, int) or number <= last:
            return False
        last = number
    return True


def _entity(step: Step, row: Mapping[str, Any], used: set[int], number: int | None) -> int:
    name = checks.text(row["name"], "an entity's name")
    kind, about, aliases = row.get("type") or None, row.get("description") or "", _list(row, "aliases")
    same = _same_entity(step, name, kind, used) if number is None else None
    if same is None:
        return step._put_entity(step._next("entity") if number is None else number, name, kind, about, aliases)
    for alias in aliases:
        step.add_alias(same.id, alias)
    step.describe(same.id, type=None if same.type else kind, description=None if same.description else about or None)
    return same.id


def _same_entity(step: Step, name: str, kind: object, used: set[int]) -> Entity | None:
    named = f"{ENTITIES} WHERE id IN (SELECT entity FROM names WHERE text = ? AND position = 0) ORDER BY id"
    found = entities_of(step._tables().base, named, (name,))
    return next((e for e in found if e.id not in used and (kind is None or e.type in (None, kind))), None)


def _relation(step: Step, row: Mapping[str, Any], known: Mapping[Hashable, int], number: int | None) -> None:
    ends = []
    for end in ("source", "target"):
        if row.get(end) not in known:
            raise StoreError(f"its {end} {row.get(end)!r} is the id of no node in the file")
        ends.append(known[row[end]])
    said = _list(row, "evidence")
    relation = step._put_relation(
        step._next("relation") if number is None else number,
        ends[0],
        row.get("relation"),
        ends[1],
        confidence=1.0 if row.get("confidence") is None else row["confidence"],
        status=row.get("status") or "hypothesis",
        valid_from=row.get("valid_from") or None,
        valid_to=row.get("valid_to") or None,
    )
    for reason in said:
        _evidence(step, relation, reason)


def _evidence(step: Step, relation: int, said: object) -> None:
    if not isinstance(said, Mapping) or not _EVIDENCE.issuperset(said):
        raise StoreError(f"evidence is a list of {{{', '.join(sorted(_EVIDENCE))}}}, not {said!r:.100}")
    about = {name: said[name] for name in ("quote", "start", "end", "call") if said.get(name) is not None}
    if said.get("document") is not None:
        digest = said.get("digest")
        if digest is None:
            about["document"] = step.add_document(said["document"], "")
        else:  # the text stays where it was read: a file names it by its digest
            about["document"] = step._add_document(said["document"], digest, None)
    step.add_evidence(relation, **about)


def _list(row: Mapping[str, Any], name: str) -> list[Any]:
    """A list, or the JSON text of one: most formats have no lists."""
    value = row.get(name)
    if value is None or value == "":
        return []
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            value = [value]
    if not isinstance(value, list):
        raise StoreError(f"{name} must be a list, not {value!r:.100}")
    return value
