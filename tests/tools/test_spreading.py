"""Cascades against brute force, simulation and the laws of proven answers."""

from __future__ import annotations

import itertools
import random

import networkx as nx
import pytest

from benchmarks.attacking.random_graphs import random_graphs
from graphs import Graph
from graphs.errors import BadArgument, NodeNotFound
from tests.tools.proving import prove, rename_commutes
from tools import spreading


def test_threshold_rounds_by_simulation():
    rng = random.Random(1)
    for graph in random_graphs(100, seed=1, weights=("none",), multi=False, loops=False):
        if not graph.num_nodes:
            continue
        seeds, threshold = rng.sample(graph.nodes, 1), rng.choice([0.1, 0.3, 0.5, 1.0])
        reached, after = set(seeds), {node: 0 for node in seeds}
        for number in range(1, 10):
            fresh = set()
            for node in set(graph) - reached:
                near = list(graph.nx.predecessors(node) if graph.directed else graph.nx.neighbors(node))
                if near and len(reached & set(near)) / len(near) >= threshold:
                    fresh.add(node)
            after.update(dict.fromkeys(fresh, number))
            reached |= fresh
        assert spreading.threshold_cascade(graph, seeds, threshold).value == after


def test_exact_spread_on_a_path_and_a_triangle():
    p = 0.3
    assert spreading.expected_spread(Graph(nx.path_graph(4)), [0], p).number == pytest.approx(1 + p + p**2 + p**3)
    triangle = Graph(nx.cycle_graph(3))
    one = p + (1 - p) * p * p  # the chance that one of the two others is reached
    assert spreading.expected_spread(triangle, [0], p).number == pytest.approx(1 + 2 * one)


def test_sampled_spread_is_near_the_exact_one():
    tree = Graph(nx.balanced_tree(2, 4))
    exact = sum(2**depth * 0.5**depth for depth in range(5))
    answer = spreading.expected_spread(tree, [0], 0.5, samples=2000)
    assert answer.estimated
    assert not answer.exact
    low, high = answer.witness["interval"]
    assert abs(answer.number - exact) < 4 * answer.witness["standard_error"]
    assert low < answer.number < high
    assert answer.bounds == (1, 31)


def test_greedy_seeds_reach_two_thirds_of_the_best():
    for graph in random_graphs(30, seed=2, weights=("none",)):
        if graph.num_nodes < 3:
            continue
        chosen = spreading.influence_maximisation(graph, 2, 0.4, 50)
        runs = list(spreading.outcomes(spreading.live_arcs_of_all(graph), 0.4, 50, 0))

        def spread(seeds, runs=runs):
            bodies = [nx.DiGraph(live) for live in runs]
            total = 0
            for body in bodies:
                total += len(set(seeds).union(*(nx.descendants(body, s) for s in seeds if s in body)))
            return total / len(runs)

        best = max(spread(pair) for pair in itertools.combinations(graph.nodes, 2))
        assert chosen.witness[-1] == pytest.approx(spread(chosen.nodes))
        assert chosen.witness[-1] >= (1 - 1 / 2.718) * best


@pytest.mark.parametrize("name", ["threshold_cascade", "expected_spread", "influence_maximisation"])
def test_laws(name):
    rng = random.Random(name)
    for graph in random_graphs(60, seed=3, weights=("none",)):
        if not graph.num_nodes:
            continue
        seeds = {"seeds": rng.sample(graph.nodes, min(2, graph.num_nodes))}
        arguments = {
            "threshold_cascade": {**seeds, "threshold": rng.choice([0.2, 0.5, 1.0])},
            "expected_spread": {**seeds, "probability": rng.choice([0.0, 0.3, 1.0]), "samples": 20},
            "influence_maximisation": {"k": min(2, graph.num_nodes), "samples": 10, "probability": 0.3},
        }[name]
        prove(
            graph,
            name,
            arguments,
            rng,
            lambda mutant, n=name, a=arguments, g=graph: n == "influence_maximisation" and ties(g, a, mutant),
        )


def ties(graph, arguments, mutant):
    """Whether other seeds reach exactly as much at every turn."""
    return mutant.witness == spreading.influence_maximisation(graph, **arguments).witness


def test_renaming_nodes_renames_the_answer():
    for graph in random_graphs(40, seed=4, styles=("letters",), weights=("none",)):
        if graph.num_nodes > 1 and all(str(n).startswith("v") for n in graph):
            rename_commutes(graph, "threshold_cascade", {"seeds": [graph.nodes[0]]})


def test_errors():
    graph = Graph.from_edges([(1, 2)])
    with pytest.raises(NodeNotFound):
        spreading.expected_spread(graph, [5])
    for call in (
        lambda: spreading.threshold_cascade(graph, [1], 0),
        lambda: spreading.expected_spread(graph, [1], 1.5),
        lambda: spreading.expected_spread(graph, [1], samples=1),
        lambda: spreading.influence_maximisation(graph, 3),
        lambda: spreading.influence_maximisation(Graph(nx.empty_graph(1000)), 3, samples=2000),
    ):
        with pytest.raises(BadArgument):
            call()
