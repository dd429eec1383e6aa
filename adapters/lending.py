"""Give the layers of a model something for a while."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from torch import nn


@contextmanager
def lent(layers: Sequence[nn.Module], name: str, value: Any) -> Iterator[None]:
    """Set the attribute `name` of every layer inside the block, and what it was before afterwards."""
    before = [getattr(layer, name) for layer in layers]
    for layer in layers:
        setattr(layer, name, value)
    try:
        yield
    finally:
        for layer, old in zip(layers, before, strict=True):
            setattr(layer, name, old)
