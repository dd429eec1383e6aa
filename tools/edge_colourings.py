"""Colourings of edges: those that meet get different colours (Vizing 1964, Kőnig 1916)."""

from __future__ import annotations

from collections.abc import Mapping

from graphs.errors import WrongKind
from graphs.graph import Graph, Node
from tools.adjacency import neighbour_lists, two_colouring
from tools.answers import Number, PairValues
from tools.colouring import fewest_colours
from tools.registry import tool


@tool(
    phrases=("chromatic index", "edge chromatic number", "fewest colours for the edges"),
    asks=(
        "What is the chromatic index of the graph?",
        "How many colours do the edges need so that edges at a node differ?",
        "Compute the edge chromatic number.",
        "What is the fewest number of rounds in which all edges can be scheduled?",
    ),
)
def chromatic_index(graph: Graph, time_limit: float = 10.0) -> Number:
    """Count the fewest colours of the edges such that edges that share a node differ: Δ or Δ + 1 (Vizing 1964).

    witness: such a `colouring` as [node, node, colour]. Bipartite graphs need Δ (Kőnig 1916), as others mostly do;
    deciding it is NP-complete (Holyer 1981).

    Raises:
        WrongKind: the graph has loops or parallel edges.
    """
    found = edge_colouring(graph, time_limit)
    shown = {"colouring": [[u, v, colour] for (u, v), colour in found.values.items()]}
    return Number(len(set(found.values.values())), witness=shown, exact=found.exact, bounds=found.bounds)


@tool(
    phrases=("edge colouring", "edge coloring", "color the edges", "schedule the edges in rounds"),
    asks=(
        "Colour the edges so that edges at a node differ, with the fewest colours.",
        "Find a proper edge coloring.",
        "Give a minimum edge colouring of the graph.",
        "Color the edges properly.",
    ),
)
def edge_colouring(graph: Graph, time_limit: float = 10.0) -> PairValues:
    """Colour the edges with the fewest colours such that edges that share a node differ. NP-hard.

    Alternating paths on bipartite graphs, else DSATUR branch and bound on the line graph within `time_limit` seconds;
    beyond it the best found with `bounds` on the number of colours.

    Raises:
        WrongKind: the graph has loops or parallel edges.
    """
    edges = [(edge.source, edge.target) for edge in graph.edges()]
    if len({frozenset(edge) for edge in edges}) < len(edges) or any(u == v for u, v in edges):
        raise WrongKind("edge colouring here needs a graph without loops and parallel (or opposite) edges")
    around = neighbour_lists(graph)
    if not two_colouring(around)[1]:
        return PairValues(_koenig(edges, {node: len(near) for node, near in around.items()}))
    at: dict[Node, list[tuple[Node, Node]]] = {}
    for edge in edges:
        for node in edge:
            at.setdefault(node, []).append(edge)
    line = {edge: {other for node in edge for other in at[node] if other != edge} for edge in edges}
    degree = max(len(near) for near in around.values())
    colours, clique, sure = fewest_colours(line, time_limit, enough=_edge_bound(graph, degree))
    count = len(set(colours.values()))
    low = max(_edge_bound(graph, degree), len(clique))
    sure = sure or count == low
    return PairValues({edge: colours[edge] for edge in edges}, exact=sure, bounds=None if sure else (low, count))


def _edge_bound(graph: Graph, degree: int) -> int:
    """Colours that the edges need at least: the largest degree, or more when a class cannot hold enough edges."""
    half = graph.num_nodes // 2
    return max(degree, -(-graph.num_edges // half)) if half else degree


def _koenig(edges: list[tuple[Node, Node]], degree: Mapping[Node, int]) -> dict[tuple[Node, Node], int]:
    """Colour a bipartite graph's edges with as many colours as its largest degree, by swapping alternating paths."""
    most = max(degree.values(), default=0)
    at: dict[Node, dict[int, Node]] = {node: {} for node in degree}
    for u, v in edges:
        a = next(c for c in range(most) if c not in at[u])
        b = next(c for c in range(most) if c not in at[v])
        path, colour = [v], a
        while colour in at[path[-1]]:
            path.append(at[path[-1]][colour])
            colour = b if colour == a else a
        steps = [(x, y, a if i % 2 == 0 else b) for i, (x, y) in enumerate(zip(path, path[1:]))]
        for x, y, old in steps:
            del at[x][old], at[y][old]
        for x, y, old in steps:
            new = b if old == a else a
            at[x][new], at[y][new] = y, x
        at[u][a], at[v][a] = v, u
    return {(u, v): next(c for c, other in at[u].items() if other == v) for u, v in edges}
