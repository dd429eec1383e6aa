"""Adjacency rows by position, and the searches on them that break ties by the lowest node."""

from __future__ import annotations

from collections.abc import Iterable

from graphs.errors import BadArgument, MissingAttribute
from graphs.graph import Graph

Rows = list[dict[int, float]]  # out-neighbours of each node by position, lowest first, with the weight of the edge


def matrix(graph: Graph, weight: str | None = None) -> Rows:
    """The adjacency rows by position; parallel edges count as their lightest.

    Raises:
        MissingAttribute: an edge has no `weight`.
        BadArgument: a weight is 0 or no number.
    """
    place = {node: i for i, node in enumerate(graph)}
    rows: Rows = [{} for _ in place]
    for edge in graph.edges():
        value = 1 if weight is None else edge.attributes.get(weight)
        if value is None:
            raise MissingAttribute(weight or "", "this algorithm")
        if not isinstance(value, (int, float)) or isinstance(value, bool) or value == 0 or value != value:
            raise BadArgument(f"weights must be numbers other than 0 (0 means no edge), not {str(value)[:40]!r}")
        ends = (
            [(edge.source, edge.target)] if graph.directed else [(edge.source, edge.target), (edge.target, edge.source)]
        )
        for u, v in ends:
            i, j = place[u], place[v]
            rows[i][j] = min(value, rows[i].get(j, value))
    return [dict(sorted(row.items())) for row in rows]


def search(rows: Rows, roots: Iterable[int]) -> tuple[list[int], list[int], list[int]]:
    """Depth first from each root in turn, lowest neighbour first: parents, order of finishing, root of each node."""
    n = len(rows)
    pi, root, seen, finished = list(range(n)), [-1] * n, [False] * n, []
    for start in roots:
        if seen[start]:
            continue
        seen[start] = True
        root[start] = start
        stack = [(start, iter(rows[start]))]
        while stack:
            u, rest = stack[-1]
            v = next((x for x in rest if not seen[x]), None)
            if v is None:
                finished.append(u)
                stack.pop()
            else:
                seen[v], pi[v], root[v] = True, u, start
                stack.append((v, iter(rows[v])))
    return pi, finished, root


def cut_parts(rows: Rows) -> tuple[set[int], set[frozenset[int]]]:
    """Cut nodes and bridges by the lowest discovery number that each subtree reaches."""
    n = len(rows)
    number, low, parent = [-1] * n, [0] * n, [-1] * n
    cuts: set[int] = set()
    bridges: set[frozenset[int]] = set()
    count = 0
    for root in range(n):
        if number[root] >= 0:
            continue
        number[root] = low[root] = count
        count += 1
        stack, children = [(root, iter(rows[root]))], 0
        while stack:
            u, rest = stack[-1]
            v = next(rest, None)
            if v is None:
                stack.pop()
                p = parent[u]
                if p >= 0:
                    low[p] = min(low[p], low[u])
                    if low[u] > number[p]:
                        bridges.add(frozenset((p, u)))
                    if p == root:
                        children += 1
                    elif low[u] >= number[p]:
                        cuts.add(p)
            elif number[v] < 0:
                parent[v] = u
                number[v] = low[v] = count
                count += 1
                stack.append((v, iter(rows[v])))
            elif v != parent[u]:
                low[u] = min(low[u], number[v])
        if children > 1:
            cuts.add(root)
    return cuts, bridges


def grow(rows: Rows, source: int, *, along: bool) -> list[int]:
    """Settle the node of least key again and again; keys are distances (`along`) or single weights."""
    pi = list(range(len(rows)))
    key: dict[int, float] = {source: 0}
    settled: set[int] = set()
    while len(settled) < len(key):
        u = min((v for v in key if v not in settled), key=lambda v: (key[v], v))
        settled.add(u)
        for v, value in rows[u].items():
            new = key[u] + value if along else value
            if v not in settled and (v not in key or new < key[v]):
                key[v], pi[v] = new, u
    return pi
