"""The words of a question as the grammar takes them: lemmas, and the nodes, numbers and units that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from agents.routing.language import NUMBER_WORDS, concept, stem
from agents.routing.mentions import Mark, Mentions
from graphs.graph import Graph
from graphs.text.irregular import BASE
from graphs.text.lexicon import unit_attribute
from graphs.text.patterns import lazy

FILE = Path(__file__).with_name("lemmas.txt")
NODE, NUMBER, LABEL = "NODE", "NUMBER", "LABEL"
NODES, EDGES = "NODES", "EDGES"  # things that were answered before: "which of them"
RANKS = {"second": "second", "2nd": "second", "third": "third", "3rd": "third"}
MEASURES = frozenset(("distance", "time", "cost"))  # what weights with a unit are called
UNITS = frozenset(
    "km kilometre kilometres kilometer kilometers mile miles metre metres meter meters m minute minutes min "
    "hour hours h second seconds s euro euros dollar dollars € $ £ unit units".split()
)
_TOKEN = lazy(
    r"[ⓃⓆⓊⓈ]|n['’]t\b|['’]s\b|[^\W_]+(?:-[^\W_]+)*?(?=n['’]t\b)|[^\W_]+(?:-[^\W_]+)*|[{},$€£]|[^\s]", re.UNICODE
)
_IDLE = frozenset('?!.:;"“”')  # marks of a sentence that say nothing
PARTICLE = "+"  # before a word that belongs to a verb: "+up" of "looks up to"
PREPOSITIONS = frozenset("to at on in of by with from for".split())


@dataclass(frozen=True, slots=True)
class Word:
    """A lemma, or the kind of thing that a mark stands for, with the mark; at [start, end) of the skeleton."""

    lemma: str
    mark: Mark | None = None
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Lemmas:
    """The table of `lemmas.txt`."""

    words: dict[str, tuple[str, ...]]
    phrases: dict[tuple[str, ...], tuple[str, ...]]
    longest: int


@cache
def lemmas() -> Lemmas:
    """The table, with its phrases in lemmas."""
    words: dict[str, tuple[str, ...]] = {}
    phrases: dict[tuple[str, ...], tuple[str, ...]] = {}
    section = ""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("["):
            section = line.strip("[]")
            continue
        lemma, _, listed = line.partition(":")
        target = () if lemma == "-" else tuple(lemma.split())
        for said in listed.split("|"):
            if section == "words":
                words[said.strip()] = target
            else:
                phrases[tuple(_one_by_one(said.split(), words))] = target
    return Lemmas(words, phrases, max(map(len, phrases)))


def words_of(mentions: Mentions, verb: frozenset[str] = frozenset()) -> list[Word] | None:
    """The question in lemmas; None where it names something that is not in the graph.

    verb: stems of the verb that the text says its edges with ("Ann likes Bob"), read as "point to", and its particles.
    """
    marks = iter(mentions.marks)
    found: list[Word] = []
    for match in _TOKEN.finditer(mentions.skeleton):
        text = match[0].casefold().replace("’", "'")
        if text in "ⓝⓠⓤⓢ":
            mark = next(marks, None)
            if mark is None or text == "ⓤ":
                return None
            if text == "ⓢ":
                found.append(Word(EDGES if mark.edges else NODES, mark, *match.span()))
                continue
            kind = NUMBER if mark.node is None else NODE if mark.number is None else LABEL
            rank = RANKS.get(mark.text.casefold())
            found.append(Word(kind if rank is None else rank, mark if rank is None else None, *match.span()))
        elif f"{PARTICLE}{text}" in verb and found and found[-1].lemma == "relate":
            continue  # "looks up to"
        elif verb and not verb.isdisjoint((stem(text), stem(root_of(text)))) and text not in PREPOSITIONS:
            found.append(Word("relate", None, *match.span()))
        elif verb and text not in lemmas().words and _agent(text, verb):
            found.append(Word("predecessor", None, *match.span()))
        elif text not in _IDLE:
            found += _plain(text, *match.span())
    return _exception_inside(_without_directly(_replaced(_perfect(found))))


def _agent(text: str, verb: frozenset[str]) -> bool:
    """Whether a word names those who do what the verb says: "follower" of "follow"."""
    one = text.removesuffix("s")
    return one.endswith("er") and len(one) > 5 and (stem(one[:-2]) in verb or stem(one[:-1]) in verb)


def root_of(verb: str) -> str:
    """The base of an irregular form ("taught": "teach"); any other word as it is."""
    return BASE.get(verb.casefold(), verb)


def _perfect(words: list[Word]) -> list[Word]:
    """The perfect as the past: "whom has Ann emailed" is "whom did Ann email"."""
    for place, word in enumerate(words):
        rest = [other.lemma for other in words[place + 1 :]]
        if word.lemma != "have" or "relate" not in rest:
            continue
        verb = rest.index("relate")
        if verb == 0:
            return words[:place] + words[place + 1 :] if place else words
        if all(lemma in (NODE, LABEL) for lemma in rest[:verb]):
            return [*words[:place], replace(word, lemma="do"), *words[place + 1 :]]
    return words


def _without_directly(words: list[Word]) -> list[Word]:
    """Less "directly", which says nothing about edges; "reach directly" stays unread."""
    if any(word.lemma in ("reach", "reachable", "unreachable", "path", "descendant", "ancestor") for word in words):
        return words
    return [word for word in words if word.lemma != "directly"]


def _exception_inside(words: list[Word]) -> list[Word]:
    """Who is left out said where the nodes are: "apart from Ann, which node ..." as "which node except Ann ..."."""
    places = [place for place, word in enumerate(words) if word.lemma == "except"]
    if len(places) != 1:
        return words
    start = end = places[0]
    while end + 1 < len(words) and words[end + 1].lemma in (NODE, LABEL, ",", "and", "node"):
        end += 1
    while end > start and words[end].lemma not in (NODE, LABEL):
        end -= 1
    rest = [*words[:start], *words[end + 1 :]]
    while rest and rest[0].lemma == ",":
        rest = rest[1:]
    outside = start == 0 or (end + 1 == len(words) and start > 2)
    if not outside or end == start or [word.lemma for word in rest[:2]] != ["which", "node"]:
        return words
    return [*rest[:2], *words[start : end + 1], *rest[2:]]


def measurable(words: Sequence[Word], graph: Graph) -> bool:
    """Whether the units behind numbers are of the kind that the graph's weights have: "within 3 km" not of minutes."""
    units = {words[place].lemma for place in range(1, len(words)) if _is_unit(words, place)}
    if units and not graph.weighted:
        return False
    own = graph.names.get("weight", "weight")
    kinds = {unit_attribute(unit)[1] for unit in units} - {"weight"}
    return not kinds or own not in MEASURES or kinds == {own}


