"""Checks of stable matchings: every pair that might prefer each other is looked at."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from graphs.graph import Graph
from tools.answers import Matching, Truth
from tools.certificates.agreement import settled
from tools.certificates.base import checker, require
from tools.certificates.matching_sides import first_colours, named_edges, plain_matching, require_from_left


def _ranks(graph: Graph, preference: str) -> dict[Any, dict[Any, int]]:
    ranks: dict[Any, dict[Any, int]] = {}
    for node, data in graph.nx.nodes(data=True):
        listed = data.get(preference) or []
        names = re.split("[,;>]", listed) if isinstance(listed, str) else listed
        ranks[node] = {}
        for name in map(graph.node, names):
            ranks[node].setdefault(name, len(ranks[node]))
    return ranks


def _blocks(ranks: Mapping[Any, Mapping[Any, int]], mate: Mapping[Any, Any], u: Any, v: Any) -> bool:
    """Whether u and v accept each other and each is alone or prefers the other to the partner."""
    return all(b in ranks[a] and (a not in mate or ranks[a][b] < ranks[a][mate[a]]) for a, b in ((u, v), (v, u)))


@checker("stable_marriage")
def check_stable_marriage(graph: Graph, answer: Matching, preference: str = "preference", left: Any = None) -> str:
    """every pair of nodes tried: none prefers each other to what they have"""
    plain_matching(answer)
    require(answer.cover is None and answer.witness is None, "the answer carries a witness that nobody asked for")
    ranks = _ranks(graph, preference)
    mate: dict[Any, Any] = {}
    for u, v in answer.pairs:
        require(u not in mate and v not in mate and u != v, "a node is matched twice")
        require(v in ranks[u] and u in ranks[v], f"{u} and {v} do not accept each other")
        mate[u], mate[v] = v, u
    accept = {node: set(ranks[node]) | {v for v in ranks if node in ranks[v]} for node in ranks}
    declared = left if left is not None else None if graph.sides is None else graph.sides[0]
    require_from_left(first_colours(accept) if declared is None else {graph.node(u) for u in declared}, answer.pairs)
    for u in ranks:
        require(not any(_blocks(ranks, mate, u, v) for v in ranks[u]), f"{u} and another prefer each other")
    return "no two nodes prefer each other to the partners that they have"


@checker("is_stable_matching")
def check_is_stable_matching(graph: Graph, answer: Truth, edges: Any, preference: str = "preference") -> str:
    """every pair of nodes tried"""
    settled(answer)
    ranks, pairs = _ranks(graph, preference), named_edges(graph, edges)
    ends = [node for pair in pairs for node in pair]
    shared = {node for node in ends if ends.count(node) > 1}
    refused = [[u, v] for u, v in pairs if v not in ranks[u] or u not in ranks[v]]
    mate = {u: v for u, v in pairs} | {v: u for u, v in pairs}
    if answer.holds:
        require(answer.witness is None and not shared and not refused, "the pairs are no matching")
        for u in ranks:
            require(not any(_blocks(ranks, mate, u, v) for v in ranks[u]), f"{u} and another prefer each other")
        return "no two nodes prefer each other to the partners that they have"
    require(len(answer.witness) == 1, "one reason is wanted")
    if "node" in answer.witness:
        require(answer.witness["node"] in shared, "that node is in one pair at most")
        return f"node {answer.witness['node']} has several partners"
    if "pair" in answer.witness:
        require(list(answer.witness["pair"]) in refused, "these two accept each other")
        return "the named pair does not accept each other"
    u, v = answer.witness["blocking"]
    require(not shared and not refused and _blocks(ranks, mate, u, v), "these two do not block")
    return f"{u} and {v} prefer each other to the partners that they have"
