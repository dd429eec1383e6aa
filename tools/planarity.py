"""Planar graphs: a rotation that draws them without crossings, its faces, or a Kuratowski subdivision."""

from __future__ import annotations

import networkx as nx

from graphs.errors import WrongKind
from graphs.graph import Graph, Node
from tools.adjacency import neighbour_lists
from tools.answers import NodeValues, Number, Truth
from tools.registry import tool


@tool(
    phrases=("planar", "drawn without crossings", "drawn in the plane", "kuratowski"),
    asks=(
        "Is the graph planar?",
        "Can the graph be drawn without crossing edges?",
        "Does the graph contain a subdivision of K5 or K3,3?",
        "Is it possible to draw this graph in the plane?",
        "planar?",
    ),
)
def is_planar(graph: Graph) -> Truth:
    """Decide whether the graph can be drawn in the plane without crossings.

    witness: `rotation`, the neighbours of each node in clockwise order, or `subdivision`, the edges of a subdivided K5
    or K3,3 (Kuratowski 1930). Left-right test (de Fraysseix, Rosenstiehl 1982; Brandes 2009), O(n); the subdivision
    is found by removing edges in shrinking chunks while the rest stays non-planar.
    """
    rotation = _rotation(graph)
    if rotation is not None:
        return Truth(True, witness={"rotation": rotation})
    return Truth(False, witness={"subdivision": _kuratowski(graph)})


@tool(
    phrases=("planar embedding", "combinatorial embedding", "rotation system", "clockwise order of neighbours"),
    asks=(
        "Give a planar embedding of the graph.",
        "What is the clockwise order of neighbours around each node in a planar drawing?",
        "Compute a combinatorial embedding.",
        "Find a rotation system for this planar graph.",
    ),
)
def planar_embedding(graph: Graph) -> NodeValues:
    """Give the neighbours of each node in clockwise order in some drawing without crossings. O(n).

    Raises:
        WrongKind: the graph is not planar; `is_planar` shows why.
    """
    return NodeValues(_planar(graph))


@tool(
    phrases=("number of faces", "count faces of a planar graph", "regions of the plane", "euler formula faces"),
    asks=(
        "How many faces does a planar drawing of the graph have?",
        "Count the faces by Euler's formula.",
        "Into how many regions does the planar graph divide the plane?",
        "number of faces?",
    ),
)
def count_faces(graph: Graph) -> Number:
    """Count the faces, the outer one included, of any drawing without crossings: m - n + components + 1 (Euler).

    witness: the `rotation` of neighbours that shows the graph planar. Each parallel edge and loop adds a face. O(n).

    Raises:
        WrongKind: the graph is not planar.
    """
    rotation = _planar(graph)
    components = nx.number_connected_components(graph.nx.to_undirected(as_view=True)) if graph.num_nodes else 0
    return Number(graph.num_edges - graph.num_nodes + components + 1, witness={"rotation": rotation})


def _rotation(graph: Graph) -> dict[Node, list[Node]] | None:
    body = nx.Graph()
    body.add_nodes_from(graph)
    body.add_edges_from((u, v) for u, near in neighbour_lists(graph).items() for v in near)
    planar, embedding = nx.check_planarity(body)
    return {node: list(embedding.neighbors_cw_order(node)) for node in graph} if planar else None


def _planar(graph: Graph) -> dict[Node, list[Node]]:
    rotation = _rotation(graph)
    if rotation is None:
        raise WrongKind("the graph is not planar: edges cross in every drawing; is_planar shows a K5 or K3,3 in it")
    return rotation


def _kuratowski(graph: Graph) -> list[tuple[Node, Node]]:
    """A set of edges that is not planar, though it is without any one of them."""
    edges = list({frozenset(p): p for p in ((e.source, e.target) for e in graph.edges()) if p[0] != p[1]}.values())
    edges = edges[: 3 * graph.num_nodes]  # a planar graph has fewer than 3 n edges
    chunk = max(1, len(edges) // 2)
    while True:
        at = 0
        while at < len(edges):
            fewer = edges[:at] + edges[at + chunk :]
            if _crossing_free(fewer):
                at += chunk
            else:
                edges = fewer
        if chunk == 1:
            return edges
        chunk = max(1, chunk // 2)


def _crossing_free(edges: list[tuple[Node, Node]]) -> bool:
    return bool(nx.check_planarity(nx.Graph(edges))[0])
