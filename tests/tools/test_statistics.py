"""Whole-graph figures against networkx and against their definitions."""

from __future__ import annotations

import random
from typing import Any

import networkx as nx
import pytest

from benchmarks.attacking.random_graphs import atlas, random_graphs
from graphs import Graph, GraphError
from graphs.errors import MissingAttribute, WrongKind
from tests.tools.proving import ask, prove, prove_flipped, rename_commutes
from tools.answers import Truth
from tools.registry import get_tool

PLAIN = """
num_nodes num_edges density average_degree max_degree_node min_degree_node maximum_degree minimum_degree degrees
degree_sequence degree_histogram isolated_nodes source_nodes sink_nodes self_loops parallel_edges list_nodes list_edges
total_weight average_edge_weight heaviest_edge lightest_edge reciprocity degree_assortativity graph_summary
graph_properties is_directed is_weighted is_multigraph
""".split()  # noqa: SIM905
CASES: list[tuple[str, dict[str, Any]]] = [
    *((name, {}) for name in PLAIN),
    *(("nodes_with_degree", {"degree": 2, "comparison": c}) for c in ("equal", "more", "less", "at_least", "at_most")),
    ("degrees", {"direction": "in"}),
    ("max_degree_node", {"direction": "out"}),
]


@pytest.mark.parametrize(("name", "arguments"), CASES)
def test_answers_are_accepted_and_corrupted_ones_refused(name: str, arguments: dict[str, Any]) -> None:
    rng = random.Random(name)

    def right(mutant: Any) -> bool:
        if name in ("heaviest_edge", "lightest_edge"):
            u, v = mutant.edges[0]
            return any(d["weight"] == mutant.total for d in edge_data(graph, u, v))
        if name == "parallel_edges":
            return len(set(mutant.edges)) == len(mutant.edges) and all(
                len(edge_data(graph, *e)) > 1 for e in mutant.edges
            )
        return False

    for graph in random_graphs(60, seed=1):
        answer = prove(graph, name, arguments, rng, right)
        if isinstance(answer, Truth):
            prove_flipped(graph, name, arguments, answer, [{"edge": e} for e in list(graph.nx.edges())[:2]])
    for graph in random_graphs(30, seed=2, styles=("letters",)):
        if graph.num_nodes and str(graph.nodes[0]) == "v0":
            rename_commutes(graph, name, arguments)


def edge_data(graph: Graph, u: Any, v: Any) -> list[dict[str, Any]]:
    found = graph.nx.get_edge_data(u, v) or {}
    return list(found.values()) if graph.multi else [found]


def test_figures_equal_networkx_on_every_small_graph() -> None:
    for graph in atlas(6):
        body = graph.nx
        assert ask(graph, "density", {}).value == pytest.approx(nx.density(body))
        assert ask(graph, "degree_sequence", {}).value == sorted((d for _, d in body.degree()), reverse=True)
        assert ask(graph, "isolated_nodes", {}).value == list(nx.isolates(body))
        counts = ask(graph, "degree_histogram", {}).value
        assert counts == {str(d): c for d, c in enumerate(nx.degree_histogram(body)) if c}
        assortativity = ask(graph, "degree_assortativity", {})
        if len({d for _, d in body.degree() if d}) > 1 and not isinstance(assortativity, GraphError):
            assert assortativity.value == pytest.approx(nx.degree_pearson_correlation_coefficient(body))


def test_directed_figures_equal_networkx() -> None:
    for graph in random_graphs(60, seed=3, directed=True, multi=False):
        answer = ask(graph, "reciprocity", {})
        if isinstance(answer, GraphError):
            assert graph.num_edges == 0
            continue
        assert answer.value == pytest.approx(nx.overall_reciprocity(graph.nx))
        assert ask(graph, "source_nodes", {}).value == [n for n in graph if graph.nx.in_degree(n) == 0]


def test_weights_of_a_known_graph() -> None:
    graph = Graph.from_edges([("a", "b", 2), ("b", "c", 5), ("c", "a", 5)])
    assert ask(graph, "total_weight", {}).value == 12
    assert ask(graph, "average_edge_weight", {}).value == 4
    assert ask(graph, "heaviest_edge", {}).value in ([["a", "c"]], [["b", "c"]])
    assert ask(graph, "heaviest_edge", {}).notes
    assert ask(graph, "lightest_edge", {}).total == 2
    assert ask(graph, "nodes_with_degree", {"degree": 1, "comparison": "more"}).value == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("name", "graph", "kind"),
    [
        ("average_degree", Graph(), WrongKind),
        ("max_degree_node", Graph(), WrongKind),
        ("total_weight", Graph.from_edges([(1, 2)]), MissingAttribute),
        ("total_weight", Graph.from_edges([(1, 2, {"weight": "heavy"})]), GraphError),
        ("heaviest_edge", Graph.from_edges([], [1]), WrongKind),
        ("source_nodes", Graph.from_edges([(1, 2)]), WrongKind),
        ("reciprocity", Graph.from_edges([(1, 2)]), WrongKind),
        ("degree_assortativity", Graph.from_edges([(1, 2)]), WrongKind),
    ],
)
def test_errors_say_what_to_do(name: str, graph: Graph, kind: type[GraphError]) -> None:
    with pytest.raises(kind):
        get_tool(name)(graph)
