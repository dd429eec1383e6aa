"""Comparison of a graph that a tool built with a description made from the definition."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from graphs.graph import Edge, Graph, Node
from tools.answers import GraphAnswer
from tools.certificates.base import require

Row = tuple[Node, Node, Any]  # source, target, what the edge carries


def rows(graph: Graph) -> list[Row]:
    """The edges with their attributes and provenance."""
    return [(e.source, e.target, carried(e)) for e in graph.edges()]


def carried(edge: Edge) -> Any:
    return dict(edge.attributes), edge.provenance


def bare(edges: Iterable[tuple[Node, Node]]) -> list[Row]:
    """Edges without attributes."""
    return [(u, v, ({}, None)) for u, v in edges]


def with_attributes(edges: Mapping[tuple[Node, Node], Mapping[str, Any]]) -> list[Row]:
    return [(u, v, (dict(data), None)) for (u, v), data in edges.items()]


def node_data(graph: Graph, keep: Callable[[Node], bool] = lambda node: True) -> dict[Node, dict[str, Any]]:
    return {node: dict(graph.nx.nodes[node]) for node in graph if keep(node)}


def first_of_parallels(edges: Iterable[Row], *, directed: bool) -> list[Row]:
    """The first edge between each two nodes."""
    found: dict[Any, Row] = {}
    for row in edges:
        found.setdefault(_place(row, directed), row)
    return list(found.values())


def joined(graph: Graph) -> set[tuple[Node, Node]]:
    """The pairs that an edge joins, both ways when undirected."""
    pairs = {(e.source, e.target) for e in graph.edges()}
    return pairs if graph.directed else pairs | {(v, u) for u, v in pairs}


def require_graph(
    answer: GraphAnswer, nodes: Mapping[Node, Mapping[str, Any]], edges: Iterable[Row], *, directed: bool
) -> str:
    """Reject unless the answer's graph has exactly these nodes and edges, with all that they carry.

    Returns a clause on its size.
    """
    new, expected = answer.graph, list(edges)
    require(new.directed is directed, f"the graph should be {'directed' if directed else 'undirected'}")
    require(set(new) == set(nodes), "the nodes are others")
    kinds = {node: type(node) for node in nodes}
    require(all(type(node) is kinds[node] for node in new), "a node has an equal label of another type")
    for node, data in nodes.items():
        require(dict(new.nx.nodes[node]) == dict(data), f"the attributes of node {str(node)[:40]} are others")
    require(
        _gathered(rows(new), directed) == _gathered(expected, directed), "the edges, or what they carry, are others"
    )
    return f"{len(nodes)} nodes and {len(expected)} edges"


def _place(row: Row, directed: bool) -> Any:
    return (row[0], row[1]) if directed else frozenset(row[:2])


def _gathered(edges: Iterable[Row], directed: bool) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {}
    for row in edges:
        found.setdefault(_place(row, directed), []).append(row[2])
    return {place: sorted(data, key=repr) if len(data) > 1 else data for place, data in found.items()}
