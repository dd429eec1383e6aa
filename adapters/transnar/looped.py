"""Decoder blocks that run several times over a text, with the same weights each time.

Looped transformers (Giannou et al. 2023, arXiv 2301.13196), with what goes in added anew each time and as many rounds
as the problem is large (Fan et al. 2024, arXiv 2409.15647).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from torch import Tensor, nn

from adapters.transnar.model import blocks_of


def rounds(num_nodes: int, loops: int) -> int:
    """How often the blocks run on a graph: once for every `loops` nodes, rounded up; once where `loops` is 0.

    >>> [rounds(n, 4) for n in (1, 4, 5, 12)], rounds(12, 0)
    ([1, 1, 2, 3], 1)
    """
    return max(1, -(-num_nodes // loops)) if loops else 1


class _Entry:
    """What the first block was given in the first round."""

    hidden: Tensor | None = None


class _Round(nn.Module):
    """A block in one of the rounds: its attention keeps keys and values apart from those of the other rounds."""

    def __init__(self, block: nn.Module, offset: int, entry: _Entry | None) -> None:
        super().__init__()
        self.block, self.offset, self.entry = block, offset, entry
        self._counted = [module for module in block.modules() if isinstance(getattr(module, "layer_idx", None), int)]

    def __getattr__(self, name: str) -> Any:
        """What the model asks its block, such as the kind of its attention, the block answers."""
        try:
            return super().__getattr__(name)
        except AttributeError:
            return getattr(super().__getattr__("block"), name)

    def forward(self, hidden: Tensor, *args: Any, **kwargs: Any) -> Any:
        """As the block; the first of a later round hears what went into the first round, too."""
        if self.entry is not None and self.offset == 0:
            self.entry.hidden = hidden
        elif self.entry is not None:
            assert self.entry.hidden is not None
            hidden = hidden + self.entry.hidden
        places: list[Any] = self._counted
        for module in places:
            module.layer_idx += self.offset
        try:
            return self.block(hidden, *args, **kwargs)
        finally:
            for module in places:
                module.layer_idx -= self.offset


@contextmanager
def looped(model: Any, times: int) -> Iterator[None]:
    """Run the blocks of a causal language model `times` times inside the block; all its attention must be of one kind.

    Not for a forward whose backward follows outside with checkpointed activations: those are computed anew by then.
    """
    if times == 1:
        yield
        return
    name, blocks = blocks_of(model)
    parent = model.get_submodule(name.rpartition(".")[0])
    entry = _Entry()
    stack = [
        _Round(block, turn * len(blocks), entry if place == 0 else None)
        for turn in range(times)
        for place, block in enumerate(blocks)
    ]
    before = parent.config.num_hidden_layers
    setattr(parent, name.rpartition(".")[2], nn.ModuleList(stack))
    parent.config.num_hidden_layers = before * times
    try:
        yield
    finally:
        setattr(parent, name.rpartition(".")[2], blocks)
        parent.config.num_hidden_layers = before
