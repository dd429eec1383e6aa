"""Graphs that a story tells by saying the same thing of one pair after another, whatever it says.

"Mill feeds Depot, Depot feeds Shop and Yard" or "A1 is qualified for B1, A2 is qualified for B2": what stands between
two labels and comes again between others is how this story says "edge". So do arrows and dashes between words
("algae -> snail", "Graz–Linz 220"). A pair that stands alone, or in what the story asks for, is no edge.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from agents.programs.literals import numbers_in

_NAME = r"[A-Z][A-Za-z0-9_]{0,20}\b(?! (?:\d|[A-Z]\d*\b(?!['’])))"  # of "Dept D1" the second word
_LABEL = (
    rf"(?:'[^'\n]{{1,30}}'|\"[^\"\n]{{1,30}}\"|`\w{{1,20}}`|(?<![\d.\w])\d{{1,5}}(?![\d.]*[%\w])|\b{_NAME}(?!['’]))"
)
_NOUN = r"(?:[a-z]+ ){0,3}?"
_TITLE = r"(?:[A-Z][a-z]+ )?"
_BETWEEN = re.compile(rf"(?P<u>{_LABEL}) (?P<words>[a-z]+(?:[ -][a-z]+){{0,6}}?) {_TITLE}(?P<v>{_LABEL})")
_WITH_NOUN = re.compile(rf"([A-Za-z]+) {_LABEL} ([a-z]+)")
_WORD = r"(?:'[^'\n]{1,30}'|\w+(?:\.\w+)*)"
_ARROWED = re.compile(rf"(?P<u>{_WORD}) ?(?P<sign>-{{1,2}}>|=>|→|⟶|<-+>|↔|–>|—>) ?(?=(?P<v>{_WORD}))")
_DASHED = re.compile(r"(?<![\w'’/–—-])(?P<u>\w+)(?P<sign> ?[–—] ?|-|/)(?=(?P<v>\w+)(?![\w'’-]))")
_LINE = re.compile(
    rf"^[ \t]*(?:[-*•]|\d+[.)])?[ \t]*(?:[A-Z]?[a-z]+ )??(?P<u>{_LABEL}) ?(?:and|to|with|&|,|/|-|–) ?"
    rf"{_NOUN}(?P<v>{_LABEL})"
    r"(?=[ \t]*(?:[:,(=–-]|at|with|costs?|takes?|$))",
    re.MULTILINE,
)
# between two labels, these tell nothing of a link
_NO_LINK = frozenset(
    "and or of in on at as is are was be than by for a an the from between while if but when then that which who nor "
    "via plus versus vs but not through".split()
)
_AMOUNT = re.compile(
    r"\b(?:cost|weigh|tak|measur|rang|number|worth|capacit|length|distance|strength|score|rate|price|last|count|total|"
    r"steps?|years?|hours?|minutes?|nodes|edges|vertices|dimensions?|least|most|equal)\w*"
    r"(?: (?:of|to|is|at|least|most))*$"
)  # what ends before an amount, and not before a label
# with a capital only for the beginning of a sentence
_NO_NAME = frozenset(
    "a an the this that these those it its he she we you they i my our your in on at from to for with by as if when "
    "while and or but so then each every all both no there here what which who how why where is are was can could "
    "would please use using find given let suppose imagine consider node nodes edge edges".split()
)
_QUANTITY = frozenset("both all each also of the a an".split())
_ASKS = re.compile(
    r"\?|\b(?:find|compute|calculat\w+|determin\w+|shortest|evaluate|measure|print|whether|route|path from)\b", re.I
)
_RANGE = re.compile(
    r"\b(?!(?:connects|links|joins|ties|leads|goes|runs|arcs|edges|paths|roads|routes)\b)(?:[a-z]+s|labell?ed|numbered)"
    r"(?: from)? \d+ (?:to|through|[-–]) \d+\b"
)  # "nodes 0 to 5" are all of them
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass
class Clause:
    """The links that one clause tells. start, end: its place; the numbers behind it say something of its links."""

    pairs: list[tuple[Any, Any]]
    start: int
    end: int
    directed: bool = False


def clauses_in(text: str) -> list[Clause]:
    """The links of the way of telling that gives the most, in the text's order; [] where no way comes twice."""
    told = _RANGE.sub(lambda match: " " * len(match[0]), _without_questions(text))
    ways = [_arrowed(told), _dashed(told), _lines(told), _repeated(told)]
    best = max(map(_of_one_kind, ways), key=lambda way: sum(len(clause.pairs) for clause in way))
    return best if sum(len(clause.pairs) for clause in best) > 1 else []


def _of_one_kind(clauses: list[Clause]) -> list[Clause]:
    """The clauses whose labels are numbers, or those whose labels are none: no story mixes them."""
    numbered = [all(isinstance(end, int) for pair in clause.pairs for end in pair) for clause in clauses]
    worded = [not any(isinstance(end, int) for pair in clause.pairs for end in pair) for clause in clauses]
    kind = numbered if sum(numbered) >= sum(worded) else worded
    return [clause for clause, fits in zip(clauses, kind, strict=True) if fits]


def _without_questions(text: str) -> str:
    """The text without the sentences that ask, place for place."""
    out, at = [], 0
    for part in _SENTENCE.split(text):
        start = text.index(part, at)
        out.append(text[at:start])
        asks = _ASKS.search(part) is not None and re.search(r":\s|\n", part) is None
        told = len(_ARROWED.findall(part)) > 1 or len(_BETWEEN.findall(part)) > 2
        told = told or sum(_is_short(m["u"]) and _is_short(m["v"]) for m in _DASHED.finditer(part)) > 1
        out.append(re.sub(r"[^\n]", " ", part) if asks and not told else part)
        at = start + len(part)
    return "".join(out) + text[at:]


