"""What comes second or third by a figure, who has more of it, and what lies on one side of a bound."""

from __future__ import annotations

from typing import Literal

from graphs.errors import BadArgument, WrongKind
from graphs.graph import Graph
from tools.answers import Edges, NodeAnswer, Nodes, Truth
from tools.arcs import require_nodes
from tools.degrees import Comparison, Direction, compared_with, degree_table
from tools.distances import single_source_distances
from tools.registry import Attribute, NodeArg, tool
from tools.statistics import weighted_edges


@tool(
    phrases=("second highest degree", "third highest degree", "second most connections", "runner-up by degree"),
    asks=(
        "Which node has the second highest degree?",
        "Which node has the third highest degree?",
        "Which node has the second most connections?",
        "Which vertex comes in second place by degree?",
        "Who has the second most friends?",
    ),
)
def nth_highest_degree_node(graph: Graph, rank: int = 2, direction: Direction = "total") -> NodeAnswer:
    """The node of `rank`-th highest degree, nodes of one degree sharing a rank; the witness lists all of them. O(n).

    rank: 1 is the highest.

    Raises:
        BadArgument: `rank` is below 1, or there are fewer different degrees.
        WrongKind: the graph has no nodes; in- or out-degrees of an undirected graph.
    """
    return _nth_by_degree(graph, rank, direction, highest=True)


@tool(
    phrases=("second lowest degree", "third lowest degree", "second fewest connections"),
    asks=(
        "Which node has the second lowest degree?",
        "Which node has the third lowest degree?",
        "Which node has the second fewest connections?",
        "Who has the second fewest friends?",
    ),
)
def nth_lowest_degree_node(graph: Graph, rank: int = 2, direction: Direction = "total") -> NodeAnswer:
    """The node of `rank`-th lowest degree, nodes of one degree sharing a rank; the witness lists all of them. O(n).

    rank: 1 is the lowest.

    Raises:
        BadArgument: `rank` is below 1, or there are fewer different degrees.
        WrongKind: the graph has no nodes; in- or out-degrees of an undirected graph.
    """
    return _nth_by_degree(graph, rank, direction, highest=False)


def _nth_by_degree(graph: Graph, rank: int, direction: Direction, *, highest: bool) -> NodeAnswer:
    require_nodes(graph, "a highest or lowest degree")
    table = degree_table(graph, direction)
    value = _nth(list(table.values()), rank, "degrees", highest=highest)
    tied = [node for node, degree in table.items() if degree == value]
    notes = [f"degree {value} is number {rank}, where equal degrees count once"]
    if len(tied) > 1:
        notes.append(f"{len(tied)} nodes share degree {value}; the first is named")
    return NodeAnswer(tied[0], {"degree": value, "tied": tied}, notes=tuple(notes))


@tool(
    phrases=("second heaviest edge", "third heaviest edge", "edge with the second largest weight"),
    asks=(
        "Which edge has the second largest weight?",
        "Which edge has the third largest weight?",
        "What is the second heaviest edge?",
        "Which link is the second most expensive?",
        "Find the edge with the second highest cost.",
    ),
)
def nth_heaviest_edge(graph: Graph, rank: int = 2, weight: Attribute = "weight") -> Edges:
    """The edge of `rank`-th largest `weight` (`total`), equal weights counting once; the first on ties. O(m log m).

    Raises:
        BadArgument: `rank` is below 1, or there are fewer different weights; a weight is not a finite number.
        WrongKind: there are no edges.
        MissingAttribute: an edge has no `weight`.
    """
    return _nth_by_weight(graph, rank, weight, highest=True)


@tool(
    phrases=("second lightest edge", "third lightest edge", "edge with the second smallest weight"),
    asks=(
        "Which edge has the second smallest weight?",
        "Which edge has the third smallest weight?",
        "What is the second lightest edge?",
        "Which link is the second cheapest?",
        "Find the edge with the second lowest cost.",
    ),
)
def nth_lightest_edge(graph: Graph, rank: int = 2, weight: Attribute = "weight") -> Edges:
    """The edge of `rank`-th smallest `weight` (`total`), equal weights counting once; the first on ties. O(m log m).

    Raises:
        BadArgument: `rank` is below 1, or there are fewer different weights; a weight is not a finite number.
        WrongKind: there are no edges.
        MissingAttribute: an edge has no `weight`.
    """
    return _nth_by_weight(graph, rank, weight, highest=False)


def _nth_by_weight(graph: Graph, rank: int, weight: str, *, highest: bool) -> Edges:
    found = weighted_edges(graph, weight, "an order of the edges by weight")
    if not found:
        raise WrongKind("the graph has no edges; add one first")
    value = _nth([w for *_, w in found], rank, "weights", highest=highest)
    tied = [(u, v) for u, v, w in found if w == value]
    notes = [f"{weight} {value} is number {rank}, where equal ones count once"]
    if len(tied) > 1:
        notes.append(f"{len(tied)} edges share it; the first is named")
    return Edges(tied[:1], value, notes=tuple(notes))


