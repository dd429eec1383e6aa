"""Split the text of a table into rows of cells: comments, delimiter, quotes, blank-separated columns."""

from __future__ import annotations

import ast
import csv
import io
from collections import Counter

from graphs.files.build import Options
from graphs.files.source import Source

Row = tuple[int, list[str]]
MISSING = {"", "na", "n/a", "nan", "null", "none", "-", "?"}


def split_rows(source: Source, options: Options) -> tuple[list[Row], list[str], str]:
    """Rows with their line, the comment lines at the top, and the delimiter (" " for blanks)."""
    comments, first = [], 1
    lines = source.text.split("\n")
    for first, line in enumerate(lines, start=1):  # noqa: B007
        if line.strip() and line.lstrip()[0] not in "#%":
            break
        if line.strip():
            comments.append(line.strip())
    else:
        raise source.fail("there is no edge in the file, only comments or blank lines; write an edge a line")
    delimiter = options.delimiter or _delimiter(source, lines[first - 1 : first + 60])
    body = "\n".join(lines[first - 1 :])
    rows = _blank_rows(lines, first) if delimiter == " " else _csv_rows(source, body, delimiter, first)
    if not rows:
        raise source.fail("there is no edge in the file; write an edge a line")
    bare = [
        " ".join(comment.lstrip("#% ").split()) if delimiter == " " else comment.lstrip("#% ") for comment in comments
    ]
    return rows, [*comments[:-1], bare[-1]] if comments and len(bare[-1].split()) <= 8 else comments, delimiter


def _delimiter(source: Source, sample: list[str]) -> str:
    if source.suffix in (".tsv", ".tab") and any("\t" in line for line in sample):
        return "\t"
    best, score = " ", 0.0
    for rank, candidate in enumerate(("\t", ",", ";", "|", " ")):
        widths = Counter(_widths(sample, candidate))
        width, count = widths.most_common(1)[0]
        fitting = count / widths.total() if width > 1 else 0.0
        if fitting - rank * 0.001 > score:
            best, score = candidate, fitting - rank * 0.001
    return best


def _widths(sample: list[str], delimiter: str) -> list[int]:
    """The numbers of cells in the rows of the sample, whose last row may be cut off inside a quote."""
    if delimiter == " ":
        return [len(line.split()) for line in sample if line.strip()]
    try:
        widths = [
            len(row) for row in csv.reader(io.StringIO("\n".join(sample), newline=""), delimiter=delimiter) if row
        ]
    except csv.Error:
        widths = [len(line.split(delimiter)) for line in sample if line.strip()]
    return widths[:-1] if len(widths) > 3 else widths


def split_line(line: str, delimiter: str) -> list[str]:
    if delimiter == " ":
        return line.split()
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return line.split(delimiter)


def _blank_rows(lines: list[str], first: int) -> list[Row]:
    rows = []
    for number_, line in enumerate(lines[first - 1 :], start=first):
        text = line.strip()
        if text and text[0] not in "#%":
            head, brace, rest = text.partition(" {")
            if brace and rest.endswith("}"):
                rows.append((number_, [*head.split(), *_dictionary("{" + rest)]))
            else:
                rows.append((number_, text.split() if '"' not in text else _split_quoted(text)))
    return rows


def _split_quoted(text: str) -> list[str]:
    return [cell for cell in next(csv.reader([text], delimiter=" ", skipinitialspace=True), []) if cell]


def _dictionary(text: str) -> list[str]:
    """The values of "{'weight': 3}", the way networkx ends an edge line."""
    try:
        values = ast.literal_eval(text) if len(text) < 10_000 else {}
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return [text]
    return [str(values["weight"])] if isinstance(values, dict) and set(values) == {"weight"} else []


def _csv_rows(source: Source, body: str, delimiter: str, first: int) -> list[Row]:
    quoted = '"' in body
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=quoted)
    csv.field_size_limit(max(csv.field_size_limit(), 1 << 24))
    rows: list[Row] = []
    line = first
    try:
        for row in reader:
            if any(row) and (quoted or "".join(row).strip()):
                rows.append((line, row if quoted else [cell.strip() for cell in row]))
            line = first + reader.line_num
    except csv.Error as error:
        raise source.fail(
            f"{error}; close every quote, and double a quote inside a cell", first + reader.line_num - 1
        ) from error
    return rows
