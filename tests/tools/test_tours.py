"""Walks over every edge or node against networkx and brute force."""

from __future__ import annotations

import random
import time
from itertools import permutations
from typing import Any

import networkx as nx
import pytest

from benchmarks.attacking.random_graphs import atlas, random_graph, random_graphs
from graphs import Graph, GraphError
from graphs.errors import BadArgument, BudgetExceeded, MissingAttribute, NotConnected, WrongKind
from tests.tools.proving import ask, prove, prove_flipped, rename_commutes
from tools.answers import Answer, Truth
from tools.certificates import check
from tools.registry import get_tool

EULER = ("has_eulerian_circuit", "eulerian_circuit", "has_eulerian_path", "eulerian_path", "chinese_postman")
HAMILTON = ("has_hamiltonian_path", "hamiltonian_path", "has_hamiltonian_cycle", "hamiltonian_cycle")
NAMES = (*EULER, *HAMILTON, "travelling_salesman")


def arguments_of(name: str, graph: Graph, rng: random.Random) -> dict[str, Any]:
    if name.endswith("hamiltonian_path") and graph.nodes and rng.random() < 0.5:
        return {"source": rng.choice(graph.nodes), "target": rng.choice(graph.nodes)}
    return {"weight": "weight"} if name == "chinese_postman" and graph.weighted else {}


@pytest.mark.parametrize("name", NAMES)
def test_answers_are_accepted_and_corrupted_ones_refused(name: str) -> None:
    rng = random.Random(name)

    def right(mutant: Answer) -> bool:
        own = ask(graph, name, arguments)
        same_size = mutant.count == own.count or name == "chinese_postman"  # free edges may be walked again
        return same_size and getattr(mutant, "length", 0) == pytest.approx(getattr(own, "length", 0))

    for graph in random_graphs(150, seed=71, max_nodes=5):
        arguments = arguments_of(name, graph, rng)
        answer = prove(graph, name, arguments, rng, right)
        if isinstance(answer, Truth):
            some = graph.nodes[:2]
            forged = [
                {"cycle": some},
                {"path": some},
                {"walk": some},
                {"odd": some},
                {"apart": some},
                {"unbalanced": some},
            ]
            prove_flipped(graph, name, arguments, answer, [*forged, {"separator": []}, {"separator": some}])
    for graph in random_graphs(60, seed=72, styles=("letters",)):
        if "v0" in graph:
            rename_commutes(graph, name, arguments_of(name, graph, rng))


def test_euler_walks_equal_networkx() -> None:
    for graph in [*atlas(6), *random_graphs(150, seed=73)]:
        if not graph.num_edges:
            continue
        body = graph.nx.copy()
        body.remove_nodes_from(list(nx.isolates(body)))
        assert ask(graph, "has_eulerian_circuit", {}).value == nx.is_eulerian(body)
        assert ask(graph, "has_eulerian_path", {}).value == nx.has_eulerian_path(body)
        assert ask(graph, "eulerian_circuit", {}).exists == nx.is_eulerian(body)
        assert ask(graph, "eulerian_path", {}).exists == nx.has_eulerian_path(body)


def test_hamiltonian_walks_equal_brute_force() -> None:
    rng = random.Random(74)
    for graph in [*atlas(6), *random_graphs(120, seed=74, max_nodes=5)]:
        n = graph.num_nodes
        if n == 0 or (n == 6 and rng.random() < 0.7):
            continue
        paths = [p for p in permutations(graph) if all(graph.has_edge(u, v) for u, v in zip(p, p[1:]))]
        assert ask(graph, "has_hamiltonian_path", {}).value == bool(paths)
        u, v = rng.choice(graph.nodes), rng.choice(graph.nodes)
        between = ask(graph, "has_hamiltonian_path", {"source": u, "target": v})
        if u == v and n > 1:
            assert isinstance(between, BadArgument)
        else:
            assert between.value == any((p[0], p[-1]) == (u, v) for p in paths)
        if n > 2:
            closed = [p for p in paths if graph.has_edge(p[-1], p[0])]
            assert (
                ask(graph, "has_hamiltonian_cycle", {}).value
                == bool(closed)
                == ask(graph, "hamiltonian_cycle", {}).exists
            )


