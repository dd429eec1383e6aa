"""What checks of matchings share: pairs that are edges and disjoint, sides, and the Tutte-Berge barrier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from graphs.graph import Graph
from tools.answers import Matching
from tools.certificates.agreement import settled
from tools.certificates.base import require
from tools.certificates.incidence import distinct, pieces


def matched_nodes(around: Mapping[Any, set[Any]], pairs: Iterable[Any]) -> set[Any]:
    """The nodes that a matching covers; rejects what is no matching."""
    covered: set[Any] = set()
    for u, v in pairs:
        require(v in around[u], f"{u} and {v} are not adjacent")
        require(u not in covered and v not in covered, f"{u} or {v} is matched twice")
        covered |= {u, v}
    return covered


def plain_matching(answer: Matching, *, total: bool = False) -> None:
    """Reject fields that belong to other tools."""
    settled(answer)
    require(total or answer.total is None, "the answer carries a total that nobody asked for")


def barrier_bound(graph: Graph, around: Mapping[Any, set[Any]], barrier: Iterable[Any]) -> int:
    """The most edges that a matching can have: odd components beyond the barrier's size stay short."""
    removed = distinct(graph, barrier, "the barrier")
    odd = sum(len(piece) % 2 for piece in pieces(around, set(around) - removed))
    return (len(around) + len(removed) - odd) // 2


def left_side(graph: Graph, around: Mapping[Any, set[Any]], left: Iterable[Any] | None) -> set[Any]:
    """The left side: the given one, the declared one, the sources of a directed graph without through nodes, else in
    each component the side of its first node. Rejects what is no side.
    """
    edges = list(graph.edges())
    sources = {e.source for e in edges}
    if left is not None:
        first = {graph.node(node) for node in left}
    elif graph.sides is not None:
        first = set(graph.sides[0])
    elif graph.directed and not sources & {e.target for e in edges}:
        first = sources
    else:
        first = first_colours(around)
    require(all((u in first) != (v in first) for u in around for v in around[u]), "the graph is not bipartite")
    return first


def first_colours(around: Mapping[Any, set[Any]]) -> set[Any]:
    first, seen = set(), set()
    for start in around:
        queue = [] if start in seen else [(start, True)]
        seen.add(start)
        while queue:
            u, is_first = queue.pop()
            if is_first:
                first.add(u)
            for v in around[u] - seen:
                seen.add(v)
                queue.append((v, not is_first))
    return first


def require_from_left(first: set[Any], pairs: Iterable[Any]) -> None:
    require(all(u in first and v not in first for u, v in pairs), "a pair is turned round")


def named_edges(graph: Graph, edges: Any) -> list[tuple[Any, Any]]:
    return [(graph.node(u), graph.node(v)) for u, v in edges]
