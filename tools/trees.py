"""Trees and forests: whether, spanning trees, their number, roots, heights, Prüfer codes."""

from __future__ import annotations

from graphs.errors import NotConnected, TooLarge, WrongKind
from graphs.graph import Graph, Node
from tools.answers import Edges, Nodes, NodeValues, Number, Order, Truth
from tools.arcs import parts, require_nodes, require_undirected, require_weight, search, undirected_arcs, walk_back
from tools.cycles import any_cycle
from tools.disjoint_sets import DisjointSets
from tools.neighbours import in_order
from tools.registry import Attribute, NodeArg, tool
from tools.statistics import weighted_edges

LARGEST_MATRIX = 200  # nodes, for a determinant in whole numbers


def _undirected(graph: Graph) -> Graph:
    """The graph without directions; edges both ways become parallel ones."""
    return Graph.from_edges(graph.nx.edges(), graph.nx, multi=True) if graph.directed else graph


def _notes(graph: Graph) -> tuple[str, ...]:
    return ("directions are ignored",) if graph.directed else ()


@tool(
    phrases=("is a tree", "is the graph a tree", "tree or not"),
    asks=(
        "Is the graph a tree?",
        "Is this network a tree?",
        "Check whether the graph is a tree.",
        "Does the graph form a tree?",
    ),
)
def is_tree(graph: Graph) -> Truth:
    """Tell whether the graph is connected and has no cycle; directions are ignored. O(n + m).

    Witness of a no: a cycle, or a component that is not everything. A yes is shown by counting.

    Raises:
        WrongKind: the graph has no nodes.
    """
    require_nodes(graph, "a tree")
    cycle = any_cycle(_undirected(graph))
    if cycle:
        return Truth(False, {"cycle": cycle}, notes=_notes(graph))
    piece = search(undirected_arcs(graph), next(iter(graph.nx)))
    if len(piece) < graph.num_nodes:
        return Truth(False, {"component": in_order(graph, set(piece))}, notes=_notes(graph))
    return Truth(True, notes=_notes(graph))


@tool(
    phrases=("is a forest", "is the graph a forest"),
    asks=(
        "Is the graph a forest?",
        "Is every component of the graph a tree?",
        "Check whether the graph is a forest.",
        "Does the graph form a forest?",
    ),
)
def is_forest(graph: Graph) -> Truth:
    """Tell whether the graph has no cycle when directions are ignored; witness of a no: a cycle. O(n + m)."""
    cycle = any_cycle(_undirected(graph))
    return Truth(not cycle, {"cycle": cycle} if cycle else None, notes=_notes(graph))


def _forest(graph: Graph, edges: list[tuple[Node, Node, float]]) -> list[tuple[Node, Node, float]]:
    sets = DisjointSets()
    return [(u, v, w) for u, v, w in edges if sets.union(u, v)]


def _forest_note(graph: Graph, edges: int) -> tuple[str, ...]:
    trees = graph.num_nodes - edges
    return (f"the graph has {trees} components: a spanning forest",) if trees > 1 else ()


def _extreme_forest(graph: Graph, weight: str, sign: int) -> Edges:
    what = "a minimum or maximum spanning tree"
    require_undirected(graph, what)
    require_weight(graph, weight, what)
    edges = sorted(weighted_edges(graph, weight, what), key=lambda edge: sign * edge[2])
    found = _forest(graph, edges)
    total = sum(w for *_, w in found)
    return Edges([(u, v) for u, v, _ in found], total, notes=_forest_note(graph, len(found)))


@tool(
    phrases=("minimum spanning tree", "mst", "cheapest network connecting all nodes", "minimum spanning forest"),
    asks=(
        "What is the minimum spanning tree of the graph?",
        "Find the MST.",
        "What is the total weight of the minimum spanning tree?",
        "Connect all nodes as cheaply as possible.",
    ),
    needs="undirected",
)
def minimum_spanning_tree(graph: Graph, weight: Attribute = "weight") -> Edges:
    """Edges of least total `weight` that join all nodes; of a disconnected graph a forest. Kruskal (1956), O(m log m).

    `total` is the weight of the tree.

    Raises:
        WrongKind: the graph is directed; `minimum_arborescence` is for those.
        MissingAttribute: an edge has no `weight`.

    >>> minimum_spanning_tree(Graph.from_edges([("a", "b", 1), ("b", "c", 2), ("a", "c", 3)])).total
    3
    """
    return _extreme_forest(graph, weight, 1)


