"""Which ends of a text's edges are above the others: "Eve reports to Dan", "Al is the parent of Bea"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from graphs.graph import Edge, Graph
from graphs.text.patterns import lazy
from graphs.text.reading import Reading

Above = Literal["", "source", "target", "mixed"]


@dataclass(frozen=True)
class EdgeWords:
    """What the text's words for its edges tell. verb: the stems of their one verb. above: see `above_of`."""

    verb: frozenset[str] = frozenset()
    above: Above = ""


UNSAID = EdgeWords()

MOST = 500  # edges
_WORD = r"(?:directly\s+|now\s+|also\s+)?"
_BELOW_FIRST = lazy(
    rf"\b(?:(?:reports?|reported|answers?|answered)\s+{_WORD}to|works?\s+(?:for|under)|worked\s+(?:for|under)|"
    r"(?:is|are|was)\s+(?:an?|the)\s+(?:child|son|daughter|kid|employee|subordinate|report)\s+of|"
    r"(?:is|are|was)\s+(?:managed|supervised|led|headed|overseen)\s+by)\b",
    re.I,
)
_ABOVE_FIRST = lazy(
    r"\b(?:manages?|managed|supervises?|supervised|leads?|heads?|oversees?|oversaw|bosses|fathered|"
    r"(?:is|are|was)\s+(?:an?|the)\s+(?:boss|manager|supervisor|superior|chief|head|parent|mother|father)s?\s+of)\b"
    r"(?!\s+(?:by|to|into|from|towards?)\b)",
    re.I,
)
KIN = lazy(
    r"\b(?:boss(?:es)?|managers?|supervisors?|superiors?|chiefs?|subordinates?|direct\s+reports?|grand(?:parent|child)\w*|"
    r"siblings?|peers?|colleagues?|co-?workers?|teammates?|hierarchy|levels|generations|at\s+the\s+(?:very\s+)?(?:top|bottom)|root)\b",
    re.I,
)
# Whom no edge joins to the one that is named, and whose words the tools take otherwise than they are meant here.
_HIGH = r"(?:boss|manager|supervisor|superior|chief|parent)(?:s|es)?"
PEERS = lazy(
    r"\b(?:peers?|colleagues?|co-?workers?|teammates?|siblings?)\b|"
    rf"\b(?:common|mutual|shared?)\b.*\b{_HIGH}\b|\b{_HIGH}\b.*\b(?:common|mutual|shared?)\b",
    re.I,
)


def above_of(reading: Reading, graph: Graph | None) -> Above:
    """Which end of every edge is above the other one, by the verb that says it.

    "" where no verb says it of any edge, "mixed" where verbs say it of some edges only, or one way and the other.
    """
    if graph is None or graph.remote or graph.compact or graph is not reading.graph or graph.num_edges > MOST:
        return ""
    found = {_above(reading.text, edge) for edge in graph.edges()} if graph.directed else {""}
    if found <= {""}:
        return ""
    return "source" if found == {"source"} else "target" if found == {"target"} else "mixed"


def _above(text: str, edge: Edge) -> Above:
    place = edge.provenance
    if place is None or place.start is None or place.end is None:
        return ""
    said = text[place.start : place.end]
    source, target = (re.search(rf"(?<!\w){re.escape(str(end))}(?!\w)", said) for end in (edge.source, edge.target))
    below, above = _BELOW_FIRST.search(said), _ABOVE_FIRST.search(said)
    verb = below or above
    if source is None or target is None or verb is None or (below and above):
        return ""
    source_first = source.end() <= verb.start() and verb.end() <= target.start()
    target_first = target.end() <= verb.start() and verb.end() <= source.start()
    if source_first == target_first:
        return "mixed"
    return "target" if source_first == (below is not None) else "source"
