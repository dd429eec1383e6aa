"""Which strategy asks the next question: the one that is likeliest to bring the most checked facts for its tokens."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

PRIOR_FACTS, PRIOR_TOKENS = 1.0, 0.5  # a new arm is believed to bring 2 facts per 1,000 tokens, on half a call's word
MEMORY = 0.97  # what an arm's record keeps from one step to the next: yields change while the graph grows


@dataclass(frozen=True, slots=True)
class Arm:
    """A strategy's record. pulls: its steps so far. facts, tokens (thousands): what they brought and cost, faded."""

    pulls: int = 0
    facts: float = 0.0
    tokens: float = 0.0

    @property
    def expected(self) -> float:
        """The mean of the belief, in facts per 1,000 tokens."""
        return (PRIOR_FACTS + self.facts) / (PRIOR_TOKENS + self.tokens)


@dataclass(frozen=True, slots=True)
class Bandit:
    """Thompson sampling on rates (Thompson 1933; Russo et al., arXiv 1707.02038, section 3).

    The facts of a step are taken as Poisson with mean rate x tokens, so the belief in an arm's rate is a gamma
    distribution, shape `PRIOR_FACTS` + facts and rate `PRIOR_TOKENS` + tokens. Old steps fade (`MEMORY`).

    >>> bandit = Bandit.of(["frontier", "bridge"]).learnt("bridge", facts=9, tokens=1000)
    >>> round(bandit.arms["bridge"].expected, 2), bandit.arms["frontier"].expected
    (6.67, 2.0)
    """

    arms: Mapping[str, Arm] = field(default_factory=dict)

    @classmethod
    def of(cls, names: Iterable[str]) -> Bandit:
        return cls({name: Arm() for name in names})

    def order(self, rng: random.Random) -> list[str]:
        """All arms, the one to pull first in front: sorted by one draw from the belief in each."""
        draws = {
            name: rng.gammavariate(PRIOR_FACTS + arm.facts, 1 / (PRIOR_TOKENS + arm.tokens))
            for name, arm in sorted(self.arms.items())
        }
        return sorted(draws, key=lambda name: (-draws[name], name))

    def learnt(self, name: str, facts: float, tokens: int) -> Bandit:
        """The bandit after a step of the arm `name`. facts: verified new ones. Names without an arm teach nothing."""
        if name not in self.arms:
            return self
        faded = {
            other: replace(arm, facts=arm.facts * MEMORY, tokens=arm.tokens * MEMORY)
            for other, arm in self.arms.items()
        }
        arm = faded[name]
        faded[name] = Arm(arm.pulls + 1, arm.facts + max(0.0, facts), arm.tokens + max(tokens, 1) / 1000)
        return Bandit(faded)

    def as_json(self) -> dict[str, Any]:
        return {name: [arm.pulls, arm.facts, arm.tokens] for name, arm in self.arms.items()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any], names: Iterable[str]) -> Bandit:
        """names: the arms there are now; one that the data does not know is new."""
        return cls({name: Arm(*data[name]) if name in data else Arm() for name in names})
