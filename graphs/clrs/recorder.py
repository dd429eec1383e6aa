"""Keeping the state of a running algorithm after each step, and turning what was kept into tensors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphs.clrs.spec import Feature

Array = NDArray[Any]


class Recorder:
    """What an algorithm tells of its steps.

    State that an algorithm changes in place (lists, arrays) is named once with `watch`; `note` keeps a copy of it,
    and the numbers that it is given, as one step. A node's place among the nodes stands for a `mask_one`, a class's
    number for a `categorical`. With no hints wanted, `note` does nothing.
    """

    def __init__(self, features: Sequence[Feature], num_nodes: int, *, wanted: bool = True) -> None:
        self._hints = tuple(f for f in features if f.stage == "hint")
        self._num_nodes = num_nodes
        self._copies: dict[str, Callable[[], Any]] = {}
        self._fixed: dict[str, Any] = {}
        self._steps: list[dict[str, Any]] = []
        self.wanted = wanted

    def watch(self, **state: Any) -> None:
        """Copy these at each `note` from now on; a name again replaces what stood for it."""
        self._copies.update({name: value.copy for name, value in state.items()})

    def derive(self, **state: Callable[[], Any]) -> None:
        """Call these at each `note` for what is to be kept."""
        self._copies.update(state)

    def fix(self, **state: Any) -> None:
        """What is the same at every step."""
        self._fixed.update(state)

    def note(self, **numbers: Any) -> None:
        """Keep the state as it is now as the next step."""
        if self.wanted:
            for name, copy in self._copies.items():
                numbers[name] = copy()
            self._steps.append(numbers)

    def tensors(self) -> dict[str, Array]:
        """The steps, stacked along a leading axis: one tensor a hint."""
        if not self.wanted:
            return {}
        return {f.name: self._over_time(f) for f in self._hints}

    def _over_time(self, feature: Feature) -> Array:
        name = feature.name
        if name in self._fixed:
            return np.repeat(stack(feature, [self._fixed[name]], self._num_nodes), len(self._steps), axis=0)
        if not self._steps:
            one = 0 if feature.kind == "mask_one" or feature.location == "graph" else np.zeros(self._num_nodes)
            return stack(feature, [one], self._num_nodes)[:0]
        return stack(feature, [step[name] for step in self._steps], self._num_nodes)


def stack(feature: Feature, values: Sequence[Any], num_nodes: int) -> Array:
    """The tensor [len(values), ...] of a feature from its values in the recorder's short form."""
    if feature.kind == "mask_one":
        return _one_hot(np.array(values, dtype=np.int64), num_nodes)
    if feature.kind == "categorical":
        return _one_hot(np.array(values, dtype=np.int64), feature.classes)
    dtype = np.int64 if feature.kind in ("pointer", "permutation") else np.float64
    return np.array(values, dtype=dtype)


def _one_hot(numbers: NDArray[np.int64], classes: int) -> NDArray[np.float64]:
    """One-hot vectors in a new last axis; a negative number -c-1 sets -1 in place c, the mark of what is undefined."""
    undefined = numbers < 0
    if not undefined.any():
        return _identity(classes)[numbers]
    hot = _identity(classes)[np.where(undefined, -numbers - 1, numbers)]
    hot[undefined] *= -1
    return hot + 0.0  # no zero below 0


@lru_cache(maxsize=64)
def _identity(classes: int) -> NDArray[np.float64]:
    return np.eye(classes)
