"""The words of a text with their places: what quotes and names are looked up in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from agents.growing.replies.names import singular, spelled_out
from agents.growing.sources.chunks import sentences
from graphs.text.irregular import BASE

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_COMMA = re.compile(r"[,;:(–—]|\s-\s")
SMALL = frozenset(
    "the a an of and or in on at to for by with from as is are was were be been his her its their".split()
)
NEGATIONS = frozenset("not no never nor neither without cannot none nobody nothing".split())


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: its characters [start, end), the word without case, its stem, whether it has a capital.

    comma: whether a comma, a bracket or a dash stands before it.
    """

    start: int
    end: int
    plain: str
    stem: str
    capital: bool = False
    comma: bool = False


@dataclass(frozen=True)
class Words:
    """The words of a text, and the spans of its sentences."""

    words: tuple[Word, ...]
    sentences: tuple[tuple[int, int], ...]

    def inside(self, start: int, end: int) -> list[int]:
        """The indices of the words within [start, end)."""
        return [at for at, word in enumerate(self.words) if start <= word.start and word.end <= end]


def words_of(text: str) -> list[Word]:
    """The words of `text`; a possessive counts as its owner, a negative contraction as a word of its own ("not")."""
    found: list[Word] = []
    last = 0
    for match in _WORD.finditer(text):
        comma, last = _COMMA.search(text, last, match.start()) is not None, match.end()
        plain = unicodedata.normalize("NFKC", match[0]).casefold().replace("’", "'")
        if plain.endswith("n't"):
            found.append(Word(match.start(), match.end(), "not", "not", comma=comma))
            continue
        plain = plain.removesuffix("'s").removesuffix("'")
        found.append(Word(match.start(), match.end(), plain, stem(plain), match[0][0].isupper(), comma))
    return found


@lru_cache(maxsize=8)
def read_words(text: str) -> Words:
    """The words and sentences of a text; the last few texts are remembered."""
    return Words(tuple(words_of(text)), tuple(sentences(text)))


def name_stems(name: str) -> list[str]:
    """The stems of a name's words without articles and prepositions; all of them where nothing else is left."""
    words = words_of(name)
    return [word.stem for word in words if word.plain not in SMALL] or [word.stem for word in words]


def forms_of(name: str, others: Iterable[str] = ()) -> list[list[str]]:
    """The stems of a name, of the words that CamelCase hides in it, and of its other names; none that is empty."""
    split = " ".join(spelled_out(part) for part in name.split())
    return [found for one in dict.fromkeys((name, split, *others)) if (found := name_stems(one))]


def stem(word: str) -> str:
    """A word without the endings of English plurals and verbs; for comparing, never for showing.

    >>> [stem(word) for word in ("carries", "carried", "carrying", "houses", "stopped", "kept", "glass")]
    ['carry', 'carry', 'carry', 'hous', 'stop', 'keep', 'glass']
    """
    word = singular(BASE.get(word, word))
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    if word.endswith("e") and len(word) > 3:
        word = word[:-1]
    return word[:-1] + "y" if word.endswith("i") and len(word) > 2 else word


def runs(wanted: Sequence[str], words: Sequence[str]) -> list[int]:
    """Where `wanted` stands in `words`, word by word."""
    if not wanted:
        return []
    size = len(wanted)
    first = wanted[0]
    return [
        at for at in range(len(words) - size + 1) if words[at] == first and list(words[at : at + size]) == list(wanted)
    ]
