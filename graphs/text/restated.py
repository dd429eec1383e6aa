"""Sentences that name edges which stand in the text already, and say something else of them: "Ignore the edge c-d."."""

from __future__ import annotations

from graphs.text.patterns import lazy
from graphs.text.scan import Scan

_WORD = lazy(r"[^\W\d_]{2,}")
_PLAIN = frozenset(
    "edge edges link links arc arcs road roads connection connections and the also too as well again likewise an "
    "is are to with between node nodes from there so then".split()
)
_MOST = 5_000  # edges that are looked through


def restates(scan: Scan, before: int, start: int, end: int) -> bool:
    """Whether a sentence, read after `before` edges, gave none but these, among words that none of them was said in."""
    links = scan.draft.links
    if not 0 < before < len(links) or before > _MOST or any(link[5] for link in links[before:]):
        return False
    known = {frozenset(link[:2]) for link in links[:before]}
    if not all(frozenset(link[:2]) in known for link in links[before:]):
        return False
    words = {word.casefold() for word in _WORD.findall(scan.text, start, end)} - _PLAIN
    for first, last in {link[2:4] for link in links[:before]}:
        words -= {word.casefold() for word in _WORD.findall(scan.text, first, last)}
    return bool(words)
