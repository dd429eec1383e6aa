"""How strongly a graph hangs together: connectivity numbers, smallest cuts, disjoint paths."""

from __future__ import annotations

from collections import deque
from itertools import combinations, permutations
from typing import Any

from graphs.errors import BadArgument, TooLarge, WrongKind
from graphs.graph import Graph, Node
from tools.answers import Edges, Groups, Nodes, Number, Paths
from tools.arcs import parts, undirected_arcs
from tools.neighbours import in_order
from tools.registry import NodeArg, tool

Capacities = dict[Node, dict[Node, int]]
LARGEST = 400  # nodes, for figures that need a flow for each of very many pairs


def multiplicities(graph: Graph) -> Capacities:
    """node -> {successor: number of edges to it}, self-loops left out."""
    table: Capacities = {node: {} for node in graph.nx}
    for u, v in graph.nx.edges():
        if u != v:
            table[u][v] = table[u].get(v, 0) + 1
            if not graph.directed:
                table[v][u] = table[v].get(u, 0) + 1
    return table


def split_nodes(graph: Graph) -> Capacities:
    """Each node v becomes (v, 0) -> (v, 1) of capacity 1; edges join (u, 1) to (v, 0) without limit."""
    table: Capacities = {}
    for u, row in multiplicities(graph).items():
        table[u, 0] = {(u, 1): 1}
        table[u, 1] = {(v, 0): graph.num_nodes for v in row}
    return table


def unit_flow(
    table: Capacities, source: Node, target: Node, enough: float = float("inf")
) -> tuple[int, Capacities, set[Node]]:
    """Amount, flow and the source side of a minimum cut, by shortest augmenting paths; stops at `enough`.

    Edmonds & Karp (1972) with every augmentation of one unit: O(amount * m).
    """
    flow: Capacities = {u: {} for u in table}
    behind: dict[Node, list[Node]] = {u: [] for u in table}
    for u, row in table.items():
        for v in row:
            behind[v].append(u)
    amount = 0
    while amount < enough:
        parents: dict[Node, Node] = {source: source}
        queue = deque([source])
        while queue and target not in parents:
            u = queue.popleft()
            for v, room in table[u].items():
                if v not in parents and room > flow[u].get(v, 0):
                    parents[v] = u
                    queue.append(v)
            for v in behind[u]:
                if v not in parents and flow[v].get(u, 0) > 0:
                    parents[v] = u
                    queue.append(v)
        if target not in parents:
            return amount, flow, set(parents)
        v = target
        while v != source:
            u = parents[v]
            if flow[v].get(u, 0) > 0:
                flow[v][u] -= 1
            else:
                flow[u][v] = flow[u].get(v, 0) + 1
            v = u
        amount += 1
    return amount, flow, set()


def flow_paths(flow: Capacities, source: Node, target: Node, amount: int) -> list[list[Node]]:
    """The flow as `amount` paths; cycles of the flow are left out."""
    left = {u: {v: f for v, f in row.items() if f} for u, row in flow.items()}
    found = []
    for _ in range(amount):
        path = [source]
        while path[-1] != target:
            u = path[-1]
            v = next(iter(left[u]))
            left[u][v] -= 1
            if not left[u][v]:
                del left[u][v]
            if v in path:
                del path[path.index(v) + 1 :]
            else:
                path.append(v)
        found.append(path)
    return found


def _ends(graph: Graph, source: Node | None, target: Node | None) -> tuple[Node, Node] | None:
    """Both ends as labels of the graph, or None when neither is given."""
    if source is None and target is None:
        return None
    if source is None or target is None:
        raise BadArgument("name both source and target, or neither to ask about the whole graph")
    ends = graph.node(source), graph.node(target)
    if ends[0] == ends[1]:
        raise BadArgument("source and target are the same node; name two different ones")
    return ends


