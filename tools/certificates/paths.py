"""Checks of paths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from graphs.graph import Graph
from tools.answers import Number, Path, Truth
from tools.certificates.agreement import TOLERANCE, close, settled
from tools.certificates.base import Rejected, checker, require
from tools.certificates.degrees import equals
from tools.certificates.evidence import Arcs, arcs_of, path_cost, reach, relaxed


def labelled_path(
    arcs: Arcs, nodes: Sequence[Any], length: Any, labels: Mapping[Any, float] | None, source: Any, target: Any
) -> None:
    """Reject unless the path has the length and the labels prove that none is shorter.

    Labels d with d(source) = 0 and d(v) <= d(u) + w(u, v) on every edge never exceed the true distance (linear
    programming duality, Cormen et al., ch. 24), so d(target) = length proves the path shortest.
    """
    cost = path_cost(arcs, nodes, source, target)
    require(close(length, cost), f"the path adds up to {cost}")
    require(labels is not None and set(labels) == set(arcs), "not every node has a label")
    assert labels is not None
    require(labels[source] == 0, "the source's label is not 0")
    for u, row in arcs.items():
        for v, c in row.items():
            whole = type(c) is int and type(labels[u]) is int and type(labels[v]) is int
            if not labels[v] <= labels[u] + c + (0 if whole else TOLERANCE * (1 + abs(c))):
                raise Rejected(f"the label of {v} exceeds that of {u} plus the edge")
    require(close(labels[target], length), "the target's label is not the length")


@checker("shortest_path")
def check_shortest_path(graph: Graph, answer: Path, source: Any, target: Any, weight: str | None = None) -> str:
    """the path's edges added up, and distance labels that no edge undercuts"""
    settled(answer)
    source, target = graph.node(source), graph.node(target)
    labelled_path(arcs_of(graph, weight), answer.nodes, answer.length, answer.distances, source, target)
    return f"the path has length {answer.length} and no path from {source} to {target} is shorter"


@checker("bellman_ford_path")
def check_bellman_ford_path(graph: Graph, answer: Path, source: Any, target: Any, weight: str = "weight") -> str:
    """the path's edges added up, and distance labels that no edge undercuts"""
    return check_shortest_path(graph, answer, source, target, weight)


@checker("shortest_path_length")
def check_shortest_path_length(
    graph: Graph, answer: Number, source: Any, target: Any, weight: str | None = None
) -> str:
    """the path's edges added up, and distance labels that no edge undercuts"""
    settled(answer)
    source, target = graph.node(source), graph.node(target)
    nodes, labels = answer.witness["path"], answer.witness["distances"]
    labelled_path(arcs_of(graph, weight), nodes, answer.number, labels, source, target)
    return f"the distance from {source} to {target} is {answer.number}"


def shortest_by_recount(arcs: Arcs, answer: Path, source: Any, target: Any) -> None:
    """Reject unless the path is one of least cost, by label correction from the source."""
    settled(answer)
    require(answer.distances is None, "labels that are not needed")
    cost = path_cost(arcs, answer.nodes, source, target)
    require(close(answer.length, cost), f"the path adds up to {cost}")
    require(close(cost, relaxed(arcs, source)[target]), "a shorter path exists")


@checker("a_star_path")
def check_a_star_path(graph: Graph, answer: Path, source: Any, target: Any, weight: str | None = None) -> str:
    """the path's edges added up, and compared with distances by label correction"""
    source, target = graph.node(source), graph.node(target)
    shortest_by_recount(arcs_of(graph, weight), answer, source, target)
    return f"the path has length {answer.length} and no path from {source} to {target} is shorter"


@checker("widest_path")
def check_widest_path(graph: Graph, answer: Path, source: Any, target: Any, weight: str = "weight") -> str:
    """the narrowest edge of the path, and the cut that all wider edges leave"""
    settled(answer)
    source, target = graph.node(source), graph.node(target)
    width: dict[tuple[Any, Any], float] = {}
    wider: dict[Any, list[Any]] = {node: [] for node in graph}
    for edge in graph.edges():
        w = edge.attributes[weight]
        for u, v in ((edge.source, edge.target), (edge.target, edge.source))[: 1 if graph.directed else 2]:
            width[u, v] = max(w, width.get((u, v), w))
            if w > answer.length:
                wider[u].append(v)
    require(answer.distances is None, "labels that are not needed")
    path_cost(arcs_of(graph), answer.nodes, source, target)
    narrow = min(width[step] for step in zip(answer.nodes, answer.nodes[1:]))
    require(close(answer.length, narrow), f"the narrowest edge of the path weighs {narrow}")
    require(target not in reach(wider, source), "wider edges alone lead to the target")
    return (
        f"the path's narrowest edge weighs {answer.length}, and every path from {source} to {target} has one as narrow"
    )


@checker("is_path")
def check_is_path(graph: Graph, answer: Truth, nodes: list[Any]) -> str:
    """every step looked up in the list of edges"""
    settled(answer)
    walk = [graph.node(node) for node in nodes]
    arcs = arcs_of(graph)
    missing = [[u, v] for u, v in zip(walk, walk[1:]) if v not in arcs[u]]
    if missing:
        require(not answer.holds and answer.witness == {"missing": missing[0]}, f"the edge {missing[0]} is missing")
        return f"no edge leads from {missing[0][0]} to {missing[0][1]}"
    repeated = [node for i, node in enumerate(walk) if node in walk[:i]]
    if repeated:
        require(not answer.holds and answer.witness == {"repeated": repeated[0]}, f"{repeated[0]} comes twice")
        return f"node {repeated[0]} comes twice"
    require(answer.holds is True and answer.witness is None, "it is a path")
    return "every step is an edge and no node comes twice"


@checker("path_weight")
def check_path_weight(graph: Graph, answer: Number, nodes: list[Any], weight: str | None = None) -> str:
    """the edges of the path added up"""
    walk = [graph.node(node) for node in nodes]
    steps = set(zip(walk, walk[1:]))
    least: dict[Any, float] = {}
    for edge in graph.edges():
        ends = (edge.source, edge.target)
        for step in steps & ({ends} if graph.directed else {ends, ends[::-1]}):
            cost = 1 if weight is None else edge.attributes[weight]
            least[step] = min(cost, least.get(step, cost))
    equals(answer, sum(least[step] for step in zip(walk, walk[1:])))
    return f"the edges along the nodes add up to {answer.number}"
