"""A reading of a stretch of words, which the chart holds and rules join."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from agents.knowledge.meaning import Meaning
from agents.knowledge.verbs import Phrase


@dataclass(frozen=True)
class Item:
    """A reading of a stretch of words. word: the preposition or little word in it. wh: it asks for things."""

    category: str
    meaning: Meaning | Phrase | None
    score: float
    word: str = ""
    wh: bool = False

    @property
    def key(self) -> tuple[object, ...]:
        return self.category, self.meaning, self.word, self.wh


Rule = Callable[[Item, Item], Iterator[Item]]


def phrase_of(item: Item) -> Phrase:
    assert isinstance(item.meaning, Phrase)
    return item.meaning


def set_of(item: Item) -> Meaning:
    assert item.meaning is not None
    assert not isinstance(item.meaning, Phrase)
    return item.meaning