def _arrowed(text: str) -> list[Clause]:
    found = [
        m
        for m in _ARROWED.finditer(text)
        if not re.search(r"\bdef |\blambda", text[max(0, m.start() - 30) : m.start()])
    ]
    return [
        Clause([(_label(m["u"]), _label(m["v"]))], m.start(), m.end("v"), "<" not in m["sign"] and m["sign"] != "↔")
        for m in found
    ]


def _dashed(text: str) -> list[Clause]:
    """Words joined by a dash: names or numbers, or words that come in several pairs as those of a graph do."""
    found = list(_DASHED.finditer(text))
    found = [m for m in found if m["u"] != m["v"] and (m["u"].isdigit() == m["v"].isdigit())]
    plain = [m for m in found if m["sign"].strip() in ("–", "—") or (_is_short(m["u"]) and _is_short(m["v"]))]
    signs = Counter(m["sign"].strip() for m in plain)
    if not signs:
        return []
    sign = signs.most_common(1)[0][0]
    kept = [m for m in plain if m["sign"].strip() == sign]
    ends = {end for m in kept for end in (m["u"], m["v"])}
    if len(kept) < 2 or len(ends) >= 2 * len(kept):
        return []
    return [Clause([(_label(m["u"]), _label(m["v"]))], m.start(), m.end("v")) for m in kept]


def _lines(text: str) -> list[Clause]:
    """A line for each link: "- Ana and Ben: 4 minutes"."""
    found = [m for m in _LINE.finditer(text) if _is_name(m["u"]) and _is_name(m["v"])]
    return [Clause([(_label(m["u"]), _label(m["v"]))], m.start(), m.end("v")) for m in found if m["u"] != m["v"]]


def _repeated(text: str) -> list[Clause]:
    """What the story says again and again between two labels."""
    said: Counter[str] = Counter()
    ways: set[str] = set()
    at = 0
    nouns = {m[1].casefold().rstrip("s") for m in _WITH_NOUN.finditer(text) if m[2] not in _NO_LINK}
    while match := _BETWEEN.search(text, at):
        words = _without_noun(match["words"], nouns)
        counted = match["v"].isdigit() and _AMOUNT.search(words)
        if words and not counted and _is_name(match["u"]) and _is_name(match["v"]):
            said[_singular(words)] += 1
            ways.add(words)
        at = match.start("v")
    again = [words for words, count in said.items() if count > 1]
    if not again:
        return []
    verbs = "|".join(sorted(map(re.escape, ways), key=len, reverse=True))
    more = rf"(?:(?!(?:{verbs}) )[a-z]+ ){{0,3}}?{_LABEL}"
    more += rf"(?!(?: and {_LABEL})? (?:both |all |each |also )?(?:{verbs}) )"
    whole = re.compile(
        rf"(?P<us>{_LABEL}(?:(?:, {_LABEL})*,? and (?:[a-z]+ )?{_LABEL})?) "
        rf"(?:both |all |each |also )?(?P<verb>{verbs}) "
        rf"(?P<vs>{_NOUN}{_TITLE}{_LABEL}(?:(?:, and |, or |, | and | & | or ){more})*)"
    )
    clauses: list[Clause] = []
    alone: list[Clause] = []
    for match in whole.finditer(text):
        us, vs = ([_label(x) for x in re.findall(_LABEL, match[part]) if _is_name(x)] for part in ("us", "vs"))
        pairs = [(u, v) for u in us for v in vs if u != v]
        if pairs:
            (clauses if _singular(match["verb"]) in again else alone).append(Clause(pairs, match.start(), match.end()))
    near = [one for one in alone if any(_in_one_sentence(text, one, other) for other in clauses)]
    return sorted([*clauses, *near], key=lambda clause: clause.start)


def _in_one_sentence(text: str, one: Clause, other: Clause) -> bool:
    between = text[min(one.end, other.end) : max(one.start, other.start)]
    return re.search(r"[.!?](?:\s|$)|\n\n", between) is None


def _singular(words: str) -> str:
    """The words as they are said of one: "have to precede" is "has to precede"."""
    return re.sub(r"\b(?:have|are|were|do)\b", lambda match: _OF_ONE[match[0]], words)


_OF_ONE = {"have": "has", "are": "is", "were": "was", "do": "does"}


def _without_noun(words: str, nouns: set[str]) -> str:
    """What is said between two labels, without the noun that stands before both; "" where that tells of no link."""
    parts = words.split()
    if len(parts) > 1 and parts[-1].rstrip("s") in nouns:
        parts.pop()
    while len(parts) > 1 and parts[0] in _QUANTITY:
        parts.pop(0)
    while len(parts) > 1 and parts[-1] in _QUANTITY:
        parts.pop()
    if all(part in _NO_LINK for part in parts) or parts[0] in ("and", "or", "of", "in", "than", "nor", "but"):
        return ""
    return " ".join(parts)


def _is_short(word: str) -> bool:
    """Whether a word is written as a label: a number, one letter, or a name."""
    return word.isdigit() or len(word) == 1 or word[0].isupper()


def _is_name(text: str) -> bool:
    bare = text.strip("'\"`").casefold()
    return bare not in _NO_NAME and not bare.endswith("ly")


def _label(text: str) -> Any:
    bare = text.strip("'\"`")
    return int(bare) if bare.isdigit() and bare == text else bare


def number_behind(text: str, clause: Clause, stop: int) -> int | float | None:
    """The one number that stands right behind a clause and before the next."""
    stretch = re.split(r"[;\n]|\.\s", text[clause.end : stop])[0][:60]
    numbers = [number for number in numbers_in(stretch) if stretch[number.start].isdigit()]
    return numbers[0].value if len(numbers) == 1 else None
