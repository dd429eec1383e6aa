"""Shortest ways and reachability, searched and checked at the engine."""

from __future__ import annotations

import math
from typing import Any

from graphs.errors import NoPath
from graphs.remote.engine import Way
from graphs.remote.graph import RemoteGraph
from tools.answers import Number, Path, Truth
from tools.remote.registry import Checked, on

SEARCH = "a search in rounds"
METHOD = "the path's edges looked up, and distance labels compared along all edges by another query"
CLOSED = "a set of nodes without the target, and a query for edges that leave it"


def _way(graph: RemoteGraph, source: Any, target: Any, weight: str | None) -> Way:
    one, other = graph.node(source), graph.node(target)
    if one == other:
        return Way([one], 0, 1, 0)
    return graph.engine.way(one, other, weight)


def _length(graph: RemoteGraph, way: Way, weight: str | None) -> int | float:
    whole = weight is None or graph.engine.total(weight)[2]
    return int(way.length) if whole and math.isfinite(way.length) else way.length


@on()
def shortest_path(graph: RemoteGraph, source: Any, target: Any, weight: str | None = None) -> Checked:
    way = _way(graph, source, target, weight)
    if not way.nodes:
        raise NoPath(graph.node(source), graph.node(target))
    length = _length(graph, way, weight)
    ends = f"{way.nodes[0]} to {way.nodes[-1]}"
    claim = f"the path has length {length} and no path from {ends} is shorter"
    return _least(Path(way.nodes, length), way, claim)


@on()
def shortest_path_length(graph: RemoteGraph, source: Any, target: Any, weight: str | None = None) -> Checked:
    way = _way(graph, source, target, weight)
    if not way.nodes:
        raise NoPath(graph.node(source), graph.node(target))
    length = _length(graph, way, weight)
    claim = f"the distance from {way.nodes[0]} to {way.nodes[-1]} is {length}"
    return _least(Number(length, {"path": way.nodes}), way, claim)


def _least(answer: Any, way: Way, claim: str) -> Checked:
    if way.undercut is None:
        method = "the path's edges looked up; the search for shorter ones was given up"
        return Checked(answer, SEARCH, "the path is there", method, "recount")
    if way.undercut:
        reason = f"{way.undercut} edges undercut the labels, or the path is not there; the graph may be changing"
        return Checked(answer, SEARCH, method=METHOD, grade="proof", holds=False, reason=reason)
    return Checked(answer, SEARCH, claim, METHOD, "proof")


@on()
def has_path(graph: RemoteGraph, source: Any, target: Any) -> Checked:
    way = _way(graph, source, target, None)
    one, other = graph.node(source), graph.node(target)
    if way.nodes:
        return _least(Truth(True, {"path": way.nodes}), way, f"a path leads from {one} to {other}")
    if way.undercut is None:
        return Checked(Truth(False), SEARCH)
    if way.undercut:
        reason = f"{way.undercut} edges leave the set; the graph may be changing"
        return Checked(Truth(False), SEARCH, method=CLOSED, grade="proof", holds=False, reason=reason)
    claim = f"no edge leaves a set of {way.reached} nodes with {one} and not {other}"
    return Checked(Truth(False), SEARCH, claim, CLOSED, "proof")
