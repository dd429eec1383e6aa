"""What a model proposes for the graph, after it was read and before anything of it is believed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from agents.models import Usage

SECTIONS = ("brainstorm", "graph", "patterns", "synthesis")  # of a model's reasoning


@dataclass(frozen=True, slots=True)
class Triple:
    """`source` -verb-> `target`.

    quote: the words that it rests on, as the document has them. start, end: their half-open character span in the
    document; None where nothing of the document bears the triple out, which makes it a hypothesis. confidence: 0 to 1,
    a rank and no probability.
    """

    source: str
    verb: str
    target: str
    source_type: str | None = None
    target_type: str | None = None
    quote: str | None = None
    start: int | None = None
    end: int | None = None
    confidence: float = 0.5

    @property
    def grounded(self) -> bool:
        """Whether a span of a document bears it out."""
        return self.start is not None


class Quarantined(NamedTuple):
    """A part of a reply that could not be used. what: its beginning. why: a reason that a person understands."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one reply proposes, repaired and checked.

    entities: (name, type) of every entity, in order of appearance; each end of a triple is among them. answer: the text
    after the reasoning. reasoning: the parts named in `SECTIONS` that the reply has. repairs: how often each kind of
    repair was needed. quarantined: what was left out, and why. call: the reply's key in the cache of replies; None if
    the model has no such key. aliases: other spellings of an entity within this reply. signs: entities such as `E` or
    `T_g` whose meaning the reply does not tell; the same sign in another reply may be another thing. usage: what the
    calls cost.
    """

    triples: tuple[Triple, ...] = ()
    entities: tuple[tuple[str, str | None], ...] = ()
    answer: str = ""
    reasoning: Mapping[str, str] = field(default_factory=dict)
    repairs: Mapping[str, int] = field(default_factory=dict)
    quarantined: tuple[tuple[str, str], ...] = ()
    call: str | None = None
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    signs: frozenset[str] = frozenset()
    usage: Usage = Usage()
