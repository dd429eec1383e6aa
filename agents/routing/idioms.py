"""Everyday phrases for what graph theory has a word for, and questions whose meaning lies in what the edges are."""

from __future__ import annotations

import re
from functools import cache

import networkx as nx

from agents.routing.mentions import find_mentions
from agents.routing.paraphrases import paraphrased
from agents.routing.paraphrases.keeping import keeping
from agents.routing.plainly import plainly
from graphs.graph import Graph
from graphs.text.reading import Reading

LOOK = 20_000  # characters of the graph's text that are looked at
_PRECEDES = re.compile(
    r"\bbefore\b|\bafter\b|\bprecedes?\b|\bprerequisites?\b|\bdepends? on\b|\brequires?\b|\bfollows?\b",
    re.IGNORECASE,
)
_ALL_DONE = re.compile(
    r"\b(?:order|sequence|schedule|way|solution|plan)\b.*\b(?:all|every|each|them|everything|tasks?|jobs?|courses?|"
    r"steps?|visit\w*|done|do|finish\w*|complet\w*)\b|"
    r"\b(?:all|every|each|everything)\b.*\b(?:visited|done|finished|completed|performed|executed|taken|scheduled|"
    r"built|processed|handled)\b.*\b(?:solution|order|sequence|schedule|how)\b|^\W*in (?:which|what) order\W*$|"
    r"^\W*(?:please\s+)?(?:give|find|state|show|suggest|name|write(?:\s+down)?|make|propose|list)(?:\s+me)?\s+"
    r"(?:an?|one|any|the)\s+(?:(?:valid|possible|correct|feasible|workable|right|suitable|good)\s+)*"
    r"(?:order(?:ing)?|sequence|schedule)\W*$",
    re.IGNORECASE | re.DOTALL,
)
_OTHER = re.compile(
    r"\bhow (?:many|long|far)\b|\bshortest\b|\blongest\b|\bdirectly\b|\bbreadth\b|\bdepth\b|\bbfs\b|\bdfs\b|"
    r"\btravers|\bdegree",
    re.IGNORECASE,
)


_LEAST = r"(?:smallest|least|fewest|minimum|minimal|lowest|shortest)"
_EDGES = r"(?:edges|links|hops|steps|jumps|moves|roads|flights|legs|rides|stops|handshakes|connections|introductions)"
_PLACES = (
    r"(?:nodes|vertices|people|persons|cities|towns|stations|airports|computers|users|members|places|villages|of them)"
)
_BREAK = (
    r"(?:disconnect\w*|cut|cuts|split\w*|separat\w*|isolat\w*|break\w*|(?:increas|rais|grow)\w* the "
    r"(?:number of (?:connected )?components|component count))"
)
_GONE = (
    r"(?:remov\w+|delet\w+|clos\w+|taken (?:away|out)|cut|gone|fail\w*|destroyed|blocked|lost|dropped|quit|left|"
    r"leaves?|went down|goes? down|crash\w*|broke up|break up|cancelled|stopped)"
)

