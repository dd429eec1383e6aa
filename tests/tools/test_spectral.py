"""Eigenvalues against networkx, known spectra and the laws of proven answers."""

from __future__ import annotations

import math
import random
from functools import partial

import networkx as nx
import numpy as np
import pytest

from benchmarks.attacking.random_graphs import atlas, random_graphs
from graphs import Graph
from graphs.errors import GraphError, NotConnected, TooLarge, WrongKind
from tests.tools.proving import ask, prove
from tools import spectral
from tools.answers import Numbers
from tools.registry import all_tools

NAMES = [
    "laplacian_spectrum",
    "normalized_laplacian_spectrum",
    "adjacency_spectrum",
    "graph_energy",
    "estrada_index",
    "spectral_gap",
    "kirchhoff_index",
    "algebraic_connectivity",
    "fiedler_vector",
    "spectral_radius",
]


def test_spectra_equal_networkx_on_all_small_graphs():
    for graph in atlas(6):
        if not graph.num_nodes:
            continue
        for name, library in (
            ("laplacian_spectrum", nx.laplacian_spectrum),
            ("normalized_laplacian_spectrum", nx.normalized_laplacian_spectrum),
            ("adjacency_spectrum", nx.adjacency_spectrum),
        ):
            expected = sorted(library(graph.nx).real)
            assert all_tools()[name].function(graph).numbers == pytest.approx(expected, abs=1e-9)


def test_figures_equal_networkx():
    for graph in atlas(6):
        if graph.num_nodes < 2:
            continue
        values = np.linalg.eigvalsh(nx.to_numpy_array(graph.nx))
        assert spectral.estrada_index(graph).number == pytest.approx(nx.estrada_index(graph.nx))
        assert spectral.graph_energy(graph).number == pytest.approx(np.abs(values).sum())
        assert spectral.spectral_radius(graph).number == pytest.approx(np.abs(values).max(), abs=1e-9)
        assert spectral.spectral_gap(graph).number == pytest.approx(values[-1] - values[-2], abs=1e-9)
        laplacian = np.linalg.eigvalsh(nx.laplacian_matrix(graph.nx).toarray().astype(float))
        assert spectral.algebraic_connectivity(graph).number == pytest.approx(laplacian[1], abs=1e-9)
        if nx.is_connected(graph.nx):
            assert spectral.kirchhoff_index(graph).number == pytest.approx(nx.effective_graph_resistance(graph.nx))


def test_known_values():
    assert spectral.algebraic_connectivity(Graph(nx.path_graph(5))).number == pytest.approx(
        2 - 2 * math.cos(math.pi / 5)
    )
    assert spectral.spectral_radius(Graph(nx.complete_graph(7))).number == pytest.approx(6)
    assert spectral.graph_energy(Graph(nx.petersen_graph())).number == pytest.approx(16)
    signs = spectral.fiedler_vector(Graph(nx.barbell_graph(4, 0))).values
    assert len({signs[node] > 0 for node in range(4)}) == len({signs[node] > 0 for node in range(4, 8)}) == 1
    assert signs[0] * signs[7] < 0


def test_radius_of_directed_graphs_equals_numpy():
    for graph in random_graphs(100, seed=1, directed=True, weights=("none", "positive")):
        if not graph.num_nodes:
            continue
        weight = "weight" if graph.weighted else None
        matrix = nx.to_numpy_array(graph.nx, weight=weight)
        expected = np.abs(np.linalg.eigvals(matrix)).max()
        assert spectral.spectral_radius(graph, weight).number == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize("name", NAMES)
def test_laws(name):
    rng = random.Random(name)
    takes_weight = any(p.name == "weight" for p in all_tools()[name].parameters)
    answered = 0
    for graph in random_graphs(90, seed=2, weights=("none", "positive", "float")):
        arguments = {"weight": "weight"} if takes_weight and graph.weighted else {}
        answer = prove(graph, name, arguments, rng, partial(rounded, ask(graph, name, arguments)))
        answered += not isinstance(answer, GraphError)
    assert answered > 25


def rounded(answer, mutant):
    """Whether a corrupted list of numbers differs by rounding alone (equal eigenvalues that changed places)."""
    return isinstance(answer, Numbers) and mutant.numbers == pytest.approx(answer.numbers, abs=1e-9)


def test_errors():
    arrow = Graph.from_edges([(1, 2)], directed=True)
    for name in NAMES:
        if name != "spectral_radius":
            assert isinstance(ask(arrow, name, {}), WrongKind), name
    with pytest.raises(NotConnected):
        spectral.kirchhoff_index(Graph.from_edges([(1, 2), (3, 4)]))
    with pytest.raises(TooLarge):
        spectral.laplacian_spectrum(Graph(nx.empty_graph(401)))
    with pytest.raises(WrongKind):
        spectral.spectral_radius(Graph())


def test_large_graphs_take_the_iterative_road_to_the_same_values():
    graph = Graph(nx.barabasi_albert_graph(400, 3, seed=1))
    values = np.linalg.eigvalsh(nx.to_numpy_array(graph.nx))
    assert spectral.spectral_radius(graph).number == pytest.approx(values[-1])
    path = Graph(nx.path_graph(310))  # too small a gap for the iteration
    assert spectral.spectral_radius(path).number == pytest.approx(2 * math.cos(math.pi / 311))
    expected = np.linalg.eigvalsh(nx.laplacian_matrix(graph.nx).toarray().astype(float))[1]
    assert spectral.algebraic_connectivity(graph).number == pytest.approx(expected)