def _nth(values: list[float] | list[int], rank: int, what: str, *, highest: bool) -> float:
    if rank < 1:
        raise BadArgument(f"rank must be at least 1, not {rank}")
    different = sorted(set(values), reverse=highest)
    if rank > len(different):
        raise BadArgument(f"there are only {len(different)} different {what}, so none is number {rank}")
    return different[rank - 1]


@tool(
    phrases=("same degree", "as many neighbours as", "equal degrees"),
    asks=(
        "Do {u} and {v} have the same degree?",
        "Do {u} and {v} have equally many neighbours?",
        "Is the degree of {u} equal to the degree of {v}?",
        "Does {u} have as many connections as {v}?",
        "Do {u} and {v} have the same number of friends?",
    ),
)
def same_degree(graph: Graph, u: NodeArg, v: NodeArg, direction: Direction = "total") -> Truth:
    """Whether two nodes have the same degree; the witness gives both. O(1).

    Raises:
        NodeNotFound: `u` or `v` is not in the graph. WrongKind: in- or out-degrees of an undirected graph.
    """
    first, second, table = graph.node(u), graph.node(v), degree_table(graph, direction)
    return Truth(table[first] == table[second], {"degrees": [table[first], table[second]]})


@tool(
    phrases=("higher degree of two", "which of two nodes has more neighbours", "more connections than"),
    asks=(
        "Which has the higher degree, {u} or {v}?",
        "Which node has more neighbours, {u} or {v}?",
        "Which is bigger, the degree of {u} or of {v}?",
        "Who has more friends, {u} or {v}?",
        "Which of {u} and {v} has more connections?",
    ),
)
def higher_degree_of(graph: Graph, u: NodeArg, v: NodeArg, direction: Direction = "total") -> NodeAnswer:
    """The one of two nodes with the higher degree, `u` where they are equal (said in a note). O(1).

    Raises:
        NodeNotFound: `u` or `v` is not in the graph. WrongKind: in- or out-degrees of an undirected graph.
    """
    first, second, table = graph.node(u), graph.node(v), degree_table(graph, direction)
    degrees = [table[first], table[second]]
    notes = (f"both have degree {degrees[0]}",) if degrees[0] == degrees[1] else ()
    return NodeAnswer(first if degrees[0] >= degrees[1] else second, {"degrees": degrees}, notes=notes)


@tool(
    phrases=("closer to", "nearer to one than to another"),
    asks=(
        "Is {node} closer to {near} than to {far}?",
        "Is {node} nearer to {near} than to {far}?",
        "Is the distance from {node} to {near} shorter than to {far}?",
        "Does {node} have a shorter way to {near} than to {far}?",
    ),
)
def is_closer(graph: Graph, node: NodeArg, near: NodeArg, far: NodeArg, weight: Attribute | None = None) -> Truth:
    """Whether the way from `node` to `near` is shorter than the one to `far`; the witness gives both lengths.

    A node that cannot be reached is farther than any that can (its length in the witness is None). O(n + m), with
    weights O(m log n).

    Raises:
        NodeNotFound: a node is not in the graph. MissingAttribute, BadArgument: as for a shortest path.
    """
    lengths = single_source_distances(graph, node, weight).values
    there, beyond = lengths[graph.node(near)], lengths[graph.node(far)]
    holds = there is not None and (beyond is None or there < beyond)
    return Truth(holds, {"lengths": [there, beyond]})


Parity = Literal["odd", "even"]


@tool(
    phrases=("nodes of odd degree", "nodes of even degree", "odd vertices", "even vertices"),
    asks=(
        "Which nodes have an odd degree?",
        "Which nodes have an even degree?",
        "How many nodes have odd degree?",
        "How many nodes have even degree?",
        "List the vertices with an odd number of neighbours.",
        "List the vertices with an even number of neighbours.",
    ),
)
def nodes_by_degree_parity(graph: Graph, parity: Parity = "odd", direction: Direction = "total") -> Nodes:
    """The nodes whose degree is odd, or even; 0 is even. O(n).

    Raises:
        WrongKind: in- or out-degrees of an undirected graph.
    """
    if parity not in ("odd", "even"):
        raise BadArgument(f"parity must be odd or even, not {parity!r}")
    rest = 1 if parity == "odd" else 0
    return Nodes([node for node, degree in degree_table(graph, direction).items() if degree % 2 == rest])


@tool(
    phrases=("edges with weight", "edges heavier than", "edges lighter than", "edges that cost more than"),
    asks=(
        "Which edges have weight {value}?",
        "How many edges have weight more than {value}?",
        "Which edges weigh less than {value}?",
        "List the edges with weight at least {value}.",
        "How many links cost more than {value}?",
        "Which roads are longer than {value}?",
        "How many edges are heavier than {value}?",
    ),
)
def edges_with_weight(
    graph: Graph, value: float, comparison: Comparison = "equal", weight: Attribute = "weight"
) -> Edges:
    """The edges whose weight is equal to, more than, less than, at least or at most `value`. O(m).

    Raises:
        MissingAttribute: an edge has no `weight`.
        BadArgument: a weight is not a finite number; an unknown comparison.
    """
    holds = compared_with(value, comparison)
    found = weighted_edges(graph, weight, "a choice of edges by weight")
    return Edges([(u, v) for u, v, w in found if holds(w)])
