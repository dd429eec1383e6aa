"""Scores of a reasoner on fresh examples of each algorithm, by size: `python -m benchmarks.nar_scores [--nar DIR]`.

Node accuracy as CLRS counts it (arXiv 2205.15659): the share of right pointers, the F1 of masks, mean over outputs; the
number of steps is the true one. The published figures are a Triplet-GMPNN's trained for one algorithm alone on up to 16
nodes and tested on 64 (Ibarz et al., arXiv 2209.11142), a mean of 76.0 over these twelve.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch

from adapters.nar.answers import SHIPPED
from adapters.nar.batch import collate
from adapters.nar.files import load_nar
from adapters.nar.train import evaluate
from graphs.clrs.example import sample


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--nar", type=Path, default=SHIPPED, metavar="DIR")
    parser.add_argument("--sizes", default="8,16,32,64")
    parser.add_argument("--examples", type=int, default=32, help="of each algorithm and size")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    model = load_nar(options.nar)
    torch.set_num_threads(1)
    sizes = [int(size) for size in options.sizes.split(",")]
    rows: dict[str, dict[int, float]] = {}
    for name in model.config.algorithms:
        rows[name] = {}
        for size in sizes:
            began = time.process_time()
            rows[name][size] = _score(model, name, size, options.examples, options.seed)
            print(
                f"{name:32} n = {size:3}: {rows[name][size]:.3f}  ({time.process_time() - began:.1f} CPU s)", flush=True
            )
    means = {size: float(np.mean([row[size] for row in rows.values()])) for size in sizes}
    print("mean", "  ".join(f"n = {size}: {mean:.3f}" for size, mean in means.items()))
    if options.json:
        print(json.dumps({"scores": rows, "means": means, "examples": options.examples, "seed": options.seed}))


def _score(model: torch.nn.Module, name: str, size: int, count: int, seed: int) -> float:
    """The mean over the outputs, and over batches that fit into memory."""
    rng = np.random.RandomState([seed, size])
    at_once = max(1, min(count, 4096 // size**2 or 1))
    found = []
    while len(found) * at_once < count:
        batch = collate([sample(name, size, rng) for _ in range(at_once)])
        found.append(float(np.mean(list(evaluate(model, [batch])[name].values()))))  # type: ignore[arg-type]
    return float(np.mean(found))


if __name__ == "__main__":
    main()
