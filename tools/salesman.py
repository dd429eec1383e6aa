"""Cheapest tours over all nodes: dynamic programming for few nodes, integer programming for more."""

from __future__ import annotations

import math

from graphs.graph import Node
from tools.arcs import Costs, parts
from tools.clock import Clock

SUBSET_NODES = 11


def tour_bound(table: Costs, *, directed: bool) -> float:
    """What every tour costs at least: each node's cheapest arc out, or half of its two cheapest edges."""
    rows = [sorted(c for v, c in row.items() if v != u) for u, row in table.items()]
    return sum(row[0] for row in rows) if directed else sum(sum(row[:2]) for row in rows) / 2


def cheapest_tour(table: Costs, clock: Clock, *, directed: bool) -> tuple[list[Node], bool]:
    """The best tour found (empty: none) and whether the search was finished."""
    if len(table) <= SUBSET_NODES:
        return _by_subsets(table), True
    return _by_cuts(table, clock, directed=directed)


def _by_subsets(table: Costs) -> list[Node]:
    """Held & Karp (1962): the cheapest path from the first node over every set to every end."""
    nodes = list(table)
    place = {node: i for i, node in enumerate(nodes)}
    arcs = [[(place[v], c) for v, c in table[u].items() if v != u] for u in nodes]
    everything = (1 << len(nodes)) - 1
    best: dict[tuple[int, int], tuple[float, int]] = {(1, 0): (0, -1)}
    layer = [(1, 0)]
    for _ in nodes[1:]:
        longer: dict[tuple[int, int], None] = {}
        for mask, u in layer:
            for v, cost in arcs[u]:
                if mask >> v & 1:
                    continue
                key, length = (mask | 1 << v, v), best[mask, u][0] + cost
                longer[key] = None
                if length < best.get(key, (math.inf, 0))[0]:
                    best[key] = (length, u)
        layer = list(longer)
    ends = [(best[everything, u][0] + table[nodes[u]][nodes[0]], u) for _, u in layer if nodes[0] in table[nodes[u]]]
    if not ends:
        return []
    tour, mask, u = [], everything, min(ends)[1]
    while u >= 0:
        tour.append(nodes[u])
        mask, u = mask & ~(1 << u), best[mask, u][1]
    return tour[::-1]


def _by_cuts(table: Costs, clock: Clock, *, directed: bool) -> tuple[list[Node], bool]:
    """Integer programs over arcs, with a cut for every subtour that the last one had."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    place = {node: i for i, node in enumerate(table)}
    arcs = [(u, v) for u, row in table.items() for v in row if u != v and (directed or place[u] < place[v])]
    if not arcs:
        return [], True
    rows, degree = _degree_rows(arcs, place, directed=directed)
    cuts: list[set[Node]] = []
    while True:
        if clock.over:
            return [], False
        inner = [[k for k, (u, v) in enumerate(arcs) if u in cut and v in cut] for cut in cuts]
        terms = [*rows, *inner]
        at = [(i, k) for i, row in enumerate(terms) for k in row]
        matrix = csr_array((np.ones(len(at)), ([i for i, _ in at], [k for _, k in at])), shape=(len(terms), len(arcs)))
        low = np.array([degree] * len(rows) + [0] * len(cuts))
        high = np.array([degree] * len(rows) + [len(cut) - 1 for cut in cuts])
        found = milp(
            np.array([table[u][v] for u, v in arcs], dtype=float),
            constraints=LinearConstraint(matrix, low, high),
            integrality=np.ones(len(arcs)),
            bounds=Bounds(0, 1),
            options={"time_limit": clock.left, "mip_rel_gap": 0.0},
        )
        if found.status == 2:
            return [], True
        if found.status != 0 or found.x is None:
            return [], False
        chosen = [arc for arc, x in zip(arcs, found.x) if x > 0.5]
        pieces = _subtours(table, chosen)
        if len(pieces) == 1:
            return _in_turn(chosen, next(iter(table)), directed=directed), True
        cuts += [set(piece) for piece in pieces]


def _degree_rows(
    arcs: list[tuple[Node, Node]], place: dict[Node, int], *, directed: bool
) -> tuple[list[list[int]], int]:
    """The arcs at each node, whose number is fixed: two edges, or one arc out and one in."""
    out: list[list[int]] = [[] for _ in place]
    into: list[list[int]] = [[] for _ in place]
    for k, (u, v) in enumerate(arcs):
        out[place[u]].append(k)
        into[place[v]].append(k)
    return ([*out, *into], 1) if directed else ([a + b for a, b in zip(out, into)], 2)


def _subtours(table: Costs, chosen: list[tuple[Node, Node]]) -> list[list[Node]]:
    links: dict[Node, list[Node]] = {node: [] for node in table}
    for u, v in chosen:
        links[u].append(v)
        links[v].append(u)
    return parts(links)


def _in_turn(chosen: list[tuple[Node, Node]], start: Node, *, directed: bool) -> list[Node]:
    links: dict[Node, list[Node]] = {}
    for u, v in chosen:
        links.setdefault(u, []).append(v)
        if not directed:
            links.setdefault(v, []).append(u)
    tour = [start]
    while len(tour) < len(chosen):
        tour.append(next(v for v in links[tour[-1]] if v not in tour))
    return tour


def shortened(table: Costs, tour: list[Node], clock: Clock) -> list[Node]:
    """The tour of an undirected graph with crossings undone while that helps (2-opt, Croes 1958)."""
    best, better = tour[:], True
    while better and not clock.over:
        better = False
        for i in range(len(best) - 1):
            for j in range(i + 2, len(best) - (i == 0)):
                a, b, c, d = best[i], best[i + 1], best[j], best[(j + 1) % len(best)]
                if c in table[a] and d in table[b] and table[a][c] + table[b][d] < table[a][b] + table[c][d] - 1e-12:
                    best[i + 1 : j + 1] = best[i + 1 : j + 1][::-1]
                    better = True
    return best
