"""Checks of lists of paths: each path walked, and the list's completeness by a second, bounded enumeration."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache
from typing import Any

from graphs.graph import Graph
from tools.answers import Number, Path, Paths
from tools.certificates.agreement import TOLERANCE, close, settled
from tools.certificates.base import Claim, checker, require
from tools.certificates.evidence import Arcs, arcs_of, path_cost, relaxed

STEPS = 3_000_000  # nodes and arcs that a second enumeration may look at; beyond, nothing is said
SUBSET_NODES = 13  # longest paths are checked by recursion over subsets up to here


class TooMany(Exception):
    """A second enumeration ran out of its steps."""


def enumerate_paths(arcs: Arcs, source: Any, target: Any, cost_limit: float, turned: Arcs) -> Iterator[tuple[Any, ...]]:
    """Every path that costs at most `cost_limit`, found by extending paths whose lower bound still allows it.

    The bound is the cost so far and the least cost to the target past no node of the path.

    Raises:
        TooMany: the enumeration takes too long.
    """
    work = 0
    stack: list[tuple[tuple[Any, ...], float]] = [((source,), 0.0)]
    slack = TOLERANCE * (1 + abs(cost_limit)) if math.isfinite(cost_limit) else 0
    while stack:
        path, cost = stack.pop()
        if path[-1] == target:
            yield path
            continue
        used = set(path)
        work += len(arcs) + sum(map(len, arcs.values()))
        if work > STEPS:
            raise TooMany
        left = relaxed({u: {v: c for v, c in row.items() if v not in used} for u, row in turned.items()}, target)
        for v, c in arcs[path[-1]].items():
            if v in left and v not in used and cost + c + left[v] <= cost_limit + slack:
                stack.append(((*path, v), cost + c))


def _walked(answer: Paths, arcs: Arcs, source: Any, target: Any, cost_limit: float) -> str:
    """Reject unless the list holds different paths that cost at most `cost_limit`."""
    require(answer.witness is None and len(answer.lengths) == len(answer.paths), "not one length for each path")
    listed = [tuple(path) for path in answer.paths]
    require(len(set(listed)) == len(listed), "a path is listed twice")
    costs = [path_cost(arcs, path, source, target) for path in listed]
    require(all(c <= cost_limit + TOLERANCE * (1 + abs(c)) for c in costs), "a path is too long")
    return f"{len(listed)} different paths lead from {source} to {target}"


def _complete(answer: Any, number: int, found: Iterator[tuple[Any, ...]], limit: float, said: str) -> str | Claim:
    """What was said, and what a second enumeration of the paths says of others."""
    try:
        counted = sum(1 for _, _ in zip(range(number + 1), found))
    except TooMany:
        return Claim(f"{said}; whether there are others was not checked", "none")
    if answer.exact:
        require(answer.bounds is None, "an exact answer has no bounds")
        require(counted == number, "a second enumeration finds another number of paths")
        return f"{said}, and there are no others"
    require(number <= limit, "more paths than the limit")
    low = number + 1 if isinstance(answer, Paths) else number
    require(counted >= low and answer.bounds == (low, math.inf), "there are not that many paths")
    return f"{said}, and there are others"


@checker("all_simple_paths")
def check_all_simple_paths(
    graph: Graph,
    answer: Paths,
    source: Any,
    target: Any,
    max_edges: int | None = None,
    limit: int = 1000,
    time_limit: float = 10.0,
) -> str | Claim:
    """each path walked, and their number by a second enumeration"""
    source, target = graph.node(source), graph.node(target)
    arcs, turned = arcs_of(graph), arcs_of(graph, turned=True)
    most = math.inf if max_edges is None else max_edges
    said = _walked(answer, arcs, source, target, most)
    require(list(answer.lengths) == [len(path) - 1 for path in answer.paths], "a length is wrong")
    found = enumerate_paths(arcs, source, target, most, turned)
    return _complete(answer, len(answer.paths), found, limit, said)


@checker("count_simple_paths")
def check_count_simple_paths(
    graph: Graph, answer: Number, source: Any, target: Any, max_edges: int | None = None, time_limit: float = 10.0
) -> str | Claim:
    """the paths enumerated a second time"""
    source, target = graph.node(source), graph.node(target)
    require(answer.witness is None and isinstance(answer.number, int) and answer.number >= 0, "not a count")
    most = math.inf if max_edges is None else max_edges
    found = enumerate_paths(arcs_of(graph), source, target, most, arcs_of(graph, turned=True))
    said = f"{answer.number} paths lead from {source} to {target}"
    return _complete(answer, int(answer.number), found, math.inf, said)


@checker("all_shortest_paths")
def check_all_shortest_paths(
    graph: Graph, answer: Paths, source: Any, target: Any, weight: str | None = None, limit: int = 1000
) -> str | Claim:
    """each path walked, and their number by a second enumeration of the paths of that length"""
    source, target = graph.node(source), graph.node(target)
    arcs, turned = arcs_of(graph, weight), arcs_of(graph, weight, turned=True)
    least = relaxed(arcs, source)[target]
    said = _walked(answer, arcs, source, target, least)
    require(all(close(length, least) for length in answer.lengths), f"the distance is {least}")
    found = enumerate_paths(arcs, source, target, least, turned)
    return _complete(answer, len(answer.paths), found, limit, f"{said} with length {least}")


@checker("k_shortest_paths")
def check_k_shortest_paths(
    graph: Graph, answer: Paths, source: Any, target: Any, k: int, weight: str | None = None
) -> str | Claim:
    """each path walked, and all paths shorter than the last enumerated"""
    settled(answer)
    source, target = graph.node(source), graph.node(target)
    arcs, turned = arcs_of(graph, weight), arcs_of(graph, weight, turned=True)
    _walked(answer, arcs, source, target, math.inf)
    costs = [path_cost(arcs, path, source, target) for path in answer.paths]
    require(all(close(a, b) for a, b in zip(answer.lengths, costs)), "a length is wrong")
    require(all(a <= b or close(a, b) for a, b in zip(costs, costs[1:])), "the paths are not in ascending order")
    require(0 < len(costs) <= k, f"not 1 to {k} paths")
    listed = {tuple(path) for path in answer.paths}
    bound = math.inf if len(costs) < k else costs[-1]
    try:
        for path in enumerate_paths(arcs, source, target, bound, turned):
            cost = path_cost(arcs, path, source, target)
            require(path in listed or (len(costs) == k and close(cost, bound)), "a shorter path is not listed")
    except TooMany:
        return Claim(
            f"the {len(costs)} listed paths have the lengths given; that none is shorter was not checked", "none"
        )
    return f"no path from {source} to {target} that is not listed is shorter than {costs[-1]}"


@checker("longest_simple_path")
def check_longest_simple_path(
    graph: Graph,
    answer: Path,
    source: Any | None = None,
    target: Any | None = None,
    weight: str | None = None,
    time_limit: float = 10.0,
) -> str | Claim:
    """the path added up, and compared with a bound or with all paths by recursion over sets of nodes"""
    arcs: Arcs = {node: {} for node in graph}
    for edge in graph.edges():
        cost = 1 if weight is None else edge.attributes[weight]
        for u, v in ((edge.source, edge.target), (edge.target, edge.source))[: 1 if graph.directed else 2]:
            if u != v:
                arcs[u][v] = max(cost, arcs[u].get(v, cost))
    start = answer.nodes[0] if source is None else graph.node(source)
    goal = answer.nodes[-1] if target is None else graph.node(target)
    cost = path_cost(arcs, answer.nodes, start, goal)
    require(answer.distances is None and close(answer.length, cost), f"the path adds up to {cost}")
    top = sum(sorted((max([0.0, *row.values()]) for row in arcs.values()), reverse=True)[: len(arcs) - 1])
    if not answer.exact:
        require(answer.bounds is not None and close(answer.bounds[0], cost), "the lower bound is not the path's length")
        require(answer.bounds is not None and close(answer.bounds[1], top), f"the upper bound is {top}")
        return f"the path has length {cost}, and no path is longer than {top}"
    require(answer.bounds is None, "an exact answer has no bounds")
    said = f"the path visits no node twice and has length {cost}"
    if close(cost, top):
        return f"{said}, which no path can exceed"
    if len(arcs) > SUBSET_NODES:
        return Claim(f"{said}; that none is longer was not checked", "none")
    starts = list(arcs) if source is None else [start]
    ends = set(arcs) if target is None else {goal}
    require(close(cost, max(_longest_from(arcs, s, ends) for s in starts)), "a longer path exists")
    return f"{said}, and no path is longer"


def _longest_from(arcs: Arcs, start: Any, ends: set[Any]) -> float:
    @cache
    def best(node: Any, used: frozenset[Any]) -> float:
        onward = [c + best(v, used | {v}) for v, c in arcs[node].items() if v not in used]
        return max([0.0 if node in ends else -math.inf, *onward])

    return best(start, frozenset({start}))
