"""Positions of tokens that generalise to texts of other lengths.

Randomised: a model that has seen all positions in training meets no new ones in longer texts (Ruoss et al. 2023,
arXiv 2305.16843; TransNAR uses them in all its runs). Anchored: they count from where the answer begins, and in a
matrix from where a row begins, so that the i-th token of an answer, or the j-th of its i-th row, has the same position
after a question of any length. In training they are shifted, and the reasoner's numbers of nodes with them (`states`):
a model that could tell by the position that the answer ends would not look at the graph for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

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


SHIFTS = 4  # anchored positions begin at a random one of so many places in training, and at the first afterwards
ROW = 64  # positions of each row of an answer
_ROWS = 48  # of them, counting shifts; later rows share the last position


def most_positions(anchor: int) -> int:
    """How many there are around an anchor."""
    return anchor + ROW * _ROWS


def question_positions(mask: Tensor, anchor: int) -> Tensor:
    """Positions [batch, length] of questions, which end just below `anchor`; those of padding mean nothing.

    Raises:
        BadArgument: a question is longer than that.
    """
    asked = mask.sum(-1, keepdim=True)
    if int(asked.max()) > anchor:
        raise BadArgument(f"a question of {int(asked.max())} tokens is too long for an anchor at {anchor}")
    return (anchor - 1 - asked + mask.cumsum(-1)).clamp(min=0)


@dataclass(frozen=True)
class Marks:
    """Tokens that tell places in an answer: the one that opens a list or a row, and those that go on with a number."""

    opens: int
    parts: Tensor

    @classmethod
    def of(cls, tokenizer: Any) -> Marks:
        """Those of a tokenizer."""
        parts = [number for token, number in tokenizer.get_vocab().items() if token.startswith("##")]
        return cls(tokenizer.convert_tokens_to_ids("["), torch.tensor(sorted(parts), dtype=torch.long))


def answer_places(said: Tensor, marks: Marks) -> Tensor:
    """(row, column) [batch, length, 2] of what follows each token of an answer [batch, length]; a list is row 0."""
    opens = said == marks.opens
    begun = torch.isin(said, marks.parts.to(said.device), invert=True).cumsum(-1)  # numbers and marks so far
    before = torch.where(opens, begun, 0).cummax(-1).values
    return torch.stack([(opens.cumsum(-1) - 2).clamp(min=0), begun - before.clamp(min=1)], dim=-1)


def answer_positions(said: Tensor, marks: Marks, anchor: int, shift: int = 0) -> Tensor:
    """Positions [batch, length] of answers: a list begins at the anchor, the rows of a matrix `ROW` after each other.

    said: [batch, length], the tokens. shift: below `SHIFTS`, of rows and of places in a row.
    """
    opened = (said == marks.opens).cumsum(-1)
    place = torch.arange(said.shape[1], device=said.device).expand_as(said)
    begun = torch.where(said == marks.opens, place, 0).cummax(-1).values
    row = torch.where(opened > 1, opened - 1 + shift, 0)
    return (anchor + shift + ROW * row + place - begun).clamp(max=most_positions(anchor) - 1)
