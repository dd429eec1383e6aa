"""Matchings and edge covers that count edges, and checks of given ones."""

from __future__ import annotations

from typing import Any

from graphs.errors import WrongKind
from graphs.graph import Graph, Node
from tools.adjacency import neighbour_lists
from tools.answers import Edges, Matching, Truth
from tools.matching_search import hopcroft_karp
from tools.matching_sides import matching_and_barrier, resolved_pairs, two_sides
from tools.registry import NodesArg, PairsArg, tool


@tool(
    phrases=("maximum bipartite matching", "bipartite matching", "applicants and jobs", "how many can be assigned"),
    asks=(
        "What is the maximum bipartite matching?",
        "How many applicants can find the job they are interested in?",
        "Find an assignment of jobs to applicants such that the maximum number of applicants find the job they want.",
        "Match as many left nodes {left} as possible with right nodes.",
        "Give a maximum matching of this bipartite graph.",
    ),
)
def maximum_bipartite_matching(graph: Graph, left: NodesArg | None = None) -> Matching:
    """Pair as many nodes of one side with adjacent nodes of the other side as possible.

    The sides are `left` and the rest, the declared ones (node attribute `side`), or found by colouring. Pairs are
    (left, right); directions are ignored. `cover` is a vertex cover of equal size: no matching can be larger
    (Kőnig 1931). Hopcroft and Karp (1973), O(m √n).

    Raises:
        NodeNotFound: `left` names a node that is not in the graph.
        WrongKind: the graph is not bipartite between these sides; `maximum_matching` needs no sides.
    """
    sides = two_sides(graph, left)
    mate, from_left, from_right = _bipartite(graph, sides)
    pairs = [(u, mate[u]) for u in sides[0] if u in mate]
    cover = [u for u in sides[0] if u not in from_left] + [v for v in sides[1] if v in from_right]
    return Matching(pairs, cover)


@tool(
    phrases=("can everyone be matched", "hall condition", "saturating matching", "every applicant gets a job"),
    asks=(
        "Can every one of {left} be matched with a different partner?",
        "Does Hall's condition hold for {left}?",
        "Is there a matching that saturates {left}?",
        "Can every applicant get a job?",
    ),
)
def can_match_all(graph: Graph, left: NodesArg | None = None) -> Truth:
    """Decide whether a matching covers every node of the left side.

    witness: the `pairs`, or `nodes` of the left side with fewer `neighbours` than they are (Hall 1935). O(m √n).

    Raises:
        NodeNotFound, WrongKind: as for `maximum_bipartite_matching`.
    """
    sides = two_sides(graph, left)
    mate, from_left, from_right = _bipartite(graph, sides)
    if len(mate) == len(sides[0]):
        return Truth(True, witness={"pairs": [(u, mate[u]) for u in sides[0]]})
    nodes = [u for u in sides[0] if u in from_left]
    return Truth(False, witness={"nodes": nodes, "neighbours": [v for v in sides[1] if v in from_right]})


@tool(
    phrases=("maximum matching", "largest matching", "matching number", "pair up as many nodes", "maximum pairing"),
    asks=(
        "Find a maximum matching of the graph.",
        "What is the matching number of this graph?",
        "How many disjoint pairs of adjacent nodes can be formed at most?",
        "Pair up as many nodes as possible along edges.",
        "Give a largest set of edges without common nodes.",
    ),
)
def maximum_matching(graph: Graph) -> Matching:
    """Find the largest set of edges of which no two share a node, in any graph.

    witness: `barrier`, a set of nodes whose removal leaves so many odd components that no larger matching can exist
    (Berge 1958; taken from the Gallai-Edmonds decomposition). Edmonds (1965), O(n³). Directions are ignored.

    >>> maximum_matching(Graph.from_edges([(1, 2), (2, 3), (3, 1)])).count
    1
    """
    pairs, barrier = matching_and_barrier(graph)
    return Matching(pairs, witness={"barrier": barrier})


