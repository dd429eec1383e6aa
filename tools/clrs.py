"""The graph algorithms of the CLRS benchmark, with its tie-breaking.

Veličković et al., The CLRS Algorithmic Reasoning Benchmark (2022), after Cormen et al., Introduction to Algorithms.
Nodes are taken in the graph's order, lowest first; a pointer `pi` names a node's predecessor, and the source, roots and
unreached nodes point to themselves. As in the benchmark's matrices, a weight of 0 would mean that there is no edge.
"""

from __future__ import annotations

from graphs.errors import NegativeCycle, NegativeWeight, WrongKind
from graphs.graph import Graph, Node
from tools.answers import NodeValues, PairValues, Record
from tools.disjoint_sets import DisjointSets
from tools.lowest_first import Rows, cut_parts, grow, matrix, search
from tools.registry import Attribute, NodeArg, tool


def _pointers(graph: Graph, pi: list[int]) -> NodeValues:
    nodes = graph.nodes
    return NodeValues({node: nodes[pi[i]] for i, node in enumerate(nodes)})


def _start(graph: Graph, source: Node) -> int:
    return graph.nodes.index(graph.node(source))


def _need(graph: Graph, *, directed: bool) -> None:
    if graph.directed is not directed:
        kind, remedy = ("a directed", "to_directed") if directed else ("an undirected", "to_undirected")
        raise WrongKind(f"this algorithm needs {kind} graph; use {remedy} first")


@tool(
    phrases=("clrs bfs", "clrs breadth first search"),
    asks=(
        "Run the CLRS algorithm bfs from {source}.",
        "clrs bfs with source {source}",
        "Give the CLRS BFS predecessor pointers from {source}.",
        "clrs_bfs: s = {source}",
    ),
)
def clrs_bfs(graph: Graph, source: NodeArg) -> NodeValues:
    """Breadth-first predecessors: each node points to its lowest neighbour that is one step nearer. O(n + m)."""
    rows, s = matrix(graph), _start(graph, source)
    pi = list(range(len(rows)))
    reached, layer = {s}, [s]
    while layer:
        following: list[int] = []
        for u in sorted(layer):
            for v in rows[u]:
                if v not in reached:
                    reached.add(v)
                    pi[v] = u
                    following.append(v)
        layer = following
    return _pointers(graph, pi)


@tool(
    phrases=("clrs dfs", "clrs depth first search"),
    asks=("Run the CLRS algorithm dfs.", "clrs dfs pointers", "Give the CLRS DFS predecessors.", "clrs_dfs"),
)
def clrs_dfs(graph: Graph) -> NodeValues:
    """Depth-first predecessors over the whole graph, lowest node and lowest neighbour first. O(n + m)."""
    rows = matrix(graph)
    return _pointers(graph, search(rows, range(len(rows)))[0])


@tool(
    phrases=("clrs topological sort", "clrs topological order pointers"),
    asks=(
        "Run the CLRS algorithm topological_sort.",
        "clrs topological sort",
        "Give the CLRS topological sort pointers topo and topo_head.",
        "clrs_topological_sort",
    ),
)
def clrs_topological_sort(graph: Graph) -> Record:
    """Topological order as pointers: `topo_head` is the first node, `topo` names each node's successor. O(n + m).

    The last node points to itself. The order is that of decreasing finishing times of `clrs_dfs`.

    Raises:
        WrongKind: the graph is undirected or has a directed cycle.
    """
    _need(graph, directed=True)
    rows, nodes = matrix(graph), graph.nodes
    order = search(rows, range(len(rows)))[1][::-1]
    position = {u: i for i, u in enumerate(order)}
    if any(position[u] >= position[v] for u, row in enumerate(rows) for v in row):
        raise WrongKind("the graph has a directed cycle, so it has no topological order")
    topo = {nodes[u]: nodes[v] for u, v in zip(order, [*order[1:], *order[-1:]])}
    return Record({"topo": {n: topo[n] for n in nodes}, "topo_head": nodes[order[0]] if order else None})


@tool(
    phrases=("clrs strongly connected components", "clrs scc ids"),
    asks=(
        "Run the CLRS algorithm strongly_connected_components.",
        "clrs strongly connected components",
        "Give the CLRS scc_id of every node.",
        "clrs_strongly_connected_components",
    ),
)
def clrs_strongly_connected_components(graph: Graph) -> NodeValues:
    """The component of each node, named by its member that `clrs_dfs` finishes last. Kosaraju & Sharir, O(n + m)."""
    rows = matrix(graph)
    backward: Rows = [{} for _ in rows]
    for u, row in enumerate(rows):
        for v, value in row.items():
            backward[v][u] = value
    finished = search(rows, range(len(rows)))[1]
    return _pointers(graph, search(backward, iter(finished[::-1]))[2])


