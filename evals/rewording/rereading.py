"""An independent reader: a chat model that reads a question as tool calls, without the router and planner under test.

It sees the question, the tools that the right plan calls, and the tools whose descriptions are nearest to theirs, in an
order drawn by the question. Its plan means the same as the right one when both answer alike on the question's graph and
on variants of it, and when it expects the same kind of answer.

It cannot see: a change of what is picked from a tool's answer (the count or the list) other than by the kind of answer;
a change for which the right tool is still the nearest of those shown; two meanings that coincide on all graphs that are
tried; politeness, order and format. Its own misreadings cost questions: they are left out, never counted as right.
"""

from __future__ import annotations

import random
import re
import zlib
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from agents.plan import Plan
from agents.tool_calling import as_plan, described, prompt, schema_of
from evals.plans import same_plan, variants
from graphs.errors import GraphError
from graphs.graph import Graph
from tools import answers
from tools.registry import Tool, all_tools

SHOWN = 8  # tools
VARIANTS = 3  # of the graph
ANSWERS = ("yes or no", "a number", "one name", "a list", "other")
ALSO = f"""
Say under "answer" what kind of answer the question asks for: one of {", ".join(ANSWERS)}."""
_SORTED = re.compile(r"\b(?:alphabet\w*|sort\w*|order\w*|ascending|descending|rank\w*)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Reference:
    """What a question is known to mean: the plan, the graph that it was read on, and its answer as plain data."""

    plan: Plan
    graph: Graph
    value: Any

    @property
    def checkable(self) -> bool:
        """Whether a plan of tool calls can be compared with it: nothing is compared, negated or filtered afterwards."""
        plan = self.plan
        return not (plan.compare or plan.negate or plan.member or plan.keep or plan.common) and not any(
            isinstance(value, Graph) for call in plan.calls for value in call.arguments.values()
        )

    @property
    def kinds(self) -> tuple[str, ...]:
        """What the kind of its answer may be called ("no_path" may be any)."""
        if self.value == "no_path":
            return ANSWERS
        if isinstance(self.value, bool):
            return ("yes or no",)
        if issubclass(all_tools()[self.plan.last.tool].returns, answers.NodeAnswer) or isinstance(self.value, str):
            return ("one name", "a number") if isinstance(self.value, int) else ("one name",)
        if isinstance(self.value, (int, float)):
            return ("a number",)
        return ("a list",) if isinstance(self.value, (list, dict)) else ("other",)


def means_the_same(model: Any, question: str, original: str, reference: Reference) -> bool:
    """Whether the reader takes `question` for what `original` is known to mean.

    Raises:
        ModelDown: the model cannot be reached.
    """
    from agents.models import ModelDown, ModelError, ask_json

    if reference.plan.sort and _SORTED.search(original) and not _SORTED.search(question):
        return False
    tools = shown(reference.plan, reference.graph)
    schema = schema_of(tools)
    schema["properties"]["answer"] = {"enum": list(ANSWERS)}
    schema["required"] = ["answer", *schema["required"]]
    listed = "\n".join(described(tool) for tool in tools)
    asked = f"Graph: {reference.graph.summary()}\nTools:\n{listed}\nQuestion: {question}\nReply:"
    try:
        said = ask_json(model, [("system", rules()), ("human", asked)], schema).value
        read = as_plan(said, question, (reference.graph,), {tool.name: tool for tool in tools})
    except ModelDown:
        raise
    except (ModelError, GraphError):
        return False
    if read is None or said["answer"] not in reference.kinds:
        return False
    rng = random.Random(zlib.crc32(question.encode()))
    graphs = (reference.graph, *variants(reference.graph, VARIANTS, rng))
    return same_plan(replace(reference.plan, calls=read.calls), reference.plan, graphs)


def rules() -> str:
    """What the reader is told: the tool-calling route's rules, and to say what kind of answer is asked for."""
    told = prompt().strip()
    for kind in ("a list", "other"):  # of the two examples
        told = told.replace('Reply: {"steps"', f'Reply: {{"answer": "{kind}", "steps"', 1)
    return told + ALSO


def shown(plan: Plan, graph: Graph) -> list[Tool]:
    """The plan's tools among the nearest by description that can work on the graph, in an order that tells nothing."""
    tools = all_tools()
    own = list(dict.fromkeys(call.tool for call in plan.calls))
    near = sorted(
        (tool for tool in tools.values() if tool.name not in own and tool.takes_graph and not tool.unmet(graph)),
        key=lambda tool: (-max(_likeness(tool.name, name) for name in own), tool.name),
    )
    found = [*(tools[name] for name in own), *near[: max(3, SHOWN - len(own))]]
    random.Random(zlib.crc32(" ".join(own).encode())).shuffle(found)
    return found


@cache
def _words_of(name: str) -> frozenset[str]:
    tool = all_tools()[name]
    text = f"{tool.name.replace('_', ' ')} {tool.summary.split('. ')[0]} {' '.join(tool.asks)}"
    return frozenset(word for word in re.findall(r"[a-z]{3,}", text.casefold()))


def _likeness(one: str, other: str) -> float:
    first, second = _words_of(one), _words_of(other)
    return len(first & second) / max(1, len(first | second))
