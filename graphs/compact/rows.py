"""One piece of a table to columns of cells, by polars; where it objects, which line is at fault."""

from __future__ import annotations

import io
import re
from typing import Any

from graphs.compact.clean import read_clean, whole_columns
from graphs.compact.extra import need
from graphs.compact.layout import Layout
from graphs.compact.piece import Bad, Piece
from graphs.files.rows import MISSING, split_line

_BLANKS = re.compile(rb"[ \t]+")
_EDGES_OF_LINES = re.compile(rb"^[ \t]+|[ \t]+$", re.MULTILINE)
_COMMENTS = re.compile(rb"^[ \t]*[#%][^\n]*$", re.MULTILINE)
_PADDED = re.compile(r"^[+-]?0[0-9]")


class NotNumbers(Exception):
    """A column that was taken for numbers holds a text."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def read_piece(layout: Layout, data: bytes, first_line: int, text_columns: set[str]) -> Piece:
    """The rows of `data`, whose first line is number `first_line` of the file. Bad rows are listed and left out."""
    pl = need("polars")
    np = need("numpy")
    if layout.whole is not None and not text_columns:
        clean = read_clean(layout, data, first_line)
        if clean is not None:
            return clean
    piece = _read(pl, np, layout, data, first_line, text_columns)
    layout.whole = whole_columns(layout, piece)
    return piece


def _read(pl: Any, np: Any, layout: Layout, data: bytes, first_line: int, text_columns: set[str]) -> Piece:
    newlines = data.count(b"\n") + (not data.endswith(b"\n"))
    if layout.blanks and (b"#" in data or b"%" in data):
        data = _COMMENTS.sub(b"", data)
    if not layout.delimiter:
        data = _BLANKS.sub(b" ", _EDGES_OF_LINES.sub(b"", data.replace(b"\r", b"")))
    frame = _frame(pl, layout, data)
    lines = np.arange(first_line, first_line + newlines, dtype=np.int64)
    plain = len(frame) == newlines
    if not plain:
        lines = _lines_of_rows(np, layout, data, first_line)
        if len(lines) != len(frame):  # cells with line breaks inside
            lines = _lines_by_quotes(np, layout, data, first_line)
    return _checked(pl, np, layout, frame, lines, data, first_line, text_columns)


def _frame(pl: Any, layout: Layout, data: bytes) -> Any:
    """All cells as text; one column more than the table has shows the rows that are too long."""
    names = [f"c{place}" for place in range(layout.width + 1)]
    delimiter = layout.delimiter or " "
    return pl.read_csv(
        io.BytesIO(delimiter.join(names).encode() + b"\n" + data),
        separator=delimiter,
        infer_schema=False,
        quote_char='"' if b'"' in data else None,
        truncate_ragged_lines=True,
        encoding="utf8",
    )


def _lines_of_rows(np: Any, layout: Layout, data: bytes, first_line: int) -> Any:
    """The lines that are not empty."""
    cells = np.frombuffer(data if data.endswith(b"\n") else data + b"\n", np.uint8)
    ends = np.flatnonzero(cells == 10)
    starts = np.concatenate([[0], ends[:-1] + 1])
    sizes = ends - starts
    sizes = sizes - ((sizes == 1) & (cells[starts] == 13))
    there = sizes > 0
    return first_line + np.flatnonzero(there)


def _lines_by_quotes(np: Any, layout: Layout, data: bytes, first_line: int) -> Any:
    import csv

    reader = csv.reader(io.StringIO(data.decode("utf-8", "replace"), newline=""), delimiter=layout.delimiter or " ")
    lines, line = [], 1
    for row in reader:
        if row:
            lines.append(line)
        line = reader.line_num + 1
    return first_line - 1 + np.array(lines, np.int64)


def _checked(
    pl: Any, np: Any, layout: Layout, frame: Any, lines: Any, data: bytes, first_line: int, text_columns: set[str]
) -> Piece:
    source, target = (frame[f"c{layout.columns[role]}"] for role in ("source", "target"))
    if not layout.blanks and b'"' not in data:
        source, target = _stripped(pl, source), _stripped(pl, target)
    wrong: dict[int, str] = {}  # row -> why
    extra = frame[f"c{layout.width}"]
    raw = _Raw(data, first_line)
    for row in _true(extra.is_not_null()):
        cells = split_line(raw.line(int(lines[row])), layout.delimiter or " ")
        wrong[row] = f"{len(cells)} columns, where {layout.width} are expected ({_shown(cells)})"
    alone = []
    for row in _true(source.is_null() | target.is_null()):
        line = raw.line(int(lines[row]))
        if not line.strip():
            continue
        cells = split_line(line, layout.delimiter or " ")
        lone = source[row] or target[row]
        if len(cells) <= max(layout.columns["source"], layout.columns["target"]):
            wrong[row] = (
                f"{len(cells)} column{'s' * (len(cells) != 1)}, where {layout.width} are expected ({_shown(cells)})"
            )
        elif not lone:
            wrong[row] = "both nodes of the edge are missing"
        elif row not in wrong:
            alone.append(lone)
    numbers, texts = {}, {}
    for place, name in layout.names.items():
        cells = frame[f"c{place}"]
        found, odd = (None, cells) if name in text_columns else _numbers(pl, cells, layout.delimiter)
        if found is not None:
            numbers[name] = found
            continue
        if name in text_columns or layout.columns.get(name) != place or name not in ("weight", "capacity"):
            if name not in text_columns:
                raise NotNumbers(name)
            texts[name] = cells
            continue
        for row in odd:
            wrong.setdefault(row, f"{name} {str(cells[row])[:40]!r} is not a number")
        numbers[name] = _loose(pl, cells)
    piece = Piece(lines, source, target, numbers, texts, alone)
    piece.bad = [Bad(int(lines[row]), why) for row, why in sorted(wrong.items())]
    if layout.typed_rows:
        piece.kinds = {str(kind).strip().lower() for kind in frame[f"c{layout.columns['type']}"].unique().drop_nulls()}
    gone = source.is_null() | target.is_null()
    if wrong or gone.any():
        keep = ~gone.to_numpy()
        keep[list(wrong)] = False
        mask = pl.Series(keep)
        piece.lines = lines[keep]
        piece.source, piece.target = source.filter(mask), target.filter(mask)
        piece.numbers = {name: cells.filter(mask) for name, cells in numbers.items()}
        piece.texts = {name: cells.filter(mask) for name, cells in texts.items()}
    return piece


def _stripped(pl: Any, cells: Any) -> Any:
    """Cells without blanks around them; an empty one is none."""
    bare = cells.str.strip_chars()
    return bare.set(bare == "", None) if (bare == "").any() else bare


def _true(mask: Any) -> list[int]:
    found: list[int] = mask.arg_true().to_list() if mask.any() else []
    return found


def _numbers(pl: Any, cells: Any, delimiter: str) -> tuple[Any, list[int]]:
    """The column as numbers, or None and the rows that hold none."""
    missing = cells.null_count()
    whole = cells.cast(pl.Int64, strict=False)
    if whole.null_count() == missing and (missing == len(cells) or not cells.str.contains(_PADDED.pattern).any()):
        return whole, []
    loose = _loose(pl, cells, delimiter)
    odd = loose.is_null() & cells.is_not_null()
    odd |= cells.str.contains(_PADDED.pattern).fill_null(False)
    odd |= loose.is_infinite().fill_null(False) & ~cells.str.to_lowercase().str.contains("inf").fill_null(False)
    odd &= ~cells.str.to_lowercase().is_in(list(MISSING))
    rows = _true(odd)
    return (None, rows) if rows else (loose.fill_nan(None), [])


def _loose(pl: Any, cells: Any, delimiter: str = ",") -> Any:
    found = cells.str.strip_chars().cast(pl.Float64, strict=False)
    if delimiter != "," and found.null_count() > cells.null_count():
        found = cells.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
    return found


class _Raw:
    """Lines of the piece by their number, cut out when one is needed."""

    def __init__(self, data: bytes, first_line: int) -> None:
        self.data, self.first = data, first_line
        self._lines: list[bytes] | None = None

    def line(self, number: int) -> str:
        if self._lines is None:
            self._lines = self.data.split(b"\n")
        at = number - self.first
        found = self._lines[at] if 0 <= at < len(self._lines) else b""
        return found.decode("utf-8", "replace").rstrip("\r")


def _shown(cells: list[str]) -> str:
    text = " | ".join(cell[:20] for cell in cells[:5])
    return text[:60] + "…" * (len(text) > 60 or len(cells) > 5)
