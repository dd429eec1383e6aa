"""A panel of nodes that stays together while the graph grows: distances from it can be compared from step to step."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from graphs.science.simple import Simple


def lots(ids: Sequence[Hashable], seed: int) -> NDArray[np.uint64]:
    """A pseudo-random number for each id that depends on `seed` and the id alone."""
    key = seed.to_bytes(8, "big", signed=True)
    digests = [hashlib.blake2b(repr(i).encode(), digest_size=8, key=key).digest() for i in ids]
    return np.frombuffer(b"".join(digests), dtype=">u8").astype(np.uint64)


def draw(graph: Simple, members: NDArray[np.int64], size: int, seed: int) -> NDArray[np.int64]:
    """The `size` members with the lowest lots, a uniform sample; all of them where they are no more than that.

    A node leaves the panel only when enough new nodes with lower lots have come, so panels of successive steps overlap.
    """
    if len(members) <= size:
        return members
    order = np.argsort(lots([graph.ids[i] for i in members], seed), kind="stable")
    return np.sort(members[order[:size]])
