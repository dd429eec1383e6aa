"""What hangs together: reachability, components, strong components, condensation."""

from __future__ import annotations

import networkx as nx

from graphs.graph import Graph, Node
from tools.answers import GraphAnswer, Groups, Nodes, Number, Truth
from tools.arcs import parts, require_directed, require_nodes, search, undirected_arcs, walk_back
from tools.neighbours import in_order
from tools.registry import NodeArg, tool

WEAK = "the graph is directed: directions are ignored (weak connection)"


def _weak_note(graph: Graph) -> tuple[str, ...]:
    return (WEAK,) if graph.directed else ()


@tool(
    phrases=(
        "is there a path",
        "path exists",
        "reachable from",
        "connected to each other by a path",
        "can one get from",
    ),
    asks=(
        "Is there a path between {source} and {target}?",
        "Is {target} reachable from {source}?",
        "Can I get from {source} to {target}?",
        "Are {source} and {target} in the same component, so that a path joins them?",
        "Does a path from {source} to {target} exist?",
    ),
)
def has_path(graph: Graph, source: NodeArg, target: NodeArg) -> Truth:
    """Tell whether a path leads from `source` to `target`, along the directions where there are any. O(n + m).

    Witness of a yes: the path. Witness of a no: the set of nodes that can be reached, which no edge leaves.

    Raises:
        NodeNotFound: `source` or `target` is not in the graph.
    """
    source, target = graph.node(source), graph.node(target)
    parents = search(dict(graph.nx.adjacency()), source)
    if target in parents:
        return Truth(True, {"path": walk_back(parents, target)})
    return Truth(False, {"reachable": in_order(graph, set(parents))})


@tool(
    phrases=("reachable nodes", "which nodes can be reached", "everything reachable from"),
    asks=(
        "Which nodes are reachable from {node}?",
        "List everything that can be reached from {node}.",
        "How many nodes can {node} reach?",
        "What nodes can I get to from {node}?",
    ),
)
def reachable_nodes(graph: Graph, node: NodeArg) -> Nodes:
    """The other nodes that a path from `node` leads to. O(n + m).

    Raises:
        NodeNotFound: `node` is not in the graph.
    """
    node = graph.node(node)
    return Nodes(in_order(graph, set(search(dict(graph.nx.adjacency()), node)) - {node}))


@tool(
    phrases=("is the graph connected", "connected graph", "hangs together", "disconnected graph", "in one piece"),
    asks=(
        "Is the graph connected?",
        "Is this network in one piece?",
        "Does the whole graph hang together?",
        "Check whether the graph is connected or disconnected.",
    ),
)
def is_connected(graph: Graph) -> Truth:
    """Tell whether a path joins any two nodes; on a directed graph directions are ignored. O(n + m).

    Witness of a yes: a spanning tree. Witness of a no: a component, which no edge leaves.

    Raises:
        WrongKind: the graph has no nodes.
    """
    require_nodes(graph, "connectedness")
    arcs = undirected_arcs(graph)
    parents = search(arcs, next(iter(graph.nx)))
    if len(parents) < graph.num_nodes:
        return Truth(False, {"component": in_order(graph, set(parents))}, notes=_weak_note(graph))
    tree = [[parent, node] for node, parent in parents.items() if parent is not None]
    return Truth(True, {"tree": tree}, notes=_weak_note(graph))


@tool(
    phrases=("is weakly connected", "weak connectivity", "weakly connected digraph"),
    asks=(
        "Is the directed graph weakly connected?",
        "Is the graph weakly connected?",
        "Check weak connectivity.",
        "Is the digraph connected when directions are ignored?",
    ),
    needs="directed",
)
def is_weakly_connected(graph: Graph) -> Truth:
    """Tell whether a directed graph is connected when directions are ignored; witness as for `is_connected`. O(n + m).

    Raises:
        WrongKind: the graph has no nodes or is undirected.
    """
    require_directed(graph, "weak connectedness")
    return is_connected(graph)


@tool(
    phrases=("connected components", "components", "separate pieces", "clusters not linked to each other"),
    asks=(
        "What are the connected components of the graph?",
        "List the connected components.",
        "Into which separate pieces does the network fall?",
        "Find all components.",
    ),
)
def connected_components(graph: Graph) -> Groups:
    """The largest sets of nodes that paths join, biggest first; directions are ignored. O(n + m)."""
    return Groups(parts(undirected_arcs(graph)), notes=_weak_note(graph))


@tool(
    phrases=("weakly connected components", "weak components"),
    asks=(
        "What are the weakly connected components?",
        "List the weakly connected components of the digraph.",
        "How many weak components does the graph have?",
        "Find the weak components.",
    ),
    needs="directed",
)
def weakly_connected_components(graph: Graph) -> Groups:
    """The components of a directed graph when directions are ignored, biggest first. O(n + m).

    Raises:
        WrongKind: the graph is undirected.
    """
    require_directed(graph, "a weakly connected component")
    return Groups(parts(undirected_arcs(graph)))


@tool(
    phrases=(
        "number of connected components",
        "how many components",
        "how many separate pieces",
        "count of components",
    ),
    asks=(
        "How many connected components does the graph have?",
        "What is the number of connected components?",
        "Count the components.",
        "In how many pieces is the network?",
    ),
)
def number_of_components(graph: Graph) -> Number:
    """Count the connected components (weak ones on a directed graph); the witness lists them. O(n + m)."""
    groups = parts(undirected_arcs(graph))
    return Number(len(groups), groups, notes=_weak_note(graph))


