"""The reasoner by itself: questions of CLRS-Text in, its decoded outputs as text out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from adapters.nar.batch import UNKNOWN, begun, collate
from adapters.nar.features import hard
from adapters.nar.files import load_nar
from adapters.nar.model import NAR
from adapters.nar.steps import most_steps
from graphs.clrs.example import Example, run
from graphs.clrs.recorder import Array
from graphs.clrs.text import outputs, read_question, to_text
from graphs.errors import BadArgument

SHIPPED = Path(__file__).with_name("weights")
AT_ONCE = 16  # questions of one algorithm in a batch


@dataclass
class Reasoner:
    """A trained reasoner that answers in text. It runs for as many steps as it chooses, never told the true number."""

    model: NAR

    @classmethod
    def load(cls, folder: Path = SHIPPED) -> Reasoner:
        """The reasoner of a folder that `konigsberg train nar` wrote; the shipped one if none is named.

        Raises:
            StorageError: the folder holds none, or a damaged one.
        """
        return cls(load_nar(folder))

    @torch.no_grad()
    def answer(self, questions: Sequence[str]) -> list[str]:
        """The answers, in the benchmark's format; the questions may be of different algorithms.

        Raises:
            ParseError: a text is no question of CLRS-Text.
            BadArgument: an algorithm that it was not trained on, or a trace that is asked for.
        """
        found = [""] * len(questions)
        waiting: dict[str, list[tuple[int, Example]]] = {}
        for place, text in enumerate(questions):
            question = read_question(text)
            if question.algorithm not in self.model.config.algorithms:
                known = ", ".join(self.model.config.algorithms)
                raise BadArgument(f"this reasoner was trained on {known}; not on {question.algorithm}")
            if question.trace:
                raise BadArgument("the reasoner answers without a trace; leave initial_trace and `trace |` out")
            example = begun(run(question.algorithm, **question.inputs))
            waiting.setdefault(question.algorithm, []).append((place, example))
        for same in waiting.values():
            for start in range(0, len(same), AT_ONCE):
                places, examples = zip(*same[start : start + AT_ONCE], strict=True)
                for place, text in zip(places, self._texts(examples), strict=True):
                    found[place] = text
        return found

    def _texts(self, examples: Sequence[Example]) -> list[str]:
        """The answers to examples of one algorithm."""
        batch = collate(examples)
        steps = most_steps(batch.algorithm, batch.is_node.shape[1])
        told = self.model(batch, most_steps=steps).outputs
        said = {f.name: hard(told[f.name], f) for f in outputs(batch.algorithm)}
        return [
            to_text(replace(example, outputs={name: _row(name, value[i], example) for name, value in said.items()}))[1]
            for i, example in enumerate(examples)
        ]


def _row(name: str, value: Tensor, example: Example) -> Array:
    """One example's output, its padding cut off."""
    n = example.num_nodes
    row: Array = (value[:n, :n] if value.dim() == 2 else value[:n]).to(torch.int64).numpy()
    if example.algorithm == "bridges" and name == "is_bridge":  # nothing is said of pairs that no edge joins
        row = np.where(example.inputs["adj"] == 0, UNKNOWN, row)
    return row
