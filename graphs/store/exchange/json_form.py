"""{"nodes": […], "edges": […]}, one line a node and an edge."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import IO, Any

from graphs.store.exchange.rows import edges, nodes
from graphs.store.reading import Reading


def write(store: Reading, stream: IO[str]) -> None:
    """Sources and targets are ids of nodes of the same file."""
    stream.write('{"nodes": [')
    _write_rows(nodes(store), stream)
    stream.write('], "edges": [')
    _write_rows(edges(store), stream)
    stream.write("]}\n")


def _write_rows(rows: Iterable[dict[str, Any]], stream: IO[str]) -> None:
    comma = "\n"
    for row in rows:
        stream.write(comma + json.dumps(row, ensure_ascii=False))
        comma = ",\n"
    stream.write("\n")
