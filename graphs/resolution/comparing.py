"""What speaks for and against two names meaning one thing, as numbers; swapping the sides changes none of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from graphs.resolution.further import FORMS, another_concept
from graphs.resolution.kinds import Kind, agreement, described_kind, kind_of, names_one_thing
from graphs.resolution.likeness import (
    cover,
    dice,
    figures,
    in_figures,
    is_open,
    named_kind,
    overlap,
    proper_names,
    text_words,
)
from graphs.resolution.naming import Name, plain_key
from graphs.resolution.opposites import opposite

WORDS = 16  # of a name that are compared one by one
FAR_COSINE, FAR_TRIGRAMS = 0.45, 0.1  # below both, names are not compared further
SYMBOL = 2  # letters of a name that is a symbol: those that differ mean two things

CONTEXT_SIGNS = (
    "kinds agree", "kinds contradict", "no kinds", "descriptions", "described alike", "described apart",
    "described by other figures", "described by other names", "shared neighbours",
)  # fmt: skip
SAME_SIGNS = ("other spelling", "said alike", "short name", "name of many words", *CONTEXT_SIGNS)
OTHER_SIGNS = (
    "trigrams", "contained", "cosine", "cosine over .5", "cosine over .7", "cosine over .85", "trigrams and cosine",
    "words, less covered", "words, more covered", "left over on both", "left over on one", "first word", "last word",
    "all words in", "single word in", "shared by many", "one word each", "letters", "figures differ", "acronym",
    "short acronym", "same base", "qualifier borne out", "qualifier not borne out", "qualifiers differ",
    "rest in the description", "kinds in the names agree", "kinds in the names contradict", "added at the end",
    "added in front", "added form", *CONTEXT_SIGNS,
)  # fmt: skip


@dataclass(frozen=True)
class Side:
    """One side of a comparison. neighbours: the keys of their names, as far as the other side asks for them."""

    type: str | None = None
    description: str = ""
    neighbours: frozenset[str] = frozenset()

    @property
    def kind(self) -> Kind | None:
        """By its type, or else its description."""
        return kind_of(self.type) or described_kind(self.description)


@dataclass(frozen=True)
class Scales:
    """How much things weigh among the names that are known; of `NameIndex`. nearness: of a shared neighbour."""

    rarity: Callable[[str], float]
    holders: Callable[[Sequence[str]], int]
    nearness: Callable[[str], float]


def same_signs(x: Name, y: Name, a: Side, b: Side, described: float | None, scales: Scales) -> list[float]:
    """The signs of SAME_SIGNS for two names of one key. described: as in `context_signs`."""
    return [
        float(x.plain != y.plain),
        float(_said_alike(a, b)),
        float(len(x.key) <= 3),
        math.log(min(len(x.words), WORDS)),
        *context_signs(a, b, described, scales),
    ]


def _said_alike(a: Side, b: Side) -> bool:
    if a.description != b.description:
        return False
    return plain_key(a.type or "") == plain_key(b.type or "") or agreement(a.kind, b.kind) == "same"


def far(x: Name, y: Name, cosine: float) -> bool:
    """Whether a glance shows that two names with different keys mean two things.

    They have nothing in common, or one is no longer than a symbol, or they differ by words that are opposites.
    """
    if any(_acronyms(x, y)):
        return False
    if min(len(x.key), len(y.key)) <= SYMBOL or opposite(x.words, y.words):
        return True
    shared = len(x.grams & y.grams)
    if cosine >= FAR_COSINE or shared >= FAR_TRIGRAMS * (len(x.grams) + len(y.grams) - shared):
        return False
    return x.base != y.base


def needs_a_judge(x: Name, y: Name) -> bool:
    """Whether names of concepts are two, however alike they are, unless a judge says otherwise."""
    return x.base != y.base and not any(_acronyms(x, y)) and another_concept(x, y)


def context_signs(a: Side, b: Side, described: float | None, scales: Scales) -> list[float]:
    """The signs of CONTEXT_SIGNS. described: the cosine of the descriptions' vectors, None where there are none."""
    kinds = agreement(a.kind, b.kind)
    both = bool(a.description) and bool(b.description)
    alike = overlap(a.description, b.description, scales.rarity) if both else 0.0
    if both and described is not None:
        alike = max(alike, described)  # a paraphrase shares few words
    one, other = figures(text_words(a.description)), figures(text_words(b.description))
    named, as_named = proper_names(a.description), proper_names(b.description)
    # a film and a city are not made one by a neighbour, nor two cities by one that tells them apart ("in Maine")
    apart = named ^ as_named if is_open(named, as_named) else frozenset()
    beside = sorted(a.neighbours & b.neighbours) if kinds != "contradicts" else []
    shared = [key for key in beside if not any(word in key for word in apart)]
    return [
        float(kinds == "same"),
        float(kinds == "contradicts"),
        float(a.kind is None or b.kind is None),
        float(both),
        alike,
        max(0.0, 0.4 - alike) if both else 0.0,
        float(is_open(one, other)),
        float(is_open(named, as_named)),
        min(2.0, sum(scales.nearness(key) for key in shared)),
    ]


