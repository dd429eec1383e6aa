"""Checks of guessed links and of likeness: scores from the definition, or that what is said hangs together."""

from __future__ import annotations

from typing import Any

from graphs.graph import Graph
from tools.answers import NodeValues, PairValues
from tools.certificates.adjacency import neighbour_sets
from tools.certificates.agreement import nearly, settled
from tools.certificates.base import Claim, checker, require
from tools.certificates.similarity import by_definition


@checker("predict_links")
def check_predict_links(
    graph: Graph, answer: PairValues, k: int = 5, measure: str | None = None, text: str | None = None, **_: Any
) -> Claim | str:
    """every pair without an edge scored from the definition, and the best ones compared"""
    settled(answer, estimated=True)
    around, nodes = neighbour_sets(graph), graph.nodes
    if measure is None and (text is not None or graph.prose_attributes()):
        require(len(answer.values) <= k and answer.values.keys() == answer.witness.keys(), "not each pair is explained")
        chances = list(answer.values.values())
        require(all(0 <= p <= 1 for p in chances), "a chance lies from 0 to 1")
        require(all(a >= b for a, b in zip(chances, chances[1:])), "the likeliest pair does not stand first")
        for u, v in answer.values:
            require(u != v and v not in around[u], f"{u} and {v} are linked already")
        return Claim("none of these pairs is linked; that links will form is a guess", "none")
    named = measure or "adamic_adar"
    scores = {
        (u, v): by_definition(named, around[u], around[v], around)
        for i, u in enumerate(nodes)
        for v in nodes[i + 1 :]
        if v not in around[u]
    }
    ranked = sorted((pair for pair in scores if scores[pair] > 0), key=lambda pair: -round(scores[pair], 9))[:k]
    require(len(answer.values) == len(ranked), f"{len(ranked)} pairs are to be named")
    shown = list(answer.values.items())
    for (pair, score), best in zip(shown, ranked):
        require(pair in scores and nearly(score, scores[pair], 1e-9), f"{pair} has another score")
        require(nearly(scores[pair], scores[best], 1e-8), f"{best} scores higher than {pair}")
    return f"no pair without an edge scores higher by {named} than those named; that links will form is a guess"


@checker("predict_links_from", "predict_links_to")
def check_links_of_one(graph: Graph, answer: NodeValues, node: Any, k: int = 5, **_: Any) -> Claim:
    """the nodes named are not linked with the one asked about, likeliest first"""
    settled(answer, estimated=True)
    node = graph.node(node)
    near = neighbour_sets(graph)[node]
    free = sum(w != node and w not in near for w in graph)
    require(len(answer.values) == min(k, free), f"{min(k, free)} nodes are to be named")
    require(answer.values.keys() == answer.witness.keys(), "not each node is explained")
    require(all(w != node and w not in near for w in answer.values), "one of them is linked already")
    chances = list(answer.values.values())
    require(all(0 <= p <= 1 for p in chances), "a chance lies from 0 to 1")
    require(all(a >= b for a, b in zip(chances, chances[1:])), "the likeliest does not stand first")
    return Claim(f"none of these is linked with {node}; that links will form is a guess", "none")


@checker("similar_nodes")
def check_similar_nodes(graph: Graph, answer: NodeValues, node: Any, k: int = 5, **_: Any) -> Claim:
    """other nodes with their likeness, the most alike first"""
    settled(answer, estimated=True)
    node = graph.node(node)
    require(
        node not in answer.values and len(answer.values) <= k, "other nodes are to be named, no more than asked for"
    )
    require(answer.values.keys() == answer.witness.keys(), "not each node is explained")
    alike = list(answer.values.values())
    require(all(0 <= x <= 1 + 1e-6 for x in alike), "likeness lies from 0 to 1")
    require(all(a >= b for a, b in zip(alike, alike[1:])), "the most alike does not stand first")
    require(all(0 <= about["confidence"] <= 1 for about in answer.witness.values()), "a confidence lies from 0 to 1")
    return Claim(f"these are said to be most like {node}; likeness is a matter of the features read", "none")
