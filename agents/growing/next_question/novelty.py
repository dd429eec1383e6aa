"""Whether a question has been asked before, in these words or in others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from agents.growing.next_question.phrasing import content, words_of

if TYPE_CHECKING:
    import numpy as np

Embed = Callable[[Sequence[str]], "np.ndarray"]  # texts -> float32 [texts, size], rows of length 1
SAME_WORDS = 0.7  # share of common content words from which on two questions are the same
SAME_LETTERS = 0.75  # share of common letter triples of the content words: spellings, word parts
SAME_SENSE = 0.88  # cosine of sentence embeddings


class Asked:
    """All questions that were asked so far, and how close a new one comes to them.

    Words of grammar and of the templates do not count: two questions of one template about different things are two.
    """

    def __init__(self, questions: Iterable[str] = (), embed: Embed | None = None) -> None:
        self._embed = embed
        self._questions: list[str] = []
        self._words: list[frozenset[str]] = []
        self._all: list[frozenset[str]] = []
        self._triples: list[frozenset[str]] = []
        self._with: dict[str, list[int]] = defaultdict(list)  # content word -> questions that have it
        self._vectors: list[np.ndarray] = []
        for question in questions:
            self.add(question)

    def __len__(self) -> int:
        return len(self._questions)

    def add(self, question: str) -> None:
        words = content(question)
        for word in words:
            self._with[word].append(len(self._questions))
        self._questions.append(question)
        self._words.append(words)
        self._all.append(words_of(question))
        self._triples.append(_triples(words))

    def nearest(self, question: str) -> tuple[float, str | None]:
        """The largest similarity to an earlier question (1.0: the same content words), and that question."""
        words = content(question)
        best, which = 0.0, None
        for i in sorted({i for word in words for i in self._with.get(word, ())}):
            other = self._words[i]
            share = len(words & other) / len(words | other)
            if share > best:
                best, which = share, self._questions[i]
        return best, which

    def closeness(self, question: str) -> float:
        """How much the plain words, those of the template too, have in common with the nearest earlier question's."""
        words = words_of(question)
        return max((len(words & other) / len(words | other) for other in self._all), default=0.0)

    def repeats(self, question: str) -> str | None:
        """The earlier question that `question` repeats, or None if it is new."""
        share, near = self.nearest(question)
        if share >= SAME_WORDS:
            return near
        triples = _triples(content(question))
        for earlier, others in zip(self._questions, self._triples, strict=True):
            sizes = sorted((len(triples), len(others)))
            if not sizes[0] or sizes[0] < SAME_LETTERS * sizes[1]:
                continue
            if len(triples & others) >= SAME_LETTERS * len(triples | others):
                return earlier
        return self._same_sense(question)

    def _same_sense(self, question: str) -> str | None:
        if self._embed is None or not self._questions:
            return None
        import numpy as np

        missing = self._questions[len(self._vectors) :]
        if missing:
            self._vectors.extend(self._embed(missing))
        cosines = np.stack(self._vectors) @ self._embed([question])[0]
        best = int(cosines.argmax())
        return self._questions[best] if cosines[best] >= SAME_SENSE else None


def _triples(words: frozenset[str]) -> frozenset[str]:
    """The letter triples of the words; none where a word has a digit: "layer 1" is no misspelt "layer 2"."""
    if any(c.isdigit() for word in words for c in word):
        return frozenset()
    return frozenset(f" {word} "[i : i + 3] for word in words for i in range(len(word)))
