"""Scores of an answer in the format of CLRS-Text: shape, parse and CLRS score, and what trivial answers get.

The three scores are those of Bounsi et al., Transformers meet Neural Algorithmic Reasoners (arXiv 2406.09308): whether
the answer has the right shape, whether it holds no illicit characters, and the share of its elements that equal the
truth, 0 where the shape is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graphs.clrs.text import Question

CONSTANTS = (-1, 0, 1)
_TOKEN = re.compile(r"[\[\](),]|[^\s\[\](),]+")
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_DEEPEST = 3
_LONGEST = 1_000_000  # characters of an answer that are looked at


@dataclass(frozen=True)
class Said:
    """An answer taken apart leniently. values: numbers, None for what is none, and lists; None: brackets do not close.

    clean: nothing but numbers, brackets, commas and blanks.
    """

    values: list[Any] | None
    clean: bool


@dataclass(frozen=True)
class Scores:
    """shape and parse: 0 or 1. clrs: 0 … 1. exact: whether the texts are equal, blanks at the ends aside."""

    shape: int
    parse: int
    clrs: float
    exact: bool


def result_of(text: str, *, trace: bool) -> str:
    """The part of an answer that is scored: with a trace, what follows the last `|`."""
    return (text.rpartition("|")[2] if trace else text).strip()


def read(text: str) -> Said:
    """Take a text apart; never raises."""
    stack: list[list[Any]] = [[]]
    clean, closed = len(text) <= _LONGEST, True
    for token in _TOKEN.findall(text[:_LONGEST]):
        if token == "[":
            inner: list[Any] = []
            stack[-1].append(inner)
            stack.append(inner)
        elif token == "]":
            closed &= len(stack) > 1
            stack = stack[:-1] if len(stack) > 1 else stack
        elif token not in "(),":
            number = _NUMBER.fullmatch(token)
            clean &= number is not None
            stack[-1].append(float(token) if number is not None else None)
        if len(stack) > _DEEPEST:
            return Said(None, clean)
    return Said(stack[0] if closed and len(stack) == 1 else None, clean)


def elements(value: Any, path: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Any]]:
    """(where it stands, number) for each number of a value."""
    if isinstance(value, list):
        for place, inner in enumerate(value):
            yield from elements(inner, (*path, place))
    else:
        yield path, value


def score(text: str, gold: str) -> Scores:
    """The scores of an answer's result beside the true one."""
    said, truth = read(text), list(elements(read(gold).values))
    exact = text.strip() == gold.strip()
    found = [] if said.values is None else list(elements(said.values))
    same_shape = bool(found) and [path for path, _ in found] == [path for path, _ in truth]
    hits = sum(a == b for (_, a), (_, b) in zip(found, truth, strict=False)) if same_shape else 0
    return Scores(int(same_shape), int(said.clean and bool(text.strip())), hits / len(truth) if truth else 0.0, exact)


def trivial(question: Question, gold: str) -> dict[str, tuple[float, bool]]:
    """(CLRS score, all elements right) of answers that take no thought, all of the right shape.

    `constant c`: c everywhere. `identity`: a node's own number, in a matrix that of its row. `copy`: the input of the
    same shape (a matrix as whether there is an edge, as if all were bridges), else the source, else 0.
    """
    truth = [(path[1:], value) for path, value in elements(read(gold).values)]
    answers = {f"constant {c}": [float(c)] * len(truth) for c in CONSTANTS}
    answers["identity"] = [float(path[0]) if path else 0.0 for path, _ in truth]
    answers["copy"] = [_copied(question, path) for path, _ in truth]
    found = {}
    for name, said in answers.items():
        hits = sum(a == b for a, (_, b) in zip(said, truth, strict=True))
        found[name] = (hits / len(truth), hits == len(truth))
    return found


def _copied(question: Question, path: tuple[int, ...]) -> float:
    inputs = question.inputs
    if len(path) == 2 and "A" in inputs:
        i, j = path
        nothing = -1.0 if question.algorithm == "bridges" and i != j else 0.0
        return 1.0 if i != j and inputs["A"][i][j] != 0 else nothing
    if len(path) == 1 and "A" not in inputs:
        row = next(value for value in inputs.values() if isinstance(value, list))
        return float(row[path[0]]) if path[0] < len(row) else 0.0
    return float(inputs["s"]) if path and isinstance(inputs.get("s"), int) else 0.0
