"""Which way a node lies: the first steps of shortest paths, and which of some nodes can be reached."""

from __future__ import annotations

from graphs.errors import NoPath
from graphs.graph import Graph, Node
from tools.answers import Nodes
from tools.arcs import search
from tools.neighbours import in_order
from tools.registry import NodeArg, NodesArg, tool


@tool(
    phrases=(
        "next hop",
        "next node on the way to",
        "which node comes next on the path",
        "first step towards",
        "go to first to reach",
    ),
    asks=(
        "What is the next hop from {source} to {target}?",
        "Which node comes next after {source} on the path from {source} to {target}?",
        "From {source}, which node do I go to first to reach {target}?",
        "Which neighbours of {source} are the first step on the way to {target}?",
    ),
)
def next_hops(graph: Graph, source: NodeArg, target: NodeArg) -> Nodes:
    """The neighbours of `source` with which a shortest path to `target` begins; every edge counts 1. O(n + m).

    Directions are kept where there are any. None where `source` is `target`.

    Raises:
        NodeNotFound: `source` or `target` is not in the graph.
        NoPath: `target` cannot be reached from `source`.
    """
    source, target = graph.node(source), graph.node(target)
    ways = graph.nx.pred if graph.directed else graph.nx.adj
    parents = search({node: list(ways[node]) for node in graph.nx}, target)
    if source not in parents:
        raise NoPath(source, target)
    away: dict[Node, int] = {}
    for node, parent in parents.items():  # in the order of their distances
        away[node] = 0 if parent is None else away[parent] + 1
    first = {v for v in graph.nx.adj[source] if v in away and away[v] == away[source] - 1}
    return Nodes(in_order(graph, first))


@tool(
    phrases=(
        "which of the nodes can be reached",
        "which of these nodes are reachable",
        "which of the candidates is reachable",
    ),
    asks=(
        "Which of the nodes {nodes} can be reached from {source}?",
        "Which of {nodes} are reachable from {source}?",
        "Starting at {source}, which of the nodes {nodes} can I get to?",
    ),
)
def reachable_candidates(graph: Graph, source: NodeArg, nodes: NodesArg) -> Nodes:
    """Those of `nodes` to which a path from `source` leads, along the directions where there are any. O(n + m).

    Raises:
        NodeNotFound: `source` or one of `nodes` is not in the graph.
    """
    source = graph.node(source)
    wanted = {graph.node(node) for node in nodes}
    return Nodes(in_order(graph, wanted & set(search(dict(graph.nx.adjacency()), source))))
