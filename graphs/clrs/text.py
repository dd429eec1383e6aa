"""CLRS-Text: an example as a question and its answer, and back.

The format of Markeeva et al. (arXiv 2406.04229):

    bfs:
    s: 0, A: [[1 1 0 1], [1 1 0 0], [0 0 0 0], [1 0 0 1]]
    pi:
    [0 0 2 0]

With a trace, the question shows the first state and asks for `trace | pi`; the answer is the states after it, then
` | ` and the result. Where an algorithm has no state of its result's name, another one stands for it (`REPLACED`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from graphs.clrs.example import Example
from graphs.clrs.inputs import asked, features
from graphs.clrs.recorder import Array
from graphs.clrs.spec import SPECS, Feature
from graphs.clrs.values import read, written
from graphs.errors import BadArgument, ParseError

REPLACED = {
    "naive_string_matcher": ("s",),
    "kmp_matcher": ("s",),
    "binary_search": ("low", "high"),
    "find_maximum_subarray_kadane": ("best_low", "best_high"),
    "quickselect": ("pivot",),
}
"""What a trace shows and asks for instead of the outputs."""

_BRACKETED = ("binary_search", "find_maximum_subarray_kadane")
_ENDS_AS_OUTPUT = ("naive_string_matcher", "kmp_matcher")  # the trace's name stands for it, the output's value is shown
_TRACE = "initial_trace: "
_NAME = re.compile(r"(\w+): ")


class Question(NamedTuple):
    """What a question says: `inputs` is what `run` takes, `trace` whether the states are asked for."""

    algorithm: str
    inputs: dict[str, Any]
    trace: bool


@dataclass(frozen=True)
class Answer:
    """What an answer says: the value of each asked name, and of the states before it, in the order asked."""

    steps: tuple[tuple[Any, ...], ...]
    final: tuple[Any, ...]


def outputs(algorithm: str) -> tuple[Feature, ...]:
    """The features that a question without a trace asks for."""
    return tuple(f for f in features(algorithm) if f.stage == "output")


def traced(algorithm: str) -> tuple[Feature, ...]:
    """The hints that a trace shows; none for `segments_intersect`."""
    wanted = REPLACED.get(algorithm) or [f"{f.name}_h" for f in outputs(algorithm)]
    by_name = {f.name: f for f in features(algorithm) if f.stage == "hint"}
    return tuple(by_name[name] for name in wanted if name in by_name)


def asked_names(algorithm: str, *, trace: bool) -> str:
    """The last line of a question, without its colon."""
    names = ", ".join((trace and REPLACED.get(algorithm)) or [f.name for f in outputs(algorithm)])
    return f"trace | {_group(algorithm, [names])}" if trace and traced(algorithm) else names


def _group(algorithm: str, parts: Sequence[str]) -> str:
    text = ", ".join(parts)
    return f"({text})" if algorithm in _BRACKETED else text


def to_text(example: Example, *, trace: bool = False) -> tuple[str, str]:
    """The question, which ends with a line break, and the answer. (The official generator ends it with two more.)

    Raises:
        BadArgument: a trace is wanted of an example without hints, or that has no states.
    """
    algorithm, inputs = example.algorithm, example.inputs
    given = [f"{f.name}: {written(f, inputs[f.name])}" for f in asked(algorithm)]
    shown = traced(algorithm) if trace else ()
    if not shown:
        answer = ", ".join(_written(f, example.outputs[f.name], example) for f in outputs(algorithm))
        return f"{algorithm}:\n{', '.join(given)}\n{asked_names(algorithm, trace=False)}:\n", answer
    states = [_states(f, example) for f in shown]
    if not all(states):
        raise BadArgument(f"this example of {algorithm} has no states to trace; run it with hints, or on more elements")
    steps = [_group(algorithm, step) for step in zip(*states, strict=True)]
    final = steps[-1]
    if algorithm in _ENDS_AS_OUTPUT or algorithm not in REPLACED:
        final = ", ".join(_written(f, example.outputs[f.name], example) for f in outputs(algorithm))
    given.append(_TRACE + steps[0])
    question = f"{algorithm}:\n{', '.join(given)}\n{asked_names(algorithm, trace=True)}:\n"
    return question, f"{', '.join(steps[1:-1])} | {final}"


def _written(feature: Feature, value: Array, example: Example) -> str:
    return written(feature, value, example.inputs.get("key"))


def _states(hint: Feature, example: Example) -> list[str]:
    # The state of a permutation is a pointer by kind and shown in order, like the output that it leads to.
    shown = next((f for f in outputs(example.algorithm) if f"{f.name}_h" == hint.name), hint)
    return [_written(shown, value, example) for value in example.hints.get(hint.name, ())]


def read_question(text: str) -> Question:
    r"""The algorithm, its inputs as `run` takes them, and whether a trace is asked for.

    Raises:
        ParseError: the text is not a question of CLRS-Text; the message says where.

    >>> read_question("minimum:\nkey: [0.5 0.25]\nmin:\n")
    Question(algorithm='minimum', inputs={'key': [0.5, 0.25]}, trace=False)
    """
    lines = [line.strip() for line in text.strip().splitlines()]
    if len(lines) != 3 or not lines[0].endswith(":") or not lines[2].endswith(":"):
        raise ParseError(
            "a CLRS-Text question has three lines: an algorithm's name and a colon, its inputs, "
            "and the names of what is asked with a colon",
            where=f"{len(lines)} lines from {text.strip()[:40]!r}",
        )
    algorithm = lines[0][:-1]
    if algorithm not in SPECS:
        raise ParseError(f"{algorithm[:60]!r} is none of the thirty CLRS algorithms", where="line 1")
    given, _, first = lines[1].partition(f", {_TRACE}")
    asked_for = lines[2][:-1]
    trace = asked_for.startswith("trace |")
    if asked_for != asked_names(algorithm, trace=trace) or (trace and not traced(algorithm)):
        wanted = asked_names(algorithm, trace=trace)
        raise ParseError(f"{algorithm} gives {wanted!r}, not {asked_for[:60]!r}", where="line 3")
    if trace != bool(first):
        raise ParseError("a first state goes with a trace asked for, and only with one", where="line 2")
    if first:
        _read_group(algorithm, first, len(traced(algorithm)))
    return Question(algorithm, _read_inputs(algorithm, given), trace)


def _read_inputs(algorithm: str, text: str) -> dict[str, Any]:
    inputs: dict[str, Any] = {}
    at = 0
    for place, feature in enumerate(asked(algorithm)):
        if place:
            at = _expect(text, at, ", ")
        match = _NAME.match(text, at)
        if match is None or match.group(1) != feature.name:
            raise ParseError(f"{feature.name!r} and its value must come here", where=f"line 2, character {at}")
        inputs[feature.name], at = read(text, match.end())
    _expect(text, at, "", end=True)
    return inputs


def _expect(text: str, at: int, mark: str, *, end: bool = False) -> int:
    if not text.startswith(mark, at) or (end and at != len(text)):
        wanted = "the end" if end else repr(mark)
        raise ParseError(f"{wanted} must come here, not {text[at : at + 20]!r}", where=f"character {at}")
    return at + len(mark)


def parse_answer(algorithm: str, text: str, *, trace: bool = False) -> Answer:
    """The values of an answer; what precedes the last `|` are the states on the way.

    Raises:
        ParseError: the text is not an answer in the format. Whether shapes and values are right is not looked at.
    """
    body, bar, last = text.strip("\n").rpartition("|")
    if trace and traced(algorithm):
        if not bar:
            raise ParseError("an answer with a trace has a | before its result")
        count = len(traced(algorithm))
        steps = _read_steps(algorithm, body.strip(), count)
        if algorithm in REPLACED:
            return Answer(steps, _read_group(algorithm, last.strip(), count))
        return Answer(steps, _read_group("", last.strip(), len(outputs(algorithm))))
    if bar:
        raise ParseError("an answer without a trace has no |")
    return Answer((), _read_group("", last.strip(), len(outputs(algorithm))))


def _read_group(algorithm: str, text: str, count: int) -> tuple[Any, ...]:
    values, at = _read_one_group(algorithm, text, 0, count)
    _expect(text, at, "", end=True)
    return values


def _read_steps(algorithm: str, text: str, count: int) -> tuple[tuple[Any, ...], ...]:
    steps: list[tuple[Any, ...]] = []
    at = 0
    while at < len(text):
        at = _expect(text, at, ", ") if steps else at
        values, at = _read_one_group(algorithm, text, at, count)
        steps.append(values)
    return tuple(steps)


def _read_one_group(algorithm: str, text: str, at: int, count: int) -> tuple[tuple[Any, ...], int]:
    bracketed = algorithm in _BRACKETED
    at = _expect(text, at, "(") if bracketed else at
    values = []
    for place in range(count):
        at = _expect(text, at, ", ") if place else at
        value, at = read(text, at)
        values.append(value)
    return tuple(values), _expect(text, at, ")") if bracketed else at
