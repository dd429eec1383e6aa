"""The road of a question: which agent comes after which.

    question -> planner -> solver -> verifier -> answer
                   |          |                    ^
                   +----------+------ no answer ---+

The road is data. `build` makes a LangGraph `StateGraph` of it (conversations, checkpoints, streams); `walk` follows the
same road for one question by itself, without LangGraph's start-up and bookkeeping.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from agents import answer, planner, question, solver, verifier
from agents.limits import Cancelled
from agents.reply import Step
from agents.state import Context, State

Agent = Callable[[State, Context], dict[str, Any]]

AGENTS: dict[str, tuple[Agent, str]] = {
    "question": (question.read, "Read the graph and the question"),
    "planner": (planner.plan, "Choose tools and arguments"),
    "solver": (solver.solve, "Run the tools"),
    "verifier": (verifier.verify, "Check the certificates"),
    "answer": (answer.answer, "Word the answer"),
}
FIRST, LAST = "question", "answer"


def after(agent: str, state: State) -> str | None:
    """The agent that comes after `agent`; None at the end."""
    if agent == LAST:
        return None
    if agent in ("planner", "solver") and (state.fault is not None or state.plan is None):
        return LAST
    order = list(AGENTS)
    return order[order.index(agent) + 1]


def run_agent(name: str, state: State, context: Context) -> dict[str, Any]:
    """Run one agent; the update holds the fields that it changed and its step of the trace."""
    if context.cancel is not None and context.cancel.is_set():
        raise Cancelled("stopped")
    agent, title = AGENTS[name]
    began = time.perf_counter()
    update = agent(state, context)
    step = Step(name, title, _seen(name, state), update, time.perf_counter() - began)
    if context.on_step is not None:
        context.on_step(step)
    return {**update, "steps": (*state.steps, step)}


def walk(state: State, context: Context) -> Iterator[State]:
    """Follow the road from its beginning; yields the state after each agent."""
    name: str | None = FIRST
    while name is not None:
        state = replace(state, **run_agent(name, state, context))
        yield state
        name = after(name, state)


def _seen(name: str, state: State) -> dict[str, Any]:
    """What the agent worked from, for the trace."""
    if name == "question":
        return {"text": state.text, "graph": state.graph}
    if name == "planner":
        return {"question": state.reading.question if state.reading is not None else ""}
    if name == "solver":
        return {"plan": state.plan}
    if name == "verifier":
        return {"answers": state.answers}
    return {"fault": state.fault} if state.fault is not None else {"answers": state.answers}


def build(checkpointer: Any = None) -> Any:
    """The road as a compiled LangGraph graph. Its checkpointed state is the conversation's memory, plain data."""
    from typing import Annotated

    from langgraph.channels import UntrackedValue
    from langgraph.graph import END, START, StateGraph
    from langgraph.runtime import Runtime
    from typing_extensions import TypedDict

    class Channels(TypedDict, total=False):
        memory: dict[str, Any]
        state: Annotated[State, UntrackedValue(State)]

    def node(name: str) -> Callable[[Any, Runtime[Context]], dict[str, Any]]:
        def run(channels: Any, runtime: Runtime[Context]) -> dict[str, Any]:
            state = channels["state"]
            if name == FIRST:
                state = replace(state, memory=channels.get("memory") or {})
            state = replace(state, **run_agent(name, state, runtime.context))
            update: dict[str, Any] = {"state": state}
            if name == LAST:
                update["memory"] = remember(state)
            return update

        return run

    def route(name: str) -> Callable[[Any], str]:
        return lambda channels: after(name, channels["state"]) or END

    graph = StateGraph(Channels, context_schema=Context)
    for name in AGENTS:
        graph.add_node(name, node(name))
        if name != LAST:
            graph.add_conditional_edges(name, route(name), [*AGENTS, END])
    graph.add_edge(START, FIRST)
    graph.add_edge(LAST, END)
    return graph.compile(checkpointer=checkpointer)


def remember(state: State) -> dict[str, Any]:
    """The conversation's memory after this question: the graph, and the plan when there was an answer."""
    from agents.follow_up import plan_to_plain
    from agents.handles import store

    memory: dict[str, Any] = dict(state.memory)
    if state.graph is not None:
        memory["graph"] = store().put(state.graph)
    if state.plan is not None and state.answers:
        memory["plan"] = plan_to_plain(state.plan)
        memory["question"] = state.reading.question if state.reading is not None else state.text
    return memory
