"""Random inputs, drawn from the benchmark's distributions in the benchmark's order.

The same `RandomState` gives the same numbers as the official generator, release 2.0; what is drawn is said in
section 2.3 of arXiv 2205.15659. Digits beyond the wanted decimals are cut off before an algorithm runs, so that the
text of an example says all.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from graphs.clrs.recorder import Array
from graphs.errors import BadArgument

Rng = np.random.RandomState
Inputs = dict[str, Any]

_LOWEST_NORM = 1e-3  # keeps the root of a product of two weights away from 0


def cut(value: Any, decimals: int | None) -> Any:
    """`value` without the digits beyond `decimals`; whole numbers are left alone."""
    if decimals is None or not np.issubdtype(np.asarray(value).dtype, np.floating):
        return value
    return np.trunc(value * 10**decimals) / 10**decimals


def _random_graph(
    rng: Rng, n: int, p: float, *, directed: bool = False, acyclic: bool = False, weighted: bool = False
) -> Array:
    """An Erdős-Rényi graph as a matrix, self-loops included unless it is acyclic."""
    present: Array = rng.binomial(1, p, size=(n, n))
    if not directed:
        present = present * present.T
    elif acyclic:
        order = rng.permutation(n)
        present = np.triu(present, k=1)[order][:, order]
    if not weighted:
        return present
    weights = rng.uniform(size=(n, n))
    if not directed:
        weights = np.sqrt(weights * weights.T + _LOWEST_NORM)
    return present.astype(np.float64) * weights


def _communities(rng: Rng, n: int, p: float) -> Array:
    """Four dense directed parts, and a few edges that lead from earlier to later ones only."""
    parts, between = 4, 0.01
    if n < parts:
        raise BadArgument(
            f"strongly_connected_components are sampled in {parts} parts; ask for a size of {parts} or more"
        )
    step = n // parts
    spans = [slice(i * step, n if i == parts - 1 else (i + 1) * step) for i in range(parts)]
    matrix = np.zeros((n, n))
    for span in spans:
        matrix[span, span] = _random_graph(rng, span.stop - span.start, p, directed=True)
    extra = _random_graph(rng, n, between, directed=True)
    for i, span in enumerate(spans):
        for earlier in spans[:i]:
            extra[span, earlier] = 0
    matrix = np.where(extra > 0, (1.0 - (matrix > 0)) * extra, matrix)
    order = rng.permutation(n)
    return matrix[order][:, order]


def _graph(p: float, *, rooted: bool, **kind: bool) -> Callable[[Rng, int], Inputs]:
    def draw(rng: Rng, n: int) -> Inputs:
        # The benchmark chooses from a list of one density; the choice is part of the random stream.
        matrix = _random_graph(rng, n, rng.choice((p,)), **kind)
        return {"A": matrix, **({"s": int(rng.choice(n))} if rooted else {})}

    return draw


def _parted(rng: Rng, n: int) -> Inputs:
    return {"A": _communities(rng, n, rng.choice((0.5,)))}


_SPARSE, _EVEN = 0.2, 0.5

DRAWS: dict[str, Callable[[Rng, int], Inputs]] = {
    "dfs": _graph(_EVEN, rooted=False, directed=True),
    "topological_sort": _graph(_EVEN, rooted=False, directed=True, acyclic=True),
    "strongly_connected_components": _parted,
    "articulation_points": _graph(_SPARSE, rooted=False),
    "bridges": _graph(_SPARSE, rooted=False),
    "bfs": _graph(_EVEN, rooted=True),
    "mst_kruskal": _graph(_SPARSE, rooted=False, weighted=True),
    "mst_prim": _graph(_EVEN, rooted=True, weighted=True),
    "bellman_ford": _graph(_EVEN, rooted=True, weighted=True),
    "dijkstra": _graph(_EVEN, rooted=True, weighted=True),
    "dag_shortest_paths": _graph(_EVEN, rooted=True, directed=True, acyclic=True, weighted=True),
    "floyd_warshall": _graph(_EVEN, rooted=False, weighted=True),
}


def draw(algorithm: str, size: int, rng: Rng, decimals: int | None) -> Inputs:
    """The inputs of one random example, as `run` takes them."""
    return {name: cut(value, decimals) for name, value in DRAWS[algorithm](rng, size).items()}
