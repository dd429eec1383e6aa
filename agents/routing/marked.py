"""A question whose nodes and numbers are marks, and what each mark stands for."""

from __future__ import annotations

import re

from agents.routing.mentions import Mark, Mentions

_MARK = re.compile("[ⓃⓆⓊ]")


class Marked:
    """A question's skeleton, with what each of its marks means."""

    def __init__(self, mentions: Mentions) -> None:
        self.skeleton = mentions.skeleton
        self.marks = list(zip((m.start() for m in _MARK.finditer(mentions.skeleton)), mentions.marks))

    def inside(self, start: int, end: int) -> list[Mark]:
        return [mark for at, mark in self.marks if start <= at < end]

    def text(self, start: int, end: int | None = None) -> str:
        """The question's own words for a part of the skeleton."""
        end = len(self.skeleton) if end is None else end
        parts, last = [], start
        for at, mark in self.marks:
            if start <= at < end:
                parts += [self.skeleton[last:at], mark.text]
                last = at + 1
        return "".join((*parts, self.skeleton[last:end]))
