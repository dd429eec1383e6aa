"""Checks of the quality of a division: the edges counted inside and between the groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from graphs.graph import Graph, Node
from tools.answers import Number
from tools.certificates.agreement import nearly, settled
from tools.certificates.base import checker, require


def require_partition(graph: Graph, groups: Sequence[Sequence[Node]]) -> dict[Node, int]:
    """The group of each node; reject unless every node stands in exactly one group and none is empty."""
    place = {node: i for i, group in enumerate(groups) for node in group}
    require(all(groups), "a group is empty")
    require(sum(map(len, groups)) == len(place) == graph.num_nodes, "a node stands in several groups or in none")
    require(all(node in place for node in graph), "a node stands in no group")
    return place


def modularity_by_pairs(
    graph: Graph, place: Mapping[Node, int], weight: str | None, resolution: float, directed: bool
) -> float:
    """Modularity as the sum over groups of the matrix A - resolution * expected."""
    total = 0.0
    inside = 0.0
    out: dict[int, float] = {}
    into: dict[int, float] = {}
    for edge in graph.edges():
        size = 1 if weight is None else edge.attributes[weight]
        a, b = place[edge.source], place[edge.target]
        ends = ((a, b),) if directed else ((a, b), (b, a))
        for i, j in ends:
            out[i] = out.get(i, 0.0) + size
            into[j] = into.get(j, 0.0) + size
            total += size
            inside += size if i == j else 0.0
    expected = sum(out[i] * into.get(i, 0.0) for i in out) / total
    return (inside - resolution * expected) / total


def _given(graph: Graph, groups: Mapping[Any, Any] | None, attribute: str) -> dict[Node, Any]:
    named = {} if groups is None else {graph.node(node): group for node, group in groups.items()}
    return {node: named[node] if groups is not None else graph.nx.nodes[node][attribute] for node in graph}


def _same_groups(graph: Graph, shown: Any, given: Mapping[Node, Any]) -> dict[Node, int]:
    place = require_partition(graph, shown)
    pairs = {(place[node], given[node]) for node in graph}
    require(len(pairs) == len(shown) == len(set(given.values())), "the groups shown are not those that were given")
    return place


@checker("modularity")
def check_modularity(
    graph: Graph,
    answer: Number,
    groups: Mapping[Any, Any] | None = None,
    attribute: str = "community",
    weight: str | None = None,
    resolution: float = 1.0,
) -> str:
    """the edges inside each group and the degrees counted"""
    settled(answer)
    place = _same_groups(graph, answer.witness, _given(graph, groups, attribute))
    score = modularity_by_pairs(graph, place, weight, resolution, graph.directed)
    require(nearly(answer.number, score), f"the modularity is {score}")
    return f"the modularity of these {len(answer.witness)} groups is {answer.number:.6g}"


@checker("partition_coverage")
def check_partition_coverage(
    graph: Graph, answer: Number, groups: Mapping[Any, Any] | None = None, attribute: str = "community"
) -> str:
    """the edges inside the groups counted"""
    settled(answer)
    place = _same_groups(graph, answer.witness, _given(graph, groups, attribute))
    kinds = [place[edge.source] == place[edge.target] for edge in graph.edges()]
    require(nearly(answer.number, sum(kinds) / len(kinds)), f"the coverage is {sum(kinds) / len(kinds)}")
    return f"{sum(kinds)} of {len(kinds)} edges lie inside the groups"


@checker("partition_performance")
def check_partition_performance(
    graph: Graph, answer: Number, groups: Mapping[Any, Any] | None = None, attribute: str = "community"
) -> str:
    """every pair of nodes looked at"""
    settled(answer)
    place = _same_groups(graph, answer.witness, _given(graph, groups, attribute))
    joined = {(edge.source, edge.target) for edge in graph.edges()}
    if not graph.directed:
        joined |= {(v, u) for u, v in joined}
    right = sum(((u, v) in joined) == (place[u] == place[v]) for u in graph for v in graph if u != v)
    share = right / (graph.num_nodes * (graph.num_nodes - 1))
    require(nearly(answer.number, share), f"the performance is {share}")
    return f"{share:.4%} of the pairs are joined inside a group or apart between groups"


Figure = Callable[[float, float, float, int, int], float]  # cut, volumes and numbers of nodes inside and outside


def _cut_figure(name: str, title: str, figure: Figure, *, lists_edges: bool = True) -> None:
    def check(graph: Graph, answer: Number, nodes: list[Any], weight: str | None = None) -> str:
        """the edges at the set counted"""
        settled(answer)
        chosen = {graph.node(node) for node in nodes}
        cut = inside = outside = 0.0
        crossing = []
        for edge in graph.edges():
            size = 1 if weight is None else edge.attributes[weight]
            ends = (edge.source in chosen) + (edge.target in chosen)
            inside += ends * size
            outside += (2 - ends) * size
            if ends == 1:
                cut += size
                crossing.append((edge.source, edge.target))
        number = figure(cut, inside, outside, len(chosen), graph.num_nodes - len(chosen))
        require(nearly(answer.number, number), f"the {title} is {number}")
        if lists_edges:
            shown = [tuple(edge) for edge in answer.witness]
            require(sorted(map(repr, shown)) == sorted(map(repr, crossing)), "other edges cross the cut")
        else:
            require(answer.witness is None, "something is claimed that cannot be checked")
        return f"the {title} of the set is {answer.number:.6g}"

    checker(name)(check)


_cut_figure("cut_size", "cut size", lambda cut, *_: cut)
_cut_figure("volume", "volume", lambda cut, inside, *_: inside, lists_edges=False)
_cut_figure("conductance", "conductance", lambda cut, inside, outside, *_: cut / min(inside, outside))
_cut_figure("normalized_cut", "normalized cut", lambda cut, inside, outside, *_: cut / inside + cut / outside)
_cut_figure("edge_expansion", "edge expansion", lambda cut, _, __, chosen, rest: cut / min(chosen, rest))
