"""Words of a question that name nothing by themselves: "them", "it", "that node", "the first one", "the others".

Such a word is bound where the question itself says before it what it stands for ("Do Ann and Bob have an edge between
them?"; `agents.talk.bound`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from agents.routing.mentions import find_mentions
from agents.talk.bound import WORD, bound, noun_kind
from graphs.graph import Graph
from graphs.text.patterns import lazy

Kind = Literal["several", "one", "person", "two", "others", "which", "ordinal"]


@dataclass(frozen=True)
class Reference:
    """A word, or a few, at [start, end) of the question that stand for something said before it.

    noun: "node", "edge", "path" or "component" where the words say so. place: of an ordinal, from 0; -1 for the last;
    of several how many of the first (above 0) or the last (below 0), all for 0.
    on: the noun lies on the thing that is meant: "the towns on it".
    """

    start: int
    end: int
    text: str
    kind: Kind
    noun: str = ""
    possessive: bool = False
    place: int = 0
    on: bool = False


_ORDINALS = {"first": 0, "former": 0, "second": 1, "latter": 1, "third": 2, "fourth": 3, "fifth": 4, "last": -1}
_ORDINAL = "|".join(_ORDINALS)
_BARE_WHICH = re.compile(
    r"^(?:\W*(?:and|so|but|then|now)\b)*\W*which(?P<bare>)(?= (?:has|have|can|does|do|(?:is|are)(?! (?:the )?(?:\w+ "
    r"){0,3}"
    r"(?:nodes?|vert\w+|edges?|links?|roads?|paths?|routes?|ways?|person|people|town|city|one|component|cycle|group|"
    r"route|"
    r"centre|center)\b))\b)"
)
_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("several", re.compile(rf"\bthe (?P<on>{WORD}) (?:on|along|in) (?:it|(?:this|that) (?P<noun>{WORD}))\b")),
    (
        "ordinal",
        re.compile(
            rf"\bthe (?P<place>{_ORDINAL})(?: (?:one|of (?:them|these|those))\b| (?:of (?:the )?(?:two|three)\b)|"
            rf"(?= and (?:the )?(?:{_ORDINAL}) (?:one|of)\b)|(?<=former)\b|(?<=latter)\b)"
        ),
    ),
    (
        "several",
        re.compile(
            r"\bthe (?P<edge>first|last) (?P<count>two|three|four)(?: of (?:them|these|those))?(?=\s*(?:[?.!,]|$| "
            r"and\b))"
        ),
    ),
    ("which", re.compile(r"(?<=\bthe )ones?(?= (?:with|that|who|which|having)\b)")),
    ("which", _BARE_WHICH),
    ("two", re.compile(r"\bthe (?:two|three|four)(?: of them)?(?=\s*(?:[?.!,]|$)| (?:are|have|do|share|know|both)\b)")),
    ("two", re.compile(r"(?:(?<=\bdo )|(?<=\bdid ))the (?:two|three|four)(?= [^\W\d_]+\s*[?.!]*$)")),
    ("two", re.compile(r"(?<=between )both\b(?=\s*[?.!]|$)")),
    (
        "others",
        re.compile(r"\b(?:the |all )(?:others|other ones|rest|remaining ones|other (?:two|three))\b(?! of the\b)"),
    ),
    ("which", re.compile(r"(?<=\bwhich )ones?\b(?! of\b)")),
    (
        "several",
        re.compile(
            rf"\b(?:these|those)(?: (?:two|three|four|five|\d+))? (?P<noun>{WORD})\b(?! (?:that|which|who|whose)\b)"
        ),
    ),
    ("several", re.compile(r"\b(?:them|they|these|those)\b(?! (?:that|which|who|whose|with|of degree)\b)")),
    ("several", re.compile(r"\b(?P<own>their)\b")),
    ("one", re.compile(rf"\b(?:this|that|the same) (?:(?P<of>one)|(?P<noun>{WORD}))\b(?! as\b)")),
    ("one", re.compile(r"\b(?P<own>its)\b|\bit\b")),
    ("one", re.compile(r"(?<=\bis )(?:that|this)\b(?= |\?|$)|(?<=\bto )(?:that|this)\b(?=\s*[?.!]|$)")),
    ("one", re.compile(r"(?<=\bfrom )there\b|(?<=\bto )there\b")),
    ("person", re.compile(r"\b(?P<own>his|her)\b(?= \w)|\b(?:he|she|him|her|hers)\b")),
)
_EXPLETIVE = lazy(
    r"\bhow (?:far|long) is it from [^?]*? to\b|\bit (?:is |was |would be |be )?(?:possible|true|the case|correct|"
    r"safe|enough|necessary|easy|known|that|take|"
    r"takes|"
    r"cost|costs|need|needs|mean|means)\b|\b(?:is|was) it (?:ever |always |still )?(?:possible|true|the case|correct|"
    r"enough|necessary|impossible|easier|faster|shorter|cheaper|better)\b|\b(?:make|makes|making|as|call) it\b|"
    r"\bit (?:possible|takes?|costs?|needs?)\b|\b(?:does|did|will|would) it (?:take|cost|need|matter|help)\b"
)
_NO_NOUN = frozenset(
    "points links connects leads joins touches knows borders is are was were be not all both any also then now have "
    "has do does can that which who".split()
)
_FIGURES = frozenset("numbers figures values lengths distances degrees weights counts sums".split())
_FIGURE = lazy(
    r"\b(?:distance|length|degree|weight|number|count|size|sum|value|cost|eccentricity|rank|score|figure)\w*\b"
)


# "terminals with the least sum of hops to all the rest"
def references(question: str, graph: Graph, before: str = "") -> list[Reference]:
    """The references of `question` that nothing in it binds, in order.

    before: sentences in front of the question, which may bind them as well.
    """
    masked = _masked(question, graph)
    found: list[Reference] = []
    idle = [match.span() for match in _EXPLETIVE.finditer(masked)]
    figures: list[tuple[int, int]] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(masked):
            start, end = match.span()
            if any(start < other.end and other.start < end for other in found) or (
                match[0] == "it" and any(a <= start < b for a, b in idle)
            ):
                continue
            if kind == "several" and match.groupdict().get("noun") in _FIGURES and _FIGURE.search(masked[:start]):
                figures.append(match.span())  # "find the distances and add these numbers"
            if any(a <= start < b for a, b in figures):
                continue
            reference = _reference(match, kind, question)
            if reference is not None and not bound(reference, masked, _masked(before, graph)):
                found.append(reference)
    return sorted(found, key=lambda reference: reference.start)


def _masked(text: str, graph: Graph) -> str:
    """The text in small letters, every node that it names as so many Ⓝ as it has letters."""
    masked = text.lower()
    if len(masked) != len(text):
        masked = text
    for mention in find_mentions(text, graph).nodes:
        masked = masked[: mention.start] + "Ⓝ" * (mention.end - mention.start) + masked[mention.end :]
    return masked


def _reference(match: re.Match[str], kind: Kind, question: str) -> Reference | None:
    groups = match.groupdict()
    noun = ""
    if groups.get("noun"):
        noun = noun_kind(groups["noun"])
        if groups["noun"] in _NO_NOUN:  # "Are those not leaves?"
            return (
                None
                if kind == "one"
                else Reference(match.start(), match.start() + 5, question[match.start() : match.start() + 5], kind)
            )
        if not noun:
            return None  # "that way of counting", "this graph"
    on = bool(groups.get("on"))
    if on and noun_kind(groups["on"]) not in ("node", "edge"):
        return None
    place = _ORDINALS[groups["place"]] if groups.get("place") else 0
    if groups.get("count"):
        count = {"two": 2, "three": 3, "four": 4}[groups["count"]]
        place = count if groups["edge"] == "first" else -count
    text = question[match.start() : match.end()].strip()
    start = match.end() if "bare" in groups else match.start()
    return Reference(start, match.end(), text, kind, noun, bool(groups.get("own")), place, on)
