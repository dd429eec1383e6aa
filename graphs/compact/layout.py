"""What the head of a large table says: delimiter, header, roles of the columns; the same guesses as for small ones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphs.files.build import Options
from graphs.files.rows import split_rows
from graphs.files.source import Source
from graphs.files.tabular import EdgeTable

if TYPE_CHECKING:
    from collections.abc import Sequence

_ONE_BLANK = re.compile(r"[^ \t]+(?:([ \t])[^ \t]+)+")


@dataclass
class Layout:
    """How the rows of a table are read.

    skip: lines before the first row. delimiter: one byte between cells; "" when blanks of any number separate them.
    columns: role -> place, of source, target and what else has a role. names: place -> attribute of an edge.
    """

    source: Source
    skip: int
    delimiter: str
    width: int
    columns: dict[str, int]
    names: dict[int, str]
    directed: bool
    notes: list[str]
    own_names: dict[str, str]
    blanks: bool = False  # cells are separated by blanks, and lines after "#" and "%" are comments anywhere
    typed_rows: bool = False  # a column says for each row whether it is directed
    whole: dict[int, bool] | None = None  # of a piece of numbers alone: place -> whether its cells are whole


class _Head(EdgeTable):
    """The first rows of a table: their widths are checked later, with those of all others."""

    def _check_widths(self) -> None:
        widths = [len(row) for _, row in self.rows[:200]]
        if not self.header:
            self.width = max(set(widths), key=widths.count)  # one bad row among the first is not the rule


def layout_of(name: str, head: bytes, options: Options) -> Layout:
    """The layout that the first lines of a file show.

    Raises:
        ParseError: they are no text, or no table of edges.
    """
    source = Source(name, head)
    rows, comments, delimiter = split_rows(source, options)
    table = _Head(source, options, rows, comments, delimiter)
    table.columns = table._columns() if not table.header else table.columns
    table._names()
    typed = "type" in table.columns
    directed = table._directed() if not typed or options.directed is not None else False
    names = {}
    roles = {place: role for role, place in table.columns.items()}
    for place in range(table.width):
        if roles.get(place) not in ("source", "target", "type"):
            own = table.header[place].strip() if table.header else ""
            names[place] = roles.get(place) or own or f"column {place + 1}"
    blanks = delimiter == " "
    if blanks:
        delimiter = _single(source.text.split("\n")[table.rows[0][0] - 1 :][:2000])
    return Layout(
        source, table.rows[0][0] - 1, delimiter, table.width, table.columns, names, directed,
        [*source.notes, *dict.fromkeys(table.build.notes)], table.build.names, blanks, typed,
    )  # fmt: skip


def _single(lines: Sequence[str]) -> str:
    """The one blank between all cells, or "" when their number or kind changes."""
    found = set()
    for line in lines:
        line = line.rstrip("\r")
        if line:
            match = _ONE_BLANK.fullmatch(line)
            found |= set(re.findall(r"[ \t]", line)) if match else {""}
    return found.pop() if len(found) == 1 else ""
