"""Questions about graphs in which edges join a node to itself: who has one, and whether it counts as a neighbour."""

from __future__ import annotations

import re

import networkx as nx

from agents.composing.asked import Asked
from agents.composing.terms import Found, Inside, Leaf, Size
from agents.plan import Call, Plan
from agents.wording import one_line
from graphs.graph import Graph
from graphs.text.patterns import lazy

_NEIGHBOUR = r"(?:neighbou?r|friend|contact|partner|acquaintance|colleague)s?"
_COUNTED = lazy(
    rf"\b(?:how many|number of|most|fewest|least|more|fewer|exactly|only|than|no|any|same number of|as many|Ⓠ|Ⓝ|\d+|"
    rf"one|two|"
    rf"three|four|five|six|seven|eight|nine|ten|single|average number of)\s+(?:(?:direct|distinct|different|other|"
    rf"of|one|"
    rf"than|two|three|Ⓠ|Ⓝ|\d+)\s+)*{_NEIGHBOUR}\b",
    re.IGNORECASE,
)
_WHO_LOOPS = lazy(
    r"\W*(?P<ask>which|who|what|how many|list|name|show)\b(?:\s+(?:all|the|of|are|me))*(?:\s+(?:nodes?|vertices|"
    r"vertex|people|"
    r"persons?|cities|towns|users?|stations?))?\s+(?:(?:that|which|who)\s+)?(?:(?:has|have|having|with)\s+(?:an?\s+|"
    r"any\s+)?"
    r"(?:self[- ]?)?loops?|(?:has|have|with)\s+(?:an?\s+)?(?:edges?|links?)\s+to\s+(?:itself|themselves|himself|"
    r"herself)|"
    r"(?:is|are)\s+(?:connected|linked|joined|adjacent)\s+to\s+(?:itself|themselves|himself|herself))\s*[?.!]*",
    re.IGNORECASE,
)
_OF_DEGREES = re.compile(r"degree")


def has_loops(graph: Graph) -> bool:
    """Whether an edge joins a node to itself; not looked for in graphs of arrays, or elsewhere."""
    return not graph.compact and not graph.remote and bool(nx.number_of_selfloops(graph.nx))


def with_loops(question: str) -> Plan | None:
    """The plan of "Which nodes have a self-loop?"; None for another question."""
    said = _WHO_LOOPS.fullmatch(question)
    if said is None:
        return None
    nodes = Inside(Found(Leaf("self_loops")))
    return Plan((Call("self_loops"),), asked=Asked(Size(nodes) if said["ask"].casefold() == "how many" else nodes))


def own_neighbour(skeleton: str, graph: Graph, plan: Plan | None) -> str:
    """What is open where neighbours are counted on a graph with self-loops, as a fault; "" where nothing is.

    plan: what the question was read as. A degree counts a self-loop twice, so it is no number of neighbours.
    """
    if not _COUNTED.search(skeleton) or not has_loops(graph):
        return ""
    if plan is not None and not any(_OF_DEGREES.search(call.tool) for call in plan.calls):
        return ""
    if plan is not None and any(call.tool == "remove_self_loops" for call in plan.calls):
        return ""
    node = one_line(next(iter(nx.nodes_with_selfloops(graph.nx))))
    return (
        f"{node} has an edge to itself, and the words leave open whether it counts as its own neighbour: ask 'Ignoring "
        "self-loops, …', or for the degree ('Which nodes have degree at least 2?'), in which a self-loop counts twice."
    )
