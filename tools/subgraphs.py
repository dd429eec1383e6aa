"""Copies of one graph in another, and the largest part that two graphs share."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from graphs.graph import Graph
from tools.answers import NodeMap, Number, Truth
from tools.embeddings import edge_counts, embeddings, in_order, same_kind
from tools.exact_search import heaviest_clique, independent_classes
from tools.registry import tool


@tool(
    phrases=("contains the pattern", "has a subgraph isomorphic", "subgraph isomorphism exists", "contains a copy of"),
    asks=(
        "Does the graph contain {pattern} as a subgraph?",
        "Is there a subgraph isomorphic to {pattern}?",
        "Is the graph {pattern} a subgraph pattern of this graph?",
        "Check whether a copy of {pattern} occurs.",
    ),
)
def has_subgraph(graph: Graph, pattern: Graph, induced: bool = False, time_limit: float = 10.0) -> Truth:
    """Decide whether some nodes, with some (`induced`: all) of the edges between them, form the pattern.

    witness: the `mapping` from pattern nodes; a no rests on a complete search. NP-complete (Cook 1971).

    Raises:
        WrongKind: one graph is directed and the other is not.
        BudgetExceeded: `time_limit` seconds did not suffice.
    """
    same_kind(graph, pattern)
    found = next(embeddings(pattern, graph, induced=induced, seconds=time_limit), None)
    return Truth(found is not None, witness=None if found is None else {"mapping": in_order(pattern, found)})


@tool(
    phrases=("subgraph matching", "find the pattern", "where does the pattern occur", "match the pattern"),
    asks=(
        "Find a match of {pattern} in the graph.",
        "Where does {pattern} occur in the graph?",
        "Map the nodes of {pattern} to nodes of the graph (subgraph matching).",
        "Give a subgraph matching of {pattern}.",
    ),
)
def subgraph_matching(graph: Graph, pattern: Graph, induced: bool = False, time_limit: float = 10.0) -> NodeMap:
    """Map the pattern's nodes to nodes so that its edges go to edges (`induced`: and non-edges to non-edges).

    None when there is no such map. NP-hard; backtracking along the pattern's edges.

    Raises:
        WrongKind, BudgetExceeded: as for `has_subgraph`.
    """
    same_kind(graph, pattern)
    found = next(embeddings(pattern, graph, induced=induced, seconds=time_limit), None)
    return NodeMap(None if found is None else in_order(pattern, found))


@tool(
    phrases=("count subgraphs", "how many copies of the pattern", "number of occurrences of the pattern"),
    asks=(
        "How many copies of {pattern} does the graph contain?",
        "Count the subgraphs isomorphic to {pattern}.",
        "How often does the pattern {pattern} occur?",
        "number of occurrences of {pattern}",
    ),
)
def count_subgraphs(graph: Graph, pattern: Graph, induced: bool = False, time_limit: float = 10.0) -> Number:
    """Count the copies of the pattern: embeddings divided by the pattern's automorphisms.

    In multigraphs one copy may be counted for several parallel edges only once. witness: `embeddings` and
    `automorphisms`.

    Raises:
        WrongKind, BudgetExceeded: as for `has_subgraph`.
    """
    same_kind(graph, pattern)
    symmetries = sum(1 for _ in embeddings(pattern, pattern, induced=True, seconds=time_limit))
    total = sum(1 for _ in embeddings(pattern, graph, induced=induced, seconds=time_limit))
    return Number(total // symmetries, witness={"embeddings": total, "automorphisms": symmetries})


@tool(
    phrases=("is a subgraph of", "every edge also in the other graph", "contained in the other graph"),
    asks=(
        "Is {other} a subgraph of the graph, label by label?",
        "Are all nodes and edges of {other} also in the graph?",
        "Is {other} contained in this graph with the same labels?",
        "Check that every edge of {other} is in the graph.",
    ),
)
def is_subgraph(graph: Graph, other: Graph) -> Truth:
    """Decide whether every node and edge of `other` is in the graph under the same label.

    Parallel edges of `other` need as many here. witness when not: the missing `node` or `edge`. O(n + m).

    Raises:
        WrongKind: one graph is directed and the other is not.
    """
    same_kind(graph, other)
    for node in other:
        if node not in graph:
            return Truth(False, witness={"node": node})
    here = edge_counts(graph)
    for (u, v), k in edge_counts(other).items():
        if here.get((u, v), 0) < k:
            return Truth(False, witness={"edge": [u, v]})
    return Truth(True)


@tool(
    phrases=("maximum common subgraph", "largest common subgraph", "largest common structure"),
    asks=(
        "Find the maximum common subgraph of the graph and {other}.",
        "What is the largest common structure with {other}?",
        "Which largest induced subgraph do the graph and {other} share?",
        "maximum common induced subgraph with {other}",
    ),
)
def maximum_common_subgraph(graph: Graph, other: Graph, time_limit: float = 10.0) -> NodeMap:
    """Map as many nodes as possible to nodes of `other` such that edges and non-edges agree. NP-hard.

    A largest clique of the modular product (Levi 1973). witness: `classes` of node pairs, of each of which a map can
    use one: as many bound the size from above. `bounds` where the search was cut short.

    Raises:
        WrongKind: one graph is directed and the other is not.
    """
    same_kind(graph, other)
    product = _product(graph, other)
    pairs, sure = heaviest_clique(product, dict.fromkeys(product, 1), time_limit)
    classes = [[list(pair) for pair in row] for row, _ in independent_classes(product, dict.fromkeys(product, 1))]
    mapping = in_order(graph, dict(pairs))
    bounds = None if sure else (len(mapping), max(len(mapping), len(classes)))
    return NodeMap(mapping, witness={"classes": classes}, exact=sure, bounds=bounds)


def _product(graph: Graph, other: Graph) -> dict[Any, set[Any]]:
    """Pairs of nodes with equal loops, joined when both graphs agree on the edges between their nodes."""
    here, there = edge_counts(graph), edge_counts(other)
    pairs = [(u, v) for u in graph for v in other if here.get((u, u), 0) == there.get((v, v), 0)]
    found: dict[Any, set[Any]] = {pair: set() for pair in pairs}
    for (a, x), (b, y) in combinations(pairs, 2):
        if a != b and x != y:
            both = here.get((a, b), 0) == there.get((x, y), 0), here.get((b, a), 0) == there.get((y, x), 0)
            if all(both):
                found[a, x].add((b, y))
                found[b, y].add((a, x))
    return found
