"""What resolution is asked and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from numpy.typing import NDArray

By = Literal["new", "exact", "normalised", "embedding", "judge"]
Vectors = NDArray[Any]  # float32 [n, size], unit rows


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as a text or a model used it. neighbours: names that stand next to it, in triples or in the text."""

    name: str
    type: str | None = None
    description: str = ""
    neighbours: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What a mention is: an entity of the store, or a new one.

    by: `exact` and `normalised` by its spelling, `embedding` by the score of everything that is known (strings,
    vectors, kinds, neighbours), `judge` by a judge's word, `new` by none of these. score: the probability that it is
    `entity`; of a new one, that it is none. same_as: where `entity` is None, the place among the mentions asked
    together of the first one that is the same new thing (its own place for that first one, which alone is `new`).
    why: for the log and for people.
    """

    entity: int | None
    by: By
    score: float
    same_as: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A question for the judge: do both mean the same? score: the probability so far. names: other ones of `right`."""

    left: Mention
    right: Mention
    score: float
    names: tuple[str, ...] = ()


class Duplicate(NamedTuple):
    """A merge to propose: `gone` into `keep`, the older of the two."""

    keep: int
    gone: int
    why: str
    score: float


Embed = Callable[[Sequence[str]], Vectors]
Judge = Callable[[Sequence[Pair]], Sequence[bool | None]]
