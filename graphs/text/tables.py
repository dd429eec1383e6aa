"""Tables pasted in a text: markdown and CSV, with edges, adjacency lists, matrices or attributes of nodes."""

from __future__ import annotations

import csv
import re
from typing import Any

from graphs.text.blocks import Block
from graphs.text.edges import adjacency_items
from graphs.text.lexicon import singular
from graphs.text.literals import SOURCES, TARGETS, attributes_of
from graphs.text.matrices import _is_entry, add_matrix
from graphs.text.patterns import lazy
from graphs.text.scan import Scan
from graphs.text.tokens import clean, read_number

Row = tuple[list[str], int, int]
_NEIGHBOURS = lazy(r"neighbo|adjacen|connect|friend|links? to|linked|edges|targets|contacts|successors", re.I)
_ONE_WAY = lazy(
    r"(?:from|to|parent|child|follower|followee|origin|destination|before|after|predecessor|successor)(?:[ _]\w+)?",
    re.I,
)
_PROSE = lazy(r"\?\s|\?$|^\W*\w+\s+\w+\s+\w+\s[^\n]*[.!]\s*$")
_RULE = lazy(r"[\s|:-]+")


def read_markdown(text: str, start: int, end: int) -> Block | None:
    """A markdown table: a header, a rule, rows."""
    rows: list[Row] = []
    first = start
    while first < end:
        stop = text.find("\n", first, end)
        stop = end if stop < 0 else stop
        line = text[first:stop].strip()
        if "|" not in line:
            break
        if not _RULE.fullmatch(line):
            rows.append(([clean(cell) for cell in line.strip("|").split("|")], first, stop))
        first = stop + 1
    return _table(rows, start) if len(rows) > 1 else None


def read_csv(text: str, start: int, end: int) -> Block | None:
    """A header with column names and rows with as many fields, separated by commas, semicolons or tabs."""
    stop = text.find("\n", start, end)
    head = text[start:stop]
    sign = max(",;\t", key=head.count)
    names = [clean(cell) for cell in head.split(sign)]
    rows: list[Row] = [(names, start, stop)]
    first = stop + 1
    while first < end:
        stop = text.find("\n", first, end)
        stop = end if stop < 0 else stop
        line = text[first:stop]
        cells = next(csv.reader([line], delimiter=sign, skipinitialspace=True)) if '"' in line else line.split(sign)
        if len(cells) != len(names) or not all(cell.strip() for cell in cells[:2]) or _PROSE.search(line):
            break
        rows.append(([clean(cell) for cell in cells], first, stop))
        first = stop + 1
    lowered = [name.lower() for name in names]
    known = any(n in SOURCES for n in lowered) and any(n in TARGETS for n in lowered)
    numeric = len(names) > 2 and all(read_number(row[0][2]) is not None for row in rows[1:])
    if len(rows) < 2 or not (known or (numeric and len(rows) > 2)):
        return None
    return _table(rows, start)


def _table(rows: list[Row], start: int) -> Block | None:
    header = rows[0][0]
    body = [(cells + [""] * (len(header) - len(cells)), a, b) for cells, a, b in rows[1:]]
    stop = rows[-1][2]
    if _is_matrix(header, body):
        cells = [(row[1 : len(header)], a, b) for row, a, b in body]
        ragged = sum(len(row) != len(header) for row, _, _ in rows[1:])
        return Block(start, stop, lambda scan: _matrix(scan, cells, header[1:], start, ragged))
    if len(header) < 2:
        return None
    if len(header) == 2 and _NEIGHBOURS.search(header[1]):
        return Block(start, stop, lambda scan: _adjacency(scan, body, start, stop))
    columns = end_columns(header, body)
    if columns is None:
        return Block(start, stop, lambda scan: _node_table(scan, header, body, start, stop))
    return Block(start, stop, lambda scan: _edge_table(scan, header, body, columns, start, stop))


def _matrix(scan: Scan, cells: list[Row], labels: list[str], start: int, ragged: int) -> None:
    add_matrix(scan, cells, labels, start)
    if ragged:
        scan.draft.contradictions.append(f"{ragged} rows of the matrix have more or fewer cells than there are columns")


def _is_matrix(header: list[str], body: list[Row]) -> bool:
    names = [row[0][0] for row in body]
    return (
        len(header) == len(body) + 1
        and names == header[1:]
        and all(_is_entry(c or "-") for row in body for c in row[0][1:])
    )


def end_columns(header: list[str], body: list[Row]) -> tuple[int, int] | None:
    """Which columns hold the ends of the edges: by name, else the first two; None for a table of nodes."""
    names = [name.lower().replace(" ", "_") for name in header]
    source = next((names.index(n) for n in SOURCES if n in names), None)
    target = next((names.index(n) for n in TARGETS if n in names), None)
    if source is not None and target is not None and source != target:
        return source, target
    firsts = {row[0][0] for row in body}
    seconds = {row[0][1] for row in body}
    about_nodes = singular(header[0].split()[-1] if header[0].split() else "") or names[0] in ("id", "name", "label")
    if about_nodes and len(firsts) == len(body) and not firsts & seconds:
        return None
    if len(header) > 2 and all(read_number(row[0][1]) is not None and read_number(row[0][0]) is None for row in body):
        return 0, 2
    return 0, 1


def _edge_table(
    scan: Scan, header: list[str], body: list[Row], columns: tuple[int, int], start: int, stop: int
) -> None:
    source, target = columns
    if scan.draft.links and scan.mode != "edges":
        scan.fork()
    arrow = True if _ONE_WAY.fullmatch(header[source]) and _ONE_WAY.fullmatch(header[target]) else None
    others = [i for i in range(len(header)) if i not in columns]
    numeric = [i for i in others if all(read_number(row[0][i]) is not None for row in body)]
    for cells, begin, finish in body:
        extra: dict[str, Any] = {
            header[i]: read_number(cells[i]) if i in numeric else cells[i] for i in others if cells[i]
        }
        attributes = attributes_of(scan, extra) or {}
        if (
            len(numeric) == 1
            and header[numeric[0]] in attributes
            and not {"weight", "capacity", "time"} & attributes.keys()
        ):
            attributes["weight"] = attributes.pop(header[numeric[0]])
            scan.draft.names.setdefault("weight", header[numeric[0]])
        scan.draft.link(cells[source], cells[target], begin, finish, arrow, attributes or None)
    words = {header[source].lower(), header[target].lower()}
    if words & {"source", "target"} and scan.draft.stated is None and scan.stated is None:
        scan.draft.notes[
            f"the columns {header[source]!r} and {header[target]!r} are read as the ends of undirected edges"
        ] = None
    scan.claim(start, stop, "graph")


def _adjacency(scan: Scan, body: list[Row], start: int, stop: int) -> None:
    for cells, begin, finish in body:
        scan.draft.node(cells[0])
        for label, attributes in adjacency_items(scan, cells[1]) or []:
            scan.draft.link(cells[0], label, begin, finish, None, attributes)
    scan.draft.both_ends = True
    scan.claim(start, stop, "graph")


def _node_table(scan: Scan, header: list[str], body: list[Row], start: int, stop: int) -> None:
    for cells, _, _ in body:
        values = {
            header[i]: read_number(cells[i]) if read_number(cells[i]) is not None else cells[i]
            for i in range(1, len(header))
            if cells[i]
        }
        scan.draft.node(cells[0], **values)
    scan.claim(start, stop, "graph")
