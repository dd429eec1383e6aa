"""Which nodes matter by their degree and by shortest paths: degree, closeness, betweenness and others."""

from __future__ import annotations

import math
import random

import networkx as nx

from graphs.errors import BadArgument, MissingAttribute, WrongKind
from graphs.graph import Graph
from tools.answers import NodeValues, Number, PairValues
from tools.arcs import number_at
from tools.registry import Attribute, NodeArg, tool
from tools.scores import (
    betweenness_scores,
    closeness_scores,
    degree_scores,
    harmonic_scores,
    load_scores,
    one_or_all,
    whole_lengths_body,
)

EXACT_WORK = 5_000_000  # nodes times edges up to which betweenness is exact
PIVOTS = 200


@tool(
    phrases=("degree centrality", "normalized degree"),
    asks=(
        "What is the degree centrality of {node}?",
        "Compute the degree centrality of each node.",
        "degree centrality {node}",
        "Give the degree centralities.",
    ),
)
def degree_centrality(graph: Graph, node: NodeArg | None = None) -> NodeValues | Number:
    """The degree divided by n - 1, of one node or of every node.

    Parallel edges count each, self-loops twice, both directions in a directed graph; 1 for a single node. O(n + m).
    Freeman (1978).

    Raises:
        NodeNotFound: `node` is not in the graph.

    >>> degree_centrality(Graph.from_edges([(1, 2), (1, 3)]), 1).value
    1.0
    """
    return one_or_all(graph, degree_scores(graph, "degree"), node)


@tool(
    phrases=("in-degree centrality", "normalized in-degree"),
    asks=(
        "What is the in-degree centrality of {node}?",
        "Compute the in-degree centrality of each node.",
        "in degree centrality {node}",
        "Give the indegree centralities.",
    ),
)
def in_degree_centrality(graph: Graph, node: NodeArg | None = None) -> NodeValues | Number:
    """The number of incoming edges divided by n - 1, of one node or of every node. O(n + m).

    Raises:
        NodeNotFound: `node` is not in the graph.
        WrongKind: the graph is undirected.
    """
    return one_or_all(graph, degree_scores(graph, "in_degree"), node)


@tool(
    phrases=("out-degree centrality", "normalized out-degree"),
    asks=(
        "What is the out-degree centrality of {node}?",
        "Compute the out-degree centrality of each node.",
        "out degree centrality {node}",
        "Give the outdegree centralities.",
    ),
)
def out_degree_centrality(graph: Graph, node: NodeArg | None = None) -> NodeValues | Number:
    """The number of outgoing edges divided by n - 1, of one node or of every node. O(n + m).

    Raises:
        NodeNotFound: `node` is not in the graph.
        WrongKind: the graph is undirected.
    """
    return one_or_all(graph, degree_scores(graph, "out_degree"), node)


@tool(
    phrases=("closeness centrality", "closeness"),
    asks=(
        "What is the closeness centrality of {node}?",
        "Compute the closeness centrality of each node.",
        "closeness {node}",
        "How close is {node} to all others by closeness centrality?",
    ),
)
def closeness_centrality(
    graph: Graph, node: NodeArg | None = None, weight: Attribute | None = None
) -> NodeValues | Number:
    """The reciprocal of the mean distance to a node, times the share of nodes from which it can be reached.

    (r / sum of distances) * (r / (n - 1)) for the r nodes that reach it (Wasserman and Faust 1994); 0 when none does.
    In a directed graph distances run towards the node. `weight` names lengths. O(n m).

    Raises:
        NodeNotFound: `node` is not in the graph.
        MissingAttribute, BadArgument: a length is missing or not above 0.
    """
    return one_or_all(graph, closeness_scores(graph, weight), node)


@tool(
    phrases=("harmonic centrality", "harmonic closeness"),
    asks=(
        "What is the harmonic centrality of {node}?",
        "Compute the harmonic centrality of each node.",
        "harmonic centrality {node}",
        "Give the sum of reciprocal distances to {node}.",
    ),
)
def harmonic_centrality(
    graph: Graph, node: NodeArg | None = None, weight: Attribute | None = None
) -> NodeValues | Number:
    """The sum of 1 / distance from every other node to a node; unreachable ones add 0. Not normalised.

    `weight` names lengths. O(n m). Boldi and Vigna (2014).

    Raises:
        NodeNotFound: `node` is not in the graph.
        MissingAttribute, BadArgument: a length is missing or not above 0.
    """
    return one_or_all(graph, harmonic_scores(graph, weight), node)


@tool(
    phrases=("betweenness centrality", "betweenness", "lies on shortest paths"),
    asks=(
        "What is the betweenness centrality of {node}?",
        "Compute the betweenness centrality of each node.",
        "betweenness {node}",
        "How often does {node} lie on shortest paths between others?",
    ),
)
def betweenness_centrality(
    graph: Graph,
    node: NodeArg | None = None,
    weight: Attribute | None = None,
    samples: int | None = None,
    seed: int = 0,
) -> NodeValues | Number:
    """The share of shortest paths between two other nodes that pass through a node, averaged over all such pairs.

    Parallel edges count as one (the shortest). `weight` names lengths. Exact up to n * m = 5 million; above, or when
    `samples` is given, an estimate from that many random sources (200 by default), which the witness names.
    O(n m). Freeman (1977); Brandes (2001); Brandes and Pich (2007) for the estimate.

    Raises:
        NodeNotFound: `node` is not in the graph.
        BadArgument: `samples` is below 1.
        MissingAttribute, BadArgument: a length is missing or not above 0.
    """
    if samples is not None and samples < 1:
        raise BadArgument(f"samples must be at least 1, not {samples}")
    if samples is None and graph.num_nodes * graph.num_edges > EXACT_WORK:
        samples = PIVOTS
    if samples is None or samples >= graph.num_nodes:
        return one_or_all(graph, betweenness_scores(graph, weight), node)
    body = whole_lengths_body(graph, weight)
    pivots = random.Random(seed).sample(graph.nodes, samples)
    sums = nx.betweenness_centrality_subset(body, pivots, graph.nodes, weight=weight)
    scale = graph.num_nodes / samples / ((graph.num_nodes - 1) * (graph.num_nodes - 2) or 1)
    scores = {w: x * scale * (1 if graph.directed else 2) for w, x in ((w, sums[w]) for w in graph)}
    notes = (f"estimated from {samples} of {graph.num_nodes} sources, seed {seed}",)
    witness = {"sources": pivots, "scores": scores}
    if node is None:
        return NodeValues(scores, witness, exact=False, estimated=True, notes=notes)
    return Number(scores[graph.node(node)], witness, exact=False, estimated=True, notes=notes)


