"""Degrees of all nodes: sequence, extremes, distribution, isolated nodes, sources and sinks."""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Callable
from typing import Literal

from graphs.errors import BadArgument, WrongKind
from graphs.graph import Graph, Node
from tools.answers import NodeAnswer, Nodes, NodeValues, Number, Numbers, Record
from tools.arcs import require_directed, require_nodes
from tools.registry import tool

Direction = Literal["total", "in", "out"]
Comparison = Literal["equal", "more", "less", "at_least", "at_most"]


_COMPARING: dict[str, Callable[[float, float], bool]] = {
    "equal": operator.eq, "more": operator.gt, "less": operator.lt, "at_least": operator.ge, "at_most": operator.le,
}  # fmt: skip


def compared_with(bound: float, comparison: str) -> Callable[[float], bool]:
    """Whether a figure is equal to, more than … `bound`.

    Raises:
        BadArgument: no such comparison.
    """
    if comparison not in _COMPARING:
        raise BadArgument(f"comparison must be one of {', '.join(_COMPARING)}, not {comparison!r}")
    holds = _COMPARING[comparison]
    return lambda figure: holds(figure, bound)


def degree_table(graph: Graph, direction: Direction = "total") -> dict[Node, int]:
    """node -> degree; a self-loop counts twice in the total, once each way otherwise.

    Raises:
        WrongKind: in- or out-degrees of an undirected graph.
    """
    if direction == "total":
        return dict(graph.nx.degree())
    require_directed(graph, f"an {direction}-degree")
    return dict(graph.nx.in_degree() if direction == "in" else graph.nx.out_degree())


@tool(
    phrases=("average degree", "mean degree", "average number of neighbours"),
    asks=(
        "What is the average degree of the graph?",
        "What is the mean degree?",
        "How many edges does a node have on average?",
        "Average degree?",
    ),
)
def average_degree(graph: Graph) -> Number:
    """Mean of the degrees: 2m / n. On a directed graph in- and out-edges both count. O(1).

    Raises:
        WrongKind: the graph has no nodes.
    """
    require_nodes(graph, "an average degree")
    notes = ("in- and out-edges both count; the mean in-degree is half of it",) if graph.directed else ()
    return Number(2 * graph.num_edges / graph.num_nodes, notes=notes)


@tool(
    phrases=("degrees of all nodes", "degree of each node", "degree of every node"),
    asks=(
        "What is the degree of each node?",
        "List the degrees of all nodes.",
        "Give every vertex with its degree.",
        "Show the degree of every node.",
    ),
)
def degrees(graph: Graph, direction: Direction = "total") -> NodeValues:
    """Degree of every node; a self-loop counts twice. O(n + m).

    Raises:
        WrongKind: in- or out-degrees of an undirected graph.
    """
    return NodeValues(degree_table(graph, direction))


@tool(
    phrases=("degree sequence", "sorted degrees"),
    asks=(
        "What is the degree sequence of the graph?",
        "Give the degree sequence.",
        "List the degrees in descending order.",
        "Degree sequence?",
    ),
)
def degree_sequence(graph: Graph, direction: Direction = "total") -> Numbers:
    """The degrees of all nodes in descending order. O(n log n).

    Raises:
        WrongKind: in- or out-degrees of an undirected graph.

    >>> degree_sequence(Graph.from_edges([(1, 2), (1, 3)])).value
    [2, 1, 1]
    """
    return Numbers(sorted(degree_table(graph, direction).values(), reverse=True))


@tool(
    phrases=("degree histogram", "degree distribution", "how many nodes of each degree"),
    asks=(
        "What is the degree distribution of the graph?",
        "Show the degree histogram.",
        "How many nodes have each degree?",
        "Compute the degree distribution of this network.",
    ),
)
def degree_histogram(graph: Graph, direction: Direction = "total") -> Record:
    """How many nodes have each degree that occurs, in ascending order of degree. O(n log n).

    Raises:
        WrongKind: in- or out-degrees of an undirected graph.
    """
    counts = Counter(degree_table(graph, direction).values())
    return Record({str(degree): counts[degree] for degree in sorted(counts)})


@tool(
    phrases=(
        "highest degree",
        "most connections",
        "most neighbours",
        "maximum degree node",
        "biggest hub",
        "most edges",
    ),
    asks=(
        "Which node has the highest degree?",
        "Which node has the most connections?",
        "Find the node with the maximum degree.",
        "Who has the most neighbours?",
    ),
)
def max_degree_node(graph: Graph, direction: Direction = "total") -> NodeAnswer:
    """The node of highest degree, the first of the graph's order on ties; the witness lists all of them. O(n).

    Raises:
        WrongKind: the graph has no nodes; in- or out-degrees of an undirected graph.
    """
    return _extreme_node(graph, direction, highest=True)


@tool(
    phrases=("lowest degree", "fewest connections", "fewest neighbours", "minimum degree node", "least connected node"),
    asks=(
        "Which node has the lowest degree?",
        "Which node has the fewest connections?",
        "Find the node with the minimum degree.",
        "Who has the fewest neighbours?",
    ),
)
def min_degree_node(graph: Graph, direction: Direction = "total") -> NodeAnswer:
    """The node of lowest degree, the first of the graph's order on ties; the witness lists all of them. O(n).

    Raises:
        WrongKind: the graph has no nodes; in- or out-degrees of an undirected graph.
    """
    return _extreme_node(graph, direction, highest=False)


