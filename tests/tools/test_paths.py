"""Paths against networkx and against all paths by brute force."""

from __future__ import annotations

import math
import random
from typing import Any

import networkx as nx
import pytest

from benchmarks.attacking.random_graphs import atlas, random_graph, random_graphs
from graphs import Graph, GraphError
from graphs.errors import (
    BadArgument,
    EdgeNotFound,
    MissingAttribute,
    NegativeCycle,
    NegativeWeight,
    NodeNotFound,
    NoPath,
)
from tests.tools.proving import ask, prove, prove_flipped, rename_commutes
from tools.answers import Answer, Path, Paths, Truth
from tools.certificates import check
from tools.registry import get_tool

WEIGHTED = ("shortest_path", "shortest_path_length", "all_shortest_paths", "k_shortest_paths", "a_star_path")
NAMES = (
    *WEIGHTED,
    "bellman_ford_path",
    "widest_path",
    "is_path",
    "path_weight",
    "shortest_path_avoiding",
    "shortest_path_through",
    "shortest_path_within_hops",
    "path_with_k_edges",
    "all_simple_paths",
    "count_simple_paths",
    "longest_simple_path",
)


def arguments_of(name: str, graph: Graph, rng: random.Random) -> dict[str, Any]:
    nodes = graph.nodes or ["nobody"]
    ends = {"source": rng.choice(nodes), "target": rng.choice(nodes)}
    weight = {"weight": "weight"} if graph.weighted and rng.random() < 0.7 else {}
    if name in ("is_path", "path_weight"):
        return {"nodes": random_walk(graph, rng)} | (weight if name == "path_weight" else {})
    if name == "longest_simple_path":
        return rng.choice(({}, ends, {"source": ends["source"]})) | weight
    extra: dict[str, Any] = {
        "k_shortest_paths": {"k": rng.randint(1, 4)},
        "shortest_path_avoiding": {
            "nodes": rng.sample(nodes, 1),
            "edges": [(u, v) for u, v in graph.nx.edges() if rng.random() < 0.2],
        },
        "shortest_path_through": {"nodes": rng.sample(nodes, min(2, len(nodes)))},
        "shortest_path_within_hops": {"max_edges": rng.randint(0, 4)},
        "path_with_k_edges": {"k": rng.randint(0, 4)},
        "all_simple_paths": {"max_edges": rng.choice((None, 2)), "limit": rng.choice((3, 1000))},
    }.get(name, {})
    unweighted = ("path_with_k_edges", "all_simple_paths", "count_simple_paths", "bellman_ford_path", "widest_path")
    return ends | extra | ({} if name in unweighted else weight)


def random_walk(graph: Graph, rng: random.Random) -> list[Any]:
    walk = [rng.choice(graph.nodes or ["nobody"])]
    while graph.num_nodes and rng.random() < 0.7:
        ahead = list(graph.nx.neighbors(walk[-1])) or graph.nodes
        walk.append(rng.choice(ahead if rng.random() < 0.8 else graph.nodes))
    return walk


def with_places(graph: Graph, rng: random.Random) -> Graph:
    body = graph.nx.copy()
    for node in body:
        body.nodes[node].update(x=rng.randint(0, 5), y=rng.random())
    return graph.derive(body)


def brute_right(graph: Graph, name: str, arguments: dict[str, Any]) -> Any:
    """Says whether an answer with another value is right, from all simple paths."""
    weight = arguments.get("weight", "weight" if name in ("bellman_ford_path", "widest_path") else None)
    body = graph.simple(combine=max if name in ("widest_path", "longest_simple_path") else min)

    def cost(path: list[Any]) -> float:
        found = [1 if weight is None else body[u][v][weight] for u, v in zip(path, path[1:])]
        return min(found) if name == "widest_path" else sum(found)

    def right(mutant: Answer) -> bool:
        own = ask(graph, name, arguments)
        if isinstance(mutant, Paths):
            best = sorted(cost(path) for path in own.paths)
            kinds = {tuple(path) for path in mutant.paths}
            lengths = [cost(path) for path in mutant.paths]
            ordered = name != "k_shortest_paths" or lengths == sorted(lengths)
            return len(kinds) == len(mutant.paths) and (sorted(lengths) == best or not own.exact) and ordered
        return isinstance(mutant, Path) and cost(mutant.nodes) == pytest.approx(cost(own.nodes)) == mutant.length

    return right