def _is_unit(words: Sequence[Word], place: int) -> bool:
    return place > 0 and words[place].lemma in UNITS and words[place - 1].lemma in (NUMBER, LABEL)


def without_units(words: Sequence[Word]) -> list[Word]:
    """The words less the units behind numbers."""
    return [word for place, word in enumerate(words) if not _is_unit(words, place)]


def _plain(text: str, start: int, end: int) -> Iterator[Word]:
    if text in RANKS:
        yield Word(RANKS[text], None, start, end)
        return
    if text in NUMBER_WORDS:
        yield Word(NUMBER, Mark(text, None, float(NUMBER_WORDS[text])), start, end)
        return
    for lemma in _lemma(text):
        yield Word(lemma, None, start, end)


@lru_cache(maxsize=4096)
def _lemma(word: str) -> tuple[str, ...]:
    known = lemmas().words.get(word)
    if known is not None:
        return known
    return _noun(word)


def _noun(word: str) -> tuple[str, ...]:
    return ({"nod": "node", "edge": "edge"}.get(concept(word) or "", word),)


def _one_by_one(said: Sequence[str], words: dict[str, tuple[str, ...]]) -> Iterator[str]:
    for word in said:
        yield from words.get(word, (word,) if word in (NODE, NUMBER) else _noun(word))


def _key(word: Word) -> str:
    """A word as the phrases name it."""
    if word.lemma == NUMBER and word.mark is not None and word.mark.text.casefold() == "one":
        return "one"  # "one of the leaves"
    return NODE if word.lemma in (LABEL, NODES) else word.lemma


def _replaced(found: Sequence[Word]) -> list[Word]:
    """With every phrase replaced, from left to right, the longest first."""
    table = lemmas()
    result: list[Word] = []
    place = 0
    while place < len(found):
        for length in range(min(table.longest, len(found) - place), 0, -1):
            stretch = found[place : place + length]
            target = table.phrases.get(tuple(map(_key, stretch)))
            if target is not None:
                result += [Word(lemma, None, stretch[0].start, stretch[-1].end) for lemma in target]
                result += [w for w in stretch if w.mark is not None and _key(w) == NODE]
                place += length
                break
        else:
            word = found[place]
            result.append(word)
            place += 1
    return result
