"""How good a division of the nodes is: modularity, coverage, conductance, cuts."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import networkx as nx

from graphs.errors import BadArgument, MissingAttribute, WrongKind
from graphs.graph import Graph, Node
from tools.answers import Number
from tools.arcs import number_at, require_categories
from tools.matrices import adjacency_rows
from tools.registry import Attribute, Labels, NodesArg, tool


def groups_by(graph: Graph, groups: Labels | None, attribute: str) -> list[list[Node]]:
    """The nodes grouped by `groups` or by their attribute, in the graph's order.

    Raises:
        MissingAttribute: a node stands in no group.
        BadArgument: a group is no single value.
    """
    given: Mapping[Node, Any] = dict(graph.nx.nodes(data=attribute))
    if groups is not None:
        given = {graph.node(node): group for node, group in groups.items()}
    require_categories(given.values(), attribute)
    found: dict[Any, list[Node]] = {}
    for node in graph:
        if given.get(node) is None:
            raise MissingAttribute(attribute, "a division of the nodes", of="nodes")
        found.setdefault(given[node], []).append(node)
    return list(found.values())


def undirected_indices(graph: Graph, weight: str | None) -> nx.Graph:
    """The graph as a simple undirected one on 0 … n-1 with the weights of parallel and opposite edges added up.

    Numbers in place of labels make the choices of library algorithms independent of the labels' hashes.
    """
    place = {node: i for i, node in enumerate(graph)}
    body = nx.Graph()
    body.add_nodes_from(range(len(place)))
    for u, v, data in graph.nx.edges(data=True):
        size = 1 if weight is None else number_at(data, weight, "communities")
        if size <= 0:
            raise BadArgument(f"communities need every {weight} above 0, and one is {size}; leave {weight} out")
        i, j = place[u], place[v]
        old = body.get_edge_data(i, j, {"weight": 0})["weight"]
        body.add_edge(i, j, weight=old + size)
    return body


def modularity_of(
    graph: Graph, groups: Sequence[Sequence[Node]], weight: str | None, resolution: float, *, directed: bool
) -> float:
    """Newman's modularity; the graph has at least one edge."""
    place = {node: i for i, group in enumerate(groups) for node in group}
    inside, out, into = [0.0] * len(groups), [0.0] * len(groups), [0.0] * len(groups)
    total = 0.0
    for u, v, data in graph.nx.edges(data=True):
        size = 1 if weight is None else number_at(data, weight, "modularity")
        if size <= 0:
            raise BadArgument(f"modularity needs every {weight} above 0, and one is {size}; leave {weight} out")
        total += size
        out[place[u]] += size
        into[place[v]] += size
        if place[u] == place[v]:
            inside[place[u]] += size
    if directed:
        terms = [i / total - resolution * o * n / total**2 for i, o, n in zip(inside, out, into)]
    else:
        terms = [i / total - resolution * ((o + n) / (2 * total)) ** 2 for i, o, n in zip(inside, out, into)]
    score = math.fsum(terms)
    return 0.0 if abs(score) < 1e-12 else score  # rounding left of terms that cancel


@tool(
    phrases=("modularity", "modularity of the partition", "modularity score"),
    asks=(
        "What is the modularity of the communities?",
        "Compute the modularity of the given partition.",
        "modularity",
        "How modular is the division by the node attribute {attribute}?",
        "Modularity of the partition {groups}",
    ),
)
def modularity(
    graph: Graph,
    groups: Labels | None = None,
    attribute: Attribute = "community",
    weight: Attribute | None = None,
    resolution: float = 1.0,
) -> Number:
    """The share of edges inside groups minus the share expected if edges fell at random with the same degrees.

    Groups come from `groups` (a group for each node) or from the node attribute `attribute`. Directed graphs use the
    in- and out-degrees (Leicht and Newman 2008). The witness lists the groups. O(n + m). Newman and Girvan (2004).

    Raises:
        MissingAttribute: a node stands in no group, or an edge has no `weight`.
        WrongKind: the graph has no edges.
        BadArgument: a weight is not above 0.

    >>> graph = Graph.from_edges([(1, 2), (3, 4)])
    >>> modularity(graph, groups={1: "a", 2: "a", 3: "b", 4: "b"}).number
    0.5
    """
    parts = groups_by(graph, groups, attribute)
    _need_edges(graph, "modularity")
    return Number(modularity_of(graph, parts, weight, resolution, directed=graph.directed), parts)


