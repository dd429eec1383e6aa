"""GML (Himsolt 1997): nested key-value lists, with labels or ids as nodes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from graphs.errors import BadArgument
from graphs.files.build import Builder, Options
from graphs.files.source import Source
from graphs.graph import Graph

_TOKEN = re.compile(
    r"\s*(?:#[^\n]*\n\s*)*(?:(?P<key>[A-Za-z_][\w.:-]*)|(?P<number>[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
    r'|[+-]?(?:INF|NAN))(?![\w"])|"(?P<text>[^"]*)"|(?P<open>\[)|(?P<close>\])|(?P<end>\Z)|(?P<bad>\S))'
)
_MAX_DEPTH = 50
_Pairs = list[tuple[str, Any, int]]


def read_gml(source: Source, options: Options) -> Graph:
    """The graph of a GML file. Where two nodes share a label, or one has none, the ids are the labels."""
    found = [value for key, value, _ in _parse(source) if key == "graph" and isinstance(value, list)]
    if not found:
        raise source.fail("there is no 'graph [ … ]' in the file")
    build = Builder(source)
    about = {key: value for key, value, _ in found[0] if key not in ("node", "edge")}
    ids: dict[Any, dict[str, Any]] = {}
    for value, line in _each(found[0], "node", source):
        data = _flat(value)
        if "id" not in data:
            raise source.fail("a node lacks its id", line)
        if data["id"] in ids:
            raise source.fail(f"the node id {data['id']!r} occurs twice", line)
        ids[data["id"]] = data
    labels = _labels(ids, build)
    for key, data in ids.items():
        build.node(labels[key], {k: v for k, v in data.items() if k not in ("id", "label")})
        if labels[key] != str(data.get("label", labels[key])):
            build.nodes[labels[key]]["label"] = data["label"]
    for value, line in _each(found[0], "edge", source):
        data = _flat(value)
        ends = []
        for side in ("source", "target"):
            if side not in data:
                raise source.fail(f"an edge lacks its {side}", line)
            ends.append(data.pop(side))
            if ends[-1] not in labels:
                raise source.fail(f"the edge names the node id {ends[-1]!r}, which no node has", line)
        build.edge(labels[ends[0]], labels[ends[1]], data, line)
    build.name = str(about.get("name", about.get("label", "")))
    multi = True if about.get("multigraph") == 1 else None
    return build.graph(options, directed=about.get("directed", 0) == 1, multi=multi)


def _each(pairs: _Pairs, wanted: str, source: Source) -> Iterator[tuple[_Pairs, int]]:
    for key, value, line in pairs:
        if key == wanted:
            if not isinstance(value, list):
                raise source.fail(f"{wanted} is not followed by [ … ]", line)
            yield value, line


def _labels(ids: dict[Any, dict[str, Any]], build: Builder) -> dict[Any, str]:
    titles = [str(data["label"]) if "label" in data else "" for data in ids.values()]
    if ids and all(titles) and len(set(titles)) == len(titles):
        return dict(zip(ids, titles, strict=True))
    if any(titles):
        build.notes.append("the nodes' labels are missing or not unique, so their ids are used")
    return {key: str(key) for key in ids}


def _flat(pairs: _Pairs) -> dict[str, Any]:
    """Pairs to a dict: a repeated key becomes a list, nested lists become dicts."""
    out: dict[str, Any] = {}
    repeated: set[str] = set()
    for key, value, _ in pairs:
        plain = _flat(value) if isinstance(value, list) else value
        if key in out:
            out[key] = [*out[key], plain] if key in repeated else [out[key], plain]
            repeated.add(key)
        else:
            out[key] = plain
    return out


def _parse(source: Source) -> _Pairs:
    text, place = source.text, 0
    line, seen = 1, 0
    stack: list[_Pairs] = [[]]
    key: tuple[str, int] | None = None
    while True:
        match = _TOKEN.match(text, place)
        kind = match.lastgroup if match else "bad"
        start = match.start(kind) if match and kind else place
        line, seen = line + text.count("\n", seen, start), start
        if match is None or kind == "bad":
            raise _wrong(source, text, start, line)
        place, token = match.end(), match[kind or "end"]
        if kind == "end":
            if len(stack) > 1 or key is not None:
                raise source.fail("the file ends inside [ … ]; it is cut off or a ] is missing", line)
            return stack[0]
        if kind == "close":
            if len(stack) == 1 or key is not None:
                raise _wrong(source, text, start, line)
            stack.pop()
        elif key is None:
            if kind != "key":
                raise _wrong(source, text, start, line)
            key = (token, line)
        elif kind == "open":
            inner: _Pairs = []
            stack[-1].append((key[0], inner, key[1]))
            stack.append(inner)
            key = None
            if len(stack) > _MAX_DEPTH:
                raise source.fail(f"lists are nested more than {_MAX_DEPTH} deep", line)
        else:
            if kind == "key" and token.upper() not in ("NAN", "INF"):
                raise _wrong(source, text, start, line)
            value = _unescaped(token) if kind == "text" else _number(token)
            stack[-1].append((key[0], value, key[1]))
            key = None


def _wrong(source: Source, text: str, start: int, line: int) -> Exception:
    column = start - text.rfind("\n", 0, start)
    what = "an unclosed quote" if text[start : start + 1] == '"' else repr(text[start : start + 20].split("\n")[0])
    return source.fail(f"{what} is out of place; GML is a list of 'key value' and 'key [ … ]'", line, column)


def _unescaped(text: str) -> str:
    """Entities to characters; numbers stand for any character, even one that HTML forbids."""

    def character(match: re.Match[str]) -> str:
        code = int(match[1])
        return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else match[0]

    parts = re.split(r"(&#[0-9]{1,7};)", text) if "&" in text else [text]
    return "".join(re.sub(r"&#([0-9]+);", character, part) if part[:2] == "&#" else unescape(part) for part in parts)


def _number(token: str) -> int | float:
    try:
        return int(token)
    except ValueError:
        return float(token)


# -- writing


def write_gml(graph: Graph) -> str:
    """GML with ids 0, 1, … and the labels as text; attribute names must be letters, digits and "_"."""
    position = {node: index for index, node in enumerate(graph.nodes)}
    lines = ["graph ["] + ["  directed 1"] * graph.directed + ["  multigraph 1"] * graph.multi
    for node, data in graph.nx.nodes(data=True):
        lines.append(f"  node [\n    id {position[node]}\n    label {_text(str(node))}")
        lines += [f"    {_key(name)} {_value(value)}" for name, value in data.items() if name not in ("id", "label")]
        lines.append("  ]")
    for edge in graph.edges():
        lines.append(f"  edge [\n    source {position[edge.source]}\n    target {position[edge.target]}")
        data = {"key": edge.key, **edge.attributes} if edge.key is not None else edge.attributes
        lines += [f"    {_key(name)} {_value(value)}" for name, value in data.items()]
        lines.append("  ]")
    return "\n".join([*lines, "]", ""])


def _key(name: str) -> str:
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", str(name)):
        raise BadArgument(f"GML cannot name an attribute {name!r}: letters, digits and _ only; write JSON or GraphML")
    return str(name)


def _value(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return _text(str(value))
    return repr(value) if isinstance(value, int) or "e" in repr(value) or "." in repr(value) else repr(value).upper()


def _text(value: str) -> str:
    escaped = value.replace("&", "&amp;").replace('"', "&quot;")
    return '"' + "".join(c if 32 <= ord(c) < 127 else f"&#{ord(c)};" for c in escaped) + '"'
