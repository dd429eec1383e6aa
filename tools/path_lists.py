"""Many paths between two nodes: all simple ones, all shortest, the k shortest, their number, the longest."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import islice

import networkx as nx

from graphs.errors import BadArgument, BudgetExceeded, NoPath, WrongKind
from graphs.graph import Graph, Node
from tools.answers import Number, Path, Paths
from tools.arcs import Costs, costs, reversed_costs
from tools.clock import Clock
from tools.paths import dijkstra
from tools.registry import Attribute, NodeArg, tool

EXHAUSTIVE_NODES = 13  # longest paths by dynamic programming over subsets up to here


def simple_paths(table: Costs, source: Node, target: Node, max_edges: int | None = None) -> Iterator[list[Node]]:
    """Every path from `source` to `target`, depth first; no step is taken from which `target` is out of reach.

    O(n + m) for each node of each path that is yielded.
    """
    back = reversed_costs(table)
    path, on = [source], {source}
    limit = len(table) if max_edges is None else max_edges
    stack = [iter(_useful(table, back, source, target, on, limit))]
    if source == target:
        yield [source]
        return
    while stack:
        step = next(stack[-1], None)
        if step is None:
            stack.pop()
            on.discard(path.pop())
        elif step == target:
            yield [*path, target]
        else:
            path.append(step)
            on.add(step)
            stack.append(iter(_useful(table, back, step, target, on, limit - len(path) + 1)))


def _useful(table: Costs, back: Costs, node: Node, target: Node, on: set[Node], left: int) -> list[Node]:
    depth = {target: 0}
    for u in (queue := [target]):
        for v in back[u]:
            if v not in depth and v not in on:
                depth[v] = depth[u] + 1
                queue.append(v)
    return [v for v in table[node] if v not in on and depth.get(v, math.inf) < left]


@tool(
    phrases=("all paths", "all simple paths", "every path", "list the paths", "enumerate paths"),
    asks=(
        "List all simple paths from {source} to {target}.",
        "What are all the paths between {source} and {target}?",
        "Enumerate every path from {source} to {target}.",
        "Which routes lead from {source} to {target}?",
    ),
)
def all_simple_paths(
    graph: Graph,
    source: NodeArg,
    target: NodeArg,
    max_edges: int | None = None,
    limit: int = 1000,
    time_limit: float = 10.0,
) -> Paths:
    """List the paths (no node twice) from `source` to `target`, of at most `max_edges` edges.

    Parallel edges give one path. Stops after `limit` paths or `time_limit` seconds and says so (`exact=False`, bounds
    on the number of paths). O(n (n + m)) a path.

    Raises:
        NodeNotFound: `source` or `target` is not in the graph.
        BadArgument: `limit` is below 1 or `max_edges` below 0.
    """
    source, target = graph.node(source), graph.node(target)
    _require_limits(limit, max_edges)
    clock = Clock(time_limit)
    found: list[list[Node]] = []
    for path in simple_paths(costs(graph, None, "a path"), source, target, max_edges):
        if len(found) == limit or clock.over:
            notes = (f"stopped after {len(found)} paths; there are more",)
            return Paths(
                found, [len(p) - 1 for p in found], exact=False, bounds=(len(found) + 1, math.inf), notes=notes
            )
        found.append(path)
    return Paths(found, [len(p) - 1 for p in found])


def _require_limits(limit: int, max_edges: int | None) -> None:
    if limit < 1 or (max_edges is not None and max_edges < 0):
        raise BadArgument(f"limit must be at least 1 and max_edges at least 0, not {limit} and {max_edges}")


@tool(
    phrases=("number of paths", "how many paths", "how many simple paths", "count the paths", "how many routes"),
    asks=(
        "How many simple paths are there from {source} to {target}?",
        "How many different paths lead from {source} to {target}?",
        "Count the paths between {source} and {target}.",
        "In how many ways can one get from {source} to {target} without repeating a node?",
    ),
)
def count_simple_paths(
    graph: Graph, source: NodeArg, target: NodeArg, max_edges: int | None = None, time_limit: float = 10.0
) -> Number:
    """Count the paths (no node twice) from `source` to `target`, of at most `max_edges` edges. #P-hard: by listing.

    Parallel edges give one path. After `time_limit` seconds the number is a lower bound (`exact=False`).

    Raises:
        NodeNotFound: `source` or `target` is not in the graph.
        BadArgument: `max_edges` is below 0.
    """
    source, target = graph.node(source), graph.node(target)
    _require_limits(1, max_edges)
    clock, count = Clock(time_limit), 0
    for _ in simple_paths(costs(graph, None, "a path"), source, target, max_edges):
        count += 1
        if clock.over:
            return Number(count, exact=False, bounds=(count, math.inf), notes=("stopped by the time limit",))
    return Number(count)


@tool(
    phrases=("all shortest paths", "every shortest path", "list the shortest paths", "how many shortest paths"),
    asks=(
        "List all shortest paths from {source} to {target}.",
        "What are all the shortest routes between {source} and {target}?",
        "How many shortest paths are there from {source} to {target}?",
        "Give every geodesic from {source} to {target}.",
    ),
)
def all_shortest_paths(
    graph: Graph, source: NodeArg, target: NodeArg, weight: Attribute | None = None, limit: int = 1000
) -> Paths:
    """List the paths of least total weight from `source` to `target`.

    Every edge counts 1 unless `weight` names an edge attribute, none of it below 0. Stops after `limit` paths and says
    so (`exact=False`, bounds on their number). O((n + m) log n), and O(n (n + m)) a path.

    Raises:
        NodeNotFound: `source` or `target` is not in the graph.
        NoPath: `target` cannot be reached from `source`.
        BadArgument: `limit` is below 1.
        MissingAttribute: `weight` names an attribute that some edge lacks.
        NegativeWeight: an edge weighs less than 0.
    """
    source, target = graph.node(source), graph.node(target)
    _require_limits(limit, None)
    table = costs(graph, weight, "a shortest path")
    ahead, _ = dijkstra(table, source)
    if target not in ahead:
        raise NoPath(source, target)
    tight: Costs = {
        u: {
            v: c
            for v, c in row.items()
            if u in ahead and math.isclose(ahead[u] + c, ahead[v], rel_tol=1e-9, abs_tol=1e-9)
        }
        for u, row in table.items()
    }
    found = list(islice(simple_paths(tight, source, target), limit + 1))
    lengths: list[int | float] = [ahead[target]] * min(limit, len(found))
    if len(found) > limit:
        notes = (f"stopped after {limit} paths; there are more",)
        return Paths(found[:limit], lengths, exact=False, bounds=(limit + 1, math.inf), notes=notes)
    return Paths(found, lengths)


@tool(
    phrases=("k shortest paths", "best alternative routes", "shortest paths ranked", "second shortest path"),
    asks=(
        "What are the {k} shortest paths from {source} to {target}?",
        "Give the {k} best routes from {source} to {target}.",
        "Find the {k} shortest simple paths between {source} and {target}.",
        "List the top {k} cheapest paths from {source} to {target}.",
    ),
)
def k_shortest_paths(graph: Graph, source: NodeArg, target: NodeArg, k: int, weight: Attribute | None = None) -> Paths:
    """List the `k` paths (no node twice) of least total weight, in ascending order; fewer when there are fewer.

    Every edge counts 1 unless `weight` names an edge attribute, none of it below 0. Yen, Management Science 17 (1971),
    O(k n (n + m) log n).

    Raises:
        NodeNotFound: `source` or `target` is not in the graph.
        BadArgument: `k` is below 1.
        NoPath: `target` cannot be reached from `source`.
        MissingAttribute: `weight` names an attribute that some edge lacks.
        NegativeWeight: an edge weighs less than 0.
    """
    source, target = graph.node(source), graph.node(target)
    if k < 1:
        raise BadArgument(f"k says how many paths are wanted and cannot be {k}; give 1 or more")
    table = costs(graph, weight, "a shortest path")
    if source == target:
        return Paths([[source]], [0])
    body = nx.DiGraph()
    body.add_nodes_from(table)
    body.add_weighted_edges_from((u, v, cost) for u, row in table.items() for v, cost in row.items())
    try:
        found = list(islice(nx.shortest_simple_paths(body, source, target, weight="weight"), k))
    except nx.NetworkXNoPath:
        raise NoPath(source, target) from None
    return Paths(found, [sum(table[u][v] for u, v in zip(path, path[1:])) for path in found])


@tool(
    phrases=("longest path", "longest simple path", "longest route without repeating"),
    asks=(
        "What is the longest simple path in the graph?",
        "Find the longest path that repeats no node.",
        "How long is the longest simple path?",
        "Give a longest path of the network.",
    ),
)
def longest_simple_path(
    graph: Graph,
    source: NodeArg | None = None,
    target: NodeArg | None = None,
    weight: Attribute | None = None,
    time_limit: float = 10.0,
) -> Path:
    """Find a path (no node twice) of greatest total weight, from `source` and to `target` where they are given.

    Every edge counts 1 unless `weight` names an edge attribute. NP-hard: up to 13 nodes dynamic programming over
    subsets, O(2^n n m), else branch and bound for `time_limit` seconds; then the best found and bounds (`exact=False`).

    Raises:
        NodeNotFound: `source` or `target` is not in the graph.
        WrongKind: the graph has no nodes.
        NoPath: `target` cannot be reached from `source`.
        BudgetExceeded: no path to `target` was found in time.
        MissingAttribute: `weight` names an attribute that some edge lacks.
    """
    if graph.num_nodes == 0:
        raise WrongKind("the graph has no nodes, so that it has no path; add one first")
    table = heaviest_costs(graph, weight)
    starts = list(table) if source is None else [graph.node(source)]
    goal = None if target is None else graph.node(target)
    if len(table) <= EXHAUSTIVE_NODES:
        best, finished = longest_by_subsets(table, starts, goal), True
    else:
        best, finished = _longest_by_search(table, starts, goal, Clock(time_limit))
    if best is None and not finished:
        raise BudgetExceeded(f"no path to {goal} was found in {time_limit} s; give a longer time_limit")
    if best is None:
        raise NoPath(starts[0] if source is not None else "any node", goal)
    length = sum(table[u][v] for u, v in zip(best, best[1:]))
    if finished:
        return Path(best, length)
    high = longest_bound(table)
    return Path(best, length, exact=False, bounds=(length, high), notes=("stopped by the time limit",))


def heaviest_costs(graph: Graph, weight: str | None) -> Costs:
    """node -> {successor: greatest weight of an edge to it}, self-loops left out."""
    table: Costs = {node: {} for node in graph.nx}
    if weight is not None:
        costs(graph, weight, "a longest path", negative=True)  # every edge carries a number
    for u, v, data in graph.nx.edges(data=True):
        cost = 1 if weight is None else data[weight]
        for a, b in ((u, v),) if graph.directed else ((u, v), (v, u)):
            if a != b:
                table[a][b] = max(cost, table[a].get(b, -math.inf))
    return table


def longest_bound(table: Costs) -> float:
    """What no path can exceed: the n - 1 heaviest of each node's heaviest positive way out."""
    best = sorted((max([0.0, *row.values()]) for row in table.values()), reverse=True)
    return sum(best[: len(table) - 1])


