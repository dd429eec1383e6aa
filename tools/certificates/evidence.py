"""What checkers share: adjacency read from the graph's own edges, reachability and label correction by hand."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graphs.graph import Graph, Node
from tools.certificates.agreement import TOLERANCE
from tools.certificates.base import require

Arcs = dict[Any, dict[Any, float]]


def arcs_of(
    graph: Graph,
    weight: str | None = None,
    *,
    undirected: bool = False,
    turned: bool = False,
    without_nodes: Iterable[Node] = (),
    without_edges: Iterable[tuple[Node, Node]] = (),
) -> Arcs:
    """node -> {successor: least cost}, from the edge list alone. turned: every arc the other way round."""
    gone, cut = set(without_nodes), set(without_edges)
    both = undirected or not graph.directed
    if both:
        cut |= {(v, u) for u, v in cut}
    table: Arcs = {node: {} for node in graph.nodes if node not in gone}
    for source, target, data in graph.nx.edges(data=True):
        cost = 1 if weight is None else data[weight]
        if (gone and (source in gone or target in gone)) or (cut and (source, target) in cut):
            continue
        u, v = (target, source) if turned else (source, target)
        if cost < table[u].get(v, math.inf):
            table[u][v] = cost
        if both and cost < table[v].get(u, math.inf):
            table[v][u] = cost
    return table


def reach(arcs: Mapping[Any, Iterable[Any]], source: Any) -> set[Any]:
    """Every node that a walk from `source` can end in."""
    seen, stack = {source}, [source]
    while stack:
        for v in arcs[stack.pop()]:
            if v not in seen:
                seen.add(v)
                stack.append(v)
    return seen


def parts_of(arcs: Mapping[Any, Iterable[Any]]) -> list[set[Any]]:
    """The connected parts of a symmetric adjacency."""
    found: list[set[Any]] = []
    seen: set[Any] = set()
    for node in arcs:
        if node not in seen:
            found.append(reach(arcs, node))
            seen |= found[-1]
    return found


def relaxed(arcs: Arcs, source: Any) -> dict[Any, float]:
    """Least costs from `source` by label correction (Bellman 1958); rejects when a cycle is negative."""
    label: dict[Any, float] = {source: 0}
    queue, waiting, rounds = deque([source]), {source}, dict.fromkeys(arcs, 0)
    while queue:
        u = queue.popleft()
        waiting.discard(u)
        rounds[u] += 1
        require(rounds[u] <= len(arcs) + 1, "a cycle of negative weight can be reached")
        for v, cost in arcs[u].items():
            reached = label[u] + cost
            if v not in label or reached < label[v] - _rounding(cost, label[u], label[v]):
                label[v] = reached
                if v not in waiting:
                    waiting.add(v)
                    queue.append(v)
    return label


def _rounding(*numbers: float) -> float:
    """What adding these may lose: nothing where all are whole."""
    return 0 if all(type(x) is int for x in numbers) else 1e-3 * TOLERANCE * sum(map(abs, numbers))


def walk_cost(arcs: Arcs, nodes: Sequence[Any]) -> float:
    """What the walk along `nodes` costs; rejects a step that is no edge."""
    require(all(node in arcs for node in nodes), "a listed node is not in the graph")
    require(all(v in arcs[u] for u, v in zip(nodes, nodes[1:])), "a step is not an edge")
    return sum(arcs[u][v] for u, v in zip(nodes, nodes[1:]))


def path_cost(arcs: Arcs, nodes: Sequence[Any], source: Any, target: Any) -> float:
    """What the path costs; rejects other ends, a node listed twice and a step that is no edge."""
    require(len(nodes) > 0 and nodes[0] == source and nodes[-1] == target, "the path has other ends")
    require(len(set(nodes)) == len(nodes), "the path visits a node twice")
    return walk_cost(arcs, nodes)


def cycle_cost(graph: Graph, arcs: Arcs, nodes: Sequence[Any]) -> float:
    """What the cycle costs (nodes in order, the first not repeated); rejects what is no cycle of the graph.

    One node is a self-loop; two nodes are a directed two-cycle or a pair of parallel edges.
    """
    require(len(nodes) > 0 and len(set(nodes)) == len(nodes), "the cycle is empty or visits a node twice")
    cost = walk_cost(arcs, [*nodes, nodes[0]])
    if len(nodes) == 2 and not graph.directed:
        ends = [e for e in graph.edges() if {e.source, e.target} == set(nodes)]
        require(len(ends) > 1, "two nodes joined by one edge are no cycle")
    return cost


def same_set(listed: Sequence[Any], expected: Iterable[Any], what: str) -> None:
    """Reject unless `listed` holds exactly the members of `expected`, each once."""
    wanted = set(expected)
    require(len(listed) == len(set(listed)), f"{what} are listed twice")
    require(set(listed) == wanted, f"{what} are not the ones in the graph")


def in_graph_order(graph: Graph, listed: Sequence[Any]) -> None:
    """Reject a list of nodes that is not in the order of the graph."""
    position = {node: i for i, node in enumerate(graph.nodes)}
    places = [position[node] for node in listed]
    require(places == sorted(places), "the nodes are not in the order of the graph")


def topological(arcs: Mapping[Any, Iterable[Any]]) -> list[Any] | None:
    """An order in which every arc points forward (Kahn 1962), or None when there is a cycle."""
    indegree = dict.fromkeys(arcs, 0)
    for row in arcs.values():
        for v in row:
            indegree[v] += 1
    order = [node for node, degree in indegree.items() if degree == 0]
    for u in order:
        for v in arcs[u]:
            indegree[v] -= 1
            if indegree[v] == 0:
                order.append(v)
    return order if len(order) == len(indegree) else None
