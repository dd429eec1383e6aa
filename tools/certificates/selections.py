"""Checks of parts of a graph: exactly what the condition keeps, edge by edge."""

from __future__ import annotations

from typing import Any

from graphs.graph import Graph, Node
from tools.answers import GraphAnswer
from tools.certificates.base import checker
from tools.certificates.built import joined, node_data, require_graph, rows


def require_induced(graph: Graph, answer: GraphAnswer, kept: set[Node]) -> str:
    """Reject unless the answer is the subgraph induced by `kept`; returns a clause on its size."""
    edges = [row for row in rows(graph) if row[0] in kept and row[1] in kept]
    return require_graph(answer, node_data(graph, lambda n: n in kept), edges, directed=graph.directed)


def compares(figure: Any, comparison: str, value: float) -> bool:
    """The comparison of a number; anything else than a number meets none."""
    if not isinstance(figure, (int, float)):
        return False
    less, equal = figure < value, figure == value
    return {
        "<": less,
        "<=": less or equal,
        "=": equal,
        "!=": not equal,
        ">=": figure > value or equal,
        ">": figure > value,
    }[comparison]


@checker("subgraph")
def check_subgraph(graph: Graph, answer: GraphAnswer, nodes: list[Any]) -> str:
    """every edge of the graph tested for both ends"""
    return f"the induced subgraph has {require_induced(graph, answer, {graph.node(label) for label in nodes})}"


@checker("edge_subgraph")
def check_edge_subgraph(graph: Graph, answer: GraphAnswer, edges: list[tuple[Any, Any]]) -> str:
    """every edge of the graph compared with the list"""
    wanted = {(graph.node(u), graph.node(v)) for u, v in edges}
    wanted |= set() if graph.directed else {(v, u) for u, v in wanted}
    kept = [row for row in rows(graph) if (row[0], row[1]) in wanted]
    ends = {end for row in kept for end in row[:2]}
    size = require_graph(answer, node_data(graph, lambda n: n in ends), kept, directed=graph.directed)
    return f"the edge subgraph has {size}"


@checker("ego_graph")
def check_ego_graph(graph: Graph, answer: GraphAnswer, node: Any, radius: int = 1) -> str:
    """the nodes within the radius found ring by ring"""
    out: dict[Node, list[Node]] = {}
    for u, v in joined(graph):
        out.setdefault(u, []).append(v)
    near = ring = {graph.node(node)}
    for _ in range(min(radius, graph.num_nodes)):
        ring = {other for n in ring for other in out.get(n, ())} - near
        near = near | ring
    return f"within {radius} hops of {node} lie {require_induced(graph, answer, near)}"


@checker("filter_edges")
def check_filter_edges(graph: Graph, answer: GraphAnswer, attribute: str, comparison: str, value: float) -> str:
    """every edge compared with the condition"""
    kept = [row for row in rows(graph) if compares(row[2][0].get(attribute), comparison, value)]
    require_graph(answer, node_data(graph), kept, directed=graph.directed)
    return f"{len(kept)} edges have {attribute} {comparison} {value}"


@checker("filter_nodes")
def check_filter_nodes(graph: Graph, answer: GraphAnswer, attribute: str, comparison: str, value: float) -> str:
    """every node compared with the condition"""
    figure: dict[Node, Any] = {node: data.get(attribute) for node, data in node_data(graph).items()}
    if attribute == "degree" and not any("degree" in data for data in node_data(graph).values()):
        figure = dict.fromkeys(graph, 0)
        for edge in graph.edges():
            figure[edge.source] += 1
            figure[edge.target] += 1
    kept = {node for node in graph if compares(figure[node], comparison, value)}
    return f"the nodes with {attribute} {comparison} {value} make {require_induced(graph, answer, kept)}"
