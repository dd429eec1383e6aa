"""Checks of paths that respect time."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from graphs.graph import Graph, Node
from tools.answers import Nodes, NodeValues, Truth
from tools.certificates.base import Claim, checker, require
from tools.certificates.temporal import dated, require_same_nodes
from tools.timed_answers import TimedPath

SEARCH_STEPS = 300_000  # extensions of a path that an exhaustive check may try


def _steps(graph: Graph, time: str) -> set[tuple[Node, Node, Any]]:
    rows = dated(graph, time)
    return set(rows) if graph.directed else set(rows) | {(b, a, t) for a, b, t in rows}


def _later(before: Any, after: Any, strict: bool) -> bool:
    return bool(before < after if strict else before <= after)


def _require_path(graph: Graph, nodes: list[Node], times: Any, strict: bool, time: str) -> None:
    """Reject unless `nodes` is a path whose steps are edges at `times`, in order of time."""
    steps = _steps(graph, time)
    require(nodes and all(n in graph for n in nodes), "the path has no nodes, or one that is not in the graph")
    require(len(set(nodes)) == len(nodes), "the path visits a node twice")
    require(len(times) == len(nodes) - 1, "the path has not one time for each step")
    require(all(step in steps for step in zip(nodes, nodes[1:], times)), "a step is no edge at its time")
    require(all(_later(a, b, strict) for a, b in zip(times, times[1:])), "the times decrease along the path")


def _require_timed(graph: Graph, answer: TimedPath, ends: tuple[Node, Node], strict: bool, time: str) -> None:
    _require_path(graph, answer.nodes, answer.times, strict, time)
    require((answer.nodes[0], answer.nodes[-1]) == ends, "the path has other ends")
    require(answer.length == len(answer.times) and answer.distances is None, "the length is not the number of edges")


def _arrivals(graph: Graph, source: Node, start: Any, strict: bool, time: str) -> dict[Node, Any]:
    """Earliest arrivals by sweeping over the edges until nothing gets better (Bellman-Ford)."""
    steps = sorted((s for s in _steps(graph, time) if start is None or s[2] >= start), key=lambda s: s[2])
    arrival: dict[Node, Any] = {}
    changed = True
    while changed:
        changed = False
        for a, b, t in steps:
            fits = a == source or (a in arrival and _later(arrival[a], t, strict))
            if fits and b != source and (b not in arrival or t < arrival[b]):
                arrival[b] = t
                changed = True
    return arrival


@checker("is_chronological_path")
def check_is_chronological_path(
    graph: Graph, answer: Truth, path: list[Any], strict: bool = False, time: str = "time"
) -> str:
    """the steps looked up one by one, with every time at which each can be taken"""
    nodes = [graph.node(label) for label in path]
    if answer.holds:
        require(set(answer.witness) == {"times"}, "the witness is not the times of the steps")
        _require_path(graph, nodes, answer.witness["times"], strict, time)
        return f"the path is chronological, with times {answer.witness['times']}"
    stuck = answer.witness["stuck"]
    require(isinstance(stuck, int) and 0 < stuck < len(nodes), "the witness is not a place in the path")
    steps = _steps(graph, time)
    possible: set[Any] | None = None
    for i in range(1, stuck + 1):
        if nodes[i] in nodes[:i]:
            require(i == stuck, f"the path is stuck at step {i} already")
            return f"{nodes[i]} is visited twice, so this is no path"
        dates = {t for a, b, t in steps if (a, b) == (nodes[i - 1], nodes[i])}
        last = possible
        possible = dates if last is None else {t for t in dates if any(_later(s, t, strict) for s in last)}
        require(bool(possible) == (i < stuck), f"the path is not stuck at step {stuck}")
    return f"no edge leads from {nodes[stuck - 1]} to {nodes[stuck]} in time"


@checker("find_chronological_path")
def check_find_chronological_path(
    graph: Graph,
    answer: TimedPath,
    source: Any,
    min_length: int = 1,
    count: str = "nodes",
    strict: bool = False,
    time: str = "time",
    time_limit: float = 10.0,
) -> str | Claim:
    """the path's steps looked up; where none was found, all paths tried one by one"""
    source = graph.node(source)
    wanted = min_length - 1 if count == "nodes" else min_length
    require(answer.labels is None and answer.distances is None, "no labels belong here")
    if answer.nodes:
        require(answer.exact and answer.bounds is None, "a path was found, so the answer is exact")
        _require_timed(graph, answer, (source, answer.nodes[-1]), strict, time)
        require(answer.length >= wanted, "the path is too short")
        return f"a chronological path from {source} with {answer.length} edges"
    require(answer.length == 0 and answer.times == (), "an empty path has no length")
    if not answer.exact:
        limit = min(graph.num_nodes - 1, graph.num_edges)
        require(answer.bounds == (0, limit), "the bounds are not those of any path")
        return f"no path has more than {limit} edges; the search for one with {wanted} was cut short"
    require(answer.bounds is None, "no bounds belong here")
    if not _tried_all(graph, source, wanted, strict, time):
        return Claim("that there is no such path was not checked: there are too many paths to try", "none")
    return f"no chronological path from {source} has {wanted} edges"


