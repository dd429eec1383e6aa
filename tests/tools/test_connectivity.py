"""Connectivity against networkx and against removal by brute force."""

from __future__ import annotations

import random
from itertools import combinations
from typing import Any

import networkx as nx
import pytest

from benchmarks.attacking.random_graphs import atlas, random_graphs
from graphs import Graph, GraphError
from graphs.errors import BadArgument, NodeNotFound, WrongKind
from tests.tools.proving import ask, prove, prove_flipped, rename_commutes
from tools.answers import Answer, Edges, Groups, Nodes, Number, Paths, Truth
from tools.registry import get_tool

PAIR = ("has_path", "edge_disjoint_paths", "node_disjoint_paths")
CUTS = ("edge_connectivity", "node_connectivity", "minimum_edge_cut", "minimum_node_cut")
LEVEL = ("k_core", "k_truss", "k_edge_components")
NODE = ("reachable_nodes", "component_of", "strong_component_of")
WHOLE = (
    "is_connected is_weakly_connected connected_components weakly_connected_components number_of_components "
    "largest_component strongly_connected_components is_strongly_connected condensation bridges articulation_points "
    "biconnected_components is_biconnected core_numbers degeneracy"
).split()
NAMES = (*PAIR, *CUTS, *LEVEL, *NODE, *WHOLE)


def arguments_of(name: str, graph: Graph, rng: random.Random) -> dict[str, Any]:
    nodes = graph.nodes or ["nobody"]
    ends = {"source": rng.choice(nodes), "target": rng.choice(nodes)}
    if name in PAIR:
        return ends
    if name in CUTS:
        return rng.choice(({}, ends))
    if name in LEVEL:
        return {"k": rng.randint(2, 4)}
    return {"node": rng.choice(nodes)} if name in NODE else {}


def as_sets(answer: Answer) -> Any:
    """The answer without the order of groups, and of the ends of edges."""
    if isinstance(answer, Groups):
        return sorted(map(repr, answer.groups))
    return sorted(sorted(map(repr, edge)) for edge in answer.value)


@pytest.mark.parametrize("name", NAMES)
def test_answers_are_accepted_and_corrupted_ones_refused(name: str) -> None:
    rng = random.Random(name)

    def right(mutant: Answer) -> bool:
        own = ask(graph, name, arguments)
        if name == "largest_component":
            return mutant.value in ask(graph, "connected_components", {}).value and mutant.count == own.count
        if name in ("minimum_edge_cut", "minimum_node_cut"):
            return mutant.count == own.count and parts_without(graph, mutant, arguments)
        if isinstance(mutant, Paths):
            return mutant.count == own.count
        return as_sets(mutant) == as_sets(own)

    for graph in random_graphs(150, seed=21):
        arguments = arguments_of(name, graph, rng)
        answer = prove(graph, name, arguments, rng, right)
        if isinstance(answer, Truth):
            some = graph.nodes[:1]
            forged = [{"path": some}, {"component": some}, {"closed": some}, {"reachable": some}, {"tree": []}]
            prove_flipped(
                graph,
                name,
                arguments,
                answer,
                [*forged, {"articulation_point": graph.nodes[0]}, {"only": graph.nodes[0]}],
            )
    for graph in random_graphs(60, seed=22, styles=("letters",)):
        if "v0" in graph:
            rename_commutes(graph, name, arguments_of(name, graph, rng))


def parts_without(graph: Graph, answer: Answer, arguments: dict[str, Any]) -> bool:
    body = graph.nx.copy()
    if isinstance(answer, Edges):
        body.remove_edges_from(answer.edges)
    elif isinstance(answer, Nodes):
        body.remove_nodes_from(answer.nodes)
    if arguments:
        return not nx.has_path(body, arguments["source"], arguments["target"])
    return not (nx.is_strongly_connected(body) if graph.directed else nx.is_connected(body))


def groups(found: Any) -> set[frozenset[Any]]:
    return {frozenset(group) for group in found}


def test_components_equal_networkx_on_every_small_graph() -> None:
    for graph in atlas(6):
        body = graph.nx
        assert groups(ask(graph, "connected_components", {}).value) == groups(nx.connected_components(body))
        assert set(ask(graph, "articulation_points", {}).value) == set(nx.articulation_points(body))
        assert groups(ask(graph, "bridges", {}).value) == groups(nx.bridges(body))
        assert groups(ask(graph, "biconnected_components", {}).value) == groups(nx.biconnected_components(body))
        assert ask(graph, "core_numbers", {}).value == nx.core_number(body)
        assert groups(ask(graph, "k_truss", {"k": 3}).value) == groups(nx.k_truss(body, 3).edges)
        assert ask(graph, "k_core", {"k": 2}).value == [n for n in body if n in nx.k_core(body, 2)]
        if len(body) == 0:
            continue
        assert ask(graph, "is_connected", {}).value == nx.is_connected(body)
        assert ask(graph, "is_biconnected", {}).value == nx.is_biconnected(body)
        if len(body) > 1:
            assert ask(graph, "node_connectivity", {}).value == nx.node_connectivity(body)
            assert ask(graph, "edge_connectivity", {}).value == nx.edge_connectivity(body)
            assert groups(ask(graph, "k_edge_components", {"k": 2}).value) == groups(nx.k_edge_components(body, 2))


