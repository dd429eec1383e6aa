"""Groups that grow by pairs, and never past a pair that is known to be two: A~B and B~C do not make A~C."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class Grouping(Generic[T]):
    """Groups of things. apart: whether two things must not meet in one group; asked once for each two that might."""

    def __init__(self, apart: Callable[[T, T], bool]) -> None:
        self._apart = apart
        self._groups: dict[T, list[T]] = {}

    def of(self, one: T) -> list[T]:
        """The group of a thing, in the order in which its members came."""
        return self._groups.setdefault(one, [one])

    def join(self, one: T, other: T) -> bool:
        """Make two groups one, if no member of the first must be apart from one of the second; tells whether they are.

        The two that are joined are not asked about: whoever joins them has decided that.
        """
        first, second = self.of(one), self.of(other)
        if first is second:
            return True
        if any(self._apart(x, y) for x in first for y in second if (x, y) != (one, other)):
            return False
        first += second
        for member in second:
            self._groups[member] = first
        return True
