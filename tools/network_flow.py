"""Exact flow algorithms on a residual network: Dinic's maximum flow and successive shortest paths for least cost.

Numbers are integers or fractions, so that no rounding can spoil an augmenting path; `exact` and `plain` convert.
"""

from __future__ import annotations

import heapq
import math
import operator
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any

from graphs.errors import BadArgument, MissingAttribute, NegativeWeight
from graphs.graph import Graph, Node

Amount = Any  # int or Fraction; Python's number types have no common static type


def exact(value: object, name: str) -> Amount:
    """`value` as an integer or fraction; infinity stays a float.

    Raises:
        BadArgument: it is not a number.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)) or math.isnan(value):
        raise BadArgument(f"the attribute {name!r} must hold numbers, and an element has {str(value)[:60]!r}")
    if isinstance(value, int) or math.isinf(value):
        return value
    return int(value) if value == int(value) else Fraction(value)


def plain(value: Amount) -> int | float:
    """An exact number as int where it is whole, else as float."""
    return int(value) if value == int(value) else float(value)


def capacities(graph: Graph, capacity: str, what_for: str) -> dict[tuple[Node, Node], Amount]:
    """Capacity of each ordered pair of adjacent nodes; parallel edges add up, self-loops carry nothing.

    An undirected edge gives one entry, in the order in which its first parallel edge is stored.

    Raises:
        MissingAttribute: an edge has no `capacity`.
        BadArgument: a capacity is negative or not a number.
    """
    found: dict[tuple[Node, Node], Amount] = {}
    for edge in graph.edges():
        if capacity not in edge.attributes:
            raise MissingAttribute(capacity, what_for, one=graph.has_edge_attribute(capacity))
        amount = exact(edge.attributes[capacity], capacity)
        if amount < 0:
            raise BadArgument(f"an edge has the negative {capacity} {amount}; capacities are at least 0")
        pair = (edge.source, edge.target)
        if not graph.directed and pair[::-1] in found:
            pair = pair[::-1]
        if edge.source != edge.target:
            found[pair] = found.get(pair, 0) + amount
    return found


def pair_weights(
    graph: Graph,
    weight: str | None,
    what_for: str,
    combine: Callable[[Amount, Amount], Amount] = operator.add,
    *,
    negative: bool = False,
) -> dict[tuple[Node, Node], Amount]:
    """The weight between each two adjacent nodes, in one order each; parallel edges are combined, loops left out.

    Raises:
        MissingAttribute: an edge has no `weight`.
        NegativeWeight: a weight is below 0 and `negative` is False.
        BadArgument: a weight is not a number, or infinite.
    """
    found: dict[tuple[Node, Node], Amount] = {}
    for edge in graph.edges():
        if weight is not None and weight not in edge.attributes:
            raise MissingAttribute(weight, what_for, one=graph.has_edge_attribute(weight))
        amount = 1 if weight is None else exact(edge.attributes[weight], weight)
        if amount < 0 and not negative:
            raise NegativeWeight(f"an edge has the negative {weight} {plain(amount)}; {what_for} needs at least 0")
        if abs(amount) == math.inf:
            raise BadArgument(f"an edge has an infinite {weight}; use a large number")
        if edge.source != edge.target:
            back = (edge.target, edge.source)
            pair = back if back in found else (edge.source, edge.target)
            found[pair] = combine(found[pair], amount) if pair in found else amount
    return found


def finite(found: dict[tuple[Node, Node], Amount]) -> tuple[dict[tuple[Node, Node], Amount], Amount]:
    """Capacities with infinity replaced by one more than all finite ones together, and that number."""
    big = 1 + sum(amount for amount in found.values() if amount != math.inf)
    return {pair: big if amount == math.inf else amount for pair, amount in found.items()}, big


class Network:
    """A residual network on nodes 0 … n-1; arc i and its reverse i ^ 1 stand side by side."""

    def __init__(self, n: int) -> None:
        self.n = n
        self.head: list[int] = []
        self.room: list[Amount] = []
        self.cost: list[Amount] = []
        self.out: list[list[int]] = [[] for _ in range(n)]

    def add(self, u: int, v: int, room: Amount, back: Amount = 0, cost: Amount = 0) -> int:
        """Add an arc that takes `room` units and its reverse that takes `back`; return its number."""
        arc = len(self.head)
        self.head += [v, u]
        self.room += [room, back]
        self.cost += [cost, -cost]
        self.out[u].append(arc)
        self.out[v].append(arc + 1)
        return arc

    def push(self, path: Iterable[int], amount: Amount) -> None:
        for arc in path:
            self.room[arc] -= amount
            self.room[arc ^ 1] += amount

    def levels(self, source: int) -> list[int]:
        """Distance in residual arcs from `source`, -1 where unreachable."""
        level = [-1] * self.n
        level[source] = 0
        queue = deque([source])
        while queue:
            u = queue.popleft()
            for arc in self.out[u]:
                v = self.head[arc]
                if level[v] < 0 and self.room[arc] > 0:
                    level[v] = level[u] + 1
                    queue.append(v)
        return level

    def maximise(self, source: int, target: int) -> Amount:
        """Push a maximum flow and return its amount. Dinic (1970), O(n² m)."""
        total: Amount = 0
        while (level := self.levels(source))[target] >= 0:
            pointer = [0] * self.n
            while path := self._advance(source, target, level, pointer):
                amount = min(self.room[arc] for arc in path)
                self.push(path, amount)
                total += amount
        return total

    def _advance(self, source: int, target: int, level: list[int], pointer: list[int]) -> list[int]:
        path: list[int] = []
        u = source
        while u != target:
            while pointer[u] < len(self.out[u]):
                arc = self.out[u][pointer[u]]
                if self.room[arc] > 0 and level[self.head[arc]] == level[u] + 1:
                    break
                pointer[u] += 1
            else:
                if not path:
                    return []
                u = self.head[path.pop() ^ 1]
                pointer[u] += 1
                continue
            path.append(arc)
            u = self.head[arc]
        return path

    def minimise(self, excess: list[Amount]) -> list[Amount] | None:
        """Route `excess` (positive: supply) at least cost; return node potentials, or None when it cannot be routed.

        Arcs of negative cost are filled first; then each unit goes along a path that is shortest by reduced cost
        (Busacker and Gowen 1960, Edmonds and Karp 1972). The potentials p leave cost + p(u) - p(v) >= 0 on every
        residual arc u -> v.
        """
        excess = list(excess)
        for arc in range(0, len(self.head), 2):
            if self.cost[arc] < 0 and self.room[arc] > 0:
                amount = self.room[arc]
                self.push([arc], amount)
                excess[self.head[arc ^ 1]] -= amount
                excess[self.head[arc]] += amount
        potential: list[Amount] = [0] * self.n
        while any(amount > 0 for amount in excess):
            found = self._cheapest(excess, potential)
            if found is None:
                return None
            path, end = found
            start = self.head[path[0] ^ 1]
            amount = min(excess[start], -excess[end], *(self.room[arc] for arc in path))
            self.push(path, amount)
            excess[start] -= amount
            excess[end] += amount
        return potential

    def _cheapest(self, excess: list[Amount], potential: list[Amount]) -> tuple[list[int], int] | None:
        """A cheapest path from any node with excess to any with deficit; moves the potentials."""
        distance: list[Amount] = [0 if amount > 0 else math.inf for amount in excess]
        into: list[int] = [-1] * self.n
        done = [False] * self.n
        heap = [(0, u) for u in range(self.n) if excess[u] > 0]
        end = -1
        while heap:
            d, u = heapq.heappop(heap)
            if done[u]:
                continue
            done[u] = True
            if excess[u] < 0:
                end = u
                break
            for arc in self.out[u]:
                v = self.head[arc]
                length = d + self.cost[arc] + potential[u] - potential[v]
                if self.room[arc] > 0 and length < distance[v]:
                    distance[v], into[v] = length, arc
                    heapq.heappush(heap, (length, v))
        if end < 0:
            return None
        for v in range(self.n):
            potential[v] += min(distance[v], distance[end])
        path: list[int] = []
        v = end
        while into[v] >= 0:
            path.append(into[v])
            v = self.head[into[v] ^ 1]
        return path[::-1], end


def bounded_flow(
    graph: Graph, room: dict[tuple[Node, Node], Amount], sources: list[Node], targets: list[Node]
) -> tuple[Amount, dict[tuple[Node, Node], Amount], set[Node]]:
    """A maximum flow: amount, positive flows and source side of a minimum cut; capacities may be infinite.

    Raises:
        BadArgument: no source, no target, a node that is both, or a flow without limit.
    """
    if not sources or not targets or set(sources) & set(targets):
        raise BadArgument("a flow needs at least one source and one target, and no node may be both")
    limited, big = finite(room)
    amount, carried, side = flow_and_cut(graph.nodes, limited, graph.directed, sources, targets)
    if amount >= big:
        raise BadArgument("the flow is unbounded: a path from source to target has infinite capacity on every edge")
    return amount, carried, side


def flow_and_cut(
    nodes: list[Node],
    room: Mapping[tuple[Node, Node], Amount],
    directed: bool,
    sources: Iterable[Node],
    targets: Iterable[Node],
) -> tuple[Amount, dict[tuple[Node, Node], Amount], set[Node]]:
    """Amount, positive flows and source side of a minimum cut."""
    at = {node: i for i, node in enumerate(nodes)}
    n = len(nodes)
    net = Network(n + 2)
    arcs = {(u, v): net.add(at[u], at[v], c, 0 if directed else c) for (u, v), c in room.items()}
    endless = 1 + 2 * sum(room.values())
    for node in sources:
        net.add(n, at[node], endless)
    for node in targets:
        net.add(at[node], n + 1, endless)
    amount = net.maximise(n, n + 1)
    level = net.levels(n)
    carried: dict[tuple[Node, Node], Amount] = {}
    for (u, v), arc in arcs.items():
        x = room[u, v] - net.room[arc]
        if x:
            carried[(u, v) if x > 0 else (v, u)] = abs(x)
    return amount, cancelled(carried) if directed else carried, {node for node in nodes if level[at[node]] >= 0}


def cancelled(carried: dict[tuple[Node, Node], Amount]) -> dict[tuple[Node, Node], Amount]:
    """Flows without opposite ones on the same two nodes."""
    found = {}
    for (u, v), x in carried.items():
        rest = x - min(x, carried.get((v, u), 0))
        if rest:
            found[u, v] = rest
    return found
