"""Reads a question about relations: the query that it means, or why that is not clear."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agents.knowledge.chunks import Chunks, chunks, merged
from agents.knowledge.grammar import parse
from agents.knowledge.ground import Grounding, Reading
from agents.knowledge.item import Item
from agents.knowledge.meaning import Hop, Same, inside
from agents.knowledge.names import Mention, Names, Unknown
from agents.knowledge.verbs import Lexicon, Phrase
from agents.knowledge.words import tokens
from graphs.store.facts import Facts
from graphs.store.handle import KnowledgeGraph

PARSES = 14  # readings of the words that are grounded
SURE = 0.4  # a reading below this is not acted on …
LEAD = 0.82  # … nor one whose next rival with another answer reaches this part of it
CLEAR = 0.62  # from here on a reading is as good as certain
WRONG_FORM = 0.08  # what is left of a list's score where yes or no is asked, and the other way round
_ASKS_WHETHER = frozenset(("BE", "DO", "HAVE"))


@dataclass(frozen=True)
class Understanding:
    """What a question may mean, best first, and how sure the first is.

    sure: it may be acted on. certainty: 0 to 1. unknown: parts quoted as names that are no entity's. phrases: words
    that were taken for relations by the readings of the words.
    """

    readings: tuple[Reading, ...]
    scores: tuple[float, ...]
    sure: bool
    unknown: tuple[Unknown, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    words: tuple[str, ...] = ()
    exists: bool = False  # "are there …"
    mentions: tuple[Mention, ...] = ()

    @property
    def best(self) -> Reading:
        return self.readings[0]

    @property
    def hopeful(self) -> bool:
        """Whether a reading fits well, though it may have a rival."""
        return bool(self.readings) and _each(self.scores[0], self.best) >= SURE

    @property
    def certainty(self) -> float:
        """How sure the first reading is."""
        if not self.readings:
            return 0.0
        rival = self.scores[1] / self.scores[0] if len(self.scores) > 1 else 0.0
        return min(1.0, _each(self.scores[0], self.best) / CLEAR) * (1.0 if rival < 0.6 else 0.95)


class Reader:
    """Reads questions about one graph; made once for a graph, it serves many questions."""

    def __init__(self, facts: Facts, names: Names) -> None:
        self.facts = facts
        self.names = names
        self.lexicon = Lexicon(facts)
        self._merges = merged(self.lexicon)

    @classmethod
    def of(cls, graph: KnowledgeGraph) -> Reader:
        """The reader of a graph."""
        found: Reader = graph.memo("reader", lambda: cls(graph.facts, Names.of(graph)))
        return found

    def read(
        self, question: str, *, embeds: bool = False, chosen: Mapping[str, str] | None = None, whether: bool = False
    ) -> Understanding:
        """What the question means. embeds: compare by embeddings where words tell too little.

        chosen: verbs that a model took for phrases. whether: the text is a statement.
        """
        known = frozenset(word for phrase in chosen or () for word in phrase.split())
        self.lexicon.embeds = embeds
        try:
            parts = chunks(question, self.names, self.lexicon, known)
            items = parse(parts.cells, parts.spans, self._merges)
            found = self._grounded(parts, items, chosen or {}, whether=whether)
        finally:
            self.lexicon.embeds = False
        phrases = tuple(dict.fromkeys(p for item in items[:PARSES] for p in _phrases(item)))
        readings, scores = tuple(r for _, r in found), tuple(s for s, _ in found)
        lead = len(scores) < 2 or scores[1] < LEAD * scores[0]
        sure = bool(found) and _each(scores[0], readings[0]) >= SURE and lead
        unknown = tuple(parts.unknown)
        return Understanding(
            readings,
            scores,
            sure and not unknown,
            unknown,
            phrases,
            tuple(parts.words),
            parts.exists,
            tuple(parts.mentions),
        )

    def _grounded(
        self, parts: Chunks, items: Sequence[Item], chosen: Mapping[str, str], *, whether: bool
    ) -> list[tuple[float, Reading]]:
        """Readings with different answers, best first."""
        grounding = Grounding(self.facts, self.lexicon, others=parts.others, chosen=chosen)
        whether = whether or bool(parts.cells) and any(item.category in _ASKS_WHETHER for item in parts.cells[0])
        best: dict[object, tuple[float, Reading]] = {}
        for item in items[:PARSES]:
            for reading in grounding.readings(item.meaning):  # type: ignore[arg-type]
                score = item.score * reading.score
                score *= 1.0 if (reading.test is not None) == whether else WRONG_FORM
                known = best.get(reading.answer)
                if known is None or known[0] < score:
                    best[reading.answer] = (score, reading)
        return sorted(best.values(), key=lambda row: -row[0])[:6]


def _each(score: float, reading: Reading) -> float:
    """The score of a reading for each of its relations: four good guesses are no worse than one."""
    return float(min(1.2, score) ** (1 / max(1, len(reading.verbs)) ** 0.5))


def _phrases(item: Item) -> list[Phrase]:
    if isinstance(item.meaning, Phrase) or item.meaning is None:
        return []
    return [part.phrase for part in inside(item.meaning) if isinstance(part, (Hop, Same))]


def content(question: str) -> list[str]:
    """The words of a question in small letters."""
    return [token.low for token in tokens(question)]
