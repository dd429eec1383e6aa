"""How long a step of entity resolution takes among many entities: with and without vectors of names."""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Sequence

import numpy as np

from evals.benchmarks.entity_resolution.made_up_names import entities
from graphs.resolution import Embed, Mention, NameIndex, Resolver
from graphs.resolution.records import Vectors

SIZE = 384


def random_vectors(texts: Sequence[str]) -> Vectors:
    """Unit vectors of the size of MiniLM's, in its place: what the model itself takes is another matter."""
    rng = np.random.default_rng(abs(hash(tuple(texts))) % 2**32)
    found = rng.standard_normal((len(texts), SIZE), np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def measure(count: int, steps: int, mentions: int, embed: Embed | None, seed: int) -> None:
    """Fill an index, then resolve steps of mentions, half of them of what is known, a quarter near it."""
    rng = random.Random(seed)
    known = entities(2_000, seed)
    index = NameIndex(embed)
    start = time.perf_counter()
    for id in range(count):
        entity = known[id % len(known)]
        number = "" if id < len(known) else f" {id // len(known)}"
        index.add(id, entity.name + number, description=entity.description)
    if embed is not None:
        index.embed_names()
    filled = time.perf_counter() - start
    resolver = Resolver(index)
    times = []
    for _ in range(steps):
        asked = []
        for place in range(mentions):
            id = rng.randrange(count)
            entity = known[id % len(known)]
            name = entity.name + ("" if id < len(known) else f" {id // len(known)}")
            other = f"{name} {rng.randrange(99)}"
            name = [name, name, other, f"thing {rng.random():.6f}"][place % 4]
            asked.append(Mention(name, description=entity.description if place % 3 else ""))
        start = time.perf_counter()
        resolver.resolve(asked)
        times.append(time.perf_counter() - start)
    print(
        f"{count:,} entities, {'vectors of ' + str(SIZE) if embed else 'no vectors'}: filled in {filled:.1f} s;"
        f" a step of {mentions} mentions: median {statistics.median(times):.3f} s, most {max(times):.3f} s"
    )


def main() -> None:
    """Print both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entities", type=int, default=100_000)
    parser.add_argument("--steps", type=int, default=10)
    parser.add_argument("--mentions", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    for embed in (None, random_vectors):
        measure(options.entities, options.steps, options.mentions, embed, options.seed)


if __name__ == "__main__":
    main()
