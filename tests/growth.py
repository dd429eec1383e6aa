"""How the time of some work grows with its input: a ratio within one run, never a number of seconds."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

ROUNDS = 6


def assert_no_worse_than_linear(work: Callable[[str], object], small: str, large: str) -> None:
    """Fail if large took more than three times what growth in step with its length allows, in every round.

    Others use the machine too, and that only ever adds to a time: the best of all rounds so far is compared, and one
    round in step is enough. Quadratic work on eight times the text takes 64 times as long in all of them.
    """
    least = {"small": float("inf"), "large": float("inf")}
    for _ in range(ROUNDS):
        for name, text in (("small", small), ("large", large)):
            gc.collect()
            gc.disable()  # a collection takes as long as there are objects of other tests
            try:
                began = time.process_time()
                work(text)
                least[name] = min(least[name], time.process_time() - began)
            finally:
                gc.enable()
        if least["large"] < 3 * len(large) / len(small) * least["small"] + 0.3:
            return
    raise AssertionError(
        f"{len(small)} characters took {least['small']:.3f} s, {len(large)} took {least['large']:.3f} s"
    )
