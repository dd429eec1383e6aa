"""Power-law graphs of any size, written as CSV, the same for the same seed."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def edges(n: int, m: int, seed: int = 0) -> tuple[Any, Any, Any]:
    """Ends and weights (1 to 99) of `m` different edges between `n` nodes, few of them with most."""
    import numpy as np

    rng = np.random.default_rng(seed)
    keys = np.empty(0, np.int64)
    while len(keys) < m:
        count = int((m - len(keys)) * 1.3) + 1000
        one, other = (n * rng.random(count) ** 2.2).astype(np.int64), (n * rng.random(count) ** 1.3).astype(np.int64)
        low, high = np.minimum(one, other), np.maximum(one, other)
        keys = np.unique(np.concatenate([keys, (low * n + high)[low != high]]))
    keys = rng.permutation(keys)[:m]
    name = rng.permutation(n)
    flip = rng.random(m) < 0.5
    low, high = keys // n, keys % n
    source, target = name[np.where(flip, high, low)], name[np.where(flip, low, high)]
    return source, target, rng.integers(1, 100, m)


def table(folder: Path, m: int, seed: int = 0) -> Path:
    """A CSV of `m` edges between a tenth as many nodes; made at the first call."""
    import polars

    path = folder / f"edges-{m}.csv"
    if not path.exists():
        source, target, weight = edges(max(20, m // 10), m, seed)
        partial = path.with_suffix(".part")
        polars.DataFrame({"source": source, "target": target, "weight": weight}).write_csv(partial)
        partial.replace(path)
    return path
