"""Steiner trees: the cheapest tree that joins given nodes."""

from __future__ import annotations

import math
from heapq import heapify, heappop, heappush

from graphs.errors import BadArgument, NotConnected
from graphs.graph import Graph, Node
from tools.answers import Edges
from tools.arcs import Costs, costs, require_undirected, walk_back
from tools.disjoint_sets import DisjointSets
from tools.paths import dijkstra
from tools.registry import Attribute, NodesArg, tool

WORK = 3_000_000  # steps of the exact algorithm: 3^terminals * nodes
Back = dict[tuple[int, Node], tuple[int, Node] | int | None]


@tool(
    phrases=("steiner tree", "cheapest tree connecting these nodes", "minimum tree joining terminals"),
    asks=(
        "What is the minimum Steiner tree for {nodes}?",
        "Connect {nodes} as cheaply as possible, using other nodes where it helps.",
        "Find the cheapest tree that joins {nodes}.",
        "Steiner tree of the terminals {nodes}?",
    ),
    needs="undirected",
)
def steiner_tree(graph: Graph, nodes: NodesArg, weight: Attribute | None = None) -> Edges:
    """Edges of least total weight that join all of `nodes`, through others where that is cheaper.

    Every edge counts 1 unless `weight` names an edge attribute, none of it below 0. NP-hard: Dreyfus & Wagner (1971),
    O(3^k n + 2^k (n + m) log n) for k nodes to join, as long as that is bearable (about 10); else the tree of Kou,
    Markowsky & Berman (1981), at most 2 - 2/k times too heavy (`exact=False`, bounds).

    Raises:
        WrongKind: the graph is directed.
        NodeNotFound: one of the nodes is not in the graph.
        BadArgument: no nodes are given.
        NotConnected: no path joins some two of them.
        MissingAttribute: `weight` names an attribute that some edge lacks.
        NegativeWeight: an edge weighs less than 0.
    """
    require_undirected(graph, "a Steiner tree")
    terminals = list(dict.fromkeys(graph.node(node) for node in nodes))
    if not terminals:
        raise BadArgument("name the nodes that the tree shall join")
    table = costs(graph, weight, "a Steiner tree")
    ahead = dijkstra(table, terminals[0])[0]
    lost = next((node for node in terminals if node not in ahead), None)
    if lost is not None:
        raise NotConnected(f"no path joins {str(terminals[0])[:60]!r} and {str(lost)[:60]!r}; leave one of them out")
    k = len(terminals)
    if 3**k * len(table) <= WORK:
        edges = _dreyfus_wagner(table, terminals)
        return Edges(edges, sum(table[u][v] for u, v in edges))
    edges, closure = _by_closure(table, terminals)
    total = sum(table[u][v] for u, v in edges)
    low = closure / (2 - 2 / k)
    notes = ("too many nodes to join for the exact algorithm: at most 2 - 2/k times too heavy",)
    return Edges(edges, total, exact=False, bounds=(low, total), notes=notes)


def _dreyfus_wagner(table: Costs, terminals: list[Node]) -> list[tuple[Node, Node]]:
    """For every set of terminals and node: the cheapest tree that joins them, merged at the node or led to it."""
    *rest, goal = terminals
    best: list[dict[Node, float]] = [{} for _ in range(1 << len(rest))]
    back: Back = {}
    for mask in range(1, len(best)):
        row: dict[Node, float] = {}
        if mask & mask - 1 == 0:
            node = rest[mask.bit_length() - 1]
            row[node] = 0
            back[mask, node] = None
        else:
            _merge(best, back, mask, row)
        best[mask] = _spread(table, back, mask, row)
    edges: dict[frozenset[Node], tuple[Node, Node]] = {}
    stack: list[tuple[int, Node]] = [(len(best) - 1, goal)] if rest else []
    while stack:
        mask, node = stack.pop()
        step = back[mask, node]
        if isinstance(step, int):
            stack += [(step, node), (mask ^ step, node)]
        elif step is not None:
            edges.setdefault(frozenset((node, step[1])), (step[1], node))
            stack.append(step)
    return _spanning(table, list(edges.values()), terminals)


def _merge(best: list[dict[Node, float]], back: Back, mask: int, row: dict[Node, float]) -> None:
    part = (mask - 1) & mask
    while part > mask ^ part:
        for node, cost in best[part].items():
            both = cost + best[mask ^ part].get(node, math.inf)
            if both < row.get(node, math.inf):
                row[node] = both
                back[mask, node] = part
        part = (part - 1) & mask


def _spread(table: Costs, back: Back, mask: int, row: dict[Node, float]) -> dict[Node, float]:
    place = {node: i for i, node in enumerate(table)}
    queue = [(cost, place[node], node) for node, cost in row.items()]
    heapify(queue)
    while queue:
        cost, _, u = heappop(queue)
        if cost > row[u]:
            continue
        for v, step in table[u].items():
            if cost + step < row.get(v, math.inf):
                row[v] = cost + step
                back[mask, v] = (mask, u)
                heappush(queue, (cost + step, place[v], v))
    return row


def _by_closure(table: Costs, terminals: list[Node]) -> tuple[list[tuple[Node, Node]], float]:
    """The tree of shortest paths along a minimum spanning tree of the distances, and what that spanning tree weighs."""
    searches = {t: dijkstra(table, t) for t in terminals}
    joined, weight = {terminals[0]}, 0.0
    edges: dict[frozenset[Node], tuple[Node, Node]] = {}
    while len(joined) < len(terminals):
        pairs = ((searches[s][0][t], s, t) for s in terminals if s in joined for t in terminals if t not in joined)
        cost, s, t = min(pairs, key=lambda item: item[0])
        weight += cost
        joined.add(t)
        path = walk_back(searches[s][1], t)
        for u, v in zip(path, path[1:]):
            edges.setdefault(frozenset((u, v)), (u, v))
    return _spanning(table, list(edges.values()), terminals), weight


def _spanning(table: Costs, edges: list[tuple[Node, Node]], terminals: list[Node]) -> list[tuple[Node, Node]]:
    """A cheapest spanning tree of the edges, without branches that end in other nodes."""
    sets = DisjointSets()
    kept = [(u, v) for u, v in sorted(edges, key=lambda edge: table[edge[0]][edge[1]]) if sets.union(u, v)]
    while True:
        ends = [node for edge in kept for node in edge]
        bare = {node for node in ends if ends.count(node) == 1 and node not in terminals}
        if not bare:
            return kept
        kept = [(u, v) for u, v in kept if u not in bare and v not in bare]
