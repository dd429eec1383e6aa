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

LETTERS = 4
_LOWEST_NORM = 1e-3  # keeps the root of a product of two weights away from 0
_FLAT = 1e-12  # three points with a smaller cross product are in a line
_TRIES = 1000


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


def _numbers(low: float = 0.0) -> Callable[[Rng, int], Inputs]:
    return lambda rng, n: {"key": rng.uniform(low, 1.0, size=n)}


def _sorted_numbers(rng: Rng, n: int) -> Inputs:
    key = np.sort(rng.uniform(size=n))
    return {"key": key, "target": rng.uniform()}


def _two_strings(first: Array, second: Array) -> Inputs:
    return {"string": np.repeat([0, 1], [len(first), len(second)]), "key": np.concatenate([first, second])}


def _halves(rng: Rng, n: int) -> Inputs:
    if n < 2:
        raise BadArgument("lcs_length parts its size among two strings; ask for a size of 2 or more")
    return _two_strings(rng.randint(0, LETTERS, size=n - n // 2), rng.randint(0, LETTERS, size=n // 2))


def _text_and_pattern(rng: Rng, n: int) -> Inputs:
    """The pattern is a fifth of all, and stands somewhere in the text."""
    if n < 3:
        raise BadArgument("a string matcher needs a text longer than its pattern; ask for a size of 3 or more")
    m = max(1, n // 5)
    pattern = rng.randint(0, LETTERS, size=m)
    text = rng.randint(0, LETTERS, size=n - m)
    place = rng.choice(n - 2 * m)
    text[place : place + m] = pattern
    return _two_strings(text, pattern)


def _likelihoods(rng: Rng, n: int) -> Inputs:
    both = rng.uniform(size=2 * n + 1)
    both = both / np.sum(both)
    return {"p": np.append(both[:n], 0.0), "q": both[n:]}


def _activities(rng: Rng, n: int) -> Inputs:
    one, other = rng.uniform(size=n), rng.uniform(size=n)
    return {"s": np.minimum(one, other), "f": np.maximum(one, other)}


def _tasks(rng: Rng, n: int) -> Inputs:
    return {"d": rng.randint(0, n, size=n) + 1, "w": rng.uniform(size=n)}


def _two_segments(rng: Rng, _: int) -> Inputs:
    """Every second pair meets, on average."""
    meet = rng.binomial(1, 0.5)
    while True:
        x, y = rng.uniform(size=4), rng.uniform(size=4)
        if _meet(x.tolist(), y.tolist()) == meet:
            return {"x": x, "y": y}


def _meet(x: list[float], y: list[float]) -> bool:
    def left(a: int, b: int, c: int) -> bool:
        return (y[c] - y[a]) * (x[b] - x[a]) > (y[b] - y[a]) * (x[c] - x[a])

    return left(0, 2, 3) != left(1, 2, 3) and left(0, 1, 2) != left(0, 1, 3)


def _disk(rng: Rng, n: int, decimals: int | None) -> Inputs:
    """Points spread evenly over a disk of radius 2, no three in a line once their digits are cut off."""
    for _ in range(_TRIES):
        angle = rng.uniform(0.0, 2.0 * np.pi, size=n)
        radius = 2.0 * np.sqrt(rng.uniform(size=n))
        x, y = (cut(radius * f(angle), decimals) for f in (np.cos, np.sin))
        if not _three_in_line(x, y):
            return {"x": x, "y": y}
    raise BadArgument(f"{n} points with {decimals} decimals always have three in a line; ask for more decimals")


def _three_in_line(x: Array, y: Array) -> bool:
    for i in range(len(x) - 2):
        dx, dy = x[i + 1 :] - x[i], y[i + 1 :] - y[i]
        crosses = np.abs(np.multiply.outer(dx, dy) - np.multiply.outer(dy, dx))
        if (crosses[np.triu_indices(len(dx), k=1)] < _FLAT).any():
            return True
    return False


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
    "insertion_sort": _numbers(),
    "bubble_sort": _numbers(),
    "heapsort": _numbers(),
    "quicksort": _numbers(),
    "quickselect": _numbers(),
    "minimum": _numbers(),
    "matrix_chain_order": lambda rng, n: {"p": rng.uniform(size=n)},
    "binary_search": _sorted_numbers,
    "find_maximum_subarray_kadane": _numbers(-1.0),
    "lcs_length": _halves,
    "optimal_bst": _likelihoods,
    "activity_selector": _activities,
    "task_scheduling": _tasks,
    "naive_string_matcher": _text_and_pattern,
    "kmp_matcher": _text_and_pattern,
    "segments_intersect": _two_segments,
}


def draw(algorithm: str, size: int, rng: Rng, decimals: int | None) -> Inputs:
    """The inputs of one random example, as `run` takes them."""
    hull = algorithm in ("graham_scan", "jarvis_march")
    drawn = _disk(rng, size, decimals) if hull else DRAWS[algorithm](rng, size)
    # Points of a hull are cut twice, as the benchmark does: a second cut can take a unit off the last digit.
    return {name: cut(value, decimals) for name, value in drawn.items()}
