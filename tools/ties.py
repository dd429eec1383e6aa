"""Ties: structural holes, local bridges, dispersion, rich clubs."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from graphs.errors import BadArgument, WrongKind
from graphs.graph import Graph, Node
from tools.answers import Edges, NodeValues, Number
from tools.matrices import Rows, adjacency_rows
from tools.registry import Attribute, NodeArg, tool
from tools.triangles import neighbour_sets

Pairs = list[tuple[int, int]]


def _strengths(graph: Graph, weight: str | None) -> Rows:
    """The total weight between two nodes in both directions; self-loops are left out."""
    rows = adjacency_rows(graph, weight, "structural holes")
    if graph.directed:
        both: Rows = {node: {} for node in rows}
        for u, row in rows.items():
            for v, size in row.items():
                both[u][v] = both[u].get(v, 0) + size
                both[v][u] = both[v].get(u, 0) + size
        rows = both
    return {u: {v: size for v, size in row.items() if v != u} for u, row in rows.items()}


def _of_one_or_all(graph: Graph, values: Mapping[Node, float], node: Any, what: str) -> NodeValues | Number:
    if node is None:
        left_out = [w for w in graph if w not in values]
        notes = (f"{what} is not defined for {len(left_out)} nodes without neighbours",) if left_out else ()
        return NodeValues(dict(values), notes=notes)
    node = graph.node(node)
    if node not in values:
        raise WrongKind(f"{what} is not defined for {node}, which has no neighbours")
    return Number(values[node])


@tool(
    phrases=("constraint", "burt constraint", "structural holes constraint"),
    asks=(
        "What is the constraint of {node}?",
        "Compute Burt's constraint for {node}.",
        "Give Burt's constraint of each node.",
        "How constrained is {node} by its contacts (structural holes)?",
    ),
)
def constraint(graph: Graph, node: NodeArg | None = None, weight: Attribute | None = None) -> NodeValues | Number:
    """Burt's constraint: how far a node's contacts are each other's contacts too; low at structural holes.

    The sum over contacts j of (p_ij + sum over q of p_iq p_qj)^2, p_ij the share of i's tie strength (both
    directions) that goes to j. Nodes without neighbours are left out. O(sum of squared degrees). Burt (2004).

    Raises:
        NodeNotFound: `node` is not in the graph.
        WrongKind: `node` has no neighbours.
        MissingAttribute, NegativeWeight: a weight is missing or not above 0.
    """
    ties = _strengths(graph, weight)
    shares = {u: {v: size / sum(row.values()) for v, size in row.items()} for u, row in ties.items()}
    chosen = [w for w in graph if shares[w]] if node is None else [graph.node(node)]
    values = {u: _constraint(shares, u) for u in chosen if shares[u]}
    return _of_one_or_all(graph, values, node, "constraint")


def _constraint(shares: Rows, u: Node) -> float:
    own = shares[u]
    indirect = dict.fromkeys(own, 0.0)
    for q, share in own.items():
        for j, further in shares[q].items():
            if j in indirect:
                indirect[j] += share * further
    return math.fsum((own[j] + indirect[j]) ** 2 for j in own)


@tool(
    phrases=("effective size", "effective size of the ego network", "nonredundant contacts"),
    asks=(
        "What is the effective size of {node}'s network?",
        "Compute Burt's effective size for {node}.",
        "Give the effective size of each node.",
        "How many non-redundant contacts does {node} have?",
    ),
)
def effective_size(graph: Graph, node: NodeArg | None = None, weight: Attribute | None = None) -> NodeValues | Number:
    """The number of a node's contacts less their redundancy (Burt): n - 2t / n for t ties among n equal contacts.

    In general the sum over contacts j of 1 - sum over q of p_iq m_jq, m_jq the strength of j's tie to q divided by
    j's strongest. Nodes without neighbours are left out. O(sum of squared degrees). Burt (1992).

    Raises:
        NodeNotFound, WrongKind, MissingAttribute, NegativeWeight: as `constraint`.
    """
    ties = _strengths(graph, weight)
    chosen = [w for w in graph if ties[w]] if node is None else [graph.node(node)]
    values: dict[Node, float] = {}
    for u in chosen:
        if ties[u]:
            total = sum(ties[u].values())
            redundant = [
                ties[u][q] / total * size / max(ties[j].values())
                for j in ties[u]
                for q, size in ties[j].items()
                if q in ties[u]
            ]
            values[u] = len(ties[u]) - math.fsum(redundant)
    return _of_one_or_all(graph, values, node, "effective size")


@tool(
    phrases=("local bridges", "edges without common neighbours", "weak ties bridges"),
    asks=(
        "Which edges are local bridges?",
        "List the local bridges.",
        "Find all edges whose ends have no common neighbour.",
        "local bridges of the graph",
    ),
)
def local_bridges(graph: Graph) -> Edges:
    """The edges whose two ends have no common neighbour, each once; directions are ignored.

    O(sum over edges of the smaller degree). Granovetter (1973).
    """
    around = neighbour_sets(graph)
    seen: set[frozenset[Node]] = set()
    found: list[tuple[Node, Node]] = []
    for u, v in graph.nx.edges():
        pair = frozenset((u, v))
        if u != v and pair not in seen and around[u].isdisjoint(around[v]):
            found.append((u, v))
        seen.add(pair)
    return Edges(found, notes=("edge directions are ignored",) if graph.directed else ())


@tool(
    phrases=("dispersion", "dispersion of a tie"),
    asks=(
        "What is the dispersion between {u} and {v}?",
        "Compute the dispersion of the tie {u} - {v}.",
        "dispersion {u} {v}",
        "How dispersed are the common friends of {u} and {v}?",
    ),
)
def dispersion(graph: Graph, u: NodeArg, v: NodeArg, normalized: bool = True) -> Number:
    """The number of pairs of common neighbours of `u` and `v` that are neither joined nor share a friend of `u`.

    Friends other than `u` and `v` count. Divided by the number of common neighbours when `normalized` (0 without
    any). Directions are ignored. The witness lists the pairs. O(k^2 d) for k common neighbours.
    Backstrom and Kleinberg (2014).

    Raises:
        NodeNotFound: `u` or `v` is not in the graph.
        BadArgument: `u` and `v` are the same node.
    """
    u, v = graph.node(u), graph.node(v)
    if u == v:
        raise BadArgument("dispersion is about two different nodes")
    around = neighbour_sets(graph)
    common = [w for w in graph if w in around[u] and w in around[v]]
    ego = around[u] - {v}
    pairs = [
        [s, t]
        for i, s in enumerate(common)
        for t in common[i + 1 :]
        if t not in around[s] and ego.isdisjoint(around[s] & around[t])
    ]
    number = len(pairs) / len(common) if normalized and common else len(pairs)
    return Number(number, pairs)


@tool(
    phrases=("rich club coefficient", "rich club"),
    asks=(
        "What is the rich-club coefficient for degree {k}?",
        "How densely are the nodes of degree above {k} linked to each other?",
        "rich club coefficient, k = {k}",
        "Compute the rich-club coefficient at {k}.",
    ),
)
def rich_club_coefficient(graph: Graph, k: int) -> Number:
    """The density among the nodes that have more than `k` neighbours; 0 where there are fewer than two.

    Directions, parallel edges and self-loops are ignored; not normalised. The witness lists the nodes and counts
    their edges. O(m). Zhou and Mondragón (2004).

    Raises:
        BadArgument: `k` is below 0.
    """
    if k < 0:
        raise BadArgument(f"k must not be below 0, not {k}")
    around = neighbour_sets(graph)
    rich = [node for node in graph if len(around[node]) > k]
    members = set(rich)
    edges = sum(len(around[node] & members) for node in rich) // 2
    pairs = len(rich) * (len(rich) - 1) // 2
    return Number(edges / pairs if pairs else 0.0, {"nodes": rich, "edges": edges})
