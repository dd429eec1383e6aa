"""JSON and Python literals: node-link, edges, adjacency dictionaries, nested matrices. Nothing is evaluated."""

from __future__ import annotations

import ast
import json
import re
import warnings
from typing import Any

from graphs.text.blocks import Block
from graphs.text.lexicon import CAPACITY_WORDS, WEIGHT_WORDS
from graphs.text.matrices import add_matrix
from graphs.text.patterns import lazy
from graphs.text.scan import Scan

MAX_LITERAL = 200_000  # characters given to the Python literal parser; JSON has no such limit
_MAX_DEPTH = 40
_BRACKET = lazy(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'(?!\w)|[\[\]{}()]")
_INNER = lazy(r"\{[^{}]*\}|\[[^\[\]]*\]|\([^()]*\)")
_ENTRY = lazy(r"(?:\"((?:[^\"\\]|\\.)*)\"|'([^']*)'|(-?\w+))\s*:\s*(?:\[[^\[\]]*\]|\{[^{}]*\}|\([^()]*\))")
SOURCES = (
    "source",
    "from",
    "src",
    "start",
    "u",
    "tail",
    "node1",
    "source_id",
    "subject",
    "a",
    "begin",
    "origin",
    "head_entity",
    "parent",
    "n1",
    "from_node",
    "id1",
)
TARGETS = (
    "target",
    "to",
    "dst",
    "end",
    "v",
    "head",
    "node2",
    "target_id",
    "object",
    "b",
    "destination",
    "dest",
    "tail_entity",
    "child",
    "n2",
    "to_node",
    "id2",
)
EDGE_KEYS = ("edges", "links", "relationships", "connections", "edge_list", "relations", "arcs", "triples")
NODE_KEYS = ("nodes", "vertices", "entities")


def read_literal(text: str, start: int, end: int) -> Block | None:
    """A JSON or Python literal at `start` that holds a graph; None when it holds none."""
    stop = closing(text, start, end)
    if stop is None:
        return None
    value = _parse(text[start:stop])
    if value is None or not _holds_graph(value, text[max(0, start - 200) : start]):
        return None
    return Block(start, stop, lambda scan: _apply(scan, value, start, stop))


def closing(text: str, start: int, end: int) -> int | None:
    """Where the bracket opened at `start` is closed; None when it is not, or nests deeper than 40."""
    depth = 0
    for found in _BRACKET.finditer(text, start, end):
        sign = found[0]
        if sign in "[{(":
            depth += 1
            if depth > _MAX_DEPTH:
                return None
        elif sign in "]})":
            depth -= 1
            if depth == 0:
                return found.end()
    return None


def _parse(raw: str) -> Any:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        pass
    if len(raw) > MAX_LITERAL:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)  # "0and": no literal, and no news for the reader
            return ast.literal_eval(raw)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None


def _holds_graph(value: Any, before: str) -> bool:
    if isinstance(value, dict):
        if any(
            isinstance(_get(value, keys), (list, dict))
            for keys in (EDGE_KEYS, ("graph", "adjacency", "adjacency_list", "matrix", "adjacency_matrix"))
        ):
            return True
        return (
            len(value) > 0
            and all(isinstance(v, (list, dict, set, tuple)) for v in value.values())
            and _is_adjacency(value)
        )
    if isinstance(value, (list, tuple)) and value:
        if all(isinstance(item, dict) for item in value):
            return all(_ends(item) is not None for item in value)
        return _is_matrix(value, before)
    return False


def _is_adjacency(value: dict[Any, Any]) -> bool:
    keys = {str(k) for k in value}
    ends = [str(_first(x)) for row in value.values() for x in row]
    return not ends or sum(e in keys for e in ends) * 2 >= len(ends) or len(value) > 1


def _first(item: Any) -> Any:
    if isinstance(item, dict):
        return next((item[k] for k in ("node", "id", "target", "to") if k in item), "")
    return item[0] if isinstance(item, (list, tuple)) and item else item


def _is_matrix(value: Any, before: str) -> bool:
    """Rows as long as there are rows; small squares that could be edges need the word "matrix" before them."""
    size = len(value)
    if not all(isinstance(row, (list, tuple)) and len(row) == size for row in value):
        return False
    if not all(x is None or isinstance(x, (int, float)) for row in value for x in row):
        return False
    if re.search(r"matrix", before[-200:], re.I):
        return True
    diagonal = all(not value[i][i] for i in range(size))
    return size > 3 or (size == 3 and diagonal and all(value[i][j] == value[j][i] for i in range(3) for j in range(i)))


def _get(value: dict[Any, Any], keys: tuple[str, ...]) -> Any:
    for key, item in value.items():
        if isinstance(key, str) and key.lower() in keys:
            return item
    return None


def _apply(scan: Scan, value: Any, start: int, stop: int) -> None:
    if scan.draft.links:
        scan.fork()
    scan.claim(start, stop, "graph")
    if isinstance(value, dict):
        _apply_dict(scan, value, start, stop)
    elif isinstance(value[0], dict):
        _add_edges(scan, value, start, stop)
    else:
        _add_matrix(scan, value, start, stop)


def _apply_dict(scan: Scan, value: dict[Any, Any], start: int, stop: int) -> None:
    inner = _get(value, ("graph",))
    if isinstance(inner, dict) and _get(value, EDGE_KEYS) is None and inner:
        return _apply_dict(scan, inner, start, stop)
    if isinstance(inner, list) and _get(value, EDGE_KEYS) is None:
        value = {"edges": inner, **value}
    directed = _get(value, ("directed",))
    if isinstance(directed, bool):
        scan.draft.stated = directed
    if _get(value, ("multigraph",)) is True:
        scan.draft.multigraph = True
    _add_nodes(scan, _get(value, NODE_KEYS))
    edges, matrix = _get(value, EDGE_KEYS), _get(value, ("matrix", "adjacency_matrix"))
    adjacency = _get(value, ("adjacency", "adjacency_list"))
    if isinstance(edges, (list, tuple)):
        return _add_edges(scan, edges, start, stop)
    if isinstance(matrix, list):
        return _add_matrix(scan, matrix, start, stop)
    table = edges if isinstance(edges, dict) else adjacency if isinstance(adjacency, dict) else value
    return _add_adjacency(scan, table, start, stop)


