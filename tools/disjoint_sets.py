"""Disjoint sets, for searches that merge what an edge joins."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any


class DisjointSets:
    """Disjoint sets with path halving (Tarjan 1975); what is not named yet is a set of its own."""

    def __init__(self) -> None:
        self.parent: dict[Hashable, Any] = {}

    def find(self, item: Any) -> Any:
        """The item that stands for the set."""
        parent = self.parent
        parent.setdefault(item, item)
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    def union(self, one: Any, other: Any) -> bool:
        """Join the sets of both; False when they are one already."""
        one, other = self.find(one), self.find(other)
        self.parent[one] = other
        return bool(one != other)
