"""Centralities by degree and shortest paths against networkx, brute force and the laws of proven answers."""

from __future__ import annotations

import itertools
import random

import networkx as nx
import pytest

from benchmarks.attacking.random_graphs import atlas, random_graphs, renamed
from graphs import Graph
from graphs.errors import BadArgument, GraphError, MissingAttribute, NodeNotFound, WrongKind
from tests.tools.proving import ask, prove
from tools import centrality
from tools.certificates import check
from tools.registry import all_tools

ALL = [
    "degree_centrality",
    "in_degree_centrality",
    "out_degree_centrality",
    "closeness_centrality",
    "harmonic_centrality",
    "betweenness_centrality",
    "edge_betweenness_centrality",
    "load_centrality",
    "percolation_centrality",
    "local_reaching_centrality",
    "global_reaching_centrality",
]


def betweenness_by_listing_paths(graph, weight=None):
    """Every shortest path listed (the definition)."""
    body = graph.simple(weight=weight or "weight")
    n = graph.num_nodes
    shares = dict.fromkeys(graph, 0.0)
    for s, t in itertools.permutations(graph.nodes, 2):
        if nx.has_path(body, s, t):
            paths = list(nx.all_shortest_paths(body, s, t, weight=weight))
            for v in graph:
                if v not in (s, t):
                    shares[v] += sum(v in path for path in paths) / len(paths)
    return {v: x / max(1, (n - 1) * (n - 2)) for v, x in shares.items()}


def test_betweenness_by_its_definition():
    for graph in [*atlas(5), *random_graphs(80, seed=1, weights=("none", "positive"))]:
        weight = "weight" if graph.weighted else None
        got = centrality.betweenness_centrality(graph, weight=weight).values
        assert got == pytest.approx(betweenness_by_listing_paths(graph, weight))


def test_decimal_lengths_have_no_rounding():
    graph = Graph.from_edges([("a", "b", 0.1), ("b", "c", 0.2), ("a", "d", 0.15), ("d", "c", 0.15)])
    scores = centrality.betweenness_centrality(graph, weight="weight").values
    assert scores["b"] == scores["d"] == pytest.approx(1 / 6)


def test_distances_by_hand():
    for graph in random_graphs(80, seed=2, weights=("none", "positive", "float")):
        weight = "weight" if graph.weighted else None
        body = graph.simple()
        far = {
            v: nx.single_source_dijkstra_path_length(body.reverse() if graph.directed else body, v, weight=weight)
            for v in body
        }
        closeness = centrality.closeness_centrality(graph, weight=weight).values
        harmonic = centrality.harmonic_centrality(graph, weight=weight).values
        for v in graph:
            others = [d for w, d in far[v].items() if w != v]
            assert harmonic[v] == pytest.approx(sum(1 / d for d in others))
            share = len(others) / sum(others) * len(others) / (graph.num_nodes - 1) if others else 0
            assert closeness[v] == pytest.approx(share)


def test_others_equal_networkx():
    for graph in atlas(6):
        if graph.num_nodes < 2:
            continue
        assert centrality.degree_centrality(graph).values == pytest.approx(nx.degree_centrality(graph.nx))
        if graph.num_edges:
            expected = nx.edge_betweenness_centrality(graph.nx)
            assert centrality.edge_betweenness_centrality(graph).values == pytest.approx(expected)
            assert centrality.global_reaching_centrality(graph).number == pytest.approx(
                nx.global_reaching_centrality(graph.nx)
            )


def test_a_star_has_its_centre():
    star = Graph(nx.star_graph(5))
    assert centrality.betweenness_centrality(star, 0).value == 1
    assert centrality.load_centrality(star, 0).value == 1
    assert centrality.closeness_centrality(star, 1).value == pytest.approx(5 / 9)
    nx.set_node_attributes(star.nx, 0.5, "percolation")
    assert centrality.percolation_centrality(star, 0).value == pytest.approx(1)


@pytest.mark.parametrize("name", ALL)
def test_laws(name):
    rng = random.Random(name)
    taken = {p.name for p in all_tools()[name].parameters}
    answered = 0
    for graph in random_graphs(110, seed=3, weights=("none", "positive", "float"), max_nodes=7):
        if not graph.num_nodes:
            continue
        nx.set_node_attributes(graph.nx, {v: rng.choice([0.2, 0.5, 1.0]) for v in graph}, "percolation")
        node = rng.choice(graph.nodes if name == "local_reaching_centrality" else [None, *graph.nodes])
        given = {"node": node, "weight": "weight" if graph.weighted else None}
        if name == "betweenness_centrality":
            given["samples"] = rng.choice([None, 1, 2, 50])
        answer = prove(graph, name, {key: x for key, x in given.items() if key in taken}, rng)
        answered += not isinstance(answer, GraphError)
    assert answered > 30


@pytest.mark.parametrize("name", ALL)
def test_renaming_nodes_renames_the_answer(name):
    for graph in random_graphs(30, seed=4, weights=("none",)):
        if graph.num_nodes < 2 or name == "local_reaching_centrality":
            continue
        mapping = {node: f"new {i}" for i, node in enumerate(graph)}
        before, after = ask(graph, name, {}), ask(renamed(graph, mapping), name, {})
        if isinstance(before, GraphError):
            assert type(before) is type(after)
        elif name == "global_reaching_centrality":
            assert before.number == pytest.approx(after.number)
        elif name != "edge_betweenness_centrality":
            assert {mapping[v]: x for v, x in before.values.items()} == pytest.approx(after.values)


def test_an_estimate_is_near_and_says_so():
    graph = Graph(nx.barabasi_albert_graph(300, 2, seed=1))
    exact = centrality.betweenness_centrality(graph).values
    answer = centrality.betweenness_centrality(graph, samples=100)
    assert answer.estimated
    assert not answer.exact
    hub = max(exact, key=exact.get)
    assert answer.values[hub] == pytest.approx(exact[hub], rel=0.3)
    assert check(graph, "betweenness_centrality", {"samples": 100}, answer).grade == "recount"


def test_errors():
    graph = Graph.from_edges([(1, 2, 0.0)])
    with pytest.raises(NodeNotFound):
        centrality.degree_centrality(graph, 7)
    with pytest.raises(WrongKind, match="directed"):
        centrality.in_degree_centrality(graph)
    with pytest.raises(BadArgument):
        centrality.closeness_centrality(graph, weight="weight")
    with pytest.raises(MissingAttribute):
        centrality.betweenness_centrality(graph, weight="length")
    with pytest.raises(MissingAttribute):
        centrality.percolation_centrality(graph)
    with pytest.raises(BadArgument):
        centrality.betweenness_centrality(graph, samples=0)
