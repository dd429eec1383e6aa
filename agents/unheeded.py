"""Sentences beside the edges that would change the graph, and that were read as part of its description."""

from __future__ import annotations

import re

from agents.routing.courtesy import conditions
from agents.routing.mentions import find_mentions
from graphs.graph import Graph
from graphs.text.patterns import lazy
from graphs.text.reading import Reading

_DERIVED = r"(?:line\s+graph|complement|square|power|dual|transpose|reverse|closure|union|product|copies|half)"
_ORDER = lazy(
    r"\W*(?:(?:now|then|next|first|please|finally|and|but|so|also|let\s+us|let's)\W+)*(?:"
    r"(?:subdivide|split|duplicate|copy|clone|swap|exchange|replace|glue|square|double|triple|invert|mirror)\b|"
    r"make\s+(?:it|them|(?:the|this|all|every|each)\b[^.]*?)\s+(?:un)?(?:directed|weighted)\b|"
    r"(?:make|connect|join|link)\s+(?:everyone|everybody|everything|all|every|each)\b|"
    r"(?:rename|relabel|move|merge|contract|rewire|shuffle|randomi[sz]e|halve)\b|"
    rf"(?:take|consider|look\s+at|form|build)\b[^.]*\b(?:without|only|twice|{_DERIVED})\b|"
    r"(?:take|consider|form|build)\s+the\s+(?:graph|network)\s+of\s+\w+\s+of\s+\w+\s+of\b)",
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
# A change that is told as if it were a definition, a wish for the answer's form, or an edge.
_TOLD = lazy(
    r"^\W*(?:now\s+)?only\b[^.?]*\b(?:stays?|remains?|survives?|counts?|(?:is|are)\s+(?:kept|left))\b|"
    r"^\W*(?:each|every|all)\b[^.?]*\b(?:becomes?|now\s+(?:is|are|has|have)|costs?\s+\S+\s+(?:more|less|extra)|"
    r"(?:goes|go)\s+(?:up|down)|(?:rises?|drops?|falls?|grows?|shrinks?)\s+by)\b|"
    r"\bnow\s+(?:takes?|costs?|weighs?|measures?|lasts?)\b",
    re.IGNORECASE,
)
# What happens to nodes or edges, which is a change of the graph when nothing else was made of it.
_HAPPENS = lazy(
    r"\b(?:quits?|leaves?|dies|died|fails?|failed|goes? (?:offline|down|away|up)|(?:gets?|got|is|was) fired|"
    r"moves? (?:to|away)|moved|graduates?|retires?|resigns?|unreachable|offline|is down|are down|"
    r"(?:is|are|was|were) closed|blocks|blocked|unfriends?|dumps?|quarrel\w*|falling out|fall out|"
    r"fell out|stop(?:s|ped)? being|no longer|los(?:e|es|t)|ends?|ended|breaks? up|drops? out|joins?|"
    r"joined|befriends?|becomes?|became|makes? friends|made friends|introduces?|meets?|marries|married|"
    r"gets? to know|newcomer|merges?|two-way|one-way|doubles?|halves?|increase[sd]?|decrease[sd]?|"
    r"multipl\w+|costs? (?:twice|half|\w+ (?:more|less))|goes up|the other way|arrows around|pretend|"
    r"restrict|prune|throw o)\b",
    re.IGNORECASE,
)
_THINGS = lazy(
    r"\b(?:every\w*|all|each|arrows?|weights?|edges?|streets?|roads?|links?|leaf|leaves|people|person|nodes?|friends?)\b",
    re.I,
)


def order_left(reading: Reading, graph: Graph) -> str:
    """The left-aside sentence that orders or tells a change of which nothing was made; "" for none.

    What is told before the graph is its story: "They joined the club last year. The friends are A-B …".
    """
    heard = conditions(reading.leftovers, graph)
    begins = min((span.start for span in reading.spans if span.role == "graph"), default=0)
    for text in reading.leftovers:
        if _ORDER.match(text) or _TOLD.search(text):
            return text.strip()
        if text in heard or text.rstrip().endswith("?") or reading.text.find(text) < begins:
            continue
        if _HAPPENS.search(text) and (_THINGS.search(text) or find_mentions(text, graph).nodes):
            return text.strip()
    return ""


def unheeded(reading: Reading, graph: Graph | None) -> tuple[str, ...]:
    """The sentences that the reading takes as heard and that change nothing of its graph, though they say a change."""
    if graph is None or graph is not reading.graph:
        return ()
    found = []
    for span in reading.spans:
        if span.role not in ("graph", "definition", "notation", "format", "filler"):
            continue
        for match in _SENTENCE.finditer(reading.text[span.start : span.end]):
            said = match[0]
            turned = not graph.directed and span.role != "format" and _ONE_WAY.search(said)
            if turned or _ORDER.match(said) or _EVERY_EDGE.search(said) or _TOLD.search(said):
                found.append(said.strip())
    return tuple(dict.fromkeys(found))
