"""The common part of Graphviz DOT: nodes, edge chains, subgraphs, default attributes. Nothing is run or drawn."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from graphs.files.build import Builder, Options, typed
from graphs.files.source import Source
from graphs.graph import Graph

_TOKEN = re.compile(
    r"(?:\s|//[^\n]*|/\*(?:[^*]|\*(?!/))*\*/|(?<![^\n])#[^\n]*)*"
    r'(?:"(?P<text>(?:[^"\\]|\\.)*)"|(?P<edge>->|--)|(?P<mark>[{}\[\]=;,:+])'
    r"|(?P<word>-?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?![\w])|[^\W\d][\w.]*|[0-9][\w]*)|(?P<html><)|(?P<end>\Z)|(?P<bad>[\s\S]))",
    re.DOTALL,
)
_MAX_DEPTH = 100


@dataclass
class _Scope:
    node: dict[str, Any] = field(default_factory=dict)
    edge: dict[str, Any] = field(default_factory=dict)
    members: dict[str, None] = field(default_factory=dict)


class _Dot:
    """A recursive-descent parser over the tokens (kind, text, line, column)."""

    def __init__(self, source: Source) -> None:
        self.source, self.build = source, Builder(source)
        self.tokens = _tokens(source)
        self.at, self.directed, self.strict, self.depth = 0, False, False, 0

    # -- tokens

    def peek(self) -> tuple[str, str]:
        kind, text, *_ = self.tokens[self.at]
        return kind, text

    def take(self) -> tuple[str, str]:
        token = self.peek()
        self.at += token[0] != "end"
        return token

    def is_mark(self, text: str) -> bool:
        kind, seen = self.peek()
        return seen == text and kind in ("mark", "edge")

    def expect(self, text: str) -> None:
        if not self.is_mark(text):
            raise self.wrong(f"expected {text!r}")
        self.take()

    def wrong(self, message: str) -> Exception:
        kind, text, line, column = self.tokens[self.at]
        found = "the end of the file" if kind == "end" else repr(text[:30])
        return self.source.fail(f"{message}, found {found}", line, column)

    def name(self) -> str:
        kind, text = self.take()
        if kind not in ("word", "text", "htmltext"):
            self.at -= kind != "end"
            raise self.wrong("expected a name")
        while kind == "text" and self.is_mark("+"):
            self.take()
            text += self.name()
        return text

    # -- grammar

    def graph(self) -> None:
        kind, word = self.take()
        if word.lower() == "strict" and kind == "word":
            self.strict = True
            kind, word = self.take()
        if kind != "word" or word.lower() not in ("graph", "digraph"):
            self.at = max(0, self.at - 1)
            raise self.wrong("expected graph or digraph")
        self.directed = word.lower() == "digraph"
        if not self.is_mark("{"):
            self.build.name = self.name()
        self.block(_Scope())
        if self.peek()[0] != "end":
            self.build.notes.append("read the first graph of the file")

    def block(self, scope: _Scope) -> _Scope:
        self.expect("{")
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise self.wrong(f"subgraphs are nested more than {_MAX_DEPTH} deep")
        while not self.is_mark("}"):
            if self.peek()[0] == "end":
                raise self.wrong("a '}' is missing")
            if self.is_mark(";") or self.is_mark(","):
                self.take()
            else:
                self.statement(scope)
        self.take()
        self.depth -= 1
        return scope

    def statement(self, scope: _Scope) -> None:
        kind, word = self.peek()
        if kind == "word" and word.lower() in ("graph", "node", "edge"):
            after = self.tokens[self.at + 1][:2]
            if after == ("mark", "["):
                self.take()
                values = self.attributes()
                getattr(scope, word.lower(), {}).update(values)
                return
        line = self.tokens[self.at][2]
        groups = [self.operand(scope)]
        if self.is_mark("=") and len(groups[0]) == 1:
            self.take()
            self.name()
            return
        while self.is_mark("->") or self.is_mark("--"):
            self.direction(self.take()[1])
            groups.append(self.operand(scope))
        values = self.attributes()
        for group in groups:
            for label in group:
                scope.members[label] = None
                if len(groups) > 1 or self.lone_subgraph:
                    self.build.node(label, {} if label in self.build.nodes else scope.node)
                else:
                    self.build.node(label, {**({} if label in self.build.nodes else scope.node), **values})
        for starts, ends in zip(groups, groups[1:], strict=False):
            for start in starts:
                for end in ends:
                    self.build.edge(start, end, {**scope.edge, **values}, line)

    lone_subgraph = False

    def direction(self, arrow: str) -> None:
        if (arrow == "->") != self.directed:
            self.at -= 1
            raise self.wrong(f"a {'digraph' if self.directed else 'graph'} joins nodes by "
                             f"{'->' if self.directed else '--'}")  # fmt: skip

    def operand(self, scope: _Scope) -> list[str]:
        """The labels on one side of an edge: a node, or all nodes of a subgraph."""
        kind, word = self.peek()
        self.lone_subgraph = self.is_mark("{") or (kind == "word" and word.lower() == "subgraph")
        if self.lone_subgraph:
            if not self.is_mark("{"):
                self.take()
                if not self.is_mark("{"):
                    self.name()
            inner = self.block(_Scope(dict(scope.node), dict(scope.edge)))
            self.lone_subgraph = True
            scope.members.update(inner.members)
            return list(inner.members)
        label = self.name()
        for _ in range(2):
            if self.is_mark(":"):
                self.take()
                self.name()
        return [label]

    def attributes(self) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while self.is_mark("["):
            self.take()
            while not self.is_mark("]"):
                name = self.name()
                if self.is_mark("="):
                    self.take()
                    values[name] = typed(self.name())
                else:
                    values[name] = True
                if self.is_mark(",") or self.is_mark(";"):
                    self.take()
            self.take()
        return values


def read_dot(source: Source, options: Options) -> Graph:
    """Nodes by their names; an edge's numeric `label` is its weight when no edge has a `weight` of its own."""
    parser = _Dot(source)
    parser.graph()
    build = parser.build
    labels = [data.get("label") for *_, data in build.edges]
    plain = [value for value in labels if isinstance(value, (int, float)) and not isinstance(value, bool)]
    if labels and len(plain) == len(labels) and not any("weight" in data for *_, data in build.edges):
        for *_, data in build.edges:
            data["weight"] = data.pop("label")
        build.notes.append("took the edges' label as weight")
    return build.graph(options, directed=parser.directed, multi=False if parser.strict else None)


