"""Who leads to whom in a directed graph: ancestors, closure, reduction, antichains, dominators."""

from __future__ import annotations

from typing import Any

import networkx as nx

from graphs.graph import Graph, Node
from tools.answers import GraphAnswer, NodeAnswer, Nodes, NodeValues
from tools.arcs import require_directed, search
from tools.dags import require_order
from tools.neighbours import in_order
from tools.registry import NodeArg, tool


@tool(
    phrases=("ancestors", "upstream nodes", "everything that leads to"),
    asks=(
        "What are the ancestors of {node}?",
        "Which nodes can reach {node}?",
        "List everything upstream of {node}.",
        "How many ancestors does {node} have?",
    ),
    needs="directed",
)
def ancestors(graph: Graph, node: NodeArg) -> Nodes:
    """The other nodes from which a path leads to `node`. O(n + m).

    Raises:
        NodeNotFound: `node` is not in the graph.
        WrongKind: the graph is undirected.
    """
    require_directed(graph, "an ancestor")
    node = graph.node(node)
    return Nodes(in_order(graph, set(search(graph.nx.pred, node)) - {node}))


@tool(
    phrases=("descendants", "downstream nodes", "everything that follows from"),
    asks=(
        "What are the descendants of {node}?",
        "Which nodes come after {node}?",
        "List everything downstream of {node}.",
        "How many descendants does {node} have?",
    ),
    needs="directed",
)
def descendants(graph: Graph, node: NodeArg) -> Nodes:
    """The other nodes to which a path from `node` leads. O(n + m).

    Raises:
        NodeNotFound: `node` is not in the graph.
        WrongKind: the graph is undirected.
    """
    require_directed(graph, "a descendant")
    node = graph.node(node)
    return Nodes(in_order(graph, set(search(graph.nx.succ, node)) - {node}))


@tool(
    phrases=("lowest common ancestor", "nearest common ancestor", "lca"),
    asks=(
        "What is the lowest common ancestor of {u} and {v}?",
        "Find the LCA of {u} and {v}.",
        "What is the nearest common ancestor of {u} and {v}?",
        "Which node is the closest ancestor of both {u} and {v}?",
    ),
    needs="directed",
)
def lowest_common_ancestor(graph: Graph, u: NodeArg, v: NodeArg) -> NodeAnswer:
    """A common ancestor of `u` and `v` none of whose descendants is one as well; None when there is none.

    A node counts as its own ancestor. A DAG may have several; the witness lists them and the first is the answer.
    O(n (n + m)).

    Raises:
        NodeNotFound: `u` or `v` is not in the graph.
        WrongKind: the graph is undirected or has a cycle.
    """
    require_order(graph, "a lowest common ancestor")
    u, v = graph.node(u), graph.node(v)
    common = set(search(graph.nx.pred, u)) & set(search(graph.nx.pred, v))
    lowest = [node for node in graph.nx if node in common and not common & set(graph.nx.succ[node])]
    notes = (f"{len(lowest)} nodes are lowest common ancestors; the first is named",) if len(lowest) > 1 else ()
    return NodeAnswer(lowest[0] if lowest else None, lowest, notes=notes)


@tool(
    phrases=("transitive closure", "reachability graph", "closure of the graph"),
    asks=(
        "Compute the transitive closure of the graph.",
        "What is the transitive closure?",
        "Add an edge wherever a path exists.",
        "Give the reachability graph.",
    ),
    needs="directed",
)
def transitive_closure(graph: Graph) -> GraphAnswer:
    """The graph with an edge u -> v for every path of one edge or more from u to v. O(n m).

    A node on a cycle gets a self-loop. Edge attributes are left out.

    Raises:
        WrongKind: the graph is undirected.
    """
    require_directed(graph, "a transitive closure")
    body = nx.DiGraph()
    body.add_nodes_from(graph.nx.nodes(data=True))
    for u in graph.nx:
        ahead: set[Node] = set()
        for v in graph.nx.succ[u]:
            if v not in ahead:
                ahead |= set(search(graph.nx.succ, v))
        body.add_edges_from((u, v) for v in graph.nx if v in ahead)
    return GraphAnswer(graph.derive(body))