# What people say -> what the tools are called by. Each must hold whatever the graph is about.
PHRASES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), words)
    for pattern, words in (
        (
            r"\b(?P<is>is|are) (?P<a>\S+) still (?:connected|linked|joined) (?:to|with) ",
            r"is there a path from \g<a> to ",
        ),
        (
            r"\bmaximal (?=pagerank|page rank|centrality|betweenness|closeness|shortest|path|"
            r"length|distance|eccentricity|degree|number|value|weight|flow|"
            r"capacity|spanning)",
            "maximum ",
        ),
        (
            r"\bminimal (?=shortest|path|length|distance|eccentricity|degree|number|value|weight|cut|"
            r"spanning)",
            "minimum ",
        ),
        (
            r"\b(?:path|walk|route|way)\b(?: (?:in|of) (?:this|the) (?:graph|network))?(?: (?:that|which))?"
            r" (?:goes? through|visit(?:s|ing)?|pass(?:es|ing)?(?: through)?|cover(?:s|ing)?|touch(?:es|ing)?)"
            r" (?:every|each|all)(?: (?:the|of the))? (?:single )?"
            r"(?!(?:edge|road|street|link|bridge|arc|line|connection)s?\b)\w+ (?:exactly |just |only )?once(?: "
            r"only)?(?! and (?:returns|comes back|ends))",
            "hamiltonian path",
        ),
        (
            r"\b(?:must |should |have to |has to |need to |needs to )?(?:come|comes|be done|is done|are "
            r"done|be finished|be taken|go|happen|be)"
            r" (?:directly|immediately|right|just) before\b",
            "are the predecessors of",
        ),
        (
            r"\b(?:must |should |have to |has to |can |need to |needs to )?(?:come|comes|be done|is done|"
            r"are done|be taken|go|happen|follow|be)"
            r" (?:directly|immediately|right|just)(?: after)?\b(?= \S+\s*\?)",
            "are the successors of",
        ),
        (r"\b(?:2|two)[- ]?colou?rable\b", "bipartite"),
        (
            r",?\s*\b(?:with|via|allowing|using|making)\s+(?:any\s+|some\s+)?(?:stopovers?|changes?|transfers?|layovers?|stops?|detours?)"
            r"(?:\s+(?:if\s+(?:need be|needed|necessary|required)|on the way|in between|allowed))?(?=\s*[?.!,]|$)",
            "",
        ),
        (
            r"\bfrom (?:which|what) (?:nodes|vertices|people|cities|places) (?:does|do|is|are) (?:there "
            r")?(?:an? |any )?(?:direct |nonstop |non-stop )?"
            r"(?:edges?|links?|arrows?|arcs?|flights?|trains?|buses|roads?)"
            r"(?: (?:that )?(?:leads?|go(?:es)?|points?|runs?|coming|going))? (?:directly )?to\b",
            "which nodes point to",
        ),
        (
            r"^(?:is|are) (?P<a>[^?.,]{1,40}?) and (?P<b>[^?.,]{1,40}?) (?:still )?(?:connected|linked|joined)"
            r"(?: (?:with|to) (?:each other|one another))? (?:somehow|in (?:some|any) way|directly or indirectly)\b",
            r"is there a path between \g<a> and \g<b>",
        ),
        (
            r"^is (?P<a>[^?.,]{1,40}?) (?:somehow (?:connected|linked|joined) (?:with|to) (?P<b>[^?.,]{1,40}?)|"
            r"(?:connected|linked|joined) (?:with|to) (?P<c>[^?.,]{1,40}?) (?:somehow|in (?:some|any) way))"
            r"(?=\s*[?.]|$)",
            r"is there a path from \g<a> to \g<b>\g<c>",
        ),
        (
            r"^(?:can|could) (?:i|you|we|one|someone|somebody) (?:(?:walk|go|pass|drive|travel|move) "
            r"(?:through|over|across|along)|cross|traverse|walk|use) (?:every|each|all)(?: of)?(?: the)? "
            r"(?:doors?|doorways?|edges?|bridges?|roads?|streets?|corridors?|links?|passages?) "
            r"(?:exactly|just|only) once\s*\?*$",
            "Is there an Euler path?",
        ),
        (r"\b(?:2|two)-(?:vertex-|node-)?connected\b", "biconnected"),
        (
            rf"\b{_LEAST} (?:possible )?number of {_EDGES}\b(?: (?:is |are |that (?:is|are) )?(?:needed|"
            rf"required|necessary))?"
            r"(?: (?:i|you|we|one) (?:must|need to|have to) (?:take|make))?(?: (?:it takes|to take))?"
            r"(?: to (?:get|go|travel|fly|come|walk|move|drive|reach))?(?= (?:from|between)\b)",
            "length of the shortest path in hops",
        ),
        (
            rf"\bhow many {_EDGES} (?:does it take|do (?:i|you|we) need|are needed|are required|must (?:i|"
            rf"you|we) (?:take|make))"
            r"(?: at (?:least|minimum))?(?: to (?:get|go|travel|fly|come|walk|move|drive|reach))?(?= "
            r"(?:from|between)\b)",
            "how many hops has the shortest path",
        ),
        (
            rf"\bhow many {_EDGES} (?:away|apart|separate)\b(?!.*\b(?:furthest|farthest|most distant)\b)",
            "how many hops apart",
        ),
        (
            rf"\bhow (?:far|many {_EDGES}) apart are the (?:two )?{_PLACES} (?:that|who|which) are (?:the )?"
            r"(?:furthest|farthest|most distant|most far)(?: (?:away )?from (?:each other|one another)| apart)?",
            "what is the diameter",
        ),
        (
            r"\b(?:the )?(?:greatest|largest|longest|maximum) (?:shortest(?:-| )path )?distance between any "
            r"(?:two|pair of) \w+",
            "diameter",
        ),
        (
            r"\b(?:separate|separated|disconnected|isolated|unconnected|disjoint) (?:groups?|clusters?|"
            r"pieces|parts|circles|networks|islands)"
            r"(?: of (?:friends|people|nodes|cities))?",
            "connected components",
        ),
        (r"\b(?:pieces|islands) (?:does|is|are|do)\b", "connected components does"),
        (
            rf"\b(?:sets?|groups?|triples?|trios?) of three (?:mutually (?:adjacent|connected|linked) )?{_PLACES}"
            r"(?: (?:that|who|which))?(?: (?:are|is))?(?: all)?(?: mutually)?"
            r"(?: (?:friends|connected|adjacent|linked|joined|acquainted|neighbou?rs))?(?: (?:with|to) "
            r"(?:each other|one another))?",
            "triangles",
        ),
        (
            rf"\b(?:{_LEAST}|cheapest) (?:possible )?(?:total )?(?:length|cost|weight|distance|amount)\b[^.?!]{{0,60}}?"
            rf"\b(?:keeps?|connects?|links?|joins?|to (?:connect|link|join|keep))\b[^.?!]{{0,20}}\b(?:all|"
            rf"every)\b[^.?!]*",
            "total weight of the minimum spanning tree",
        ),
        (
            r"\bhow much (?:cable|wire|pipe|road|rail|fib(?:re|er))\b[^.?!]*"
            r"\b(?:connect|link|join|wire|hook)\b[^.?!]*",
            "what is the total weight of the minimum spanning tree",
        ),
        (
            r"\b(?:connect|link|join|wire|hook)\b[^.?!]*\b(?:all|every)\b[^.?!]*\bas little (?:cable|wire|"
            r"pipe|road|rail|"
            r"fib(?:re|er))\b[^.?!]*",
            "give the minimum spanning tree",
        ),
        (
            r"\bcheapest way to (?:connect|link|join) (?:all|every)\b[^.?!]*",
            "minimum spanning tree",
        ),
        (
            rf"\bwhich (?:edges?|links?|roads?|connections?|flights?|"
            rf"streets?)\b[^.?!]*\b{_BREAK}\b[^.?!]*\b(?:if|when|once)\b[^.?!]*\b{_GONE}\b",
            "which edges are bridges",
        ),
        (
            rf"\bwhich (?:single )?(?:edges?|links?|roads?|connections?|flights?|streets?)\b[^.?!]*\b(?:if|"
            rf"when|once)\b[^.?!]*\b{_GONE}\b[^.?!]*\b{_BREAK}\b",
            "which edges are bridges",
        ),
        (
            rf"\bwhich (?:single )?{_PLACES}\b[^.?!]*\b{_BREAK}\b[^.?!]*\b(?:if|when|once)\b[^.?!]*\b{_GONE}\b",
            "which nodes are articulation points",
        ),
        (
            rf"\bwhich (?:single )?{_PLACES}\b[^.?!]*\b(?:if|when|once)\b[^.?!]*\b{_GONE}\b[^.?!]*\b{_BREAK}\b",
            "which nodes are articulation points",
        ),
        (
            r"\b(?:colou?r\w* (?:\w+ ){0,4}(?:with|in|using) (?:only |just |at most )?)?"
            r"(?:two|2) (?:different )?colou?rs\b"
            r"[^.?!]*\b(?:no|same|different|differ|enough|suffic\w+)\b[^.?!]*",
            "bipartite",
        ),
        (
            r"\bhow (?:do|can|could|would|should) (?:i|you|we|one) (?:get|go|travel|drive|fly|walk)\b",
            "what "
            r"is the shortest path",
        ),
        (rf"\bto cover the {_LEAST} (?:distance|way)\b|\bcover(?:ing)? the {_LEAST} distance\b", "shortest path"),
        (
            r"\bwhich way (?:should|must|do|can|could) (?:i|you|we|one) (?:drive|go|walk|travel|take|fly|ride)\b",
            "what is the route",
        ),
        (r"\b(?:direct|nonstop|non-stop) (?:connection|link|flight|road|route|line|train|bus)(s?)\b", r"edge\1"),
        (
            r"^(?:can|could) (?:i|you|we|one) (?:fly|drive|go|get|travel|walk) (?:directly|nonstop|non-stop)\b",
            "is there an edge",
        ),
    )
)


