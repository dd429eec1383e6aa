"""How much of a text a knowledge graph holds: retrieval from the graph, judges of facts, and what edges are worth."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Embed = Callable[[list[str]], NDArray[np.float32]]
Edge = tuple[str, str, str]  # source, verb, target
TOP, HOPS = 8, 2  # nodes that retrieval starts from, and how far it goes, as in kg-gen's MINE
THRESHOLD = 0.55  # of a fact's content words; agrees with an LLM judge on 79 % of 5,925 judged pairs
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_SMALL = frozenset(
    """a an the this that these those and or but nor so yet if then than as of in on at by for with from to into onto
    over
    under about between through during before after above below up down out off is are was were be been being am do does
    did has have had having can could may might must shall should will would it its they them their he she his her we us
    our you your i me my who whom whose which what when where why how not no also such both each every all any some more
    most other another there here very often usually""".split()
)
_ENDINGS = (
    "ational", "ization", "fulness", "iveness", "ousness", "ations", "ation", "ities", "ments", "ingly", "edly", "ness",
    "ment", "ions", "ings", "ance", "ence", "able", "ible", "ally", "ying", "ies", "ied", "ing", "ion", "ity", "ive",
    "ous", "est", "ers", "ful", "ed", "er", "es", "ly", "al", "s", "e", "y",
)  # fmt: skip


def stem(word: str) -> str:
    """The word without its endings.

    >>> stem("transformation") == stem("transformed") == stem("transforms")
    True
    """
    low = word.casefold().replace("’", "'").removesuffix("'s")
    if low.endswith("ies") and len(low) > 4:
        low = low[:-3] + "y"
    for _ in range(2):
        for ending in _ENDINGS:
            if low.endswith(ending) and len(low) - len(ending) >= 3 and not (ending == "s" and low.endswith("ss")):
                low = low[: -len(ending)]
                break
        else:
            break
    return low[:-1] if len(low) > 3 and low[-1] == low[-2] else low


def content(text: str) -> set[str]:
    """Stems of the words that carry content."""
    return {stem(word) for word in _WORD.findall(text) if word.casefold() not in _SMALL}


def recalled(fact: str, context: str) -> float:
    """The share of the fact's content words that stand in the context; 1 where it has none."""
    wanted = content(fact)
    return len(wanted & content(context)) / len(wanted) if wanted else 1.0


@dataclass
class Retrieval:
    """Retrieval from a graph: the nodes nearest to a text by embedding, and the edges within two hops of them."""

    edges: Sequence[Edge]
    embed: Embed

    def __post_init__(self) -> None:
        self.nodes = list(dict.fromkeys(node for edge in self.edges for node in (edge[0], edge[2])))
        self._vectors = self.embed(self.nodes) if self.nodes else np.zeros((0, 1), dtype=np.float32)
        self._near: dict[str, list[int]] = {}
        for number, (source, _, target) in enumerate(self.edges):
            for node in {source, target}:
                self._near.setdefault(node, []).append(number)

    def context(self, text: str) -> str:
        """The edges as sentences, in the graph's order."""
        if not self.nodes:
            return ""
        scores = self._vectors @ self.embed([text])[0]
        here = {self.nodes[at] for at in np.argsort(-scores, kind="stable")[:TOP]}
        found: set[int] = set()
        for _ in range(HOPS):
            fresh = {number for node in here for number in self._near[node]} - found
            found |= fresh
            here = {node for number in fresh for node in (self.edges[number][0], self.edges[number][2])}
        return " ".join(f"{s} {v} {t}." for s, v, t in (self.edges[number] for number in sorted(found)))


def borne_out(edge: Edge, text: str) -> tuple[bool, bool]:
    """(whether one sentence names both ends, and whether it also has a word of the verb), looked up without a model."""
    source, verb, target = (content(part) for part in edge)
    both = said = False
    for sentence in _SENTENCE.split(text):
        words = content(sentence)
        if _named(source, words) and _named(target, words):
            both = True
            said = said or not verb or bool(verb & words)
    return both, said


def _named(name: set[str], words: set[str]) -> bool:
    """Whether most words of a name stand in a sentence."""
    return bool(name) and len(name & words) * 3 >= len(name) * 2


def overlap(one: Sequence[Edge], other: Sequence[Edge]) -> tuple[float, float]:
    """Jaccard likeness of the edges, and of the nodes, of two graphs of one text; 1 for two empty ones."""
    edges = [{tuple(" ".join(sorted(content(part))) for part in edge) for edge in graph} for graph in (one, other)]
    nodes = [{part for source, _, target in graph for part in (source, target)} for graph in edges]
    return _jaccard(*edges), _jaccard(*nodes)


def _jaccard(one: set[Any], other: set[Any]) -> float:
    united = one | other
    return len(one & other) / len(united) if united else 1.0
