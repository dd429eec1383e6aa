"""What checkers read off the edges: neighbour sets, arcs, distances; and how they compare numbers."""

from __future__ import annotations

import heapq
import math
from collections import deque
from collections.abc import Iterator, Mapping
from typing import Literal

from graphs.graph import Graph, Node

Direction = Literal["out", "in", "all"]


def neighbour_sets(graph: Graph, direction: Direction = "all") -> dict[Node, set[Node]]:
    """The distinct neighbours of each node, self-loops left out; edges without direction count both ways."""
    sets: dict[Node, set[Node]] = {node: set() for node in graph}
    for edge in graph.edges():
        if edge.source == edge.target:
            continue
        if not graph.directed or direction in ("out", "all"):
            sets[edge.source].add(edge.target)
        if not graph.directed or direction in ("in", "all"):
            sets[edge.target].add(edge.source)
    return sets


def arcs(graph: Graph, weight: str | None = None) -> Iterator[tuple[Node, Node, float]]:
    """Every edge in each direction in which it can be walked, a self-loop once, parallel edges each."""
    for edge in graph.edges():
        size = 1 if weight is None else edge.attributes[weight]
        yield edge.source, edge.target, size
        if not graph.directed and edge.source != edge.target:
            yield edge.target, edge.source, size


def matrix(graph: Graph, weight: str | None = None) -> dict[Node, dict[Node, float]]:
    """Rows of the adjacency matrix without its zeros: parallel edges added up, a self-loop once on the diagonal."""
    rows: dict[Node, dict[Node, float]] = {node: {} for node in graph}
    for u, v, size in arcs(graph, weight):
        rows[u][v] = rows[u].get(v, 0) + size
    return rows


def level(one: float, other: float) -> bool:
    """Whether two lengths are equal, up to rounding unless both are whole."""
    if type(one) is int and type(other) is int:
        return one == other
    return math.isclose(one, other, rel_tol=1e-12)


def shortest_counts(
    graph: Graph, source: Node, rows: Mapping[Node, Mapping[Node, float]], weighted: bool
) -> tuple[dict[Node, float], dict[Node, int]]:
    """Distances from `source` and the number of shortest paths to each node reached, in order of distance.

    `rows` maps a node to the length of the shortest edge to each neighbour; lengths are above 0.
    """
    if not weighted:
        hops: dict[Node, float] = {source: 0}
        counts = {source: 1}
        queue = deque([source])
        while queue:
            u = queue.popleft()
            for v in rows[u]:
                if v not in hops:
                    hops[v], counts[v] = hops[u] + 1, 0
                    queue.append(v)
                if hops[v] == hops[u] + 1:
                    counts[v] += counts[u]
        return hops, counts
    best: dict[Node, float] = {source: 0}
    done: dict[Node, float] = {}
    counts = {source: 1}
    heap: list[tuple[float, int, Node]] = [(0, 0, source)]
    pushed = 0
    while heap:
        far, _, u = heapq.heappop(heap)
        if u in done:
            continue
        done[u] = far
        for v, length in rows[u].items():
            if v in done:
                continue
            there = far + length
            if v in best and level(there, best[v]):
                counts[v] += counts[u]
            elif v not in best or there < best[v]:
                best[v], counts[v] = there, counts[u]
                pushed += 1
                heapq.heappush(heap, (there, pushed, v))
    return done, counts


def lengths(graph: Graph, weight: str | None = None, *, reverse: bool = False) -> dict[Node, dict[Node, float]]:
    """For each node the length of the shortest edge to each other neighbour (from it, when `reverse`)."""
    rows: dict[Node, dict[Node, float]] = {node: {} for node in graph}
    for u, v, size in arcs(graph, weight):
        if u != v:
            row, other = (rows[v], u) if reverse else (rows[u], v)
            row[other] = min(size, row.get(other, math.inf))
    return rows
