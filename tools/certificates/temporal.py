"""Checks of answers about who is linked with whom, and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import combinations
from typing import Any

from graphs.graph import Graph, Node
from tools.answers import GraphAnswer, Nodes, Truth
from tools.certificates.base import checker, require
from tools.timed_answers import Moment, TimedEdges, Times


def dated(graph: Graph, time: str) -> list[tuple[Node, Node, Any]]:
    """The edges as (source, target, time)."""
    return [(e.source, e.target, e.attributes[time]) for e in graph.edges()]


def dates_between(graph: Graph, u: Node, v: Node, time: str, *, directed: bool) -> set[Any]:
    """The times of the edges from u to v, or of those either way when not `directed`."""
    ways = {(u, v)} if directed else {(u, v), (v, u)}
    return {t for a, b, t in dated(graph, time) if (a, b) in ways}


def require_same_nodes(said: list[Node], true: Iterable[Node]) -> None:
    """Reject unless `said` lists each of the `true` nodes exactly once."""
    expected = set(true)
    require(len(said) == len(set(said)), "a node is listed twice")
    require(set(said) == expected, f"the nodes are {sorted(map(str, expected))[:20]}")


def require_times(said: Any, true: Iterable[Any]) -> None:
    """Reject unless `said` lists the distinct `true` times in order."""
    require(list(said) == sorted(set(true)), "these are not the times, each once and in order")


@checker("link_times")
def check_link_times(graph: Graph, answer: Times, u: Any, v: Any, time: str = "time") -> str:
    """every edge between the two nodes looked up"""
    u, v = graph.node(u), graph.node(v)
    require_times(answer.times, dates_between(graph, u, v, time, directed=graph.directed))
    return f"{u} and {v} are linked at {len(answer.times)} times: {answer.times}"


@checker("is_linked_at_time")
def check_is_linked_at_time(graph: Graph, answer: Truth, u: Any, v: Any, at: Any, time: str = "time") -> str:
    """every edge between the two nodes looked up"""
    u, v = graph.node(u), graph.node(v)
    true = dates_between(graph, u, v, time, directed=graph.directed)
    require_times(answer.witness, true)
    require(answer.holds is (at in true), "the times of the link say otherwise")
    return f"{u} and {v} are {'' if answer.holds else 'not '}linked at time {at}"


@checker("first_connected_time")
def check_first_connected_time(graph: Graph, answer: Moment, u: Any, v: Any, time: str = "time") -> str:
    """a path of edges no later than the time, and a node set that no earlier edge leaves"""
    u, v = graph.node(u), graph.node(v)
    path, before = answer.witness["path"], set(answer.witness["before"])
    edges = dated(graph, time) + ([] if graph.directed else [(b, a, t) for a, b, t in dated(graph, time)])
    require(len(before) == len(answer.witness["before"]), "the witness set repeats a node")
    require(u in before and v not in before, "the node set does not part the two nodes")
    early = [(a, b) for a, b, t in edges if answer.time is None or t < answer.time]
    require(not any(a in before and b not in before for a, b in early), "an earlier edge leaves the node set")
    require(before <= set(graph), "the witness set holds a node that is not in the graph")
    if answer.time is None:
        require(path == [], "there is a path")
        return f"no path joins {u} and {v} at any time"
    seen = {(a, b) for a, b, t in edges if t <= answer.time}
    require(path[0] == u and path[-1] == v, "the path has other ends")
    require(all(step in seen for step in zip(path, path[1:])), "a step of the path comes later or never")
    require(any(t == answer.time for *_, t in edges), "nothing happens at that time")
    return f"{u} and {v} are first connected at time {answer.time}"


def _links(graph: Graph, nodes: list[Any], time: str) -> dict[tuple[Node, Node], Any]:
    three = [graph.node(label) for label in nodes]
    require(len(set(three)) == 3, "a triad has three different nodes")
    first: dict[frozenset[Node], Any] = {}
    for a, b, t in dated(graph, time):
        key = frozenset((a, b))
        first[key] = t if key not in first or t < first[key] else first[key]
    return {pair: first.get(frozenset(pair)) for pair in combinations(three, 2)}


@checker("is_closed_triad")
def check_is_closed_triad(graph: Graph, answer: Truth, nodes: list[Any], time: str = "time") -> str:
    """the links of the three pairs looked up"""
    links = _links(graph, nodes, time)
    if answer.holds:
        require(None not in links.values() and answer.witness == list(links.values()), "a pair is never linked so")
        return f"the three nodes are linked with each other, first at {answer.witness}"
    require(answer.witness in [list(pair) for pair, first in links.items() if first is None], "that pair is linked")
    return f"{answer.witness[0]} and {answer.witness[1]} are never linked"


@checker("first_triad_closure_time")
def check_first_triad_closure_time(graph: Graph, answer: Moment, nodes: list[Any], time: str = "time") -> str:
    """the first links of the three pairs looked up"""
    firsts = list(_links(graph, nodes, time).values())
    require(answer.witness == firsts, f"the first links come at {firsts}")
    if None in firsts:
        require(answer.time is None, "one of the links never appears")
        return "the triad never closes"
    require(
        answer.time in firsts and all(t <= answer.time for t in firsts), "the last of the links comes at another time"
    )
    return f"the triad first closes at time {answer.time}"


def _neighbours(graph: Graph, node: Node, start: Any, end: Any, time: str) -> set[Node]:
    inside = [(a, b) for a, b, t in dated(graph, time) if start <= t <= end]
    return {b for a, b in inside if a == node} | {a for a, b in inside if b == node}


@checker("neighbors_at_time")
def check_neighbors_at_time(graph: Graph, answer: Nodes, node: Any, at: Any, time: str = "time") -> str:
    """every edge at that time looked up"""
    node = graph.node(node)
    require_same_nodes(answer.nodes, _neighbours(graph, node, at, at, time))
    return f"{len(answer.nodes)} nodes are linked with {node} at time {at}"


@checker("neighbors_in_period")
def check_neighbors_in_period(graph: Graph, answer: Nodes, node: Any, start: Any, end: Any, time: str = "time") -> str:
    """every edge of the period looked up"""
    node = graph.node(node)
    require_same_nodes(answer.nodes, _neighbours(graph, node, start, end, time))
    return f"{len(answer.nodes)} nodes are linked with {node} from time {start} to time {end}"


@checker("new_neighbors_after")
def check_new_neighbors_after(graph: Graph, answer: Nodes, node: Any, at: Any, time: str = "time") -> str:
    """every edge at the node looked up, before and since the time"""
    node = graph.node(node)
    ends = [({a, b}, t) for a, b, t in dated(graph, time) if node in (a, b)]
    loop = {node}
    before = {n for pair, t in ends if t < at for n in (pair - loop or loop)}
    since = {n for pair, t in ends if t >= at for n in (pair - loop or loop)}
    require_same_nodes(answer.nodes, since - before)
    return f"{len(answer.nodes)} nodes are linked with {node} at or after time {at} and not before"


def _as_written(graph: Graph, rows: Iterable[tuple[Node, Node, Any]]) -> Counter[Any]:
    """The rows as a multiset; in an undirected graph an edge may be written from either end."""
    return Counter((a, b, t) if graph.directed else (frozenset((a, b)), t) for a, b, t in rows)


@checker("sort_edges_by_time")
def check_sort_edges_by_time(graph: Graph, answer: TimedEdges, time: str = "time") -> str:
    """the list is in order, and holds every edge with its time once"""
    require(_as_written(graph, answer.edges) == _as_written(graph, dated(graph, time)), "these are not the edges")
    times = [t for *_, t in answer.edges]
    require(all(a <= b for a, b in zip(times, times[1:])), "the times decrease somewhere")
    return f"the {len(times)} edges stand in order of time"


@checker("edges_at_time")
def check_edges_at_time(graph: Graph, answer: TimedEdges, at: Any, time: str = "time") -> str:
    """every edge looked up"""
    return check_edges_between_times(graph, answer, at, at, time)


@checker("edges_between_times")
def check_edges_between_times(graph: Graph, answer: TimedEdges, start: Any, end: Any, time: str = "time") -> str:
    """every edge looked up"""
    true = [row for row in dated(graph, time) if start <= row[2] <= end]
    require(_as_written(graph, answer.edges) == _as_written(graph, true), f"{len(true)} edges lie in that period")
    return f"{len(true)} edges have a time from {start} to {end}"


@checker("snapshot")
def check_snapshot(graph: Graph, answer: GraphAnswer, at: Any, time: str = "time") -> str:
    """nodes and edges of both graphs compared"""
    return check_snapshot_between(graph, answer, at, at, time)


@checker("snapshot_between")
def check_snapshot_between(graph: Graph, answer: GraphAnswer, start: Any, end: Any, time: str = "time") -> str:
    """nodes and edges of both graphs compared"""
    require(answer.graph.directed == graph.directed and answer.graph.multi == graph.multi, "the kind has changed")
    require(dict(answer.graph.nx.nodes(data=True)) == dict(graph.nx.nodes(data=True)), "the nodes have changed")
    rows = [(e.source, e.target, dict(e.attributes)) for e in graph.edges() if start <= e.attributes[time] <= end]
    new = [(e.source, e.target, dict(e.attributes)) for e in answer.graph.edges()]
    require(new == rows, "the edges are not those of the period")
    return f"the graph has the {len(rows)} edges with a time from {start} to {end}"
