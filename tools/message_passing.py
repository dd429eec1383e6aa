"""What nodes learn from their neighbours round by round: graph convolution, opinions, colour refinement."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Literal

from graphs.errors import BadArgument, MissingAttribute
from graphs.graph import Graph, Node
from tools.answers import NodeValues, Truth
from tools.arcs import number_at, reversed_costs
from tools.matrices import adjacency_rows
from tools.registry import Attribute, Labels, NodeArg, tool

Aggregation = Literal["sum", "mean", "max", "gcn"]
LAYERS = 100


@tool(
    phrases=(
        "graph convolution",
        "embedding of each node",
        "gnn layer",
        "message passing",
        "sum of neighbours embeddings",
        "simple graph convolution layer",
    ),
    asks=(
        "What's the embedding of each node after {layers} layers of simple graph convolution?",
        "What is the embedding of each node after {layers} layers of simple graph convolution layer?",
        "Update every node's embedding by the sum of its neighbours' embeddings {layers} times.",
        "Run {layers} rounds of message passing.",
        "Simulate a graph neural network of {layers} layers.",
    ),
)
def graph_convolution(
    graph: Graph,
    layers: int = 1,
    attribute: Attribute = "embedding",
    aggregation: Aggregation = "sum",
    include_self: bool = False,
    embeddings: Labels | None = None,
) -> NodeValues:
    """The embeddings after some layers in which each node takes the sum (mean, maximum) of its neighbours' embeddings.

    Embeddings are lists of numbers in the node attribute `attribute`, or in `embeddings`. In a directed graph
    messages run along the edges, so a node hears its predecessors; parallel edges count each; a self-loop makes a
    node its own neighbour, and `include_self` every node. A node that hears nobody gets zeros. "gcn" weighs by
    1 / sqrt(degree of both ends) with itself included (Kipf and Welling 2017). O(layers * m * dimension).

    Raises:
        MissingAttribute: a node has no embedding.
        BadArgument: embeddings differ in length or are not numbers; `layers` is not in [0, 100].

    >>> graph = Graph.from_edges([(0, 1), (1, 2)])
    >>> graph_convolution(graph, 2, embeddings={0: [1, 0], 1: [1, 1], 2: [0, 1]}).value
    {0: [1, 1], 1: [2, 2], 2: [1, 1]}
    """
    if not 0 <= layers <= LAYERS:
        raise BadArgument(f"layers must be between 0 and {LAYERS}, not {layers}")
    current = _embeddings(graph, attribute, embeddings)
    senders = _senders(graph, include_self or aggregation == "gcn")
    for _ in range(layers):
        current = {node: _aggregate(node, senders, current, aggregation) for node in senders}
    deaf = [node for node, near in senders.items() if not near]
    notes = (f"no message reaches {', '.join(map(str, deaf[:8]))}: zeros",) if deaf and layers else ()
    return NodeValues(current, notes=notes)


def _embeddings(graph: Graph, attribute: str, embeddings: Labels | None) -> dict[Node, list[float]]:
    """The vector of each node, checked; a plain number is a vector of length 1."""
    given = dict(graph.nx.nodes(data=attribute))
    if embeddings is not None:
        given = {**dict.fromkeys(graph), **{graph.node(node): vector for node, vector in embeddings.items()}}
    vectors: dict[Node, list[float]] = {}
    for node, vector in given.items():
        if vector is None:
            raise MissingAttribute(attribute, "graph convolution", of="nodes")
        numbers = list(vector) if isinstance(vector, (list, tuple)) else [vector]
        if not all(isinstance(x, (int, float)) and not isinstance(x, bool) and math.isfinite(x) for x in numbers):
            raise BadArgument(f"the {attribute} of {node} is not a list of numbers")
        vectors[node] = numbers
    sizes = {len(vector) for vector in vectors.values()}
    if len(sizes) > 1:
        raise BadArgument(f"the embeddings have different lengths: {sorted(sizes)}")
    return vectors


def _senders(graph: Graph, include_self: bool) -> dict[Node, list[Node]]:
    """Whom each node hears: a predecessor once for each edge, itself first when asked (then self-loops add nothing)."""
    near: dict[Node, list[Node]] = {node: [node] if include_self else [] for node in graph}
    for u, v in graph.nx.edges():
        if u == v:
            near[u] += [] if include_self else [u]
            continue
        near[v].append(u)
        if not graph.directed:
            near[u].append(v)
    return near


def _aggregate(
    node: Node, senders: Mapping[Node, list[Node]], current: Mapping[Node, list[float]], aggregation: Aggregation
) -> list[float]:
    heard = [current[w] for w in senders[node]]
    if not heard:
        return [0] * len(current[node])
    if aggregation == "max":
        return [max(column) for column in zip(*heard)]
    if aggregation == "gcn":
        scales = [1 / math.sqrt(len(senders[node]) * len(senders[w])) for w in senders[node]]
        return [math.fsum(s * x for s, x in zip(scales, column)) for column in zip(*heard)]
    total = [sum(column) if all(isinstance(x, int) for x in column) else math.fsum(column) for column in zip(*heard)]
    return total if aggregation == "sum" else [x / len(heard) for x in total]


@tool(
    phrases=("aggregate the features of neighbours", "new embedding of one node", "feature aggregation"),
    asks=(
        "What does {node} get when it aggregates its neighbours' embeddings?",
        "What is the embedding of {node} after one graph convolution layer?",
        "Aggregate the features of the neighbours of {node}.",
        "Compute the updated feature vector of {node}.",
    ),
)
def aggregate_neighbours(
    graph: Graph,
    node: NodeArg,
    layers: int = 1,
    attribute: Attribute = "embedding",
    aggregation: Aggregation = "sum",
    include_self: bool = False,
    embeddings: Labels | None = None,
) -> NodeValues:
    """The embedding of one node after some layers of `graph_convolution`, as a mapping from the node to its vector.

    Raises:
        NodeNotFound: `node` is not in the graph.
        MissingAttribute, BadArgument: as `graph_convolution`.
    """
    node = graph.node(node)
    whole = graph_convolution(graph, layers, attribute, aggregation, include_self, embeddings)
    return NodeValues({node: whole.values[node]}, notes=whole.notes)


@tool(
    phrases=("degroot opinions", "opinion averaging", "consensus dynamics", "opinions after rounds"),
    asks=(
        "What are the opinions after {rounds} rounds of DeGroot averaging?",
        "Let every node average the opinions of its neighbours {rounds} times.",
        "Run the DeGroot model for {rounds} rounds.",
        "Opinion dynamics: give the opinions after {rounds} rounds.",
    ),
)
def degroot_opinions(
    graph: Graph,
    rounds: int = 1,
    attribute: Attribute = "opinion",
    include_self: bool = True,
    weight: Attribute | None = None,
    opinions: Labels | None = None,
) -> NodeValues:
    """The opinions after some rounds in which each node takes the mean opinion of those it listens to.

    A node listens to its neighbours (in a directed graph: to its predecessors), in proportion to `weight`, and with
    trust 1 to itself unless `include_self` is off; one that listens to nobody keeps its opinion.
    O(rounds * (n + m)). DeGroot (1974).

    Raises:
        MissingAttribute: a node has no opinion, or an edge no `weight`.
        BadArgument: an opinion is not a number; `rounds` is not in [0, 10,000].
        NegativeWeight: a weight is not above 0.
    """
    if not 0 <= rounds <= 10_000:
        raise BadArgument(f"rounds must be between 0 and 10,000, not {rounds}")
    given = dict(graph.nx.nodes(data=attribute))
    if opinions is not None:
        given = {**dict.fromkeys(graph), **{graph.node(node): x for node, x in opinions.items()}}
    current = {node: number_at({attribute: x}, attribute, "averaging opinions") for node, x in given.items()}
    heard = reversed_costs(adjacency_rows(graph, weight, "averaging opinions"))
    for node in heard:
        if include_self or not heard[node]:
            heard[node][node] = heard[node].get(node, 0) + 1
    for _ in range(rounds):
        current = {
            node: math.fsum(size * current[w] for w, size in row.items()) / math.fsum(row.values())
            for node, row in heard.items()
        }
    return NodeValues(current)


@tool(
    phrases=("colour refinement", "weisfeiler lehman", "1-wl colours", "equitable partition"),
    asks=(
        "Run Weisfeiler-Lehman colour refinement on the graph.",
        "What are the stable colours of the nodes under 1-WL?",
        "Compute the coarsest equitable partition.",
        "Refine the node colours by those of their neighbours until they are stable.",
    ),
)
def colour_refinement(graph: Graph, rounds: int | None = None, attribute: Attribute | None = None) -> NodeValues:
    """The colours of the nodes after `rounds` rounds of colour refinement, or when they are stable.

    All nodes start equal, or with the value of `attribute`. In each round two nodes keep one colour only when their
    neighbours carry the same colours equally often (successors and predecessors apart in a directed graph; a
    self-loop makes a node its own neighbour once).
    Colours are numbered by first appearance. The witness counts the rounds. O(rounds * m log n).
    Weisfeiler and Lehman (1968).

    Raises:
        BadArgument: `rounds` is below 0.
    """
    if rounds is not None and rounds < 0:
        raise BadArgument(f"rounds must not be below 0, not {rounds}")
    history = _refine(graph, rounds, attribute)
    return NodeValues(history[-1], {"rounds": len(history) - 1})


def _refine(graph: Graph, rounds: int | None, attribute: str | None) -> list[dict[Node, int]]:
    """The colourings before and after each round that splits a colour."""
    body = graph.nx
    after: dict[Node, list[Node]] = {node: [] for node in graph}
    before: dict[Node, list[Node]] = {node: [] for node in graph}
    for u, v in body.edges():
        after[u].append(v)
        if graph.directed:
            before[v].append(u)
        elif u != v:
            after[v].append(u)
    history = [_numbered({node: repr(body.nodes[node].get(attribute)) if attribute else "" for node in graph})]
    while rounds is None or len(history) <= rounds:
        colours = history[-1]
        refined = _numbered(
            {
                node: (
                    colours[node],
                    tuple(sorted(colours[w] for w in after[node])),
                    tuple(sorted(colours[w] for w in before[node])),
                )
                for node in graph
            }
        )
        if refined == colours:
            break
        history.append(refined)
    return history


def _numbered(signatures: Mapping[Node, Any]) -> dict[Node, int]:
    numbers: dict[Any, int] = {}
    return {node: numbers.setdefault(signature, len(numbers)) for node, signature in signatures.items()}


@tool(
    phrases=("told apart by colour refinement", "same weisfeiler lehman colour", "distinguished by 1-wl"),
    asks=(
        "Does colour refinement tell {u} and {v} apart?",
        "Do {u} and {v} get the same Weisfeiler-Lehman colour?",
        "Can 1-WL distinguish {u} from {v}?",
        "Are {u} and {v} distinguished by colour refinement?",
    ),
)
def refinement_distinguishes(graph: Graph, u: NodeArg, v: NodeArg, attribute: Attribute | None = None) -> Truth:
    """Whether colour refinement gives two nodes different colours, so that no automorphism swaps them.

    The witness is the first round after which they differ (0: by `attribute`), or None. O(n m log n).

    Raises:
        NodeNotFound: `u` or `v` is not in the graph.
    """
    u, v = graph.node(u), graph.node(v)
    for number, colours in enumerate(_refine(graph, None, attribute)):
        if colours[u] != colours[v]:
            return Truth(True, number)
    return Truth(False)