@tool(
    phrases=("maximum spanning tree", "heaviest spanning tree"),
    asks=(
        "What is the maximum spanning tree of the graph?",
        "Find the spanning tree of greatest weight.",
        "What is the total weight of the maximum spanning tree?",
        "Give a maximum spanning tree.",
    ),
    needs="undirected",
)
def maximum_spanning_tree(graph: Graph, weight: Attribute = "weight") -> Edges:
    """Edges of greatest total `weight` that join all nodes without a cycle. Kruskal (1956), O(m log m).

    Raises:
        WrongKind: the graph is directed.
        MissingAttribute: an edge has no `weight`.
    """
    return _extreme_forest(graph, weight, -1)


@tool(
    phrases=("spanning tree", "any spanning tree", "spanning forest"),
    asks=(
        "Find a spanning tree of the graph.",
        "Give any spanning tree.",
        "Which edges form a spanning tree?",
        "Show a spanning forest.",
    ),
)
def spanning_tree(graph: Graph) -> Edges:
    """Edges that join all nodes without a cycle, whatever they weigh; directions are ignored. O(m)."""
    found = _forest(graph, [(u, v, 1) for u, v in graph.nx.edges()])
    return Edges([(u, v) for u, v, _ in found], notes=(*_notes(graph), *_forest_note(graph, len(found))))


@tool(
    phrases=("number of spanning trees", "how many spanning trees", "count the spanning trees", "kirchhoff"),
    asks=(
        "How many spanning trees does the graph have?",
        "What is the number of spanning trees?",
        "Count the spanning trees.",
        "Apply Kirchhoff's theorem to the graph.",
    ),
    needs="undirected",
)
def spanning_tree_count(graph: Graph) -> Number:
    """Count the spanning trees: a minor of the Laplacian in whole numbers. Kirchhoff (1847), Bareiss (1968), O(n³).

    Parallel edges count as different, self-loops play no part; 0 when disconnected.

    Raises:
        WrongKind: the graph is directed or has no nodes.
        TooLarge: more than 200 nodes.
    """
    require_undirected(graph, "the number of spanning trees")
    require_nodes(graph, "a spanning tree")
    if graph.num_nodes > LARGEST_MATRIX:
        raise TooLarge(f"spanning trees are counted up to {LARGEST_MATRIX} nodes, and the graph has {graph.num_nodes}")
    place = {node: i for i, node in enumerate(graph.nx)}
    matrix = [[0] * len(place) for _ in place]
    for u, v in graph.nx.edges():
        if u != v:
            i, j = place[u], place[v]
            matrix[i][i] += 1
            matrix[j][j] += 1
            matrix[i][j] -= 1
            matrix[j][i] -= 1
    return Number(_determinant([row[1:] for row in matrix[1:]]))


def _determinant(matrix: list[list[int]]) -> int:
    """Fraction-free elimination (Bareiss 1968)."""
    n, sign, last = len(matrix), 1, 1
    for k in range(n - 1):
        if matrix[k][k] == 0:
            pivot = next((i for i in range(k + 1, n) if matrix[i][k]), None)
            if pivot is None:
                return 0
            matrix[k], matrix[pivot], sign = matrix[pivot], matrix[k], -sign
        for i in range(k + 1, n):
            for j in range(k + 1, n):
                matrix[i][j] = (matrix[i][j] * matrix[k][k] - matrix[i][k] * matrix[k][j]) // last
        last = matrix[k][k]
    return sign * matrix[-1][-1] if matrix else 1


@tool(
    phrases=("leaves", "leaf nodes", "nodes with exactly one neighbour", "pendant vertices"),
    asks=(
        "What are the leaves of the tree?",
        "Which nodes are leaves?",
        "List the leaf nodes.",
        "How many leaves does the tree have?",
    ),
)
def leaves(graph: Graph) -> Nodes:
    """The nodes with exactly one neighbour; directions are ignored. O(n + m)."""
    return Nodes([v for v, row in undirected_arcs(graph).items() if len(row) == 1], notes=_notes(graph))


def _parents(graph: Graph, root: Node) -> dict[Node, Node | None]:
    """The parent of every node of a tree.

    Raises:
        WrongKind: the graph is no tree, or a directed one that does not lead away from the root.
    """
    if graph.num_edges != graph.num_nodes - 1:
        raise WrongKind("the graph is not a tree: it has not one edge less than nodes; ask about a spanning tree")
    parents = search(dict(graph.nx.adjacency()), root)
    if len(parents) < graph.num_nodes:
        raise WrongKind(f"the graph is not a tree in which {str(root)[:60]!r} reaches every node; name another root")
    return parents