# The same, for graphs with two declared sides (people and jobs).
ASSIGNMENTS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), words)
    for pattern, words in (
        (
            r"\bassign\w*\b[^.?!]*\b(?:as many|greatest (?:possible )?number|largest (?:possible )?number|"
            r"maximum number|most)\b[^.?!]*",
            "maximum bipartite matching",
        ),
        (
            r"\b(?:how many|what is the (?:maximum|largest|greatest) number of) \w+(?: that)? can (?:get|"
            r"find|have|be given|be assigned|receive|take)"
            r" (?:an?|the|one) \w+\b[^.?!]*",
            "how many pairs has the maximum bipartite matching",
        ),
    )
)


_NEGATIVE_QUESTION = re.compile(r"^(is|are|does|do|was|were|has|have|could|would)n['’]t\b", re.IGNORECASE)
_TIME_IS = re.compile(
    r"\bt\s*(?:=|==|:|is|equals)\s*(?=-?\d)|"
    r"\b(?:(?:the )?(?:instant|moment|time ?steps?|time ?stamps?|point (?:in|of) time|time point)|"
    r"(?<=when )the time(?: is| equals)|the time|time (?:is|equals|=|==))\s*(?=-?\d)",
    re.IGNORECASE,
)
_WHEN_TIME = re.compile(r"\bwhen time (?=-?\d)", re.IGNORECASE)
_DIRECTLY_OR_NOT = re.compile(
    r"\b(?:connected|linked|joined|tied|related) (?:to|with),?\s*directly or (?:indirectly|not)\b", re.IGNORECASE
)


