"""How a graph grew: what each step brought and cost, from the store and the notes of its steps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from graphs.store import StepRecord, Store

_WORD = re.compile(r"\w+")
_COMMON = frozenset(
    "a an and are as at be by can could do does for from has have how if in into is it its more new of on or our so "
    "such than that the their then there these they this to two us was we what when where which who why will with "
    "would you your".split()
)


@dataclass(frozen=True, slots=True)
class StepGrowth:
    """One step. None: the step's notes do not tell, or it divides by zero.

    new_entities, new_relations: what the step brought, merges and undoing not taken off. tokens: of its model calls,
    cached ones too. per_call, per_kilotoken: new relations. entities_per_kilotoken: new entities.
    duplicate_rate: share of the names seen that meant an entity which was there. novelty: 1 less the largest share of
    content words that the question has in common with an earlier one.
    """

    step: int
    kind: str
    about: str
    new_entities: int
    new_relations: int
    merges: int
    quarantined: int
    repairs: int
    undone: bool = False
    calls: int | None = None
    tokens: int | None = None
    seconds: float | None = None
    cost: float | None = None
    per_call: float | None = None
    per_kilotoken: float | None = None
    entities_per_kilotoken: float | None = None
    duplicate_rate: float | None = None
    novelty: float | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain data without what is None."""
        return {f.name: value for f in fields(self) if (value := getattr(self, f.name)) is not None}


def growth(store: Store) -> list[StepGrowth]:
    """What each step brought and cost. Edits (undoing, merges by hand) are steps too."""
    entities, relations = _made(store)
    merges = Counter(merge.step for merge in store.merges())
    quarantined = Counter(item.step for item in store.quarantined())
    novelty = question_novelty(store.steps())
    return [
        _one(
            step, entities[step.number], relations[step.number], merges[step.number], quarantined[step.number], novelty
        )
        for step in store.steps()
    ]


def question_novelty(steps: Iterable[StepRecord]) -> dict[int, float]:
    """For each question but the first: 1 less the largest share of content words in common with an earlier one."""
    earlier: list[frozenset[str]] = []
    found: dict[int, float] = {}
    for step in steps:
        if step.kind != "question":
            continue
        words = frozenset(_WORD.findall(step.about.casefold())) - _COMMON
        if earlier:
            found[step.number] = 1 - max(_jaccard(words, other) for other in earlier)
        earlier.append(words)
    return found


def repairs_by_kind(steps: Iterable[StepRecord]) -> Counter[str]:
    """All repairs of a run: what was repaired -> how often."""
    total: Counter[str] = Counter()
    for step in steps:
        total.update(_counts(step.notes.get("repairs")))
    return total


def _made(store: Store) -> tuple[Counter[int], Counter[int]]:
    """How many entities and new relations each step added, from the log: later merges do not change it."""
    entities: Counter[int] = Counter()
    relations: Counter[int] = Counter()
    known: set[tuple[Any, ...]] = set()
    for event in store.events():
        if event.kind == "entity":
            entities[event.step] += 1
        elif event.kind == "relation":
            data = event.data
            key = tuple(data[k] for k in ("source", "verb", "target", "valid_from", "valid_to"))
            relations[event.step] += key not in known
            known.add(key)
        elif event.kind == "load":
            entities[event.step] += len(event.data["entities"])
            keys = {(row[1], row[2], row[3], row[6], row[7]) for row in event.data["relations"]}
            relations[event.step] += len(keys - known)
            known |= keys
    return entities, relations


def _one(
    step: StepRecord, entities: int, relations: int, merges: int, quarantined: int, novelty: Mapping[int, float]
) -> StepGrowth:
    cost, grown = step.notes.get("cost"), step.notes.get("growth")
    calls, tokens = _number(cost, "calls"), _number(cost, "tokens")
    asked = None if calls is None else calls + (_number(cost, "cached") or 0)
    seen = _counts(grown.get("by")) if isinstance(grown, Mapping) else _counts(None)
    names = sum(seen.values())
    return StepGrowth(
        step=step.number,
        kind=step.kind,
        about=step.about,
        new_entities=entities,
        new_relations=relations,
        merges=merges,
        quarantined=quarantined,
        repairs=sum(_counts(step.notes.get("repairs")).values()),
        undone="undone" in step.notes,
        calls=None if asked is None else int(asked),
        tokens=None if tokens is None else int(tokens),
        seconds=_number(cost, "seconds"),
        cost=_number(cost, "cost"),
        per_call=relations / asked if asked else None,
        per_kilotoken=1000 * relations / tokens if tokens else None,
        entities_per_kilotoken=1000 * entities / tokens if tokens else None,
        duplicate_rate=1 - seen["new"] / names if names else None,
        novelty=novelty.get(step.number),
    )


def _number(data: object, name: str) -> float | None:
    value = data.get(name) if isinstance(data, Mapping) else None
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _counts(data: object) -> Counter[str]:
    """Notes are JSON that anybody may have written: only whole numbers under names are counted."""
    if not isinstance(data, Mapping):
        return Counter()
    return Counter({str(k): v for k, v in data.items() if isinstance(v, int) and not isinstance(v, bool) and v > 0})


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 1.0


def total(values: Sequence[float | None]) -> float | None:
    """The sum of those that are known, None where none is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None
