"""Paths that respect time: the edges' times never decrease along the path."""

from __future__ import annotations

import heapq
import math
import time as clock
from bisect import bisect_left, bisect_right
from typing import Any, Literal

from graphs.errors import BadArgument, NoPath
from graphs.graph import Graph, Node
from tools.answers import Nodes, NodeValues, Truth
from tools.contacts import Contact, arcs, contacts, moments
from tools.registry import Attribute, NodeArg, NodesArg, Time, tool
from tools.timed_answers import TimedPath

Out = dict[Node, list[tuple[Node, int]]]


@tool(
    phrases=("is chronological path", "chronological path check", "time respecting path check"),
    asks=(
        "Is the path {path} a chronological path?",
        "Check whether {path} is a chronological path.",
        "Do the times along the path {path} never decrease?",
        "Is {path} chronological?",
    ),
)
def is_chronological_path(graph: Graph, path: NodesArg, strict: bool = False, time: Attribute = "time") -> Truth:
    """Tell whether `path` can be walked edge by edge at times that never decrease (that increase, when `strict`).

    Each step takes the earliest edge that is not too early, which never hurts later steps: O(m log m). A sequence
    that visits a node twice is no path. Witness: the times of the steps, or the first node that cannot be reached.

    Raises:
        BadArgument: the path is empty.

    >>> dated = Graph.from_edges([(2, 3, {"time": 0}), (3, 5, {"time": 1})])
    >>> is_chronological_path(dated, [2, 3, 5]).holds, is_chronological_path(dated, [5, 3, 2]).holds
    (True, False)
    """
    nodes = [graph.node(label) for label in path]
    if not nodes:
        raise BadArgument("the path has no nodes; name at least one")
    when: dict[tuple[Node, Node], list[Any]] = {}
    for arc in sorted(arcs(graph, contacts(graph, time)), key=lambda c: c.time):
        when.setdefault((arc.source, arc.target), []).append(arc.time)
    taken: list[Any] = []
    for i, step in enumerate(zip(nodes, nodes[1:]), start=1):
        times = when.get(step, [])
        at = (bisect_right if strict else bisect_left)(times, taken[-1]) if taken else 0
        if at == len(times) or nodes[i] in nodes[:i]:
            return Truth(False, {"stuck": i})
        taken.append(times[at])
    return Truth(True, {"times": taken})


@tool(
    phrases=("find a chronological path", "chronological path starting at", "time respecting path of length"),
    asks=(
        "Find a chronological path starting at node {source} with a length no less than {min_length}.",
        "Give a chronological path from {source} of length at least {min_length}.",
        "Find a time-respecting path of at least {min_length} steps that starts at {source}.",
        "chronological path starting at {source}, length >= {min_length}",
    ),
)
def find_chronological_path(
    graph: Graph,
    source: NodeArg,
    min_length: int = 1,
    count: Literal["nodes", "edges"] = "nodes",
    strict: bool = False,
    time: Attribute = "time",
    time_limit: float = 10.0,
) -> TimedPath:
    """Find a path from `source` with non-decreasing times and at least `min_length` nodes (or edges).

    `count` says what the length counts. No node twice, so long paths are NP-hard to find: depth-first search with
    the earliest possible times, at most `time_limit` seconds. An empty path: there is none. When the time runs out,
    `exact` is False and `bounds` limits the length (in edges) of the longest such path.

    Raises:
        BadArgument: `min_length` is below 1.
    """
    source = graph.node(source)
    if min_length < 1:
        raise BadArgument(f"min_length must be at least 1, not {min_length}")
    found = contacts(graph, time)
    times = moments(found)
    wanted = min_length - 1 if count == "nodes" else min_length
    note = (f"the length counts {count}",)
    nodes, ranks, finished = _search(_ranked(arcs(graph, found), times), source, wanted, strict, time_limit)
    if len(ranks) >= wanted:
        return TimedPath(nodes, len(ranks), times=tuple(times[r] for r in ranks), notes=note)
    if finished:
        return TimedPath([], 0, notes=note)
    bounds = (0, min(graph.num_nodes - 1, len(found)))
    return TimedPath([], 0, exact=False, bounds=bounds, notes=(*note, "the time limit was reached"))


def _search(out: Out, source: Node, wanted: int, strict: bool, time_limit: float) -> tuple[list[Node], list[int], bool]:
    """Depth first over simple paths: the first with `wanted` steps, else the longest; and whether all were seen."""
    best: tuple[list[Node], list[int]] = ([source], [])
    nodes, visited = [source], {source}
    ranks: list[int] = []
    stack = [_steps(out, source, -1, strict)]
    deadline = clock.monotonic() + time_limit
    ticks = 0
    while stack and len(best[1]) < wanted:
        ticks += 1
        if ticks % 1024 == 0 and clock.monotonic() > deadline:
            return *best, False
        step = next(((other, rank) for other, rank in stack[-1] if other not in visited), None)
        if step is None:
            stack.pop()
            visited.discard(nodes.pop())
            if ranks:
                ranks.pop()
            continue
        other, rank = step
        nodes.append(other)
        ranks.append(rank)
        visited.add(other)
        stack.append(_steps(out, other, rank, strict))
        if len(ranks) > len(best[1]):
            best = (nodes[:], ranks[:])
    return *best, True


