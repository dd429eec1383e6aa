"""Words of a question that name nothing by themselves: "them", "it", "that node", "the first one", "the others".

Such a word is bound where the question itself says before it what it stands for ("Do Ann and Bob have an edge between
them?"). Which words may bind it follows Principles A and B of binding theory (Chomsky 1981): a pronoun that is the
subject or object of a clause does not stand for another part of the same clause, "their" and "between them" may.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from agents.routing.language import concept
from agents.routing.mentions import find_mentions
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


_WORD = r"[^\W\d_]+"
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
    ("several", re.compile(rf"\bthe (?P<on>{_WORD}) (?:on|along|in) (?:it|(?:this|that) (?P<noun>{_WORD}))\b")),
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
    ("two", re.compile(r"(?<=between )both\b(?=\s*[?.!]|$)")),
    (
        "others",
        re.compile(r"\b(?:the |all )(?:others|other ones|rest|remaining ones|other (?:two|three))\b(?! of the\b)"),
    ),
    ("which", re.compile(r"(?<=\bwhich )ones?\b(?! of\b)")),
    (
        "several",
        re.compile(
            rf"\b(?:these|those)(?: (?:two|three|four|five|\d+))? (?P<noun>{_WORD})\b(?! (?:that|which|who|whose)\b)"
        ),
    ),
    ("several", re.compile(r"\b(?:them|they|these|those)\b(?! (?:that|which|who|whose|with)\b)")),
    ("several", re.compile(r"\b(?P<own>their)\b")),
    ("one", re.compile(rf"\b(?:this|that|the same) (?:(?P<of>one)|(?P<noun>{_WORD}))\b(?! as\b)")),
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
_GRAPH = frozenset("graph network map digraph tree multigraph hierarchy maze system data table text picture".split())
_OTHER_NOUNS = {
    "path": "path", "route": "path", "way": "path", "trip": "path", "walk": "path", "tour": "path",
    "component": "component", "group": "component", "cluster": "component", "community": "component",
}  # fmt: skip
_NO_NOUN = frozenset(
    "points links connects leads joins touches knows borders is are was were be not all both any also then now have "
    "has do does can that which who".split()
)
_FIGURES = frozenset("numbers figures values lengths distances degrees weights counts sums".split())
_FIGURE = lazy(
    r"\b(?:distance|length|degree|weight|number|count|size|sum|value|cost|eccentricity|rank|score|figure)\w*\b"
)
# "terminals with the least sum of hops to all the rest"
_OF_ALL = lazy(
    r"^\W*(?:(?:the|all|which|list|name|find|give|me|show)\s+)*[^\W\d_]{3,}s (?:with|that|who|which|whose)\b"
)
_CLAUSE = lazy(r"[,;:.?!]|\b(?:if|when|after|once|and|but|because|since|while|given|suppose|although|so)\b")
_PAIR = lazy(r"Ⓝ+(?:\s*,\s*Ⓝ+)*,?\s*(?:and|or|&|nor)\s*Ⓝ+")
_AUX = lazy(
    r"\b(?:is|are|was|were|do|does|did|can|could|will|would|have|has|had)\s+(?:all |any |none |each )?(?:of )?$"
)
_BE = lazy(r"\b(?:is|are|was|were|do|does|did)\s+$")
_BETWEEN = lazy(r"\b(?:between|among|amongst|amid|connecting|joining|separating)\s+(?:any of |both of |all of )?$")
_PARTITIVE = lazy(r"\bof (?:all (?:of )?)?$")
_RELATIVE = lazy(r"\b(?:that|who|whom|whose|which|where)\b")


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
            if reference is not None and not _bound(reference, masked, _masked(before, graph)):
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


def noun_kind(word: str) -> str:
    """What a noun names: "node", "edge", "path", "component"; "" for another word, or the graph."""
    one = word.casefold()
    if one in _GRAPH:
        return ""
    for each in (one, one.removesuffix("s")):
        if each in _OTHER_NOUNS:
            return _OTHER_NOUNS[each]
    kind = {"nod": "node", "edge": "edge"}.get(concept(one) or "", "")
    return kind or (
        "node" if one in ("person", "people", "guy", "woman", "man", "friend", "neighbour", "neighbor") else ""
    )


def _bound(reference: Reference, masked: str, context: str) -> bool:
    before = _PAIR.sub(lambda pair: "Ⓟ" * len(pair[0]), masked[: reference.start])
    cuts = list(_CLAUSE.finditer(before))
    cut = cuts[-1].end() if cuts else 0
    earlier, same = f"{context} {before[:cut]}", before[cut:]
    subject = bool(_AUX.search(same))
    if reference.kind == "which" and _CHOICE.search(masked, reference.end):
        return True  # "which one is larger, Ann or Bob?"
    if reference.kind == "others" and _OF_ALL.search(before):
        return True
    if reference.kind in ("others", "which", "ordinal", "two"):
        return "Ⓝ" in before or "Ⓟ" in before or _names(earlier, plural=True)
    if reference.on:
        return _noun_before(earlier + same, ("path", "cycle"))
    if reference.kind == "several":
        if "Ⓟ" in earlier or _names(earlier, plural=True):
            return True
        if _PARTITIVE.search(same) or (subject and not reference.possessive):
            return False
        if _BETWEEN.search(same):
            return "Ⓟ" in same or same.count("Ⓝ ") > 1 or _names(same, plural=True, edges=False)
        if reference.possessive:
            return not _BE.search(same) and ("Ⓟ" in same or _names(same, plural=True) or bool(_EACH.search(same)))
        relative = _RELATIVE.search(same, 6)
        return relative is not None and _names(same[: relative.start()], plural=True)
    if "Ⓝ" in earlier or "Ⓟ" in earlier or _names(earlier, plural=False):
        return True
    if reference.possessive:
        if _BE.search(same):
            return False
        return "Ⓝ" in same or "Ⓟ" in same or _names(same, plural=False) or _names(same, plural=True)
    relative = _RELATIVE.search(same, 6)
    if reference.kind == "person" and relative is not None:
        return bool(re.search("[ⓃⓅ]", same[: relative.start()]))
    if reference.kind == "one" and not subject:
        return _noun_before(same, ("graph", "path", "cycle", "tree", "network"))
    return False


_CHOICE = lazy(r"Ⓝ+,? or Ⓝ+")
_EACH = lazy(r"\b(?:each|every|all)\b")


def _names(text: str, *, plural: bool, edges: bool = True) -> bool:
    """Whether nouns for parts of a graph, or for the graph, stand in a text."""
    for word in re.findall(_WORD, text):
        if word in _GRAPH and not plural:
            return True
        kind = noun_kind(word)
        several = word.endswith("s") or word in ("people", "vertices", "leaves")
        if (kind and (edges or kind == "node") and several == plural) or (plural and word in ("pairs", "cycles")):
            return True
    return False


def _noun_before(text: str, nouns: tuple[str, ...]) -> bool:
    return any(re.search(rf"\b{noun}s?\b", text) for noun in nouns)
