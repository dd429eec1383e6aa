"""What cannot be the same thing, whatever it looks like.

A model that lists two names in one reply means two things: "Strength" and "Toughness", "Shear Modulus" and "Young's
Modulus". Their neighbours are alike as they stand in one answer. Equal spellings and a judge's word are not touched
by any of this.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from agents.growing.next_question.phrasing import words_of
from graphs.resolution.naming import read_name

if TYPE_CHECKING:
    from graphs.resolution import By, Decision, Mention
    from graphs.store import Store

SURE = 0.6  # the probability from which on likeness alone makes two things one: a false merge is worse than a double


def kept_apart(mentions: Sequence[Mention], decisions: Sequence[Decision], *, from_text: bool) -> list[Decision]:
    """The decisions, with those taken back that join names of one reply, or are not sure enough.

    from_text: the names come from a document, which may call a thing "Dorothy" and "Dorothy Gale" side by side; so they
    may be one where one name holds the words of the other, and no mention lists the other as its neighbour.
    """
    found = list(decisions)
    groups: dict[tuple[str, int], list[int]] = {}
    for i, decision in enumerate(decisions):
        groups.setdefault(_entity(decision, i), []).append(i)
    for group in groups.values():
        spellings: dict[str, list[int]] = {}
        for i in group:
            spellings.setdefault(read_name(mentions[i].name).key, []).append(i)
        kept: list[int] = []
        # those that are spelled like the entity first, then the most alike
        for places in sorted(spellings.values(), key=lambda places: _rank(decisions, places)):
            like = all(decisions[i].by in ("embedding", "normalised") for i in places)
            like = like and any(decisions[i].by == "embedding" for i in places)
            score = max(decisions[i].score for i in places)
            beside = any(not (from_text and _nested(mentions[places[0]], mentions[i])) for i in kept)
            if like and (score < SURE or beside):
                _split(found, places, "named beside what it is like" if beside else "not sure enough")
            else:
                kept += places
    return found


def _rank(decisions: Sequence[Decision], places: Sequence[int]) -> tuple[bool, float, int]:
    alike = [decisions[i].score for i in places if decisions[i].by == "embedding"]
    return bool(alike), -max(alike, default=0.0), places[0]


def _split(found: list[Decision], places: Sequence[int], why: str) -> None:
    """Make the mentions of one spelling a new entity."""
    first = min(places)
    for i in places:
        by: By = "new" if i == first else "normalised"
        found[i] = replace(found[i], entity=None, by=by, same_as=first, why=why)


def _entity(decision: Decision, place: int) -> tuple[str, int]:
    if decision.entity is not None:
        return "known", decision.entity
    return "new", place if decision.same_as is None else decision.same_as


def _nested(one: Mention, other: Mention) -> bool:
    a, b = words_of(one.name), words_of(other.name)
    return (a <= b or b <= a) and other.name not in one.neighbours and one.name not in other.neighbours


def may_be_one(store: Store, one: int, other: int, score: float) -> bool:
    """Whether two entities of the store may be merged for their likeness: never if they came up in one answer."""
    a, b = store.entity(one), store.entity(other)
    if a.id == b.id:
        return False
    if read_name(a.name).key == read_name(b.name).key:
        return True
    return score >= SURE and not (_steps(store, a.id) & _steps(store, b.id))


def _steps(store: Store, entity: int) -> set[int]:
    """The steps that spoke of an entity."""
    relations = (*store.out(entity), *store.into(entity))
    said = {evidence.step for relation in relations for evidence in store.evidence(relation.id)}
    return said | {store.entity(entity).step}
