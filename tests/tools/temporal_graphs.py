"""Random temporal graphs, plain and odd."""

from __future__ import annotations

import random
from collections.abc import Iterator

from graphs.graph import Graph


def temporal_graph(seed: int) -> Graph:
    """Up to 7 nodes; directed or not, parallel edges or not, some self-loops, some isolated nodes."""
    rng = random.Random(seed)
    n = rng.randint(2, 7)
    span = rng.choice([1, 3, 6])
    edges = [
        (u, v, {"time": rng.randrange(span)})
        for u in range(n)
        for v in range(n)
        if rng.random() < rng.choice([0.1, 0.35]) and (u != v or rng.random() < 0.3)
    ]
    if rng.random() < 0.4:
        edges = [(u, v, {"time": data["time"] / 2 - 1}) for u, v, data in edges]
    return Graph.from_edges(edges, range(n), directed=rng.random() < 0.4, multi=rng.random() < 0.7)


def temporal_graphs(count: int) -> Iterator[tuple[Graph, random.Random]]:
    for seed in range(count):
        yield temporal_graph(seed), random.Random(seed)
