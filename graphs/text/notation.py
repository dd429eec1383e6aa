"""How a text says that its edges are to be read: "(u, v, t) means that node u and node v are linked … at time t"."""

from __future__ import annotations

import re

from graphs.text.lexicon import standard_attribute
from graphs.text.scan import Scan

_NOTATION = re.compile(
    r"[(\[<{]\s*(\w+)\s*(?:,|->|-+|→)\s*(\w+)\s*(?:[,:]\s*(\w+)\s*)?[)\]>}]\s*(?:means|denotes|represents|"
    r"indicates|stands for|is an? (?:un)?directed edge|is an? edge|describes|says)",
    re.I,
)
_ARROW_NOTATION = re.compile(
    r"\b(\w+)\s*(?:->|--|-|→)\s*(\w+)\s+(?:means|denotes|represents|indicates|stands for)\b", re.I
)


def read_notation(scan: Scan, start: int, end: int, sentence: str) -> bool:
    """How to read the edges: "(u, v, t) means that node u and node v are linked … at time t"."""
    if (
        "mean" not in sentence
        and "denote" not in sentence
        and "represent" not in sentence
        and "stands" not in sentence
        and "indicat" not in sentence
        and "is a" not in sentence
    ):
        return False
    if len(sentence) > 3000:
        return False
    found = _NOTATION.search(sentence) or _ARROW_NOTATION.search(sentence)
    if not found:
        return False
    last = found.groups()[2] if found.re is _NOTATION else None
    tail = sentence[found.end() :]
    if last:
        said = re.search(rf"\b((?:\w+\s+)?\w+)\s+(?:of\s+|is\s+|=\s*)?{re.escape(last)}\b", tail)
        if said:
            word = said[1].split()[-1]
            scan.third = standard_attribute(word)
    elif "[" in found[0] and re.search(r"\bhas\b", tail):
        said = re.search(rf"\b(\w+)\s+(?:of\s+|is\s+)?{re.escape(found[2])}\b", tail)
        scan.pair_is_attribute = ("weight", said[1] if said else "weight")
    scan.state_direction(start, end, draft=False)
    if scan.draft.stated is None and scan.draft.empty:
        scan.draft.stated = scan.stated
    scan.claim(start, end, "notation")
    return True
