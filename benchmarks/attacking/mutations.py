"""Corrupted copies of an answer: every field changed in many small ways."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import Any

from tools.answers import Answer

ABOUT = ("notes", "estimated")  # words about the answer, not part of its claim


def mutations(answer: Answer, nodes: list[Any], rng: random.Random) -> Iterator[Answer]:
    """Yield copies of `answer` with one field corrupted; `nodes` are labels to put in the wrong place."""
    for field in fields(answer):
        if field.name in ABOUT:
            continue
        old = getattr(answer, field.name)
        for new in corrupt(old, nodes, rng):
            if type(new) is not type(old) or new != old:
                yield replace(answer, **{field.name: new})


def corrupt(old: Any, nodes: list[Any], rng: random.Random) -> Iterator[Any]:
    if isinstance(old, bool):
        yield not old
    elif isinstance(old, (int, float)):
        yield from (old + 1, old - 1, old * 2 + 1, -old)
    elif isinstance(old, str) or old is None:
        yield from rng.sample(nodes, min(2, len(nodes)))
    elif isinstance(old, Mapping):
        items = list(old.items())
        for key, value in rng.sample(items, min(3, len(items))):
            yield {k: v for k, v in items if k != key}
            for new in corrupt(value, nodes, rng):
                yield {**old, key: new}
    elif isinstance(old, (list, tuple)):
        yield from _corrupt_sequence(old, nodes, rng)


def _corrupt_sequence(old: Any, nodes: list[Any], rng: random.Random) -> Iterator[Any]:
    kind = type(old)
    items = list(old)
    if nodes and (not items or not isinstance(items[0], (list, tuple, Mapping))):
        yield kind([*items, rng.choice(nodes)])
    if not items:
        return
    at = rng.randrange(len(items))
    yield kind(items[:at] + items[at + 1 :])
    yield kind([*items, items[at]])
    if len(items) > 1:
        swapped = items[:]
        other = rng.randrange(len(items))
        swapped[at], swapped[other] = swapped[other], swapped[at]
        yield kind(swapped)
    for new in corrupt(items[at], nodes, rng):
        yield kind([*items[:at], new, *items[at + 1 :]])
