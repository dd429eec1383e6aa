"""What stands next to a node: neighbours, edges, common neighbours, degrees of one node."""

from __future__ import annotations

from graphs.errors import BadArgument, EdgeNotFound
from graphs.graph import Graph, Node
from tools.answers import Edges, Nodes, NodeValues, Number, Truth
from tools.arcs import costs, number_at, require_directed
from tools.distances import distances_from, tied
from tools.registry import Attribute, NodeArg, tool


def in_order(graph: Graph, members: set[Node]) -> list[Node]:
    """The members in the order of the graph."""
    return [node for node in graph.nx if node in members]


@tool(
    phrases=("degree of node", "node degree", "how many neighbours does node have", "how many connections"),
    asks=(
        "What is the degree of node {node}?",
        "How many connections does {node} have?",
        "How many edges are incident to {node}?",
        "Degree of {node}?",
    ),
)
def degree(graph: Graph, node: NodeArg) -> Number:
    """Count the edge ends at `node`: a self-loop counts twice, parallel edges each. O(degree).

    On a directed graph in- and out-edges both count.

    Raises:
        NodeNotFound: `node` is not in the graph.

    >>> degree(Graph.from_edges([(1, 2), (1, 1)]), 1).value
    3
    """
    notes = ("in- and out-edges both count",) if graph.directed else ()
    return Number(graph.nx.degree(graph.node(node)), notes=notes)


@tool(
    phrases=("in-degree", "incoming edges of node", "how many edges point to"),
    asks=(
        "What is the in-degree of node {node}?",
        "How many edges enter {node}?",
        "How many nodes point to {node}?",
        "Count the incoming edges of {node}.",
    ),
    needs="directed",
)
def in_degree(graph: Graph, node: NodeArg) -> Number:
    """Count the edges that enter `node`. O(degree).

    Raises:
        NodeNotFound: `node` is not in the graph.
        WrongKind: the graph is undirected.
    """
    require_directed(graph, "an in-degree")
    return Number(graph.nx.in_degree(graph.node(node)))


@tool(
    phrases=("out-degree", "outgoing edges of node", "how many edges leave"),
    asks=(
        "What is the out-degree of node {node}?",
        "How many edges leave {node}?",
        "To how many nodes does {node} point?",
        "Count the outgoing edges of {node}.",
    ),
    needs="directed",
)
def out_degree(graph: Graph, node: NodeArg) -> Number:
    """Count the edges that leave `node`. O(degree).

    Raises:
        NodeNotFound: `node` is not in the graph.
        WrongKind: the graph is undirected.
    """
    require_directed(graph, "an out-degree")
    return Number(graph.nx.out_degree(graph.node(node)))


@tool(
    phrases=("weighted degree", "strength of node", "sum of the weights at node"),
    asks=(
        "What is the weighted degree of node {node}?",
        "What is the strength of {node}?",
        "Add up the weights of the edges at {node}.",
        "Node strength of {node}?",
    ),
)
def strength(graph: Graph, node: NodeArg, weight: Attribute = "weight") -> Number:
    """Sum of `weight` over the edge ends at `node`: a self-loop counts twice. O(degree).

    Barrat et al., PNAS 101 (2004). On a directed graph in- and out-edges both count.

    Raises:
        NodeNotFound: `node` is not in the graph.
        MissingAttribute: an edge at `node` has no `weight`.
        BadArgument: a weight is not a finite number.
    """
    node = graph.node(node)
    edges = list(graph.nx.edges(node, data=True))
    edges += graph.nx.in_edges(node, data=True) if graph.directed else [e for e in edges if e[0] == e[1]]
    return Number(sum(number_at(data, weight, "a weighted degree") for *_, data in edges))


