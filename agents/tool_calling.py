"""The tool-calling agent: a configured chat model chooses among the tools that may fit; code checks what it chose.

The model sees the question, what kind of graph it is, and a short list of tools; never an edge. Its reply is held to a
schema of these tools, nodes that it names must be nodes of the graph, and the words of the plan are made by code.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agents.asking import in_words
from agents.plan import Call, Plan
from agents.question import question_of
from agents.routing.binding import Binder
from agents.routing.mentions import find_mentions
from agents.state import Context, State
from graphs.errors import GraphError
from graphs.graph import Graph
from tools.registry import Parameter, Tool, all_tools

if TYPE_CHECKING:
    from agents.models import Usage

PROMPT = Path(__file__).with_name("prompts") / "tool_calling.txt"
SHOWN = 14  # tools in the prompt
AGREEING = 2  # so many of the likeliest tools by the embedded model make a choice more than the model's word
MAX_STEPS = 4
ASKED = ("node", "nodes", "pairs", "int", "float", "time", "text", "choice", "numbers")


class BadCall(GraphError):
    """A call that the model made cannot be made. The message says why."""


@dataclass(frozen=True)
class Chosen:
    """What the model chose: a plan, or why there is none; and what it cost."""

    plan: Plan | None
    fault: str
    usage: Usage


def plan(state: State, context: Context) -> dict[str, Any]:
    """Let the model choose tools. Reads reading, graph, unsure; writes plan, fault, model_calls, tokens."""
    from agents.models import ModelError

    if state.reading is None or state.graph is None or context.model is None:
        return {}
    question = question_of(state.reading, state.graph)
    graphs = (state.graph, *state.reading.graphs[1:])
    shown = shortlist(question, graphs, state.unsure or ())
    try:
        chosen = choose(context.model(), question, graphs, shown)
    except ModelError as error:
        return {"fault": f"{state.fault or ''} (The model could not be asked: {error})".strip()}
    cost = {
        "model_calls": state.model_calls + chosen.usage.calls,
        "tokens": state.tokens + chosen.usage.prompt_tokens + chosen.usage.completion_tokens,
    }
    if chosen.plan is None:
        return cost | ({"assumptions": (*state.assumptions, f"no tool: {chosen.fault}")} if chosen.fault else {})
    near = {name for name, _ in (state.unsure or ())[:2]} | {t.name for t in shown[:AGREEING]}
    agreed = 0.9 if chosen.plan.last.tool in near and len(chosen.plan.calls) == 1 else 0.5
    return cost | {"plan": replace(chosen.plan, certainty=agreed), "fault": None, "readings": ()}


def shortlist(question: str, graphs: Sequence[Graph], expected: Sequence[tuple[str, float]]) -> list[Tool]:
    """The tools that the model may choose from: what the router had in mind, and what the embedded model finds near."""
    from agents.embedded.reading import nearest_tools

    tools = all_tools()
    near, edits = nearest_tools(find_mentions(question, graphs[0]), graphs, SHOWN)
    names = dict.fromkeys((*(t.name for t in near[: SHOWN - 5]), *dict(expected[:3]), *(t.name for t in edits[:4])))
    return [tools[name] for name in names][:SHOWN]


def prompt() -> str:
    """The rules of the route, with its worked examples."""
    return PROMPT.read_text(encoding="utf-8")


def choose(
    model: Any, question: str, graphs: Sequence[Graph], tools: Sequence[Tool], rules: str | None = None
) -> Chosen:
    """The plan that `model` makes for `question`. rules: what it is told first (default: `prompt`).

    Raises:
        ModelError: the model cannot be reached, or its replies fit no schema.
    """
    from langchain_core.messages import HumanMessage, SystemMessage

    from agents.models import ask_json

    listed = "\n".join(described(tool) for tool in tools)
    asked = f"Graph: {graphs[0].summary()}\nTools:\n{listed}\nQuestion: {question}\nReply:"
    messages = [SystemMessage(prompt() if rules is None else rules), HumanMessage(asked)]
    got = ask_json(model, messages, schema_of(tools))
    try:
        return Chosen(as_plan(got.value, question, graphs, {tool.name: tool for tool in tools}), "", got.usage)
    except GraphError as error:
        return Chosen(None, str(error), got.usage)


def described(tool: Tool) -> str:
    names = ", ".join(p.name if p.required else f"{p.name}?" for p in tool.parameters if p.kind in ASKED)
    return f"{tool.name}({names}): {tool.summary.split('. ')[0]}."


def schema_of(tools: Sequence[Tool]) -> dict[str, Any]:
    """The JSON schema of a reply: calls of these tools with arguments that they have."""
    calls = [
        {
            "type": "object",
            "properties": {
                "tool": {"const": tool.name},
                "arguments": {
                    "type": "object",
                    "properties": {p.name: _schema(p) for p in tool.parameters if p.kind in ASKED},
                    "required": [p.name for p in tool.parameters if p.required and p.kind in ASKED],
                    "additionalProperties": False,
                },
            },
            "required": ["tool", "arguments"],
            "additionalProperties": False,
        }
        for tool in tools
    ]
    steps = {"type": "array", "maxItems": MAX_STEPS, "items": {"anyOf": calls}}
    return {"type": "object", "properties": {"steps": steps}, "required": ["steps"], "additionalProperties": False}


def _schema(parameter: Parameter) -> dict[str, Any]:
    """The parameter's schema, a node always as text: the graph knows whether it is a number."""
    text = {"type": "string"}
    if parameter.kind == "node":
        return text
    if parameter.kind == "nodes":
        return {"type": "array", "items": text, "minItems": 1}
    if parameter.kind == "pairs":
        return {"type": "array", "items": {"type": "array", "items": text, "minItems": 2, "maxItems": 2}, "minItems": 1}
    return parameter.schema()


