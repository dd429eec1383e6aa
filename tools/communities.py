"""Communities: groups of nodes with many edges inside and few between."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import networkx as nx

from graphs.errors import BadArgument, NotConnected, TooLarge, WrongKind
from graphs.graph import Graph, Node
from tools.answers import Groups, Nodes, Number, Truth
from tools.partitions import modularity_of, undirected_indices
from tools.registry import Attribute, NodeArg, tool
from tools.spectral import fiedler_vector

Method = Literal["louvain", "greedy_modularity", "label_propagation"]
EDGE_REMOVALS = 2000  # edges up to which Girvan and Newman's method is run


def _groups(
    graph: Graph, parts: Iterable[Iterable[int]], weight: str | None, resolution: float = 1.0, *, guess: bool = True
) -> Groups:
    """Sets of indices as groups of nodes in the graph's order, with their undirected modularity."""
    nodes = graph.nodes
    ordered = sorted(sorted(part) for part in parts)
    groups = [[nodes[i] for i in part] for part in ordered]
    score = modularity_of(graph, groups, weight, resolution, directed=False) if graph.num_edges else None
    notes = ("edge directions are ignored",) if graph.directed else ()
    return Groups(groups, score, estimated=guess, notes=notes)


@tool(
    phrases=("communities", "louvain communities", "community detection", "find clusters", "community structure"),
    asks=(
        "Which communities does the graph have?",
        "Detect the communities with the Louvain method.",
        "Find clusters of densely connected nodes.",
        "Run Louvain community detection.",
        "Split the network into communities.",
    ),
)
def louvain_communities(
    graph: Graph, weight: Attribute | None = None, resolution: float = 1.0, seed: int = 0
) -> Groups:
    """Communities of high modularity by moving nodes and merging groups until nothing gains.

    A heuristic: the partition is not proven to be the best. Directions are ignored; parallel edges add up; the same
    seed gives the same groups. `score` is the modularity (None without edges). About O(m). Blondel et al. (2008).

    Raises:
        MissingAttribute, BadArgument: a weight is missing or not above 0; `resolution` is not above 0.

    >>> louvain_communities(Graph.from_edges([(1, 2), (2, 3), (1, 3), (4, 5), (5, 6), (4, 6), (3, 4)])).groups
    [[1, 2, 3], [4, 5, 6]]
    """
    if resolution <= 0:
        raise BadArgument(f"resolution must be above 0, not {resolution}")
    body = undirected_indices(graph, weight)
    parts = nx.community.louvain_communities(body, resolution=resolution, seed=seed) if body.size() else _single(body)
    return _groups(graph, parts, weight, resolution)


def _single(body: nx.Graph) -> list[set[int]]:
    return [{i} for i in body]


@tool(
    phrases=("greedy modularity communities", "clauset newman moore", "modularity maximization", "fast greedy"),
    asks=(
        "Find the communities by greedy modularity maximization.",
        "Run the Clauset-Newman-Moore algorithm.",
        "greedy modularity communities",
        "Which communities does greedy modularity optimisation give?",
    ),
)
def greedy_modularity_communities(graph: Graph, weight: Attribute | None = None, resolution: float = 1.0) -> Groups:
    """Communities by merging, again and again, the two groups whose union raises modularity most.

    A heuristic: the partition is not proven to be the best. Directions are ignored; parallel edges add up. `score` is
    the modularity. O(m d log n), d the depth of the merges. Clauset, Newman and Moore (2004).

    Raises:
        MissingAttribute, BadArgument: a weight is missing or not above 0; `resolution` is not above 0.
    """
    if resolution <= 0:
        raise BadArgument(f"resolution must be above 0, not {resolution}")
    body = undirected_indices(graph, weight)
    parts: Iterable[Iterable[int]] = _single(body)
    if body.size():
        parts = nx.community.greedy_modularity_communities(body, weight="weight", resolution=resolution)
    return _groups(graph, parts, weight, resolution)


@tool(
    phrases=("label propagation communities", "communities by label propagation"),
    asks=(
        "Find the communities by label propagation.",
        "Run the label propagation algorithm for community detection.",
        "label propagation communities",
        "Which communities does label propagation find?",
    ),
)
def label_propagation_communities(graph: Graph) -> Groups:
    """Communities by letting each node take the label most common among its neighbours until nothing changes.

    Semi-synchronous and deterministic; a heuristic. Directions and weights are ignored. `score` is the modularity.
    About O(m) a round. Raghavan, Albert and Kumara (2007); Cordasco and Gargano (2010).
    """
    body = undirected_indices(graph, None)
    body.remove_edges_from(list(nx.selfloop_edges(body)))
    return _groups(graph, nx.community.label_propagation_communities(body), None)


