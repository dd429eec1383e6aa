"""A mention or an entity, made ready to be compared; and the comparison."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from graphs.resolution.comparing import Scales, Side, far, named, needs_a_judge, other_signs, same_signs
from graphs.resolution.index import ROWS, Known, NameIndex
from graphs.resolution.kinds import agreement
from graphs.resolution.naming import Name, read_name
from graphs.resolution.records import Mention, Vectors
from graphs.resolution.scoring import Rule, Scoring

NEIGHBOURS = 32  # of a mention that are looked at


@dataclass(frozen=True)
class Thing:
    """One side of a comparison: the names under which it is compared, their vectors, and what is known of it.

    settled: abbreviations among its names whose words are known. They say nothing to other words with these initials.
    spelled: whether any of its names is more than a sign.
    """

    names: tuple[Name, ...]
    vectors: Vectors | None
    side: Side
    settled: frozenset[str] = frozenset()
    spelled: bool = True

    @cached_property
    def who(self) -> str:
        """Name and kind, under which verdicts of a judge are remembered."""
        kind = self.side.kind
        return f"{self.names[0].key}|{kind.name if kind else ''}"


@dataclass(frozen=True)
class Likeness:
    """How probable it is that two are one. rule: the model that says so. values: its signs; none where two names are
    too far apart to be compared. same_spelling: of the names that tell. open: only a judge may say so.
    why: for people.
    """

    probability: float
    rule: Rule
    values: tuple[float, ...] = ()
    same_spelling: bool = False
    open: bool = False
    why: str = ""

    @property
    def same_name(self) -> bool:
        """Whether a name of the one and a name of the other have one key."""
        return self.rule == "same"

    def left_open(self, most: float) -> Likeness:
        """The same where only a judge may say that they are one. most: the probability that is left at most."""
        return replace(self, probability=min(self.probability, most), open=True)

    def judged(self, verdict: bool) -> Likeness:
        """The same after a judge has spoken."""
        return replace(self, probability=float(verdict), open=False, why="the judge's word")


def mention_thing(mention: Mention, vector: Vectors | None) -> Thing:
    """A mention, with the vector of its name."""
    name = read_name(mention.name)
    keys = {read_name(other).key for other in mention.neighbours[:NEIGHBOURS]} - {name.key}
    side = Side(mention.type, mention.description, frozenset(keys | _qualifiers((name,))))
    return Thing((name,), None if vector is None else vector[None], side, spelled=not name.is_sign)


def entity_thing(index: NameIndex, known: Known, rows: Sequence[int], asked: Iterable[str]) -> Thing:
    """An entity under some of its names, with those of the `asked` neighbours that it has."""
    chosen = list(dict.fromkeys([*rows[:ROWS], known.rows[0]]))
    names = tuple(index.names[row] for row in chosen)
    beside = {key for key in asked if known.id in index.beside(key)}
    side = Side(known.type, known.description, frozenset(beside | _qualifiers(names)))
    every = [index.names[row] for row in known.rows] if any(name.is_sign for name in names) else list(names)
    settled = frozenset(a.acronym for a in every if a.acronym and any(a.acronym in b.initials for b in every))
    vectors = index.vectors(chosen) if index.embed is not None else None
    return Thing(names, vectors, side, settled, spelled=not all(name.is_sign for name in every))


def _qualifiers(names: Iterable[Name]) -> set[str]:
    return {"".join(name.qualifier) for name in names if name.qualifier}


def _settled(x: Name, y: Name, thing: Thing) -> bool:
    """Whether `x`, a name of the thing, is an abbreviation that is known not to stand for the words of `y`."""
    return x.acronym in thing.settled and not y.acronym


class Comparer:
    """Compares things by the scales of an index; remembers the vectors of descriptions."""

    def __init__(self, index: NameIndex, scoring: Scoring) -> None:
        self.index = index
        self.scoring = scoring
        self.scales = Scales(index.rarity, index.holders, index.nearness)
        self._described: dict[str, Vectors] = {}

    def learn_descriptions(self, texts: Iterable[str]) -> None:
        """Compute the vectors of descriptions that are to be compared, in one call."""
        fresh = sorted({text[:400] for text in texts if text} - self._described.keys())
        if self.index.embed is None or not fresh:
            return
        if len(self._described) > 20_000:
            self._described.clear()
        self._described.update(zip(fresh, np.asarray(self.index.embed(fresh), np.float32), strict=True))

    def compare(self, a: Thing, b: Thing) -> Likeness:
        """The likeness of the two names that are most alike; the same for (b, a)."""
        signs_tell = not (a.spelled and b.spelled)  # two things that are spelled out may share a sign by chance
        same = [(x, y) for x in a.names for y in b.names if x.key == y.key and (signs_tell or not x.is_sign)]
        if same:
            return self._same(*max(same, key=lambda pair: (pair[0].plain == pair[1].plain, pair[0].plain)), a, b)
        rule: Rule = "named" if named(a.side, b.side) else "concepts"
        best = Likeness(0.0, rule)
        if agreement(a.side.kind, b.side.kind) == "contradicts":
            return best
        model = self.scoring.model(rule)
        for i, x in enumerate(a.names):
            for j, y in enumerate(b.names):
                if x.key == y.key or _settled(x, y, a) or _settled(y, x, b):
                    continue
                cosine = 0.0 if a.vectors is None or b.vectors is None else float(a.vectors[i] @ b.vectors[j])
                if far(x, y, cosine):
                    continue
                values = other_signs(x, y, a.side, b.side, cosine, self.scales)
                found = model.probability(values)
                likeness = Likeness(found, rule, tuple(values))
                if rule == "concepts" and needs_a_judge(x, y):
                    likeness = likeness.left_open(self._most(rule))
                best = max(best, likeness, key=lambda one: one.probability)
        return replace(best, why=model.reasons(best.values)) if best.values else best

    def _same(self, x: Name, y: Name, a: Thing, b: Thing) -> Likeness:
        one, other = (self._described.get(text[:400]) for text in (a.side.description, b.side.description))
        described = None if one is None or other is None else float(one @ other)
        values = same_signs(x, y, a.side, b.side, described, self.scales)
        model = self.scoring.same
        # "Alien" and "Aliens" are two films, "cell" and "cells" one thing
        likeness = Likeness(model.probability(values), "same", tuple(values), x.plain == y.plain, why="the same name")
        if x.strict != y.strict and named(a.side, b.side):
            return replace(likeness.left_open(self._most("same")), why="singular and plural of a proper name")
        return likeness

    def _most(self, rule: Rule) -> float:
        """The largest probability of two that only a judge may call one."""
        return 0.9 * self.scoring.accept[rule]
