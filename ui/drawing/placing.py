"""Where nodes stand when somebody waits: a thousand of them in about a second, the same place for the same graph.

Each component starts from its distances to a few pivots (Brandes and Pich, Eigensolver methods for progressive
multidimensional scaling of large data, 2007) and is then relaxed by springs (Fruchterman and Reingold 1991), all pairs
at once in numpy. Components are packed by `ui.report.layout`.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from ui.report.layout import SPACE, place

_PIVOTS = 50
Places = dict[int, tuple[float, float]]


def positions(graph: nx.Graph, seed: int = 7) -> Places:
    """A position for every node of an undirected simple graph, whose nodes are numbers."""
    return place(graph, seed, 1.7, _spread)


def _spread(graph: nx.Graph, nodes: Sequence[int], seed: int) -> NDArray[np.float64]:
    """Positions [num_nodes, 2] from 0 on, in the order of `nodes`, about `SPACE` apart."""
    count = len(nodes)
    if count <= 2:
        return np.array([(SPACE * at, 0.0) for at in range(count)])
    row = {node: at for at, node in enumerate(nodes)}
    around = [[row[other] for other in graph[node] if other != node] for node in nodes]
    box = _relaxed(_by_distances(around, seed), around, seed)
    box -= box.mean(axis=0)
    box = box @ np.linalg.svd(box, full_matrices=False)[2].T  # the longest extent across
    box -= box.min(axis=0)
    links = [(v, w) for v, near in enumerate(around) for w in near if v < w]
    ends = np.array(links)
    typical = float(np.median(np.linalg.norm(box[ends[:, 0]] - box[ends[:, 1]], axis=1)))
    wide = SPACE * 1.5 * math.sqrt(count) / max(float(box.max()), 1e-9)
    return np.asarray(box * max(wide, min(SPACE * 1.4 / max(typical, 1e-9), 3 * wide)))


def _by_distances(around: list[list[int]], seed: int) -> NDArray[np.float64]:
    """The first two principal axes of the centred squared distances to some pivots far from each other."""
    count = len(around)
    pivot, nearest, columns = seed % count, np.full(count, np.inf), []
    for _ in range(min(_PIVOTS, count)):
        column = _hops(around, pivot)
        columns.append(column)
        nearest = np.minimum(nearest, column)
        pivot = int(nearest.argmax())
    squared = np.array(columns).T ** 2  # [num_nodes, pivots]
    centred = squared - squared.mean(axis=0) - squared.mean(axis=1, keepdims=True) + squared.mean()
    axes = np.linalg.svd(centred, full_matrices=False)
    found: NDArray[np.float64] = axes[0][:, :2] * axes[1][:2]
    return found / max(float(np.abs(found).max()), 1e-9)


def _hops(around: list[list[int]], start: int) -> NDArray[np.float64]:
    away = [-1] * len(around)
    away[start] = 0
    waiting = deque([start])
    while waiting:
        node = waiting.popleft()
        for other in around[node]:
            if away[other] < 0:
                away[other] = away[node] + 1
                waiting.append(other)
    return np.array(away, dtype=float)


def _relaxed(box: NDArray[np.float64], around: list[list[int]], seed: int) -> NDArray[np.float64]:
    """Springs between neighbours, repulsion between all, in fewer rounds the more nodes there are."""
    count = len(around)
    rounds = 120 if count <= 150 else 60 if count <= 500 else 35
    at = (box + np.random.default_rng(seed).normal(0, 0.02, box.shape)).astype(np.float32)
    tail = np.array([v for v, near in enumerate(around) for _ in near])
    head = np.array([w for near in around for w in near])
    apart = np.float32(1.6 / math.sqrt(count))
    for number in range(rounds):
        gap_x, gap_y = at[:, None, 0] - at[None, :, 0], at[:, None, 1] - at[None, :, 1]
        push = apart**2 / np.maximum(gap_x**2 + gap_y**2, np.float32(1e-5))
        move = np.stack([(gap_x * push).sum(axis=1), (gap_y * push).sum(axis=1)], axis=1)
        stretch = at[tail] - at[head]
        pull = stretch * (np.linalg.norm(stretch, axis=1, keepdims=True) / apart)
        for axis in (0, 1):
            move[:, axis] -= np.bincount(tail, weights=pull[:, axis], minlength=count)
        length = np.maximum(np.linalg.norm(move, axis=1, keepdims=True), 1e-9)
        at += move / length * np.minimum(length, 0.12 * (1 - number / rounds) + 0.004)
    return np.asarray(at, dtype=float)


def numbered(graph: Any) -> tuple[nx.Graph, dict[Any, int]]:
    """The undirected simple projection with nodes numbered in the graph's own order, and each node's number."""
    row = {node: at for at, node in enumerate(graph)}
    body: nx.Graph = nx.Graph()
    body.add_nodes_from(range(len(row)))
    body.add_edges_from((row[u], row[v]) for u, v in graph.edges() if u != v)
    return body, row
