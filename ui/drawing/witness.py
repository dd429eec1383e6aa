"""What a witness shows: the path behind a length, the odd cycle behind a "no", the cut behind an amount."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import Any

from graphs.graph import Graph
from ui.drawing.shapes import Marks, by_value, edge_set, line, lines, node_set, partition, ranked, stream

_MOST = 2_000  # parts of a list that are looked at


def shown_by(witness: Any, graph: Graph, what: str = "what shows it") -> Marks:
    """The marks of a witness; none where it shows nothing that can be drawn.

    A mapping is read by its best-known key; a list by what it holds: labels along edges are a path, other labels a set,
    pairs that are edges a set of edges, lists of labels sets with the edges inside them.
    """
    if isinstance(witness, Mapping):
        if hasattr(witness, "array"):
            return Marks()  # what a tool for large graphs keeps as arrays is not drawn
        return _by_key({key: value for key, value in witness.items() if not hasattr(value, "dtype")}, graph)
    if isinstance(witness, (list, tuple)) and witness:
        return _by_content(list(witness[:_MOST]), graph, what)
    return node_set([witness], what) if _one(witness, graph) else Marks()


def _one(witness: Any, graph: Graph) -> bool:
    """Whether it is a label by itself; a number is more likely a count."""
    return isinstance(witness, str) and witness in graph


def _by_key(witness: Mapping[Any, Any], graph: Graph) -> Marks:
    side = witness.get("source_side", witness.get("cut"))
    if isinstance(side, (list, tuple, set)) and side and _labels(list(side), graph):
        flow = witness.get("flow")
        return stream(flow if isinstance(flow, Mapping) else {}, side, graph)
    for key, draw in _KEYS.items():
        value = witness.get(key)
        if value not in (None, [], {}, ()):
            made = draw(value, graph, key)
            if made:
                return made
    if len(witness) > 1 and all(_label(k, graph) and isinstance(v, (int, float)) for k, v in witness.items()):
        return by_value(witness, "what it was counted from")
    return Marks()


def _path(value: Any, graph: Graph, key: str) -> Marks:
    return line(value, closed=key in ("cycle", "hole"), what=key) if _labels(value, graph) else Marks()


def _nodes(value: Any, graph: Graph, key: str) -> Marks:
    what = _WORDS.get(key, key)
    if _labels(value, graph):
        return node_set(value, what)
    return node_set([value], what) if _label(value, graph) else Marks()


def _clique(value: Any, graph: Graph, key: str) -> Marks:
    if not _labels(value, graph):
        return Marks()
    made = node_set(value, f"a {key}")
    made.edges = dict.fromkeys((p for p in combinations(value, 2) if _joined(p, graph)), "on")
    return made


def _colours(value: Any, graph: Graph, key: str) -> Marks:
    if not isinstance(value, Mapping) or not all(node in graph for node in value):
        return Marks()
    kinds = list(dict.fromkeys(sorted(value.values(), key=str)))
    return partition([[n for n, c in value.items() if c == kind] for kind in kinds], "colours")


def _parts(value: Any, graph: Graph, key: str) -> Marks:
    good = isinstance(value, (list, tuple)) and all(_labels(part, graph) or not part for part in value)
    return partition(value, key) if good else Marks()


def _order(value: Any, graph: Graph, key: str) -> Marks:
    return ranked(value) if _labels(value, graph) else Marks()


def _edges(value: Any, graph: Graph, key: str) -> Marks:
    pairs = [value] if _labels(value, graph) and len(value) == 2 else value
    return edge_set(pairs, _WORDS.get(key, key)) if _pairs(pairs, graph) else _nodes(value, graph, key)


_KEYS: dict[str, Callable[[Any, Graph, str], Marks]] = {
    "path": _path, "walk": _path, "tour": _path, "cycle": _path, "hole": _path, "colouring": _colours, "sides": _parts,
    "parts": _parts, "classes": _parts, "groups": _parts, "clique": _clique, "order": _order, "pairs": _edges,
    "edges": _edges, "subdivision": _edges, "larger": _edges, "edge": _edges, "addable": _edges, "blocking": _edges,
    "pair": _edges, "missing": _nodes, "nodes": _nodes, "set": _nodes, "odd": _nodes, "node": _nodes,
    "centre": _nodes, "hub": _nodes, "loop": _nodes, "undominated": _nodes, "uncovered": _nodes, "uncoloured": _nodes,
    "claw": _nodes, "barrier": _nodes, "base": _nodes, "tree": _edges, "independent": _nodes, "common": _nodes,
    "articulation_point": _nodes, "separator": _nodes, "closed": _nodes, "unbalanced": _nodes,
}  # fmt: skip
_WORDS = {
    "odd": "nodes of odd degree",
    "tree": "a tree that joins them",
    "independent": "no two of these are joined",
    "common": "common neighbours",
    "articulation_point": "its removal takes the graph apart",
    "separator": "its removal leaves too many parts",
    "closed": "no edge leads out of these",
    "unbalanced": "nodes with other degrees in than out",
    "missing": "not joined",
    "nodes": "nodes that show it",
    "pairs": "matched pairs",
    "edge": "the edge that shows it",
    "uncovered": "left over",
    "undominated": "dominated by none",
    "subdivision": "edges of a forbidden subgraph",
}


def _by_content(rows: list[Any], graph: Graph, what: str) -> Marks:
    if _labels(rows, graph):
        along = all(_joined(pair, graph) for pair in zip(rows, rows[1:], strict=False))
        return line(rows, what="path that shows it") if along and len(rows) > 1 else node_set(rows, what)
    if _pairs(rows, graph):
        return edge_set(rows, what)
    if all(_labels(row, graph) for row in rows):
        if all(all(_joined(pair, graph) for pair in zip(row, row[1:], strict=False)) for row in rows):
            return lines(rows, closed=_closed(rows, graph), what="sets that show it")
        return node_set(dict.fromkeys(node for row in rows for node in row), what)
    return Marks()


def _closed(rows: list[Any], graph: Graph) -> bool:
    return all(len(row) > 2 and _joined((row[-1], row[0]), graph) for row in rows)


def _label(value: Any, graph: Graph) -> bool:
    try:
        return value in graph
    except TypeError:
        return False


def _labels(value: Any, graph: Graph) -> bool:
    return isinstance(value, (list, tuple)) and bool(value) and all(_label(one, graph) for one in value)


def _joined(pair: Sequence[Any], graph: Graph) -> bool:
    return graph.has_edge(pair[0], pair[1]) or graph.has_edge(pair[1], pair[0])


def _pairs(value: Any, graph: Graph) -> bool:
    if not isinstance(value, (list, tuple)) or not value:
        return False
    return all(isinstance(p, (list, tuple)) and len(p) == 2 and _labels(p, graph) and _joined(p, graph) for p in value)