def _need_edges(graph: Graph, what: str) -> None:
    if not graph.num_edges:
        raise WrongKind(f"{what} needs at least one edge, and the graph has none")


@tool(
    phrases=("partition coverage", "coverage of the communities", "share of edges inside communities"),
    asks=(
        "What is the coverage of the partition?",
        "What share of the edges lies inside the communities?",
        "partition coverage",
        "Compute the coverage of the division by {attribute}.",
    ),
)
def partition_coverage(graph: Graph, groups: Labels | None = None, attribute: Attribute = "community") -> Number:
    """The share of edges with both ends in one group. The witness lists the groups. O(n + m). Fortunato (2010).

    Raises:
        MissingAttribute: a node stands in no group.
        WrongKind: the graph has no edges.
    """
    parts = groups_by(graph, groups, attribute)
    _need_edges(graph, "coverage")
    place = {node: i for i, part in enumerate(parts) for node in part}
    inside = sum(place[u] == place[v] for u, v in graph.nx.edges())
    return Number(inside / graph.num_edges, parts)


@tool(
    phrases=("partition performance", "performance of the communities"),
    asks=(
        "What is the performance of the partition?",
        "Compute the performance of the communities.",
        "partition performance",
        "What share of pairs does the division by {attribute} treat rightly (joined inside, apart between)?",
    ),
)
def partition_performance(graph: Graph, groups: Labels | None = None, attribute: Attribute = "community") -> Number:
    """The share of pairs of nodes that are joined inside a group, or not joined between groups.

    Self-loops and parallel edges do not count; ordered pairs in a directed graph. The witness lists the groups.
    O(n + m). Fortunato (2010).

    Raises:
        MissingAttribute: a node stands in no group.
        WrongKind: the graph has fewer than two nodes.
    """
    parts = groups_by(graph, groups, attribute)
    if graph.num_nodes < 2:
        raise WrongKind("performance needs at least two nodes")
    place = {node: i for i, part in enumerate(parts) for node in part}
    joined = {(u, v) for u, v in graph.simple().edges() if u != v}
    inside = sum(place[u] == place[v] for u, v in joined)
    halves = 1 if graph.directed else 2
    pairs = graph.num_nodes * (graph.num_nodes - 1) // halves
    pairs_inside = sum(len(part) * (len(part) - 1) for part in parts) // halves
    apart = (pairs - pairs_inside) - (len(joined) - inside)
    return Number((inside + apart) / pairs, parts)


@tool(
    phrases=("cut size", "edges leaving the set", "boundary edges of a set"),
    asks=(
        "How many edges leave the set {nodes}?",
        "What is the cut size between {nodes} and the rest?",
        "cut size of {nodes}",
        "Count the edges between {nodes} and all other nodes.",
    ),
)
def cut_size(graph: Graph, nodes: NodesArg, weight: Attribute | None = None) -> Number:
    """The number (or total weight) of edges between a set of nodes and the rest; both directions when directed.

    The witness lists these edges. O(m).

    Raises:
        NodeNotFound: a node is not in the graph.
        MissingAttribute, NegativeWeight: a weight is missing or not above 0.
    """
    crossing, size, _, _ = _cut(graph, nodes, weight)
    return Number(size, crossing)


def _cut(graph: Graph, nodes: NodesArg, weight: str | None) -> tuple[list[tuple[Node, Node]], float, float, float]:
    """The crossing edges, their weight, and the volumes (sums of degrees) of the set and of the rest."""
    inside = {graph.node(node) for node in nodes}
    adjacency_rows(graph, weight, "a cut")
    crossing: list[tuple[Node, Node]] = []
    size: float = 0
    volumes: list[float] = [0, 0]
    for u, v, data in graph.nx.edges(data=True):
        w = 1 if weight is None else data[weight]
        volumes[u not in inside] += w
        volumes[v not in inside] += w
        if (u in inside) != (v in inside):
            crossing.append((u, v))
            size += w
    return crossing, size, volumes[0], volumes[1]


