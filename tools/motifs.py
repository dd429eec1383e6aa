"""How often each small pattern of three or four nodes occurs."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from math import comb

import networkx as nx

from graphs.errors import WrongKind
from graphs.graph import Graph
from tools.adjacency import neighbour_lists
from tools.answers import Record
from tools.registry import tool


@tool(
    phrases=("motif counts", "three-node motifs", "3-node subgraphs", "count open and closed triads"),
    asks=(
        "Count the three-node motifs of the graph.",
        "How many triples of nodes form a path, a triangle, one edge, or nothing?",
        "Give the 3-node motif counts.",
        "motif census of size three",
    ),
)
def motif_counts(graph: Graph) -> Record:
    """Count the node triples that induce no edge, one edge, a path and a triangle; directions are ignored. O(m Δ)."""
    around = {node: set(near) for node, near in neighbour_lists(graph).items()}
    m = sum(map(len, around.values())) // 2
    triangles = sum(len(near & around[v]) for u, near in around.items() for v in near) // 6
    return Record(motifs(len(around), m, sum(comb(len(near), 2) for near in around.values()), triangles))


def motifs(n: int, m: int, wedges: int, triangles: int) -> dict[str, int]:
    """The four counts from nodes, joined pairs, pairs of neighbours (over all nodes) and triangles."""
    paths = wedges - 3 * triangles
    single = m * (n - 2) - 2 * paths - 3 * triangles if n > 1 else 0
    return {"empty": comb(n, 3) - single - paths - triangles, "one edge": single, "path": paths, "triangle": triangles}


@tool(
    phrases=("triadic census", "triad census", "16 triads", "directed three-node motifs"),
    asks=(
        "Give the triadic census of the directed graph.",
        "How many triads of each of the 16 types are there?",
        "Count the directed three-node motifs.",
        "triad census",
    ),
)
def triadic_census(graph: Graph) -> Record:
    """Count the node triples of each of the 16 directed types, named 003, 012, … 300 (Holland and Leinhardt 1970).

    Loops and parallel arcs are ignored. Batagelj and Mrvar (2001), O(m Δ).

    Raises:
        WrongKind: the graph is undirected.
    """
    if not graph.directed:
        raise WrongKind("the triadic census is for directed graphs; use motif_counts for undirected ones")
    body = nx.DiGraph()
    body.add_nodes_from(range(graph.num_nodes))
    at = {node: i for i, node in enumerate(graph)}
    body.add_edges_from((at[e.source], at[e.target]) for e in graph.edges() if e.source != e.target)
    return Record(dict(nx.triadic_census(body)))


@tool(
    phrases=("graphlet counts", "four-node graphlets", "4-node motifs", "four-node subgraphs"),
    asks=(
        "Count the four-node graphlets of the graph.",
        "How many induced connected subgraphs on four nodes of each shape are there?",
        "Give the 4-node motif counts.",
        "graphlet census of size four",
    ),
)
def graphlet_counts(graph: Graph) -> Record:
    """Count the induced connected subgraphs on four nodes: path, claw, cycle, paw, diamond, clique.

    Directions are ignored. Non-induced counts from degrees, triangles and common neighbours, then corrected (Pržulj
    2004; Marcus and Shavitt 2012), O(m Δ + the cliques).
    """
    around = {node: set(near) for node, near in neighbour_lists(graph).items()}
    at = {node: i for i, node in enumerate(around)}
    degree = {node: len(near) for node, near in around.items()}
    edges = [(u, v) for u in around for v in around[u] if at[u] < at[v]]
    shared = {(u, v): around[u] & around[v] for u, v in edges}
    at_node = {u: sum(len(around[v] & near) for v in near) // 2 for u, near in around.items()}
    triangles = sum(at_node.values()) // 3
    cliques = sum(b in around[a] for near in shared.values() for a, b in combinations(near, 2)) // 6
    squares = 0
    for u in around:
        two_steps = Counter(w for v in around[u] for w in around[v] if at[w] > at[u])
        squares += sum(comb(k, 2) for k in two_steps.values())
    diamond = sum(comb(len(near), 2) for near in shared.values()) - 6 * cliques
    cycle = squares // 2 - diamond - 3 * cliques
    paw = sum(at_node[v] * (degree[v] - 2) for v in around) - 4 * diamond - 12 * cliques
    claw = sum(comb(d, 3) for d in degree.values()) - paw - 2 * diamond - 4 * cliques
    path = sum((degree[u] - 1) * (degree[v] - 1) for u, v in edges) - 3 * triangles
    path -= 2 * paw + 4 * cycle + 6 * diamond + 12 * cliques
    return Record({"path": path, "claw": claw, "cycle": cycle, "paw": paw, "diamond": diamond, "clique": cliques})
