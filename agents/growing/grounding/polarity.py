"""Whether two facts about the same two entities speak against each other."""

from __future__ import annotations

import re

from graphs.store.records import Relation

_FOR = (
    "enabl", "promot", "increas", "caus", "support", "improv", "strengthen", "activat", "stabili", "accelerat",
    "facilitat", "enhanc", "driv", "rais", "amplif", "allow", "produc", "boost", "permit", "preserv", "favo",
)  # fmt: skip
_AGAINST = (
    "inhibit", "prevent", "reduc", "decreas", "limit", "weaken", "suppress", "block", "challeng", "contradict",
    "violat", "destabili", "slow", "hinder", "constrain", "impair", "lower", "degrad", "disrupt", "damag", "destroy",
    "oppos",
)  # fmt: skip
_ONE_WAY = ("is a", "is part of", "part of", "contain", "consist of", "caus", "instance of", "kind of", "preced")
_NOT = re.compile(r"\b(?:not|never|no|cannot|without|fails? to)\b|n't\b")
_WORDS = re.compile(r"[a-z']+")


def polarity(verb: str) -> int:
    """1 when the source furthers the target, -1 when it holds it back, 0 where the verb says neither.

    >>> polarity("enables"), polarity("does not enable"), polarity("relates to")
    (1, -1, 0)
    """
    text = verb.lower().replace("_", " ").replace("-", " ")
    words = _WORDS.findall(text)
    sign = 0
    for word in words:
        if word.startswith(_AGAINST):
            sign = -1
        elif word.startswith(_FOR) and not sign:
            sign = 1
    return -sign if _NOT.search(text) else sign


def opposed(first: Relation, second: Relation) -> bool:
    """Whether the two facts, about the same two entities, cannot both hold without a condition.

    Facts that hold at different times are not opposed.
    """
    if _apart(first, second):
        return False
    if (first.source, first.target) == (second.source, second.target):
        return polarity(first.verb) * polarity(second.verb) < 0 or _denies(first.verb, second.verb)
    plain = first.verb.lower().replace("_", " ").replace("-", " ")
    return plain == second.verb.lower().replace("_", " ").replace("-", " ") and plain.startswith(_ONE_WAY)


def _denies(first: str, second: str) -> bool:
    """Whether one verb is the other with a "not"."""
    a, b = first.lower(), second.lower()
    if bool(_NOT.search(a)) == bool(_NOT.search(b)):
        return False
    bare = [{_stem(w) for w in _WORDS.findall(_NOT.sub(" ", v))} - {"do", "doe", "is", "are", "be"} for v in (a, b)]
    return bare[0] == bare[1]


def _stem(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > 3 else word


def _apart(first: Relation, second: Relation) -> bool:
    """Whether one has ended before the other began."""
    for early, late in ((first, second), (second, first)):
        if early.valid_to and late.valid_from and early.valid_to <= late.valid_from:
            return True
    return False
