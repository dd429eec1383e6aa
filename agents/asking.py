"""Asking back: a plan or a tool's call as a question, the question which of several is meant, and what is missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from agents.plan import Call, Plan
from agents.routing.templates import SLOT
from graphs.graph import Graph
from tools.registry import Parameter, Tool, all_tools

UNKNOWN = (
    "I do not know what this asks of the graph. Name the figure that you want, for example 'What is the diameter?' or "
    "'Is there a path from A to B?'; `konigsberg tools` lists everything there is."
)


def ask_back(readings: Sequence[str]) -> dict[str, Any]:
    """The fault of a question that may mean any of `readings`, and the readings; that it means nothing known for none.

    >>> ask_back(("How many edges are there?", "How many nodes are there?"))["fault"]
    'I am not sure what you mean. Did you mean: (1) How many edges are there?; (2) How many nodes are there?'
    """
    if not readings:
        return {"fault": UNKNOWN}
    listed = "; ".join(f"({number}) {reading}" for number, reading in enumerate(readings, 1))
    return {"fault": f"I am not sure what you mean. Did you mean: {listed}", "readings": tuple(readings)}


def one_at_a_time(questions: Sequence[str]) -> dict[str, Any]:
    """The fault of a text with several questions, and these as readings."""
    listed = " ".join(f"({number}) {question}" for number, question in enumerate(questions, 1))
    many = "two" if len(questions) == 2 else str(len(questions))
    return {"fault": f"These are {many} questions; ask one at a time: {listed}", "readings": tuple(questions)}


def not_understood(words: Sequence[str]) -> str:
    """The fault of a question none of whose words means anything to the tools.

    >>> not_understood(["asdf", "qwer"])[:50]
    "I do not understand 'asdf' and 'qwer'. I do not kn"
    """
    return f"I do not understand {' and '.join(map(repr, words[:5]))}. {UNKNOWN}"


def missing(tool: Tool, lacking: Iterable[Parameter]) -> str:
    """What a tool still needs, with a question that gives it."""
    names = ", ".join(parameter.name.replace("_", " ") for parameter in lacking)
    samples = {p.name: "2" for p in tool.parameters if p.kind in ("int", "float")}
    example = next((ask for ask in tool.asks if "{" in ask), "")
    hint = f" Ask, for example: {filled(example, samples)}" if example else ""
    return f"To answer with {tool.name.replace('_', ' ')} I also need: {names}.{hint}"


def as_question(tool: Tool, arguments: Mapping[str, Any]) -> str:
    """The first of the tool's own questions that say the most of the arguments; "" where each needs one more."""
    fitting = [ask for ask in tool.asks if set(SLOT.findall(ask)) <= arguments.keys()]
    return filled(max(fitting, key=lambda ask: len(set(SLOT.findall(ask)))), arguments) if fitting else ""


def by_direction(tool: Tool, arguments: Mapping[str, Any]) -> tuple[str, ...]:
    """A question on a degree, put for the edges that come in and for those that go out."""
    asked = as_question(tool, arguments)
    return tuple(re.sub(r"\bdegrees?\b", rf"{way}-\g<0>", asked) for way in ("in", "out") if "degree" in asked)


def filled(template: str, arguments: Mapping[str, Any]) -> str:
    """A template with its slots filled; a slot without an argument shows its name."""
    return SLOT.sub(lambda slot: _shown(arguments.get(slot[1], slot[1])), template)


def in_words(plan: Plan) -> str:
    """A plan as a question to ask instead, or where it has several steps as their names."""
    if len(plan.calls) == 1 and plan.compare is None and plan.pick in ("value", "thing"):
        question = as_question(all_tools()[plan.last.tool], plan.last.arguments)
        if question:
            return question
    words = ", then ".join(_call_in_words(call) for call in plan.calls)
    if plan.compare is not None:
        return f"{words} {plan.compare.operator} {plan.compare.number:g}"
    return words if plan.pick in ("value", "thing") else f"{words}: {plan.pick}"


def _call_in_words(call: Call) -> str:
    name = call.tool.replace("_", " ")
    shown = [f"{key} {_shown(value)}" for key, value in call.arguments.items() if key != "weight"]
    return f"{name} ({', '.join(shown)})" if shown else name


def _shown(value: Any) -> str:
    if isinstance(value, Graph):
        return "the second graph"
    if isinstance(value, list):
        return ", ".join("-".join(map(str, v)) if isinstance(v, tuple) else str(v) for v in value)
    if isinstance(value, dict):
        return ", ".join(f"{node}: {said}" for node, said in value.items())
    return str(value)
