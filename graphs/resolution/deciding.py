"""One call of the resolver: the mentions of a step, what each may mean, and the groups that they form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from graphs.resolution.grouping import Grouping
from graphs.resolution.index import NameIndex
from graphs.resolution.records import By, Decision, Mention, Pair, Vectors
from graphs.resolution.things import Likeness, Thing, mention_thing

if TYPE_CHECKING:
    from graphs.resolution.resolver import Resolver

NEAR = 10  # other mentions that each way of looking gives
CLOSE = 0.6  # cosine from which two mentions are compared
OPEN = 3  # pairs of one mention that the judge is asked about


class Known(NamedTuple):
    """An entity of the store, as the member of a group."""

    id: int


Member = int | Known  # a mention by its place among the different ones, or an entity


class Edge(NamedTuple):
    """A mention and what it may be. score: the share of an entity, or the probability of another mention."""

    score: float
    mention: int
    other: Member
    likeness: Likeness


class Deciding:
    """Decides on the mentions of one call.

    Equal mentions are one, and all others are taken in the order of what they say, so that their own order does not
    count. Pairs are joined from the most alike on; a group has at most one entity, and no two that are refused.
    """

    def __init__(self, resolver: Resolver, mentions: Sequence[Mention]) -> None:
        self.resolver = resolver
        self.places: dict[Mention, list[int]] = {}
        for place, mention in enumerate(mentions):
            self.places.setdefault(mention, []).append(place)
        self.mentions = sorted(self.places, key=_content)
        self.things, self._vectors = self._things()
        self._likeness: dict[tuple[int, Member], Likeness] = {}
        self._joined: dict[int, tuple[Edge, bool]] = {}  # mention -> what joined it to its group, whether by the judge
        self._best: dict[int, float] = {}  # mention -> the largest share of an entity
        self._sure: dict[int, int] = {}  # mention -> that entity, where the share is enough
        self.groups: Grouping[Member] = Grouping(self._apart)
        self.edges = sorted(self._edges(), key=lambda edge: (-edge.score, edge.mention, str(edge.other)))

    def _things(self) -> tuple[list[Thing], Vectors | None]:
        embed = self.resolver.index.embed
        things = [mention_thing(mention, None) for mention in self.mentions]
        if embed is None or not things:
            return things, None
        vectors = np.asarray(embed([thing.names[0].spoken for thing in things]), np.float32)
        return [replace(thing, vectors=vectors[i : i + 1]) for i, thing in enumerate(things)], vectors

    # -- what may be one

    def _edges(self) -> Iterator[Edge]:
        for i, thing in enumerate(self.things):
            for candidate in self.resolver.candidates(thing):
                known = Known(candidate.entity)
                self._likeness[i, known] = candidate.likeness
                edge = Edge(candidate.share, i, known, candidate.likeness)
                if i not in self._best and self._enough(edge):
                    self._sure[i] = candidate.entity
                self._best.setdefault(i, candidate.share)
                yield edge
        for i, j in self._close():
            if self._known_apart(i, j):
                continue
            found = self._compare(i, j)
            yield Edge(found.probability, i, j, found)

    def _enough(self, edge: Edge) -> bool:
        return edge.score >= self.resolver.scoring.accept[edge.likeness.rule]

    def _known_apart(self, i: int, j: int) -> bool:
        """Whether two mentions are better explained by an entity each."""
        one, other = self._sure.get(i), self._sure.get(j)
        return one is not None and other is not None and one != other

    def _close(self) -> list[tuple[int, int]]:
        """The pairs of mentions that are worth comparing."""
        index = NameIndex()
        names = [thing.names[0] for thing in self.things]
        for i, name in enumerate(names):
            index.add(i, name.text)
        found = {
            (min(i, j), max(i, j))
            for i, name in enumerate(names)
            for j in {*index.named(name), *index.near(name, None, NEAR)}
        }
        if self._vectors is not None:
            for i, vector in enumerate(self._vectors):
                found |= {(i, int(j)) for j in np.flatnonzero(self._vectors[i + 1 :] @ vector >= CLOSE) + i + 1}
        pairs = sorted(pair for pair in found if pair[0] != pair[1])
        same = {i for pair in pairs if names[pair[0]].key == names[pair[1]].key for i in pair}
        self.resolver.comparer.learn_descriptions(self.things[i].side.description for i in sorted(same))
        return pairs

    def _compare(self, one: int, other: Member) -> Likeness:
        if isinstance(other, int):
            one, other = min(one, other), max(one, other)
        if (one, other) not in self._likeness:
            self._likeness[one, other] = self.resolver.compare(self.things[one], self._thing(one, other))
        return self._likeness[one, other]

    def _thing(self, one: int, other: Member) -> Thing:
        if isinstance(other, int):
            return self.things[other]
        return self.resolver.thing(other.id, self.things[one].side.neighbours)

    def _apart(self, one: Member, other: Member) -> bool:
        if isinstance(one, Known):
            if isinstance(other, Known):
                return True  # only a merge makes two entities one
            one, other = other, one
        likeness = self._compare(one, other)
        return self.resolver.scoring.two(likeness.rule, likeness.probability)

    # -- what becomes one

    def decisions(self) -> list[Decision]:
        """Join what is alike, ask the judge about the rest, and say what each mention is."""
        for edge in self.edges:
            if self._enough(edge):
                self._join(edge, judged=False)
        self._ask()
        found: dict[int, Decision] = {}
        first = {i: min(self.places[mention]) for i, mention in enumerate(self.mentions)}
        for i, mention in enumerate(self.mentions):
            group = self.groups.of(i)
            known = next((member.id for member in group if isinstance(member, Known)), None)
            head = min(first[member] for member in group if isinstance(member, int))
            for place in self.places[mention]:
                found[place] = self._decision(i, known, head, place)
        return [found[place] for place in sorted(found)]

    def _decision(self, i: int, known: int | None, head: int, place: int) -> Decision:
        if known is None and place == head:
            return Decision(None, "new", 1 - self._best.get(i, 0.0), head, "nothing like it is known")
        same_as = head if known is None else None
        if i not in self._joined:
            return Decision(known, "exact", 1.0, same_as, "said twice")
        edge, judged = self._joined[i]
        direct = self._likeness.get((i, Known(known))) if known is not None else None
        likeness = direct if direct is not None and direct.same_name else edge.likeness
        by: By = "embedding"
        if likeness.same_name:
            by = "exact" if likeness.same_spelling else "normalised"
        elif judged:
            by = "judge"
        return Decision(known, by, edge.score, same_as, likeness.why)

    def _join(self, edge: Edge, *, judged: bool) -> bool:
        if not self.groups.join(edge.mention, edge.other):
            return False
        for member in (edge.mention, edge.other):
            if isinstance(member, int):
                self._joined.setdefault(member, (edge, judged))
        return True

    def _ask(self) -> None:
        """Ask about the pairs that are not decided, in one call."""
        asked: Counter[int] = Counter()
        edges: list[Edge] = []
        for edge in self.edges:
            if self._is_open(edge) and asked[edge.mention] < OPEN and len(edges) < self.resolver.most_pairs:
                asked[edge.mention] += 1
                edges.append(edge)
        verdicts = self.resolver.ask([self._question(edge) for edge in edges])
        for edge, verdict in zip(edges, verdicts, strict=True):
            if verdict is not None:
                self._likeness[edge.mention, edge.other] = edge.likeness.judged(verdict)
        for edge, verdict in zip(edges, verdicts, strict=True):
            if verdict and self._entity(edge.mention) is None:
                self._join(edge, judged=True)

    def _is_open(self, edge: Edge) -> bool:
        """Whether nothing has decided yet if the two are one, and they may be."""
        return (
            self.resolver.scoring.ask <= edge.likeness.probability < 1
            and self._entity(edge.mention) is None
            and edge.other not in self.groups.of(edge.mention)
        )

    def _entity(self, member: Member) -> Known | None:
        return next((other for other in self.groups.of(member) if isinstance(other, Known)), None)

    def _question(self, edge: Edge) -> tuple[Pair, Thing, Thing]:
        if isinstance(edge.other, Known):
            right, names = self.resolver.shown(edge.other.id)
        else:
            right, names = self.mentions[edge.other], ()
        pair = Pair(self.mentions[edge.mention], right, edge.score, names)
        return pair, self.things[edge.mention], self._thing(edge.mention, edge.other)


def _content(mention: Mention) -> tuple[str, str, str, tuple[str, ...]]:
    return mention.name, mention.type or "", mention.description, mention.neighbours
