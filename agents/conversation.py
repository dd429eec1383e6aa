"""The road of a question as a LangGraph graph, with a memory that outlives the program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime
from typing_extensions import TypedDict

from agents.follow_up import plan_to_plain
from agents.handles import store
from agents.state import Context, State
from agents.workflow import AGENTS, FIRST, LAST, after, run_agent


class Channels(TypedDict, total=False):
    """What is checkpointed, plain data alone: the text of the question and the conversation's memory."""

    text: str
    memory: dict[str, Any]


@dataclass
class Turn:
    """The runtime context of one question: what the agents may use, and the state under way, which is never stored."""

    context: Context
    state: State


def build(checkpointer: Any = None) -> Any:
    """The road as a compiled LangGraph graph; its runtime context is a `Turn`."""
    graph = StateGraph(Channels, context_schema=Turn)
    for name in AGENTS:
        graph.add_node(name, _node(name))  # type: ignore[call-overload]
        if name != LAST:
            graph.add_conditional_edges(name, _route(name), [*AGENTS])
    graph.add_edge(START, FIRST)
    graph.add_edge(LAST, END)
    return graph.compile(checkpointer=checkpointer)


def _node(name: str) -> Callable[[Channels, Runtime[Turn]], Channels]:
    def run(channels: Channels, runtime: Runtime[Turn]) -> Channels:
        turn = runtime.context
        if name == FIRST:
            turn.state = replace(turn.state, memory=channels.get("memory") or {})  # type: ignore[arg-type]
        turn.state = replace(turn.state, **run_agent(name, turn.state, turn.context))
        return {"memory": _remember(turn.state)} if name == LAST else {}

    return run


def _route(name: str) -> Callable[[Channels, Runtime[Turn]], str]:
    def route(channels: Channels, runtime: Runtime[Turn]) -> str:
        return after(name, runtime.context.state) or END

    return route


def _remember(state: State) -> dict[str, Any]:
    """The conversation's memory after this question: its graph, and the plan when there was an answer."""
    memory: dict[str, Any] = dict(state.memory)
    if state.graph is not None:
        memory["graph"] = store().put(state.graph)
    if state.plan is not None and state.answers:
        memory["plan"] = plan_to_plain(state.plan)
        memory["question"] = state.reading.question if state.reading is not None else state.text
    return memory
