"""Cycles against networkx and against all simple cycles by brute force."""

from __future__ import annotations

import math
import random
from itertools import permutations
from typing import Any

import networkx as nx
import pytest

from benchmarks.attacking.random_graphs import atlas, random_graph, random_graphs
from graphs import Graph, GraphError
from graphs.errors import BadArgument, MissingAttribute, NegativeWeight, NodeNotFound, WrongKind
from tests.tools.proving import ask, prove, prove_flipped, rename_commutes
from tools.answers import Answer, Cycle, Number, Sequences, Truth
from tools.certificates import check
from tools.registry import get_tool

TRUTHS = ("has_cycle", "is_acyclic", "has_negative_cycle", "is_cycle")
CYCLES = ("find_cycle", "cycle_through_node", "shortest_cycle", "negative_cycle", "longest_cycle")
NAMES = (*TRUTHS, *CYCLES, "girth", "cycle_basis", "cyclomatic_number", "simple_cycles", "count_cycles")


def arguments_of(name: str, graph: Graph, rng: random.Random) -> dict[str, Any]:
    nodes = graph.nodes or ["nobody"]
    weight = {"weight": "weight"} if graph.weighted and rng.random() < 0.7 else {}
    if name == "is_cycle":
        known = brute_cycles(graph)
        return {"nodes": rng.choice(known) if known and rng.random() < 0.5 else rng.choices(nodes, k=rng.randint(1, 4))}
    if name == "cycle_through_node":
        return {"node": rng.choice(nodes)} | weight
    if name in ("shortest_cycle", "longest_cycle"):
        return weight
    return {
        "simple_cycles": {"max_length": rng.choice((None, 3)), "limit": rng.choice((2, 1000))},
        "count_cycles": {"length": rng.choice((None, 1, 2, 3, 4))},
    }.get(name, {})


def brute_cycles(graph: Graph) -> list[list[Any]]:
    """Every cycle once, by trying all sequences of nodes."""
    found = []
    for size in range(1, graph.num_nodes + 1):
        for cycle in permutations(graph.nodes, size):
            place = [graph.nodes.index(node) for node in cycle]
            first = place[0] == min(place) and (graph.directed or size < 3 or place[1] < place[-1])
            joined = all(graph.has_edge(u, v) for u, v in zip(cycle, [*cycle[1:], cycle[0]]))
            doubled = graph.directed or size != 2 or graph.nx.number_of_edges(*cycle) > 1
            if first and joined and doubled:
                found.append(list(cycle))
    return found


def weigh(graph: Graph, cycle: list[Any], weight: str | None, best: Any) -> float:
    """The least (best=min) or greatest weight of the cycle's edges."""
    sign = 1 if best is min else -1
    if weight is None:
        return len(cycle)
    if len(cycle) == 2 and not graph.directed:
        data = graph.nx.get_edge_data(*cycle)
        return sign * sum(sorted(sign * d[weight] for d in data.values())[:2])
    body = graph.simple(combine=best)
    return sum(body[u][v][weight] for u, v in zip(cycle, [*cycle[1:], cycle[0]]))


@pytest.mark.parametrize("name", NAMES)
def test_answers_are_accepted_and_corrupted_ones_refused(name: str) -> None:
    rng = random.Random(name)

    def right(mutant: Answer) -> bool:
        own = ask(graph, name, arguments)
        if name == "find_cycle":
            return any(set(mutant.value) == set(cycle) for cycle in brute_cycles(graph))
        if isinstance(mutant, Cycle):
            return mutant.length == pytest.approx(own.length)  # the checker has walked it: another one as good
        if isinstance(mutant, Sequences):
            return mutant.count == own.count
        return False

    for graph in random_graphs(150, seed=31, max_nodes=5):
        arguments = arguments_of(name, graph, rng)
        answer = prove(graph, name, arguments, rng, right)
        if isinstance(answer, Truth):
            some = graph.nodes[:2]
            forged = [
                {"cycle": some},
                {"order": graph.nodes},
                {"potentials": dict.fromkeys(graph, 0)},
                {"missing": some},
            ]
            prove_flipped(graph, name, arguments, answer, forged)
    for graph in random_graphs(60, seed=32, styles=("letters",)):
        if "v0" in graph:
            rename_commutes(graph, name, arguments_of(name, graph, rng))