def _require_two(graph: Graph, what: str) -> None:
    if graph.num_nodes < 2:
        raise WrongKind(f"{what} needs at least two nodes, and the graph has {graph.num_nodes}; add nodes first")


def _least_edge_cut(graph: Graph, ends: tuple[Node, Node] | None) -> list[tuple[Node, Node]]:
    """A smallest set of edges whose removal parts the ends, or the graph."""
    table = multiplicities(graph)
    first, *rest = graph.nodes
    pairs = [ends] if ends else [(first, v) for v in rest] + [(v, first) for v in rest if graph.directed]
    best: list[tuple[Node, Node]] | None = None
    for s, t in pairs:
        enough = float("inf") if best is None else len(best)
        _, _, side = unit_flow(table, s, t, enough)
        if side:
            best = [(u, v) for u, v in graph.nx.edges() if _crosses(graph, side, u, v)]
    assert best is not None
    return best


def _crosses(graph: Graph, side: set[Node], u: Node, v: Node) -> bool:
    return (u in side and v not in side) or (not graph.directed and v in side and u not in side)


@tool(
    phrases=("edge connectivity", "how many edges must be removed to disconnect", "minimum number of edges to cut"),
    asks=(
        "What is the edge connectivity of the graph?",
        "How many edges must be removed to disconnect the graph?",
        "Compute the edge connectivity.",
        "How many link failures does the network survive at most?",
    ),
)
def edge_connectivity(graph: Graph, source: NodeArg | None = None, target: NodeArg | None = None) -> Number:
    """The least number of edges whose removal leaves no path from `source` to `target`, or some two nodes unjoined.

    Parallel edges count each. The witness is such a set of edges. Menger (1927); n flows of unit capacity, O(n k m)
    for the answer k. On a directed graph without ends: the least number that leaves it not strongly connected.

    Raises:
        NodeNotFound: `source` or `target` is not in the graph.
        BadArgument: only one end is given, or both are the same node.
        WrongKind: the graph has fewer than two nodes.
    """
    _require_two(graph, "edge connectivity")
    cut = _least_edge_cut(graph, _ends(graph, source, target))
    return Number(len(cut), [list(edge) for edge in cut])


@tool(
    phrases=("minimum edge cut", "smallest set of edges that disconnects", "which edges to remove to disconnect"),
    asks=(
        "What is a minimum edge cut of the graph?",
        "Which edges must be removed to disconnect the graph?",
        "Find the smallest set of edges whose removal disconnects the graph.",
        "Give a minimum edge cut.",
    ),
)
def minimum_edge_cut(graph: Graph, source: NodeArg | None = None, target: NodeArg | None = None) -> Edges:
    """A smallest set of edges whose removal leaves no path from `source` to `target`, or some two nodes unjoined.

    Weights and capacities play no part. Empty when the graph is disconnected already. O(n k m) for a cut of k edges.

    Raises:
        NodeNotFound: `source` or `target` is not in the graph.
        BadArgument: only one end is given, or both are the same node.
        WrongKind: the graph has fewer than two nodes.
    """
    _require_two(graph, "an edge cut")
    return Edges(_least_edge_cut(graph, _ends(graph, source, target)))


def _least_node_cut(graph: Graph, ends: tuple[Node, Node] | None) -> list[Node] | None:
    """A smallest set of nodes whose removal parts the ends, or the graph; None when every pair is joined by an edge."""
    arcs = multiplicities(graph)
    table = split_nodes(graph)
    best: set[Node] | None = None
    for s, t in [ends] if ends else _candidate_pairs(graph, arcs):
        if t in arcs[s]:
            continue
        enough = float("inf") if best is None else len(best)
        _, _, side = unit_flow(table, (s, 1), (t, 0), enough)
        if side:
            best = {v for v in graph.nx if (v, 0) in side and (v, 1) not in side}
    return None if best is None else in_order(graph, best)