@tool(
    phrases=("edge betweenness centrality", "edge betweenness"),
    asks=(
        "What is the edge betweenness centrality of each edge?",
        "Compute the edge betweenness.",
        "edge betweenness centrality",
        "Which share of shortest paths uses each edge?",
    ),
)
def edge_betweenness_centrality(graph: Graph, weight: Attribute | None = None) -> PairValues:
    """The share of shortest paths between two nodes that use an edge, averaged over all pairs of nodes.

    Parallel edges count as one (the shortest). `weight` names lengths. O(n m). Girvan and Newman (2002).

    Raises:
        MissingAttribute, BadArgument: a length is missing or not above 0.
    """
    return PairValues(dict(nx.edge_betweenness_centrality(whole_lengths_body(graph, weight), weight=weight)))


@tool(
    phrases=("load centrality", "packet load"),
    asks=(
        "What is the load centrality of {node}?",
        "Compute the load centrality of each node.",
        "load centrality {node}",
        "How much load does {node} carry if packets split evenly on shortest paths?",
    ),
)
def load_centrality(graph: Graph, node: NodeArg | None = None) -> NodeValues | Number:
    """The share of packets sent between all pairs that pass a node, split evenly at every branch of shortest paths.

    Differs from betweenness in the splitting. O(n m). Newman (2001); Goh, Kahng and Kim (2001).

    Raises:
        NodeNotFound: `node` is not in the graph.
    """
    return one_or_all(graph, load_scores(graph), node)


@tool(
    phrases=("percolation centrality", "contagion betweenness"),
    asks=(
        "What is the percolation centrality of {node}?",
        "Compute the percolation centrality of each node.",
        "percolation centrality {node}",
        "How important is {node} for a contagion with the given node states?",
    ),
)
def percolation_centrality(
    graph: Graph, node: NodeArg | None = None, attribute: Attribute = "percolation"
) -> NodeValues | Number:
    """Betweenness in which a path counts by the percolation state (0 to 1) of its source.

    States come from the node attribute `attribute`. O(n m). Piraveenan, Prokopenko and Hossain (2013).

    Raises:
        NodeNotFound: `node` is not in the graph.
        MissingAttribute: a node has no state.
        WrongKind: fewer than three nodes, or at most one state is above 0.
        BadArgument: a state is negative.
    """
    states = {}
    for w, x in graph.nx.nodes(data=attribute):
        if x is None:
            raise MissingAttribute(attribute, "percolation centrality", of="nodes")
        states[w] = number_at({attribute: x}, attribute, "percolation centrality")
        if states[w] < 0:
            raise BadArgument(f"percolation states must not be negative, and that of {w} is {x}")
    if graph.num_nodes < 3 or sum(x > 0 for x in states.values()) < 2:
        raise WrongKind("percolation centrality needs three nodes and two states above 0")
    found = nx.percolation_centrality(graph.simple(), states=states)
    return one_or_all(graph, {w: found[w] for w in graph}, node)


@tool(
    phrases=("local reaching centrality", "reach of a node"),
    asks=(
        "What is the local reaching centrality of {node}?",
        "Compute the local reaching centrality of {node}.",
        "local reaching centrality {node}",
        "What share of the graph can {node} reach?",
    ),
)
def local_reaching_centrality(graph: Graph, node: NodeArg) -> Number:
    """The share of other nodes that a node reaches; in an undirected graph each counts 1 / distance.

    0 for a single node. O(n + m). Mones, Vicsek and Vicsek (2012).

    Raises:
        NodeNotFound: `node` is not in the graph.
    """
    return Number(_reaching(graph, graph.node(node)))


def _reaching(graph: Graph, node: object) -> float:
    far = nx.single_source_shortest_path_length(graph.nx, node)
    others = [d for d in far.values() if d > 0]
    total = len(others) if graph.directed else math.fsum(1 / d for d in others)
    return total / (graph.num_nodes - 1) if graph.num_nodes > 1 else 0.0


@tool(
    phrases=("global reaching centrality", "flow hierarchy by reach"),
    asks=(
        "What is the global reaching centrality?",
        "Compute the global reaching centrality of the graph.",
        "global reaching centrality",
        "How hierarchical is the graph by reaching centrality?",
    ),
)
def global_reaching_centrality(graph: Graph) -> Number:
    """The mean difference between the largest local reaching centrality and that of the other nodes.

    The witness gives the local values. O(n m). Mones, Vicsek and Vicsek (2012).

    Raises:
        WrongKind: the graph has fewer than two nodes.
    """
    if graph.num_nodes < 2:
        raise WrongKind("global reaching centrality needs at least two nodes")
    local = {node: _reaching(graph, node) for node in graph}
    top = max(local.values())
    return Number(math.fsum(top - x for x in local.values()) / (graph.num_nodes - 1), local)
