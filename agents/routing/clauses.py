"""Edits that a question makes before it asks: "after removing node 5, what is the diameter of the complement?"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from agents.plan import Call
from agents.routing.arrivals import ARRIVALS, arriving
from agents.routing.clause_words import END, IF, WHO
from agents.routing.marked import Marked
from agents.routing.mentions import Mark, Mentions, find_mentions
from graphs.graph import Graph, Node
from graphs.text.patterns import lazy

_NOUN = (
    r"(?:nodes?|vertex|vertices|points?|person|people|cit(?:y|ies)|towns?|stations?|stops?|users?|airports?|"
    r"edges?|links?|connections?|roads?|arcs?|streets?|flights?|routes?|friendships?|bridges?|dependenc(?:y|ies))"
)
_REMOVE_VERB = (
    r"(?:(?:remov|delet|eras|dropp?|(?<!min )(?<!minimum )(?<!the )(?<!max )(?<!maximum )(?<!a "
    r")cutt?(?=(?:ing)?\s+(?:the\s+)?(?:edges?|links?|roads?|connections?)\b)|(?<!how )clos|"
    r"discard|block)(?:e|es|ed|ing)?|(?:take|takes|taking|taken)\s+(?:out|away|off|down))"
)
_GONE = (
    r"(?:removed|deleted|erased|dropped|closed|gone|cut|taken\s+(?:out|away|down)|blocked|down|lost|missing|"
    r"unavailable|fails?|failed|leaves?|left|quits?|closes|drops?\s+out|disappears?|vanish(?:es|ed)|breaks?\s+down|"
    r"shuts?\s+down|dies|died|crash(?:es|ed)|collapse[sd]?|stops?\s+working|destroyed|(?:switched|turned)\s+off|unplugged|"
    r"offline|out\s+of\s+(?:service|order))"
)

REMOVE = re.compile(rf"\b{IF}{WHO}{_REMOVE_VERB}\s+(?P<what>.+?){END}", re.IGNORECASE)
TAKE_OUT = re.compile(
    rf"\b{IF}{WHO}(?:take|takes|taking|throw|throwing|leave|leaving)\s+(?P<what>[^.;?!]+?)\s+"
    r"(?:out|away|off)\b(?:\s+of\s+(?:the|this)\s+(?:graph|network))?",
    re.IGNORECASE,
)
PASSIVE = re.compile(
    rf"\b(?:after|if|when|once|suppose|supposing|assuming|assume|imagine|pretend|say|given|what "
    rf"if)\s+(?:that\s+)?(?P<what>(?:(?!,?\s*\b(?:how|what|which|who|is|are|does|do|can)\b\s+(?:many|the|there|it)\b)"
    rf"[^?.;])+?)\s+"
    rf"(?:(?:is|are|gets?|was|were|has\s+been|have\s+been|goes|went|being)\s+)?{_GONE}\b",
    re.IGNORECASE,
)
WITHOUT = re.compile(
    r"\b(?:without|ignoring|disregarding|excluding(?![^?]*\b(?:who|which)\b[^?]*\b(?:most|least|fewest|highest|lowest|largest|smallest)\b)|except(?:\s+for)?(?=\s+(?:through|via|by|over|going|using|passing)\b)|avoiding|(?:(?:have|has|need|needs|want|wants)\s+to\s+|must\s+|should\s+)avoid|(?:that|which)\s+avoids?|while\s+avoiding|and\s+avoid|"
    r"(?:not|never)\s+(?=going|passing|using|visiting|travel|touching|entering|crossing)|bypassing|skipping)\s*(?:ever\s+)?(?:(?:going|passing|traveling|travelling|routing|walking)\s+(?:through|via|over|by)\s+|"
    rf"(?:using|visiting|touching|entering|crossing|counting)\s+)?(?P<what>.+?){END}",
    re.IGNORECASE,
)
ADD = re.compile(
    rf"\b{IF}{WHO}(?:add|adding|added|insert|inserting|build|building|create|creating|draw|drawing|open|opening)\s+"
    rf"(?:an?\s+|the\s+|one\s+)?(?:new\s+|extra\s+|direct\s+|additional\s+)*(?:(?:edge|link|connection|road|arc|street|flight|friendship|bridge)\s*|"
    r"(?=Ⓝ\s*(?:[-–—]+>?|→)\s*Ⓝ))"
    rf"(?P<what>.+?){END}",
    re.IGNORECASE,
)
BECOME = re.compile(
    rf"\b(?:after|if|when|once|suppose|supposing|assuming|assume|imagine|pretend|say|given|what\s+if)\s+(?:that\s+)?"
    r"(?P<what>Ⓝ\s+and\s+Ⓝ)\s+(?:(?:become|became|were|get|got|are\s+now|would\s+be|were\s+to\s+become|became\s+also)\s+"
    r"(?:also\s+)?(?:directly\s+)?(?:friends|connected|linked|joined|adjacent|neighbou?rs)|befriend\s+each\s+other|"
    rf"make\s+friends){END}",
    re.IGNORECASE,
)
ONLY = re.compile(
    r"\b(?:in|of|within|for|on|take|considering|consider|using|use|restricted\s+to|keeping|keep)\s+(?:the\s+|only\s+)*"
    r"(?:(?:induced\s+|node-induced\s+)?sub-?graph\s+(?:that\s+is\s+|which\s+is\s+)?(?:induced\s+)?(?:by|on|of|with|containing|formed\s+by|spanned\s+by)|"
    rf"(?<=only\s)(?=nodes?\b|vertices\b))\s+(?:the\s+|only\s+)?(?P<what>.+?){END}",
    re.IGNORECASE,
)
WHOLE: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), tool)
    for pattern, tool in (
        (
            r"\b(?:in|of|for|on)\s+(?:the|its)\s+complement(?:\s+graph)?(?:\s+of\s+(?:the|this)\s+(?:graph|network))?\b",
            "complement",
        ),
        (
            r"\b(?:in|of|for|on)\s+(?:the|its)\s+line\s+graph(?:\s+of\s+(?:the|this)\s+(?:graph|network))?\b",
            "line_graph",
        ),
        (
            r"\b(?:in|of|for|on)\s+(?:the|its)\s+(?:reversed?|transposed?)(?:\s+(?:graph|network))?(?:\s+of\s+(?:the|this)\s+(?:graph|network))?\b|"
            r"\b(?:after|if|when)\s+(?:we\s+)?revers\w+\s+(?:all\s+)?(?:the\s+)?(?:edges?|arcs?)(?:\s+directions?)?\b|\bwith\s+all\s+(?:edges|arcs)\s+reversed\b|"
            rf"(?:^|(?<=[.;!?,:]\s)|(?<=\bthen\s)){IF}{WHO}(?:revers|flipp?|transpos|invert|turn)(?:e|es|ed|ing|s)?\s+"
            r"(?:round\s+|around\s+)?(?:(?:the\s+)?(?:direction|orientation)s?\s+of\s+)?(?:all|every|each|the)\s+(?:of\s+)?"
            r"(?:the\s+)?(?:edges?|arcs?|arrows?|links?|(?:edge\s+)?directions?|(?:whole\s+)?(?:di)?graph)"
            r"(?:\s+(?:round|around))?(?=\s*(?:[.;:,!]|and\b|then\b))",
            "reverse",
        ),
        (
            r"\b(?:ignoring|disregarding|regardless\s+of|forgetting|leaving\s+out|not\s+(?:counting|considering|using)|"
            r"without\s+(?:using|considering|counting|regard\s+to|looking\s+at)|if\s+(?:we|you|i|one)\s+ignore)\s+"
            r"(?:the\s+|all\s+|any\s+)*(?:edge\s+|edges['’]\s+|link\s+)?(?:weights?|costs?|lengths?)\b|"
            r"\b(?:counting|counted\s+(?:by|in)|measured\s+(?:by|in))\s+(?:only\s+|just\s+)?(?:the\s+)?"
            r"(?:number\s+of\s+)?(?:edges|hops|links)(?:\s+only)?(?=\s*(?:[.,;?!]|$))|"
            r"\b(?:if|when|with|where)\s+(?:every|each|all)\s+(?:edges?|links?)\s+(?:counts?|weighs?|counted|weighing|"
            r"costs?)\s+(?:as\s+)?(?:one|1)\b|"
            r"\b(?:treat(?:ed|ing)?|seen|taken|regarded|viewed)\s+(?:it\s+|the\s+graph\s+|all\s+edges\s+)?as\s+"
            r"(?:an?\s+)?unweighted(?:\s+graph)?\b",
            "without_weights",
        ),
        (
            r"\b(?:in|of|for|on|within)\s+(?:the|its)\s+(?:largest|giant|biggest|main)\s+(?:connected\s+)?component\b",
            "keep_largest_component",
        ),
        (
            r"\b(?:ignoring|disregarding|without|regardless\s+of|forgetting)\s+(?:the\s+)?(?:edge\s+|arc\s+)?(?:directions?|orientations?)\b|"
            r"\b(?:in|of|for|on)\s+(?:the|its)\s+(?:underlying\s+)?undirected\s+(?:version|graph)(?:\s+of\s+(?:the|this)\s+graph)?\b|"
            r"\b(?:treat(?:ed|ing)?|seen|taken|regarded|viewed)\s+(?:it\s+|the\s+graph\s+|all\s+edges\s+)?as\s+(?:an?\s+)?undirected(?:\s+graph)?\b",
            "to_undirected",
        ),
        (
            r"\b(?:after|when|if)\s+(?:we\s+)?remov\w+\s+(?:all\s+)?(?:the\s+)?self-?loops\b|\bignoring\s+(?:all\s+)?self-?loops\b",
            "remove_self_loops",
        ),
        (
            r"\b(?:after|when|if)\s+(?:we\s+)?remov\w+\s+(?:all\s+)?(?:the\s+)?isolated\s+(?:nodes|vertices)\b",
            "remove_isolated_nodes",
        ),
    )
)
_OF_THE_WHOLE = frozenset(tool for _, tool in WHOLE)
REMOVALS = (REMOVE, TAKE_OUT, PASSIVE, WITHOUT)
PATTERNS = (*(pattern for pattern, _ in WHOLE), ADD, *ARRIVALS, BECOME, ONLY, *REMOVALS)
_EDGE_NOUN = lazy(
    r"^\W*(?:the\s+|an?\s+|both\s+)*(?:edges?|links?|connections?|roads?|arcs?|streets?|flights?|friendships?|bridges?|dependenc)",
    re.IGNORECASE,
)
_OPENER = lazy(
    rf"^[\s:(\[{{<'\"`#]*(?:(?:the|a|an|both|all|following|only|{_NOUN}(?:\s+(?:from|between))?)\b[\s:(\[{{<'\"`#]*)*",
    re.IGNORECASE,
)
_WEIGHT = lazy(r"\b(?:weight|length|cost|capacity|distance)(?:\s+of|\s*=|\s*:)?\s*(?P<number>[ⓃⓆ])", re.IGNORECASE)
_AMOUNT = lazy(
    r"^\s*(?:any\s+|some\s+|the\s+first\s+)?Ⓝ\s+(?:random\s+|more\s+|other\s+)?"
    r"(?:nodes|vertices|edges|links|people|cities|points|stations)\b",
    re.IGNORECASE,
)
_MARK = re.compile("[ⓃⓆⓊ]")
_PREDICATE = lazy(r"\b(?:is|are|be|lie|lies|isn't|aren't|not|also)\s*$", re.IGNORECASE)
_JOINED = re.compile(r"(?:Ⓝ\s*(?:[-–—]+>?|→)\s*Ⓝ(?:\s*(?:,|and|or)\s*)?)+")  # "a-b and b-c" are edges
_PAIR = lazy(r"[(\[{]\s*[ⓃⓊ]\s*[,;-]\s*[ⓃⓊ]\s*[)\]}]")
# "the complement of what is left when …" is made last, though it is said first
_OF_THE_REST = lazy(
    r"\s+of (?:what(?:['’]s| is| remains| stays| would be)?(?: (?:left|remaining|over))?|the (?:rest|result|remainder)|"
    r"the (?:resulting|remaining|changed|new|reduced|pruned) (?:graph|network))\b",
    re.IGNORECASE,
)
_AFTERWARDS = lazy(r"\s+(?:after|when|once|if)\b", re.IGNORECASE)
_LEAD = lazy(r"^[\s,;.:?!-]*(?:(?:and|then|now|so|but|,)\b[\s,]*)*", re.IGNORECASE)


# An edge among things that are removed; without these the rest are nodes.
_EDGE_WORD = (
    r"\b(?:edges?|links?|ties?|connections?|roads?|arcs?|streets?|lines?|flights?|friendships?|bridges?|cables?|bonds?)"
)
_ONE_EDGE = r"[(\[{<'\"]?\s*(?:node\s+)?Ⓝ['\"]?\s*(?:[-–—]+>?|→|,|to|and)\s*(?:node\s+)?['\"]?Ⓝ\s*[)\]}>'\"]?"
_EDGE_SAID = lazy(
    rf"(?:(?:the|both)\s+)*{_EDGE_WORD}\s+(?:(?:from|between|joining|linking|connecting)\s+)*(?={_ONE_EDGE})|"
    r"Ⓝ['\"]?\s*(?:[-–—]+>?|→)\s*(?:node\s+)?['\"]?Ⓝ",
    re.IGNORECASE,
)
_JOINED_ALL = lazy(
    rf"(?:(?:,|and|also|the|both|{_EDGE_WORD}|from|between|joining|linking|connecting)\s*)*{_ONE_EDGE}"
    rf"(?:\s*(?:,|and)\s*(?:(?:also|the|{_EDGE_WORD}|from|between)\s*)*{_ONE_EDGE})*\s*",
    re.IGNORECASE,
)
_NODE_WORD = lazy(
    r"\b(?:nodes?|vertex|vertices|points?|person|people|cit(?:y|ies)|towns?|stations?|users?|airports?)\b",
    re.IGNORECASE,
)
# What may stand around the names of what is removed. Anything else may be meant.
_AROUND = lazy(
    rf"\b(?:{_NOUN}|the|an?|all|both|following|only|and|or|also|as well(?: as)?|named|called|labell?ed|numbered|number|"
    r"with|its|their|his|her|incident|adjacent|own|any|every|each|other|these|those|two|three|together|directed|"
    r"undirected|direct|one|single|connecting|joining|linking|between|from|to|of|in|out|into|this|graph|network|map|"
    r"tree|itself|themselves|completely|entirely|permanently|temporarily|now|again|first|then|directly|for good|"
    r"members?|servers?|routers?|computers?|machines?|accounts?|pages?|papers?|players?|friends?|nodes|it|too|"
    r"respectively|ties?|lines?|cables?|wires?|pipes?|bonds?|hosts?|devices?|proteins?|atoms?|crossings?|sites?|"
    r"villages?|places?|ports?|actors?|students?|employees?|colleagues?)\b",
    re.IGNORECASE,
)
# What no edit does: a condition that is negated or is only a time, an edge that is said as a friendship.
UNCLEAR = lazy(
    r"\b(?:if|when|once|unless|suppose|supposing|assuming|assume|imagine|pretend|given)\b[^?.;,]*"
    r"(?:\b(?:not|never|no longer|anymore|any more)\b|n['’]t\b)|\bunless\b|"
    r"\b(?:fall|falls|fell|fallen) out\b|\b(?:break|breaks|broke|broken) (?:up|off)\b|\bunfriend\w*|"
    r"\b(?:loses?|lost) (?:all |Ⓝ|its|his|her|their)|['’]s? (?:friendship|connection|link|edge)s?\b|"
    r"\bif Ⓝ and Ⓝ (?:are|were) (?:connected|linked|joined)\b|\bif Ⓝ (?:joins?|stays?)\b|"
    r"\bbefore Ⓝ (?:is|was|has)\b|\b(?:lost|cut off)\b[^?.]*\bif\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Edited:
    """The question that is left when its edits are cut out, and the edits as tool calls in order."""

    question: str
    calls: tuple[Call, ...]
    unknown: tuple[str, ...] = ()  # things that an edit names and the graph lacks
    mentions: Mentions | None = None  # of the question, where nothing was cut out of it


def split_edits(question: str, graph: Graph | None) -> Edited:
    """Cut the edits out of `question`; calls name tools of `tools.edits` and their relatives."""
    if graph is None:
        return Edited(question, ())
    mentions = find_mentions(question, graph)
    marked = Marked(mentions)
    found: list[tuple[int, int, tuple[Call, ...]]] = []
    unknown: list[str] = []
    for start, end, made, strange in _edits(marked, _like(graph)):
        unknown += strange
        if graph.weighted and len(made) > 1 and made[0].tool == "add_nodes":
            continue  # what the new edges weigh is not said
        if made and not any(start < b and a < end for a, b, _ in found):
            found.append((start, end, made))
    if not found:
        return Edited(question, (), tuple(unknown), mentions)
    found.sort(key=lambda item: item[0])
    begins = {start for start, _, _ in found}

    def of_what_is_left(item: tuple[int, int, tuple[Call, ...]]) -> bool:
        """Whether it is made of the rest: "in the largest component after removing A"."""
        if _OF_THE_REST.match(marked.skeleton, item[1]):
            return True
        behind = marked.skeleton[item[1] :]
        return (
            any(item[1] + space in begins for space in (0, 1))
            and _AFTERWARDS.match(" " + behind.lstrip()) is not None
            and len(item[2]) == 1
            and item[2][0].tool in _OF_THE_WHOLE
        )

    ordered = sorted(found, key=of_what_is_left)
    left, last = [], 0
    for start, end, _ in found:
        left.append(marked.text(last, start))
        last = rest_of.end() if (rest_of := _OF_THE_REST.match(marked.skeleton, end)) else end
    rest = _LEAD.sub("", " ".join((*left, marked.text(last))).strip())
    calls = tuple(
        Call(call.tool, call.arguments, on=number - 1 if number else None)
        for number, call in enumerate(call for _, _, made in ordered for call in made)
    )
    return Edited(rest, calls, tuple(unknown))


def _like(graph: Graph) -> Callable[[str], Node]:
    """How a new node is written: as a whole number where the graph's nodes are."""
    numbers = not graph.remote and all(isinstance(node, int) for node in islice(graph, 100))
    return lambda text: int(text) if numbers and text.lstrip("-").isdecimal() else text


