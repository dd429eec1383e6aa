from __future__ import annotations

import random
from itertools import combinations, product
from typing import Any, get_args

import networkx as nx
import pytest

from benchmarks.attacking.forgery import forgeries
from graphs.errors import BadArgument, GraphError, TooLarge
from graphs.graph import Graph
from tests.tools.forgery import assert_certified
from tests.tools.odd_graphs import odd_graphs
from tools.certificates import check
from tools.generate import Kind, generate_graph, graph_with
from tools.run import run_tool

ISOMORPHIC = {
    "complete": nx.complete_graph,
    "empty": nx.empty_graph,
    "path": nx.path_graph,
    "cycle": nx.cycle_graph,
    "star": lambda n: nx.star_graph(n - 1),
    "wheel": nx.wheel_graph,
}


@pytest.mark.parametrize("kind", get_args(Kind))
def test_every_kind_is_what_it_says(kind: str) -> None:
    for nodes in (4, 6, 12, 30):
        answer = assert_kept(None, "generate_graph", {"kind": kind, "nodes": nodes, "seed": 3})
        body = answer.graph.nx
        assert len(body) == nodes
        if kind in ISOMORPHIC:
            assert nx.is_isomorphic(body, ISOMORPHIC[kind](nodes))
        truths = {
            "grid": lambda b: nx.is_bipartite(b) and nx.check_planarity(b)[0] and max(d for _, d in b.degree()) <= 4,
            "balanced tree": nx.is_tree,
            "random tree": nx.is_tree,
            "scale-free": nx.is_connected,
            "regular": nx.is_regular,
            "bipartite": nx.is_bipartite,
            "acyclic": nx.is_directed_acyclic_graph,
        }
        assert truths.get(kind, lambda b: True)(body)
        assert generate_graph(kind, nodes, seed=3).graph.fingerprint() == answer.graph.fingerprint()


def assert_kept(graph: Graph | None, name: str, arguments: dict[str, Any]) -> Any:
    """The answer, accepted. Random graphs have many right answers, so forgeries are judged by each test."""
    answer, certificate = run_tool(graph, name, arguments)
    assert certificate.holds, (name, arguments, certificate.reason)
    return answer


def test_forged_families_are_rejected() -> None:
    for kind in ("complete", "path", "cycle", "star", "wheel", "grid", "balanced tree"):
        arguments = {"kind": kind, "nodes": 6}
        answer, _ = run_tool(None, "generate_graph", arguments)
        edges = {frozenset(edge) for edge in answer.graph.nx.edges()}
        for seed in range(10):
            for forged in forgeries(answer, answer.graph.nodes, random.Random(seed)):
                if check(None, "generate_graph", arguments, forged).holds:
                    assert {frozenset(edge) for edge in forged.graph.nx.edges()} == edges
                    assert not forged.graph.directed


def test_forged_random_models_keep_their_property() -> None:
    properties = {
        "random tree": nx.is_tree,
        "regular": lambda b: {d for _, d in b.degree()} == {3},
        "bipartite": nx.is_bipartite,
        "acyclic": nx.is_directed_acyclic_graph,
        "scale-free": lambda b: nx.is_connected(b) and b.number_of_edges() == 2 * (8 - 2),
    }
    for kind, holds in properties.items():
        arguments = {"kind": kind, "nodes": 8}
        answer, _ = run_tool(None, "generate_graph", arguments)
        for seed in range(10):
            for forged in forgeries(answer, answer.graph.nodes, random.Random(seed)):
                if check(None, "generate_graph", arguments, forged).holds:
                    assert holds(forged.graph.nx)


def test_sizes_are_met() -> None:
    assert generate_graph("random", 10, edges=17, seed=1).graph.num_edges == 17
    assert generate_graph("random", 10, probability=1.0, directed=True).graph.num_edges == 90
    assert generate_graph("grid", 12).notes == ("k is 4",)
    assert generate_graph("grid", 12, k=2).graph.num_edges == 16


@pytest.mark.parametrize(
    "targets",
    [
        {"num_nodes": 30, "density": 0.2, "connected": True},
        {"num_nodes": 25, "num_edges": 24, "connected": True},
        {"num_nodes": 40, "average_degree": 6, "clustering": 0.4},
        {"num_nodes": 40, "average_degree": 6, "clustering": 0.45, "num_communities": 4},
        {"num_nodes": 20, "num_edges": 380, "directed": True},
        {"num_nodes": 60, "num_communities": 3, "directed": True, "connected": True},
        {"num_nodes": 12, "density": 1.0},
        {"num_nodes": 1},
        {"num_nodes": 0},
    ],
)
def test_targets_are_met(targets: dict[str, Any]) -> None:
    for seed in range(3):
        answer = assert_kept(None, "graph_with", {**targets, "seed": seed})
        body = answer.graph.nx
        pairs = targets["num_nodes"] * (targets["num_nodes"] - 1) / (1 if targets.get("directed") else 2)
        if "density" in targets:
            assert body.number_of_edges() == round(pairs * targets["density"])
        if "average_degree" in targets:
            assert body.number_of_edges() == targets["num_nodes"] * targets["average_degree"] / 2
        if targets.get("connected"):
            assert nx.is_connected(nx.Graph(body))
        if "clustering" in targets:
            assert abs(nx.average_clustering(body) - targets["clustering"]) <= 0.05
            assert answer.exact
        if "num_communities" in targets and "clustering" not in targets:
            block = dict(body.nodes(data="community"))
            assert sum(block[u] == block[v] for u, v in body.edges()) > 0.7 * body.number_of_edges()


