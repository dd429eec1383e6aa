"""Graphs made of one graph: complement, reverse, line graph, powers, components, projections, quotients."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import networkx as nx

from graphs.errors import BadArgument, MissingAttribute, TooLarge, WrongKind
from graphs.graph import Graph, Node
from tools.answers import GraphAnswer
from tools.edits import edited
from tools.registry import Attribute, tool
from tools.selections import edge_rows, part

MAX_EDGES = 5_000_000


def limit(edges: int, what: str) -> None:
    """Refuse to build more edges than this machine should hold.

    Raises:
        TooLarge: it would have more than `MAX_EDGES`.
    """
    if edges > MAX_EDGES:
        raise TooLarge(f"{what} would have up to {edges:,} edges, and the limit is {MAX_EDGES:,}; take a smaller graph")


@tool(
    phrases=("complement", "inverse graph", "edges that are missing"),
    asks=(
        "Give the complement of the graph.",
        "Build the complement graph.",
        "Swap edges and non-edges.",
        "complement graph",
    ),
)
def complement(graph: Graph) -> GraphAnswer:
    """Join two different nodes exactly where they are not joined; attributes of nodes stay, self-loops vanish. O(n^2).

    Raises:
        TooLarge: the complement would have more than 5,000,000 edges.
    """
    n = graph.num_nodes
    limit(n * (n - 1) // (1 if graph.directed else 2), "the complement")
    body = nx.complement(nx.DiGraph(graph.nx) if graph.directed else nx.Graph(graph.nx))
    body.add_nodes_from(graph.nx.nodes(data=True))
    return edited(graph, body, "the complement")


@tool(
    phrases=("reverse", "turn all edges around", "transpose graph"),
    asks=(
        "Reverse all edges.",
        "Turn the direction of every edge around.",
        "Give the transpose of the graph.",
        "reverse graph",
    ),
)
def reverse(graph: Graph) -> GraphAnswer:
    """Turn every edge of a directed graph around. O(n + m).

    Raises:
        WrongKind: the graph is undirected.
    """
    if not graph.directed:
        raise WrongKind("an undirected graph has no directions to reverse; use to_directed first")
    return edited(graph, graph.nx.reverse(copy=True), "all edges reversed")


@tool(
    phrases=("make directed", "to directed", "both directions"),
    asks=(
        "Make the graph directed.",
        "Convert the graph to a directed one.",
        "Replace each edge by two arcs.",
        "to directed",
    ),
)
def to_directed(graph: Graph) -> GraphAnswer:
    """Replace each undirected edge by one edge in either direction, a self-loop by one. O(n + m).

    A directed graph stays as it is.
    """
    return edited(graph, graph.nx.to_directed(), "both directions of every edge" if not graph.directed else "")


@tool(
    phrases=("make undirected", "to undirected", "ignore the directions", "underlying graph"),
    asks=(
        "Make the graph undirected.",
        "Convert the graph to an undirected one.",
        "Ignore the directions of the edges.",
        "underlying undirected graph",
    ),
)
def to_undirected(graph: Graph) -> GraphAnswer:
    """Forget the directions of all edges. O(n + m).

    An edge and its reverse become one edge with the attributes of the first, or two parallel ones in a multigraph.
    """
    if not graph.directed:
        return edited(graph, graph.nx.copy(), "")
    body = nx.MultiGraph() if graph.multi else nx.Graph()
    body.add_nodes_from(graph.nx.nodes(data=True))
    for u, v, data in graph.nx.edges(data=True):
        if graph.multi or not body.has_edge(u, v):
            body.add_edge(u, v, **data)
    return edited(graph, body, "directions ignored")


@tool(
    phrases=("merge parallel edges", "simple graph", "collapse multi edges"),
    asks=(
        "Merge the parallel edges.",
        "Collapse multi-edges into single edges.",
        "Turn the multigraph into one without parallel edges.",
        "remove duplicate edges",
    ),
)
def merge_parallel_edges(graph: Graph) -> GraphAnswer:
    """Keep the first of parallel edges; its new attribute `multiplicity` counts them. O(n + m)."""
    body = nx.DiGraph() if graph.directed else nx.Graph()
    body.add_nodes_from(graph.nx.nodes(data=True))
    for u, v, data in graph.nx.edges(data=True):
        if body.has_edge(u, v):
            body[u][v]["multiplicity"] += 1
        else:
            body.add_edge(u, v, **{**data, "multiplicity": 1})
    return edited(graph, body, "parallel edges merged")


@tool(
    phrases=("line graph", "edge graph", "graph of adjacent edges"),
    asks=("Give the line graph.", "Build the line graph of the graph.", "Turn edges into nodes.", "line graph"),
)
def line_graph(graph: Graph) -> GraphAnswer:
    """Make a node of each edge, in order, and join edges that share an end (directed: that follow each other).

    A node is called "u-v" ("u->v"), numbered where that is not unique, and carries the edge's attributes with its
    `source` and `target`. O(n + sum of squared degrees).

    Raises:
        TooLarge: the line graph would have more than 5,000,000 edges.
    """
    limit(sum(degree * degree for _, degree in graph.nx.degree()) // 2, "the line graph")
    body = nx.DiGraph() if graph.directed else nx.Graph()
    arrow = "->" if graph.directed else "-"
    leaving: dict[Node, list[str]] = {}
    rows = []
    for edge in graph.edges():
        label = plain = f"{edge.source}{arrow}{edge.target}"
        number = 1
        while label in body:
            number += 1
            label = f"{plain} ({number})"
        body.add_node(label, **{**edge.attributes, "source": edge.source, "target": edge.target})
        rows.append((label, edge))
        for end in [edge.source] if graph.directed else {edge.source: 0, edge.target: 0}:
            leaving.setdefault(end, []).append(label)
    for label, edge in rows:
        if graph.directed:
            body.add_edges_from((label, other) for other in leaving.get(edge.target, ()))
    if not graph.directed:
        body.add_edges_from(pair for labels in leaving.values() for pair in combinations(labels, 2))
    return edited(graph, body, "the line graph")


@tool(
    phrases=("graph power", "power of the graph", "square of the graph"),
    asks=(
        "Give the power {k} of the graph.",
        "Raise the graph to the power {k}.",
        "Connect all nodes at distance at most {k}.",
        "graph power k={k}",
    ),
)
def power(graph: Graph, k: int = 2) -> GraphAnswer:
    """Join two different nodes where a path of at most `k` edges leads from one to the other. O(n m).

    Raises:
        BadArgument: `k` is below 1.
        TooLarge: the graph has too many nodes for all pairs.
    """
    if k < 1:
        raise BadArgument(f"the power must be at least 1, not {k}")
    limit(graph.num_nodes**2 // 2, "the power")
    body = nx.DiGraph() if graph.directed else nx.Graph()
    body.add_nodes_from(graph.nx.nodes(data=True))
    for node in graph:
        near = nx.single_source_shortest_path_length(graph.nx, node, cutoff=k)
        body.add_edges_from((node, other) for other in near if other != node)
    return edited(graph, body, f"the power {k}")


@tool(
    phrases=("keep the largest component", "reduce to the giant component", "only the biggest connected part"),
    asks=(
        "Keep only the largest connected component.",
        "Take the giant component.",
        "Reduce the graph to its biggest connected part.",
        "only the largest component",
    ),
)
def keep_largest_component(graph: Graph) -> GraphAnswer:
    """Keep the largest (weakly) connected component, the first of equals. O(n + m)."""
    parts = nx.weakly_connected_components(graph.nx) if graph.directed else nx.connected_components(graph.nx)
    best: set[Node] = max(parts, key=len, default=set())
    return edited(graph, part(graph, best, edge_rows(graph)), "only the largest component")


@tool(
    phrases=("remove self loops", "delete loops", "without self loops"),
    asks=("Remove all self-loops.", "Delete the loops.", "Drop edges from a node to itself.", "without self-loops"),
)
def remove_self_loops(graph: Graph) -> GraphAnswer:
    """Remove every edge from a node to itself. O(n + m)."""
    body = graph.nx.copy()
    loops = nx.selfloop_edges(body, keys=True) if graph.multi else nx.selfloop_edges(body)
    body.remove_edges_from(list(loops))
    return edited(graph, body, "self-loops removed")


@tool(
    phrases=("ignore the weights", "drop the weights", "unweighted version", "every edge counts one"),
    asks=(
        "Ignore the weights.",
        "Drop all edge weights.",
        "Give the unweighted version of the graph.",
        "Let every edge count 1.",
        "without weights",
    ),
)
def without_weights(graph: Graph) -> GraphAnswer:
    """Take the weight off every edge, so that each counts 1; other attributes stay. O(n + m)."""
    body = graph.nx.copy()
    for *_, data in body.edges(data=True):
        data.pop("weight", None)
    return edited(graph, body, "weights left out: every edge counts 1")


@tool(
    phrases=("remove isolated nodes", "delete isolates", "without isolated nodes"),
    asks=(
        "Remove all isolated nodes.",
        "Delete the isolates.",
        "Drop nodes that have no edges.",
        "without isolated nodes",
    ),
)
def remove_isolated_nodes(graph: Graph) -> GraphAnswer:
    """Remove every node without edges (one with a self-loop stays). O(n + m)."""
    body = graph.nx.copy()
    body.remove_nodes_from(list(nx.isolates(graph.nx)))
    return edited(graph, body, "isolated nodes removed")


@tool(
    phrases=("subdivide the edges", "subdivision", "put a node on every edge"),
    asks=(
        "Subdivide every edge.",
        "Put a new node on each edge.",
        "Give the subdivision of the graph.",
        "subdivide all edges",
    ),
)
def subdivide_edges(graph: Graph) -> GraphAnswer:
    """Replace each edge by a path of two edges over a new node, called "u-v" (numbered where taken). O(n + m).

    Both halves carry the edge's attributes.
    """
    body = type(graph.nx)()
    body.add_nodes_from(graph.nx.nodes(data=True))
    for u, v, data in graph.nx.edges(data=True):
        label, number = f"{u}-{v}", 1
        while label in body:
            number += 1
            label = f"{u}-{v} ({number})"
        body.add_edge(u, label, **data)
        body.add_edge(label, v, **data)
    return edited(graph, body, "every edge subdivided")


@tool(
    phrases=("quotient graph", "group nodes by attribute", "collapse groups of nodes"),
    asks=(
        "Collapse the nodes by their {attribute}.",
        "Give the quotient graph by {attribute}.",
        "Group the nodes by {attribute} and join the groups.",
        "quotient by {attribute}",
    ),
)
def quotient(graph: Graph, attribute: Attribute) -> GraphAnswer:
    """Make one node of all nodes with the same `attribute`; an edge's `weight` counts the edges between two groups.

    A node's `size` counts its members; edges inside a group vanish. O(n + m).

    Raises:
        MissingAttribute: a node does not carry it.
    """
    group: dict[Node, Node] = {}
    for node, value in graph.nx.nodes(data=attribute):
        if value is None:
            raise MissingAttribute(attribute, "grouping nodes", of="nodes")
        group[node] = value if isinstance(value, (str, int)) and not isinstance(value, bool) else str(value)
    body = nx.DiGraph() if graph.directed else nx.Graph()
    body.add_nodes_from((label, {"size": size}) for label, size in Counter(group.values()).items())
    for u, v in graph.nx.edges():
        a, b = group[u], group[v]
        if a != b:
            body.add_edge(a, b, weight=body.get_edge_data(a, b, {"weight": 0})["weight"] + 1)
    return edited(graph, body, f"nodes of equal {attribute} merged")


@tool(
    phrases=("bipartite projection", "one mode projection", "project onto one side"),
    asks=(
        "Project the bipartite graph onto side {side}.",
        "Give the one-mode projection on side {side}.",
        "Join the nodes of side {side} that share a neighbour.",
        "bipartite projection side {side}",
    ),
)
def bipartite_projection(graph: Graph, side: int = 0) -> GraphAnswer:
    """Keep one side of a bipartite graph and join its nodes by the number of their common neighbours (`weight`).

    Sides are those that the graph declares; otherwise the first node of each component is on side 0 (a note says so).
    O(sum of squared degrees).

    Raises:
        WrongKind: the graph is directed or not bipartite.
        BadArgument: `side` is neither 0 nor 1.
    """
    if side not in (0, 1):
        raise BadArgument(f"a bipartite graph has the sides 0 and 1, and no side {side}")
    colour, notes = _sides(graph)
    body = nx.Graph()
    body.add_nodes_from((n, data) for n, data in graph.nx.nodes(data=True) if colour[n] == side)
    limit(sum(len(graph.nx.adj[n]) ** 2 for n in graph if colour[n] != side) // 2, "the projection")
    for middle in graph:
        if colour[middle] != side:
            for a, b in combinations(graph.nx.adj[middle], 2):
                body.add_edge(a, b, weight=body.get_edge_data(a, b, {"weight": 0})["weight"] + 1)
    return edited(graph, body, f"projected onto side {side}", *notes)


def _sides(graph: Graph) -> tuple[dict[Node, int], tuple[str, ...]]:
    if graph.directed:
        raise WrongKind("a projection is of an undirected graph; use to_undirected first")
    declared = graph.sides
    if declared is not None:
        colour = {n: side for side, nodes in enumerate(declared) for n in nodes}
        if any(colour[u] == colour[v] for u, v in graph.nx.edges()):
            raise WrongKind("an edge joins two nodes of one declared side, so the graph is not bipartite")
        return colour, ()
    colour = {}
    for root in graph:
        if root in colour:
            continue
        for node, depth in nx.single_source_shortest_path_length(graph.nx, root).items():
            colour[node] = depth % 2
    if any(colour[u] == colour[v] for u, v in graph.nx.edges()):
        raise WrongKind("the graph has an odd cycle, so it is not bipartite")
    return colour, ("the first node of each component is on side 0",)