@tool(
    phrases=("clrs articulation points", "clrs is cut mask"),
    asks=(
        "Run the CLRS algorithm articulation_points.",
        "clrs articulation points",
        "Give the CLRS mask is_cut.",
        "clrs_articulation_points",
    ),
)
def clrs_articulation_points(graph: Graph) -> NodeValues:
    """1 for each node whose removal disconnects its component, else 0. Hopcroft & Tarjan (1973), O(n + m).

    Raises:
        WrongKind: the graph is directed.
    """
    _need(graph, directed=False)
    cuts, _ = cut_parts(matrix(graph))
    return NodeValues({node: int(i in cuts) for i, node in enumerate(graph)})


@tool(
    phrases=("clrs bridges", "clrs is bridge matrix"),
    asks=("Run the CLRS algorithm bridges.", "clrs bridges", "Give the CLRS matrix is_bridge.", "clrs_bridges"),
)
def clrs_bridges(graph: Graph) -> PairValues:
    """For each pair of nodes: 1 for a bridge, 0 for another edge, -1 for no edge; 0 from a node to itself. O(n^2).

    Parallel edges count as one edge, as in the benchmark's matrices.

    Raises:
        WrongKind: the graph is directed.
    """
    _need(graph, directed=False)
    rows = matrix(graph)
    _, bridges = cut_parts(rows)
    nodes = graph.nodes
    shown = {
        (nodes[i], nodes[j]): 0 if i == j else int(frozenset((i, j)) in bridges) if j in rows[i] else -1
        for i in range(len(nodes))
        for j in range(len(nodes))
    }
    return PairValues(shown)


@tool(
    phrases=("clrs dijkstra", "clrs dijkstra pointers"),
    asks=(
        "Run the CLRS algorithm dijkstra from {source}.",
        "clrs dijkstra with source {source}",
        "Give the CLRS Dijkstra predecessor pointers from {source}.",
        "clrs_dijkstra: s = {source}",
    ),
)
def clrs_dijkstra(graph: Graph, source: NodeArg, weight: Attribute = "weight") -> NodeValues:
    """Shortest-path predecessors; the nearest node, lowest of equals, is settled first. O(n^2).

    Raises:
        NegativeWeight: an edge weighs less than 0.
    """
    rows, s = matrix(graph, weight), _start(graph, source)
    if any(value < 0 for row in rows for value in row.values()):
        raise NegativeWeight("Dijkstra's algorithm needs weights above 0; use clrs_bellman_ford")
    return _pointers(graph, grow(rows, s, along=True))


@tool(
    phrases=("clrs prim", "clrs mst prim"),
    asks=(
        "Run the CLRS algorithm mst_prim from {source}.",
        "clrs prim with source {source}",
        "Give the CLRS Prim predecessor pointers from {source}.",
        "clrs_mst_prim: s = {source}",
    ),
)
def clrs_mst_prim(graph: Graph, source: NodeArg, weight: Attribute = "weight") -> NodeValues:
    """Predecessors in a minimum spanning tree grown from `source`; the lightest link, lowest node first. O(n^2).

    Raises:
        WrongKind: the graph is directed.
    """
    _need(graph, directed=False)
    rows, s = matrix(graph, weight), _start(graph, source)
    return _pointers(graph, grow(rows, s, along=False))


@tool(
    phrases=("clrs bellman ford", "clrs bellman ford pointers"),
    asks=(
        "Run the CLRS algorithm bellman_ford from {source}.",
        "clrs bellman ford with source {source}",
        "Give the CLRS Bellman-Ford predecessor pointers from {source}.",
        "clrs_bellman_ford: s = {source}",
    ),
)
def clrs_bellman_ford(graph: Graph, source: NodeArg, weight: Attribute = "weight") -> NodeValues:
    """Shortest-path predecessors by rounds over all edges, each from the distances of the round before. O(n m).

    Raises:
        NegativeCycle: a cycle of negative weight can be reached.
    """
    rows, s = matrix(graph, weight), _start(graph, source)
    pi = list(range(len(rows)))
    distance: dict[int, float] = {s: 0}
    for _ in range(len(rows) + 1):
        before = dict(distance)
        for u in sorted(before):
            for v, value in rows[u].items():
                if v not in distance or before[u] + value < distance[v]:
                    distance[v], pi[v] = before[u] + value, u
        if distance == before:
            return _pointers(graph, pi)
    raise NegativeCycle("a cycle of negative weight can be reached, so there are no shortest paths")


