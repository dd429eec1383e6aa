"""Checks of lists of cycles: each walked, and their number counted by dynamic programming over sets of nodes."""

from __future__ import annotations

import math
from typing import Any

from graphs.graph import Graph
from tools.answers import Cycle, Number, Sequences
from tools.certificates.agreement import close
from tools.certificates.base import Claim, checker, require
from tools.certificates.cycles import acyclic
from tools.certificates.evidence import Arcs, arcs_of, cycle_cost, topological

STATES = 100_000  # of the second count; beyond, only a part is checked


def _numbers(graph: Graph) -> tuple[dict[int, set[int]], set[int], set[int]]:
    """Arcs between positions, the positions with a self-loop, and the pairs (as masks) with parallel edges."""
    place = {node: i for i, node in enumerate(graph.nodes)}
    arcs: dict[int, set[int]] = {i: set() for i in place.values()}
    loops: set[int] = set()
    pairs: list[int] = []
    for edge in graph.edges():
        u, v = place[edge.source], place[edge.target]
        if u == v:
            loops.add(u)
            continue
        arcs[u].add(v)
        if not graph.directed:
            arcs[v].add(u)
            pairs.append(1 << u | 1 << v)
    return arcs, loops, {pair for pair in pairs if pairs.count(pair) > 1}


