"""Positions of tokens that generalise to texts of other lengths.

Randomised: a model that has seen all positions in training meets no new ones in longer texts (Ruoss et al. 2023,
arXiv 2305.16843; TransNAR uses them in all its runs). Anchored: they count from where the answer begins, so that the
i-th token of an answer has the same position after a question of any length.
"""

from __future__ import annotations

import torch
from torch import Tensor

from graphs.errors import BadArgument


def random_positions(batch: int, length: int, most: int, generator: torch.Generator) -> Tensor:
    """Positions [batch, length], each row in rising order, of the numbers below `most`.

    Raises:
        BadArgument: the text is longer than `most`.
    """
    if length > most:
        raise BadArgument(f"a text of {length} tokens has no {length} different positions below {most}")
    drawn = torch.rand(batch, most, generator=generator).topk(length, dim=-1).indices
    return drawn.sort(dim=-1).values


def anchored_positions(asked: Tensor, length: int, anchor: int, padded: int = 0) -> Tensor:
    """Positions [batch, length], of which the answers' begin with `anchor`; those before 0 are 0.

    asked: [batch], the number of tokens before each answer, without those of padding; padded: on the left, up to this
    width, else (0) on the right.

    Raises:
        BadArgument: a question is longer than `anchor`, or the text goes beyond twice that.
    """
    longest = int(asked.max())
    if longest > anchor or length - (padded or int(asked.min())) > anchor:
        raise BadArgument(
            f"a text of {longest} and {length - longest} tokens is too long for positions around {anchor}"
        )
    begins = torch.full_like(asked, padded) if padded else asked
    found = torch.arange(length, device=asked.device)[None] - begins[:, None] + anchor
    return found.clamp(min=0)