def other_signs(x: Name, y: Name, a: Side, b: Side, cosine: float, scales: Scales) -> list[float]:
    """The signs of OTHER_SIGNS for two names with different keys. cosine: of their vectors, 0 where there are none."""
    shared = len(x.grams & y.grams)
    trigrams = shared / len(x.grams | y.grams)
    one, other = in_figures(x.telling[:WORDS]), in_figures(y.telling[:WORDS])
    covered, left = zip(cover(one, other, scales.rarity), cover(other, one, scales.rarity), strict=True)
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    within = set(short) <= set(long)
    return [
        trigrams,
        shared / min(len(x.grams), len(y.grams)),
        cosine,
        max(0.0, cosine - 0.5),
        max(0.0, cosine - 0.7),
        max(0.0, cosine - 0.85),
        trigrams * max(0.0, cosine),
        min(covered),
        max(covered),
        min(left),
        max(left) if min(left) < 0.2 else 0.0,
        float(one[0] == other[0]),
        float(one[-1] == other[-1]),
        float(within),
        float(within and len(short) == 1),
        math.log1p(scales.holders(short)) if within else 0.0,
        float(len(one) == len(other) == 1),
        dice(x.key[:64], y.key[:64]),
        _figures_differ(one, other),
        *_acronyms(x, y),
        *_qualifiers(x, y, a, b),
        max(_borne_out([w for w in p if w not in q], side) for p, q, side in ((one, other, b), (other, one, a))),
        *_kinds_said(x, y, a, b),
        *_added(short, long),
        *context_signs(a, b, None, scales),
    ]


def named(a: Side, b: Side) -> bool:
    """Whether one of them is known to be of a kind whose things bear names of their own: a person, a place, a film.

    Names of such things are shortened and qualified at will; of concepts, each further word makes another one.
    """
    return names_one_thing(a.kind) or names_one_thing(b.kind)


def _added(short: Sequence[str], long: Sequence[str]) -> tuple[float, float, float]:
    """Whether the longer name is the shorter with words added at its end, in front, or with a form such as "Inc."."""
    more = len(long) - len(short)
    if not more:
        return 0.0, 0.0, 0.0
    front, end = long[more:] == short, long[: len(short)] == short
    form = end and all(word in FORMS for word in long[len(short) :])
    return float(end and not form), float(front), float(form)


def _figures_differ(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    first, second = figures(one), figures(other)
    return 0.0 if first == second else 1.5 if is_open(first, second) else 0.5


def _acronyms(x: Name, y: Name) -> tuple[float, float]:
    """Whether one is an acronym of the other's words, of three letters (two thirds) or more; whether it is one of two.

    The longer it is, the less it is one by chance.
    """
    length = max(len(p.acronym) if p.acronym and p.acronym in q.initials else 0 for p, q in ((x, y), (y, x)))
    return min(1.0, (length - 1) / 3) if length >= 3 else 0.0, float(length == 2)


def _qualifiers(x: Name, y: Name, a: Side, b: Side) -> tuple[float, float, float, float]:
    """Of "Denton, Texas" and "Denton": same base; Texas is, is not in what is known of Denton; both are qualified.

    "City of Denton (Texas)" has no such base, and is asked all the same if Texas is in what is known of "Denton".
    """
    front, other = set(x.front), set(y.front)
    if not (front <= other or other <= front):
        return 0.0, 0.0, 0.0, 0.0
    asked = [(_borne_out(name.qualifier, side), side) for name, side in ((x, b), (y, a)) if name.qualifier]
    borne = max((share for share, _ in asked), default=0.0)
    not_borne = max((1 - share for share, side in asked if side.description or side.neighbours), default=0.0)
    return float(x.base == y.base), borne, not_borne, float(bool(x.qualifier) and bool(y.qualifier))


def _borne_out(words: Sequence[str], side: Side) -> float:
    """The share of the words that stand in the description, the type or the neighbours of a side."""
    if not words or not (side.description or side.type or side.neighbours):
        return 0.0
    if "".join(words) in side.neighbours:
        return 1.0
    known = {*text_words(side.description), *text_words(side.type or "")}
    return sum(word in known or word in side.neighbours for word in words) / len(words)


def _kinds_said(x: Name, y: Name, a: Side, b: Side) -> tuple[float, float]:
    """Whether the kinds agree or contradict that a name says itself ("Denton County")."""
    said, as_said = named_kind(x), named_kind(y)
    if said is None and as_said is None:
        return 0.0, 0.0
    found = agreement(said or a.kind, as_said or b.kind)
    return float(found == "same"), float(found == "contradicts")
