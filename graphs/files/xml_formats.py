"""GraphML and GEXF. XML is read without entities and document types, so no file can blow up or reach outside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as Tree  # writing only; reading goes through defusedxml
from xml.sax.saxutils import quoteattr

from graphs.errors import BadArgument
from graphs.files.build import Builder, Options
from graphs.files.source import Source
from graphs.graph import Graph

LINE = "\0line"
_INTEGERS = ("int", "integer", "long", "short", "byte")
_REALS = ("float", "double", "decimal")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def parse_xml(source: Source) -> Any:
    """The root element; each element keeps its line in the attribute LINE.

    Raises:
        ParseError: a document type or entity, or broken XML with its line and column.
    """
    import xml.etree.ElementTree as plain

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    class Lines(plain.TreeBuilder):
        def start(self, tag: Any, attrs: Any) -> Any:
            return super().start(tag, {**attrs, LINE: str(parser.parser.CurrentLineNumber)})

    parser = DefusedXMLParser(target=Lines(), forbid_dtd=True, forbid_entities=True, forbid_external=True)
    try:
        parser.feed(source.data)
        return parser.close()
    except DefusedXmlException as error:
        line = parser.parser.CurrentLineNumber
        raise source.fail(
            "the XML declares a document type or entities, which are refused because they can fill the memory or "
            "read other files; delete the <!DOCTYPE …> part", line) from error  # fmt: skip
    except plain.ParseError as error:
        line, column = error.position
        raise source.fail(f"broken XML: {str(error).split(':')[0]}", line, column + 1) from error
    except (LookupError, ValueError) as error:
        raise source.fail(f"the XML's encoding cannot be read: {error}") from error


def _tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _children(element: Any, *names: str) -> Iterator[Any]:
    return (child for child in element if _tag(child) in names)


def _line(element: Any) -> int:
    return int(element.get(LINE, "0"))


def _value(text: str, kind: str, source: Source, line: int) -> Any:
    if kind in _INTEGERS or kind in _REALS:
        try:
            return int(text) if kind in _INTEGERS else float(text)
        except ValueError as error:
            raise source.fail(f"{text[:40]!r} is declared as {kind} and is no such number", line) from error
    if kind == "boolean":
        return text.strip().lower() in ("true", "1")
    return text


def _needed(element: Any, name: str, source: Source) -> str:
    value = element.get(name)
    if value is None:
        raise source.fail(f"a <{_tag(element)}> lacks the attribute {name!r}", _line(element))
    return str(value)


# -- GraphML (graphml.graphdrawing.org)


def read_graphml(source: Source, options: Options) -> Graph:
    """Nodes by their id; keys with their types and defaults. Hyperedges, ports and nested graphs are refused."""
    root = parse_xml(source)
    if _tag(root) != "graphml":
        raise source.fail(f"the root element is <{_tag(root)}>, not <graphml>", _line(root))
    keys: dict[str, Any] = {_needed(key, "id", source): key for key in _children(root, "key")}
    graphs = list(_children(root, "graph"))
    if not graphs:
        raise source.fail("the file holds no <graph>", _line(root))
    build = Builder(source)
    if len(graphs) > 1:
        build.notes.append(f"read the first of {len(graphs)} graphs of the file")
    body = graphs[0]
    directed = body.get("edgedefault", "undirected") == "directed"
    for node in _children(body, "node"):
        if any(True for _ in _children(node, "graph")):
            raise source.fail("graphs inside nodes are not read; write a flat GraphML", _line(node))
        build.node(_needed(node, "id", source), _data(node, keys, "node", source))
    for element in _children(body, "edge", "hyperedge"):
        if _tag(element) == "hyperedge":
            raise source.fail("hyperedges are not read; an edge joins two nodes", _line(element))
        if element.get("directed", str(directed).lower()) != str(directed).lower():
            raise source.fail(
                "directed and undirected edges are mixed; write one kind, the undirected ones as two", _line(element)
            )
        data = _data(element, keys, "edge", source)
        if element.get("id") is not None:
            data["key"] = element.get("id")
        start, end = _needed(element, "source", source), _needed(element, "target", source)
        build.edge(start, end, data, _line(element))
    _drop_plain_keys(build)
    build.name = _graph_name(body, keys)
    _name_by_label(build)
    multi = None if body.get("konigsberg.multi") is None else body.get("konigsberg.multi") == "true"
    return build.graph(options, directed=directed, multi=multi)


def _data(element: Any, keys: dict[str, Any], kind: str, source: Source) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key in keys.values():
        default = next(iter(_children(key, "default")), None)
        if default is not None and key.get("for") in (kind, "all"):
            values[key.get("attr.name", key.get("id"))] = _value(
                default.text or "", key.get("attr.type", "string"), source, _line(key)
            )
    for data in _children(element, "data"):
        key = keys.get(_needed(data, "key", source))
        if key is None:
            raise source.fail(f"the key {data.get('key')!r} is not declared", _line(data))
        label = next((text.strip() for text in data.itertext() if text.strip()), "") if len(data) else data.text or ""
        name = key.get("attr.name") or ("label" if len(data) else str(key.get("id")))
        if len(data) == 0 or (key.get("yfiles.type") in ("nodegraphics", "edgegraphics") and label):
            values[name] = _value(label, key.get("attr.type", "string"), source, _line(data))
    return values


def _graph_name(body: Any, keys: dict[str, Any]) -> str:
    for data in _children(body, "data"):
        key = keys.get(data.get("key", ""))
        if key is not None and key.get("attr.name") == "name":
            return data.text or ""
    return ""


def _drop_plain_keys(build: Builder) -> None:
    """Ids of edges that only count them are no keys."""
    ids = [data.get("key") for *_, data in build.edges]
    if len({*ids}) == len(ids) or any(key is None for key in ids):
        pairs = {(start, end) for start, end, _ in build.edges}
        if len(pairs) == len(build.edges):
            for *_, data in build.edges:
                data.pop("key", None)
    for *_, data in build.edges:
        if str(data.get("key", "")).isdigit():
            data["key"] = int(data["key"])


def _name_by_label(build: Builder) -> None:
    """Ids such as n0, n1 are made by programs: the name or label of every node then is its label."""
    if not build.nodes or not all(re.fullmatch(r"n\d+", str(label)) for label in build.nodes):
        return
    for name in ("name", "label"):
        titles = [data.get(name) for data in build.nodes.values()]
        if all(isinstance(title, str) and title for title in titles) and len(set(titles)) == len(titles):
            new = {label: data.pop(name) for label, data in build.nodes.items()}
            build.nodes = {new[label]: data for label, data in build.nodes.items()}
            build.edges = [(new.get(start, start), new.get(end, end), data) for start, end, data in build.edges]
            build.notes.append(f"took the nodes' {name!r} as their labels instead of the ids n0, n1, …")
            return


def write_graphml(graph: Graph) -> str:
    """GraphML with typed keys; a value that is neither number, truth value nor text is written as text."""
    keys: dict[tuple[str, str], tuple[str, str]] = {}
    rows_of = {"node": [data for _, data in graph.nx.nodes(data=True)], "edge": [e.attributes for e in graph.edges()]}
    for domain, rows in rows_of.items():
        for data in rows:
            for name, value in data.items():
                kind = _kind(value)
                known = keys.get((domain, name))
                keys[domain, name] = (known[0] if known else f"d{len(keys)}", _wider(known[1] if known else kind, kind))
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">']
    for (domain, name), (key, kind) in keys.items():
        lines.append(f'  <key id="{key}" for="{domain}" attr.name={_quoted(name)} attr.type="{kind}"/>')
    default = "directed" if graph.directed else "undirected"
    multi = ' konigsberg.multi="true"' if graph.multi else ""
    lines.append(f'  <graph edgedefault="{default}"{multi}>')
    for node, data in graph.nx.nodes(data=True):
        lines.append(f"    <node id={_quoted(node)}>{_datas(data, 'node', keys)}</node>")
    for edge in graph.edges():
        key = "" if edge.key is None else f" id={_quoted(edge.key)}"
        inside = _datas(edge.attributes, "edge", keys)
        lines.append(f"    <edge source={_quoted(edge.source)} target={_quoted(edge.target)}{key}>{inside}</edge>")
    return "\n".join([*lines, "  </graph>", "</graphml>", ""])


def _kind(value: Any) -> str:
    kinds: tuple[tuple[type, str], ...] = ((bool, "boolean"), (int, "long"), (float, "double"))
    return next((name for kind, name in kinds if isinstance(value, kind)), "string")


def _wider(one: str, other: str) -> str:
    if one == other:
        return one
    return "double" if {one, other} == {"long", "double"} else "string"


def _quoted(text: object) -> str:
    return quoteattr(_checked(str(text)), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def _checked(text: str) -> str:
    bad = _UNWRITABLE.search(text)
    if bad:
        raise BadArgument(f"XML cannot hold the character {bad.group()!r} of {text[:40]!r}; write JSON")
    return text


def _datas(data: Any, domain: str, keys: dict[tuple[str, str], tuple[str, str]]) -> str:
    parts = []
    for name, value in data.items():
        text = str(value).lower() if keys[domain, name][1] == "boolean" else str(value)
        element = Tree.Element("data", key=keys[domain, name][0])
        element.text = _checked(text)
        parts.append(Tree.tostring(element, encoding="unicode").replace("\r", "&#13;"))
    return "".join(parts)


# -- GEXF (gexf.net, 1.1 to 1.3)


def read_gexf(source: Source, options: Options) -> Graph:
    """Nodes by their label where every node has one of its own, else by id; edges with weight and attributes."""
    root = parse_xml(source)
    if _tag(root) != "gexf":
        raise source.fail(f"the root element is <{_tag(root)}>, not <gexf>", _line(root))
    body = next(iter(_children(root, "graph")), None)
    if body is None:
        raise source.fail("the file holds no <graph>", _line(root))
    declared = {domain: _gexf_attributes(body, domain, source) for domain in ("node", "edge")}
    build = Builder(source)
    titles: dict[Any, Any] = {}
    for group in _children(body, "nodes"):
        for node in _children(group, "node"):
            label = _needed(node, "id", source)
            titles[label] = node.get("label")
            build.node(label, _gexf_values(node, declared["node"], source))
    directed = body.get("defaultedgetype", "undirected") == "directed"
    edges = [edge for group in _children(body, "edges") for edge in _children(group, "edge")]
    kinds = {edge.get("type", "directed" if directed else "undirected") for edge in edges}
    if len(kinds) > 1:
        raise source.fail(f"edges of several types are mixed ({', '.join(sorted(kinds))}); write one", _line(edges[0]))
    directed = kinds == {"directed"} if kinds else directed
    for edge in edges:
        data = _gexf_values(edge, declared["edge"], source)
        if edge.get("weight") is not None:
            data["weight"] = _plain_number(_value(edge.get("weight"), "double", source, _line(edge)))
        if edge.get("start") is not None and "time" not in data:
            data["time"] = _plain_number(_maybe_number(edge.get("start")))
        if edge.get("label"):
            data["label"] = edge.get("label")
        build.edge(_needed(edge, "source", source), _needed(edge, "target", source), data, _line(edge))
    names = list(titles.values())
    if names and all(names) and len({*names}) == len(names) and {*titles} != {*names}:
        build.nodes = {titles[label]: data for label, data in build.nodes.items()}
        build.edges = [(titles.get(s, s), titles.get(t, t), data) for s, t, data in build.edges]
        build.notes.append("took the nodes' labels instead of their ids")
    return build.graph(options, directed=directed)


def _gexf_attributes(body: Any, domain: str, source: Source) -> dict[str, tuple[str, str, str | None]]:
    found = {}
    for group in _children(body, "attributes"):
        if group.get("class") == domain:
            for one in _children(group, "attribute"):
                default = next((child.text for child in _children(one, "default")), None)
                title = one.get("title") or _needed(one, "id", source)
                found[_needed(one, "id", source)] = (title, one.get("type", "string"), default)
    return found


def _gexf_values(element: Any, declared: dict[str, tuple[str, str, str | None]], source: Source) -> dict[str, Any]:
    values = {
        title: _value(default, kind, source, _line(element))
        for title, kind, default in declared.values()
        if default is not None
    }
    for group in _children(element, "attvalues"):
        for one in _children(group, "attvalue"):
            which = one.get("for") or one.get("id") or ""
            if which not in declared:
                raise source.fail(f"the attribute {which!r} is not declared", _line(one))
            title, kind, _ = declared[which]
            values[title] = _value(_needed(one, "value", source), kind, source, _line(one))
    return values


def _plain_number(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 2**53 else value


def _maybe_number(text: str) -> Any:
    try:
        return float(text)
    except ValueError:
        return text


def write_gexf(graph: Graph) -> str:
    """GEXF 1.3 with every attribute declared; labels are both id and label."""
    columns: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
    rows_of = {"node": [data for _, data in graph.nx.nodes(data=True)], "edge": [e.attributes for e in graph.edges()]}
    for domain, rows in rows_of.items():
        for data in rows:
            for name, value in data.items():
                if not (domain == "edge" and name == "weight" and _kind(value) in ("long", "double")):
                    known = columns[domain]
                    known[name] = _wider(known.get(name, _kind(value)), _kind(value))
    kind = "directed" if graph.directed else "undirected"
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<gexf xmlns="http://gexf.net/1.3" version="1.3">',
             f'  <graph defaultedgetype="{kind}" mode="static">']  # fmt: skip
    for domain, known in columns.items():
        lines += [f'    <attributes class="{domain}">'] * bool(known)
        lines += [f"      <attribute id={_quoted(n)} title={_quoted(n)} type={_quoted(t)}/>" for n, t in known.items()]
        lines += ["    </attributes>"] * bool(known)
    lines.append("    <nodes>")
    for node, data in graph.nx.nodes(data=True):
        lines.append(f"      <node id={_quoted(node)} label={_quoted(node)}>{_attvalues(data, columns['node'])}</node>")
    lines += ["    </nodes>", "    <edges>"]
    for number, edge in enumerate(graph.edges()):
        data = dict(edge.attributes)
        weight = (
            f" weight={_quoted(data.pop('weight'))}" if "weight" in data and "weight" not in columns["edge"] else ""
        )
        inside = _attvalues(data, columns["edge"])
        ends = f"source={_quoted(edge.source)} target={_quoted(edge.target)}"
        lines.append(f'      <edge id="{number}" {ends}{weight}>{inside}</edge>')
    return "\n".join([*lines, "    </edges>", "  </graph>", "</gexf>", ""])


def _attvalues(data: Any, columns: dict[str, str]) -> str:
    if not data:
        return ""
    texts = {n: str(v).lower() if columns[n] == "boolean" else str(v) for n, v in data.items()}
    inside = "".join(f"<attvalue for={_quoted(n)} value={_quoted(text)}/>" for n, text in texts.items())
    return f"<attvalues>{inside}</attvalues>"
