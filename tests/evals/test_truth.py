"""The brute-force answers against networkx, on every small graph and on random directed ones."""

from __future__ import annotations

import random

import networkx as nx
import pytest

from evals import truth
from graphs.graph import Graph

ATLAS = [g for g in nx.graph_atlas_g() if 0 < len(g) <= 6]


def test_answers_agree_with_networkx_on_every_graph_of_up_to_six_nodes() -> None:
    for body in ATLAS:
        graph = Graph(body)
        assert truth.triangles(graph) == sum(nx.triangles(body).values()) // 3
        assert truth.is_bipartite(graph) == nx.is_bipartite(body)
        assert truth.articulation_points(graph) == set(nx.articulation_points(body))
        assert truth.bridges(graph) == {frozenset(edge) for edge in nx.bridges(body)}
        assert truth.has_cycle(graph) == bool(nx.cycle_basis(body))
        assert len(truth.components(graph)) == nx.number_connected_components(body)
        assert truth.spanning_tree_weight(graph) == len(body) - nx.number_connected_components(body)


@pytest.mark.parametrize("seed", range(40))
def test_weighted_answers_agree_with_networkx(seed: int) -> None:
    rng = random.Random(seed)
    body = nx.gnp_random_graph(7, 0.4, seed=seed, directed=seed % 2 == 0)
    for *_, data in body.edges(data=True):
        data["weight"] = data["capacity"] = rng.randint(1, 9)
    graph = Graph(body)
    u, v = rng.sample(range(7), 2)
    try:
        distance = nx.shortest_path_length(body, u, v, weight="weight")
        hops = nx.shortest_path_length(body, u, v)
    except nx.NetworkXNoPath:
        distance = hops = truth.NO_PATH
    assert truth.distance(graph, u, v) == distance
    assert truth.hops(graph, u, v) == hops
    assert truth.maximum_flow(graph, u, v) == nx.maximum_flow_value(body, u, v)
    assert truth.has_cycle(graph) == bool(next(nx.simple_cycles(body), None))
    if body.is_directed():
        assert len(truth.strong_components(graph)) == nx.number_strongly_connected_components(body)
    else:
        assert truth.spanning_tree_weight(graph) == sum(
            data["weight"] for *_, data in nx.minimum_spanning_edges(body, data=True)
        )
    ours, theirs = truth.page_rank(graph), nx.pagerank(body, tol=1e-12, max_iter=2000, weight=None)
    assert all(ours[n] == pytest.approx(theirs[n], abs=1e-6) for n in body)


@pytest.mark.parametrize("seed", range(30))
def test_depth_first_orders_are_told_from_others(seed: int) -> None:
    body = nx.gnp_random_graph(6, 0.5, seed=seed, directed=seed % 2 == 0)
    graph = Graph(body)
    order = list(nx.dfs_preorder_nodes(body, 0))
    assert truth.is_depth_first_order(graph, order, 0)
    assert not truth.is_depth_first_order(graph, order[:-1], 0) or len(order) == 1
    assert not truth.is_depth_first_order(graph, [*order, order[0]], 0)


def test_hamiltonian_paths_by_two_ways() -> None:
    from itertools import permutations

    for body in ATLAS[:150]:
        graph = Graph(body)
        tried = any(truth.is_hamiltonian_path(graph, order) for order in permutations(body))
        assert truth.has_hamiltonian_path(graph) == tried


def test_chronological_paths_never_go_back_in_time() -> None:
    graph = Graph.from_edges([(0, 1, {"time": 2}), (1, 2, {"time": 1}), (0, 1, {"time": 0})], multi=True)
    assert truth.is_chronological(graph, [0, 1, 2])  # by the earlier of the two edges
    assert not truth.is_chronological(Graph.from_edges([(0, 1, {"time": 2}), (1, 2, {"time": 1})]), [0, 1, 2])
    assert not truth.is_chronological(graph, [0, 2])
    assert truth.has_chronological_path(graph, 0, 2)
    assert not truth.has_chronological_path(graph, 0, 3)
    assert truth.first_connected(graph, 0, 2) == 1
