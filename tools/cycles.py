"""Cycles: whether, which, shortest, girth, basis, negative ones."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

from graphs.errors import BadArgument, NegativeCycle
from graphs.graph import Graph, Node
from tools.answers import Cycle, Number, Sequences, Truth
from tools.arcs import Costs, costs, parts, require_undirected, require_weight, search, undirected_arcs, walk_back
from tools.paths import bellman_ford, dijkstra
from tools.registry import Attribute, NodeArg, NodesArg, tool


def any_cycle(graph: Graph) -> list[Node]:
    """Some cycle (a self-loop and a pair of parallel edges are cycles), or nothing. O(n + m)."""
    return _directed_cycle(graph) if graph.directed else _undirected_cycle(graph)


def _directed_cycle(graph: Graph) -> list[Node]:
    arcs = dict(graph.nx.adjacency())
    done: set[Node] = set()
    for root in arcs:
        trail: dict[Node, Any] = {}
        stack = [root] if root not in done else []
        while stack:
            u = stack[-1]
            if u not in trail:
                trail[u] = iter(arcs[u])
            v = next((w for w in trail[u] if w not in done), None)
            if v is None:
                done.add(stack.pop())
                del trail[u]
            elif v in trail:
                return stack[stack.index(v) :]
            else:
                stack.append(v)
    return []


def _undirected_cycle(graph: Graph) -> list[Node]:
    seen: Counter[frozenset[Node]] = Counter()
    for u, v in graph.nx.edges():
        seen[frozenset((u, v))] += 1
        if u == v:
            return [u]
        if seen[frozenset((u, v))] > 1:
            return [u, v]
    arcs = undirected_arcs(graph)
    parents: dict[Node, Node | None] = {}
    for root in arcs:
        if root not in parents:
            parents |= search(arcs, root)
    for u, row in arcs.items():
        for v in row:
            if parents[u] != v and parents[v] != u:
                return _joined(walk_back(parents, u), walk_back(parents, v))
    return []


def _joined(one: list[Node], other: list[Node]) -> list[Node]:
    """The cycle of two paths from one root and the edge between their ends."""
    split = 0
    while split < min(len(one), len(other)) and one[split] == other[split]:
        split += 1
    return one[split - 1 :] + other[split:][::-1]


def order_of(graph: Graph) -> list[Node]:
    """A topological order of a directed graph; shorter than the graph when it has a cycle (Kahn 1962)."""
    waiting = {v: len(graph.nx.pred[v]) for v in graph.nx}
    order = [v for v, count in waiting.items() if count == 0]
    for u in order:
        for v in graph.nx.succ[u]:
            waiting[v] -= 1
            if waiting[v] == 0:
                order.append(v)
    return order


def _no_cycle(graph: Graph) -> Any:
    return {"order": order_of(graph)} if graph.directed else None


@tool(
    phrases=("has a cycle", "is there a cycle", "contains a cycle", "cyclic", "loop in the graph"),
    asks=(
        "Is there a cycle in this graph?",
        "Does the graph contain a cycle?",
        "Is the graph cyclic?",
        "Check whether the graph has any cycle.",
    ),
)
def has_cycle(graph: Graph) -> Truth:
    """Tell whether the graph has a cycle, along the directions where there are any. O(n + m).

    A self-loop is a cycle, and so is a pair of parallel edges. Witness of a yes: the cycle. Witness of a no: on a
    directed graph a topological order; an undirected graph is a forest, which its counts show.
    """
    cycle = any_cycle(graph)
    return Truth(bool(cycle), {"cycle": cycle} if cycle else _no_cycle(graph))


@tool(
    phrases=("acyclic", "is acyclic", "free of cycles", "no cycles"),
    asks=(
        "Is the graph acyclic?",
        "Is the graph free of cycles?",
        "Does the graph have no cycles?",
        "Check that the network is acyclic.",
    ),
)
def is_acyclic(graph: Graph) -> Truth:
    """Tell whether the graph has no cycle; witness as for `has_cycle`. O(n + m)."""
    cycle = any_cycle(graph)
    return Truth(not cycle, {"cycle": cycle} if cycle else _no_cycle(graph))


@tool(
    phrases=("find a cycle", "show a cycle", "give a cycle", "example of a cycle"),
    asks=(
        "Find a cycle in the graph.",
        "Show me a cycle.",
        "Which nodes form a cycle?",
        "Give an example of a cycle in this graph.",
    ),
)
def find_cycle(graph: Graph) -> Cycle:
    """Some cycle, as its nodes in order; empty when there is none, with the witness of `has_cycle`. O(n + m)."""
    cycle = any_cycle(graph)
    return Cycle(cycle, len(cycle) if cycle else None, None if cycle else _no_cycle(graph))


def _closing(graph: Graph, table: Costs, node: Node, weight: str | None) -> tuple[float, list[Node]]:
    """The cheapest cycle through `node`: an edge out of it and a shortest path back that does not use that edge."""
    best: tuple[float, list[Node]] = (math.inf, [])
    doubled = {} if graph.directed else _second_costs(graph, weight)
    for v, cost in table[node].items():
        if v == node:
            found = (cost, [node])
        elif not graph.directed and (second := doubled.get(frozenset((node, v)))) is not None:
            found = (cost + second, [node, v])
            best = min(best, found, key=lambda item: item[0])
            found = _back(table, node, v, cost, cut=True)
        else:
            found = _back(table, node, v, cost, cut=not graph.directed)
        best = min(best, found, key=lambda item: item[0])
    return best


def _back(table: Costs, node: Node, v: Node, cost: float, *, cut: bool) -> tuple[float, list[Node]]:
    rest = {**table, v: {w: c for w, c in table[v].items() if w != node}} if cut else table
    settled, parents = dijkstra(rest, v, node)
    if node not in settled:
        return math.inf, []
    return cost + settled[node], [node, *walk_back(parents, node)[:-1]]


def _second_costs(graph: Graph, weight: str | None) -> dict[frozenset[Node], float]:
    """For every pair that parallel edges join: what the second cheapest of them costs."""
    found: dict[frozenset[Node], list[float]] = {}
    for u, v, data in graph.nx.edges(data=True):
        found.setdefault(frozenset((u, v)), []).append(1 if weight is None else data[weight])
    return {pair: sorted(each)[1] for pair, each in found.items() if len(each) > 1 and len(pair) > 1}


@tool(
    phrases=("cycle through node", "cycle containing node", "node on a cycle", "round trip from node"),
    asks=(
        "Is {node} on a cycle?",
        "Find a cycle through {node}.",
        "What is the shortest cycle containing {node}?",
        "Give the shortest round trip from {node} that repeats no edge.",
    ),
)
def cycle_through_node(graph: Graph, node: NodeArg, weight: Attribute | None = None) -> Cycle:
    """The cheapest cycle through `node`, starting with it; empty when it lies on none. O(degree (n + m) log n).

    Every edge counts 1 unless `weight` names an edge attribute, none of it below 0.

    Raises:
        NodeNotFound: `node` is not in the graph.
        MissingAttribute: `weight` names an attribute that some edge lacks.
        NegativeWeight: an edge weighs less than 0.
    """
    length, cycle = _closing(graph, costs(graph, weight, "a shortest cycle"), graph.node(node), weight)
    return Cycle(cycle, length if cycle else None)


def _shortest(graph: Graph, weight: str | None) -> tuple[float, list[Node]]:
    table = costs(graph, weight, "a shortest cycle")
    best: tuple[float, list[Node]] = (math.inf, [])
    for node in table:
        best = min(best, _closing(graph, table, node, weight), key=lambda item: item[0])
    return best


@tool(
    phrases=("shortest cycle", "smallest cycle", "minimum weight cycle"),
    asks=(
        "What is the shortest cycle in the graph?",
        "Find the smallest cycle.",
        "Which cycle has the fewest edges?",
        "Give a minimum weight cycle.",
    ),
)
def shortest_cycle(graph: Graph, weight: Attribute | None = None) -> Cycle:
    """A cycle of least total weight; empty when there is none. O(m (n + m) log n).

    Every edge counts 1 unless `weight` names an edge attribute, none of it below 0.

    Raises:
        MissingAttribute: `weight` names an attribute that some edge lacks.
        NegativeWeight: an edge weighs less than 0.
    """
    length, cycle = _shortest(graph, weight)
    return Cycle(cycle, length if cycle else None)


@tool(
    phrases=("girth", "length of the shortest cycle"),
    asks=(
        "What is the girth of the graph?",
        "Compute the girth.",
        "How long is the shortest cycle?",
        "Girth?",
    ),
)
def girth(graph: Graph) -> Number:
    """Number of edges of a shortest cycle, which the witness holds; infinite when there is none. O(m (n + m))."""
    length, cycle = _shortest(graph, None)
    return Number(length, cycle, notes=() if cycle else ("there is no cycle, so that the girth is infinite",))


@tool(
    phrases=("cycle basis", "fundamental cycles", "basis of the cycle space", "independent cycles"),
    asks=(
        "What is a cycle basis of the graph?",
        "Find a basis of the cycle space.",
        "List the fundamental cycles.",
        "Give a set of independent cycles.",
    ),
    needs="undirected",
)
def cycle_basis(graph: Graph) -> Sequences:
    """Cycles from which every cycle is a sum (modulo 2): one for each edge that a spanning forest leaves out.

    A self-loop is a cycle of one node, a further parallel edge one of two. Paton (1969), O(n m).

    Raises:
        WrongKind: the graph is directed.
    """
    require_undirected(graph, "a cycle basis")
    arcs = undirected_arcs(graph)
    parents: dict[Node, Node | None] = {}
    for root in arcs:
        if root not in parents:
            parents |= search(arcs, root)
    found: list[list[Node]] = []
    used: set[frozenset[Node]] = set()
    for u, v in graph.nx.edges():
        pair = frozenset((u, v))
        if u == v:
            found.append([u])
        elif pair in used:
            found.append([u, v])
        elif parents[u] != v and parents[v] != u:
            found.append(_joined(walk_back(parents, u), walk_back(parents, v)))
        used.add(pair)
    return Sequences(found)


@tool(
    phrases=("cyclomatic number", "circuit rank", "number of independent cycles", "first betti number"),
    asks=(
        "What is the cyclomatic number of the graph?",
        "What is the circuit rank?",
        "How many independent cycles does the graph have?",
        "Compute the first Betti number of the graph.",
    ),
)
def cyclomatic_number(graph: Graph) -> Number:
    """m - n + c for c components: the number of independent cycles when directions are ignored. O(n + m)."""
    notes = ("directions are ignored",) if graph.directed else ()
    return Number(graph.num_edges - graph.num_nodes + len(parts(undirected_arcs(graph))), notes=notes)


def _negative(graph: Graph, weight: str) -> tuple[list[Node], float, Any]:
    """A negative cycle and its weight, or nothing and potentials that show that there is none."""
    require_weight(graph, weight, "a negative cycle")
    table = costs(graph, weight, "a negative cycle", negative=True)
    try:
        potentials, _ = bellman_ford(table, dict.fromkeys(table, 0))
    except NegativeCycle as error:
        cycle = error.cycle
        return cycle, sum(table[u][v] for u, v in zip(cycle, [*cycle[1:], cycle[0]])), None
    return [], 0, potentials


@tool(
    phrases=("has a negative cycle", "is there a negative cycle", "negative weight cycle exists", "arbitrage"),
    asks=(
        "Is there a negative cycle in the graph?",
        "Does the graph contain a cycle of negative weight?",
        "Check for negative cycles.",
        "Is there an arbitrage loop?",
    ),
)
def has_negative_cycle(graph: Graph, weight: Attribute = "weight") -> Truth:
    """Tell whether a closed walk has negative total `weight`. Bellman (1958), O(n m).

    On an undirected graph an edge of negative weight is one, there and back. Witness of a yes: the cycle. Witness of a
    no: potentials p with p(v) <= p(u) + w(u, v) on every edge.

    Raises:
        MissingAttribute: an edge has no `weight`.
    """
    cycle, _, potentials = _negative(graph, weight)
    return Truth(bool(cycle), {"cycle": cycle} if cycle else {"potentials": potentials})


@tool(
    phrases=("find a negative cycle", "which cycle is negative", "negative cycle nodes"),
    asks=(
        "Find a negative cycle.",
        "Which nodes form a cycle of negative weight?",
        "Show a negative cycle of the graph.",
        "Give a cycle whose weights add up to less than zero.",
    ),
)
def negative_cycle(graph: Graph, weight: Attribute = "weight") -> Cycle:
    """A closed walk of negative total `weight`; empty when there is none, with potentials as the witness. O(n m).

    On an undirected graph an edge of negative weight is one, there and back.

    Raises:
        MissingAttribute: an edge has no `weight`.
    """
    cycle, length, potentials = _negative(graph, weight)
    return Cycle(cycle, length if cycle else None, None if cycle else {"potentials": potentials})


@tool(
    phrases=("is this a cycle", "do the nodes form a cycle", "valid cycle"),
    asks=(
        "Is {nodes} a cycle in the graph?",
        "Do the nodes {nodes} form a cycle?",
        "Check whether {nodes} is a valid cycle.",
        "Does the sequence {nodes} close to a cycle?",
    ),
)
def is_cycle(graph: Graph, nodes: NodesArg) -> Truth:
    """Tell whether the nodes, in this order and back to the first, form a cycle. O(length).

    The first node may be repeated at the end. The witness of a no is the first missing edge or repeated node.

    Raises:
        NodeNotFound: one of the nodes is not in the graph.
        BadArgument: no nodes are given.
    """
    if not nodes:
        raise BadArgument("a cycle needs at least one node; list its nodes in order")
    walk = [graph.node(node) for node in nodes]
    if len(walk) > 1 and walk[0] == walk[-1]:
        walk.pop()
    for u, v in zip(walk, [*walk[1:], walk[0]]):
        if not graph.has_edge(u, v):
            return Truth(False, {"missing": [u, v]})
    repeated = next((node for i, node in enumerate(walk) if node in walk[:i]), None)
    if len(set(walk)) < len(walk):
        return Truth(False, {"repeated": repeated})
    if len(walk) == 2 and not graph.directed and graph.nx.number_of_edges(walk[0], walk[1]) < 2:
        return Truth(False, {"missing": walk}, notes=("one edge there and back is no cycle",))
    return Truth(True)
