"""Entity resolution: which of the known entities each mention means, or that it is a new one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from graphs.errors import BadArgument
from graphs.resolution.following import Following
from graphs.resolution.index import NameIndex
from graphs.resolution.naming import plain_key
from graphs.resolution.records import Decision, Duplicate, Embed, Judge, Mention, Pair
from graphs.resolution.scoring import Scoring, fitted, odds, share
from graphs.resolution.things import Comparer, Likeness, Thing, entity_thing

if TYPE_CHECKING:
    from graphs.store.reading import Reading

NEAR = 10  # entities that each way of looking gives
DOUBLES = 12  # entities of one name that are compared with each other
HUB = 300  # a neighbour of more entities than this gives no candidates


class EmptyName(BadArgument):
    """A mention has a name without anything to see in it."""


@dataclass(frozen=True)
class Candidate:
    """An entity that a mention may mean. share: its probability among all that the mention may mean, and none.

    doubles: entities of the same name that may well be the same thing, so that they take nothing from its share.
    """

    entity: int
    likeness: Likeness
    share: float
    doubles: frozenset[int] = frozenset()


class Resolver:
    """Decides which mentions and entities are the same thing.

    The mentions of one call are decided together; their order makes no difference to which are one. What the caller
    does with the decisions is seen at the next call, when the index has followed the store.
    """

    def __init__(
        self,
        source: Reading | NameIndex,
        embed: Embed | None = None,
        judge: Judge | None = None,
        *,
        scoring: Scoring | None = None,
        most_pairs: int = 24,
    ) -> None:
        """Resolve against a store, or an index that the caller keeps.

        embed: unit vectors of texts, all-MiniLM-L6-v2's for the fitted thresholds; without it, names are compared by
        their letters. judge: is asked at most once a call, about at most `most_pairs` undecided pairs.
        """
        self.index = source if isinstance(source, NameIndex) else NameIndex(embed)
        if embed is not None:
            self.index.embed = embed
        self._following = None if isinstance(source, NameIndex) else Following(source, self.index)
        self.judge = judge
        self.scoring = scoring or fitted(self.index.embed is not None)
        self.comparer = Comparer(self.index, self.scoring)
        self.most_pairs = most_pairs
        self.verdicts: dict[tuple[str, str], bool] = {}  # of the judge, on two things by name and kind

    def resolve(self, mentions: Sequence[Mention]) -> list[Decision]:
        """What each mention is, in their order.

        Raises:
            EmptyName: a mention has no name. BadArgument: the judge does not answer each pair.
        """
        from graphs.resolution.deciding import Deciding

        for place, mention in enumerate(mentions):
            if not plain_key(mention.name):
                raise EmptyName(f"mention {place} ({mention.name!r}) has an empty name; leave it out or quarantine it")
        self.follow()
        return Deciding(self, mentions).decisions()

    def duplicates(
        self, ids: Iterable[int] | None = None, progress: Callable[[int], None] | None = None
    ) -> list[Duplicate]:
        """The merges to propose over the whole index, or for the entities `ids`; the judge is asked at most once.

        Takes milliseconds an entity. progress: is told how many have been looked at.
        """
        from graphs.resolution.merging import find_duplicates

        self.follow()
        return find_duplicates(self, ids, progress)

    def follow(self) -> None:
        """Take up what the store has committed."""
        if self._following is not None:
            self._following.update()

    # -- what both need

    def candidates(self, thing: Thing, but: int | None = None) -> list[Candidate]:
        """The entities that a thing may mean by its first name, the most probable first. but: one to leave out."""
        name = thing.names[0]
        rows = self.index.near(name, None if thing.vectors is None else thing.vectors[0], NEAR)
        for id, found in self.index.named(name).items():
            rows[id] = found + rows.get(id, [])
        for id in self._beside(thing):
            rows.setdefault(id, [])
        if but is not None:
            rows.pop(but, None)
        others = {id: self.thing(id, thing.side.neighbours, found) for id, found in rows.items()}
        if thing.side.description:
            same = [other for other in others.values() if any(found.key == name.key for found in other.names)]
            self.comparer.learn_descriptions(other.side.description for other in (thing, *same))
        likeness = self._by_name({id: self.compare(thing, other) for id, other in others.items()})
        doubles = self._doubles(others, likeness)
        candidates = [
            Candidate(
                id,
                found,
                share(
                    odds(found.probability),
                    [odds(likeness[rival].probability) for rival in likeness.keys() - doubles[id] - {id}],
                ),
                doubles[id],
            )
            for id, found in likeness.items()
        ]
        return sorted(candidates, key=lambda candidate: (-candidate.share, candidate.entity))

    def _by_name(self, likeness: dict[int, Likeness]) -> dict[int, Likeness]:
        """Where an entity bears the very name and may well be meant, only a judge may choose one of another name."""
        enough = self.scoring.accept["same"]
        if not any(found.same_name and found.probability >= enough for found in likeness.values()):
            return likeness
        judged = {id for id, found in likeness.items() if found.probability == 1}
        return {
            id: found if found.same_name or id in judged else found.left_open(0.9 * enough)
            for id, found in likeness.items()
        }

    def _doubles(self, others: Mapping[int, Thing], likeness: Mapping[int, Likeness]) -> dict[int, frozenset[int]]:
        """For each entity, those of the same name that are not known to be other things."""
        same = [id for id, found in likeness.items() if found.same_name]
        found: dict[int, set[int]] = {id: set() for id in likeness}
        for one, other in combinations(same[:DOUBLES], 2):
            if self.compare(others[one], others[other]).probability >= self.scoring.accept["same"]:
                found[one].add(other)
                found[other].add(one)
        return {id: frozenset(doubles) for id, doubles in found.items()}

    def _beside(self, thing: Thing) -> list[int]:
        """The entities with the most neighbours of the thing's."""
        shared: Counter[int] = Counter()
        for key in thing.side.neighbours:
            others = self.index.beside(key)
            if len(others) <= HUB:
                shared.update(others)
        return [id for id, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:NEAR]]

    def thing(self, id: int, asked: Iterable[str] = (), rows: Sequence[int] = ()) -> Thing:
        """An entity, ready to be compared under the names in `rows`, or else its first ones."""
        known = self.index.entities[id]
        return entity_thing(self.index, known, rows or known.rows, asked)

    def compare(self, a: Thing, b: Thing) -> Likeness:
        """Their likeness; a judge's earlier word goes before it."""
        found = self.comparer.compare(a, b)
        verdict = self.verdicts.get(both(a, b))
        return found if verdict is None else found.judged(verdict)

    def ask(self, pairs: Sequence[tuple[Pair, Thing, Thing]]) -> list[bool | None]:
        """The judge's verdicts, which are remembered.

        Raises:
            BadArgument: it gives another number of verdicts.
        """
        if self.judge is None or not pairs:
            return [None] * len(pairs)
        verdicts = list(self.judge([pair for pair, _, _ in pairs]))
        if len(verdicts) != len(pairs):
            raise BadArgument(
                f"the judge gave {len(verdicts)} verdicts on {len(pairs)} pairs; it must give one for each"
            )
        for (_, a, b), verdict in zip(pairs, verdicts, strict=True):
            if verdict is not None:
                self.verdicts[both(a, b)] = bool(verdict)
        return verdicts

    def shown(self, id: int) -> tuple[Mention, tuple[str, ...]]:
        """An entity as a judge sees it: as a mention, and its other names."""
        known = self.index.entities[id]
        name, *others = (self.index.names[row].text for row in known.rows)
        return Mention(name, known.type, known.description), tuple(others[:5])


def both(a: Thing, b: Thing) -> tuple[str, str]:
    """Two things by name and kind, in either order."""
    one, other = sorted((a.who, b.who))
    return one, other
