"""JSON: our own form, node-link (old `links` and new `edges`), Cytoscape, adjacency dicts and lists of edges."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from graphs.errors import BadArgument, ParseError
from graphs.files.build import Builder, Options
from graphs.files.source import Source
from graphs.graph import Graph

_START = ("source", "from", "src", "u", "start", "subject")
_END = ("target", "to", "dst", "v", "end", "object")


def read_json(source: Source, options: Options) -> Graph:
    """The graph of a JSON file in any of the known shapes. Labels keep their JSON type."""
    data = _load(source)
    if isinstance(data, Mapping):
        if {"directed", "multigraph", "nodes", "edges", "names"} <= data.keys():
            return _own(source, data, options)
        if "elements" in data:
            return _cytoscape(source, data, options)
        for name in ("links", "edges"):
            if isinstance(data.get(name), list):
                return _node_link(source, data, name, options)
        if isinstance(data.get("adjacency"), list) and isinstance(data.get("nodes"), list):
            return _adjacency_data(source, data, options)
        return _dict(source, data, options)
    if isinstance(data, list):
        square = bool(data) and all(isinstance(row, list) and len(row) == len(data) and _numbers(row) for row in data)
        if square and (len(data) > 3 or all(row[i] == 0 for i, row in enumerate(data))):
            return _matrix(source, data, options)
        return _edge_list(source, data, options)
    raise source.fail(f"the JSON is a single {type(data).__name__}, not a graph; {_SHAPES}")


_SHAPES = 'write {"nodes": [{"id": …}], "edges": [{"source": …, "target": …}]}, a list of [u, v] or {"u": ["v"]}'


def _load(source: Source) -> Any:
    try:
        return json.loads(source.text)
    except json.JSONDecodeError as error:
        lines = [line for line in source.text.split("\n") if line.strip()]
        if len(lines) > 1 and lines[0].lstrip().startswith(("{", "[")) and lines[0].rstrip().endswith(("}", "]")):
            return _json_lines(source)
        raise source.fail(f"broken JSON: {error.msg}", error.lineno, error.colno) from error
    except RecursionError as error:
        raise source.fail("the JSON is nested too deep for a graph") from error
    except ValueError as error:
        raise source.fail(f"broken JSON: {error}") from error


def _json_lines(source: Source) -> list[Any]:
    rows = []
    for line, text in source.lines():
        if text.strip():
            try:
                rows.append(json.loads(text))
            except json.JSONDecodeError as error:
                raise source.fail(f"broken JSON: {error.msg}", line, error.colno) from error
    return rows


def _own(source: Source, data: Mapping[str, Any], options: Options) -> Graph:
    try:
        graph = Graph.from_json(data)
    except ParseError as error:
        raise source.fail(str(error)) from error
    if options.directed is not None and options.directed != graph.directed:
        body = graph.nx.to_directed() if options.directed else graph.nx.to_undirected()
        graph = graph.derive(body, note=f"read as {'directed' if options.directed else 'undirected'} as asked")
    graph.origin = graph.origin or source.name
    return graph


def _label(value: Any, source: Source, where: str) -> Any:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise source.fail(f"{where}: a label is text or a number, not {json.dumps(value)[:60]}")
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _node_link(source: Source, data: Mapping[str, Any], name: str, options: Options) -> Graph:
    build = Builder(source)
    places: list[Any] = []
    nodes = data.get("nodes", [])
    if not isinstance(nodes, list):
        raise source.fail('"nodes" is not a list')
    for number, row in enumerate(nodes):
        where = f"node {number + 1}"
        if isinstance(row, Mapping):
            key = next((key for key in ("id", "key", "name", "label") if key in row), None)
            if key is None:
                raise source.fail(f"{where} has no id")
            extra = {k: v for k, v in row.items() if k != key}
            extra |= extra.pop("attributes", {}) if isinstance(extra.get("attributes"), Mapping) else {}
            places.append(_label(row[key], source, where))
            build.node(places[-1], extra)
        else:
            places.append(_label(row, source, where))
            build.node(places[-1])
    for number, row in enumerate(data[name]):
        _add_edge(build, source, row, f"edge {number + 1}", places)
    about = data.get("graph") if isinstance(data.get("graph"), Mapping) else {}
    build.name = str(data.get("name") or (about or {}).get("name") or "")
    directed = data.get("directed", data.get("options", {}).get("type") == "directed" if isinstance(
        data.get("options"), Mapping) else False)  # fmt: skip
    multi = True if data.get("multigraph") else None
    return build.graph(options, directed=bool(directed), multi=multi, integers=False)


def _add_edge(build: Builder, source: Source, row: Any, where: str, places: list[Any]) -> None:
    if isinstance(row, Mapping):
        start = next((key for key in _START if key in row), None)
        end = next((key for key in _END if key in row), None)
        if start is None or end is None:
            raise source.fail(f"{where} has no source and target: {json.dumps(row)[:80]}")
        ends = [_label(row[start], source, where), _label(row[end], source, where)]
        data = {k: v for k, v in row.items() if k not in (start, end)}
        data |= data.pop("attributes", {}) if isinstance(data.get("attributes"), Mapping) else {}
    elif isinstance(row, list) and len(row) in (2, 3):
        ends = [_label(row[0], source, where), _label(row[1], source, where)]
        data = {} if len(row) == 2 else dict(row[2]) if isinstance(row[2], Mapping) else {"weight": row[2]}
    else:
        raise source.fail(f"{where} is neither an object nor [source, target]: {json.dumps(row)[:80]}")
    known = build.nodes
    if known and all(isinstance(one, int) and one not in known and one < len(places) for one in ends):
        ends = [places[one] for one in ends]
    build.edge(ends[0], ends[1], data)


def _cytoscape(source: Source, data: Mapping[str, Any], options: Options) -> Graph:
    elements = data["elements"]
    if isinstance(elements, list):
        rows = [row for row in elements if isinstance(row, Mapping) and isinstance(row.get("data"), Mapping)]
        elements = {
            "nodes": [row for row in rows if "source" not in row["data"]],
            "edges": [row for row in rows if "source" in row["data"]],
        }
    if not isinstance(elements, Mapping):
        raise source.fail('"elements" is neither a list nor {"nodes": …, "edges": …}')
    build = Builder(source)
    ids: dict[str, Any] = {}
    for number, row in enumerate(elements.get("nodes", [])):
        inner = row.get("data") if isinstance(row, Mapping) else None
        if not isinstance(inner, Mapping) or "id" not in inner:
            raise source.fail(f'node {number + 1} has no "data" with an "id"')
        value = inner.get("value", inner["id"])
        ids[str(inner["id"])] = _label(
            value if str(value) == str(inner["id"]) else inner["id"], source, f"node {number}"
        )
        build.node(ids[str(inner["id"])], {k: v for k, v in inner.items() if k not in ("id", "value", "name")})
    for number, row in enumerate(elements.get("edges", [])):
        inner = row.get("data") if isinstance(row, Mapping) else None
        if not isinstance(inner, Mapping) or not {"source", "target"} <= inner.keys():
            raise source.fail(f'edge {number + 1} has no "data" with "source" and "target"')
        ends = [ids.get(str(inner[side]), inner[side]) for side in ("source", "target")]
        extra = {k: v for k, v in inner.items() if k not in ("source", "target", "id")}
        build.edge(ends[0], ends[1], extra)
    multi = True if data.get("multigraph") else None
    return build.graph(options, directed=bool(data.get("directed", False)), multi=multi, integers=False)


def _adjacency_data(source: Source, data: Mapping[str, Any], options: Options) -> Graph:
    build, directed = Builder(source), bool(data.get("directed", False))
    labels = []
    for number, row in enumerate(data["nodes"]):
        if not isinstance(row, Mapping) or "id" not in row:
            raise source.fail(f"node {number + 1} has no id")
        labels.append(_label(row["id"], source, f"node {number + 1}"))
        build.node(labels[-1], {k: v for k, v in row.items() if k != "id"})
    seen = set()
    for label, rows in zip(labels, data["adjacency"], strict=False):
        for row in rows:
            other = _label(row.get("id"), source, f"a neighbour of {label!r}")
            if directed or (other, label, row.get("key")) not in seen:
                seen.add((label, other, row.get("key")))
                build.edge(label, other, {k: v for k, v in row.items() if k != "id"})
    return build.graph(options, directed=directed, multi=True if data.get("multigraph") else None, integers=False)


def _dict(source: Source, data: Mapping[str, Any], options: Options) -> Graph:
    """{"a": ["b", "c"]} or {"a": {"b": 3}}: undirected when every edge is listed from both ends, else directed."""
    if not data or not all(isinstance(value, (list, Mapping)) for value in data.values()):
        raise source.fail(f"the JSON object is no graph; {_SHAPES}")
    build = Builder(source)
    arcs: dict[tuple[str, str], dict[str, Any]] = {}
    for label, near in data.items():
        build.node(label)
        for other in near:
            value = near[other] if isinstance(near, Mapping) else None
            extra = dict(value) if isinstance(value, Mapping) else {} if value is None else {"weight": value}
            arcs[label, str(_label(other, source, f"a neighbour of {label!r}"))] = extra
    mutual = all((end, start) in arcs and arcs[end, start] == extra for (start, end), extra in arcs.items())
    directed = not mutual if options.directed is None else options.directed
    why = "each is listed from both ends" if mutual else "some are listed from one end only"
    if options.directed is None:
        build.notes.append(f"took the edges as {'directed' if directed else 'undirected'}: {why}")
    done = set()
    for (start, end), extra in arcs.items():
        if directed or (end, start) not in done:
            done.add((start, end))
            build.edge(start, end, extra)
    return build.graph(options, directed=directed)


def _edge_list(source: Source, data: list[Any], options: Options) -> Graph:
    if not data:
        raise source.fail(f"the list holds no edge; {_SHAPES}")
    build = Builder(source)
    for number, row in enumerate(data):
        _add_edge(build, source, row, f"edge {number + 1}", [])
    if options.directed is None:
        build.notes.append("took the edges as undirected; pass directed=True if their direction counts")
    return build.graph(options, directed=False, integers=False)


def _numbers(row: list[Any]) -> bool:
    return all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in row)


def _matrix(source: Source, data: list[list[float]], options: Options) -> Graph:
    from graphs.files.adjacency import from_matrix

    return from_matrix(source, [str(i) for i in range(len(data))], data, [0] * len(data), options)


def write_json(graph: Graph) -> str:
    """Our own form, `Graph.to_json`: everything, provenance included."""
    try:
        return json.dumps(graph.to_json(), ensure_ascii=False, indent=1) + "\n"
    except (TypeError, ValueError) as error:
        raise BadArgument(f"a label or attribute is neither text nor number: {error}") from error


def write_node_link(graph: Graph) -> str:
    """The node-link form of networkx ≥ 3.4 (`edges`), for other programs; provenance is left out."""
    edges = []
    for edge in graph.edges():
        key = {} if edge.key is None else {"key": edge.key}
        edges.append({"source": edge.source, "target": edge.target, **key, **edge.attributes})
    nodes = [{"id": node, **data} for node, data in graph.nx.nodes(data=True)]
    whole = {"directed": graph.directed, "multigraph": graph.multi, "graph": {}, "nodes": nodes, "edges": edges}
    try:
        return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
    except (TypeError, ValueError) as error:
        raise BadArgument(f"a label or attribute is neither text nor number: {error}") from error
