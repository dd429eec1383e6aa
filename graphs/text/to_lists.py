"""Lists of journeys: "Paris to Lyon 460 km, Lyon to Nice 470 km", "flights go from A to B, B to C and C to A"."""

from __future__ import annotations

import re
from typing import Any

from graphs.text.edges import edge_suffix
from graphs.text.lexicon import ATTRIBUTE, EDGE_NOUN, NUMBER, RELATION, TWO_WAY_NOTE, UNIT
from graphs.text.patterns import lazy
from graphs.text.question import INTERROGATIVE, is_terse
from graphs.text.scan import Scan
from graphs.text.tokens import is_label, trim

_CUT = lazy(r"\s*[;\n]\s*(?:and\s+)?|\s*,(?!\d{3}\b)\s*(?:and\s+)?|\s+and\s+(?=(?:from\s+)?[^,;]{1,40}?\s+to\s)")
_ITEM = lazy(r"(?:and\s+)?(?P<origin>from\s+)?(?P<a>[^,;:()]{1,40}?)\s+to\s+(?P<b>.{1,80})", re.I | re.S)
_LEAD = lazy(
    rf"(?P<lead>(?:(?!\b(?:to|from)\b)[^,;:()])*?\b(?:{EDGE_NOUN}|trains?|buses|ferries)\b"
    rf"(?:(?!\b(?:to|from)\b)[^,;:()])*?)\s+(?=from\s)"
    rf"|(?P<head>(?:(?!\b(?:to|from)\b)[^,;:()])*?\b{EDGE_NOUN}\s*:\s*)|(?P<words>(?:(?!(?:to|from)\b)[^\W\d_]+\s+){{0,3}}(?!(?:to|from)\b)[^\W\d_]+:\s+)",
    re.I,
)
_MEASURE = lazy(
    rf"(?<!:)\s+(?:(?:it\s+)?is\s+(?:about\s+)?[$€£]?(?P<said>{NUMBER})|(?P<bare>{NUMBER})(?=\s*{UNIT}$))"
    rf"\s*(?P<unit>{UNIT})?$",
    re.I,
)
ONE_WAY = '"from … to …" is read as one-way'
TWO_WAY = '"… to …" is read as two-way'


def read_to_list(scan: Scan, start: int, end: int) -> bool:
    """Read a sentence that is nothing but journeys as edges, one way where it says "from"; False for any other.

    A single journey counts where it has a measure ("Paris to Lyon: 460 km") or stands under a heading for edges.
    """
    text = scan.text
    if end - start > 20_000 or text.find(" to ", start, end) < 0 or is_terse(text[start:end].strip()):
        return False
    if INTERROGATIVE.match(text[start:end].strip()):
        return False
    lead = _LEAD.match(text, start, min(end, start + 200))
    first = lead.end() if lead else start
    if lead and ATTRIBUTE.search(text, lead.start(), lead.end()):
        return False  # "A road of length 14 leads from A to B" says what the edge carries
    whole, end = end, _both_ways(text, first, end)
    if lead and lead["words"] and text.count(" to ", first, end) < 2:
        return False
    items: list[tuple[str, str, dict[str, Any] | None, int, int, bool]] = []
    for begin, stop in _parts(text, first, end):
        found = _ITEM.fullmatch(text, begin, stop)
        if found is None or RELATION.search(found[0]):
            return False
        source = found["a"].strip()
        target, attributes = edge_suffix(scan, _MEASURE.sub(_colon, found["b"].rstrip()))
        target = target.rstrip(": ").strip()
        known = scan.draft.declared
        if not (is_label(source, known=known) and is_label(target, known=known)) or " to " in target:
            return False
        items.append((source, target, attributes, begin, stop, bool(found["origin"])))
    measured = bool(items) and all(attributes for *_, attributes, _, _, _ in items)
    goes_on = bool(scan.draft.links) and text[max(0, start - 3) : start].rstrip().endswith(";")
    said = lead is not None or goes_on or (scan.mode == "edges" and not _in_signs(scan))
    if not items or not (measured or said or len(items) > 1):
        return False
    road = scan.road_both_ways(text[start:first], text[start:whole])
    one_way = end == whole and not road and any(origin for *_, origin in items)
    for source, target, attributes, begin, stop, _ in items:
        scan.link(scan.end(source), scan.end(target), begin, stop, True if one_way else None, attributes)
    if scan.draft.stated is None and scan.stated is None:
        scan.draft.notes[ONE_WAY if one_way else TWO_WAY_NOTE if road else TWO_WAY] = None
    return True


