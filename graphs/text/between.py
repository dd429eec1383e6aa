"""Edges said by their two ends: "a road of length 5 between X and Y", "the flight from A to B costs 120"."""

from __future__ import annotations

import re
from typing import Any

from graphs.text.edges import edge_suffix, phrase_value
from graphs.text.lexicon import ATTRIBUTE, BETWEEN, EDGE_NOUN, KIND, NEGATION, TWO_WAY_NOTE
from graphs.text.patterns import lazy
from graphs.text.scan import Scan
from graphs.text.tails import doubt_tail
from graphs.text.tokens import is_label, may_be_label, split_kind

_AND = lazy(r"\s*,?\s+(?:and|to|with|&)\s+")
_TO = lazy(r"\s+(?:to|into|towards?|until|and)\s+")
OBJECT_END = lazy(
    r"\s+(?:by|via|through|using|because|since|if|when|while|as|directly|together|in\s+(?:the|this|our|G)\b)"
    r".*|\s*[.:!]+$",
    re.S,
)
_EDGE_THING = lazy(
    rf"\b{EDGE_NOUN}\b|\b(?:takes?|costs?|get(?:ting)?|connects?|links?|joins?|leads?|goes|runs|travell?ing|"
    rf"driving|going|distance|dependency|transfer)\b",
    re.I,
)
_TWO_WAY = lazy(r"\b(?:road|street|bridge|cable|wire|path|trail|track|tunnel|pipe|border|friendship|route)s?\b", re.I)
_SEVERAL = lazy(
    rf"\b(?:two|three|four|five|six|seven|eight|nine|ten|several|many|multiple|(?<![\w.])[2-9])\s+(?:[a-z]+\s+){{0,2}}?(?:{EDGE_NOUN}|edges|links)\b",
    re.I,
)
_BOTH_WAYS = lazy(r"\b(?:two-?way|bidirectional|undirected)\b", re.I)
_EDGE_BEFORE = lazy(rf"\b{EDGE_NOUN}\b[^,;]{{0,80}}$", re.I)
_NEXT_EDGE = lazy(
    r"(?:[,;]\s*(?:and\s+)?|\s+and\s+)(?=(?:(?:an?|another|one|the)\s+|(?:one|two)-?way\s+)(?:\S+\s+){0,4}?"
    r"(?:between|from|connects?|connecting|links?|linking|joins?|joining)\b)",
    re.I,
)
_NEXT_EDGE_WORDS = lazy(r"(?:[,;]\s*(?:and\s+)?|\s+and\s+)$", re.I)


def read_between(scan: Scan, clause: str, start: int, end: int) -> bool:
    """Read "an edge between A and B with weight 3", "the flight from A to B costs 120", "a 5 km road joins A and B"."""
    if BETWEEN.search(clause) is None or _EDGE_THING.search(clause) is None:
        return False
    cuts = [m.end() for m in _NEXT_EDGE.finditer(clause)]
    if cuts:
        pieces = zip([0, *cuts], [*cuts, len(clause)])
        return all([read_between(scan, _NEXT_EDGE_WORDS.sub("", clause[a:b]), start, end) for a, b in pieces])
    for found in BETWEEN.finditer(clause):
        origin = bool(found["origin"])
        tail = clause[found.end() :].rstrip(" .,;!")
        attributes: dict[str, Any] = {}
        for phrase in ATTRIBUTE.finditer(clause, 0, found.start() + 1):
            attributes.update(phrase_value(scan, phrase))
        explicit = bool(_EDGE_BEFORE.search(clause, 0, found.start() + 1)) and found["between"] in (None, "between")
        pair, extra = _ends(scan, tail, origin, explicit)
        if pair is None:
            continue
        attributes.update(extra)
        if NEGATION.search(clause, 0, found.end()):
            scan.draft.no_edge(pair[0][0], pair[1][0])
            return True
        if several := _SEVERAL.search(clause, 0, found.start() + 1):
            scan.draft.contradictions.append(f"{several[0]!r} between the same ends count as one")
        two_way = _BOTH_WAYS.search(clause, 0, found.start()) is not None
        if (
            origin
            and not two_way
            and _TWO_WAY.search(clause, 0, found.start())
            and scan.draft.stated is None
            and scan.stated is None
        ):
            two_way = scan.road_both_ways(clause[: found.start()], clause)
            scan.draft.notes[TWO_WAY_NOTE if two_way else '"from … to …" is read as one-way'] = None
        scan.link(pair[0], pair[1], start, end, origin and not two_way, attributes or None)
        return True
    return False


def _ends(scan: Scan, tail: str, origin: bool, explicit: bool) -> tuple[Any, dict[str, Any]]:
    """Both ends after "between" or "from", and the attributes after them.

    explicit: "an edge between …" stands before, so that small words may be labels ("old mill").
    """
    known = scan.draft.declared
    for cut in (_TO if origin else _AND).finditer(tail):
        left, right = tail[: cut.start()], tail[cut.end() :]
        right, attributes = _cut_attributes(scan, right)
        rest = OBJECT_END.search(right) if right not in known else None
        right = OBJECT_END.sub("", right).strip(" ,.:;") if right not in known else right
        left = (
            re.sub(rf"^(?:{KIND})\s+(?=\S)", "", left, flags=re.I) if left not in known and not _kinded(left) else left
        )
        pair = (scan.end(left), scan.end(right))
        if all(is_label(label, known=known) or (explicit and may_be_label(label)) for label, _ in pair):
            doubt_tail(scan, rest[0] if rest else "")
            return pair, attributes
    return None, {}


def _kinded(text: str) -> bool:
    return split_kind(text)[1] not in (None, "node", "vertex", "point")


def _cut_attributes(scan: Scan, text: str) -> tuple[str, dict[str, Any]]:
    attributes: dict[str, Any] = {}
    first = None
    if any(c.isdigit() for c in text):
        for phrase in ATTRIBUTE.finditer(text):
            if phrase.start() == 0:
                continue
            first = phrase.start() if first is None else first
            attributes.update(phrase_value(scan, phrase))
        if first is None and ":" in text:
            label, found = edge_suffix(scan, text)
            return label, found or {}
    return (text if first is None else text[:first]), attributes
