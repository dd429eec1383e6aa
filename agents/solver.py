"""The solver: runs the plan's tool calls, each on the graph that the call before it made or on the question's graph."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from agents.limits import run_limited
from agents.plan import Call, Chosen, Plan
from agents.routes import given_up
from agents.state import Context, State
from agents.wording import sentence
from graphs.errors import BudgetExceeded, GraphError, NoPath
from graphs.graph import Graph
from tools.answers import Answer, GraphAnswer
from tools.certificates import Certificate
from tools.registry import get_tool
from tools.run import run_tool

SMALL = 1_000  # nodes and edges


def solve(state: State, context: Context) -> dict[str, Any]:
    """Run the plan. Reads plan, graph; writes answers, certificates, assumptions, and fault when a tool cannot answer.

    A plan that may be wrong where it fails (`agents.routes.given_up`) is taken back.
    """
    plan = state.plan
    assert plan is not None
    limit = context.left
    try:
        if context.cancel is None and _short(plan, state.graph):
            return _run(plan, state, limit)
        return run_limited(lambda: _run(plan, state, limit), limit, context.cancel, of=context.time_limit)
    except BudgetExceeded as error:  # the next route has no more time than this one
        return {"fault": sentence(str(error))}
    except GraphError as error:
        fault = sentence(str(error))
        return {"fault": fault, **given_up(state, fault)}


def _short(plan: Plan, graph: Graph | None) -> bool:
    """Whether the plan is sure to end at once: polynomial tools on a small graph. A thread of its own costs more."""
    small = graph is not None and graph.num_nodes + graph.num_edges <= SMALL
    return small and all(p.name != "time_limit" for call in plan.calls for p in get_tool(call.tool).parameters)


def _run(plan: Plan, state: State, limit: float | None) -> dict[str, Any]:
    answers: list[Answer] = []
    certificates: list[Certificate] = []
    began = time.monotonic()
    calls = list(plan.calls)
    replaced: str | None = None
    for number, call in enumerate(calls):
        graph = _graph_of(call, state.graph, answers)
        left = None if limit is None else limit - (time.monotonic() - began)
        if any(isinstance(value, Chosen) for value in call.arguments.values()):
            call = calls[number] = _settled(call, calls[:number], answers)
        try:
            answer, certificate = run_tool(graph, call.tool, _within(call, left))
        except NoPath as nothing:
            replaced = call.tool
            calls[number] = Call("has_path", {"source": nothing.source, "target": nothing.target}, call.on)
            answer, certificate = run_tool(graph, "has_path", calls[number].arguments)
            if answer.exists:  # there is a path, but none within the limits that were set
                between = f"from {nothing.source} to {nothing.target}"
                raise GraphError(
                    f"there is a path {between}, but none that keeps what the question demands"
                ) from nothing
        answers.append(answer)
        certificates.append(certificate)
    notes = tuple(note for answer in answers for note in answer.notes if note not in state.assumptions)
    return {
        "plan": replace(plan, calls=tuple(calls), replaced=replaced),
        "answers": tuple(answers),
        "certificates": tuple(certificates),
        "assumptions": (*state.assumptions, *(a for a in plan.assumptions if a not in state.assumptions), *notes),
    }


def _settled(call: Call, before: list[Call], found: list[Answer]) -> Call:
    """A call whose things are chosen by the answers of the calls before it."""
    from agents.composing.carrying_out import chosen

    try:
        return replace(call, arguments=chosen(call, before, found))
    except ValueError as error:
        raise GraphError(str(error)) from error


def _graph_of(call: Call, graph: Graph | None, answers: list[Answer]) -> Graph | None:
    if call.on is None:
        return graph
    made = answers[call.on]
    if not isinstance(made, GraphAnswer):
        raise GraphError(f"step {call.on + 1} of the plan makes no graph, so {call.tool} cannot work on it")
    return made.graph


def _within(call: Call, left: float | None) -> dict[str, Any]:
    """The arguments, with the tool's own time limit inside what is left of the question's."""
    limit = next((p for p in get_tool(call.tool).parameters if p.name == "time_limit"), None)
    if limit is None or left is None or "time_limit" in call.arguments:
        return call.arguments
    return {**call.arguments, "time_limit": max(0.05, min(float(limit.default), left * 0.6))}
