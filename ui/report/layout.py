"""Where the nodes of a drawing stand: each component by springs, components side by side; same seed, same place."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import networkx as nx
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

SPACE = 46.0  # between neighbours, in the units of the drawing
_STRESS = 150  # nodes up to which a component is laid out by Kamada and Kawai, better and slower than springs


def place(
    graph: nx.Graph, seed: int, ratio: float = 1.6, spread: Callable[..., NDArray[np.float64]] | None = None
) -> dict[int, tuple[float, float]]:
    """A position for every node, in a field about `ratio` times as wide as it is high.

    spread: lays out one component (graph, nodes, seed); default: Kamada and Kawai, and springs for a large one.
    """
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part))
    boxes = [(spread or _spread)(graph.subgraph(part), part, seed) for part in parts]
    width = math.sqrt(sum(w * h for w, h in (_size(box) for box in boxes)) * ratio)
    width = max([width, *(_size(box)[0] for box in boxes[:1])])
    column = SPACE / 2
    filled = np.zeros(math.ceil(width / column))  # how far down each column of the field is taken
    at: dict[int, tuple[float, float]] = {}
    for part, box in zip(parts, boxes, strict=True):
        w, h = _size(box)
        across = min(len(filled), math.ceil(w / column))
        tops = sliding_window_view(filled, across).max(axis=1)
        first = int(tops.argmin())  # the highest free place, the leftmost of those
        left, top = first * column, float(tops[first])
        filled[first : first + across] = top + h
        for node, (x, y) in zip(part, box.tolist(), strict=True):
            at[node] = (round(left + x + SPACE / 2, 1), round(top + y + SPACE / 2, 1))
    return at


def _spread(graph: nx.Graph, nodes: Sequence[int], seed: int) -> NDArray[np.float64]:
    """Positions [num_nodes, 2] from 0 on, in the order of `nodes`, about `SPACE` apart, longer than high."""
    if len(nodes) <= 2:
        return np.array([(SPACE * at, 0.0) for at in range(len(nodes))])
    if len(nodes) <= _STRESS:
        found = nx.kamada_kawai_layout(graph)
    else:
        found = nx.spring_layout(graph, seed=seed, iterations=60, method="force")
    box = np.array([found[node] for node in nodes])
    box -= box.mean(axis=0)
    if len(nodes) > _STRESS:  # springs crowd the middle
        box *= np.maximum(np.linalg.norm(box, axis=1, keepdims=True), 1e-9) ** -0.35
    box = box @ np.linalg.svd(box, full_matrices=False)[2].T  # the longest extent across
    box -= box.min(axis=0)
    return np.asarray(box * SPACE * 1.3 * math.sqrt(len(nodes)) / max(float(box.max()), 1e-9))


def _size(box: NDArray[np.float64]) -> tuple[float, float]:
    width, height = box.max(axis=0)
    return float(width) + SPACE, float(height) + SPACE