def test_cycles_equal_brute_force_on_random_graphs() -> None:
    for graph in random_graphs(150, seed=33, max_nodes=5, weights=("none", "positive", "zero")):
        known = brute_cycles(graph)
        sizes = [len(cycle) for cycle in known]
        weight = "weight" if graph.weighted else None
        assert ask(graph, "has_cycle", {}).value == bool(known) != ask(graph, "is_acyclic", {}).value
        assert ask(graph, "find_cycle", {}).exists == bool(known)
        assert ask(graph, "count_cycles", {}).value == len(known)
        assert ask(graph, "count_cycles", {"length": 3}).value == sizes.count(3)
        assert sorted(map(repr, ask(graph, "simple_cycles", {}).value)) == sorted(map(repr, known))
        assert ask(graph, "girth", {}).value == min(sizes, default=math.inf)
        shortest = ask(graph, "shortest_cycle", {"weight": weight}).length
        assert shortest == min((weigh(graph, c, weight, min) for c in known), default=None)
        longest = ask(graph, "longest_cycle", {"weight": weight}).length
        assert longest == max((weigh(graph, c, weight, max) for c in known), default=None)
        for node in graph:
            own = [weigh(graph, c, weight, min) for c in known if node in c]
            assert ask(graph, "cycle_through_node", {"node": node, "weight": weight}).length == min(own, default=None)


def test_figures_equal_networkx_on_every_small_graph() -> None:
    for graph in atlas(6):
        body = graph.nx
        assert ask(graph, "girth", {}).value == nx.girth(body)
        assert (
            ask(graph, "cycle_basis", {}).count
            == len(nx.cycle_basis(body))
            == ask(graph, "cyclomatic_number", {}).value
        )
        if len(body) < 6:
            assert ask(graph, "count_cycles", {}).value == sum(1 for _ in nx.simple_cycles(body))


def test_negative_cycles_equal_networkx() -> None:
    for graph in random_graphs(150, seed=34, directed=True, weights=("negative",)):
        answer = ask(graph, "has_negative_cycle", {})
        expected = nx.negative_edge_cycle(graph.simple())
        assert answer.value == expected == ask(graph, "negative_cycle", {}).exists


def test_limits_are_honest() -> None:
    graph = random_graph(random.Random(1), num_nodes=25, density=0.5, weights="positive")
    for name, arguments in (
        ("count_cycles", {"time_limit": 0.05}),
        ("simple_cycles", {"limit": 5}),
        ("longest_cycle", {"time_limit": 0.05, "weight": "weight"}),
    ):
        answer = ask(graph, name, arguments)
        assert isinstance(answer, (Number, Sequences, Cycle))
        assert not answer.exact
        assert answer.bounds is not None
        verdict = check(graph, name, arguments, answer)
        assert verdict.holds
        assert verdict.grade == ("proof" if name == "longest_cycle" else "none")


@pytest.mark.parametrize(
    ("name", "arguments", "kind"),
    [
        ("cycle_through_node", {"node": "x"}, NodeNotFound),
        ("cycle_basis", {}, WrongKind),
        ("shortest_cycle", {"weight": "weight"}, NegativeWeight),
        ("has_negative_cycle", {"weight": "cost"}, MissingAttribute),
        ("is_cycle", {"nodes": []}, BadArgument),
        ("count_cycles", {"length": 0}, BadArgument),
        ("simple_cycles", {"limit": 0}, BadArgument),
    ],
)
def test_errors_say_what_to_do(name: str, arguments: dict[str, Any], kind: type[GraphError]) -> None:
    graph = Graph.from_edges([("a", "b", -1), ("b", "a", 2)], directed=True)
    with pytest.raises(kind):
        get_tool(name)(graph, **arguments)
