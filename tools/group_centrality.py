"""How central a set of nodes is, and sets of spreaders: group degree, closeness, betweenness, VoteRank."""

from __future__ import annotations

import networkx as nx

from graphs.errors import BadArgument, WrongKind
from graphs.graph import Graph, Node
from tools.answers import Number, Order
from tools.registry import NodesArg, tool

TIE = 1e-9  # votes that differ by less are equal


def _group(graph: Graph, nodes: NodesArg) -> list[Node]:
    chosen = {graph.node(node) for node in nodes}
    if not 0 < len(chosen) < graph.num_nodes:
        raise WrongKind("a group needs at least one node, and one outside it")
    return [node for node in graph if node in chosen]


@tool(
    phrases=("group degree centrality", "degree of the group"),
    asks=(
        "What is the group degree centrality of {nodes}?",
        "What share of the other nodes is adjacent to the group {nodes}?",
        "group degree {nodes}",
        "Compute the degree centrality of the set {nodes}.",
    ),
)
def group_degree_centrality(graph: Graph, nodes: NodesArg) -> Number:
    """The share of nodes outside a group that are joined to a member (by an edge in either direction).

    The witness lists these nodes. O(n + m). Everett and Borgatti (1999).

    Raises:
        NodeNotFound: a node is not in the graph.
        WrongKind: the group is empty or holds every node.
    """
    members = set(_group(graph, nodes))
    near = {w for edge in graph.nx.edges() for w in edge if members & set(edge)} - members
    listed = [node for node in graph if node in near]
    return Number(len(listed) / (graph.num_nodes - len(members)), listed)


@tool(
    phrases=("group closeness centrality", "closeness of the group"),
    asks=(
        "What is the group closeness centrality of {nodes}?",
        "How close is the group {nodes} to all other nodes?",
        "group closeness {nodes}",
        "Compute the closeness centrality of the set {nodes}.",
    ),
)
def group_closeness_centrality(graph: Graph, nodes: NodesArg) -> Number:
    """The number of nodes outside a group divided by the sum of their distances to the group.

    A distance runs from the nearest member's side: towards the group in a directed graph. Nodes that cannot reach the
    group add nothing to the sum; 0 when none can. The witness gives the distances. O(n + m). Everett and Borgatti
    (1999).

    Raises:
        NodeNotFound: a node is not in the graph.
        WrongKind: the group is empty or holds every node.
    """
    members = _group(graph, nodes)
    body = graph.nx.reverse(copy=False) if graph.directed else graph.nx
    far = nx.multi_source_dijkstra_path_length(body, set(members), weight=lambda u, v, data: 1)
    distances = {node: far[node] for node in graph if node in far and far[node] > 0}
    total = sum(distances.values())
    return Number((graph.num_nodes - len(members)) / total if total else 0.0, distances)


@tool(
    phrases=("group betweenness centrality", "betweenness of the group"),
    asks=(
        "What is the group betweenness centrality of {nodes}?",
        "What share of shortest paths passes through the group {nodes}?",
        "group betweenness {nodes}",
        "Compute the betweenness centrality of the set {nodes}.",
    ),
)
def group_betweenness_centrality(graph: Graph, nodes: NodesArg) -> Number:
    """The share of shortest paths between two nodes outside a group that pass a member, averaged over all pairs.

    0 when fewer than two nodes are outside. O(n m). Everett and Borgatti (1999).

    Raises:
        NodeNotFound: a node is not in the graph.
        WrongKind: the group is empty or holds every node.
    """
    members = set(_group(graph, nodes))
    body = graph.simple()
    outside = [node for node in graph if node not in members]
    rest = body.subgraph(outside)
    total = 0.0
    for source in outside:
        far, counts = _path_counts(body, source)
        far_rest, counts_rest = _path_counts(rest, source)
        for target in outside:
            if target != source and target in far:
                avoiding = counts_rest[target] if far_rest.get(target) == far[target] else 0
                total += 1 - avoiding / counts[target]
    pairs = len(outside) * (len(outside) - 1)
    return Number(total / pairs if pairs else 0.0)


def _path_counts(body: nx.Graph, source: Node) -> tuple[dict[Node, int], dict[Node, int]]:
    """Distances from `source` and the numbers of shortest paths."""
    far, counts, layer = {source: 0}, {source: 1}, [source]
    while layer:
        ahead: dict[Node, None] = {}
        for u in layer:
            for v in body[u]:
                if v not in far:
                    far[v], counts[v] = far[u] + 1, 0
                    ahead[v] = None
                if far[v] == far[u] + 1:
                    counts[v] += counts[u]
        layer = list(ahead)
    return far, counts


@tool(
    phrases=("voterank", "vote rank spreaders", "influential spreaders"),
    asks=(
        "Which {k} spreaders does VoteRank elect?",
        "Run VoteRank and give the top {k} nodes.",
        "voterank {k}",
        "Name the most influential spreaders by VoteRank.",
    ),
)
def voterank(graph: Graph, k: int | None = None) -> Order:
    """Spreaders elected one by one: the node with most votes wins, its voters then vote with less strength.

    Each node votes for its neighbours (its predecessors in a directed graph) with strength 1; an elected node votes
    no more, and those who are joined to it lose 1 / mean degree (mean out-degree). Of equal ones the first in the
    graph's order; it ends when nobody gets a vote. The witness gives the votes. O(k (n + m)). Zhang et al. (2016).

    Raises:
        BadArgument: `k` is below 1.
    """
    if k is not None and k < 1:
        raise BadArgument(f"k must be at least 1, not {k}")
    body = graph.simple()
    mean = sum(d for _, d in (body.out_degree() if graph.directed else body.degree())) / max(1, graph.num_nodes)
    strength = dict.fromkeys(body, 1.0)
    votes: dict[Node, float] = {}
    while len(votes) < (graph.num_nodes if k is None else k):
        received = {u: sum(strength[v] for v in body[u] if v != u) for u in body if u not in votes}
        most = max(received.values(), default=0.0)
        if most <= TIE:
            break
        best = next(u for u, got in received.items() if got >= most - TIE)
        votes[best] = received[best]
        strength[best] = 0.0
        for v in body[best]:
            strength[v] = max(0.0, strength[v] - 1 / mean)
    return Order(list(votes), list(votes.values()))
