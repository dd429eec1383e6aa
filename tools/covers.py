"""Vertex covers and dominating sets: nodes that meet every edge, or stand next to every node."""

from __future__ import annotations

from collections.abc import Mapping

from graphs.errors import NotConnected, WrongKind
from graphs.graph import Graph, Node
from tools.answers import Nodes, Truth
from tools.best_sets import (
    Around,
    by_index,
    fewest_nodes,
    largest_independent_set,
    missed_rows,
    most_nodes,
    neighbour_sets,
    resolved,
)
from tools.exact_search import least_hitting_set
from tools.registry import NodesArg, tool


@tool(
    phrases=("minimum vertex cover", "smallest vertex cover", "fewest nodes that touch every edge", "node cover"),
    asks=(
        "Find a minimum vertex cover.",
        "What is the smallest set of nodes that touches every edge?",
        "How many nodes are needed to cover all edges?",
        "Give a smallest vertex cover of the graph.",
    ),
)
@by_index
def minimum_vertex_cover(graph: Graph, time_limit: float = 10.0) -> Nodes:
    """Find the fewest nodes such that each edge has one of them; a node with a loop is always among them. NP-hard.

    witness: cliques as `sets` with values, each of which leaves at most one node uncovered (the dual of the independent
    set that stays). Gallai (1959): cover + independent set = n.
    """
    looped = {edge.source for edge in graph.edges() if edge.source == edge.target}
    around = {node: near - looped for node, near in neighbour_sets(graph).items() if node not in looped}
    found = most_nodes(graph, largest_independent_set(around, None, time_limit), None)
    kept = set(found.nodes)
    nodes = [node for node in graph if node not in kept]
    n = graph.num_nodes
    bounds = None if found.bounds is None else (n - found.bounds[1], n - found.bounds[0])
    return Nodes(nodes, witness=found.witness, exact=found.exact, bounds=bounds)


@tool(
    phrases=("minimum dominating set", "smallest dominating set", "domination number", "fewest nodes that see all"),
    asks=(
        "Find a minimum dominating set.",
        "What is the smallest set of nodes such that every other node has a neighbour in it?",
        "What is the domination number of the graph?",
        "How many guards are needed so that each node has one or is next to one?",
    ),
)
@by_index
def minimum_dominating_set(graph: Graph, time_limit: float = 10.0) -> Nodes:
    """Find the fewest nodes such that every other node is a neighbour (a successor when directed) of one. NP-hard.

    witness: closed neighbourhoods as `sets` with values that load no node with more than 1: their sum bounds the size
    from below. Integer programming within `time_limit` seconds; beyond it the best found with `bounds`.
    """
    closed = {node: [node] for node in graph}
    for edge in graph.edges():
        if edge.source != edge.target:
            closed[edge.target].append(edge.source)
            if not graph.directed:
                closed[edge.source].append(edge.target)
    rows = [list(dict.fromkeys(row)) for row in closed.values()]
    found = least_hitting_set(
        graph.nodes, dict.fromkeys(graph, 1), lambda chosen: missed_rows(rows, chosen), time_limit
    )
    return fewest_nodes(graph, found)


@tool(
    phrases=("minimum connected dominating set", "smallest connected dominating set", "backbone of the network"),
    asks=(
        "Find a minimum connected dominating set.",
        "What is the smallest connected set of nodes that dominates the graph?",
        "Give a smallest backbone: connected, and every node in it or next to it.",
        "minimum connected dominating set",
    ),
)
@by_index
def minimum_connected_dominating_set(graph: Graph, time_limit: float = 10.0) -> Nodes:
    """Find the fewest nodes that are connected among themselves and next to all other nodes. NP-hard.

    witness: `sets` with values, each a closed neighbourhood or a set whose removal disconnects the graph; any solution
    meets each. Implicit hitting sets by integer programming.

    Raises:
        NotConnected: the graph is not connected. WrongKind: it is directed.
    """
    if graph.directed:
        raise WrongKind("connected domination is defined for undirected graphs here")
    around = neighbour_sets(graph)
    if graph.num_nodes and len(_piece(around, graph.nodes[0], set(around))) < graph.num_nodes:
        raise NotConnected("a connected dominating set needs a connected graph; take one component")
    closed = [[node, *around[node]] for node in graph]

    def unhit(chosen: set[Node]) -> list[list[Node]]:
        missed = missed_rows(closed, chosen)
        return missed or _separators(around, chosen)

    return fewest_nodes(graph, least_hitting_set(graph.nodes, dict.fromkeys(graph, 1), unhit, time_limit))


@tool(
    phrases=("is a vertex cover", "is a node cover", "every edge touches one of"),
    asks=(
        "Is {nodes} a vertex cover?",
        "Does every edge touch one of {nodes}?",
        "Check whether {nodes} is a vertex cover of the graph.",
        "Do the nodes {nodes} cover all edges?",
    ),
)
def is_vertex_cover(graph: Graph, nodes: NodesArg) -> Truth:
    """Decide whether each edge, loops included, has an end in `nodes`; witness when not: an uncovered `edge`. O(m).

    Raises:
        NodeNotFound: one of `nodes` is not in the graph.
    """
    cover = set(resolved(graph, nodes))
    for edge in graph.edges():
        if edge.source not in cover and edge.target not in cover:
            return Truth(False, witness={"edge": [edge.source, edge.target]})
    return Truth(True)


@tool(
    phrases=("is a dominating set", "dominates the graph", "every node has a neighbour in"),
    asks=(
        "Is {nodes} a dominating set?",
        "Does every other node have a neighbour in {nodes}?",
        "Check whether {nodes} dominates the graph.",
        "Do the nodes {nodes} form a dominating set?",
    ),
)
def is_dominating_set(graph: Graph, nodes: NodesArg) -> Truth:
    """Decide whether every other node is a neighbour (a successor when directed) of one of `nodes`.

    witness when not: an `undominated` node. O(n + m).

    Raises:
        NodeNotFound: one of `nodes` is not in the graph.
    """
    seen = set(resolved(graph, nodes))
    start = set(seen)
    for edge in graph.edges():
        if edge.source in start:
            seen.add(edge.target)
        if not graph.directed and edge.target in start:
            seen.add(edge.source)
    free = [node for node in graph if node not in seen]
    return Truth(False, witness={"undominated": free[0]}) if free else Truth(True)


def _piece(around: Mapping[Node, set[Node]], start: Node, inside: set[Node]) -> set[Node]:
    piece, queue = {start}, [start]
    while queue:
        for v in around[queue.pop()] & inside - piece:
            piece.add(v)
            queue.append(v)
    return piece


def _separators(around: Around, chosen: set[Node]) -> list[list[Node]]:
    """For each component of the chosen nodes a minimal set of others that parts it from the rest of them."""
    left, found = set(chosen), []
    while left:
        piece = _piece(around, next(iter(left)), chosen)
        left -= piece
        if len(piece) == len(chosen):
            return []
        border = set().union(*(around[v] for v in piece)) - piece
        far = _piece(around, next(iter(chosen - piece)), set(around) - border)
        found.append([v for v in border if around[v] & far])
    return found
