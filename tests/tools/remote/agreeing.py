"""Questions put to an engine and to the same graph here: the answers must be equal."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from graphs.errors import GraphError
from graphs.graph import Graph
from graphs.remote import RemoteGraph
from tools.answers import Answer
from tools.run import run_tool

UNORDERED = """neighbors successors predecessors common_neighbors nodes_with_degree isolated_nodes source_nodes
    sink_nodes largest_component component_of connected_components weakly_connected_components""".split()
WHOLE = """num_nodes num_edges density average_degree is_directed maximum_degree minimum_degree degree_histogram
    max_degree_node min_degree_node degrees isolated_nodes graph_summary triangle_count transitivity motif_counts
    number_of_components is_connected connected_components largest_component highest_pagerank_node pagerank""".split()
TIED = ("max_degree_node", "min_degree_node", "highest_pagerank_node", "shortest_path", "largest_component")


def questions(graph: Graph, rng: random.Random, count: int = 4) -> Iterator[tuple[str, dict[str, Any]]]:
    """Tools that all engines do, with arguments."""
    for name in WHOLE:
        yield name, {}
    if graph.directed:
        yield from ((name, {}) for name in ("source_nodes", "sink_nodes", "weakly_connected_components"))
        yield "maximum_degree", {"direction": "in"}
    if graph.weighted:
        yield from ((name, {}) for name in ("total_weight", "average_edge_weight"))
    nodes = graph.nodes
    for _ in range(count):
        u, v = rng.choice(nodes), rng.choice(nodes)
        yield from ((name, {"node": u}) for name in ("degree", "neighbors", "component_of", "pagerank"))
        if graph.directed:
            yield from ((name, {"node": u}) for name in ("in_degree", "out_degree", "predecessors"))
        yield from ((name, {"source": u, "target": v}) for name in ("shortest_path", "shortest_path_length", "has_path",
                                                                    "has_edge"))  # fmt: skip
        yield "common_neighbors", {"u": u, "v": v}
        if graph.weighted:
            yield "shortest_path_length", {"source": u, "target": v, "weight": "weight"}
            yield "shortest_path", {"source": u, "target": v, "weight": "weight"}


def difference(graph: Graph, remote: RemoteGraph, name: str, arguments: dict[str, Any], near: float = 1e-9) -> str:
    """What differs between the two answers; "" where nothing does."""
    one, other = _said(graph, name, arguments), _said(remote, name, arguments)
    if isinstance(one, str) or isinstance(other, str):
        return "" if isinstance(one, str) and isinstance(other, str) else f"{name} {arguments}: {one!r} and {other!r}"
    answer, certificate = other
    if certificate.grade != "none" and not certificate.holds:
        return f"{name} {arguments}: rejected, {certificate.reason}"
    if name in TIED:
        if name == "shortest_path":
            same = (
                one[0].length == answer.length
                if isinstance(answer.length, int)
                else abs(one[0].length - answer.length) < near
            )  # type: ignore[attr-defined]
        elif name == "largest_component":
            same = one[0].count == answer.count
        else:
            same = answer.value == one[0].value or "share" in str(one[0].notes) or not answer.exact
    else:
        same = _equal(_sorted(name, one[0].value), _sorted(name, answer.value), near)
    return "" if same else f"{name} {arguments}: {str(one[0].value)[:200]} and {str(answer.value)[:200]}"


def _said(graph: Graph, name: str, arguments: dict[str, Any]) -> tuple[Answer, Any] | str:
    try:
        return run_tool(graph, name, arguments)
    except GraphError as error:
        return type(error).__name__


def _sorted(name: str, value: Any) -> Any:
    if isinstance(value, dict):
        return {key: cell for key, cell in value.items() if key != "multi"}  # a table has no word for it
    if name not in UNORDERED:
        return value
    if value and isinstance(value[0], list):
        return sorted((sorted(group, key=str) for group in value), key=str)
    return sorted(value, key=str)


def _equal(one: Any, other: Any, near: float) -> bool:
    if isinstance(one, dict):
        return (
            isinstance(other, dict) and one.keys() == other.keys() and all(_equal(one[k], other[k], near) for k in one)
        )
    if isinstance(one, float) or isinstance(other, float):
        return bool(abs(one - other) <= near * max(1.0, abs(one)))
    return bool(one == other)
