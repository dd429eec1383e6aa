"""How alike words and descriptions are."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache

from graphs.resolution.kinds import Kind, kind_of
from graphs.resolution.naming import Name, read_name

Rarity = Callable[[str], float]

_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
_ROMAN = "ii iii iv vi vii viii ix xi xii xiii xiv xv xvi xvii xviii xix xx xxi xxii xxiii"
_ROMAN_VALUES = (2, 3, 4, 6, 7, 8, 9, *range(11, 24))  # single letters are letters
_FIGURES = {word: str(n) for n, word in enumerate(_ORDINALS.split(), 1)}
_FIGURES |= {word: str(n) for word, n in zip(_ROMAN.split(), _ROMAN_VALUES, strict=True)}
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_STOP = frozenset("a an and as at by for from in into is it of on or that the to was which who with".split())
_PROPER = re.compile(r"(?<=[\s(])[A-Z][\w-]+")


@lru_cache(maxsize=100_000)
def in_figures(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words with numbers in figures: "second", "2nd" and "II" are 2."""
    return tuple(_FIGURES.get(word) or _ORDINAL.sub(r"\1", word) for word in words)


@lru_cache(maxsize=100_000)
def figures(words: tuple[str, ...]) -> frozenset[str]:
    """The words that hold figures, as `in_figures` writes them."""
    return frozenset([word for word in in_figures(words) if not word.isalpha() and any(c.isdigit() for c in word)])


def is_open(one: Collection[str], other: Collection[str]) -> bool:
    """Whether each has something that the other lacks."""
    return bool(set(one) - set(other)) and bool(set(other) - set(one))


def cover(words: Sequence[str], others: Sequence[str], rarity: Rarity) -> tuple[float, float]:
    """(the share of the words' weight that `others` cover, the weight left over)."""
    total = met = 0.0
    known = frozenset(others)
    for word in words:
        weight = rarity(word)
        total += weight
        met += weight if word in known else weight * max([word_likeness(word, other) for other in others], default=0.0)
    return (met / total if total else 0.0), total - met


@lru_cache(maxsize=200_000)
def word_likeness(one: str, other: str) -> float:
    """1 for equal words, less for one that begins with the other ("approx", "j") or is spelled much like it."""
    if one == other:
        return 1.0
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if long.startswith(short):
        return 0.5 if len(short) < 3 else 0.8
    likeness = dice(one, other) if 2 * len(short) > 0.55 * len(long) else 0.0
    return likeness if likeness > 0.55 else 0.0


def dice(one: str, other: str) -> float:
    """Shared pairs of letters, 0 to 1 (Dice)."""
    first, second = _letter_pairs(one), _letter_pairs(other)
    return 2 * len(first & second) / (len(first) + len(second))


@lru_cache(maxsize=100_000)
def _letter_pairs(word: str) -> frozenset[str]:
    padded = f"^{word}$"
    return frozenset([padded[i : i + 2] for i in range(len(padded) - 1)])


@lru_cache(maxsize=50_000)
def named_kind(name: Name) -> Kind | None:
    """The kind that a name of several words says itself: "Denton County", "University of Kent"."""
    return kind_of(" ".join(name.front)) if len(name.front) > 1 else None


@lru_cache(maxsize=50_000)
def text_words(text: str) -> tuple[str, ...]:
    """The words of a description, as those of a name are read."""
    return read_name(text[:400]).words if text else ()


def overlap(one: str, other: str, rarity: Rarity) -> float:
    """The weight of the words that two descriptions share, over that of the words of the lighter one."""
    first, second = (set(text_words(text)) - _STOP for text in (one, other))
    weights = [sum(rarity(word) for word in sorted(group)) for group in (first, second, first & second)]
    return weights[2] / min(weights[:2]) if min(weights[:2]) > 0 else 0.0


@lru_cache(maxsize=50_000)
def proper_names(description: str) -> frozenset[str]:
    """The capitalised words of a description."""
    return frozenset(word.casefold() for word in _PROPER.findall(" " + description[:400]))