def _steps(out: Out, node: Node, rank: int, strict: bool) -> Any:
    """Next nodes from `node`, each with the earliest time at which its edge can be taken."""
    earliest: dict[Node, int] = {}
    for other, r in out.get(node, ()):
        if r > rank or (r == rank and not strict):
            earliest[other] = min(r, earliest.get(other, r))
    return iter(earliest.items())


def _ranked(found: Any, times: list[Any]) -> Out:
    """Arcs by their source, each time replaced by its rank."""
    rank = {t: i for i, t in enumerate(times)}
    out: Out = {}
    for arc in found:
        out.setdefault(arc.source, []).append((arc.target, rank[arc.time]))
    return out


def _earliest(out: Out, source: Node, start: int, strict: bool) -> tuple[dict[Node, int], dict[Node, Node]]:
    """Earliest rank of arrival at each node but the source, leaving at rank `start` or later; and the parents."""
    arrival: dict[Node, int] = {}
    parent: dict[Node, Node] = {}
    heap: list[tuple[int, int, Node]] = [(start - 1 if strict else start, 0, source)]
    done: set[Node] = set()
    pushed = 0
    while heap:
        rank, _, node = heapq.heappop(heap)
        if node in done:
            continue
        done.add(node)
        for other, r in out.get(node, ()):
            fits = r > rank or (r == rank and not strict)
            if fits and other != source and r < arrival.get(other, r + 1):
                arrival[other], parent[other] = r, node
                pushed += 1
                heapq.heappush(heap, (r, pushed, other))
    return arrival, parent


def _trace(
    source: Node, target: Node, arrival: dict[Node, int], parent: dict[Node, Node]
) -> tuple[list[Node], list[int]]:
    nodes, ranks = [target], []
    while nodes[-1] != source:
        ranks.append(arrival[nodes[-1]])
        nodes.append(parent[nodes[-1]])
    return nodes[::-1], ranks[::-1]


@tool(
    phrases=("earliest arrival path", "earliest arrival", "arrive as early as possible", "foremost path"),
    asks=(
        "What is the earliest arrival path from {source} to {target}?",
        "How can I get from {source} to {target} as early as possible?",
        "Find the foremost path from {source} to {target}.",
        "earliest arrival from {source} at {target}",
    ),
)
def earliest_arrival_path(
    graph: Graph,
    source: NodeArg,
    target: NodeArg,
    start: Time | None = None,
    strict: bool = False,
    time: Attribute = "time",
) -> TimedPath:
    """Find a path with non-decreasing times that arrives first, leaving `source` at `start` or later.

    Times along the path increase strictly when `strict`. Label setting by arrival, O(m log m); Xuan, Ferreira & Jarry
    (2003). Witness: earliest arrivals that no edge can better.

    Raises:
        NoPath: no time-respecting path leads to `target`.
    """
    source, target = graph.node(source), graph.node(target)
    found, times, first = _window(graph, time, start)
    arrival, parent = _earliest(_ranked(arcs(graph, found), times), source, first, strict)
    if target not in arrival and target != source:
        raise NoPath(source, target)
    nodes, ranks = _trace(source, target, arrival, parent)
    labels = {node: times[r] for node, r in arrival.items()}
    return TimedPath(nodes, len(ranks), times=tuple(times[r] for r in ranks), labels=labels)


def _window(graph: Graph, time: str, start: Any) -> tuple[list[Contact], list[Any], int]:
    """Contacts, distinct times, and the rank of the first time at or after `start`."""
    found = contacts(graph, time) if start is None else contacts(graph, time, start)
    times = moments(found)
    return found, times, 0 if start is None else bisect_left(times, start)


@tool(
    phrases=("latest departure path", "latest departure", "leave as late as possible"),
    asks=(
        "What is the latest departure path from {source} to {target}?",
        "How late can I leave {source} and still reach {target}?",
        "Find the path from {source} to {target} that departs last.",
        "latest departure from {source} towards {target}",
    ),
)
def latest_departure_path(
    graph: Graph,
    source: NodeArg,
    target: NodeArg,
    end: Time | None = None,
    strict: bool = False,
    time: Attribute = "time",
) -> TimedPath:
    """Find a path with non-decreasing times that leaves `source` last and arrives at `end` or earlier.

    The earliest arrival search run backwards, O(m log m). Witness: latest departures that no edge can better.

    Raises:
        NoPath: no time-respecting path leads to `target` by `end`.
    """
    source, target = graph.node(source), graph.node(target)
    found = contacts(graph, time) if end is None else contacts(graph, time, end)
    times = moments(found)[::-1]  # ranks count backwards
    first = 0 if end is None else len(times) - bisect_right(times[::-1], end)
    backward = [Contact(arc.target, arc.source, arc.time) for arc in arcs(graph, found)]
    departure, parent = _earliest(_ranked(backward, times), target, first, strict)
    if source not in departure and target != source:
        raise NoPath(source, target)
    nodes, ranks = _trace(target, source, departure, parent)
    labels = {node: times[r] for node, r in departure.items()}
    return TimedPath(nodes[::-1], len(ranks), times=tuple(times[r] for r in ranks[::-1]), labels=labels)


