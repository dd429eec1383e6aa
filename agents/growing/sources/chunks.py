"""Cutting a document into pieces that a model can read in one call."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graphs.errors import BadArgument

_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")
_STOP = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)|\n(?=\s*(?:[-*•#]|\d+[.)])\s)")
_WORD = re.compile(r"\S+")
_FULL = 0.75  # of a chunk, from which on it ends at a paragraph
_ABBREVIATED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|vs|etc|cf|Fig|Figs|Eq|No|Vol|pp|approx|e\.g|i\.e|al|[A-Z])\.$"
)


@dataclass(frozen=True, slots=True)
class Chunk:
    """The characters [start, end) of a document. text: exactly these."""

    start: int
    end: int
    text: str


def chunks(text: str, words: int = 400) -> list[Chunk]:
    """Cut `text` into pieces of at most `words` words: at paragraphs where that leaves none small, else at sentences.

    The pieces are in order and do not overlap; only white space lies between them. A sentence of more words is cut.

    Raises:
        BadArgument: `words` is less than 1.
    """
    if words < 1:
        raise BadArgument(f"a chunk has at least 1 word, not {words}")
    made: list[Chunk] = []
    start = end = held = 0

    def close() -> None:
        nonlocal held
        if held:
            made.append(Chunk(start, end, text[start:end]))
        held = 0

    for paragraph in _paragraphs(text):
        count = _count(text, *paragraph)
        if held and held + count > words and held >= _FULL * words:
            close()
        units = [(*paragraph, count)] if held + count <= words else list(_units(text, *paragraph, words))
        for first, last, number in units:
            if held + number > words:
                close()
            if not held:
                start = first
            end, held = last, held + number
    close()
    return made


def sentences(text: str) -> list[tuple[int, int]]:
    """The spans of the sentences of `text`, without the white space around them; abbreviations do not end one."""
    return [span for paragraph in _paragraphs(text) for span in _sentences(text, *paragraph)]


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for stop in _STOP.finditer(text, start, end):
        if _ABBREVIATED.search(text, max(at, stop.end() - 12), stop.end()):
            continue
        yield from _trimmed(text, at, stop.end())
        at = stop.end()
    yield from _trimmed(text, at, end)


def _units(text: str, start: int, end: int, words: int) -> Iterator[tuple[int, int, int]]:
    """(start, end, number of words) of the sentences of a paragraph, or of pieces of a sentence that is too long."""
    for first, last in _sentences(text, start, end):
        count = _count(text, first, last)
        if count <= words:
            yield first, last, count
        else:
            yield from _pieces(text, first, last, words)


def _pieces(text: str, start: int, end: int, words: int) -> Iterator[tuple[int, int, int]]:
    found = list(_WORD.finditer(text, start, end))
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
