"""Answers that leave out what the graph has and the question means: directions, weights, ways of many steps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from agents.routing.binding import UNWEIGHTED
from graphs.graph import Graph
from tools.registry import get_tool

# An edge asked for without, and with, its direction.
_EITHER_WAY = re.compile(
    r"\bbetween\b|\badjacent\b|\bneighbou?rs?\b|\bfriends?\b|\bare\b.*\band\b.*\b(?:connected|linked|joined)\b", re.I
)
ONE_WAY = re.compile(r"\bfrom\b|\bto\b.*\bfrom\b|\b(?:directed|outgoing|incoming|ordered)\b|->|→", re.I)
_REACHES = re.compile(r"\breach\w*|\bget\b|\bgo\b|\btravel\b", re.IGNORECASE)
_IN_MANY_STEPS = re.compile(
    r"\bor (?:not|indirectly)\b|\bindirectly\b|\bsomehow\b|\bin (?:some|any) way\b", re.IGNORECASE
)
_A_WAY = re.compile(
    r"\b(?:gets?|getting|comes?|goes|go|travel|returns?|make it)\s+(?:back\s+)?(?:in)?to\b|"
    r"\b(?:reach\w*|way (?:back )?to|route to|path to|lose\w* (?:contact|connection|touch))\b",
    re.IGNORECASE,
)
_WAY_BACK = re.compile(
    r"\b(?:(?:gets?|getting|comes?|goes|go|make it|way)\s+(?:back\s+)?|(?:returns?|route|path|reach|reaches)\s+)"
    r"(?:in)?to\s+(?!(?:by|in|within|using|with|via|if|when|starting|next)\b)[^\s?.,]",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom\s+(?!which\b|what\b|whom\b|where\b)", re.IGNORECASE)
_ONWARD = frozenset(("reachable_nodes", "unreachable_nodes", "descendants"))
_AROUND = frozenset(("neighbors", "non_neighbors", "degree", "successors", "predecessors"))
_IN_ONE_STEP = re.compile(r"\b(?:direct|directly|nonstop|non-stop)\b", re.IGNORECASE)
# What a path through all nodes is asked with.
_EVERY_NODE = re.compile(
    r"hamilton|\bevery|\ball\b|\beach\b|\bonce\b|\btraveling|\btravelling|\bwhole\b|\bentire|\bround trip"
    r"|\btour\b|\bvisit|\brepeat|\btwice\b|\bspanning\b",
    re.IGNORECASE,
)
# A neighbour of two nodes: not "mutual friends", who may be friends with each other.
_PERSON = r"(?:friend|neighbou?r|contact|acquaintance|colleague|partner|follower)"
_IN_COMMON = re.compile(
    rf"\b{_PERSON}s? in common\b|\b(?:common|shared) {_PERSON}s?\b|"
    rf"\bshar(?:es?|ing) (?:an? |any |no |some |the same )?{_PERSON}s?\b|\ban? mutual {_PERSON}\b",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"\bbridge|\b(?:edges?|links?|roads?|friends|friendships?|ties|neighbou?rs|acquaintances|contacts)\b(?! in common)|"
    r"\b(?:connected|linked|joined|adjacent)\b",
    re.IGNORECASE,
)
_CLUSTERED = re.compile(r"clique|truss|triang|cluster|windmill|friendship")
# Words for edges at a node whichever way they point.
_EITHER_DIRECTION = re.compile(
    r"degree|\bdeg\b|neighbo|connect|\bedges?\b|\blinks?\b|\barcs?\b|\barrows?\b|\bties?\b|contact|\bhubs?\b|busiest|"
    r"central|adjacent|relation|incident|touch|attached|joined|\b(?:road|street|flight|line|route|wire|cable|pipe)s?\b",
    re.IGNORECASE,
)
_NEXT_HOP = re.compile(r"\bnext[- ]hops?\b", re.IGNORECASE)


def direction_open(tool: str, arguments: Mapping[str, Any], question: str, graph: Graph) -> bool:
    """Whether a degree counts edges of both directions and the question means one: "Who has the most references?"."""
    either = next((p.default for p in get_tool(tool).parameters if p.name == "direction"), None) == "total"
    if not graph.directed or not (either or tool == "degree") or arguments.get("direction", "total") != "total":
        return False
    return _EITHER_DIRECTION.search(question) is None


def of_another_kind(tool: str, question: str, graph: Graph) -> bool:
    """Whether the answer of `tool` leaves out something that `graph` has and the question means."""
    if _IN_COMMON.search(question) and not _speaks_of_common(tool, question):
        return True
    if "hamiltonian" in tool and not _EVERY_NODE.search(question):
        return True
    if tool == "has_edge" and _IN_MANY_STEPS.search(question):
        return True
    reaches = tool in ("ancestors", "descendants", "reachable_nodes")
    if reaches and _IN_ONE_STEP.search(question) and not _IN_MANY_STEPS.search(question):
        return True
    if tool == "has_edge" and graph.directed:
        return bool(_EITHER_WAY.search(question)) and not ONE_WAY.search(question)
    if tool in ("is_connected", "is_weakly_connected") and graph.directed and _REACHES.search(question):
        return True
    if tool == "next_hops" and graph.weighted and not UNWEIGHTED.search(_NEXT_HOP.sub("", question)):
        return True
    if tool in _ONWARD and graph.directed and _WAY_BACK.search(question) and not _FROM.search(question):
        return True  # "Which nodes have no way back to 1?" is not what lies onward of 1
    if tool == "non_neighbors" and _A_WAY.search(question):
        return True
    return tool in _AROUND and bool(_IN_MANY_STEPS.search(question))


def _speaks_of_common(tool: str, question: str) -> bool:
    """Whether a tool is about common neighbours: "Who has no friend in common with Ann?" is not who is no friend."""
    if tool == "local_bridges":  # of the edges alone, not of all pairs
        return _JOINED.search(question) is not None
    declared = get_tool(tool)
    said = (*declared.asks, declared.summary)
    return bool(_CLUSTERED.search(tool)) or any(_IN_COMMON.search(each) or "mutual" in each for each in said)
