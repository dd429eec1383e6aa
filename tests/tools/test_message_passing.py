"""Rounds of messages against matrix products, networkx and the laws of proven answers."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from benchmarks.attacking.random_graphs import atlas, random_graphs
from graphs import Graph
from graphs.errors import BadArgument, GraphError, MissingAttribute
from tests.tools.proving import prove, prove_flipped, rename_commutes
from tools import message_passing as mp

NLGRAPH = Path(__file__).parents[3] / "shared" / "data" / "nlgraph" / "GNN" / "train.json"


def some_vectors(graph, rng, size=2):
    return {node: [rng.randint(-3, 9) for _ in range(size)] for node in graph}


def test_sum_is_a_product_with_the_adjacency_matrix():
    rng = random.Random(1)
    for graph in random_graphs(100, seed=1, weights=("none",)):
        if not graph.num_nodes:
            continue
        vectors = some_vectors(graph, rng)
        adjacency = nx.to_numpy_array(graph.nx)
        features = np.array([vectors[node] for node in graph])
        got = mp.graph_convolution(graph, 2, embeddings=vectors).value
        assert [got[node] for node in graph] == (adjacency.T @ adjacency.T @ features).astype(int).tolist()
        assert all(isinstance(x, int) for vector in got.values() for x in vector)


def test_kipf_and_welling_normalisation():
    rng = random.Random(2)
    for graph in atlas(5):
        if not graph.num_nodes:
            continue
        vectors = some_vectors(graph, rng)
        adjacency = nx.to_numpy_array(graph.nx) + np.eye(graph.num_nodes)
        scale = np.diag(1 / np.sqrt(adjacency.sum(axis=1)))
        expected = scale @ adjacency @ scale @ np.array([vectors[node] for node in graph])
        got = mp.graph_convolution(graph, 1, aggregation="gcn", embeddings=vectors).values
        assert np.allclose([got[node] for node in graph], expected)


def test_mean_and_max_by_hand():
    star = Graph.from_edges([(0, 1), (0, 2), (0, 3)])
    vectors = {0: [8, 0], 1: [1, 5], 2: [2, 6], 3: [6, 1]}
    assert mp.graph_convolution(star, 1, aggregation="mean", embeddings=vectors).value[0] == [3, 4]
    assert mp.graph_convolution(star, 1, aggregation="max", embeddings=vectors).value[0] == [6, 6]
    assert mp.graph_convolution(star, 1, include_self=True, embeddings=vectors).value[1] == [9, 5]
    assert mp.aggregate_neighbours(star, 0, aggregation="max", embeddings=vectors).value == {0: [6, 6]}


def test_a_node_that_hears_nobody_gets_zeros_and_a_note():
    answer = mp.graph_convolution(Graph.from_edges([(1, 2)], directed=True), 1, embeddings={1: [3], 2: [4]})
    assert answer.value == {1: [0], 2: [3]}
    assert "no message reaches 1" in answer.notes[0]


def test_degroot_is_a_matrix_power():
    rng = random.Random(3)
    for graph in random_graphs(60, seed=3, weights=("none", "positive")):
        if not graph.num_nodes:
            continue
        opinions = {node: rng.uniform(0, 1) for node in graph}
        weight = "weight" if graph.weighted else None
        trust = nx.to_numpy_array(graph.nx, weight=weight).T + np.eye(graph.num_nodes)
        trust /= trust.sum(axis=1, keepdims=True)
        got = mp.degroot_opinions(graph, 3, weight=weight, opinions=opinions).values
        assert list(got.values()) == pytest.approx(list(np.linalg.matrix_power(trust, 3) @ list(opinions.values())))


def test_refinement_equals_networkx_hashes_on_all_small_graphs():
    for graph in atlas(6):
        if graph.num_nodes == 0:
            continue
        nx.set_node_attributes(graph.nx, "same", "start")
        hashes = nx.weisfeiler_lehman_subgraph_hashes(graph.nx, node_attr="start", iterations=graph.num_nodes)
        expected = {node: found[-1] for node, found in hashes.items()}
        colours = mp.colour_refinement(graph).values
        for u in graph:
            for v in graph:
                assert (colours[u] == colours[v]) == (expected[u] == expected[v])


@pytest.mark.parametrize("name", ["graph_convolution", "aggregate_neighbours", "degroot_opinions"])
def test_rounds_keep_the_laws(name):
    rng = random.Random(name)
    for graph in random_graphs(80, seed=4, weights=("none", "positive")):
        if not graph.num_nodes:
            continue
        if name == "degroot_opinions":
            arguments = {"rounds": rng.randint(0, 3), "opinions": {node: rng.randint(-5, 9) for node in graph}}
            arguments |= {"include_self": rng.random() < 0.5, "weight": rng.choice([None, "weight"])}
        else:
            arguments = {"layers": rng.randint(0, 3), "embeddings": some_vectors(graph, rng)}
            arguments |= {"aggregation": rng.choice(["sum", "mean", "max", "gcn"]), "include_self": rng.random() < 0.5}
        if name == "aggregate_neighbours":
            arguments["node"] = rng.choice(graph.nodes)
        prove(graph, name, arguments, rng)


def test_refinement_keeps_the_laws():
    rng = random.Random(5)
    for graph in random_graphs(100, seed=5, weights=("none",)):
        prove(graph, "colour_refinement", {"rounds": rng.choice([None, 0, 1, 2])}, rng)
        if graph.num_nodes:
            arguments = {"u": rng.choice(graph.nodes), "v": rng.choice(graph.nodes)}
            answer = prove(graph, "refinement_distinguishes", arguments, rng)
            prove_flipped(graph, "refinement_distinguishes", arguments, answer, [0, 1, 2])


@pytest.mark.parametrize("name", ["graph_convolution", "colour_refinement"])
def test_renaming_nodes_renames_the_answer(name):
    rng = random.Random(6)
    for graph in random_graphs(40, seed=6, styles=("letters",), weights=("none",)):
        if all(str(n).startswith("v") for n in graph):
            rename_commutes(
                graph, name, {"embeddings": some_vectors(graph, rng)} if name == "graph_convolution" else {}
            )


def test_errors():
    graph = Graph.from_edges([(1, 2)])
    with pytest.raises(MissingAttribute, match="embedding"):
        mp.graph_convolution(graph, 2)
    for bad in ({1: [1], 2: [1, 2]}, {1: ["x"], 2: [1]}, {1: [float("nan")], 2: [1]}):
        with pytest.raises(BadArgument):
            mp.graph_convolution(graph, 1, embeddings=bad)
    for call in (
        lambda: mp.graph_convolution(graph, -1, embeddings={1: [1], 2: [1]}),
        lambda: mp.degroot_opinions(graph, 1),
        lambda: mp.colour_refinement(graph, -1),
    ):
        with pytest.raises(GraphError):
            call()


@pytest.mark.skipif(not NLGRAPH.exists(), reason="the NLGraph set is not on this machine")
def test_all_of_nlgraph():
    rows = json.loads(NLGRAPH.read_text()).values()
    for row in rows:
        text = row["question"]
        vectors = {int(n): json.loads(v) for n, v in re.findall(r"node (\d+): (\[[^\]]*\])", text)}
        edges = [(int(u), int(v)) for u, v in re.findall(r"\((\d+),(\d+)\)", text.partition("edges are:")[2])]
        layers = {"one": 1, "two": 2, "three": 3}[re.search(r"after (\w+) layer", text)[1]]
        expected = {int(n): json.loads(v) for n, v in re.findall(r"node (\d+): (\[[^\]]*\])", row["answer"])}
        assert mp.graph_convolution(Graph.from_edges(edges, vectors), layers, embeddings=vectors).value == expected