@pytest.mark.parametrize("name", NAMES)
def test_answers_are_accepted_and_corrupted_ones_refused(name: str) -> None:
    rng = random.Random(name)
    for i, graph in enumerate(random_graphs(150, seed=11)):
        placed = with_places(graph, rng) if i % 9 else graph
        arguments = arguments_of(name, graph, rng)
        answer = prove(placed, name, arguments, rng, brute_right(graph, name, arguments))
        if isinstance(answer, Truth):
            prove_flipped(
                graph,
                name,
                arguments,
                answer,
                [{"missing": arguments["nodes"][:2]}, {"repeated": arguments["nodes"][0]}],
            )
    for graph in random_graphs(60, seed=12, styles=("letters",)):
        if "v0" in graph:
            rename_commutes(with_places(graph, rng), name, arguments_of(name, graph, rng))


@pytest.mark.parametrize("directed", [False, True])
def test_lengths_equal_networkx_on_weighted_graphs(directed: bool) -> None:
    for graph in random_graphs(80, seed=13, directed=directed, weights=("positive", "zero", "float")):
        body = graph.simple()
        lengths = dict(nx.all_pairs_dijkstra_path_length(body))
        for u in graph:
            for v in graph:
                arguments = {"source": u, "target": v, "weight": "weight"}
                path, number = ask(graph, "shortest_path", arguments), ask(graph, "shortest_path_length", arguments)
                if v not in lengths[u]:
                    assert isinstance(path, NoPath)
                    continue
                assert path.length == number.value == pytest.approx(lengths[u][v])
                assert ask(with_places(graph, random.Random(1)), "a_star_path", arguments).length == pytest.approx(
                    lengths[u][v]
                )
                everything = ask(graph, "all_shortest_paths", arguments).paths
                assert path.nodes in everything
                brute = nx.all_simple_paths(body, u, v) if u != v else [[u]]
                costs = sorted(nx.path_weight(body, p, "weight") for p in brute)
                assert len(everything) == sum(math.isclose(c, lengths[u][v], abs_tol=1e-9) for c in costs)
                ranked = ask(graph, "k_shortest_paths", {**arguments, "k": 5}).lengths
                assert ranked == pytest.approx(costs[:5])


def test_paths_under_conditions_equal_brute_force() -> None:
    rng = random.Random(14)
    for graph in random_graphs(120, seed=14, weights=("positive", "zero"), multi=False):
        if graph.num_nodes < 2:
            continue
        u, v = rng.sample(graph.nodes, 2)
        paths = list(nx.all_simple_paths(graph.nx, u, v))
        costs = {tuple(p): nx.path_weight(graph.nx, p, "weight") for p in paths}
        widths = [min(graph.nx[a][b]["weight"] for a, b in zip(p, p[1:])) for p in paths]
        ends = {"source": u, "target": v}
        assert ask(graph, "count_simple_paths", ends).value == len(paths)
        assert sorted(ask(graph, "all_simple_paths", ends).paths) == sorted(paths)
        check_best(ask(graph, "widest_path", ends), widths, max)
        k = rng.randint(1, 4)
        within = [c for p, c in costs.items() if len(p) - 1 <= k]
        check_best(ask(graph, "shortest_path_within_hops", {**ends, "max_edges": k, "weight": "weight"}), within, min)
        exact = [len(p) - 1 for p in paths if len(p) - 1 == k]
        check_best(ask(graph, "path_with_k_edges", {**ends, "k": k}), exact, min)
        check_best(ask(graph, "longest_simple_path", {**ends, "weight": "weight"}), list(costs.values()), max)
        gone = [n for n in graph if n not in (u, v) and rng.random() < 0.4]
        left = [c for p, c in costs.items() if not set(p) & set(gone)]
        check_best(ask(graph, "shortest_path_avoiding", {**ends, "nodes": gone, "weight": "weight"}), left, min)