@tool(
    phrases=("girvan newman", "edge betweenness communities", "divisive communities"),
    asks=(
        "Split the graph into {k} communities with Girvan-Newman.",
        "Run the Girvan-Newman algorithm until there are {k} communities.",
        "girvan newman, {k} groups",
        "Which {k} communities remain when edges of highest betweenness are removed?",
    ),
)
def girvan_newman(graph: Graph, k: int = 2) -> Groups:
    """The components left when edges of highest betweenness are removed one by one until there are at least `k`.

    Directions and weights are ignored. Betweenness is computed again after each removal; of equal edges the first
    goes. The witness lists the removed edges in order. O(m^2 n), up to 2,000 edges. Girvan and Newman (2002).

    Raises:
        BadArgument: `k` is not between 1 and the number of nodes.
        TooLarge: more than 2,000 edges.
    """
    if not 1 <= k <= graph.num_nodes:
        raise BadArgument(f"k must be between 1 and the number of nodes, {graph.num_nodes}, not {k}")
    body = undirected_indices(graph, None)
    body.remove_edges_from(list(nx.selfloop_edges(body)))
    if body.number_of_edges() > EDGE_REMOVALS:
        raise TooLarge(
            f"Girvan and Newman's method is too slow for over {EDGE_REMOVALS} edges; take louvain_communities"
        )
    removed: list[tuple[Node, Node]] = []
    nodes = graph.nodes
    while nx.number_connected_components(body) < k:
        between = nx.edge_betweenness_centrality(body, normalized=False)
        top = max(between.values())
        u, v = next(edge for edge, score in between.items() if score >= top - 1e-9)
        body.remove_edge(u, v)
        removed.append((nodes[u], nodes[v]))
    found = _groups(graph, nx.connected_components(body), None, guess=False)
    return Groups(found.groups, found.score, removed, notes=found.notes)


@tool(
    phrases=("k-clique communities", "clique percolation", "overlapping communities"),
    asks=(
        "Find the {k}-clique communities.",
        "Run clique percolation with k = {k}.",
        "k-clique communities, k = {k}",
        "Which overlapping communities does clique percolation give for cliques of {k} nodes?",
    ),
)
def k_clique_communities(graph: Graph, k: int = 3) -> Groups:
    """Unions of cliques of `k` nodes that are linked by sharing k - 1 nodes; the groups may overlap.

    Directions are ignored. Exponential in the worst case, for it lists the maximal cliques. Palla et al. (2005).

    Raises:
        BadArgument: `k` is below 2.
        TooLarge: more than 100,000 maximal cliques.
    """
    if k < 2:
        raise BadArgument(f"k must be at least 2, not {k}")
    body = undirected_indices(graph, None)
    body.remove_edges_from(list(nx.selfloop_edges(body)))
    cliques: list[frozenset[int]] = []
    for clique in nx.find_cliques(body):
        if len(clique) >= k:
            cliques.append(frozenset(clique))
        if len(cliques) > 100_000:
            raise TooLarge("the graph has more than 100,000 maximal cliques; take a larger k or a part of the graph")
    nodes = graph.nodes
    parts = sorted(sorted(part) for part in nx.community.k_clique_communities(body, k, cliques))
    notes = ("edge directions are ignored",) if graph.directed else ()
    return Groups([[nodes[i] for i in part] for part in parts], notes=notes)


@tool(
    phrases=("spectral bisection", "spectral partition", "fiedler cut"),
    asks=(
        "Split the graph in two by spectral bisection.",
        "Bisect the network with the Fiedler vector.",
        "spectral bisection",
        "Which two parts does the sign of the Fiedler vector give?",
    ),
)
def spectral_bisection(graph: Graph, weight: Attribute | None = None) -> Groups:
    """The two sets of nodes whose entries in the Fiedler vector are below 0, and not below 0.

    `score` is the modularity; the witness is the Fiedler vector. O(n^3), up to 2,000 nodes. Fiedler (1975).

    Raises:
        WrongKind: the graph is directed or has fewer than two nodes.
        TooLarge, MissingAttribute, NegativeWeight: as `fiedler_vector`.
    """
    vector = fiedler_vector(graph, weight).values
    sides = [[node for node in graph if (vector[node] < 0) == negative] for negative in (False, True)]
    sides = [side for side in sides if side]
    score = modularity_of(graph, sides, weight, 1.0, directed=False) if graph.num_edges else None
    return Groups(sides, score, dict(vector))


