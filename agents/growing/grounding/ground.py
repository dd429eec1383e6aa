"""Whether a text bears a triple out: looked up in the text, without a model.

A span is found for the quote, letter by letter or word by word. The names at both ends must stand in it (or one of them
before it, and a pronoun in its place), with a word of the verb, in an order that can mean the triple. That is evidence,
not proof, that the text says just this: `grounded` means "here is the place, look". What a text says in other words
than the triple stays a hypothesis.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from agents.growing.grounding.direction import hints, says
from agents.growing.grounding.words import NEGATIONS, Words, forms_of, read_words, runs, words_of
from agents.growing.replies.proposal import Triple

BEFORE = 300  # characters before a span in which a pronoun's name is looked for
_FOR_PERSONS = frozenset("he she they him her them his hers their theirs who whose i me my we us our you your".split())
_FOR_THINGS = frozenset("it its they them their this that these those which whose".split())
_ALIKE = 0.85  # of the words of a quote that is written down a little wrong
_FUZZY = 6  # words of a quote from which on that is allowed


class Span(NamedTuple):
    """The half-open character span of what bears a triple out.

    how: the quote stands there `exact` or `aligned` (case, blanks, signs or single words differ), or there was no such
    quote and a `sentence` says it. both: both names stand in it; else one stands before it, and a pronoun in it.
    """

    start: int
    end: int
    how: Literal["exact", "aligned", "sentence"] = "exact"
    both: bool = True


def ground(triple: Triple, text: str, *, aliases: Mapping[str, Sequence[str]] | None = None) -> Span | None:
    """Where `text` bears the triple out, or None: then the triple is a hypothesis.

    aliases: other names of entities. A sentence that denies what the triple states does not bear it out.
    """
    words = read_words(text)
    stems = [forms_of(name, (aliases or {}).get(name, ())) for name in (triple.source, triple.target)]
    if not all(stems) or not words.words:
        return None
    quoted = find_quote(triple.quote, text) if triple.quote else None
    if quoted is not None:
        span = _borne_out(triple, Span(*quoted), words, stems)
        if span is not None:
            return span
    spans = (_borne_out(triple, Span(start, end, "sentence"), words, stems) for start, end in words.sentences)
    return next((span for span in spans if span is not None and span.both), None)


def mentions(name: str, text: str, aliases: Sequence[str] = ()) -> bool:
    """Whether the name, one of its other names, or all of its words occur in the text."""
    return _near(forms_of(name, aliases), [word.stem for word in read_words(text).words])


def find_quote(quote: str, text: str) -> tuple[int, int, Literal["exact", "aligned"]] | None:
    """Where a quote stands in a text: as it is, else by its words, else with at most every seventh word amiss."""
    quote = quote.strip().strip("\"'“”‘’").strip()
    if len(quote) < 3:
        return None
    if (at := text.find(quote)) >= 0:
        return at, at + len(quote), "exact"
    words = read_words(text).words
    wanted = [word.plain for word in words_of(quote)]
    if len(wanted) < 2:
        return None
    plain = [word.plain for word in words]
    places = runs(wanted, plain)
    if places:
        return words[places[0]].start, words[places[0] + len(wanted) - 1].end, "aligned"
    best = _closest(wanted, plain) if len(wanted) >= _FUZZY else None
    return None if best is None else (words[best[0]].start, words[best[1]].end, "aligned")


def _closest(wanted: list[str], words: list[str]) -> tuple[int, int] | None:
    """First and last word of the stretch of `words` most like `wanted`; None if none is alike enough."""
    matcher = SequenceMatcher(None, autojunk=False)
    matcher.set_seq2(wanted)
    size = len(wanted)
    known = set(wanted)
    hits = [word in known for word in words]
    inside = sum(hits[:size])
    best, found = _ALIKE, None
    for at in range(max(1, len(words) - size + 1)):
        if at:
            inside += (hits[at + size - 1] if at + size <= len(words) else 0) - hits[at - 1]
        if inside < _ALIKE * size:
            continue
        matcher.set_seq1(words[at : at + size])
        if matcher.ratio() > best:
            best, found = matcher.ratio(), (at, min(at + size, len(words)) - 1)
    return found


def _borne_out(triple: Triple, span: Span, words: Words, names: list[list[list[str]]]) -> Span | None:
    """The span, if it holds both ends and the verb in an order that can mean the triple, and does not deny it."""
    inner = words.inside(span.start, span.end)
    here = [words.words[at].stem for at in inner]
    before = [words.words[at].stem for at in words.inside(span.start - BEFORE, span.start)]
    places = [_place(forms, here, before) for forms in names]
    plain = {words.words[at].plain for at in inner}
    for name, place, forms in zip((triple.source, triple.target), places, names, strict=True):
        if not place and not (plain & pronouns_for(name) and _near(forms, before)):
            return None
    if not any(places):
        return None
    if _denied([words.words[at].plain for at in inner], places, {word.plain for word in words_of(triple.verb)}):
        return None
    if all(places):
        names_between = {at for at, index in enumerate(inner) if at and words.words[index].capital}
        commas = {at for at, index in enumerate(inner) if words.words[index].comma}
        return span if says(triple.verb, here, places, names_between, commas) else None
    return span._replace(both=False) if hints(triple.verb, here) else None


def pronouns_for(name: str) -> frozenset[str]:
    """The pronouns that may stand for a name: those for persons if it has a capital, else those for things."""
    return _FOR_PERSONS if name[:1].isupper() else _FOR_THINGS


def _place(forms: Iterable[list[str]], here: list[str], before: list[str]) -> list[int]:
    """Where one of the forms of a name stands; its last word may stand for it if its others stand there or before."""
    for form in forms:
        if places := runs(form, here):
            return places
    for form in forms:
        if len(form) > 1 and form[-1] in here and all(word in here or word in before for word in form):
            return [here.index(form[-1])]
    return []


def _near(forms: Iterable[list[str]], words: list[str]) -> bool:
    return any(bool(runs(form, words)) or all(word in words for word in form) for form in forms)


def _denied(here: list[str], places: list[list[int]], verb: set[str]) -> bool:
    """Whether a negation stands between the two names, or just before the first, that the verb does not have."""
    if verb & NEGATIONS or not all(places):
        return False
    first, last = min(place[0] for place in places), max(place[-1] for place in places)
    stretch = here[max(0, first - 2) : last + 1]
    return any(
        word in NEGATIONS and stretch[at + 1 : at + 2] not in (["only"], ["longer"]) for at, word in enumerate(stretch)
    )
