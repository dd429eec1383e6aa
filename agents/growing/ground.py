"""Whether a text bears a triple out: looked up in the text, without a model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from agents.growing.proposal import Triple


class Span(NamedTuple):
    """The half-open character span of a quote in a text. how: found letter by letter, or with tolerance."""

    start: int
    end: int
    how: Literal["exact", "aligned"] = "exact"


def ground(triple: Triple, text: str, *, aliases: Mapping[str, Sequence[str]] | None = None) -> Span | None:
    """Where `text` bears the triple out, or None: then the triple is a hypothesis."""
    raise NotImplementedError
