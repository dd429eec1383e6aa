"""Matchings and assignments of greatest or least weight."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import networkx as nx

from graphs.errors import BadArgument
from graphs.graph import Graph, Node
from tools.answers import Matching
from tools.matching_search import dual_weights, hungarian
from tools.matching_sides import colour_classes, matching_and_barrier, two_sides
from tools.network_flow import Amount, exact, pair_weights, plain
from tools.registry import Attribute, NodesArg, tool


@tool(
    phrases=("maximum weight matching", "heaviest matching", "best weighted pairing", "max weight matching"),
    asks=(
        "Find a maximum weight matching of the graph.",
        "What is the heaviest matching?",
        "Which disjoint edges have the greatest total weight?",
        "Compute the max weight matching.",
    ),
)
def maximum_weight_matching(graph: Graph, weight: Attribute = "weight") -> Matching:
    """Find a matching of greatest total weight, not necessarily one with the most edges.

    witness: `labels` of the nodes and `odd_sets` (nodes, value) that prove it by linear programming duality
    (Edmonds 1965); exact numbers when the graph is bipartite. Edmonds' blossoms (Galil 1986), O(n³).

    Raises:
        MissingAttribute: an edge has no `weight`.
        BadArgument: a weight is not a finite number.
    """
    worth = pair_weights(graph, weight, "a weighted matching", max, negative=True)
    colouring = colour_classes(graph)
    if colouring is not None:
        mate, labels = _heaviest_bipartite(colouring, worth)
        return _weighted(graph, mate.items(), worth, {"labels": labels, "odd_sets": []})
    body = nx.Graph()
    body.add_nodes_from(graph)
    body.add_weighted_edges_from((u, v, plain(w)) for (u, v), w in worth.items())
    return _weighted(graph, nx.max_weight_matching(body), worth, _duals(graph, worth, perfect=False))


@tool(
    phrases=("minimum weight perfect matching", "cheapest perfect matching", "least cost pairing of all nodes"),
    asks=(
        "Find a minimum weight perfect matching.",
        "What is the cheapest way to pair up all nodes?",
        "Compute the perfect matching of least total weight.",
        "min weight perfect matching",
    ),
)
def minimum_weight_perfect_matching(graph: Graph, weight: Attribute = "weight") -> Matching:
    """Find a perfect matching of least total weight; none is `total` None with the `barrier` that forbids it.

    witness: `labels` and `odd_sets` that prove it by linear programming duality (Edmonds 1965). O(n³).

    Raises:
        MissingAttribute: an edge has no `weight`.
        BadArgument: a weight is not a finite number.
    """
    worth = pair_weights(graph, weight, "a weighted matching", min, negative=True)
    pairs, barrier = matching_and_barrier(graph)
    if 2 * len(pairs) < graph.num_nodes:
        return Matching([], witness={"barrier": barrier})
    colouring = colour_classes(graph)
    if colouring is not None and len(colouring[0]) == len(colouring[1]):
        chosen, potentials = _assign(colouring, worth)
        return _weighted(graph, chosen, worth, {"labels": potentials, "odd_sets": []})
    body = nx.Graph()
    body.add_nodes_from(graph)
    top = max(worth.values(), default=0) + 1
    body.add_weighted_edges_from((u, v, plain(top - w)) for (u, v), w in worth.items())
    best = nx.max_weight_matching(body, maxcardinality=True)
    return _weighted(graph, best, worth, _duals(graph, worth, perfect=True))


@tool(
    phrases=("assignment problem", "cheapest assignment", "optimal assignment", "hungarian method", "assign workers"),
    asks=(
        "Solve the assignment problem on this bipartite graph.",
        "What is the cheapest assignment of workers to tasks?",
        "Run the Hungarian method.",
        "Assign each of {left} to a different partner at least total cost.",
        "Find the optimal assignment.",
    ),
)
def optimal_assignment(
    graph: Graph, weight: Attribute = "weight", left: NodesArg | None = None, maximize: bool = False
) -> Matching:
    """Match every node of the smaller side at the least (or greatest) total weight.

    witness: `potentials` p with p(u) + p(v) <= weight on every edge (>= when maximizing) that add up to the total.
    Kuhn (1955), O(n³).

    Raises:
        MissingAttribute: an edge has no `weight`.
        WrongKind: the graph is not bipartite between these sides.
        BadArgument: the smaller side cannot be matched completely (see `can_match_all`).
    """
    sides = two_sides(graph, left)
    small, large = sorted(sides, key=len)
    sign = -1 if maximize else 1
    best = max if maximize else min
    found = pair_weights(graph, weight, "a weighted matching", best, negative=True)
    worth = {pair: sign * w for pair, w in found.items()}
    chosen, potentials = _assign((small, large), worth)
    first = set(sides[0])
    turned = [(u, v) if u in first else (v, u) for u, v in chosen]
    shown = {node: plain(sign * exact(p, weight)) for node, p in potentials.items()}
    answer = _weighted(graph, turned, found, {"potentials": shown})
    return replace(answer, pairs=sorted(turned, key=lambda pair: sides[0].index(pair[0])))


def _weighted(graph: Graph, pairs: Iterable[Any], worth: dict[tuple[Node, Node], Amount], witness: Any) -> Matching:
    at = {node: i for i, node in enumerate(graph)}
    chosen = sorted((tuple(sorted(pair, key=at.__getitem__)) for pair in pairs), key=lambda pair: at[pair[0]])
    total = sum(worth[(u, v) if (u, v) in worth else (v, u)] for u, v in chosen)
    return Matching([(u, v) for u, v in chosen], total=plain(total), witness=witness)


def _heaviest_bipartite(
    sides: tuple[list[Node], list[Node]], worth: dict[tuple[Node, Node], Amount]
) -> tuple[dict[Node, Node], dict[Node, float]]:
    """A heaviest matching and exact labels: an assignment in which each left node may stay alone at no cost."""
    left, right = sides
    rows: list[list[Amount]] = [[1] * len(right) + [0] * (len(left) + 1) for _ in left]
    at = {**{u: i for i, u in enumerate(left)}, **{v: j for j, v in enumerate(right)}}
    first = set(left)
    for (u, v), w in worth.items():
        i, j = (at[u], at[v]) if u in first else (at[v], at[u])
        rows[i][j] = -w
    assigned, up, down = hungarian(rows)
    mate = {u: right[j] for u, j in zip(left, assigned) if j < len(right)}
    labels = {u: plain(-x) for u, x in zip(left, up)} | {v: plain(-x) for v, x in zip(right, down)}
    return mate, labels


def _assign(
    sides: tuple[list[Node], list[Node]], worth: dict[tuple[Node, Node], Amount]
) -> tuple[list[tuple[Node, Node]], dict[Node, float]]:
    small, large = sides
    big = 1 + 2 * (len(small) + 1) * max((abs(w) for w in worth.values()), default=0)
    at = {**{u: i for i, u in enumerate(small)}, **{v: j for j, v in enumerate(large)}}
    first = set(small)
    rows: list[list[Amount]] = [[big] * len(large) for _ in small]
    for (u, v), w in worth.items():
        i, j = (at[u], at[v]) if u in first else (at[v], at[u])
        rows[i][j] = w
    assigned, up, down = hungarian(rows)
    for i, j in enumerate(assigned):
        if rows[i][j] == big:
            raise BadArgument("the smaller side cannot be matched completely; can_match_all shows why")
    potentials: dict[Node, float] = dict.fromkeys([*small, *large], 0)
    potentials |= {u: plain(x) for u, x in zip(small, up)} | {v: plain(x) for v, x in zip(large, down)}
    return [(small[i], large[j]) for i, j in enumerate(assigned)], potentials


def _duals(graph: Graph, worth: dict[tuple[Node, Node], Amount], *, perfect: bool) -> dict[str, Any] | None:
    nodes = graph.nodes
    at = {node: i for i, node in enumerate(nodes)}
    edges = {(at[u], at[v]): float(w) for (u, v), w in worth.items()}
    found = dual_weights(len(nodes), edges, perfect=perfect)
    if found is None:
        return None
    sets = [{"nodes": [nodes[i] for i in odd], "value": z} for odd, z in found[1]]
    return {"labels": dict(zip(nodes, found[0])), "odd_sets": sets}
