"""What a text says of all its edges at once: "Each road is 3 km long.", "All edges have weight 2."."""

from __future__ import annotations

import re

from graphs.text.draft import Draft
from graphs.text.edges import phrase_value
from graphs.text.lexicon import ATTRIBUTE, EDGE_NOUN
from graphs.text.patterns import lazy
from graphs.text.scan import Scan

_OF_ALL = lazy(
    r"\W*(?:(?:note\s+that|assume(?:\s+that)?|here|where|and)[\s,]+)?(?:each|every|any|all)(?:\s+of)?(?:\s+(?:the|these|those))?"
    rf"\s+(?:single\s+|one\s+|two-way\s+|direct\s+)?(?:edges?|links?|arcs?|{EDGE_NOUN})\b",
    re.I,
)
_FIGURE = lazy(
    r"\d|\b(?:half|quarter|twice|double|(?:one|two)(?!-)|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|"
    r"forty|fifty|sixty|hundred)\b",
    re.I,
)
_HAS = lazy(r"\s*(?:has|have)\s+(?:(?:an?|the\s+same|the)\s+)?", re.I)
_END = lazy(
    r"(?:\s*(?:long|each|apiece|in\s+length|to\s+(?:cross|travel|use|drive|walk|ride|traverse|go\s+along)))?[\s.;!]*",
    re.I,
)
SHOWN = "every edge has the same"


def speaks_of_all(sentence: str) -> bool:
    """Whether a sentence gives a figure for every edge, whatever it says of it."""
    said = _OF_ALL.match(sentence)
    return said is not None and _FIGURE.search(sentence, said.end()) is not None


def read_for_all(scan: Scan, start: int, end: int) -> bool:
    """Read the value that all edges have: "Each road is 3 km long."; False for any other sentence."""
    said = _OF_ALL.match(scan.text, start, end)
    if said is None or scan.draft.for_all:
        return False
    begin = said.end()
    if (has := _HAS.match(scan.text, begin, end)) is not None:
        begin = has.end()
    found = ATTRIBUTE.match(scan.text, begin, end)
    if found is None or _END.fullmatch(scan.text, found.end(), end) is None:
        return False
    value = phrase_value(scan, found)
    if len(value) != 1 or "time" in value or next(iter(value.values())) is None:
        return False
    scan.draft.for_all = value
    return True


def give_to_all(draft: Draft) -> None:
    """Give every edge the value that the text says all of them have."""
    if not draft.for_all or not draft.links:
        return
    ((name, number),) = draft.for_all.items()
    if any(link[5] and name in link[5] for link in draft.links):
        draft.contradictions.append(
            f"all edges are said to have the {draft.names.get(name, name)} {number}, and some differ"
        )
        draft.doubts += 0.6
        return
    draft.links = [(u, v, a, b, arrow, {**(data or {}), **draft.for_all}) for u, v, a, b, arrow, data in draft.links]
    draft.notes[f"{SHOWN} {draft.names.get(name, name)}, {number}"] = None
