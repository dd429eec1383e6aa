"""Figures of the whole graph: order, size, density, weights, kind, summaries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Literal

from graphs.errors import WrongKind
from graphs.graph import Graph, Node
from tools.answers import Edges, Nodes, Number, Record, Truth
from tools.arcs import number_at, require_directed
from tools.degrees import average_degree, degree_table
from tools.registry import Attribute, tool

Direction = Literal["total", "in", "out"]


@tool(
    phrases=("number of nodes", "how many nodes", "count of nodes", "number of vertices", "order of the graph"),
    asks=(
        "How many nodes are in the graph?",
        "What is the number of nodes in this graph?",
        "Count the vertices.",
        "What is the order of the graph?",
    ),
)
def num_nodes(graph: Graph) -> Number:
    """Count the nodes (the order of the graph). O(1)."""
    return Number(graph.num_nodes)


@tool(
    phrases=("number of edges", "how many edges", "count of edges", "number of links", "size of the graph"),
    asks=(
        "How many edges are in the graph?",
        "What is the number of edges in this graph?",
        "Count the links.",
        "What is the size of the graph?",
    ),
)
def num_edges(graph: Graph) -> Number:
    """Count the edges (the size of the graph): a self-loop counts once, parallel edges count each. O(1)."""
    return Number(graph.num_edges)


@tool(
    phrases=("density", "dense", "sparse", "fraction of possible edges"),
    asks=(
        "What is the density of the graph?",
        "How dense is this network?",
        "Compute the graph density.",
        "What fraction of the possible edges is present?",
    ),
)
def density(graph: Graph) -> Number:
    """Share of the possible edges that exist: 2m / (n (n - 1)), for directed graphs m / (n (n - 1)).

    0 for fewer than two nodes. Self-loops and parallel edges count, so that it can exceed 1. O(1).

    >>> density(Graph.from_edges([(1, 2), (2, 3)])).value
    0.6666666666666666
    """
    n, m = graph.num_nodes, graph.num_edges
    if n < 2:
        return Number(0.0)
    return Number((1 if graph.directed else 2) * m / (n * (n - 1)))


@tool(
    phrases=("self loops", "self-loop edges", "loops", "edges from a node to itself"),
    asks=(
        "Does the graph have self-loops?",
        "Which edges are self-loops?",
        "List the loops of the graph.",
        "How many self-loops are there?",
    ),
)
def self_loops(graph: Graph) -> Edges:
    """The edges that join a node to itself. O(m)."""
    return Edges([(u, v) for u, v in graph.nx.edges() if u == v])


@tool(
    phrases=("parallel edges", "multiple edges", "duplicate edges", "multi edges"),
    asks=(
        "Are there parallel edges?",
        "Which nodes are joined by multiple edges?",
        "List the parallel edges.",
        "Does the graph have duplicate edges?",
    ),
)
def parallel_edges(graph: Graph) -> Edges:
    """The pairs of nodes that more than one edge joins (in the same direction), each pair once. O(m)."""
    pairs = Counter((u, v) for u, v in _oriented(graph))
    return Edges([pair for pair, count in pairs.items() if count > 1])


def _oriented(graph: Graph) -> Iterator[tuple[Node, Node]]:
    """Every edge with a fixed order of its ends: as directed, or as the pair was first met."""
    met: set[tuple[Node, Node]] = set()
    for u, v in graph.nx.edges():
        pair = (v, u) if not graph.directed and (v, u) in met else (u, v)
        met.add(pair)
        yield pair


@tool(
    phrases=("list nodes", "all nodes", "which nodes are in the graph", "node list", "name every node"),
    asks=(
        "List all nodes of the graph.",
        "Which nodes are in the graph?",
        "What are the vertices?",
        "Show the node list.",
    ),
)
def list_nodes(graph: Graph) -> Nodes:
    """All nodes, in the graph's order. O(n)."""
    return Nodes(graph.nodes)


@tool(
    phrases=("list edges", "all edges", "which edges are in the graph", "edge list"),
    asks=(
        "List all edges of the graph.",
        "Which edges are in the graph?",
        "What are the edges?",
        "Show the edge list.",
    ),
)
def list_edges(graph: Graph) -> Edges:
    """All edges as (source, target), in the graph's order; parallel edges each. O(m)."""
    return Edges([(u, v) for u, v in graph.nx.edges()])


