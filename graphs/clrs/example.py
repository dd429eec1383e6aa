"""An example of an algorithm at work: its inputs, its outputs and its states on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from graphs.clrs import depth_first, geometry, greedy, kruskal, paths, sampling, searching, sorting, strings, tables
from graphs.clrs.inputs import checked, features, tensors
from graphs.clrs.recorder import Array, Recorder, stack
from graphs.clrs.spec import SPECS
from graphs.errors import BadArgument

_FAMILIES = (depth_first, geometry, greedy, kruskal, paths, searching, sorting, strings, tables)
_RUNS: Mapping[str, Callable[..., dict[str, Any]]] = {
    name: getattr(family, name) for family in _FAMILIES for name in SPECS if hasattr(family, name)
}


@dataclass(frozen=True)
class Example:
    """The tensors of the benchmark, by name.

    scalar: float or int, [n], [n, n] or []. mask: float 0, 1 or -1. mask_one: one-hot [n]. categorical: one-hot in
    a last axis. pointer, permutation: int. hints have a leading axis, one place a step; empty where not wanted.
    """

    algorithm: str
    inputs: Mapping[str, Array]
    outputs: Mapping[str, Array]
    hints: Mapping[str, Array]

    @property
    def num_nodes(self) -> int:
        """How many nodes the tensors are about."""
        return len(self.inputs["pos"])


def run(algorithm: str, *, hints: bool = True, **inputs: Any) -> Example:
    """Run an algorithm on inputs as the text form names them; positions and the edge mask are derived.

    `hints=False` skips the states on the way, which is about twice as fast.

    Raises:
        BadArgument, WrongKind, NegativeCycle: the algorithm is not defined on these inputs.

    >>> run("bfs", s=1, A=[[0, 1, 0], [1, 0, 1], [0, 1, 0]]).outputs["pi"].tolist()
    [1, 1, 1]
    """
    return _run(algorithm, checked(algorithm, inputs), hints)


def sample(
    algorithm: str, size: int, rng: np.random.RandomState, *, decimals: int | None = 3, hints: bool = True
) -> Example:
    """A random example, drawn as the benchmark draws it.

    One `RandomState(seed)` for each algorithm and size gives the benchmark's own series of examples. `decimals`: digits
    kept of the inputs, None for all; CLRS-Text keeps 3. For string algorithms `size` is the length of both strings, for
    optimal_bst the number of keys; segments_intersect has four points whatever it is.

    Raises:
        BadArgument: the size is too small for the algorithm.
    """
    features(algorithm)
    if size < 1:
        raise BadArgument(f"an example needs a size of 1 or more, not {size}")
    return _run(algorithm, sampling.draw(algorithm, size, rng, decimals), hints)


def _run(algorithm: str, values: dict[str, Any], wanted: bool) -> Example:
    inputs = tensors(algorithm, values)
    n = len(inputs["pos"])
    spec = features(algorithm)
    trace = Recorder(spec, n, wanted=wanted)
    found = _RUNS[algorithm](trace, **values)
    outputs = {f.name: stack(f, [found[f.name]], n)[0] for f in spec if f.stage == "output"}
    return Example(algorithm, inputs, outputs, trace.tensors())
