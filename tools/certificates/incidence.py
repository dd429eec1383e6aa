"""What checkers read off a graph: neighbour sets, capacities, and whether an answer is put as exact."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from graphs.graph import Graph
from tools.answers import Truth
from tools.certificates.adjacency import neighbour_sets
from tools.certificates.agreement import TOLERANCE, settled
from tools.certificates.base import require


def successors(graph: Graph) -> dict[Any, set[Any]]:
    """Heads of the arcs out of each node, self-loops included; both ways when undirected."""
    found: dict[Any, set[Any]] = {node: set() for node in graph}
    for edge in graph.edges():
        found[edge.source].add(edge.target)
        if not graph.directed:
            found[edge.target].add(edge.source)
    return found


def distinct(graph: Graph, nodes: Iterable[Any], what: str) -> set[Any]:
    """`nodes` as a set, rejected when one repeats or is not in the graph."""
    listed = list(nodes)
    found = set(listed)
    require(len(found) == len(listed), f"{what} lists a node twice")
    require(all(node in graph for node in found), f"{what} lists a node that is not in the graph")
    return found


def pieces(around: Mapping[Any, set[Any]], keep: Iterable[Any]) -> list[set[Any]]:
    """Connected components of the subgraph on `keep`."""
    left, found = set(keep), []
    for start in list(left):
        if start not in left:
            continue
        piece, queue = {start}, [start]
        left.discard(start)
        while queue:
            for v in around[queue.pop()] & left:
                left.discard(v)
                piece.add(v)
                queue.append(v)
        found.append(piece)
    return found


def rooms(graph: Graph, capacity: str | None) -> dict[tuple[Any, Any], Any]:
    """Exact capacity of each ordered pair of adjacent nodes (both orders when undirected); parallel edges add up."""
    found: dict[tuple[Any, Any], Any] = {}
    for edge in graph.edges():
        value = 1 if capacity is None else edge.attributes[capacity]
        amount = value if value == math.inf else Fraction(value)
        if edge.source == edge.target:
            continue
        pair = (edge.source, edge.target)
        for p in (pair,) if graph.directed else (pair, pair[::-1]):
            found[p] = found.get(p, 0) + amount
    return found


def flow_reaches(room: Mapping[tuple[Any, Any], Any], source: Any, target: Any, amount: Any) -> bool:
    """Whether at least `amount` flows from source to target: shortest augmenting paths, by hand (Edmonds and Karp)."""
    left = dict(room)
    out: dict[Any, set[Any]] = {}
    for u, v in room:
        out.setdefault(u, set()).add(v)
        out.setdefault(v, set()).add(u)
    sent: Any = 0
    whole = isinstance(amount, (int, Fraction)) and amount.denominator == 1
    enough = amount if whole else amount * (1 - TOLERANCE)
    while sent < enough:
        into = {source: source}
        queue = deque([source])
        while queue and target not in into:
            u = queue.popleft()
            for v in out.get(u, ()):
                if v not in into and left.get((u, v), 0) > 0:
                    into[v] = u
                    queue.append(v)
        if target not in into:
            return False
        steps, v = [], target
        while v != source:
            steps.append((into[v], v))
            v = into[v]
        least = min(left[step] for step in steps)
        for u, v in steps:
            left[u, v] -= least
            left[v, u] = left.get((v, u), 0) + least
        sent += least
    return True


def witness_of(answer: Truth, *fields: str) -> Any:
    """The witness, which must have exactly these fields."""
    settled(answer)
    require(isinstance(answer.witness, Mapping) and set(answer.witness) == set(fields), "another witness is wanted")
    return answer.witness


def looped(graph: Graph) -> set[Any]:
    return {edge.source for edge in graph.edges() if edge.source == edge.target}


def simple_neighbours(graph: Graph) -> dict[Any, set[Any]] | None:
    around = neighbour_sets(graph)
    return around if sum(map(len, around.values())) == 2 * graph.num_edges else None
