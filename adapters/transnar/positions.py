"""Randomised positions: a model that has seen all positions in training meets no new ones in longer texts.

Ruoss et al. 2023, arXiv 2305.16843; TransNAR uses them in all its runs.
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
