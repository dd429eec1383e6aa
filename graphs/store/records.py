"""What a knowledge graph is made of. Records are values: changing the store gives new ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Status = Literal["grounded", "hypothesis", "retired"]
STATUSES: tuple[Status, ...] = ("grounded", "hypothesis", "retired")
StepKind = Literal["question", "document", "import", "edit"]


@dataclass(frozen=True, slots=True)
class Entity:
    """A node of the knowledge graph. name: as first written. aliases: other ways it was written. step: when it came."""

    id: int
    name: str
    type: str | None = None
    description: str = ""
    aliases: tuple[str, ...] = ()
    step: int = 0


@dataclass(frozen=True, slots=True)
class Relation:
    """An edge: `source` -verb-> `target` (entity ids). Parallel relations differ in verb or in time.

    confidence: 0 to 1. status: `grounded` has a span of a document behind it, `hypothesis` only a model's word,
    `retired` no longer holds. valid_from, valid_to: ISO dates, or None where nothing is said.
    """

    id: int
    source: int
    verb: str
    target: int
    confidence: float = 1.0
    status: Status = "hypothesis"
    valid_from: str | None = None
    valid_to: str | None = None
    step: int = 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a relation is believed: the half-open character span [start, end) of a document, or a model's call in a step.

    quote: the words of the span, or of the model. call: the key of the reply in the store's cache of calls.
    """

    relation: int
    step: int
    quote: str = ""
    document: int | None = None
    start: int | None = None
    end: int | None = None
    call: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A text that was read. digest: SHA-256 of `text`."""

    id: int
    name: str
    digest: str
    text: str = ""
    step: int = 0


@dataclass(frozen=True, slots=True)
class StepRecord:
    """A committed step. about: what was asked or read. notes: JSON data such as cost, repairs, measures."""

    number: int
    kind: StepKind
    about: str
    at: str
    notes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the append-only log: what was done, with everything needed to do it again."""

    number: int
    step: int
    kind: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Merge:
    """A merge that holds: entity `gone` is now `keep`. event: its number in the log, which `Store.undo_merge` takes."""

    event: int
    step: int
    keep: int
    gone: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class Quarantined:
    """Something that a step was given and did not take in: what it was, and why."""

    step: int
    what: str
    why: str