def test_strong_components_equal_networkx() -> None:
    for graph in random_graphs(120, seed=23, directed=True):
        body = graph.nx
        assert groups(ask(graph, "strongly_connected_components", {}).value) == groups(
            nx.strongly_connected_components(body)
        )
        assert groups(ask(graph, "weakly_connected_components", {}).value) == groups(
            nx.weakly_connected_components(body)
        )
        condensed = ask(graph, "condensation", {}).graph.nx
        assert nx.is_directed_acyclic_graph(condensed)
        assert len(condensed) == nx.number_strongly_connected_components(body)
        for u in graph:
            assert set(ask(graph, "reachable_nodes", {"node": u}).value) == nx.descendants(body, u)
            for v in graph:
                assert ask(graph, "has_path", {"source": u, "target": v}).value == nx.has_path(body, u, v)


@pytest.mark.parametrize("directed", [False, True])
def test_cuts_and_disjoint_paths_equal_brute_force(directed: bool) -> None:
    for graph in random_graphs(80, seed=24, directed=directed, max_nodes=5):
        if graph.num_nodes < 2:
            continue
        edges = (
            [(u, v, key) for u, v, key in nx.MultiDiGraph(graph.nx).edges(keys=True)]
            if directed
            else list(nx.MultiGraph(graph.nx).edges(keys=True))
        )
        if len(edges) > 9:
            continue
        u, v = graph.nodes[:2]
        least = next(k for k in range(len(edges) + 1) if any(apart(graph, u, v, cut) for cut in combinations(edges, k)))
        assert ask(graph, "edge_connectivity", {"source": u, "target": v}).value == least
        assert ask(graph, "edge_disjoint_paths", {"source": u, "target": v}).count == least
        if graph.has_edge(u, v):
            continue
        inner = [w for w in graph if w not in (u, v)]
        fewest = next(
            k for k in range(len(inner) + 1) if any(apart(graph, u, v, (), cut) for cut in combinations(inner, k))
        )
        answer = ask(graph, "node_connectivity", {"source": u, "target": v})
        assert isinstance(answer, Number)
        assert answer.value == fewest == ask(graph, "node_disjoint_paths", {"source": u, "target": v}).count


def apart(graph: Graph, u: Any, v: Any, edges: Any, nodes: Any = ()) -> bool:
    body = (nx.MultiDiGraph if graph.directed else nx.MultiGraph)(graph.nx)
    body.remove_edges_from(edges)
    body.remove_nodes_from(nodes)
    return not nx.has_path(body, u, v)


def test_whole_graph_connectivity_of_directed_graphs_equals_brute_force() -> None:
    for graph in random_graphs(80, seed=25, directed=True, multi=False, loops=False):
        if graph.num_nodes > 1:
            n = graph.num_nodes
            assert ask(graph, "edge_connectivity", {}).value == nx.edge_connectivity(graph.nx)
            least = next(k for k in range(n) if k == n - 1 or any(breaks(graph, cut) for cut in combinations(graph, k)))
            assert ask(graph, "node_connectivity", {}).value == least


def breaks(graph: Graph, nodes: Any) -> bool:
    body = graph.nx.copy()
    body.remove_nodes_from(nodes)
    return not nx.is_strongly_connected(body)


@pytest.mark.parametrize(
    ("name", "graph", "arguments", "kind"),
    [
        ("is_connected", Graph(), {}, WrongKind),
        ("strongly_connected_components", Graph.from_edges([(1, 2)]), {}, WrongKind),
        ("has_path", Graph.from_edges([(1, 2)]), {"source": 1, "target": 9}, NodeNotFound),
        ("edge_connectivity", Graph.from_edges([(1, 2)]), {"source": 1}, BadArgument),
        ("edge_connectivity", Graph.from_edges([], [1]), {}, WrongKind),
        ("node_connectivity", Graph.from_edges([(1, 2)]), {"source": 1, "target": 2}, BadArgument),
        ("minimum_node_cut", Graph.from_edges([(1, 2)]), {}, WrongKind),
        ("edge_disjoint_paths", Graph.from_edges([(1, 2)]), {"source": 1, "target": 1}, BadArgument),
        ("k_core", Graph.from_edges([(1, 2)]), {"k": -1}, BadArgument),
        ("k_truss", Graph.from_edges([(1, 2)]), {"k": 1}, BadArgument),
        ("k_edge_components", Graph.from_edges([(1, 2)]), {"k": 0}, BadArgument),
    ],
)
def test_errors_say_what_to_do(name: str, graph: Graph, arguments: dict[str, Any], kind: type[GraphError]) -> None:
    with pytest.raises(kind):
        get_tool(name)(graph, **arguments)