def _candidate_pairs(graph: Graph, arcs: Capacities) -> list[tuple[Node, Node]]:
    """Pairs among which some pair has the least local connectivity (Esfahanian & Hakimi 1984).

    A smallest cut either leaves out v, and then parts it from some node, or holds v, and then parts two of its
    neighbours. On directed graphs: all pairs.
    """
    if graph.directed:
        return list(permutations(graph.nodes, 2))
    v = min(arcs, key=lambda node: len(arcs[node]))
    return [(v, u) for u in graph.nx if u != v] + list(combinations(arcs[v], 2))


@tool(
    phrases=("node connectivity", "vertex connectivity", "how many nodes must be removed to disconnect"),
    asks=(
        "What is the node connectivity of the graph?",
        "How many nodes must be removed to disconnect the graph?",
        "Compute the vertex connectivity.",
        "How k-connected is the network?",
    ),
)
def node_connectivity(graph: Graph, source: NodeArg | None = None, target: NodeArg | None = None) -> Number:
    """The least number of nodes whose removal leaves no path from `source` to `target`, or some two nodes unjoined.

    n - 1 for a complete graph, which no removal disconnects. The witness is such a set of nodes (None where complete).
    Menger (1927); Esfahanian & Hakimi, Networks 14 (1984).

    Raises:
        NodeNotFound: `source` or `target` is not in the graph.
        BadArgument: only one end is given, both are the same node, or an edge joins them.
        WrongKind: the graph has fewer than two nodes.
        TooLarge: a directed graph of more than 400 nodes, asked as a whole.
    """
    cut = _node_cut(graph, source, target)
    return Number(graph.num_nodes - 1 if cut is None else len(cut), cut)


def _node_cut(graph: Graph, source: Node | None, target: Node | None) -> list[Node] | None:
    _require_two(graph, "node connectivity")
    ends = _ends(graph, source, target)
    if ends and graph.has_edge(*ends):
        raise BadArgument("an edge joins source and target, so that removing other nodes cannot part them")
    if ends is None and graph.directed and graph.num_nodes > LARGEST:
        raise TooLarge(f"the node connectivity of a directed graph is worked out up to {LARGEST} nodes; name two nodes")
    return _least_node_cut(graph, ends)


@tool(
    phrases=(
        "minimum node cut",
        "minimum vertex cut",
        "which nodes to remove to disconnect",
        "smallest node separator",
    ),
    asks=(
        "What is a minimum node cut of the graph?",
        "Which nodes must be removed to disconnect the graph?",
        "Find the smallest set of nodes whose removal disconnects the graph.",
        "Give a minimum vertex cut.",
    ),
)
def minimum_node_cut(graph: Graph, source: NodeArg | None = None, target: NodeArg | None = None) -> Nodes:
    """A smallest set of nodes whose removal leaves no path from `source` to `target`, or some two nodes unjoined.

    Empty when the graph is disconnected already. See `node_connectivity`.

    Raises:
        NodeNotFound: `source` or `target` is not in the graph.
        BadArgument: only one end is given, both are the same node, or an edge joins them.
        WrongKind: the graph has fewer than two nodes, or every two nodes are joined by an edge.
        TooLarge: a directed graph of more than 400 nodes, asked as a whole.
    """
    cut = _node_cut(graph, source, target)
    if cut is None:
        raise WrongKind("every two nodes are joined by an edge, so that no removal of nodes disconnects the graph")
    return Nodes(cut)