@tool(
    phrases=("weighted in-degree", "sum of the weights of the incoming edges", "total weight into"),
    asks=(
        "What is the weighted in-degree of {node}?",
        "What is the sum of the weights of the edges into {node}?",
        "What is the total weight of the incoming edges of {node}?",
        "Add up the weights of the edges that lead to {node}.",
        "How much weight comes in at {node}?",
    ),
    needs="directed",
)
def in_strength(graph: Graph, node: NodeArg, weight: Attribute = "weight") -> Number:
    """Sum of `weight` over the edges into `node` of a directed graph. O(in-degree).

    Raises:
        NodeNotFound: `node` is not in the graph. WrongKind: the graph is undirected.
        MissingAttribute: such an edge has no `weight`. BadArgument: a weight is not a finite number.
    """
    require_directed(graph, "a weighted in-degree")
    edges = graph.nx.in_edges(graph.node(node), data=True)
    return Number(sum(number_at(data, weight, "a weighted in-degree") for *_, data in edges))


@tool(
    phrases=("weighted out-degree", "sum of the weights of the outgoing edges", "total weight out of"),
    asks=(
        "What is the weighted out-degree of {node}?",
        "What is the sum of the weights of the edges out of {node}?",
        "What is the total weight of the outgoing edges of {node}?",
        "Add up the weights of the edges that leave {node}.",
        "How much weight goes out from {node}?",
    ),
    needs="directed",
)
def out_strength(graph: Graph, node: NodeArg, weight: Attribute = "weight") -> Number:
    """Sum of `weight` over the edges out of `node` of a directed graph. O(out-degree).

    Raises:
        NodeNotFound: `node` is not in the graph. WrongKind: the graph is undirected.
        MissingAttribute: such an edge has no `weight`. BadArgument: a weight is not a finite number.
    """
    require_directed(graph, "a weighted out-degree")
    edges = graph.nx.out_edges(graph.node(node), data=True)
    return Number(sum(number_at(data, weight, "a weighted out-degree") for *_, data in edges))


@tool(
    phrases=("neighbours of", "adjacent nodes", "connected nodes", "nodes directly connected to", "friends of"),
    asks=(
        "What are the neighbours of {node}?",
        "List all nodes connected to {node}.",
        "Which nodes are adjacent to {node}?",
        "Who are the direct neighbors of {node}?",
        "Which nodes have an edge to {node}?",
        "How many neighbors does {node} have?",
    ),
)
def neighbors(graph: Graph, node: NodeArg) -> Nodes:
    """The nodes that an edge joins to `node`; a node with a self-loop is its own neighbour. O(degree).

    On a directed graph: the nodes that an edge from `node` leads to (its successors).

    Raises:
        NodeNotFound: `node` is not in the graph.
    """
    notes = ("the graph is directed: these are the successors",) if graph.directed else ()
    return Nodes(list(graph.nx.neighbors(graph.node(node))), notes=notes)


@tool(
    phrases=("adjacency list", "adjacency lists", "neighbour lists", "neighbours of every node"),
    asks=(
        "What is the adjacency list of the graph?",
        "Give the adjacency lists.",
        "What are the neighbours of each node?",
        "List the neighbours of every node.",
        "Show the neighbours of all nodes.",
    ),
)
def adjacency_lists(graph: Graph) -> NodeValues:
    """The neighbours of each node, each once; directed: its successors. A self-loop makes a node its own. O(n + m).

    >>> adjacency_lists(Graph.from_edges([(1, 2), (2, 3)])).values
    {1: [2], 2: [1, 3], 3: [2]}
    """
    notes = ("the graph is directed: these are the successors",) if graph.directed else ()
    return NodeValues({node: list(graph.nx.adj[node]) for node in graph.nx}, notes=notes)


@tool(
    phrases=("successors", "out-neighbours", "nodes that node points to"),
    asks=(
        "What are the successors of {node}?",
        "Which nodes does {node} point to?",
        "List the out-neighbours of {node}.",
        "Direct successors of {node}?",
    ),
    needs="directed",
)
def successors(graph: Graph, node: NodeArg) -> Nodes:
    """The nodes that an edge from `node` leads to. O(degree).

    Raises:
        NodeNotFound: `node` is not in the graph.
        WrongKind: the graph is undirected.
    """
    require_directed(graph, "a successor")
    return Nodes(list(graph.nx.successors(graph.node(node))))


