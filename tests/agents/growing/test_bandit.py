from __future__ import annotations

import json
import random

from agents.growing.next_question.bandit import Bandit


def _pulls(rates: dict[str, float], steps: int, seed: int) -> Bandit:
    """Pull the first arm of each order; an arm brings about its rate of facts for 1,000 tokens."""
    bandit, chance = Bandit.of(rates), random.Random(seed)
    for step in range(steps):
        name = bandit.order(random.Random(f"{seed}/{step}"))[0]
        bandit = bandit.learnt(name, max(0.0, chance.gauss(rates[name] * 2, 1.0)), 2000)
    return bandit


def test_the_best_arm_is_pulled_most_and_none_is_forgotten() -> None:
    for seed in range(5):
        bandit = _pulls({"poor": 1.0, "good": 6.0, "fair": 3.0}, 200, seed)
        pulls = {name: arm.pulls for name, arm in bandit.arms.items()}
        assert pulls["good"] > 140, pulls
        assert min(pulls.values()) >= 1, pulls


def test_the_belief_is_in_facts_for_1000_tokens() -> None:
    """A cheap arm with few facts beats a dear one with more."""
    bandit = Bandit.of(["cheap", "dear"])
    for _ in range(30):
        bandit = bandit.learnt("cheap", 2, 500).learnt("dear", 5, 4000)
    assert bandit.arms["cheap"].expected > 2 * bandit.arms["dear"].expected


def test_an_arm_whose_yield_falls_is_left() -> None:
    bandit = Bandit.of(["was good", "steady"])
    for _ in range(40):
        bandit = bandit.learnt("was good", 10, 1000).learnt("steady", 3, 1000)
    for _ in range(60):
        bandit = bandit.learnt("was good", 0, 1000)
    assert bandit.arms["was good"].expected < bandit.arms["steady"].expected


def test_the_same_seed_gives_the_same_order_and_json_keeps_everything() -> None:
    bandit = _pulls({"a": 1.0, "b": 2.0}, 20, 3)
    again = Bandit.from_json(json.loads(json.dumps(bandit.as_json())), ["a", "b"])
    assert again == bandit
    assert bandit.order(random.Random("x")) == again.order(random.Random("x"))


def test_a_strategy_that_is_new_in_this_version_is_an_arm_and_one_that_is_gone_is_none() -> None:
    bandit = Bandit.from_json({"old": [3, 1.0, 2.0], "gone": [1, 1.0, 1.0]}, ["old", "new"])
    assert sorted(bandit.arms) == ["new", "old"]
    assert bandit.arms["old"].pulls == 3


def test_a_question_without_a_strategy_teaches_nothing() -> None:
    bandit = Bandit.of(["a"])
    assert bandit.learnt("seed", 5, 100) is bandit
