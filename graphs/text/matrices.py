"""Adjacency matrices: rows of numbers with or without labels, and lists of lists."""

from __future__ import annotations

import re

from graphs.text.blocks import Block
from graphs.text.patterns import lazy
from graphs.text.scan import Scan
from graphs.text.tokens import clean, read_number

_CELL = lazy(r"[^\s,;|\[\]&]+")
_NOTHING = frozenset(("inf", "∞", "-", "x", ".", "none", "null", "nan", "–"))
_CUE = lazy(r"matri(?:x|ces)|adjacency", re.I)
Row = tuple[list[str], int, int]


def read_rows(text: str, start: int, end: int) -> Block | None:
    """Rows of numbers one a line, square, with an optional line of labels above and labels before the rows."""
    rows: list[Row] = []
    first = start
    while first < end:
        stop = text.find("\n", first, end)
        stop = end if stop < 0 else stop
        cells = _CELL.findall(text[first:stop].replace(":", " "))
        if len(cells) < 2 or not all(_is_entry(cell) for cell in cells[1:]) or (rows and len(cells) != len(rows[0][0])):
            break
        rows.append((cells, first, stop))
        first = stop + 1
        if len(rows) > len(cells):
            return None
    if not rows:
        return None
    labels, begin = _header(text, start, rows)
    width = len(rows[0][0])
    named = width == len(rows) + 1 and len({row[0][0] for row in rows}) == len(rows)
    if all(row[0][1] == "-" for row in rows):
        return None
    if named:
        labels = labels or [clean(row[0][0]) for row in rows]
        rows = [(cells[1:], a, b) for cells, a, b in rows]
    elif width != len(rows) or not all(_is_entry(row[0][0]) for row in rows):
        return None
    cue = bool(_CUE.search(text, max(0, start - 200), start)) or named or bool(labels)
    if not cue and not _looks_like_matrix(rows):
        return None
    return Block(begin, rows[-1][2], lambda scan: add_matrix(scan, rows, labels, begin))


def _is_entry(cell: str) -> bool:
    return cell.lower() in _NOTHING or read_number(cell) is not None


def _header(text: str, start: int, rows: list[Row]) -> tuple[list[str] | None, int]:
    """The labels on the line above the rows, when there is one label for each row."""
    stop = start - 1
    if stop <= 0:
        return None, start
    begin = text.rfind("\n", 0, stop) + 1
    cells = [clean(cell) for cell in _CELL.findall(text[begin:stop]) if clean(cell)]
    if len(cells) == len(rows) + 1 and len(rows[0][0]) == len(rows) + 1:
        cells = cells[1:]
    if (
        len(cells) == len(rows)
        and not any(len(cell) > 40 for cell in cells)
        and not text[begin:stop].rstrip().endswith((":", "."))
        and not _CUE.search(text, begin, stop)  # "Given the adjacency matrix" above four rows
    ):
        return cells, begin
    return None, start


def _looks_like_matrix(rows: list[Row]) -> bool:
    """A square of numbers without words around it: zero diagonal and symmetric, or 0 and 1 only, from 3 rows on."""
    size = len(rows)
    cells = [row[0] for row in rows]
    binary = all(cell in ("0", "1") for row in cells for cell in row)
    symmetric = all(cells[i][j] == cells[j][i] for i in range(size) for j in range(i))
    diagonal = all(cells[i][i] in ("0", "-", "inf") for i in range(size))
    return size > 2 and (binary or (symmetric and diagonal) or size > 3)


def add_matrix(scan: Scan, rows: list[Row], labels: list[str] | None, start: int) -> None:
    """Add the edges of a square matrix; directed when it is not symmetric and the text does not deny it."""
    size = len(rows)
    draft = scan.draft if not scan.draft.links else scan.fork()
    if labels is None:
        labels = list(draft.declared) if len(draft.declared) == size else [str(i) for i in range(size)]
    values = [[_entry(cell) for cell in cells] for cells, _, _ in rows]
    symmetric = all(values[i][j] == values[j][i] for i in range(size) for j in range(i))
    weighted = any(value not in (0, 1, None) for row in values for value in row)
    stated = draft.stated if draft.stated is not None else scan.stated
    draft.declare(labels)
    draft.both_ends = True
    if not symmetric and stated is False:
        draft.contradictions.append("the matrix of an undirected graph is not symmetric")
    for i, (_, begin, stop) in enumerate(rows):
        for j, value in enumerate(values[i]):
            if not value or (symmetric and stated is not True and j < i):
                continue
            draft.link(labels[i], labels[j], begin, stop, not symmetric, {"weight": value} if weighted else None)
    scan.claim(start, rows[-1][2], "graph")


def _entry(cell: str) -> int | float | None:
    return None if cell.lower() in _NOTHING else read_number(cell)
