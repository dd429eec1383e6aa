"""The trained planner as plain numpy: what each step of a question asks for, without torch.

BERT (arXiv 1810.04805) with the heads of `adapters.planner.module`; the same numbers up to the weights' rounding.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from adapters.planner.pieces import Pieces

WEIGHTS = Path(__file__).parent / "weights"
Array = NDArray[Any]  # of float32


@dataclass(frozen=True)
class Heads:
    """What the planner reads in one question of s marks. All are log-probabilities.

    tools [steps, tools + 1]: of each step, the last column: not needed. kinds [kinds]. steps [marks, steps + 1]: the
    step that takes a mark, the last column: none. roles [marks, roles]. picks, compares: as in `pieces`.
    """

    tools: Array
    kinds: Array
    steps: Array
    roles: Array
    picks: Array
    compares: Array


class PlannerReader:
    """A trained planner, read from a folder of weights."""

    def __init__(self, folder: Path = WEIGHTS) -> None:
        """Load the weights of `folder` (about 17 MB, 60 ms)."""
        from safetensors.numpy import load_file

        raw = load_file(folder / "planner.safetensors")
        self.weights: dict[str, Array] = {
            name: value * raw[name + ".scale"] if name + ".scale" in raw else value
            for name, value in raw.items()
            if not name.endswith(".scale")
        }
        about = json.loads((folder / "planner.json").read_text())
        self.roles: tuple[str, ...] = tuple(about["roles"])
        self.tools: tuple[str, ...] = tuple(about["tools"])
        self.pieces = Pieces.read(folder / "pieces.txt")
        self._num_layers = 1 + max(int(n.split(".")[3]) for n in raw if n.startswith("encoder.encoder.layer."))

    @cached_property
    def table(self) -> Array:
        """Unit vectors [tools, size] of the tools it was taught."""
        return self.weights["tools"]

    def describe(self, text: str) -> Array:
        """The unit vector [size] of a tool that it was not taught, from its description."""
        hidden = self._encode(self.pieces.of(text, tool=True)[0])
        return _unit(self._linear("describe", hidden.mean(0)))

    def count(self, text: str) -> int:
        """How many pieces of `text` are read."""
        return len(self.pieces.of(text)[0])

    def read(self, text: str, table: Array | None = None) -> Heads:
        """What `text` asks for; nodes, numbers and unknown names are marks. table: other tools than those taught."""
        ids, places = self.pieces.of(text)
        hidden = self._encode(ids)
        pooled = hidden.mean(0)
        read = self._steps(hidden, pooled)
        steps = _unit(read)
        known = np.concatenate([self.table if table is None else table, self.weights["none"][None]])
        logits = np.exp(self.weights["scale"]) * steps @ known.T
        marked = hidden[places]
        return Heads(
            _log_softmax(logits),
            _log_softmax(self._linear("kind", pooled)),
            _log_softmax(self._linear("mark_step", marked)),
            _log_softmax(self._linear("mark_role", marked)),
            _log_softmax(self._linear("pick", read[0])),
            _log_softmax(self._linear("compare", read[0])),
        )

    def _linear(self, name: str, x: Array) -> Array:
        return x @ self.weights[name + ".weight"].T + self.weights[name + ".bias"]

    def _norm(self, name: str, x: Array, epsilon: float) -> Array:
        x = x - x.mean(-1, keepdims=True)
        x = x / np.sqrt((x * x).mean(-1, keepdims=True) + epsilon)
        return x * self.weights[name + ".weight"] + self.weights[name + ".bias"]

    def _encode(self, ids: Sequence[int]) -> Array:
        """Hidden states [seq, size]."""
        w, base = self.weights, "encoder.embeddings."
        x = w[base + "word_embeddings.weight"][list(ids)] + w[base + "position_embeddings.weight"][: len(ids)]
        x = self._norm(base + "LayerNorm", x + w[base + "token_type_embeddings.weight"][0], 1e-12)
        for number in range(self._num_layers):
            layer = f"encoder.encoder.layer.{number}."
            own = layer + "attention.self."
            q, k, v = (self._linear(own + name, x) for name in ("query", "key", "value"))
            read = self._linear(layer + "attention.output.dense", attend(q, k, v, 12))
            x = self._norm(layer + "attention.output.LayerNorm", x + read, 1e-12)
            wide = _gelu(self._linear(layer + "intermediate.dense", x))
            x = self._norm(layer + "output.LayerNorm", x + self._linear(layer + "output.dense", wide), 1e-12)
        return x

    def _steps(self, hidden: Array, pooled: Array) -> Array:
        w = self.weights
        queries = w["reader.queries"] + pooled
        both, bias = w["reader.attention.in_proj_weight"], w["reader.attention.in_proj_bias"]
        size = queries.shape[-1]
        q = queries @ both[:size].T + bias[:size]
        k = hidden @ both[size : 2 * size].T + bias[size : 2 * size]
        v = hidden @ both[2 * size :].T + bias[2 * size :]
        steps = self._norm("reader.norm", queries + self._linear("reader.attention.out_proj", attend(q, k, v, 6)), 1e-5)
        wide = _gelu(self._linear("reader.widen", steps))
        return self._norm("reader.last", steps + self._linear("reader.narrow", wide), 1e-5)


def attend(q: Array, k: Array, v: Array, num_heads: int) -> Array:
    """Attention of queries [n, size] to keys and values [m, size], by heads; [n, size]."""
    n, size = q.shape

    def heads(x: Array) -> Array:  # [heads, rows, size of a head]
        return x.reshape(len(x), num_heads, size // num_heads).transpose(1, 0, 2)

    scores = heads(q) @ heads(k).transpose(0, 2, 1) / math.sqrt(size // num_heads)
    weights = np.exp(_log_softmax(scores))
    return np.ascontiguousarray((weights @ heads(v)).transpose(1, 0, 2)).reshape(n, size)


def _gelu(x: Array) -> Array:
    from scipy.special import erf

    wide: Array = 0.5 * x * (1.0 + erf(x * math.sqrt(0.5)))
    return wide.astype(np.float32)


def _unit(x: Array) -> Array:
    norm: Array = np.linalg.norm(x, axis=-1, keepdims=True)
    return x / np.maximum(norm, 1e-12)


def _log_softmax(x: Array) -> Array:
    x = x - x.max(-1, keepdims=True)
    total: Array = np.log(np.exp(x).sum(-1, keepdims=True))
    return x - total
