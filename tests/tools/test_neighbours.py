"""What stands next to a node, against networkx."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import networkx as nx
import pytest

from benchmarks.attacking.random_graphs import atlas, random_graphs
from graphs import Graph, GraphError
from graphs.errors import BadArgument, EdgeNotFound, NodeNotFound, WrongKind
from tests.tools.proving import ask, prove, prove_flipped, rename_commutes
from tools.answers import Truth
from tools.registry import get_tool

ONE = ("degree", "in_degree", "out_degree", "strength", "neighbors", "successors", "predecessors", "non_neighbors")
PAIR = {"has_edge": ("source", "target"), "edge_weight": ("source", "target"), "common_neighbors": ("u", "v")}
NAMES = (*ONE, "incident_edges", *PAIR, "nodes_within_distance", "nodes_at_distance")


def arguments_of(name: str, graph: Graph, rng: random.Random) -> dict[str, Any]:
    nodes = graph.nodes or ["nobody"]
    if name in PAIR:
        return {key: rng.choice(nodes) for key in PAIR[name]}
    if name.startswith("nodes_"):
        return {"node": rng.choice(nodes), "k": rng.randint(0, 3)}
    return {"node": rng.choice(nodes)}


@pytest.mark.parametrize("name", NAMES)
def test_answers_are_accepted_and_corrupted_ones_refused(name: str) -> None:
    rng = random.Random(name)

    def right(mutant: Any) -> bool:
        return Counter(map(plain, mutant.value)) == Counter(map(plain, ask(graph, name, arguments).value))

    for graph in random_graphs(150, seed=5):
        arguments = arguments_of(name, graph, rng)
        answer = prove(graph, name, arguments, rng, right)
        if isinstance(answer, Truth):
            prove_flipped(graph, name, arguments, answer, [{"edge": list(e)} for e in list(graph.nx.edges())[:2]])
    for graph in random_graphs(60, seed=6, styles=("letters",)):
        if "v0" in graph:
            rename_commutes(graph, name, arguments_of(name, graph, rng))


def plain(member: Any) -> Any:
    """A node as it is, an undirected edge whichever way it is written."""
    return tuple(sorted(map(repr, member))) if isinstance(member, list) else member


def test_neighbourhoods_equal_networkx_on_every_small_graph() -> None:
    for graph in atlas(5):
        hops = dict(nx.all_pairs_shortest_path_length(graph.nx))
        for v in graph:
            assert set(ask(graph, "neighbors", {"node": v}).value) == set(graph.nx[v])
            assert set(ask(graph, "non_neighbors", {"node": v}).value) == set(nx.non_neighbors(graph.nx, v))
            assert set(ask(graph, "nodes_at_distance", {"node": v, "k": 2}).value) == {
                u for u in hops[v] if hops[v][u] == 2
            }
            within = ask(graph, "nodes_within_distance", {"node": v, "k": 2}).value
            assert set(within) == {u for u in hops[v] if 0 < hops[v][u] <= 2}
            for u in graph:
                assert set(ask(graph, "common_neighbors", {"u": u, "v": v}).value) == set(
                    nx.common_neighbors(graph.nx, u, v) if u != v else graph.nx[v]
                )


def test_degrees_equal_networkx_on_directed_graphs() -> None:
    for graph in random_graphs(80, seed=7, directed=True, weights=("positive",)):
        for v in graph:
            assert ask(graph, "in_degree", {"node": v}).value == graph.nx.in_degree(v)
            assert ask(graph, "strength", {"node": v}).value == graph.nx.degree(v, weight="weight")
            assert set(ask(graph, "predecessors", {"node": v}).value) == set(graph.nx.predecessors(v))


def test_a_self_loop_counts_twice_and_makes_a_node_its_own_neighbour() -> None:
    graph = Graph.from_edges([("a", "a"), ("a", "b")])
    assert ask(graph, "degree", {"node": "a"}).value == 3
    assert ask(graph, "neighbors", {"node": "a"}).value == ["a", "b"]
    assert ask(graph, "incident_edges", {"node": "a"}).count == 2


@pytest.mark.parametrize(
    ("name", "arguments", "kind"),
    [
        ("degree", {"node": "nobody"}, NodeNotFound),
        ("successors", {"node": "a"}, WrongKind),
        ("edge_weight", {"source": "a", "target": "c"}, EdgeNotFound),
        ("edge_weight", {"source": "a", "target": "b"}, GraphError),
        ("nodes_at_distance", {"node": "a", "k": -1}, BadArgument),
    ],
)
def test_errors_say_what_to_do(name: str, arguments: dict[str, Any], kind: type[GraphError]) -> None:
    with pytest.raises(kind):
        get_tool(name)(Graph.from_edges([("a", "b")], ["c"]), **arguments)