def in_graph_terms(question: str, graph: Graph | None = None) -> str:
    """The question with everyday phrases replaced by the words that graph theory has for them.

    >>> in_graph_terms("How many separate groups of friends are there?")
    'How many connected components are there?'
    """
    question = _NEGATIVE_QUESTION.sub(r"\1", plainly(question))  # "isn't there a path?" asks whether there is one
    question = _DIRECTLY_OR_NOT.sub("reachable from", _WHEN_TIME.sub("at time ", _TIME_IS.sub("time ", question)))
    if any(pattern.search(question) for pattern, _ in ASSIGNMENTS) and _two_sided(graph):
        for pattern, words in ASSIGNMENTS:
            question = pattern.sub(words, question)
    asked = _least_of_own_weight(question, graph)

    @cache
    def names() -> tuple[str, ...]:
        return tuple(asked[m.start : m.end] for m in find_mentions(asked, graph).nodes) if graph is not None else ()

    question = paraphrased(asked, graph is None or graph.directed, names)
    for pattern, words in PHRASES:
        question = keeping(pattern, words, question, names)
    return question


_LEAST_OF = re.compile(
    r"(?<=\bthe )(?:lowest|least|smallest|minimum|minimal)(?: possible| total| overall)* (?P<name>\w+(?: \w+)?)"
    r"(?= (?:between|from)\b)",
    re.IGNORECASE,
)


_ROUTE = re.compile(
    r"\b(?:routes?|paths?|ways?|roads?|trips?|journeys?|connections?|via|through|visit\w*)\b", re.IGNORECASE
)


def _least_of_own_weight(question: str, graph: Graph | None) -> str:
    """The question with "length of the shortest path" for "lowest latency", where the edges' weights are latencies."""
    found = _LEAST_OF.search(question) if graph is not None and graph.weighted and not _ROUTE.search(question) else None
    if found is None or graph is None or found["name"].casefold() != graph.names.get("weight", "").casefold():
        return question
    return f"{question[: found.start()]}length of the shortest path{question[found.end() :]}"


def _two_sided(graph: Graph | None) -> bool:
    if graph is None or graph.remote or not graph.num_edges:
        return False
    if graph.compact:
        from tools.large import find

        return bool(find("is_bipartite")(graph).value)
    return graph.sides is not None or nx.is_bipartite(graph.nx)


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
