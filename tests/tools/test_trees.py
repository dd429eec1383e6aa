"""Trees against networkx and brute force."""

from __future__ import annotations

import random
from itertools import combinations
from typing import Any

import networkx as nx
import pytest

from benchmarks.attacking.random_graphs import atlas, random_graph, random_graphs
from graphs import Graph, GraphError
from graphs.errors import BadArgument, MissingAttribute, NotConnected, WrongKind
from tests.tools.proving import ask, prove, prove_flipped, rename_commutes
from tools.answers import Answer, Edges, Truth
from tools.certificates import check
from tools.registry import get_tool

WHOLE = (
    "is_tree is_forest minimum_spanning_tree maximum_spanning_tree spanning_tree spanning_tree_count leaves "
    "prufer_code minimum_arborescence"
).split()
NAMES = (*WHOLE, "tree_height", "tree_parents", "steiner_tree")


def arguments_of(name: str, graph: Graph, rng: random.Random) -> dict[str, Any]:
    nodes = graph.nodes or ["nobody"]
    if name in ("tree_height", "tree_parents"):
        return {"root": rng.choice(nodes)}
    if name == "minimum_arborescence":
        return rng.choice(({}, {"root": rng.choice(nodes)}))
    if name == "steiner_tree":
        weight = {"weight": "weight"} if graph.weighted and rng.random() < 0.7 else {}
        return {"nodes": rng.sample(nodes, rng.randint(1, len(nodes)))} | weight
    return {}


def tree(rng: random.Random, size: int) -> Graph:
    labels = [f"v{i}" for i in range(size)]
    rng.shuffle(labels)
    return Graph.from_edges(
        [(labels[i], labels[rng.randrange(i)], {"weight": rng.randint(0, 5)}) for i in range(1, size)]
    )


@pytest.mark.parametrize("name", NAMES)
def test_answers_are_accepted_and_corrupted_ones_refused(name: str) -> None:
    rng = random.Random(name)

    def right(mutant: Answer) -> bool:
        own = ask(graph, name, arguments)
        if isinstance(mutant, Edges):  # the checker has walked it: another tree as good
            return mutant.total == pytest.approx(own.total) and mutant.count == own.count
        return False

    trees = [tree(rng, rng.randint(2, 7)) for _ in range(30)]
    for graph in [*random_graphs(150, seed=61), *trees]:
        arguments = arguments_of(name, graph, rng)
        answer = prove(graph, name, arguments, rng, right)
        if isinstance(answer, Truth):
            some = graph.nodes[:2]
            prove_flipped(graph, name, arguments, answer, [{"cycle": some}, {"component": some[:1]}])
    for graph in [*random_graphs(60, seed=62, styles=("letters",)), *trees]:
        if "v0" in graph:
            rename_commutes(graph, name, arguments_of(name, graph, rng))


def test_trees_equal_networkx_on_every_small_graph() -> None:
    for graph in atlas(6):
        body = graph.nx
        if not len(body):
            continue
        assert ask(graph, "is_tree", {}).value == nx.is_tree(body)
        assert ask(graph, "is_forest", {}).value == nx.is_forest(body)
        assert ask(graph, "spanning_tree_count", {}).value == round(nx.number_of_spanning_trees(body))
        assert ask(graph, "spanning_tree", {}).count == len(body) - nx.number_connected_components(body)
        if nx.is_tree(body) and len(body) > 1:
            assert ask(graph, "prufer_code", {}).value == nx.to_prufer_sequence(body)
            for root in body:
                assert ask(graph, "tree_height", {"root": root}).value == nx.eccentricity(body, root)


def test_spanning_trees_equal_networkx() -> None:
    for graph in random_graphs(150, seed=63, directed=False, weights=("positive", "zero", "negative", "float")):
        if not graph.num_edges:
            continue
        body = graph.simple()
        least = nx.minimum_spanning_tree(body).size("weight")
        assert ask(graph, "minimum_spanning_tree", {}).total == pytest.approx(least)
        most = nx.maximum_spanning_tree(graph.simple(combine=max)).size("weight")
        assert ask(graph, "maximum_spanning_tree", {}).total == pytest.approx(most)


