"""Whether a text bears a triple out: looked up in the text, without a model.

A span is found for the quote, letter by letter or word by word. The names at both ends must stand in it, or one of them
before it and a pronoun in its place. That shows where the triple comes from and that it is about what the text is
about. It does not show that the text says just this: confidence is a rank, and `grounded` means "here is the place,
look".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from agents.growing.proposal import Triple
from agents.growing.words import NEGATIONS, SMALL, Words, name_stems, read_words, runs, stem, words_of

BEFORE = 300  # characters before a span in which a pronoun's name is looked for
_FOR_PERSONS = frozenset("he she they him her them his hers their theirs who whose i me my we us our you your".split())
_FOR_THINGS = frozenset("it its they them their this that these those which whose".split())
_ALIKE = 0.85  # of the words of a quote that is written down a little wrong
_FUZZY = 6  # words of a quote from which on that is allowed


class Span(NamedTuple):
    """The half-open character span of what bears a triple out.

    how: the quote stands there `exact` or `aligned` (case, blanks, signs or single words differ), or there was no such
    quote and a `sentence` names both ends and the verb. both: both names stand within. verb: so does the verb, between
    them.
    """

    start: int
    end: int
    how: Literal["exact", "aligned", "sentence"] = "exact"
    both: bool = False
    verb: bool = False


def ground(triple: Triple, text: str, *, aliases: Mapping[str, Sequence[str]] | None = None) -> Span | None:
    """Where `text` bears the triple out, or None: then the triple is a hypothesis.

    aliases: other names of entities. A sentence that denies what the triple states does not bear it out.
    """
    words = read_words(text)
    names = [[name, *(aliases or {}).get(name, ())] for name in (triple.source, triple.target)]
    stems = [[found for one in forms if (found := name_stems(one))] for forms in names]
    if not all(stems) or not words.words:
        return None
    quoted = find_quote(triple.quote, text) if triple.quote else None
    if quoted is not None:
        span = _borne_out(triple, Span(*quoted), words, stems)
        if span is not None:
            return span
    for start, end in words.sentences:
        span = _borne_out(triple, Span(start, end, "sentence"), words, stems)
        if span is not None and span.both and span.verb:
            return span
    return None


def mentions(name: str, text: str, aliases: Sequence[str] = ()) -> bool:
    """Whether the name, one of its other names, or all of its words occur in the text."""
    return _near([name_stems(form) for form in (name, *aliases)], [word.stem for word in read_words(text).words])


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
    """The span with what was found in it, if both ends occur in it or close by and it does not deny them."""
    inner = words.inside(span.start, span.end)
    here = [words.words[at].stem for at in inner]
    before = [words.words[at].stem for at in words.inside(span.start - BEFORE, span.start)]
    places = [_place(forms, here, before) for forms in names]
    plain = {words.words[at].plain for at in inner}
    for name, place, forms in zip((triple.source, triple.target), places, names, strict=True):
        if not place and not (plain & _pronouns(name) and _near(forms, before)):
            return None
    if not any(places):
        return None
    verb = [stem(word.plain) for word in words_of(triple.verb)]
    if _denied([words.words[at].plain for at in inner], places, set(verb)):
        return None
    if not all(places):
        return span
    telling = {word for word in verb if word not in SMALL and word not in _WEAK}
    active = bool(telling) and verb[0] in telling and "by" not in verb
    said, right = _said_between(here, places, telling, active=active)
    if not right:
        return None
    return span._replace(both=True, verb=said if telling else span.how != "sentence")


def _said_between(here: list[str], places: list[list[int]], telling: set[str], *, active: bool) -> tuple[bool, bool]:
    """(whether the verb stands between the names, whether the direction can be right).

    "A kept B" speaks for (A, kept, B) alone, "B was kept by A" too; "the daughter of A, B" for (B, is daughter of, A).
    """
    best = (False, False)
    for s in places[0]:
        for t in places[1]:
            between = here[min(s, t) + 1 : max(s, t)]
            verbs = [at for at, word in enumerate(between) if word in telling]
            passive = any("by" in between[at + 1 : at + 3] for at in verbs)
            right = (not active or not passive) if s < t else "by" in between or (bool(verbs) and not active)
            best = max(best, (bool(verbs) and right, right))
    return best


_WEAK = frozenset(stem(word) for word in "has have had is are was were do does did".split())


def _pronouns(name: str) -> frozenset[str]:
    """The pronouns that may stand for a name: those for persons if it has a capital, else those for things."""
    return _FOR_PERSONS if name[:1].isupper() else _FOR_THINGS


def _place(forms: Iterable[list[str]], here: list[str], before: list[str]) -> list[int]:
    """Where one of the forms of a name stands; its last word may stand for it if its others stand nearby."""
    for form in forms:
        if places := runs(form, here):
            return places
    for form in forms:
        others = [word for word in form[:-1] if word in here or word in before]
        if len(form) > 1 and form[-1] in here and len(others) * 2 >= len(form) - 1:
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
