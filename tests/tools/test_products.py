from __future__ import annotations

from typing import Any

import networkx as nx
import pytest

from graphs.errors import BadArgument, TooLarge, WrongKind
from graphs.graph import Graph
from tests.tools.forgery import assert_certified
from tests.tools.odd_graphs import odd_graph
from tools.run import run_tool

PRODUCTS = {
    "cartesian_product": nx.cartesian_product,
    "tensor_product": nx.tensor_product,
    "strong_product": nx.strong_product,
    "lexicographic_product": nx.lexicographic_product,
}


def two_graphs(seed: int, multi: bool | None = None) -> tuple[Graph, Graph]:
    directed = seed % 2 > 0
    most = 4
    return (
        odd_graph(seed, directed=directed, multi=multi, most=most),
        odd_graph(seed + 500, directed=directed, multi=multi, most=most),
    )


def ends(graph: Graph) -> set[Any]:
    return set(graph.nx.edges()) if graph.directed else {frozenset(edge) for edge in graph.nx.edges()}


def test_products_equal_networkx() -> None:
    for seed in range(60):
        graph, other = two_graphs(seed, multi=False)
        for name, product in PRODUCTS.items():
            found = assert_certified(graph, name, other=other)
            pair = {n: (d["first"], d["second"]) for n, d in found.graph.nx.nodes(data=True)}
            truth = Graph(product(graph.nx, other.nx))
            assert set(pair.values()) == set(truth)
            assert ends(Graph(nx.relabel_nodes(found.graph.nx, pair))) == ends(truth), name


def test_set_operations() -> None:
    for seed in range(100):
        graph, other = two_graphs(seed)
        ours, theirs = ends(graph), ends(other)
        truth = {
            "union": (set(graph) | set(other), ours | theirs),
            "intersection": (set(graph) & set(other), ours & theirs),
            "difference": (set(graph), ours - theirs),
            "symmetric_difference": (set(graph) | set(other), ours ^ theirs),
        }
        for name, (nodes, edges) in truth.items():
            found = assert_certified(graph, name, other=other).graph
            assert set(found) == nodes, name
            assert ends(found) == edges, name


def test_union_keeps_the_first_attributes() -> None:
    for seed in range(40):
        graph, other = two_graphs(seed, multi=False)
        found = assert_certified(graph, "union", other=other).graph.nx
        assert dict(found.nodes(data=True)) == {**dict(other.nx.nodes(data=True)), **dict(graph.nx.nodes(data=True))}
        for u, v in found.edges():
            assert found[u][v] == (graph if graph.has_edge(u, v) else other).nx[u][v]


def test_side_by_side() -> None:
    for seed in range(60):
        graph, other = two_graphs(seed)
        found = assert_certified(graph, "disjoint_union", other=other).graph
        assert found.num_nodes == graph.num_nodes + other.num_nodes
        assert found.num_edges == graph.num_edges + other.num_edges
        both = nx.disjoint_union(nx.Graph(graph.nx.to_undirected()), nx.Graph(other.nx.to_undirected()))
        assert nx.faster_could_be_isomorphic(nx.Graph(found.nx.to_undirected()), both)
        joined = assert_certified(graph, "graph_join", other=other).graph
        across = graph.num_nodes * other.num_nodes * (1 + graph.directed)
        assert joined.num_edges == graph.num_edges + other.num_edges + across


def test_labels_that_look_like_pairs_stay_apart() -> None:
    one = Graph.from_edges((), ["a", "a, b"])
    two = Graph.from_edges((), ["b, c", "c"])
    assert assert_certified(one, "cartesian_product", other=two).graph.num_nodes == 4


def test_primes_never_clash() -> None:
    one, two = Graph.from_edges([(3, "3'")]), Graph.from_edges([(3, "3'"), ("3'", "3''")])
    assert assert_certified(one, "disjoint_union", other=two).graph.num_nodes == 5


def test_errors() -> None:
    one, arrow = Graph.from_edges([(1, 2)]), Graph.from_edges([(1, 2)], directed=True)
    for name in (*PRODUCTS, "union", "intersection", "difference", "symmetric_difference", "disjoint_union"):
        with pytest.raises(WrongKind):
            run_tool(one, name, {"other": arrow})
    with pytest.raises(TooLarge):
        run_tool(Graph(nx.complete_graph(100)), "tensor_product", {"other": Graph(nx.complete_graph(60))})
    with pytest.raises(BadArgument):
        run_tool(one, "union", {"other": "a handle that was not resolved"})