def arrivals(question: str, graph: Graph) -> Edited:
    """Cut out of `question` who is brought in before anything else happens; no calls where nobody is."""
    mentions = find_mentions(question, graph)
    marked = Marked(mentions)
    found = (match for pattern in ARRIVALS if (match := pattern.search(marked.skeleton)))
    match = next(found, None) if mentions.unknown else None
    if match is None:
        return Edited(question, ())
    before, behind = marked.text(0, match.start()), marked.text(match.end())
    calls = arriving(match, marked, _like(graph))
    weightless = graph.weighted and len(calls) > 1  # what the new edges weigh is not said
    if weightless or split_edits(before, graph).calls:
        return Edited(question, ())
    made = tuple(replace(call, on=number - 1 if number else None) for number, call in enumerate(calls))
    return Edited(_LEAD.sub("", f"{before}{behind}".strip()), made)


def _edits(marked: Marked, kind: Callable[[str], Node]) -> Iterator[tuple[int, int, tuple[Call, ...], list[str]]]:
    skeleton = marked.skeleton
    if not _may_edit(skeleton):
        return
    for pattern, tool in WHOLE:
        for match in pattern.finditer(skeleton):
            if not _PREDICATE.search(skeleton, 0, match.start()):  # "which nodes are in the largest component?"
                yield match.start(), match.end(), (Call(tool),), []
    for match in ADD.finditer(skeleton):
        pairs = _pairs(marked.inside(*match.span("what")))
        if pairs:
            if len(pairs) > 1:
                yield match.start(), match.end(), (Call("add_edges", {"edges": pairs}),), []
                continue
            arguments: dict[str, object] = {"source": pairs[0][0], "target": pairs[0][1]}
            weight = _WEIGHT.search(match["what"])
            if weight:
                at = match.start("what") + weight.start("number")
                number = marked.inside(at, at + 1)[0].number
                if number is not None:
                    arguments["weight"] = int(number) if number.is_integer() else number
            yield match.start(), match.end(), (Call("add_edge", arguments),), []
    for pattern in ARRIVALS:
        for match in pattern.finditer(skeleton):
            yield match.start(), match.end(), arriving(match, marked, kind), []
    for match in BECOME.finditer(skeleton):
        (pair,) = _pairs(marked.inside(*match.span("what")))
        yield match.start(), match.end(), (Call("add_edge", {"source": pair[0], "target": pair[1]}),), []
    for match in ONLY.finditer(skeleton):
        nodes = _nodes(marked.inside(*match.span("what")))
        if _EDGE_NOUN.match(match["what"]) and (pairs := _pairs(marked.inside(*match.span("what")))):
            yield match.start(), match.end(), (Call("edge_subgraph", {"edges": pairs}),), []
        elif nodes:
            yield match.start(), match.end(), (Call("subgraph", {"nodes": nodes}),), []
    for pattern in REMOVALS:
        for match in pattern.finditer(skeleton):
            made, strange = _removal(match["what"], marked.inside(*match.span("what")))
            if made or strange:
                yield match.start(), match.end(), made, strange


