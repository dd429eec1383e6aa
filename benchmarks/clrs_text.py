"""How many CLRS-Text items of the twelve graph algorithms are made and read in a second of processor time.

python -m benchmarks.clrs_text [--reference FOLDER]: FOLDER holds the unpacked dm-clrs 2.0.3 wheel, and what it needs is
installed, JAX and TensorFlow among it; its generator is then timed beside ours. It always computes the hints.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from graphs.clrs import GRAPH_ALGORITHMS, run, sample
from graphs.clrs.text import read_question, to_text

SIZES = (4, 8, 12, 16)
Make = Callable[[str, int, np.random.RandomState], Any]

WAYS: dict[str, Make] = {
    "question and answer": lambda name, size, rng: to_text(sample(name, size, rng, hints=False)),
    "… with trace": lambda name, size, rng: to_text(sample(name, size, rng), trace=True),
    "tensors with hints": lambda name, size, rng: sample(name, size, rng),
    "tensors without": lambda name, size, rng: sample(name, size, rng, hints=False),
}


def rates(make: Make, count: int) -> list[float]:
    """Items a second for each size."""
    found = []
    for size in SIZES:
        began = time.process_time()
        for name in GRAPH_ALGORITHMS:
            rng = np.random.RandomState(3)
            for _ in range(count):
                make(name, size, rng)
        found.append(count * len(GRAPH_ALGORITHMS) / (time.process_time() - began))
    return found


def reading(count: int) -> list[float]:
    """Questions read into input and output tensors in a second, for each size."""
    found = []
    for size in SIZES:
        rng = np.random.RandomState(3)
        texts = [to_text(sample(name, size, rng, hints=False))[0] for name in GRAPH_ALGORITHMS for _ in range(count)]
        began = time.process_time()
        for text in texts:
            name, inputs, _ = read_question(text)
            run(name, hints=False, **inputs)
        found.append(len(texts) / (time.process_time() - began))
    return found


def reference(folder: Path, count: int) -> Iterator[tuple[str, list[float]]]:
    """The official generator, question and answer, without traces and with them."""
    sys.path.insert(0, str(folder))
    from clrs._src import samplers  # type: ignore[import-not-found]
    from clrs._src.clrs_text import clrs_utils  # type: ignore[import-not-found]

    options: dict[str, Any] = {"seed": 3, "num_samples": -1, "track_max_steps": False, "truncate_decimals": 3}
    made = {
        (name, size): samplers.build_sampler(name, length=size, **options)[0]
        for name in GRAPH_ALGORITHMS
        for size in SIZES
    }
    for trace in (False, True):

        def make(name: str, size: int, _: np.random.RandomState, trace: bool = trace) -> Any:
            return clrs_utils.format_clrs_example(name, made[name, size].next(batch_size=1), use_hints=trace)

        yield f"dm-clrs{', with trace' if trace else ''}", rates(make, count)


def main() -> int:
    """Print a table: ways by sizes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=30, help="items of each algorithm and size")
    parser.add_argument("--reference", type=Path, help="folder of the unpacked dm-clrs wheel")
    options = parser.parse_args()
    print(f"{'items a CPU second':24}" + "".join(f"n = {size:<8}" for size in SIZES))
    rows = [(name, rates(make, options.count)) for name, make in WAYS.items()]
    rows.append(("read and solved", reading(options.count)))
    if options.reference is not None:
        rows += reference(options.reference, options.count)
    for name, figures in rows:
        print(f"{name:24}" + "".join(f"{figure:<12.0f}" for figure in figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
