"""Duplicates among the entities themselves: which merges to propose."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from graphs.resolution.grouping import Grouping
from graphs.resolution.records import Duplicate, Pair
from graphs.resolution.things import Likeness, Thing

if TYPE_CHECKING:
    from graphs.resolution.resolver import Resolver

NAMES = 3  # of an entity that are looked up


def find_duplicates(
    resolver: Resolver, ids: Iterable[int] | None, progress: Callable[[int], None] | None
) -> list[Duplicate]:
    """The merges to propose, the surest first, so that each can be made on its own."""
    scores: dict[tuple[int, int], list[float]] = {}
    for done, id in enumerate(
        sorted(set(resolver.index.entities if ids is None else ids) & set(resolver.index.entities))
    ):
        for other, share in _alike(resolver, id).items():
            scores.setdefault((min(id, other), max(id, other)), []).append(share)
        if progress is not None:
            progress(done + 1)
    pairs = sorted(scores, key=lambda pair: (-min(scores[pair]), pair))
    accept = resolver.scoring.accept
    enough = {pair: min(scores[pair]) >= accept[_compare(resolver, *pair).rule] for pair in pairs}
    open_pairs = [pair for pair in pairs if not enough[pair]][: resolver.most_pairs]
    questions = []
    for keep, gone in open_pairs:
        (left, _), (right, names) = resolver.shown(keep), resolver.shown(gone)
        question = Pair(left, right, min(scores[keep, gone]), names)
        questions.append((question, resolver.thing(keep), resolver.thing(gone)))
    judged = dict(zip(open_pairs, resolver.ask(questions), strict=True))

    def apart(one: int, other: int) -> bool:
        likeness = _compare(resolver, one, other)
        return resolver.scoring.two(likeness.rule, likeness.probability)

    groups: Grouping[int] = Grouping(apart)
    found = []
    for pair in sorted(pairs, key=lambda pair: (not judged.get(pair), -min(scores[pair]), pair)):
        keep, gone = (min(groups.of(id)) for id in pair)
        sure = judged.get(pair)
        if sure is None:
            sure = enough[pair]
        if sure and keep != gone and groups.join(*pair):
            why = "the judge's word" if judged.get(pair) else _compare(resolver, *pair).why
            found.append(
                Duplicate(min(keep, gone), max(keep, gone), why, 1.0 if judged.get(pair) else min(scores[pair]))
            )
    return sorted(found, key=lambda merge: (-merge.score, merge.keep, merge.gone))


def _alike(resolver: Resolver, id: int) -> dict[int, float]:
    """The entities that may be the same as one, with their shares; refused ones are left out."""
    found: dict[int, float] = {}
    whole = _whole(resolver, id)
    for at in range(min(NAMES, len(whole.names))):
        vectors = None if whole.vectors is None else whole.vectors[at : at + 1]
        for candidate in resolver.candidates(replace(whole, names=whole.names[at : at + 1], vectors=vectors), but=id):
            if candidate.likeness.probability >= resolver.scoring.ask:
                found[candidate.entity] = max(found.get(candidate.entity, 0.0), candidate.share)
    return found


def _whole(resolver: Resolver, id: int) -> Thing:
    """An entity with the keys of its neighbours."""
    index = resolver.index
    keys = set(index.entities[id].beside)
    if index.adjacent is not None:
        near = sorted(index.adjacent(id))[:64]
        keys = {index.names[index.entities[other].rows[0]].key for other in near if other in index.entities}
    return resolver.thing(id, keys)


def _compare(resolver: Resolver, one: int, other: int) -> Likeness:
    first = _whole(resolver, one)
    return resolver.compare(first, resolver.thing(other, first.side.neighbours))
