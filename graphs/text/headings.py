"""What stands before a sentence: "Edges:", "G1:", "Dear all,", "My team:"; and whose graph it speaks of."""

from __future__ import annotations

import re

from graphs.text.lexicon import HEADING, MUTUAL, RELATION, heading_role
from graphs.text.patterns import lazy
from graphs.text.scan import Scan

_GRAPH_LABEL = lazy(
    r"\s*(?:(?:here\s+are\s+|given\s+|consider\s+|i\s+have\s+)?(?:two|2)\s+graphs:\s+)?(?:the\s+)?(?:(?:first|second|third)\s+(?:(?:sub)?graph|network|map)|(?:graph|network|map)\s+of\s+\w+|(?:sub|target\s+|pattern\s+|query\s+|"
    r"input\s+)?graph\s+[#]?(?P<name>[A-Z]['′]?|\d|[A-Z]\d|one|two)|(?P<short>[A-HK-Z]['′]|[GH][0-9]?))"
    r"\s*(?:\((?:un)?directed\))?\s*[:=]",
    re.I,
)
_WHOSE_GRAPH = lazy(r"\s*((?:[\w'’-]+\s+){1,4}?)(?:graph|network|map)\s*(?::|has\b|contains\b|consists\b)", re.I)
_NO_OWNER = frozenset(
    "the this that a an here is are following given input of for consider in let and directed undirected weighted "
    "unweighted simple it has following's whole entire following: below above graph network social complete".split()
)
_SALUTATION = lazy(
    r"\s*(?:"
    r"(?:dear|hello|hi|hey|greetings|good\s+(?:morning|day|afternoon|evening)|sir|madam)\b[^,.:;?!\n()\d]{0,40}[,:!]"
    r"|if\s+(?:it|that|this|you|i)\b(?=[^,:;?!\n()\d]{0,60}\b(?:mind|trouble|possible|ok|okay|fine|much|time|minute|moment|ask|"
    r"please|alright|bother|convenient)\b)[^,:;?!\n()\d]{0,60}[,:]"
    r"|(?:excuse\s+me|sorry|pardon|quick\s+question|one\s+(?:short|quick|small|more|last)\s+question)\b[^,.:;?!\n()\d]{0,40}[,:;]"
    r")\s*",
    re.I,
)


def claim_opening(scan: Scan, start: int, end: int) -> int:
    """Claim all that stands before the sentence itself; returns where that begins."""
    named = _GRAPH_LABEL.match(scan.text, start, min(end, start + 60))
    if named:
        _name_graph(scan, named)
        scan.state_direction(start, named.end())
        scan.claim(start, named.end(), "graph")
        scan.mode = "edges"
        start = named.end()
    else:
        _another_owner(scan, start, end)
        start = claim_heading(scan, start, end)
    return _claim_topic(scan, _claim_salutation(scan, start, end), end)


def claim_heading(scan: Scan, start: int, end: int) -> int:
    """Claim a heading like "Q:" or "Edges:" at the start of a sentence; returns where the sentence goes on."""
    found = HEADING.match(scan.text, start, min(end, start + 120))
    if not found:
        return start
    role = heading_role(found[1])
    if role is None:
        return start
    stop = found.end()
    if found[2]:
        scan.state_direction(start, stop)  # "Edges (directed):"
    if role in ("edges", "nodes", "embedding", "matrix"):
        scan.mode = role
        scan.claim(start, stop, "graph")
    elif role == "format":
        scan.mode = "format"
        scan.claim(start, stop, "filler")
    else:
        scan.mode = "question" if role == "question" else ""
        scan.asked = scan.asked or role == "question"
        if role == "answer" and scan.text[stop:end].strip() and not scan.asked:
            return start
        scan.claim(start, stop, "filler")
    return stop


def _claim_salutation(scan: Scan, start: int, end: int) -> int:
    """Claim "Dear all," or "If it is no trouble:" at the start of a sentence; returns where the sentence goes on."""
    found = _SALUTATION.match(scan.text, start, min(end, start + 120))
    if found is None or found.end() >= end:
        return start
    scan.claim(start, found.end(), "filler")
    return found.end()


_TOPIC = lazy(
    r"\s*(?:my|our|the|this|these|those|here(?:['’]s|\s+is|\s+are)|what\s+i\s+know|an?)\b[^:.;?!,()\n\d]{0,40}:\s+(?=\S)"
    # "Courses and prerequisites:"
    r"|\s*(?:[a-z]+\s+){0,4}?(?:[a-z]{2,}s|people|children|graph|network|tree):\s+(?=\S)",
    re.I,
)


def _claim_topic(scan: Scan, start: int, end: int) -> int:
    """Claim "My team:" before a sentence that says an edge in words; returns where that sentence begins."""
    found = _TOPIC.match(scan.text, start, min(end, start + 80))
    if (
        found is None
        or RELATION.search(found[0])
        or not any(
            said is not None and said.start() > found.end()
            for pattern in (RELATION, MUTUAL)
            for said in [pattern.search(scan.text, found.end(), end)]
        )
    ):
        return start
    scan.claim(start, found.end(), "graph")
    return found.end()


def _name_graph(scan: Scan, found: re.Match[str]) -> None:
    name = found["name"] or found["short"] or found[0].strip(" :=").lower()
    if scan.draft.name and scan.draft.name != name or (scan.draft.links and not scan.draft.name):
        scan.fork(name)
    scan.draft.name = name


def _another_owner(scan: Scan, start: int, end: int) -> None:
    """Begin another graph where a sentence speaks of one that is another's: "My network: … My friend's network: …"."""
    found = _WHOSE_GRAPH.match(scan.text, start, min(end, start + 80))
    if found is None or scan.text[start:end].rstrip().endswith("?"):
        return
    whose = " ".join(word for word in found[1].lower().split() if word not in _NO_OWNER)
    if scan.owner and whose and whose != scan.owner and scan.draft.links:
        scan.fork()
    scan.owner = whose or scan.owner
