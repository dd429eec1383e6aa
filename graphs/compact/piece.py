"""The rows of one piece of a table, and those that cannot be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graphs.compact.arrays import Array


@dataclass
class Bad:
    """A row that cannot be read: its line, and why."""

    line: int
    why: str


@dataclass
class Piece:
    """The rows of one piece. lines: int64, the line of each row. source, target: polars columns of texts.

    numbers: name -> polars column of Int64 or Float64. texts: name -> column that holds no numbers.
    """

    lines: Array
    source: Any
    target: Any
    numbers: dict[str, Any]
    texts: dict[str, Any]
    alone: list[str] = field(default_factory=list)
    bad: list[Bad] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
