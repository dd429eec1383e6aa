"""Which nodes matter because important nodes point to them: eigenvector, Katz, PageRank, HITS."""

from __future__ import annotations

from graphs.errors import BadArgument
from graphs.graph import Graph
from tools.answers import NodeValues, Number
from tools.registry import Attribute, NodeArg, NodesArg, tool
from tools.scores import eigenvector_scores, hits_scores, katz_scores, one_or_all, pagerank_scores


@tool(
    phrases=("eigenvector centrality", "eigencentrality"),
    asks=(
        "What is the eigenvector centrality of {node}?",
        "Compute the eigenvector centrality of each node.",
        "eigenvector centrality {node}",
        "How central is {node} by eigenvector centrality?",
    ),
)
def eigenvector_centrality(
    graph: Graph, node: NodeArg | None = None, weight: Attribute | None = None
) -> NodeValues | Number:
    """The unit eigenvector of the largest eigenvalue: a node counts what its (in-)neighbours count together.

    Of an undirected graph with several components those of the largest eigenvalue keep their weight, the others get
    0: what power iteration from equal values gives. O(n^3) up to 2,000 nodes, iterative above. Bonacich (1972).

    Raises:
        NodeNotFound: `node` is not in the graph.
        NotConnected: the graph is directed and some node cannot reach some other.
        WrongKind: the graph has no nodes.
        MissingAttribute, NegativeWeight: a weight is missing or not above 0.
    """
    return one_or_all(graph, eigenvector_scores(graph, weight), node)


@tool(
    phrases=("katz centrality", "katz prestige"),
    asks=(
        "What is the Katz centrality of {node}?",
        "Compute the Katz centrality of each node.",
        "katz centrality {node}",
        "Give the Katz centralities with alpha {alpha}.",
    ),
)
def katz_centrality(
    graph: Graph, node: NodeArg | None = None, alpha: float = 0.1, weight: Attribute | None = None
) -> NodeValues | Number:
    """The solution of x = alpha A^T x + 1, scaled to a unit vector: walks that end at a node, long ones discounted.

    O(n^3), less when sparse. Katz (1953).

    Raises:
        NodeNotFound: `node` is not in the graph.
        BadArgument: `alpha` is not above 0, or not below 1 / spectral radius.
        WrongKind: the graph has no nodes.
        MissingAttribute, NegativeWeight: a weight is missing or not above 0.
    """
    return one_or_all(graph, katz_scores(graph, alpha, weight), node)


@tool(
    phrases=("pagerank", "page rank", "pagerank value"),
    asks=(
        "What is the PageRank of {node}?",
        "Compute the PageRank of every node.",
        "pagerank {node}",
        "Give the PageRank values with damping factor {damping} after {iterations} iterations.",
        "What PageRank score does {node} get?",
    ),
)
def pagerank(
    graph: Graph,
    node: NodeArg | None = None,
    damping: float = 0.85,
    iterations: int | None = None,
    weight: Attribute | None = None,
) -> NodeValues | Number:
    """The share of time that a surfer spends at a node who follows an edge with chance `damping` and else jumps.

    Jumps go to every node alike; from a node without outgoing edges the surfer always jumps. Without `iterations` the
    fixed point, to 1e-12; with it what exactly that many rounds give from equal shares 1 / n. Parallel edges count
    each. O(rounds * m). Brin and Page (1998).

    Raises:
        NodeNotFound: `node` is not in the graph.
        BadArgument: `damping` is not in [0, 0.999], or `iterations` not in [0, 100,000].
        MissingAttribute, NegativeWeight: a weight is missing or not above 0.

    >>> round(pagerank(Graph.from_edges([(1, 2), (2, 1)], directed=True), 1).value, 9)
    0.5
    """
    return one_or_all(graph, pagerank_scores(graph, damping, iterations, weight), node)


@tool(
    phrases=("personalized pagerank", "personalised pagerank", "topic sensitive pagerank", "random walk with restart"),
    asks=(
        "What is the personalized PageRank from {sources}?",
        "Compute the random walk with restart at {sources}.",
        "personalised pagerank {sources}",
        "Rank the nodes by PageRank personalized to {sources}.",
    ),
)
def personalized_pagerank(
    graph: Graph,
    sources: NodesArg,
    node: NodeArg | None = None,
    damping: float = 0.85,
    weight: Attribute | None = None,
) -> NodeValues | Number:
    """PageRank in which every jump goes to one of `sources`, each with equal chance. O(rounds * m).

    Haveliwala (2002).

    Raises:
        NodeNotFound: a node is not in the graph.
        BadArgument: `sources` is empty, or `damping` is not in [0, 0.999].
        MissingAttribute, NegativeWeight: a weight is missing or not above 0.
    """
    chosen = [graph.node(source) for source in sources]
    if not chosen:
        raise BadArgument("personalized PageRank needs at least one source")
    return one_or_all(graph, pagerank_scores(graph, damping, None, weight, chosen), node)


@tool(
    phrases=("hub score", "hits hubs"),
    asks=(
        "What is the hub score of {node}?",
        "Compute the HITS hub scores.",
        "hits hubs {node}",
        "How good a hub is {node}?",
    ),
)
def hub_scores(graph: Graph, node: NodeArg | None = None, weight: Attribute | None = None) -> NodeValues | Number:
    """The hub scores of HITS: a good hub points to good authorities. They add up to 1.

    The limit of the iteration from equal values. O(sum of squared out-degrees + n^3). Kleinberg (1999).

    Raises:
        NodeNotFound: `node` is not in the graph.
        WrongKind: the graph has no edges.
        TooLarge, MissingAttribute, NegativeWeight: out-degrees too large; a weight is missing or not above 0.
    """
    return one_or_all(graph, hits_scores(graph, weight)[0], node)


@tool(
    phrases=("authority score", "hits authorities", "hits"),
    asks=(
        "What is the authority score of {node}?",
        "Compute the HITS authority scores.",
        "hits authorities {node}",
        "How much of an authority is {node}?",
    ),
)
def authority_scores(graph: Graph, node: NodeArg | None = None, weight: Attribute | None = None) -> NodeValues | Number:
    """The authority scores of HITS: good hubs point to a good authority. They add up to 1.

    The limit of the iteration from equal values. O(sum of squared out-degrees + n^3). Kleinberg (1999).

    Raises:
        NodeNotFound: `node` is not in the graph.
        WrongKind: the graph has no edges.
        TooLarge, MissingAttribute, NegativeWeight: out-degrees too large; a weight is missing or not above 0.
    """
    return one_or_all(graph, hits_scores(graph, weight)[1], node)
