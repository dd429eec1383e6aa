"""Reads the data files of benchmarks, and says where one is not as it should be."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from evals.task import BadData, Source

LARGEST = 512 * 1024 * 1024  # bytes of one data file


def data_files(path: Path, *endings: str) -> list[Path]:
    """The file itself, or the files below a folder that end so, in the order of their names.

    Raises:
        BadData: there is none, or one is too large.
    """
    if path.is_dir():
        found = sorted(p for p in path.rglob("*") if p.is_file() and p.name.endswith(endings))
    else:
        found = [path] if path.exists() else []
    if not found:
        raise BadData(f"{path}: no data file here that ends in {' or '.join(endings)}")
    for file in found:
        if file.stat().st_size > LARGEST:
            raise BadData(f"{file}: larger than {LARGEST >> 20} MiB")
    return found


def read_text(path: Path) -> str:
    """The text of a file.

    Raises:
        BadData: it is not UTF-8 text.
    """
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BadData(f"{path}: not a UTF-8 text file (byte {error.start})") from error


def json_rows(path: Path, *needed: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """(place, object) for each object of a file: JSON lines, a JSON list, or an object of objects by id.

    Raises:
        BadData: the file is not JSON, holds something else, or an object lacks one of the `needed` fields.
    """
    text = read_text(path)
    try:
        whole = json.loads(text)
    except ValueError:
        rows: Any = _lines(path, text)
    else:
        if isinstance(whole, dict) and not all(name in whole for name in needed):
            rows = ((f"{path}, item {key!r}", row) for key, row in whole.items())
        elif isinstance(whole, list):
            rows = ((f"{path}, item {i}", row) for i, row in enumerate(whole))
        else:
            rows = [(f"{path}, line 1", whole)]
    empty = True
    for place, row in rows:
        empty = False
        if not isinstance(row, dict):
            raise BadData(f"{place}: expected an object with {', '.join(needed)}, found {str(row)[:60]!r}")
        lacking = [name for name in needed if name not in row]
        if lacking:
            raise BadData(f"{place}: the field {lacking[0]!r} is missing; found {', '.join(map(str, row))[:200]}")
        yield place, row
    if empty:
        raise BadData(f"{path}: holds no items")


def typed_rows(
    source: Source, benchmark: str, kinds: Collection[str], *needed: str
) -> Iterator[tuple[Path, int, str, str, dict[str, Any]]]:
    """(file, number in it, place, kind, object) for each object of the source's JSON files whose kind is wanted.

    needed: the fields of an object; the last one names its kind.

    Raises:
        BadData: as `json_rows`, or a kind is none of the benchmark's.
    """
    assert source.data is not None
    for file in data_files(source.data, ".json", ".jsonl"):
        for number, (place, row) in enumerate(json_rows(file, *needed)):
            kind = str(row[needed[-1]])
            if kind not in kinds:
                raise BadData(f"{place}: {kind!r} is not a task of {benchmark} ({', '.join(kinds)})")
            if source.wants(kind):
                yield file, number, place, kind, row


def _lines(path: Path, text: str) -> Iterator[tuple[str, Any]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield f"{path}, line {number}", json.loads(line)
            except ValueError as error:
                raise BadData(f"{path}, line {number}: not JSON ({error})") from error
