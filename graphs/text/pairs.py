"""Edges as pairs of labels between semicolons: "1 2; 2 3; 3 4"."""

from __future__ import annotations

from graphs.text.lexicon import GRAPH_WORD
from graphs.text.patterns import lazy
from graphs.text.scan import Scan

_LABEL = r"(?:\d{1,9}|[A-Z]\d{0,3})"
_PAIRS = lazy(
    rf"(?P<lead>[^:;?\n]{{0,80}}:)?\s*"
    rf"(?P<pairs>{_LABEL}[ \t]+{_LABEL}(?:\s*;[ \t]*{_LABEL}[ \t]+{_LABEL})+)[ \t]*[;.]?(?=\s|$)"
)
_PAIR = lazy(rf"({_LABEL})[ \t]+({_LABEL})")


def read_pairs(scan: Scan, start: int, end: int) -> int:
    """Read such a list at the beginning of a line, behind words for a graph or none; returns where the line goes on."""
    if scan.text.find(";", start, min(end, start + 200)) < 0:
        return start
    found = _PAIRS.match(scan.text, start, end)
    if found is None or scan.mode not in ("", "edges"):
        return start
    if found["lead"] and not GRAPH_WORD.search(found["lead"]):
        return start
    for pair in _PAIR.finditer(scan.text, *found.span("pairs")):
        scan.draft.link(pair[1], pair[2], *pair.span(), None, None)
    scan.state_direction(start, found.start("pairs"))
    scan.claim(start, found.end(), "graph")
    return found.end()
