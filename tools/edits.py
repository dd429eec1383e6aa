"""Edits that return a new graph, so that plans compose: add, remove, merge, relabel, select, weigh."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

import networkx as nx

from graphs.errors import BadArgument, EdgeNotFound, MissingAttribute
from graphs.graph import Graph, Node
from tools.answers import GraphAnswer
from tools.registry import Attribute, Labels, NodeArg, NodesArg, PairsArg, tool


def edited(graph: Graph, body: nx.Graph, note: str, *notes: str) -> GraphAnswer:
    """A new handle on `body` whose assumptions name the edit."""
    return GraphAnswer(graph.derive(body, note=note), notes=notes)


def names(nodes: Iterable[Node], limit: int = 5) -> str:
    """A short list of labels for notes."""
    shown = [str(n)[:40] for n in nodes]
    return ", ".join(shown[:limit]) + (f" and {len(shown) - limit} more" if len(shown) > limit else "")


def _new_label(graph: Graph, label: Hashable) -> Node:
    """The label of a node to add: a whole number where all labels are, text where all are text."""
    if isinstance(label, str) and label.strip().lstrip("-").isdecimal() and all(isinstance(n, int) for n in graph):
        label = int(label)
    if isinstance(label, int) and graph.num_nodes and all(isinstance(n, str) for n in graph):
        label = str(label)
    if label == "" or not isinstance(label, (str, int)):
        raise BadArgument(f"a label is text or a whole number, not {str(label)[:60]!r}")
    return label


def _either(graph: Graph, label: Hashable) -> Node:
    """The node that `label` names, or a new label."""
    found = graph.find(label)
    return _new_label(graph, label) if found is None else found


@tool(
    phrases=("add a node", "insert a node", "new node"),
    asks=("Add node {node}.", "Insert a new node {node}.", "Add the vertex {node} to the graph.", "add node {node}"),
)
def add_node(graph: Graph, node: NodeArg) -> GraphAnswer:
    """Add one node without edges. O(n + m).

    Raises:
        BadArgument: a node of that label exists, or the label is no text or whole number.

    >>> add_node(Graph.from_edges([(1, 2)]), 3).graph.nodes
    [1, 2, 3]
    """
    return add_nodes(graph, [node])


@tool(
    phrases=("add nodes", "insert nodes", "several new nodes"),
    asks=("Add the nodes {nodes}.", "Insert nodes {nodes}.", "Add vertices {nodes} to the graph.", "add nodes {nodes}"),
)
def add_nodes(graph: Graph, nodes: NodesArg) -> GraphAnswer:
    """Add nodes without edges. O(n + m).

    Raises:
        BadArgument: a node of that label exists, or a label is no text or whole number.
    """
    fresh = [_new_label(graph, label) for label in nodes]
    clash = [n for i, n in enumerate(fresh) if n in graph or n in fresh[:i]]
    if clash:
        raise BadArgument(f"node {clash[0]!r} is in the graph already; choose another label")
    body = graph.nx.copy()
    body.add_nodes_from(fresh)
    return edited(graph, body, f"added {names(fresh)}")


@tool(
    phrases=("remove a node", "delete a node", "without node", "drop a node"),
    asks=(
        "Remove node {node}.",
        "Delete the vertex {node}.",
        "Get rid of node {node}.",
        "without node {node}",
    ),
)
def remove_node(graph: Graph, node: NodeArg) -> GraphAnswer:
    """Remove one node and every edge at it. O(n + m).

    >>> remove_node(Graph.from_edges([(1, 2), (2, 3)]), 2).graph
    Graph(2 nodes, 0 edges, undirected)
    """
    return remove_nodes(graph, [node])


@tool(
    phrases=("remove nodes", "delete nodes", "without the nodes", "drop nodes"),
    asks=(
        "Remove the nodes {nodes}.",
        "Delete nodes {nodes} from the graph.",
        "Get rid of the vertices {nodes}.",
        "without the nodes {nodes}",
    ),
)
def remove_nodes(graph: Graph, nodes: NodesArg) -> GraphAnswer:
    """Remove nodes and every edge at them. O(n + m)."""
    gone = [graph.node(label) for label in nodes]
    body = graph.nx.copy()
    body.remove_nodes_from(gone)
    return edited(graph, body, f"removed {names(gone)}")


@tool(
    phrases=("add an edge", "insert an edge", "new edge", "connect two nodes"),
    asks=(
        "Add an edge between {source} and {target}.",
        "Insert the edge from {source} to {target}.",
        "Connect {source} and {target} by a new edge.",
        "add edge {source} {target}",
    ),
)
def add_edge(graph: Graph, source: NodeArg, target: NodeArg, weight: float | None = None) -> GraphAnswer:
    """Add one edge; ends that are new become nodes. O(n + m).

    Raises:
        BadArgument: the edge exists and the graph keeps no parallel edges.
    """
    return _add_edges(graph, [(source, target)], weight)


@tool(
    phrases=("add edges", "insert edges", "several new edges"),
    asks=(
        "Add the edges {edges}.",
        "Insert edges {edges}.",
        "Connect these pairs by new edges: {edges}.",
        "add edges {edges}",
    ),
)
def add_edges(graph: Graph, edges: PairsArg) -> GraphAnswer:
    """Add edges without attributes; ends that are new become nodes. O(n + m).

    Raises:
        BadArgument: an edge exists and the graph keeps no parallel edges.
    """
    return _add_edges(graph, edges, None)


def _add_edges(graph: Graph, edges: Iterable[tuple[Node, Node]], weight: float | None) -> GraphAnswer:
    body = graph.nx.copy()
    added = []
    for u, v in edges:
        u, v = _either(graph, u), _either(graph, v)
        if body.has_edge(u, v) and not graph.multi:
            raise BadArgument(f"the edge {u}-{v} is in the graph already; use set_weight to change it")
        body.add_edge(u, v, **({} if weight is None else {"weight": weight}))
        added.append(f"{u}-{v}")
    silent = ("the new edges have no weight",) if weight is None and graph.weighted else ()
    return edited(graph, body, f"added the edges {names(added)}", *silent)


@tool(
    phrases=("remove an edge", "delete an edge", "without the edge", "cut an edge"),
    asks=(
        "Remove the edge between {source} and {target}.",
        "Delete the edge from {source} to {target}.",
        "Take out the link {source} {target}.",
        "Delete edge {source} {target}.",
    ),
)
def remove_edge(graph: Graph, source: NodeArg, target: NodeArg) -> GraphAnswer:
    """Remove the edge from `source` to `target`, with its parallels. O(n + m).

    Raises:
        EdgeNotFound: there is no such edge.
    """
    return remove_edges(graph, [(source, target)])


@tool(
    phrases=("remove edges", "delete edges", "without the edges"),
    asks=(
        "Remove the edges {edges}.",
        "Delete edges {edges}.",
        "Take the links {edges} out.",
        "without the edges {edges}",
    ),
)
def remove_edges(graph: Graph, edges: PairsArg) -> GraphAnswer:
    """Remove edges, with their parallels; all nodes stay. O(n + m).

    Raises:
        EdgeNotFound: one of them is not in the graph.
    """
    body = graph.nx.copy()
    for u, v in {(graph.node(u), graph.node(v)): None for u, v in edges}:
        if not graph.has_edge(u, v):
            raise EdgeNotFound(u, v)
        while body.has_edge(u, v):
            body.remove_edge(u, v)
    return edited(graph, body, f"removed the edges {names(f'{u}-{v}' for u, v in edges)}")


@tool(
    phrases=("contract an edge", "edge contraction", "shrink an edge"),
    asks=(
        "Contract the edge between {source} and {target}.",
        "Contract edge {source} {target}.",
        "Shrink the edge from {source} to {target} to one node.",
        "edge contraction of {source} and {target}",
    ),
)
def contract_edge(graph: Graph, source: NodeArg, target: NodeArg) -> GraphAnswer:
    """Merge the ends of an edge into `source`; the edges between them vanish. O(n + m).

    Where two edges fall together and the graph keeps no parallel edges, the first one's attributes stay.

    Raises:
        EdgeNotFound: there is no such edge.
        BadArgument: the edge is a self-loop.
    """
    u, v = graph.node(source), graph.node(target)
    if not graph.has_edge(u, v):
        raise EdgeNotFound(u, v)
    return _merge(graph, [u, v], f"contracted the edge {u}-{v}")


@tool(
    phrases=("merge nodes", "identify nodes", "fuse nodes into one"),
    asks=(
        "Merge the nodes {nodes} into one.",
        "Merge {nodes} to a single node.",
        "Fuse {nodes}.",
        "merge nodes {nodes}",
    ),
)
def merge_nodes(graph: Graph, nodes: NodesArg) -> GraphAnswer:
    """Merge nodes into the first of them; the edges among them vanish. O(n + m).

    Where two edges fall together and the graph keeps no parallel edges, the first one's attributes stay.

    Raises:
        BadArgument: fewer than two different nodes.
    """
    return _merge(graph, [graph.node(label) for label in nodes], f"merged {names(nodes)}")


def _merge(graph: Graph, nodes: list[Node], note: str) -> GraphAnswer:
    group = set(nodes)
    if len(group) < 2:
        raise BadArgument("merging needs at least two different nodes")
    body = type(graph.nx)()
    body.add_nodes_from((n, data) for n, data in graph.nx.nodes(data=True) if n == nodes[0] or n not in group)
    for u, v, data in graph.nx.edges(data=True):
        a, b = (nodes[0] if u in group else u), (nodes[0] if v in group else v)
        inside = u in group and v in group
        if not inside and (graph.multi or not body.has_edge(a, b)):
            body.add_edge(a, b, **data)
    return edited(graph, body, note)


@tool(
    phrases=("relabel nodes", "rename nodes", "change labels"),
    asks=(
        "Relabel the nodes: {mapping}.",
        "Rename nodes as follows: {mapping}.",
        "Change the labels {mapping}.",
        "rename {mapping}",
    ),
)
def relabel_nodes(graph: Graph, mapping: Labels) -> GraphAnswer:
    """Rename nodes by `mapping` (old label to new label); all others keep theirs. O(n + m).

    Raises:
        BadArgument: two nodes would get the same label.
    """
    new = {graph.node(old): _new_label(Graph(), label) for old, label in mapping.items()}
    if len({new.get(n, n) for n in graph}) < graph.num_nodes:
        raise BadArgument("two nodes would get the same label; use merge_nodes to join nodes")
    body = nx.relabel_nodes(graph.nx, new, copy=True)
    return edited(graph, body, f"renamed {names(f'{u} to {v}' for u, v in new.items())}")


@tool(
    phrases=("set the weight", "change the weight of an edge", "assign a weight"),
    asks=(
        "Set the weight of the edge between {source} and {target} to {value}.",
        "Change the weight of edge {source} {target} to {value}.",
        "Let the edge from {source} to {target} weigh {value}.",
        "set weight {source} {target} {value}",
    ),
)
def set_weight(
    graph: Graph, source: NodeArg, target: NodeArg, value: float, attribute: Attribute = "weight"
) -> GraphAnswer:
    """Set an attribute (the weight) of the edge from `source` to `target`, and of its parallels. O(n + m).

    Raises:
        EdgeNotFound: there is no such edge.
    """
    u, v = graph.node(source), graph.node(target)
    if not graph.has_edge(u, v):
        raise EdgeNotFound(u, v)
    body = graph.nx.copy()
    for data in body[u][v].values() if graph.multi else [body[u][v]]:
        data[attribute] = value
    return edited(graph, body, f"set {attribute} of {u}-{v} to {value}")


@tool(
    phrases=("scale the weights", "multiply the weights", "all weights times"),
    asks=(
        "Multiply all weights by {factor}.",
        "Scale the edge weights by {factor}.",
        "Make every weight {factor} times as large.",
        "weights times {factor}",
    ),
)
def scale_weights(graph: Graph, factor: float, attribute: Attribute = "weight") -> GraphAnswer:
    """Multiply an attribute (the weight) of every edge that carries it by `factor`. O(n + m).

    Raises:
        MissingAttribute: no edge carries it.
        BadArgument: an edge carries something that is no number.
    """
    if not graph.has_edge_attribute(attribute):
        raise MissingAttribute(attribute, "scaling")
    body = graph.nx.copy()
    for *_, data in body.edges(data=True):
        if attribute in data:
            old = data[attribute]
            if isinstance(old, bool) or not isinstance(old, (int, float)):
                raise BadArgument(f"{attribute} is {str(old)[:40]!r} on an edge, which is no number to scale")
            data[attribute] = old * factor
    return edited(graph, body, f"{attribute} times {factor}")
