"""Checks of graphs made of two graphs: compared with the definition, pair by pair."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphs.graph import Graph, Node
from tools.answers import GraphAnswer
from tools.certificates.base import checker, require
from tools.certificates.built import Row, bare, first_of_parallels, joined, node_data, require_graph, rows
from tools.certificates.incidence import successors

Joins = Callable[[Node, Node], bool]


def _expect(graph: Graph, other: Graph, answer: GraphAnswer, nodes: Any, edges: list[Row], what: str) -> str:
    require(graph.directed == other.directed, "one graph is directed and the other is not")
    if not answer.graph.multi:
        edges = first_of_parallels(edges, directed=graph.directed)
    return f"the {what} has {require_graph(answer, nodes, edges, directed=graph.directed)}"


@checker("union")
def check_union(graph: Graph, answer: GraphAnswer, other: Graph) -> str:
    """the edges of both graphs gathered and compared"""
    require(answer.graph.multi == (graph.multi or other.multi), "parallel edges are kept or lost")
    nodes = node_data(other) | node_data(graph)
    return _expect(graph, other, answer, nodes, rows(graph) + rows(other), "union")


@checker("intersection")
def check_intersection(graph: Graph, answer: GraphAnswer, other: Graph) -> str:
    """every edge looked up in the other graph"""
    require(answer.graph.multi == graph.multi, "parallel edges are kept or lost")
    theirs = joined(other)
    edges = [row for row in rows(graph) if (row[0], row[1]) in theirs]
    nodes = node_data(graph, set(other).__contains__)
    return _expect(graph, other, answer, nodes, edges, "intersection")


@checker("difference")
def check_difference(graph: Graph, answer: GraphAnswer, other: Graph) -> str:
    """every edge looked up in the other graph"""
    require(answer.graph.multi == graph.multi, "parallel edges are kept or lost")
    theirs = joined(other)
    edges = [row for row in rows(graph) if (row[0], row[1]) not in theirs]
    return _expect(graph, other, answer, node_data(graph), edges, "difference")


@checker("symmetric_difference")
def check_symmetric_difference(graph: Graph, answer: GraphAnswer, other: Graph) -> str:
    """every edge looked up in the other graph"""
    require(answer.graph.multi == (graph.multi or other.multi), "parallel edges are kept or lost")
    ours, theirs = joined(graph), joined(other)
    edges = [row for row in rows(graph) if (row[0], row[1]) not in theirs]
    edges += [row for row in rows(other) if (row[0], row[1]) not in ours]
    nodes = node_data(other) | node_data(graph)
    return _expect(graph, other, answer, nodes, edges, "symmetric difference")


def _side_by_side(
    graph: Graph, other: Graph, answer: GraphAnswer
) -> tuple[dict[Node, Any], list[Row], dict[Node, Node]]:
    """Nodes and edges of the disjoint union, and the new labels of `other`, read off the order of the new nodes."""
    labels = answer.graph.nodes
    require(len(labels) == graph.num_nodes + other.num_nodes, "the graphs are not disjoint")
    require(labels[: graph.num_nodes] == graph.nodes, "the first graph's nodes do not come first")
    new = dict(zip(other, labels[graph.num_nodes :]))
    require(all(str(label).rstrip("'") == str(n).rstrip("'") for n, label in new.items()), "a node has another name")
    require(all(label == n for n, label in new.items() if n not in graph), "a node is renamed without need")
    nodes = node_data(graph) | {new[n]: data for n, data in node_data(other).items()}
    return nodes, rows(graph) + [(new[u], new[v], data) for u, v, data in rows(other)], new


@checker("disjoint_union")
def check_disjoint_union(graph: Graph, answer: GraphAnswer, other: Graph) -> str:
    """the edges of both graphs compared under the new names"""
    nodes, edges, _ = _side_by_side(graph, other, answer)
    require(graph.directed == other.directed, "one graph is directed and the other is not")
    return f"the disjoint union has {require_graph(answer, nodes, edges, directed=graph.directed)}"


@checker("graph_join")
def check_graph_join(graph: Graph, answer: GraphAnswer, other: Graph) -> str:
    """the edges of both graphs compared, and every pair between them"""
    nodes, edges, new = _side_by_side(graph, other, answer)
    across = bare((u, v) for u in graph for v in new.values())
    back = bare((v, u) for u in graph for v in new.values()) if graph.directed else []
    require(graph.directed == other.directed, "one graph is directed and the other is not")
    return f"the join has {require_graph(answer, nodes, edges + across + back, directed=graph.directed)}"


def _check_product(
    graph: Graph, other: Graph, answer: GraphAnswer, what: str, joins: Callable[[bool, bool, bool, bool], bool]
) -> str:
    """Compare all pairs; `joins` reads (equal first, joined first, equal second, joined second)."""
    require(graph.directed == other.directed, "one graph is directed and the other is not")
    nodes: dict[Node, dict[str, Any]] = {}
    pairs = [(a, b) for a in graph for b in other]
    require(answer.graph.num_nodes == len(pairs), "there is not one node for each pair")
    for label, (a, b) in zip(answer.graph, pairs):
        require(label in (f"({a}, {b})", f"({a!r}, {b!r})"), f"{label} does not name its pair")
        nodes[label] = {"first": a, "second": b}
    one, two = successors(graph), successors(other)
    label_of = dict(zip(pairs, answer.graph))
    place = {pair: i for i, pair in enumerate(pairs)}
    anywhere = joins(False, True, False, False)  # a step in the first place allows any step in the second
    found = set()
    for a, b in pairs:
        for c in one[a] | {a}:
            for d in two if anywhere else two[b] | {b}:
                steps = graph.directed or place[a, b] <= place[c, d]
                if steps and joins(a == c, c in one[a], b == d, d in two[b]):
                    found.add((label_of[a, b], label_of[c, d]))
    size = require_graph(answer, nodes, bare(found), directed=graph.directed)
    return f"the {what} product has {size}"


@checker("cartesian_product")
def check_cartesian_product(graph: Graph, answer: GraphAnswer, other: Graph) -> str:
    """every pair of pairs compared with the definition"""
    return _check_product(graph, other, answer, "Cartesian", lambda e1, j1, e2, j2: (e1 and j2) or (e2 and j1))


@checker("tensor_product")
def check_tensor_product(graph: Graph, answer: GraphAnswer, other: Graph) -> str:
    """every pair of pairs compared with the definition"""
    return _check_product(graph, other, answer, "tensor", lambda e1, j1, e2, j2: j1 and j2)


@checker("strong_product")
def check_strong_product(graph: Graph, answer: GraphAnswer, other: Graph) -> str:
    """every pair of pairs compared with the definition"""
    return _check_product(
        graph, other, answer, "strong", lambda e1, j1, e2, j2: (e1 and j2) or (e2 and j1) or (j1 and j2)
    )


@checker("lexicographic_product")
def check_lexicographic_product(graph: Graph, answer: GraphAnswer, other: Graph) -> str:
    """every pair of pairs compared with the definition"""
    return _check_product(graph, other, answer, "lexicographic", lambda e1, j1, e2, j2: j1 or (e1 and j2))
