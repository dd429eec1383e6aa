"""Questions for the size of a graph: how many entities it holds, or how many relations."""

from __future__ import annotations

import re

from agents.knowledge.request import Request
from graphs.store.facts import Facts
from graphs.store.query import OfType

_SIZE = re.compile(
    r"\s*(?:how many|what(?: is|'s|’s)? the (?:total )?(?:number|count) of|(?:count|number of)(?: all)?(?: the)?)\s+"
    r"(?:different |distinct )?(?:(?P<entities>entit(?:y|ies)|nodes?)|"
    r"(?P<relations>relations?|relationships?|facts?|triples?|edges?|statements?))"
    r"(?:\s+(?:is|are|do|does|has|have|there|in|of|the|this|my|whole|entire|it|knowledge|graph|store|hold|holds|"
    r"contain|contains|know|known|knows|stored|total|all|altogether|now|so far|here|we|you))*\s*\W*",
    re.IGNORECASE,
)


def of_size(question: str, facts: Facts) -> Request | None:
    """The request for the number of all entities or relations; None for other questions.

    A graph that has entities of a type called "fact" or "relation" is asked for those.
    """
    match = _SIZE.fullmatch(question)
    if match is None:
        return None
    word = str(match["entities"] or match["relations"]).casefold()
    singular = f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")
    if any(str(kind).casefold() in (word, singular) for kind in facts.types if kind is not None):
        return None
    return Request("size", OfType(None) if match["entities"] else None)
