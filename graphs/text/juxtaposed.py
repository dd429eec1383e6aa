"""Edges written as two labels side by side, as textbooks do: E = {ab, bc}, "the edges are AB, AC and BD"."""

from __future__ import annotations

from graphs.text.declare import read_declarations
from graphs.text.patterns import lazy
from graphs.text.scan import Scan

_NAMES = r"(?:[^\W_]{2}|(?:[^\W\d_]_?\d+){2})"  # ab, v1v2, v_1v_2
_SIDE_BY_SIDE = lazy(
    r"(?:\bE(?:\(\w\))?\s*=|\b(?:edges?|links?|arcs?)(?:\s+set)?\s*(?:(?:are|is|include)\b|[:=])?)\s*[\[{(]?\s*"
    rf"(?P<pairs>{_NAMES}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s+){_NAMES})*)\s*(?:[\]}})]|[.;]|$)",
)
_PAIR = lazy(r"(?<!\w)([^\W_]|[^\W\d_]_?\d+)([^\W_]|[^\W\d_]_?\d+)(?!\w)")


def _corners(words: list[str]) -> dict[str, None]:
    """The letters of "AB, BC, CA": three or more pairs of capitals that meet as edges do; {} for other words."""
    letters = dict.fromkeys("".join(words))
    capital = all(len(word) == 2 and word.isupper() and word[0] != word[1] for word in words)
    meet = len(words) > 2 and len(letters) <= len(words) + 1
    return letters if capital and meet else {}


def read_juxtaposed(scan: Scan, start: int, end: int) -> bool:
    """Read such a list where every letter is a node that the text declares by itself, or a corner; False otherwise."""
    found = _SIDE_BY_SIDE.search(scan.text, start, min(end, start + 20_000))
    if found is None:
        return False
    declared = bool(scan.draft.declared)
    if not declared:
        read_declarations(scan, start, found.start())
    pairs = list(_PAIR.finditer(scan.text, *found.span("pairs")))
    words = [word for word in found["pairs"].replace(",", " ").split() if word != "and"]
    known = scan.draft.declared or _corners(words)
    if len(pairs) != len(words) or any(word in known for word in words):
        return False
    if not all(label in known for pair in pairs for label in pair.groups()):
        return False
    if declared:
        read_declarations(scan, start, found.start())
    for pair in pairs:
        scan.draft.link(pair[1], pair[2], *pair.span(), None, None)
    scan.draft.notes["two labels side by side are read as an edge"] = None
    return True
