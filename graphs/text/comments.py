"""Comments in code: what is commented out is no edge."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graphs.text.patterns import lazy

_FENCE = lazy(r"^[ \t]*```[^\n`]*\n(.*?)(?:^[ \t]*```|\Z)", re.M | re.S)
_CODE = lazy(r"^[ \t]*(?:[A-Za-z_]\w*[ \t]*=[ \t]*[\[({\w\"']|[A-Za-z_]\w*\.\w+\(|import |from \w+ import )", re.M)
_HASH = lazy(r"^[ \t]*#[^\n]*|(?<=[)\]}])[ \t]*#[^\n]*", re.M)
_COMMENT = lazy(r"^[ \t]*(?:#|//|--(?= )|%|;)[^\n]*|(?<=\s)(?:#|//)\s[^\n]*", re.M)


def comments(text: str) -> Iterator[tuple[int, int]]:
    """Where comments stand in code, fenced or not; lines that all begin with such a sign are none."""
    if "```" not in text:
        if "#" in text and _CODE.search(text):
            yield from (match.span() for match in _HASH.finditer(text))
        return
    for fence in _FENCE.finditer(text):
        found = [match.span() for match in _COMMENT.finditer(text, *fence.span(1))]
        rest = text[fence.start(1) : fence.end(1)]
        for start, end in reversed(found):
            rest = rest[: start - fence.start(1)] + rest[end - fence.start(1) :]
        if rest.strip() and not any("#" in line.lstrip()[1:] for line in rest.splitlines()):
            yield from found


def blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with spaces in place of these spans."""
    parts, position = [], 0
    for start, end in spans:
        parts += [text[position:start], " " * (end - start)]
        position = end
    return "".join((*parts, text[position:]))
