"""Quality of divisions against networkx, pair by pair, and the laws of proven answers."""

from __future__ import annotations

import random

import networkx as nx
import pytest

from benchmarks.attacking.random_graphs import random_graphs
from graphs import Graph
from graphs.errors import BadArgument, GraphError, MissingAttribute, WrongKind
from tests.tools.proving import prove, rename_commutes
from tools import partitions
from tools.registry import all_tools


def division(graph, rng, count=3):
    return {node: rng.randrange(count) for node in graph}


def as_sets(groups):
    found = {}
    for node, group in groups.items():
        found.setdefault(group, set()).add(node)
    return list(found.values())


def test_modularity_equals_networkx():
    rng = random.Random(1)
    for graph in random_graphs(150, seed=1, weights=("none", "positive")):
        if not graph.num_edges:
            continue
        groups = division(graph, rng)
        weight = "weight" if graph.weighted else None
        expected = nx.community.modularity(graph.nx, as_sets(groups), weight=weight, resolution=1.3)
        assert partitions.modularity(graph, groups, weight=weight, resolution=1.3).number == pytest.approx(expected)


def test_coverage_and_performance_equal_networkx():
    rng = random.Random(2)
    for graph in random_graphs(100, seed=2, weights=("none",), multi=False, loops=False):
        if not graph.num_edges:
            continue
        groups = division(graph, rng)
        coverage, performance = nx.community.partition_quality(graph.nx, as_sets(groups))
        assert partitions.partition_coverage(graph, groups).number == pytest.approx(coverage)
        assert partitions.partition_performance(graph, groups).number == pytest.approx(performance)


def test_cuts_equal_networkx():
    rng = random.Random(3)
    for graph in random_graphs(100, seed=3, directed=False, multi=False, weights=("none", "positive")):
        if graph.num_nodes < 3:
            continue
        nodes = rng.sample(graph.nodes, 2)
        rest = [node for node in graph if node not in nodes]
        weight = "weight" if graph.weighted else None
        assert partitions.cut_size(graph, nodes, weight).number == nx.cut_size(graph.nx, nodes, weight=weight)
        assert partitions.volume(graph, nodes, weight).number == nx.volume(graph.nx, nodes, weight=weight)
        expansion = nx.edge_expansion(graph.nx, nodes, rest, weight=weight)
        assert partitions.edge_expansion(graph, nodes, weight).number == pytest.approx(expansion)
        if min(nx.volume(graph.nx, nodes), nx.volume(graph.nx, rest)):
            expected = nx.conductance(graph.nx, nodes, rest, weight=weight)
            assert partitions.conductance(graph, nodes, weight).number == pytest.approx(expected)
            expected = nx.normalized_cut_size(graph.nx, nodes, rest, weight=weight)
            assert partitions.normalized_cut(graph, nodes, weight).number == pytest.approx(expected)


@pytest.mark.parametrize(
    "name",
    [
        "modularity",
        "partition_coverage",
        "partition_performance",
        "cut_size",
        "volume",
        "conductance",
        "normalized_cut",
        "edge_expansion",
    ],
)
def test_laws(name):
    rng = random.Random(name)
    taken = {p.name for p in all_tools()[name].parameters}
    answered = 0
    for graph in random_graphs(100, seed=4, weights=("none", "positive", "float")):
        given = {
            "groups": division(graph, rng),
            "nodes": rng.sample(graph.nodes, min(2, graph.num_nodes)),
            "weight": "weight" if graph.weighted else None,
        }
        answer = prove(graph, name, {key: x for key, x in given.items() if key in taken}, rng)
        answered += not isinstance(answer, GraphError)
    assert answered > 50


@pytest.mark.parametrize("name", ["modularity", "conductance"])
def test_renaming_nodes_renames_the_answer(name):
    rng = random.Random(5)
    for graph in random_graphs(40, seed=5, styles=("letters",), weights=("none",)):
        if graph.num_nodes > 2 and all(str(n).startswith("v") for n in graph):
            arguments = {"groups": division(graph, rng)} if name == "modularity" else {"nodes": graph.nodes[:2]}
            rename_commutes(graph, name, arguments)


def test_groups_may_stand_on_the_nodes():
    graph = Graph.from_edges([("a", "b"), ("c", "d")])
    nx.set_node_attributes(graph.nx, {"a": "x", "b": "x", "c": "y", "d": "y"}, "club")
    assert partitions.modularity(graph, attribute="club").number == 0.5
    with pytest.raises(MissingAttribute, match="community"):
        partitions.modularity(graph)


def test_errors():
    with pytest.raises(WrongKind):
        partitions.modularity(Graph.from_edges([], [1]), {1: 0})
    with pytest.raises(WrongKind):
        partitions.conductance(Graph.from_edges([(1, 2)], [3]), [3])
    with pytest.raises(WrongKind):
        partitions.edge_expansion(Graph.from_edges([(1, 2)]), [1, 2])
    with pytest.raises(BadArgument):
        partitions.modularity(Graph.from_edges([(1, 2, -1.0)]), {1: 0, 2: 1}, weight="weight")
