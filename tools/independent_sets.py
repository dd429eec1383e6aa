"""Independent sets: sets of nodes of which no two are adjacent."""

from __future__ import annotations

import itertools

from graphs.graph import Graph, Node
from tools.answers import Nodes, Number, Truth
from tools.best_sets import by_index, largest_independent_set, most_nodes, neighbour_sets, node_weights, resolved
from tools.registry import Attribute, NodesArg, tool


@tool(
    phrases=("maximum independent set", "largest independent set", "largest stable set", "most nodes none adjacent"),
    asks=(
        "Find a maximum independent set.",
        "What is the largest set of nodes with no edge between any two?",
        "Which is the largest stable set?",
        "How many nodes can be chosen so that no two are adjacent?",
    ),
)
@by_index
def maximum_independent_set(graph: Graph, time_limit: float = 10.0) -> Nodes:
    """Find the most nodes of which no two are adjacent; directions and loops are ignored. NP-hard.

    witness: cliques as `sets` with values that cover each node once, whose sum bounds every independent set. Integer
    programming (sparse graphs) or branch and bound (dense ones) within `time_limit` seconds.
    """
    return most_nodes(graph, largest_independent_set(neighbour_sets(graph), None, time_limit), None)


@tool(
    phrases=("independence number", "stability number", "size of the largest independent set"),
    asks=(
        "What is the independence number of the graph?",
        "How large is the largest independent set?",
        "Compute α(G), the independence number.",
        "What is the stability number?",
    ),
)
@by_index
def independence_number(graph: Graph, time_limit: float = 10.0) -> Number:
    """Count the nodes of a largest independent set. NP-hard; witness: the set as `independent`, and the `sets`."""
    found = most_nodes(graph, largest_independent_set(neighbour_sets(graph), None, time_limit), None)
    shown = {"independent": found.nodes, "sets": found.witness["sets"]}
    return Number(len(found.nodes), witness=shown, exact=found.exact, bounds=found.bounds)


@tool(
    phrases=("maximum weight independent set", "heaviest independent set", "weighted stable set"),
    asks=(
        "Find the maximum weight independent set by node weights.",
        "Which independent set has the greatest total node weight?",
        "What is the heaviest set of pairwise non-adjacent nodes?",
        "max weight independent set",
    ),
)
@by_index
def maximum_weight_independent_set(graph: Graph, weight: Attribute = "weight", time_limit: float = 10.0) -> Nodes:
    """Find an independent set whose nodes weigh most together; `weight` is a node attribute. NP-hard.

    witness: the `total`, and cliques as `sets` with values that cover each node's weight.

    Raises:
        MissingAttribute: a node has no `weight`.
    """
    worth = node_weights(graph, weight)
    return most_nodes(graph, largest_independent_set(neighbour_sets(graph), worth, time_limit), worth)


@tool(
    phrases=("maximal independent set", "greedy independent set", "inclusion maximal stable set"),
    asks=(
        "Give a maximal independent set.",
        "Find any independent set that cannot be extended.",
        "Compute a greedy independent set.",
        "maximal (not maximum) stable set",
    ),
)
def maximal_independent_set(graph: Graph) -> Nodes:
    """Take nodes in the graph's order that no taken node is adjacent to: the result cannot be extended. O(n + m).

    Directions and loops are ignored.
    """
    around = neighbour_sets(graph)
    barred: set[Node] = set()
    nodes = []
    for node in graph:
        if node not in barred:
            nodes.append(node)
            barred |= around[node]
    return Nodes(nodes)


@tool(
    phrases=("is an independent set", "is a stable set", "no two are adjacent"),
    asks=(
        "Is {nodes} an independent set?",
        "Are no two of {nodes} adjacent?",
        "Check whether {nodes} is a stable set.",
        "Do {nodes} form an independent set?",
    ),
)
def is_independent_set(graph: Graph, nodes: NodesArg) -> Truth:
    """Decide whether no two of `nodes` are adjacent; witness when not: an `edge` between two. O(k²).

    Raises:
        NodeNotFound: one of `nodes` is not in the graph.
    """
    around = neighbour_sets(graph)
    for u, v in itertools.combinations(resolved(graph, nodes), 2):
        if v in around[u]:
            return Truth(False, witness={"edge": [u, v]})
    return Truth(True)
