"""The words of an English sentence with their classes (Penn Treebank), by TextBlob (extra `documents`)."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

_TOKEN = re.compile(r"[^\W_]+(?:[-’'./&][^\W_]+)*|[^\w\s]|_+")
MODAL = frozenset("can could may might must shall should will would do does did".split())
COPULA = frozenset("is are was were be been being become becomes became remain remains remained".split())
PERFECT = frozenset("has have had".split())
AUXILIARY = MODAL | (COPULA - {"be", "been", "being"}) | PERFECT
NEGATION = frozenset("not no never nor neither none cannot hardly nothing nobody".split())
RELATIVE = frozenset("which that who whom whose where when".split())
DEMONSTRATIVE = frozenset("this these those that such".split())
PRONOUNS = DEMONSTRATIVE | frozenset(
    "it he she they we you i there what who how why where here others some many most few several both one".split()
)
LEADS = frozenset(
    """in on at by for from with without of to if when while as after before because although though despite during
    through throughout since until unlike like once whereas given whether under over across among between upon within
    beyond besides instead rather next today however furthermore additionally moreover overall similarly thus hence
    therefore thereupon then also yet still but and so or not whenever wherever till much""".split()
)
OWNERS = frozenset("its their his her our your my".split())
DETERMINERS = OWNERS | frozenset("a an the this these those that".split())
CLAUSE_ENDS = frozenset("which who while whereas but because although though as so when where if".split())
NOUNS = frozenset("NN NNS NNP NNPS CD VBG".split())
VERBS = frozenset("VB VBZ VBP VBD VBN MD".split())


class Token(NamedTuple):
    """A word or sign: its characters [start, end) of the sentence, the word in small letters, its class."""

    start: int
    end: int
    plain: str
    tag: str


def tagged(sentence: str) -> list[Token]:
    """The words of the sentence; none where TextBlob is not installed.

    A word with a possessive ending has the class `POS`.
    """
    tag = _tagger()
    matches = list(_TOKEN.finditer(sentence.rstrip(" .!")))
    words = [match[0] for match in matches]
    tags = [word_tag for _, word_tag in tag(" ".join(words), tokenize=False)] if tag and words else []
    if len(tags) != len(words):
        return []
    return [
        Token(match.start(), match.end(), match[0].casefold(), "POS" if match[0].endswith(("'s", "’s")) else word_tag)
        for match, word_tag in zip(matches, tags)
    ]


@cache
def _tagger() -> Callable[..., list[tuple[str, str]]] | None:
    """TextBlob's `tag`; None where it is not installed."""
    try:
        from textblob.en import tag
    except ImportError:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # it leaves its word lists open
        tag("The first word loads them")
    found: Callable[..., list[tuple[str, str]]] = tag
    return found