def weighted_edges(graph: Graph, weight: str, what_for: str) -> list[tuple[Node, Node, float]]:
    """(source, target, weight) of every edge.

    Raises:
        MissingAttribute: an edge has no `weight`.
        BadArgument: a weight is not a finite number.
    """
    return [(u, v, number_at(data, weight, what_for)) for u, v, data in graph.nx.edges(data=True)]


@tool(
    phrases=("total weight", "sum of weights", "sum of all edge weights", "total cost of all edges"),
    asks=(
        "What is the total weight of the graph?",
        "What is the sum of all edge weights?",
        "Add up the weights of the edges.",
        "Compute the total edge weight.",
    ),
)
def total_weight(graph: Graph, weight: Attribute = "weight") -> Number:
    """Sum of `weight` over all edges; 0 without edges. O(m).

    Raises:
        MissingAttribute: an edge has no `weight`.
        BadArgument: a weight is not a finite number.
    """
    return Number(sum(w for *_, w in weighted_edges(graph, weight, "a total weight")))


@tool(
    phrases=("average edge weight", "mean weight of the edges", "average weight"),
    asks=(
        "What is the average edge weight?",
        "What is the mean weight of the edges?",
        "How heavy is an edge on average?",
        "Average weight of the links?",
    ),
)
def average_edge_weight(graph: Graph, weight: Attribute = "weight") -> Number:
    """Mean of `weight` over all edges. O(m).

    Raises:
        WrongKind: there are no edges.
        MissingAttribute: an edge has no `weight`.
        BadArgument: a weight is not a finite number.
    """
    found = weighted_edges(graph, weight, "an average weight")
    if not found:
        raise WrongKind("the graph has no edges, so that there is no average weight; add an edge first")
    return Number(sum(w for *_, w in found) / len(found))


@tool(
    phrases=(
        "heaviest edge",
        "largest weight edge",
        "strongest edge",
        "edge with maximum weight",
        "most expensive edge",
    ),
    asks=(
        "Which edge has the largest weight?",
        "What is the heaviest edge?",
        "Find the edge with the maximum weight.",
        "Which link is the most expensive?",
    ),
)
def heaviest_edge(graph: Graph, weight: Attribute = "weight") -> Edges:
    """The edge of largest `weight` (`total`), the first on ties. O(m).

    Raises:
        WrongKind: there are no edges.
        MissingAttribute: an edge has no `weight`.
        BadArgument: a weight is not a finite number.
    """
    return _extreme_edge(graph, weight, highest=True)


@tool(
    phrases=("lightest edge", "smallest weight edge", "weakest edge", "edge with minimum weight", "cheapest edge"),
    asks=(
        "Which edge has the smallest weight?",
        "What is the lightest edge?",
        "Find the edge with the minimum weight.",
        "Which link is the cheapest?",
    ),
)
def lightest_edge(graph: Graph, weight: Attribute = "weight") -> Edges:
    """The edge of smallest `weight` (`total`), the first on ties. O(m).

    Raises:
        WrongKind: there are no edges.
        MissingAttribute: an edge has no `weight`.
        BadArgument: a weight is not a finite number.
    """
    return _extreme_edge(graph, weight, highest=False)


def _extreme_edge(graph: Graph, weight: str, *, highest: bool) -> Edges:
    found = weighted_edges(graph, weight, "a heaviest or lightest edge")
    if not found:
        raise WrongKind("the graph has no edges; add one first")
    best = max(w for *_, w in found) if highest else min(w for *_, w in found)
    tied = [(u, v) for u, v, w in found if w == best]
    notes = (f"{len(tied)} edges share weight {best}; the first is named",) if len(tied) > 1 else ()
    return Edges(tied[:1], best, notes=notes)


