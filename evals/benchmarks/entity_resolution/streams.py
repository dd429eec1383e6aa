"""Mentions that come step by step, put into clusters by the resolver or by simpler rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graphs.resolution import Embed, Judge, Mention, NameIndex, Resolver
from graphs.resolution.naming import plain_key, read_name
from graphs.resolution.scoring import Scoring
from graphs.resolution.settling import fuller

STEP = 20  # mentions that come together


class Put(NamedTuple):
    """Where a mention is put. cluster: the place of one of its mentions. merges: of clusters, after this mention."""

    cluster: int
    merges: tuple[tuple[int, int], ...] = ()


class Stream:
    """Where each mention is put, computed as far as it is asked for."""

    def __init__(self, puts: Iterator[Put]) -> None:
        self._puts = puts
        self._found: list[Put] = []

    def __getitem__(self, place: int) -> Put:
        while len(self._found) <= place:
            self._found.append(next(self._puts))
        return self._found[place]


def remembered(embed: Embed) -> Embed:
    """The same vectors, each computed once: the methods ask for the same names."""
    known: dict[str, NDArray[Any]] = {}

    def found(texts: Sequence[str]) -> NDArray[Any]:
        fresh = list(dict.fromkeys(text for text in texts if text not in known))
        if fresh:
            known.update(zip(fresh, np.asarray(embed(fresh), np.float32), strict=True))
        return np.stack([known[text] for text in texts]) if texts else np.zeros((0, 1), np.float32)

    return found


def resolver_stream(
    mentions: Sequence[Mention],
    embed: Embed | None,
    judge: Judge | None = None,
    *,
    tidy: bool = True,
    scoring: Scoring | None = None,
) -> Iterator[Put]:
    """The resolver, with what it decides taken up after each step.

    tidy: look for duplicates of the entities that a step touched, and merge them.
    """
    resolver = Resolver(NameIndex(embed), judge=judge, scoring=scoring)
    for start in range(0, len(mentions), STEP):
        some = mentions[start : start + STEP]
        found: list[int] = []
        for mention, decision in zip(some, resolver.resolve(some), strict=True):
            first = decision.same_as if decision.same_as is not None else 0
            found.append(decision.entity if decision.entity is not None else start + first)
            take_up(resolver.index, found[-1], mention)
        merges = [(merge.keep, merge.gone) for merge in resolver.duplicates(found)] if tidy else []
        for keep, gone in merges:
            resolver.index.merge(keep, gone)
        yield from map(Put, found[:-1])
        yield Put(found[-1], tuple(merges))


def take_up(index: NameIndex, id: int, mention: Mention) -> None:
    """What a mention says becomes part of what the index knows of its entity, as `settle` does in a store."""
    known = index.entities.get(id)
    if known is None:
        index.add(id, mention.name, type=mention.type, description=mention.description, neighbours=mention.neighbours)
        return
    index.add_name(id, mention.name)
    index.add_neighbours(id, mention.neighbours)
    index.describe(id, type=known.type or mention.type, description=fuller(known.description, mention.description))


def by_spelling(mentions: Sequence[Mention]) -> Iterator[Put]:
    """Equal names are one thing, case and blanks aside."""
    first: dict[str, int] = {}
    for place, mention in enumerate(mentions):
        yield Put(first.setdefault(plain_key(mention.name), place))


def by_cosine(mentions: Sequence[Mention], embed: Embed, threshold: float) -> Iterator[Put]:
    """Each mention joins the entity whose first name has the nearest vector, from a cosine on."""
    heads: list[int] = []
    known: NDArray[Any] = np.zeros((len(mentions), 0), np.float32)
    for start in range(0, len(mentions), STEP):
        names = [read_name(mention.name).spoken for mention in mentions[start : start + STEP]]
        vectors = np.asarray(embed(names), np.float32)
        if not known.shape[1]:
            known = np.zeros((len(mentions), vectors.shape[1]), np.float32)
        for place, vector in enumerate(vectors, start):
            cosines = known[: len(heads)] @ vector
            best = int(np.argmax(cosines)) if heads else -1
            if best >= 0 and cosines[best] >= threshold:
                yield Put(heads[best])
            else:
                known[len(heads)] = vector
                heads.append(place)
                yield Put(place)


def by_trigrams(mentions: Sequence[Mention], threshold: float) -> Iterator[Put]:
    """Each mention joins the entity whose first name has the most alike trigrams (Jaccard), from a likeness on."""
    heads: list[int] = []
    sizes: list[int] = []
    holders: dict[str, list[int]] = {}
    for place, mention in enumerate(mentions):
        text = plain_key(mention.name)
        grams = {text[i : i + 3] for i in range(max(1, len(text) - 2))}
        shared = np.zeros(len(heads), np.int64)
        for gram in sorted(grams):
            shared[holders.get(gram, [])] += 1
        likeness = shared / np.maximum(np.array(sizes, np.int64) + len(grams) - shared, 1)
        best = int(np.argmax(likeness)) if heads else -1
        if best >= 0 and likeness[best] >= threshold:
            yield Put(heads[best])
            continue
        for gram in grams:
            holders.setdefault(gram, []).append(len(heads))
        heads.append(place)
        sizes.append(len(grams))
        yield Put(place)
