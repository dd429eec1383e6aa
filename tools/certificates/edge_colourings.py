"""Checks of edge colourings: edges that meet compared, degrees and counts as lower bounds, complete searches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphs.graph import Graph
from tools.answers import Answer, Number, PairValues
from tools.certificates.adjacency import neighbour_sets
from tools.certificates.base import Claim, checker, require
from tools.certificates.colouring import judged_count
from tools.certificates.exhaustion import no_colouring


def _edges_coloured(graph: Graph, answer: Answer, colours: Mapping[tuple[Any, Any], int]) -> str | Claim:
    edges = [(edge.source, edge.target) for edge in graph.edges()]
    require(len({frozenset(edge) for edge in edges}) == len(edges), "the graph has parallel edges")
    require(set(colours) == set(edges), "an edge has no colour")
    at: dict[Any, list[tuple[Any, Any]]] = {node: [] for node in graph}
    for edge in edges:
        for node in edge:
            at[node].append(edge)
    for node, here in at.items():
        require(len({colours[edge] for edge in here}) == len(here), f"two edges at {node} share a colour")
    count = len(set(colours.values()))
    low = max((len(here) for here in at.values()), default=0)
    if len(at) > 1:
        low = max(low, -(-len(edges) // (len(at) // 2)))  # a colour class has at most n/2 edges
    near = neighbour_sets(graph)
    if any(u != v and near[u] & near[v] for u, v in edges):
        low = max(low, 3)  # the edges of a triangle
    line = {edge: {other for node in edge for other in at[node]} - {edge} for edge in edges}
    return judged_count(
        answer, count, low, lambda: no_colouring(line, count - 1), f"{count} colours suffice for the edges"
    )


@checker("edge_colouring")
def check_edge_colouring(graph: Graph, answer: PairValues, time_limit: float = 10.0) -> str | Claim:
    """every node looked at; the largest degree, or a complete search, shows that fewer colours do not suffice"""
    require(answer.witness is None, "the answer carries a witness that nobody asked for")
    return _edges_coloured(graph, answer, answer.values)


@checker("chromatic_index")
def check_chromatic_index(graph: Graph, answer: Number, time_limit: float = 10.0) -> str | Claim:
    """a proper edge colouring; the largest degree, or a complete search, shows that fewer colours do not suffice"""
    listed = answer.witness["colouring"]
    colours = {(u, v): colour for u, v, colour in listed}
    require(len(colours) == len(listed) and set(answer.witness) == {"colouring"}, "an edge stands twice")
    require(answer.number == len(set(colours.values())), "the colouring uses another number of colours")
    return _edges_coloured(graph, answer, colours)
