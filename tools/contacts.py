"""The contacts of a temporal graph: who is linked with whom, and when."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

from graphs.errors import BadArgument, MissingAttribute
from graphs.graph import Graph, Node


class Contact(NamedTuple):
    """An edge at a time."""

    source: Node
    target: Node
    time: Any

    def joins(self, u: Node, v: Node, *, directed: bool) -> bool:
        """Whether the contact leads from `u` to `v` (either way when undirected)."""
        return (self.source, self.target) == (u, v) or (not directed and (self.target, self.source) == (u, v))

    def other(self, node: Node) -> Node:
        return self.target if self.source == node else self.source


def contacts(graph: Graph, time: str, *moments: Any) -> list[Contact]:
    """Every edge with its time, in the graph's order; `moments` are times of the question to compare them with.

    Raises:
        MissingAttribute: some edge carries no `time`.
        BadArgument: the times, `moments` among them, are not all numbers, all texts or all dates.
    """
    found = []
    for edge in graph.edges():
        if edge.attributes.get(time) is None:
            raise MissingAttribute(time, "a question about times")
        found.append(Contact(edge.source, edge.target, edge.attributes[time]))
    kinds = {_kind(t) for t in (*(c.time for c in found), *moments)}
    if len(kinds) > 1 or None in kinds:
        raise BadArgument(f"the times under {time!r} and in the question must be all numbers or all texts of one form")
    return found


def arcs(graph: Graph, found: list[Contact]) -> Iterator[Contact]:
    """The contacts in each direction in which they can be taken."""
    for contact in found:
        yield contact
        if not graph.directed and contact.source != contact.target:
            yield Contact(contact.target, contact.source, contact.time)


def moments(found: list[Contact]) -> list[Any]:
    """The distinct times, in order."""
    return sorted({c.time for c in found})


def _kind(value: Any) -> str | None:
    if isinstance(value, bool) or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, (int, float)):
        return "number"
    return type(value).__name__ if hasattr(value, "__lt__") and not isinstance(value, (list, dict, set)) else None
