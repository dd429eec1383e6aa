"""Read a large table of edges into a compact graph, without a step of Python for each edge."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graphs.compact import cache
from graphs.compact.chunks import CHUNK, digest_of, head_of, is_packed, pieces
from graphs.compact.coding import LabelCoder
from graphs.compact.estimate import require_memory
from graphs.compact.extra import need
from graphs.compact.graph import CompactGraph
from graphs.compact.layout import Layout, layout_of
from graphs.compact.piece import Bad, Piece
from graphs.compact.repeats import settle
from graphs.compact.rows import NotNumbers, read_piece
from graphs.errors import BudgetExceeded, ParseError, TooLarge
from graphs.files.build import Options

Progress = Callable[[str, float], None]
LISTED = 3  # skipped lines that a note names
MOST_EDGES = 2**31 - 2
FRAMES = (".parquet", ".pq", ".arrow", ".feather", ".ipc")


@dataclass
class Wishes:
    """How a large file is read.

    skip_bad_lines: leave out lines that cannot be read, and count them. memory_limit: bytes, in place of what is
    free. progress: called with what is done and the share of it, from 0 to 1. cancel: set it to stop. cached: keep
    the finished body beside the file (or in the user's cache folder), and take it from there. max_bytes: of the text,
    unpacked, where more is refused.
    """

    skip_bad_lines: bool = False
    memory_limit: int | None = None
    progress: Progress | None = None
    cancel: threading.Event | None = None
    cached: bool = True
    max_bytes: int | None = None

    def at(self, what: str, share: float) -> None:
        """Tell the progress.

        Raises:
            BudgetExceeded: the user stopped the work.
        """
        if self.cancel is not None and self.cancel.is_set():
            raise BudgetExceeded("reading the file was stopped")
        if self.progress is not None:
            self.progress(what, min(1.0, share))


@dataclass
class _Columns:
    """What the pieces add up to."""

    coder: LabelCoder = field(default_factory=LabelCoder)
    lines: list[Any] = field(default_factory=list)
    numbers: dict[str, list[Any]] = field(default_factory=dict)
    alone: list[str] = field(default_factory=list)
    bad: list[Bad] = field(default_factory=list)
    bad_count: int = 0
    kinds: set[str] = field(default_factory=set)
    rows: int = 0


def read_large(path: Path, options: Options, wishes: Wishes | None = None) -> CompactGraph:
    """The graph of a table of edges: CSV, TSV, blanks between cells, SNAP text, gzip of these, Parquet, Arrow.

    What is guessed (columns, header, direction, repeated rows) is guessed as for small files; columns of texts are left
    out. The lines of the edges are kept.

    Raises:
        ParseError: a line cannot be read (the message has its number), or the file is broken gzip or no table.
        TooLarge: it does not fit into the memory, told before it is read; or it has 2 ** 31 edges or more.
        BudgetExceeded: it was stopped.
        GraphError: a package of the extra `large` is missing.
    """
    wishes = wishes or Wishes()
    wishes.at("look at the file", 0.0)
    need("numba")
    need("polars")
    key = cache.key_of(options, wishes.skip_bad_lines)
    digest = digest_of(path) if wishes.cached else ""
    if wishes.cached:
        found = cache.load(path, digest, key)
        if found is not None:
            wishes.at("taken from the cache", 1.0)
            return found
    graph = _from_frame(path, options, wishes) if path.suffix.lower() in FRAMES else _from_text(path, options, wishes)
    wishes.at("build the adjacency", 0.9)
    _ = graph.out
    if graph.directed:
        _ = graph.into
    if wishes.cached:
        wishes.at("keep it in the cache", 0.97)
        where = cache.save(graph, path, digest, key)
        if where is None:
            graph.assumptions = (*graph.assumptions, "the compact body could not be kept: no folder is writable")
    wishes.at("ready", 1.0)
    return graph


def _from_text(path: Path, options: Options, wishes: Wishes) -> CompactGraph:
    size, head = path.stat().st_size, head_of(path)
    layout = layout_of(path.name, head, options)
    share = len(head) / max(1, head.count(b"\n"))
    content = size * (4 if is_packed(path) else 1)
    edges = int(content / max(2.0, share))
    require_memory(path.name, edges, len(layout.names), int(share), wishes.memory_limit)
    texts: set[str] = set()
    while True:
        try:
            return _assembled(path, layout, options, wishes, _gather(path, layout, wishes, content, texts), texts)
        except NotNumbers as column:  # a column of texts is read again as such
            texts.add(column.name)


def _gather(path: Path, layout: Layout, wishes: Wishes, size: int, texts: set[str]) -> _Columns:
    found, line, done = _Columns(), 1, 0
    for data in pieces(path):
        wishes.at("read the rows", 0.6 * done / max(1, size))
        count = data.count(b"\n")
        done += len(data)
        if wishes.max_bytes is not None and done > wishes.max_bytes:
            raise TooLarge(f"{path.name}: more than {wishes.max_bytes:,} bytes of text, unpacked; give it fewer rows")
        first = line
        line += count
        for _ in range(max(0, layout.skip + 1 - first)):  # what stands above the first row
            data = data[data.find(b"\n") + 1 :]
        first = max(first, layout.skip + 1)
        if data and not data.isspace():
            _take(found, _read(layout, data, first, texts), layout, wishes)
    return found


def _read(layout: Layout, data: bytes, first: int, texts: set[str]) -> Piece:
    polars = need("polars")
    try:
        return read_piece(layout, data, first, texts)
    except polars.exceptions.PolarsError as error:
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as wrong:
            line = first + data.count(b"\n", 0, wrong.start)
            raise layout.source.fail("this is not UTF-8 text; save the file as UTF-8", line) from error
        raise layout.source.fail(f"the table cannot be read: {str(error)[:200]}", first) from error


def _take(found: _Columns, piece: Piece, layout: Layout, wishes: Wishes) -> None:
    if piece.bad and not wishes.skip_bad_lines:
        worst = piece.bad[0]
        raise layout.source.fail(
            f"{worst.why}; correct the line, or leave out what cannot be read with skip_bad_lines=True", worst.line
        )
    np = need("numpy")
    found.bad += piece.bad[: LISTED - len(found.bad)]
    found.bad_count += len(piece.bad)
    found.alone += piece.alone
    found.kinds |= piece.kinds
    found.rows += len(piece.source)
    if found.rows > MOST_EDGES:
        raise TooLarge(f"{layout.source.name}: more than {MOST_EDGES:,} edges; split the file")
    found.coder.add(piece.source, piece.target)
    found.lines.append(_range_of(np, piece.lines))
    for name, cells in piece.numbers.items():
        found.numbers.setdefault(name, []).append(cells.to_numpy())
    for name, cells in piece.texts.items():
        found.numbers.setdefault(name, []).append(cells.fill_null("").hash(seed=0).reinterpret(signed=True).to_numpy())


def _range_of(np: Any, lines: Any) -> Any:
    """Lines that follow each other as (first, count), else as int32."""
    if len(lines) and int(lines[-1]) - int(lines[0]) + 1 == len(lines):
        return int(lines[0]), len(lines)
    return lines.astype(np.int32 if not len(lines) or lines[-1] < 2**31 else np.int64)


def _lines(np: Any, parts: list[Any]) -> tuple[int, Any]:
    """The first line and, where lines do not follow each other, the line of each row."""
    parts = [part for part in parts if not isinstance(part, tuple) or part[1]]
    if not parts:
        return 1, None
    whole = all(isinstance(part, tuple) for part in parts)
    if whole and all(a[0] + a[1] == b[0] for a, b in zip(parts, parts[1:])):
        return parts[0][0], None
    arrays = [np.arange(part[0], part[0] + part[1]) if isinstance(part, tuple) else part for part in parts]
    return 1, np.concatenate(arrays).astype(np.int64)


def _assembled(
    path: Path, layout: Layout, options: Options, wishes: Wishes, found: _Columns, texts: set[str]
) -> CompactGraph:
    np = need("numpy")
    if not found.rows:
        raise layout.source.fail("there is no edge in the file; write an edge a line")
    if layout.typed_rows and options.directed is None:
        if found.kinds >= {"directed", "undirected"}:
            raise layout.source.fail("directed and undirected edges are mixed; pass directed=True or False")
        layout.directed = "directed" in found.kinds
    wishes.at("number the nodes", 0.65)
    if found.alone:
        pl = need("polars")
        lone = pl.Series(found.alone, dtype=pl.String)
        found.coder.add(lone, lone)
    source, target, labels = found.coder.finish()
    source, target = source[: found.rows], target[: found.rows]
    first_line, lines = _lines(np, found.lines)
    columns = {name: _column(np, parts) for name, parts in found.numbers.items()}
    notes = list(layout.notes)
    if found.alone:
        notes.append(f"{len(found.alone)} node{'s stand' if len(found.alone) > 1 else ' stands'} alone in a row")
    wishes.at("look for repeated rows", 0.75)
    timed = "time" in layout.columns
    means = settle(
        len(labels), source, target, columns, directed=layout.directed, apart=timed or "key" in layout.columns,
        may_turn=options.directed is None and not layout.typed_rows,
    )  # fmt: skip
    if means.directed and not layout.directed:
        notes = [note for note in notes if not note.startswith("took the edges as undirected")]
    if means.kept is not None:
        lines = lines if lines is not None else np.arange(first_line, first_line + len(source), dtype=np.int64)
        source, target, lines = source[means.kept], target[means.kept], lines[means.kept]
        columns = {name: cells[means.kept] for name, cells in columns.items()}
    notes += means.notes
    if found.bad_count:
        first = "; ".join(f"line {bad.line:,}: {bad.why}" for bad in found.bad)
        more = "" if found.bad_count <= LISTED else " …"
        notes.append(f"{found.bad_count} bad line{'s' * (found.bad_count != 1)} left out ({first}{more})")
    left_out = [name for name in columns if name in texts]
    if left_out:
        notes.append(f"columns of texts are left out of a compact body: {', '.join(left_out)[:200]}")
    kept = {name: cells for name, cells in columns.items() if name not in texts and name not in ("key",)}
    notes.append(f"a large file: read into the compact body ({len(source):,} edges); body='networkx' takes the other")
    graph = CompactGraph(
        labels, source, target, kept, directed=means.directed, multi=means.multi or "key" in layout.columns,
        first_line=first_line, lines=lines, name=path.name, origin=path.name, assumptions=notes, names=layout.own_names,
    )  # fmt: skip
    if means.rows is not None:
        graph.adopt(means.rows)
    return graph


def _column(np: Any, parts: list[Any]) -> Any:
    """The pieces of a column as one: whole numbers when all are."""
    if all(part.dtype == np.int64 for part in parts):
        return np.concatenate(parts)
    return np.concatenate([part.astype(np.float64) for part in parts])


def _from_frame(path: Path, options: Options, wishes: Wishes) -> CompactGraph:
    """A Parquet or Arrow file, its rows taken in slices."""
    pl = need("polars")
    packed = path.suffix.lower() in (".parquet", ".pq")
    try:
        lazy = pl.scan_parquet(path) if packed else pl.scan_ipc(path)
        rows = int(lazy.select(pl.len()).collect().item())
        names = lazy.collect_schema().names()
        if not rows:
            raise ParseError(f"the table has the columns {', '.join(names)[:100]} and no rows", where=path.name)
        require_memory(path.name, rows, max(0, len(names) - 2), 8, wishes.memory_limit)
        head = lazy.head(1100).collect()
        text = head.select(pl.all().cast(pl.String)).write_csv().encode()
        layout = layout_of(path.name, text, Options(options.directed, options.source, options.target, options.weight,
                                                    options.columns, True, ","))  # fmt: skip
        texts: set[str] = set()
        frame = lazy.collect()
    except (pl.exceptions.PolarsError, OSError) as error:
        kind = "Parquet" if packed else "Arrow"
        raise ParseError(f"broken {kind} file: {str(error)[:200]}", where=path.name) from error
    found = _Columns()
    for first, part in _slices(frame):
        wishes.at("read the rows", 0.6 * first / rows)
        _take(found, _typed_piece(layout, part, first, texts), layout, wishes)
    return _assembled(path, layout, options, wishes, found, texts)


def _slices(frame: Any, rows: int = CHUNK // 16) -> Iterator[tuple[int, Any]]:
    for start in range(0, len(frame), rows):
        yield start, frame.slice(start, rows)


def _typed_piece(layout: Layout, frame: Any, first: int, texts: set[str]) -> Piece:
    """Columns that have their types already; the line is the row from 1."""
    pl, np = need("polars"), need("numpy")
    ends = []
    for role in ("source", "target"):
        cells = frame.to_series(layout.columns[role])
        ends.append(cells if cells.dtype.is_integer() else cells.cast(pl.String))
    numbers, others = {}, {}
    for place, name in layout.names.items():
        cells = frame.to_series(place)
        if cells.dtype.is_integer() and not cells.null_count():
            numbers[name] = cells.cast(pl.Int64)
        elif cells.dtype.is_numeric():
            numbers[name] = cells.cast(pl.Float64)
        else:
            texts.add(name)
            others[name] = cells.cast(pl.String)
    lines = np.arange(first + 1, first + 1 + len(frame), dtype=np.int64)
    piece = Piece(lines, ends[0], ends[1], numbers, others)
    gone = ends[0].is_null() | ends[1].is_null()
    if gone.any():
        rows = gone.arg_true().to_list()
        both = (ends[0].is_null() & ends[1].is_null()).arg_true().to_list()
        piece.bad = [Bad(first + 1 + row, "both nodes of the edge are missing") for row in both]
        piece.alone = [str(ends[0][row] if ends[0][row] is not None else ends[1][row]) for row in rows
                       if row not in set(both)]  # fmt: skip
        mask = ~gone
        piece.lines = piece.lines[mask.to_numpy()]
        piece.source, piece.target = ends[0].filter(mask), ends[1].filter(mask)
        piece.numbers = {name: cells.filter(mask) for name, cells in numbers.items()}
        piece.texts = {name: cells.filter(mask) for name, cells in others.items()}
    return piece


__all__ = ["Wishes", "read_large"]
