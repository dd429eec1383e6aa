"""Whether texts repeat each other or themselves."""

from __future__ import annotations

from agents.growing.grounding.words import words_of

_SHINGLE = 3  # words
_LOOP = 8
_LOOPING = 0.4


def shingles(text: str, size: int = _SHINGLE) -> list[tuple[str, ...]]:
    """The runs of `size` words of a text; all its words as one where it has fewer."""
    words = [word.plain for word in words_of(text)]
    if len(words) <= size:
        return [tuple(words)] if words else []
    return [tuple(words[at : at + size]) for at in range(len(words) - size + 1)]


def similarity(one: str, other: str) -> float:
    """How alike two texts are: the Jaccard coefficient of their runs of three words, 0 to 1.

    >>> similarity("Silk is strong and light.", "silk is strong, and light")
    1.0
    """
    a, b = set(shingles(one)), set(shingles(other))
    return len(a & b) / len(a | b) if a | b else 1.0


def loops(text: str) -> bool:
    """Whether a text goes round in circles: two in five of its runs of eight words have stood in it before.

    >>> loops("the design of the material and the use of the material in design; " * 6)
    True
    """
    runs = shingles(text, _LOOP)
    return len(runs) >= 2 * _LOOP and 1 - len(set(runs)) / len(runs) >= _LOOPING
