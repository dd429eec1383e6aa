"""Edges written one a line without words: adjacency lists (`0: 1, 2`) and edge lists (`a b 3`)."""

from __future__ import annotations

import re
from typing import Any

from graphs.text.edges import ADJACENCY, adjacency_items, third_value
from graphs.text.lexicon import HEADINGS, NUMBER
from graphs.text.patterns import lazy
from graphs.text.question import is_terse
from graphs.text.scan import Scan
from graphs.text.tokens import clean, is_label, may_be_label, split_kind

_TOKEN = r"(?:\"[^\"\n]{1,200}\"|'[^'\n]{1,200}'|`[^`\n]{1,200}`|<[^<>\n]{1,200}>|[^\s,;:|\"'`<>(){}\[\]?]{1,200})"
_ROW = lazy(
    rf"[ \t]*(?:[-*•]\s+)?({_TOKEN})(?:[ \t]*[,;][ \t]*|[ \t]+)({_TOKEN})(?:(?:[ \t]*[,;:=][ \t]*|[ \t]+)"
    rf"[$€]?({NUMBER})[ \t]*%?)?[ \t]*[;,]?[ \t]*"
)
_COMMA_ROW = re.compile(
    rf"[ \t]*(?:[-*•]\s+)?([^,;:\n\t(){{}}\[\]?!.]{{1,200}})[,;\t][ \t]*([^,;:\n\t(){{}}\[\]?!.]{{1,200}})"
    rf"(?:[,;\t][ \t]*({NUMBER}))?[ \t]*"
)
_WORDS = lazy(r"(?!.*(?:--|->|<-|=>|\s[-–—]\s|[→←↔—]))(?:.*\w.*)")
AdjacencyRow = tuple[str, list[tuple[str, dict[str, Any] | None]], int, int]
_PROSE_KEY = lazy(
    r"\b(?:contains?|consists|sets?|sides?|parts?|partition|are|is|has|have|following|edges|nodes|step|note|"
    r"(?:sub)?graph|number|time|adjacency|lists?|directed|undirected|matrix)\b|->|--|→",
    re.I,
)


def read_list_lines(scan: Scan, start: int, stop: int, end: int) -> int:
    """Read a block of lines from text[start:stop] on; returns where the next line begins, 0 for no block."""
    text = scan.text
    if stop - start > 100_000 or scan.mode in ("question", "format", "embedding"):
        return 0
    if ":" in text[start:stop] or (">" in text[start:stop] and "," in text[start:stop]):
        taken = _adjacency_block(scan, start, stop, end)
        if taken:
            return taken
    return _row_block(scan, start, stop, end)


_TWO_NAMES = lazy(r"\w+\s?[/|~+&]\s?\w+|\w+\s+[-–—]\s+\w+")
_MEASURE = lazy(rf"{NUMBER}[.!;]?")
_MEASURED_EDGE = lazy(r"[;,]\s*\w+\s*-\s*\w+\s*:\s*\d")

_RETRIES = 20  # lines of one block from which it is tried again: what is no list is not read as often as it has lines


def _next_line(text: str, stop: int, end: int) -> tuple[int, int]:
    start = stop + 1
    if start >= end:
        return end, end
    found = text.find("\n", start, end)
    return start, end if found < 0 else found


def _adjacency_row(scan: Scan, start: int, stop: int) -> re.Match[str] | None:
    found = ADJACENCY.fullmatch(scan.text, start, stop)
    if not found or _is_heading(found[1]) or ":" not in scan.text[found.end(1) : found.start(2)]:
        return None
    if scan.text[start:stop].rstrip()[-1:] == "?" or len(found[1].split()) > 5 or _PROSE_KEY.search(found[1]):
        return None
    if "-" in found[1] and _MEASURED_EDGE.search(found[2]):
        return None  # "a-b: 5; b-c: 6": edges with weights, one after the other
    if _TWO_NAMES.fullmatch(found[1].strip()) and _MEASURE.fullmatch(found[2].strip()):
        return None  # "A/B: 15" is no node with a neighbour 15
    return found


