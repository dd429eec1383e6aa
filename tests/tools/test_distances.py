"""Distances against networkx."""

from __future__ import annotations

import random
from typing import Any

import networkx as nx
import pytest

from benchmarks.attacking.random_graphs import atlas, random_graphs
from graphs import Graph, GraphError
from graphs.errors import NegativeWeight, NodeNotFound, NotConnected, TooLarge, WrongKind
from tests.tools.proving import ask, prove, rename_commutes
from tools.answers import Answer
from tools.registry import get_tool

WHOLE = (
    "all_pairs_distances average_shortest_path_length maximum_shortest_path_length minimum_shortest_path_length "
    "eccentricities average_eccentricity diameter radius center periphery barycenter wiener_index"
).split()
NAMES = (*WHOLE, "single_source_distances", "eccentricity", "farthest_nodes")


def arguments_of(name: str, graph: Graph, rng: random.Random) -> dict[str, Any]:
    weight = {"weight": "weight"} if graph.weighted and rng.random() < 0.7 else {}
    key = {"single_source_distances": "source", "eccentricity": "node", "farthest_nodes": "node"}.get(name)
    return ({key: rng.choice(graph.nodes or ["nobody"])} if key else {}) | weight


@pytest.mark.parametrize("name", NAMES)
def test_answers_are_accepted_and_corrupted_ones_refused(name: str) -> None:
    rng = random.Random(name)
    answered = 0
    for graph in random_graphs(150, seed=51):
        answer = prove(graph, name, arguments_of(name, graph, rng), rng)
        answered += isinstance(answer, Answer)
    assert answered > 30
    for graph in random_graphs(60, seed=52, styles=("letters",)):
        if "v0" in graph:
            rename_commutes(graph, name, arguments_of(name, graph, rng))


def test_figures_equal_networkx_on_every_small_graph() -> None:
    for graph in atlas(6):
        body = graph.nx
        if not len(body) or not nx.is_connected(body):
            assert isinstance(ask(graph, "diameter", {}), WrongKind if not len(body) else NotConnected)
            continue
        same_as_networkx(graph, body, None)


@pytest.mark.parametrize("directed", [False, True])
def test_weighted_figures_equal_networkx(directed: bool) -> None:
    compared = 0
    for graph in random_graphs(120, seed=53, directed=directed, weights=("positive", "zero", "float")):
        body = graph.simple()
        if len(body) > 1 and graph.num_edges and (nx.is_strongly_connected if directed else nx.is_connected)(body):
            compared += 1
            same_as_networkx(graph, body, "weight")
    assert compared > 10


def same_as_networkx(graph: Graph, body: Any, weight: str | None) -> None:
    about = {"weight": weight}
    assert ask(graph, "eccentricities", about).value == pytest.approx(nx.eccentricity(body, weight=weight))
    assert ask(graph, "diameter", about).value == pytest.approx(nx.diameter(body, weight=weight))
    assert ask(graph, "radius", about).value == pytest.approx(nx.radius(body, weight=weight))
    average = nx.average_shortest_path_length(body, weight=weight)
    assert ask(graph, "average_shortest_path_length", about).value == pytest.approx(average)
    assert ask(graph, "wiener_index", about).value == pytest.approx(nx.wiener_index(body, weight=weight))
    if weight is None:
        assert set(ask(graph, "center", about).value) == set(nx.center(body))
        assert set(ask(graph, "periphery", about).value) == set(nx.periphery(body))
        assert set(ask(graph, "barycenter", about).value) == set(nx.barycenter(body))
    lengths = dict(nx.all_pairs_dijkstra_path_length(body, weight=weight))
    for u in graph:
        assert ask(graph, "single_source_distances", {"source": u, **about}).value == pytest.approx(lengths[u])
    if len(body) > 1:
        every = [d for u in lengths for v, d in lengths[u].items() if u != v]
        assert ask(graph, "maximum_shortest_path_length", about).value == pytest.approx(max(every))
        assert ask(graph, "minimum_shortest_path_length", about).value == pytest.approx(min(every))


def test_a_disconnected_graph_is_told_its_largest_component() -> None:
    graph = Graph.from_edges([(1, 2), (2, 3), (4, 5)])
    with pytest.raises(NotConnected, match="2 components, the largest with 3 of 5 nodes"):
        get_tool("diameter")(graph)
    assert ask(graph, "maximum_shortest_path_length", {}).value == 2
    assert ask(graph, "single_source_distances", {"source": 1}).value[4] is None


@pytest.mark.parametrize(
    ("name", "graph", "arguments", "kind"),
    [
        ("eccentricity", Graph.from_edges([(1, 2)]), {"node": 7}, NodeNotFound),
        ("radius", Graph.from_edges([(1, 2, -1)]), {"weight": "weight"}, NegativeWeight),
        ("maximum_shortest_path_length", Graph.from_edges([], [1, 2]), {}, WrongKind),
        ("all_pairs_distances", Graph.from_edges([], range(1001)), {}, TooLarge),
        ("center", Graph.from_edges([(1, 2)], directed=True), {}, NotConnected),
    ],
)
def test_errors_say_what_to_do(name: str, graph: Graph, arguments: dict[str, Any], kind: type[GraphError]) -> None:
    with pytest.raises(kind):
        get_tool(name)(graph, **arguments)