@tool(
    phrases=("perfect matching", "pair everyone up", "complete matching", "1-factor"),
    asks=(
        "Does the graph have a perfect matching?",
        "Can all nodes be paired up along edges?",
        "Is there a perfect matching?",
        "Does a 1-factor exist?",
    ),
)
def has_perfect_matching(graph: Graph) -> Truth:
    """Decide whether a matching covers every node.

    witness: the `pairs`, or a `barrier` of nodes whose removal leaves more odd components than it has nodes
    (Tutte 1947). O(n³).
    """
    pairs, barrier = matching_and_barrier(graph)
    if 2 * len(pairs) == graph.num_nodes:
        return Truth(True, witness={"pairs": pairs})
    return Truth(False, witness={"barrier": barrier})


@tool(
    phrases=("is a matching", "valid matching", "edges share no node", "independent edge set"),
    asks=(
        "Do the edges {edges} form a matching?",
        "Is {edges} a valid matching?",
        "Check that no two of the edges {edges} share a node.",
        "Are the edges {edges} an independent edge set?",
    ),
)
def is_matching(graph: Graph, edges: PairsArg) -> Truth:
    """Decide whether `edges` are edges of the graph of which no two share a node.

    witness when not: the `edge` that is missing or a self-loop, or the shared `node`. O(k).

    Raises:
        NodeNotFound: an end is not in the graph.
    """
    fault = _fault(graph, resolved_pairs(graph, edges))
    return Truth(fault is None, witness=fault)


@tool(
    phrases=("is a maximal matching", "matching cannot be extended", "no edge can be added to the matching"),
    asks=(
        "Is {edges} a maximal matching?",
        "Can no edge be added to the matching {edges}?",
        "Check whether the matching {edges} is maximal.",
        "Is the matching {edges} inclusion-maximal?",
    ),
)
def is_maximal_matching(graph: Graph, edges: PairsArg) -> Truth:
    """Decide whether `edges` are a matching to which no edge of the graph can be added.

    witness when not: what `is_matching` says, or the `addable` edge. O(n + m).

    Raises:
        NodeNotFound: an end is not in the graph.
    """
    pairs = resolved_pairs(graph, edges)
    fault = _fault(graph, pairs)
    if fault is not None:
        return Truth(False, witness=fault)
    covered = {node for pair in pairs for node in pair}
    for edge in graph.edges():
        if edge.source != edge.target and edge.source not in covered and edge.target not in covered:
            return Truth(False, witness={"addable": [edge.source, edge.target]})
    return Truth(True)


@tool(
    phrases=("is a perfect matching", "matching covers every node", "valid perfect matching"),
    asks=(
        "Is {edges} a perfect matching?",
        "Do the edges {edges} match every node exactly once?",
        "Check that {edges} is a perfect matching of the graph.",
        "Does the matching {edges} cover every node?",
    ),
)
def is_perfect_matching(graph: Graph, edges: PairsArg) -> Truth:
    """Decide whether `edges` are a matching that covers every node.

    witness when not: what `is_matching` says, or an `uncovered` node. O(n + k).

    Raises:
        NodeNotFound: an end is not in the graph.
    """
    pairs = resolved_pairs(graph, edges)
    fault = _fault(graph, pairs)
    if fault is not None:
        return Truth(False, witness=fault)
    covered = {node for pair in pairs for node in pair}
    free = next((node for node in graph if node not in covered), None)
    return Truth(True) if len(covered) == graph.num_nodes else Truth(False, witness={"uncovered": free})


@tool(
    phrases=("is a maximum matching", "matching is largest", "no larger matching exists"),
    asks=(
        "Is {edges} a maximum matching?",
        "Is there no larger matching than {edges}?",
        "Check whether the matching {edges} is largest possible.",
        "Is the matching {edges} of maximum size?",
    ),
)
def is_maximum_matching(graph: Graph, edges: PairsArg) -> Truth:
    """Decide whether `edges` are a matching and none has more edges.

    witness: a `barrier` that proves it (Berge 1958), or what `is_matching` says, or `larger`, a larger matching. O(n³).

    Raises:
        NodeNotFound: an end is not in the graph.
    """
    pairs = resolved_pairs(graph, edges)
    fault = _fault(graph, pairs)
    if fault is not None:
        return Truth(False, witness=fault)
    best, barrier = matching_and_barrier(graph)
    if len(best) > len(pairs):
        return Truth(False, witness={"larger": best})
    return Truth(True, witness={"barrier": barrier})


