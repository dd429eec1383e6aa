"""Read and write a graph in any format: chosen by name, by extension, or by what the file starts with."""

from __future__ import annotations

import gc
import gzip
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal

from graphs.errors import BadArgument, GraphError, ParseError
from graphs.files.build import Options, number
from graphs.files.source import MAX_BYTES, Source, open_source
from graphs.graph import Graph

if TYPE_CHECKING:
    from graphs.compact.load import Wishes


@dataclass(frozen=True)
class Format:
    """One format: its extensions, and "module:function" of its reader and writer in this package."""

    title: str
    extensions: tuple[str, ...]
    reader: str
    writer: str | None = None
    extra: tuple[Any, ...] = ()

    def load(self, which: str) -> Callable[..., Any]:
        module, _, function = which.partition(":")
        found: Callable[..., Any] = getattr(import_module(f"graphs.files.{module}"), function)
        return found


FORMATS: dict[str, Format] = {
    "csv": Format("comma-separated edge table", (".csv",), "tabular:read_table", "tables:write_table", (",",)),
    "tsv": Format("tab-separated edge table", (".tsv", ".tab"), "tabular:read_table", "tables:write_table", ("\t",)),
    "edgelist": Format("edge list by blanks, SNAP text",
                       (".edgelist", ".edges", ".el", ".txt", ".dat", ".snap", ".ncol"), "tabular:read_table"),
    "parquet": Format("Parquet edge table", (".parquet", ".pq"), "tables:read_parquet", "tables:write_parquet"),
    "graphml": Format("GraphML", (".graphml",), "xml_formats:read_graphml", "xml_formats:write_graphml"),
    "gexf": Format("GEXF", (".gexf",), "xml_formats:read_gexf", "xml_formats:write_gexf"),
    "gml": Format("GML", (".gml",), "gml:read_gml", "gml:write_gml"),
    "pajek": Format("Pajek", (".net", ".paj"), "pajek:read_pajek", "pajek:write_pajek"),
    "metis": Format("METIS", (".metis",), "metis:read_metis", "metis:write_metis"),
    "matrix_market": Format("Matrix Market", (".mtx", ".mm"), "matrix_market:read_matrix_market",
                            "matrix_market:write_matrix_market"),
    "dot": Format("Graphviz DOT", (".dot", ".gv"), "dot:read_dot", "dot:write_dot"),
    "json": Format("JSON: Königsberg's own, node-link, Cytoscape, edges, adjacency", (".json", ".jsonl", ".cyjs"),
                   "json_formats:read_json", "json_formats:write_json"),
    "node_link": Format("node-link JSON", (), "json_formats:read_json", "json_formats:write_node_link"),
    "matrix": Format("adjacency matrix", (".adjmat", ".matrix"), "adjacency:read_matrix", "adjacency:write_matrix"),
    "adjlist": Format("adjacency list", (".adjlist", ".adj"), "adjacency:read_adjacency_list",
                      "adjacency:write_adjacency_list"),
    "rdf": Format("RDF: Turtle, N-Triples, RDF/XML", (".ttl", ".nt", ".nq", ".trig", ".rdf", ".owl"), "rdf:read_rdf",
                  "rdf:write_rdf"),
    "graph6": Format("graph6", (".g6", ".graph6"), "compact_codes:read_code", "compact_codes:write_code", ("graph6",)),
    "sparse6": Format("sparse6", (".s6", ".sparse6"), "compact_codes:read_code", "compact_codes:write_code",
                      ("sparse6",)),
    "digraph6": Format("digraph6", (".d6", ".digraph6"), "compact_codes:read_code", "compact_codes:write_code",
                       ("digraph6",)),
}  # fmt: skip
_BY_EXTENSION = {extension: name for name, format_ in FORMATS.items() for extension in format_.extensions}
_TABLES = ("csv", "tsv", "edgelist")
ARROW = (".arrow", ".feather", ".ipc")
BINARY = (b"\xff\xfe", b"\xfe\xff", b"PK\x03\x04", b"\x80")
LARGE_FILE = 8 * 1024 * 1024  # bytes of a table (unpacked) from which on it is read into a compact body
Body = Literal["auto", "networkx", "compact"]


