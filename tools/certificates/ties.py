"""Checks of ties: the formulas put into figures from the edges."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

from graphs.graph import Graph, Node
from tools.answers import Edges, NodeValues, Number
from tools.certificates.adjacency import neighbour_sets
from tools.certificates.agreement import nearly, same_numbers, settled
from tools.certificates.base import checker, require


def _tie_strengths(graph: Graph, weight: str | None) -> dict[Node, dict[Node, float]]:
    ties: dict[Node, dict[Node, float]] = {node: {} for node in graph}
    for edge in graph.edges():
        u, v = edge.source, edge.target
        if u != v:
            size = 1 if weight is None else edge.attributes[weight]
            ties[u][v] = ties[v][u] = ties[u].get(v, 0) + size
    return ties


def _constraint(ties: dict[Node, dict[Node, float]], i: Node) -> float:
    total = {q: sum(ties[q].values()) for q in ties}

    def share(a: Node, b: Node) -> float:
        return ties[a].get(b, 0) / total[a]

    return sum((share(i, j) + sum(share(i, q) * share(q, j) for q in ties[i] if q != j)) ** 2 for j in ties[i])


def _effective_size(ties: dict[Node, dict[Node, float]], i: Node) -> float:
    total = sum(ties[i].values())
    size = 0.0
    for j in ties[i]:
        strongest = max(ties[j].values())
        size += 1 - sum(ties[i][q] / total * ties[j].get(q, 0) / strongest for q in ties[i] if q != j)
    return size


def _structural_holes(name: str, formula: Callable[[dict[Node, dict[Node, float]], Node], float]) -> None:
    def check(graph: Graph, answer: NodeValues | Number, node: Any = None, weight: str | None = None) -> str:
        """Burt's formula put into figures, tie by tie"""
        settled(answer)
        require(answer.witness is None, "something is claimed that cannot be checked")
        ties = _tie_strengths(graph, weight)
        value: Any = answer.value
        if node is None:
            same_numbers(value, {i: formula(ties, i) for i in graph if ties[i]}, name)
            return f"these are the values of {name} of all nodes with neighbours"
        number = formula(ties, graph.node(node))
        require(ties[graph.node(node)] and nearly(value, number), f"the {name} is {number}")
        return f"the {name} of {graph.node(node)} is {number:.6g}"

    checker(name.replace(" ", "_"))(check)


_structural_holes("constraint", _constraint)
_structural_holes("effective size", _effective_size)


@checker("local_bridges")
def check_local_bridges(graph: Graph, answer: Edges) -> str:
    """the neighbours of both ends of every edge compared"""
    settled(answer)
    require(answer.total is None and answer.witness is None, "something is claimed that cannot be checked")
    around = neighbour_sets(graph)
    expected: dict[frozenset[Node], tuple[Node, Node]] = {}
    for edge in graph.edges():
        u, v = edge.source, edge.target
        if u != v and not any(w in around[v] for w in around[u]):
            expected.setdefault(frozenset((u, v)), (u, v))
    shown = [tuple(edge) for edge in answer.edges]
    require(shown == list(expected.values()), f"there are {len(expected)} local bridges, and not these")
    return f"these are the {len(expected)} edges whose ends have no common neighbour"


@checker("dispersion")
def check_dispersion(graph: Graph, answer: Number, u: Any, v: Any, normalized: bool = True) -> str:
    """each pair of common neighbours looked at"""
    settled(answer)
    u, v, around = graph.node(u), graph.node(v), neighbour_sets(graph)
    common = [w for w in graph if {u, v} <= around[w]]
    pairs = []
    for s, t in itertools.combinations(common, 2):
        linked = [w for w in around[s] if w in around[t] and w in around[u] and w != v]
        if s not in around[t] and not linked:
            pairs.append([s, t])
    require(answer.witness == pairs, f"there are {len(pairs)} dispersed pairs, and not these")
    number = len(pairs) / max(1, len(common)) if normalized else len(pairs)
    require(nearly(answer.number, number), f"the dispersion is {number}")
    return f"{len(pairs)} pairs of the {len(common)} common neighbours of {u} and {v} are dispersed"


@checker("rich_club_coefficient")
def check_rich_club_coefficient(graph: Graph, answer: Number, k: int) -> str:
    """the nodes of high degree and their pairs looked up"""
    settled(answer)
    around = neighbour_sets(graph)
    rich = [node for node in graph if len(around[node]) > k]
    joined = [v in around[u] for u, v in itertools.combinations(rich, 2)]
    require(answer.witness == {"nodes": rich, "edges": sum(joined)}, "the witness miscounts")
    require(nearly(answer.number, sum(joined) / len(joined) if joined else 0), "the density is another")
    return f"{sum(joined)} of the {len(joined)} pairs of nodes with more than {k} neighbours are joined"
