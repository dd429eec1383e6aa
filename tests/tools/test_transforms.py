from __future__ import annotations

from collections import Counter
from typing import Any

import networkx as nx
import pytest

from graphs.errors import BadArgument, MissingAttribute, TooLarge, WrongKind
from graphs.graph import Graph
from tests.tools.forgery import assert_certified, canonical
from tests.tools.odd_graphs import odd_graphs
from tests.tools.test_edits import pairs
from tools.run import run_tool

ATLAS = [g for g in nx.graph_atlas_g() if len(g) <= 5]


def simple(graph: Graph) -> nx.Graph:
    body: Any = nx.DiGraph(graph.nx) if graph.directed else nx.Graph(graph.nx)
    body.remove_edges_from(list(nx.selfloop_edges(body)))
    return body


def test_complement() -> None:
    for body in ATLAS:
        n, found = len(body), assert_certified(Graph(body), "complement").graph
        assert found.num_edges == n * (n - 1) // 2 - body.number_of_edges()
        assert all(found.has_edge(u, v) != body.has_edge(u, v) for u in body for v in body if u != v)
    for graph, _ in odd_graphs(60):
        assert pairs(assert_certified(graph, "complement").graph) == pairs(Graph(nx.complement(simple(graph))))


def test_directions() -> None:
    for graph, _ in odd_graphs(60):
        back = {(v, u) for u, v in graph.nx.edges()}
        both = assert_certified(graph, "to_directed").graph
        assert set(both.nx.edges()) == set(graph.nx.edges()) | (set() if graph.directed else back)
        plain = assert_certified(graph, "to_undirected").graph
        assert {frozenset(e) for e in plain.nx.edges()} == {frozenset(e) for e in graph.nx.edges()}
        if graph.directed:
            assert set(assert_certified(graph, "reverse").graph.nx.edges()) == back


def test_parallel_edges_are_counted() -> None:
    for graph, _ in odd_graphs(60):
        merged = assert_certified(graph, "merge_parallel_edges").graph
        assert not merged.multi
        assert sum(m for *_, m in merged.nx.edges(data="multiplicity")) == graph.num_edges
        assert set(map(frozenset, merged.nx.edges())) == set(map(frozenset, graph.nx.edges()))


def test_line_graph_equals_networkx() -> None:
    for body in ATLAS:
        found = assert_certified(Graph(body), "line_graph").graph.nx
        ends = {n: frozenset((d["source"], d["target"])) for n, d in found.nodes(data=True)}
        truth = {frozenset((frozenset(a), frozenset(b))) for a, b in nx.line_graph(body).edges()}
        assert {frozenset((ends[a], ends[b])) for a, b in found.edges()} == truth
    for graph, _ in odd_graphs(60, directed=True, multi=False):
        found = assert_certified(graph, "line_graph").graph.nx
        ends = {n: (d["source"], d["target"]) for n, d in found.nodes(data=True)}
        assert {(ends[a], ends[b]) for a, b in found.edges()} == set(nx.line_graph(graph.nx).edges())
    for graph, _ in odd_graphs(60, multi=True):
        assert assert_certified(graph, "line_graph").graph.num_nodes == graph.num_edges


def test_power_equals_networkx() -> None:
    for graph, rng in odd_graphs(80, directed=False):
        k = rng.randint(1, 3)
        assert pairs(assert_certified(graph, "power", k=k).graph) == pairs(Graph(nx.power(simple(graph), k)))
    for graph, rng in odd_graphs(40, directed=True):
        k = rng.randint(1, 3)
        far = dict(nx.all_pairs_shortest_path_length(graph.nx))
        truth = {(u, v) for u in far for v, d in far[u].items() if 0 < d <= k}
        assert set(assert_certified(graph, "power", k=k).graph.nx.edges()) == truth


def test_parts() -> None:
    for graph, _ in odd_graphs(100):
        bigger = assert_certified(graph, "keep_largest_component").graph
        parts = list(nx.connected_components(nx.Graph(graph.nx.to_undirected())))
        assert bigger.num_nodes == max(map(len, parts), default=0)
        no_loops = assert_certified(graph, "remove_self_loops").graph
        assert no_loops.num_edges == sum(u != v for u, v in graph.nx.edges())
        lively = assert_certified(graph, "remove_isolated_nodes").graph
        assert set(lively) == {n for n in graph if graph.nx.degree(n)}


def test_subdivision_doubles_the_distances() -> None:
    for graph, _ in odd_graphs(60, directed=False):
        found = assert_certified(graph, "subdivide_edges").graph
        assert found.num_nodes == graph.num_nodes + graph.num_edges
        before, after = (dict(nx.all_pairs_shortest_path_length(g.nx)) for g in (graph, found))
        assert all(after[u][v] == 2 * d for u in before for v, d in before[u].items())


def test_quotient_counts() -> None:
    for graph, _ in odd_graphs(80):
        colour = dict(graph.nx.nodes(data="colour"))
        found = assert_certified(graph, "quotient", attribute="colour").graph
        assert dict(found.nx.nodes(data="size")) == Counter(colour.values())
        assert sum(w for *_, w in found.nx.edges(data="weight")) == sum(
            colour[u] != colour[v] for u, v in graph.nx.edges()
        )


def test_projection_equals_networkx() -> None:
    for seed in range(40):
        body = nx.bipartite.random_graph(4, 3, 0.4, seed=seed)
        declared = Graph(nx.relabel_nodes(body, {n: f"n{n}" for n in body}))
        for _, data in declared.nx.nodes(data=True):
            data["side"] = data.pop("bipartite")
        for side in (0, 1):
            keep = declared.sides[side] if declared.sides else []
            truth = nx.bipartite.weighted_projected_graph(declared.nx, keep)
            assert canonical(assert_certified(declared, "bipartite_projection", side=side).graph) == canonical(
                Graph(truth)
            )
            free = Graph(nx.Graph(body.edges()))
            if free.num_nodes:
                answer = assert_certified(free, "bipartite_projection", side=side)
                assert answer.notes == ("the first node of each component is on side 0",)


@pytest.mark.parametrize(
    ("graph", "name", "arguments", "error"),
    [
        (Graph.from_edges([(1, 2)]), "reverse", {}, WrongKind),
        (Graph.from_edges([(1, 2)]), "power", {"k": 0}, BadArgument),
        (Graph(nx.empty_graph(4000)), "complement", {}, TooLarge),
        (Graph.from_edges([(1, 2)]), "quotient", {"attribute": "colour"}, MissingAttribute),
        (Graph.from_edges([(1, 2)]), "bipartite_projection", {"side": 2}, BadArgument),
        (Graph(nx.complete_graph(3)), "bipartite_projection", {}, WrongKind),
        (Graph.from_edges([(1, 2)], directed=True), "bipartite_projection", {}, WrongKind),
        (Graph.from_edges([(1, 1)]), "bipartite_projection", {}, WrongKind),
    ],
)
def test_errors(graph: Graph, name: str, arguments: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        run_tool(graph, name, arguments)
