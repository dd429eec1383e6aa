"""Adjacency with costs, and the small searches that most families need."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from graphs.errors import BadArgument, MissingAttribute, NegativeWeight, NotConnected, WrongKind
from graphs.graph import Graph, Node

Costs = dict[Node, dict[Node, float]]
Arcs = Mapping[Node, Iterable[Node]]


def number_at(data: Mapping[str, Any], name: str, what_for: str) -> float:
    """The number that an edge or node carries under `name`.

    Raises:
        MissingAttribute: it carries none.
        BadArgument: it is not a finite number.
    """
    value = data.get(name)
    if value is None:
        raise MissingAttribute(name, what_for, one=True)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value != value or abs(value) == math.inf:
        raise BadArgument(f"{what_for} needs numbers in {name!r}, and one is {str(value)[:60]!r}; correct it")
    return value


def require_weight(graph: Graph, weight: str, what_for: str) -> None:
    """Raise MissingAttribute unless at least one edge carries `weight`, or there are no edges to carry it."""
    if graph.num_edges and not graph.has_edge_attribute(weight):
        raise MissingAttribute(weight, what_for)


def costs(
    graph: Graph, weight: str | None, what_for: str, *, negative: bool = False, undirected: bool = False
) -> Costs:
    """node -> {successor: least cost of an edge to it}; every edge costs 1 when `weight` is None.

    undirected: read each edge both ways. O(n + m).

    Raises:
        MissingAttribute: an edge has no `weight`.
        BadArgument: a weight is not a finite number.
        NegativeWeight: a weight is below 0 and `negative` is False.
    """
    both = undirected or not graph.directed
    if weight is None and (not graph.directed or not undirected):
        return {u: dict.fromkeys(nbrs, 1) for u, nbrs in graph.nx.adjacency()}
    table: Costs = {node: {} for node in graph.nx}
    for u, v, data in graph.nx.edges(data=True):
        cost = 1 if weight is None else number_at(data, weight, what_for)
        if cost < 0 and not negative:
            raise NegativeWeight(f"an edge has negative {weight} {cost}; {what_for} needs weights of at least 0")
        row = table[u]
        if cost < row.get(v, math.inf):
            row[v] = cost
        if both and cost < table[v].get(u, math.inf):
            table[v][u] = cost
    return table


def reversed_costs(table: Costs) -> Costs:
    """The same costs with every arc turned round."""
    turned: Costs = {node: {} for node in table}
    for u, row in table.items():
        for v, cost in row.items():
            turned[v][u] = cost
    return turned


def search(arcs: Arcs, source: Node) -> dict[Node, Node | None]:
    """Breadth-first: every node that can be reached, in order of visit, with the node it was found from."""
    parents: dict[Node, Node | None] = {source: None}
    queue = deque([source])
    while queue:
        u = queue.popleft()
        for v in arcs[u]:
            if v not in parents:
                parents[v] = u
                queue.append(v)
    return parents


def walk_back(parents: Mapping[Node, Node | None], target: Node) -> list[Node]:
    """The path that `parents` give from their root to `target`."""
    path = [target]
    while (parent := parents[path[-1]]) is not None:
        path.append(parent)
    return path[::-1]


def undirected_arcs(graph: Graph, *, loops: bool = False) -> dict[Node, dict[Node, None]]:
    """node -> its neighbours along edges of either direction, parallel edges once, in the order of the edges."""
    table: dict[Node, dict[Node, None]] = {node: {} for node in graph.nx}
    for u, v in graph.nx.edges():
        if u != v or loops:
            table[u][v] = None
            table[v][u] = None
    return table


def parts(arcs: Arcs) -> list[list[Node]]:
    """The connected parts of a symmetric adjacency, largest first, ties and members in the graph's order."""
    seen: dict[Node, int] = {}
    found: list[list[Node]] = []
    for node in arcs:
        if node not in seen:
            for member in search(arcs, node):
                seen[member] = len(found)
            found.append([])
    for node in arcs:
        found[seen[node]].append(node)
    return sorted(found, key=len, reverse=True)


def require_categories(values: Iterable[Any], attribute: str) -> None:
    """Raise BadArgument when a value is no single one (a list, an object), so that it cannot name a group."""
    odd = next((x for x in values if not isinstance(x, Hashable)), None)
    if odd is not None:
        raise BadArgument(f"{attribute} is {str(odd)[:40]} on a node, which is no single value; name another attribute")


def require_nodes(graph: Graph, what: str) -> None:
    """Raise WrongKind on the graph without nodes."""
    if graph.num_nodes == 0:
        raise WrongKind(f"{what} is not defined on a graph without nodes; add a node first")


def require_directed(graph: Graph, what: str) -> None:
    if not graph.directed:
        raise WrongKind(f"{what} is defined on directed graphs, and this one is undirected; give its edges a direction")


def require_undirected(graph: Graph, what: str) -> None:
    if graph.directed:
        raise WrongKind(f"{what} is defined on undirected graphs, and this one is directed; drop the directions first")


def require_connected(graph: Graph, what: str) -> None:
    """Raise NotConnected unless every node reaches every other; the message names the largest part."""
    require_nodes(graph, what)
    first = next(iter(graph.nx))
    rows = dict(graph.nx.adjacency())
    whole = len(search(rows, first)) == graph.num_nodes
    if whole and graph.directed:
        whole = len(search({node: list(graph.nx.predecessors(node)) for node in graph.nx}, first)) == graph.num_nodes
    if whole:
        return
    if graph.directed:
        raise NotConnected(
            f"{what} needs every node to reach every other, and this directed graph is not strongly connected; "
            "ask about its largest strongly connected component"
        )
    found = parts(rows)
    raise NotConnected(
        f"{what} needs a connected graph, and this one has {len(found)} components, the largest with "
        f"{len(found[0])} of {graph.num_nodes} nodes; ask about the largest connected component"
    )
