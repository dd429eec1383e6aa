"""Many cycles: all of them, their number, the longest."""

from __future__ import annotations

import math
from collections.abc import Iterator

from graphs.errors import BadArgument
from graphs.graph import Graph, Node
from tools.answers import Cycle, Number, Sequences
from tools.arcs import Costs, costs
from tools.clock import Clock
from tools.path_lists import EXHAUSTIVE_NODES, heaviest_costs, simple_paths
from tools.registry import Attribute, tool


def every_cycle(graph: Graph, table: Costs, max_length: int | None = None) -> Iterator[list[Node]]:
    """Each cycle once, starting with its first node in the graph's order; parallel edges give one cycle of two.

    For each start: the paths back to it that stay among later nodes. O(n + m) for each node of each cycle.
    """
    place = {node: i for i, node in enumerate(table)}
    limit = len(table) if max_length is None else max_length
    for start, first in place.items():
        rest = {u: {v: c for v, c in row.items() if place[v] >= first} for u, row in table.items() if place[u] >= first}
        for v in rest[start]:
            if v == start:
                if limit >= 1:
                    yield [start]
                continue
            for path in simple_paths(rest, v, start, limit - 1):
                if graph.directed or (len(path) > 2 and place[path[0]] < place[path[-2]]):
                    yield [start, *path[:-1]]
                elif len(path) == 2 and graph.nx.number_of_edges(start, v) > 1:
                    yield [start, v]


def _require_length(length: int | None) -> None:
    if length is not None and length < 1:
        raise BadArgument(f"a cycle has at least 1 edge, and the length asked for is {length}")


@tool(
    phrases=("all cycles", "list the cycles", "all simple cycles", "enumerate cycles", "elementary circuits"),
    asks=(
        "List all simple cycles of the graph.",
        "What are all the cycles?",
        "Enumerate the elementary circuits.",
        "Which cycles does the graph contain?",
    ),
)
def simple_cycles(
    graph: Graph, max_length: int | None = None, limit: int = 1000, time_limit: float = 10.0
) -> Sequences:
    """List the cycles (no node twice) of at most `max_length` edges.

    A self-loop is a cycle of one node, parallel edges of an undirected graph make one of two. Stops after `limit`
    cycles or `time_limit` seconds and says so (`exact=False`, bounds on their number). O(n (n + m)) a cycle.

    Raises:
        BadArgument: `limit` or `max_length` is below 1.
    """
    _require_length(max_length)
    if limit < 1:
        raise BadArgument(f"limit must be at least 1, not {limit}")
    clock = Clock(time_limit)
    found: list[list[Node]] = []
    for cycle in every_cycle(graph, costs(graph, None, "a cycle"), max_length):
        if len(found) == limit or clock.over:
            notes = (f"stopped after {len(found)} cycles; there are more",)
            return Sequences(found, exact=False, bounds=(len(found) + 1, math.inf), notes=notes)
        found.append(cycle)
    return Sequences(found)


@tool(
    phrases=("number of cycles", "how many cycles", "count the cycles", "cycles of length"),
    asks=(
        "How many cycles are in the graph?",
        "How many simple cycles does the graph have?",
        "Count the cycles.",
        "What is the number of simple cycles?",
    ),
)
def count_cycles(graph: Graph, length: int | None = None, time_limit: float = 10.0) -> Number:
    """Count the cycles (no node twice), of exactly `length` edges where it is given; see `simple_cycles`.

    #P-hard: by listing. After `time_limit` seconds the number is a lower bound (`exact=False`).

    Raises:
        BadArgument: `length` is below 1.
    """
    _require_length(length)
    clock, count = Clock(time_limit), 0
    for cycle in every_cycle(graph, costs(graph, None, "a cycle"), length):
        count += length is None or len(cycle) == length
        if clock.over:
            return Number(count, exact=False, bounds=(count, math.inf), notes=("stopped by the time limit",))
    return Number(count)


