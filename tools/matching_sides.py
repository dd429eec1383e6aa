"""What the families of matchings share: the two sides of a graph, and a largest matching with its barrier."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from graphs.errors import WrongKind
from graphs.graph import Graph, Node
from tools.adjacency import neighbour_lists, two_colouring
from tools.matching_search import Blossoms


def two_sides(graph: Graph, left: Iterable[Any] | None = None) -> tuple[list[Node], list[Node]]:
    """The two sides: `left` and the rest, the declared ones, sources and targets of a directed graph, or a colouring.

    Raises:
        NodeNotFound: `left` names a node that is not in the graph.
        WrongKind: an edge runs inside a side, or no two sides exist.
    """
    if left is not None:
        first = {graph.node(node) for node in left}
        sides = [n for n in graph if n in first], [n for n in graph if n not in first]
    else:
        found = graph.sides or _by_direction(graph) or colour_classes(graph)
        if found is None:
            raise WrongKind("the graph is not bipartite (it has an odd cycle); use the tools for general matchings")
        sides = found
        first = set(sides[0])
    for edge in graph.edges():
        if (edge.source in first) == (edge.target in first):
            raise WrongKind(f"the edge from {edge.source} to {edge.target} runs inside one side; name the left side")
    return sides


def _by_direction(graph: Graph) -> tuple[list[Node], list[Node]] | None:
    if not graph.directed:
        return None
    first = [n for n in graph if graph.nx.out_degree(n)]
    if any(graph.nx.in_degree(n) for n in first):
        return None
    return first, [n for n in graph if not graph.nx.out_degree(n)]


def colour_classes(graph: Graph) -> tuple[list[Node], list[Node]] | None:
    """The two classes of a proper two-colouring, or None when a cycle is odd."""
    colour, odd = two_colouring(neighbour_lists(graph))
    return None if odd else ([n for n in graph if not colour[n]], [n for n in graph if colour[n]])


def matching_and_barrier(graph: Graph) -> tuple[list[tuple[Node, Node]], list[Node]]:
    """A maximum matching, and the barrier: neighbours of the nodes that some maximum matching leaves free."""
    nodes, around = graph.nodes, neighbour_lists(graph)
    at = {node: i for i, node in enumerate(nodes)}
    found = Blossoms([[at[v] for v in around[u]] for u in nodes])
    pairs = [(nodes[u], nodes[v]) for u, v in enumerate(found.mate) if u < v]
    outer = found.outer()
    barrier = {at[v] for u in outer for v in around[nodes[u]]} - outer
    return pairs, [nodes[i] for i in sorted(barrier)]


def resolved_pairs(graph: Graph, edges: Iterable[Any]) -> list[tuple[Node, Node]]:
    return [(graph.node(u), graph.node(v)) for u, v in edges]
