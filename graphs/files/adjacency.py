"""Adjacency matrices (labelled or not) and adjacency lists as text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graphs.errors import BadArgument, TooLarge
from graphs.files.build import Builder, Options, number
from graphs.files.source import Source
from graphs.graph import Graph

MAX_MATRIX = 5_000


def read_matrix(source: Source, options: Options) -> Graph:
    """A square table of numbers: entry (i, j) ≠ 0 is an edge from i to j, its value the weight unless all are 1.

    With labels in the first row and column, or in the first row alone, else nodes 0 … n-1. A symmetric matrix is an
    undirected graph.
    """
    from graphs.files.rows import split_rows

    rows, _, _ = split_rows(source, options)
    first = rows[0][1]
    labels: list[str] | None = None
    if any(number(cell) is None for cell in first):
        labels = first[1:] if len(first) == len(rows) and not first[0].strip(" ,;") else first
        labelled = len(labels) == len(rows) - 1 and all(row and row[0] == label for (_, row), label in
                                                        zip(rows[1:], labels, strict=True))  # fmt: skip
        rows = [(line, row[1:] if labelled or len(row) == len(labels or []) + 1 else row) for line, row in rows[1:]]
    size = len(rows)
    if labels is not None and len(labels) != size:
        raise source.fail(f"{len(labels)} labels above {size} rows; an adjacency matrix is square")
    values = []
    for line, row in rows:
        if len(row) != size:
            raise source.fail(f"{len(row)} entries in a matrix of {size} rows; it must be square", line, len(row))
        parsed = [number(cell) for cell in row]
        if None in parsed:
            at = parsed.index(None)
            raise source.fail(f"the entry {row[at][:30]!r} is not a number", line, at + 1)
        values.append(parsed)
    return from_matrix(source, labels or [str(i) for i in range(size)], values, [line for line, _ in rows], options)


def from_matrix(
    source: Source, labels: Sequence[str], values: Sequence[Sequence[Any]], lines: Sequence[int], options: Options
) -> Graph:
    """The graph of a square matrix whose row i stands in lines[i] of the file (0: unknown)."""
    size = len(labels)
    if len(set(labels)) != size:
        raise source.fail("two nodes of the matrix have the same label")
    symmetric = all(values[i][j] == values[j][i] for i in range(size) for j in range(i))
    directed = not symmetric if options.directed is None else options.directed
    if not directed and not symmetric:
        raise source.fail("the matrix is not symmetric, so it cannot be read as undirected")
    build = Builder(source)
    if options.directed is None:
        build.notes.append(f"took the edges as {'directed' if directed else 'undirected'}: the matrix is "
                           f"{'not ' * directed}symmetric")  # fmt: skip
    plain = all(value in (0, 1) for row in values for value in row)
    for label in labels:
        build.node(label)
    for i in range(size):
        for j in range(size if directed else i + 1):
            if values[i][j] != 0:
                ends = (labels[i], labels[j]) if directed else (labels[j], labels[i])
                build.edge(*ends, {} if plain else {"weight": values[i][j]}, lines[i] or None)
    return build.graph(options, directed=directed, multi=False)


def write_matrix(graph: Graph) -> str:
    """A labelled matrix as CSV; parallel edges and attributes other than `weight` cannot be written.

    Raises:
        BadArgument: parallel edges, or a weight of 0, which would be no edge.
        TooLarge: over 5,000 nodes.
    """
    import csv
    import io

    if graph.multi:
        raise BadArgument("an adjacency matrix cannot hold parallel edges; write GraphML or JSON")
    if graph.num_nodes > MAX_MATRIX:
        raise TooLarge(f"a matrix of {graph.num_nodes:,} nodes; the limit is {MAX_MATRIX:,}: write CSV")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    weighted = graph.weighted
    nodes = graph.nodes
    writer.writerow(["", *nodes])
    for node in nodes:
        row: list[Any] = [node]
        near = graph.nx[node]
        for other in nodes:
            value = near[other].get("weight", 1) if other in near and weighted else int(other in near)
            if other in near and value == 0:
                raise BadArgument("an edge of weight 0 would be no edge in a matrix; write GraphML or JSON")
            row.append(value)
        writer.writerow(row)
    return out.getvalue()


def read_adjacency_list(source: Source, options: Options) -> Graph:
    """Each line a node and its neighbours, by blanks ("a b c": a-b, a-c) or after a colon ("a: b, c")."""
    build, arcs = Builder(source), []
    for line, text in source.lines():
        body = text.strip()
        if not body or body[0] in "#%":
            continue
        head, colon, rest = body.partition(":")
        cells = [head.strip(), *rest.replace(",", " ").split()] if colon else body.replace(",", " ").split()
        if not cells:
            raise source.fail("a line of commas without a node", line)
        build.node(cells[0])
        arcs += [(cells[0], other, line) for other in cells[1:]]
    if not build.nodes:
        raise source.fail("there is no node in the file; write a node and its neighbours a line")
    pairs = {(start, end) for start, end, _ in arcs}
    mutual = all((end, start) in pairs for start, end in pairs)
    directed = bool(options.directed)
    seen: set[tuple[str, str]] = set()
    for start, end, line in arcs:
        if directed or not mutual or (end, start) not in seen:
            seen.add((start, end))
            build.edge(start, end, {}, line)
    if options.directed is None:
        build.notes.append("took the edges as undirected; pass directed=True if their direction counts")
    return build.graph(options, directed=directed)


def write_adjacency_list(graph: Graph) -> str:
    """A node and the neighbours not yet written, a line; labels must not hold blanks.

    Raises:
        BadArgument: a label with a blank, colon, comma or "#", or parallel edges.
    """
    for node in graph.nx:
        text = str(node)
        if not text or any(c.isspace() or c in ":,#%" for c in text):
            raise BadArgument(f"an adjacency list cannot hold the label {text[:40]!r}; write JSON or GraphML")
    if graph.multi:
        raise BadArgument("an adjacency list cannot hold parallel edges; write GraphML or JSON")
    lines, done = [], set()
    for node in graph.nodes:
        near = [other for other in graph.nx[node] if graph.directed or other not in done]
        lines.append(" ".join(map(str, [node, *near])))
        done.add(node)
    return "\n".join([*lines, ""])
