"""Feedback sets and maximum cuts: what meets every cycle, and what leaves only even ones."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any

from graphs.errors import WrongKind
from graphs.graph import Graph, Node
from tools.adjacency import two_colouring
from tools.answers import Edges, Nodes
from tools.best_sets import Around, by_index, fewest_nodes, low_bound, missed_rows, neighbour_sets
from tools.clock import Clock
from tools.exact_search import least_hitting_set
from tools.network_flow import Amount, pair_weights, plain
from tools.registry import Attribute, tool


@tool(
    phrases=("minimum feedback vertex set", "fewest nodes whose removal breaks all cycles", "decycling number"),
    asks=(
        "Find a minimum feedback vertex set.",
        "What is the smallest set of nodes whose removal leaves no cycle?",
        "How many nodes must be removed to make the graph acyclic?",
        "Which fewest nodes break all cycles?",
    ),
)
@by_index
def minimum_feedback_vertex_set(graph: Graph, time_limit: float = 10.0) -> Nodes:
    """Find the fewest nodes that every cycle (directed cycle when directed) passes. NP-hard.

    Loops are cycles, and so are two parallel edges of an undirected multigraph. witness: cycles as `sets` with values
    that load no node with more than 1. Implicit hitting sets by integer programming.
    """
    forced = _short_cycles(graph)

    def unhit(chosen: set[Node]) -> list[list[Node]]:
        missed = missed_rows(forced, chosen)
        return missed or list(_disjoint_cycles(graph, chosen))

    return fewest_nodes(graph, least_hitting_set(graph.nodes, dict.fromkeys(graph, 1), unhit, time_limit))


@tool(
    phrases=("minimum feedback arc set", "fewest arcs whose removal makes it acyclic", "edges to remove to get a dag"),
    asks=(
        "Find a minimum feedback arc set.",
        "What is the smallest set of arcs whose removal leaves no directed cycle?",
        "How many arcs must be removed to get a DAG?",
        "Which fewest directed edges break all cycles?",
    ),
)
@by_index
def minimum_feedback_arc_set(graph: Graph, time_limit: float = 10.0) -> Edges:
    """Find the fewest arcs that every directed cycle uses. NP-hard; parallel arcs count each.

    witness: directed cycles as `sets` of arcs with values that load no arc with more than its count. Implicit hitting
    sets by integer programming. `total` is the number of arcs.

    Raises:
        WrongKind: the graph is undirected.
    """
    if not graph.directed:
        raise WrongKind("a feedback arc set needs directed edges; in an undirected graph remove all but a forest")
    worth: dict[tuple[Node, Node], int] = {}
    for edge in graph.edges():
        worth[edge.source, edge.target] = worth.get((edge.source, edge.target), 0) + 1

    def unhit(chosen: set[Any]) -> list[list[Any]]:
        return list(_disjoint_arc_cycles(graph, chosen))

    chosen, sure, shares = least_hitting_set(list(worth), worth, unhit, time_limit)
    picked = set(chosen)
    total = sum(worth[arc] for arc in picked)
    bounds = None if sure else (min(total, low_bound(shares, worth)), total)
    shown = {"sets": [{"arcs": [list(arc) for arc in row], "value": plain(x)} for row, x in shares]}
    return Edges([arc for arc in worth if arc in picked], total, witness=shown, exact=sure, bounds=bounds)


@tool(
    phrases=("maximum cut", "max cut", "split nodes so that most edges cross", "largest cut"),
    asks=(
        "Find a maximum cut of the graph.",
        "Split the nodes into two groups so that as many edges as possible run between them.",
        "What is the max cut?",
        "Which division in two cuts the most edge weight?",
    ),
)
@by_index
def maximum_cut(graph: Graph, weight: Attribute | None = None, time_limit: float = 10.0) -> Edges:
    """Split the nodes in two so that the edges between the parts weigh most. NP-hard (Karp 1972).

    Every edge counts 1 unless `weight` is named. witness: the `side` of one part, and odd cycles as `sets` of edges
    with values: each odd cycle keeps an edge out of every cut. Implicit hitting sets by integer programming. A cut edge
    with parallel copies stands once in `edges`.

    Raises:
        MissingAttribute: an edge has no `weight`.
        NegativeWeight: a weight is below 0.
    """
    worth = pair_weights(graph, weight, "a maximum cut")
    around = {node: set[Node]() for node in graph}
    for u, v in worth:
        around[u].add(v)
        around[v].add(u)
    deadline = Clock(time_limit)

    def unhit(chosen: set[Any]) -> list[list[Any]]:
        return list(_disjoint_odd_cycles(around, worth, chosen))

    dropped, sure, shares = least_hitting_set(list(worth), worth, unhit, deadline.left)
    gone = set(dropped)
    kept = {u: [v for v in near if (u, v) not in gone and (v, u) not in gone] for u, near in around.items()}
    colour, _ = two_colouring(kept)
    side = _improved(around, worth, {node for node in graph if colour[node] == 0})
    edges = [(u, v) if u in side else (v, u) for u, v in worth if (u in side) != (v in side)]
    total = sum(w for (u, v), w in worth.items() if (u in side) != (v in side))
    high = sum(worth.values()) - low_bound(shares, worth)
    shown = {
        "side": [node for node in graph if node in side],
        "sets": [{"edges": [list(edge) for edge in row], "value": plain(x)} for row, x in shares],
    }
    bounds = None if sure else (plain(total), plain(max(total, high)))
    return Edges(edges, plain(total), witness=shown, exact=sure, bounds=bounds)


def _short_cycles(graph: Graph) -> list[list[Node]]:
    """Loops, and pairs joined by parallel edges (undirected)."""
    seen: set[frozenset[Node]] = set()
    found: dict[frozenset[Node], list[Node]] = {}
    for edge in graph.edges():
        ends = frozenset((edge.source, edge.target))
        if len(ends) == 1 or (ends in seen and not graph.directed):
            found[ends] = list(ends)
        seen.add(ends)
    return list(found.values())


def _disjoint_cycles(graph: Graph, removed: set[Node]) -> Iterator[list[Node]]:
    """Short cycles of the rest that share no node, until none is left."""
    out = neighbour_sets(graph) if not graph.directed else _successors(graph)
    left = {node: near - removed for node, near in out.items() if node not in removed}
    while (cycle := _short_cycle(left, graph.directed)) is not None:
        yield cycle
        gone = set(cycle)
        left = {node: near - gone for node, near in left.items() if node not in gone}


def _successors(graph: Graph) -> Around:
    out: Around = {node: set() for node in graph}
    for edge in graph.edges():
        out[edge.source].add(edge.target)
    return out


def _short_cycle(out: Around, directed: bool) -> list[Node] | None:
    """A short cycle: of length at least 3 when undirected; None when there is none."""
    best: list[Node] | None = None
    for start in _cyclic(out, directed):
        parent: dict[Node, Node] = {start: start}
        queue = deque([start])
        closing: tuple[Node, Node] | None = None
        while queue and closing is None:
            u = queue.popleft()
            for v in out[u]:
                if directed and v == start:
                    closing = u, start
                    break
                if v not in parent:
                    parent[v] = u
                    queue.append(v)
                elif not directed and parent[u] != v:
                    closing = u, v
                    break
        if closing is not None:
            cycle = _joined(parent, *closing)
            if best is None or len(cycle) < len(best):
                best = cycle
            if len(best) <= 3:
                break
    return best


def _cyclic(out: Around, directed: bool) -> list[Node]:
    """Nodes that stay when nodes on no cycle (of too small degree) are stripped again and again."""
    left = dict(out)
    while True:
        into: dict[Node, int] = dict.fromkeys(left, 0)
        for near in left.values():
            for v in near:
                into[v] += 1
        gone = {v for v in left if (not into[v] or not left[v] if directed else len(left[v]) < 2)}
        if not gone:
            return list(left)
        left = {v: near - gone for v, near in left.items() if v not in gone}


def _joined(parent: dict[Node, Node], u: Node, v: Node) -> list[Node]:
    up = [u]
    while parent[up[-1]] != up[-1]:
        up.append(parent[up[-1]])
    place = {node: i for i, node in enumerate(up)}
    down = [v]
    while down[-1] not in place:
        down.append(parent[down[-1]])
    return up[: place[down[-1]] + 1][::-1] + down[:-1]


def _disjoint_arc_cycles(graph: Graph, removed: set[Any]) -> Iterator[list[Any]]:
    left = {u: {v for v in near if (u, v) not in removed} for u, near in _successors(graph).items()}
    while (cycle := _short_cycle(left, True)) is not None:
        arcs = list(zip(cycle, [*cycle[1:], cycle[0]]))
        yield arcs
        for u, v in arcs:
            left[u].discard(v)


def _disjoint_odd_cycles(around: Around, worth: Mapping[Any, Any], removed: set[Any]) -> Iterator[list[Any]]:
    left = {u: [v for v in near if (u, v) not in removed and (v, u) not in removed] for u, near in around.items()}
    while True:
        _, cycle = two_colouring(left)
        if not cycle:
            return
        steps = list(zip(cycle, [*cycle[1:], cycle[0]]))
        yield [(u, v) if (u, v) in worth else (v, u) for u, v in steps]
        for u, v in steps:
            left[u].remove(v)
            left[v].remove(u)


def _improved(around: Around, worth: Mapping[Any, Amount], side: set[Node]) -> set[Node]:
    """Move single nodes across while that makes the cut heavier."""
    moved = True
    while moved:
        moved = False
        for node, near in around.items():
            gain = sum(
                worth.get((node, v), worth.get((v, node), 0)) * (1 if (v in side) == (node in side) else -1)
                for v in near
            )
            if gain > 0:
                side ^= {node}
                moved = True
    return side
