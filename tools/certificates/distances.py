"""Checks of distances: labels corrected until no edge undercuts them, from every node that matters."""

from __future__ import annotations

from typing import Any

from graphs.graph import Graph
from tools.answers import Nodes, NodeValues, Number, PairValues
from tools.certificates.agreement import close, settled
from tools.certificates.base import checker, require
from tools.certificates.degrees import equals
from tools.certificates.evidence import arcs_of, in_graph_order, relaxed, same_set

Table = dict[Any, dict[Any, float]]


def distance_table(graph: Graph, weight: str | None, *, whole: bool = True) -> Table:
    """Distances from every node; rejects when `whole` and some node does not reach some other."""
    arcs = arcs_of(graph, weight)
    rows = {u: relaxed(arcs, u) for u in arcs}
    require(not whole or all(len(row) == len(arcs) for row in rows.values()), "some node does not reach some other")
    return rows


def equal_values(one: Any, other: Any) -> bool:
    """Whether two tables hold the same keys, with numbers equal up to rounding or None in both."""
    return set(one) == set(other) and all(one[k] is other[k] is None or close(one[k], other[k]) for k in other)


@checker("single_source_distances")
def check_single_source_distances(graph: Graph, answer: NodeValues, source: Any, weight: str | None = None) -> str:
    """labels corrected until no edge undercuts them"""
    settled(answer)
    found = relaxed(arcs_of(graph, weight), graph.node(source))
    expected = {node: found.get(node) for node in graph.nodes}
    require(answer.witness is None and equal_values(answer.values, expected), "a distance is wrong")
    return f"every node has the distance listed from {source}"


@checker("all_pairs_distances")
def check_all_pairs_distances(graph: Graph, answer: PairValues, weight: str | None = None) -> str:
    """labels from every node corrected until no edge undercuts them"""
    settled(answer)
    rows = distance_table(graph, weight, whole=False)
    nodes = graph.nodes
    pairs = [(u, v) for i, u in enumerate(nodes) for v in (nodes if graph.directed else nodes[i + 1 :]) if u != v]
    expected = {(u, v): rows[u].get(v) for u, v in pairs}
    require(answer.witness is None and equal_values(answer.values, expected), "a distance is wrong")
    return "every pair has the distance listed"


@checker("average_shortest_path_length")
def check_average_shortest_path_length(graph: Graph, answer: Number, weight: str | None = None) -> str:
    """distances from every node by label correction, averaged"""
    rows = distance_table(graph, weight)
    found = [d for u, row in rows.items() for v, d in row.items() if v != u]
    equals(answer, sum(found) / len(found) if found else 0)
    return f"two nodes are {answer.number} apart on average"


def _between(graph: Graph, weight: str | None) -> list[float]:
    return [d for u, row in distance_table(graph, weight, whole=False).items() for v, d in row.items() if v != u]


@checker("maximum_shortest_path_length")
def check_maximum_shortest_path_length(graph: Graph, answer: Number, weight: str | None = None) -> str:
    """distances from every node by label correction, compared"""
    equals(answer, max(_between(graph, weight)))
    return f"the longest shortest path has length {answer.number}"


@checker("minimum_shortest_path_length")
def check_minimum_shortest_path_length(graph: Graph, answer: Number, weight: str | None = None) -> str:
    """distances from every node by label correction, compared"""
    equals(answer, min(_between(graph, weight)))
    return f"the shortest path between two different nodes has length {answer.number}"


def tied_nodes(graph: Graph, answer: Nodes, values: dict[Any, float], best: float) -> None:
    """Reject unless the answer lists exactly the nodes of value `best`, in the order of the graph."""
    settled(answer)
    same_set(answer.nodes, [u for u, x in values.items() if close(x, best)], "nodes")
    in_graph_order(graph, answer.nodes)


@checker("barycenter")
def check_barycenter(graph: Graph, answer: Nodes, weight: str | None = None) -> str:
    """distances from every node by label correction, added up and compared"""
    totals = {u: sum(row.values()) for u, row in distance_table(graph, weight).items()}
    require(close(answer.witness, min(totals.values())), "the least total distance is another")
    tied_nodes(graph, answer, totals, min(totals.values()))
    return f"{len(answer.nodes)} nodes have the least total distance, {min(totals.values()):g}, and no others"


@checker("wiener_index")
def check_wiener_index(graph: Graph, answer: Number, weight: str | None = None) -> str:
    """distances from every node by label correction, added up"""
    total = sum(sum(row.values()) for row in distance_table(graph, weight).values())
    equals(answer, total if graph.directed else total / 2)
    return f"the distances of all pairs add up to {answer.number}"


@checker("farthest_nodes")
def check_farthest_nodes(graph: Graph, answer: Nodes, node: Any, weight: str | None = None) -> str:
    """distances from the node by label correction, compared"""
    found = relaxed(arcs_of(graph, weight), graph.node(node))
    require(close(answer.witness, max(found.values())), "the greatest distance is another")
    tied_nodes(graph, answer, found, max(found.values()))
    return f"{len(answer.nodes)} nodes are {max(found.values()):g} away from {node}, and none is farther"
