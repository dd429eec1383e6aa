"""Gather nodes and edges while a file is read, then make the handle: labels, parallel edges, standard names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphs.files.source import Source
from graphs.graph import PROVENANCE, Graph, Node, Provenance

PLAIN_INTEGER = re.compile(r"(?:0|-?[1-9][0-9]*)\Z")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?\Z")
SYNONYMS: dict[str, tuple[str, ...]] = {
    "weight": ("weight", "weights", "w", "wt", "length", "len", "distance", "dist", "cost", "km", "miles", "meters",
               "metres", "strength", "travel_time", "duration", "value"),
    "capacity": ("capacity", "cap", "bandwidth", "max_flow", "upper_bound"),
    "time": ("time", "timestamp", "date", "datetime", "t", "when", "year", "ts", "unixts"),
}  # fmt: skip


@dataclass(frozen=True)
class Options:
    """What the caller decides instead of the guess. None: guess."""

    directed: bool | None = None
    source: str | int | None = None
    target: str | int | None = None
    weight: str | int | None = None
    columns: Mapping[str, str | int] = field(default_factory=dict)
    header: bool | None = None
    delimiter: str | None = None
    key: str | None = None


@dataclass
class Builder:
    """Nodes and edges in the order of the file. Labels are text or numbers as the file has them."""

    source: Source
    nodes: dict[Node, dict[str, Any]] = field(default_factory=dict)
    edges: list[tuple[Node, Node, dict[str, Any]]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    name: str = ""

    def node(self, label: Node, attributes: Mapping[str, Any] | None = None) -> None:
        known = self.nodes.setdefault(label, {})
        if attributes:
            known.update(attributes)

    def edge(self, start: Node, end: Node, attributes: dict[str, Any], line: int | None = None) -> None:
        attributes[PROVENANCE] = Provenance(file=self.source.name, line=line)
        self.edges.append((start, end, attributes))

    def graph(
        self, options: Options, *, directed: bool, multi: bool | None = None, integers: bool = True, rename: bool = True
    ) -> Graph:
        """The handle. `multi` None: parallel edges are kept apart when there are any.

        `integers`: labels become numbers when all of them read as plain integers. `rename`: an edge attribute such as
        "distance" becomes `weight`, and `names` keeps the user's word.
        """
        directed = directed if options.directed is None else options.directed
        if integers:
            self._integers()
        if rename:
            self._standard_names(options)
        if multi is None:
            multi = self._has_parallel(directed)
            if multi:
                self.notes.append("some pairs of nodes have several edges; they are kept apart")
        graph = Graph.from_edges((), directed=directed, multi=multi)
        body = graph.nx
        for label, attributes in self.nodes.items():
            body.add_node(label)
            body.nodes[label].update(attributes)
        for start, end, attributes in self.edges:
            if multi:
                key = attributes.pop("key", None)
                key = body.add_edge(start, end, key=key if isinstance(key, (int, str)) else None)
                body[start][end][key].update(attributes)
            else:
                body.add_edge(start, end)
                body[start][end].update(attributes)
        graph.name, graph.origin, graph.names = self.name or self.source.name, self.source.name, self.names
        graph.assumptions = tuple([*self.source.notes, *self.notes])
        return graph

    def _integers(self) -> None:
        labels = {*self.nodes}
        labels.update(edge[0] for edge in self.edges)
        labels.update(edge[1] for edge in self.edges)
        if all(isinstance(label, str) and PLAIN_INTEGER.match(label) and len(label) < 40 for label in labels):
            number = {label: int(label) for label in labels}  # type: ignore[call-overload]
            self.nodes = {number[label]: data for label, data in self.nodes.items()}
            self.edges = [(number[start], number[end], data) for start, end, data in self.edges]

    def _standard_names(self, options: Options) -> None:
        present: dict[str, None] = {}
        for *_, data in self.edges:
            present.update(dict.fromkeys(data))
        wanted = {k: v for k, v in options.columns.items() if k in SYNONYMS}
        if options.weight is not None:
            wanted["weight"] = options.weight
        for standard, words in SYNONYMS.items():
            chosen = wanted.get(standard)
            if chosen is not None and chosen not in present:
                raise self.source.fail(
                    f"no edge attribute {chosen!r} to take as {standard}; there are {_some(present)}"
                )
            if chosen is None and standard not in present:
                found = [name for name in present if plain_name(name) in words]
                chosen = found[0] if found and self._numeric(found[0]) else None
            if chosen is None or chosen == standard:
                continue
            for *_, data in self.edges:
                if chosen in data:
                    data[standard] = data.pop(chosen)
            present.pop(str(chosen))
            self.names[standard] = str(chosen)
            self.notes.append(f"took the edge attribute {chosen!r} as {standard}")

    def _numeric(self, name: str) -> bool:
        return all(isinstance(data.get(name, 0), (int, float)) for *_, data in self.edges)

    def _has_parallel(self, directed: bool) -> bool:
        seen: set[tuple[Node, Node]] = set()
        for start, end, _ in self.edges:
            if (start, end) in seen or (not directed and start != end and (end, start) in seen):
                return True
            seen.add((start, end))
        return False


def plain_name(name: str) -> str:
    """A column name in lower case without blanks and marks: "Travel Time" -> "travel_time"."""
    return re.sub(r"[\W_]+", "_", name.strip().lower()).strip("_")


def number(text: str) -> int | float | None:
    """The number that a cell writes, None when it is no number. "007" and "1e400" are none; "inf" is."""
    if PLAIN_INTEGER.match(text):
        return int(text) if len(text) < 400 else None
    if _NUMBER.match(text) and not (text.lstrip("+-")[:1] == "0" and text.lstrip("+-")[1:2].isdigit()):
        value = float(text)
        return None if value in (float("inf"), float("-inf")) else value
    if text.lower().lstrip("+-") in ("inf", "infinity"):
        return float(text)
    return None


def typed(text: str) -> Any:
    """A number or a truth value where the text plainly writes one, else the text."""
    value = number(text)
    if value is not None:
        return value
    return {"true": True, "false": False}.get(text, text)


def _some(names: Iterable[object]) -> str:
    listed = [repr(name) for name in names if name != PROVENANCE][:12]
    return ", ".join(listed) or "none"