@tool(
    phrases=("predecessors", "in-neighbours", "nodes that point to"),
    asks=(
        "What are the predecessors of {node}?",
        "Which nodes point to {node}?",
        "List the in-neighbours of {node}.",
        "Which nodes have an edge to {node}?",
        "Direct predecessors of {node}?",
    ),
    needs="directed",
)
def predecessors(graph: Graph, node: NodeArg) -> Nodes:
    """The nodes that an edge to `node` comes from. O(degree).

    Raises:
        NodeNotFound: `node` is not in the graph.
        WrongKind: the graph is undirected.
    """
    require_directed(graph, "a predecessor")
    return Nodes(list(graph.nx.predecessors(graph.node(node))))


@tool(
    phrases=("nodes not connected to", "non-neighbours", "disconnected nodes", "nodes not adjacent to"),
    asks=(
        "List all nodes that are not connected to {node}.",
        "Which nodes are not adjacent to {node}?",
        "What are the non-neighbours of {node}?",
        "Which nodes have no edge to {node}?",
    ),
)
def non_neighbors(graph: Graph, node: NodeArg) -> Nodes:
    """The other nodes that no edge, of either direction, joins to `node`. O(n).

    Raises:
        NodeNotFound: `node` is not in the graph.
    """
    node = graph.node(node)
    near = {node, *graph.nx.neighbors(node)} | (set(graph.nx.predecessors(node)) if graph.directed else set())
    return Nodes([other for other in graph.nx if other not in near])


@tool(
    phrases=("is there an edge", "edge exists", "directly connected", "adjacent to each other", "linked by an edge"),
    asks=(
        "Is there an edge between {source} and {target}?",
        "Does an edge from {source} to {target} exist?",
        "Are {source} and {target} adjacent?",
        "Is {source} directly connected to {target}?",
    ),
)
def has_edge(graph: Graph, source: NodeArg, target: NodeArg) -> Truth:
    """Tell whether an edge leads from `source` to `target` (in either direction on an undirected graph). O(1).

    Raises:
        NodeNotFound: `source` or `target` is not in the graph.
    """
    source, target = graph.node(source), graph.node(target)
    holds = graph.has_edge(source, target)
    backwards = not holds and graph.directed and graph.has_edge(target, source)
    return Truth(holds, notes=("an edge leads the other way",) if backwards else ())


@tool(
    phrases=("weight of the edge", "cost of the edge", "edge weight between", "length of the edge"),
    asks=(
        "What is the weight of the edge between {source} and {target}?",
        "What does the edge from {source} to {target} cost?",
        "How heavy is the edge {source} - {target}?",
        "Edge weight from {source} to {target}?",
    ),
)
def edge_weight(graph: Graph, source: NodeArg, target: NodeArg, weight: Attribute = "weight") -> Number:
    """The `weight` of the edge from `source` to `target`; of parallel edges the least. O(1).

    Raises:
        NodeNotFound: `source` or `target` is not in the graph.
        EdgeNotFound: no edge joins them.
        MissingAttribute: the edge has no `weight`.
        BadArgument: the weight is not a finite number.
    """
    source, target = graph.node(source), graph.node(target)
    if not graph.has_edge(source, target):
        raise EdgeNotFound(source, target)
    found = graph.nx.get_edge_data(source, target)
    edges = list(found.values()) if graph.multi else [found]
    weights = [number_at(data, weight, "an edge weight") for data in edges]
    notes = (f"{len(weights)} parallel edges weigh {weights}; the least is given",) if len(weights) > 1 else ()
    return Number(min(weights), notes=notes)


