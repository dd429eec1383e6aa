"""Questions and answers of CLRS-Text as tensors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from adapters.transnar.positions import Marks, answer_places, answer_positions, question_positions, random_positions
from adapters.transnar.reasoner import About

IGNORED = -100  # the label of a token that is not the answer's


@dataclass(frozen=True)
class Texts:
    """Questions and their answers as tensors [batch, seq], padded on the right; labels are of the answers alone.

    places: [batch, seq, 2], see `answer_places`; 0 for tokens of questions.
    """

    input_ids: Tensor
    attention_mask: Tensor
    labels: Tensor
    positions: Tensor | None
    places: Tensor


def encode(tokenizer: Any, pairs: Sequence[tuple[str, str]], about: About, seed: int, shift: int = 0) -> Texts:
    """Questions, answers and the end mark as tensors, with positions of the kind that `about` says."""
    rows = []
    for question, answer in pairs:
        asked = tokenizer(question)["input_ids"]
        rows.append((asked, [*tokenizer(answer, add_special_tokens=False)["input_ids"], tokenizer.eos_token_id]))
    width = max(len(asked) + len(said) for asked, said in rows)
    ids = torch.full((len(rows), width), tokenizer.pad_token_id)
    mask, labels = torch.zeros_like(ids), torch.full_like(ids, IGNORED)
    for row, (asked, said) in enumerate(rows):
        whole = torch.tensor([*asked, *said])
        ids[row, : len(whole)], mask[row, : len(whole)] = whole, 1
        labels[row, len(asked) : len(whole)] = whole[len(asked) :]
    positions, places = None, torch.zeros(*ids.shape, 2, dtype=torch.long)
    marks = Marks.of(tokenizer)
    for row, (asked, said) in enumerate(rows):
        places[row, len(asked) : len(asked) + len(said)] = answer_places(torch.tensor([said]), marks)[0]
    if about.anchor:
        positions = question_positions(mask * (labels == IGNORED), about.anchor)
        for row, (asked, said) in enumerate(rows):
            found = answer_positions(torch.tensor([said]), marks, about.anchor, shift)[0]
            positions[row, len(asked) : len(asked) + len(said)] = found
    elif about.random_positions:
        positions = random_positions(len(rows), width, about.random_positions, torch.Generator().manual_seed(seed))
    return Texts(ids, mask, labels, positions, places)
