"""Similarity of nodes against networkx, brute force and the laws of proven answers."""

from __future__ import annotations

import itertools
import random
from functools import partial

import networkx as nx
import pytest

from benchmarks.attacking.random_graphs import atlas, random_graphs
from graphs import Graph
from graphs.errors import BadArgument, NodeNotFound, WrongKind
from tests.tools.proving import prove, prove_flipped, rename_commutes
from tools import likely_links, similarity
from tools.answers import Groups
from tools.registry import all_tools

PAIRED = [
    "jaccard_coefficient",
    "adamic_adar_index",
    "resource_allocation_index",
    "preferential_attachment_score",
    "sorensen_index",
    "salton_index",
    "hub_promoted_index",
    "hub_depressed_index",
    "leicht_holme_newman_index",
    "matching_index",
    "structurally_equivalent",
]


@pytest.mark.parametrize(
    ("tool", "library"),
    [
        ("jaccard_coefficient", nx.jaccard_coefficient),
        ("adamic_adar_index", nx.adamic_adar_index),
        ("resource_allocation_index", nx.resource_allocation_index),
        ("preferential_attachment_score", nx.preferential_attachment),
    ],
)
def test_indices_equal_networkx_on_all_small_graphs(tool, library):
    function = all_tools()[tool].function
    for graph in atlas(6):
        pairs = list(itertools.combinations(graph.nodes, 2))
        for u, v, expected in library(graph.nx, pairs):
            assert function(graph, u, v).number == pytest.approx(expected)


def test_ratios_by_hand():
    graph = Graph.from_edges([(1, 3), (1, 4), (1, 5), (2, 3), (2, 4), (2, 6), (2, 7), (1, 2)])
    # N(1) = {2, 3, 4, 5}, N(2) = {1, 3, 4, 6, 7}, common {3, 4}
    expected = {
        "jaccard_coefficient": 2 / 7,
        "sorensen_index": 4 / 9,
        "salton_index": 2 / 20**0.5,
        "hub_promoted_index": 2 / 4,
        "hub_depressed_index": 2 / 5,
        "leicht_holme_newman_index": 2 / 20,
        "matching_index": 4 / 7,
    }
    for name, number in expected.items():
        assert all_tools()[name].function(graph, 1, 2).number == pytest.approx(number), name


def test_direction_chooses_the_neighbours():
    graph = Graph.from_edges([(1, 3), (2, 3), (4, 1), (5, 2)], directed=True)
    assert similarity.jaccard_coefficient(graph, 1, 2).number == 1
    assert similarity.jaccard_coefficient(graph, 1, 2, "in").number == 0
    assert similarity.jaccard_coefficient(graph, 1, 2, "all").number == pytest.approx(1 / 3)
    assert "successors" in similarity.jaccard_coefficient(graph, 1, 2).notes[0]


@pytest.mark.parametrize("name", PAIRED)
def test_pairs_keep_the_laws(name):
    rng = random.Random(name)
    for graph in random_graphs(60, seed=1, weights=("none",)):
        if graph.num_nodes == 0:
            continue
        u, v = rng.choice(graph.nodes), rng.choice(graph.nodes)
        arguments = {"u": u, "v": v}
        if name != "structurally_equivalent" and graph.directed:
            arguments["direction"] = rng.choice(["out", "in", "all"])
        answer = prove(graph, name, arguments, rng)
        if name == "structurally_equivalent":
            prove_flipped(graph, name, arguments, answer, graph.nodes)
            assert answer.holds == swap_changes_nothing(graph, u, v)


def swap_changes_nothing(graph, u, v):
    plain = {(a, b) for a, b in graph.nx.to_directed().edges() if a != b}
    exchange = {u: v, v: u}
    return {(exchange.get(a, a), exchange.get(b, b)) for a, b in plain} == plain


@pytest.mark.parametrize("name", ["structural_equivalence_classes", "predict_links", "most_similar_node"])
def test_whole_graph_tools_keep_the_laws(name):
    rng = random.Random(name)
    for graph in random_graphs(80, seed=2, weights=("none",)):
        arguments = {}
        if name != "structural_equivalence_classes":
            arguments["measure"] = rng.choice(
                ["jaccard", "adamic_adar", "preferential_attachment", "salton", "sorensen"]
            )
        if name == "most_similar_node":
            if graph.num_nodes < 2:
                continue
            arguments["u"] = rng.choice(graph.nodes)
        answer = prove(graph, name, arguments, rng, partial(in_other_order, graph))
        assert answer.exact


def in_other_order(graph, mutant):
    """Whether a corrupted answer only lists the same groups in another order."""
    return isinstance(mutant, Groups) and as_sets(mutant) == as_sets(similarity.structural_equivalence_classes(graph))


def as_sets(groups):
    return sorted(sorted(map(str, group)) for group in groups.groups)


def test_classes_are_all_pairs_that_swap():
    for graph in random_graphs(150, seed=3, weights=("none",)):
        groups = similarity.structural_equivalence_classes(graph).groups
        together = {(u, v) for group in groups for u in group for v in group}
        expected = {(u, v) for u in graph for v in graph if swap_changes_nothing(graph, u, v)}
        assert together == expected


def test_predicted_links_are_the_best_pairs_of_networkx():
    for graph in atlas(6):
        scores = sorted((s for *_, s in nx.resource_allocation_index(graph.nx) if s > 0), reverse=True)
        values = likely_links.predict_links(graph, 3, "resource_allocation").values
        assert list(values.values()) == pytest.approx(scores[:3])
        assert not any(graph.has_edge(u, v) for u, v in values)


@pytest.mark.parametrize(
    "name", ["jaccard_coefficient", "most_similar_node", "structural_equivalence_classes", "predict_links"]
)
def test_renaming_nodes_renames_the_answer(name):
    rng = random.Random(4)
    for graph in random_graphs(30, seed=4, styles=("letters",), weights=("none",)):
        if graph.num_nodes < 2 or not all(isinstance(n, str) and n.startswith("v") for n in graph):
            continue
        u, v = rng.sample(graph.nodes, 2)
        names = {p.name for p in all_tools()[name].parameters}
        rename_commutes(graph, name, {k: x for k, x in {"u": u, "v": v}.items() if k in names})


def test_errors():
    graph = Graph.from_edges([("a", "b")])
    with pytest.raises(NodeNotFound, match="did you mean|include"):
        similarity.jaccard_coefficient(graph, "a", "z")
    with pytest.raises(WrongKind):
        similarity.most_similar_node(Graph.from_edges([], ["a"]), "a")
    with pytest.raises(BadArgument):
        likely_links.predict_links(graph, 0)


def test_ties_are_noted():
    answer = similarity.most_similar_node(Graph.from_edges([(0, 1), (0, 2), (0, 3)]), 1)
    assert answer.node == 2
    assert "equally" in answer.notes[0]
