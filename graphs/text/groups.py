"""Edges that a text tells in groups: under headings ("Red edges: … Blue edges: …"), or by several words for an edge."""

from __future__ import annotations

import re
from bisect import bisect_right

from graphs.text.patterns import lazy
from graphs.text.scan import Scan

_HEADING = lazy(r"(?:^|[.!?;\n])[ \t]*(?:[-*•#]+[ \t]*)?([A-Za-z][\w'’ -]{1,40}?)[ \t]*:(?=[ \t\n]*[\w(\[{])", re.M)
_WORD = lazy(r"[^\W\d_][\w'’-]*")
# words that make no group of their own
_PLAIN = frozenset(
    "the a an and of in are is as more further also other additional edges edge links link connections connection "
    "roads road graph network list pairs arcs relations routes given following here my our we have data input "
    "nodes vertices node with weights weight capacities capacity costs distances lengths note e g let be example "
    "question q".split()
)
_NONE = lazy(
    r"\b(?:non|not|no|never|forbidden|disallowed|banned|closed|locked|planned|future|removed|deleted|former|formerly|old|"
    r"missing|broken|blocked|cut|enem\w*|without|excluded|except\w*|absent|lost|dead|inactive|disabled|false|wrong)\b",
    re.I,
)
_MOST = 2_000  # edges that are looked at
# Words for an edge that say what it is: who asks for roads asks for no railways.
_KINDS = {
    "road": "road street highway motorway",
    "railway": "railway rail railroad train",
    "bus": "bus",
    "ferry": "ferry boat ship",
    "flight": "flight plane",
    "tram": "tram",
    "metro": "metro subway",
    "path": "footpath trail",
    "cable": "cable wire fibre",
    "pipe": "pipe pipeline",
    "tunnel": "tunnel",
    "canal": "canal river",
    "friend": "friend friendship",
    "enemy": "enemy rival",
    "colleague": "colleague coworker",
    "sibling": "sibling brother sister",
    "cousin": "cousin",
}
_KIND_OF = {
    word + ending: kind for kind, words in _KINDS.items() for word in words.split() for ending in ("", "s", "es")
}
_KIND_OF |= {"ferries": "ferry", "enemies": "enemy"}


def doubt_groups(scan: Scan) -> None:
    """Contradict a draft whose edges stand under different headings, or are of other kinds than the question's."""
    if len(scan.drafts) != 1 or not 1 < len(scan.draft.links) <= _MOST or len(scan.text) > 100_000:
        return
    _headings(scan)
    _kinds(scan)


def _headings(scan: Scan) -> None:
    names = {part for link in scan.draft.links for label in link[:2] for part in (label, *label.split())}
    heads = []
    for found in _HEADING.finditer(scan.text):
        words = [word.removesuffix("'s").removesuffix("’s") for word in _WORD.findall(found[1])]
        if not any(word in names for word in (*words, found[1])):
            heads.append((found.end(), found[1], frozenset(word.casefold() for word in words) - _PLAIN))
    if not heads:
        return
    starts = [head[0] for head in heads]
    used = {bisect_right(starts, link[2] + 1) - 1 for link in scan.draft.links}
    groups = {heads[n][2]: heads[n][1] for n in sorted(used) if n >= 0}
    denied = next((name for name in groups.values() if _NONE.search(name)), "")
    if denied:
        scan.draft.contradictions.append(f"what stands under {denied!r} was read as edges")
        scan.draft.doubts += 0.6
    elif len(groups) > 1:
        shown = " and ".join(repr(name) for name in list(groups.values())[:3])
        scan.draft.contradictions.append(f"the edges under {shown} were read as one graph")


def _kinds(scan: Scan) -> None:
    names = {part.casefold() for link in scan.draft.links for label in link[:2] for part in label.split()}
    asked = {kind for start, end, _ in scan.questions for kind in _kinds_in(scan.text[start:end], names)}
    if not asked:
        return
    spans = {link[2:4] for link in scan.draft.links}
    said = {kind for start, end in spans for kind in _kinds_in(scan.text[start:end], names)}
    other = sorted(said - asked)
    if other and said & asked:
        scan.draft.contradictions.append(f"the question is about {sorted(asked)[0]!r}, and some edges are {other[0]!r}")
        scan.draft.doubts += 0.6


def _kinds_in(text: str, names: set[str]) -> set[str]:
    words = {word.casefold() for word in _WORD.findall(text)} - names  # a node may be called "canal"
    return {kind for word in words if (kind := _KIND_OF.get(word))}
