"""Checks of rankings: the scores proven, and the order read off them."""

from __future__ import annotations

import math

from graphs.graph import Graph
from tools.answers import NodeAnswer, Number, Order
from tools.certificates.adjacency import neighbour_sets
from tools.certificates.agreement import nearly, settled
from tools.certificates.base import checker, require
from tools.certificates.scores import VERIFIERS, Scores, verify_pagerank


def _equal(a: float, b: float) -> bool:
    return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12)


def _require_first(graph: Graph, answer: NodeAnswer) -> None:
    scores: Scores = answer.witness
    best = max(scores.values())
    first = next(node for node in graph if _equal(scores[node], best))
    require(answer.node == first, f"{first} scores highest")


@checker("most_central_node")
def check_most_central_node(graph: Graph, answer: NodeAnswer, measure: str = "betweenness") -> str:
    """the score of every node proven, and no other node scores higher"""
    settled(answer)
    VERIFIERS[measure](graph, answer.witness)
    _require_first(graph, answer)
    return f"no node has a higher {measure} centrality than {answer.node}"


@checker("highest_pagerank_node")
def check_highest_pagerank_node(
    graph: Graph,
    answer: NodeAnswer,
    damping: float = 0.85,
    iterations: int | None = None,
    weight: str | None = None,
) -> str:
    """the rank of every node proven, and no other node ranks higher"""
    settled(answer)
    verify_pagerank(graph, answer.witness, damping, iterations, weight)
    _require_first(graph, answer)
    return f"no node has a higher PageRank than {answer.node}"


@checker("rank_nodes")
def check_rank_nodes(graph: Graph, answer: Order, measure: str = "betweenness", k: int | None = None) -> str:
    """the score of every node proven, and each listed node compared with its follower and with those left out"""
    settled(answer)
    scores, order = answer.witness, answer.nodes
    if not graph:
        require(not order and not scores, "the graph has no nodes")
        return "the graph has no nodes"
    VERIFIERS[measure](graph, scores)
    count = graph.num_nodes if k is None else min(k, graph.num_nodes)
    require(len(order) == len(set(order)) == count, f"not {count} different nodes are listed")
    place = {node: i for i, node in enumerate(graph)}
    for u, v in zip(order, order[1:]):
        equal = _equal(scores[u], scores[v])
        require(place[u] < place[v] if equal else scores[u] > scores[v], f"{u} does not stand before {v}")
    last = order[-1]
    listed = set(order)
    for node in graph:
        if node not in listed:
            later = place[node] > place[last] if _equal(scores[node], scores[last]) else scores[node] < scores[last]
            require(later, f"{node} scores higher than {last}")
    return f"these are the {count} nodes of highest {measure} centrality, in order"


@checker("degree_centralization")
def check_degree_centralization(graph: Graph, answer: Number) -> str:
    """the neighbours of every node counted"""
    settled(answer)
    degrees = {node: len(near) for node, near in neighbour_sets(graph).items()}
    require(answer.witness == degrees, "the degrees are miscounted")
    n = graph.num_nodes
    number = (n * max(degrees.values()) - sum(degrees.values())) / ((n - 1) * (n - 2))
    require(nearly(answer.number, number), f"the centralization is {number}")
    return f"the degree centralization is {number:.6g}"
