from __future__ import annotations

from typing import Any

import networkx as nx
import pytest

from graphs.errors import BadArgument, EdgeNotFound, GraphError, MissingAttribute, NodeNotFound
from graphs.graph import Graph
from tests.tools.forgery import assert_certified
from tests.tools.odd_graphs import odd_graphs
from tools.edits import add_edge, contract_edge, merge_nodes, remove_node
from tools.run import run_tool

SEEDS = 80


def pairs(graph: Graph) -> list[Any]:
    """The edges' ends as a sorted multiset."""
    rows = [(str(u), str(v)) for u, v in graph.nx.edges()]
    return sorted(rows if graph.directed else [tuple(sorted(row)) for row in rows])


def test_nodes_come_and_go() -> None:
    for graph, rng in odd_graphs(SEEDS):
        more = assert_certified(graph, "add_nodes", nodes=["new 1", "new 2"]).graph
        assert more.num_nodes == graph.num_nodes + 2
        assert assert_certified(graph, "add_node", node="new").graph.num_edges == graph.num_edges
        gone = rng.sample(graph.nodes, rng.randint(0, graph.num_nodes))
        body = graph.nx.copy()
        body.remove_nodes_from(gone)
        assert pairs(assert_certified(graph, "remove_nodes", nodes=gone).graph) == pairs(Graph(body))
        if gone:
            assert gone[0] not in assert_certified(graph, "remove_node", node=gone[0]).graph


def test_edges_come_and_go() -> None:
    for graph, rng in odd_graphs(SEEDS):
        if graph.num_nodes < 2:
            continue
        u, v = rng.sample(graph.nodes, 2)
        if graph.has_edge(u, v):
            less = assert_certified(graph, "remove_edge", source=u, target=v).graph
            assert not less.has_edge(u, v)
            assert less.num_edges == graph.num_edges - graph.nx.number_of_edges(u, v)
            assert assert_certified(graph, "remove_edges", edges=[(u, v)]).graph.nodes == graph.nodes
            weighed = assert_certified(graph, "set_weight", source=u, target=v, value=3.5).graph
            assert all(d["weight"] == 3.5 for *_, d in weighed.nx.edges((u,), data=True) if _[1] == v)
        if graph.multi or not graph.has_edge(u, v):
            assert assert_certified(graph, "add_edge", source=u, target=v, weight=2.0).graph.has_edge(u, v)
            more = assert_certified(graph, "add_edges", edges=[(u, v), (u, "new")]).graph
            assert more.num_edges == graph.num_edges + 2


def test_contraction_equals_networkx() -> None:
    for graph, rng in odd_graphs(SEEDS):
        real = [(u, v) for u, v in graph.nx.edges() if u != v]
        if not real:
            continue
        u, v = rng.choice(real)
        loops = [(n, n) for n in (u, v)]
        truth = nx.contracted_nodes(graph.nx, u, v, self_loops=False, store_contraction_as=None)
        truth.remove_edges_from([loop for loop in loops * 20 if loop in truth.edges()])
        while truth.has_edge(u, u):
            truth.remove_edge(u, u)
        assert pairs(assert_certified(graph, "contract_edge", source=u, target=v).graph) == pairs(Graph(truth))


def test_merging_three_nodes() -> None:
    graph = Graph.from_edges([(1, 2, 5.0), (2, 3, 6.0), (3, 4, 7.0), (4, 1, 8.0), (4, 5, 9.0)])
    merged = assert_certified(graph, "merge_nodes", nodes=[1, 2, 3]).graph
    assert sorted(merged.nx.edges(data="weight")) == [(1, 4, 8.0), (4, 5, 9.0)]


def test_renaming_equals_networkx() -> None:
    for graph, rng in odd_graphs(SEEDS):
        chosen = rng.sample(graph.nodes, rng.randint(0, graph.num_nodes))
        mapping = {n: f"new {n}" for n in chosen}
        truth = Graph(nx.relabel_nodes(graph.nx, mapping))
        assert pairs(assert_certified(graph, "relabel_nodes", mapping=mapping).graph) == pairs(truth)


def test_names_can_be_swapped() -> None:
    graph = Graph.from_edges([("a", "b"), ("b", "c")])
    swapped = assert_certified(graph, "relabel_nodes", mapping={"a": "b", "b": "a"}).graph
    assert pairs(swapped) == [("a", "b"), ("a", "c")]


def test_weights_are_scaled() -> None:
    for graph, _ in odd_graphs(SEEDS):
        if graph.weighted:
            scaled = assert_certified(graph, "scale_weights", factor=-2.0).graph
            before = [w for *_, w in graph.nx.edges(data="weight")]
            assert [w for *_, w in scaled.nx.edges(data="weight")] == [-2 * w for w in before]


def test_the_old_graph_and_its_provenance_stay() -> None:
    for graph, _ in odd_graphs(SEEDS):
        before = graph.to_json()
        for node in graph.nodes[:1]:
            smaller = remove_node(graph, node).graph
            assert smaller.assumptions == (f"removed {node}",)
            assert smaller.name == graph.name
            assert all(edge.provenance is not None for edge in smaller.edges())
        assert graph.to_json() == before


def test_new_labels_follow_the_graph() -> None:
    numbers, words = Graph.from_edges([(1, 2)]), Graph.from_edges([("1", "b")])
    assert assert_certified(numbers, "add_node", node="3").graph.nodes == [1, 2, 3]
    assert assert_certified(words, "add_node", node=3).graph.nodes == ["1", "b", "3"]
    assert add_edge(numbers, 2, "7").graph.nodes == [1, 2, 7]
    assert assert_certified(numbers, "add_edge", source="1", target="7").graph.has_edge(1, 7)
    assert add_edge(Graph.from_edges([(1, 2, 3.0)]), 2, 3).notes == ("the new edges have no weight",)


@pytest.mark.parametrize(
    ("name", "arguments", "error"),
    [
        ("add_node", {"node": 1}, BadArgument),
        ("add_node", {"node": ""}, BadArgument),
        ("add_nodes", {"nodes": [8, 8]}, BadArgument),
        ("remove_node", {"node": 9}, NodeNotFound),
        ("add_edge", {"source": 1, "target": 2}, BadArgument),
        ("remove_edge", {"source": 1, "target": 3}, EdgeNotFound),
        ("contract_edge", {"source": 1, "target": 3}, EdgeNotFound),
        ("contract_edge", {"source": 3, "target": 3}, BadArgument),
        ("merge_nodes", {"nodes": [1, 1]}, BadArgument),
        ("relabel_nodes", {"mapping": {1: 2}}, BadArgument),
        ("set_weight", {"source": 1, "target": 3, "value": 1}, EdgeNotFound),
        ("scale_weights", {"factor": 2}, MissingAttribute),
    ],
)
def test_errors(name: str, arguments: dict[str, Any], error: type[GraphError]) -> None:
    with pytest.raises(error):
        run_tool(Graph.from_edges([(1, 2), (2, 3), (3, 3)]), name, arguments)


def test_merging_keeps_every_parallel_edge_of_a_multigraph() -> None:
    graph = Graph.from_edges([(1, 3), (2, 3), (1, 2)], multi=True)
    assert contract_edge(graph, 1, 2).graph.num_edges == 2
    assert merge_nodes(graph, [1, 3]).graph.num_edges == 2
