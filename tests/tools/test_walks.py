"""Random walks and currents against networkx, simulation, fractions and the laws of proven answers."""

from __future__ import annotations

import random
from collections import Counter

import networkx as nx
import numpy as np
import pytest

from benchmarks.attacking.random_graphs import atlas, random_graphs
from graphs import Graph
from graphs.errors import BadArgument, GraphError, MissingAttribute, NegativeWeight, NoPath, NotConnected, WrongKind
from tests.tools.proving import ask, prove, rename_commutes
from tools import walks
from tools.registry import all_tools


def pairs_of(graph, rng):
    return rng.choice(graph.nodes), rng.choice(graph.nodes)


def test_resistance_equals_networkx_on_all_small_connected_graphs():
    for graph in atlas(6):
        if graph.num_nodes < 2 or not nx.is_connected(graph.nx):
            continue
        expected = nx.resistance_distance(graph.nx, 0)
        for v, number in expected.items():
            assert walks.resistance_distance(graph, 0, v).number == pytest.approx(number, abs=1e-9)


def test_resistors_in_series_and_in_parallel():
    graph = Graph.from_edges([("a", "b", 2.0), ("b", "c", 3.0), ("a", "c", 5.0), ("a", "c", 5.0)], multi=True)
    assert walks.resistance_distance(graph, "a", "c", "weight").number == pytest.approx(5 / 3)


def test_commute_time_is_resistance_times_the_number_of_arcs():
    for graph in random_graphs(60, seed=1, directed=False, loops=False, weights=("none",)):
        if graph.num_nodes > 1 and nx.is_connected(graph.nx):
            u, v = graph.nodes[:2]
            expected = 2 * graph.num_edges * walks.resistance_distance(graph, u, v).number
            assert walks.commute_time(graph, u, v).number == pytest.approx(expected)


def test_hitting_time_on_a_path_is_the_square_of_its_length():
    for n in (2, 5, 40):  # 40 nodes go through numpy
        assert walks.hitting_time(Graph(nx.path_graph(n)), 0, n - 1).number == pytest.approx((n - 1) ** 2)


def test_gamblers_ruin():
    line = Graph(nx.path_graph(6))
    assert walks.hitting_probability(line, 2, 5, 0).number == pytest.approx(2 / 5)


def test_distribution_equals_a_matrix_power():
    for graph in random_graphs(60, seed=2, weights=("none", "positive")):
        if not graph.num_nodes:
            continue
        weight = "weight" if graph.weighted and graph.num_edges else None
        adjacency = nx.to_numpy_array(graph.nx, weight=weight)
        for i in range(len(adjacency)):
            if not adjacency[i].sum():
                adjacency[i, i] = 1
        step = adjacency / adjacency.sum(axis=1, keepdims=True)
        got = walks.random_walk_distribution(graph, graph.nodes[0], 3, weight).values
        assert list(got.values()) == pytest.approx(list(np.linalg.matrix_power(step, 3)[0]))


def test_a_sampled_walk_visits_in_proportion_to_the_stationary_distribution():
    graph = Graph.from_edges([(0, 1), (1, 2), (2, 0), (0, 2), (2, 1)], directed=True)
    stationary = walks.stationary_distribution(graph).values
    seen = Counter(walks.random_walk(graph, 0, 10_000, seed=3).nodes)
    for node, share in stationary.items():
        assert seen[node] / 10_001 == pytest.approx(share, abs=0.02)


def test_same_seed_same_walk():
    graph = Graph(nx.complete_graph(6))
    first = walks.random_walk(graph, 0, 20, 1).nodes
    assert first == walks.random_walk(graph, 0, 20, 1).nodes != walks.random_walk(graph, 0, 20, 2).nodes


def test_simrank_equals_networkx_on_all_small_graphs():
    for graph in atlas(5):
        if graph.num_nodes < 2:
            continue
        expected = nx.simrank_similarity(graph.nx, source=0, max_iterations=1000, tolerance=1e-12)
        got = walks.simrank(graph, 0).values
        assert all(got[v] == pytest.approx(number, abs=2e-4) for v, number in expected.items())


