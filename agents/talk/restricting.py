"""A question about all nodes, or all edges, asked of some of them: "Which of them has the highest betweenness?".

The tools answer for the whole graph. What a tool says of each node by itself (whether it is a cut vertex, its
closeness) holds of a node among others as well; what it says of a set as a whole (a largest clique) does not, and is
not taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from agents.plan import Call, Plan
from agents.routing.language import concepts
from agents.routing.mentions import Mentions
from graphs.text.patterns import lazy
from tools import answers
from tools.registry import get_tool

# Tools whose list holds the nodes of which something is true, each by itself.
OF_EACH = frozenset(
    """
    isolated_nodes leaves articulation_points source_nodes sink_nodes center periphery nodes_with_degree neighbors
    successors predecessors descendants ancestors reachable_nodes component_of common_neighbors nodes_at_distance
    nodes_within_distance nodes_by_degree_parity unreachable_nodes
    """.split()
)
# Of edges: what is asked of these alone, as if there were no others.
OF_EDGES = frozenset(
    """
    heaviest_edge lightest_edge nth_heaviest_edge nth_lightest_edge total_weight average_edge_weight
    """.split()
)
_HEAD = lazy(
    r"^\W*(?:and |so |now |then )*(?P<ask>which|who|how many|what)\s+(?:(?:nodes?|of|all)\s+)*Ⓢ\s+(?P<rest>\S.*)",
    re.IGNORECASE,
)
_TABLE = lazy(
    r"^\W*(?:and\s+)?(?:what\s+(?:is|are)|list|give(?:\s+me)?|show)\s+Ⓢ's\s+(?P<what>[^?Ⓢ]+?)\s*[?.!]*$", re.IGNORECASE
)
_BEST_EDGE = lazy(
    r"^(?:is|are)\s+(?:the\s+)?(?:(?P<long>longest|heaviest|costliest|most\s+expensive|farthest)|shortest|lightest|"
    r"cheapest|least\s+expensive)(?:\s+(?:one|edge|road|link))?\s*[?.!]*$",
    re.IGNORECASE,
)
_OF_ALL = lazy(
    r"^\W*(?:and\s+)?(?:what\s+is|how\s+(?:much|large)\s+is)\s+(?:Ⓢ's\s+(?:total|combined|(?P<mean>average|mean))\s+"
    r"(?:length|weight|cost)|the\s+(?:total|combined)\s+(?:length|weight|cost)\s+of\s+(?:all\s+(?:of\s+)?)?Ⓢ)\s*[?.!]*$|"
    r"^\W*how\s+(?:long|heavy|expensive)\s+are\s+Ⓢ\s+(?:together|in\s+total|in\s+all|altogether)\s*[?.!]*$",
    re.IGNORECASE,
)
_MOST = lazy(
    r"^(?:has|have|is|are)\s+(?:the\s+)?(?P<how>highest|largest|greatest|biggest|most|maximum|lowest|smallest|least|"
    r"minimum)\s+(?P<what>[^?]+?)\s*[?.!]*$",
    re.IGNORECASE,
)
_HIGH = frozenset(("highest", "largest", "greatest", "biggest", "most", "maximum"))


def restricted(
    filled: Mentions, things: tuple[Any, ...], kind: str, ask: Callable[[str], dict[str, Any]]
) -> Plan | None:
    """The plan of "which of them …"; None where it is not that, or no tool says it of each thing by itself."""
    skeleton = filled.skeleton
    head = _HEAD.match(skeleton)
    if kind == "edges" and (figure := _figure(skeleton)):
        return _alone(Call(figure), things)
    table = _TABLE.match(skeleton) if kind == "nodes" else None
    if table is not None:
        return _figures(f"What are the {table['what']} of all nodes?", things, ask)
    if head is None or skeleton.count("Ⓢ") != 1:
        return None
    rest = _with_names(filled, head.start("rest"))
    if kind == "edges":
        return _of_edges(rest, things, ask) if head["ask"].casefold() == "which" else None
    return _extreme(rest, things, ask) or _of_each(head["ask"], rest, things, ask)


def _with_names(filled: Mentions, start: int) -> str:
    """The question's own words from a place of its skeleton on."""
    marks = [mark for mark, _ in zip(filled.marks, re.finditer("[ⓃⓆⓊⓈ]", filled.skeleton))]
    parts, place = [], len(re.findall("[ⓃⓆⓊⓈ]", filled.skeleton[:start]))
    for letter in filled.skeleton[start:]:
        if letter in "ⓃⓆⓊⓈ":
            parts.append(marks[place].text)
            place += 1
        else:
            parts.append(letter)
    return "".join(parts)


