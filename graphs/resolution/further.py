"""What makes the name of a concept that of another concept: a further word, another ending, another word.

Names of persons and works are shortened and varied at will. "Thermal stress" and "residual thermal stress" are two
things, and so are stiffness and stiffening, whatever their vectors say.
"""

from __future__ import annotations

import re
from functools import lru_cache

from graphs.resolution.naming import Name

FORMS = frozenset("inc corp corporation ltd limited llc co company plc gmbh ag sa fc afc cf sc club jr sr band".split())
_SHORTEST = 3  # letters of a word cut short
_ENDINGS = frozenset(
    """
    e y ed er or al ly ic en ing ion ive ity ous ful ism ist ant ent ate ness ment able ible less ance ence ency ation
    ition ative osity ality ivity ability ize ise izing ising ization isation istic ical ially ally
    """.split()
)
_SPELLINGS = tuple(  # both sides of the Atlantic
    (re.compile(pattern), to)
    for pattern, to in (
        ("our(?=$|ed|ing|al)", "or"), ("(?<=[bt])re$", "er"), ("is(?=e|ing|ation)", "iz"), ("ys(?=e|ing)", "yz"),
        ("[ao]e(?=.{2})", "e"), ("ph(?=ur)", "f"), ("(.)\\1", "\\1"), ("eing$", "ing"), ("ogue$", "og"),
    )
)  # fmt: skip


def another_concept(x: Name, y: Name) -> bool:
    """Whether a word of the one has no counterpart in the other: the same word, in another spelling or cut short.

    >>> from graphs.resolution.naming import read_name
    >>> names = ("Absorbed power", "Power Absorbed"), ("max stress", "max internal stress"), ("fibre", "fiber")
    >>> [another_concept(read_name(one), read_name(other)) for one, other in names]
    [False, True, False]
    """
    one, other = set(x.telling), set(y.telling)
    return _more(one, other) or _more(other, one)


def _more(words: set[str], others: set[str]) -> bool:
    left = words - others - FORMS
    return any(not any(_one_word(word, other) for other in others) for word in left)


@lru_cache(maxsize=100_000)
def _one_word(one: str, other: str) -> bool:
    """Whether two words are one in two spellings, or one of them is the other cut short."""
    short, long = sorted((one, other), key=len)
    if len(short) >= _SHORTEST and long.startswith(short):
        return short.isalpha() and long.isalpha() and long[len(short) :] not in _ENDINGS
    return _folded(one) == _folded(other)


@lru_cache(maxsize=100_000)
def _folded(word: str) -> str:
    for pattern, to in _SPELLINGS:
        word = pattern.sub(to, word)
    return word
