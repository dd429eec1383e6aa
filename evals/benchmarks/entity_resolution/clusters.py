"""How well clusters agree with the entities that are meant: pairs, and B-cubed (Bagga and Baldwin, 1998)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Agreement:
    """Precision and recall."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def pairwise(found: Sequence[Hashable], gold: Sequence[Hashable]) -> Agreement:
    """Of the pairs of mentions that are put together, those that belong together; and the other way round.

    >>> pairwise([1, 1, 1, 2], ["a", "a", "b", "b"])
    Agreement(precision=0.3333333333333333, recall=0.5)
    """
    right = _pairs(Counter(zip(found, gold, strict=True)).values())
    put, wanted = _pairs(Counter(found).values()), _pairs(Counter(gold).values())
    return Agreement(right / put if put else 1.0, right / wanted if wanted else 1.0)


def _pairs(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)


def b_cubed(found: Sequence[Hashable], gold: Sequence[Hashable]) -> Agreement:
    """The mean over mentions of the share of their cluster that is their entity, and of their entity in their cluster.

    >>> b_cubed([1, 1, 2], ["a", "a", "a"]).recall
    0.5555...
    """
    if not found:
        return Agreement(1.0, 1.0)
    shared, put, wanted = Counter(zip(found, gold, strict=True)), Counter(found), Counter(gold)
    pairs = list(zip(found, gold, strict=True))
    return Agreement(
        sum(shared[pair] / put[pair[0]] for pair in pairs) / len(pairs),
        sum(shared[pair] / wanted[pair[1]] for pair in pairs) / len(pairs),
    )
