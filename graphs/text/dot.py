"""Graphs in the DOT language (graphviz.org/doc/info/lang.html): the subset that says nodes, edges and attributes."""

from __future__ import annotations

import re
from typing import Any

from graphs.text.blocks import Block
from graphs.text.literals import attributes_of, closing
from graphs.text.patterns import lazy
from graphs.text.scan import Scan
from graphs.text.tokens import read_number

_TOKEN = lazy(
    r"//[^\n]*|/\*.*?\*/|^\s*\#[^\n]*|\"((?:[^\"\\]|\\.)*)\"|(->|--)|([{}\[\];,=:])|"
    r"([^\s{}\[\];,=:\"<>-]+(?:-(?![->])[^\s{}\[\];,=:\"<>-]+)*|-?\d+(?:\.\d+)?)|<([^<>]*)>",
    re.S | re.M,
)
_OPEN = lazy(r"(?P<strict>strict\s+)?(?P<di>di)?graph\s*(?P<name>[^{]*)", re.I)
Token = tuple[str, bool, int, int]  # text, whether it is a sign of the language, start, end


def read_dot(text: str, start: int, end: int) -> Block | None:
    """A DOT graph at `start`, or None when its braces hold no DOT."""
    brace = text.index("{", start)
    stop = closing(text, brace, end)
    head = _OPEN.match(text, start, brace)
    if stop is None or head is None:
        return None
    tokens = _tokens(text, brace + 1, stop - 1)
    if not tokens or any(text[a:b] == ":" and not sign for _, sign, a, b in tokens[:1]):
        return None
    signs = {token for token, sign, _, _ in tokens if sign}
    if not signs & {"->", "--", ";"} and not all(re.fullmatch(r"[\w.]+", token) for token, _, _, _ in tokens):
        return None
    return Block(
        start,
        stop,
        lambda scan: _Dot(scan, tokens, bool(head["di"]), bool(head["strict"]), head["name"]).apply(start, stop),
    )


def _tokens(text: str, start: int, end: int) -> list[Token]:
    result: list[Token] = []
    for found in _TOKEN.finditer(text, start, end):
        kind = found.lastindex
        if kind is None:
            continue
        token = found[kind].replace('\\"', '"') if kind == 1 else found[kind]
        result.append((token, kind in (2, 3), found.start(), found.end()))
    return result


class _Dot:
    """A reader of DOT tokens, statement by statement."""

    def __init__(self, scan: Scan, tokens: list[Token], directed: bool, strict: bool, name: str) -> None:
        self.scan, self.tokens, self.directed, self.strict = scan, tokens, directed, strict
        self.name = name.strip().strip('"')
        self.position = 0
        self.edge_defaults: dict[str, Any] = {}

    def apply(self, start: int, stop: int) -> None:
        if self.scan.draft.links:
            self.scan.fork(self.name)
        self.scan.draft.stated = self.directed
        self.scan.draft.name = self.scan.draft.name or self.name
        self.scan.draft.multigraph = False
        while self.position < len(self.tokens):
            self._statement()
        self.scan.claim(start, stop, "graph")

    def _peek(self, *signs: str) -> bool:
        return (
            self.position < len(self.tokens)
            and self.tokens[self.position][1]
            and self.tokens[self.position][0] in signs
        )

    def _statement(self) -> None:
        begin = self.position
        left = self._operand()
        if left is None:
            self.position = max(self.position, begin + 1)
            return
        word = left[0].lower() if len(left) == 1 else ""
        if self._peek("="):
            self.position += 2
            return
        if word in ("node", "edge", "graph") and self._peek("["):
            defaults = self._attributes()
            self.edge_defaults.update(defaults if word == "edge" else {})
            return
        chain = [left]
        while self._peek("->", "--"):
            self.position += 1
            right = self._operand()
            if right is None:
                break
            chain.append(right)
        attributes = self._attributes()
        self._add(chain, attributes, begin)

    def _add(self, chain: list[list[str]], attributes: dict[str, Any], begin: int) -> None:
        draft = self.scan.draft
        start, end = self.tokens[begin][2], self.tokens[min(self.position, len(self.tokens)) - 1][3]
        if len(chain) == 1:
            for label in chain[0]:
                draft.node(label, **attributes)
            return
        merged = attributes_of(self.scan, {**self.edge_defaults, **attributes})
        if (
            merged
            and isinstance(merged.get("label"), str)
            and "weight" not in merged
            and read_number(merged["label"]) is not None
        ):
            merged["weight"] = read_number(merged.pop("label"))
        for left, right in zip(chain, chain[1:]):
            for u in left:
                for v in right:
                    draft.link(u, v, start, end, self.directed, dict(merged) if merged else None)

    def _operand(self) -> list[str] | None:
        """One node, or the nodes of a subgraph in braces."""
        if self.position >= len(self.tokens):
            return None
        token, sign, _, _ = self.tokens[self.position]
        if not sign and token.lower() == "subgraph" and self.position + 1 < len(self.tokens):
            self.position += 1
            if not self._peek("{"):
                self.position += 1
        if self._peek("{"):
            return self._group()
        token, sign, _, _ = self.tokens[self.position] if self.position < len(self.tokens) else ("", True, 0, 0)
        if sign:
            return None
        self.position += 1
        while self._peek(":") and self.position + 1 < len(self.tokens):
            self.position += 2
        return [token]

    def _group(self) -> list[str]:
        before = len(self.scan.draft.links)
        known = set(self.scan.draft.nodes)
        self.position += 1
        while self.position < len(self.tokens) and not self._peek("}"):
            self._statement()
        self.position += 1
        inside = dict.fromkeys(n for n in self.scan.draft.nodes if n not in known)
        for u, v, *_ in self.scan.draft.links[before:]:
            inside.update({u: None, v: None})
        return list(inside)

    def _attributes(self) -> dict[str, Any]:
        result: dict[str, Any] = {}
        while self._peek("["):
            self.position += 1
            while self.position < len(self.tokens) and not self._peek("]"):
                if self.position + 2 < len(self.tokens) and self.tokens[self.position + 1][:2] == ("=", True):
                    value = self.tokens[self.position + 2][0]
                    number = read_number(value)
                    result[self.tokens[self.position][0]] = value if number is None else number
                    self.position += 3
                else:
                    self.position += 1
            self.position += 1
        return result
