"""Answers that leave out what the graph has and the question means: directions, weights, ways of many steps."""

from __future__ import annotations

import re

from agents.routing.binding import UNWEIGHTED
from graphs.graph import Graph

# An edge asked for without, and with, its direction.
_EITHER_WAY = re.compile(
    r"\bbetween\b|\badjacent\b|\bneighbou?rs?\b|\bfriends?\b|\bare\b.*\band\b.*\b(?:connected|linked|joined)\b", re.I
)
ONE_WAY = re.compile(r"\bfrom\b|\bto\b.*\bfrom\b|\b(?:directed|outgoing|incoming|ordered)\b|->|→", re.I)
_REACHES = re.compile(r"\breach\w*|\bget\b|\bgo\b|\btravel\b", re.IGNORECASE)
_IN_MANY_STEPS = re.compile(
    r"\bor (?:not|indirectly)\b|\bindirectly\b|\bsomehow\b|\bin (?:some|any) way\b", re.IGNORECASE
)
_IN_ONE_STEP = re.compile(r"\b(?:direct|directly|nonstop|non-stop)\b", re.IGNORECASE)
# What a path through all nodes is asked with.
_EVERY_NODE = re.compile(
    r"hamilton|\bevery|\ball\b|\beach\b|\bonce\b|\btraveling|\btravelling|\bwhole\b|\bentire|\bround trip"
    r"|\btour\b|\bvisit|\brepeat|\btwice\b|\bspanning\b",
    re.IGNORECASE,
)
_NEXT_HOP = re.compile(r"\bnext[- ]hops?\b", re.IGNORECASE)


def of_another_kind(tool: str, question: str, graph: Graph) -> bool:
    """Whether the answer of `tool` leaves out something that `graph` has and the question means."""
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
    return tool in ("neighbors", "degree", "successors", "predecessors") and bool(_IN_MANY_STEPS.search(question))
