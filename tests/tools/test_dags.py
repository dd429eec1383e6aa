"""Directed acyclic graphs against networkx and brute force."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import combinations, permutations
from typing import Any

import networkx as nx
import pytest

from benchmarks.attacking.random_graphs import random_graphs
from graphs import Graph, GraphError
from graphs.errors import BadArgument, NodeNotFound, WrongKind
from tests.tools.proving import ask, prove, prove_flipped, rename_commutes
from tools.answers import Answer, NodeAnswer, Nodes, Path, Sequences, Truth
from tools.certificates import check
from tools.registry import get_tool

WHOLE = (
    "topological_sort is_dag all_topological_sorts count_topological_sorts longest_path_dag dag_layers "
    "transitive_closure transitive_reduction maximum_antichain"
).split()
NAMES = (*WHOLE, "is_topological_order", "ancestors", "descendants", "lowest_common_ancestor", "immediate_dominators")


def dags(count: int, seed: int, max_nodes: int = 6, **about: Any) -> Iterator[Graph]:
    """Directed graphs, most of them made acyclic by dropping the edges that point backwards."""
    for i, graph in enumerate(random_graphs(count, seed=seed, directed=True, max_nodes=max_nodes, **about)):
        if i % 6:
            place = {node: (7 * j + i) % 11 for j, node in enumerate(graph)}
            body = graph.nx.copy()
            body.remove_edges_from([e for e in list(body.edges) if place[e[0]] >= place[e[1]]])
            graph = graph.derive(body)
        yield graph


def arguments_of(name: str, graph: Graph, rng: random.Random) -> dict[str, Any]:
    nodes = graph.nodes or ["nobody"]
    if name == "is_topological_order":
        order = ask(graph, "topological_sort", {})
        if isinstance(order, Answer) and rng.random() < 0.5:
            return {"nodes": order.value}
        return {"nodes": rng.choice((rng.sample(nodes, len(nodes)), rng.choices(nodes, k=2)))}
    if name == "lowest_common_ancestor":
        return {"u": rng.choice(nodes), "v": rng.choice(nodes)}
    if name == "longest_path_dag" and graph.weighted:
        return {"weight": "weight"}
    if name == "all_topological_sorts":
        return {"limit": rng.choice((2, 1000))}
    arguments = {"ancestors": "node", "descendants": "node", "immediate_dominators": "source"}
    return {arguments[name]: rng.choice(nodes)} if name in arguments else {}


@pytest.mark.parametrize("name", NAMES)
def test_answers_are_accepted_and_corrupted_ones_refused(name: str) -> None:
    rng = random.Random(name)

    def right(mutant: Answer) -> bool:
        own = ask(graph, name, arguments)
        if name == "topological_sort":
            place = {node: i for i, node in enumerate(mutant.value)}
            return len(place) == graph.num_nodes and all(place[u] < place[v] for u, v in graph.nx.edges())
        if isinstance(mutant, Path):
            return mutant.length == own.length
        if isinstance(mutant, Sequences):
            return mutant.count == own.count
        if isinstance(mutant, Nodes):
            return mutant.count == own.count and not any(
                nx.has_path(graph.nx, u, v) for u, v in permutations(mutant.nodes, 2)
            )
        return isinstance(mutant, NodeAnswer) and mutant.node in own.witness

    for graph in dags(120, seed=41):
        arguments = arguments_of(name, graph, rng)
        answer = prove(graph, name, arguments, rng, right)
        if isinstance(answer, Truth):
            some = graph.nodes[:2]
            prove_flipped(graph, name, arguments, answer, [{"cycle": some}, {"order": graph.nodes}, {"backward": some}])
    for graph in dags(60, seed=42, styles=("letters",)):
        if "v0" in graph:
            rename_commutes(graph, name, arguments_of(name, graph, rng))


def test_orders_equal_networkx() -> None:
    for graph in dags(120, seed=43):
        body = graph.simple()
        assert ask(graph, "is_dag", {}).value == nx.is_directed_acyclic_graph(body)
        answer = ask(graph, "topological_sort", {})
        assert isinstance(answer, WrongKind) != nx.is_directed_acyclic_graph(body)
        for u in graph:
            assert set(ask(graph, "ancestors", {"node": u}).value) == nx.ancestors(body, u)
            assert set(ask(graph, "descendants", {"node": u}).value) == nx.descendants(body, u)
        closure = ask(graph, "transitive_closure", {}).graph.nx
        assert set(closure.edges) == set(nx.transitive_closure(body).edges)
        if isinstance(answer, GraphError):
            continue
        every = sorted(map(repr, nx.all_topological_sorts(body)))
        assert sorted(map(repr, ask(graph, "all_topological_sorts", {"limit": 10_000}).value)) == every
        assert ask(graph, "count_topological_sorts", {}).value == len(every)
        assert [set(g) for g in ask(graph, "dag_layers", {}).value] == [
            set(g) for g in nx.topological_generations(body)
        ]
        assert set(ask(graph, "transitive_reduction", {}).graph.nx.edges) == set(nx.transitive_reduction(body).edges)
        if len(body):
            unweighted = ask(graph, "longest_path_dag", {})
            assert unweighted.length == nx.dag_longest_path_length(body, weight=None, default_weight=1)
        width = ask(graph, "maximum_antichain", {}).count
        assert width == max(map(len, nx.antichains(body)))


def test_longest_paths_and_ancestors_equal_brute_force() -> None:
    for graph in dags(100, seed=44, weights=("positive", "negative"), multi=False):
        body = graph.nx
        if not nx.is_directed_acyclic_graph(body) or not len(body):
            continue
        every = [p for u, v in permutations(body, 2) for p in nx.all_simple_paths(body, u, v)]
        best = max((nx.path_weight(body, p, "weight") for p in every), default=0)
        if graph.num_edges:
            assert ask(graph, "longest_path_dag", {"weight": "weight"}).length == max(best, 0)
        for u, v in combinations(graph, 2):
            common = (nx.ancestors(body, u) | {u}) & (nx.ancestors(body, v) | {v})
            lowest = {w for w in common if not nx.descendants(body, w) & common}
            assert set(ask(graph, "lowest_common_ancestor", {"u": u, "v": v}).witness) == lowest


def test_dominators_equal_networkx() -> None:
    for graph in random_graphs(60, seed=45, directed=True):
        for source in graph:
            expected = {v: u for v, u in nx.immediate_dominators(graph.nx, source).items() if v != source}
            assert ask(graph, "immediate_dominators", {"source": source}).value == expected


def test_a_count_cut_short_says_so() -> None:
    graph = Graph.from_edges([], range(40), directed=True)
    answer = ask(graph, "count_topological_sorts", {"time_limit": 0.0})
    assert (answer.exact, answer.value) == (False, 1)
    assert check(graph, "count_topological_sorts", {"time_limit": 0.0}, answer).holds
    some = ask(graph, "all_topological_sorts", {"limit": 3})
    assert check(graph, "all_topological_sorts", {"limit": 3}, some).grade == "none"


@pytest.mark.parametrize(
    ("name", "graph", "arguments", "kind"),
    [
        ("topological_sort", Graph.from_edges([(1, 2)]), {}, WrongKind),
        ("topological_sort", Graph.from_edges([(1, 2), (2, 1)], directed=True), {}, WrongKind),
        ("longest_path_dag", Graph.from_edges([], directed=True), {}, WrongKind),
        ("ancestors", Graph.from_edges([(1, 2)], directed=True), {"node": 7}, NodeNotFound),
        ("all_topological_sorts", Graph.from_edges([(1, 2)], directed=True), {"limit": 0}, BadArgument),
    ],
)
def test_errors_say_what_to_do(name: str, graph: Graph, arguments: dict[str, Any], kind: type[GraphError]) -> None:
    with pytest.raises(kind):
        get_tool(name)(graph, **arguments)


def test_the_error_of_a_cyclic_graph_names_the_cycle() -> None:
    with pytest.raises(WrongKind, match="a -> b -> a"):
        get_tool("topological_sort")(Graph.from_edges([("a", "b"), ("b", "a")], directed=True))
