"""Flowcharts in the mermaid language (mermaid.js.org/syntax/flowchart.html): nodes, links, and texts on links."""

from __future__ import annotations

import re
from typing import Any

from graphs.text.blocks import Block
from graphs.text.edges import third_value
from graphs.text.patterns import lazy
from graphs.text.scan import Scan
from graphs.text.tokens import read_number

_NODE = (
    r"([\w.]+(?:-[\w.]+)*)(?:\(\(+([^()\n]*)\)+\)|\[\[?\"?([^\[\]\n\"]*)\"?\]?\]|"
    r"\(\[?\"?([^()\[\]\n\"]*)\"?\]?\)|\{+\"?([^{}\n\"]*)\"?\}+|>([^\]\n]*)\])?(?::::\w+)?"
)
_GROUP = lazy(rf"\s*{_NODE}(?:\s*&\s*{_NODE})*\s*")
_ONE = lazy(_NODE)
_LINK = lazy(
    r"(<)?(?:--+|==+|-\.+-?|~~~)(?:\s*([^\s|>=.-][^|>\n]*?)\s*(?:--+|==+|\.+-))?([>ox]?)(?:\s*\|\"?([^|\n\"]*)\"?\|)?"
)
_WORD = lazy(r"[\w.-]*\w")
_OTHER = lazy(
    r"\s*(?:%%.*|subgraph\b.*|end|style\b.*|classDef\b.*|class\b.*|linkStyle\b.*|click\b.*|direction\b.*|"
    r"```\s*)?\s*;?\s*"
)


def read_mermaid(text: str, start: int, end: int) -> Block | None:
    """A mermaid flowchart at `start`; it ends where a line is no statement of the language."""
    stop = _line_end(text, start, end)
    head = re.match(r"[ \t]*\w+[ \t]+\w+", text[start:stop])
    assert head is not None
    statements: list[tuple[int, int]] = []
    for first, last in _parts(text, start + head.end(), stop):
        statements.append((first, last))
    finish = stop
    while stop < end:
        first, stop = stop + 1, _line_end(text, stop + 1, end)
        parts = [p for p in _parts(text, first, stop) if not _OTHER.fullmatch(text, *p)]
        if not all(_is_statement(text, *p) for p in parts) or text[first:stop].strip().startswith("```"):
            break
        statements += parts
        finish = stop if text[first:stop].strip() else finish
    if not any(_LINK.search(text, *s) for s in statements):
        return None
    return Block(start, finish, lambda scan: _apply(scan, statements, start, finish))


def _line_end(text: str, start: int, end: int) -> int:
    found = text.find("\n", min(start, end), end)
    return end if found < 0 else found


def _parts(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    cuts = [start, *(m.end() for m in re.compile(";").finditer(text, start, stop)), stop]
    return [(a, b) for a, b in zip(cuts, cuts[1:]) if text[a:b].strip(" ;\t\r\n")]


def _is_statement(text: str, start: int, stop: int) -> bool:
    found = _GROUP.match(text, start, stop)
    if not found:
        return False
    rest = text[found.end() : stop].strip(" ;\t\r")
    return not rest or bool(_LINK.match(rest))


def _apply(scan: Scan, statements: list[tuple[int, int]], start: int, finish: int) -> None:
    if scan.draft.links:
        scan.fork()
    scan.mode = ""
    mark = len(scan.draft.links)
    boxes: dict[str, str] = {}
    for first, last in statements:
        _statement(scan, first, last, boxes)
    _rename(scan, mark, boxes, scan.text[:start] + " " + scan.text[finish:])
    scan.claim(start, finish, "graph")


def _rename(scan: Scan, mark: int, boxes: dict[str, str], around: str) -> None:
    """Call the nodes by the texts in their boxes, of which the ids before them are only references.

    The ids stay where two boxes say the same, or where the words around the chart speak of ids and of no box.
    """
    draft = scan.draft
    names = {name: boxes.get(name) or name for name in draft.nodes}
    if names.keys() == set(names.values()) or len(set(names.values())) < len(names):
        return
    words = set(_WORD.findall(around[-50_000:]))
    if words & boxes.keys() and not any(box in around[-50_000:] for box in boxes.values()):
        return
    draft.links[mark:] = [(names.get(u, u), names.get(v, v), *rest) for u, v, *rest in draft.links[mark:]]  # type: ignore[misc]
    draft.nodes = {
        names[name]: {**{k: v for k, v in data.items() if k != "text"}, **({"id": name} if names[name] != name else {})}
        for name, data in draft.nodes.items()
    }


def _statement(scan: Scan, start: int, stop: int, boxes: dict[str, str]) -> None:
    text = scan.text
    found = _GROUP.match(text, start, stop)
    if not found:
        return
    left = _labels(scan, found[0], boxes)
    while True:
        link = _LINK.match(text, found.end(), stop)
        found = _GROUP.match(text, link.end(), stop) if link else None
        if link is None or found is None:
            return
        right = _labels(scan, found[0], boxes)
        said = (link[4] or link[2] or "").strip()
        attributes: dict[str, Any] | None = None
        if said:
            number = read_number(said)
            attributes = {"label": said} if number is None else third_value(scan, said)
        arrow = link[3] == ">" and not link[1]
        for u in left:
            for v in right:
                scan.draft.link(u, v, start, stop, arrow, attributes)
        left = right


def _labels(scan: Scan, group: str, boxes: dict[str, str]) -> list[str]:
    labels = []
    for found in _ONE.finditer(group):
        said = next((part for part in found.groups()[1:] if part), None)
        said = said.strip() if said else ""
        if said and said != found[1]:
            boxes[found[1]] = said
        scan.draft.node(found[1], **({"text": said} if said and said != found[1] else {}))
        labels.append(found[1])
    return labels
