"""Edges that a text seems to say and that were not read: an answer from such a reading would be about another graph."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING

from graphs.text.lead_in import shape
from graphs.text.lexicon import RELATION
from graphs.text.patterns import lazy

if TYPE_CHECKING:
    from graphs.text.draft import Draft
    from graphs.text.scan import Scan

_SIGNS = (
    lazy(r"(?<=[\w\])\"'])\s*(?:<?-{1,2}>|=>|→|⟶|↔|<->)\s*(?=[\w\[(\"'])"),
    lazy(r"(?<=\w)--(?=\w)|(?<=\w) -{1,2} (?=\w)|(?<=\w) ?-{1,2} ?\d+(?:\.\d+)? ?-{1,2}>? ?(?=\w)"),
    lazy(r"\bbetween\b", re.I),
    lazy(r"\b(?:edge|link|arc|road|connection|path|line|flight|pipe)\s+from\b", re.I),
    lazy(r"\b(?:is|are)\s+(?:directly\s+)?(?:connected|linked|joined|adjacent|tied|related)\s+(?:to|with)\b", re.I),
)
_MEASURED_WAY = lazy(r"\d\s*[^\W\d_]{1,12}\s+from\s+\S+\s+to\s+\S+", re.I)  # "7 minutes from Lake to Peak"
_PAIR = lazy(r"[(\[{]\s*[^\s,()\[\]{}][^,()\[\]{}\n]{0,40},\s*[^,()\[\]{}\n]{1,40}(?:,[^()\[\]{}\n]{1,40})?[)\]}]")
_CALLED = lazy(r"\b[A-Za-z]\w{0,8}\s?\(\s*[^\s,()]{1,40}\s*,\s*[^\s,()]{1,40}\s*\)\s*[=:]\s*-?\d")  # d(1, 2) = 5
_HYPHEN = lazy(r"(?<![\w-])(\w{1,12})-(\w{1,12})(?![\w-])")
_NONE_MEANT = lazy(r"\b(?:no(?! others?)|not|nothing|none|nobody|never|isolated|n't|without|every\w*)\b", re.I)
# a question that also states: "… We have an edge between 1 and 2", "Let G be the graph with edges 2 is connected to 5"
_STATED = lazy(
    r"\b(?:we have|there (?:is|are)|let \w+ be|consider|suppose|assume|given|with edges|it has)\b[^?]*"
    r"(?:\b(?:edge|link|arc)s?\s+(?:from|between)\b|\b(?:is|are)\s+(?:connected|linked)\s+to\b|->|→|\bknows\b|"
    r"\bpoints\s+to\b)",
    re.I,
)
_EDGE_SAID = lazy(
    r"\b(?:an?|one|the)\s+(?:\w+\s+)?(?:edge|link|arc|road)s?\s+(?:between|from)\s+(?:\S+\s+){1,3}(?:and|to)\b", re.I
)
_THAN = lazy(r"\bthan\b", re.I)
_DASHED = lazy(r"(?<=\w)--(?=\w)")
_RELATIVE = lazy(
    r"\b(?:that|which|who)\s+(?:is|are)\s+(?:directly\s+)?(?:connected|linked|joined|adjacent|tied|related)\s+(?:to|with)\b|"
    r"\b(?:is|are)\s+(?:directly\s+)?(?:connected|linked|joined|adjacent|tied|related)\s+(?:to|with)(?:\s+directly)?\s*[.!]*$",
    re.I,
)
_EXPLAINS = lazy(
    r"\b(?:means?|if|denotes?|represents?|said|defined?|called|i\.e|e\.g|such that|for example|whether)\b", re.I
)
_TWO = lazy(r"\S{1,20} (?:to|and|from) \S{1,20}")
_NO_NAMES = frozenset("to and from of with is are between or by the".split())
_CLAUSE = lazy(r"[;\n|]|,(?=\s)|[.!](?=\s|$)|:(?=\s)")
_TOKEN = lazy(r"\w+(?:[._]\w+)*|[^\w\s]+")
_WEAK = (" and ", " or ", " to ", "-")  # words that also stand between names that no edge joins
_JOURNEY = lazy(r"\W*(?:and\s+)?(?:from\s+)?\S+(?:\s\S+){0,2}?\s+to\s+\S", re.I)  # "Paris to Lyon 460 km"
_LETTER = lazy(r"[^\W\d_]")
_JOINT = lazy(r"\s[a-z][a-z ]{1,40}\s|-|\s?[/~+*&@#%]{1,3}\s?")
_LONGEST = 100_000
_MOST_NAMES = 1_000


def doubt_swallowed(scan: Scan) -> None:
    """Contradict a draft where the text holds more signs of edges than edges were read there."""
    if len(scan.text) > _LONGEST or len(scan.drafts) != 1:
        return
    draft = scan.drafts[0]
    if not draft.links:
        _doubt_bare_nodes(scan, draft)
        return
    mixed = _mixed_units(scan.text) if any(link[5] for link in draft.links) else ""
    if mixed:
        draft.contradictions.append(f"measures in different units ({mixed}) stand beside each other; write them in one")
        draft.doubts += 0.6
        return
    names = {label for link in draft.links[:200] for label in link[:2]}
    starts = sorted(link[2] for link in draft.links)
    verb = next(
        (name for name in names if name in _NO_NAMES or _TWO.fullmatch(name) or _between_numbers(name, scan.text)), ""
    )
    if verb:
        draft.contradictions.append(f"{verb!r} stands between two names and was read as one")
        draft.doubts += 0.6
    said = relations(scan.text, [(u, v, start, end) for u, v, start, end, *_ in draft.links])
    alike = _alike(scan, names, len(draft.links))
    if alike and alike[1] > len(draft.links) and not draft.absent:
        draft.contradictions.append(f"{alike[0]!r} is said {alike[1]} times, and {len(draft.links)} edges were read")
        draft.doubts += 0.6
    for span in scan.spans():
        text = scan.text[span.start : span.end]
        if span.role == "graph":
            count = bisect_left(starts, span.end) - bisect_left(starts, span.start)
            missed = len(_MEASURED_WAY.findall(text)) > count or (
                not _NONE_MEANT.search(text) and _more_signs(text, count, said, names)
            )
        else:
            missed = (span.role == "question" and _states(text, names, said)) or (
                span.role == "definition" and _says_of(text, names, said)
            )
        if missed:
            draft.contradictions.append(f"{' '.join(text[:80].split())!r} seems to say edges that were not read")
            draft.doubts += 0.6
            return


_BETWEEN_NAMES = lazy(r"(?<![\w-])(\w[\w'’]*)\s+((?:[a-z]+\s+){1,4})(?=(\w[\w'’]*))")
_EDGES_LISTED = lazy(
    r"\b(?:edges?|links?|arcs?|roads?)(?:\s+(?:are|is|set))*\s*[:=]?\s*[\[{(]*\s*"
    r"(?!(?:in|of|between|at|from|to|and|or|with|among|on|are|is|that|which|who|exist|than)\b)(\w+)",
    re.I,
)
_NO_VERBS = frozenset(
    "and or to through until thru up of the in on at by is are named called as with nor plus but then".split()
)


def _two_names(word: str, names: dict[str, None]) -> bool:
    """Whether a word is two names side by side: "v1v2"."""
    return any(word[:cut] in names and word[cut:] in names for cut in range(1, len(word)))


def _doubt_bare_nodes(scan: Scan, draft: Draft) -> None:
    """Contradict a draft of nodes without edges where a sentence says something of two of them, or a name does."""
    names = draft.labels()
    for name in islice(names, _MOST_NAMES):
        said = RELATION.search(name)
        if said is not None and said.start() > 0 and said.end() < len(name):
            draft.contradictions.append(f"{name[:60]!r} was read as a name and seems to say an edge")
            draft.doubts += 0.6
            return
    for span in scan.spans():
        if span.role not in ("graph", "leftover"):
            continue
        text = scan.text[span.start : span.end]
        listed = _EDGES_LISTED.search(text)
        if listed is not None and _two_names(listed[1], names):
            draft.contradictions.append(f"{listed[0][:80]!r} seems to say edges that were not read")
            draft.doubts += 0.6
            return
        for found in _BETWEEN_NAMES.finditer(text) if not _NONE_MEANT.search(text) else ():
            if {found[1], found[3]} <= names.keys() and not _NO_VERBS.issuperset(found[2].split()):
                said_so = f"{found[1]} {found[2]}{found[3]}"
                draft.contradictions.append(f"{said_so[:80]!r} seems to say an edge that was not read")
                draft.doubts += 0.6
                return


_UNITS: tuple[dict[str, str], ...] = (
    {"km": "km kms kilometers kilometres", "m": "m meters metres", "mi": "mi miles", "cm": "cm"},
    {"h": "h hr hrs hour hours", "min": "min mins minute minutes", "s": "s sec secs second seconds"},
    {"euro": "euro euros eur €", "dollar": "dollar dollars usd $", "cent": "cent cents"},
)
_AMOUNT = lazy(r"(?<![\w.,])\d[\d.,]*\s?([a-z]{1,10}|€|\$)(?![\w])|([€$])\s?\d|\d(h)(?=\s?\d)", re.I)


def _mixed_units(text: str) -> str:
    """The units of one kind that stand behind numbers of the text, where there are several; "" for none or one."""
    said = {(m[1] or m[2] or m[3]).casefold() for m in _AMOUNT.finditer(text)}
    for kind in _UNITS:
        found = [unit for unit, spellings in kind.items() if said & set(spellings.split())]
        if len(found) > 1:
            return " and ".join(found)
    return ""


def _alike(scan: Scan, names: set[str], least: int) -> tuple[str, int] | None:
    """The form that most clauses of the text share, such as "from N to N costs N", and how many hold it.

    None where no more than `least` clauses hold a word.
    """
    told = (
        scan.text[span.start : span.end]
        for span in scan.spans()
        if span.role not in ("question", "format") and not _NONE_MEANT.search(scan.text, span.start, span.end)
    )
    clauses = [clause for text in told for clause in _CLAUSE.split(text) if _LETTER.search(clause)]
    if len(clauses) <= least:
        return None
    parts = {word for name in names for word in name.split()}
    forms: list[tuple[str, ...]] = []
    for clause in clauses:
        words = _TOKEN.findall(clause)
        forms.append(tuple("N" if _is_name(word, parts) else word.casefold() for word in words))
    joined = [tuple(word for n, word in enumerate(form) if word != "N" or form[n - 1 : n] != ("N",)) for form in forms]
    common = Counter(
        form
        for form in joined
        if form.count("N") > 1 and 3 <= len(form) <= 14 and any(word.isalpha() for word in form if word != "N")
    ).most_common(1)
    if not common or common[0][1] < 2:
        return None
    form = common[0][0]
    size = len(form)
    held = sum(any(other[n : n + size] == form for n in range(len(other) - size + 1)) for other in joined)
    return " ".join(form), held


def _is_name(word: str, parts: set[str]) -> bool:
    return (
        word in parts or word[0].isdigit() or word[0].isupper() or (len(word) == 1 and word.isalpha() and word != "a")
    )


def _between_numbers(name: str, text: str) -> bool:
    """Whether a name looks like a verb: lines such as "2 knows 6" that were read as columns of names."""
    if not (name.isalpha() and name.islower() and len(name) > 2):
        return False
    return len(re.findall(rf"(?<!\S)\d+[ \t]+{re.escape(name)}[ \t]+\d+(?!\S)", text)) > 1


def _states(question: str, names: set[str], said: frozenset[str]) -> bool:
    """Whether a question also says edges: it runs on into them, or they run into it."""
    if _STATED.search(question):
        return True
    signs = (_SIGNS[0], _SIGNS[4], _EDGE_SAID, _DASHED)
    question = _RELATIVE.sub(" ", question)  # "each node that is adjacent to 4" states nothing
    parts = _THAN.split(question)  # "is the road between A and B longer than the one between B and C?"
    most = max(len(sign.findall(part)) for sign in signs for part in parts)
    first = _HYPHEN.match(question.lstrip())
    runs_on = not question.rstrip().endswith("?") and not _EXPLAINS.search(question)
    if first is not None:  # "…, Ann-Cy. Bob-Eve etc. How many nodes are there?"
        kinds = {shape(name) for name in names} - {""}
        alike = {shape(first[1]), shape(first[2])} <= kinds or _name_like(first, frozenset(names))
        if {first[1], first[2]} & names or (alike and "-" in said):
            return True
    return most > 1 or (most == 1 and runs_on)


def _more_signs(text: str, count: int, said: frozenset[str], names: set[str]) -> bool:
    most = max(1, count)
    hyphens = sum(1 for found in _HYPHEN.finditer(text) if {found[1], found[2]} & names)
    return (
        hyphens > most
        or any(len(sign.findall(text)) > most for sign in _SIGNS)
        or len(_CALLED.findall(text)) > most
        or any(text.count(phrase) > most for phrase in said.difference(_WEAK))
    )


def _says_of(text: str, names: set[str], said: frozenset[str]) -> bool:
    """Whether a definition says an edge of nodes that the graph has."""
    if _EXPLAINS.search(text):
        return False
    if _EDGE_SAID.search(text):
        return True
    if not names & set(re.findall(r"[\w'-]+", text)):
        return False
    return any(sign.search(text) for sign in (_SIGNS[0], *_SIGNS[2:])) or any(p in text for p in said.difference(_WEAK))


def relations(text: str, links: Sequence[tuple[str, str, int, int]]) -> frozenset[str]:
    """What stands between the ends of edges in the text that they were read from, such as " points to " or "-"."""
    found: Counter[str] = Counter()
    for one, other, start, end in links[:50]:
        said = text[start:end]
        for first, second in ((one, other), (other, one)):
            joint = _joint(said, first, second)
            if joint and len(joint.split()) < 5:
                found[joint] += 2 if _JOURNEY.match(said) else 1
    return frozenset(phrase for phrase, count in found.items() if count > 1 or phrase not in _WEAK or phrase == "-")


def _joint(said: str, first: str, second: str) -> str:
    """What stands between two names in a clause, where it can join them; "" where nothing does."""
    begin = said.find(first)
    while begin >= 0:
        end = said.rfind(second, begin + len(first))
        while end > begin:
            between = said[begin + len(first) : end]
            if _JOINT.fullmatch(between):
                return between
            end = said.rfind(second, begin + len(first), end + len(second) - 1)
        begin = said.find(first, begin + 1)
    return ""


def _name_like(found: re.Match[str], labels: frozenset[str]) -> bool:
    """Whether "a-b" may be two names: written as the names are, and no word such as "well-known" among others."""
    capital = all(label[:1].isupper() for label in labels)
    if capital:
        return found[1][0].isupper() and found[2][0].isupper()
    return len(found.string.split()) < 6


def says_edges(left: str, said: frozenset[str], labels: frozenset[str]) -> bool:
    """Whether a part that no reader took seems to say edges.

    said: the words between the ends of edges that were read, such as " points to ". labels: the names of the nodes.
    """
    if any(sign.search(left) for sign in (_SIGNS[0], _SIGNS[3], _SIGNS[4], _EDGE_SAID, _DASHED)):
        return True
    near = any(re.search(rf"(?<!\w){re.escape(label)}(?!\w)", left) for label in labels)
    if _PAIR.search(left) or (near and (_SIGNS[1].search(left) or _SIGNS[2].search(left))):
        return True
    kinds = {shape(label) for label in labels} - {""}
    if any(
        {found[1], found[2]} & labels or (shape(found[1]) == shape(found[2]) and shape(found[1]) in kinds)
        for found in _HYPHEN.finditer(left)
    ):
        return True
    if "-" in said and any(_name_like(found, labels) for found in _HYPHEN.finditer(left)):
        return True
    journey = " to " in said and _JOURNEY.match(left) is not None
    return journey or any(phrase in left and (phrase not in _WEAK or near) for phrase in said - {"-"})
