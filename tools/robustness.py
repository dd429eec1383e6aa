"""Where a graph breaks first: bridges, cut nodes, blocks, cores, trusses."""

from __future__ import annotations

from collections import Counter

import networkx as nx

from graphs.errors import BadArgument
from graphs.graph import Graph, Node
from tools.answers import Edges, Groups, Nodes, NodeValues, Number, Truth
from tools.arcs import parts, require_nodes, undirected_arcs
from tools.neighbours import in_order
from tools.registry import tool

SIMPLE = "directions, parallel edges and self-loops are ignored"


def _notes(graph: Graph) -> tuple[str, ...]:
    return (SIMPLE,) if graph.directed or graph.multi else ()


def _simple(graph: Graph) -> nx.Graph:
    """The underlying simple undirected graph, without self-loops."""
    body = nx.Graph()
    body.add_nodes_from(graph.nx)
    body.add_edges_from((u, v) for u, v in graph.nx.edges() if u != v)
    return body


@tool(
    phrases=("bridges", "cut edges", "critical links", "edges whose removal disconnects"),
    asks=(
        "What are the bridges of the graph?",
        "Which edges are bridges?",
        "Which links disconnect the network when removed?",
        "Find all cut edges.",
    ),
)
def bridges(graph: Graph) -> Edges:
    """The edges on no cycle: removing one adds a component. Directions are ignored. O(n + m).

    An edge with a parallel one is no bridge. Schmidt's chain decomposition (2013).
    """
    together = Counter(frozenset(edge) for edge in graph.nx.edges())
    found = {frozenset(edge) for edge in nx.bridges(_simple(graph))}
    edges = [(u, v) for u, v in graph.nx.edges() if frozenset((u, v)) in found and together[frozenset((u, v))] == 1]
    return Edges(edges, notes=("directions are ignored",) if graph.directed else ())


@tool(
    phrases=("articulation points", "cut vertices", "cut nodes", "critical nodes", "nodes whose removal disconnects"),
    asks=(
        "What are the articulation points of the graph?",
        "Which nodes are cut vertices?",
        "Which nodes disconnect the network when removed?",
        "Find the single points of failure among the nodes.",
    ),
)
def articulation_points(graph: Graph) -> Nodes:
    """The nodes whose removal adds a component. Directions are ignored. Hopcroft & Tarjan (1973), O(n + m)."""
    return Nodes(in_order(graph, set(nx.articulation_points(_simple(graph)))), notes=_notes(graph))


@tool(
    phrases=("biconnected components", "blocks", "2-connected components"),
    asks=(
        "What are the biconnected components of the graph?",
        "List the blocks of the graph.",
        "Find the 2-connected components.",
        "How many biconnected components are there?",
    ),
)
def biconnected_components(graph: Graph) -> Groups:
    """The blocks: largest sets of nodes that no single node disconnects (a bridge is a block of two), biggest first.

    Isolated nodes are in no block. Directions are ignored. Hopcroft & Tarjan (1973), O(n + m).
    """
    groups = [in_order(graph, group) for group in nx.biconnected_components(_simple(graph))]
    place = {node: i for i, node in enumerate(graph.nx)}
    groups.sort(key=lambda group: (-len(group), [place[node] for node in group]))
    return Groups(groups, notes=_notes(graph))


@tool(
    phrases=("is biconnected", "is 2-connected", "no single point of failure"),
    asks=(
        "Is the graph biconnected?",
        "Is the graph 2-connected?",
        "Does the network survive the loss of any single node?",
        "Check whether the graph has no cut vertex.",
    ),
)
def is_biconnected(graph: Graph) -> Truth:
    """Tell whether the graph is connected, has two nodes or more, and no articulation point. O(n + m).

    Witness of a no: an articulation point, a component, or the only node. Directions are ignored.

    Raises:
        WrongKind: the graph has no nodes.
    """
    require_nodes(graph, "biconnectedness")
    if graph.num_nodes == 1:
        return Truth(False, {"only": graph.nodes[0]}, notes=_notes(graph))
    pieces = parts(undirected_arcs(graph))
    if len(pieces) > 1:
        return Truth(False, {"component": pieces[0]}, notes=_notes(graph))
    points = articulation_points(graph).nodes
    return Truth(not points, {"articulation_point": points[0]} if points else None, notes=_notes(graph))


