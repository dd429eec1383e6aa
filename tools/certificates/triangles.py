"""Checks of triangles and clustering: pairs of neighbours looked up one by one."""

from __future__ import annotations

import itertools
from typing import Any

from graphs.graph import Graph, Node
from tools.answers import Groups, NodeValues, Number
from tools.certificates.adjacency import neighbour_sets
from tools.certificates.agreement import nearly, same_numbers, settled
from tools.certificates.base import checker, require


def _count(graph: Graph) -> int:
    """The number of triangles: over each edge the common neighbours, each triangle counted three times."""
    around = neighbour_sets(graph)
    place = {node: i for i, node in enumerate(graph)}
    edges = ((u, v) for u in around for v in around[u] if place[u] < place[v])
    return sum(len(around[u] & around[v]) for u, v in edges) // 3


def _require_triangles(graph: Graph, listed: list[list[Node]]) -> None:
    """Require different sets of three mutually joined nodes, each in the graph's order."""
    around = neighbour_sets(graph)
    place = {node: i for i, node in enumerate(graph)}
    places = [tuple(place[node] for node in triangle) for triangle in listed]
    for triangle, at in zip(listed, places):
        require(len(at) == 3 and at[0] < at[1] < at[2], f"{triangle} are not three nodes in the graph's order")
        require(all(v in around[u] for u, v in itertools.combinations(triangle, 2)), f"{triangle} is no triangle")
    require(places == sorted(set(places)), "a triangle is listed twice or out of order")


@checker("triangle_count")
def check_triangle_count(graph: Graph, answer: Number) -> str:
    """the common neighbours of the ends of every edge counted, and the listed triangles looked up"""
    settled(answer)
    count = _count(graph)
    require(answer.number == count, f"there are {count} triangles")
    if answer.witness is not None or count <= 10_000:
        _require_triangles(graph, answer.witness)
        require(len(answer.witness) == count, f"not all of the {count} triangles are listed")
    return f"the graph has {count} triangles"


@checker("list_triangles")
def check_list_triangles(graph: Graph, answer: Groups) -> str:
    """each triangle looked up, and the common neighbours of the ends of every edge counted"""
    settled(answer)
    require(answer.score is None and answer.witness is None, "something is claimed that cannot be checked")
    _require_triangles(graph, answer.groups)
    count = _count(graph)
    require(len(answer.groups) == count, f"there are {count} triangles")
    return f"these are all {count} triangles"


@checker("triangles_of")
def check_triangles_of(graph: Graph, answer: Number, node: Any) -> str:
    """each pair of neighbours looked up"""
    settled(answer)
    around, node = neighbour_sets(graph), graph.node(node)
    place = {w: i for i, w in enumerate(graph)}
    pairs = [
        sorted(pair, key=place.__getitem__)
        for pair in itertools.combinations(around[node], 2)
        if pair[1] in around[pair[0]]
    ]
    pairs.sort(key=lambda pair: [place[w] for w in pair])
    require(answer.witness == pairs, f"the pairs of joined neighbours are {pairs[:5]}")
    require(answer.number == len(pairs), f"there are {len(pairs)}")
    return f"{node} belongs to {len(pairs)} triangles"


def _coefficient(around: dict[Node, set[Node]], node: Node) -> tuple[int, float]:
    """The number of joined pairs of neighbours, and their share of all pairs."""
    pairs = [v in around[u] for u, v in itertools.combinations(around[node], 2)]
    return sum(pairs), sum(pairs) / len(pairs) if pairs else 0.0


@checker("clustering_coefficient")
def check_clustering_coefficient(graph: Graph, answer: NodeValues | Number, node: Any = None) -> str:
    """each pair of neighbours looked up"""
    settled(answer)
    around, shown = neighbour_sets(graph), answer
    value: Any = answer.value
    if node is None:
        require(shown.witness is None, "something is claimed that cannot be checked")
        same_numbers(value, {w: _coefficient(around, w)[1] for w in graph}, "clustering coefficient")
        return "these are the clustering coefficients of all nodes"
    node = graph.node(node)
    triangles, share = _coefficient(around, node)
    require(answer.witness == {"triangles": triangles, "neighbours": len(around[node])}, "the witness miscounts")
    require(nearly(value, share), f"the coefficient is {share}")
    return f"{triangles} pairs of the {len(around[node])} neighbours of {node} are joined: {share:.6g}"


@checker("average_clustering")
def check_average_clustering(graph: Graph, answer: Number) -> str:
    """each pair of neighbours of every node looked up, and the shares averaged"""
    settled(answer)
    around = neighbour_sets(graph)
    values = {node: _coefficient(around, node)[1] for node in graph}
    same_numbers(answer.witness, values, "clustering coefficient")
    mean = sum(values.values()) / len(values) if values else 0.0
    require(nearly(answer.number, mean), f"the mean is {mean}")
    return f"the average clustering coefficient is {answer.number:.6g}"


@checker("transitivity")
def check_transitivity(graph: Graph, answer: Number) -> str:
    """the common neighbours of the ends of every edge, and the pairs of edges at every node, counted"""
    settled(answer)
    triangles = _count(graph)
    triads = sum(len(list(itertools.combinations(near, 2))) for near in neighbour_sets(graph).values())
    require(answer.witness == {"triangles": triangles, "triads": triads}, f"{triangles} triangles, {triads} triads")
    require(nearly(answer.number, 3 * triangles / triads if triads else 0.0), "the quotient is wrong")
    return f"{triangles} triangles close {3 * triangles} of {triads} triads: {answer.number:.6g}"


def _squares(around: dict[Node, set[Node]], node: Node) -> float:
    """Lind's coefficient: for each two neighbours the squares that exist, of those that their degrees allow."""
    real = allowed = 0
    for u, w in itertools.combinations(around[node], 2):
        corners = [x for x in around[u] if x != node and x in around[w]]
        free_u = [x for x in around[u] if x not in (node, w) and x not in corners]
        free_w = [x for x in around[w] if x not in (node, u) and x not in corners]
        real += len(corners)
        allowed += len(corners) + len(free_u) + len(free_w)
    return real / allowed if allowed else 0.0


@checker("square_clustering")
def check_square_clustering(graph: Graph, answer: NodeValues | Number, node: Any = None) -> str:
    """the corners of every square at two neighbours listed"""
    settled(answer)
    require(answer.witness is None, "something is claimed that cannot be checked")
    around = neighbour_sets(graph)
    value: Any = answer.value
    if node is None:
        same_numbers(value, {w: _squares(around, w) for w in graph}, "square clustering coefficient")
        return "these are the square clustering coefficients of all nodes"
    share = _squares(around, graph.node(node))
    require(nearly(value, share), f"the coefficient is {share}")
    return f"the square clustering coefficient of {graph.node(node)} is {share:.6g}"