def _is_heading(key: str) -> bool:
    key = " ".join(key.lower().split())
    return len(key) > 1 and key in HEADINGS


def _adjacency_block(scan: Scan, start: int, stop: int, end: int) -> int:
    """Lines `node: neighbours`; two at least, or one after a heading that announces edges."""
    refused_to, tries = scan.refused
    if start < refused_to and tries > _RETRIES:
        return 0
    lines: list[tuple[re.Match[str], int, int]] = []
    first, last = start, stop
    while first < end and (found := _adjacency_row(scan, first, last)):
        lines.append((found, first, last))
        first, last = _next_line(scan.text, last, end)
    tried_to = first
    known = {split_kind(line[0][1])[0] for line in lines} | scan.draft.declared.keys()
    rows: list[AdjacencyRow] = []
    for found, first, last in lines:
        items = adjacency_items(scan, found[2], known, sure=scan.mode == "edges" and len(lines) > 1)
        if items is None:
            break
        rows.append((split_kind(found[1])[0], items, first, last))
    if not rows or (len(rows) < 2 and scan.mode != "edges") or not _plausible(scan, rows):
        scan.refused = (max(tried_to, refused_to), tries + 1 if start < refused_to else 0)
        return 0
    for label, items, begin, finish in rows:
        scan.draft.node(label)
        for target, attributes in items:
            scan.draft.link(label, target, begin, finish, None, attributes)
    scan.draft.both_ends = True
    scan.claim(start, rows[-1][3], "graph")
    return max(rows[-1][3] + 1, start + 1)


def _plausible(scan: Scan, rows: list[AdjacencyRow]) -> bool:
    """Whether keys and neighbours share labels, as an adjacency list does, and not a list of settings."""
    if scan.mode == "edges":
        return True
    keys = {row[0] for row in rows}
    known = keys | scan.draft.declared.keys()
    targets = [target for row in rows for target, _ in row[1]]
    return bool(targets) and sum(target in known for target in targets) * 2 >= len(targets)


def _row_block(scan: Scan, start: int, stop: int, end: int) -> int:
    """Lines `a b`, `a b 3`, `a, b` or `a,b,3`."""
    text = scan.text
    pattern = next((p for p in (_ROW, _COMMA_ROW) if p.fullmatch(text, start, stop)), None)
    if pattern is None or not _WORDS.fullmatch(text, start, stop):
        return 0
    rows = []
    first, last = start, stop
    while first < end:
        found = pattern.fullmatch(text, first, last)
        if found is None or (found[1][0].isalpha() and is_terse(text[first:last].strip())):
            break
        rows.append((found, first, last))
        first, last = _next_line(text, last, end)
    if not rows or not _is_edge_list(scan, rows):
        return 0
    for found, begin, finish in rows:
        source, target, weight = found[1], found[2], found[3]
        u = source if source.isalnum() else clean(source)
        v = target if target.isalnum() else clean(target)
        scan.draft.link(u, v, begin, finish, None, third_value(scan, weight) if weight else None)
    scan.claim(start, rows[-1][2], "graph")
    return max(rows[-1][2] + 1, start + 1)


def _is_edge_list(scan: Scan, rows: list[tuple[re.Match[str], int, int]]) -> bool:
    if scan.mode == "edges":
        return not (
            len(rows) == 1
            and rows[0][0][3] is None
            and rows[0][0][1].lower() in ("the", "a", "an", "each", "find", "what")
        )
    if len(rows) < 2:
        return False
    if all(r[0][1].isdigit() and r[0][2].isdigit() for r in rows) or all(r[0][3] for r in rows):
        return True
    ends = [label for row in rows for label in (row[0][1].strip(), row[0][2].strip())]
    commas = rows[0][0].re is _COMMA_ROW and all(may_be_label(e) or is_label(e) for e in ends)
    return (
        len(rows) > 2
        and len(set(ends)) < len(ends) * 0.8
        and (commas or all(len(e) <= 3 or e[0].isupper() or e[0] in "\"'`<" or e[-1].isdigit() for e in ends))
    )