def peel(graph: Graph) -> tuple[dict[Node, int], list[Node]]:
    """Core numbers, and the order in which nodes of least remaining degree go. Matula & Beck (1983), O(n + m)."""
    arcs = undirected_arcs(graph)
    degree = {node: len(row) for node, row in arcs.items()}
    buckets: dict[int, dict[Node, None]] = {}
    for node, d in degree.items():
        buckets.setdefault(d, {})[node] = None
    core: dict[Node, int] = {}
    level = 0
    while len(core) < len(arcs):
        level = max(level, 0)
        while not buckets.get(level):
            level += 1
        node = next(iter(buckets[level]))
        del buckets[level][node]
        core[node] = level
        for v in arcs[node]:
            if v not in core and degree[v] > level:
                del buckets[degree[v]][v]
                degree[v] -= 1
                buckets.setdefault(degree[v], {})[v] = None
    return core, list(core)


@tool(
    phrases=("core numbers", "core number of each node", "coreness", "k-core decomposition"),
    asks=(
        "What is the core number of each node?",
        "Compute the core numbers.",
        "Give the coreness of every node.",
        "Run the k-core decomposition.",
    ),
)
def core_numbers(graph: Graph) -> NodeValues:
    """For every node the largest k such that it lies in the k-core. Matula & Beck, J. ACM 30 (1983), O(n + m).

    Directions, parallel edges and self-loops are ignored. The witness is the peeling order.
    """
    core, order = peel(graph)
    return NodeValues({node: core[node] for node in graph.nx}, order, notes=_notes(graph))


@tool(
    phrases=("k-core", "core of order k", "subgraph of minimum degree k"),
    asks=(
        "Which nodes are in the {k}-core?",
        "What is the {k}-core of the graph?",
        "Find the largest subgraph where every node has degree at least {k}.",
        "List the nodes of the {k}-core.",
    ),
)
def k_core(graph: Graph, k: int) -> Nodes:
    """The largest set of nodes each of which has at least `k` neighbours in it; maybe empty. O(n + m).

    Seidman, Social Networks 5 (1983). Directions, parallel edges and self-loops are ignored. The witness is the order
    in which the other nodes fall away.

    Raises:
        BadArgument: `k` is negative.
    """
    if k < 0:
        raise BadArgument(f"k is a degree and cannot be {k}; give 0 or more")
    core, order = peel(graph)
    return Nodes([n for n in graph.nx if core[n] >= k], [n for n in order if core[n] < k], notes=_notes(graph))


@tool(
    phrases=("degeneracy", "degeneracy of the graph", "largest k with a k-core"),
    asks=(
        "What is the degeneracy of the graph?",
        "Compute the degeneracy.",
        "What is the largest k for which a k-core exists?",
        "How degenerate is the graph?",
    ),
)
def degeneracy(graph: Graph) -> Number:
    """The largest k such that the k-core is not empty; the witness holds that core and the peeling order. O(n + m).

    Raises:
        WrongKind: the graph has no nodes.
    """
    require_nodes(graph, "degeneracy")
    core, order = peel(graph)
    k = max(core.values())
    return Number(k, {"core": [n for n in graph.nx if core[n] == k], "order": order}, notes=_notes(graph))


@tool(
    phrases=("k-truss", "truss", "edges in many triangles"),
    asks=(
        "What is the {k}-truss of the graph?",
        "Which edges are in the {k}-truss?",
        "Find the {k}-truss.",
        "List the edges of the {k}-truss.",
    ),
)
def k_truss(graph: Graph, k: int) -> Edges:
    """The largest set of edges each of which lies in at least k - 2 triangles of the set. Cohen (2008), O(m^1.5).

    Directions, parallel edges and self-loops are ignored. The witness is the order in which the other edges fall away.

    Raises:
        BadArgument: `k` is below 2.
    """
    if k < 2:
        raise BadArgument(f"a k-truss needs k of at least 2, not {k}")
    arcs = {u: set(row) for u, row in undirected_arcs(graph).items()}
    edges = [(u, v) for u, v in _simple(graph).edges()]
    gone: dict[tuple[Node, Node], None] = {}
    weak = [(u, v) for u, v in edges if len(arcs[u] & arcs[v]) < k - 2]
    while weak:
        for u, v in weak:
            gone[u, v] = None
            arcs[u].discard(v)
            arcs[v].discard(u)
        weak = [(u, v) for u, v in edges if (u, v) not in gone and len(arcs[u] & arcs[v]) < k - 2]
    return Edges(
        [edge for edge in edges if edge not in gone], witness=[list(edge) for edge in gone], notes=_notes(graph)
    )
