"""The words of a question that code asks: templates filled with facts of the graph. No model is needed for them."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping

TEMPLATES: dict[str, tuple[str, ...]] = {
    "frontier": (
        "What causes {x}, what does it change, and how do we know? All that is known so far: {fact}.",
        "Which parts, conditions and effects make up {x}, beyond the fact that {fact}?",
        "How does {x} work in detail, and what would be different without it? Known so far: {fact}.",
        "What is {x} built on, and what is built on {x}, apart from this: {fact}?",
        "It is known that {fact}. Why, and what else follows for {x}?",
        "Given that {fact}: which quantities describe {x}, and which processes alter them?",
    ),
    "isolated": (
        "What causes {x}, what does it change, and how do we know?",
        "How does {x} work in detail, and what would be different without it?",
        "What is {x} built on, and what is built on {x}?",
        "Where does {x} occur, who studies it, and by which quantities is it described?",
        "Explain {x}: its parts, its causes, its limits.",
    ),
    "bridge": (
        "By which mechanism could {a}{a_group} act on {b}{b_group}, or the other way round?",
        "What do {a}{a_group} and {b}{b_group} have in common that would let one explain the other?",
        "Which intermediate steps lead from {a}{a_group} to {b}{b_group}?",
        "Where do {a}{a_group} and {b}{b_group} meet in practice, and what limits their interplay?",
    ),
    "hub": (
        "What evidence supports or refutes that {facts}?",
        "Under which conditions is it true that {facts}, and what would show that it is not?",
        "Much rests on {x}: through which steps does it come about that {facts}?",
        "How could one test whether {facts}, and what is known of such tests?",
    ),
    "contradiction": (
        "It is said that {first}, and also that {second}. Which of the two holds, and when?",
        "Under which conditions {first}, and under which {second}?",
        "How can it be that {first} while {second}? What decides between them?",
    ),
    "path": (
        "{a} and {b} are linked only over {links} steps, through {via}. What links them directly?",
        "Does {a} influence {b} in a shorter way than through {via}?",
        "If {a} changed, what would reach {b} at the end of the chain {via}, and what would be lost on the way?",
    ),
    "synergy": (
        "What arises when {a} and {b}, which both have to do with {shared}, are combined?",
        "How do {a} and {b} add to or hinder each other in their effect on {shared}?",
        "Which new design, process or explanation does {a} together with {b} make possible, given {shared}?",
    ),
    "seed": (
        "{seed} Which mechanisms lie behind this?",
        "{seed} What are the limits here, and how does it fail?",
        "{seed} How is this measured, and how sure are the results?",
        "{seed} Name the parts and the conditions that are needed.",
        "{seed} What follows from it at a smaller and at a larger scale?",
        "{seed} Which explanations compete, and what speaks for each?",
        "{seed} What is this used for, and what can replace it?",
        "{seed} How did this come about, and how does it change over time?",
    ),
}  # fmt: skip

# words that carry no content of their own: those of English grammar and those of the templates
_GRAMMAR = """a about after all also an and another any are as at be been being between both but by can could do does
each for from given had has have how i if in into is it its know known least less may me more most much new no nor not
of on one or other our out over own same shall she should so some such than that the their them then there these they
this those through to too two under up upon us very was we were what when where whether which while who whom whose why
will with within without would you your discuss describe explain interesting idea way please consider"""
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_FIELD = re.compile(r"\{\w+\}")
_SUFFIXES = (
    "ations",
    "ation",
    "ments",
    "ment",
    "ities",
    "ity",
    "ness",
    "ings",
    "ing",
    "ies",
    "ied",
    "ed",
    "es",
    "s",
    "y",
)


def _stem(word: str) -> str:
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word[: -len(suffix)]
    return word


_FRAME = [
    word for lines in TEMPLATES.values() for line in lines for word in _WORD.findall(_FIELD.sub(" ", line).lower())
]
_EMPTY = frozenset(_stem(word) for word in (*_GRAMMAR.split(), *_FRAME))


def wordings(strategy: str, fields: Mapping[str, str], rng: random.Random) -> list[str]:
    """Every way to ask, in the order of chance."""
    lines = list(TEMPLATES[strategy])
    rng.shuffle(lines)
    return [line.format_map(fields) for line in lines]


def content(text: str) -> frozenset[str]:
    """The stems of the words of a question that say what it is about; all words where none does.

    >>> sorted(content("How does the strength of spider silk come about?"))
    ['silk', 'spider', 'strength']
    """
    words = [_stem(word.casefold()) for word in _WORD.findall(text)]
    return frozenset([word for word in words if word not in _EMPTY] or words)


def words_of(text: str) -> frozenset[str]:
    """All words of a question."""
    return frozenset(word.casefold() for word in _WORD.findall(text))
