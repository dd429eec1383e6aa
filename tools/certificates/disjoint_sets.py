"""Disjoint sets, for checkers that merge what an edge joins."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


class Sets:
    """Disjoint sets, by renaming the smaller one."""

    def __init__(self, items: Iterable[Any]) -> None:
        self.name = {item: i for i, item in enumerate(items)}
        self.members = {i: [item] for item, i in self.name.items()}

    def join(self, u: Any, v: Any) -> bool:
        """Make one set of both; False when they are one already."""
        a, b = self.name[u], self.name[v]
        if a == b:
            return False
        if len(self.members[a]) > len(self.members[b]):
            a, b = b, a
        for item in self.members[a]:
            self.name[item] = b
        self.members[b] += self.members.pop(a)
        return True
