"""Graphs whose nodes part into sides without inner edges: bipartite, complete bipartite and multipartite."""

from __future__ import annotations

import itertools

from graphs.errors import WrongKind
from graphs.graph import Graph, Node
from tools.adjacency import in_brief, neighbour_lists, two_colouring
from tools.answers import Groups, Truth
from tools.registry import tool


@tool(
    phrases=("bipartite", "two-colourable", "two colorable", "2-colourable", "odd cycle free"),
    asks=(
        "Is the graph bipartite?",
        "Can the nodes be split into two sets so that every edge runs between them?",
        "Is this graph two-colourable?",
        "Check if the graph is bipartite or not.",
        "bipartite?",
    ),
)
def is_bipartite(graph: Graph) -> Truth:
    """Decide whether the nodes fall into two sets with all edges between them; directions are ignored.

    witness: `sides`, or an odd cycle as `cycle` (Kőnig 1936); a self-loop is one of length 1. O(n + m).

    >>> is_bipartite(Graph.from_edges([(1, 2), (2, 3), (3, 1)])).witness
    {'cycle': [2, 1, 3]}
    """
    sides, cycle = two_classes(graph)
    return Truth(False, witness={"cycle": cycle}) if sides is None else Truth(True, witness={"sides": sides})


@tool(
    phrases=("two sides of a bipartite graph", "bipartition", "bipartite sets", "split into two independent sets"),
    asks=(
        "What are the two sides of this bipartite graph?",
        "Give the bipartition of the graph.",
        "List the bipartite sets.",
        "Split the nodes into two independent sets.",
    ),
)
def bipartite_sets(graph: Graph) -> Groups:
    """Split the nodes into two sets with all edges between them; the first node of each component is in the first.

    O(n + m).

    Raises:
        WrongKind: the graph has an odd cycle, which the message names.
    """
    sides, cycle = two_classes(graph)
    if sides is None:
        raise WrongKind(f"the graph is not bipartite: it has the odd cycle {in_brief(cycle)}")
    return Groups(sides)


@tool(
    phrases=("complete bipartite", "biclique graph", "every pair across the two sides is joined"),
    asks=(
        "Is the graph complete bipartite?",
        "Is this a complete bipartite graph K(m, n)?",
        "Is every node of one side joined to every node of the other side?",
        "Check whether this graph is a complete bipartite graph.",
    ),
)
def is_complete_bipartite(graph: Graph) -> Truth:
    """Decide whether the nodes fall into two nonempty sets, joined by all edges between them and no others.

    witness: `sides`, an odd `cycle`, or `missing`, two nodes of different sides that are not adjacent. Parallel edges
    count once. O(n²).

    Raises:
        WrongKind: the graph has fewer than two nodes.
    """
    if graph.num_nodes < 2:
        raise WrongKind("two nonempty sides need at least two nodes")
    sides, cycle = two_classes(graph)
    if sides is None:
        return Truth(False, witness={"cycle": cycle})
    around = {node: set(near) for node, near in neighbour_lists(graph).items()}
    if not any(around.values()):
        return Truth(False, witness={"missing": graph.nodes[:2]})
    start = next(node for node in graph if around[node])
    second = around[start]
    first = set(graph) - second
    for u, v in itertools.product([n for n in graph if n in first], [n for n in graph if n in second]):
        if v not in around[u]:
            return Truth(False, witness={"missing": [u, v]})
    return Truth(True, witness={"sides": [[n for n in graph if n in side] for side in (first, second)]})


@tool(
    phrases=("complete multipartite", "turan graph", "non-adjacency is transitive"),
    asks=(
        "Is the graph complete multipartite?",
        "Do the nodes fall into parts with exactly the edges between different parts?",
        "Is this a complete multipartite graph?",
        "Check for a complete k-partite structure.",
    ),
)
def is_complete_multipartite(graph: Graph) -> Truth:
    """Decide whether the nodes fall into parts such that two are adjacent exactly when their parts differ.

    witness: the `parts`, or `nodes` u, v, w with v adjacent to neither and u adjacent to w. O(n²).
    """
    around = {node: set(near) for node, near in neighbour_lists(graph).items()}
    for v in graph:
        apart = [node for node in graph if node != v and node not in around[v]]
        for u, w in itertools.combinations(apart, 2):
            if w in around[u]:
                return Truth(False, witness={"nodes": [u, v, w]})
    parts: list[list[Node]] = []
    for node in graph:
        home = next((part for part in parts if part[0] not in around[node]), None)
        if home is None:
            parts.append([node])
        else:
            home.append(node)
    return Truth(True, witness={"parts": parts})


def two_classes(graph: Graph) -> tuple[list[list[Node]] | None, list[Node]]:
    loop = next((edge.source for edge in graph.edges() if edge.source == edge.target), None)
    colour, cycle = two_colouring(neighbour_lists(graph))
    if loop is not None:
        return None, [loop]
    return None if cycle else [[n for n in graph if colour[n] == side] for side in (0, 1)], cycle