def check_best(answer: Any, lengths: list[float], best: Any) -> None:
    if lengths:
        assert answer.length == best(lengths)
    else:
        assert isinstance(answer, NoPath)


def test_bellman_ford_equals_networkx_and_names_a_negative_cycle() -> None:
    found = 0
    for graph in random_graphs(200, seed=15, directed=True, weights=("negative",)):
        for u in graph.nodes[:2]:
            for v in graph:
                answer = ask(graph, "bellman_ford_path", {"source": u, "target": v})
                if isinstance(answer, NegativeCycle):
                    found += 1
                    cycle = [*answer.cycle, answer.cycle[0]]
                    assert nx.path_weight(graph.simple(), cycle, "weight") < 0
                    assert all(nx.has_path(graph.nx, u, node) for node in cycle)
                elif isinstance(answer, NoPath):
                    assert not nx.has_path(graph.nx, u, v)
                else:
                    assert answer.length == nx.bellman_ford_path_length(graph.simple(), u, v)
    assert found > 20


def test_paths_on_every_small_graph_equal_networkx() -> None:
    for graph in atlas(5):
        for u in graph:
            lengths = nx.single_source_shortest_path_length(graph.nx, u)
            for v in graph:
                answer = ask(graph, "shortest_path_length", {"source": u, "target": v})
                assert isinstance(answer, NoPath) if v not in lengths else answer.value == lengths[v]
        if graph.num_nodes:
            every = (p for u in graph for v in graph if u != v for p in nx.all_simple_paths(graph.nx, u, v))
            assert ask(graph, "longest_simple_path", {}).length == max((len(p) - 1 for p in every), default=0)


def test_limits_are_honest() -> None:
    graph = random_graph(random.Random(1), num_nodes=18, density=0.6, weights="positive")
    arguments = {"weight": "weight", "time_limit": 0.05}
    longest = ask(graph, "longest_simple_path", arguments)
    assert not longest.exact
    assert longest.bounds is not None
    assert longest.bounds[0] == longest.length <= longest.bounds[1]
    assert check(graph, "longest_simple_path", arguments, longest).holds
    ends = {"source": "v0", "target": "v1"}
    count = ask(graph, "count_simple_paths", {**ends, "time_limit": 0.05})
    assert not count.exact
    assert count.bounds == (count.value, math.inf)
    some = ask(graph, "all_simple_paths", {**ends, "limit": 5})
    assert (some.count, some.exact, some.bounds) == (5, False, (6, math.inf))
    assert check(graph, "all_simple_paths", {**ends, "limit": 5}, some).holds


@pytest.mark.parametrize(
    ("name", "arguments", "kind"),
    [
        ("shortest_path", {"source": "a", "target": "nobody"}, NodeNotFound),
        ("shortest_path", {"source": "a", "target": "d"}, NoPath),
        ("shortest_path", {"source": "a", "target": "b", "weight": "cost"}, MissingAttribute),
        ("shortest_path", {"source": "a", "target": "b", "weight": "weight"}, NegativeWeight),
        ("bellman_ford_path", {"source": "a", "target": "b"}, NegativeCycle),
        ("widest_path", {"source": "a", "target": "a"}, BadArgument),
        ("a_star_path", {"source": "a", "target": "b"}, MissingAttribute),
        ("path_weight", {"nodes": ["a", "c"]}, EdgeNotFound),
        ("is_path", {"nodes": []}, BadArgument),
        ("shortest_path_avoiding", {"source": "a", "target": "b", "nodes": ["a"]}, BadArgument),
        ("shortest_path_avoiding", {"source": "a", "target": "b", "edges": [("a", "c")]}, EdgeNotFound),
        ("k_shortest_paths", {"source": "a", "target": "b", "k": 0}, BadArgument),
        ("path_with_k_edges", {"source": "a", "target": "b", "k": 2}, NoPath),
    ],
)
def test_errors_say_what_to_do(name: str, arguments: dict[str, Any], kind: type[GraphError]) -> None:
    graph = Graph.from_edges([("a", "b", -1), ("b", "c", 2)], ["d"])
    with pytest.raises(kind):
        get_tool(name)(graph, **arguments)