def cycles_by_length(graph: Graph, max_length: float = math.inf) -> dict[int, int] | None:
    """length -> number of cycles, counting paths by their set and end; None when there are too many sets."""
    arcs, loops, doubled = _numbers(graph)
    counts = {1: len(loops), 2: len(doubled)}
    states = 0
    for start in arcs:
        layer = {(1 << start, start): 1}
        size = 1
        while layer and size <= max_length:
            states += len(layer)
            if states > STATES:
                return None
            if size > (1 if graph.directed else 2):
                closed = sum(ways for (_, end), ways in layer.items() if start in arcs[end])
                counts[size] = counts.get(size, 0) + (closed if graph.directed else closed // 2)
            longer: dict[tuple[int, int], int] = {}
            for (mask, end), ways in layer.items():
                for v in arcs[end]:
                    if v > start and not mask >> v & 1:
                        longer[mask | 1 << v, v] = longer.get((mask | 1 << v, v), 0) + ways
            layer, size = longer, size + 1
    return {size: count for size, count in counts.items() if size <= max_length}


def _canonical(graph: Graph, cycle: list[Any]) -> tuple[int, ...]:
    place = {node: i for i, node in enumerate(graph.nodes)}
    numbers = [place[node] for node in cycle]
    at = numbers.index(min(numbers))
    ahead = (*numbers[at:], *numbers[:at])
    return ahead if graph.directed else min(ahead, (ahead[0], *ahead[:0:-1]))


@checker("simple_cycles")
def check_simple_cycles(
    graph: Graph, answer: Sequences, max_length: int | None = None, limit: int = 1000, time_limit: float = 10.0
) -> str | Claim:
    """each cycle walked, and their number counted over sets of nodes"""
    require(answer.witness is None, "a witness that is not needed")
    arcs = arcs_of(graph)
    most = math.inf if max_length is None else max_length
    for cycle in answer.sequences:
        cycle_cost(graph, arcs, cycle)
        require(len(cycle) <= most, "a cycle is too long")
    listed = len(answer.sequences)
    require(len({_canonical(graph, c) for c in answer.sequences}) == listed, "a cycle is listed twice")
    expected = None if answer.exact else (listed + 1, math.inf)
    require(answer.bounds == expected and (answer.exact or listed <= limit), "the bounds are not those of the list")
    said = f"the {listed} cycles listed are different cycles of the graph"
    counts = cycles_by_length(graph, most)
    if counts is None:
        return Claim(f"{said}; how many more there are was not checked", "none")
    total = sum(counts.values())
    require(total == listed if answer.exact else total > listed, f"there are {total} cycles")
    return f"{said}, which has {total}"


@checker("count_cycles")
def check_count_cycles(
    graph: Graph, answer: Number, length: int | None = None, time_limit: float = 10.0
) -> str | Claim:
    """the cycles counted over sets of nodes"""
    require(answer.witness is None and isinstance(answer.number, int) and answer.number >= 0, "not a count")
    expected = None if answer.exact else (answer.number, math.inf)
    require(answer.bounds == expected, "the bounds are not those of the number")
    counts = cycles_by_length(graph, math.inf if length is None else length)
    if counts is None:
        return Claim("the cycles are too many to be counted again", "none")
    total = sum(counts.values()) if length is None else counts.get(length, 0)
    require(total == answer.number if answer.exact else total >= answer.number, f"there are {total} cycles")
    return f"the graph has {'' if answer.exact else 'at least '}{answer.number} cycles"


@checker("longest_cycle")
def check_longest_cycle(
    graph: Graph, answer: Cycle, weight: str | None = None, time_limit: float = 10.0
) -> str | Claim:
    """the cycle added up, and compared with a bound or with all cycles over sets of nodes"""
    require(answer.witness is None, "a witness that is not needed")
    arcs: Arcs = {node: {} for node in graph.nodes}
    for edge in graph.edges():
        cost = 1 if weight is None else edge.attributes[weight]
        for u, v in ((edge.source, edge.target), (edge.target, edge.source))[: 1 if graph.directed else 2]:
            arcs[u][v] = max(cost, arcs[u].get(v, cost))
    top = sum(max([0, *row.values()]) for row in arcs.values())
    require(not answer.exact or answer.bounds is None, "an exact answer has no bounds")
    if not answer.nodes:
        require(answer.length is None, "no cycle has no length")
        if answer.exact:
            return acyclic(graph, {"order": topological(arcs)} if graph.directed else None)
    cost = _heaviest(graph, arcs, answer.nodes, weight) if answer.nodes else 0
    require(not answer.nodes or close(answer.length, cost), f"the cycle adds up to {cost}")
    if not answer.exact:
        low, high = answer.bounds or (None, None)
        require(close(low, cost) and close(high, top), f"the bounds are {cost} and {top}")
        return f"no cycle is longer than {top}"
    if close(cost, top):
        return f"the cycle has length {cost}, which no cycle can exceed"
    best = _longest(graph, arcs, weight)
    if best is None:
        return Claim(f"the cycle has length {cost}; that none is longer was not checked", "none")
    require(close(cost, best), "a longer cycle exists")
    return f"the cycle has length {cost}, and none is longer"


def _heaviest(graph: Graph, arcs: Arcs, nodes: list[Any], weight: str | None) -> float:
    cost = cycle_cost(graph, arcs, nodes)
    if len(nodes) != 2 or graph.directed:
        return cost
    between = [e for e in graph.edges() if {e.source, e.target} == set(nodes)]
    return sum(sorted((1 if weight is None else e.attributes[weight] for e in between), reverse=True)[:2])


def _longest(graph: Graph, arcs: Arcs, weight: str | None) -> float | None:
    """The greatest cost of a cycle, best paths kept by their set and end; None when there are too many sets."""
    names = graph.nodes
    links, loops, doubled = _numbers(graph)
    best = max((arcs[names[i]][names[i]] for i in loops), default=-math.inf)
    for pair in doubled:
        nodes = [names[i] for i in links if pair >> i & 1]
        best = max(best, _heaviest(graph, arcs, nodes, weight))
    states = 0
    for start in links:
        layer = {(1 << start, start): 0.0}
        while layer:
            states += len(layer)
            if states > STATES:
                return None
            longer: dict[tuple[int, int], float] = {}
            for (mask, end), cost in layer.items():
                if mask.bit_count() > (1 if graph.directed else 2) and start in links[end]:
                    best = max(best, cost + arcs[names[end]][names[start]])
                for v in links[end]:
                    if v > start and not mask >> v & 1:
                        key, further = (mask | 1 << v, v), cost + arcs[names[end]][names[v]]
                        longer[key] = max(further, longer.get(key, further))
            layer = longer
    return best
