"""Checks of planarity: faces counted along a rotation (Euler), or a Kuratowski subdivision contracted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphs.graph import Graph
from tools.answers import NodeValues, Number, Truth
from tools.certificates.adjacency import neighbour_sets
from tools.certificates.agreement import settled
from tools.certificates.base import checker, require
from tools.certificates.incidence import pieces, witness_of


def _plane(graph: Graph, rotation: Mapping[Any, list[Any]]) -> None:
    """Trace the faces of the rotation and apply Euler's formula to each component."""
    around = neighbour_sets(graph)
    require(set(rotation) == set(around), "a node has no rotation")
    after: dict[tuple[Any, Any], Any] = {}
    for node, order in rotation.items():
        require(len(set(order)) == len(order) and set(order) == around[node], "a rotation misses a neighbour")
        after.update({(node, u): v for u, v in zip(order, [*order[1:], *order[:1]])})
    left = dict.fromkeys(after)
    faces: dict[Any, int] = {}
    while left:
        start = u, v = next(iter(left))
        while (u, v) in left:
            del left[u, v]
            u, v = v, after[v, u]
        require((u, v) == start, "a face does not close")
        faces[start[0]] = faces.get(start[0], 0) + 1
    for piece in pieces(around, around):
        edges = sum(len(around[node]) for node in piece) // 2
        found = sum(count for node, count in faces.items() if node in piece)
        require(not edges or len(piece) - edges + found == 2, "the rotation is of a surface with handles")


@checker("is_planar")
def check_is_planar(graph: Graph, answer: Truth) -> str:
    """faces of the rotation traced and counted by Euler's formula, or a subdivided K5 or K3,3 (Kuratowski)"""
    if answer.holds:
        _plane(graph, witness_of(answer, "rotation")["rotation"])
        return "the listed order of neighbours around each node draws the graph without crossings"
    around = neighbour_sets(graph)
    body: dict[Any, set[Any]] = {}
    for u, v in witness_of(answer, "subdivision")["subdivision"]:
        require(v in around[u], f"{u} and {v} are not adjacent")
        require(v not in body.get(u, ()), "an edge of the subdivision stands twice")
        body.setdefault(u, set()).add(v)
        body.setdefault(v, set()).add(u)
    for node in list(body):
        if len(body[node]) == 2:
            u, v = body.pop(node)
            require(v not in body[u], "two ways between the same two corners")
            body[u] = body[u] - {node} | {v}
            body[v] = body[v] - {node} | {u}
    degrees = sorted(len(near) for near in body.values())
    require(degrees in ([4] * 5, [3] * 6), "the edges subdivide neither K5 nor K3,3")
    if len(degrees) == 6:
        second = next(iter(body.values()))
        require(all(near == second or not near - (set(body) - second) for near in body.values()), "no K3,3")
        require(all(not body[node] & second for node in second), "no K3,3")
    return f"the listed edges subdivide {'K5' if len(degrees) == 5 else 'K3,3'}, which has no drawing in the plane"


@checker("planar_embedding")
def check_planar_embedding(graph: Graph, answer: NodeValues) -> str:
    """faces of the rotation traced and counted by Euler's formula"""
    settled(answer)
    require(answer.witness is None, "the answer carries a witness that nobody asked for")
    _plane(graph, answer.values)
    return "the listed order of neighbours around each node draws the graph without crossings"


@checker("count_faces")
def check_count_faces(graph: Graph, answer: Number) -> str:
    """the drawing proven planar by tracing its faces, and Euler's formula"""
    settled(answer)
    require(set(answer.witness) == {"rotation"}, "another witness is wanted")
    _plane(graph, answer.witness["rotation"])
    around = neighbour_sets(graph)
    parts = len(pieces(around, around))
    faces = graph.num_edges - graph.num_nodes + parts + 1
    require(answer.number == faces, f"Euler's formula gives {faces}")
    return f"the drawing is planar and m - n + c + 1 = {faces}"