@tool(
    phrases=("fastest path", "fastest temporal path", "shortest duration", "least time on the way"),
    asks=(
        "What is the fastest path from {source} to {target}?",
        "Which time-respecting path from {source} to {target} has the shortest duration?",
        "Find the journey from {source} to {target} that takes the least time.",
        "fastest temporal path {source} to {target}",
    ),
)
def fastest_path(
    graph: Graph, source: NodeArg, target: NodeArg, strict: bool = False, time: Attribute = "time"
) -> TimedPath:
    """Find the path with non-decreasing times whose arrival less departure is least (the earliest of equals).

    One earliest arrival search for each time at which an edge leaves `source`, O(d m log m); Wu et al. (2014).

    Raises:
        NoPath: no time-respecting path leads to `target`.
        BadArgument: the times are not numbers.
    """
    source, target = graph.node(source), graph.node(target)
    found, times, _ = _window(graph, time, None)
    if times and not isinstance(times[0], (int, float)):
        raise BadArgument(f"a duration needs numbers under {time!r}, and the times are texts")
    out = _ranked(arcs(graph, found), times)
    if source == target:
        return TimedPath([source], 0)
    best: tuple[list[Node], list[int]] | None = None
    shortest = math.inf
    for start in sorted({rank for _, rank in out.get(source, ())}):
        arrival, parent = _earliest(out, source, start, strict)
        if target in arrival and times[arrival[target]] - times[start] < shortest:
            nodes, ranks = _trace(source, target, arrival, parent)
            best, shortest = (nodes, ranks), times[ranks[-1]] - times[ranks[0]]
    if best is None:
        raise NoPath(source, target)
    return TimedPath(best[0], len(best[1]), times=tuple(times[r] for r in best[1]))


@tool(
    phrases=("reachable over time", "temporally reachable nodes", "reached by time respecting paths"),
    asks=(
        "Which nodes can be reached from {source} over time?",
        "List the temporally reachable nodes from {source}.",
        "Which nodes does a time-respecting path from {source} reach?",
        "nodes reachable from {source} by chronological paths",
    ),
)
def temporal_reachable_nodes(
    graph: Graph, source: NodeArg, start: Time | None = None, strict: bool = False, time: Attribute = "time"
) -> Nodes:
    """List the nodes that a path with non-decreasing times from `source` reaches, `source` included. O(m log m).

    The path leaves `source` at `start` or later.
    """
    source = graph.node(source)
    found, times, first = _window(graph, time, start)
    arrival, _ = _earliest(_ranked(arcs(graph, found), times), source, first, strict)
    return Nodes([n for n in graph if n == source or n in arrival])


@tool(
    phrases=("earliest arrival times", "arrival time at every node", "when does a message reach each node"),
    asks=(
        "What are the earliest arrival times from {source} at all nodes?",
        "When can a message from {source} reach each node?",
        "Compute the earliest arrival time of every node from {source}.",
        "arrival times from {source} at all others",
    ),
)
def earliest_arrival_times(
    graph: Graph, source: NodeArg, start: Time | None = None, strict: bool = False, time: Attribute = "time"
) -> NodeValues:
    """Give the earliest time at which a path with non-decreasing times from `source` reaches each other node.

    Nodes that cannot be reached are left out. The path leaves `source` at `start` or later. O(m log m).
    """
    source = graph.node(source)
    found, times, first = _window(graph, time, start)
    arrival, _ = _earliest(_ranked(arcs(graph, found), times), source, first, strict)
    return NodeValues({n: times[arrival[n]] for n in graph if n in arrival})


@tool(
    phrases=("temporally reachable", "is there a chronological path", "time respecting path exists"),
    asks=(
        "Is there a chronological path from {source} to {target}?",
        "Can {target} be reached from {source} by a time-respecting path?",
        "Is {target} temporally reachable from {source}?",
        "does a chronological path lead from {source} to {target}",
    ),
)
def is_temporally_reachable(
    graph: Graph, source: NodeArg, target: NodeArg, strict: bool = False, time: Attribute = "time"
) -> Truth:
    """Tell whether a path with non-decreasing times leads from `source` to `target`. O(m log m).

    Witness: the path and its times, or the earliest arrivals, which no edge continues to `target`.
    """
    source, target = graph.node(source), graph.node(target)
    found, times, first = _window(graph, time, None)
    arrival, parent = _earliest(_ranked(arcs(graph, found), times), source, first, strict)
    if target != source and target not in arrival:
        return Truth(False, {"arrivals": {n: times[r] for n, r in arrival.items()}})
    nodes, ranks = _trace(source, target, arrival, parent)
    return Truth(True, {"path": nodes, "times": [times[r] for r in ranks]})
