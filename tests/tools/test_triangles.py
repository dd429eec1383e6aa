"""Triangles and clustering against networkx, brute force and the laws of proven answers."""

from __future__ import annotations

import itertools
import random
from functools import partial

import networkx as nx
import pytest

from benchmarks.attacking.random_graphs import atlas, random_graphs
from graphs import Graph
from graphs.errors import NodeNotFound
from tests.tools.proving import prove, rename_commutes
from tools import triangles
from tools.answers import Groups
from tools.registry import all_tools

ALL = [
    "triangle_count",
    "list_triangles",
    "triangles_of",
    "clustering_coefficient",
    "average_clustering",
    "transitivity",
    "square_clustering",
]


def test_everything_equals_networkx_on_all_small_graphs():
    for graph in atlas(7):
        if not graph.num_nodes:
            continue
        counts = nx.triangles(graph.nx)
        assert triangles.triangle_count(graph).number == sum(counts.values()) // 3
        assert triangles.clustering_coefficient(graph).values == pytest.approx(nx.clustering(graph.nx))
        assert triangles.average_clustering(graph).number == pytest.approx(nx.average_clustering(graph.nx))
        assert triangles.transitivity(graph).number == pytest.approx(nx.transitivity(graph.nx))
        assert triangles.square_clustering(graph).values == pytest.approx(nx.square_clustering(graph.nx))
        assert triangles.triangles_of(graph, 0).number == counts[0]


def test_the_list_is_every_set_of_three_joined_nodes():
    for graph in random_graphs(100, seed=1, weights=("none",)):
        body = nx.Graph(graph.nx.to_undirected())
        expected = [
            list(three)
            for three in itertools.combinations(graph.nodes, 3)
            if all(body.has_edge(u, v) for u, v in itertools.combinations(three, 2))
        ]
        assert triangles.list_triangles(graph).groups == expected
        assert triangles.triangle_count(graph).witness == expected


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("one", [False, True])
def test_laws(name, one):
    rng = random.Random(name)
    takes = [p for p in all_tools()[name].parameters if p.name == "node"]
    if one and not takes:
        pytest.skip("the tool is about the whole graph")
    for graph in random_graphs(120, seed=2, weights=("none",), max_nodes=7):
        if (one or (takes and takes[0].required)) and graph.num_nodes:
            prove(graph, name, {"node": rng.choice(graph.nodes)}, rng)
        elif not takes or not takes[0].required:
            prove(graph, name, {}, rng, partial(listed_in_another_order, graph))


def listed_in_another_order(graph, mutant):
    return isinstance(mutant, Groups) and sorted(mutant.groups) == sorted(triangles.list_triangles(graph).groups)


@pytest.mark.parametrize("name", ALL)
def test_renaming_nodes_renames_the_answer(name):
    for graph in random_graphs(40, seed=3, styles=("letters",), weights=("none",)):
        if graph.num_nodes and all(str(n).startswith("v") for n in graph):
            rename_commutes(graph, name, {"node": graph.nodes[0]} if name == "triangles_of" else {})


def test_a_large_count_lists_nothing():
    answer = triangles.triangle_count(Graph(nx.complete_graph(41)))
    assert (answer.number, answer.witness) == (10_660, None)


def test_directed_graphs_say_that_directions_are_ignored():
    answer = triangles.triangle_count(Graph.from_edges([(1, 2), (2, 3), (3, 1), (1, 1)], directed=True))
    assert answer.number == 1
    assert answer.notes == ("edge directions are ignored",)
    with pytest.raises(NodeNotFound):
        triangles.triangles_of(Graph.from_edges([(1, 2)]), 5)
