"""Graphs made of two graphs: unions, intersections, differences, products."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import networkx as nx

from graphs.errors import WrongKind
from graphs.graph import Graph, Node
from tools.answers import GraphAnswer
from tools.edits import edited
from tools.registry import tool
from tools.selections import edge_rows
from tools.transforms import limit


def _blank(graph: Graph, other: Graph) -> nx.Graph:
    """An empty body that can hold the edges of both; directed as they are, multi when one of them is.

    Raises:
        WrongKind: one is directed and the other is not.
    """
    if graph.directed != other.directed:
        raise WrongKind("one graph is directed and the other is not; use to_directed or to_undirected first")
    if graph.multi or other.multi:
        return nx.MultiDiGraph() if graph.directed else nx.MultiGraph()
    return nx.DiGraph() if graph.directed else nx.Graph()


def _called(graph: Graph) -> str:
    return graph.name or f"a graph of {graph.num_nodes} nodes"


def _add_edges(body: nx.Graph, graph: Graph, keep: Callable[[Node, Node], bool]) -> None:
    """Add the edges that are kept; in a simple body the first edge between two nodes stays."""
    for u, v, data in graph.nx.edges(data=True):
        if keep(u, v) and (body.is_multigraph() or not body.has_edge(u, v)):
            body.add_edge(u, v, **data)


def _add_nodes(body: nx.Graph, *graphs: Graph) -> None:
    for graph in graphs:
        body.add_nodes_from((n, data) for n, data in graph.nx.nodes(data=True) if n not in body)


@tool(
    phrases=("union of two graphs", "compose two graphs", "join both graphs"),
    asks=(
        "Give the union with {other}.",
        "Compose the graph with {other}.",
        "Merge this graph and {other} into one.",
        "union of the graph and {other}",
    ),
)
def union(graph: Graph, other: Graph) -> GraphAnswer:
    """Take all nodes and edges of both graphs; equal labels are one node. O(n + m).

    Where both have a node or (without parallel edges) an edge, the first graph's attributes stay.

    Raises:
        WrongKind: one is directed and the other is not.
    """
    body = _blank(graph, other)
    _add_nodes(body, graph, other)
    _add_edges(body, graph, lambda u, v: True)
    _add_edges(body, other, lambda u, v: True)
    return edited(graph, body, f"union with {_called(other)}")


@tool(
    phrases=("intersection of two graphs", "common edges of two graphs", "what both graphs share"),
    asks=(
        "Give the intersection with {other}.",
        "Which nodes and edges does the graph share with {other}?",
        "Keep what is also in {other}.",
        "intersection of the graph and {other}",
    ),
)
def intersection(graph: Graph, other: Graph) -> GraphAnswer:
    """Keep the nodes and edges that `other` has too, with this graph's attributes. O(n + m).

    Raises:
        WrongKind: one is directed and the other is not.
    """
    body = _blank(graph, graph) if graph.directed == other.directed else _blank(graph, other)
    body.add_nodes_from((n, data) for n, data in graph.nx.nodes(data=True) if n in other)
    _add_edges(body, graph, other.has_edge)
    return edited(graph, body, f"intersection with {_called(other)}")


@tool(
    phrases=("difference of two graphs", "edges not in the other graph", "subtract a graph"),
    asks=(
        "Give the difference to {other}.",
        "Remove all edges that are also in {other}.",
        "Which edges are in this graph but not in {other}?",
        "graph minus {other}",
    ),
)
def difference(graph: Graph, other: Graph) -> GraphAnswer:
    """Keep all nodes, and the edges that join nodes which `other` does not join. O(n + m).

    Raises:
        WrongKind: one is directed and the other is not.
    """
    body = _blank(graph, graph) if graph.directed == other.directed else _blank(graph, other)
    _add_nodes(body, graph)
    _add_edges(body, graph, lambda u, v: not other.has_edge(u, v))
    return edited(graph, body, f"without the edges of {_called(other)}")


@tool(
    phrases=("symmetric difference of two graphs", "edges in exactly one graph", "what differs between two graphs"),
    asks=(
        "Give the symmetric difference with {other}.",
        "Which edges are in exactly one of this graph and {other}?",
        "What differs between this graph and {other}?",
        "symmetric difference of the graph and {other}",
    ),
)
def symmetric_difference(graph: Graph, other: Graph) -> GraphAnswer:
    """Take all nodes of both graphs, and the edges between nodes that exactly one graph joins. O(n + m).

    Raises:
        WrongKind: one is directed and the other is not.
    """
    body = _blank(graph, other)
    _add_nodes(body, graph, other)
    _add_edges(body, graph, lambda u, v: not other.has_edge(u, v))
    _add_edges(body, other, lambda u, v: not graph.has_edge(u, v))
    return edited(graph, body, f"symmetric difference with {_called(other)}")


@tool(
    phrases=("disjoint union", "put two graphs side by side"),
    asks=(
        "Give the disjoint union with {other}.",
        "Put the graph and {other} side by side.",
        "Place {other} beside this graph without joining nodes.",
        "disjoint union of the graph and {other}",
    ),
)
def disjoint_union(graph: Graph, other: Graph) -> GraphAnswer:
    """Put both graphs side by side. A label of `other` that is taken gets primes, as text: 3 becomes "3'". O(n + m).

    Raises:
        WrongKind: one is directed and the other is not.
    """
    body = _blank(graph, other)
    _add_nodes(body, graph)
    new: dict[Node, Node] = {}
    for node, data in other.nx.nodes(data=True):
        label = node
        while label in body or (label != node and label in other):
            label = f"{label}'"
        new[node] = label
        body.add_node(label, **data)
    for source, name in ((graph, {node: node for node in graph}), (other, new)):
        body.add_edges_from((name[u], name[v], data) for u, v, data in source.nx.edges(data=True))
    return edited(graph, body, f"beside {_called(other)}")


@tool(
    phrases=("join of two graphs", "graph join", "connect every node of both"),
    asks=(
        "Give the join with {other}.",
        "Connect every node of the graph with every node of {other}.",
        "graph join of this graph and {other}",
        "Put {other} beside this graph and add all edges between the two.",
    ),
)
def graph_join(graph: Graph, other: Graph) -> GraphAnswer:
    """Put both graphs side by side and join every node of one with every node of the other (both ways). O(n1 n2 + m).

    Raises:
        WrongKind: one is directed and the other is not.
        TooLarge: the join would have more than 5,000,000 edges.
    """
    limit(graph.num_nodes * other.num_nodes * (1 + graph.directed), "the join")
    body = disjoint_union(graph, other).graph.nx
    labels = list(body)
    left, right = labels[: graph.num_nodes], labels[graph.num_nodes :]
    body.add_edges_from(product(left, right))
    if graph.directed:
        body.add_edges_from(product(right, left))
    return edited(graph, body, f"joined with {_called(other)}")


def _product(
    graph: Graph, other: Graph, name: str, pairs: Callable[[Any, Any], Iterator[tuple[Any, Any]]]
) -> GraphAnswer:
    """Nodes "(a, b)" with the attributes `first` and `second`, and the edges that `pairs` gives."""
    _blank(graph, other)
    limit(graph.num_nodes * other.num_nodes, f"the {name} product")
    edges, others = _simple_rows(graph), _simple_rows(other)
    both = 2 * len(edges) * len(others)
    most = {"tensor": both, "cartesian": 0, "strong": both, "lexicographic": len(edges) * other.num_nodes**2}
    limit(most[name] + len(edges) * other.num_nodes + len(others) * graph.num_nodes, f"the {name} product")
    nodes = list(product(graph, other))
    labels = [f"({a}, {b})" for a, b in nodes]
    if len(set(labels)) < len(labels):
        labels = [f"({a!r}, {b!r})" for a, b in nodes]
    label = dict(zip(nodes, labels))
    body = nx.DiGraph() if graph.directed else nx.Graph()
    body.add_nodes_from((label[a, b], {"first": a, "second": b}) for a, b in nodes)
    body.add_edges_from((label[u], label[v]) for u, v in pairs((list(graph), edges), (list(other), others)))
    return edited(graph, body, f"{name} product with {_called(other)}")


def _simple_rows(graph: Graph) -> list[tuple[Node, Node]]:
    return list(dict.fromkeys((row[0], row[1]) for row in edge_rows(graph)))


def _cartesian(one: Any, two: Any) -> Iterator[tuple[Any, Any]]:
    (nodes, edges), (others, other_edges) = one, two
    yield from (((u, b), (v, b)) for u, v in edges for b in others)
    yield from (((a, x), (a, y)) for a in nodes for x, y in other_edges)


def _tensor(one: Any, two: Any, *, directed: bool) -> Iterator[tuple[Any, Any]]:
    for (u, v), (x, y) in product(one[1], two[1]):
        yield (u, x), (v, y)
        if not directed:
            yield (u, y), (v, x)


@tool(
    phrases=("cartesian product", "box product", "grid product of two graphs"),
    asks=(
        "Give the Cartesian product with {other}.",
        "Build the cartesian product of the graph and {other}.",
        "cartesian product graph with {other}",
        "Form the box product with {other}.",
    ),
)
def cartesian_product(graph: Graph, other: Graph) -> GraphAnswer:
    """Pair the nodes; join pairs equal in one place and joined in the other. O(n1 m2 + n2 m1).

    Imrich & Klavžar, Product Graphs (2000). Parallel edges count once.

    Raises:
        WrongKind: one is directed and the other is not.
        TooLarge: the product would have more than 5,000,000 edges.
    """
    return _product(graph, other, "cartesian", _cartesian)


@tool(
    phrases=("tensor product", "categorical product", "direct product of two graphs", "kronecker product"),
    asks=(
        "Give the tensor product with {other}.",
        "Build the categorical product of the graph and {other}.",
        "tensor product graph with {other}",
        "Form the Kronecker product with {other}.",
    ),
)
def tensor_product(graph: Graph, other: Graph) -> GraphAnswer:
    """Pair the nodes; join pairs joined in both places. O(m1 m2).

    Raises:
        WrongKind: one is directed and the other is not.
        TooLarge: the product would have more than 5,000,000 edges.
    """
    return _product(graph, other, "tensor", lambda a, b: _tensor(a, b, directed=graph.directed))


@tool(
    phrases=("strong product", "normal product of two graphs"),
    asks=(
        "Give the strong product with {other}.",
        "Build the strong product of the graph and {other}.",
        "strong product graph with {other}",
        "Form the strong graph product with {other}.",
    ),
)
def strong_product(graph: Graph, other: Graph) -> GraphAnswer:
    """Pair the nodes; join pairs equal or joined in each place: the Cartesian and the tensor product together.

    O(m1 m2 + n1 m2 + n2 m1).

    Raises:
        WrongKind: one is directed and the other is not.
        TooLarge: the product would have more than 5,000,000 edges.
    """

    def pairs(one: Any, two: Any) -> Iterator[tuple[Any, Any]]:
        yield from _cartesian(one, two)
        yield from _tensor(one, two, directed=graph.directed)

    return _product(graph, other, "strong", pairs)


@tool(
    phrases=("lexicographic product", "graph composition product", "substitute a graph for every node"),
    asks=(
        "Give the lexicographic product with {other}.",
        "Build the lexicographic product of the graph and {other}.",
        "lexicographic product graph with {other}",
        "Replace every node by a copy of {other}.",
    ),
)
def lexicographic_product(graph: Graph, other: Graph) -> GraphAnswer:
    """Pair the nodes; join pairs joined in the first place, or equal there and joined in the second.

    O(m1 n2^2 + n1 m2).

    Raises:
        WrongKind: one is directed and the other is not.
        TooLarge: the product would have more than 5,000,000 edges.
    """

    def pairs(one: Any, two: Any) -> Iterator[tuple[Any, Any]]:
        yield from (((u, x), (v, y)) for u, v in one[1] for x in two[0] for y in two[0])
        yield from (((a, x), (a, y)) for a in one[0] for x, y in two[1])

    return _product(graph, other, "lexicographic", pairs)
