"""Checks of graph classes: partitions and orders by the definition, forbidden subgraphs by their degrees."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

from graphs.graph import Graph
from tools.answers import Truth
from tools.certificates.adjacency import neighbour_sets
from tools.certificates.agreement import settled
from tools.certificates.base import checker, require
from tools.certificates.incidence import distinct, simple_neighbours, witness_of


def _induced(graph: Graph, around: Mapping[Any, set[Any]], nodes: list[Any]) -> list[int]:
    """Degrees, sorted, in the subgraph on `nodes`."""
    inside = distinct(graph, nodes, "the witness")
    return sorted(len(around[node] & inside) for node in inside)


@checker("is_split_graph")
def check_is_split_graph(graph: Graph, answer: Truth) -> str:
    """the clique and the independent set compared with all edges, or an induced 2K2, C4 or C5"""
    around = neighbour_sets(graph)
    if answer.holds:
        witness = witness_of(answer, "clique", "independent")
        clique, rest = witness["clique"], set(witness["independent"])
        both = distinct(graph, [*clique, *witness["independent"]], "the two sets")
        require(len(both) == graph.num_nodes, "a node is in neither set")
        require(all(set(clique) - {node} <= around[node] for node in clique), "the clique is none")
        require(all(not around[node] & rest for node in rest), "the independent set is none")
        return "the nodes fall into the listed clique and independent set"
    nodes = witness_of(answer, "nodes")["nodes"]
    require(_induced(graph, around, nodes) in ([1] * 4, [2] * 4, [2] * 5), "these nodes induce no 2K2, C4 or C5")
    return "the listed nodes induce 2K2, C4 or C5, which no split graph contains"


@checker("is_threshold_graph")
def check_is_threshold_graph(graph: Graph, answer: Truth) -> str:
    """the building order followed, or four nodes with two edges that alternate with two gaps"""
    around = neighbour_sets(graph)
    if answer.holds:
        witness = witness_of(answer, "order", "dominating")
        require(len(distinct(graph, witness["order"], "the order")) == graph.num_nodes, "a node is missing")
        dominating = distinct(graph, witness["dominating"], "the dominating nodes")
        before: set[Any] = set()
        for node in witness["order"]:
            wanted = before if node in dominating else set()
            require(around[node] & before == wanted, f"{node} is joined to some earlier nodes only")
            before.add(node)
        return "every node of the listed order is joined to none or to all of the earlier ones"
    a, b, c, d = witness_of(answer, "nodes")["nodes"]
    distinct(graph, [a, b, c, d], "the witness")
    require(b in around[a] and d in around[c] and c not in around[a] and d not in around[b], "no alternating nodes")
    return "the listed four nodes alternate edges and gaps, which no threshold graph allows"


@checker("is_cograph")
def check_is_cograph(graph: Graph, answer: Truth) -> str:
    """every pair compared with the cotree, or an induced path on four nodes"""
    around = neighbour_sets(graph)
    if not answer.holds:
        a, b, c, d = witness_of(answer, "path")["path"]
        require(_induced(graph, around, [a, b, c, d]) == [1, 1, 2, 2], "these four induce no path")
        require(b in around[a] and c in around[b] and d in around[c], "these four are not in the path's order")
        return "the listed four nodes induce a path"
    tree = witness_of(answer, "cotree")["cotree"]
    pairs: dict[frozenset[Any], bool] = {}

    def leaves(part: Any) -> list[Any]:
        if not isinstance(part, list):
            return [part]
        kind, *parts = part
        require(kind in ("union", "join") and len(parts) > 1, "the cotree is malformed")
        below = [leaves(p) for p in parts]
        for one, two in itertools.combinations(below, 2):
            pairs.update({frozenset((u, v)): kind == "join" for u in one for v in two})
        return [node for nodes in below for node in nodes]

    listed = leaves(tree) if tree != [] else []
    require(len(distinct(graph, listed, "the cotree")) == graph.num_nodes, "a node is missing from the cotree")
    for u, v in itertools.combinations(graph, 2):
        require(pairs[frozenset((u, v))] == (v in around[u]), f"{u} and {v} do not fit the cotree")
    return "the cotree builds the graph by unions and joins, so no four nodes induce a path"


@checker("is_claw_free")
def check_is_claw_free(graph: Graph, answer: Truth) -> str:
    """three neighbours of every node tried, or a claw"""
    around = neighbour_sets(graph)
    if answer.holds:
        settled(answer)
        require(answer.witness is None, "a reason stands beside a yes")
        for node, near in around.items():
            for u in near:
                apart = near - around[u] - {u}
                require(all(apart - {v} <= around[v] for v in apart), f"{node} is the centre of a claw")
        return "no node has three neighbours of which no two are adjacent"
    centre, *leaves = witness_of(answer, "claw")["claw"]
    three = distinct(graph, leaves, "the claw")
    require(len(three) == 3 and three <= around[centre], "these are not three neighbours of the centre")
    require(all(not around[node] & three for node in three), "two of the leaves are adjacent")
    return f"{centre} has three neighbours of which no two are adjacent"


@checker("is_strongly_regular")
def check_is_strongly_regular(graph: Graph, answer: Truth) -> str:
    """degrees and the common neighbours of every pair counted"""
    settled(answer)
    around = simple_neighbours(graph)
    constant = around is not None
    figures: list[int | None] = []
    if around is not None:
        degrees = {len(near) for near in around.values()}
        near = {len(around[u] & around[v]) for u in around for v in around[u]}
        far = {len(around[u] & around[v]) for u in around for v in around if u != v and v not in around[u]}
        constant = all(len(values) <= 1 for values in (degrees, near, far))
        figures = [len(around), *(min(values, default=None) for values in (degrees, near, far))]
    require(answer.holds == constant, f"the graph is {'' if constant else 'not '}strongly regular")
    if not constant:
        require(answer.witness is None, "parameters stand beside a no")
        return "a degree or a number of common neighbours varies, or the graph is not simple"
    require(list(witness_of(answer, "parameters")["parameters"]) == figures, f"the parameters are {figures}")
    return f"the graph is strongly regular with parameters {figures}"


@checker("is_distance_regular")
def check_is_distance_regular(graph: Graph, answer: Truth) -> str:
    """distances from every node, and neighbours one step nearer and farther counted"""
    settled(answer)
    around = simple_neighbours(graph)
    seen: dict[int, set[tuple[int, int]]] = {}
    regular = around is not None
    for start in around or {}:
        assert around is not None
        ring, distance, d = {start}, {start: 0}, 0
        while ring:
            d += 1
            ring = set().union(*(around[u] for u in ring)) - set(distance)
            distance.update(dict.fromkeys(ring, d))
        regular &= len(distance) == len(around)
        for u, d in distance.items():
            steps = [distance[v] - d for v in around[u]]
            seen.setdefault(d, set()).add((steps.count(1), steps.count(-1)))
    regular &= all(len(pairs) == 1 for pairs in seen.values())
    require(answer.holds == regular, f"the graph is {'' if regular else 'not '}distance-regular")
    if not regular:
        require(answer.witness is None, "an array stands beside a no")
        return "the counts vary, or the graph is not simple and connected"
    witness = witness_of(answer, "farther", "nearer")
    last = max(seen)
    require(list(witness["farther"]) == [min(seen[d])[0] for d in range(last)], "another array was counted")
    require(list(witness["nearer"]) == [min(seen[d])[1] for d in range(1, last + 1)], "another array was counted")
    return f"the intersection array is {witness['farther']}; {witness['nearer']}"
