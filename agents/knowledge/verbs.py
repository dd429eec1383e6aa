"""The verbs of a graph as words: what their names say, which way they run, and which of them a phrase may mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np

from agents.knowledge.words import LIGHT, PREPOSITIONS, alike, is_agent, is_participle, root, split_name, vocabulary
from graphs.store.facts import Facts, Ints

# How `source -verb-> target` reads:
#   active: source VERBs target           passive: source is VERBed by target      of: source is the NOUN of target
#   doer: target is the VERBer of source
#   property: target is the NOUN of source   prep: source VERBs PREPOSITION target    noun: source has a NOUN, target
#   isa: source is a target
Frame = Literal["active", "passive", "doer", "of", "property", "prep", "noun", "isa"]
# What the given entity is to the phrase: its subject, its object, who does it ("by"), what it is done to ("patient"),
# what stands behind "of" or before "'s", what is called by its noun ("X is the capital of"), what stands behind another
# preposition, what "whose NOUN is" names, or unclear.
Role = Literal["subject", "object", "by", "patient", "of", "called", "after", "whose", "unclear"]

_ISA = frozenset(("isa", "is a", "is an", "type", "instance of", "subclass of", "kind of", "type of", "a"))
_CAUSES = frozenset(map(root, "cause source origin reason driver origin root trigger".split()))
_EFFECTS = frozenset(map(root, "effect result outcome consequence product impact influence yield output".split()))
# The probability that the given entity is the source (so that targets are asked for), by frame and role.
_GIVEN_IS_SOURCE: dict[Frame, dict[Role, float]] = {
    "active": {"subject": 0.95, "object": 0.05, "by": 0.95, "patient": 0.05, "after": 0.15, "whose": 0.3},
    "passive": {
        "subject": 0.05, "object": 0.95, "by": 0.05, "patient": 0.95, "of": 0.93, "called": 0.08, "after": 0.6,
        "whose": 0.05,
    },
    "doer": {
        "subject": 0.35, "object": 0.52, "by": 0.08, "patient": 0.85, "of": 0.95, "called": 0.05, "after": 0.8,
        "whose": 0.05,
    },
    "of": {"of": 0.05, "called": 0.95, "whose": 0.95, "after": 0.2, "patient": 0.8, "object": 0.35},
    "property": {
        "of": 0.95, "called": 0.05, "object": 0.15, "after": 0.12, "by": 0.1, "subject": 0.7, "patient": 0.85,
        "whose": 0.05,
    },
    "prep": {"subject": 0.95, "patient": 0.95, "object": 0.05, "after": 0.05, "of": 0.8, "called": 0.3, "whose": 0.1},
    "noun": {
        "of": 0.62, "subject": 0.93, "object": 0.07, "patient": 0.15, "by": 0.85, "called": 0.38, "after": 0.15,
        "whose": 0.1,
    },
    "isa": {"subject": 0.95, "patient": 0.95, "called": 0.95, "of": 0.05, "object": 0.05, "after": 0.05, "whose": 0.05},
}  # fmt: skip
_MUTUAL = frozenset(
    map(root, "marry spouse sibling brother sister friend partner border neighbor adjacent meet ally".split())
)
SOURCES_APART = 0.1  # verbs whose ends share less than this part of the smaller end run one way only, by their data …
ENOUGH = 8  # … where so many stand at the smaller end
NEAR = 0.42  # cosine from which a phrase and a verb may mean the same
SURE_WORDS = 0.5  # a phrase that some verb's words cover this well needs no embedding


@dataclass(frozen=True)
class Phrase:
    """Words of a question that speak of a relation, as they stand."""

    words: tuple[str, ...]
    wh: bool = False  # "which languages": the wanted things are what the phrase names
    co: bool = False  # "co-writers", "together": those who stand in the same relation to the same thing

    @cached_property
    def roots(self) -> tuple[str, ...]:
        """Roots of the words that carry meaning; all of them where none does."""
        kept = [w for w in self.words if w not in PREPOSITIONS and w not in LIGHT]
        return tuple(dict.fromkeys(root(w) for w in kept or self.words))

    @property
    def agent(self) -> bool:
        """Whether it is a noun for who does something."""
        return any(is_agent(word) for word in self.words)

    @property
    def participle(self) -> bool:
        return any(is_participle(word) for word in self.words)

    @property
    def gerund(self) -> bool:
        return any(word.endswith("ing") for word in self.words)

    def __str__(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True)
class Verb:
    """A verb of the graph. one_way: its sources and targets are different kinds of things. symmetric: it runs both
    ways.
    """

    name: str
    code: int
    words: tuple[str, ...]
    roots: tuple[str, ...]
    frame: Frame
    one_way: bool
    symmetric: bool
    squashed: str = field(repr=False, default="")

    @property
    def compound(self) -> bool:
        """Whether its name is a noun of several words that says nothing of direction: attackembassy, economic_aid."""
        plain = self.words[0] not in ("has", "have", "had", "with") and self.words[0] not in PREPOSITIONS
        return self.frame == "property" and plain and len(self.roots) > 1 and not is_participle(self.words[0])

    @property
    def open_direction(self) -> bool:
        """Whether "the NOUN of A" may be either end: `A capital B` says that B is it, `A parent B` mostly that A is."""
        noun = self.frame == "noun" or (self.frame == "doer" and len(self.words) == 1)
        return noun and not self.one_way and not self.symmetric and not self.mutual

    @property
    def mutual(self) -> bool:
        """Whether what it says of one holds for the other: "married"."""
        return any(word in _MUTUAL for word in self.roots)

    def given_is_source(self, role: Role, phrase: Phrase) -> float:
        """How likely the entity in that role of the phrase is the source of the relation: 0 to 1."""
        found = _GIVEN_IS_SOURCE[self.frame].get(role)
        if self.frame == "noun" and (_names(phrase, _CAUSES) or _names(phrase, _EFFECTS)):
            found = None
        if role == "of" and self.compound:  # "attacked the embassy of Cuba"; "the aid of Cuba" may be given or got
            return 0.1 if phrase.participle else 0.55
        if found is not None and not (self.frame == "property" and role == "subject" and phrase.agent):
            return found
        if self.frame in ("active", "prep", "noun") and role in ("of", "called"):
            ahead = 0.05 if phrase.agent or _names(phrase, _CAUSES) else 0.92 if _names(phrase, _EFFECTS) else 0.5
            return ahead if role == "of" else 1 - ahead
        return 0.5


def _names(phrase: Phrase, roots: frozenset[str]) -> bool:
    return not phrase.participle and any(word in roots for word in phrase.roots)


def read_verb(name: str) -> tuple[tuple[str, ...], Frame]:
    """The words of a verb's name and how a relation with it reads.

    >>> read_verb("directed_by"), read_verb("locatedin"), read_verb("founder")
    ((('directed', 'by'), 'passive'), (('located', 'in'), 'prep'), (('founder',), 'doer'))
    """
    words, frame = _read(name)
    if frame in ("property", "noun") and is_agent(words[-1]):  # the founder of a firm is who it was founded by
        return words, "doer"
    return words, frame


def _read(name: str) -> tuple[tuple[str, ...], Frame]:
    words = [part for word in split_name(name) for part in _apart(word)]
    while len(words) > 1 and words[-1].isdigit():
        words.pop()
    if " ".join(words) in _ISA:
        return tuple(words), "isa"
    plain = words[1:] if len(words) > 1 and words[0] in ("is", "are", "was", "were", "be", "been") else words
    if plain is not words and plain[0] in ("a", "an", "the") and len(plain) > 1:
        plain = plain[1:]
    if len(plain) > 1 and plain[0] in ("has", "have", "had", "with"):
        return tuple(words), "property"
    last, first = plain[-1], plain[0]
    if last in PREPOSITIONS and len(plain) > 1:
        before = plain[-2]
        if last == "by":
            return tuple(words), "passive"
        verbal = is_participle(before) or (before.endswith("s") and not before.endswith("ss"))
        return tuple(words), "of" if last == "of" and not verbal else "prep"
    if first in PREPOSITIONS:
        return tuple(words), "property"
    if len(plain) > 1 and plain[1] in PREPOSITIONS:
        return tuple(words), "prep"
    if len(plain) > 1:
        return tuple(words), "active" if _verbal(first) and not is_participle(first) else "property"
    return tuple(words), "active" if _verbal(first) or is_participle(first) else "noun"


def _verbal(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))


def _apart(word: str) -> list[str]:
    """A word that is two written as one: locatedin, militaryalliance."""
    known = vocabulary()
    if word == "isa":
        return ["is", "a"]
    if len(word) < 6 or root(word) in known:
        return [word]
    for ending in ("with", "from", "into", "in", "of", "by", "at", "to", "on"):
        front = word.removesuffix(ending)
        if front != word and len(front) >= 4 and root(front) in known:
            return [front, ending]
    splits = [(word[:at], word[at:]) for at in range(4, len(word) - 3)]
    for front, back in splits:
        if root(front) in known and root(back) in known:
            return [front, back]
    return [word]


class Lexicon:
    """The verbs of a graph, ready to be compared with phrases."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._columns: dict[int, tuple[Ints, Ints]] = {}
        self.verbs = tuple(self._verb(code, name) for code, name in enumerate(facts.verbs))
        self._known: dict[tuple[str, ...], list[tuple[Verb, float]]] = {}
        self._near: dict[tuple[str, ...], list[tuple[Verb, float]]] = {}
        self.embeds = False  # whether phrases are compared by embeddings where their words tell too little

    def _verb(self, code: int, name: str) -> Verb:
        words, frame = read_verb(name)
        kept = [w for w in words if w not in PREPOSITIONS and w not in LIGHT and not w.isdigit()]
        roots = ("isa",) if frame == "isa" else tuple(dict.fromkeys(root(word) for word in kept or words))
        sources, targets = self.facts.ends[code]
        both = len(np.intersect1d(sources, targets, assume_unique=True))
        smaller = min(len(sources), len(targets))
        many = smaller >= ENOUGH or max(len(sources), len(targets)) >= 4 * ENOUGH
        one_way = smaller > 0 and many and both / smaller < SOURCES_APART
        return Verb(
            name, code, words, roots, frame, one_way, not one_way and self._symmetric(code), "".join(split_name(name))
        )

    def _symmetric(self, code: int) -> bool:
        rows = self.facts.verb_codes == code
        count = np.int64(self.facts.num_entities)
        there = self.facts.sources[rows] * count + self.facts.targets[rows]
        back = self.facts.targets[rows] * count + self.facts.sources[rows]
        return bool(np.isin(there, back).all())

    def columns(self, code: int | None) -> tuple[Ints, Ints]:
        """Positions of sources and targets of all relations with a verb; of all relations for None."""
        if code is None:
            return self.facts.sources, self.facts.targets
        if code not in self._columns:
            rows = self.facts.verb_codes == code
            self._columns[code] = self.facts.sources[rows], self.facts.targets[rows]
        return self._columns[code]

    def candidates(self, phrase: Phrase, limit: int = 6) -> list[tuple[Verb, float]]:
        """Verbs that the phrase may mean with how well they fit (0 to 1), best first."""
        found = self.by_words(phrase)
        if self.embeds and (not found or found[0][1] < SURE_WORDS):
            found = sorted(
                {verb: (verb, score) for verb, score in (*self._by_embedding(phrase), *found)}.values(),
                key=lambda row: (-row[1], row[0].name),
            )
        return found[:limit]

    def by_words(self, phrase: Phrase) -> list[tuple[Verb, float]]:
        """Verbs whose names hold words of the phrase, or words like them, best first."""
        key = phrase.words
        if key not in self._known:
            scored = [(verb, self._fit(phrase, verb)) for verb in self.verbs]
            self._known[key] = sorted((row for row in scored if row[1] >= 0.25), key=lambda row: (-row[1], row[0].name))
        return self._known[key]

    def _fit(self, phrase: Phrase, verb: Verb) -> float:
        wanted = phrase.roots
        if all(word in PREPOSITIONS for word in phrase.words):  # "films by Scott", "countries in Africa"
            return 0.85 if set(phrase.words) & set(verb.words) else 0.3
        if phrase.words == ("have",) and verb.words[0] in ("has", "have", "had"):
            return 0.9
        if "".join(phrase.words) == verb.squashed:
            return 1.0
        numbered = 0.93 if verb.squashed[-1:].isdigit() else 1.0  # "exports" may be exports3
        if wanted == verb.roots:
            exact = all(word in phrase.words for word in verb.words)
            return numbered * (1.0 if exact else 0.97)
        best = [max((alike(one, other) for other in verb.roots), default=0.0) for one in wanted]
        joined = "_".join(root(word) for word in phrase.words)  # "next to" as the thesaurus writes it
        whole = max((alike(joined, other) for other in verb.roots), default=0.0) if len(phrase.words) > 1 else 0.0
        if len(verb.squashed) > 7 and len(verb.words) == 1:
            best = [max(b, _inside(one, verb.squashed)) for b, one in zip(best, wanted)]
        covered = sum(max((alike(one, other) for one in wanted), default=0.0) for other in verb.roots) / len(verb.roots)
        said = 0.5 ** best.count(0.0) * sum(best) / len(best) if best else 0.0
        return numbered * max(said * (0.55 + 0.45 * covered), whole * (0.55 + 0.45 / len(verb.roots)) * 0.97)

    def _by_embedding(self, phrase: Phrase) -> list[tuple[Verb, float]]:
        """Verbs near the phrase by sentence embeddings, where the extra `search` is installed."""
        if phrase.words not in self._near:
            from agents.embedding import SearchUnavailable, similarities

            try:
                near = similarities(str(phrase), [" ".join(verb.words) for verb in self.verbs])
            except SearchUnavailable:
                near = []
            self._near[phrase.words] = [
                (verb, min(0.75, float(score))) for verb, score in zip(self.verbs, near) if score >= NEAR
            ]
        return self._near[phrase.words]


def _inside(one: str, squashed: str) -> float:
    """How well a root is contained in a name that is several words written as one."""
    return 0.9 if len(one) >= 4 and (squashed.startswith(one) or one in squashed[3:]) else 0.0


def words_of(names: Sequence[str]) -> list[str]:
    """Verbs' names as plain words."""
    return [" ".join(split_name(name)) for name in names]
