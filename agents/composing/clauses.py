"""Clauses that change the graph, and the question that is left: "If all leaves are removed, is it connected?"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from agents.composing.changing import Change
from agents.composing.reader import meaning_of
from agents.composing.terms import leaves
from agents.composing.words import Word, words_of
from agents.plan import Call, Chosen
from agents.routing.deeds import MIND
from agents.routing.marked import Marked
from agents.routing.mentions import Mentions, find_mentions
from graphs.graph import Graph
from graphs.text.patterns import lazy

OPENERS = frozenset(("if", "with"))
_JOINTS = frozenset(("if", "that", "then", "and", "now", "what", ",", "so", "but"))
_SENTENCE = lazy(r"(?<=[.!;:?])\s+|(?<=[.!;])$")
_SUPPOSES = lazy(
    r"\W*(?:(?:and|now|but|so)\s+)*(?:what\s+if|if|suppose|supposing|imagine|pretend|assume|assuming)\b", re.IGNORECASE
)
MOST = 6  # edits of one question


@dataclass(frozen=True)
class Said:
    """The question less its edits, and the edits as calls."""

    question: str
    calls: tuple[Call, ...]


def edits_said(mentions: Mentions, graph: Graph) -> Said | None:
    """The edits that a question makes; None where it makes none, or says something beside that is not read."""
    marked = Marked(mentions)
    words = words_of(mentions)
    if words is None:
        return None
    *before, (start, end) = _sentences(mentions.skeleton)
    changes: list[Change] = []
    for a, b in before:
        change = _change([word for word in words if a <= word.start < b], graph)
        if change is None:
            return None
        changes.append(change)
    asked = [word for word in words if start <= word.start < end]
    for clause, rest in _splits(asked):
        change = _change(clause, graph)
        if change is not None and rest:
            changes.append(change)
            asked = rest
            break
    if not changes or len(changes) > MOST or not asked:
        return None
    return Said(marked.text(asked[0].start, max(word.end for word in asked)) + "?", calls_of(changes))


def _sentences(skeleton: str) -> list[tuple[int, int]]:
    """The sentences of a question as spans, the last with all that follows."""
    cuts = [0]
    for match in _SENTENCE.finditer(skeleton):
        before = skeleton[cuts[-1] : match.start()]
        if match.end() < len(skeleton.rstrip()) and (before[-1:] not in (":", "?") or _SUPPOSES.match(before)):
            cuts.append(match.end())
    return list(zip(cuts, [*cuts[1:], len(skeleton)]))


def _splits(words: list[Word]) -> Iterator[tuple[list[Word], list[Word]]]:
    """The ways to part a sentence into a clause behind "if" and what it asks."""
    for place, word in enumerate(words):
        if word.lemma not in OPENERS:
            continue
        if all(other.lemma in _JOINTS for other in words[:place]):
            for comma in (n for n, other in enumerate(words) if other.lemma == ","):
                yield words[place + 1 : comma], words[comma + 1 :]
        else:
            yield words[place + 1 :], words[:place]


def _change(words: list[Word], graph: Graph) -> Change | None:
    while words and words[0].lemma in _JOINTS:
        words = words[1:]
    while words and words[-1].lemma in (",", "then"):
        words = words[:-1]
    found = meaning_of(words, graph, "edit")
    return found if isinstance(found, Change) else None


def change_said(sentence: str, graph: Graph) -> Change | None:
    """What a sentence of its own changes: "Ann has left."; None where it is not read as a change."""
    sentence = MIND.sub("", sentence)
    words = words_of(find_mentions(sentence, graph))
    return None if words is None else _change(words, graph)


def calls_of(changes: list[Change]) -> tuple[Call, ...]:
    """The calls of the changes, each on what the one before it left, with the calls that choose its things."""
    calls: list[Call] = []
    on: int | None = None
    for change in changes:
        if not change.tool:
            continue
        chosen: list[Any] = [value.of for _, value in change.arguments if isinstance(value, Chosen)]
        for leaf in dict.fromkeys(leaf for term in chosen for leaf in leaves(term)):
            calls.append(Call(leaf.tool, dict(leaf.arguments), on))
        calls.append(Call(change.tool, dict(change.arguments), on))
        on = len(calls) - 1
    return tuple(calls)
