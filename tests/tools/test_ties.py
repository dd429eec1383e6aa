"""Ties and mixing against networkx, hand-made cases and the laws of proven answers."""

from __future__ import annotations

import random

import networkx as nx
import pytest

from benchmarks.attacking.random_graphs import atlas, random_graphs
from graphs import Graph
from graphs.errors import BadArgument, GraphError, MissingAttribute, WrongKind
from tests.tools.proving import prove, rename_commutes
from tools import mixing, ties
from tools.registry import all_tools

ALL = [
    "constraint",
    "effective_size",
    "local_bridges",
    "dispersion",
    "rich_club_coefficient",
    "attribute_assortativity",
    "numeric_assortativity",
    "homophily",
    "small_world_sigma",
    "small_world_omega",
]


def test_structural_holes_equal_networkx():
    for graph in [*atlas(6), *random_graphs(60, seed=1, multi=False, loops=False, weights=("none", "positive"))]:
        if not graph.num_nodes:
            continue
        weight = "weight" if graph.weighted else None
        expected = {node: x for node, x in nx.constraint(graph.nx, weight=weight).items() if x == x}
        assert ties.constraint(graph, weight=weight).values == pytest.approx(expected)
        if not graph.directed and weight is None:
            expected = {node: x for node, x in nx.effective_size(graph.nx).items() if x == x}
            assert ties.effective_size(graph).values == pytest.approx(expected)


def test_effective_size_of_directed_weighted_graphs_equals_networkx():
    for graph in random_graphs(60, seed=2, directed=True, multi=False, loops=False, weights=("none", "positive")):
        if not graph.num_nodes:
            continue
        weight = "weight" if graph.weighted else None
        expected = {node: x for node, x in nx.effective_size(graph.nx, graph.nodes, weight=weight).items() if x == x}
        got = ties.effective_size(graph, weight=weight).values
        assert {node: got[node] for node in expected if node in got} == pytest.approx(
            {node: x for node, x in expected.items() if node in got}
        )


def test_local_bridges_and_rich_club_equal_networkx():
    for graph in atlas(6):
        if not graph.num_nodes:
            continue
        expected = {frozenset(edge) for edge in nx.local_bridges(graph.nx, with_span=False)}
        assert {frozenset(edge) for edge in ties.local_bridges(graph).edges} == expected
        if graph.num_edges:
            for k, density in nx.rich_club_coefficient(graph.nx, normalized=False).items():
                assert ties.rich_club_coefficient(graph, k).number == pytest.approx(density)


def test_dispersion_equals_networkx():
    for graph in atlas(6):
        if graph.num_nodes > 1 and graph.has_edge(0, 1):
            expected = nx.dispersion(graph.nx, 0, 1, normalized=False)
            assert ties.dispersion(graph, 0, 1, normalized=False).number == expected


def coloured(graph, rng):
    for node in graph:
        graph.nx.nodes[node].update(club=rng.choice("ab"), age=rng.randint(1, 9))
    return graph


def test_mixing_equals_networkx():
    rng = random.Random(3)
    compared = 0
    for graph in random_graphs(100, seed=3, loops=False, multi=False, weights=("none",)):
        coloured(graph, rng)
        try:
            got = mixing.attribute_assortativity(graph, "club").number
            numeric = mixing.numeric_assortativity(graph, "age").number
        except GraphError:
            continue
        assert got == pytest.approx(nx.attribute_assortativity_coefficient(graph.nx, "club"))
        assert numeric == pytest.approx(nx.numeric_assortativity_coefficient(graph.nx, "age"))
        compared += 1
    assert compared > 40


def test_homophily_by_hand():
    graph = Graph.from_edges([(1, 2), (2, 3), (3, 4)])
    nx.set_node_attributes(graph.nx, {1: "x", 2: "x", 3: "y", 4: "y"}, "club")
    answer = mixing.homophily(graph, "club")
    assert answer.number == pytest.approx(2 / 3)
    assert answer.witness == {"alike": 2, "edges": 3, "expected": pytest.approx(1 / 3)}


def test_a_ring_lattice_with_short_cuts_is_a_small_world():
    graph = Graph(nx.watts_strogatz_graph(60, 6, 0.1, seed=1))
    assert mixing.small_world_sigma(graph).number > 1.5
    assert -0.6 < mixing.small_world_omega(graph).number < 0.4
    assert mixing.small_world_omega(Graph(nx.watts_strogatz_graph(60, 6, 0, seed=1))).number < -0.3


def test_rewiring_keeps_the_degrees():
    pairs = mixing.undirected_pairs(Graph(nx.barabasi_albert_graph(40, 3, seed=2)))
    other = mixing.rewired(pairs, 1)
    assert sorted(other) != pairs
    assert len(set(other)) == len(pairs)
    assert dict(nx.Graph(other).degree) == dict(nx.Graph(pairs).degree)


@pytest.mark.parametrize("name", ALL)
def test_laws(name):
    rng = random.Random(name)
    taken = {p.name for p in all_tools()[name].parameters}
    answered = 0
    for graph in random_graphs(90, seed=4, weights=("none", "positive"), max_nodes=7):
        if not graph.num_nodes:
            continue
        coloured(graph, rng)
        given = {"u": rng.choice(graph.nodes), "v": rng.choice(graph.nodes), "k": rng.randint(0, 3), "samples": 2}
        given |= {"node": rng.choice([None, *graph.nodes]), "normalized": rng.random() < 0.5}
        given |= {"attribute": "age" if name == "numeric_assortativity" else "club"}
        given |= {"weight": "weight"} if graph.weighted else {}
        answer = prove(graph, name, {key: x for key, x in given.items() if key in taken}, rng)
        answered += not isinstance(answer, GraphError)
    assert answered > 15


@pytest.mark.parametrize("name", ["constraint", "effective_size", "local_bridges", "small_world_sigma"])
def test_renaming_nodes_renames_the_answer(name):
    for graph in random_graphs(50, seed=5, styles=("letters",), weights=("none",), multi=False):
        if all(str(n).startswith("v") for n in graph):
            rename_commutes(graph, name, {})


def test_errors():
    graph = Graph.from_edges([(1, 2)], [3])
    with pytest.raises(WrongKind, match="no neighbours"):
        ties.constraint(graph, 3)
    with pytest.raises(MissingAttribute):
        mixing.homophily(graph, "club")
    with pytest.raises(BadArgument):
        ties.rich_club_coefficient(graph, -1)
    with pytest.raises(BadArgument):
        ties.dispersion(graph, 1, 1)
    with pytest.raises(WrongKind):
        mixing.small_world_omega(graph)
    assert ties.constraint(graph).notes