def _tried_all(graph: Graph, source: Node, wanted: int, strict: bool, time: str) -> bool:
    """Extend every chronological path by every edge, shortest first; False when they are too many to try them all.

    Rejects when a path has `wanted` edges.
    """
    if wanted > graph.num_nodes - 1 or wanted > graph.num_edges:
        return True
    steps = _steps(graph, time)
    paths: list[tuple[tuple[Node, ...], Any]] = [((source,), None)]
    tried = 0
    for _ in range(wanted):
        longer: dict[tuple[Node, ...], Any] = {}
        for nodes, last in paths:
            tried += len(steps)
            if tried > SEARCH_STEPS * 10 or len(longer) > SEARCH_STEPS:
                return False
            for a, b, t in steps:
                if a == nodes[-1] and b not in nodes and (last is None or _later(last, t, strict)):
                    grown = (*nodes, b)
                    longer[grown] = min(t, longer.get(grown, t))
        paths = list(longer.items())
    require(not paths, "there is such a path")
    return True


def _require_arrivals(
    graph: Graph, labels: Mapping[Node, Any], source: Node, start: Any, strict: bool, time: str
) -> None:
    """Reject unless no edge betters the labels: then no path arrives before its target's label."""
    for a, b, t in _steps(graph, time):
        if start is not None and t < start:
            continue
        usable = a == source or (a in labels and _later(labels[a], t, strict))
        require(not usable or b == source or (b in labels and labels[b] <= t), f"an edge reaches {b} earlier")


@checker("earliest_arrival_path")
def check_earliest_arrival_path(
    graph: Graph,
    answer: TimedPath,
    source: Any,
    target: Any,
    start: Any = None,
    strict: bool = False,
    time: str = "time",
) -> str:
    """the path's steps looked up, and arrival labels that no edge betters"""
    source, target = graph.node(source), graph.node(target)
    require(answer.labels is not None, "no labels are given")
    assert answer.labels is not None
    _require_timed(graph, answer, (source, target), strict, time)
    require(start is None or not answer.times or answer.times[0] >= start, "the path leaves too early")
    _require_arrivals(graph, answer.labels, source, start, strict, time)
    if source == target:
        return f"{source} is where the path starts"
    require(answer.labels[target] == answer.arrival, "the label of the target is not the arrival")
    return f"the path arrives at time {answer.arrival}, and none arrives earlier"


@checker("latest_departure_path")
def check_latest_departure_path(
    graph: Graph,
    answer: TimedPath,
    source: Any,
    target: Any,
    end: Any = None,
    strict: bool = False,
    time: str = "time",
) -> str:
    """the path's steps looked up, and departure labels that no edge betters"""
    source, target = graph.node(source), graph.node(target)
    labels = answer.labels
    require(labels is not None, "no labels are given")
    assert labels is not None
    _require_timed(graph, answer, (source, target), strict, time)
    require(end is None or not answer.times or answer.times[-1] <= end, "the path arrives too late")
    for a, b, t in _steps(graph, time):
        if end is not None and t > end:
            continue
        usable = b == target or (b in labels and _later(t, labels[b], strict))
        require(not usable or a == target or (a in labels and labels[a] >= t), f"an edge leaves {a} later")
    if source == target:
        return f"{source} is where the path ends"
    require(labels[source] == answer.departure, "the label of the source is not the departure")
    return f"the path departs at time {answer.departure}, and none departs later"


@checker("fastest_path")
def check_fastest_path(
    graph: Graph, answer: TimedPath, source: Any, target: Any, strict: bool = False, time: str = "time"
) -> str:
    """the path's steps looked up, and the earliest arrival computed for each time of departure"""
    source, target = graph.node(source), graph.node(target)
    require(answer.labels is None, "no labels belong here")
    _require_timed(graph, answer, (source, target), strict, time)
    if source == target:
        return f"{source} is where the path starts"
    duration = answer.arrival - answer.departure
    for start in {t for a, _, t in _steps(graph, time) if a == source}:
        arrival = _arrivals(graph, source, start, strict, time).get(target, math.inf)
        require(arrival - start >= duration, f"a path that leaves at {start} takes {arrival - start}")
    return f"the path takes {duration}, and none takes less"


@checker("temporal_reachable_nodes")
def check_temporal_reachable_nodes(
    graph: Graph, answer: Nodes, source: Any, start: Any = None, strict: bool = False, time: str = "time"
) -> str:
    """the reachable nodes found by sweeping over the edges until nothing changes"""
    source = graph.node(source)
    require_same_nodes(answer.nodes, {source, *_arrivals(graph, source, start, strict, time)})
    require(answer.witness is None, "no witness belongs here")
    return f"paths in order of time from {source} reach {len(answer.nodes)} nodes, {source} included"


@checker("earliest_arrival_times")
def check_earliest_arrival_times(
    graph: Graph, answer: NodeValues, source: Any, start: Any = None, strict: bool = False, time: str = "time"
) -> str:
    """the arrivals computed by sweeping over the edges until nothing changes"""
    source = graph.node(source)
    require(answer.values == _arrivals(graph, source, start, strict, time), "an arrival is another")
    require(answer.witness is None, "no witness belongs here")
    return f"{len(answer.values)} nodes are reached from {source} at the times given, and none earlier"


@checker("is_temporally_reachable")
def check_is_temporally_reachable(
    graph: Graph, answer: Truth, source: Any, target: Any, strict: bool = False, time: str = "time"
) -> str:
    """the path's steps looked up, or arrival labels that no edge betters and that leave the target out"""
    source, target = graph.node(source), graph.node(target)
    if answer.holds:
        path = answer.witness["path"]
        _require_path(graph, path, answer.witness["times"], strict, time)
        require((path[0], path[-1]) == (source, target), "the path has other ends")
        return f"a path in order of time leads from {source} to {target}"
    labels = answer.witness["arrivals"]
    require(target != source and target not in labels, "the labels reach the target")
    _require_arrivals(graph, labels, source, None, strict, time)
    return f"no path in order of time leads from {source} to {target}"
