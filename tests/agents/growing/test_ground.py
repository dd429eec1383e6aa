"""Triples are looked up in the text, without a model."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.growing.grounding.ground import find_quote, ground, mentions
from agents.growing.replies.proposal import Triple

TEXT = """The Lighthouse

Old Tom Barrow kept the lighthouse at Cape Fenn for thirty years. He lived there with his
daughter Ida, who painted ships.  There was no doctor on the cape, and Ida didn’t like
the mainland. Not only storms but also fog endangered the fishing boats.

Old Tom Barrow and Ida, who was a painter, left.
In 1911 the lamp – a gift of the harbour board – was replaced by an electric light."""


def triple(source: str, verb: str, target: str, quote: str | None = None) -> Triple:
    return Triple(source, verb, target, quote=quote)


@pytest.mark.parametrize(
    ("quote", "words", "how"),
    [
        ("kept the lighthouse at Cape Fenn", "kept the lighthouse at Cape Fenn", "exact"),
        ("“kept the lighthouse”", "kept the lighthouse", "exact"),
        ("He lived there with his daughter Ida", "He lived there with his\ndaughter Ida", "aligned"),
        ("KEPT THE LIGHTHOUSE AT CAPE FENN!", "kept the lighthouse at Cape Fenn", "aligned"),
        ("the lamp, a gift of the harbour board,", "the lamp – a gift of the harbour board", "aligned"),
        ("Ida didn't like the mainland", "Ida didn’t like\nthe mainland", "aligned"),
        ("Old Tom Barrow kept a lighthouse at Cape Fenn", "Old Tom Barrow kept the lighthouse at Cape Fenn", "aligned"),
    ],
)
def test_quotes_are_found_with_tolerance(quote: str, words: str, how: str) -> None:
    found = find_quote(quote, TEXT)
    assert found is not None
    assert (TEXT[found[0] : found[1]], found[2]) == (words, how)


@pytest.mark.parametrize("quote", ["", "x", "Ida", "kept the windmill", "the fog sank the lighthouse in 1911", "…"])
def test_quotes_that_are_not_there_are_not_found(quote: str) -> None:
    found = find_quote(quote, TEXT)
    assert found is None or TEXT[found[0] : found[1]] == quote


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (
            triple("Tom Barrow", "kept", "lighthouse", "Old Tom Barrow kept the lighthouse"),
            "Old Tom Barrow kept the lighthouse",
        ),
        (triple("Ida", "paints", "ships", "who painted ships"), "who painted ships"),
        (
            triple("Tom Barrow", "lived with", "Ida", "He lived there with his daughter Ida"),
            "He lived there with his\ndaughter Ida",
        ),
        (
            triple("fog", "endangers", "fishing boat", "fog endangered the fishing boats"),
            "fog endangered the fishing boats",
        ),
        (
            triple(
                "storms", "endangered", "fishing boats", "Not only storms but also fog endangered the fishing boats"
            ),
            "Not only storms but also fog endangered the fishing boats",
        ),
        (triple("electric light", "replaced", "lamp", TEXT[TEXT.index("In 1911") :]), TEXT[TEXT.index("In 1911") :]),
        (triple("Ida", "does not like", "mainland", "Ida didn't like the mainland"), "Ida didn’t like\nthe mainland"),
    ],
)
def test_what_the_text_says_has_a_span(fact: Triple, words: str) -> None:
    span = ground(fact, TEXT)
    assert span is not None
    assert TEXT[span.start : span.end] == words


@pytest.mark.parametrize(
    "fact",
    [
        triple("Tom Barrow", "kept", "windmill", "Old Tom Barrow kept the lighthouse"),
        triple("Captain Ahab", "kept", "lighthouse", "Old Tom Barrow kept the lighthouse"),
        triple("cape", "had", "doctor", "There was no doctor on the cape"),
        triple("Ida", "likes", "mainland", "Ida didn’t like\nthe mainland"),
        triple("Tom Barrow", "founded", "harbour board", "Old Tom Barrow founded the harbour board"),
        triple("electric light", "painted", "ships"),
        triple("Tom Barrow", "is", "painter", "Old Tom Barrow and Ida, who was a painter"),
        triple("Cape Fenn", "kept", "Tom Barrow", "Old Tom Barrow had the lighthouse at Cape Fenn"),
        triple(
            "lamp",
            "replaced",
            "electric light",
            "the lamp – a gift of the harbour board – was replaced by an electric light",
        ),
        triple("lighthouse", "is", "Tom Barrow", "Old Tom Barrow kept the lighthouse"),
        triple("Tom Barrow", "is", "lighthouse", "Old Tom Barrow kept the lighthouse"),
        triple("Tom Barrow", "has", "lighthouse", "Old Tom Barrow kept the lighthouse"),
        triple("lighthouse", "is at", "Tom Barrow", "Old Tom Barrow kept the lighthouse at Cape Fenn"),
        triple("lamp", "was by", "harbour board", TEXT[TEXT.index("In 1911") :]),
        triple("Ida", "was", "mainland", "She saw the mainland"),
        triple("", "is", ""),
    ],
)
def test_what_the_text_does_not_say_has_none(fact: Triple) -> None:
    assert ground(fact, TEXT) is None


def test_a_sentence_that_says_it_is_found_without_a_quote() -> None:
    span = ground(triple("Tom Barrow", "kept", "Cape Fenn", "words that nobody wrote down here"), TEXT)
    assert span is not None
    assert span.how == "sentence"
    assert TEXT[span.start : span.end].startswith("Old Tom Barrow kept")


def test_aliases_count_as_names() -> None:
    fact = triple("T. B.", "kept", "lighthouse", "Old Tom Barrow kept the lighthouse")
    assert ground(fact, TEXT) is None
    assert ground(fact, TEXT, aliases={"T. B.": ["Tom Barrow"]}) is not None


def test_a_quote_far_from_the_names_does_not_count() -> None:
    text = f"Ida paints. {'Nothing happens here at all. ' * 40}It rained on the roof of the house."
    assert ground(triple("Ida", "watched", "roof", "It rained on the roof of the house"), text) is None


def test_names_are_looked_up_by_their_words() -> None:
    assert mentions("Fishing boat", TEXT)
    assert mentions("the Barrow Tom", TEXT)
    assert not mentions("Windmill", TEXT)


@settings(deadline=None)
@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40), st.text(max_size=120))
def test_any_triple_can_be_looked_up_in_any_text(source: str, target: str, quote: str, text: str) -> None:
    span = ground(triple(source, "is", target, quote), text)
    assert span is None or 0 <= span.start < span.end <= len(text)


@settings(deadline=None)
@given(st.data())
def test_every_stretch_of_a_text_is_found_in_it(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(TEXT) - 3))
    quote = TEXT[start : data.draw(st.integers(start + 3, len(TEXT)))]
    found = find_quote(quote, TEXT)
    if len(quote.strip("\"'“”‘’ \n")) >= 3:
        assert found is not None
        assert TEXT[found[0] : found[1]] in quote


@pytest.mark.parametrize(
    ("fact", "bears"),
    [
        (("Dorothy", "lived with", "Uncle Henry"), True),
        (("Uncle Henry", "was", "farmer"), True),
        (("prairies", "was with", "Uncle Henry"), False),
        (("Dorothy", "had", "Uncle Henry"), False),
        (("Uncle Henry", "was", "great"), False),
        (("Ann", "is", "brother"), False),
        (("Ann", "is", "sailor"), True),
        (("Ann", "has", "brother"), True),
        (("mast", "is of", "boat"), True),
        (("boat", "has", "mast"), True),
        (("mast", "has", "boat"), False),
    ],
)
def test_little_verbs_need_little_words_in_the_right_place(fact: tuple[str, str, str], bears: bool) -> None:
    said = (
        "Dorothy lived in the great prairies, with Uncle Henry, who was a farmer. "
        "Ann, a sailor, sees her brother. He mends the mast of the boat."
    )
    sentence = next(part for part in said.split(". ") if fact[2] in part)
    assert (ground(triple(*fact, sentence), said) is not None) == bears


def test_what_a_thing_is_may_stand_in_another_sentence_than_the_one_named() -> None:
    text = "There he saw the sea. Ann, who was a sailor, met Tom, the Lion and Bob."
    assert ground(triple("Ann", "was", "sailor", "There he saw the sea."), text) is not None
    assert ground(triple("Tom", "is", "Bob", "There he saw the sea."), text) is None
    assert ground(triple("Lion", "is", "Bob"), text) is None
