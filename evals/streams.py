"""Mentions that come step by step, put into clusters by the resolver or by simpler rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from evals.aliases import Gold
from graphs.resolution import Embed, Judge, Mention, NameIndex, Resolver
from graphs.resolution.naming import plain_key, read_name
from graphs.resolution.scoring import Scoring

STEP = 20  # mentions that come together
Clusters = list[int]  # the cluster of each mention


def steps(mentions: Sequence[Mention]) -> Iterator[tuple[int, Sequence[Mention]]]:
    """The mentions of each step, with the place of the first."""
    for start in range(0, len(mentions), STEP):
        yield start, mentions[start : start + STEP]


def take_up(index: NameIndex, id: int, mention: Mention) -> None:
    """What a mention says becomes part of what the index knows of its entity, as `settle` does in a store."""
    known = index.entities.get(id)
    if known is None:
        index.add(
            id, mention.name, type=mention.type, description=mention.description, neighbours=mention.neighbours
        )
        return
    index.add_name(id, mention.name)
    index.add_neighbours(id, mention.neighbours)
    index.describe(id, type=known.type or mention.type, description=known.description or mention.description)


def resolved(
    mentions: Sequence[Mention],
    embed: Embed | None,
    judge: Judge | None = None,
    *,
    scoring: Scoring | None = None,
    progress: Callable[[int], None] | None = None,
) -> Clusters:
    """The resolver's clusters: the place of the first mention of each."""
    resolver = Resolver(NameIndex(embed), judge=judge, scoring=scoring)
    found: Clusters = []
    for start, some in steps(mentions):
        for mention, decision in zip(some, resolver.resolve(some), strict=True):
            first = decision.same_as if decision.same_as is not None else 0
            found.append(decision.entity if decision.entity is not None else start + first)
            take_up(resolver.index, found[-1], mention)
        if progress is not None:
            progress(len(found))
    return found


def same_spelling(mentions: Sequence[Mention]) -> Clusters:
    """Equal names are one thing, case and blanks aside."""
    first: dict[str, int] = {}
    return [first.setdefault(plain_key(mention.name), place) for place, mention in enumerate(mentions)]


def by_cosine(mentions: Sequence[Mention], embed: Embed, threshold: float) -> Clusters:
    """Each mention joins the name so far whose vector is nearest, from a cosine on, as in graph-preflexor's ideation."""
    vectors = np.asarray(embed([read_name(mention.name).spoken for mention in mentions]), np.float32)
    return _greedy(mentions, lambda place, heads: vectors[heads] @ vectors[place], threshold)


def by_trigrams(mentions: Sequence[Mention], threshold: float) -> Clusters:
    """Each mention joins the name so far with the nearest trigrams, from a Jaccard likeness on, as in Graphiti."""
    grams = [_trigrams(mention.name) for mention in mentions]
    holders: dict[str, list[int]] = {}  # from a trigram to heads, by their number among the heads

    def likeness(place: int, heads: Sequence[int]) -> np.ndarray:
        shared = np.zeros(len(heads), np.int32)
        for gram in grams[place]:
            shared[holders.get(gram, [])] += 1
        sizes = np.array([len(grams[head]) for head in heads]) + len(grams[place])
        return shared / np.maximum(sizes - shared, 1)

    def opened(place: int, number: int) -> None:
        for gram in grams[place]:
            holders.setdefault(gram, []).append(number)

    return _greedy(mentions, likeness, threshold, opened)


def _greedy(
    mentions: Sequence[Mention],
    likeness: Callable[[int, Sequence[int]], np.ndarray],
    threshold: float,
    opened: Callable[[int, int], None] = lambda place, number: None,
) -> Clusters:
    heads: list[int] = []
    found: Clusters = []
    for place in range(len(mentions)):
        values = likeness(place, heads) if heads else np.zeros(0)
        best = int(np.argmax(values)) if len(values) else -1
        if best >= 0 and values[best] >= threshold:
            found.append(heads[best])
        else:
            opened(place, len(heads))
            heads.append(place)
            found.append(place)
    return found


def _trigrams(name: str) -> set[str]:
    text = plain_key(name)
    return {text[i : i + 3] for i in range(max(1, len(text) - 2))}