@lru_cache(maxsize=1024)
def _may_edit(skeleton: str) -> bool:
    """Whether anything in it reads like an edit; questions of one wording have one skeleton."""
    return any(pattern.search(skeleton) for pattern in PATTERNS)


def _removal(what: str, marks: list[Mark]) -> tuple[tuple[Call, ...], list[str]]:
    """The removals that `what` names, and what it names that is not there; ((), []) for what is not all read."""
    if marks and _AMOUNT.match(what) and marks[0].number is not None:
        return (), []  # "removing 2 nodes": a number, and which ones is not said
    opener = _OPENER.match(what)
    begin = opener.end() if opener else 0
    if what[begin : begin + 1] not in ("Ⓝ", "Ⓤ"):
        return (), []
    strange = [mark.text for mark in marks if mark.node is None and mark.number is None or what[begin] == "Ⓤ"]
    if strange:
        return (), strange
    if re.search(r"\w", _AROUND.sub(" ", _MARK.sub(" ", what))):
        return (), []  # something that was not read
    if (
        _EDGE_NOUN.match(what)
        or _JOINED.fullmatch(what.strip())
        or (_PAIR.search(what) and not _MARK.search(_PAIR.sub("", what)))
    ):
        return _edges_then_nodes(what, marks), []
    edges = _EDGE_SAID.search(what)
    if edges is None:
        return (Call("remove_nodes", {"nodes": _nodes(marks)}),), []
    before = len(_MARK.findall(what, 0, edges.start()))
    nodes, pairs = _nodes(marks[:before]), _pairs(marks[before:])
    by_dash = what[edges.start()] == "Ⓝ"
    if (
        not nodes
        or 2 * len(pairs) != len(marks) - before
        or not _JOINED_ALL.fullmatch(what, edges.start())
        or (by_dash and _NODE_WORD.search(what, 0, edges.start()))
    ):
        return (), []  # which are the nodes and which the edges is not clear
    return (Call("remove_nodes", {"nodes": nodes}), Call("remove_edges", {"edges": pairs})), []


def _edges_then_nodes(what: str, marks: list[Mark]) -> tuple[Call, ...]:
    """The removal of edges, and of the nodes that are named after them: "the edge Ⓝ-Ⓝ and node Ⓝ"."""
    other = _NODE_WORD.search(what) if _EDGE_NOUN.match(what) else None
    nodes: list[Node] = []
    if other is not None and (before := len(_MARK.findall(what, 0, other.start()))) and before % 2 == 0:
        marks, nodes = marks[:before], _nodes(marks[before:])
    pairs = _pairs(marks)
    if not pairs or 2 * len(pairs) != len(marks):
        return ()
    edges = Call("remove_edges", {"edges": pairs})
    return (edges, Call("remove_nodes", {"nodes": nodes})) if nodes else (edges,)


def _nodes(marks: list[Mark]) -> list[Node]:
    return list(dict.fromkeys(mark.node for mark in marks if mark.node is not None))


def _pairs(marks: list[Mark]) -> list[tuple[Node, Node]]:
    nodes = [mark.node for mark in marks if mark.node is not None]
    if len(nodes) < 2:
        return []
    return list(zip(nodes[::2], nodes[1::2]))