def _tokens(source: Source) -> list[tuple[str, str, int, int]]:
    text, place, line, seen, line_start = source.text, 0, 1, 0, 0
    found: list[tuple[str, str, int, int]] = []
    while True:
        match = _TOKEN.match(text, place)
        if match is None or match.lastgroup is None:
            raise source.fail("an unreadable character", line)
        kind = match.lastgroup
        start = match.start(kind)
        line_start = max(line_start, text.rfind("\n", seen, start) + 1)
        line, seen = line + text.count("\n", seen, start), start
        column = start - line_start + 1
        value, place = match[kind], match.end()
        if kind == "bad":
            what = "an unclosed quote" if value == '"' else f"the character {value!r} is out of place"
            raise source.fail(what, line, column)
        if kind == "text":
            value = re.sub(
                r"\\(\n|[\s\S])", lambda m: {"n": "\n", "\n": "", '"': '"', "\\": "\\"}.get(m[1], m[0]), value
            )
        elif kind == "html":
            value, place = _html(source, text, start, line, column)
            kind = "htmltext"
        found.append((kind, value, line, column))
        if kind == "end":
            return found


def _html(source: Source, text: str, start: int, line: int, column: int) -> tuple[str, int]:
    depth = 0
    for match in re.finditer(r"[<>]", text[start : start + 100_000]):
        depth += 1 if match.group() == "<" else -1
        if depth == 0:
            inside = text[start + 1 : start + match.start()]
            return unescape(re.sub(r"<[^<>]*>", "", inside)), start + match.end()
    raise source.fail("an HTML label is not closed", line, column)


def write_dot(graph: Graph) -> str:
    """DOT with every name quoted; parallel edges stay apart."""
    arrow = "->" if graph.directed else "--"
    lines = [("digraph" if graph.directed else "graph") + " {"]
    for node, data in graph.nx.nodes(data=True):
        lines.append(f"  {_quote(node)}{_list(data)};")
    for edge in graph.edges():
        lines.append(f"  {_quote(edge.source)} {arrow} {_quote(edge.target)}{_list(edge.attributes)};")
    return "\n".join([*lines, "}", ""])


def _list(data: Any) -> str:
    inside = ", ".join(f"{_quote(name)}={_quote(value)}" for name, value in data.items())
    return f" [{inside}]" if inside else ""


def _quote(value: object) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
