"""Which entities a question speaks of: exact, then loose, then close names; homonyms stay several."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from agents.knowledge.words import Token, split_name
from graphs.store.facts import Facts
from graphs.store.handle import KnowledgeGraph
from graphs.store.names import normal

How = Literal["exact", "same words", "another number", "part", "close"]
WEIGHT: dict[How, float] = {"exact": 1.0, "same words": 0.99, "another number": 0.95, "part": 0.8, "close": 0.85}
LONGEST = 24  # words of a name that is looked for without quotation marks
CLOSE = 0.86  # likeness from which a misspelt name is taken for one of the graph
_QUOTED = re.compile(r"\[([^\[\]]+)\]|\"([^\"]+)\"|“([^”]+)”|«([^»]+)»|`([^`]+)`|(?<!\w)'([^']+(?:'\w[^']*)*)'(?!\w)")


@dataclass(frozen=True, slots=True)
class Mention:
    """A part of the question that names entities. start, end: characters. at: positions of the entities it may name."""

    start: int
    end: int
    text: str
    at: tuple[int, ...]
    how: How = "exact"
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """A part of the question that was quoted as a name, and what it may be."""

    start: int
    end: int
    text: str
    close: tuple[str, ...]


def loose(text: str) -> str:
    """A name reduced to its words: "South_Sudan", "southSudan" and "south sudan" are the same.

    >>> loose("South_Sudan") == loose("SouthSudan") == loose("south-sudan") == "south sudan"
    True
    """
    folded = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(split_name(re.sub(r"(?<=\w)['’](?=\w)", "", folded))) or normal(text)


class Names:
    """The names and aliases of a graph's entities."""

    def __init__(self, facts: Facts, aliases: Iterable[tuple[int, str]] = ()) -> None:
        """aliases: (position, another name)."""
        self.facts = facts
        self._exact: dict[str, list[int]] = defaultdict(list)
        self._loose: dict[str, list[int]] = defaultdict(list)
        self._longest = 1
        for at, name in (*enumerate(facts.labels), *aliases):
            for table, key in ((self._exact, name), (self._loose, loose(name))):
                if not table[key] or at not in table[key][-8:]:
                    table[key].append(at)
            self._longest = max(self._longest, min(LONGEST, name.count(" ") + name.count("_") + name.count("-") + 2))
        for name, places in list(self._exact.items()):
            if len(places) > 1 and f"{name} (1)" not in self._exact:
                self._exact[f"{name} (1)"] = places[:1]  # "Paris (1)" beside "Paris (2)"
        self._words: dict[str, list[str]] | None = None
        self._pieces: dict[str, list[str]] | None = None
        self._rooted: dict[tuple[str, ...], list[int]] | None = None

    @classmethod
    def of(cls, graph: KnowledgeGraph) -> Names:
        """The names of a store's entities, aliases and names of merged ones included."""
        position = graph.facts.position
        rows = graph.store.base.execute("SELECT entity, text FROM names").fetchall()
        rows += graph.store.base.execute("SELECT entity, name FROM merged").fetchall()
        return cls(graph.facts, [(position[entity], text) for entity, text in rows if entity in position])

    def named(self, text: str) -> tuple[tuple[int, ...], How] | None:
        """The entities of that name: in its very letters first, then by its words, then in the other number."""
        if text in self._exact:
            return tuple(self._exact[text]), "exact"
        words = loose(text)
        if words in self._loose:
            return tuple(self._loose[words]), "same words"
        return None

    def _in_another_number(self, words: str) -> tuple[int, ...]:
        if self._rooted is None:
            self._rooted = defaultdict(list)
            for name, places in self._loose.items():
                parts = name.split(" ")
                if len(name) <= 120 and len(parts) <= LONGEST:
                    self._rooted[(*parts[:-1], _singular(parts[-1]))] += places
        *front, last = words.split(" ")
        return tuple(dict.fromkeys(self._rooted.get((*front, _singular(last)), ())))

    def find(self, question: str, toks: Sequence[Token]) -> tuple[list[Mention], list[Unknown]]:
        """Every part of the question that may name entities; parts in quotation marks or brackets come first."""
        mentions, unknown, taken = self._quoted(question)
        free = [t for t in toks if not any(start <= t.start < end for start, end in taken)]
        for first in range(len(free)):
            for last in range(min(len(free), first + self._longest) - 1, first - 1, -1):
                start, end = free[first].start, free[last].end
                if any(start < s and e < end for s, e in taken) or not free[first].text[0].isalnum():
                    continue
                text = question[start:end]
                if not free[last].text[-1].isalnum():
                    if text in self._exact and len(text) > 1:
                        mentions.append(Mention(start, end, text, tuple(self._exact[text])))
                    continue
                found = self.named(text)
                if found is None and first == last and len(text) < 4:
                    continue
                if found is None:
                    places = self._in_another_number(loose(text))
                    found = (places, "another number") if places else None
                if found is not None:
                    mentions.append(Mention(start, end, text, *found))
        self._misspelt(question, free, mentions, unknown)
        return mentions, unknown

    def _misspelt(self, question: str, free: Sequence[Token], mentions: list[Mention], unknown: list[Unknown]) -> None:
        """Words that are written like names and are none: close names, or what to ask back."""
        covered = [(m.start, m.end) for m in mentions]
        run: list[Token] = []
        for number, token in enumerate([*free, None]):
            fresh = token is not None and number > 0 and _proud(token.text)
            if fresh and token is not None and not any(start <= token.start < end for start, end in covered):
                run.append(token)
                continue
            if run:
                start, end = run[0].start, run[-1].end
                text = question[start:end]
                found = self.close(text)
                if found is not None:
                    mentions.append(Mention(start, end, text, *found))
                else:
                    unknown.append(Unknown(start, end, text, self.suggest(text)))
            run = []

    def _quoted(self, question: str) -> tuple[list[Mention], list[Unknown], list[tuple[int, int]]]:
        mentions: list[Mention] = []
        unknown: list[Unknown] = []
        taken: list[tuple[int, int]] = []
        for match in _QUOTED.finditer(question):
            text = next(group for group in match.groups() if group is not None).strip()
            found = self.named(text)
            if found is None:
                places = self._in_another_number(loose(text))
                found = (places, "another number") if places else self.close(text)
            taken.append(match.span())
            if found is None:
                unknown.append(Unknown(match.start(), match.end(), text, self.suggest(text)))
            else:
                mentions.append(Mention(match.start(), match.end(), text, *found, quoted=True))
        return mentions, unknown, taken

    # -- names that are not quite right

    def close(self, text: str) -> tuple[tuple[int, ...], How] | None:
        """The one entity that a misspelt or shortened name can mean; None where there is none or several."""
        words = loose(text)
        parts = set(words.split(" "))
        holding = self._holding(parts) if len(words) >= 4 else []
        if len(holding) == 1:
            return tuple(self._loose[holding[0]]), "part"
        ranked = self._ranked(words)
        if ranked and ranked[0][0] >= CLOSE and (len(ranked) == 1 or ranked[1][0] < ranked[0][0] - 0.02):
            return tuple(self._loose[ranked[0][1]]), "close"
        return None

    def suggest(self, text: str) -> tuple[str, ...]:
        """Labels that may be meant, the closest first."""
        words = loose(text)
        names = [
            *self._holding(set(words.split(" ")))[:3],
            *(name for score, name in self._ranked(words) if score > 0.6),
        ]
        return tuple(dict.fromkeys(self.facts.labels[self._loose[name][0]] for name in names))[:3]

    def _holding(self, parts: set[str]) -> list[str]:
        """Names that hold all these words, and more."""
        if self._words is None:
            self._words = defaultdict(list)
            for name in self._loose:
                for word in set(name.split(" ")) if len(name) <= 200 else ():
                    self._words[word].append(name)
        rarest = min((self._words.get(part, []) for part in parts), key=len, default=[])
        return [name for name in rarest[:2000] if parts <= set(name.split(" "))][:20]

    def _ranked(self, words: str) -> list[tuple[float, str]]:
        """Names by likeness, of those that share most of their pieces of three letters."""
        if self._pieces is None:
            self._pieces = defaultdict(list)
            for name in self._loose:
                for piece in _pieces(name) if len(name) <= 120 else ():
                    self._pieces[piece].append(name)
        shared: dict[str, int] = defaultdict(int)
        for piece in _pieces(words[:120]):
            for name in self._pieces.get(piece, ()):
                shared[name] += 1
        best = sorted(shared, key=lambda name: (-shared[name] / (len(name) + len(words)), name))[:40]
        scored = [(SequenceMatcher(None, words, name, autojunk=False).ratio(), name) for name in best]
        return sorted(scored, key=lambda row: (-row[0], row[1]))[:5]


def _proud(word: str) -> bool:
    """Whether a word within a sentence is written like a name."""
    return word[0].isupper() and len(word) > 2


def _singular(word: str) -> str:
    for ending, other in (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith(("ss", "us", "is")):
            return word[: -len(ending)] + other
    return word


def _pieces(name: str) -> set[str]:
    padded = f"  {name} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}
