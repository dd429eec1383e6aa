"""Cheapest arborescences with their dual prices."""

from __future__ import annotations

import networkx as nx

from graphs.graph import Node

Arc = tuple[Node, Node, float]
Found = tuple[list[tuple[Node, Node]], float, list[list[object]]]
OUTSIDE = ("outside",)  # a root beyond all nodes, when none is named


def cheapest_arborescence(nodes: list[Node], arcs: list[Arc], root: Node | None) -> Found | None:
    """Edges, total and prices [members, price] of a cheapest arborescence; None when there is none.

    Without a root, arcs from a root outside to every node are so dear that only one is used where one suffices (more
    than twice the sum of all weights' sizes), which the total leaves out. Prices rise on sets that no free arc enters
    until the root reaches all along free arcs; of these, the first to become free are taken (Frank 1979).
    """
    dear = 1 + 2 * sum(abs(w) for *_, w in arcs)
    if root is None:
        arcs = [*arcs, *((OUTSIDE, node, dear) for node in nodes)]
    start = OUTSIDE if root is None else root
    left: dict[tuple[Node, Node], float] = {}
    cost: dict[tuple[Node, Node], float] = {}
    for u, v, w in arcs:
        if u != v and v != start and w < cost.get((u, v), float("inf")):
            left[u, v] = cost[u, v] = w
    free: list[tuple[Node, Node]] = []
    prices: list[list[object]] = []
    waiting = [[node] for node in nodes if node != start]
    while waiting:
        for members in waiting:
            inside = set(members)
            entering = [arc for arc in left if arc[1] in inside and arc[0] not in inside]
            if not entering:
                return None
            price = min(left[arc] for arc in entering)
            prices.append([members, price])
            for arc in entering:
                left[arc] -= price
                if left[arc] <= 1e-12 * (1 + abs(cost[arc])) and arc not in free:
                    left[arc] = 0
                    free.append(arc)
        waiting = _closed_sets(nodes, free, start)
    edges = _first_free(free, start)
    if root is None and sum(arc[0] == OUTSIDE for arc in edges) > 1:
        return None
    total = sum(cost[arc] for arc in edges if arc[0] != OUTSIDE)
    return [arc for arc in edges if arc[0] != OUTSIDE], total, prices


def _closed_sets(nodes: list[Node], free: list[tuple[Node, Node]], start: Node) -> list[list[Node]]:
    """The strong components of the free arcs, other than the root's, that no free arc enters."""
    body = nx.DiGraph()
    body.add_nodes_from([start, *nodes])
    body.add_edges_from(free)
    place = {node: i for i, node in enumerate(nodes)}
    found = []
    for group in nx.strongly_connected_components(body):
        if start not in group and not any(v in group and u not in group for u, v in free):
            found.append(sorted(group, key=lambda node: place[node]))
    return sorted(found, key=lambda members: place[members[0]])


def _first_free(free: list[tuple[Node, Node]], start: Node) -> list[tuple[Node, Node]]:
    reached = {start}
    edges: list[tuple[Node, Node]] = []
    while True:
        arc = next(((u, v) for u, v in free if u in reached and v not in reached), None)
        if arc is None:
            return edges
        edges.append(arc)
        reached.add(arc[1])
