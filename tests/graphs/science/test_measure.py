"""Every figure against networkx, and igraph where it is installed."""

from __future__ import annotations

from collections.abc import Callable

import networkx as nx
import networkx.algorithms.community as nxc
import numpy as np
import pytest

from graphs import Graph
from graphs.errors import BadArgument
from graphs.science import ABOUT, REPORT, STEP, Budget, Figures, Simple, measure, project
from graphs.science.communities import adjusted_mutual_information, louvain, modularity
from graphs.science.measure import core_numbers
from graphs.science.sweeps import depth, sweep

GRAPHS = {
    "karate": nx.karate_club_graph,
    "sparse": lambda: nx.gnm_random_graph(150, 140, seed=3),  # many components and isolates
    "dense": lambda: nx.gnm_random_graph(60, 700, seed=4),
    "scale free": lambda: nx.barabasi_albert_graph(300, 2, seed=5),
    "clustered": lambda: nx.relaxed_caveman_graph(20, 6, 0.15, seed=6),
    "path": lambda: nx.path_graph(40),
    "star": lambda: nx.star_graph(30),
    "two parts": lambda: nx.disjoint_union(nx.cycle_graph(7), nx.complete_graph(5)),
}
graphs = pytest.mark.parametrize("make", GRAPHS.values(), ids=GRAPHS)


@graphs
def test_figures_equal_networkx(make: Callable[[], nx.Graph]) -> None:
    body = make()
    found = measure(body).figures
    largest = body.subgraph(max(nx.connected_components(body), key=len))
    assert found.num_nodes == len(body)
    assert found.num_edges == body.number_of_edges()
    assert found.max_degree == max(k for _, k in body.degree())
    assert found.num_components == nx.number_connected_components(body)
    assert found.isolates == nx.number_of_isolates(body)
    assert found.largest_share == pytest.approx(len(largest) / len(body))
    assert found.clustering == pytest.approx(nx.average_clustering(body))
    assert found.transitivity == pytest.approx(nx.transitivity(body))
    assert found.path_length == pytest.approx(nx.average_shortest_path_length(largest))
    assert found.diameter == nx.diameter(largest)
    between = nx.betweenness_centrality(body)
    assert found.betweenness_mean == pytest.approx(np.mean(list(between.values())))
    assert found.betweenness_max == pytest.approx(max(between.values()))
    assert found.articulation_points == len(list(nx.articulation_points(body)))
    cores = nx.core_number(body)
    assert found.max_core == max(cores.values())
    assert found.max_core_size == sum(k == found.max_core for k in cores.values())
    assert not found.notes
    assert [hub.degree for hub in found.hubs] == sorted((k for _, k in body.degree() if k), reverse=True)[:10]


@graphs
def test_assortativity_equals_networkx(make: Callable[[], nx.Graph]) -> None:
    body = make()
    found = measure(body).figures.assortativity
    if found is None:
        assert len({frozenset((body.degree(u), body.degree(v))) for u, v in body.edges()}) == 1
    else:
        assert found == pytest.approx(nx.degree_assortativity_coefficient(body), abs=1e-9)


@graphs
def test_louvain_is_as_good_as_networkx(make: Callable[[], nx.Graph]) -> None:
    body = make()
    simple = project(body)
    best = max(nxc.modularity(body, nxc.louvain_communities(body, None, seed=s), None) for s in range(4))
    ours = [louvain(simple, seed) for seed in range(4)]
    parts = [[set(np.flatnonzero(found == c)) for c in set(found.tolist())] for found in ours]
    nodes = list(body)
    named = [[{nodes[i] for i in part} for part in found] for found in parts]
    qualities = [modularity(simple, found) for found in ours]
    assert qualities == pytest.approx([nxc.modularity(body, found, None) for found in named])
    assert max(qualities) >= best - 0.01


def test_measures_equal_igraph() -> None:
    igraph = pytest.importorskip("igraph")
    body = nx.barabasi_albert_graph(400, 3, seed=9)
    other, simple = igraph.Graph.from_networkx(body), project(body)
    found = measure(simple).figures
    assert found.transitivity == pytest.approx(other.transitivity_undirected())
    assert found.clustering == pytest.approx(other.transitivity_avglocal_undirected(mode="zero"))
    assert found.assortativity == pytest.approx(other.assortativity_degree(directed=False))
    assert found.path_length == pytest.approx(other.average_path_length())
    assert found.diameter == other.diameter()
    assert found.articulation_points == len(other.articulation_points())
    assert core_numbers(simple).tolist() == other.coreness()
    pairs = (simple.num_nodes - 1) * (simple.num_nodes - 2) / 2
    assert found.betweenness_max == pytest.approx(max(other.betweenness()) / pairs)
    quality = max(other.community_multilevel().modularity for _ in range(3))
    assert max(modularity(simple, louvain(simple, seed)) for seed in range(3)) >= quality - 0.01


