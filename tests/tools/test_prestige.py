"""Eigenvector, Katz, PageRank and HITS against networkx, numpy and the laws of proven answers; the rankings too."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from benchmarks.attacking.random_graphs import atlas, random_graphs, renamed
from graphs import Graph
from graphs.errors import BadArgument, GraphError, NotConnected, WrongKind
from tests.tools.proving import ask, prove
from tools import prestige, rankings
from tools.registry import all_tools
from tools.scores import MEASURES, pagerank_scores

GRAPHINSTRUCT = Path(__file__).parents[3] / "shared" / "data" / "graphteam_sets" / "graphinstruct_dev.json"


def test_pagerank_equals_networkx():
    for graph in [*atlas(5), *random_graphs(120, seed=1, weights=("none", "positive"))]:
        if not graph.num_nodes:
            continue
        weight = "weight" if graph.weighted else None
        expected = nx.pagerank(graph.nx, alpha=0.7, weight=weight, tol=1e-13, max_iter=1000)
        assert prestige.pagerank(graph, damping=0.7, weight=weight).values == pytest.approx(expected, abs=1e-9)
        start = graph.nodes[0]
        expected = nx.pagerank(graph.nx, personalization={start: 1}, weight=weight, tol=1e-13, max_iter=1000)
        got = prestige.personalized_pagerank(graph, [start], weight=weight).values
        assert got == pytest.approx(expected, abs=1e-9)


def test_three_iterations_by_matrix():
    for graph in random_graphs(60, seed=2, weights=("none",)):
        n = graph.num_nodes
        if not n:
            continue
        step = nx.to_numpy_array(graph.nx).T
        for j in range(n):
            step[:, j] = step[:, j] / step[:, j].sum() if step[:, j].sum() else 1 / n
        ranks = np.full(n, 1 / n)
        for _ in range(3):
            ranks = 0.15 / n + 0.85 * step @ ranks
        assert list(prestige.pagerank(graph, iterations=3).values.values()) == pytest.approx(list(ranks))


def test_arrays_and_loops_agree():
    graph = Graph(nx.gnp_random_graph(150, 0.3, seed=1, directed=True))
    assert graph.num_edges > 5000
    expected = nx.pagerank(graph.nx, tol=1e-13)
    assert pagerank_scores(graph) == pytest.approx(expected, abs=1e-10)


def test_eigenvector_and_katz_equal_networkx():
    for graph in [*atlas(6), *random_graphs(60, seed=3, directed=True, weights=("none", "positive"))]:
        if graph.num_nodes < 2 or not graph.num_edges:
            continue
        weight = "weight" if graph.weighted else None
        simple = nx.Graph if not graph.directed else nx.DiGraph
        body = simple(nx.from_numpy_array(nx.to_numpy_array(graph.nx, weight=weight), create_using=simple))
        connected = nx.is_strongly_connected(body) if graph.directed else nx.is_connected(body)
        if connected and graph.num_nodes > 2:
            expected = nx.eigenvector_centrality_numpy(body, weight="weight").values()
            assert list(prestige.eigenvector_centrality(graph, weight=weight).values.values()) == pytest.approx(
                list(expected), abs=1e-6
            )
        expected = nx.katz_centrality_numpy(body, alpha=0.02, weight="weight").values()
        got = prestige.katz_centrality(graph, alpha=0.02, weight=weight).values.values()
        assert list(got) == pytest.approx(list(expected))


def test_eigenvector_of_a_disconnected_graph_is_the_limit_of_power_iteration():
    for graph in random_graphs(80, seed=4, directed=False, weights=("none",), max_nodes=7):
        if not graph.num_nodes:
            continue
        matrix = nx.to_numpy_array(graph.nx) + np.eye(graph.num_nodes)
        vector = np.ones(graph.num_nodes)
        for _ in range(3000):
            vector = matrix @ vector
            vector /= np.linalg.norm(vector)
        assert list(prestige.eigenvector_centrality(graph).values.values()) == pytest.approx(list(vector), abs=1e-6)


def test_hits_is_the_limit_of_its_iteration():
    for graph in random_graphs(100, seed=5, weights=("none", "positive")):
        if not graph.num_edges:
            continue
        weight = "weight" if graph.weighted else None
        matrix = nx.to_numpy_array(graph.nx, weight=weight)
        power = matrix.T @ matrix
        for _ in range(30):  # the power doubles each time
            power = power @ power
            power /= power.max()
        authorities = power @ matrix.T @ np.ones(graph.num_nodes)
        authorities /= authorities.sum()
        hubs = matrix @ authorities
        hubs /= hubs.sum()
        assert list(prestige.hub_scores(graph, weight=weight).values.values()) == pytest.approx(list(hubs), abs=1e-6)
        got = prestige.authority_scores(graph, weight=weight).values.values()
        assert list(got) == pytest.approx(list(authorities), abs=1e-6)


@pytest.mark.parametrize(
    "name",
    [
        "eigenvector_centrality",
        "katz_centrality",
        "pagerank",
        "personalized_pagerank",
        "hub_scores",
        "authority_scores",
        "most_central_node",
        "highest_pagerank_node",
        "rank_nodes",
        "degree_centralization",
    ],
)
def test_laws(name):
    rng = random.Random(name)
    taken = {p.name for p in all_tools()[name].parameters}
    answered = 0
    for graph in random_graphs(110, seed=6, weights=("none", "positive", "float"), max_nodes=7):
        if not graph.num_nodes:
            continue
        given = {
            "node": rng.choice([None, *graph.nodes]),
            "weight": "weight" if graph.weighted else None,
            "sources": rng.sample(graph.nodes, 1),
            "damping": rng.choice([0.0, 0.5, 0.85, 0.99]),
            "iterations": rng.choice([None, 0, 3]),
            "alpha": 0.01,
            "measure": rng.choice(list(MEASURES)),
            "k": rng.choice([None, 1, 2]),
        }
        answer = prove(graph, name, {key: x for key, x in given.items() if key in taken}, rng)
        answered += not isinstance(answer, GraphError)
    assert answered > 30


@pytest.mark.parametrize("measure", list(MEASURES))
def test_the_first_of_a_ranking_is_the_most_central(measure):
    for graph in random_graphs(60, seed=7, weights=("none",)):
        top = ask(graph, "most_central_node", {"measure": measure})
        order = ask(graph, "rank_nodes", {"measure": measure})
        if isinstance(top, GraphError) or isinstance(order, GraphError):
            continue
        assert order.nodes[0] == top.node
        assert sorted(map(str, order.nodes)) == sorted(map(str, graph.nodes))
        scores = [order.witness[node] for node in order.nodes]
        assert scores == pytest.approx(sorted(scores, reverse=True))


@pytest.mark.parametrize("name", ["pagerank", "eigenvector_centrality", "katz_centrality", "authority_scores"])
def test_renaming_nodes_renames_the_answer(name):
    for graph in random_graphs(40, seed=8, weights=("none",)):
        mapping = {node: f"new {i}" for i, node in enumerate(graph)}
        before, after = ask(graph, name, {}), ask(renamed(graph, mapping), name, {})
        if isinstance(before, GraphError):
            assert type(before) is type(after)
        else:
            assert {mapping[v]: x for v, x in before.values.items()} == pytest.approx(after.values, abs=1e-9)


def test_ties_are_named():
    answer = rankings.highest_pagerank_node(Graph(nx.cycle_graph(4)))
    assert answer.node == 0
    assert "4 nodes share" in answer.notes[0]
    assert rankings.rank_nodes(Graph(nx.star_graph(3)), "degree", 2).nodes == [0, 1]
    assert "scores as much" in rankings.rank_nodes(Graph(nx.star_graph(3)), "degree", 2).notes[0]


def test_degree_centralization_of_star_and_ring():
    assert rankings.degree_centralization(Graph(nx.star_graph(5))).number == 1
    assert rankings.degree_centralization(Graph(nx.cycle_graph(5))).number == 0


def test_errors():
    arrow = Graph.from_edges([(1, 2)], directed=True)
    with pytest.raises(NotConnected, match="pagerank"):
        prestige.eigenvector_centrality(arrow)
    with pytest.raises(BadArgument, match="below 0.25"):
        prestige.katz_centrality(Graph(nx.complete_graph(5)), alpha=0.5)
    with pytest.raises(BadArgument):
        prestige.pagerank(arrow, damping=1.0)
    with pytest.raises(BadArgument):
        prestige.personalized_pagerank(arrow, [])
    with pytest.raises(WrongKind):
        prestige.hub_scores(Graph.from_edges([], [1]))
    with pytest.raises(WrongKind):
        rankings.most_central_node(Graph())
    with pytest.raises(BadArgument):
        rankings.rank_nodes(arrow, "degree", 0)


@pytest.mark.skipif(not GRAPHINSTRUCT.exists(), reason="the GraphInstruct set is not on this machine")
def test_the_highest_rank_of_graphinstruct_is_what_plain_iteration_gives():
    rows = [row for row in json.loads(GRAPHINSTRUCT.read_text()) if row["type"] == "page_rank"]
    assert len(rows) > 20
    for row in rows:
        directed = "undirected" not in row["question"]
        edges, nodes = [], []
        for line in row["question"].splitlines():
            names = re.findall(r"<(\w+)>", line) if line.startswith("Node") else []
            nodes += names[:1]
            edges += [(names[0], other) for other in names[1:]]
        graph = Graph.from_edges(edges, nodes, directed=directed)
        top = rankings.highest_pagerank_node(graph, 0.85, 3)
        expected = prestige.pagerank(graph, iterations=3).values
        assert expected[top.node] == pytest.approx(max(expected.values()))
