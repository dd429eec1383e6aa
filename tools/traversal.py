"""Orders in which a search visits the nodes: breadth first, depth first, lexicographic."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from graphs.errors import BadArgument
from graphs.graph import Graph, Node
from tools.answers import Edges, Groups, Order, Truth
from tools.registry import NodeArg, NodesArg, tool


def _out(graph: Graph) -> dict[Node, list[Node]]:
    """Successors (neighbours) of each node, in the order in which the edges were given."""
    return {node: list(graph.nx.adj[node]) for node in graph}


def _breadth_first(out: dict[Node, list[Node]], source: Node) -> dict[Node, Node | None]:
    """Parents in the order of visiting."""
    parents: dict[Node, Node | None] = {source: None}
    queue = [source]
    for node in queue:
        for other in out[node]:
            if other not in parents:
                parents[other] = node
                queue.append(other)
    return parents


def _depth_first(out: dict[Node, list[Node]], source: Node) -> dict[Node, Node | None]:
    """Parents in the order of first visits (preorder)."""
    parents: dict[Node, Node | None] = {source: None}
    stack: list[tuple[Node, Iterator[Node]]] = [(source, iter(out[source]))]
    while stack:
        node, rest = stack[-1]
        other = next((n for n in rest if n not in parents), None)
        if other is None:
            stack.pop()
        else:
            parents[other] = node
            stack.append((other, iter(out[other])))
    return parents


def _start(graph: Graph, source: Hashable) -> Node:
    if source is not None:
        return graph.node(source)
    if not graph.num_nodes:
        raise BadArgument("the graph has no nodes to start from")
    return next(iter(graph))


@tool(
    phrases=("breadth first search", "bfs order", "breadth first traversal", "level order"),
    asks=(
        "Give the breadth-first search order starting from {source}.",
        "In which order does BFS from node {source} visit the nodes?",
        "Run a breadth first traversal from {source}.",
        "bfs starting at {source}",
    ),
)
def bfs_order(graph: Graph, source: NodeArg | None = None) -> Order:
    """List the nodes in the order in which breadth-first search from `source` (the first node) visits them.

    Neighbours are taken in the order of the graph's edges; nodes that cannot be reached are left out. O(n + m);
    Moore (1959). Witness: the parent of each node in the search tree.

    Raises:
        NodeNotFound: `source` is not in the graph.
        BadArgument: the graph is empty.

    >>> bfs_order(Graph.from_edges([(1, 2), (1, 3), (2, 4)]), 1).nodes
    [1, 2, 3, 4]
    """
    parents = _breadth_first(_out(graph), _start(graph, source))
    return Order(list(parents), parents)


@tool(
    phrases=("depth first search", "dfs order", "depth first traversal", "preorder"),
    asks=(
        "Start from node {source}, output a sequence of traversal in depth-first search (DFS) order.",
        "Give the depth-first search order starting from {source}.",
        "In which order does DFS from node {source} visit the nodes?",
        "dfs starting at {source}",
    ),
)
def dfs_order(graph: Graph, source: NodeArg | None = None) -> Order:
    """List the nodes in the order in which depth-first search from `source` (the first node) first visits them.

    Neighbours are taken in the order of the graph's edges; nodes that cannot be reached are left out. O(n + m);
    Tarjan (1972). Witness: the parent of each node in the search tree.

    Raises:
        NodeNotFound: `source` is not in the graph.
        BadArgument: the graph is empty.

    >>> dfs_order(Graph.from_edges([(1, 2), (1, 3), (2, 4)]), 1).nodes
    [1, 2, 4, 3]
    """
    parents = _depth_first(_out(graph), _start(graph, source))
    return Order(list(parents), parents)


@tool(
    phrases=("bfs tree", "breadth first tree", "breadth first search tree"),
    asks=(
        "Give the BFS tree rooted at {source}.",
        "List the edges of the breadth-first search tree from {source}.",
        "Build a breadth first tree starting at {source}.",
        "bfs tree of {source}",
    ),
)
def bfs_tree(graph: Graph, source: NodeArg | None = None) -> Edges:
    """List the edges (parent, child) of a breadth-first tree from `source` (the first node), in order of visits.

    The tree's paths are shortest in edges. O(n + m). Witness: the distance of each node from `source`.
    """
    parents = _breadth_first(_out(graph), _start(graph, source))
    depth: dict[Node, int] = {}
    for node, parent in parents.items():
        depth[node] = 0 if parent is None else depth[parent] + 1
    return Edges([(p, n) for n, p in parents.items() if p is not None], witness=depth)


@tool(
    phrases=("dfs tree", "depth first tree", "depth first search tree"),
    asks=(
        "Give the DFS tree rooted at {source}.",
        "List the edges of the depth-first search tree from {source}.",
        "Build a depth first tree starting at {source}.",
        "dfs tree of {source}",
    ),
)
def dfs_tree(graph: Graph, source: NodeArg | None = None) -> Edges:
    """List the edges (parent, child) of a depth-first tree from `source` (the first node), in order of visits.

    O(n + m). Witness: the order of visits.
    """
    parents = _depth_first(_out(graph), _start(graph, source))
    return Edges([(p, n) for n, p in parents.items() if p is not None], witness=list(parents))


@tool(
    phrases=("bfs layers", "distance layers", "levels of breadth first search", "nodes by distance"),
    asks=(
        "List the BFS layers from {source}.",
        "Group the nodes by their number of hops from {source}.",
        "What are the levels of the breadth-first search from {source}?",
        "bfs levels of {source}",
    ),
)
def bfs_layers(graph: Graph, source: NodeArg | None = None) -> Groups:
    """Group the reachable nodes by their distance in edges from `source` (the first node): 0, 1, 2 … O(n + m)."""
    parents = _breadth_first(_out(graph), _start(graph, source))
    depth: dict[Node, int] = {}
    layers: list[list[Node]] = []
    for node, parent in parents.items():
        depth[node] = 0 if parent is None else depth[parent] + 1
        if depth[node] == len(layers):
            layers.append([])
        layers[depth[node]].append(node)
    return Groups(layers)


@tool(
    phrases=("lexicographic breadth first search", "lexbfs order", "lexicographic bfs"),
    asks=(
        "Give the lexicographic breadth-first search order from {source}.",
        "Run LexBFS starting at {source}.",
        "What is the lexicographic BFS order from node {source}?",
        "lexbfs from {source}",
    ),
)
def lexicographic_bfs(graph: Graph, source: NodeArg | None = None) -> Order:
    """List all nodes in a lexicographic breadth-first order that starts with `source` (the first node).

    Directions are ignored. Ties go to the graph's own order. Partition refinement, Rose, Tarjan & Lueker (1976);
    here O(n^2 + m). On a chordal graph the reverse is a perfect elimination order.
    """
    first = _start(graph, source)
    near: dict[Node, set[Node]] = {node: set() for node in graph}
    for edge in graph.edges():
        near[edge.source].add(edge.target)
        near[edge.target].add(edge.source)
    cells = [[first, *(n for n in graph if n != first)]]
    order: list[Node] = []
    while cells:
        pivot = cells[0].pop(0)
        order.append(pivot)
        split = ([n for n in cell if (n in near[pivot]) is inside] for cell in cells for inside in (True, False))
        cells = [cell for cell in split if cell]
    return Order(order)


@tool(
    phrases=("is bfs order", "valid breadth first order", "check bfs sequence"),
    asks=(
        "Is {nodes} a valid BFS order?",
        "Check whether {nodes} is a breadth-first search order.",
        "Could a breadth first traversal visit the nodes in the order {nodes}?",
        "valid bfs sequence {nodes}?",
    ),
)
def is_bfs_order(graph: Graph, nodes: NodesArg) -> Truth:
    """Tell whether some breadth-first search from the first of `nodes` visits exactly these nodes in this order.

    Any order of neighbours is allowed. Simulates the queue: each node's unvisited neighbours must come next, as a
    block. O(n + m). Witness: the parent of each node; or the place of the first wrong node (the length, when nodes
    are missing).

    Raises:
        BadArgument: the sequence is empty.
    """
    order, out = _given(graph, nodes), _out(graph)
    parents: dict[Node, Node | None] = {order[0]: None}
    for node in order:
        if node not in parents:  # nobody before it leads here
            return Truth(False, {"wrong": len(parents)})
        fresh = {n for n in out[node] if n not in parents}
        block = order[len(parents) : len(parents) + len(fresh)]
        for i, other in enumerate(block):
            if other not in fresh or other in block[:i]:
                return Truth(False, {"wrong": len(parents)})
            parents[other] = node
        if len(block) < len(fresh):
            return Truth(False, {"wrong": len(order)})
    if len(order) > len(parents):
        return Truth(False, {"wrong": len(parents)})
    return Truth(True, {"parents": parents})


@tool(
    phrases=("is dfs order", "valid depth first order", "check dfs sequence"),
    asks=(
        "Is {nodes} a valid DFS order?",
        "Check whether {nodes} is a depth-first search order.",
        "Could a depth first traversal visit the nodes in the order {nodes}?",
        "valid dfs sequence {nodes}?",
    ),
)
def is_dfs_order(graph: Graph, nodes: NodesArg) -> Truth:
    """Tell whether some depth-first search from the first of `nodes` visits exactly these nodes in this order.

    Any order of neighbours is allowed: the next node must be a neighbour of the deepest node of the stack that still
    has unvisited neighbours. O(n + m). Witness: the parent of each node; or the place of the first node that is wrong
    (the length, when nodes are missing).

    Raises:
        BadArgument: the sequence is empty.
    """
    order, out = _given(graph, nodes), _out(graph)
    parents: dict[Node, Node | None] = {order[0]: None}
    tried = dict.fromkeys(order, 0)  # how many neighbours of the node are known to be visited
    stack = [order[0]]
    for i, node in enumerate(order):
        if i > 0:
            if not stack or node in parents or node not in graph.nx.adj[stack[-1]]:
                return Truth(False, {"wrong": i})
            parents[node] = stack[-1]
            stack.append(node)
        while stack and not _has_unvisited(out[stack[-1]], tried, stack[-1], parents):
            stack.pop()
    return Truth(False, {"wrong": len(order)}) if stack else Truth(True, {"parents": parents})


def _has_unvisited(
    neighbours: list[Node], tried: dict[Node, int], node: Node, visited: dict[Node, Node | None]
) -> bool:
    """Whether a neighbour is unvisited; goes on in `neighbours` where the last look stopped."""
    while tried[node] < len(neighbours) and neighbours[tried[node]] in visited:
        tried[node] += 1
    return tried[node] < len(neighbours)


def _given(graph: Graph, nodes: list[Node]) -> list[Node]:
    if not nodes:
        raise BadArgument("the sequence has no nodes; name at least one")
    return [graph.node(label) for label in nodes]