def read_graph(
    path_or_buffer: str | os.PathLike[str] | bytes | IO[bytes] | IO[str],
    *,
    format: str | None = None,
    directed: bool | None = None,
    source: str | int | None = None,
    target: str | int | None = None,
    weight: str | int | None = None,
    columns: Mapping[str, str | int] | None = None,
    header: bool | None = None,
    delimiter: str | None = None,
    nodes: str | os.PathLike[str] | None = None,
    max_bytes: int = MAX_BYTES,
    body: Body = "auto",
    large: Wishes | None = None,
) -> Graph:
    """Read a graph file (a path, bytes, or an open file; .gz is unpacked).

    format: one of FORMATS; else by extension, else by content. directed: None takes what the file says or suggests.
    source, target, weight: columns of a table by name or by position from 0; `columns` does the same for any role,
    {"capacity": "bandwidth"}. header, delimiter: of a table, guessed when None. nodes: a table of the nodes beside it.
    body: "networkx"; "compact" for arrays (tables in files only, extra `large`); "auto" takes the compact one for
    tables of more than `LARGE_FILE` bytes where the extra is installed. large: how such a table is read (bad lines,
    memory, progress, cache); it is not held to `max_bytes` but to the memory that is free.
    What was guessed stands in `graph.assumptions`, the user's column names in `graph.names`, and file and line on
    every edge.

    Raises:
        ParseError: the file is missing or broken; the message says where and what to do.
        TooLarge: over `max_bytes`, on disk or unpacked; or too large for the memory.
        BadArgument: `body` cannot hold this file.
    """
    columns = dict(columns or {})
    options = Options(directed, source, target, weight, columns, header, delimiter)
    path = _large_table(path_or_buffer, format, body, large, with_nodes=nodes is not None)
    if path is not None:
        from graphs.compact.load import read_large

        return read_large(path, options, large)
    origin = open_source(path_or_buffer, max_bytes)
    name = format or guess_format(origin)
    if name not in FORMATS:
        close = get_close_matches(str(name), FORMATS, n=1)
        hint = f"did you mean {close[0]!r}?" if close else f"there are {', '.join(FORMATS)}"
        raise ParseError(f"no format {name!r}; {hint}")
    with _uncollected():
        graph: Graph = FORMATS[name].load(FORMATS[name].reader)(origin, options)
    if nodes is not None:
        from graphs.files.tables import add_node_table

        add_node_table(graph, open_source(nodes, max_bytes))
    return graph


def _large_table(where: Any, format: str | None, body: str, large: Wishes | None, *, with_nodes: bool) -> Path | None:
    """The path of a table that is to be read into a compact body; None for everything else.

    Raises:
        BadArgument: a compact body is asked for, and this is no table in a file.
    """
    if body not in ("auto", "networkx", "compact"):
        raise BadArgument(f"body is 'auto', 'networkx' or 'compact', not {str(body)[:40]!r}")
    wanted = body == "compact" or (body == "auto" and large is not None and large.skip_bad_lines)
    path = Path(where) if isinstance(where, (str, os.PathLike)) else None
    try:
        there = path is not None and path.is_file()
        fits = there and not with_nodes and _is_table(Path(where), format)
    except (OSError, ValueError):  # `open_source` says what is wrong with it
        return None
    if body == "networkx" or not fits:
        if wanted and (path is None or there):
            raise BadArgument(
                "only tables of edges in a file are read into a compact body, or with bad lines left out "
                "(CSV, TSV, edge lists, gzip of these, Parquet, Arrow), and without a table of nodes"
            )
        return None
    assert path is not None
    packed = 4 if path.suffix == ".gz" else 1
    if wanted or path.suffix.lower() in ARROW:
        return path
    return path if path.stat().st_size * packed > LARGE_FILE and _extra_there() else None


def _extra_there() -> bool:
    from importlib.util import find_spec

    return all(find_spec(name) is not None for name in ("numba", "polars"))


def _is_table(path: Path, format: str | None) -> bool:
    """Whether the file is an edge table, by its format, else its extension and first bytes."""
    suffix = Path(path.name.removesuffix(".gz")).suffix.lower()
    named = format or _BY_EXTENSION.get(suffix)
    if suffix in ARROW or named == "parquet":
        return path.suffix != ".gz"
    if named not in _TABLES:
        return False
    if format is not None:
        return True
    from graphs.compact.chunks import head_of, is_packed

    with path.open("rb") as file:
        start = file.read(8)
    if not start.strip() or (start[:2] != b"\x1f\x8b" and any(start.startswith(m) for m in (*BINARY, b"PAR1"))):
        return False
    head = head_of(path, 4096) if path.stat().st_size and (start[:2] != b"\x1f\x8b" or is_packed(path)) else b""
    text = head.decode("utf-8", "replace").lstrip("\ufeff \t\n")
    return "\0" not in text and (named != "edgelist" or _by_content(text[:4000]) is None)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Rest the garbage collector: reading makes living objects only, and searching them doubles the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def guess_format(source: Source) -> str:
    """The format by extension, else by what the content starts with; a square table of numbers is a matrix."""
    named = _BY_EXTENSION.get(source.suffix)
    if source.data.startswith(b"PAR1"):
        return "parquet"
    if named is not None and named not in ("csv", "tsv", "edgelist", "json"):
        return named
    if named == "json":
        return "json"
    head = source.text.lstrip("\ufeff \t\n")[:4000]
    if named in ("csv", "tsv"):
        return "matrix" if _is_matrix(source) else named
    return _by_content(head) or ("matrix" if _is_matrix(source) else "edgelist")


