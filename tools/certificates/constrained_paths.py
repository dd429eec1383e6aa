"""Checks of paths under conditions."""

from __future__ import annotations

import math
from typing import Any

from graphs.graph import Graph
from tools.answers import Path
from tools.certificates.agreement import close, settled
from tools.certificates.base import checker, require
from tools.certificates.evidence import arcs_of, path_cost, relaxed, walk_cost
from tools.certificates.paths import labelled_path


@checker("shortest_path_avoiding")
def check_shortest_path_avoiding(
    graph: Graph,
    answer: Path,
    source: Any,
    target: Any,
    nodes: list[Any] | None = None,
    edges: list[tuple[Any, Any]] | None = None,
    weight: str | None = None,
) -> str:
    """the path's edges added up, and distance labels that no edge left undercuts"""
    settled(answer)
    source, target = graph.node(source), graph.node(target)
    gone = [graph.node(node) for node in nodes or ()]
    cut = [(graph.node(u), graph.node(v)) for u, v in edges or ()]
    arcs = arcs_of(graph, weight, without_nodes=gone, without_edges=cut)
    labelled_path(arcs, answer.nodes, answer.length, answer.distances, source, target)
    return f"the path has length {answer.length}, keeps off what is forbidden, and no such path is shorter"


@checker("shortest_path_through")
def check_shortest_path_through(
    graph: Graph, answer: Path, source: Any, target: Any, nodes: list[Any], weight: str | None = None
) -> str:
    """the walk added up and compared with distances between the stops by label correction"""
    settled(answer)
    stops = [graph.node(node) for node in (source, *nodes, target)]
    arcs = arcs_of(graph, weight)
    require(answer.distances is None, "labels that are not needed")
    require(answer.nodes and answer.nodes[0] == stops[0] and answer.nodes[-1] == stops[-1], "the walk has other ends")
    at = 0
    for stop in stops:
        require(stop in answer.nodes[at:], f"the stop {stop} is left out")
        at = answer.nodes.index(stop, at)
    cost = walk_cost(arcs, answer.nodes)
    require(close(answer.length, cost), f"the walk adds up to {cost}")
    least = sum(relaxed(arcs, u)[v] for u, v in zip(stops, stops[1:]))
    require(close(cost, least), f"a walk of length {least} exists")
    return f"the walk has length {answer.length}, makes the stops in order, and no such walk is shorter"


@checker("shortest_path_within_hops")
def check_shortest_path_within_hops(
    graph: Graph, answer: Path, source: Any, target: Any, max_edges: int, weight: str | None = None
) -> str:
    """the path's edges added up, and least costs to the target for every number of edges left"""
    settled(answer)
    source, target = graph.node(source), graph.node(target)
    arcs = arcs_of(graph, weight)
    require(answer.distances is None, "labels that are not needed")
    cost = path_cost(arcs, answer.nodes, source, target)
    require(len(answer.nodes) - 1 <= max_edges, "the path has too many edges")
    require(close(answer.length, cost), f"the path adds up to {cost}")
    left = {target: 0.0}
    for _ in range(min(max_edges, len(arcs))):
        best = {
            u: min((c + left.get(v, math.inf) for v, c in row.items()), default=math.inf) for u, row in arcs.items()
        }
        left = {u: min(best[u], left.get(u, math.inf)) for u in arcs}
    require(close(left.get(source, math.inf), cost), "a shorter path of so few edges exists")
    return (
        f"the path has {len(answer.nodes) - 1} edges and length {answer.length}, and no path of so few edges is shorter"
    )


@checker("path_with_k_edges")
def check_path_with_k_edges(
    graph: Graph, answer: Path, source: Any, target: Any, k: int, time_limit: float = 10.0
) -> str:
    """every step looked up in the list of edges"""
    settled(answer)
    path_cost(arcs_of(graph), answer.nodes, graph.node(source), graph.node(target))
    require(
        answer.distances is None and len(answer.nodes) - 1 == k and answer.length == k, f"the path has not {k} edges"
    )
    return f"the path has exactly {k} edges"
