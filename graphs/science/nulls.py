"""Null models: graphs made without meaning that share with the real one what its construction alone explains."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphs.science.simple import Simple


@dataclass(frozen=True, slots=True)
class NullModel:
    """A way to make such graphs. keeps: what they share with the real one. fixes: figures it cannot speak about."""

    name: str
    title: str
    keeps: str
    fixes: frozenset[str]


_SIZES = frozenset({"num_nodes", "num_edges", "mean_degree"})
_NODES = frozenset({"num_nodes", "isolates"})
ERDOS_RENYI = NullModel("erdos_renyi", "Erdős–Rényi", "the numbers of nodes and edges", _SIZES)
CONFIGURATION = NullModel(
    "configuration", "configuration model", "the degree of every node", _SIZES | _NODES | {"max_degree"}
)
SHUFFLED_UNION = NullModel(
    "shuffled_union",
    "shuffled union of local graphs",
    "the shape of every step's own graph, and in how many steps each node occurs",
    _NODES,
)
RANDOM_LOOP = NullModel(
    "random_loop",
    "random loop",
    "the shape of every step's own graph, and how long ago each node that it takes up again was last used",
    _NODES,
)
NULL_MODELS = (ERDOS_RENYI, CONFIGURATION, SHUFFLED_UNION, RANDOM_LOOP)


def erdos_renyi(graph: Simple, seed: int) -> Simple:
    """A uniform random graph with as many nodes and edges: G(n, m)."""
    size, wanted = graph.num_nodes, graph.num_edges
    rng = np.random.default_rng(seed)
    possible = size * (size - 1) // 2
    if possible < 4 * wanted:
        picked = rng.choice(possible, size=wanted, replace=False)
    else:  # far fewer edges than pairs: draw, drop repeats, draw the rest
        picked = np.zeros(0, np.int64)
        while len(picked) < wanted:
            picked = np.concatenate([picked, rng.integers(possible, size=wanted - len(picked))])
            picked = picked[np.sort(np.unique(picked, return_index=True)[1])]
    return Simple.of(size, _pair(picked))


def configuration(graph: Simple, seed: int, swaps_per_edge: int = 10) -> Simple:
    """A random simple graph in which every node keeps its degree.

    Maslov and Sneppen (2002): two edges a-b, c-d become a-d, c-b unless that makes a loop or a repeat; a uniform sample
    in the limit of many swaps.
    """
    rng = np.random.default_rng(seed)
    edges, count = [(a, b) for a, b in graph.pairs.tolist()], graph.num_edges
    if count < 2:
        return graph
    present = {(a, b) for a, b in edges}
    tries = swaps_per_edge * count
    picks = rng.integers(count, size=(tries, 2)).tolist()
    turns = (rng.random(tries) < 0.5).tolist()
    for (i, j), turned in zip(picks, turns, strict=True):
        a, b = edges[i]
        c, d = edges[j] if turned else edges[j][::-1]
        if a == d or b == c:
            continue
        first, second = (a, d) if a < d else (d, a), (c, b) if c < b else (b, c)
        if first in present or second in present:
            continue
        present.difference_update((edges[i], edges[j]))
        present.update((first, second))
        edges[i], edges[j] = first, second
    return Simple.of(graph.num_nodes, edges)


def _pair(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers 0, 1, 2 … as the pairs (0, 1), (0, 2), (1, 2), (0, 3) …"""
    larger = ((1 + np.sqrt(1 + 8 * numbers.astype(float))) / 2).astype(np.int64)
    larger -= larger * (larger - 1) // 2 > numbers  # rounding of the square root
    larger += (larger + 1) * larger // 2 <= numbers
    return np.stack([numbers - larger * (larger - 1) // 2, larger], axis=1)