def _extreme(rest: str, things: tuple[Any, ...], ask: Callable[[str], dict[str, Any]]) -> Plan | None:
    from agents.composing.asked import Asked
    from agents.composing.terms import Extreme, Named

    most = _MOST.match(rest)
    if most is None:
        return None
    table = _figures(f"What is the {most['what']} of every node?", things, ask)
    if table is None or table.asked is None:
        return None
    term = Extreme(Named(things), table.asked.term.figures, most["how"].casefold() in _HIGH)  # type: ignore[union-attr]
    return replace(table, asked=Asked(term))


def _figures(question: str, things: tuple[Any, ...], ask: Callable[[str], dict[str, Any]]) -> Plan | None:
    """The figure of each of some nodes, where a question gets it of all."""
    from agents.composing.asked import Asked
    from agents.composing.terms import Leaf, Named, Table

    plan: Plan | None = ask(question).get("plan")
    if plan is None or len(plan.calls) != 1 or plan.asked is not None or plan.pick != "value" or plan.compare:
        return None
    if not issubclass(get_tool(plan.last.tool).returns, answers.NodeValues):
        return None
    leaf = Leaf(plan.last.tool, tuple(plan.last.arguments.items()))
    term = Table(Named(things), leaf)
    return Plan((Call(leaf.tool, dict(leaf.arguments)),), asked=Asked(term), assumptions=plan.assumptions)


def _of_each(how: str, rest: str, things: tuple[Any, ...], ask: Callable[[str], dict[str, Any]]) -> Plan | None:
    from agents.composing.asked import Asked
    from agents.composing.terms import Found, Joined, Leaf, Named, Set, Size

    if not set(concepts(rest)) - {"not"}:
        return None  # "which of them are not?"
    plan: Plan | None = ask(f"Which nodes {rest}").get("plan")
    if plan is None or len(plan.calls) != 1 or plan.asked is not None or plan.last.tool not in OF_EACH:
        return None
    if plan != Plan(plan.calls, certainty=plan.certainty, assumptions=plan.assumptions, alternatives=plan.alternatives):
        return None
    leaf = Leaf(plan.last.tool, tuple(plan.last.arguments.items()))
    term: Set = Joined("and", Named(things), Found(leaf))
    asked = Asked(Size(term) if how.casefold() == "how many" else term)
    return Plan((Call(leaf.tool, dict(leaf.arguments)),), asked=asked, assumptions=plan.assumptions)


def _of_edges(rest: str, things: tuple[Any, ...], ask: Callable[[str], dict[str, Any]]) -> Plan | None:
    best = _BEST_EDGE.match(rest)
    if best is not None:
        return _alone(Call("heaviest_edge" if best["long"] else "lightest_edge"), things)
    plan: Plan | None = ask(f"Which edge {rest}").get("plan")
    if plan is None or len(plan.calls) != 1 or plan.last.tool not in OF_EDGES:
        return None
    return replace(_alone(plan.last, things), pick=plan.pick, assumptions=plan.assumptions)


def _figure(skeleton: str) -> str:
    """The tool of a figure of all the edges: "What is their total length?"."""
    asked = _OF_ALL.match(skeleton)
    return "" if asked is None else "average_edge_weight" if asked["mean"] else "total_weight"


def _alone(call: Call, things: tuple[Any, ...]) -> Plan:
    """A call on the graph of these edges alone."""
    alone = Call("edge_subgraph", {"edges": [tuple(thing) for thing in things]})
    return Plan((alone, replace(call, on=0)))
