"""Neighbour lists and two-colourings of the underlying undirected graph, in the graph's own order."""

from __future__ import annotations

from collections.abc import Sequence

from graphs.graph import Graph, Node
from tools.arcs import undirected_arcs

Around = dict[Node, list[Node]]


def neighbour_lists(graph: Graph) -> dict[Node, list[Node]]:
    """Neighbours of each node; directions, parallel edges and self-loops are ignored."""
    return {node: list(near) for node, near in undirected_arcs(graph).items()}


def two_colouring(around: dict[Node, list[Node]]) -> tuple[dict[Node, int], list[Node]]:
    """A proper colouring with 0 and 1 (0 for the first node of each component), or an odd cycle; the other is empty."""
    colour: dict[Node, int] = {}
    parent: dict[Node, Node] = {}
    for start in around:
        if start in colour:
            continue
        colour[start] = 0
        parent[start] = start
        queue = [start]
        for u in queue:
            for v in around[u]:
                if v not in colour:
                    colour[v], parent[v] = 1 - colour[u], u
                    queue.append(v)
                elif colour[v] == colour[u]:
                    return {}, _closed(parent, u, v)
    return colour, []


def _closed(parent: dict[Node, Node], u: Node, v: Node) -> list[Node]:
    """The cycle that an edge between two nodes of equal depth parity closes in a search tree."""
    up = [u]
    while parent[up[-1]] != up[-1]:
        up.append(parent[up[-1]])
    place = {node: i for i, node in enumerate(up)}
    other = [v]
    while other[-1] not in place:
        other.append(parent[other[-1]])
    return up[: place[other[-1]] + 1] + other[-2::-1]


def in_brief(nodes: Sequence[Node]) -> str:
    """The nodes of a walk for a message, the first twelve of them."""
    return " - ".join(str(node)[:40] for node in nodes[:12]) + (" …" if len(nodes) > 12 else "")


def simple_neighbours(graph: Graph) -> Around | None:
    """Neighbours, or None when a loop or two edges between the same nodes make the graph no simple one."""
    around = neighbour_lists(graph)
    return around if sum(map(len, around.values())) == 2 * graph.num_edges else None