def test_katz_similarity_is_the_sum_of_matrix_powers():
    for graph in random_graphs(40, seed=5, weights=("none",), max_nodes=5, multi=False):
        if not graph.num_nodes:
            continue
        adjacency = nx.to_numpy_array(graph.nx)
        total = sum(0.05**k * np.linalg.matrix_power(adjacency, k) for k in range(1, 40))
        got = walks.katz_similarity(graph, graph.nodes[0], graph.nodes[-1]).number
        assert got == pytest.approx(total[0, -1], abs=1e-9)


def is_walk(graph, mutant, source, steps):
    walk = mutant.nodes
    fine = walk[0] == source and all(graph.has_edge(u, v) for u, v in zip(walk, walk[1:]))
    return fine and (len(walk) == steps + 1 or not graph.nx[walk[-1]])


@pytest.mark.parametrize(
    "name",
    [
        "resistance_distance",
        "hitting_time",
        "commute_time",
        "hitting_probability",
        "random_walk_distribution",
        "random_walk",
        "stationary_distribution",
        "simrank",
        "katz_similarity",
    ],
)
def test_laws(name):
    rng = random.Random(name)
    tool = all_tools()[name]
    answered = 0
    for graph in random_graphs(110, seed=6, weights=("none", "positive", "float")):
        if not graph.num_nodes:
            continue
        nodes = {key: rng.choice(graph.nodes) for key in ("u", "v", "source", "target", "other")}
        given = {**nodes, "steps": rng.randint(0, 4), "weight": rng.choice([None, "weight"])}
        if name == "simrank":
            given |= {"decay": rng.choice([0.0, 0.5, 0.9]), "v": rng.choice([None, given["v"]])}
        arguments = {p.name: given[p.name] for p in tool.parameters if p.name in given}
        answer = prove(
            graph,
            name,
            arguments,
            rng,
            lambda m, g=graph, a=given: name == "random_walk" and is_walk(g, m, a["source"], a["steps"]),
        )
        answered += not isinstance(answer, GraphError)
    assert answered > 20


@pytest.mark.parametrize("name", ["hitting_time", "simrank", "random_walk", "stationary_distribution"])
def test_renaming_nodes_renames_the_answer(name):
    for graph in random_graphs(40, seed=7, styles=("letters",), weights=("none",), loops=False):
        if (
            graph.num_nodes < 3
            or not all(str(n).startswith("v") for n in graph)
            or name == "random_walk"
            and graph.multi
        ):
            continue
        given = {"source": graph.nodes[0], "target": graph.nodes[1], "u": graph.nodes[0]}
        rename_commutes(graph, name, {p.name: given[p.name] for p in all_tools()[name].parameters if p.name in given})


def test_errors():
    line = Graph.from_edges([(1, 2), (2, 3)], directed=True)
    apart = Graph.from_edges([(1, 2), (3, 4)])
    with pytest.raises(NoPath):
        walks.hitting_time(line, 3, 1)
    with pytest.raises(NotConnected, match="infinite"):
        walks.hitting_time(Graph.from_edges([(1, 2), (1, 3)], directed=True), 1, 2)
    with pytest.raises(NoPath):
        walks.resistance_distance(apart, 1, 3)
    with pytest.raises(WrongKind):
        walks.resistance_distance(line, 1, 2)
    with pytest.raises(NotConnected):
        walks.stationary_distribution(apart)
    with pytest.raises(BadArgument, match="take less"):
        walks.katz_similarity(Graph(nx.complete_graph(30)), 0, 1)
    with pytest.raises(MissingAttribute):
        walks.hitting_time(apart, 1, 2, "weight")
    with pytest.raises(NegativeWeight):
        walks.random_walk(Graph.from_edges([(1, 2, -1)]), 1, 2, weight="weight")
    assert isinstance(ask(apart, "simrank", {"u": 1, "decay": 1.0}), BadArgument)
