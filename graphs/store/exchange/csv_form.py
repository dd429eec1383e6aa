"""CSV: a table of relations, and beside it a table of entities."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

from graphs.store.exchange.rows import NODE_FIELDS, edges, nodes
from graphs.store.reading import Reading

COLUMNS = (
    "source", "relation", "target", "confidence", "status", "valid_from", "valid_to", "evidence", "id", "source_id",
    "target_id",
)  # fmt: skip


def nodes_path(path: Path) -> Path:
    """Where the entities go: beside the relations.

    >>> nodes_path(Path("graph.csv")).name
    'graph.nodes.csv'
    """
    return path.with_name(f"{path.stem}.nodes{path.suffix}")


def write(store: Reading, stream: IO[str]) -> None:
    """The relations: names of their ends for people, ids for programs. Evidence is JSON text."""
    names = dict(store.base.execute("SELECT id, name FROM entities"))
    rows = (
        {
            **row,
            "source": names[row["source"]],
            "target": names[row["target"]],
            "source_id": row["source"],
            "target_id": row["target"],
        }
        for row in edges(store)
    )
    _write(stream, COLUMNS, rows)


def write_nodes(store: Reading, stream: IO[str]) -> None:
    """The entities: aliases are JSON text."""
    _write(stream, NODE_FIELDS, nodes(store))


def _write(stream: IO[str], columns: tuple[str, ...], rows: Iterable[dict[str, Any]]) -> None:
    table = csv.writer(stream)  # RFC 4180
    table.writerow(columns)
    table.writerows([_cell(row[column]) for column in columns] for row in rows)


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False) if value else ""
    return "" if value is None else value
