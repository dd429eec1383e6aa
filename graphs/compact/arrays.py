"""The arrays that a compact body is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array: TypeAlias = NDArray[Any]
    Ints: TypeAlias = NDArray[np.int32]
    Longs: TypeAlias = NDArray[np.int64]
    Reals: TypeAlias = NDArray[np.float64]
else:
    Array = Ints = Longs = Reals = Any


class Rows(NamedTuple):
    """Adjacency: the arcs of node u are starts[u] … starts[u + 1] - 1, each with its head and its edge's number."""

    starts: Longs
    heads: Ints
    edges: Ints