def _add_nodes(scan: Scan, nodes: Any) -> None:
    if isinstance(nodes, dict):
        nodes = [{"id": k, **(v if isinstance(v, dict) else {"label": v})} for k, v in nodes.items()]
    for item in nodes if isinstance(nodes, (list, tuple, set)) else ():
        if isinstance(item, dict):
            key = next((k for k in ("id", "name", "label", "key") if k in item), None)
            if key is not None:
                scan.draft.declare([str(item[key])])
                scan.draft.node(str(item[key]), **{str(k): v for k, v in item.items() if k != key})
        else:
            scan.draft.declare([str(item)])


def _ends(item: dict[Any, Any]) -> tuple[Any, Any] | None:
    """The keys of an object that name its two ends."""
    keys = {str(k).lower(): k for k in item}
    source = next((keys[k] for k in SOURCES if k in keys), None)
    target = next((keys[k] for k in TARGETS if k in keys), None)
    return None if source is None or target is None else (source, target)


def _add_edges(scan: Scan, edges: Any, start: int, stop: int) -> None:
    """Edges as pairs, triples or objects; each gets the span of its own brackets where these can be told apart."""
    head = next(
        (
            m.end()
            for m in re.finditer(rf"[\"'](?:{'|'.join(EDGE_KEYS)}|graph)[\"']\s*:\s*\[", scan.text[start:stop], re.I)
        ),
        1,
    )
    spans = [m.span() for m in _INNER.finditer(scan.text, start + head, stop)]
    sure = len(spans) >= len(edges)
    for i, item in enumerate(edges):
        begin, finish = spans[i] if sure else (start, stop)
        if isinstance(item, dict):
            ends = _ends(item)
            if ends is None:
                continue
            extra = {str(k): v for k, v in item.items() if k not in ends}
            scan.draft.link(str(item[ends[0]]), str(item[ends[1]]), begin, finish, None, attributes_of(scan, extra))
        elif isinstance(item, (list, tuple)) and len(item) > 1:
            scan.draft.link(str(item[0]), str(item[1]), begin, finish, None, _third(scan, item[2:]))


def _third(scan: Scan, rest: Any) -> dict[str, Any] | None:
    """The attributes of an edge written as (u, v, x): x is a dictionary of them, a relation, or a weight."""
    value = rest[0] if rest else None
    if value is None or isinstance(value, dict):
        return attributes_of(scan, {str(k): v for k, v in (value or {}).items()})
    if isinstance(value, str):
        return {"label": value}
    if scan.third:
        scan.draft.names.setdefault(*scan.third)
    return {scan.third[0] if scan.third else "weight": value}


def attributes_of(scan: Scan, extra: dict[str, Any]) -> dict[str, Any] | None:
    """Edge attributes under their standard names where the word is one of the lexicon's; the others as they are."""
    result: dict[str, Any] = {}
    for key, value in extra.items():
        word = key.lower().replace("_", " ").strip()
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if number and re.fullmatch(f"{WEIGHT_WORDS}|{CAPACITY_WORDS}|timestamp|time|year", word):
            result.update(scan.attribute(word, value))
        elif value is not None and key != "key":
            result[key] = value
    return result or None


def _add_matrix(scan: Scan, matrix: Any, start: int, stop: int) -> None:
    spans = [m.span() for m in _INNER.finditer(scan.text, start, stop)]
    sure = len(spans) == len(matrix)
    rows = [
        (["-" if x is None else str(x) for x in row], *(spans[i] if sure else (start, stop)))
        for i, row in enumerate(matrix)
    ]
    if rows and all(len(row[0]) == len(rows) for row in rows):
        add_matrix(scan, rows, None, start)


def _one_sided(table: dict[Any, Any]) -> list[set[str]]:
    """The lists that lack a node by which they are listed."""
    rows = {str(key): {str(_first(item)) for item in row} for key, row in table.items() if _is_row(row)}
    return [rows[v] for u, row in rows.items() for v in row if v in rows and u not in rows[v]]


def _is_row(row: Any) -> bool:
    return isinstance(row, (list, tuple, set, dict))


def _add_adjacency(scan: Scan, table: dict[Any, Any], start: int, stop: int) -> None:
    spans = [m.span() for m in _ENTRY.finditer(scan.text, start, stop)]
    sure = len(spans) == len(table)
    scan.draft.both_ends = True
    if scan.draft.stated is None and scan.stated is None and (lacking := _one_sided(table)):
        if not all(lacking):
            scan.draft.stated = True
            scan.draft.notes["the lists are read as directed: a node is listed whose own list is empty"] = None
        else:
            scan.draft.notes["each edge is taken as listed once, undirected; say 'directed' if it is"] = None
    for i, (key, row) in enumerate(table.items()):
        begin, finish = spans[i] if sure else (start, stop)
        scan.draft.node(str(key))
        if not _is_row(row):
            continue
        for item in row:
            value = (
                row[item]
                if isinstance(row, dict)
                else item[1]
                if isinstance(item, (list, tuple)) and len(item) > 1
                else None
            )
            extra = value if isinstance(value, dict) else {} if value is None else {"weight": value}
            scan.draft.link(str(key), str(_first(item)), begin, finish, None, attributes_of(scan, extra))
