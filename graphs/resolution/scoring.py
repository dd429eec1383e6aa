"""From signs to a probability: logistic models.

`python -m evals.benchmarks.entity_resolution.fit` chooses weights and thresholds.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from graphs.resolution.comparing import OTHER_SIGNS, SAME_SIGNS

Rule = Literal["same", "named", "concepts"]
RULES: tuple[Rule, ...] = ("same", "named", "concepts")
SIGNS = {"same": SAME_SIGNS, "named": OTHER_SIGNS, "concepts": OTHER_SIGNS}
FILE = Path(__file__).parents[1] / "data" / "resolution.json"


def odds(probability: float) -> float:
    """How many times more probable than not; at most 10,000."""
    return probability / (1 - min(probability, 0.9999))


def share(odds: float, rivals: Iterable[float]) -> float:
    """The probability of one possibility among rivals that exclude each other, and none of them, by their odds."""
    return odds / (1 + odds + sum(rivals))


@dataclass(frozen=True)
class Logistic:
    """Log odds = intercept + the weighted sum of the signs."""

    signs: tuple[str, ...]
    intercept: float
    weights: tuple[float, ...]

    @classmethod
    def of(cls, signs: tuple[str, ...], data: Mapping[str, Any]) -> Logistic:
        """The model as `data` has it; a sign without a weight counts nothing."""
        return cls(signs, data["intercept"], tuple(data["weights"].get(sign, 0.0) for sign in signs))

    def probability(self, values: Sequence[float]) -> float:
        """That both are the same thing."""
        log_odds = self.intercept + sum(weight * value for weight, value in zip(self.weights, values, strict=True))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))

    def reasons(self, values: Sequence[float], count: int = 2) -> str:
        """The signs that speak most for it."""
        parts = [(weight * value, sign) for weight, value, sign in zip(self.weights, values, self.signs, strict=True)]
        return ", ".join(sign for part, sign in sorted(parts, reverse=True)[:count] if part > 0)


@dataclass(frozen=True)
class Scoring:
    """The models of one way to look at names (with or without vectors), and their thresholds.

    same: for names of one key. named: for different names of persons, places, works …; concepts: for names of what is
    no such thing, or not known to be. accept: from this probability on two are one, by model. ask: below this they are
    two; between, a judge is asked.
    """

    same: Logistic
    named: Logistic
    concepts: Logistic
    accept: Mapping[Rule, float]
    ask: float

    def model(self, rule: Rule) -> Logistic:
        """The model for a pair of names."""
        found: Logistic = getattr(self, rule)
        return found

    def two(self, rule: Rule, probability: float) -> bool:
        """Whether two must not be one through a third. Two of one name are more likely two only for a reason."""
        return probability < (self.accept[rule] if rule == "same" else self.ask)

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Scoring:
        same, named, concepts = (Logistic.of(SIGNS[rule], data[rule]) for rule in RULES)
        return cls(same, named, concepts, data["accept"], data["ask"])


@cache
def fitted(vectors: bool) -> Scoring:
    """The models that come with the package, for use with or without vectors of names."""
    data = json.loads(FILE.read_text(encoding="utf-8"))
    return Scoring.of(data["with vectors" if vectors else "without vectors"])