@tool(
    phrases=("height of the tree", "depth of the tree", "tree levels below root"),
    asks=(
        "What is the height of the tree rooted at {root}?",
        "How deep is the tree below {root}?",
        "What is the depth of the tree with root {root}?",
        "Tree height from {root}?",
    ),
)
def tree_height(graph: Graph, root: NodeArg) -> Number:
    """Number of edges from `root` to the deepest node of a tree; the witness is the path there. O(n).

    Raises:
        NodeNotFound: `root` is not in the graph.
        WrongKind: the graph is no tree, or its directions do not lead away from `root`.
    """
    parents = _parents(graph, graph.node(root))
    depth: dict[Node, int] = {}
    for node, parent in parents.items():
        depth[node] = 0 if parent is None else depth[parent] + 1
    deepest = max(depth, key=lambda node: depth[node])
    return Number(depth[deepest], walk_back(parents, deepest))


@tool(
    phrases=("parent of each node", "root the tree", "parents in the rooted tree"),
    asks=(
        "What is the parent of each node in the tree rooted at {root}?",
        "Root the tree at {root}.",
        "Give the parents when {root} is the root.",
        "List every node's parent in the tree with root {root}.",
    ),
)
def tree_parents(graph: Graph, root: NodeArg) -> NodeValues:
    """The parent of every node of a tree seen from `root`; None for the root. O(n).

    Raises:
        NodeNotFound: `root` is not in the graph.
        WrongKind: the graph is no tree, or its directions do not lead away from `root`.
    """
    parents = _parents(graph, graph.node(root))
    return NodeValues({node: parents[node] for node in graph.nx})


@tool(
    phrases=("prüfer code", "prufer sequence", "pruefer code"),
    asks=(
        "What is the Prüfer code of the tree?",
        "Compute the Prüfer sequence.",
        "Encode the tree as a prufer sequence.",
        "Give the Pruefer code of this labelled tree.",
    ),
    needs="undirected",
)
def prufer_code(graph: Graph) -> Order:
    """The n - 2 nodes that name a labelled tree: the neighbour of the least leaf, which then goes, again and again.

    The least label first: numbers by size, other labels in the graph's order. Prüfer (1918), O(n²).

    Raises:
        WrongKind: the graph is directed, no tree, or has fewer than two nodes.
    """
    require_undirected(graph, "a Prüfer code")
    if graph.num_nodes < 2 or graph.num_edges != graph.num_nodes - 1 or len(parts(undirected_arcs(graph))) > 1:
        raise WrongKind("a Prüfer code needs a tree of two nodes or more; ask about a spanning tree")
    order = prufer_order(graph)
    arcs = {u: set(row) for u, row in undirected_arcs(graph).items()}
    code: list[Node] = []
    while len(arcs) > 2:
        leaf = next(node for node in order if node in arcs and len(arcs[node]) == 1)
        (only,) = arcs.pop(leaf)
        arcs[only].discard(leaf)
        code.append(only)
    return Order(code)


def prufer_order(graph: Graph) -> list[Node]:
    """Labels by size when all are integers, else the graph's order."""
    whole = all(isinstance(node, int) for node in graph.nx)
    return sorted(graph.nx) if whole else graph.nodes


@tool(
    phrases=(
        "minimum spanning arborescence",
        "minimum arborescence",
        "cheapest directed spanning tree",
        "edmonds branching",
    ),
    asks=(
        "What is the minimum spanning arborescence of the graph?",
        "Find the cheapest directed spanning tree.",
        "Run Edmonds' algorithm for a minimum arborescence.",
        "Which edges reach every node from one root at least cost?",
    ),
    needs="directed",
)
def minimum_arborescence(graph: Graph, root: NodeArg | None = None, weight: Attribute = "weight") -> Edges:
    """Edges of least total `weight` along which `root` (any node, where none is given) reaches every node once.

    The witness proves the least: sets of nodes with prices, no edge cheaper than the prices of the sets that it
    enters, all prices together equal to the total. Edmonds (1967), Fulkerson (1974), O(n² m).

    Raises:
        NodeNotFound: `root` is not in the graph.
        WrongKind: the graph is undirected or has no nodes.
        MissingAttribute: an edge has no `weight`.
        NotConnected: no node, or not `root`, reaches all others.
    """
    from tools.arborescences import cheapest_arborescence

    if not graph.directed:
        raise WrongKind("an arborescence is defined on directed graphs; ask for a minimum spanning tree")
    require_nodes(graph, "an arborescence")
    require_weight(graph, weight, "a minimum arborescence")
    arcs = weighted_edges(graph, weight, "a minimum arborescence")
    found = cheapest_arborescence(graph.nodes, arcs, None if root is None else graph.node(root))
    if found is None:
        raise NotConnected("no arborescence exists: no node, or not the root named, reaches all others")
    edges, total, prices = found
    return Edges(edges, total, prices)
