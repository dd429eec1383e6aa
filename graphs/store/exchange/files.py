"""Reading a file as nodes and edges: Königsberg's own exports in full, other graph files as names and verbs."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphs.errors import BadArgument, ParseError
from graphs.files.source import open_source
from graphs.store.exchange.csv_form import nodes_path
from graphs.store.exchange.rows import EDGE_FIELDS, NODE_FIELDS
from graphs.store.exchange.taking import Rows, take_in
from graphs.store.exchange.xml_forms import unescaped

if TYPE_CHECKING:
    from graphs.graph import Graph
    from graphs.store.store import Store

UNNAMED = "related to"  # the verb of an edge that has none
_VERBS = ("relation", "verb", "predicate", "label", "type")
_SUFFIXES = {".json": "json", ".csv": "csv", ".ttl": "turtle", ".nt": "turtle"}


def read_into(store: Store, path: str | Path, format: str | None = None) -> int:
    """Take a graph file into the store; returns the number of the step.

    Exports in json, graphml, turtle and csv (with `….nodes.csv` beside it) come back whole. Any other graph file is
    read by graphs.files: labels are names, and relation, verb or label of an edge is its verb. Edges without a
    direction are taken as written.

    Raises:
        ParseError: the file cannot be read; the message says where. The store is left as it was.
    """
    rows = read_rows(Path(path), format)
    with store.step("import", rows.name) as step:
        take_in(step, rows)
    return step.number


def read_rows(path: Path, format: str | None = None) -> Rows:
    """The nodes and edges of a file. format: a name of graphs.files, or turtle; None: by the file's name."""
    chosen = format or _SUFFIXES.get(Path(path.name.removesuffix(".gz")).suffix.lower())
    rows = None
    if chosen == "json":
        rows = _read_json(path)
    elif chosen == "csv":
        rows = _read_csv(path)
    elif chosen == "turtle":
        from graphs.store.exchange.rdf_reading import read_own

        rows = read_own(open_source(path))
    if rows is None:
        rows = _read_graph(path, "rdf" if chosen == "turtle" else format)
    return rows


def _read_json(path: Path) -> Rows | None:
    source = open_source(path)
    try:
        data = json.loads(source.text)
    except ValueError as error:
        raise ParseError(f"broken JSON ({error})", where=source.name) from error
    except RecursionError as error:
        raise ParseError("JSON nested too deeply", where=source.name) from error
    if not isinstance(data, dict) or not all(isinstance(data.get(part), list) for part in ("nodes", "edges")):
        return None
    rows = Rows(source.name)
    for at, node in enumerate(data["nodes"], 1):
        row = node if isinstance(node, dict) else {"id": node}
        if not isinstance(row.get("id"), (str, int)):
            raise ParseError("a node needs an id, a text or a number", where=f"{source.name}, node {at}")
        rows.nodes.append({**row, "name": str(row["id"]) if row.get("name") is None else row["name"]})
    for at, edge in enumerate(data["edges"], 1):
        if not isinstance(edge, dict) or not all(isinstance(edge.get(end), (str, int)) for end in ("source", "target")):
            raise ParseError("an edge needs a source and a target, ids of nodes", where=f"{source.name}, edge {at}")
        rows.edges.append({**edge, "relation": _verb(edge)})
    return rows


def _verb(edge: dict[str, Any]) -> Any:
    return next((edge[name] for name in _VERBS if edge.get(name) not in (None, "")), UNNAMED)


def _read_csv(path: Path) -> Rows | None:
    relations = _table(path)
    if not relations or not {"source", "target", "relation"}.issubset(relations[0]):
        return None
    rows, beside = Rows(path.name), nodes_path(path)
    by_id = beside.exists() and all(row.get("source_id") and row.get("target_id") for row in relations)
    if by_id:
        rows.nodes = [{**row, "id": int(row["id"]) if _plain(row["id"]) else row["id"]} for row in _table(beside)]
    else:
        names = dict.fromkeys(row[end] for row in relations for end in ("source", "target"))
        rows.nodes = [{"id": name, "name": name} for name in names]
        if beside.exists():
            rows.notes.append(f"{beside.name} was not read: {path.name} has no source_id and target_id")
    for at, row in enumerate(relations, 2):
        edge: dict[str, Any] = {key: value for key, value in row.items() if key not in ("source_id", "target_id")}
        if by_id:
            ends = {"source": row["source_id"], "target": row["target_id"]}
            edge |= {end: int(value) if _plain(value) else value for end, value in ends.items()}
        edge["id"] = int(row["id"]) if _plain(row.get("id", "")) else None
        try:
            edge["confidence"] = float(row["confidence"]) if row.get("confidence") else None
        except ValueError as error:
            raise ParseError(
                f"the confidence {row['confidence']!r:.40} is no number", where=f"{path.name}, row {at}"
            ) from error
        rows.edges.append(edge)
    return rows


def _plain(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def _table(path: Path) -> list[dict[str, str]]:
    source = open_source(path)
    try:
        text = source.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ParseError(f"not UTF-8 (byte {error.start}); save it as UTF-8", where=source.name) from error
    try:
        table = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error as error:
        raise ParseError(f"broken CSV ({error})", where=source.name) from error
    header = [name.strip() for name in table[0]]
    rows = []
    for at, cells in enumerate(table[1:], 2):
        if cells and len(cells) != len(header):
            raise ParseError(f"{len(cells)} cells under {len(header)} columns", where=f"{source.name}, row {at}")
        if cells:
            rows.append(dict(zip(header, cells, strict=True)))
    return rows


def _read_graph(path: Path, format: str | None) -> Rows:
    from graphs.files import read_graph

    try:
        graph = read_graph(path, format=format)
    except BadArgument as error:
        raise ParseError(str(error), where=path.name) from error
    return graph_rows(graph, path.name)


def graph_rows(graph: Graph, name: str = "graph") -> Rows:
    """The nodes and edges of any graph."""
    rows = Rows(name, notes=[note for note in graph.assumptions if not note.startswith("took the edges as undirected")])
    if not graph.directed:
        rows.notes.append("edges have no direction in the file; they were taken from source to target as written")
    ids = {node: int(text) if _plain(text := str(node)) else text for node in graph.nx}
    for node, data in graph.nx.nodes(data=True):
        row = {key: _as_text(key, value) for key, value in data.items() if value not in (None, "")}
        name_ = row.pop("name", None) or row.pop("label", None) or str(node)
        rows.nodes.append({"description": row.pop("text", ""), **row, "id": ids[node], "name": str(name_)})
    for edge in graph.edges():
        row = {key: _as_text(key, value) for key, value in edge.attributes.items() if value not in (None, "")}
        verb = str(_verb(row))
        row = {key: value for key, value in row.items() if key not in _VERBS or value != verb}
        number = int(key) if _plain(key := str(edge.key)) else None
        ends = {"id": number, "source": ids[edge.source], "target": ids[edge.target], "relation": verb}
        rows.edges.append(row | ends)
    if all(row["id"] is not None for row in rows.edges):
        rows.edges.sort(key=lambda row: int(row["id"]))
    return rows


def _as_text(key: str, value: Any) -> Any:
    if isinstance(value, str):
        return unescaped(value)
    return str(value) if key in (*NODE_FIELDS, *EDGE_FIELDS) and key not in ("confidence", "aliases") else value
