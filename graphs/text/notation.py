"""How a text says that its edges are to be read: "(u, v, t) means that … at time t", "as (source, target, weight):"."""

from __future__ import annotations

import re

from graphs.text.lexicon import CAPACITY_WORDS, TIME_WORDS, UNITS, WEIGHT_WORDS, standard_attribute, unit_attribute
from graphs.text.patterns import lazy
from graphs.text.scan import Scan

_NOTATION = re.compile(
    r"[(\[<{]\s*(\w+)\s*(?:,|->|-+|→)\s*(\w+)\s*(?:[,:]\s*(\w+)\s*)?[)\]>}]\s*(?:means|denotes|represents|"
    r"indicates|stands for|is an? (?:un)?directed edge|is an? edge|describes|says)",
    re.I,
)
_ARROW_NOTATION = re.compile(
    r"\b(\w+)\s*(?:->|--|-|→)\s*(\w+)\s+(?:means|denotes|represents|indicates|stands for)\b", re.I
)
_WORD = r"\s*+([^\W\d_][\w .-]{0,30}+)"
_COLUMNS = lazy(rf"[(\[{{<]{_WORD},{_WORD}(?:,{_WORD})?[)\]}}>](?:\s+tuples?|\s+triples?|\s+pairs?|\s+format)?")
_THEN_EDGES = lazy(r"\s*(?::\s*(?:[(\[{<]|$)|$)")
_COLUMN_CUE = lazy(r"\b(?:as|form|format|like|triples?|tuples?|pairs?|columns?|each|written)\s*[:,]?\s*$", re.I)
_COLUMN_WORDS = frozenset(
    "source target from to start end u v i j x y src dst origin destination tail head node1 node2".split()
)
_NUMBERED_TUPLE = lazy(r"[(\[{<]\s*\d")
_FIGURE = rf"({WEIGHT_WORDS}|{CAPACITY_WORDS}|{TIME_WORDS})s?"
_FIGURE_NOTE = lazy(
    rf"\b{_FIGURE}\s+(?:is\s+|are\s+|given\s+)*(?:in|inside|after)\s+(?:the\s+)?(?:round\s+)?(?:brackets|parenthes[ei]s|colon)"
    rf"|(?:brackets|parenthes[ei]s|colon)\s*(?:is|are|:|gives?|shows?|means?|=)?\s*(?:the\s+|an?\s+)?(?:edge\s+)?{_FIGURE}\b",
    re.I,
)


def read_columns(scan: Scan, start: int, end: int) -> int:
    """Where the edges begin after a heading that names their parts: "…, as (source, target, weight): (0, 1, 5)".

    Returns `start` when there is none. What the third part means is kept for the edges that follow.
    """
    text = scan.text
    stop = min(end, start + 400)
    if ("bracket" in text[start:stop] or "colon" in text[start:stop] or "parenthes" in text[start:stop]) and (
        note := _FIGURE_NOTE.search(text, start, stop)
    ):
        _name_third(scan, note[1] or note[2])
    found = _COLUMNS.search(text, start, stop)
    if found is None or _NUMBERED_TUPLE.search(text, start, found.start()):
        return start
    words = [part.strip().lower() for part in found.groups() if part]
    named = sum(word in _COLUMN_WORDS for word in words[:2]) == 2 or (len(words) == 3 and _is_figure(words[2]))
    then = _THEN_EDGES.match(text, found.end(), end)
    cue = _COLUMN_CUE.search(text, max(start, found.start() - 40), found.start())
    if not (then and ":" in then[0]) and not (then and cue and named):
        return start
    if len(words) == 3:
        _name_third(scan, words[2])
    return found.end()


def _is_figure(word: str) -> bool:
    return bool(re.fullmatch(f"{_FIGURE}|[wtcd]|{'|'.join(UNITS.values())}", word, re.I))


def _name_third(scan: Scan, word: str) -> None:
    word = " ".join(word.lower().split())
    scan.third = standard_attribute(word)
    if scan.third[0] == "weight" and any(re.fullmatch(pattern, word) for pattern in UNITS.values()):
        scan.third = unit_attribute(word)


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