@tool(
    phrases=("clrs dag shortest paths", "clrs shortest paths in a dag"),
    asks=(
        "Run the CLRS algorithm dag_shortest_paths from {source}.",
        "clrs dag shortest paths with source {source}",
        "Give the CLRS DAG shortest path pointers from {source}.",
        "clrs_dag_shortest_paths: s = {source}",
    ),
)
def clrs_dag_shortest_paths(graph: Graph, source: NodeArg, weight: Attribute = "weight") -> NodeValues:
    """Shortest-path predecessors in an acyclic graph, edges relaxed in topological order. O(n + m).

    Raises:
        WrongKind: the graph is undirected or has a directed cycle.
    """
    _need(graph, directed=True)
    rows, s = matrix(graph, weight), _start(graph, source)
    order = search(rows, iter([s]))[1][::-1]
    position = {u: i for i, u in enumerate(order)}
    if any(position[u] >= position[v] for u in order for v in rows[u]):
        raise WrongKind("a directed cycle can be reached; use clrs_bellman_ford")
    pi = list(range(len(rows)))
    distance: dict[int, float] = {s: 0}
    for u in order:
        for v, value in rows[u].items():
            if v not in distance or distance[u] + value < distance[v]:
                distance[v], pi[v] = distance[u] + value, u
    return _pointers(graph, pi)


@tool(
    phrases=("clrs floyd warshall", "clrs all pairs shortest paths"),
    asks=(
        "Run the CLRS algorithm floyd_warshall.",
        "clrs floyd warshall",
        "Give the CLRS Floyd-Warshall pointer matrix Pi.",
        "clrs_floyd_warshall",
    ),
)
def clrs_floyd_warshall(graph: Graph, weight: Attribute = "weight") -> PairValues:
    """For each pair (i, j): the predecessor of j on a shortest path from i; i itself where there is none. O(n^3).

    As in the benchmark, the way from a node to itself is its self-loop where it has one, or a shorter closed walk.

    Raises:
        NegativeCycle: a cycle of negative weight makes shortest walks unbounded.
    """
    rows, nodes = matrix(graph, weight), graph.nodes
    n = len(rows)
    distance = [{i: 0.0, **rows[i]} for i in range(n)]
    pi = [[i] * n for i in range(n)]
    for k in range(n):
        via = dict(distance[k])
        for i in range(n):
            if k not in distance[i]:
                continue
            first = distance[i][k]
            for j, rest in via.items():
                if j not in distance[i] or first + rest < distance[i][j]:
                    distance[i][j], pi[i][j] = first + rest, pi[k][j]
    if any(distance[i][i] < 0 or rows[i].get(i, 0) < 0 for i in range(n)):
        raise NegativeCycle("a cycle of negative weight makes shortest walks unbounded")
    return PairValues({(nodes[i], nodes[j]): nodes[pi[i][j]] for i in range(n) for j in range(n)})


@tool(
    phrases=("clrs kruskal", "clrs mst kruskal"),
    asks=(
        "Run the CLRS algorithm mst_kruskal.",
        "clrs kruskal",
        "Give the CLRS Kruskal matrix in_mst.",
        "clrs_mst_kruskal",
    ),
)
def clrs_mst_kruskal(graph: Graph, weight: Attribute = "weight") -> PairValues:
    """For each pair of nodes: 1 when Kruskal's algorithm takes their edge, else 0. O(n^2 + m log m).

    Edges come by weight, equal ones by their lower, then their higher node.

    Raises:
        WrongKind: the graph is directed.
    """
    _need(graph, directed=False)
    rows, nodes = matrix(graph, weight), graph.nodes
    sets = DisjointSets()
    taken = set()
    for _, i, j in sorted((value, i, j) for i, row in enumerate(rows) for j, value in row.items() if i < j):
        if sets.union(i, j):
            taken |= {(i, j), (j, i)}
    n = len(nodes)
    return PairValues({(nodes[i], nodes[j]): int((i, j) in taken) for i in range(n) for j in range(n)})
