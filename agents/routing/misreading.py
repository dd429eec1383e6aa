"""Questions that a tool's wording fits and its answer does not: the planner asks back instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import islice

from agents.routing.binding import NEITHER, Binding
from agents.routing.forms import Form
from agents.routing.language import concepts
from agents.routing.telling_words import speaks_otherwise
from graphs.graph import STANDARD, Graph
from graphs.text.patterns import lazy
from graphs.text.reading import Reading
from graphs.text.unread import relations, says_edges
from tools import answers
from tools.registry import Tool

UNREADABLE = 0.4  # a reading less certain than this is not answered from
ONE_THING = (answers.Nodes, answers.Edges, answers.Matching, answers.Cycle, answers.Path, answers.Order)
_HOW_MANY_THINGS = lazy(
    r"\b(?:how many|number of|count (?:all |the )*)\s*"
    r"(?:(?!(?:nodes|vertices|edges|links|people|are|is|in|on|of|do|does|must|can|the)\b)[\w-]+ ){0,3}?"
    r"(?:cliques|matchings|cycles|circuits|paths|routes|walks|covers|sets|trees|tours|orders|orderings|cuts)\b",
    re.IGNORECASE,
)
_HAVE_MOST = lazy(
    r"\b(?:have|has|with|share|of) (?:the )?(?:same )?(?:maximum|minimum|highest|lowest|largest|smallest|greatest|most|"
    r"fewest|least)\b",
    re.IGNORECASE,
)
_MANY_NODES = lazy(
    r"\b(?:which|what|list|all|find|name|show)\b (?:all |the |of )*(?:nodes|vertices|people|cities)\b", re.IGNORECASE
)
_COUNT_NODES = lazy(r"\b(?:how many|number of) (?:nodes|vertices|people|cities)\b", re.IGNORECASE)
_ONCE = lazy(r"\b(?:exactly|only|just) once\b|\bonce and only once\b", re.IGNORECASE)
_CLOSED = lazy(
    r"\b(?:re\s?turn\w*|back|closed|circuits?|cycles?|round|tours?|loop|start\w*|began|begin\w*|home|ends?|ending|"
    r"postman|eulerian)\b",
    re.IGNORECASE,
)
_TWICE = lazy(r"\b(\w{4,}) of (?:\w+ )?Ⓝ(?:'s)? and (?:the |of )*\1\b", re.IGNORECASE)
_PROPERTY = (
    r"(?:connected|disconnected|bipartite|acyclic|cyclic|planar|eulerian|hamiltonian|regular|complete|directed|"
    r"undirected|weighted|chordal|a tree|a forest|simple)"
)
_TWO_PROPERTIES = lazy(
    rf"\b{_PROPERTY},? (?:and|or|but) (?:also |just |only |merely |rather )?(?:is it )?{_PROPERTY}\b|"
    r"\bconnected (?:bipartite|planar|regular|acyclic)\b|"
    r"\b(?:bipartite|planar|regular|acyclic) connected\b",
    re.IGNORECASE,
)
# What turns a question round, or makes it another one, without a word of its own in a tool's wording.
_OTHERWISE = lazy(
    r"\b(?:(?:is|was) (?:the |this |it |a |graph |network |G )+|(?:graph|network|it) is )"
    r"(?:not connected|disconnected|unconnected|unweighted)\b(?! (?:from|part|node|vert))|"
    r"\b(?:in|to) (?:an? )?(?:different|another) (?:component|cluster|group|part)\b|"
    r"\b(?:to|into) both\b|"
    r"\bmedian (?:\w+ )?weight|\b(?:which|what) degree is\b|"
    r"\b(?:nodes|vertices|edges|links) (?:are|lie|is) (?:on|in|part of) (?:a|any|some) cycles?\b|"
    r"\bfriends of [^?.,]{1,30}friends\b|\bfriends of friends\b|"
    r"\b(?:friends?|neighbou?rs?|contacts?|successors?|predecessors?|followers?)(?:['’]s?) "
    r"(?:friends?|neighbou?rs?|contacts?|successors?|predecessors?|followers?)\b|"
    r"^do(?:es)? every\w* (?:\w+ )?have an? (?:neighbou?r|friend)\b|"
    r"\bof the (?:node|vertex|person|city) (?:with|that has|having|who has) (?:the )?(?:highest|most|largest|lowest|"
    r"fewest|smallest|maximum|minimum|greatest|least|biggest)\b",
    re.IGNORECASE,
)
_ARITHMETIC = lazy(
    r"\b(?:plus|minus|divided by|multiplied by|squared|cubed)\b|\btimes (?:\d|two|three|four|five|ten|the\b)|"
    r"\b(?:twice|double|triple) (?:the|its|as)\b",
    re.IGNORECASE,
)
_RATIO = lazy(r"^(?!.*\bdens).*\bratio of (?:edges|links) to (?:nodes|vertices)\b", re.IGNORECASE)
_SIZED_COMPONENTS = lazy(
    r"\bcomponents? (?:consist\w*|with|of|that|having)\b.{0,30}\b(?:one|single|1|two|2|three|3) (?:node|vert)",
    re.IGNORECASE,
)
_TWO_QUESTIONS = lazy(
    r"\w,? and (?:what|how many|how much|who|which)\b(?! (?:is|are) (?:its|the|their) "
    r"(?:total |overall )?(?:length|cost|weight|distance|value|price|time)\b)",
    re.IGNORECASE,
)
_HOW_MANY_EACH = lazy(r"\bhow many [\w ]+ (?:does|do|did) (?:each|every)\b", re.IGNORECASE)
_EACH_OF_TWO = lazy(r"\bhow many (?!common|mutual|shared)\w+ do Ⓝ and Ⓝ have\b(?! in common)", re.IGNORECASE)
_NEIGHBOURS_OF_TWO = lazy(r"\b(?<!common )(?<!mutual )(?:neighbou?rs|friends) of Ⓝ(?: and |, )Ⓝ", re.IGNORECASE)
_IN_COMMON = lazy(r"\bcommon|\bboth\b|\bmutual|\bshare", re.IGNORECASE)
_CAN_ALL = lazy(r"^can Ⓝ (?:reach|get|go)", re.IGNORECASE)
_EDGES_IN = lazy(r"\bhow many (?:edges|links)\b", re.IGNORECASE)
_AS_OF = lazy(r"\bas of (?:time |t ?=? ?)?[ⓆⓃ]", re.IGNORECASE)
_COMES_BACK = lazy(
    r"sales(?:man|person)|\btsp\b|hamilton|\bre\s?turn|\bback\b|\bclosed|\bround|\btours?\b|\bloop|\bcircuit|\bcycle|\bhome\b|"
    r"\bends? (?:up )?(?:where|at the (?:start|same))|\bstarts? and (?:ends?|finish)",
    re.IGNORECASE,
)
# one node at a place of an order, where a tool gives the whole order
_PLACE_IN = lazy(
    r"\b(?:first|second|third|fourth|fifth|\d+(?:st|nd|rd|th)|last|final|middle|midway|halfway|next)\b", re.IGNORECASE
)
_EDGE_COLOURS = lazy(r"\bcolou?r\w* (?:of |all |the |its )*(?:edges|links)\b|\bedges? colou?r", re.IGNORECASE)
_OF_BEST = lazy(
    r"\b(?P<column>\w+) (?:of|on|along|for) (?:the|a) (?P<best>shortest|fastest|quickest|cheapest|lightest)\b",
    re.IGNORECASE,
)
_MEASURES: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("shortest",), ("length", "distance", "km", "miles", "weight", "dist")),
    (("fastest", "quickest"), ("time", "minutes", "hours", "duration", "length")),
    (("cheapest", "lightest"), ("cost", "price", "fare", "weight", "toll", "fee")),
)
_BY_MEASURE = lazy(
    r"\b(?:by|according to|in terms of|measured (?:by|in)|with respect to|in order of|in the order of) (?!importance\b|"
    r"centrality\b|rank\b|default\b)",
    re.IGNORECASE,
)
_ON_SOME_PATH = lazy(
    r"\bon (?:some|any|at least one|one or more|one|every|each|all)(?: of)?(?: the)? (?:shortest|cheapest|fastest) "
    r"(?:path|route|way)",
    re.IGNORECASE,
)
_MATRIX = lazy(r"\bmatri(?:x|ces)\b", re.IGNORECASE)
_SORTS_NODES = lazy(
    r"\b(?:sort|order|rank|arrange|line up)\b (?:me |all |of |the |each |every )*(?:nodes?|vertices|vertex|people|"
    r"persons?|everyone|everybody|users?|members?|cities|towns|stations|them)\b",
    re.IGNORECASE,
)
_SOME_TO_REMOVE = lazy(
    r"\b(?:remov|delet|drop|clos|cut)\w*(?: out)? (?:any |some |the first )?\d+ (?:random |more |other )?"
    r"(?:nodes|vertices|edges|links|people|cities|points|stations)\b",
    re.IGNORECASE,
)
# Relations of relations, conditions on another node, parts that no tool takes: always another question.
_NESTED = lazy(
    r"\bsome(?:one|body) (?:who|that|whom)\b|\b(?:via|through|over) (?:whom|which (?:node|person|people))\b|"
    r"\bwhat (?:lies|is|stands) between\b|\bthat \S+ (?:does not|doesn['’]t|has not|hasn['’]t|do not|don['’]t) have\b|"
    r"\bdegrees? \d+ (?:or|and) \d+\b|\bwithout (?:just |only )?one (?:edge|node|vertex|link)\b|"
    r"\bwhen \S+ (?:meets|joins|visits)\b|\bhow many (?:neighbou?rs|friends|contacts|successors|predecessors) of "
    r"(?:neighbou?rs|friends|contacts|successors|predecessors)\b|\bof \S+ apart from\b|"
    r"\bsuch (?!that\b|as\b|an? (?:way|order|manner|case)\b|(?:way|order) that\b)|"
    r"\band (?:its|their|his|her) (?:own )?(?:in-|out-)?(?:degree|name|neighbou?rs|distance|weight)\b",
    re.IGNORECASE,
)
# A figure of the edges of a best path, and the node whose loss parts the most: no tool gives these.
_OF_EDGES_ON = lazy(
    r"\b(?:maximum|minimum|largest|smallest|highest|lowest|heaviest|lightest|longest|average|mean|median)\b"
    r"[^?.,]{0,25}\b(?:edges?|links?|roads?)\b[^?.,]{0,20}\b(?:on|along|of|in)\b[^?.,]{0,15}"
    r"\b(?:shortest|cheapest|fastest|quickest|lightest|longest|widest)\b|"
    r"\bdisconnects? (?:the )?(?:most|fewest|more|least)\b|^is it (?:false|not|untrue|wrong)\b|"
    r"\b(?:two|three|2|3) (?:farthest|furthest|nearest|closest)\b|\bgives? the most\b|\bother than via\b|"
    r"\bcut \S+ off\b|\breciprocated\b(?!.*\b(?:share|fraction|reciprocity)\b)|\btotal of all\b|"
    r"\b(?:on|in|of|to) (?:every|each|all) (?:the )?(?:simple |possible )?(?:paths?|routes?|ways?)\b",
    re.IGNORECASE,
)
_CANNOT_REACH = lazy(
    r"(?:\bnot|n['’]t|\bunable to|\bno path to|\bcannot)\s+(?:be able to\s+)?(?:reach|get to|go to)?\s*Ⓝ", re.IGNORECASE
)
_ONE_STEP = lazy(
    r"\b(?:just |only |exactly )?(?:one|a single|1) (?:nonstop |direct )?(?:edge|flight|hop|step|move|"
    r"jump|link|cable|road)\b|"
    r"\b(?:itself|Ⓝ) included\b|\bincluding (?:itself|Ⓝ)",
    re.IGNORECASE,
)
_ORDER = lazy(r"\border\b", re.IGNORECASE)
_ORDER_OF_GRAPH = lazy(
    r"\border of (?:\w+ ){0,5}?(?:\w*graph|network|tree|G\w?|it)\b|\b(?:\w*graph|network|tree|G)(?:['’]s)? order\b|"
    r"\b(?:its|has(?: an?| the)?|of) order\b|\border (?:and|or|&) (?:the )?size\b|\bsize (?:and|or|&) (?:the )?order\b|"
    r"^\W*order\W*$",
    re.IGNORECASE,
)
_HOW_OFTEN = lazy(r"\bhow (?:many times|often)\b", re.IGNORECASE)
_THAN_ANOTHER_IS = lazy(r"\bthan Ⓝ (?:is|does|to)\b|\bthan (?:is|does) Ⓝ", re.IGNORECASE)
_LESS_OR_MORE = lazy(r"\b(?!other|rather)(?:\w+er|more|less|fewer) than\b", re.IGNORECASE)
_LENGTH_OF = lazy(r"\b(?:long|length|edges|nodes|vertices|hops|steps|links|stops)\b", re.IGNORECASE)
_CAN_ONE = lazy(r"^\W*(?:can|could)(?:n['’]t|['’]t|not| not)? (?:Ⓝ|a )", re.IGNORECASE)
_SAYS_EDGE = lazy(
    r"\b(?:edges?|links?|roads?|direct\w*|connections?|lines?|arcs?|streets?|cables?|pipes?|flights?|tracks?|"
    r"friendships?|weigh\w*|straight|nonstop|non-stop|bridges?|ties?|bonds?|ferr\w+|trains?|bus\w*|between)\b|[-–>]",
    re.IGNORECASE,
)
_IN_TRIANGLES = lazy(
    r"\b(?:nodes|vertices|people|edges|links)\b[^?.]{0,12}\b(?:in|on|part of|belong to) (?:an? |any |some )?"
    r"(?:directed )?(?:triangles?|cycles?)\b|\b(?:leave|leaves|left) out\b|\bunmatched\b|\b(?:stops|intermediate)\b",
    re.IGNORECASE,
)
_ANYONE = lazy(
    r"\bthere (?:an?|any|some|one) (?!edge|link|road|path|connection|friendship|line|arc)\w+|"
    r"\b(?:any|some)(?:one|body)\b|\bevery(?:one|body) \w+ some",
    re.IGNORECASE,
)
_ABOUT_DEGREE = lazy(r"degree|neighbo|friend|connection|edges|links|contacts", re.IGNORECASE)
_AMONG_THEMSELVES = lazy(r"\bamong (?:themselves|each other|them)\b|\bwithin (?:the set|\{)", re.IGNORECASE)
_TOTAL_DEGREE = lazy(r"\b(?:total|sum of (?:all |the )*)\s*(?:in-?|out-?)?degrees?\b(?! of)", re.IGNORECASE)
_PAIRS = lazy(r"\bpairs of (?:nodes|vertices|people)\b", re.IGNORECASE)
_AMONG_SEVERAL = lazy(r"\b(?:between|among) Ⓝ(?:\s*,\s*Ⓝ)+,?\s*(?:and|or)\s*Ⓝ", re.IGNORECASE)
# Definitions that cannot be the usual ones: lengths in nodes, ends or loops that are left out or counted once.
_OWN_MEANING = lazy(
    r"\b(?:paths?|walks?|routes?|cycles?|distances?|lengths?)\b.{0,60}\b(?:is|means|are|equals|counts?)\b.{0,30}"
    r"\b(?:number of (?:its |the |all )?(?:vertices|nodes)|(?:its |the |in )(?:vertices|nodes))\b|"
    r"\b(?:degrees?|neighbou?rs?|loops?|self-?loops?)\b.{0,40}\b(?:(?:does|do) not count|not counting|is not counted|"
    r"are not counted|counts? (?:only )?once|ignor\w+)\b",
    re.IGNORECASE,
)
_DECLARED = lazy(
    r"\b(?:on|with|has|have|having) (?:the )?(?P<count>\d+) (?:nodes|vertices)\b|\bn\s*=\s*(?P<n>\d+)\b|"
    r"\b(?:nodes|vertices)\b[^.\n]{0,20}?(?P<a>\d+)\s*(?:to|through|-|–|\.\.+|…)\s*(?P<b>\d+)\b|"
    r"\{\s*(?P<c>\d+)\s*,[\s\d,]*(?:\.\.\.|…)\s*,\s*(?P<d>\d+)\s*\}",
    re.IGNORECASE,
)
_DIRECTED = lazy(r"\bdirected\s*[=:]\s*(?:true|1|yes)\b", re.IGNORECASE)
_ONE_WAY = lazy(r"\bone[- ]way\b", re.IGNORECASE)
_EDGES_FOLLOW = lazy(
    r"\bE\s*=\s*[\[{(]\s*\w|\b(?<!no )(?<!without )(?:edges|links)\b[^.\n]{0,30}\w[-–]\w", re.IGNORECASE
)
_JUXTAPOSED = lazy(r"\bE\s*=\s*[\[{(]\s*[^\W\d_]{2}\s*,")  # E = {ab, bc}
_EDGES = lazy(r"\bedges?\b|\bE\s*=|\blinks?\b", re.IGNORECASE)


def misread(tool: Tool, binding: Binding, question: str, skeleton: str, form: Form) -> bool:
    """Whether the answer of `tool` would be another than what the question asks for.

    A count of things where the tool gives one of them; the nodes with the highest figure where it gives one node or
    the figure; a comparison that it does not have; one measure asked of two nodes; a list made of one node.
    """
    returns = tool.returns
    if issubclass(returns, answers.GraphAnswer) and _SOME_TO_REMOVE.search(question):
        return True
    closed = tool.name in ("has_eulerian_circuit", "eulerian_circuit")
    if closed and _ONCE.search(question) and not _CLOSED.search(question):
        return True
    if _TOTAL_DEGREE.search(question) and not issubclass(returns, answers.Number):
        return True
    if (tool.name == "num_edges" and _PAIRS.search(question)) or (
        tool.name == "cut_size" and (_AMONG_SEVERAL.search(skeleton) or _AMONG_THEMSELVES.search(question))
    ):
        return True
    if _HOW_MANY_EACH.search(question) and not issubclass(returns, answers.NodeValues):
        return True
    if _EACH_OF_TWO.search(skeleton) or (_EDGE_COLOURS.search(question) and "edge" not in tool.name):
        return True
    if (_NEIGHBOURS_OF_TWO.search(skeleton) and not _IN_COMMON.search(question)) or (
        _CAN_ALL.search(skeleton) and not any(p.kind in ("node", "nodes") for p in tool.parameters)
    ):
        return True
    if form == "yes_no" and issubclass(returns, answers.GraphAnswer):
        return True
    if issubclass(returns, (answers.Path, answers.Paths)) and _ON_SOME_PATH.search(question):
        return True
    if _MATRIX.search(question) and not any(_MATRIX.search(said) for said in (*tool.phrases, *tool.asks, tool.summary)):
        return True
    if tool.name == "degree_sequence" and _SORTS_NODES.search(question):
        return True
    if tool.name == "num_nodes" and _ORDER.search(question) and not _ORDER_OF_GRAPH.search(question):
        return True
    if tool.name == "travelling_salesman" and not _COMES_BACK.search(question):
        return True  # a trip through all nodes need not come back
    if form == "count" and tool.name.endswith(("_coefficient", "_centrality", "eccentricity")):
        return True  # "how many nodes have clustering coefficient 1?" is not the coefficient of node 1
    ordered = issubclass(returns, (answers.Order, answers.Path, answers.Cycle, answers.Sequences))
    if form == "node" and ordered and _PLACE_IN.search(question):
        return True
    if speaks_otherwise(tool.name, question) or (_AS_OF.search(skeleton) and not tool.takes_time):
        return True
    if tool.name in ("unreachable_nodes", "reachable_nodes") and (
        _CANNOT_REACH.search(skeleton) or _ONE_STEP.search(question)
    ):
        return True
    names_measure = any(p.name == "measure" for p in tool.parameters)
    if names_measure and "measure" not in binding.arguments and _BY_MEASURE.search(question):
        return True  # "by popularity": a measure that the tool does not know
    if issubclass(returns, answers.Order) and _HOW_OFTEN.search(question):
        return True
    if tool.name in ("unreachable_nodes", "reachable_nodes") and _CAN_ONE.search(skeleton):
        return True
    if tool.name == "edge_weight" and not _SAYS_EDGE.search(question):
        return True  # "how long from A to B" asks for a way, which need not be the edge
    tour = issubclass(returns, answers.Cycle) or tool.name.startswith("eulerian")
    if form == "count" and tour and not _LENGTH_OF.search(question):
        return True
    if tool.name == "is_closer" and (_THAN_ANOTHER_IS.search(skeleton) or form != "yes_no"):
        return True
    compares = any(p.name == "comparison" for p in tool.parameters)
    if compares and _LESS_OR_MORE.search(question) and binding.arguments.get("comparison", "equal") == "equal":
        return True
    if _IN_TRIANGLES.search(question) and form in ("count", "list"):
        return True
    if tool.name == "shortest_path_length" and _COUNT_NODES.search(question):
        return True
    if tool.name in ("is_complete", "is_complete_graph") and _ANYONE.search(question):
        return True
    if tool.name == "nodes_by_degree_parity" and not _ABOUT_DEGREE.search(question):
        return True
    if (
        form == "yes_no"
        and issubclass(returns, answers.Number)
        and not tool.name.startswith(("count_", "num_", "number_of_"))
    ):
        return True  # a figure is no yes and no no
    if tool.name == "clique_number" and _EDGES_IN.search(question):
        return True
    figure = tool.name.endswith("_number")  # of one largest clique, not of all cliques
    if form == "count" and (figure or issubclass(returns, ONE_THING)) and _HOW_MANY_THINGS.search(question):
        return True
    most = _HAVE_MOST.search(question)
    if most and issubclass(returns, answers.NodeAnswer) and _MANY_NODES.search(question, 0, most.start()):
        return True
    if most and issubclass(returns, answers.Number) and _COUNT_NODES.search(question, 0, most.start()):
        return True
    if NEITHER.search(question) and any(p.name == "comparison" for p in tool.parameters):
        return True
    if issubclass(returns, answers.Truth) and any(
        p.kind == "nodes" and len(binding.arguments.get(p.name) or (1, 2)) == 1 for p in tool.parameters
    ):
        return "{" not in question and "[" not in question
    return bool(_TWICE.search(skeleton))


def other_measure(question: str, graph: Graph) -> bool:
    """Whether one column is asked for along the path that is best by another: "the toll of the shortest path"."""
    more = [name for name in graph.edge_attribute_names() if name not in STANDARD]
    asked = _OF_BEST.search(question) if more else None
    if asked is None:
        return False
    named = asked["column"].casefold()
    columns = {name.casefold() for name in (*more, *graph.names.values())}
    usual = next(words for best, words in _MEASURES if asked["best"].casefold() in best)
    return bool(columns & {named, named.removesuffix("s")}) and named not in usual


def own_meaning(definitions: Iterable[str], question: str) -> str:
    """The definition of the text that gives a word of the question another meaning than the tools'; "" for none."""
    asked = set(concepts(question)) - {"nod", "edge", "graph"}
    return next((d for d in definitions if _OWN_MEANING.search(d) and asked & set(concepts(d))), "")


