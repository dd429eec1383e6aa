"""Checks of cliques: every pair looked up, weighted independent sets as the bound, and a second enumeration."""

from __future__ import annotations

import math
from typing import Any

from graphs.graph import Graph
from tools.answers import Groups, Nodes, Number, Truth
from tools.certificates.adjacency import neighbour_sets
from tools.certificates.agreement import close, settled
from tools.certificates.base import Claim, checker, require
from tools.certificates.best_sets import Around, all_adjacent, given_nodes, largest, node_worth, verdict
from tools.certificates.incidence import distinct

MOST_COUNTED = 20_000  # cliques that the checker counts itself


@checker("maximum_clique")
def check_maximum_clique(graph: Graph, answer: Nodes, time_limit: float = 10.0) -> str | Claim:
    """every pair adjacent; a colouring with as many colours, or a complete search, shows that none is larger"""
    require(set(answer.witness) == {"sets"}, "another witness is wanted")
    return largest(graph, answer, answer.nodes, True, None, "clique")


@checker("clique_number")
def check_clique_number(graph: Graph, answer: Number, time_limit: float = 10.0) -> str | Claim:
    """a clique of that size; a colouring with as many colours, or a complete search, shows that none is larger"""
    require(set(answer.witness) == {"clique", "sets"}, "another witness is wanted")
    require(answer.number == len(answer.witness["clique"]), "the clique has another size")
    return largest(graph, answer, answer.witness["clique"], True, None, "clique")


@checker("maximum_weight_clique")
def check_maximum_weight_clique(
    graph: Graph, answer: Nodes, weight: str = "weight", time_limit: float = 10.0
) -> str | Claim:
    """every pair adjacent; weighted independent sets, or a complete search, show that none is heavier"""
    return largest(graph, answer, answer.nodes, True, node_worth(graph, answer, weight), "clique")


def _counted(around: Around, start: set[Any]) -> int | None:
    """How many maximal cliques contain `start`: each is met once by its earliest members; None above the limit.

    Cliques are grown in node order; one is maximal when no node is adjacent to all of it.
    """
    order = {node: i for i, node in enumerate(around)}
    found = steps = 0
    base = set.intersection(*(around[v] for v in start)) if start else set(around)
    stack = [(base, -1, base)]
    while stack:
        common, last, candidates = stack.pop()
        steps += 1
        if steps > MOST_COUNTED:
            return None
        found += not common and bool(around)
        for v in candidates:
            if order[v] > last:
                stack.append((common & around[v], order[v], {u for u in common & around[v] if order[u] > order[v]}))
    return found


def _all_listed(graph: Graph, answer: Groups, limit: int, start: set[Any]) -> str | Claim:
    around = neighbour_sets(graph)
    require(answer.score is None and answer.witness is None and not answer.estimated, "figures nobody asked for")
    seen = set()
    for group in answer.groups:
        members = distinct(graph, group, "a clique")
        all_adjacent(around, members)
        require(members and start <= members, "a clique misses the node")
        require(not set.intersection(*(around[v] for v in members)), "a clique can be extended")
        seen.add(frozenset(members))
    require(len(seen) == len(answer.groups) <= limit, "a clique stands twice, or there are too many")
    count = _counted(around, start)
    if not answer.exact:
        require(len(seen) == limit and answer.bounds == (limit + 1, math.inf), "the bounds are not those of the limit")
        require(count is None or count > limit, "there are no more cliques than the limit")
        text = f"{limit} maximal cliques are listed, and there are more"
        return text if count is not None else Claim(text, "none")
    require(answer.bounds is None, "an exact answer carries bounds")
    require(count is None or count == len(seen), f"there are {count} maximal cliques")
    text = f"the {len(seen)} listed sets are maximal cliques"
    return f"{text}, and there are no others" if count is not None else Claim(text, "none")


@checker("maximal_cliques")
def check_maximal_cliques(graph: Graph, answer: Groups, limit: int = 1000) -> str | Claim:
    """every listed clique tried for pairs and extensions; the number counted by growing cliques in node order"""
    return _all_listed(graph, answer, limit, set())


@checker("cliques_containing")
def check_cliques_containing(graph: Graph, answer: Groups, node: Any, limit: int = 1000) -> str | Claim:
    """every listed clique tried for pairs and extensions; the number counted by growing cliques in node order"""
    return _all_listed(graph, answer, limit, {graph.node(node)})


@checker("heaviest_triangle")
def check_heaviest_triangle(graph: Graph, answer: Number, weight: str = "weight") -> str:
    """the triangle's edges and weights looked up, and every other triangle tried"""
    settled(answer)
    worth = {node: data[weight] for node, data in graph.nx.nodes(data=True)}
    around = neighbour_sets(graph)
    three = distinct(graph, answer.witness, "the triangle")
    require(len(three) == 3, "that is no triangle")
    all_adjacent(around, three)
    require(close(sum(worth[node] for node in three), answer.number), "the weights add up to another number")
    heaviest = max(
        worth[e.source] + worth[e.target] + worth[w]
        for e in graph.edges()
        if e.source != e.target
        for w in around[e.source] & around[e.target]
    )
    require(close(heaviest, answer.number), f"another triangle weighs {heaviest}")
    return f"the triangle weighs {answer.number}, and none weighs more"


@checker("is_clique")
def check_is_clique(graph: Graph, answer: Truth, nodes: Any) -> str:
    """every pair looked up"""
    around, given = neighbour_sets(graph), given_nodes(graph, nodes)
    gaps = [[u, v] for u in given for v in given if u != v and v not in around[u]]
    shown = bool(gaps) and not answer.holds and list(answer.witness["missing"]) in gaps
    return verdict(answer, not gaps, shown, "every two of the nodes are adjacent", "the named two are not adjacent")
