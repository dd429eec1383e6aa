"""Cliques: sets of nodes that are all adjacent, the largest, the heaviest and all the maximal ones."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator

from graphs.errors import BadArgument, WrongKind
from graphs.graph import Graph, Node
from tools.answers import Groups, Nodes, Number, Truth
from tools.best_sets import Around, largest_clique, most_nodes, neighbour_sets, node_weights, resolved
from tools.network_flow import Amount, plain
from tools.registry import Attribute, NodeArg, NodesArg, tool


@tool(
    phrases=("maximum clique", "largest clique", "biggest clique", "largest group where everyone knows everyone"),
    asks=(
        "Find a maximum clique of the graph.",
        "What is the largest clique?",
        "Which is the biggest group of nodes that are all connected to each other?",
        "Give the largest complete subgraph.",
        "max clique",
    ),
)
def maximum_clique(graph: Graph, time_limit: float = 10.0) -> Nodes:
    """Find the most nodes that are pairwise adjacent; directions and loops are ignored. NP-hard.

    witness: independent `sets` with values that cover each node once, whose sum bounds every clique (a colouring).
    Branch and bound within `time_limit` seconds (Tomita and Seki 2003); beyond it the best found with `bounds`.

    >>> maximum_clique(Graph.from_edges([(1, 2), (2, 3), (3, 1), (3, 4)])).nodes
    [1, 2, 3]
    """
    return most_nodes(graph, largest_clique(neighbour_sets(graph), None, time_limit), None)


@tool(
    phrases=("clique number", "size of the largest clique"),
    asks=(
        "What is the clique number of the graph?",
        "How large is the largest clique?",
        "What is the size of the largest clique?",
        "Compute ω(G), the clique number.",
    ),
)
def clique_number(graph: Graph, time_limit: float = 10.0) -> Number:
    """Count the nodes of a largest clique. NP-hard; witness: the `clique` and the `sets` of `maximum_clique`."""
    found = most_nodes(graph, largest_clique(neighbour_sets(graph), None, time_limit), None)
    shown = {"clique": found.nodes, "sets": found.witness["sets"]}
    return Number(len(found.nodes), witness=shown, exact=found.exact, bounds=found.bounds)


@tool(
    phrases=("maximum weight clique", "heaviest clique", "clique of greatest node weight"),
    asks=(
        "Find the maximum weight clique by node weights.",
        "Which clique has the greatest total node weight?",
        "What is the heaviest clique?",
        "max weight clique",
    ),
)
def maximum_weight_clique(graph: Graph, weight: Attribute = "weight", time_limit: float = 10.0) -> Nodes:
    """Find a clique whose nodes weigh most together; `weight` is a node attribute. NP-hard.

    witness: the `total`, and independent `sets` with values that cover each node's weight. Branch and bound.

    Raises:
        MissingAttribute: a node has no `weight`.
    """
    worth = node_weights(graph, weight)
    return most_nodes(graph, largest_clique(neighbour_sets(graph), worth, time_limit), worth)


@tool(
    phrases=("maximal cliques", "all cliques", "list the cliques", "enumerate cliques"),
    asks=(
        "List all maximal cliques.",
        "Which maximal cliques does the graph have?",
        "How many maximal cliques are there?",
        "Enumerate the cliques that cannot be extended.",
    ),
)
def maximal_cliques(graph: Graph, limit: int = 1000) -> Groups:
    """List the cliques to which no node can be added, up to `limit` of them (then `exact` is False).

    Bron and Kerbosch (1973) with Tomita's pivot; there can be 3^(n/3) of them (Moon and Moser 1965).

    Raises:
        BadArgument: `limit` is below 1.
    """
    return _listed(graph, neighbour_sets(graph), [], limit)


@tool(
    phrases=("cliques containing a node", "maximal cliques of a node", "which cliques is a node in"),
    asks=(
        "Which maximal cliques contain {node}?",
        "List the cliques that {node} belongs to.",
        "In how many maximal cliques is {node}?",
        "Show all maximal cliques with node {node}.",
    ),
)
def cliques_containing(graph: Graph, node: NodeArg, limit: int = 1000) -> Groups:
    """List the maximal cliques that contain `node`, up to `limit` of them (then `exact` is False).

    Raises:
        NodeNotFound: `node` is not in the graph. BadArgument: `limit` is below 1.
    """
    around = neighbour_sets(graph)
    return _listed(graph, around, [graph.node(node)], limit)


@tool(
    phrases=(
        "maximum sum of the weights of three interconnected nodes",
        "heaviest triangle",
        "triangle of greatest weight",
        "maximum triangle sum",
    ),
    asks=(
        "What is the maximum sum of the weights of three interconnected nodes?",
        "Find the heaviest triangle by node weights.",
        "Which triangle has the greatest sum of node weights?",
        "Find the maximum sum of the weights of three nodes that are all connected to each other.",
    ),
)
def heaviest_triangle(graph: Graph, weight: Attribute = "weight") -> Number:
    """Find the greatest sum of node weights over all triangles; witness: the triangle's nodes. O(m Δ).

    Raises:
        MissingAttribute: a node has no `weight`.
        WrongKind: the graph has no triangle.
    """
    worth, around = node_weights(graph, weight), neighbour_sets(graph)
    at = {node: i for i, node in enumerate(graph)}
    best: tuple[Amount, list[Node]] | None = None
    for u in graph:
        for v in sorted(around[u], key=at.__getitem__):
            for w in sorted(around[u] & around[v], key=at.__getitem__) if at[u] < at[v] else ():
                if at[v] < at[w]:
                    total = worth[u] + worth[v] + worth[w]
                    if best is None or total > best[0]:
                        best = total, [u, v, w]
    if best is None:
        raise WrongKind("the graph has no triangle: no three nodes are all adjacent to each other")
    return Number(plain(best[0]), witness=best[1])


@tool(
    phrases=("is a clique", "form a clique", "are all pairwise adjacent", "forms a complete subgraph"),
    asks=(
        "Do the nodes {nodes} form a clique?",
        "Are {nodes} all pairwise adjacent?",
        "Is {nodes} a clique?",
        "Check that every two of {nodes} are connected by an edge.",
    ),
)
def is_clique(graph: Graph, nodes: NodesArg) -> Truth:
    """Decide whether every two of `nodes` are adjacent; witness when not: a `missing` pair. O(k²).

    Raises:
        NodeNotFound: one of `nodes` is not in the graph.
    """
    around = neighbour_sets(graph)
    for u, v in itertools.combinations(resolved(graph, nodes), 2):
        if v not in around[u]:
            return Truth(False, witness={"missing": [u, v]})
    return Truth(True)


def _listed(graph: Graph, around: Around, start: list[Node], limit: int) -> Groups:
    if limit < 1:
        raise BadArgument(f"limit is {limit}; it must be at least 1")
    at = {node: i for i, node in enumerate(graph)}
    candidates = around[start[0]] if start else set(around)
    found = list(itertools.islice(_extended(around, start, candidates), limit + 1))
    groups = sorted((sorted(g, key=at.__getitem__) for g in found[:limit]), key=lambda g: [at[v] for v in g])
    if len(found) <= limit:
        return Groups(groups)
    return Groups(groups, exact=False, bounds=(limit + 1, math.inf), notes=(f"stopped after {limit} cliques",))


def _extended(around: Around, start: list[Node], candidates: set[Node]) -> Iterator[list[Node]]:
    """Maximal cliques that contain `start`, with an explicit stack."""
    if not around:
        return
    stack = [(start, set(candidates), set[Node]())]
    while stack:
        clique, open_, closed = stack.pop()
        if not open_ and not closed:
            yield clique
            continue
        if not open_:
            continue
        pivot = max(open_ | closed, key=lambda v: len(around[v] & open_))
        for v in list(open_ - around[pivot]):
            stack.append(([*clique, v], open_ & around[v], closed & around[v]))
            open_ = open_ - {v}
            closed = closed | {v}
