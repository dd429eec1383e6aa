"""Tables beside and behind the edge table: node tables, writing, Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from graphs.errors import BadArgument, GraphError
from graphs.files.build import Options, number, plain_name
from graphs.files.rows import MISSING, split_rows
from graphs.files.source import Source
from graphs.files.tabular import EdgeTable
from graphs.graph import Graph


def add_node_table(graph: Graph, source: Source, delimiter: str | None = None) -> None:
    """Give the nodes the attributes of a table whose first (or "id") column names them; new nodes are added."""
    rows, _, delimiter = split_rows(source, Options(delimiter=delimiter))
    header = [cell.strip() for cell in rows[0][1]]
    names = [plain_name(cell) for cell in header]
    wanted = [name for name in ("id", "node", "node_id", "name", "label", "vertex") if name in names]
    at = names.index(wanted[0]) if wanted else 0
    if len(rows) == 1:
        raise source.fail("the table of nodes has a header and no rows", rows[0][0])
    typed: list[Any] = [
        all(number(row[i]) is not None or row[i].lower() in MISSING for _, row in rows[1:] if len(row) > i)
        for i in range(len(header))
    ]
    for line, row in rows[1:]:
        if len(row) != len(header):
            raise source.fail(f"{len(row)} columns, where the header has {len(header)}", line, len(row))
        found = graph.find(row[at])
        label = row[at] if found is None else found
        if found is None and all(isinstance(node, int) for node in graph.nx) and isinstance(number(row[at]), int):
            label = number(row[at])
        graph.nx.add_node(label)
        for i, cell in enumerate(row):
            if i != at and cell != "" and not (typed[i] and cell.lower() in MISSING):
                graph.nx.nodes[label][header[i]] = number(cell) if typed[i] else cell


# -- writing


def write_table(graph: Graph, delimiter: str) -> str:
    """source, target, then `type` (when directed), `key` (when parallel edges are kept) and the attributes.

    A node without an edge is a row with an empty target. Node attributes are left out.

    Raises:
        BadArgument: an empty label, which a table cannot hold.
    """
    if any(str(node) == "" for node in graph.nx):
        raise BadArgument("a table cannot hold a node whose label is empty; write JSON or GraphML")
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    own = {graph.names.get(name, name): name for name in graph.edge_attribute_names()}
    fixed = ["source", "target"] + ["type"] * graph.directed + ["key"] * graph.multi
    writer.writerow([*fixed, *own])
    lone = set(graph.nodes)
    for edge in graph.edges():
        lone -= {edge.source, edge.target}
        cells = [edge.source, edge.target] + ["Directed"] * graph.directed + [edge.key] * graph.multi
        _writerow(writer, out, [*cells, *[edge.attributes.get(name, "") for name in own.values()]])
    for node in graph.nodes:
        if node in lone:
            cells = [node, ""] + ["Directed"] * graph.directed + [""] * graph.multi
            _writerow(writer, out, [*cells, *[""] * len(own)])
    return out.getvalue()


def _writerow(writer: Any, out: io.StringIO, cells: Iterable[Any]) -> None:
    texts = [str(cell) for cell in cells]
    if any(text != text.strip() or text[:1] in ("#", "%") or "\r" in text for text in texts):
        mark = chr(34)
        out.write(_delimiter_of(writer).join(mark + text.replace(mark, mark * 2) + mark for text in texts) + "\n")
    else:
        writer.writerow(texts)


def _delimiter_of(writer: Any) -> str:
    return str(writer.dialect.delimiter)


# -- Parquet


def read_parquet(source: Source, options: Options) -> Graph:
    """The edge table of a Parquet file; numbers keep their type, and the line is the row from 1.

    Raises:
        ParseError: polars is not installed, or the file is broken.
    """
    polars = _polars(source)
    try:
        frame = polars.read_parquet(io.BytesIO(source.data))
    except (polars.exceptions.PolarsError, OSError) as error:
        raise source.fail(f"broken Parquet file: {str(error)[:200]}") from error
    header = [str(name) for name in frame.columns]
    rows = [
        (line, ["" if cell is None else str(cell) for cell in row])
        for line, row in enumerate(frame.iter_rows(), start=1)
    ]
    if not rows:
        raise source.fail(f"the table has the columns {', '.join(header)[:100]} and no rows")
    table = EdgeTable(source, Options(options.directed, options.source, options.target, options.weight, options.columns,
                                   True, ","), [(0, header), *rows], [], ",")  # fmt: skip
    return table.graph()


def write_parquet(graph: Graph) -> bytes:
    """The edge table of `write_table` as Parquet."""
    polars = _polars(None)
    rows = list(csv.reader(io.StringIO(write_table(graph, ","), newline="")))
    frame = polars.DataFrame({name: _column(cells) for name, *cells in zip(*rows, strict=True)})
    out = io.BytesIO()
    frame.write_parquet(out)
    return out.getvalue()


def _column(cells: list[str]) -> list[Any]:
    values = [number(cell) if cell else None for cell in cells]
    whole = all(value is not None or not cell for value, cell in zip(values, cells, strict=True))
    if not whole or any(isinstance(value, int) and abs(value) >= 2**63 for value in values):
        return list(cells)
    return [float(v) if v is not None else v for v in values] if any(isinstance(v, float) for v in values) else values


def _polars(source: Source | None) -> Any:
    try:
        import polars
    except ImportError as error:
        message = "Parquet needs polars; install it with: pip install 'konigsberg[files]'"
        raise (source.fail(message) if source else GraphError(message)) from error
    return polars
