"""Random graphs of every kind with attributes and provenance, for the tests of edits."""

from __future__ import annotations

import random
from collections.abc import Iterator

from graphs.graph import PROVENANCE, Graph, Provenance


def odd_graph(seed: int, *, directed: bool | None = None, multi: bool | None = None, most: int = 6) -> Graph:
    """0 to `most` nodes; weights on some edges, colours on nodes, self-loops, parallel edges, isolated nodes."""
    rng = random.Random(seed)
    n = rng.randint(0, most)
    label = (lambda i: i) if rng.random() < 0.5 else (lambda i: f"n{i} ☃")
    weighted = rng.random() < 0.5
    edges = []
    for u in range(n):
        for v in range(n):
            if rng.random() < 0.3 and (u != v or rng.random() < 0.4):
                data = {PROVENANCE: Provenance(file="f.csv", line=len(edges))}
                if weighted:
                    data["weight"] = rng.choice([-1.5, 0, 1, 2, 7])
                edges.append((label(u), label(v), data))
    is_directed = rng.random() < 0.5 if directed is None else directed
    is_multi = rng.random() < 0.5 if multi is None else multi
    graph = Graph.from_edges(edges, map(label, range(n)), directed=is_directed, multi=is_multi, name="odd")
    for node in graph:
        graph.nx.nodes[node].update(colour=rng.choice(["red", "blue"]), age=rng.randint(1, 5))
    return graph


def odd_graphs(count: int, **kind: bool) -> Iterator[tuple[Graph, random.Random]]:
    for seed in range(count):
        yield odd_graph(seed, **kind), random.Random(seed)
