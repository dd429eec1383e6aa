"""Words of a question: tokens, stems, synonyms and the ideas that they stand for."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from agents.routing.compounds import compounds

TOKEN = re.compile(
    r"""\d+(?:\.\d+)?(?:st|nd|rd|th)\b|\d+\.\d+|\d+|[^\W\d_]+(?:['’-](?!s\b)[^\W\d_]+)*|_+|[^\w\s]""", re.VERBOSE
)


class Token(NamedTuple):
    """A word, number or mark of the question with its place in the text."""

    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return self.text.casefold()


def tokens(text: str) -> list[Token]:
    """Words, numbers and single marks, in order."""
    return [Token(m.group(), m.start(), m.end()) for m in TOKEN.finditer(text)]


NUMBER_WORDS: dict[str, int] = {
    word: number
    for number, word in enumerate(
        """
    zero one two three four five six seven eight nine ten eleven twelve
    """.split()
    )
} | {"once": 1, "twice": 2, "thrice": 3, "second": 2, "third": 3, "single": 1, "double": 2}

NAMES_OF_NUMBERS = {number: word for word, number in reversed(NUMBER_WORDS.items())}

# Words that carry no meaning of their own in a question about a graph.
STOP = frozenset(
    """
    a an the this that these those of in on at for with by as is are was were be been being am do does did done
    has have had having can could would will shall should may might must please kindly tell ask something
    anything me us i we you your my our it its they them their there here and or so then also just really
    actually total overall given graph network g question answer what which who whom whose how many much
    when where why whether if compute calculate determine find give show list name output print return report
    state say identify provide enumerate get let know need want wish wonder wondering help thanks thank hello hi
    hey dear using use based according following above below about any some all every each one ones value result
    called named labelled labeled into onto out up from to between via s t re ll don not_ let's ok okay well now
    still simply quickly possible exist exists existing existed look figure work see check verify test decide
    contain contains contained containing include includes included mentioned appear appears present take takes
    took needed necessary required count counts number numbers amount quantity tally other others else large big
    remain remains remaining left networks such goes going gives giving put writing write down high made several
    whole entire home values represented represents represent expressed applies apply applied somewhere
    altogether completely possibly exhibit potential realised realized social got getting gets gotten
    run runs running rest ever establish suppose consider assume think believe would've it's i'd i'm what's
    who's there's that's note notes noted notice found thing things listed occur occurs occurring comprise comprises
    comprised comprising consist consists consisting possess possesses belong belongs belonging lie lies lying homework
    assignment precisely altogether simply overall drawn actual basically clearly correctly certainly currently
    definitely effectively eventually generally honestly indeed literally mainly maybe merely namely naturally normally
    obviously perhaps plainly possibly practically properly quite rather roughly somehow suddenly surely therefore
    thereby thus truly typically usually ultimately very yet already anyway see seen find finds spot notice discover
    detect observe recognise recognize come comes came coming happen happens turn turns hold holds held holding bring
    brings constitute constitutes constituting form forms formed forming exhibit exhibits display displays shown
    depicted pictured sketched described presented provided supplied specified recorded seem seems
    certain particular specific respective corresponding picture diagram drawing sketch structure structures system
    systems instance dataset data kind kinds sort_ type_ altogether whatsoever work_ question questions curious
    interested interests asked asking remaining_ ask sure afterwards finally first_ bit little lot anywhere
    """.split()
)

# Stems (see `stem`) that mean the same. The right side is what templates and questions are compared by.
SYNONYMS: dict[str, str] = {}


def _same(canonical: str, words: str) -> None:
    for word in words.split():
        SYNONYMS[stem(word)] = canonical


SUFFIXES = (
    ("ivities", ""), ("ivity", ""), ("abilities", "abl"), ("ability", "abl"), ("ibility", "abl"), ("ations", "at"),
    ("ation", "at"), ("ically", "ic"), ("ical", "ic"), ("ities", "it"), ("ments", "ment"), ("nesses", ""), ("ness", ""),
    ("ions", ""), ("ion", ""), ("ings", ""), ("ing", ""), ("edly", ""), ("ied", "i"), ("ies", "i"), ("able", "abl"),
    ("ed", ""), ("ers", "er"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"), ("ly", ""), ("es", ""),
    ("s", ""), ("e", ""), ("y", "i"),
)  # fmt: skip


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A crude stem: the same for the forms of one word, which is all that comparing needs.

    >>> stem("connected") == stem("connects") == stem("connection") == stem("connectivity")
    True
    """
    word = word.casefold().replace("’", "'")
    if word.endswith("'s"):
        word = word[:-2]
    if len(word) <= 3 or word.endswith("ss") or word in ("note", "notes", "noted"):
        return word  # a note is no "not"
    for suffix, replacement in SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            word = word[: -len(suffix)] + replacement
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]  # hopped -> hop
    return word


_same("edge", "edge edges arc arcs tie ties relationship relationships road roads "
      "street streets flight flights cable cables wire wires pipe pipes friendship friendships line lines "
      "dependency dependencies collaboration collaborations bond bonds railway railways highway highways "
      "tunnel")  # fmt: skip
_same("connect", "connect connected connects link linked links join joined joins attached attach adjacent "
      "tied touch touches touching wired know knows knew acquainted incident meet "
      "meets met hooked plugged talk talks talked talking interact interacts immediate nonstop non-stop border "
      "borders bordering")  # fmt: skip
_same("neighbor", "neighbor neighbors neighbour neighbours neighboring neighbouring friend friends friended contact "
      "contacts coauthor coauthors collaborator collaborators acquaintance acquaintances partner partners adjacent "
      "buddy buddies pal pals mate mates colleague colleagues")  # fmt: skip
_same("nod", "node nodes vertex vertices vertexes vertice point points person persons people member members user users "
      "city cities town towns airport airports station stations stop stops place places location locations "
      "intersection intersections computer computers server servers router routers machine machines host hosts device "
      "devices page pages website websites author authors researcher researchers student students employee employees "
      "character characters individual individuals player players country countries task tasks package packages "
      "module modules protein proteins account accounts actor actors entity entities guy guys folk folks somebody "
      "crossing crossings junction junctions destination destinations site sites gene genes atom atoms customer "
      "customers house houses warehouse warehouses someone anybody anyone everybody everyone "
      "village villages paper papers article articles document documents item items peer peers company companies "
      "school schools depot depots sensor sensors port ports")  # fmt: skip
_same("short", "shortest shorter short quickest quick fastest fast cheapest cheap minimal-length least-cost "
      "lowest-cost briefest nearest-route")  # fmt: skip
_same("long", "longest longer long")
_same(
    "path",
    "path paths route routes drive drives fly flying ride rides way ways trail trails itinerary "
    "itineraries journey journeys",
)
_same("distanc", "distance distances far distant")
_same("non-neighbor", "non-neighbor non-neighbors non-neighbour non-neighbours nonneighbors nonneighbours")
_same("farthest", "farthest furthest remotest")
_same("fract", "fraction proportion percentage ratio")
_same("predecessor", "predecessor predecessors in-neighbor in-neighbors in-neighbour in-neighbours")
_same("successor", "successor successors out-neighbor out-neighbors out-neighbour out-neighbours")
_same("length", "length lengths")
_same("siz", "size cardinality")
_same("degre", "degree degrees valency valence valencies")
_same("predict", "forecast")
_same("hop", "hop hops step steps jump jumps")
_same("max", "maximum max largest biggest greatest highest most top")
_same("min", "minimum minimal min smallest least lowest fewest")
_same(
    "weight",
    "weight weights weighted cost costs price prices weigh weighs expensive costly heavy fare fares toll fee fees",
)
_same("capaciti", "capacity capacities bandwidth bandwidths throughput")
_same("cycl", "cycle cycles cyclic circle circles loop loops circuit circuits ring rings")
_same("reach", "reach reachable reached reaches reachability accessible access get-to go travel travelled travels walk "
      "arrive")  # fmt: skip
_same("remov", "remove removed removing removal delete deleted deleting deletion drop dropped erase erased cut-out")
_same("subgraph", "subgraph subgraphs sub-graph sub-graphs")
_same("cluster", "cluster clusters clustered")
_same("communiti", "community communities group groups")
_same("color", "color colors colour colours coloured colored coloring colouring colorings colourings")
_same("center", "center centers centre centres")
_same("triangl", "triangle triangles triad triads trio trios")
_same("predict", "predict predicts predicted prediction guess classify classified classification")
_same("shar", "share shared shares common mutual")
_same("averag", "average averages mean expected")
_same("visit", "visit visits visited visiting")
_same("begin", "begin start starts starting started beginning begins")
_same("apart", "apart separated separation")
_same("isolat", "isolated isolate")
_same("diamet", "diameter diameters")
_same("tree", "tree trees")
_same("span", "spanning span spans")
_same("not", "nobody none nothing not no cannot can't isn't aren't doesn't don't didn't wasn't never neither non")
_same("without", "without avoiding avoid avoids except excluding exclude skipping skip bypassing")
_same("sort", "sort sorted sorting ordering order arranged arrange sequence")
_same("tim", "time times timestamp timestamps moment moments instant instants")

_same("exactlyonc", "once exactlyonce")
_same("split", "split splits splitting divide divides divided dividing partition partitions partitioned")
_same("sam", "same equal equally identical")
_same("cut", "cut cuts cutting sever severed snip")
_same("applicant", "applicant applicants worker workers candidate candidates")
_same("job", "job jobs vacancy vacancies")
_same("search", "search searches traversal traversals")
_same("influenti", "influential influence influences influencer")
_same("lik", "likely probable probably")
_same("bipartit", "bipartite bipartiteness")
_same("planar", "planar planarity")
_same("chordal", "chordal chordality")
_same("regular", "regular regularity")
_same("send", "send sends sent sending ship ships shipped transport transports transported carry carried deliver "
      "delivers delivered push pushed pump pumped haul hauled transfer transferred transmit "
      "transmits transmitted")  # fmt: skip
_same("optimal", "optimal optimum")

COMPARISONS = {"<": "lessthan", ">": "morethan", "≤": "atmost", "≥": "atleast"}
_SOME_NODE = re.compile(
    r"\b(?:is|are) there (?:an?|any|some|one|two|a single) (?:single )?(?:node|vertex|vertices|person|"
    r"people|city|user|station|nodes|cities)\b|"
    r"\b(?:does|do|has|have) (?:any|some|at least one) (?:node|vertex|person|city|user|station)\b",
    re.IGNORECASE,
)
_OR = re.compile(r"[ⓃⓊ][^.?!,]{0,25}\bor\b[^.?!,]{0,25}[ⓃⓊ]")
_BRACED = re.compile(r"<\s*([ⓃⓆⓊ])\s*>")  # "node <3>": no comparison
MARKS = "ⓃⓆⓊ"  # stand for a node, a number and an unknown node in a question's skeleton

# A question that holds one of these must not be answered by a tool whose wording lacks it.
CRITICAL = frozenset(
    stem(word) if word not in ("not", "without") else word
    for word in """
    not without long atleast atmost morethan lessthan only except second third weight negative orientated
    unorientated directly but allof eachother short max min astar allpairs
    fromwhich dependenton dependencyof
    closed induced complement reverse strongly weakly average average before after until during remov add
    both either neither odd even random different distinct disjoint than together sum difference product ratio percent
    incoming outgoing samecount minimax maximin eitheror half exactly free same maximal minimal somenode disconnected
    """.split()
)


# Which of two depends on the other, where the question or template has a mark for one of them.
_NODE_BEFORE_MARK = r"(?:(?:the )?(?:node|task|job|course|package|step|module) )?"
_DEPENDENT = re.compile(
    rf"\b(?:(?:depends?|rel(?:y|ies)) (?:up)?on|needs?|requires?) (?={_NODE_BEFORE_MARK}Ⓝ)", re.IGNORECASE
)
_DEPENDENCY = re.compile(
    rf"\bdoes {_NODE_BEFORE_MARK}Ⓝ (?:depend (?:up)?on|rely on|need|require)\b|"
    r"Ⓝ (?:depends (?:up)?on|relies on|needs|requires)\b|"
    rf"\b(?:needed|required|necessary)\b[^Ⓝ.?!]{{0,40}}\b(?:for|by) {_NODE_BEFORE_MARK}Ⓝ",
    re.IGNORECASE,
)


@lru_cache(maxsize=50_000)
def concept(word: str) -> str | None:
    """The canonical stem of a word, or None for a word without meaning of its own."""
    low = word.casefold()
    root = stem(low)
    canonical = SYNONYMS.get(root)
    if canonical is not None:
        return canonical
    if low in STOP:
        return None
    return root


def concepts(text: str) -> list[str]:
    """Canonical stems of the meaningful words of a text, in order, numbers and marks left out.

    A word for "node" counts only where it stands for nodes in general: not before a node's mark ("node Ⓝ").
    """
    return list(_concepts(text))


@lru_cache(maxsize=1024)
def _concepts(text: str) -> tuple[str, ...]:
    found: list[str] = []
    text = _DEPENDENT.sub("dependenton ", _DEPENDENCY.sub("Ⓝ dependencyof", _BRACED.sub(r"\1", text)))
    for token in tokens(compounds(text)):
        if token.text[0].isalpha():
            idea = concept(token.text)
            if idea:
                found.append(idea)
        elif token.text in MARKS and found and found[-1] == "nod":
            found.pop()
        elif token.text in COMPARISONS:
            found.append(COMPARISONS[token.text])
    if _SOME_NODE.search(text):
        found.append("somenode")  # "is there a node that …": about one node, not about the graph
    if _OR.search(text):
        found.append("eitheror")  # "of Ann or of Dora": no tool takes one or the other
    if "siz" in found and ("max" in found or "min" in found):
        found.remove("siz")  # the size of a largest set is how many it has
    return tuple(found)