@tool(
    phrases=("volume of a set", "sum of degrees of the set"),
    asks=(
        "What is the volume of the set {nodes}?",
        "Sum the degrees of the nodes {nodes}.",
        "volume of {nodes}",
        "What is the sum of degrees in the set {nodes}?",
    ),
)
def volume(graph: Graph, nodes: NodesArg, weight: Attribute | None = None) -> Number:
    """The sum of the degrees (or weighted degrees) of a set of nodes; a self-loop counts twice.

    In a directed graph the degree is that of both directions. O(m). Chung (1997).

    Raises:
        NodeNotFound: a node is not in the graph.
        MissingAttribute, NegativeWeight: a weight is missing or not above 0.
    """
    return Number(_cut(graph, nodes, weight)[2])


@tool(
    phrases=("conductance", "conductance of a set"),
    asks=(
        "What is the conductance of the set {nodes}?",
        "Compute the conductance of {nodes}.",
        "conductance {nodes}",
        "How well are {nodes} separated from the rest, by conductance?",
    ),
)
def conductance(graph: Graph, nodes: NodesArg, weight: Attribute | None = None) -> Number:
    """The cut between a set and the rest divided by the smaller of their volumes.

    The witness lists the crossing edges. O(m). Kannan, Vempala and Vetta (2004).

    Raises:
        NodeNotFound: a node is not in the graph.
        WrongKind: the set or the rest has volume 0.
        MissingAttribute, NegativeWeight: a weight is missing or not above 0.
    """
    crossing, size, inside, outside = _cut(graph, nodes, weight)
    if not min(inside, outside):
        raise WrongKind("conductance needs edges at the set and at the rest; one of the two has none")
    return Number(size / min(inside, outside), crossing)


@tool(
    phrases=("normalized cut", "normalised cut size"),
    asks=(
        "What is the normalized cut of {nodes}?",
        "Compute the normalized cut size of the set {nodes}.",
        "normalized cut {nodes}",
        "Give the normalised cut between {nodes} and the rest.",
    ),
)
def normalized_cut(graph: Graph, nodes: NodesArg, weight: Attribute | None = None) -> Number:
    """The cut between a set and the rest times the sum of the reciprocals of their volumes.

    The witness lists the crossing edges. O(m). Shi and Malik (2000).

    Raises:
        NodeNotFound, WrongKind, MissingAttribute, NegativeWeight: as `conductance`.
    """
    crossing, size, inside, outside = _cut(graph, nodes, weight)
    if not min(inside, outside):
        raise WrongKind("a normalized cut needs edges at the set and at the rest; one of the two has none")
    return Number(size * (1 / inside + 1 / outside), crossing)


@tool(
    phrases=("edge expansion", "isoperimetric ratio of a set"),
    asks=(
        "What is the edge expansion of the set {nodes}?",
        "Compute the edge expansion of {nodes}.",
        "edge expansion {nodes}",
        "How many edges leave {nodes} for each node of the smaller side?",
    ),
)
def edge_expansion(graph: Graph, nodes: NodesArg, weight: Attribute | None = None) -> Number:
    """The cut between a set and the rest divided by the number of nodes of the smaller side.

    The witness lists the crossing edges. O(m). Hoory, Linial and Wigderson (2006).

    Raises:
        NodeNotFound: a node is not in the graph.
        WrongKind: the set is empty or holds all nodes.
        MissingAttribute, NegativeWeight: a weight is missing or not above 0.
    """
    crossing, size, _, _ = _cut(graph, nodes, weight)
    chosen = len({graph.node(node) for node in nodes})
    if not 0 < chosen < graph.num_nodes:
        raise WrongKind("edge expansion needs a node inside the set and one outside")
    return Number(size / min(chosen, graph.num_nodes - chosen), crossing)