@tool(
    phrases=("longest cycle", "circumference", "largest cycle"),
    asks=(
        "What is the longest cycle in the graph?",
        "Find the longest simple cycle.",
        "What is the circumference of the graph?",
        "Which cycle visits the most nodes?",
    ),
)
def longest_cycle(graph: Graph, weight: Attribute | None = None, time_limit: float = 10.0) -> Cycle:
    """A cycle (no node twice) of greatest total weight; empty when there is none.

    Every edge counts 1 unless `weight` names an edge attribute. A self-loop is a cycle of one edge, parallel edges of
    an undirected graph make one of two. NP-hard: dynamic programming over subsets up to 13 nodes, else a listing for
    `time_limit` seconds; then the best found and bounds (`exact=False`).

    Raises:
        MissingAttribute: `weight` names an attribute that some edge lacks.
    """
    table = heaviest_costs(graph, weight)
    short = _short_cycles(graph, weight)
    clock, finished = Clock(time_limit), True
    best = max(short, key=lambda item: item[0], default=(-math.inf, []))
    if len(table) <= EXHAUSTIVE_NODES:
        best = max([best, *_closed_by_subsets(graph, table)], key=lambda item: item[0])
    else:
        high = cycle_bound(graph, weight)
        for cycle in every_cycle(graph, table):
            length = sum(table[u][v] for u, v in zip(cycle, [*cycle[1:], cycle[0]]))
            if length > best[0]:
                best = (length, cycle)
            if best[0] >= high:
                break
            if clock.over:
                finished = False
                break
    length, nodes = best
    if not finished:
        bounds = (length if nodes else 0, high)
        return Cycle(nodes, length if nodes else None, exact=False, bounds=bounds, notes=("stopped by the time limit",))
    return Cycle(nodes, length if nodes else None)


def cycle_bound(graph: Graph, weight: str | None) -> float:
    """What no cycle can exceed: every node's heaviest positive edge added up."""
    best: dict[Node, float] = dict.fromkeys(graph.nx, 0)
    for u, v, data in graph.nx.edges(data=True):
        cost = 1 if weight is None else data[weight]
        for node in (u,) if graph.directed else (u, v):
            best[node] = max(best[node], cost)
    return sum(best.values())


def _short_cycles(graph: Graph, weight: str | None) -> list[tuple[float, list[Node]]]:
    """Self-loops, and pairs of parallel edges of an undirected graph, with their greatest weights."""
    ends: dict[frozenset[Node], list[float]] = {}
    for u, v, data in graph.nx.edges(data=True):
        if u == v or not graph.directed:
            ends.setdefault(frozenset((u, v)), []).append(1 if weight is None else data[weight])
    found: list[tuple[float, list[Node]]] = []
    for pair, weights in ends.items():
        members = [node for node in graph.nx if node in pair]
        if len(weights) >= len(members):
            found.append((sum(sorted(weights, reverse=True)[: len(members)]), members))
    return found


def _closed_by_subsets(graph: Graph, table: Costs) -> Iterator[tuple[float, list[Node]]]:
    """The heaviest cycle of three nodes or more (directed: two) from each start, by Held & Karp (1962)."""
    place = {node: i for i, node in enumerate(table)}
    least = 2 if graph.directed else 3
    for start in table:
        layer: dict[tuple[int, Node], tuple[float, list[Node]]] = {(1 << place[start], start): (0, [start])}
        while layer:
            longer: dict[tuple[int, Node], tuple[float, list[Node]]] = {}
            for (mask, end), (length, path) in layer.items():
                if len(path) >= least and start in table[end]:
                    yield length + table[end][start], path
                for v, cost in table[end].items():
                    key = (mask | 1 << place[v], v)
                    new = place[v] > place[start] and not mask >> place[v] & 1
                    if new and (key not in longer or length + cost > longer[key][0]):
                        longer[key] = (length + cost, [*path, v])
            layer = longer
