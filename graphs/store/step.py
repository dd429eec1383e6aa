"""A step: what can be changed in a store."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from operator import index
from typing import TYPE_CHECKING, Any

from graphs.store import checks
from graphs.store.errors import NotInStore, StoreError
from graphs.store.records import Status, StepKind
from graphs.store.tables import Tables
from graphs.store.transaction import Transaction

if TYPE_CHECKING:
    from graphs.store.store import Store

_KNOWN = {"entity": Tables.entity_id, "relation": Tables.relation_id, "document": Tables.document_id}


class Step(Transaction):
    """What one step does. Use it as `with store.step("question", about="…") as step:`; an exception undoes it all.

    Ids of merged entities and of joined relations may be used on: they lead to what they are part of now.
    """

    def __init__(self, store: Store, kind: StepKind, about: str) -> None:
        super().__init__(store, kind, about)
        self._stated: dict[int, int] = {}  # relation -> the id of its last statement in this step
        self._lengths: dict[int, int | None] = {}  # document -> characters, None where the text is elsewhere

    # -- entities

    def add_entity(self, name: str, type: str | None = None, description: str = "", aliases: Iterable[str] = ()) -> int:
        """Add an entity, always a new one; returns its id. `store.find` tells whether one of this name is there."""
        return self._put_entity(self._next("entity"), name, type, description, aliases)

    def _put_entity(
        self, number: int, name: object, type: object, description: object, aliases: Iterable[object]
    ) -> int:
        data = {
            "id": number,
            "name": checks.text(name, "an entity's name"),
            "type": None if type is None else checks.text(type, "an entity's type"),
            "description": checks.text(description, "a description", blank=True),
            "aliases": [checks.text(alias, "an alias") for alias in aliases],
        }
        self._do("entity", data)
        return number

    def add_alias(self, entity: int, alias: str) -> None:
        """Add another way in which the entity is written; one it has already changes nothing."""
        self._do("alias", {"entity": self._entity(entity), "alias": checks.text(alias, "an alias")})

    def describe(self, entity: int, *, type: str | None = None, description: str | None = None) -> None:
        """Set type or description, whatever is not None."""
        data: dict[str, Any] = {"entity": self._entity(entity)}
        if type is not None:
            data["type"] = checks.text(type, "an entity's type")
        if description is not None:
            data["description"] = checks.text(description, "a description", blank=True)
        if len(data) > 1:
            self._do("describe", data)

    def merge(self, keep: int, gone: int, why: str = "") -> int:
        """Make `gone` a part of `keep`; returns the event's number, which `Store.undo_merge` takes.

        Its names become aliases, its relations and their evidence move, relations that are equal then are joined. Type
        and description of `keep` are filled in where they are missing.
        """
        kept, lost = (self._current("entity", number) for number in (keep, gone))
        if kept == lost:
            raise StoreError(f"entities {keep} and {gone} are one already (entity {kept})")
        data = {"keep": index(keep), "gone": index(gone), "why": checks.text(why, "why to merge", blank=True)}
        return self._do("merge", data)

    def _entity(self, number: int) -> int:
        self._current("entity", number)
        return index(number)  # as it was written: an undone merge gives each its own again

    def _current(self, what: str, number: int) -> int:
        tables, number = self._tables(), checks.number(number, what)
        with self._store._refusing():
            found = _KNOWN[what](tables, number)
        if found is None:
            raise NotInStore(what, number, f"use an id that add_{what} gave, or add it first")
        return found

    # -- relations

    def add_relation(
        self,
        source: int,
        verb: str,
        target: int,
        *,
        confidence: float = 1.0,
        status: Status = "hypothesis",
        valid_from: str | None = None,
        valid_to: str | None = None,
    ) -> int:
        """State a relation; returns its id.

        The same source, verb, target and time again is the same relation: the larger confidence counts, `grounded`
        beats `hypothesis`, and what was retired stays retired until `set_status` says otherwise.
        """
        number = self._next("relation")
        return self._put_relation(number, source, verb, target, confidence, status, valid_from, valid_to)

    def _put_relation(
        self,
        number: int,
        source: int,
        verb: object,
        target: int,
        confidence: object,
        status: object,
        valid_from: object,
        valid_to: object,
    ) -> int:
        data: dict[str, Any] = {
            "id": number,
            "source": self._entity(source),
            "verb": checks.text(verb, "a relation's verb"),
            "target": self._entity(target),
            "confidence": checks.confidence(confidence),
            "status": checks.status(status),
            "valid_from": checks.date(valid_from, "valid_from"),
            "valid_to": checks.date(valid_to, "valid_to"),
        }
        self._do("relation", data)
        found = self._current("relation", number)
        self._stated[found] = number
        return found

    def set_status(self, relation: int, status: Status) -> None:
        """Call a relation grounded, a hypothesis, or retired. Nothing is ever deleted: facts are retired."""
        now = self._store.relation(relation)
        data = {
            "relation": self._stated.get(now.id, index(relation)),
            "status": checks.status(status),
            "source": now.source,
            "verb": now.verb,
            "target": now.target,
            "valid_from": now.valid_from or "",
            "valid_to": now.valid_to or "",
        }
        self._do("status", data)

    def add_evidence(
        self,
        relation: int,
        *,
        quote: str = "",
        document: int | None = None,
        start: int | None = None,
        end: int | None = None,
        call: str | None = None,
    ) -> None:
        """Say why a relation is believed: the span [start, end) of a document, or a model's call, or just this step.

        The same span or call for the same relation again changes nothing.
        """
        found = self._current("relation", relation)
        if document is None and (start is not None or end is not None):
            raise StoreError("evidence has a span but no document; name the document")
        if document is not None:
            document = checks.number(document, "document")
            self._check_span(document, start, end)
        data = {
            "relation": self._stated.get(found, index(relation)),
            "quote": checks.text(quote, "a quote", blank=True),
            "document": document,
            "start": start,
            "end": end,
            "call": None if call is None else checks.text(call, "the key of a call"),
        }
        self._do("evidence", data)

    def _check_span(self, document: int, start: int | None, end: int | None) -> None:
        if document not in self._lengths:
            found = self._store.document(document)
            self._lengths[document] = len(found.text) if found.text else None
        length = self._lengths[document]
        if start is None and end is None:
            return
        whole = all(isinstance(at, int) and not isinstance(at, bool) for at in (start, end))
        if not whole or not 0 <= start <= end or (length is not None and end > length):  # type: ignore[operator]
            raise StoreError(
                f"[{start}, {end}) is no span of document {document}"
                + ("" if length is None else f", which has {length} characters")
            )

    # -- documents, and what else a step leaves

    def add_document(self, name: str, text: str) -> int:
        """Keep a text; returns its id. The same text again, under any name, is the document that is there."""
        checks.text(text, "a document", blank=True)
        digest = hashlib.sha256(text.encode()).hexdigest()
        number = self._add_document(name, digest, text)
        self._lengths[number] = len(text)
        return number

    def _add_document(self, name: str, digest: str, text: str | None) -> int:
        checks.text(name, "a document's name")
        checks.text(digest, "a document's digest")
        base = self._tables().base
        with self._store._refusing():
            if text is not None:
                base.execute("INSERT OR IGNORE INTO texts VALUES (?, ?)", (digest, text))
        number = self._next("document")
        self._do("document", {"id": number, "name": name, "digest": digest})
        return self._current("document", number)

    def quarantine(self, what: str, why: str) -> None:
        """Keep with the step what could not be taken in, and why: nothing is dropped in silence."""
        data = {"what": checks.text(what, "what is quarantined", blank=True), "why": checks.text(why, "the reason")}
        self._do("quarantine", data)

    def note(self, name: str, data: Any) -> None:
        """Keep JSON data with the step, such as its cost: `StepRecord.notes[name]`. The last one of a name counts."""
        checks.text(name, "a note's name")
        self._do("note", {"name": name, "data": checks.json_data(data, f"the note {name!r}")})

    def put_value(self, name: str, data: Any) -> None:
        """Keep a run's state (JSON) under a name, in place of what was there: `store.value(name)`."""
        checks.text(name, "a value's name")
        self._do("value", {"name": name, "data": checks.json_data(data, f"the value {name!r}")})
