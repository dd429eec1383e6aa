"""Stable matchings between two sides that rank each other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from graphs.errors import BadArgument, MissingAttribute, WrongKind
from graphs.graph import Graph, Node
from tools.answers import Matching, Truth
from tools.matching_sides import resolved_pairs, two_sides
from tools.registry import Attribute, NodesArg, PairsArg, tool


@tool(
    phrases=("stable marriage", "stable matching", "gale shapley", "preference lists", "deferred acceptance"),
    asks=(
        "Find a stable marriage for these preferences.",
        "Run Gale-Shapley with proposers {left}.",
        "What is a stable matching of the two sides?",
        "Solve the stable matching problem from the preference lists.",
    ),
)
def stable_marriage(graph: Graph, preference: Attribute = "preference", left: NodesArg | None = None) -> Matching:
    """Pair two sides so that no two prefer each other to what they have; the left side proposes.

    Each node lists whom it accepts in `preference`, best first (a list, or text parted by commas, semicolons or >).
    Nobody is matched outside the lists. Gale and Shapley (1962), O(n²); of all stable matchings it is the best for
    every left node. The edges of the graph are not looked at.

    Raises:
        MissingAttribute: no node has a preference.
        NodeNotFound: a list names an unknown node.
        BadArgument: a list names a node of its own side, or is no list.
    """
    sides, ranks = _preferences(graph, preference, left)
    rejected = dict.fromkeys(sides[0], 0)
    lists = {u: sorted(ranks[u], key=ranks[u].__getitem__) for u in sides[0]}
    holder: dict[Node, Node] = {}
    waiting = list(reversed(sides[0]))
    while waiting:
        u = waiting.pop()
        while rejected[u] < len(lists[u]):
            v = lists[u][rejected[u]]
            rejected[u] += 1
            rank = ranks[v]
            if u in rank and (v not in holder or rank[u] < rank[holder[v]]):
                if v in holder:
                    waiting.append(holder[v])
                holder[v] = u
                break
    mate = {u: v for v, u in holder.items()}
    return Matching([(u, mate[u]) for u in sides[0] if u in mate])


@tool(
    phrases=("is a stable matching", "blocking pair", "matching is stable", "would anyone swap partners"),
    asks=(
        "Is the matching {edges} stable?",
        "Does {edges} have a blocking pair under the preference lists?",
        "Check whether the marriages {edges} are stable.",
        "Would anyone swap partners in {edges}?",
    ),
)
def is_stable_matching(graph: Graph, edges: PairsArg, preference: Attribute = "preference") -> Truth:
    """Decide whether no two nodes prefer each other to their partners in `edges`.

    witness when not: the `blocking` pair, the `pair` in which one does not accept the other, or the shared `node`.
    O(n²).

    Raises:
        NodeNotFound: an end is not in the graph.
        MissingAttribute, BadArgument: as for `stable_marriage`.
    """
    pairs = resolved_pairs(graph, edges)
    ranks = _preferences(graph, preference, None)[1]
    mate: dict[Node, Node] = {}
    for u, v in pairs:
        for node in (u, v):
            if node in mate:
                return Truth(False, witness={"node": node})
        if v not in ranks[u] or u not in ranks[v]:
            return Truth(False, witness={"pair": [u, v]})
        mate[u], mate[v] = v, u
    for u in graph:
        for v in ranks[u]:
            if u in ranks[v] and all(a not in mate or ranks[a][b] < ranks[a][mate[a]] for a, b in ((u, v), (v, u))):
                return Truth(False, witness={"blocking": [u, v]})
    return Truth(True)


def _preferences(
    graph: Graph, preference: str, left: Iterable[Any] | None
) -> tuple[tuple[list[Node], list[Node]], dict[Node, dict[Node, int]]]:
    if preference not in graph.node_attribute_names():
        raise MissingAttribute(preference, "a stable matching", of="nodes")
    ranks: dict[Node, dict[Node, int]] = {}
    for node, data in graph.nx.nodes(data=True):
        listed = data.get(preference) or []
        names = re.split(r"[,;>]", listed) if isinstance(listed, str) else listed
        if not isinstance(names, (list, tuple)):
            raise BadArgument(f"the preference of {node} must be a list of nodes, best first")
        ranks[node] = {}
        for name in names:
            ranks[node].setdefault(graph.node(name), len(ranks[node]))
    if left is None and graph.sides is not None:
        left = graph.sides[0]
    acceptance = Graph.from_edges(((u, v) for u in ranks for v in ranks[u]), graph.nodes)
    try:
        return two_sides(acceptance, left), ranks
    except WrongKind as error:
        raise BadArgument("a preference list names a node of its own side; name the left side") from error
