"""Clustering and triangles from a sample of open triples, where counting all would take too long.

Seshadhri, Pinar and Kolda, Triadic measures on graphs: the power of wedge sampling (SDM 2013).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from graphs.compact.arrays import Rows
from tools.answers import Interval, Number
from tools.large.algorithms import sampling
from tools.large.intervals import CONFIDENCE, of_share

WORK = 3e9  # arcs that an exact count may look at
TRIPLES = 200_000
SEED = 0


def closed_triples(degree: Any, rows: Rows, centres: Any, rng: Any) -> int:
    """How many of the random pairs of neighbours of the centres (of degree 2 or more) are joined."""
    one = (rng.random(len(centres)) * degree[centres]).astype(np.int64)
    other = (rng.random(len(centres)) * (degree[centres] - 1)).astype(np.int64)
    other += other >= one
    u, v = rows.heads[rows.starts[centres] + one], rows.heads[rows.starts[centres] + other]
    return int(sampling().joined(rows.starts, rows.heads, u, v))


def dear(rows: Rows) -> bool:
    """Whether counting all triangles would look at more arcs than `WORK`."""
    degree = np.diff(rows.starts).astype(np.float64)
    return float(np.minimum(degree, np.sqrt(max(1, len(rows.heads)))) @ degree) > WORK


def sampled_transitivity(rows: Rows, triples: int = TRIPLES, seed: int = SEED) -> Number:
    """The share of open triples that are closed, from triples drawn alike (Seshadhri, Pinar and Kolda 2013)."""
    degree = np.diff(rows.starts)
    ends = np.cumsum(degree * (degree - 1) // 2)
    if not len(ends) or not ends[-1]:
        return Number(0.0)
    rng = np.random.default_rng(seed)
    centres = np.searchsorted(ends, rng.integers(0, ends[-1], triples), side="right")
    hits = closed_triples(degree, rows, centres, rng)
    return _share(hits, triples, 1.0, f"{triples:,} of {int(ends[-1]):,} pairs of neighbours drawn with seed {seed}")


def sampled_triangles(rows: Rows, triples: int = TRIPLES, seed: int = SEED) -> Number:
    """A third of the closed triples."""
    degree = np.diff(rows.starts)
    wedges = int((degree * (degree - 1) // 2).sum())
    found = sampled_transitivity(rows, triples, seed)
    if found.interval is None:
        return Number(0)
    sample = found.interval.sample.partition(";")[0]
    return _share(found.witness["hits"], triples, wedges / 3, sample, whole=True)


def sampled_clustering(rows: Rows, triples: int = TRIPLES, seed: int = SEED) -> Number:
    """The mean over nodes, from a random pair of neighbours of each of the nodes that are drawn; 0 below degree 2."""
    degree = np.diff(rows.starts)
    rng = np.random.default_rng(seed)
    nodes = rng.integers(0, len(degree), triples)
    hits = closed_triples(degree, rows, nodes[degree[nodes] > 1], rng)
    return _share(hits, triples, 1.0, f"a pair of neighbours of each of {triples:,} nodes drawn with seed {seed}")


def _share(hits: int, trials: int, scale: float, sample: str, *, whole: bool = False) -> Number:
    low, high = of_share(hits, trials)
    sample += "; Clopper and Pearson's interval"
    interval = Interval(low * scale, high * scale, CONFIDENCE, sample)
    value: float = hits / trials * scale
    witness = {"hits": hits, "trials": trials, "scale": scale}
    said = round(value) if whole else value
    return Number(said, witness, exact=False, estimated=True, interval=interval, notes=(sample,))
