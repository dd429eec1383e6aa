"""What a graph lacks: nodes out of reach, edges that are missing, pieces that are small or apart."""

from __future__ import annotations

from graphs.graph import Graph
from tools.answers import Nodes, Number
from tools.arcs import parts, require_nodes, undirected_arcs
from tools.connectivity import WEAK, reachable_nodes
from tools.registry import NodeArg, tool


@tool(
    phrases=("unreachable nodes", "nodes out of reach", "nodes that cannot be reached", "cut off from"),
    asks=(
        "Which nodes cannot be reached from {node}?",
        "How many nodes are not reachable from {node}?",
        "How many nodes cannot be reached from {node}?",
        "List everything that is unreachable from {node}.",
        "Which nodes can {node} not reach?",
        "Which nodes are out of reach for {node}?",
    ),
)
def unreachable_nodes(graph: Graph, node: NodeArg) -> Nodes:
    """The nodes that no path from `node` leads to. O(n + m).

    Raises:
        NodeNotFound: `node` is not in the graph.
    """
    reached = {graph.node(node), *reachable_nodes(graph, node).nodes}
    return Nodes([other for other in graph.nodes if other not in reached])


@tool(
    phrases=("smallest component", "smallest connected component", "least connected piece", "smallest component size"),
    asks=(
        "What is the smallest connected component?",
        "What is the size of the smallest component?",
        "How many nodes are in the smallest component?",
        "Which nodes are in the smallest piece?",
        "How large is the smallest component?",
    ),
)
def smallest_component(graph: Graph) -> Nodes:
    """The connected component of fewest nodes (the first of equals); the witness lists all components. O(n + m).

    On a directed graph components are the weak ones.

    Raises:
        WrongKind: the graph has no nodes.
    """
    require_nodes(graph, "a smallest component")
    groups = parts(undirected_arcs(graph))
    notes = (WEAK,) if graph.directed else ()
    return Nodes(min(groups, key=len), groups, notes=notes)


@tool(
    phrases=("edges needed to connect the graph", "missing links to connect the graph", "join the components"),
    asks=(
        "How many edges must be added to make the graph connected?",
        "How many edges would have to be added to connect the graph?",
        "How many more links are needed so that everything is connected?",
        "What is the least number of edges that joins all components?",
        "How many new roads would join all parts?",
    ),
)
def edges_to_connect(graph: Graph) -> Number:
    """The fewest edges whose addition makes the graph connected: components less one; the witness lists them. O(n + m).

    On a directed graph directions are left out.

    Raises:
        WrongKind: the graph has no nodes.
    """
    require_nodes(graph, "connecting its components")
    groups = parts(undirected_arcs(graph))
    notes = (WEAK,) if graph.directed else ()
    return Number(len(groups) - 1, groups, notes=notes)


@tool(
    phrases=("missing edges", "pairs without an edge", "non-edges", "number of non-adjacent pairs"),
    asks=(
        "How many pairs of nodes are not connected by an edge?",
        "How many pairs of nodes are not adjacent?",
        "How many edges are missing to make the graph complete?",
        "How many pairs of people do not know each other directly?",
        "How many edges does the complement have?",
    ),
)
def num_missing_edges(graph: Graph) -> Number:
    """How many pairs of different nodes no edge joins (ordered pairs on a directed graph). O(n + m)."""
    n = graph.num_nodes
    joined = {(u, v) if graph.directed else frozenset((u, v)) for u, v in graph.nx.edges() if u != v}
    pairs = n * (n - 1) // (1 if graph.directed else 2)
    notes = ("ordered pairs: u to v and v to u are two",) if graph.directed else ()
    return Number(pairs - len(joined), notes=notes)
