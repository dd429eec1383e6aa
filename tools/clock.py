"""A time limit that a search looks at while it runs."""

from __future__ import annotations

import time


class Clock:
    """A time limit in seconds, counted from its making; one below 0 counts as 0."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.end = time.monotonic() + max(0.0, limit)

    @property
    def left(self) -> float:
        return max(0.0, self.end - time.monotonic())

    @property
    def over(self) -> bool:
        return time.monotonic() >= self.end
