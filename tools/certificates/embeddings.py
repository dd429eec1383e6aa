"""Maps between graphs, for checkers: pairs compared by edge counts, and a search of its own within a budget."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from graphs.graph import Graph
from tools.certificates.base import require

STEPS = 40_000  # of a search, about a second


def edge_counts(graph: Graph) -> dict[tuple[Any, Any], int]:
    """Edges from u to v for each ordered pair (both orders when undirected, loops once)."""
    found: Counter[tuple[Any, Any]] = Counter()
    for edge in graph.edges():
        found[edge.source, edge.target] += 1
        if not graph.directed and edge.source != edge.target:
            found[edge.target, edge.source] += 1
    return dict(found)


def require_kept(pattern: Graph, graph: Graph, mapping: Mapping[Any, Any], induced: bool) -> None:
    """Reject what is no embedding of the whole pattern."""
    wanted, given = edge_counts(pattern), edge_counts(graph)
    require(set(mapping) == set(pattern), "a node is not mapped")
    images = list(mapping.values())
    require(len(set(images)) == len(images) and all(v in graph for v in images), "the map is not one-to-one")
    for u in mapping:
        for v in mapping:
            have, need = given.get((mapping[u], mapping[v]), 0), wanted.get((u, v), 0)
            require(have == need if induced else have >= need, f"the edges between {u} and {v} are not kept")


def count_embeddings(
    pattern: Graph, graph: Graph, induced: bool, limit: int | None, fixed: Mapping[Any, Any] | None = None
) -> int | None:
    """How many embeddings there are, at most `limit`; None when the search was cut short.

    The pattern node with the fewest possible images is mapped next; after each step all other domains are filtered.
    """
    wanted, given = edge_counts(pattern), edge_counts(graph)
    steps = STEPS
    found = 0

    def agree(need: int, have: int) -> bool:
        return need == have if induced else need <= have

    def grow(domains: dict[Any, set[Any]]) -> bool:
        """False when the budget or the limit is reached."""
        nonlocal steps, found
        steps -= 1
        if steps < 0:
            return False
        if not domains:
            found += 1
            return found != limit
        node = min(domains, key=lambda p: len(domains[p]))
        for image in domains[node]:
            rest = {}
            for p, options in domains.items():
                if p != node:
                    out, into = wanted.get((node, p), 0), wanted.get((p, node), 0)
                    rest[p] = {
                        v
                        for v in options
                        if v != image and agree(out, given.get((image, v), 0)) and agree(into, given.get((v, image), 0))
                    }
                    if not rest[p]:
                        break
            else:
                if not grow(rest):
                    return False
        return True

    start = {
        p: {v for v in graph if agree(wanted.get((p, p), 0), given.get((v, v), 0))}
        & ({fixed[p]} if fixed and p in fixed else set(graph))
        for p in pattern
    }
    try:
        done = grow(start)
    except RecursionError:
        return None
    return found if done or found == limit else None