def test_bridge_nodes_have_neighbours_in_two_communities() -> None:
    body = nx.disjoint_union(nx.complete_graph(6), nx.complete_graph(6))
    body.add_edge(0, 6)
    assert measure(body).figures.bridge_share == pytest.approx(2 / 12)


def test_agreement_of_partitions() -> None:
    rng = np.random.default_rng(1)
    first = rng.integers(6, size=400).tolist()
    renamed = [9 - label for label in first]
    assert adjusted_mutual_information(first, renamed) == pytest.approx(1)
    assert abs(adjusted_mutual_information(first, rng.integers(8, size=400).tolist())) < 0.03
    assert adjusted_mutual_information([0, 0, 0], [0, 1, 2]) == pytest.approx(0)
    with pytest.raises(BadArgument):
        adjusted_mutual_information([0], [0, 1])


def test_agreement_equals_scikit_learn() -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    rng = np.random.default_rng(2)
    for _ in range(20):
        size = int(rng.integers(2, 60))
        first, second = rng.integers(1, 7, size=(2, size)) * (rng.random(size) < 0.7)
        wanted = metrics.adjusted_mutual_info_score(first, second)
        assert adjusted_mutual_information(first.tolist(), second.tolist()) == pytest.approx(wanted, abs=1e-9)


@pytest.mark.parametrize("size", [0, 1, 2])
def test_tiny_graphs(size: int) -> None:
    found = measure(nx.empty_graph(size)).figures
    assert (found.num_nodes, found.num_edges, found.path_length, found.hubs) == (size, 0, None, ())
    assert found.isolates == size
    found = measure(nx.path_graph(size)).figures
    assert found.betweenness_max in (None, 0.0)


def test_relabelling_and_order_of_edges_change_nothing() -> None:
    body = nx.gnm_random_graph(80, 200, seed=1)
    turned = nx.DiGraph([(v, u) for u, v in reversed(list(body.edges()))])
    turned.add_nodes_from(body)
    first, second = measure(body).figures.as_json(), measure(turned).figures.as_json()
    for name in ("clustering", "transitivity", "path_length", "diameter", "max_core", "betweenness_max", "isolates"):
        assert first[name] == pytest.approx(second[name])


def test_projection_drops_direction_repeats_and_loops() -> None:
    body = nx.MultiDiGraph([("a", "b"), ("b", "a"), ("a", "b"), ("a", "a"), ("b", "c")])
    found = measure(Graph(body)).figures
    assert (found.num_edges, found.relations, found.self_loops) == (2, 5, 1)
    with pytest.raises(BadArgument, match="number the nodes"):
        Simple.of(2, [(0, 2)])


def test_ids_of_a_store_are_kept_when_all_have_one() -> None:
    body = nx.Graph([("a", "b")])
    nx.set_node_attributes(body, {"a": 7, "b": 9}, "id")
    assert project(body).ids == (7, 9)
    body.add_node("c")
    assert project(body).ids == ("a", "b", "c")


def test_a_tight_budget_samples_and_says_so() -> None:
    body = nx.barabasi_albert_graph(1500, 4, seed=2)
    exact = measure(body, budget=REPORT).figures
    tight = Budget(sweep=25_000_000, panel=16, triangles=100, wedges=20_000, edges=100)
    found = measure(body, seed=5, budget=tight).figures
    assert found.path_length == pytest.approx(exact.path_length, rel=0.03)
    assert exact.diameter is not None
    assert found.diameter is not None
    assert exact.diameter - 2 <= found.diameter <= exact.diameter
    assert found.clustering == pytest.approx(exact.clustering, abs=0.015)
    assert found.transitivity == pytest.approx(exact.transitivity, abs=0.015)
    assert found.betweenness_mean == pytest.approx(exact.betweenness_mean, rel=0.05)
    assert found.betweenness_max == pytest.approx(exact.betweenness_max, rel=0.35)
    assert found.modularity is None
    assert {"clustering", "path_length", "betweenness_max", "modularity", "max_core"} <= set(found.notes)
    assert found == measure(body, seed=5, budget=tight).figures
    starved = measure(body, budget=Budget(sweep=1000)).figures
    assert starved.path_length is None
    assert "over the budget" in starved.notes["path_length"]


def test_weights_scale_the_sources() -> None:
    simple = project(nx.gnm_random_graph(50, 90, seed=1))
    some = np.arange(10)
    assert sweep(simple, some, np.full(10, 5.0)).dependency == pytest.approx(5 * sweep(simple, some).dependency)
    assert depth(simple, 0) == sweep(simple, np.array([0])).distances.max()


def test_figures_survive_json() -> None:
    found = measure(nx.karate_club_graph(), budget=STEP).figures
    assert Figures.from_json(found.as_json() | {"unknown": 1}) == found
    assert all(hasattr(found, name) for name in ABOUT)