def test_salesman_equals_brute_force_and_both_methods_agree() -> None:
    for graph in random_graphs(120, seed=75, max_nodes=6, weights=("positive", "negative", "float")):
        answer = ask(graph, "travelling_salesman", {})
        if isinstance(answer, GraphError):
            assert graph.num_nodes < 3 or not graph.num_edges
            continue
        body = graph.simple()
        first, *rest = graph.nodes
        tours = ([first, *p, first] for p in permutations(rest))
        lengths = [nx.path_weight(body, t, "weight") for t in tours if nx.is_path(body, t)]
        if lengths:
            assert answer.length == pytest.approx(min(lengths))
        else:
            assert not answer.exists
    from tools.arcs import costs
    from tools.clock import Clock
    from tools.hamilton import tour_length
    from tools.salesman import _by_cuts, _by_subsets

    for graph in random_graphs(40, seed=76, max_nodes=8, weights=("positive",)):
        if graph.num_nodes > 2:
            table = costs(graph, "weight", "a tour")
            found, finished = _by_cuts(table, Clock(10), directed=graph.directed)
            assert finished
            assert tour_length(table, found) == tour_length(table, _by_subsets(table))


def test_postman_equals_brute_force_on_two_odd_nodes() -> None:
    for graph in random_graphs(120, seed=77, directed=False, weights=("positive",)):
        answer = ask(graph, "chinese_postman", {"weight": "weight"})
        if isinstance(answer, GraphError):
            continue
        odd = [v for v, d in graph.nx.degree() if d % 2]
        if len(odd) in (0, 2):
            more = nx.dijkstra_path_length(graph.simple(), *odd) if odd else 0
            assert answer.length == graph.nx.size("weight") + more


def test_dense_graphs_of_twenty_nodes_take_milliseconds() -> None:
    graphs = [random_graph(random.Random(seed), num_nodes=20, density=0.35) for seed in range(10)]
    began = time.perf_counter()
    answers = [ask(graph, "has_hamiltonian_path", {}) for graph in graphs]
    assert all(answer.value for answer in answers)
    assert time.perf_counter() - began < 1.0


def test_limits_are_honest() -> None:
    graph = random_graph(random.Random(5), num_nodes=40, density=1.0, weights="float")
    answer = ask(graph, "travelling_salesman", {"time_limit": 0.01})
    assert not answer.exact
    assert answer.bounds is not None
    assert answer.bounds[0] <= answer.bounds[1] == answer.length
    assert check(graph, "travelling_salesman", {"time_limit": 0.01}, answer).grade == "proof"
    flower = nx.disjoint_union_all([nx.petersen_graph() for _ in range(4)])
    flower.add_edges_from((10 * i + a, 10 * ((i + 1) % 4) + b) for i in range(4) for a, b in ((0, 5), (1, 7)))
    with pytest.raises(BudgetExceeded):
        get_tool("has_hamiltonian_cycle")(Graph(nx.compose(flower, nx.Graph([(100, 0), (100, 23)]))), time_limit=0.0)


@pytest.mark.parametrize(
    ("name", "graph", "arguments", "kind"),
    [
        ("eulerian_circuit", Graph.from_edges([], [1]), {}, WrongKind),
        ("hamiltonian_path", Graph(), {}, WrongKind),
        ("travelling_salesman", Graph.from_edges([(1, 2, 3)]), {}, WrongKind),
        ("travelling_salesman", Graph.from_edges([(1, 2), (2, 3), (1, 3)]), {}, MissingAttribute),
        ("chinese_postman", Graph.from_edges([(1, 2), (3, 4)]), {}, NotConnected),
        ("chinese_postman", Graph.from_edges([(1, 2)], directed=True), {}, WrongKind),
    ],
)
def test_errors_say_what_to_do(name: str, graph: Graph, arguments: dict[str, Any], kind: type[GraphError]) -> None:
    with pytest.raises(kind):
        get_tool(name)(graph, **arguments)