@tool(
    phrases=("reciprocity", "mutual edges", "fraction of reciprocated edges", "edges that go both ways"),
    asks=(
        "What is the reciprocity of the graph?",
        "What fraction of the edges is reciprocated?",
        "How many of the links are mutual?",
        "Compute the overall reciprocity.",
    ),
    needs="directed",
)
def reciprocity(graph: Graph) -> Number:
    """Share of the edges u -> v with u ≠ v and an edge v -> u, among all edges (parallel ones once). O(m).

    Newman, Forrest & Balthrop, Phys. Rev. E 66 (2002).

    Raises:
        WrongKind: the graph is undirected or has no edges.
    """
    require_directed(graph, "reciprocity")
    body = graph.nx
    pairs = {(u, v) for u, v in body.edges()}
    if not pairs:
        raise WrongKind("the graph has no edges, so that reciprocity is not defined; add an edge first")
    return Number(sum((v, u) in pairs for u, v in pairs if u != v) / len(pairs))


@tool(
    phrases=("graph summary", "describe the graph", "overview", "statistics of the graph", "basic facts"),
    asks=(
        "Summarise the graph.",
        "Give me an overview of this network.",
        "Describe the graph.",
        "What are the basic statistics of the graph?",
    ),
)
def graph_summary(graph: Graph) -> Record:
    """Order, size, density, degrees, isolated nodes, self-loops and kind of the graph at once. O(n + m)."""
    found = list(degree_table(graph).values())
    figures: dict[str, Any] = {"num_nodes": graph.num_nodes, "num_edges": graph.num_edges}
    figures |= {"directed": graph.directed, "multi": graph.multi, "weighted": graph.weighted}
    figures |= {"density": density(graph).value, "self_loops": len(self_loops(graph).edges)}
    figures |= {"isolated_nodes": found.count(0)}
    if found:
        figures |= {
            "average_degree": average_degree(graph).value,
            "minimum_degree": min(found),
            "maximum_degree": max(found),
        }
    return Record(figures)


@tool(
    phrases=("graph properties", "kind of graph", "type of graph", "attributes of the graph"),
    asks=(
        "What kind of graph is this?",
        "What properties does the graph have: directed, weighted, multi?",
        "Which type of graph do we have?",
        "What attributes do the edges and nodes carry?",
    ),
)
def graph_properties(graph: Graph) -> Record:
    """Whether the graph is directed, multi, weighted, temporal, bipartite as declared; attribute names. O(n + m)."""
    return Record(
        {
            "directed": graph.directed,
            "multi": graph.multi,
            "weighted": graph.weighted,
            "temporal": graph.temporal,
            "declared_bipartite": graph.sides is not None,
            "edge_attributes": graph.edge_attribute_names(),
            "node_attributes": graph.node_attribute_names(),
        }
    )


@tool(
    phrases=("is directed", "directed graph or undirected", "do edges have a direction"),
    asks=(
        "Is the graph directed?",
        "Is this graph directed or undirected?",
        "Do the edges have a direction?",
        "Directed?",
    ),
)
def is_directed(graph: Graph) -> Truth:
    """Tell whether the edges have a direction. O(1)."""
    return Truth(graph.directed)


@tool(
    phrases=("is weighted", "do edges have weights", "weighted or unweighted"),
    asks=(
        "Is the graph weighted?",
        "Do the edges have weights?",
        "Is this a weighted or an unweighted graph?",
        "Are there weights on the edges?",
    ),
)
def is_weighted(graph: Graph, weight: Attribute = "weight") -> Truth:
    """Tell whether every edge carries `weight`; a graph without edges is not weighted. O(m).

    The witness of a no is an edge without `weight`.
    """
    bare = next(((u, v) for u, v, data in graph.nx.edges(data=True) if weight not in data), None)
    return Truth(bare is None and graph.num_edges > 0, None if bare is None else {"edge": list(bare)})


@tool(
    phrases=("is multigraph", "is simple graph", "multigraph"),
    asks=(
        "Is the graph a multigraph?",
        "Is this a multigraph, with several edges between two nodes?",
        "Tell me whether it is a multigraph.",
        "Multigraph or not?",
    ),
)
def is_multigraph(graph: Graph) -> Truth:
    """Tell whether parallel edges join some pair of nodes; the witness of a yes is such a pair. O(m)."""
    pairs = parallel_edges(graph).edges
    return Truth(bool(pairs), {"edge": list(pairs[0])} if pairs else None)