@tool(
    phrases=("transitive reduction", "hasse diagram", "remove redundant edges", "minimum equivalent dag"),
    asks=(
        "Compute the transitive reduction of the graph.",
        "What is the transitive reduction?",
        "Remove the edges that follow from others.",
        "Give the Hasse diagram of the DAG.",
    ),
    needs="directed",
)
def transitive_reduction(graph: Graph) -> GraphAnswer:
    """The fewest edges of a directed acyclic graph that keep the same reachability. O(n m).

    Aho, Garey & Ullman, SIAM J. Comput. 1 (1972). Edge attributes stay; of parallel edges the first.

    Raises:
        WrongKind: the graph is undirected or has a cycle.
    """
    require_order(graph, "a transitive reduction")
    reach = {u: set(search(graph.nx.succ, u)) for u in graph.nx}
    body: Any = nx.DiGraph()
    body.add_nodes_from(graph.nx.nodes(data=True))
    for u, v, data in graph.nx.edges(data=True):
        if not body.has_edge(u, v) and not any(v in reach[w] for w in graph.nx.succ[u] if w != v):
            body.add_edge(u, v, **data)
    return GraphAnswer(graph.derive(body))


@tool(
    phrases=("maximum antichain", "width of the dag", "largest set of incomparable nodes", "most tasks at once"),
    asks=(
        "What is the largest antichain of the DAG?",
        "What is the width of the partial order?",
        "Find the largest set of nodes none of which reaches another.",
        "How many tasks can run at the same time at most?",
    ),
    needs="directed",
)
def maximum_antichain(graph: Graph) -> Nodes:
    """A largest set of nodes none of which reaches another (its size is the width of the DAG).

    The witness is as many chains that cover all nodes (Dilworth 1950), found by bipartite matching on the closure.
    O(n m + e √n) for e pairs that reach one another.

    Raises:
        WrongKind: the graph is undirected or has a cycle.
    """
    require_order(graph, "an antichain")
    nodes, n = graph.nodes, graph.num_nodes
    reach = [set(search(graph.nx.succ, u)) - {u} for u in nodes]
    body = nx.Graph()  # i leaves node i, n + i enters it: numbers, so that ties do not depend on the labels' hashes
    body.add_nodes_from(range(2 * n))
    body.add_edges_from((i, n + j) for i in range(n) for j in range(n) if nodes[j] in reach[i])
    matching = nx.bipartite.hopcroft_karp_matching(body, range(n))
    cover = nx.bipartite.to_vertex_cover(body, matching, range(n))
    free = [node for i, node in enumerate(nodes) if i not in cover and n + i not in cover]
    chains = []
    for i in range(n):
        if n + i not in matching:
            chain = [i]
            while chain[-1] in matching:
                chain.append(matching[chain[-1]] - n)
            chains.append([nodes[k] for k in chain])
    return Nodes(free, chains)


@tool(
    phrases=("immediate dominators", "dominator tree", "dominators"),
    asks=(
        "What are the immediate dominators from {source}?",
        "Compute the dominator tree rooted at {source}.",
        "Which node dominates each node, starting from {source}?",
        "Give the immediate dominator of every node reachable from {source}.",
    ),
    needs="directed",
)
def immediate_dominators(graph: Graph, source: NodeArg) -> NodeValues:
    """For each node that `source` reaches: the last node, other than itself, on all paths from `source` to it.

    Cooper, Harvey & Kennedy (2001), O(n m) at worst. The graph may have cycles.

    Raises:
        NodeNotFound: `source` is not in the graph.
        WrongKind: the graph is undirected.
    """
    require_directed(graph, "a dominator")
    source = graph.node(source)
    found = nx.immediate_dominators(graph.nx, source)
    return NodeValues({node: found[node] for node in graph.nx if node in found and node != source})
