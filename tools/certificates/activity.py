"""Checks of answers about activity over time."""

from __future__ import annotations

from typing import Any

from graphs.graph import Graph, Node
from tools.answers import Nodes, Number, Record
from tools.certificates.base import checker, require
from tools.certificates.temporal import dated, dates_between, require_same_nodes, require_times
from tools.timed_answers import Moment, Timeline, Times


def _ends_at(graph: Graph, node: Node, time: str) -> list[Any]:
    """The time of every edge end at `node`; a self-loop has two."""
    rows = dated(graph, time)
    return [t for a, _, t in rows if a == node] + [t for _, b, t in rows if b == node]


@checker("degree_over_time")
def check_degree_over_time(graph: Graph, answer: Timeline, node: Any, time: str = "time") -> str:
    """the edge ends at the node counted for each time"""
    node = graph.node(node)
    ends = _ends_at(graph, node, time)
    require_times(answer.values, [t for *_, t in dated(graph, time)])
    for t, degree in answer.values.items():
        require(degree == ends.count(t), f"{node} has {ends.count(t)} links at time {t}")
    return f"the degree of {node} is right at each of {len(answer.values)} times"


@checker("temporal_degree")
def check_temporal_degree(graph: Graph, answer: Number, node: Any, time: str = "time") -> str:
    """the edge ends at the node counted"""
    node = graph.node(node)
    ends = len(_ends_at(graph, node, time))
    require(answer.number == ends and answer.witness is None, f"{node} has {ends} contacts")
    return f"{node} has {ends} contacts over all times"


@checker("first_active_time")
def check_first_active_time(graph: Graph, answer: Moment, node: Any, time: str = "time") -> str:
    """every edge at the node looked up"""
    return _extreme(graph, answer, node, time, "first", lambda t, best: best <= t)


@checker("last_active_time")
def check_last_active_time(graph: Graph, answer: Moment, node: Any, time: str = "time") -> str:
    """every edge at the node looked up"""
    return _extreme(graph, answer, node, time, "last", lambda t, best: best >= t)


def _extreme(graph: Graph, answer: Moment, node: Any, time: str, which: str, beats: Any) -> str:
    node = graph.node(node)
    ends = _ends_at(graph, node, time)
    require(answer.witness is None, "no witness belongs here")
    if not ends:
        require(answer.time is None, f"{node} is never active")
        return f"{node} is never active"
    require(answer.time in ends and all(beats(t, answer.time) for t in ends), f"that is not the {which} time of {node}")
    return f"{node} is {which} active at time {answer.time}"


@checker("active_times")
def check_active_times(graph: Graph, answer: Times, node: Any, time: str = "time") -> str:
    """every edge at the node looked up"""
    node = graph.node(node)
    require_times(answer.times, _ends_at(graph, node, time))
    return f"{node} is active at {len(answer.times)} times"


@checker("active_nodes_at_time")
def check_active_nodes_at_time(graph: Graph, answer: Nodes, at: Any, time: str = "time") -> str:
    """every edge at that time looked up"""
    rows = [(a, b) for a, b, t in dated(graph, time) if t == at]
    require_same_nodes(answer.nodes, {a for a, _ in rows} | {b for _, b in rows})
    return f"{len(answer.nodes)} nodes are active at time {at}"


@checker("busiest_time")
def check_busiest_time(graph: Graph, answer: Moment, time: str = "time") -> str:
    """the edges counted for each time"""
    times = [t for *_, t in dated(graph, time)]
    count: dict[Any, int] = {}
    for t in times:
        count[t] = count.get(t, 0) + 1
    require(answer.witness == count.get(answer.time, 0), "that time has another number of edges")
    if not times:
        require(answer.time is None, "the graph has no edges")
        return "the graph has no edges, so no time is the busiest"
    require(answer.time in count and answer.witness == max(count.values()), "another time has more edges")
    require(not any(t < answer.time and count[t] == answer.witness for t in count), "an earlier time has as many edges")
    return f"no time has more edges than time {answer.time} with {answer.witness}"


@checker("edges_per_time")
def check_edges_per_time(graph: Graph, answer: Timeline, time: str = "time") -> str:
    """the edges counted for each time"""
    times = [t for *_, t in dated(graph, time)]
    require_times(answer.values, times)
    require(all(count > 0 for count in answer.values.values()), "a count is not positive")
    left = dict(answer.values)
    for t in times:
        left[t] -= 1
    require(not any(left.values()), "a time has another number of edges")
    return f"the counts of edges at {len(answer.values)} times are right"


@checker("edge_lifetime")
def check_edge_lifetime(graph: Graph, answer: Record, u: Any, v: Any, time: str = "time") -> str:
    """every edge between the two nodes looked up"""
    u, v = graph.node(u), graph.node(v)
    true = sorted(dates_between(graph, u, v, time, directed=graph.directed))
    ways = {(u, v)} if graph.directed else {(u, v), (v, u)}
    count = sum((a, b) in ways for a, b, _ in dated(graph, time))
    first, last = (true[0], true[-1]) if true else (None, None)
    lifetime = last - first if isinstance(first, (int, float)) and isinstance(last, (int, float)) else None
    expected = {"first": first, "last": last, "lifetime": lifetime, "count": count}
    require(answer.figures == expected and answer.witness is None, f"the figures are {expected}")
    return f"{u} and {v} are linked {count} times, from {first} to {last}"


@checker("time_span")
def check_time_span(graph: Graph, answer: Record, time: str = "time") -> str:
    """every edge looked up"""
    times = {t for *_, t in dated(graph, time)}
    expected = {
        "first": min(times, default=None),
        "last": max(times, default=None),
        "different_times": len(times),
    }
    require(answer.figures == expected and answer.witness is None, f"the figures are {expected}")
    return f"the edges have {len(times)} different times from {expected['first']} to {expected['last']}"