@tool(
    phrases=("edge-disjoint paths", "paths that share no edge", "edge independent routes"),
    asks=(
        "Find edge-disjoint paths from {source} to {target}.",
        "How many edge-disjoint paths are there between {source} and {target}?",
        "List the most routes from {source} to {target} that share no edge.",
        "Maximum set of edge disjoint paths from {source} to {target}?",
    ),
)
def edge_disjoint_paths(graph: Graph, source: NodeArg, target: NodeArg) -> Paths:
    """As many paths from `source` to `target` as there can be without sharing an edge. Menger (1927), O(k m).

    The witness is an equally large set of edges that every path must use one of.

    Raises:
        NodeNotFound: `source` or `target` is not in the graph.
        BadArgument: both are the same node.
    """
    ends = _ends(graph, source, target)
    assert ends is not None
    amount, flow, side = unit_flow(multiplicities(graph), *ends)
    if not graph.directed:
        flow = {
            u: {v: f - flow[v].get(u, 0) for v, f in row.items() if f > flow[v].get(u, 0)} for u, row in flow.items()
        }
    found = flow_paths(flow, *ends, amount)
    cut = [[u, v] for u, v in graph.nx.edges() if _crosses(graph, side, u, v)]
    return Paths(found, [len(path) - 1 for path in found], cut)


@tool(
    phrases=("node-disjoint paths", "vertex-disjoint paths", "independent paths", "paths that share no node"),
    asks=(
        "Find node-disjoint paths from {source} to {target}.",
        "How many vertex-disjoint paths are there between {source} and {target}?",
        "List the most routes from {source} to {target} that share no other node.",
        "Maximum set of internally disjoint paths from {source} to {target}?",
    ),
)
def node_disjoint_paths(graph: Graph, source: NodeArg, target: NodeArg) -> Paths:
    """As many paths from `source` to `target` as there can be without sharing a node between the ends. Menger (1927).

    An edge from `source` to `target` counts as one path, parallel edges together. The witness is a set of nodes that
    every path of two edges or more must use one of, equally large but for that edge. O(k m).

    Raises:
        NodeNotFound: `source` or `target` is not in the graph.
        BadArgument: both are the same node.
    """
    ends = _ends(graph, source, target)
    assert ends is not None
    s, t = ends
    table = split_nodes(graph)
    direct = table[s, 1].pop((t, 0), 0) > 0
    amount, flow, side = unit_flow(table, (s, 1), (t, 0))
    raw = flow_paths(flow, (s, 1), (t, 0), amount)
    found = [[s, t]] * direct + [[s, *_entered(path), t] for path in raw]
    cut = [v for v in graph.nx if (v, 0) in side and (v, 1) not in side]
    return Paths(found, [len(path) - 1 for path in found], cut)


def _entered(path: list[Any]) -> list[Node]:
    """The nodes whose entry (v, 0) lies on a path of the split graph, its ends left out."""
    return [node for node, half in path[1:-1] if half == 0]


@tool(
    phrases=("k-edge-connected components", "k edge components", "groups joined by k edge-disjoint paths"),
    asks=(
        "What are the {k}-edge-connected components?",
        "Group the nodes that are joined by {k} edge-disjoint paths.",
        "Find the {k}-edge components of the graph.",
        "List the {k} edge connected components.",
    ),
)
def k_edge_components(graph: Graph, k: int) -> Groups:
    """The classes of nodes any two of which at least `k` edge-disjoint paths join, each way; biggest first.

    Wang et al. (2015) define them so; paths may leave the class. O(n c k m) for c classes.

    Raises:
        BadArgument: `k` is below 1.
    """
    if k < 1:
        raise BadArgument(f"k counts edge-disjoint paths and cannot be {k}; give 1 or more")
    table = multiplicities(graph)
    groups: list[list[Node]] = []
    for piece in parts(undirected_arcs(graph)):
        own: list[list[Node]] = []
        for node in piece:
            home = next((g for g in own if _joined(graph, table, g[0], node, k)), None)
            if home is None:
                own.append([node])
            else:
                home.append(node)
        groups += own
    place = {node: i for i, node in enumerate(graph.nx)}
    return Groups(sorted(groups, key=lambda group: (-len(group), place[group[0]])))


def _joined(graph: Graph, table: Capacities, u: Node, v: Node, k: int) -> bool:
    both = unit_flow(table, u, v, k)[0] >= k
    return both and (not graph.directed or unit_flow(table, v, u, k)[0] >= k)
