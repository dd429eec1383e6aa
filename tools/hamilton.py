"""Walks over every node: Hamiltonian paths and cycles, the travelling salesman."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import networkx as nx

from graphs.errors import BadArgument, BudgetExceeded, WrongKind
from graphs.graph import Graph, Node
from tools.answers import Cycle, Order, Truth
from tools.arcs import Costs, costs, parts, require_nodes, require_weight, undirected_arcs
from tools.clock import Clock
from tools.registry import Attribute, NodeArg, tool
from tools.salesman import cheapest_tour, shortened, tour_bound

Masks = list[int]


def separator(graph: Graph, spare: int) -> list[Node] | None:
    """Nodes whose removal leaves more than their number plus `spare` components, among a few likely sets.

    A Hamiltonian cycle (spare 0) leaves at most as many parts as nodes are taken from it (one, when none is), a path
    one more (Chvátal 1973). Tried: nothing, every cut node, the neighbours of the leaves, each side of a bipartition.
    """
    arcs = undirected_arcs(graph)
    simple = nx.Graph([(u, v) for u, row in arcs.items() for v in row])
    for cut in _likely_cuts(graph, arcs, simple):
        inside = set(cut)
        rest = {u: [v for v in row if v not in inside] for u, row in arcs.items() if u not in inside}
        if len(parts(rest)) > max(len(cut) + spare, 1):
            return cut
    return None


def _likely_cuts(graph: Graph, arcs: Any, simple: nx.Graph) -> Iterator[list[Node]]:
    yield []
    points = set(nx.articulation_points(simple))
    yield from ([node] for node in graph.nx if node in points)
    hubs = {v for row in arcs.values() if len(row) == 1 for v in row}
    yield [node for node in graph.nx if node in hubs]
    if simple and nx.is_bipartite(simple) and nx.is_connected(simple):
        for side in nx.bipartite.sets(simple):
            yield [node for node in graph.nx if node in side]


def _masks(graph: Graph, source: Node | None, target: Node | None) -> tuple[Masks, Masks]:
    """Successors and predecessors as bit sets. Number n stands for a node outside that joins the ends of a path."""
    place = {node: i for i, node in enumerate(graph.nx)}
    n = len(place)
    ahead, behind = [0] * (n + 1), [0] * (n + 1)
    pairs = [(place[u], place[v]) for u, v in graph.nx.edges() if u != v]
    pairs += [] if graph.directed else [(v, u) for u, v in pairs]
    pairs += [(n, i) for node, i in place.items() if source in (None, node)]
    pairs += [(i, n) for node, i in place.items() if target in (None, node)]
    for u, v in pairs:
        ahead[u] |= 1 << v
        behind[v] |= 1 << u
    return ahead, behind


def closed_tour(ahead: Masks, behind: Masks, start: int, members: int, clock: Clock) -> list[int] | None:
    """A cycle over all `members` from `start`, or None when there is none.

    Depth first, to the node with the fewest ways on; a partial path is given up when a node left has no way in or out,
    when some cannot be reached, or when the same set was left from the same end before.

    Raises:
        BudgetExceeded: the time is over.
    """
    path = [start]
    failed: set[tuple[int, int]] = set()
    stack = [_ways(ahead, behind, start, members & ~(1 << start), start)]
    left = members & ~(1 << start)
    while stack:
        if not left and ahead[path[-1]] >> start & 1:
            return path
        if clock.over:
            raise BudgetExceeded(f"{clock.limit} s were not enough to find a Hamiltonian walk or to rule it out")
        if not stack[-1]:
            stack.pop()
            last = path.pop()
            failed.add((left, last))
            left |= 1 << last
            continue
        step = stack[-1].pop()
        if (left & ~(1 << step), step) in failed:
            continue
        left &= ~(1 << step)
        path.append(step)
        stack.append(_ways(ahead, behind, step, left, start))
    return None


def _bits(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def _ways(ahead: Masks, behind: Masks, end: int, left: int, start: int) -> list[int]:
    """The steps worth trying from `end`, the best last; none when what is left cannot be finished."""
    if not left:
        return []
    forced: list[int] = []
    for v in _bits(left):
        into = behind[v] & (left | 1 << end)
        onward = ahead[v] & (left | 1 << start)
        if not into or not onward:
            return []
        if into == 1 << end:
            forced.append(v)
    if len(forced) > 1:
        return []
    seen = frontier = ahead[end] & left
    while frontier:
        grown = 0
        for v in _bits(frontier):
            grown |= ahead[v]
        frontier = grown & left & ~seen
        seen |= frontier
    if seen != left:
        return []
    options = forced or list(_bits(ahead[end] & left))
    return sorted(options, key=lambda v: -(ahead[v] & left).bit_count())


def _path(graph: Graph, source: Node | None, target: Node | None, limit: float) -> tuple[list[Node], Any]:
    """A Hamiltonian path, or nothing and a separator where one shows why (else None)."""
    require_nodes(graph, "a Hamiltonian path")
    source = None if source is None else graph.node(source)
    target = None if target is None else graph.node(target)
    if source is not None and source == target and graph.num_nodes > 1:
        raise BadArgument("a path over several nodes cannot end where it starts; ask for a Hamiltonian cycle")
    cut = separator(graph, 1)
    if cut is not None:
        return [], {"separator": cut}
    n = graph.num_nodes
    found = closed_tour(*_masks(graph, source, target), n, (1 << n + 1) - 1, Clock(limit))
    nodes = graph.nodes
    return ([], None) if found is None else ([nodes[i] for i in found[1:]], None)


def _cycle(graph: Graph, limit: float) -> tuple[list[Node], Any]:
    require_nodes(graph, "a Hamiltonian cycle")
    nodes, n = graph.nodes, graph.num_nodes
    if n < 3 and not (graph.directed and n == 2):
        u, v = nodes[0], nodes[-1]
        closed = graph.nx.number_of_edges(u, v) >= n
        return (nodes, None) if closed else ([], None)
    cut = separator(graph, 0)
    if cut is not None:
        return [], {"separator": cut}
    ahead, behind = _masks(graph, None, None)
    everything = (1 << n) - 1
    ahead, behind = [row & everything for row in ahead], [row & everything for row in behind]
    start = min(range(n), key=lambda i: min(ahead[i].bit_count(), behind[i].bit_count()))
    found = closed_tour(ahead, behind, start, everything, Clock(limit))
    return ([], None) if found is None else ([nodes[i] for i in found], None)


@tool(
    phrases=("has a hamiltonian path", "path visiting every node exactly once exists", "hamiltonian path exists"),
    asks=(
        "Does the graph have a Hamiltonian path?",
        "Is there a path in this graph that visits every node exactly once?",
        "Can all nodes be visited exactly once along the edges?",
        "Is a Hamiltonian path possible?",
    ),
)
def has_hamiltonian_path(
    graph: Graph, source: NodeArg | None = None, target: NodeArg | None = None, time_limit: float = 10.0
) -> Truth:
    """Tell whether a path visits every node exactly once, from `source` and to `target` where they are given.

    NP-complete: a pruned search that remembers the sets it has given up, O(2^n n²) at worst. Witness of a yes: the
    path. Witness of a no, where an easy one exists: a set of nodes whose removal leaves too many components.

    Raises:
        WrongKind: the graph has no nodes.
        NodeNotFound: `source` or `target` is not in the graph.
        BadArgument: both are the same node.
        BudgetExceeded: `time_limit` seconds were not enough to tell.
    """
    nodes, why = _path(graph, source, target, time_limit)
    return Truth(bool(nodes), {"path": nodes} if nodes else why)


@tool(
    phrases=("hamiltonian path", "path visiting every node exactly once", "traceable path"),
    asks=(
        "Find a Hamiltonian path.",
        "Give a path that visits every node exactly once.",
        "In which order can all nodes be visited exactly once along the edges?",
        "Show a Hamiltonian path of the graph.",
    ),
)
def hamiltonian_path(
    graph: Graph, source: NodeArg | None = None, target: NodeArg | None = None, time_limit: float = 10.0
) -> Order:
    """A path that visits every node exactly once; empty when there is none. See `has_hamiltonian_path`.

    Raises:
        WrongKind: the graph has no nodes.
        NodeNotFound: `source` or `target` is not in the graph.
        BadArgument: both are the same node.
        BudgetExceeded: `time_limit` seconds were not enough to tell.
    """
    nodes, why = _path(graph, source, target, time_limit)
    return Order(nodes, why)


@tool(
    phrases=("has a hamiltonian cycle", "is hamiltonian", "hamiltonian cycle exists", "round trip visiting every node"),
    asks=(
        "Does the graph have a Hamiltonian cycle?",
        "Is the graph Hamiltonian?",
        "Is there a cycle that visits every node exactly once?",
        "Can one visit all nodes exactly once and return to the start?",
    ),
)
def has_hamiltonian_cycle(graph: Graph, time_limit: float = 10.0) -> Truth:
    """Tell whether a cycle visits every node exactly once; method and witness as for `has_hamiltonian_path`.

    One node needs a self-loop, two nodes of an undirected graph need parallel edges.

    Raises:
        WrongKind: the graph has no nodes.
        BudgetExceeded: `time_limit` seconds were not enough to tell.
    """
    nodes, why = _cycle(graph, time_limit)
    return Truth(bool(nodes), {"cycle": nodes} if nodes else why)


@tool(
    phrases=("hamiltonian cycle", "hamiltonian circuit", "cycle visiting every node exactly once"),
    asks=(
        "Find a Hamiltonian cycle.",
        "Give a Hamiltonian circuit of the graph.",
        "Show a cycle that visits every node exactly once.",
        "Which round trip visits every node exactly once?",
    ),
)
def hamiltonian_cycle(graph: Graph, time_limit: float = 10.0) -> Cycle:
    """A cycle that visits every node exactly once; empty when there is none. See `has_hamiltonian_cycle`.

    Raises:
        WrongKind: the graph has no nodes.
        BudgetExceeded: `time_limit` seconds were not enough to tell.
    """
    nodes, why = _cycle(graph, time_limit)
    return Cycle(nodes, len(nodes) if nodes else None, why)


@tool(
    phrases=("travelling salesman", "traveling salesman", "tsp", "shortest round trip through all nodes"),
    asks=(
        "Solve the travelling salesman problem on this graph.",
        "What is the shortest round trip that visits every node exactly once?",
        "Find the cheapest tour through all cities.",
        "Give the optimal TSP tour.",
    ),
)
def travelling_salesman(graph: Graph, weight: Attribute = "weight", time_limit: float = 10.0) -> Cycle:
    """A cycle over all nodes, each once, of least total `weight`; empty when there is none.

    NP-hard: Held & Karp (1962) up to 11 nodes, O(2^n n²); beyond, integer programming with subtour cuts (Dantzig,
    Fulkerson & Johnson 1954) for `time_limit` seconds, then the best found with bounds (`exact=False`).

    Raises:
        WrongKind: fewer than three nodes (two on a directed graph).
        MissingAttribute: an edge has no `weight`.
        BudgetExceeded: no tour was found, nor ruled out, in time.
    """
    if graph.num_nodes < (2 if graph.directed else 3):
        raise WrongKind("a round trip needs at least three nodes (two on a directed graph); add nodes first")
    require_weight(graph, weight, "the travelling salesman problem")
    table = costs(graph, weight, "the travelling salesman problem", negative=True)
    clock = Clock(time_limit)
    nodes, exact = cheapest_tour(table, clock, directed=graph.directed)
    if nodes or exact:
        return Cycle(nodes, tour_length(table, nodes))
    nodes, _ = _cycle(graph, time_limit)
    if nodes and not graph.directed:
        nodes = shortened(table, nodes, Clock(time_limit))
    length = tour_length(table, nodes)
    if length is None:
        return Cycle([])
    bounds = (tour_bound(table, directed=graph.directed), length)
    return Cycle(nodes, length, exact=False, bounds=bounds, notes=("stopped by the time limit",))


def tour_length(table: Costs, nodes: list[Node]) -> float | None:
    """What the closed tour costs; None for no tour."""
    return sum(table[u][v] for u, v in zip(nodes, [*nodes[1:], nodes[0]])) if nodes else None
