from __future__ import annotations

import numpy as np
import pytest

from agents.growing.next_question.novelty import Asked
from agents.growing.next_question.phrasing import content

REPEATS = (
    ("What makes spider silk tough?", "Why is spider silk so tough?"),
    ("What makes spider silk tough?", "WHAT makes   spider-silk tough"),
    ("How does the toughness of nacre arise?", "How could the toughness of nacre arise?"),
    ("Which factors raise the lifetime of batteries?", "Which factor raises the lifetime of a battery?"),
    ("How does the behaviour of polymers vary?", "How does the behavior of polymers vary?"),
    ("What causes “water layer”, what does it change?", "What is “water layer” built on, and what is built on it?"),
)
NEW = (
    ("What makes spider silk tough?", "What makes nacre tough?"),
    ("What makes spider silk tough?", "How is spider silk spun at low temperature?"),
    ("What causes “water layer”, what does it change?", "What causes “water channel”, what does it change?"),
    ("What do “a” and “b” have in common?", "What do “a” and “c” have in common?"),
)


@pytest.mark.parametrize(("earlier", "later"), REPEATS)
def test_the_same_question_in_other_words_is_a_repeat(earlier: str, later: str) -> None:
    assert Asked([earlier]).repeats(later) == earlier


@pytest.mark.parametrize(("earlier", "later"), NEW)
def test_another_question_in_the_same_words_is_new(earlier: str, later: str) -> None:
    assert Asked([earlier]).repeats(later) is None


def test_all_earlier_questions_count_and_not_only_the_last() -> None:
    asked = Asked(f"What is known of substance{i} and thing{i}?" for i in range(300))
    assert asked.repeats("What do we know of substance17 and thing17?") is not None
    assert asked.repeats("What do we know of substance17 and thing18?") is None
    assert len(asked) == 300


def test_the_same_sense_in_other_words_is_a_repeat_where_vectors_say_so() -> None:
    def embed(texts: object) -> np.ndarray:
        close = {"What keeps bones whole?": 0.05, "How does the skeleton resist fracture?": 0.1, "Is glass old?": 1.5}
        angles = [close[text] for text in texts]  # type: ignore[attr-defined]
        return np.array([[np.cos(angle), np.sin(angle)] for angle in angles], np.float32)

    asked = Asked(["What keeps bones whole?"], embed)
    assert asked.repeats("How does the skeleton resist fracture?") == "What keeps bones whole?"
    assert asked.repeats("Is glass old?") is None
    assert Asked(["What keeps bones whole?"]).repeats("How does the skeleton resist fracture?") is None


def test_words_that_say_nothing_do_not_count() -> None:
    assert content("What is “silk”?") == content("Which parts, conditions and effects make up “silk”?")
