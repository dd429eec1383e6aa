"""The GIN's states of tokens that generation has passed, kept with transformers' cache and treated alike."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache
from typing import Any, cast

from torch import Tensor


class TokenStates:
    """What every adapter layer has computed of the tokens so far; mixed into the class of a cache.

    Whatever reorders, crops or repeats the keys and values of a cache (beam search, assisted decoding) does the same to
    the states, and a copied cache carries a copy of them.
    """

    token_states: dict[tuple[str, int], Tensor]

    def reset(self) -> None:
        super().reset()  # type: ignore[misc]
        self.token_states.clear()

    def reorder_cache(self, beam_idx: Tensor) -> None:
        super().reorder_cache(beam_idx)  # type: ignore[misc]
        self._select(beam_idx)

    def batch_select_indices(self, indices: Tensor) -> None:
        super().batch_select_indices(indices)  # type: ignore[misc]
        self._select(indices)

    def batch_repeat_interleave(self, repeats: int) -> None:
        super().batch_repeat_interleave(repeats)  # type: ignore[misc]
        for key, states in self.token_states.items():
            self.token_states[key] = states.repeat_interleave(repeats, dim=0)

    def crop(self, *args: Any, **kwargs: Any) -> None:
        super().crop(*args, **kwargs)  # type: ignore[misc]
        for key, states in self.token_states.items():
            length: int = self.get_seq_length(key[1])  # type: ignore[attr-defined]
            self.token_states[key] = states[:, :length]

    def _select(self, indices: Tensor) -> None:
        for key, states in self.token_states.items():
            self.token_states[key] = states.index_select(0, indices.to(states.device))


@cache
def _with_states(kind: Any) -> type:
    return type(kind.__name__, (TokenStates, kind), {})


def states_of(kept: Any) -> dict[tuple[str, int], Tensor]:
    """The token states that `kept`, a cache of transformers, carries from now on; by adapter and layer."""
    if not isinstance(kept, TokenStates):
        kept.__class__ = _with_states(cast(Hashable, type(kept)))
        kept.token_states = {}
    return cast(TokenStates, kept).token_states
