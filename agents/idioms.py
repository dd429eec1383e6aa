"""Questions whose meaning lies in what the edges are: "in what order can I do them all?" of a list of prerequisites."""

from __future__ import annotations

import re

from graphs.graph import Graph
from graphs.text.reading import Reading

LOOK = 20_000  # characters of the graph's text that are looked at
_PRECEDES = re.compile(
    r"\bbefore\b|\bafter\b|\bprecedes?\b|\bprerequisites?\b|\bdepends? on\b|\brequires?\b|\bfollows?\b|\bdependenc",
    re.IGNORECASE,
)
_ALL_DONE = re.compile(
    r"\b(?:order|sequence|schedule|way|solution|plan)\b.*\b(?:all|every|each|them|everything|tasks?|jobs?|courses?|"
    r"steps?|visit\w*|done|do|finish\w*|complet\w*)\b|"
    r"\b(?:all|every|each|everything)\b.*\b(?:visited|done|finished|completed|performed|executed|taken|scheduled|"
    r"built|processed|handled)\b.*\b(?:solution|order|sequence|schedule|how)\b",
    re.IGNORECASE | re.DOTALL,
)
_OTHER = re.compile(
    r"\bhow (?:many|long|far)\b|\bshortest\b|\blongest\b|\bdirectly\b|\bbreadth\b|\bdepth\b|\bbfs\b|\bdfs\b|"
    r"\btravers|\bdegree",
    re.IGNORECASE,
)


def in_context(question: str, graph: Graph | None, reading: Reading | None) -> str:
    """The question in graph terms, where the text says that the edges are precedences and it asks for an order."""
    if graph is None or not graph.directed or reading is None or reading.graph is None:
        return question
    if _ALL_DONE.search(question) and not _OTHER.search(question) and _PRECEDES.search(_graph_text(reading)):
        return "Give a topological order of the graph."
    return question


def _graph_text(reading: Reading) -> str:
    parts, length = [], 0
    for span in reading.spans:
        if span.role in ("graph", "notation", "definition"):
            parts.append(reading.text[span.start : min(span.end, span.start + LOOK)])
            length += len(parts[-1])
            if length > LOOK:
                break
    return " ".join(parts)
