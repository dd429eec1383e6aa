"""Ranks, comparisons and gaps against plain Python on random graphs of every kind."""

from __future__ import annotations

import math
import random
from typing import Any

import networkx as nx
import pytest

from benchmarks.attacking.random_graphs import random_graphs
from graphs import Graph, GraphError
from graphs.errors import BadArgument
from tests.tools.proving import ask, prove, prove_flipped, rename_commutes
from tools.answers import Truth
from tools.registry import get_tool

PAIR = ("same_degree", "higher_degree_of")
NAMES = (
    "nth_highest_degree_node nth_lowest_degree_node nth_heaviest_edge nth_lightest_edge same_degree higher_degree_of "
    "is_closer nodes_by_degree_parity edges_with_weight unreachable_nodes smallest_component edges_to_connect "
    "num_missing_edges in_strength out_strength without_weights"
).split()


def arguments_of(name: str, graph: Graph, rng: random.Random) -> dict[str, Any]:
    nodes = graph.nodes or ["nobody"]
    if name.startswith("nth_"):
        return {"rank": rng.randint(1, 3)}
    if name in PAIR:
        return {"u": rng.choice(nodes), "v": rng.choice(nodes)}
    if name == "is_closer":
        return {"node": rng.choice(nodes), "near": rng.choice(nodes), "far": rng.choice(nodes)}
    if name == "edges_with_weight":
        comparison = rng.choice(("equal", "more", "less", "at_least", "at_most"))
        return {"value": rng.randint(0, 5), "comparison": comparison}
    if name == "nodes_by_degree_parity":
        return {"parity": rng.choice(("odd", "even"))}
    return {"node": rng.choice(nodes)} if name in ("unreachable_nodes", "in_strength", "out_strength") else {}


@pytest.mark.parametrize("name", NAMES)
def test_answers_are_accepted_and_corrupted_ones_refused(name: str) -> None:
    rng = random.Random(name)

    def right(mutant: Any) -> bool:
        if name == "smallest_component":
            own = ask(graph, name, arguments)
            return mutant.value in ask(graph, "connected_components", {}).value and mutant.count == own.count
        if name.startswith("nth_") and name.endswith("edge"):
            u, v = mutant.edges[0]
            found = graph.nx.get_edge_data(u, v) or {}
            return any(d["weight"] == mutant.total for d in (found.values() if graph.multi else [found]))
        return False

    answered = 0
    for graph in random_graphs(60, seed=4):
        arguments = arguments_of(name, graph, rng)
        answer = prove(graph, name, arguments, rng, right)
        answered += not isinstance(answer, GraphError)
        if isinstance(answer, Truth):
            prove_flipped(graph, name, arguments, answer, [{"degrees": [1, 2]}, {"lengths": [1, 2]}])
    assert answered > 5
    for graph in random_graphs(30, seed=5, styles=("letters",)):
        if graph.num_nodes and str(graph.nodes[0]) == "v0":
            rename_commutes(graph, name, arguments_of(name, graph, rng))


def test_ranks_are_those_of_sorted_values() -> None:
    for graph in random_graphs(80, seed=6):
        degrees = sorted({d for _, d in graph.nx.degree()}, reverse=True)
        for rank in range(1, len(degrees) + 1):
            highest = ask(graph, "nth_highest_degree_node", {"rank": rank})
            assert graph.nx.degree(highest.value) == degrees[rank - 1]
            lowest = ask(graph, "nth_lowest_degree_node", {"rank": rank})
            assert graph.nx.degree(lowest.value) == degrees[-rank]
        assert isinstance(ask(graph, "nth_highest_degree_node", {"rank": len(degrees) + 1}), GraphError)
        weights = [d.get("weight") for *_, d in graph.nx.edges(data=True)]
        if weights and None not in weights:
            different = sorted(set(weights))
            for rank in range(1, len(different) + 1):
                assert ask(graph, "nth_lightest_edge", {"rank": rank}).total == different[rank - 1]
                assert ask(graph, "nth_heaviest_edge", {"rank": rank}).total == different[-rank]


def test_comparisons_equal_networkx() -> None:
    rng = random.Random(7)
    for graph in random_graphs(80, seed=7):
        if not graph.num_nodes:
            continue
        node, near, far = (rng.choice(graph.nodes) for _ in range(3))
        lengths = nx.single_source_shortest_path_length(graph.nx, node)
        closer = lengths.get(near, math.inf) < lengths.get(far, math.inf)
        assert ask(graph, "is_closer", {"node": node, "near": near, "far": far}).value is closer
        degrees = dict(graph.nx.degree())
        assert ask(graph, "same_degree", {"u": near, "v": far}).value is (degrees[near] == degrees[far])
        winner = ask(graph, "higher_degree_of", {"u": near, "v": far}).value
        assert degrees[winner] == max(degrees[near], degrees[far])
        odd = ask(graph, "nodes_by_degree_parity", {"parity": "odd"}).value
        assert set(odd) == {n for n, d in degrees.items() if d % 2}


def test_gaps_equal_networkx() -> None:
    rng = random.Random(8)
    for graph in random_graphs(80, seed=8):
        if not graph.num_nodes:
            continue
        node, plain = rng.choice(graph.nodes), nx.Graph(graph.nx.to_undirected())
        reached = nx.descendants(graph.nx, node) | {node}
        assert set(ask(graph, "unreachable_nodes", {"node": node}).value) == set(graph.nodes) - reached
        sizes = [len(part) for part in nx.connected_components(plain)]
        assert ask(graph, "smallest_component", {}).count == min(sizes)
        assert ask(graph, "edges_to_connect", {}).value == len(sizes) - 1
        simple = nx.DiGraph(graph.nx) if graph.directed else plain
        assert ask(graph, "num_missing_edges", {}).value == nx.complement(simple).number_of_edges()


def test_edges_by_weight_and_strengths() -> None:
    body = nx.DiGraph()
    body.add_weighted_edges_from([("a", "b", 4), ("c", "b", 1), ("b", "d", 5), ("d", "a", 5)])
    graph = Graph(body)
    assert ask(graph, "edges_with_weight", {"value": 4, "comparison": "more"}).count == 2
    assert ask(graph, "in_strength", {"node": "b"}).value == 5
    assert ask(graph, "out_strength", {"node": "b"}).value == 5
    assert ask(graph, "in_strength", {"node": "c"}).value == 0
    bare = ask(graph, "without_weights", {}).graph
    assert not bare.weighted
    assert bare.num_edges == graph.num_edges
    with pytest.raises(BadArgument, match="rank"):
        get_tool("nth_heaviest_edge")(graph, rank=0)
