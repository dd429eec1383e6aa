"""What the tests of resolution share: scripted vectors and judges, and a scoring with known weights."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from graphs.resolution import Pair
from graphs.resolution.records import Vectors


def hashed_vectors(texts: Sequence[str]) -> Vectors:
    """Unit vectors of character trigrams, by hashing: alike for names that are spelled alike."""
    found = np.zeros((len(texts), 64), np.float32)
    for row, text in enumerate(texts):
        padded = f" {text.casefold()} "
        for i in range(len(padded) - 2):
            digest = hashlib.md5(padded[i : i + 3].encode(errors="replace"), usedforsecurity=False).digest()
            found[row, digest[0] % 64] += 1
    return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)


class ScriptedJudge:
    """Gives the same verdict on every pair, and remembers what it was asked."""

    def __init__(self, verdict: bool | None) -> None:
        self.verdict = verdict
        self.calls: list[list[Pair]] = []

    def __call__(self, pairs: Sequence[Pair]) -> list[bool | None]:
        self.calls.append(list(pairs))
        return [self.verdict] * len(pairs)
