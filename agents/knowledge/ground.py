"""From what the words say to queries of a graph: verbs and directions that its data and the grammar agree on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.knowledge.meaning import Given, Hop, Join, Kind, Limit, Meaning, Not, Same, Test
from agents.knowledge.names import WEIGHT, Mention
from agents.knowledge.verbs import Lexicon, Phrase, Role, Verb
from agents.knowledge.words import GENERIC, NOUNS, alike, root
from graphs.store.facts import Facts
from graphs.store.query import And, Entities, Expression, OfType, Or, Related, Side, Without

KEPT = 8  # readings of a part
CHOSEN = 0.85  # how sure a model's choice of a verb is
CONFIDENT = 0.4  # how far from even the odds of a direction are when the words decide it
ALIKE = 0.6  # verbs that fit so well may all be meant, where none is exact
EXACT = 0.95  # a verb that fits so well is the one that is meant
VERBS = 4  # verbs that a phrase may mean
_THINGS = frozenset(
    root(word)
    for word in "thing entity concept item node object one element other result anything something everything "
    "stuff answer name member entry vertex term notion things entities concepts items nodes objects elements others "
    "results answers members entries vertices terms".split()
)
_DATE = re.compile(r"\W*(?:\d{3,4}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}|.*\b(?:1\d|20)\d\d)\W*")
_NUMBER = re.compile(r"\W*\d[\d.,]*\W*%?")
_BACK: dict[Side, Side] = {"out": "in", "in": "out", "both": "both"}


@dataclass(frozen=True, eq=False)
class Reading:
    """A query that the question may mean. members: [n] which entities it has. score: how well it fits, 0 to about 1.

    test: for a statement, the entities of which it says that they are among the members. verbs: phrase -> verb taken.
    """

    query: Expression
    members: NDArray[np.bool_]
    score: float
    notes: tuple[str, ...] = ()
    verbs: tuple[tuple[str, str], ...] = ()
    count: bool = False
    test: Reading | None = None
    several: bool = False  # one of several entities of that name
    fit: float = 1.0  # the part of the score that its verbs have
    doubtful: bool = False  # a noun for a kind of thing was taken on trust

    @cached_property
    def answer(self) -> object:
        """What tells two readings apart: their answers."""
        if self.test is not None:
            return bool((self.test.members & ~self.members).any()), self.test.members.tobytes()
        return self.count, self.members.tobytes()


class Grounding:
    """Grounds meanings in one graph.

    others: the question says "also", "other", "same": a thing is not its own like. chosen: phrase -> verb, by a model.
    """

    def __init__(
        self, facts: Facts, lexicon: Lexicon, *, others: bool = False, chosen: Mapping[str, str] | None = None
    ) -> None:
        self.facts = facts
        self.lexicon = lexicon
        self.others = others
        self.chosen = chosen or {}
        self._known: dict[Meaning, list[Reading]] = {}

    def readings(self, meaning: Meaning) -> list[Reading]:
        """The queries that the meaning may be, best first."""
        if meaning not in self._known:
            found = sorted(self._ground(meaning), key=lambda reading: -reading.score)
            self._known[meaning] = _distinct(found)
        return self._known[meaning]

    def _ground(self, meaning: Meaning) -> Iterator[Reading]:
        if isinstance(meaning, Given):
            yield from self._given(meaning)
        elif isinstance(meaning, Kind):
            yield self._kind(meaning)
        elif isinstance(meaning, Hop):
            yield from self._hop(meaning)
        elif isinstance(meaning, Same):
            yield from self._same(meaning)
        elif isinstance(meaning, Limit):
            yield from self._limit(meaning)
        elif isinstance(meaning, Join):
            for parts in product(*(self.readings(part) for part in meaning.parts)):
                yield _joined(meaning.how, parts)
        elif isinstance(meaning, Not):
            yield from self._not(Kind(), meaning)
        else:
            yield from self._test(meaning)

    # -- sets

    def _mask(self, positions: Iterable[int]) -> NDArray[np.bool_]:
        mask = np.zeros(self.facts.num_entities, dtype=np.bool_)
        mask[list(positions)] = True
        return mask

    def _given(self, meaning: Given) -> Iterator[Reading]:
        mention = meaning.mention
        for at in mention.at[:KEPT]:
            label = self.facts.labels[at]
            notes = () if mention.how == "exact" else (f"took {mention.text!r} as {label[:80]!r}",)
            notes = notes if mention.how in ("part", "close") else ()
            identity = Entities((int(self.facts.entity_ids[at]),))
            several = len(mention.at) > 1
            if several:
                notes = (*notes, f"took {mention.text!r} as {label[:80]!r} ({self.facts.types[at] or 'of no type'})")
            score = 1.0 if WEIGHT[mention.how] > 0.9 else 0.95
            score *= self._called(at, meaning.kind, mention)
            yield Reading(identity, self._mask((at,)), score, notes, several=several)

    def _called(self, at: int, noun: tuple[str, ...], mention: Mention) -> float:
        """Whether the noun before a name suits the entity: "the city Paris"."""
        if not noun or all(root(word) in _THINGS for word in noun):
            return 1.0
        own = self.facts.types[at]
        if own is None:
            plain = all(root(word) in NOUNS for word in noun)
            return 0.9 if plain or (mention.quoted and len(noun) == 1) else 0.25
        words = [root(word) for word in re.findall(r"\w+", own.replace("_", " "))]
        return 1.0 if all(any(alike(root(word), other) for other in words) for word in noun) else 0.25

    def _kind(self, kind: Kind) -> Reading:
        named = self._type(kind)
        if named is None and kind.words and not all(root(word) in _THINGS for word in kind.words):
            return Reading(OfType(None), np.ones(self.facts.num_entities, dtype=np.bool_), 0.2)
        if named is None:
            return Reading(OfType(None), np.ones(self.facts.num_entities, dtype=np.bool_), 1.0, count=kind.count)
        name, score = named
        wanted = name.casefold()
        places = (at for at, other in enumerate(self.facts.types) if other is not None and other.casefold() == wanted)
        return Reading(OfType(name), self._mask(places), score, count=kind.count)

    @cached_property
    def _types(self) -> dict[tuple[str, ...], str]:
        names = dict.fromkeys(name for name in self.facts.types if name)
        return {tuple(root(word) for word in re.findall(r"\w+", name.replace("_", " "))): name for name in names}

    def _type(self, kind: Kind) -> tuple[str, float] | None:
        """The type of the graph that the noun names."""
        roots = tuple(root(word) for word in kind.words)
        if not roots:
            return None
        if roots in self._types:
            return self._types[roots], 1.0
        return None

    # -- relations

    def _hop(self, meaning: Hop) -> Iterator[Reading]:
        inner = meaning.of
        if isinstance(inner, Join):
            ends = [reading for part in _ends(inner) for reading in self.readings(part)[:1]]
            for way in self._ways(meaning.phrase, meaning.role, ends):
                yield from self._over(inner, way)
            return
        for given in self.readings(inner)[:KEPT]:
            for way in self._ways(meaning.phrase, meaning.role, [given]):
                yield way(given)
        if isinstance(inner, Given) and inner.title is not None and meaning.role == "of":
            # "the actors of the director Scott": of what Scott directed
            for between in self.readings(Hop(inner.title, Given(inner.mention), "whose"))[:2]:
                for way in self._ways(meaning.phrase, "of", [between]):
                    yield _scored(way(between), way(between).score * 0.7)

    def _over(self, meaning: Meaning, way: Callable[[Reading], Reading]) -> Iterator[Reading]:
        """The same hop from each thing of a list: "border France and Spain but not Italy"."""
        if not isinstance(meaning, Join):
            yield from (way(reading) for reading in self.readings(meaning)[:3])
            return
        for chosen in product(*(list(self._over(part, way)) for part in meaning.parts)):
            yield _joined(meaning.how, chosen)

    def _ways(self, phrase: Phrase, role: Role, given: list[Reading]) -> Iterator[Callable[[Reading], Reading]]:
        """Ways to follow the phrase from the given sets: a verb with a side each, or several verbs that say the
        same.
        """
        likely: list[tuple[float, float, Callable[[Reading], Reading]]] = []
        for verb, fit in self._verbs(phrase):
            if verb is None:
                yield self._way(None, "both", fit, phrase)
                continue
            ahead = verb.given_is_source(role, phrase)
            if verb.one_way and abs(ahead - 0.5) < CONFIDENT:
                ahead = 0.35 + 0.3 * ahead  # which things stand where tells more than the words
            sides: tuple[tuple[Side, float], ...] = (("out", ahead), ("in", 1 - ahead))
            if verb.mutual and role == "of" and abs(ahead - 0.5) < CONFIDENT and not verb.symmetric:
                yield self._way(verb, "both", fit, phrase)  # "the husband of Ann", whoever is said to have married whom
                continue
            found = []
            for side, natural in sides[:1] if verb.symmetric else sides:
                weight = 1.0 if verb.symmetric else natural / max(ahead, 1 - ahead)
                for each in given:
                    weight *= self._possible(each, verb, side)
                way = self._way(verb, side, fit * weight, phrase)
                doubt = verb.open_direction and role in ("of", "called")
                found.append((fit * weight, fit, _doubting(way, verb, side) if doubt else way))
            yield from (way for _, _, way in found)
            likely.append(max(found, key=lambda row: row[0]))
        near = [row for row in likely if row[1] >= likely[0][1] - 0.05 and row[0] >= 0.5 * likely[0][0]]
        if len(near) > 1 and ALIKE <= near[0][1] < EXACT:
            yield self._any_of([way for _, _, way in near])

    @staticmethod
    def _any_of(ways: list[Callable[[Reading], Reading]]) -> Callable[[Reading], Reading]:
        def follow(given: Reading) -> Reading:
            parts = [way(given) for way in ways]
            names = " or ".join(part.verbs[-1][1] for part in parts)
            phrase = parts[0].verbs[-1][0]
            united = _joined("or", parts)
            said = (*given.verbs, (phrase, names))
            score = 1.3 * max(part.score for part in parts)
            notes = (*given.notes, f"took {phrase!r} as {names}")
            return replace(united, score=score, notes=notes, verbs=said)

        return follow

    def _verbs(self, phrase: Phrase) -> list[tuple[Verb | None, float]]:
        if str(phrase) in self.chosen:
            return [(self.lexicon.verbs[self.facts.code_of[self.chosen[str(phrase)]]], CHOSEN)]
        named: list[tuple[Verb | None, float]] = list(self.lexicon.candidates(phrase, VERBS))
        if all(word in GENERIC for word in phrase.roots) and not (named and named[0][1] >= 0.9):
            return [(None, 1.0)]
        return named

    def _possible(self, given: Reading, verb: Verb, side: Side) -> float:
        """Whether what is given ever stands at that end of the verb."""
        sources, targets = self.facts.ends[verb.code]
        here, there = (sources, targets) if side == "out" else (targets, sources)
        size = int(given.members.sum())
        if not size:
            return 0.5
        share = int(given.members[here].sum()) / size
        if share > 0:
            return 0.85 + 0.15 * share
        if verb.one_way:
            return 0.02 if given.members[there].any() else 0.12
        return 0.6 if given.several else 0.9  # of two Springfields, the one that has such a relation

    def _way(self, verb: Verb | None, side: Side, score: float, phrase: Phrase) -> Callable[[Reading], Reading]:
        def follow(given: Reading) -> Reading:
            query: Expression = Related(given.query, None if verb is None else (verb.name,), side)
            members = self.step(given.members, None if verb is None else verb.code, side)
            inner = given.query
            weight = score
            back = (
                isinstance(inner, Related)
                and verb is not None
                and inner.verbs == (verb.name,)
                and inner.side == _BACK[side]
            )
            if back and self.others and isinstance(inner, Related):
                start = self._start(inner)
                if start is not None:
                    query, members = Without(query, inner.of), members & ~start
            said = (str(phrase), "any relation" if verb is None else verb.name)
            if back and verb is not None and verb.one_way and _two_halves(phrase, given.verbs):
                weight *= 0.4  # "release" and "years" are one relation, not one there and one back
            verbs = (*given.verbs, said)
            score_now, fit = given.score * weight, given.fit * weight
            return Reading(query, members, score_now, given.notes, verbs, fit=fit, doubtful=given.doubtful)

        return follow

    def _start(self, query: Related) -> NDArray[np.bool_] | None:
        if isinstance(query.of, Entities):
            return self._mask(self.facts.at(entity) for entity in query.of.ids)
        return None

    def step(self, members: NDArray[np.bool_], code: int | None, side: Side) -> NDArray[np.bool_]:
        """The entities one hop away."""
        found = np.zeros_like(members)
        sources, targets = self.lexicon.columns(code)
        if side != "in":
            found[targets[members[sources]]] = True
        if side != "out":
            found[sources[members[targets]]] = True
        return found

    def _same(self, meaning: Same) -> Iterator[Reading]:
        if isinstance(meaning.of, Join):
            for parts in product(*(self.readings(Same(meaning.phrase, part))[:3] for part in meaning.of.parts)):
                yield _joined(meaning.of.how, parts)
            return
        for given in self.readings(meaning.of)[:KEPT]:
            for verb, fit in self._verbs(meaning.phrase):
                if verb is None:
                    continue
                for side, weight in (("out", 1.0), ("in", 0.9 if verb.one_way else 0.6)):
                    score = fit * weight * self._possible(given, verb, side)  # type: ignore[arg-type]
                    there = self._way(verb, side, score, meaning.phrase)(given)  # type: ignore[arg-type]
                    back = _BACK[side]  # type: ignore[index]
                    members = self.step(there.members, verb.code, back) & ~given.members
                    query = Without(Related(there.query, (verb.name,), back), given.query)
                    yield replace(there, query=query, members=members)

    # -- kinds, and what is not

    def _limit(self, meaning: Limit) -> Iterator[Reading]:
        kind = meaning.kind
        if isinstance(meaning.of, Not):
            trust = _noun(kind) if kind.words and self._type(kind) is None else 1.0
            for reading in self._not(kind, meaning.of):
                yield _counted(_scored(reading, reading.score * trust), kind)
            return
        for reading in self.readings(meaning.of):
            yield _counted(self._of_kind(reading, kind), kind)

    def _of_kind(self, reading: Reading, kind: Kind) -> Reading:
        score = reading.score * self._asked(reading, kind.asks)
        if not kind.words:
            return _scored(reading, score)
        named = self._type(kind)
        if named is not None:
            limit = self._kind(kind)
            if not (reading.members & ~limit.members).any():
                return _scored(reading, score)
            members = reading.members & limit.members
            return replace(reading, query=And((reading.query, limit.query)), members=members, score=score)
        score *= _noun(kind)
        if root(kind.words[-1]) in _THINGS:
            return _scored(reading, score)
        typed = any(self.facts.types[at] for at in np.flatnonzero(reading.members)[:20].tolist())
        note = f"took {' '.join(kind.words)!r} as a word for what is asked for; the graph has no type of that name"
        return replace(_scored(reading, score * (0.75 if typed else 0.95), note), doubtful=True)

    def _asked(self, reading: Reading, asks: str) -> float:
        """Whether the answers look like what who, where or when ask for."""
        if not asks:
            return 1.0
        labels = [self.facts.labels[at] for at in np.flatnonzero(reading.members)[:50].tolist()]
        if not labels:
            return 0.9
        dates = sum(bool(_DATE.fullmatch(label)) for label in labels) / len(labels)
        numbers = sum(bool(_NUMBER.fullmatch(label)) for label in labels) / len(labels)
        if asks == "when":
            return 1.0 if dates > 0.5 else 0.4
        return 0.4 if max(dates, numbers) > 0.5 else 1.0

    def _not(self, kind: Kind, meaning: Not) -> Iterator[Reading]:
        """What is not in the set, of all that could be: of the kind, or of all that ever stand at that end of the
        verb.
        """
        for reading in self.readings(meaning.of):
            of_kind = self._kind(kind)
            whole: Expression = of_kind.query
            members = of_kind.members
            generic = bool(kind.words) and root(kind.words[-1]) in _THINGS
            note = ""
            if isinstance(whole, OfType) and whole.type is None and not generic:
                sides = [(part.verbs, part.side) for part in _hops_of(reading.query)]
                if not sides:
                    continue
                verbs, side = sides[0]
                whole = Related(OfType(None), verbs, side)
                code = None if verbs is None else self.facts.code_of[verbs[0]]
                members = self.step(np.ones_like(members), code, side)
                name = "any relation" if verbs is None else verbs[0]
                note = f"'not' is of all that stand at that end of {name!r}"
            query = Without(whole, reading.query)
            notes = (*reading.notes, note) if note else reading.notes
            left = members & ~reading.members
            yield replace(reading, query=query, members=left, score=reading.score * 0.95, notes=notes)

    def _test(self, meaning: Test) -> Iterator[Reading]:
        said = meaning.left
        if isinstance(said, Join) and all(isinstance(part, Given) for part in said.parts):
            if said.how != "and":
                return
            said = Join("or", said.parts)  # "France and Spain border Portugal": each of them
        for left, right in product(self.readings(said)[:4], self.readings(meaning.right)):
            score = left.score * right.score
            notes = (*left.notes, *right.notes)
            verbs = (*left.verbs, *right.verbs)
            yield replace(
                right, score=score, notes=notes, verbs=verbs, test=left, doubtful=left.doubtful or right.doubtful
            )


def _doubting(way: Callable[[Reading], Reading], verb: Verb, side: Side) -> Callable[[Reading], Reading]:
    """The same way, with a note that the words leave the direction open."""
    arrow = f"-[{verb.name[:60]}]->" if side == "out" else f"<-[{verb.name[:60]}]-"

    def follow(given: Reading) -> Reading:
        found = way(given)
        note = f"took the relation as running {arrow} from what is named; the words leave that open"
        return replace(found, notes=(*found.notes, note), doubtful=True)

    return follow


def _ends(meaning: Meaning) -> list[Meaning]:
    """What a list consists of."""
    return [end for part in meaning.parts for end in _ends(part)] if isinstance(meaning, Join) else [meaning]


def _two_halves(phrase: Phrase, verbs: tuple[tuple[str, str], ...]) -> bool:
    """Whether a phrase and the last one are two words for one relation ("release", "dates"), not one there and back."""
    last = Phrase(tuple(verbs[-1][0].split()))
    doing = phrase.agent or phrase.participle or last.agent or last.participle
    return not doing and not set(phrase.roots) & set(last.roots)


def _hops_of(query: Expression) -> list[Related]:
    """The outermost hops of a query."""
    if isinstance(query, Related):
        return [query]
    if isinstance(query, (And, Or)):
        return [hop for part in query.parts for hop in _hops_of(part)]
    return _hops_of(query.whole) if isinstance(query, Without) else []


def _scored(reading: Reading, score: float, note: str = "") -> Reading:
    notes = (*reading.notes, note) if note else reading.notes
    return replace(reading, score=score, notes=notes)


def _noun(kind: Kind) -> float:
    """How far a noun that no type of the graph bears out is trusted to be a noun for a kind of thing."""
    trust = 0.3 ** (len(kind.words) - 1)
    return trust if kind.head or root(kind.words[-1]) in NOUNS else 0.35 * trust


def _counted(reading: Reading, kind: Kind) -> Reading:
    if not kind.count:
        return reading
    return replace(reading, count=True)


def _joined(how: str, parts: Iterable[Reading]) -> Reading:
    chosen = list(parts)
    first, *rest = chosen
    members = first.members.copy()
    for part in rest:
        members = (
            members & part.members
            if how == "and"
            else members | part.members
            if how == "or"
            else members & ~part.members
        )
    queries = tuple(part.query for part in chosen)
    query: Expression
    if how == "minus":
        query = Without(queries[0], queries[1] if len(queries) == 2 else Or(queries[1:]))
    else:
        query = And(queries) if how == "and" else Or(queries)
    score, said = 1.0, set[tuple[str, str]]()
    for part in chosen:  # a guess that is made twice is one guess
        again = bool(part.verbs) and said.issuperset(part.verbs)
        score *= part.score * part.fit**-0.75 if again and part.fit > 0 else part.score
        said.update(part.verbs)
    if how == "minus" and not all((first.members & part.members).any() for part in rest):
        score *= 0.7  # nothing to leave out: another reading is more likely meant
    notes = tuple(dict.fromkeys(note for part in chosen for note in part.notes))
    verbs = tuple(dict.fromkeys(verb for part in chosen for verb in part.verbs))
    counted, doubtful = any(part.count for part in chosen), any(part.doubtful for part in chosen)
    fit = float(np.prod([part.fit for part in chosen]))
    return Reading(query, members, score, notes, verbs, counted, fit=fit, doubtful=doubtful)


def _distinct(found: list[Reading]) -> list[Reading]:
    """The best few, each query once."""
    kept: dict[Any, Reading] = {}
    for reading in found:
        if reading.score <= 0 or len(kept) >= KEPT:
            break
        key = (reading.query, reading.count, None if reading.test is None else reading.test.query)
        kept.setdefault(key, reading)
    return list(kept.values())
