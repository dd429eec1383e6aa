"""What a sentence says by itself, read by rule: made-up sentences, parted by hand."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.growing.sentences import tagged
from agents.growing.sentences.clauses import Clause, clauses

pytest.importorskip("textblob")


@pytest.mark.parametrize(
    ("sentence", "subject", "verb", "goal"),
    [
        ("The heron eats small fish.", "heron", "eats", "small fish"),
        ("In winter, the harbour is closed by thick ice.", "harbour", "is closed by", "thick ice"),
        ("However, potters have used this clay for centuries.", "potters", "have used", "this clay for centuries"),
        ("The glaze, known as celadon, contains iron.", "glaze", "contains", "iron"),
        ("Kilns that burn wood produce ash.", "Kilns", "produce", "ash"),
        ("The lens, which was ground in 1820, bends the light.", "lens", "bends", "the light"),
        ("Sailors study the stars.", "Sailors", "study", "the stars"),
        ("The engine can also power a small pump.", "engine", "can also power", "a small pump"),
        ("The glacier is moving towards the lake.", "glacier", "is moving towards", "the lake"),
        ("The bridge was built in 1890 by Welsh masons.", "bridge", "was built in", "1890 by Welsh masons"),
        ("The orchestra has begun to record an album.", "orchestra", "has begun to record", "an album"),
        ("Moss serves as a pillow for hikers.", "Moss", "serves as", "a pillow for hikers"),
        ("One of the oldest looms is the Jutland frame.", "the Jutland frame", "is one of", "oldest looms"),
        ("The sun had baked the field; the well was dry.", "sun", "had baked", "the field"),
        ("Each island has a lighthouse.", "island", "has", "a lighthouse"),
        ("Spiders eat silk because it is light.", "Spiders", "eat", "silk"),
    ],
)
def test_subject_verb_and_object(sentence: str, subject: str, verb: str, goal: str) -> None:
    assert clauses(sentence) == [Clause(subject, verb, goal)]


def test_joined_clauses_and_verbs() -> None:
    assert clauses("The mill grinds barley, while the press squeezes oil.") == [
        Clause("mill", "grinds", "barley"),
        Clause("press", "squeezes", "oil"),
    ]
    assert clauses("The mill grinds barley and drives the saw.") == [
        Clause("mill", "grinds", "barley"),
        Clause("mill", "drives", "the saw"),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Does the heron eat fish?",
        "The heron does not eat fish.",
        "Herons don't eat grass.",
        "No heron eats grass.",
        "Some herons eat frogs.",  # not of herons in general
        "Few herons have a nest here.",
        "Only the heron eats fish.",
        "If the ice melts, the harbour opens its gates.",
        "The plant dies if the roots lose water.",
        "Without water, the plant loses its leaves.",
        "It eats fish.",
        "They have long legs.",
        "Their legs are long.",
        "There is a heron on the roof.",
        "“The heron eats fish,” says Ida.",
        "The old harbour of Vardø",
        "Houses built in 1900",
        "The heron, I think, eats fish.",
        "The heron eats fish.”",
        "Whenever I’ve met a heron I’ve been scared.",
        "This is a mistake.",
        "",
        "...",
    ],
)
def test_what_is_unsure_denied_or_conditional_is_left_out(sentence: str) -> None:
    assert clauses(sentence) == []


@given(
    st.text(max_size=200)
    | st.lists(st.sampled_from("the a heron fish, eats is that and which was ; of".split())).map(" ".join)
)
def test_any_text_is_read_and_parts_are_its_own_words(text: str) -> None:
    for subject, verb, goal in clauses(text):
        words = verb.removesuffix(" one of").removesuffix(" another")
        assert subject.strip()
        assert all(part in text for part in (subject, words, goal))


def test_nothing_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "textblob.en", None)
    tagged._tagger.cache_clear()
    assert clauses("The heron eats small fish.") == []
    tagged._tagger.cache_clear()