@tool(
    phrases=("kernighan lin", "balanced bisection", "split into two equal halves"),
    asks=(
        "Split the graph into two equal halves with few edges between them.",
        "Run the Kernighan-Lin bisection.",
        "kernighan lin bisection",
        "Find a balanced cut of the graph in two parts.",
    ),
)
def kernighan_lin_bisection(graph: Graph, weight: Attribute | None = None, seed: int = 0) -> Groups:
    """Two sets of equal size (one more when n is odd) with few edges between, by swapping pairs of nodes.

    A heuristic: the cut is not proven to be the smallest. Directions are ignored. `score` is the modularity; the
    witness gives the weight of the cut. O(n^2 log n) a pass. Kernighan and Lin (1970).

    Raises:
        WrongKind: the graph has fewer than two nodes.
        MissingAttribute, BadArgument: a weight is missing or not above 0.
    """
    if graph.num_nodes < 2:
        raise WrongKind("a bisection needs at least two nodes")
    body = undirected_indices(graph, weight)
    halves = nx.community.kernighan_lin_bisection(body, weight="weight", seed=seed)
    found = _groups(graph, halves, weight)
    return Groups(
        found.groups,
        found.score,
        {"cut": nx.cut_size(body, *halves, weight="weight")},
        estimated=True,
        notes=found.notes,
    )


@tool(
    phrases=("fluid communities", "asynchronous fluid", "exactly k communities"),
    asks=(
        "Find {k} fluid communities.",
        "Run asynchronous fluid community detection with {k} communities.",
        "fluid communities, k = {k}",
        "Divide the graph into exactly {k} communities by the fluid method.",
    ),
)
def fluid_communities(graph: Graph, k: int = 2, seed: int = 0) -> Groups:
    """`k` communities that spread from random nodes and push each other like fluids until they are stable.

    A heuristic. Directions and weights are ignored. `score` is the modularity. About O(m) a round. Parés et al. (2017).

    Raises:
        BadArgument: `k` is not between 1 and the number of nodes.
        NotConnected: the graph is not connected.
    """
    if not 1 <= k <= graph.num_nodes:
        raise BadArgument(f"k must be between 1 and the number of nodes, {graph.num_nodes}, not {k}")
    body = undirected_indices(graph, None)
    body.remove_edges_from(list(nx.selfloop_edges(body)))
    if not nx.is_connected(body):
        raise NotConnected("fluid communities need a connected graph; take louvain_communities")
    return _groups(graph, nx.community.asyn_fluidc(body, k, seed=seed), None)


def _by_method(graph: Graph, method: Method) -> list[list[Node]]:
    if method == "louvain":
        return louvain_communities(graph).groups
    if method == "greedy_modularity":
        return greedy_modularity_communities(graph).groups
    return label_propagation_communities(graph).groups


@tool(
    phrases=("same community", "belong to the same cluster", "in one community"),
    asks=(
        "Are {u} and {v} in the same community?",
        "Do {u} and {v} belong to the same cluster?",
        "same community: {u}, {v}?",
        "Does community detection put {u} and {v} together?",
    ),
)
def same_community(graph: Graph, u: NodeArg, v: NodeArg, method: Method = "louvain") -> Truth:
    """Whether a community-detection method puts two nodes into one group. The witness lists the groups.

    Raises:
        NodeNotFound: `u` or `v` is not in the graph.
    """
    u, v = graph.node(u), graph.node(v)
    groups = _by_method(graph, method)
    return Truth(any(u in group and v in group for group in groups), groups, estimated=True)


@tool(
    phrases=("community of a node", "which cluster does it belong to", "members of the community"),
    asks=(
        "Which community does {node} belong to?",
        "Who is in the same community as {node}?",
        "community of {node}",
        "List the members of the cluster around {node}.",
    ),
)
def community_of(graph: Graph, node: NodeArg, method: Method = "louvain") -> Nodes:
    """The nodes that a community-detection method puts into one group with `node`. The witness lists all groups.

    Raises:
        NodeNotFound: `node` is not in the graph.
    """
    node = graph.node(node)
    groups = _by_method(graph, method)
    return Nodes(next(group for group in groups if node in group), groups, estimated=True)


@tool(
    phrases=("number of communities", "how many communities", "how many clusters"),
    asks=(
        "How many communities does the graph have?",
        "Count the communities.",
        "number of communities",
        "How many clusters are there in the network?",
    ),
)
def number_of_communities(graph: Graph, method: Method = "louvain") -> Number:
    """The number of groups that a community-detection method finds. The witness lists them."""
    groups = _by_method(graph, method)
    return Number(len(groups), groups, estimated=True)
