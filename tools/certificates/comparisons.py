"""Checks of ranks and comparisons: every degree, weight and distance found again."""

from __future__ import annotations

from typing import Any

from graphs.graph import Graph
from tools.answers import Edges, NodeAnswer, Nodes, Truth
from tools.certificates.agreement import close, settled
from tools.certificates.base import checker, require
from tools.certificates.degrees import BOUNDS, SIGNS, count_degrees, nodes_are
from tools.certificates.evidence import arcs_of, relaxed


def _rank(values: list[Any], value: Any, *, highest: bool) -> int:
    """1 more than the number of different values beyond `value`."""
    beyond = {other for other in values if (other > value if highest else other < value)}
    return len(beyond) + 1


def _nth_node(graph: Graph, answer: NodeAnswer, rank: int, direction: str, *, highest: bool) -> str:
    settled(answer)
    table = count_degrees(graph, direction)
    require(answer.node in table, "the answer is no node of the graph")
    degree = table[answer.node]
    require(_rank(list(table.values()), degree, highest=highest) == rank, f"degree {degree} is not number {rank}")
    tied = [node for node, value in table.items() if value == degree]
    require(answer.witness == {"degree": degree, "tied": tied}, f"degree {degree} belongs to {tied}")
    require(answer.node == tied[0], "the node named is not the first of those tied")
    word = "higher" if highest else "lower"
    return f"node {answer.node} has degree {degree}, and {rank - 1} different degrees are {word}"


@checker("nth_highest_degree_node")
def check_nth_highest_degree_node(graph: Graph, answer: NodeAnswer, rank: int = 2, direction: str = "total") -> str:
    """all degrees counted and compared"""
    return _nth_node(graph, answer, rank, direction, highest=True)


@checker("nth_lowest_degree_node")
def check_nth_lowest_degree_node(graph: Graph, answer: NodeAnswer, rank: int = 2, direction: str = "total") -> str:
    """all degrees counted and compared"""
    return _nth_node(graph, answer, rank, direction, highest=False)


def _nth_edge(graph: Graph, answer: Edges, rank: int, weight: str, *, highest: bool) -> str:
    settled(answer)
    require(answer.witness is None and len(answer.edges) == 1, "not one edge")
    weights = [e.attributes[weight] for e in graph.edges()]
    own = [e.attributes[weight] for e in graph.edges() if (e.source, e.target) == answer.edges[0]]
    require(any(_rank(weights, w, highest=highest) == rank and close(answer.total, w) for w in own), "another weight")
    word = "heavier" if highest else "lighter"
    return f"the edge weighs {answer.total}, and edges of {rank - 1} different weights are {word}"


@checker("nth_heaviest_edge")
def check_nth_heaviest_edge(graph: Graph, answer: Edges, rank: int = 2, weight: str = "weight") -> str:
    """all weights compared"""
    return _nth_edge(graph, answer, rank, weight, highest=True)


@checker("nth_lightest_edge")
def check_nth_lightest_edge(graph: Graph, answer: Edges, rank: int = 2, weight: str = "weight") -> str:
    """all weights compared"""
    return _nth_edge(graph, answer, rank, weight, highest=False)


def _two_degrees(graph: Graph, answer: Truth | NodeAnswer, u: Any, v: Any, direction: str) -> tuple[int, int]:
    settled(answer)
    table = count_degrees(graph, direction)
    first, second = table[graph.node(u)], table[graph.node(v)]
    require(answer.witness == {"degrees": [first, second]}, f"the degrees are {first} and {second}")
    return first, second


@checker("same_degree")
def check_same_degree(graph: Graph, answer: Truth, u: Any, v: Any, direction: str = "total") -> str:
    """the edge ends at both nodes counted"""
    first, second = _two_degrees(graph, answer, u, v, direction)
    require(answer.holds == (first == second), "the degrees say otherwise")
    return f"{u} has degree {first} and {v} has degree {second}"


@checker("higher_degree_of")
def check_higher_degree_of(graph: Graph, answer: NodeAnswer, u: Any, v: Any, direction: str = "total") -> str:
    """the edge ends at both nodes counted"""
    first, second = _two_degrees(graph, answer, u, v, direction)
    require(answer.node == graph.node(u if first >= second else v), "the other node has the higher degree")
    return f"{u} has degree {first} and {v} has degree {second}"


@checker("is_closer")
def check_is_closer(graph: Graph, answer: Truth, node: Any, near: Any, far: Any, weight: str | None = None) -> str:
    """distance labels that no edge undercuts"""
    settled(answer)
    found = relaxed(arcs_of(graph, weight), graph.node(node))
    there, beyond = found.get(graph.node(near)), found.get(graph.node(far))
    told = answer.witness["lengths"]
    require(len(told) == 2, "not two lengths")
    for length, right in zip(told, (there, beyond)):
        require(length is None if right is None else length is not None and close(length, right), "a length is wrong")
    clearly = there is not None and (beyond is None or (there < beyond and not close(there, beyond)))
    level = there is not None and beyond is not None and close(there, beyond)
    require(answer.holds == clearly or (level and answer.holds == (told[0] < told[1])), "the lengths say otherwise")
    shown = ["out of reach" if length is None else f"at distance {length:g}" for length in (there, beyond)]
    return f"from {node}, {near} is {shown[0]} and {far} is {shown[1]}"


@checker("nodes_by_degree_parity")
def check_nodes_by_degree_parity(graph: Graph, answer: Nodes, parity: str = "odd", direction: str = "total") -> str:
    """all degrees counted"""
    table = count_degrees(graph, direction)
    nodes_are(graph, answer, [node for node, d in table.items() if (d % 2 == 1) == (parity == "odd")], "nodes")
    return f"{len(answer.nodes)} nodes have {parity} degree, and no others"


@checker("edges_with_weight")
def check_edges_with_weight(
    graph: Graph, answer: Edges, value: float, comparison: str = "equal", weight: str = "weight"
) -> str:
    """all weights compared"""
    settled(answer)
    require(answer.witness is None and answer.total is None, "figures that are not needed")
    right = [
        (e.source, e.target)
        for e in graph.edges()
        if (e.attributes[weight] > value) - (e.attributes[weight] < value) in SIGNS[comparison]
    ]
    require(list(answer.edges) == right, "the edges, or their order, are others")
    return f"{len(right)} edges weigh {BOUNDS[comparison]}{value}, and no others"
