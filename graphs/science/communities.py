"""Communities: Louvain, modularity, how alike two partitions are, and who stands between."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from graphs.errors import BadArgument
from graphs.science.simple import Simple

Links = list[list[tuple[int, float]]]


def louvain(graph: Simple, seed: int) -> NDArray[np.int64]:
    """A partition of high modularity: each node's community, numbered from 0, the largest first.

    Blondel et al., Fast unfolding of communities in large networks (2008); nodes wait in a queue and return to it when
    a neighbour has moved. A heuristic: the same seed gives the same partition, another seed may give another.
    """
    rng = random.Random(seed)
    links: Links = [[] for _ in range(graph.num_nodes)]
    for first, second in graph.pairs.tolist():
        links[first].append((second, 1.0))
        links[second].append((first, 1.0))
    loops = [0.0] * graph.num_nodes
    home = np.arange(graph.num_nodes)
    while True:
        moved = _settle(links, loops, rng)
        if len(set(moved)) == len(moved):
            break
        names, numbered = np.unique(moved, return_inverse=True)
        home = numbered[home]
        links, loops = _joined(links, loops, numbered.tolist(), len(names))
    return _largest_first(home)


def modularity(graph: Simple, communities: NDArray[np.int64]) -> float:
    """Newman's modularity: the share of edges inside communities less the share that degrees alone would put there."""
    if not graph.num_edges:
        return 0.0
    ends = communities[graph.pairs]
    inside = float((ends[:, 0] == ends[:, 1]).mean())
    shares = np.bincount(communities, weights=graph.degrees) / (2 * graph.num_edges)
    return inside - float((shares**2).sum())


def between_communities(graph: Simple, communities: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Bridge nodes: those with neighbours in two communities or more."""
    adjacency = graph.adjacency
    owners = np.repeat(np.arange(graph.num_nodes), np.diff(adjacency.indptr))
    seen = np.unique(np.stack([owners, communities[adjacency.indices]], axis=1), axis=0)
    return np.asarray(np.bincount(seen[:, 0], minlength=graph.num_nodes) > 1)


def adjusted_mutual_information(first: Sequence[int], second: Sequence[int]) -> float:
    """How alike two partitions of the same things are: 1 when equal, about 0 when one tells nothing of the other.

    Vinh, Epps and Bailey (2010), normalised by the mean of the entropies.

    >>> adjusted_mutual_information([0, 0, 1, 1], [5, 5, 2, 2])
    1.0
    """
    if len(first) != len(second):
        raise BadArgument(f"the partitions are of {len(first)} and {len(second)} things; give both for the same things")
    rows, columns = (np.unique(labels, return_inverse=True)[1] for labels in (first, second))
    a, b = np.bincount(rows), np.bincount(columns)
    if len(a) == len(b) and (len(a) <= 1 or len(a) == len(first)):
        return 1.0
    pairs, joint = np.unique(rows * len(b) + columns, return_counts=True)
    size = len(first)
    information = float((joint / size * np.log(size * joint / (a[pairs // len(b)] * b[pairs % len(b)]))).sum())
    expected = _expected_information(a, b, size)
    spread = (_entropy(a, size) + _entropy(b, size)) / 2 - expected
    gap = information - expected
    return 1.0 if abs(gap - spread) < 1e-12 else float(gap / spread)


def _settle(links: Links, loops: list[float], rng: random.Random) -> list[int]:
    """Move single nodes to the neighbouring community that gains most, until none gains."""
    size = len(links)
    strength = [2 * loop + sum(w for _, w in near) for loop, near in zip(loops, links, strict=True)]
    twice = sum(strength) or 1.0
    community, total = list(range(size)), list(strength)
    order = list(range(size))
    rng.shuffle(order)
    waiting, queued = deque(order), [True] * size
    while waiting:
        node = waiting.popleft()
        queued[node] = False
        old, own = community[node], strength[node]
        near: dict[int, float] = {}
        for other, weight in links[node]:
            there = community[other]
            near[there] = near.get(there, 0.0) + weight
        total[old] -= own
        best, gain = old, near.get(old, 0.0) - total[old] * own / twice
        for there, weight in near.items():
            here = weight - total[there] * own / twice
            if here > gain + 1e-9:
                best, gain = there, here
        total[best] += own
        if best != old:
            community[node] = best
            for other, _ in links[node]:
                if community[other] != best and not queued[other]:
                    queued[other] = True
                    waiting.append(other)
    return community


def _joined(links: Links, loops: list[float], home: list[int], size: int) -> tuple[Links, list[float]]:
    """The graph whose nodes are the communities."""
    inner, outer = [0.0] * size, [dict[int, float]() for _ in range(size)]
    for node, near in enumerate(links):
        here = home[node]
        inner[here] += loops[node]
        for other, weight in near:
            there = home[other]
            if there == here:
                inner[here] += weight / 2
            else:
                outer[here][there] = outer[here].get(there, 0.0) + weight
    return [list(near.items()) for near in outer], inner


def _largest_first(labels: NDArray[np.int64]) -> NDArray[np.int64]:
    _, start, numbered, counts = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(len(start), np.int64)
    rank[np.lexsort((start, -counts))] = np.arange(len(start))
    return rank[numbered]


def _entropy(counts: NDArray[np.int64], size: int) -> float:
    shares = counts / size
    return float(-(shares * np.log(shares)).sum())


def _expected_information(a: NDArray[np.int64], b: NDArray[np.int64], size: int) -> float:
    """The mutual information to expect of random partitions with parts of these sizes (hypergeometric)."""
    from scipy.special import gammaln

    log_factorial = gammaln(np.arange(size + 1) + 1.0)
    total = 0.0
    for (i, many), (j, often) in (
        (x, y) for x in zip(*np.unique(a, return_counts=True)) for y in zip(*np.unique(b, return_counts=True))
    ):
        both = np.arange(max(1, i + j - size), min(i, j) + 1)
        chance = np.exp(
            log_factorial[i]
            + log_factorial[j]
            + log_factorial[size - i]
            + log_factorial[size - j]
            - log_factorial[size]
            - log_factorial[both]
            - log_factorial[i - both]
            - log_factorial[j - both]
            - log_factorial[size - i - j + both]
        )
        total += float(many * often * (both / size * np.log(size * both / (float(i) * j)) * chance).sum())
    return total
