from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from graphs.errors import BadArgument, GraphError, NoPath
from graphs.graph import Graph
from tests.tools.forgery import assert_certified
from tests.tools.temporal_graphs import temporal_graphs
from tools.answers import Answer
from tools.run import run_tool
from tools.temporal_paths import find_chronological_path
from tools.timed_answers import TimedPath

SEEDS = 120


def all_timed_paths(graph: Graph, source: Any, strict: bool) -> Iterator[tuple[list[Any], list[Any]]]:
    """Every path from `source` with every choice of times that never decrease, by brute force."""
    rows = {(u, v, t) for u, v, t in graph.nx.edges(data="time")}
    rows |= set() if graph.directed else {(v, u, t) for u, v, t in rows}

    def grow(nodes: list[Any], times: list[Any]) -> Iterator[tuple[list[Any], list[Any]]]:
        yield nodes, times
        for u, v, t in rows:
            fits = not times or (t > times[-1] if strict else t >= times[-1])
            if u == nodes[-1] and v not in nodes and fits:
                yield from grow([*nodes, v], [*times, t])

    yield from grow([source], [])


def valid(answer: Answer, paths: list[tuple[list[Any], list[Any]]]) -> bool:
    assert isinstance(answer, TimedPath)
    return (list(answer.nodes), list(answer.times)) in paths and answer.length == len(answer.times)


@pytest.mark.parametrize("strict", [False, True])
def test_best_paths_equal_brute_force(strict: bool) -> None:
    for graph, rng in temporal_graphs(SEEDS):
        source, target = rng.sample(graph.nodes, 2)
        paths = [p for p in all_timed_paths(graph, source, strict) if p[0][-1] == target]
        ends = {"source": source, "target": target, "strict": strict}
        best = {
            "earliest_arrival_path": min((t[-1] for _, t in paths), default=None),
            "latest_departure_path": max((t[0] for _, t in paths), default=None),
            "fastest_path": min((t[-1] - t[0] for _, t in paths), default=None),
        }
        for name, goal in best.items():

            def figure(answer: Any, name: str = name) -> Any:
                kinds = {"earliest_arrival_path": answer.arrival, "latest_departure_path": answer.departure}
                return kinds.get(name, answer.arrival - answer.departure)

            def right(answer: Any, figure: Any = figure, goal: Any = goal, paths: Any = paths) -> bool:
                return valid(answer, paths) and figure(answer) == goal

            if goal is None:
                with pytest.raises(NoPath):
                    run_tool(graph, name, ends)
            else:
                assert right(assert_certified(graph, name, right, **ends))
        assert assert_certified(graph, "is_temporally_reachable", **ends).value == bool(paths)


@pytest.mark.parametrize("strict", [False, True])
def test_reachable_nodes_and_arrival_times(strict: bool) -> None:
    for graph, rng in temporal_graphs(SEEDS):
        source = rng.choice(graph.nodes)
        arrivals: dict[Any, Any] = {}
        for nodes, times in all_timed_paths(graph, source, strict):
            if times and times[0] >= 1:
                arrivals[nodes[-1]] = min(times[-1], arrivals.get(nodes[-1], times[-1]))
        about = {"source": source, "start": 1, "strict": strict}
        truth = {source, *arrivals}
        found = assert_certified(
            graph, "temporal_reachable_nodes", lambda a, truth=truth: sorted(a.value) == sorted(truth), **about
        )
        assert set(found.value) == truth
        assert assert_certified(graph, "earliest_arrival_times", **about).value == arrivals


def test_windows_of_departure_and_arrival() -> None:
    for graph, rng in temporal_graphs(SEEDS):
        source, target = rng.sample(graph.nodes, 2)
        paths = [p for p in all_timed_paths(graph, source, False) if p[0][-1] == target]
        early = min((t[-1] for _, t in paths if t[0] >= 1), default=None)
        late = max((t[0] for _, t in paths if t[-1] <= 1), default=None)
        ends = {"source": source, "target": target}
        for name, window, goal, figure in (
            ("earliest_arrival_path", {"start": 1}, early, "arrival"),
            ("latest_departure_path", {"end": 1}, late, "departure"),
        ):
            if goal is None:
                with pytest.raises(NoPath):
                    run_tool(graph, name, {**ends, **window})
            else:
                right = lambda a, figure=figure, goal=goal, paths=paths: valid(a, paths) and getattr(a, figure) == goal  # noqa: E731
                assert right(assert_certified(graph, name, right, **ends, **window))


@pytest.mark.parametrize("strict", [False, True])
def test_check_of_a_given_path(strict: bool) -> None:
    for graph, rng in temporal_graphs(SEEDS):
        sequence = [rng.choice(graph.nodes) for _ in range(rng.randint(1, 4))]
        walkable = any(nodes == sequence for nodes, _ in all_timed_paths(graph, sequence[0], strict))
        assert assert_certified(graph, "is_chronological_path", path=sequence, strict=strict).value == walkable


def test_search_for_a_long_path() -> None:
    for graph, rng in temporal_graphs(SEEDS):
        source, length = rng.choice(graph.nodes), rng.randint(1, 5)
        for count in ("nodes", "edges"):
            paths = list(all_timed_paths(graph, source, False))
            long_enough = [p for p in paths if len(p[0] if count == "nodes" else p[1]) >= length]
            right = (  # noqa: E731
                lambda a, long=long_enough: valid(a, long) if a.nodes else not long and a.length == 0 and a.exact
            )
            answer = assert_certified(
                graph, "find_chronological_path", right, source=source, min_length=length, count=count
            )
            assert right(answer)


def test_long_search_is_cut_short_honestly() -> None:
    n = 26
    graph = Graph.from_edges([(u, v, {"time": 0}) for u in range(n - 1) for v in range(u)], range(n))
    about = {"source": 0, "min_length": n, "time_limit": 0.05}
    answer, certificate = run_tool(graph, "find_chronological_path", about)
    assert not answer.exact
    assert answer.bounds == (0, n - 1)
    assert certificate.holds
    assert "cut short" in certificate.claim


@pytest.mark.parametrize(
    ("name", "arguments", "error"),
    [
        ("is_chronological_path", {"path": []}, BadArgument),
        ("find_chronological_path", {"source": 1, "min_length": 0}, BadArgument),
        ("earliest_arrival_path", {"source": 3, "target": 1}, NoPath),
        ("fastest_path", {"source": 1, "target": 2}, BadArgument),
    ],
)
def test_errors(name: str, arguments: dict[str, Any], error: type[GraphError]) -> None:
    graph = Graph.from_edges([(1, 2, {"time": "2020"}), (2, 3, {"time": "2021"})])
    with pytest.raises(error):
        run_tool(graph, name, arguments)


def test_from_a_node_to_itself() -> None:
    graph = Graph.from_edges([(1, 2, {"time": 1}), (1, 1, {"time": 0})])
    for name in ("earliest_arrival_path", "latest_departure_path", "fastest_path"):
        assert assert_certified(graph, name, source=1, target=1).value == [1]
    assert assert_certified(graph, "is_temporally_reachable", source=1, target=1).value is True
    assert find_chronological_path(graph, 2, 2).nodes == [2, 1]