def test_arborescences_equal_networkx() -> None:
    compared = 0
    for graph in random_graphs(150, seed=64, directed=True, weights=("positive", "zero", "negative")):
        answer = ask(graph, "minimum_arborescence", {})
        if not graph.num_edges:
            continue
        try:
            least = nx.minimum_spanning_arborescence(graph.simple(), preserve_attrs=False).size("weight")
        except nx.NetworkXException:
            assert isinstance(answer, NotConnected)
            continue
        compared += 1
        assert answer.total == pytest.approx(least)
    assert compared > 40


def test_steiner_trees_equal_brute_force() -> None:
    rng = random.Random(65)
    for graph in random_graphs(120, seed=65, directed=False, weights=("positive", "zero")):
        body = graph.simple()
        nodes = rng.sample(graph.nodes, min(3, graph.num_nodes))
        answer = ask(graph, "steiner_tree", {"nodes": nodes, "weight": "weight"})
        if not nodes or not all(nx.has_path(body, nodes[0], node) for node in nodes):
            assert isinstance(answer, (NotConnected, BadArgument))
            continue
        rest = [node for node in graph if node not in nodes]
        subsets = (body.subgraph([*nodes, *more]) for k in range(len(rest) + 1) for more in combinations(rest, k))
        assert answer.total == min(nx.minimum_spanning_tree(s).size("weight") for s in subsets if nx.is_connected(s))


def test_a_steiner_tree_of_many_nodes_is_bounded() -> None:
    graph = random_graph(random.Random(3), num_nodes=30, density=0.3, weights="positive")
    arguments = {"nodes": graph.nodes[:14], "weight": "weight"}
    answer = ask(graph, "steiner_tree", arguments)
    assert not answer.exact
    assert answer.bounds is not None
    assert answer.bounds[0] <= answer.total == answer.bounds[1]
    assert check(graph, "steiner_tree", arguments, answer).holds


def test_cayley_and_wheel() -> None:
    assert ask(Graph(nx.complete_graph(20)), "spanning_tree_count", {}).value == 20**18
    assert ask(Graph(nx.wheel_graph(6)), "spanning_tree_count", {}).value == 121
    doubled = Graph.from_edges([(1, 2), (1, 2), (2, 2)], multi=True)
    assert ask(doubled, "spanning_tree_count", {}).value == 2


@pytest.mark.parametrize(
    ("name", "graph", "arguments", "kind"),
    [
        ("is_tree", Graph(), {}, WrongKind),
        ("minimum_spanning_tree", Graph.from_edges([(1, 2)]), {}, MissingAttribute),
        ("minimum_spanning_tree", Graph.from_edges([(1, 2, 3)], directed=True), {}, WrongKind),
        ("tree_height", Graph.from_edges([(1, 2), (2, 3), (1, 3)]), {"root": 1}, WrongKind),
        ("prufer_code", Graph.from_edges([], [1]), {}, WrongKind),
        ("minimum_arborescence", Graph.from_edges([(1, 2, 1), (3, 2, 1)], directed=True), {}, NotConnected),
        ("steiner_tree", Graph.from_edges([(1, 2)], [3]), {"nodes": [1, 3]}, NotConnected),
        ("steiner_tree", Graph.from_edges([(1, 2)]), {"nodes": []}, BadArgument),
    ],
)
def test_errors_say_what_to_do(name: str, graph: Graph, arguments: dict[str, Any], kind: type[GraphError]) -> None:
    with pytest.raises(kind):
        get_tool(name)(graph, **arguments)


def test_a_loop_that_costs_less_than_nothing_is_in_no_tree_and_in_no_proof() -> None:
    graph = Graph.from_edges([(1, 2, 3), (2, 2, -5), (2, 3, 1)], directed=True)
    answer = get_tool("minimum_arborescence")(graph)
    assert (answer.total, check(graph, "minimum_arborescence", {}, answer).holds) == (4, True)
