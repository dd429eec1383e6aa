"""Answers that were tampered with are rejected; what is too large is refused with its size."""

from __future__ import annotations

import random
from dataclasses import fields, replace
from typing import Any

import pytest

pytest.importorskip("numba", reason="the compact body needs the extra `large`")

import numpy as np  # noqa: E402

from graphs.compact import CompactGraph  # noqa: E402
from graphs.compact import graph as compact_graph  # noqa: E402
from graphs.errors import GraphError, TooLarge  # noqa: E402
from graphs.graph import Graph  # noqa: E402
from tests.tools.large.agreeing import arguments, names, random_graph  # noqa: E402
from tools.large.registry import certify, find, has_large  # noqa: E402
from tools.registry import all_tools  # noqa: E402
from tools.run import run_tool  # noqa: E402

MEANING = {"notes", "exact", "estimated", "bounds", "interval", "witness", "distances"}  # the rest is what it says


def _forged(value: Any, graph: CompactGraph) -> Any:
    """Another value of the same shape; None where there is none."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, (int, float)):
        return value + 1
    if isinstance(value, dict):
        key = next(iter(value), None)
        found = _forged(value[key], graph) if key is not None else None
        return None if found is None else {**value, key: found}
    if isinstance(value, (list, tuple)):
        if not value:
            return None
        first = value[0]
        if isinstance(first, (list, tuple)) or (isinstance(first, (int, float)) and first not in graph):
            inner = _forged(first, graph)
            return None if inner is None else type(value)([inner, *value[1:]])
        return list(value[1:])
    other = [node for node in graph.nodes if node != value]
    return other[0] if other and value in graph else None


@pytest.mark.parametrize("name", names())
def test_forged_answers_are_rejected(name: str) -> None:
    tried = 0
    for seed in range(40):
        graph = CompactGraph.of(random_graph(seed))
        bound = arguments(all_tools()[name], graph, random.Random(seed))
        try:
            answer = find(name)(graph, **bound)
        except GraphError:
            continue
        for field in fields(answer):
            forged = None if field.name in MEANING else _forged(getattr(answer, field.name), graph)
            if forged is None:
                continue
            tried += 1
            if certify(graph, name, bound, replace(answer, **{field.name: forged})).holds:
                assert _same_thing(name, forged, getattr(answer, field.name)), (name, bound, answer, forged)
    assert tried


def _same_thing(name: str, forged: Any, true: Any) -> bool:
    """Whether the forgery is right too: another path of the same length, an edge named the other way."""
    if isinstance(forged, list) and isinstance(true, list):
        return sorted(map(str, map(_either_way, forged))) == sorted(map(str, map(_either_way, true)))
    first = ("max_degree_node", "min_degree_node", "highest_pagerank_node", "most_central_node")
    return name in first and forged == true


def _either_way(item: Any) -> Any:
    return sorted(item, key=str) if isinstance(item, tuple) else item


def test_labels_that_an_edge_undercuts_are_rejected() -> None:
    graph = CompactGraph.of(Graph.from_edges([("a", "b", 1), ("b", "c", 1), ("a", "c", 5)]))
    bound = {"source": "a", "target": "c", "weight": "weight"}
    answer = find("shortest_path")(graph, **bound)
    longer = replace(answer, nodes=["a", "c"], length=5)
    assert not certify(graph, "shortest_path", bound, longer).holds
    answer.distances.array[:] = [0, 1, 5]  # type: ignore[union-attr]
    assert "undercuts" in certify(graph, "shortest_path", bound, longer).reason


def test_an_order_of_peeling_that_is_none_is_rejected() -> None:
    graph = CompactGraph.of(Graph.from_edges([(1, 2), (2, 3), (3, 1), (3, 4)]))
    answer = find("core_numbers")(graph)
    assert certify(graph, "core_numbers", {}, answer).holds
    assert not certify(graph, "core_numbers", {}, replace(answer, witness={"order": np.array([0, 1, 2, 3])})).holds


def test_a_tool_without_arrays_runs_on_a_small_graph_and_is_refused_on_a_large_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert not has_large("harmonic_centrality")
    graph = CompactGraph.of(Graph.from_edges([(1, 2), (2, 3)]))
    answer, certificate = run_tool(graph, "harmonic_centrality", {})
    assert answer.value == {1: 1.5, 2: 2.0, 3: 1.5}
    assert certificate.holds
    import tools.large.registry as registry

    monkeypatch.setattr(registry, "CONVERTED", 1)
    monkeypatch.setattr(compact_graph, "CONVERTED", 1)
    other = CompactGraph.of(Graph.from_edges([(1, 2), (2, 3)]))
    with pytest.raises(TooLarge, match="works up to 1 nodes and edges, and this graph has 3 nodes and 2 edges"):
        run_tool(other, "harmonic_centrality", {})
    with pytest.raises(TooLarge, match="Python objects"):
        _ = other.nx
    assert run_tool(other, "shortest_path", {"source": 1, "target": "3"})[0].value == [1, 2, 3]


def test_the_note_says_where_the_answer_was_found() -> None:
    graph = CompactGraph.of(Graph.from_edges([(1, 2), (2, 3)]))
    answer, certificate = run_tool(graph, "is_connected", {})
    assert answer.value is True
    assert certificate.holds
    assert answer.notes[-1].startswith("on the compact body by breadth-first trees")


def test_the_diameter_of_a_long_search_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    from tools.large import far

    rng = random.Random(3)
    edges = [(i, rng.randrange(max(1, i))) for i in range(1, 400)] + [
        (rng.randrange(400), rng.randrange(400)) for _ in range(80)
    ]
    graph = CompactGraph.of(Graph.from_edges(edges))
    exact = find("diameter")(graph)
    assert certify(graph, "diameter", {}, exact).holds
    assert exact.exact
    monkeypatch.setattr(far, "LIMIT", 0.0)
    bounded = find("diameter")(graph)
    certificate = certify(graph, "diameter", {}, bounded)
    assert certificate.holds, certificate
    low, high = bounded.bounds or (bounded.value, bounded.value)
    assert low <= exact.value <= high
