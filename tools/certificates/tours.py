"""Checks of walks over every edge: the edges of the walk counted, or the degrees that forbid one."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

from graphs.graph import Graph
from tools.answers import Order, Path, Truth
from tools.certificates.agreement import close, settled
from tools.certificates.base import Claim, checker, require
from tools.certificates.evidence import arcs_of, reach, relaxed, same_set

PAIRED = 14  # nodes of odd degree, all pairings of which are tried


def _walks_every_edge(graph: Graph, walk: list[Any], *, closed: bool) -> str:
    edges = list(graph.edges())
    require(walk and all(node in graph for node in walk), "the walk is empty or leaves the graph")
    shape = tuple if graph.directed else frozenset
    used = Counter(shape(step) for step in zip(walk, walk[1:]))
    require(
        used == Counter(shape((e.source, e.target)) for e in edges), "the walk does not use every edge exactly once"
    )
    require(not closed or walk[0] == walk[-1], "the walk does not return")
    return f"the walk uses each of the {len(edges)} edges exactly once"


def _no_euler_walk(graph: Graph, witness: Any, *, closed: bool) -> str:
    [(kind, shown)] = witness.items()
    surplus = dict.fromkeys(graph.nodes, 0)
    for edge in graph.edges():
        surplus[edge.source] += 1
        surplus[edge.target] += -1 if graph.directed else 1
    if kind == "apart":
        inside = set(shown)
        require(len(inside) == len(shown) and inside <= set(surplus), "an unknown node")
        ends = [(e.source in inside) + (e.target in inside) for e in graph.edges()]
        require(set(ends) == {0, 2}, "the nodes do not part the edges")
        require(inside == reach(arcs_of(graph, undirected=True), shown[0]), "the nodes are not one component")
        return "some edges lie in another component than others"
    if graph.directed:
        require(kind == "unbalanced", "an unknown witness")
        same_set(shown, [v for v, s in surplus.items() if s], "nodes")
        fine = len(shown) > (0 if closed else 2) or any(abs(surplus[v]) > 1 for v in shown)
        require(shown and fine, "these nodes do not forbid the walk")
        return f"{len(shown)} nodes have other in- than out-degree"
    require(kind == "odd", "an unknown witness")
    same_set(shown, [v for v, s in surplus.items() if s % 2], "nodes")
    require(len(shown) > (0 if closed else 2), "these nodes do not forbid the walk")
    return f"{len(shown)} nodes have odd degree"


def _truth(graph: Graph, answer: Truth, *, closed: bool) -> str:
    settled(answer)
    if answer.holds:
        require(set(answer.witness) == {"walk"}, "no walk is given")
        return _walks_every_edge(graph, answer.witness["walk"], closed=closed)
    return _no_euler_walk(graph, answer.witness, closed=closed)


def _order(graph: Graph, answer: Order, *, closed: bool) -> str:
    settled(answer)
    if answer.nodes:
        require(answer.witness is None, "a witness that is not needed")
        return _walks_every_edge(graph, answer.nodes, closed=closed)
    return _no_euler_walk(graph, answer.witness, closed=closed)


@checker("has_eulerian_circuit")
def check_has_eulerian_circuit(graph: Graph, answer: Truth) -> str:
    """the edges of a closed walk counted; or nodes of the wrong degree, or edges apart (Euler)"""
    return _truth(graph, answer, closed=True)


@checker("has_eulerian_path")
def check_has_eulerian_path(graph: Graph, answer: Truth) -> str:
    """the edges of a walk counted; or nodes of the wrong degree, or edges apart (Euler)"""
    return _truth(graph, answer, closed=False)


@checker("eulerian_circuit")
def check_eulerian_circuit(graph: Graph, answer: Order) -> str:
    """the edges of a closed walk counted; or nodes of the wrong degree, or edges apart (Euler)"""
    return _order(graph, answer, closed=True)


@checker("eulerian_path")
def check_eulerian_path(graph: Graph, answer: Order) -> str:
    """the edges of a walk counted; or nodes of the wrong degree, or edges apart (Euler)"""
    return _order(graph, answer, closed=False)


@checker("chinese_postman")
def check_chinese_postman(graph: Graph, answer: Path, weight: str | None = None) -> str | Claim:
    """every edge on the walk, and the least further cost over all pairings of the nodes of odd degree"""
    settled(answer)
    require(answer.distances is None and answer.nodes and answer.nodes[0] == answer.nodes[-1], "the walk is not closed")
    arcs = arcs_of(graph, weight)
    every: dict[frozenset[Any], list[float]] = {}
    degree = dict.fromkeys(graph.nodes, 0)
    for edge in graph.edges():
        cost = 1 if weight is None else edge.attributes[weight]
        every.setdefault(frozenset((edge.source, edge.target)), []).append(cost)
        degree[edge.source] += 1
        degree[edge.target] += 1
    used = Counter(frozenset(step) for step in zip(answer.nodes, answer.nodes[1:]))
    require(set(used) == set(every), "a step is not an edge, or an edge is left out")
    require(all(used[pair] >= len(each) for pair, each in every.items()), "a parallel edge is left out")
    total = sum(sum(each) + (used[pair] - len(each)) * min(each) for pair, each in every.items())
    require(close(answer.length, total), f"the walk adds up to {total}")
    odd = [v for v, d in degree.items() if d % 2]
    said = f"the closed walk uses every edge and has length {total}"
    if len(odd) > PAIRED:
        return Claim(f"{said}; that none is shorter was not checked", "none")
    rows = {v: relaxed(arcs, v) for v in odd}

    @cache
    def least(left: frozenset[Any]) -> float:
        if not left:
            return 0.0
        first = next(v for v in odd if v in left)
        return min(rows[first][v] + least(left - {first, v}) for v in left if v != first)

    require(close(total, sum(map(sum, every.values())) + least(frozenset(odd))), "a shorter walk exists")
    return f"{said}, and none is shorter"
