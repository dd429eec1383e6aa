"""What to ask next: a strategy from the bandit, a place in the whole graph, words of the templates, and no repeat."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from agents.growing.next_question.bandit import Bandit
from agents.growing.next_question.novelty import SAME_WORDS, Asked
from agents.growing.next_question.phrasing import wordings
from agents.growing.next_question.strategies import STRATEGIES, Candidate
from agents.growing.next_question.view import View

SEED = "seed"  # the strategy of the first question, and of aspects of it while the graph has nothing to ask about
_TRIES = 60  # candidates of one strategy that are looked at


@dataclass(frozen=True, slots=True)
class Question:
    """A question and why it is asked.

    focus: the entities that it is about. refused: places before it where every question would have been a repeat.
    similarity: share of content words in common with the nearest earlier question.
    """

    text: str
    strategy: str
    focus: tuple[int, ...] = ()
    refused: int = 0
    similarity: float = 0.0


def next_question(view: View, asked: Asked, bandit: Bandit, rng: random.Random, seed: str = "") -> Question | None:
    """The next question; None when every strategy has only repeats to offer.

    The strategies are tried in the order of the bandit's draws, each at its best places first. seed: the run's first
    question; aspects of it are asked when the graph gives nothing, as after replies that could not be read.
    """
    refused = 0
    for strategy in [*bandit.order(rng), SEED]:
        for candidate in islice(_candidates(strategy, view, rng, seed), _TRIES):
            new = [
                text
                for text in wordings(candidate.form or strategy, candidate.fields, rng)
                if (asked.closeness(text) < SAME_WORDS if strategy == SEED else asked.repeats(text) is None)
            ]
            if new:
                text = min(new, key=asked.closeness)
                return Question(text, strategy, candidate.focus, refused, round(asked.nearest(text)[0], 3))
            refused += 1
    return None


def _candidates(strategy: str, view: View, rng: random.Random, seed: str) -> Iterator[Candidate]:
    if strategy == SEED:
        if seed:
            yield Candidate((), {"seed": seed if seed.endswith(("?", ".", "!")) else f"{seed}."})
        return
    yield from STRATEGIES[strategy](view, rng)