def _by_content(head: str) -> str | None:
    lines = [line.strip() for line in head.split("\n") if line.strip()]
    comments = ("//", "#", "/*", "*/", "%", " *")
    lines = [line for line in lines if not line.startswith(comments) or line.lower().startswith("%%matrix")] or [""]
    if head.startswith("<"):
        if re.search(r"<(\w+:)?graphml[\s>]", head):
            return "graphml"
        if re.search(r"<gexf[\s>]", head):
            return "gexf"
        return "rdf" if re.search(r"<(\w+:)?RDF[\s>]", head) or re.match(r"<[^<>\s]+>\s+<", head) else "graphml"
    tests: tuple[tuple[str, str], ...] = (
        (r">>graph6<<", "graph6"), (r">>sparse6<<|:[?-~]+$", "sparse6"), (r">>digraph6<<|&[?-~]+$", "digraph6"),
        (r"%%matrixmarket", "matrix_market"), (r"\*(vertices|network)\b", "pajek"),
        (r"@?prefix\s+\S*:\s*<", "rdf"), (r"(strict\s+)?(di)?graph\b[^\[\n]*\{", "dot"),
    )  # fmt: skip
    for pattern, name in tests:
        if re.match(pattern, lines[0], re.IGNORECASE):
            return name
    if lines[0][:1] in "{[" and lines[0][:1]:
        return "json"
    if any(re.match(r"graph\s*\[?$|graph\s*\[", line) for line in lines[:5]):
        return "gml"
    return None


def _is_matrix(source: Source) -> bool:
    """Whether a table is a square of numbers, with labels or plainly no edge list (0s on the diagonal or 0/1 only)."""
    from graphs.files.rows import split_rows

    if len(source.data) > 64 * 1024 * 1024:
        return False
    first = source.text[:20_000_000].lstrip().split("\n", 1)[0]
    width = max(len(re.split(r"[,;\t|]", first)), len(first.split()))
    if not 2 < width <= 5001 or abs(source.text.rstrip().count("\n") + 1 - width) > 1:
        return False
    try:
        rows = [row for _, row in split_rows(source, Options())[0]]
    except ParseError:
        return False
    if len(rows) > 2 and len(rows[0]) == len(rows) and not rows[0][0].strip() and len(set(rows[0])) == len(rows):
        return [row[0] for row in rows[1:]] == rows[0][1:]
    if len({len(row) for row in rows}) != 1 or len(rows) != len(rows[0]):
        return False
    values = [[number(cell) for cell in row] for row in rows]
    if any(value is None for row in values for value in row):
        return False
    size = len(values)
    zero_diagonal = all(values[i][i] == 0 for i in range(size))
    binary = all(value in (0, 1) for row in values for value in row)
    symmetric = all(values[i][j] == values[j][i] for i in range(size) for j in range(i))
    return (zero_diagonal and (symmetric or binary or size > 3)) or (binary and size > 2) or (symmetric and size > 4)


def write_graph(graph: Graph, path: str | os.PathLike[str], format: str | None = None) -> Path:
    """Write a graph; the format by name or by the extension (.gz packs it). Returns the path.

    Raises:
        BadArgument: an unknown format, or the format cannot hold this graph; the message says which can.
        GraphError: the file cannot be written.
    """
    where = Path(path)
    suffix = Path(where.name.removesuffix(".gz")).suffix.lower()
    name = format or _BY_EXTENSION.get(suffix)
    if name == "edgelist":
        name = "tsv"
    if name is None or name not in FORMATS:
        said = format or suffix or where.name
        raise BadArgument(f"no format is known for {said!r}; pass format=, one of {', '.join(FORMATS)}")
    chosen = FORMATS[name]
    if chosen.writer is None:
        raise BadArgument(f"{chosen.title} is read and not written; write csv or json")
    content = chosen.load(chosen.writer)(graph, *chosen.extra)
    try:
        data = content if isinstance(content, bytes) else content.encode("utf-8")
    except UnicodeEncodeError as error:
        raise BadArgument(f"a label holds a lone surrogate, which no file can hold: {error}") from error
    try:
        where.write_bytes(gzip.compress(data, mtime=0) if where.name.endswith(".gz") else data)
    except OSError as error:
        raise GraphError(f"{where}: cannot be written: {error.strerror}") from error
    return where
