"""Who comes first: the most central node, the top k, how unequal a network is."""

from __future__ import annotations

import math

from graphs.errors import BadArgument, WrongKind
from graphs.graph import Graph, Node
from tools.answers import NodeAnswer, Number, Order
from tools.registry import Attribute, tool
from tools.scores import MEASURES, Measure, Scores, pagerank_scores


def _first(scores: Scores, what: str) -> NodeAnswer:
    if not scores:
        raise WrongKind("the graph has no nodes, so none comes first")
    best = max(scores.values())
    ties = [node for node, x in scores.items() if _equal(x, best)]
    notes: tuple[str, ...] = ()
    if len(ties) > 1:
        named = ", ".join(map(str, ties[:10]))
        notes = (f"{len(ties)} nodes share the highest {what}: {named}; the first in the graph's order was taken",)
    return NodeAnswer(ties[0], scores, notes=notes)


def _equal(a: float, b: float) -> bool:
    return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12)


@tool(
    phrases=(
        "most central node",
        "most important node",
        "largest betweenness",
        "highest closeness",
        "highest centrality",
        "largest eigenvector centrality",
    ),
    asks=(
        "Which node is the most central?",
        "Which node has the highest {measure} centrality?",
        "Find the most important node by {measure}.",
        "Who has the largest {measure} centrality?",
        "most central node by {measure}",
    ),
)
def most_central_node(graph: Graph, measure: Measure = "betweenness") -> NodeAnswer:
    """The node with the highest centrality; of equal ones (to 1e-9) the first in the graph's order, with a note.

    The witness gives the score of every node. Cost: that of the measure, O(n m) for betweenness.

    Raises:
        WrongKind: the graph has no nodes, or the measure is not defined on this kind of graph.
        NotConnected, BadArgument, TooLarge: as the measure's own tool.

    >>> most_central_node(Graph.from_edges([(1, 2), (2, 3)])).node
    2
    """
    if not graph:
        raise WrongKind("the graph has no nodes, so none comes first")
    return _first(MEASURES[measure](graph), f"{measure} centrality")


@tool(
    phrases=("largest pagerank", "highest pagerank", "top pagerank node", "maximum pagerank"),
    asks=(
        "Which node has the largest PageRank value?",
        "Which node has the highest PageRank?",
        "Which node has the largest PageRank value? The damping factor is {damping}. The number of iterations is"
        " {iterations}.",
        "Find the node of maximum PageRank.",
        "top pagerank node",
    ),
)
def highest_pagerank_node(
    graph: Graph, damping: float = 0.85, iterations: int | None = None, weight: Attribute | None = None
) -> NodeAnswer:
    """The node with the highest PageRank; of equal ones (to 1e-9) the first in the graph's order, with a note.

    With `iterations` the ranks are those after exactly so many rounds from equal shares. The witness gives the rank
    of every node. O(rounds * m). Brin and Page (1998).

    Raises:
        WrongKind: the graph has no nodes.
        BadArgument, MissingAttribute, NegativeWeight: as `pagerank`.
    """
    return _first(pagerank_scores(graph, damping, iterations, weight), "PageRank")


@tool(
    phrases=("rank the nodes", "top nodes by centrality", "most central nodes", "ranking by centrality"),
    asks=(
        "What are the top {k} nodes by {measure}?",
        "Rank the nodes by {measure} centrality.",
        "Which {k} nodes have the highest {measure}?",
        "List the {k} most central nodes by {measure}.",
        "top {k} by {measure}",
    ),
)
def rank_nodes(graph: Graph, measure: Measure = "betweenness", k: int | None = None) -> Order:
    """The `k` nodes (all without `k`) of highest centrality, best first; equal ones (to 1e-9) in the graph's order.

    The witness gives the score of every node. Cost: that of the measure.

    Raises:
        BadArgument: `k` is below 1.
        WrongKind, NotConnected, TooLarge: as the measure's own tool.
    """
    if k is not None and k < 1:
        raise BadArgument(f"k must be at least 1, not {k}")
    scores = MEASURES[measure](graph) if graph else {}
    order = ranked(scores)
    count = len(order) if k is None else min(k, len(order))
    notes: tuple[str, ...] = ()
    if count < len(order) and _equal(scores[order[count - 1]], scores[order[count]]):
        notes = (f"{order[count]} scores as much as {order[count - 1]}, which stands first in the graph's order",)
    return Order(order[:count], scores, notes=notes)


def ranked(scores: Scores) -> list[Node]:
    """Nodes by falling score; runs of scores that differ by rounding alone keep the order of `scores`."""
    place = {node: i for i, node in enumerate(scores)}
    order = sorted(scores, key=lambda node: -scores[node])
    result: list[Node] = []
    run: list[Node] = []
    for node in order:
        if run and not _equal(scores[run[0]], scores[node]):
            result += sorted(run, key=place.__getitem__)
            run = []
        run.append(node)
    return result + sorted(run, key=place.__getitem__)


@tool(
    phrases=("degree centralization", "network centralization", "freeman centralization"),
    asks=(
        "What is the degree centralization of the network?",
        "How centralized is the graph?",
        "freeman centralization",
        "Compute Freeman's degree centralization.",
    ),
)
def degree_centralization(graph: Graph) -> Number:
    """How far the degrees are from equal: 1 for a star, 0 for a regular graph.

    The sum of (largest degree - degree) divided by (n - 1)(n - 2). Directions, parallel edges and self-loops are
    ignored. The witness gives the degrees. O(n + m). Freeman (1978).

    Raises:
        WrongKind: the graph has fewer than three nodes.
    """
    if graph.num_nodes < 3:
        raise WrongKind("centralization needs at least three nodes")
    near: dict[Node, set[Node]] = {node: set() for node in graph}
    for u, v in graph.nx.edges():
        if u != v:
            near[u].add(v)
            near[v].add(u)
    degrees = {node: len(others) for node, others in near.items()}
    top = max(degrees.values())
    return Number(sum(top - d for d in degrees.values()) / ((graph.num_nodes - 1) * (graph.num_nodes - 2)), degrees)
