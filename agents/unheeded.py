"""Sentences beside the edges that would change the graph, and that were read as part of its description."""

from __future__ import annotations

import re

from graphs.graph import Graph
from graphs.text.patterns import lazy
from graphs.text.reading import Reading

_DERIVED = r"(?:line\s+graph|complement|square|power|dual|transpose|reverse|closure|union|product|copies|half)"
_ORDER = lazy(
    r"\W*(?:(?:now|then|next|first|please|finally|and|but|so|also|let\s+us|let's)\W+)*(?:"
    r"(?:subdivide|split|duplicate|copy|clone|swap|exchange|replace|glue|square|double|triple|invert|mirror)\b|"
    r"(?:rename|relabel|move|merge|contract|rewire|shuffle|randomi[sz]e|halve)\b|"
    rf"(?:take|consider|look\s+at|form|build)\b[^.]*\b(?:without|only|twice|{_DERIVED})\b)",
    re.IGNORECASE,
)
CHANGE_NOT_MADE = (
    "I did not understand {!r}, which seems to change the graph, so I give no answer on the graph as it was. Say the "
    "change as edges and nodes: 'Remove the edge A-B', 'Add the edge B-C with weight 3'."
)
_EVERY_EDGE = lazy(
    r"\b(?:every|each|all)\s+(?:of\s+the\s+)?(?:edge|link|road|connection|line|arc)s?\s+"
    r"(?:is|are|gets?|becomes?)\s+(?:now\s+)?(?:doubled|duplicated|replaced|subdivided|split|reversed|removed|cut|closed)",
    re.IGNORECASE,
)
_ONE_WAY = lazy(
    r"\b(?:edges?|links?|arcs?|roads?|streets?|lines?|connections?)\s+(?:all\s+)?(?:point|go|run|lead|flow)s?\s+from\b|"
    r"\bone-way\b|\bedges?\s+(?:is|are)\s+directed\b",
    re.IGNORECASE,
)
_SENTENCE = lazy(r"[^.!?;\n]+[.!?;\n]?")


def order_left(leftovers: tuple[str, ...]) -> str:
    """The sentence that orders a change and that nothing was made of; "" for none."""
    return next((text.strip() for text in leftovers if _ORDER.match(text)), "")


def unheeded(reading: Reading, graph: Graph | None) -> tuple[str, ...]:
    """The sentences that the reading takes as heard and that change nothing of its graph, though they say a change."""
    if graph is None or graph is not reading.graph:
        return ()
    found = []
    for span in reading.spans:
        if span.role in ("graph", "definition", "notation"):
            for match in _SENTENCE.finditer(reading.text[span.start : span.end]):
                said = match[0]
                turned = not graph.directed and _ONE_WAY.search(said)
                if turned or _ORDER.match(said) or _EVERY_EDGE.search(said):
                    found.append(said.strip())
    return tuple(dict.fromkeys(found))