@tool(
    phrases=("maximal matching", "greedy matching", "inclusion maximal matching"),
    asks=(
        "Give a maximal matching of the graph.",
        "Find any maximal matching (greedy).",
        "Compute an inclusion-maximal matching.",
        "greedy matching please",
    ),
)
def maximal_matching(graph: Graph) -> Matching:
    """Take edges in the graph's order as long as they share no node: no edge can be added to the result.

    It has at least half as many edges as a maximum matching. O(n + m).
    """
    covered: set[Node] = set()
    pairs = []
    for edge in graph.edges():
        if edge.source != edge.target and edge.source not in covered and edge.target not in covered:
            covered |= {edge.source, edge.target}
            pairs.append((edge.source, edge.target))
    return Matching(pairs)


@tool(
    phrases=("minimum edge cover", "smallest edge cover", "fewest edges touching every node", "edge cover number"),
    asks=(
        "Find a minimum edge cover.",
        "What is the smallest set of edges that touches every node?",
        "What is the edge cover number of this graph?",
        "Cover all nodes with as few edges as possible.",
    ),
)
def minimum_edge_cover(graph: Graph) -> Edges:
    """Find the fewest edges that together touch every node: n minus the matching number (Gallai 1959).

    witness: the `barrier` that proves it as for `maximum_matching`. O(n³).

    Raises:
        WrongKind: a node has no neighbour, so no set of edges covers it.
    """
    around = neighbour_lists(graph)
    lonely = [node for node, near in around.items() if not near]
    if lonely:
        raise WrongKind(f"node {str(lonely[0])[:60]!r} has no neighbour, so no edge cover exists; remove it first")
    pairs, barrier = matching_and_barrier(graph)
    covered = {node for pair in pairs for node in pair}
    edges = pairs + [(node, around[node][0]) for node in graph if node not in covered]
    return Edges(edges, witness={"barrier": barrier})


@tool(
    phrases=("is an edge cover", "edges touch every node", "valid edge cover"),
    asks=(
        "Is {edges} an edge cover?",
        "Do the edges {edges} touch every node?",
        "Check whether {edges} is a valid edge cover.",
        "Does every node belong to one of the edges {edges}?",
    ),
)
def is_edge_cover(graph: Graph, edges: PairsArg) -> Truth:
    """Decide whether `edges` are edges of the graph that together touch every node.

    witness when not: the `edge` that is missing or the `uncovered` node. O(n + k).

    Raises:
        NodeNotFound: an end is not in the graph.
    """
    pairs = resolved_pairs(graph, edges)
    for u, v in pairs:
        if not (graph.has_edge(u, v) or graph.has_edge(v, u)):
            return Truth(False, witness={"edge": [u, v]})
    covered = {node for pair in pairs for node in pair}
    if len(covered) == graph.num_nodes:
        return Truth(True)
    return Truth(False, witness={"uncovered": next(node for node in graph if node not in covered)})


def _bipartite(graph: Graph, sides: tuple[list[Node], list[Node]]) -> tuple[dict[Node, Node], set[Node], set[Node]]:
    around, at = neighbour_lists(graph), {node: i for i, node in enumerate(sides[1])}
    mate, from_left, from_right = hopcroft_karp([[at[v] for v in around[u]] for u in sides[0]], len(sides[1]))
    return (
        {u: sides[1][j] for u, j in zip(sides[0], mate) if j >= 0},
        {u for u, seen in zip(sides[0], from_left) if seen},
        {v for v, seen in zip(sides[1], from_right) if seen},
    )


def _fault(graph: Graph, pairs: list[tuple[Node, Node]]) -> dict[str, Any] | None:
    seen: set[Node] = set()
    for u, v in pairs:
        if u == v or not (graph.has_edge(u, v) or graph.has_edge(v, u)):
            return {"edge": [u, v]}
        for node in (u, v):
            if node in seen:
                return {"node": node}
            seen.add(node)
    return None
