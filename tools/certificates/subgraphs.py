"""Checks of copies of a graph in another: pairs compared, a no by a complete search."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from graphs.graph import Graph
from tools.answers import NodeMap, Number, Truth
from tools.certificates.agreement import settled
from tools.certificates.base import Claim, checker, require
from tools.certificates.embeddings import count_embeddings, edge_counts, require_kept
from tools.certificates.exhaustion import no_heavier_clique


def _none_found(pattern: Graph, graph: Graph, induced: bool) -> str | Claim:
    number = count_embeddings(pattern, graph, induced, 1)
    require(not number, "the pattern occurs")
    if number is None:
        return Claim("that the pattern does not occur was not checked", "none")
    return "a complete search found no copy of the pattern"


@checker("has_subgraph")
def check_has_subgraph(
    graph: Graph, answer: Truth, pattern: Graph, induced: bool = False, time_limit: float = 10.0
) -> str | Claim:
    """the pattern's edges looked up through the mapping, or a complete search"""
    settled(answer)
    if answer.holds:
        require(set(answer.witness) == {"mapping"}, "another witness is wanted")
        require_kept(pattern, graph, answer.witness["mapping"], induced)
        return "the mapping shows a copy of the pattern"
    require(answer.witness is None, "a mapping stands beside a no")
    return _none_found(pattern, graph, induced)


@checker("subgraph_matching")
def check_subgraph_matching(
    graph: Graph, answer: NodeMap, pattern: Graph, induced: bool = False, time_limit: float = 10.0
) -> str | Claim:
    """the pattern's edges looked up through the mapping, or a complete search"""
    settled(answer)
    require(answer.witness is None, "the answer carries a witness that nobody asked for")
    if answer.mapping is None:
        return _none_found(pattern, graph, induced)
    require_kept(pattern, graph, answer.mapping, induced)
    return "the mapping shows a copy of the pattern"


@checker("count_subgraphs")
def check_count_subgraphs(
    graph: Graph, answer: Number, pattern: Graph, induced: bool = False, time_limit: float = 10.0
) -> str | Claim:
    """embeddings and automorphisms counted by a second complete search with shrinking domains"""
    settled(answer)
    require(set(answer.witness) == {"embeddings", "automorphisms"}, "another witness is wanted")
    total, symmetries = answer.witness["embeddings"], answer.witness["automorphisms"]
    require(total == answer.number * symmetries, "the number is not that of embeddings by automorphisms")
    own = count_embeddings(pattern, graph, induced, None), count_embeddings(pattern, pattern, True, None)
    require(all(b is None or a == b for a, b in zip((total, symmetries), own)), f"a second search counts {own}")
    text = f"{total} embeddings, {symmetries} for each copy"
    return Claim(text, "none") if None in own else text


@checker("is_subgraph")
def check_is_subgraph(graph: Graph, answer: Truth, other: Graph) -> str:
    """every node and edge looked up"""
    settled(answer)
    here, there = edge_counts(graph), edge_counts(other)
    nodes = [node for node in other if node not in graph]
    edges = [[u, v] for (u, v), k in there.items() if here.get((u, v), 0) < k]
    if answer.holds:
        require(answer.witness is None and not nodes and not edges, "something is missing")
        return "every node and edge of the other graph is here"
    require(len(answer.witness) == 1, "one reason is wanted")
    if "node" in answer.witness:
        require(answer.witness["node"] in nodes, "that node is here")
        return f"node {answer.witness['node']} is missing"
    require(list(answer.witness["edge"]) in edges, "that edge is here")
    return "the named edge is missing"


@checker("maximum_common_subgraph")
def check_maximum_common_subgraph(graph: Graph, answer: NodeMap, other: Graph, time_limit: float = 10.0) -> str | Claim:
    """every pair of nodes compared; classes of pairs that exclude each other, or a complete search, bound the size"""
    require(answer.mapping is not None and not answer.estimated, "there is always a map")
    mapping = dict(answer.mapping or {})
    here, there = edge_counts(graph), edge_counts(other)
    require(len(set(mapping.values())) == len(mapping), "the map is not one-to-one")
    require(all(u in graph and v in other for u, v in mapping.items()), "a node is not there")

    def agree(a: Any, x: Any, b: Any, y: Any) -> bool:
        return here.get((a, b), 0) == there.get((x, y), 0) and here.get((b, a), 0) == there.get((y, x), 0)

    require(all(agree(a, x, b, y) for a, x in mapping.items() for b, y in mapping.items()), "an edge is not kept")
    pairs = [(a, x) for a in graph for x in other if agree(a, x, a, x)]
    classes = [[(a, x) for a, x in row] for row in answer.witness["classes"]]
    require({pair for row in classes for pair in row} >= set(pairs), "a pair is in no class")
    for row in classes:
        for (a, x), (b, y) in combinations(row, 2):
            require(a == b or x == y or not agree(a, x, b, y), "a class allows two of its pairs")
    size, high = len(mapping), max(len(mapping), len(classes))
    if not answer.exact:
        require(answer.bounds == (size, high), f"the bounds are {size} and {high}")
        return f"{size} nodes are mapped, and at most {high} can be"
    require(answer.bounds is None, "an exact answer carries bounds")
    if size == high:
        return f"{size} nodes are mapped, and the classes allow no more"
    product = {p: {q for q in pairs if p[0] != q[0] and p[1] != q[1] and agree(*p, *q)} for p in pairs}
    proven = no_heavier_clique(product, dict.fromkeys(product, 1), size)
    require(proven is not False, "more nodes can be mapped")
    if proven is None:
        return Claim(f"{size} nodes are mapped; that at most {high} can be was all that was checked", "none")
    return f"{size} nodes are mapped, and a complete search found no larger map"