_BOTH_WAYS = lazy(
    r"\s*(?:\([^()]{0,60}\b(?:both\s+(?:ways|directions)|two-?way|undirected)\b[^()]{0,20}\)|"
    r",?\s+(?:in\s+)?both\s+(?:ways|directions))[\s.]*$",
    re.I,
)


def _both_ways(text: str, start: int, end: int) -> int:
    """Where the journeys end before a note that they lead both ways; `end` without one."""
    found = _BOTH_WAYS.search(text, max(start, end - 120), end)
    return found.start() if found else end


def _in_signs(scan: Scan) -> bool:
    """Whether the edges so far are written in another way: a single "… to …" behind them is none of the list."""
    return bool(scan.draft.links) and not {ONE_WAY, TWO_WAY} & scan.draft.notes.keys()


_MEASURE_FIRST = lazy(
    rf"(?:it\s+(?:takes|costs|is)\s+)?(?P<number>{NUMBER})\s*(?P<unit>{UNIT})\s+from\s+(?P<a>[^,;:()]{{1,40}}?)\s+to\s+"
    r"(?P<b>[^,;:()\s]{1,40}(?:\s[A-Z][^,;:()\s]{0,40})?)(?:\s*[,;]\s*(?:and\s+)?|\s+and\s+|[\s.!]*$)",
    re.I,
)


_AWAY = lazy(
    rf"\s*(?:and\s+)?(?:[Tt]he\s+)?(?P<a>[^,;:.?!]{{1,60}}?)\s+(?:is|lies)\s+(?P<number>{NUMBER})\s*(?P<unit>{UNIT})\s+(?:away\s+)?from\s+"
    rf"(?P<b>[^,;:.?!]{{1,60}}?)\s*(?:[,;.]\s*|$|(?=\s+and\s))",
    re.I,
)


def read_away(scan: Scan, start: int, end: int) -> bool:
    """Read "A is 10 miles from B, B is 15 miles from C"; False for any other sentence."""
    return _read_measured(scan, _AWAY, start, end, arrow=None, kinds=True)


def read_measured_first(scan: Scan, start: int, end: int) -> bool:
    """Read "It takes 5 minutes from Hut to Lake, and 7 minutes from Lake to Peak"; False for any other sentence."""
    if not _read_measured(scan, _MEASURE_FIRST, start, end, arrow=True, kinds=False):
        return False
    scan.draft.notes[ONE_WAY] = None
    return True


def _read_measured(scan: Scan, form: re.Pattern[str], start: int, end: int, *, arrow: bool | None, kinds: bool) -> bool:
    """Read text[start:end] as edges of one form, each with its measure; False where any of it is of another.

    kinds: a kind of node may stand before a name ("town A").
    """
    items, position = [], start
    while position < end and (found := form.match(scan.text, position, end)):
        items.append(found)
        position = found.end()
    known = scan.draft.declared
    ends = [scan.end(item[name]) for item in items for name in "ab"]
    names = [label for label, _ in ends] if kinds else [item[name] for item in items for name in "ab"]
    if not items or position < end or not all(is_label(name, known=known) for name in names):
        return False
    for item, one, other in zip(items, ends[::2], ends[1::2]):
        _, attributes = edge_suffix(scan, f"x: {item['number']} {item['unit']}")
        scan.link(one, other, *item.span(), arrow, attributes)
    return True


def _colon(found: re.Match[str]) -> str:
    """A measure after a colon, as `edge_suffix` knows it."""
    return f": {found['said'] or found['bare']} {found['unit'] or ''}".rstrip()


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    start, end = trim(text, start, end)
    while end > start and text[end - 1] in ".;,!":
        end -= 1
    cuts = [(m.start(), m.end()) for m in _CUT.finditer(text, start, end)]
    begins, stops = [start, *(stop for _, stop in cuts)], [*(begin for begin, _ in cuts), end]
    return [trim(text, a, b) for a, b in zip(begins, stops) if text[a:b].strip()]