def turned_round(question: str, form: Form) -> bool:
    """Whether the question, as it was asked, negates a property, joins two, or asks about what a node is not in."""
    if (
        _TWO_QUESTIONS.search(question)
        or _ARITHMETIC.search(question)
        or _RATIO.search(question)
        or _NESTED.search(question)
        or _OF_EDGES_ON.search(question)
        or _SIZED_COMPONENTS.search(question)
    ):
        return True
    return form != "count" and bool(_TWO_PROPERTIES.search(question) or _OTHERWISE.search(question))


def unread_edges(graph: Graph, reading: Reading) -> str:
    """A sentence for a text that announces edges which were not read; "" for a reading that can be answered from."""
    left = [text.strip() for text in reading.leftovers]
    parts = _parts(reading)
    announced = _first(left, _EDGES.search) or ("" if graph.num_edges else _first(parts, _EDGES_FOLLOW.search))
    missed = (
        ("" if graph.num_edges else _first(parts, _JUXTAPOSED.search))
        or _missed(graph, parts, reading)
        or _first(left, lambda text: _only_labels(text, graph))
        or _still_said(graph, left, reading)
    )
    if missed or (announced and not graph.num_edges) or reading.confidence < UNREADABLE:
        shown = missed or announced or "; ".join(reading.contradictions) or next(iter(left), "")
        return (
            f"I read {graph.summary()}, but I am not sure of it: {shown[:200]!r} is not clear to me. "
            "Write the edges like 'A-B, B-C' or '(1, 2), (2, 3)'."
        )
    return ""


