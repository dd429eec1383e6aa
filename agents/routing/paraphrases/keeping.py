"""Replacing a phrase only where nothing is lost with it that the phrase itself does not speak of.

Many rules take in what stands around their words ("[^?]*"). What stands there may be a change of the graph, a node or a
period, and then the short way of saying it is another question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

Names = Callable[[], Iterable[str]]

# What tells of another graph than the one given. The first letters must stand in a rule that means to take it in.
_CHANGES = re.compile(
    r"\b(?:given that|provided|suppos\w+|imagin\w+|assum\w+|pretend\w*|picture|work(?:ing)? with|dealing with|"
    r"in the wake|as of|what['’]s left|remain\w*|afterwards|complement\w*|sub-?graph|line graph|transpos\w+|revers\w+|"
    r"invert\w*|undirected|directions?|remov\w+|delet\w+|eras\w+|dismiss\w*|discard\w*|shut\w*|clos(?:e|es|ed|ing)|"
    r"add(?:s|ed|ing)?|insert\w*|retract\w*|subdivid\w*|collaps\w*|merg\w+|contract\w*|drop\w*|prun\w+|los(?:e|es|ing)|"
    r"except|without|only|once|after|before|if|when|during|since|until)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d+")


def keeping(pattern: re.Pattern[str], words: str, question: str, names: Names = tuple) -> str:
    """`question` with what `pattern` finds replaced by `words`, but for findings that would lose something.

    names: the words of the question that name nodes, called only where something is found.
    """

    def said(match: re.Match[str]) -> str:
        put = match.expand(words)
        whole = match[0]
        if len(whole) <= len(put):
            return put
        rule = _words_of(pattern)
        lost = (
            any(name in whole and name not in put for name in names())
            or (r"\d" not in rule and any(f not in put and f not in rule for f in _FIGURE.findall(whole)))
            or any(not _spoken_of(found[0], rule, put) for found in _CHANGES.finditer(whole))
        )
        return whole if lost else put

    return pattern.sub(said, question)


def _spoken_of(change: str, rule: str, put: str) -> bool:
    """Whether a rule has the word in mind, by its first letters, or keeps it."""
    start = change.casefold()[:4]
    return start in rule or change in put


@lru_cache(maxsize=1024)
def _words_of(pattern: re.Pattern[str]) -> str:
    return pattern.pattern.casefold()
