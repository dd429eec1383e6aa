"""Structured blocks inside a text (DOT, mermaid, literals, matrices, tables): each has its own reader."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from graphs.text.patterns import lazy
from graphs.text.scan import Scan


@dataclass(frozen=True, slots=True)
class Block:
    """A block that a reader recognised: where it stands, and the function that adds it to the reading."""

    start: int
    end: int
    apply: Callable[[Scan], None]


Reader = Callable[[str, int, int], Block | None]
_DOT = lazy(r"(?<![\w\"'])(?:strict\s+)?(?:di)?graph\b[^{}\n;?]{0,200}\{", re.I)
_MERMAID = lazy(r"^[ \t]*(?:graph|flowchart)[ \t]+(?:TD|TB|LR|RL|BT)\b", re.M)
_LITERAL = lazy(r"\{\s*(?:[\"'(\[]|-?\w+\s*:)|\[\s*\{|\[\s*\[|\{\s*\}")
_TABLE = lazy(r"^[ \t]*\|?[^|\n]+\|.*\n[ \t]*\|?[ \t]*:?-+:?[ \t]*\|[-:| \t]*$", re.M)
_NUMBERS = lazy(
    r"^(?=[^\n]*\d[ \t,;|]+[-\d.])[ \t]*(?:[^\s\d:|][^\s:|]{0,40}[ \t]*[:|]?[ \t]+)?(?:[-+]?[\d.]+|inf|∞|-|x)"
    r"(?:[ \t]*[,;|]?[ \t]+|,)(?:(?:[-+]?[\d.]+|inf|∞|-|x)(?:[ \t]*[,;|]?[ \t]*|$))+$",
    re.M,
)
_HEADER = lazy(
    r"^[ \t]*[\"']?[A-Za-z_][\w ()/#-]{0,60}[\"']?"
    r"(?:[ \t]*[,;\t][ \t]*[\"']?[A-Za-z_][\w ()/#-]{0,60}[\"']?)+[ \t]*\n(?=[^\n]*[,;\t])",
    re.M,
)


def find_blocks(text: str, start: int, end: int) -> Iterator[Block]:
    """The structured blocks between start and end, in order, none overlapping."""
    position = start
    for first, reader in sorted(_candidates(text, start, end), key=lambda item: item[0]):
        if first < position:
            continue
        block = reader(text, first, end)
        if block is not None and block.end > position:
            yield block
            position = block.end


def _candidates(text: str, start: int, end: int) -> Iterator[tuple[int, Reader]]:
    """Where a block may begin; cheap signs first, so that plain prose costs next to nothing."""
    braces = text.find("{", start, end) >= 0
    if braces and "raph" in text:
        from graphs.text.dot import read_dot

        yield from ((m.start(), read_dot) for m in _DOT.finditer(text, start, end))
    if "--" in text and ("graph" in text or "flowchart" in text):
        from graphs.text.mermaid import read_mermaid

        yield from ((m.start(), read_mermaid) for m in _MERMAID.finditer(text, start, end))
    if braces or "[[" in text or "[ [" in text or "[{" in text:
        from graphs.text.literals import read_literal

        yield from ((m.start(), read_literal) for m in _LITERAL.finditer(text, start, end))
    if "|" in text and "--" in text:
        from graphs.text.tables import read_markdown

        yield from ((m.start(), read_markdown) for m in _TABLE.finditer(text, start, end))
    if _may_hold_rows(text, start, end):
        from graphs.text.matrices import read_rows
        from graphs.text.tables import read_csv

        yield from ((m.start(), read_csv) for m in _HEADER.finditer(text, start, end))
        found = None
        for m in _NUMBERS.finditer(text, start, end):
            if found is None or text[found.end() : m.start()].strip("\n") or m.start() - found.end() > 1:
                yield m.start(), read_rows
            found = m


_ROWS = lazy(r"\n[^\n(:?.]*[\d\w][ \t]*[,;\t|]?[ \t]*[^\n(:?]*\n")


def _may_hold_rows(text: str, start: int, end: int) -> bool:
    """Whether some line inside has neither brackets nor sentence signs, as rows of numbers and tables do."""
    return text.count("\n", start, end) > 1 and _ROWS.search(text, start, end) is not None