def test_forged_targets_are_rejected() -> None:
    arguments = {"num_nodes": 12, "num_edges": 20, "connected": True, "clustering": 0.3}
    answer, _ = run_tool(None, "graph_with", arguments)
    for seed in range(30):
        for forged in forgeries(answer, answer.graph.nodes, random.Random(seed)):
            if check(None, "graph_with", arguments, forged).holds:
                body = forged.graph.nx
                assert body.number_of_edges() == 20
                assert nx.is_connected(body)
                assert forged.exact == (abs(nx.average_clustering(body) - 0.3) <= 0.05)


def test_an_unreachable_clustering_is_not_called_exact() -> None:
    answer = assert_kept(None, "graph_with", {"num_nodes": 20, "density": 0.9, "clustering": 0.1})
    assert not answer.exact
    assert "for a target of 0.100" in answer.notes[0]


def test_graphical_sequences_equal_networkx() -> None:
    for n in range(6):
        for degrees in product(range(n + 1), repeat=n):
            truth = nx.is_graphical(list(degrees))
            answer = run_tool(None, "is_graphical", {"degrees": list(degrees)})
            assert answer[0].value == truth
            assert answer[1].holds, degrees
            if truth and n:
                made = run_tool(None, "graph_from_degrees", {"degrees": list(degrees)})
                assert [d for _, d in made[0].graph.nx.degree()] == list(degrees)
                assert made[1].holds


def test_forged_degree_witnesses_are_rejected() -> None:
    for degrees in ([3, 3, 1, 1], [2, 2, 2], [1, 1, 1], [3, 2, 2, 2, 1], [0, 0]):
        truth = nx.is_graphical(degrees)
        for seed in range(10):
            assert assert_certified(None, "is_graphical", None, seed, degrees=degrees).value == truth
        if truth:
            right = lambda a, d=degrees: [x for _, x in sorted(a.graph.nx.degree())] == d  # noqa: E731
            assert_certified(None, "graph_from_degrees", right, degrees=degrees)


def test_bipartite_and_blocks() -> None:
    sides = assert_kept(None, "random_bipartite_graph", {"left": 3, "right": 4, "probability": 1.0})
    assert sides.graph.num_edges == 12
    blocks = assert_kept(None, "block_model_graph", {"sizes": [3, 4], "inside": 1.0, "outside": 0.0})
    assert sorted(map(len, nx.connected_components(blocks.graph.nx))) == [3, 4]
    for name, arguments in (
        ("random_bipartite_graph", {"left": 3, "right": 3, "probability": 0.5}),
        ("block_model_graph", {"sizes": [3, 3], "inside": 1.0, "outside": 0.0}),
    ):
        answer, _ = run_tool(None, name, arguments)
        for forged in forgeries(answer, answer.graph.nodes, random.Random(1)):
            if check(None, name, arguments, forged).holds:
                groups = [{0, 1, 2}, {3, 4, 5}]
                inner = {frozenset(p) for g in groups for p in combinations(g, 2)}
                edges = {frozenset(e) for e in forged.graph.nx.edges()}
                assert edges == inner if name == "block_model_graph" else not edges & inner


def test_named_graphs() -> None:
    petersen = assert_certified(None, "named_graph", name="petersen").graph
    assert nx.is_isomorphic(petersen.nx, nx.petersen_graph())


def test_random_weights() -> None:
    for graph, _ in odd_graphs(40):
        arguments = {"low": 2, "high": 5}
        answer, certificate = run_tool(graph, "random_weights", arguments)
        assert certificate.holds
        before = [(e.source, e.target, e.provenance) for e in graph.edges()]
        for forged in (answer, *forgeries(answer, graph.nodes, random.Random(1))):
            if check(graph, "random_weights", arguments, forged).holds:
                edges = list(forged.graph.edges())
                assert all(e.attributes["weight"] in (2, 3, 4, 5) for e in edges)
                rows = [(e.source, e.target, e.provenance) for e in edges]
                assert sorted(map(ends, rows)) == sorted(map(ends, before)) or graph.directed and rows == before


def ends(row: tuple[Any, Any, Any]) -> list[str]:
    return [*sorted(map(str, row[:2])), str(row[2])]


@pytest.mark.parametrize(
    ("name", "arguments", "error"),
    [
        ("generate_graph", {"kind": "cycle", "nodes": 2}, BadArgument),
        ("generate_graph", {"kind": "complete", "nodes": -1}, BadArgument),
        ("generate_graph", {"kind": "complete", "nodes": 100_000}, TooLarge),
        ("generate_graph", {"kind": "cycle", "nodes": 5, "edges": 3}, BadArgument),
        ("generate_graph", {"kind": "star", "nodes": 5, "directed": True}, BadArgument),
        ("generate_graph", {"kind": "grid", "nodes": 10, "k": 3}, BadArgument),
        ("graph_with", {"num_nodes": 5, "num_edges": 2, "connected": True}, BadArgument),
        ("graph_with", {"num_nodes": 5, "num_edges": 2, "density": 0.5}, BadArgument),
        ("graph_with", {"num_nodes": 5, "num_communities": 9}, BadArgument),
        ("graph_with", {"num_nodes": 6000, "clustering": 0.2}, TooLarge),
        ("graph_from_degrees", {"degrees": [3, 3, 1, 1]}, BadArgument),
        ("graph_from_degrees", {"degrees": [1.5]}, BadArgument),
        ("named_graph", {"name": "no such graph at all"}, BadArgument),
    ],
)
def test_errors(name: str, arguments: dict[str, Any], error: type[GraphError]) -> None:
    with pytest.raises(error):
        run_tool(None, name, arguments)


def test_same_seed_same_graph() -> None:
    one, two = (graph_with(30, clustering=0.3, seed=5).graph for _ in range(2))
    assert one.fingerprint() == two.fingerprint()
