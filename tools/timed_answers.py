"""Typed answers about time: a moment, several moments, a figure at each moment, dated edges, a dated path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphs.graph import Node
from tools.answers import Answer, Path


@dataclass(frozen=True)
class Moment(Answer):
    """A point in time; None when it never comes."""

    time: Any
    witness: Any = None

    @property
    def value(self) -> Any:
        return self.time

    @property
    def exists(self) -> bool:
        return self.time is not None


@dataclass(frozen=True)
class Times(Answer):
    """Points in time, each once, in order."""

    times: list[Any]

    @property
    def value(self) -> list[Any]:
        return self.times


@dataclass(frozen=True)
class Timeline(Answer):
    """One figure for each point in time, in order."""

    values: Mapping[Any, int | float]

    @property
    def value(self) -> dict[Any, int | float]:
        return dict(self.values)


@dataclass(frozen=True)
class TimedEdges(Answer):
    """Edges as (source, target, time)."""

    edges: list[tuple[Node, Node, Any]]

    @property
    def value(self) -> list[list[Any]]:
        return [list(edge) for edge in self.edges]


@dataclass(frozen=True)
class TimedPath(Path):
    """A path whose edges are taken at `times`, one for each step; `length` counts its edges.

    labels: for each node that is reached, a bound on the time of reaching (or leaving) it that no path beats.
    """

    times: tuple[Any, ...] = ()
    labels: Mapping[Node, Any] | None = None

    @property
    def departure(self) -> Any:
        return self.times[0] if self.times else None

    @property
    def arrival(self) -> Any:
        return self.times[-1] if self.times else None