@tool(
    phrases=("largest connected component", "giant component", "biggest component", "largest component size"),
    asks=(
        "What is the largest connected component?",
        "Which nodes are in the giant component?",
        "How large is the biggest component?",
        "Give the nodes of the largest component.",
    ),
)
def largest_component(graph: Graph) -> Nodes:
    """The connected component of most nodes (the first of equals); the witness lists all components. O(n + m).

    Raises:
        WrongKind: the graph has no nodes.
    """
    require_nodes(graph, "a largest component")
    groups = parts(undirected_arcs(graph))
    return Nodes(groups[0], groups, notes=_weak_note(graph))


@tool(
    phrases=("component of node", "component containing", "which component contains"),
    asks=(
        "Which component contains {node}?",
        "List the nodes in the same component as {node}.",
        "What is the connected component of {node}?",
        "Who is in the same connected piece as {node}?",
    ),
)
def component_of(graph: Graph, node: NodeArg) -> Nodes:
    """The connected component (weak on a directed graph) that holds `node`, itself included. O(n + m).

    Raises:
        NodeNotFound: `node` is not in the graph.
    """
    found = search(undirected_arcs(graph), graph.node(node))
    return Nodes(in_order(graph, set(found)), notes=_weak_note(graph))


def strong_parts(graph: Graph) -> list[list[Node]]:
    """Strongly connected components, biggest first, ties and members in the graph's order (Tarjan 1972)."""
    where: dict[Node, int] = {}
    for i, group in enumerate(nx.strongly_connected_components(graph.nx)):
        where.update(dict.fromkeys(group, i))
    groups: dict[int, list[Node]] = {}
    for node in graph.nx:
        groups.setdefault(where[node], []).append(node)
    return sorted(groups.values(), key=len, reverse=True)


@tool(
    phrases=("strongly connected components", "strong components", "scc"),
    asks=(
        "What are the strongly connected components of the graph?",
        "List the strongly connected components.",
        "How many strongly connected components are there?",
        "Find the SCCs.",
    ),
    needs="directed",
)
def strongly_connected_components(graph: Graph) -> Groups:
    """The largest sets of nodes that reach each other along the directions, biggest first. Tarjan (1972), O(n + m).

    Raises:
        WrongKind: the graph is undirected.
    """
    require_directed(graph, "a strongly connected component")
    return Groups(strong_parts(graph))


@tool(
    phrases=("strongly connected component of node", "nodes mutually reachable with", "strong component containing"),
    asks=(
        "Which strongly connected component contains {node}?",
        "What is the strong component of {node}?",
        "Which nodes are mutually reachable with {node}?",
        "List the nodes in the same SCC as {node}.",
    ),
    needs="directed",
)
def strong_component_of(graph: Graph, node: NodeArg) -> Nodes:
    """The nodes that `node` reaches and that reach it, itself included. O(n + m).

    Raises:
        NodeNotFound: `node` is not in the graph.
        WrongKind: the graph is undirected.
    """
    require_directed(graph, "a strongly connected component")
    node = graph.node(node)
    ahead = search(dict(graph.nx.adjacency()), node)
    behind = search({v: list(graph.nx.predecessors(v)) for v in graph.nx}, node)
    return Nodes(in_order(graph, set(ahead) & set(behind)))


@tool(
    phrases=("is strongly connected", "strongly connected digraph", "every node reaches every other"),
    asks=(
        "Is the graph strongly connected?",
        "Is this directed graph strongly connected?",
        "Can every node reach every other node?",
        "Check strong connectivity.",
    ),
)
def is_strongly_connected(graph: Graph) -> Truth:
    """Tell whether every node reaches every other along the directions. O(n + m).

    Witness of a no: a set of nodes that no edge leaves. A yes needs none: searching ahead and backwards from one node
    shows it. On an undirected graph this is connectedness.

    Raises:
        WrongKind: the graph has no nodes.
    """
    require_nodes(graph, "strong connectedness")
    first = next(iter(graph.nx))
    ahead = search(dict(graph.nx.adjacency()), first)
    if len(ahead) < graph.num_nodes:
        return Truth(False, {"closed": in_order(graph, set(ahead))})
    back = {v: list(graph.nx.predecessors(v)) if graph.directed else list(graph.nx.neighbors(v)) for v in graph.nx}
    behind = search(back, first)
    if len(behind) < graph.num_nodes:
        return Truth(False, {"closed": [v for v in graph.nx if v not in behind]})
    return Truth(True)


@tool(
    phrases=("condensation", "condense", "graph of strongly connected components", "shrink strong components"),
    asks=(
        "Compute the condensation of the graph.",
        "Shrink each strongly connected component to one node.",
        "What is the condensation of this digraph?",
        "Condense the directed graph.",
    ),
    needs="directed",
)
def condensation(graph: Graph) -> GraphAnswer:
    """The directed acyclic graph of the strongly connected components. O(n + m).

    Each component is a node named by its first member, with all `members` as an attribute; an edge joins two
    components when an edge of the graph does.

    Raises:
        WrongKind: the graph is undirected.
    """
    require_directed(graph, "a condensation")
    groups = strong_parts(graph)
    name = {node: group[0] for group in groups for node in group}
    body = nx.DiGraph()
    for node in graph.nx:
        if name[node] == node:
            body.add_node(node)
    for group in groups:
        body.nodes[group[0]]["members"] = group
    body.add_edges_from((name[u], name[v]) for u, v in graph.nx.edges() if name[u] != name[v])
    return GraphAnswer(graph.derive(body, note="each strongly connected component is named by its first node"))
