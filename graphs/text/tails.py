"""What follows an edge in its sentence and no reader takes: "… via C", "… by two cables", "… if it rains"."""

from __future__ import annotations

import re

from graphs.text.lexicon import ATTRIBUTE, EDGE_NOUN, MUTUAL, RELATION
from graphs.text.patterns import lazy
from graphs.text.scan import Scan

# Words that say nothing more than the edge does: "by a direct road", "in the graph", "together", "in both directions".
_IDLE = frozenset(
    "a an the this that it its by via through using as well too also again together each other one another "
    "directly direct both in of graph network g way ways direction directions now already here there and with "
    "very good close best each on at edge edges link links single bond bonds undirected bidirectional two-way "
    "mutually mutual who which is are all pairwise friends up once since because means mean denoted given long "
    "apart away distant wide km min".split()
)
_NOUN = lazy(EDGE_NOUN, re.I)
_WORD = lazy(r"[\w'’-]+")
_LONGEST = 300


def doubt_tail(scan: Scan, tail: str) -> None:
    """Contradict the draft where a tail holds words that may change the edge before it."""
    tail = tail[:_LONGEST]
    if not tail.strip(" .,;:!"):
        return
    rest = ATTRIBUTE.sub(" ", tail)
    words = [word for word in _WORD.findall(rest) if word.casefold() not in _IDLE and not _NOUN.fullmatch(word)]
    if words and (MUTUAL.search(tail) or RELATION.search(tail)):
        scan.draft.doubts += 0.6  # more edges
    if words:
        scan.draft.contradictions.append(f"{' '.join(tail.split())[:80]!r} behind an edge was not understood")
