"""Facts as lines: whole ones are read as written, clauses are parted after their verb, nothing raises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.growing.replies.lines import parted, read_lines, shortened, stated

WORDS = st.lists(st.sampled_from("salt rye Ø bread-bin of a1".split()), min_size=1, max_size=4).map(" ".join)
VERBS = st.sampled_from(["bakes", "is in", "has been"])
ROWS = st.lists(st.tuples(st.integers(1, 999), WORDS, VERBS, WORDS), min_size=1, max_size=9)


@given(ROWS, st.sampled_from(["", "["]))
def test_whole_lines_are_read_as_they_were_written(rows: list[tuple[int, str, str, str]], mark: str) -> None:
    closing = "]" if mark else ""
    text = "\n".join(f"{mark}{number}{closing} | {a} | {b} | {c}" for number, a, b, c in rows)
    found = read_lines(text)
    assert found is not None
    assert found.facts == [{"source": a, "relation": b, "target": c, "sentence": number} for number, a, b, c in rows]
    assert not found.left
    assert not +found.repairs


@given(st.text(st.sampled_from("ab1 |\n-,*[]"), max_size=200))
def test_no_text_raises_and_every_line_with_a_bar_is_a_fact_or_left_with_a_reason(text: str) -> None:
    found = read_lines(text)
    lines = [line for line in text.splitlines() if "|" in line]
    if found is None:
        assert all(set(line) <= set("|- *[],1ab") for line in lines)
    else:
        assert 1 <= len(found.facts) + len(found.left) <= len(lines)


def test_a_table_is_read_without_its_head() -> None:
    found = read_lines("So:\n| number | subject | relation | object |\n|---|---|---|---|\n| 2 | Ade | was | sailor |")
    assert found is not None
    assert found.facts == [{"source": "Ade", "relation": "was", "target": "sailor", "sentence": 2}]


def test_lines_without_numbers_and_prose() -> None:
    assert read_lines("There are no facts in this text.") is None
    found = read_lines("Ade | was | sailor")
    assert found is not None
    assert found.facts == [{"source": "Ade", "relation": "was", "target": "sailor"}]


@pytest.mark.parametrize(
    ("clause", "verb", "rest"),
    [
        ("are voracious eaters", "are", "voracious eaters"),
        ("is an egg", "is", "an egg"),
        ("is often laid on the underside of leaves", "is often laid on", "the underside of leaves"),
        ("can be traced back to ancient times", "can be traced", "back to ancient times"),
        ("will provide food for the larvae", "will provide", "food for the larvae"),
        ("shed their skin several times", "shed", "their skin several times"),
        ("depends on the weather", "depends on", "the weather"),
    ],
)
def test_a_clause_is_parted_after_its_verb(clause: str, verb: str, rest: str) -> None:
    assert parted(clause) == (verb, rest)


@pytest.mark.parametrize("clause", ["", "sleeps", "the couple hears a noise", "in winter it snows", "eggs, or larvae"])
def test_a_clause_that_does_not_begin_with_a_verb_is_not_parted(clause: str) -> None:
    assert parted(clause) is None


@given(st.text(max_size=200))
def test_a_phrase_is_only_ever_cut_at_its_end(phrase: str) -> None:
    short = shortened(phrase)
    assert phrase.strip().startswith(short)
    assert short == phrase.strip().rstrip(".") or len(short) <= 40


@pytest.mark.parametrize(
    ("sentence", "fact"),
    [
        ("the old tales of the coast are told by sailors", ("old tales of the coast", "are told by", "sailors")),
        ("When it rains, the eggs can be white", ("eggs", "can be", "white")),
        ("bread that is old has mould on its crust", ("bread that is old", "has", "mould on its crust")),
        ("they are white", None),
        ("Salt, water and flour", None),
    ],
)
def test_a_copied_sentence_is_parted_at_its_auxiliary(sentence: str, fact: tuple[str, str, str] | None) -> None:
    assert stated(sentence) == fact
    found = read_lines(f"7 | {sentence}")
    assert found is not None
    assert [(f["source"], f["relation"], f["target"]) for f in found.facts] == ([fact] if fact else [])


def test_a_clause_that_is_written_twice_is_parted() -> None:
    found = read_lines("3 | eggs | vary in size | eggs vary in size\n4 | worms | shed their skin | shed their skin")
    assert found is not None
    assert [(fact["relation"], fact["target"]) for fact in found.facts] == [("vary in", "size"), ("shed", "their skin")]
    assert found.repairs["clause_repeated"] == 2


def test_a_long_phrase_ends_where_another_clause_begins() -> None:
    long = "a young couple parked in a secluded area when they hear a news report about an escaped criminal"
    assert shortened(long) == "a young couple parked in a secluded area"
