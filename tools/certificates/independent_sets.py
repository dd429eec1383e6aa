"""Checks of independent sets: every pair looked up, and weighted cliques as the bound."""

from __future__ import annotations

from typing import Any

from graphs.graph import Graph
from tools.answers import Nodes, Number, Truth
from tools.certificates.adjacency import neighbour_sets
from tools.certificates.agreement import settled
from tools.certificates.base import Claim, checker, require
from tools.certificates.best_sets import given_nodes, largest, node_worth, verdict
from tools.certificates.incidence import distinct


@checker("maximum_independent_set")
def check_maximum_independent_set(graph: Graph, answer: Nodes, time_limit: float = 10.0) -> str | Claim:
    """no pair adjacent; a weighted clique cover, or a complete search, shows that none is larger"""
    require(set(answer.witness) == {"sets"}, "another witness is wanted")
    return largest(graph, answer, answer.nodes, False, None, "independent set")


@checker("independence_number")
def check_independence_number(graph: Graph, answer: Number, time_limit: float = 10.0) -> str | Claim:
    """an independent set of that size; a weighted clique cover, or a complete search, shows that none is larger"""
    require(set(answer.witness) == {"independent", "sets"}, "another witness is wanted")
    require(answer.number == len(answer.witness["independent"]), "the independent set has another size")
    return largest(graph, answer, answer.witness["independent"], False, None, "independent set")


@checker("maximum_weight_independent_set")
def check_maximum_weight_independent_set(
    graph: Graph, answer: Nodes, weight: str = "weight", time_limit: float = 10.0
) -> str | Claim:
    """no pair adjacent; weighted cliques, or a complete search, show that none is heavier"""
    return largest(graph, answer, answer.nodes, False, node_worth(graph, answer, weight), "independent set")


@checker("maximal_independent_set")
def check_maximal_independent_set(graph: Graph, answer: Nodes) -> str:
    """no two adjacent, and every other node adjacent to one of them"""
    settled(answer)
    require(answer.witness is None, "the answer carries a witness that nobody asked for")
    around, chosen = neighbour_sets(graph), distinct(graph, answer.nodes, "the set")
    require(not any(around[node] & chosen for node in chosen), "two of the nodes are adjacent")
    require(all(node in chosen or near & chosen for node, near in around.items()), "a node can be added")
    return "no two of the nodes are adjacent, and every other node is adjacent to one of them"


@checker("is_independent_set")
def check_is_independent_set(graph: Graph, answer: Truth, nodes: Any) -> str:
    """every edge looked up"""
    around, given = neighbour_sets(graph), given_nodes(graph, nodes)
    inside = [[u, v] for u in given for v in around[u] & given]
    shown = bool(inside) and not answer.holds and list(answer.witness["edge"]) in inside
    return verdict(answer, not inside, shown, "no two of the nodes are adjacent", "the named two are adjacent")
