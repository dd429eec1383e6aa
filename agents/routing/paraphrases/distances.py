"""How far it is, put as a distance: by way of a node, beside a bound, told as a way or a trip."""

from __future__ import annotations

import re

from agents.routing.paraphrases.fragments import rules

_A = r"(?:the )?(?:node |town |city )?(?P<a>[^?.,]{1,60}?)"
_B = r"(?:the )?(?:node |town |city )?(?P<b>[^?.,]{1,60}?)"
_WAY = r"(?:way|trip|journey|route|path|drive|walk|ride|connection)"
_BEST = r"(?:shortest|quickest|fastest|cheapest|best)"
_NUMBER = r"(?P<n>\d+(?:\.\d+)?(?: ?(?:km|kilomet(?:er|re)s?|m|met(?:er|re)s?|miles?|min|minutes?|hours?|h))?)"
_BOUND = rf"(?P<bound>at most|at least|no more than|not more than|less than|more than) {_NUMBER}"
_THAN = {"longer": "more", "farther": "more", "further": "more", "shorter": "less", "nearer": "less", "closer": "less"}

_RULES = rules(
    (rf"^how long is the {_WAY} (?=from\b|between\b)", "How long is the shortest path "),
    (
        rf"^(?:can|could|may) (?:i|we|you|one) (?:get|go|travel|drive|walk|come) from {_A} to {_B} in {_BOUND}"
        r"\s*\?",
        r"Is the distance from \g<a> to \g<b> \g<bound> \g<n>?",
    ),
    (rf"^is it {_BOUND} from {_A} to {_B}\s*\?", r"Is the distance from \g<a> to \g<b> \g<bound> \g<n>?"),
)
_LONGER = re.compile(
    rf"^is the (?:{_BEST} )?(?:{_WAY}|distance) from {_A} to {_B} "
    rf"(?P<than>longer|farther|further|shorter|nearer|closer) than {_NUMBER}\s*\?",
    re.IGNORECASE,
)
_VIA = re.compile(
    rf"^(?:how (?:far|long) is (?:it|the (?:{_BEST} )?(?:{_WAY}|distance))|what is the (?:{_BEST} )?distance|"
    rf"what is the length of the {_BEST} {_WAY}) (?:from|between) {_A} (?:to|and) {_B} "
    r"(?:via|through|by way of|passing(?: through)?|going through) (?P<c>[^?.]{1,90}?)\s*\?",
    re.IGNORECASE,
)


def as_distance(question: str, weighted: bool) -> str:
    """A way by some node, or beside a bound, as its length.

    >>> as_distance("How far is it from A to B via C?", weighted=False)
    'What is the number of hops on the shortest path from A to B through C?'
    """
    length = "total weight of" if weighted else "number of hops on"
    for pattern, words in _RULES:
        question = pattern.sub(words, question)
    question = _VIA.sub(rf"What is the {length} the shortest path from \g<a> to \g<b> through \g<c>?", question)
    return _LONGER.sub(
        lambda m: f"Is the distance from {m['a']} to {m['b']} {_THAN[m['than'].casefold()]} than {m['n']}?", question
    )
