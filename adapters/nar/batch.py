"""Examples of one algorithm side by side, whatever their sizes and numbers of steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from graphs.clrs.example import Example
from graphs.clrs.spec import SPECS, Feature
from graphs.errors import BadArgument

UNKNOWN = -1.0  # a truth that is none, as CLRS marks it: masks of what is no edge, and padding


@dataclass(frozen=True)
class Batch:
    """Padded tensors of examples of one algorithm.

    Shapes: node features [batch, num_nodes] (categorical: [..., classes], mask_one: one-hot), edge features
    [batch, num_nodes, num_nodes], graph features [batch]; hints have a leading axis of steps. Pointers are int64, all
    else float32. is_node: [batch, num_nodes]. steps: rounds of message passing of each example, [batch].
    """

    algorithm: str
    inputs: dict[str, Tensor]
    hints: dict[str, Tensor]
    outputs: dict[str, Tensor]
    is_node: Tensor
    steps: Tensor

    def to(self, device: torch.device | str) -> Batch:
        """The same on a device."""

        def moved(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
            return {name: tensor.to(device) for name, tensor in tensors.items()}

        return Batch(
            self.algorithm,
            moved(self.inputs),
            moved(self.hints),
            moved(self.outputs),
            self.is_node.to(device),
            self.steps.to(device),
        )

    def with_random_positions(self, generator: torch.Generator) -> Batch:
        """The same with sorted random numbers as positions, so that a model learns order and not size."""
        old = self.inputs["pos"]
        drawn = torch.rand(old.shape, generator=generator).to(old.device).masked_fill(~self.is_node, 1.0)
        return replace(self, inputs=self.inputs | {"pos": drawn.sort(dim=-1).values * self.is_node})


def collate(examples: Sequence[Example]) -> Batch:
    """The batch of some examples of one algorithm.

    Raises:
        BadArgument: no example, or different algorithms.
    """
    names = {example.algorithm for example in examples}
    if len(names) != 1:
        raise BadArgument(f"a batch holds examples of one algorithm, not of {sorted(names) or 'none'}")
    (algorithm,) = names
    sizes = [example.num_nodes for example in examples]
    lengths = [num_hints(example) for example in examples]
    n, most = max(sizes), max(2, *lengths)  # the first hint is given, so there is at least one to predict
    stages: dict[str, dict[str, Tensor]] = {"input": {}, "hint": {}, "output": {}}
    for feature in SPECS[algorithm]:
        rows = [_values(example, feature) for example in examples]
        if feature.stage == "hint":
            rows = [np.concatenate([row, np.repeat(row[-1:], most - len(row), axis=0)]) for row in rows]
        stacked = np.stack([_padded(row, feature, n) for row in rows], axis=1 if feature.stage == "hint" else 0)
        kind = torch.int64 if feature.kind in ("pointer", "permutation") else torch.float32
        stages[feature.stage][feature.name] = torch.as_tensor(stacked).to(kind)
    is_node = torch.arange(n)[None] < torch.tensor(sizes)[:, None]
    steps = torch.tensor([max(1, length - 1) for length in lengths])
    return Batch(algorithm, stages["input"], stages["hint"], stages["output"], is_node, steps)


def num_hints(example: Example) -> int:
    """How many hints the example has; 1 where there are none."""
    return len(next(iter(example.hints.values()))) if example.hints else 1


def _values(example: Example, feature: Feature) -> NDArray[np.float64]:
    stages: dict[str, Mapping[str, NDArray[np.float64]]] = {
        "input": example.inputs,
        "hint": example.hints,
        "output": example.outputs,
    }
    return np.asarray(stages[feature.stage][feature.name])


def _padded(row: NDArray[np.float64], feature: Feature, n: int) -> NDArray[np.float64]:
    """The feature with values for nodes that are not there: as pointers themselves, as masks unknown."""
    axes = {"node": 1, "edge": 2, "graph": 0}[feature.location]
    if axes == 0:
        return row
    first = 1 if feature.stage == "hint" else 0
    more = n - row.shape[first]
    if not more:
        return row
    width = [(first <= axis < first + axes) * more for axis in range(row.ndim)]
    fill = UNKNOWN if feature.kind == "mask" and feature.stage != "input" else 0.0
    padded = np.pad(row, [(0, w) for w in width], constant_values=fill)
    if feature.kind in ("pointer", "permutation") and axes == 1:
        padded[..., n - more :] = np.arange(n - more, n)
    return padded


def begun(example: Example) -> Example:
    """The example with its first hint alone: what is known before the algorithm runs."""
    return replace(example, hints={name: value[:1] for name, value in example.hints.items()})
