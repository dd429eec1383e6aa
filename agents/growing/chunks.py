"""Cutting a document into pieces that a model can read in one call."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chunk:
    """The characters [start, end) of a document. text: exactly these."""

    start: int
    end: int
    text: str


def chunks(text: str, words: int = 300) -> list[Chunk]:
    """Cut `text` at paragraphs, and at sentences where a paragraph is too long, into pieces of at most `words` words."""
    raise NotImplementedError
