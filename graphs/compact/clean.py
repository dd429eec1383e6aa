"""Pieces of a table in which every cell is a plain number, read in one go; anything else is left to `rows`."""

from __future__ import annotations

from typing import Any

from graphs.compact.extra import need
from graphs.compact.layout import Layout
from graphs.compact.piece import Piece

_FEW = 2_000  # cells beginning with 0 that are looked at one by one


def whole_columns(layout: Layout, piece: Piece) -> dict[int, bool] | None:
    """place -> whether all cells of the column were whole; None where the piece holds more than plain numbers."""
    if piece.bad or piece.alone or piece.texts or piece.kinds or layout.typed_rows or not layout.delimiter:
        return None
    if len(layout.names) + 2 != layout.width or set(piece.numbers) != set(layout.names.values()):
        return None
    pl = need("polars")
    return {place: piece.numbers[name].dtype == pl.Int64 for place, name in layout.names.items()}


def read_clean(layout: Layout, data: bytes, first_line: int) -> Piece | None:
    """The rows of the piece, or None where a cell is anything but a number in its shortest form.

    Blanks, quotes, signs, leading zeros, comments, empty lines and missing or surplus cells all make it None: what
    they mean is decided in one place, `rows.read_piece`.
    """
    pl, np = need("polars"), need("numpy")
    delimiter = layout.delimiter.encode()
    odd = [b'"', b"+", b"-0", b"\r", b"#", b"%", *(blank for blank in (b" ", b"\t") if blank != delimiter)]
    if any(mark in data for mark in odd) or _padded(np, data, delimiter):
        return None
    assert layout.whole is not None
    types = {f"c{place}": pl.Int64 if layout.whole.get(place, True) else pl.Float64 for place in range(layout.width)}
    try:
        frame = pl.read_csv(data, has_header=False, separator=layout.delimiter, quote_char=None, schema=types)
    except pl.exceptions.PolarsError:
        return None
    count = len(frame)
    if count != data.count(b"\n") + (not data.endswith(b"\n")):
        return None
    columns = {name: frame[name] for name in types}
    if any(cells.null_count() for cells in columns.values()):
        return None
    if any(cells.dtype == pl.Float64 and not cells.is_finite().all() for cells in columns.values()):
        return None
    lines = np.arange(first_line, first_line + count, dtype=np.int64)
    source, target = (columns[f"c{layout.columns[role]}"] for role in ("source", "target"))
    return Piece(lines, source, target, {name: columns[f"c{place}"] for place, name in layout.names.items()}, {})


def _padded(np: Any, data: bytes, delimiter: bytes) -> bool:
    """Whether a cell begins with 0 and goes on with a digit."""
    if data[:1] == b"0" and data[1:2].isdigit():
        return True
    for before in (delimiter, b"\n"):
        at, seen = data.find(before + b"0"), 0
        while at >= 0:
            if data[at + 2 : at + 3].isdigit():
                return True
            seen += 1
            if seen > _FEW:
                return _padded_anywhere(np, data, delimiter)
            at = data.find(before + b"0", at + 2)
    return False


def _padded_anywhere(np: Any, data: bytes, delimiter: bytes) -> bool:
    cells = np.frombuffer(data, np.uint8)
    begins = (cells[:-2] == delimiter[0]) | (cells[:-2] == 10)
    begins &= cells[1:-1] == 48
    after = cells[2:][begins]
    return bool(((after >= 48) & (after <= 57)).any())
