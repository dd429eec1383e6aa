"""Centrality by all routes and of groups against networkx and the laws of proven answers."""

from __future__ import annotations

import random

import networkx as nx
import pytest

from benchmarks.attacking.random_graphs import atlas, random_graphs, renamed
from graphs import Graph
from graphs.errors import GraphError, NotConnected, TooLarge, WrongKind
from tests.tools.proving import ask, prove
from tools import flow_centrality, group_centrality
from tools.registry import all_tools

ALL = [
    "current_flow_closeness",
    "current_flow_betweenness",
    "subgraph_centrality",
    "communicability",
    "laplacian_centrality",
    "group_degree_centrality",
    "group_closeness_centrality",
    "group_betweenness_centrality",
    "voterank",
]


def test_currents_equal_networkx_on_all_small_connected_graphs():
    for graph in atlas(6):
        if graph.num_nodes < 3 or not nx.is_connected(graph.nx):
            continue
        expected = nx.current_flow_closeness_centrality(graph.nx)
        assert flow_centrality.current_flow_closeness(graph).values == pytest.approx(expected)
        expected = nx.current_flow_betweenness_centrality(graph.nx)
        assert flow_centrality.current_flow_betweenness(graph).values == pytest.approx(expected, abs=1e-9)


def test_exponentials_and_energies_equal_networkx():
    for graph in atlas(6):
        if graph.num_nodes < 2:
            continue
        assert flow_centrality.subgraph_centrality(graph).values == pytest.approx(nx.subgraph_centrality(graph.nx))
        expected = nx.communicability(graph.nx)[0][1]
        assert flow_centrality.communicability(graph, 0, 1).number == pytest.approx(expected, abs=1e-9)
        if graph.num_edges:
            expected = nx.laplacian_centrality(graph.nx)
            assert flow_centrality.laplacian_centrality(graph).values == pytest.approx(expected)


def test_groups_equal_networkx():
    rng = random.Random(1)
    for graph in random_graphs(150, seed=1, weights=("none",), multi=False, max_nodes=7, loops=False):
        if graph.num_nodes < 4:
            continue
        nodes = rng.sample(graph.nodes, 2)
        got = group_centrality.group_closeness_centrality(graph, nodes).number
        assert got == pytest.approx(nx.group_closeness_centrality(graph.nx, nodes))
        if not graph.directed:
            got = group_centrality.group_degree_centrality(graph, nodes).number
            assert got == pytest.approx(nx.group_degree_centrality(graph.nx, nodes))


def test_group_betweenness_by_listing_paths():
    for graph in [*atlas(5), *random_graphs(60, seed=2, weights=("none",))]:
        if graph.num_nodes < 4:
            continue
        group = graph.nodes[:2]
        outside = [v for v in graph if v not in group]
        total = 0
        for s in outside:
            for t in outside:
                if s != t and nx.has_path(graph.nx, s, t):
                    paths = list(nx.all_shortest_paths(graph.simple(), s, t))
                    total += sum(bool(set(path) & set(group)) for path in paths) / len(paths)
        got = group_centrality.group_betweenness_centrality(graph, group).number
        assert got == pytest.approx(total / (len(outside) * (len(outside) - 1)))


def test_voterank_equals_networkx():
    for graph in [*atlas(6), *random_graphs(60, seed=3, weights=("none",), multi=False, loops=False)]:
        expected = nx.voterank(graph.nx)
        got = group_centrality.voterank(graph).nodes
        assert got[:2] == expected[:2]  # later turns of networkx depend on rounding


@pytest.mark.parametrize("name", ALL)
def test_laws(name):
    rng = random.Random(name)
    taken = {p.name for p in all_tools()[name].parameters}
    answered = 0
    for graph in random_graphs(120, seed=4, weights=("none", "positive", "float"), max_nodes=7):
        if not graph.num_nodes:
            continue
        given = {"u": rng.choice(graph.nodes), "v": rng.choice(graph.nodes), "k": rng.choice([None, 1, 2])}
        given |= {"nodes": rng.sample(graph.nodes, min(2, graph.num_nodes)), "node": rng.choice([None, *graph.nodes])}
        given |= {"weight": "weight"} if graph.weighted else {}
        answer = prove(graph, name, {key: x for key, x in given.items() if key in taken}, rng)
        answered += not isinstance(answer, GraphError)
    assert answered > 15


@pytest.mark.parametrize("name", ["current_flow_closeness", "laplacian_centrality", "voterank"])
def test_renaming_nodes_renames_the_answer(name):
    for graph in random_graphs(40, seed=5, weights=("none",)):
        mapping = {node: f"new {i}" for i, node in enumerate(graph)}
        before, after = ask(graph, name, {}), ask(renamed(graph, mapping), name, {})
        if isinstance(before, GraphError):
            assert type(before) is type(after)
        elif name == "voterank":
            assert [mapping[v] for v in before.nodes] == after.nodes
        else:
            assert {mapping[v]: x for v, x in before.values.items()} == pytest.approx(after.values)


def test_errors():
    with pytest.raises(NotConnected):
        flow_centrality.current_flow_closeness(Graph.from_edges([(1, 2), (3, 4)]))
    with pytest.raises(TooLarge):
        flow_centrality.current_flow_closeness(Graph(nx.path_graph(401)))
    with pytest.raises(WrongKind):
        flow_centrality.laplacian_centrality(Graph.from_edges([(1, 2)], directed=True))
    with pytest.raises(WrongKind):
        group_centrality.group_degree_centrality(Graph.from_edges([(1, 2)]), [1, 2])