def as_plan(value: Mapping[str, Any], question: str, graphs: Sequence[Graph], tools: Mapping[str, Tool]) -> Plan | None:
    """The reply as a plan, None for no steps. What a model is not asked for (weights …) the question's words give.

    Raises:
        BadCall: a step is not the last and makes no graph, or an argument does not fit. NodeNotFound: no such node.
    """
    from tools.answers import GraphAnswer

    steps = list(value["steps"])
    if not steps:
        return None
    binder = Binder(question, find_mentions(question, graphs[0]), graphs)
    calls: list[Call] = []
    assumptions: list[str] = []
    for number, step in enumerate(steps):
        tool = tools[step["tool"]]
        if number < len(steps) - 1 and not (tool.takes_graph and issubclass(tool.returns, GraphAnswer)):
            raise BadCall(f"{tool.name} makes no graph, so nothing can come after it")
        by_name = {p.name: p for p in tool.parameters}
        given = {name: _argument(by_name[name], argument, graphs[0]) for name, argument in step["arguments"].items()}
        words = binder.bind(tool)
        given |= {name: said for name, said in words.arguments.items() if by_name[name].kind not in ASKED}
        assumptions += words.assumptions
        calls.append(Call(tool.name, given, number - 1 if number else None))
    made = Plan(tuple(calls), source="model", certainty=0.5)
    understood = f"the model understood: {in_words(made)}"
    return replace(made, assumptions=tuple(dict.fromkeys((understood, *assumptions))))


def _argument(parameter: Parameter, value: Any, graph: Graph) -> Any:
    if parameter.kind == "node":
        return _node(value, graph)
    if parameter.kind == "nodes":
        return [_node(item, graph) for item in value]
    if parameter.kind == "pairs":
        return [(_node(a, graph), _node(b, graph)) for a, b in value]
    if parameter.kind == "int" and not float(value).is_integer():
        raise BadCall(f"{parameter.name} is a whole number, not {json.dumps(value)}")
    return value


def _node(label: Any, graph: Graph) -> Hashable:
    found = graph.find(label)
    if found is None:
        raise graph.missing(label)
    return found
