"""Matrix Market files (NIST): a sparse or dense matrix as the weights of edges between nodes 1 … n."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graphs.errors import BadArgument
from graphs.files.build import Builder, Options, number
from graphs.files.source import Source
from graphs.graph import Graph

_MAX_NODES = 20_000_000


def read_matrix_market(source: Source, options: Options) -> Graph:
    """Entry (i, j) is an edge from i to j: undirected when the banner says symmetric, directed when general.

    A matrix that is not square is bipartite: rows r1, r2, … and columns c1, c2, …, with `side`.
    """
    lines = source.lines()
    _, banner = next(lines)
    words = banner.lower().split()
    if len(words) != 5 or words[0] != "%%matrixmarket" or words[1] != "matrix":
        raise source.fail("the first line of Matrix Market is '%%MatrixMarket matrix coordinate real general'", 1)
    layout, field, symmetry = words[2:]
    if layout not in ("coordinate", "array") or field not in ("real", "integer", "pattern") or symmetry not in (
        "general", "symmetric"
    ):  # fmt: skip
        raise source.fail(f"a {layout} {field} {symmetry} matrix is not read; there are real, integer and pattern "
                          "matrices, general or symmetric", 1)  # fmt: skip
    rows = ((line, text.split()) for line, text in lines if text.strip() and not text.lstrip().startswith("%"))
    top, sizes = next(rows, (1, []))
    if len(sizes) != (3 if layout == "coordinate" else 2) or not all(cell.isdecimal() for cell in sizes):
        raise source.fail("the line after the banner gives the numbers of rows, columns and entries", top)
    height, width = int(sizes[0]), int(sizes[1])
    if height + width > _MAX_NODES:
        raise source.fail(f"{height} x {width} is over the limit of {_MAX_NODES:,} nodes", top)
    square = height == width
    if symmetry == "symmetric" and not square:
        raise source.fail(f"a symmetric matrix is square, not {height} x {width}", top)
    build = Builder(source)
    side = ["", ""] if square else ["r", "c"]
    for i in range(1, height + 1):
        build.node(f"{side[0]}{i}", None if square else {"side": 0})
    for j in range(1, 0 if square else width + 1):
        build.node(f"{side[1]}{j}", {"side": 1})
    entries = _sparse if layout == "coordinate" else _dense
    count = 0
    for i, j, value, line in entries(source, rows, height, width, field, symmetry):
        count += 1
        if value != 0:
            build.edge(f"{side[0]}{i}", f"{side[1]}{j}", {} if field == "pattern" else {"weight": value}, line)
    if layout == "coordinate" and count != int(sizes[2]):
        raise source.fail(f"{sizes[2]} entries are announced and {count} are there; the file is cut off", top)
    directed = square and symmetry == "general"
    return build.graph(options, directed=directed, integers=square, rename=False)


_Entry = tuple[int, int, Any, int]


def _sparse(
    source: Source, rows: Iterator[tuple[int, list[str]]], height: int, width: int, field: str, symmetry: str
) -> Iterator[_Entry]:
    for line, cells in rows:
        if len(cells) != (2 if field == "pattern" else 3):
            raise source.fail(f"{len(cells)} values in an entry of a {field} matrix", line)
        if not (cells[0].isdecimal() and cells[1].isdecimal()):
            raise source.fail("row and column of an entry are whole numbers from 1", line)
        i, j = int(cells[0]), int(cells[1])
        if not (1 <= i <= height and 1 <= j <= width):
            raise source.fail(f"the entry ({i}, {j}) is outside of {height} x {width}", line)
        yield i, j, 1 if field == "pattern" else _real(source, cells[2], line), line


def _dense(
    source: Source, rows: Iterator[tuple[int, list[str]]], height: int, width: int, field: str, symmetry: str
) -> Iterator[_Entry]:
    places = ((i, j) for j in range(1, width + 1) for i in range(j if symmetry == "symmetric" else 1, height + 1))
    line = 0
    for line, cells in rows:
        for cell in cells:
            place = next(places, None)
            if place is None:
                raise source.fail(f"more values than a {height} x {width} matrix has", line)
            yield *place, _real(source, cell, line), line
    if next(places, None) is not None:
        raise source.fail(f"fewer values than a {height} x {width} matrix has; the file is cut off", line or None)


def _real(source: Source, cell: str, line: int) -> Any:
    value = number(cell)
    if value is None:
        try:
            value = float(cell)
        except ValueError:
            value = float("nan")
        if value != value:
            raise source.fail(f"the value {cell[:30]!r} is not a number", line)
    return value


def write_matrix_market(graph: Graph) -> str:
    """The weights (1 where an edge has none) as a sparse matrix; symmetric for undirected graphs.

    Raises:
        BadArgument: parallel edges, labels other than 1 … n, or a weight that is 0 or no number.
    """
    if graph.multi:
        raise BadArgument("Matrix Market cannot hold parallel edges; write GraphML or JSON")
    if graph.nodes != list(range(1, graph.num_nodes + 1)):
        raise BadArgument("Matrix Market has no labels: its nodes are 1 … n; number the nodes so, or write GraphML")
    field = "real" if graph.weighted else "pattern"
    symmetry = "general" if graph.directed else "symmetric"
    lines = [f"%%MatrixMarket matrix coordinate {field} {symmetry}"]
    lines.append(f"{graph.num_nodes} {graph.num_nodes} {graph.num_edges}")
    for edge in graph.edges():
        ends: list[Any] = [edge.source, edge.target]
        i, j = ends if graph.directed else sorted(ends, reverse=True)
        weight = edge.attributes.get("weight", 1)
        if not isinstance(weight, (int, float)) or weight == 0 or weight != weight:
            raise BadArgument(f"Matrix Market cannot hold the weight {weight!r}; write GraphML or JSON")
        lines.append(f"{i} {j}" + (f" {weight!r}" if field == "real" else ""))
    return "\n".join([*lines, ""])