def _still_said(graph: Graph, left: list[str], reading: Reading) -> str:
    """A part that no reader took and that says edges as the others do."""
    if not left or len(reading.text) > 100_000 or graph.remote:
        return ""
    links = [
        (str(edge.source), str(edge.target), edge.provenance.start, edge.provenance.end)
        for edge in islice(graph.edges(), 50)
        if edge.provenance is not None and edge.provenance.start is not None and edge.provenance.end is not None
    ]
    labels, said = frozenset(str(node) for node in graph), relations(reading.text, links)
    return _first(left, lambda text: says_edges(text, said, labels))


def _first(texts: Iterable[str], test: Callable[[str], object]) -> str:
    return next((text for text in texts if test(text)), "")


def _only_labels(text: str, graph: Graph) -> bool:
    """Whether a part that nobody read is a line of labels and numbers: "C B 1" after "A C 2"."""
    told = text.partition(":")[2] if re.match(r"[\w ]{2,40}:\s", text) else text
    words = told.rstrip(".").replace(",", " ").split() if len(text) < 200 else []
    if graph.remote:
        return 2 <= len(words) <= 4 and len(graph.look_up(words[:2])) == 2  # type: ignore[attr-defined]
    known = {str(node) for node in graph} if 2 <= len(words) <= 4 else set()
    if not graph.num_edges and len(words) == 2 and known.intersection(words):
        return True  # "B C" after nodes alone
    if len(words) == 3 and told.count(",") == 2 and set(words[:2]) & known and words[2].isdigit():
        return True  # "b,d,16." after "a,b,3"
    return len(set(words[:2]) & known) == 2 and all(word in known or word.isdigit() for word in words)


def _parts(reading: Reading) -> list[str]:
    """The beginnings of the spans that may declare a graph."""
    spans = (s for s in reading.spans if s.role not in ("question", "format", "definition", "example"))
    return [reading.text[span.start : min(span.end, span.start + 400)] for span in spans]


def _missed(graph: Graph, parts: list[str], reading: Reading) -> str:
    """The words that declare more nodes than were read, or a direction that the graph does not have."""
    for text in parts:
        if not graph.directed and (match := _DIRECTED.search(text) or _ONE_WAY.search(text)):
            return match[0]
        for match in _DECLARED.finditer(text):
            first, last = match["a"] or match["c"], match["b"] or match["d"]
            count = int(match["count"] or match["n"] or 0) if first is None else int(last) - int(first) + 1
            if count > graph.num_nodes and not any(
                part.startswith("the text declares") for part in reading.contradictions
            ):
                return match[0]
    return ""
