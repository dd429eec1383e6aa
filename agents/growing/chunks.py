"""Cutting a document into pieces that a model can read in one call."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graphs.errors import BadArgument

_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")
_STOP = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)|\n(?=\s*(?:[-*•#]|\d+[.)])\s)")
_ABBREVIATED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|vs|etc|cf|Fig|Figs|Eq|No|Vol|pp|approx|e\.g|i\.e|al|[A-Z])\.$"
)


@dataclass(frozen=True, slots=True)
class Chunk:
    """The characters [start, end) of a document. text: exactly these."""

    start: int
    end: int
    text: str


def chunks(text: str, words: int = 300) -> list[Chunk]:
    """Cut `text` into pieces of at most `words` words, at paragraphs, else at sentences, else at blanks.

    The pieces are in order and do not overlap; only white space lies between them.

    Raises:
        BadArgument: `words` is less than 1.
    """
    if words < 1:
        raise BadArgument(f"a chunk has at least 1 word, not {words}")
    made: list[Chunk] = []
    start = end = held = 0
    for unit_start, unit_end, count in _units(text, words):
        if held and held + count > words:
            made.append(Chunk(start, end, text[start:end]))
            held = 0
        if not held:
            start = unit_start
        end, held = unit_end, held + count
    if held:
        made.append(Chunk(start, end, text[start:end]))
    return made


def sentences(text: str) -> list[tuple[int, int]]:
    """The spans of the sentences of `text`, without the white space around them; abbreviations do not end one."""
    spans: list[tuple[int, int]] = []
    for start, end in _paragraphs(text):
        at = start
        for stop in _STOP.finditer(text, start, end):
            if _ABBREVIATED.search(text, max(at, stop.end() - 12), stop.end()):
                continue
            spans += _trimmed(text, at, stop.end())
            at = stop.end()
        spans += _trimmed(text, at, end)
    return spans


def _units(text: str, words: int) -> Iterator[tuple[int, int, int]]:
    """(start, end, number of words) of the pieces that stay whole: paragraphs, or their parts where they are long."""
    for start, end in _paragraphs(text):
        count = _count(text, start, end)
        if count <= words:
            yield start, end, count
            continue
        for first, last in sentences(text[start:end]):
            yield from _pieces(text, start + first, start + last, words)


def _pieces(text: str, start: int, end: int, words: int) -> Iterator[tuple[int, int, int]]:
    """A sentence, or pieces of `words` words of one that is longer."""
    found = list(re.compile(r"\S+").finditer(text, start, end))
    for at in range(0, len(found), words):
        part = found[at : at + words]
        yield part[0].start(), part[-1].end(), len(part)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for gap in _PARAGRAPH.finditer(text):
        yield from _trimmed(text, at, gap.start())
        at = gap.end()
    yield from _trimmed(text, at, len(text))


def _trimmed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The span without the white space at its ends; none where nothing else is there."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return [(start, end)] if start < end else []


def _count(text: str, start: int, end: int) -> int:
    return len(text[start:end].split())
