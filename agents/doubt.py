"""What the planner says where no tool fits a question for certain."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any, TypeAlias

from agents.asking import as_question, ask_back, filled
from agents.plan import Plan
from agents.routing.language import concept
from agents.routing.mentions import find_mentions
from agents.routing.router import Candidate
from agents.routing.templates import index
from agents.wording import sentence
from graphs.graph import Graph
from tools.registry import get_tool

Update: TypeAlias = dict[str, Any]  # the fields of the state that change

_NODE_NAMED = re.compile(r"\b(?:node|vertex)\s+['\"]?([^\W\d_][\w-]*)", re.IGNORECASE)
# Where a name stands in a question whose known nodes are marked: beside another one, or with a capital.
_BESIDE = re.compile(r"Ⓝ (?:to|and|or|with) ([^\W\d_][\w-]+)\W*$|\b(?:from|between) ([^\W\d_][\w-]+) (?:to|and) Ⓝ")
_CAPITAL = re.compile(r"(?<=[^\W_] )(?<![Ii]n )([^\W\d_]\w+)")
# A single thing that a way leads to; "others", "everyone", "anywhere" are many.
_GOAL = re.compile(r"\b(?:from|between) Ⓝ (?:to|and) (?:(?:the|an?|my|our|your|her|his|their) )?([^\W\d_][\w-]*)\W*$")
_MANY_ENDS = re.compile(
    r"(?:any|every|some|each|all|else)\w*|others?|another|rest|remainder|people|(?:him|her|it|my|your|one)self|\w*[^s]s",
    re.IGNORECASE,
)
_CONNECTED = re.compile(r"\b(?:connected|linked|joined)\b", re.IGNORECASE)
_EDGE_SAID = re.compile(r"\b(?:edges?|direct\w*|adjacent|neighbou?rs?)\b", re.IGNORECASE)
# What brings a node in names one that is not there yet.
BRINGS_IN = re.compile(
    r"\b(?:add\w*|bring\w*|extra|new|fresh|additional|further|insert\w*|creat\w+|introduc\w*|arriv\w*|appear\w*|"
    r"together with|plus|join\w*|found|spawn\w*|attach\w*|include|let|with an isolated)\b",
    re.IGNORECASE,
)
MANY = 10_000  # nodes that show how a graph writes its labels
NO_GRAPH = (
    "There is no graph to answer on: write its edges with the question (for example 'Ann-Bob, Bob-Eve'), "
    "name a known graph "
    "('the petersen graph'), or give a file."
)


def withhold(found: list[Candidate]) -> Update:
    """Ask back for certain: the tools' answers are known to be others than what the question asks for."""
    return {key: value for key, value in not_certain(found).items() if key != "unsure"}


def not_certain(found: list[Candidate]) -> Update:
    """Ask which of the likelier candidates is meant; all of them are what the router had in mind."""
    readings = tuple(dict.fromkeys(as_asked(c) for c in found[:3] if c.score > 0.25))
    return {**ask_back(readings), "unsure": tuple((c.tool.name, round(c.score, 3)) for c in found)}


def as_asked(candidate: Candidate) -> str:
    """The candidate as a question, in the words of the template that it fits where these name its arguments."""
    tool, template, arguments = candidate.tool, candidate.template, candidate.binding.arguments
    if template.slots and not template.phrase:
        return filled(template.text, arguments)
    return as_question(tool, arguments) or filled(tool.asks[0] if tool.asks else tool.summary, arguments)


def uncertain(found: list[Candidate], question: str, graph: Graph | None) -> Update:
    """What to say to a question that no tool fits for certain: that a node is unknown, or what it may mean."""
    if graph is not None:
        spare = found[0].binding.spare_quantities
        number = next((int(q.number) for q in spare if q.place and q.number.is_integer()), None)
        stranger = _stranger(find_mentions(question, graph).skeleton) if number is None else number
        if (number is not None or stranger) and not BRINGS_IN.search(question):
            return {"fault": sentence(str(graph.missing(stranger)))}
    return not_certain(found)


def _stranger(skeleton: str) -> str:
    """A word that is said to be a node and means nothing else: "the degree of node zed"; known nodes are marked."""
    known = index().idf
    for match in _NODE_NAMED.finditer(skeleton):
        idea = concept(match[1])
        if idea is not None and idea not in known:
            return match[1]
    return ""


def not_there(question: str, graph: Graph) -> str:
    """The fault of a question that names what is no node, "" where none is found: "the way from Ann to Zoe".

    A name is a word that says nothing to any tool and stands beside a node, or has a capital where the nodes have.
    """
    from agents.composing.words import lemmas

    # A graph on an engine does not list its nodes here: only the place of the word tells there.
    labels = [] if graph.remote else [name for name in map(str, islice(graph, MANY)) if name[:1].isalpha()]
    if not labels and not graph.remote:
        return ""
    skeleton = find_mentions(question, graph).skeleton
    named = [word for match in _BESIDE.finditer(skeleton) for word in match.groups() if word]
    if labels and all(label[0].isupper() for label in labels):
        named += [word for word in _CAPITAL.findall(skeleton) if word[0].isupper() and not word.isupper()]
    known = index().idf
    for word in (name for name in named if not _MANY_ENDS.fullmatch(name)):
        idea = concept(word)
        if idea is not None and idea not in known and word.casefold() not in lemmas().words:
            return sentence(str(graph.missing(word)))
    return ""


def goal_dropped(question: str, plan: Plan, graph: Graph) -> str:
    """The fault of a plan that goes everywhere although the question names a goal that is no node: "to work"."""
    takes = {parameter.name for parameter in get_tool(plan.last.tool).parameters}
    if "target" in takes or not {"source", "node"} & set(plan.last.arguments):
        return ""
    goal = _GOAL.search(find_mentions(question, graph).skeleton)
    if goal is None or _MANY_ENDS.fullmatch(goal[1]):
        return ""
    return sentence(str(graph.missing(goal[1])))


def edge_meant(question: str, plan: Plan, graph: Graph) -> str:
    """A note that "connected to" was taken as an edge, where there is none; "" elsewhere."""
    if plan.last.tool != "has_edge" or plan.last.on is not None or _EDGE_SAID.search(question):
        return ""
    ends = plan.last.arguments.get("source"), plan.last.arguments.get("target")
    if not _CONNECTED.search(question) or graph.has_edge(*ends):
        return ""
    return "'connected' is taken as an edge between the two; ask 'Is there a path …?' for a way over others"