def longest_by_subsets(table: Costs, starts: list[Node], goal: Node | None) -> list[Node] | None:
    """Held & Karp (1962): the heaviest path to every end over every set of nodes, sets in order of size."""
    bit = {node: 1 << i for i, node in enumerate(table)}
    layer: dict[tuple[int, Node], tuple[float, tuple[Node, ...]]] = {(bit[s], s): (0, (s,)) for s in starts}
    best: tuple[float, tuple[Node, ...]] | None = None
    while layer:
        for (_, end), entry in layer.items():
            if goal in (None, end) and (best is None or entry[0] > best[0]):
                best = entry
        longer: dict[tuple[int, Node], tuple[float, tuple[Node, ...]]] = {}
        for (mask, end), (length, path) in layer.items():
            for v, cost in table[end].items():
                key = (mask | bit[v], v)
                if not mask & bit[v] and (key not in longer or length + cost > longer[key][0]):
                    longer[key] = (length + cost, (*path, v))
        layer = longer
    return None if best is None else list(best[1])


def _longest_by_search(
    table: Costs, starts: list[Node], goal: Node | None, clock: Clock
) -> tuple[list[Node] | None, bool]:
    reach = {u: max([0.0, *row.values()]) for u, row in table.items()}
    best: list[Node] | None = None
    best_length, top = -math.inf, longest_bound(table)
    for start in starts:
        path, on, length = [start], {start}, [0.0]
        spare = [sum(reach.values())]
        stack = [iter(table[start])]
        while stack:
            if goal in (None, path[-1]) and length[-1] > best_length:
                best, best_length = path[:], length[-1]
                if best_length >= top:
                    return best, True
            if clock.over:
                return best, False
            step = next((v for v in stack[-1] if v not in on), None)
            if step is None or length[-1] + spare[-1] <= best_length:
                stack.pop()
                on.discard(path.pop())
                length.pop()
                spare.pop()
                continue
            length.append(length[-1] + table[path[-1]][step])
            spare.append(spare[-1] - reach[path[-1]])
            path.append(step)
            on.add(step)
            stack.append(iter(table[step]))
    return best, True
