"""Sentences beside the edges that would change the graph, and that were read as part of its description."""

from __future__ import annotations

import re
from itertools import permutations

from agents.routing.courtesy import conditions
from agents.routing.deeds import DEEDS, MIND, OF_NODE_A, happens
from agents.routing.mentions import find_mentions
from agents.routing.newcomers import newcomers
from graphs.graph import Graph, Node
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
    "I did not understand {!r}, which may change the graph, so I give no answer on the graph as it was. Leave it out "
    "if it changes nothing, or say the change as edges and nodes: 'Remove the edge A-B', 'Add the edge B-C with weight "
    "3'."
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
    r"^\W*(?:each|every|all)\b[^.?]*\b(?:becomes?|doubles?|halves?|triples?|now\s+(?:is|are|has|have)|costs?\s+\S+\s+(?:more|less|extra)|"
    r"(?:goes|go)\s+(?:up|down)|(?:rises?|drops?|falls?|grows?|shrinks?)\s+by)\b|"
    r"\bnow\s+(?:takes?|costs?|weighs?|measures?|lasts?)\b",
    re.IGNORECASE,
)
# What somebody or something is, which changes no edge: "Eva is a doctor.", "Ivy lives in Rome."
_STATIC = lazy(
    r"\b(?:is|are|was|were) (?:an? (?!new\b)|\d+\b|very |quite |really )|"
    r"\b(?:is|are) (?:old|young|nice|lovely|tall|small|big|famous|popular|beautiful|busy|tired|happy|rich)\b|"
    r"\b(?:likes?|loves?|hates?|enjoys?|lives?|works?|plays?|speaks?|owns?|wears?|studies|collects?|always|usually)\b|"
    r"\bhas (?:an?|two|three|four|\d+) (?!new\b|fewer\b|more\b)",
    re.I,
)
_PASSIVE = lazy(r"\b(?:is|are|was|were|gets?|got|been) (?!located|called|named|born|based)\w+(?:ed|wn|ken)\b", re.I)
_OF_ALL = lazy(r"\W*(?:all|every\w*|each|nobody|no one|none|any\w*)\b", re.I)
_CLAUSE = lazy(r",\s+(?:and|but|while|so)\s+|;\s*")
_IN_A_ROW = lazy(
    r"(?:\b(?:nodes|vertices|people|persons|friends|towns|cities|places|members|stations|users|steps|tasks|servers) "
    r"(?:of )?Ⓝ,? and Ⓝ|\bat Ⓝ,? and Ⓝ|Ⓝ,? and Ⓝ (?:are|were|get|got|have been)\b|\bbut Ⓝ)"
    r"(?!.*\b(?:friends|connected|linked|joined|adjacent|neighbou?rs)\b)",
    re.I,
)
# A sentence about an edge in its own notation, which is no edge: "A -> B is cut.", "(4,5) breaks."
_OF_AN_EDGE = lazy(
    r"(?:->|→|[-–,])\s*\w[\w ]{0,30}?\)?\s+(?:(?:is|are|was|were|has been|have been|gets?|got)\s+(?:now\s+)?(?:cut|"
    r"closed|broken|blocked|removed|gone|dropped|deleted|skipped|no more|reversed|flipped|swapped|replaced|turned|"
    r"moved|lost|interrupted|cancell?ed|missing|down|out)|breaks|broke|fails|failed|vanish\w*|disappear\w*|becomes|became|"
    r"moves? to|now goes|no longer)\b",
    re.IGNORECASE,
)
_LOOK = 2000  # characters at the beginning in which the first nodes are looked for
_LAST = 40  # sentences at the end of a part in which changes are looked for


def order_left(reading: Reading, graph: Graph) -> str:
    """The left-aside sentence behind the graph that may change it and of which nothing was made; "" for none.

    What is told before the graph is its story: "They joined the club last year. The friends are A-B …".
    """
    heard = conditions(reading.leftovers, graph)
    begins = _begins(reading, graph) if reading.leftovers else 0
    for text in reading.leftovers:
        if _ORDER.match(text) or _TOLD.search(text):
            return text.strip()
        if text in heard or text.rstrip().endswith("?") or reading.text.find(text) < begins:
            continue
        if happens(text) or _brings_in(text, graph):
            return text.strip()
        named = {mark.node for mark in find_mentions(text, graph).nodes}
        told = DEEDS.search(text) or _PASSIVE.search(text) or _OF_ALL.match(text)
        if named and (told or (len(named) > 1 and not _STATIC.search(text))):
            return text.strip()
        if OF_NODE_A.search(text) and graph.find("a") is not None:
            return text.strip()
    return ""


def unheeded(reading: Reading, graph: Graph | None) -> tuple[str, ...]:
    """The sentences that the reading takes as heard and that change nothing of its graph, though they say a change."""
    if graph is None:
        return ()
    own = graph is reading.graph
    found = []
    for span in reading.spans:
        if span.role not in ("definition", "notation", "format", "filler") and not (own and span.role == "graph"):
            continue
        for match in list(_SENTENCE.finditer(reading.text[span.start : span.end]))[-_LAST:]:
            said = match[0]
            turned = own and not graph.directed and span.role != "format" and _ONE_WAY.search(said)
            orders = turned or _ORDER.match(said) or _EVERY_EDGE.search(said) or _TOLD.search(said)
            if orders or (_tells(said, span.role, graph) and span.start + match.start() >= _begins(reading, graph)):
                found.append(said.strip())
    return tuple(dict.fromkeys(found))


def _tells(said: str, role: str, graph: Graph) -> bool:
    """Whether a sentence behind the graph tells what happens to a node or to the edges; not, where it is an edge."""
    if _brings_in(said, graph):
        return True
    if not DEEDS.search(said):
        return False
    if role == "graph" and _OF_AN_EDGE.search(said):
        return True
    if role in ("definition", "notation") and not MIND.match(said):
        # "The diameter is the maximum distance over all pairs of nodes." says what a word means
        return any(mention.strong for mention in find_mentions(said, graph).nodes)
    for clause in _CLAUSE.split(said):
        mentions = find_mentions(clause, graph)
        named = list(dict.fromkeys(mark.node for mark in mentions.nodes))[:8]
        edge = role == "graph" and not _IN_A_ROW.search(mentions.skeleton) and _joins(named, graph)
        if any(_swallowed(mark.text, graph) for mark in mentions.marks):
            return True
        if not edge and (DEEDS.search(mentions.skeleton) if named else happens(clause)):
            return True
    return False


def _brings_in(said: str, graph: Graph) -> bool:
    """Whether a sentence brings in a node that the graph has not: "Zoe joins."""
    return bool(newcomers(said)) and bool(find_mentions(said, graph).unknown)


def _swallowed(label: str, graph: Graph) -> bool:
    """Whether a label is a node and what happens to it: "Finn fail" beside "Finn"."""
    name, _, deed = label.rpartition(" ")
    return bool(name) and DEEDS.fullmatch(deed) is not None and graph.find(name) is not None


def _joins(nodes: list[Node], graph: Graph) -> bool:
    return any(graph.has_edge(one, other) or graph.has_edge(other, one) for one, other in permutations(nodes, 2))


def _begins(reading: Reading, graph: Graph) -> int:
    """Where the text has named two of its graph's nodes; 0 for a graph that the text does not give."""
    if graph is not reading.graph:
        return 0
    first: set[Node] = set()
    for mention in find_mentions(reading.text[:_LOOK], graph).nodes:
        first.add(mention.node)
        if len(first) > 1:
            return mention.end
    return 0
