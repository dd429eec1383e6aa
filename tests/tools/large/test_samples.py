"""Sampled answers: intervals hold the truth as often as they say, and a tampered one is rejected."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import networkx as nx
import pytest

pytest.importorskip("numba", reason="the compact body needs the extra `large`")

import numpy as np  # noqa: E402

from agents import GraphAgent  # noqa: E402
from graphs.compact import CompactGraph  # noqa: E402
from graphs.graph import Graph  # noqa: E402
from tools.large import samples, wedges  # noqa: E402
from tools.large.intervals import of_mean, of_share  # noqa: E402
from tools.large.registry import certify  # noqa: E402
from tools.large.views import simple_rows  # noqa: E402
from tools.run import run_tool  # noqa: E402

TRIALS = 200


def _compact(body: Any) -> CompactGraph:
    return CompactGraph.of(Graph.from_edges(body.edges, list(body), directed=body.is_directed()))


def _cover(intervals: list[tuple[float, float]], truth: float) -> float:
    return sum(low <= truth <= high for low, high in intervals) / len(intervals)


BODIES = [
    nx.barabasi_albert_graph(400, 3, seed=1),
    nx.connected_watts_strogatz_graph(400, 6, 0.1, seed=2),
    nx.gnm_random_graph(300, 1500, seed=3),
]


@pytest.mark.parametrize("body", BODIES)
def test_intervals_of_the_mean_distance_hold_it(body: Any) -> None:
    graph, truth = _compact(body), nx.average_shortest_path_length(body)
    found = []
    for seed in range(TRIALS):
        sources = np.random.default_rng(seed).choice(len(body), 40, replace=False)
        found.append(of_mean(samples.mean_distances(graph, None, sources), len(body)))
    assert 0.91 <= _cover(found, truth) <= 0.99
    assert np.mean([high - low for low, high in found]) < truth / 3


@pytest.mark.parametrize("body", BODIES)
def test_intervals_of_shares_of_triples_hold_them(body: Any) -> None:
    rows, truth = simple_rows(_compact(body)), nx.transitivity(body)
    around = [(wedges.sampled_transitivity(rows, 2000, seed), truth) for seed in range(TRIALS)]
    around += [(wedges.sampled_clustering(rows, 2000, seed), nx.average_clustering(body)) for seed in range(TRIALS)]
    around += [(wedges.sampled_triangles(rows, 2000, s), sum(nx.triangles(body).values()) / 3) for s in range(TRIALS)]
    for i in range(3):
        some = around[i * TRIALS : (i + 1) * TRIALS]
        cover = _cover([(a.interval.low, a.interval.high) for a, _ in some if a.interval], some[0][1])
        assert 0.93 <= cover <= 1.0, i


@pytest.mark.parametrize("directed", [False, True])
def test_intervals_of_betweenness_hold_it(directed: bool) -> None:
    body = nx.gnm_random_graph(60, 150, seed=5, directed=directed)
    graph, truth = _compact(body), nx.betweenness_centrality(body)
    inside, tried, worst = 0, 0, 0.0
    for seed in range(40):
        count, done = samples.inner_nodes(graph, 500, seed)
        scale = 60 / 58
        for place, node in enumerate(graph.nodes):
            low, high = of_share(int(count[place]), done)
            inside += low * scale <= truth[node] + 1e-12 and truth[node] - 1e-12 <= high * scale
            tried += 1
        worst = max(worst, max(abs(count[i] / done * scale - truth[v]) for i, v in enumerate(graph.nodes)))
    assert inside / tried >= 0.94
    assert worst < samples.together(500, 60) * scale


def test_every_shortest_path_is_drawn_alike() -> None:
    body = nx.grid_2d_graph(3, 3)
    graph = _compact(nx.convert_node_labels_to_integers(body))
    count, done = samples.inner_nodes(graph, 60_000, 1)
    truth = nx.betweenness_centrality(nx.convert_node_labels_to_integers(body))
    assert all(abs(count[i] / done * 9 / 7 - truth[i]) < 0.01 for i in range(9))


def test_at_size_an_answer_says_that_it_is_an_estimate(monkeypatch: pytest.MonkeyPatch) -> None:
    graph, body = _compact(BODIES[0]), BODIES[0]
    exact, certificate = run_tool(graph, "average_shortest_path_length", {})
    assert exact.exact
    assert certificate.holds
    assert exact.value == pytest.approx(nx.average_shortest_path_length(body))
    monkeypatch.setattr(samples, "WORK", 0)
    monkeypatch.setattr(wedges, "WORK", 0)
    monkeypatch.setattr(samples, "SMALL", 0)
    for name, truth in (
        ("average_shortest_path_length", exact.value), ("transitivity", nx.transitivity(body)),
        ("average_clustering", nx.average_clustering(body)), ("triangle_count", sum(nx.triangles(body).values()) / 3),
    ):  # fmt: skip
        answer, certificate = run_tool(graph, name, {})
        assert certificate.holds, (name, certificate)
        assert answer.estimated
        assert answer.interval is not None
        width = answer.interval.high - answer.interval.low
        assert answer.interval.low - width <= truth <= answer.interval.high + width
        assert "seed 0" in answer.interval.sample
        forged = replace(answer, number=answer.value * 3 + 2)  # type: ignore[call-arg]
        assert not certify(graph, name, {}, forged).holds
        narrow = replace(answer, interval=replace(answer.interval, low=answer.value * 0.999))
        assert not certify(graph, name, {}, narrow).holds
    reply = GraphAgent("none").ask("What is the average shortest path length?", graph)
    assert reply.status == "estimated"
    assert "with 95% confidence the true value lies between" in reply.text
    through, certificate = run_tool(graph, "betweenness_centrality", {"node": 0})
    assert certificate.holds
    assert through.interval is not None
    assert through.interval.low <= nx.betweenness_centrality(body)[0] <= through.interval.high
    every, certificate = run_tool(graph, "betweenness_centrality", {"samples": 100})
    assert certificate.holds
    assert len(every.value) == 400


def test_a_weighted_mean_distance_is_sampled_too(monkeypatch: pytest.MonkeyPatch) -> None:
    body = nx.gnm_random_graph(200, 900, seed=4)
    graph = CompactGraph.of(Graph.from_edges([(u, v, 1 + (u * v) % 7) for u, v in body.edges], list(body)))
    plain = nx.Graph()
    plain.add_weighted_edges_from((u, v, 1 + (u * v) % 7) for u, v in body.edges)
    truth = nx.average_shortest_path_length(plain, weight="weight")
    monkeypatch.setattr(samples, "SOURCES", 60)
    monkeypatch.setattr(samples, "WORK", 0)
    answer, certificate = run_tool(graph, "average_shortest_path_length", {"weight": "weight"})
    assert certificate.holds, certificate
    assert answer.interval is not None
    assert answer.interval.low <= truth <= answer.interval.high


def test_closeness_of_a_node_is_proven() -> None:
    body = nx.gnp_random_graph(40, 0.06, seed=2, directed=True)
    graph = _compact(body)
    for node in range(10):
        answer, certificate = run_tool(graph, "closeness_centrality", {"node": node})
        assert answer.value == pytest.approx(nx.closeness_centrality(body, node))
        assert certificate.grade == "proof"
        assert certificate.holds
