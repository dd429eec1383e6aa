"""Questions that turn another question's answer: its opposite, whether a node is among a list, a part of a list.

"Is the graph disconnected?" is the opposite of "Is the graph connected?"; "Is Bob a cut vertex?" asks whether Bob is
among the articulation points; "Which friends of Bob have degree 1?" asks for what two lists have in common. The planner
plans the questions found here and sets what is to be done with the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import networkx as nx

from agents.plan import Compare, Keep, Pick
from agents.routing.language import NUMBER_WORDS
from agents.routing.mentions import Mentions
from graphs.graph import Graph
from graphs.text.patterns import lazy
from tools import answers


@dataclass(frozen=True)
class Turn:
    """A plainer question, and what its answer is to be turned into. returns: the kinds of answer that allow that."""

    question: str
    returns: tuple[type[answers.Answer], ...]
    negate: bool = False
    member: tuple[Any, ...] = ()
    keep: Keep | None = None
    second: str = ""  # another question whose nodes the answer must have too
    compare: Compare | None = None
    pick: Pick | None = None
    sure: bool = True  # False: the question may be read otherwise when this reading does not work out


_PROPERTY = (
    r"(?:strongly connected|weakly connected|connected|bipartite|planar|complete|regular|acyclic|cyclic|directed|"
    r"weighted|a tree|a forest|eulerian|hamiltonian|simple|chordal)"
)
_LEAD = r"(?:(?:please|so|then|and|now|check|determine|decide|verify|find out|tell me|say|let me know|if|whether)\s+)*"
_GRAPH = (
    r"(?:(?:the|this|that|it|my|our|an?|g|given|resulting|remaining|whole|entire|graph|network|still|now|also)\s+)+?"
)
_OPPOSITE = lazy(
    rf"{_LEAD}(?:(?:is|was)\s+)?{_GRAPH}(?:is\s+)?"
    rf"(?P<what>disconnected|unconnected|unweighted|undirected|not\s+(?P<property>{_PROPERTY}))"
    r"(?:\s+(?:graph|network|now|then))*\s*[?.!]*",
    re.IGNORECASE,
)
_ALL_HAVE = lazy(
    r"(?:does|do|has|have)\s+(?:every|each|all)\s?(?:the\s+)?(?:one|body|\w+)?\s+(?:have|has|got)?\s*"
    r"(?:an?|some|any|at\s+least\s+(?:one|1|an?))\s+(?:neighbou?r|friend|edge|link|connection|contact)s?\s*\?*",
    re.IGNORECASE,
)
_HAVE_COUNT = lazy(
    r"(?:does|has)\s+(?:the|this|my|our)\s+(?:graph|network)\s+(?:have|got|contain)\s+(?:exactly\s+)?"
    r"(?P<count>\d+|two|three|four|five|six|seven|eight|nine|ten)\s+"
    r"(?P<what>(?:connected\s+|isolated\s+|cut\s+|articulation\s+|simple\s+|maximal\s+)?"
    r"(?:cycles|triangles|components|bridges|leaves|edges|nodes|vertices|points|cliques|groups))\s*\?*",
    re.IGNORECASE,
)
_EDGE = (
    r"(?:the\s+)?(?:(?:edge|link|road|connection|arc|friendship|street|flight)\s+)?(?:between\s+Ⓝ\s+and\s+Ⓝ|"
    r"from\s+Ⓝ\s+to\s+Ⓝ|[(\[{]\s*Ⓝ\s*,\s*Ⓝ\s*[)\]}]|[(\[{]?\s*Ⓝ\s*(?:-+>?|–|→)\s*Ⓝ\s*[)\]}]?)"
)
_NODE = r"(?:the\s+)?(?:(?:node|vertex|person|city|town|station|user|server|point)\s+)?['\"<]?Ⓝ['\">]?"
_MEMBER = lazy(
    rf"(?:is|was)\s+(?:(?P<edge>{_EDGE})|(?P<node>{_NODE}))\s+(?:also\s+|really\s+)?"
    r"(?:one\s+of\s+the\s+|among\s+the\s+|an?\s+|in\s+the\s+|part\s+of\s+the\s+|on\s+the\s+)?"
    r"(?P<what>(?!Ⓝ)(?:[a-z-]+\s+){0,3}[a-z-]+)\s*\?*",
    re.IGNORECASE,
)
_PLURALS = (("vertex", "vertices"), ("leaf", "leaves"))
_BREAK = r"(?:disconnect|split|separate|divide|break\s+(?:up|apart)|break)s?"
_REMOVAL = lazy(
    r"(?:does|would|will|do|could|can)\s+(?:the\s+)?(?:removing|deleting|closing|losing|cutting|dropping|removal\s+of|"
    rf"deletion\s+of|loss\s+of|failure\s+of|closure\s+of)\s+(?:(?P<edge>{_EDGE})|(?P<node>{_NODE}))\s+{_BREAK}(?:\s+up)?"
    r"(?:\s+(?:the|this|our|whole|remaining|rest|of|graph|network|it))+\s*\?*",
    re.IGNORECASE,
)
_LABEL_CLAUSE = lazy(
    r",?\s+(?:(?:that|which|who|whose\s+(?:names?|labels?))\s+)?(?P<how>start|begin|end)(?:s|ing|ning)?\s+with\s+"
    r"(?:the\s+)?(?:letters?\s+|digits?\s+|prefix\s+|suffix\s+)?['\"“‘]?(?P<text>\w+)['\"”’]?\s*[?.!]*$",
    re.IGNORECASE,
)
_LISTED = lazy(
    r"(?P<ask>(?:which|what|how\s+many)|(?:list|name|find|show|give)(?:\s+me)?)\s+(?:all\s+)?(?:of\s+)?(?:the\s+)?"
    r"(?P<first>(?!nodes\b|vertices\b|people\b|edges\b|other\b|is\b|are\b)"
    r"(?:(?!does\b|do\b|did\b|where\b|such\b|which\b|that\b|who\b|whose\b)\S+\s+){1,8}?)"
    r"(?P<second>(?:(?:that|which|who)\s+)?(?:also\s+)?(?:are|is|have|has)\s+(?!there\b|in\s+the\s+(?:graph|network)\b).+?)"
    r"\s*[?.!]*",
    re.IGNORECASE,
)
_RELATIVE = lazy(r"^(?:that|which|who)\s+|\balso\s+", re.IGNORECASE)
_TWO = (
    lazy(
        r"(?P<head>how\s+many)\s+(?P<one>[\w-]+(?:\s(?!and\b)[\w-]+)?)\s+and\s+(?:how\s+many\s+)?(?P<two>[\w-]+)\s+"
        r"(?P<rest>(?:are|is|does|do|has)\b.*?)\??",
        re.IGNORECASE,
    ),
    lazy(
        r"(?P<head>what\s+(?:is|are))\s+(?P<one>the\s+(?:(?!and\b)[\w-]+\s?){1,4}?)\s+and\s+(?P<two>the\s+[\w-]+(?:\s[\w-]+){0,3}?)"
        r"(?P<rest>\s+of\s+(?:the|this)\s+\w+)?\??",
        re.IGNORECASE,
    ),
    lazy(
        rf"(?P<head>is\s+(?:it|this|the\s+(?:graph|network)|this\s+(?:graph|network)))\s+(?P<one>{_PROPERTY})\s+and\s+"
        rf"(?:is\s+it\s+)?(?:also\s+)?(?P<two>{_PROPERTY})\??(?P<rest>)",
        re.IGNORECASE,
    ),
    lazy(
        rf"(?P<head>)(?P<one>is\s+(?:it|this|the\s+(?:graph|network)|this\s+(?:graph|network))\s+{_PROPERTY})\s+and\s+"
        r"(?P<two>(?:does|is|has)\s+it\s+.+?)\??(?P<rest>)",
        re.IGNORECASE,
    ),
)


def turn_of(question: str, mentions: Mentions, graph: Graph) -> Iterator[Turn]:
    """The ways to answer `question` by turning another answer, likeliest first."""
    text = question.strip()
    opposite = _OPPOSITE.fullmatch(text)
    if opposite:
        what = opposite["what"].casefold()
        positive = (opposite["property"] or what.removeprefix("dis").removeprefix("un")).casefold()
        if positive != "weighted" or not _partly_weighted(graph):
            yield Turn(f"Is the graph {positive}?", (answers.Truth,), negate=True, pick="value")
    if _ALL_HAVE.fullmatch(text) and not _looped(graph):
        yield Turn("Which nodes are isolated?", (answers.Nodes,), compare=Compare("==", 0), pick="value")
    number = _HAVE_COUNT.fullmatch(text)
    if number:
        count = int(number["count"]) if number["count"].isdecimal() else NUMBER_WORDS[number["count"].casefold()]
        compare = Compare("==", count)
        returns = (answers.Number, answers.Nodes, answers.Edges, answers.Groups)
        yield Turn(f"How many {number['what']} are there?", returns, compare=compare, pick="value")
    yield from _membership(mentions)
    clause = _LABEL_CLAUSE.search(text)
    if clause and (_RELATIVE.match(clause[0].lstrip(" ,")) or graph.find(clause["text"]) is None):
        how: Literal["start", "end"] = "end" if clause["how"].casefold() == "end" else "start"
        yield Turn(text[: clause.start()] + "?", (answers.Nodes,), keep=Keep(how, clause["text"]))
    listed = _LISTED.fullmatch(text)
    if listed and not clause:
        counted = listed["ask"].casefold().startswith("how")
        first, second = f"Which nodes are the {listed['first']}?", _RELATIVE.sub("", listed["second"])
        pick: Pick = "count" if counted else "value"
        yield Turn(first, (answers.Nodes,), second=f"Which nodes {second}?", pick=pick, sure=False)


def _membership(mentions: Mentions) -> Iterator[Turn]:
    removal = _REMOVAL.fullmatch(mentions.skeleton.strip())
    match = removal or _MEMBER.fullmatch(mentions.skeleton.strip())
    if match is None:
        return
    named = tuple(mark.node for mark in mentions.marks if mark.node is not None)
    edge = match["edge"] is not None
    if len(named) != 1 + edge or len(mentions.marks) != len(named):
        return
    what = ("bridge" if edge else "articulation point") if removal else match["what"].casefold()
    returns: tuple[type[answers.Answer], ...] = (answers.Edges,) if edge else (answers.Nodes,)
    yield Turn(
        f"Which {'edges' if edge else 'nodes'} are {_plural(what)}?",
        returns,
        member=named,
        pick="value",
        sure=bool(removal),
    )


def _plural(what: str) -> str:
    for one, many in _PLURALS:
        if what.endswith(one):
            return what.removesuffix(one) + many
    return what if what.endswith(("s", "ed", "al")) else what + "s"


def _looped(graph: Graph) -> bool:
    if graph.remote:
        return bool(graph.sizes.loops)  # type: ignore[attr-defined]
    if graph.compact:
        from tools.large import find

        return bool(find("self_loops")(graph).value)
    return bool(nx.number_of_selfloops(graph.nx))


def _partly_weighted(graph: Graph) -> bool:
    if graph.remote:
        return False
    if graph.compact:
        from tools.large import find

        return graph.weighted and not find("is_weighted")(graph).value
    weights = [data.get("weight") is not None for *_, data in graph.nx.edges(data=True)]
    return any(weights) and not all(weights)


def two_questions(question: str) -> tuple[str, str] | None:
    """The two questions that one sentence asks: "How many nodes and edges are there?"."""
    for pattern in _TWO:
        found = pattern.fullmatch(question.strip())
        if found:
            parts = (
                " ".join(f"{found['head']} {part} {found['rest'] or ''}".split()) for part in found.group("one", "two")
            )
            one, two = (part[:1].upper() + part[1:] + "?" for part in parts)
            return one, two
    return None
