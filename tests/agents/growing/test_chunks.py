"""Documents are cut without losing a word."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.growing.sources.chunks import chunks, sentences
from graphs.errors import BadArgument
from tests.growth import assert_no_worse_than_linear

PARAGRAPHS = "\n\n".join(f"Sentence {n} is short. It has a second part! Does it have a third?" for n in range(20))


@settings(deadline=None)
@given(st.text(alphabet="ab.!? \n\t”—", max_size=300), st.integers(1, 12))
def test_no_word_is_lost_and_no_chunk_too_long(text: str, words: int) -> None:
    made = chunks(text, words)
    assert " ".join(chunk.text for chunk in made).split() == text.split()
    assert all(text[chunk.start : chunk.end] == chunk.text for chunk in made)
    assert all(0 < len(chunk.text.split()) <= words for chunk in made)
    assert all(one.end <= other.start for one, other in zip(made, made[1:], strict=False))


def test_chunks_end_at_paragraphs_and_are_full() -> None:
    made = chunks(PARAGRAPHS, 60)
    assert all(chunk.text.startswith("Sentence") for chunk in made)
    assert all(len(chunk.text.split()) >= 45 for chunk in made[:-1])


def test_a_long_paragraph_is_cut_at_sentences() -> None:
    text = " ".join(f"This is sentence number {n} of a long paragraph." for n in range(30))
    assert all(chunk.text.endswith("paragraph.") for chunk in chunks(text, 40))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Dr. Oz met Mr. Gale. They spoke.", ["Dr. Oz met Mr. Gale.", "They spoke."]),
        ("It is 3.5 m, e.g. a rope. Yes.", ["It is 3.5 m, e.g. a rope.", "Yes."]),
        ("“Come!” he said.", ["“Come!”", "he said."]),
        ("A title\n\nA text", ["A title", "A text"]),
        ("Items:\n- one\n- two", ["Items:", "- one", "- two"]),
        ("", []),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == parts


def test_nonsense_is_refused() -> None:
    with pytest.raises(BadArgument):
        chunks("text", 0)


@pytest.mark.parametrize("unit", ["a ", "x", "a. ", "\n \n", "."])
def test_long_texts_take_linear_time(unit: str) -> None:
    assert_no_worse_than_linear(chunks, unit * 12_000, unit * 96_000)