def _extreme_node(graph: Graph, direction: Direction, *, highest: bool) -> NodeAnswer:
    require_nodes(graph, "a highest or lowest degree")
    table = degree_table(graph, direction)
    best = max(table.values()) if highest else min(table.values())
    tied = [node for node, degree in table.items() if degree == best]
    notes = (f"{len(tied)} nodes share degree {best}; the first is named",) if len(tied) > 1 else ()
    return NodeAnswer(tied[0], {"degree": best, "tied": tied}, notes=notes)


@tool(
    phrases=("maximum degree", "largest degree of the graph", "max degree"),
    asks=(
        "What is the maximum degree of the graph?",
        "How large is the maximum degree?",
        "Compute the max degree Δ.",
        "Maximum degree?",
    ),
)
def maximum_degree(graph: Graph, direction: Direction = "total") -> Number:
    """The highest degree of a node. O(n).

    Raises:
        WrongKind: the graph has no nodes; in- or out-degrees of an undirected graph.
    """
    require_nodes(graph, "a maximum degree")
    return Number(max(degree_table(graph, direction).values()))


@tool(
    phrases=("minimum degree", "smallest degree of the graph", "min degree"),
    asks=(
        "What is the minimum degree of the graph?",
        "How small is the minimum degree?",
        "Compute the min degree δ.",
        "Minimum degree?",
    ),
)
def minimum_degree(graph: Graph, direction: Direction = "total") -> Number:
    """The lowest degree of a node. O(n).

    Raises:
        WrongKind: the graph has no nodes; in- or out-degrees of an undirected graph.
    """
    require_nodes(graph, "a minimum degree")
    return Number(min(degree_table(graph, direction).values()))


@tool(
    phrases=("nodes with degree", "nodes of degree", "degree greater than", "degree at least", "degree less than"),
    asks=(
        "Which nodes have degree {degree}?",
        "List the nodes with degree {degree}.",
        "How many nodes have degree {degree}?",
        "Find all vertices of degree {degree}.",
    ),
)
def nodes_with_degree(
    graph: Graph, degree: int, comparison: Comparison = "equal", direction: Direction = "total"
) -> Nodes:
    """The nodes whose degree is equal to, more than, less than, at least or at most `degree`. O(n).

    Raises:
        WrongKind: in- or out-degrees of an undirected graph.
    """
    holds = compared_with(degree, comparison)
    return Nodes([node for node, d in degree_table(graph, direction).items() if holds(d)])


@tool(
    phrases=("isolated nodes", "nodes without edges", "nodes with no connections", "isolated vertices"),
    asks=(
        "Which nodes are isolated?",
        "Are there isolated nodes?",
        "List the nodes without any edges.",
        "Find all isolated vertices.",
    ),
)
def isolated_nodes(graph: Graph) -> Nodes:
    """The nodes on no edge; a node with a self-loop is not isolated. O(n)."""
    return Nodes([node for node, degree in graph.nx.degree() if degree == 0])


@tool(
    phrases=("source nodes", "nodes with no incoming edges", "in-degree zero", "source vertices of the digraph"),
    asks=(
        "Which nodes are sources?",
        "Which nodes have no incoming edges?",
        "List the nodes of in-degree zero.",
        "Find the source nodes of the directed graph.",
    ),
    needs="directed",
)
def source_nodes(graph: Graph) -> Nodes:
    """The nodes that no edge enters. O(n).

    Raises:
        WrongKind: the graph is undirected.
    """
    require_directed(graph, "a source node")
    return Nodes([node for node, degree in graph.nx.in_degree() if degree == 0])


@tool(
    phrases=("sink nodes", "nodes with no outgoing edges", "out-degree zero", "sinks"),
    asks=(
        "Which nodes are sinks?",
        "Which nodes have no outgoing edges?",
        "List the nodes of out-degree zero.",
        "Find the sink nodes of the directed graph.",
    ),
    needs="directed",
)
def sink_nodes(graph: Graph) -> Nodes:
    """The nodes that no edge leaves. O(n).

    Raises:
        WrongKind: the graph is undirected.
    """
    require_directed(graph, "a sink node")
    return Nodes([node for node, degree in graph.nx.out_degree() if degree == 0])


@tool(
    phrases=("degree assortativity", "assortativity coefficient", "degree correlation", "assortative mixing"),
    asks=(
        "What is the degree assortativity of the graph?",
        "Do hubs link to hubs, by the assortativity coefficient?",
        "Compute the degree correlation coefficient.",
        "Is the network assortative by degree?",
    ),
)
def degree_assortativity(graph: Graph) -> Number:
    """Pearson correlation of the degrees at the two ends of an edge, from -1 to 1.

    On a directed graph: out-degree of the source with in-degree of the target. Newman, Phys. Rev. Lett. 89 (2002),
    eq. 4, in whole numbers up to the last division. O(n + m).

    Raises:
        WrongKind: there are no edges, or all ends have the same degree.
    """
    outgoing = degree_table(graph, "out" if graph.directed else "total")
    incoming = degree_table(graph, "in" if graph.directed else "total")
    ends = [(outgoing[u], incoming[v]) for u, v in graph.nx.edges()]
    if not graph.directed:
        ends += [(y, x) for x, y in ends]
    count = len(ends)
    sum_x, sum_y = sum(x for x, _ in ends), sum(y for _, y in ends)
    spread_x = count * sum(x * x for x, _ in ends) - sum_x**2
    spread_y = count * sum(y * y for _, y in ends) - sum_y**2
    if spread_x == 0 or spread_y == 0:
        raise WrongKind("every edge ends in the same degree, so that degree assortativity is not defined")
    return Number(float((count * sum(x * y for x, y in ends) - sum_x * sum_y) / (spread_x * spread_y) ** 0.5))
