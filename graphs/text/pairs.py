"""Edges as pairs of labels between semicolons, or behind a heading between commas: "1 2; 2 3", "Edges: a b, b c"."""

from __future__ import annotations

from graphs.text.lexicon import GRAPH_WORD, NOT_LABELS, heading_role
from graphs.text.patterns import lazy
from graphs.text.scan import Scan

_LABEL = r"(?:\d{1,9}|[A-Z]\d{0,3})"
_PAIRS = lazy(
    rf"(?P<lead>[^:;?\n]{{0,80}}:)?\s*"
    rf"(?P<pairs>{_LABEL}[ \t]+{_LABEL}(?:\s*;[ \t]*{_LABEL}[ \t]+{_LABEL})+)[ \t]*[;.]?(?=\s|$)"
)
_WORD = r"[^\W_][\w.'-]{0,20}"
_LISTED = lazy(
    rf"\s*(?P<lead>[A-Za-z][A-Za-z ]{{0,30}}):\s*"
    rf"(?P<pairs>{_WORD}[ \t]+{_WORD}(?:\s*,[ \t]*{_WORD}[ \t]+{_WORD})+)[ \t]*\.?(?=\s|$)"
)
_LISTED_PAIR = lazy(rf"({_WORD})[ \t]+({_WORD})")
_PAIR = lazy(rf"({_LABEL})[ \t]+({_LABEL})")


def read_pairs(scan: Scan, start: int, end: int) -> int:
    """Read such a list at the beginning of a line, behind words for a graph or none; returns where the line goes on."""
    if scan.text.find(";", start, min(end, start + 200)) < 0:
        return _read_listed(scan, start, end)
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


def _read_listed(scan: Scan, start: int, end: int) -> int:
    """Read "Edges: a b, b c": pairs that have ends in common, as names and surnames have not, behind such a heading."""
    found = _LISTED.match(scan.text, start, end)
    if found is None or heading_role(found["lead"]) != "edges":
        return start
    spans = [(pair, pair[1], pair[2].rstrip(".")) for pair in _LISTED_PAIR.finditer(scan.text, *found.span("pairs"))]
    firsts, seconds = {one for _, one, _ in spans}, {other for _, _, other in spans}
    short = all(len(label) < 3 or label.isdigit() for label in firsts | seconds)
    if not (firsts & seconds or (short and len(firsts | seconds) < 2 * len(spans))):
        return start
    if any(label.lower() in NOT_LABELS and len(label) > 1 for label in firsts | seconds):
        return start
    for pair, one, other in spans:
        scan.draft.link(one, other, *pair.span(), None, None)
    scan.claim(start, found.end(), "graph")
    return found.end()