@tool(
    phrases=("incident edges", "edges at node", "edges touching"),
    asks=(
        "Which edges are incident to {node}?",
        "List the edges at {node}.",
        "What edges touch {node}?",
        "Show every edge of {node}.",
    ),
)
def incident_edges(graph: Graph, node: NodeArg) -> Edges:
    """The edges with an end at `node`: outgoing first, then incoming ones; a self-loop once. O(degree).

    Raises:
        NodeNotFound: `node` is not in the graph.
    """
    node = graph.node(node)
    found = [(u, v) for u, v in graph.nx.edges(node)]
    if graph.directed:
        found += [(u, v) for u, v in graph.nx.in_edges(node) if u != v]
    return Edges(found)


@tool(
    phrases=("common neighbours", "shared neighbours", "mutual friends", "neighbours in common"),
    asks=(
        "What are the common neighbours of {u} and {v}?",
        "Which nodes are adjacent to both {u} and {v}?",
        "How many common neighbors do {u} and {v} have?",
        "Who are the mutual friends of {u} and {v}?",
    ),
)
def common_neighbors(graph: Graph, u: NodeArg, v: NodeArg) -> Nodes:
    """The nodes that an edge joins to `u` and to `v`, other than those two (directed: common successors). O(degrees).

    Raises:
        NodeNotFound: `u` or `v` is not in the graph.
    """
    u, v = graph.node(u), graph.node(v)
    near = set(graph.nx.neighbors(u)) & set(graph.nx.neighbors(v)) - {u, v}
    notes = ("the graph is directed: these are common successors",) if graph.directed else ()
    return Nodes(in_order(graph, near), notes=notes)


def _reached(graph: Graph, node: Node, weight: str | None) -> dict[Node, float]:
    return distances_from(costs(graph, weight, "a distance"), node, weight)


@tool(
    phrases=(
        "nodes within distance",
        "nodes within hops",
        "at most k hops away",
        "k-hop neighbourhood",
        "within steps of",
    ),
    asks=(
        "Which nodes are within distance {k} of {node}?",
        "List the nodes at most {k} hops away from {node}.",
        "What can be reached from {node} within {k} steps?",
        "Give the {k}-hop neighbourhood of {node}.",
    ),
)
def nodes_within_distance(graph: Graph, node: NodeArg, k: float, weight: Attribute | None = None) -> Nodes:
    """The other nodes that a path of length at most `k` from `node` reaches. O((n + m) log n).

    Every edge counts 1 unless `weight` names an edge attribute, none of it below 0.

    Raises:
        NodeNotFound: `node` is not in the graph.
        BadArgument: `k` is negative.
        MissingAttribute: `weight` names an attribute that some edge lacks.
        NegativeWeight: an edge weighs less than 0.
    """
    node = graph.node(node)
    _require_distance(k)
    return Nodes(in_order(graph, {v for v, far in _reached(graph, node, weight).items() if v != node and far <= k}))


@tool(
    phrases=("nodes at distance", "exactly k hops away", "friends of friends", "nodes exactly steps from"),
    asks=(
        "Which nodes are at distance exactly {k} from {node}?",
        "List the nodes exactly {k} hops away from {node}.",
        "Which nodes are exactly {k} steps from {node}?",
        "Nodes at distance {k} from {node}?",
    ),
)
def nodes_at_distance(graph: Graph, node: NodeArg, k: float, weight: Attribute | None = None) -> Nodes:
    """The nodes whose shortest path from `node` has length `k` exactly. O((n + m) log n).

    Every edge counts 1 unless `weight` names an edge attribute, none of it below 0.

    Raises:
        NodeNotFound: `node` is not in the graph.
        BadArgument: `k` is negative.
        MissingAttribute: `weight` names an attribute that some edge lacks.
        NegativeWeight: an edge weighs less than 0.
    """
    node = graph.node(node)
    _require_distance(k)
    return Nodes(in_order(graph, {v for v, far in _reached(graph, node, weight).items() if tied(far, k)}))


def _require_distance(k: float) -> None:
    if k < 0:
        raise BadArgument(f"a distance cannot be negative, and k is {k}; give 0 or more")
