"""Whether a question itself says before a word such as "them" what it stands for.

Principles A and B of binding theory (Chomsky 1981): a pronoun that is the subject or object of a clause does not stand
for another part of the same clause, "their" and "between them" may.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agents.routing.language import concept
from graphs.text.patterns import lazy

if TYPE_CHECKING:
    from agents.talk.anaphora import Reference

WORD = r"[^\W\d_]+"
_GRAPH = frozenset("graph network map digraph tree multigraph hierarchy maze system data table text picture".split())
_OTHER_NOUNS = {
    "path": "path", "route": "path", "way": "path", "trip": "path", "walk": "path", "tour": "path",
    "component": "component", "group": "component", "cluster": "component", "community": "component",
}  # fmt: skip
_OF_ALL = lazy(
    r"^\W*(?:(?:the|all|which|list|name|find|give|me|show)\s+)*[^\W\d_]{3,}s (?:with|that|who|which|whose)\b"
)
_CLAUSE = lazy(r"[,;:.?!]|\b(?:if|when|after|once|and|but|because|since|while|given|suppose|although|so|by how)\b")
_PAIR = lazy(r"Ⓝ+(?:\s*,\s*Ⓝ+)*,?\s*(?:and|or|&|nor)\s*Ⓝ+")
_AUX = lazy(
    r"\b(?:is|are|was|were|do|does|did|can|could|will|would|have|has|had)\s+(?:all |any |none |each )?(?:of )?$"
)
_BE = lazy(r"\b(?:is|are|was|were|do|does|did)\s+$")
_BETWEEN = lazy(r"\b(?:between|among|amongst|amid|connecting|joining|separating)\s+(?:any of |both of |all of )?$")
_PARTITIVE = lazy(r"\bof (?:all (?:of )?)?$")
_RELATIVE = lazy(r"\b(?:that|who|whom|whose|which|where)\b")


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


def bound(reference: Reference, masked: str, context: str) -> bool:
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
    for word in re.findall(WORD, text):
        if word in _GRAPH and not plural:
            return True
        kind = noun_kind(word)
        if plural and word in ("everyone", "everybody"):
            return True
        several = word.endswith("s") or word in ("people", "vertices", "leaves")
        if (kind and (edges or kind == "node") and several == plural) or (plural and word in ("pairs", "cycles")):
            return True
    return False


def _noun_before(text: str, nouns: tuple[str, ...]) -> bool:
    return any(re.search(rf"\b{noun}s?\b", text) for noun in nouns)
