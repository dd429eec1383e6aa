"""Cuts of least capacity: between two nodes, of the whole graph, and between all pairs at once."""

from __future__ import annotations

import math
from collections.abc import Mapping

from graphs.errors import BadArgument, WrongKind
from graphs.graph import Graph, Node
from tools.answers import Edges, Number, PairValues
from tools.flows import flow_between
from tools.network_flow import Amount, capacities, flow_and_cut, pair_weights, plain
from tools.registry import Attribute, NodeArg, tool


@tool(
    phrases=("minimum cut", "min cut", "smallest cut separating", "cheapest edges to cut", "s-t cut"),
    asks=(
        "What is the minimum cut between {source} and {target}?",
        "Which edges of least total capacity separate {source} from {target}?",
        "Find a minimum s-t cut with source {source} and sink {target}.",
        "Give the min cut edges from {source} to {target}.",
    ),
)
def minimum_cut(graph: Graph, source: NodeArg, target: NodeArg, capacity: Attribute = "capacity") -> Edges:
    """Find edges of least total capacity whose removal leaves no way from `source` to `target`.

    `total` is their capacity; an edge with parallel copies stands once. witness: `source_side`, and a flow of the same
    amount, which proves that no cut is cheaper. O(n² m).

    Raises:
        NodeNotFound, MissingAttribute, BadArgument: as for `maximum_flow`.
    """
    found = flow_between(graph, [graph.node(source)], [graph.node(target)], capacity)
    edges = _crossing(graph, set(found.cut))
    return Edges(edges, found.amount, witness={"source_side": found.cut, "flow": found.flow})


@tool(
    phrases=("capacity of the minimum cut", "minimum cut value", "min cut size"),
    asks=(
        "What is the capacity of the minimum cut between {source} and {target}?",
        "How large is the minimum cut value separating {source} and {target}?",
        "Give the min cut value from {source} to {target}.",
        "Compute the capacity of a minimum cut with source {source} and sink {target}.",
    ),
)
def minimum_cut_capacity(graph: Graph, source: NodeArg, target: NodeArg, capacity: Attribute = "capacity") -> Number:
    """Compute the least total capacity of edges that separate `target` from `source`.

    witness: `source_side` of such a cut and a flow of the same amount. O(n² m).

    Raises:
        NodeNotFound, MissingAttribute, BadArgument: as for `maximum_flow`.
    """
    found = flow_between(graph, [graph.node(source)], [graph.node(target)], capacity)
    return Number(found.amount, witness={"source_side": found.cut, "flow": found.flow})


@tool(
    phrases=("global minimum cut", "minimum cut of the whole graph", "stoer wagner", "cheapest way to split the graph"),
    asks=(
        "What is the global minimum cut of the graph?",
        "Find the fewest edges whose removal splits the whole graph in two (global min cut).",
        "Run Stoer-Wagner on this graph.",
        "Compute the global min cut.",
        "Which cut of the whole graph is the cheapest?",
    ),
)
def global_minimum_cut(graph: Graph, weight: Attribute | None = None) -> Edges:
    """Find edges of least total weight whose removal disconnects the graph, over all ways to split it in two.

    Every edge counts 1 unless `weight` is named. witness: one side of the split. Stoer and Wagner (1997), O(n³).

    Raises:
        WrongKind: the graph is directed or has fewer than two nodes.
        MissingAttribute: an edge has no `weight`.
        NegativeWeight: a weight is below 0; the problem is then NP-hard (see `maximum_cut`).
    """
    if graph.directed or graph.num_nodes < 2:
        raise WrongKind("the global minimum cut needs an undirected graph with at least two nodes")
    found = pair_weights(graph, weight, "a weighted cut")
    both = {pair: amount for (u, v), amount in found.items() for pair in ((u, v), (v, u))}
    total, side = _stoer_wagner(graph.nodes, both)
    chosen = [node for node in graph if node in side]
    return Edges(_crossing(graph, side), plain(total), witness=chosen)


@tool(
    phrases=("gomory hu tree", "all pairs minimum cut", "cut tree", "minimum cut between all pairs"),
    asks=(
        "Compute the Gomory-Hu tree of the graph.",
        "What is the minimum cut between all pairs of nodes, as a cut tree?",
        "Build a cut tree of this network.",
        "gomory hu tree",
    ),
)
def gomory_hu_tree(graph: Graph, capacity: Attribute | None = None) -> PairValues:
    """Build a tree in which the least edge on the way between two nodes is the capacity of their minimum cut.

    Each edge also is such a cut: removing it splits the nodes into the cut's sides. Every edge counts 1 unless
    `capacity` is named. Gomory and Hu (1961) by Gusfield's method (1990): n - 1 maximum flows.

    Raises:
        WrongKind: the graph is directed.
        MissingAttribute: an edge has no `capacity`.
        BadArgument: a capacity is negative or infinite.
    """
    if graph.directed:
        raise WrongKind("a Gomory-Hu tree exists for undirected graphs only; use minimum_cut for one pair")
    room = _unit_or(graph, capacity)
    nodes = graph.nodes
    parent = dict.fromkeys(nodes, nodes[0]) if nodes else {}
    value: dict[Node, Amount] = {}
    for node in nodes[1:]:
        amount, _, side = flow_and_cut(nodes, room, False, [node], [parent[node]])
        value[node] = amount
        for other in nodes:
            if other != node and other in side and parent[other] == parent[node]:
                parent[other] = node
        up = parent[node]
        if parent[up] in side:
            parent[node], parent[up] = parent[up], node
            value[node], value[up] = value[up], amount
    return PairValues({(node, parent[node]): plain(value[node]) for node in nodes[1:]})


def _crossing(graph: Graph, side: set[Node]) -> list[tuple[Node, Node]]:
    found: dict[tuple[Node, Node], None] = {}
    for edge in graph.edges():
        u, v = edge.source, edge.target
        if u in side and v not in side:
            found[u, v] = None
        elif not graph.directed and v in side and u not in side:
            found[v, u] = None
    return list(found)


def _unit_or(graph: Graph, capacity: str | None) -> dict[tuple[Node, Node], Amount]:
    if capacity is not None:
        found = capacities(graph, capacity, "a cut tree")
        if math.inf in found.values():
            raise BadArgument("a cut tree needs finite capacities; use a large number")
        return found
    room: dict[tuple[Node, Node], Amount] = {}
    for edge in graph.edges():
        pair = (edge.target, edge.source) if (edge.target, edge.source) in room else (edge.source, edge.target)
        if edge.source != edge.target:
            room[pair] = room.get(pair, 0) + 1
    return room


def _stoer_wagner(nodes: list[Node], weights: Mapping[tuple[Node, Node], Amount]) -> tuple[Amount, set[Node]]:
    rows: dict[Node, dict[Node, Amount]] = {node: {} for node in nodes}
    for (u, v), amount in weights.items():
        rows[u][v] = amount
    merged = {node: {node} for node in nodes}
    best: Amount = math.inf
    side: set[Node] = set()
    while len(rows) > 1:
        pull = dict.fromkeys(rows, 0)
        before = last = next(iter(rows))
        final: Amount = 0
        while pull:
            before, last = last, max(pull, key=pull.__getitem__)
            final = pull.pop(last)
            for v, amount in rows[last].items():
                if v in pull:
                    pull[v] += amount
        if final < best:
            best, side = final, set(merged[last])
        merged[before] |= merged.pop(last)
        for v, amount in rows.pop(last).items():
            del rows[v][last]
            if v != before:
                rows[before][v] = rows[v][before] = rows[before].get(v, 0) + amount
    return best, side
