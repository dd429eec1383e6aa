"""The road of a question as a LangGraph graph, with a memory that outlives the program."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime
from typing_extensions import TypedDict

from agents.state import Context, State
from agents.talk.commands import MOST
from agents.talk.follow_up import plan_to_plain
from agents.talk.found import changed_graphs, found_of
from agents.talk.handles import store
from agents.talk.lasting import lasts
from agents.talk.retold import text_of_graph
from agents.verifier import doubts_of
from agents.workflow import AGENTS, CLRS, FIRST, KNOWLEDGE, LAST, after, first, run_agent
from tools.answers import GraphAnswer


class Channels(TypedDict, total=False):
    """What is checkpointed, plain data alone: the text of the question and the conversation's memory."""

    text: str
    memory: dict[str, Any]


_SUPPOSED = re.compile(
    r"\s*(?:(?:and|now|then|but|ok|okay|so)\b[\s,]*)*(?:what\s+(?:if|happens\s+if)|suppose|imagine|pretend|assume)\b",
    re.IGNORECASE,
)
GOES_ON = re.compile(r"\s*(?:and|then|so|now)\b|\bthen\s*\?*\s*$", re.IGNORECASE)


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
            graph.add_conditional_edges(name, _route(name), [*AGENTS, END])
    graph.add_conditional_edges(START, _start, [FIRST, CLRS, KNOWLEDGE])
    graph.add_edge(LAST, END)
    return graph.compile(checkpointer=checkpointer)


def _node(name: str) -> Callable[[Channels, Runtime[Turn]], Channels]:
    def run(channels: Channels, runtime: Runtime[Turn]) -> Channels:
        turn = runtime.context
        if name in (FIRST, CLRS, KNOWLEDGE):
            turn.state = replace(turn.state, memory=channels.get("memory") or {})  # type: ignore[arg-type]
        turn.state = replace(turn.state, **run_agent(name, turn.state, turn.context))
        ended = name == LAST or turn.state.reply is not None  # some routes answer by themselves
        return {"memory": _remember(turn.state)} if ended else {}

    return run


def _start(_: Channels, runtime: Runtime[Turn]) -> str:
    return first(runtime.context.state)


def _route(name: str) -> Callable[[Channels, Runtime[Turn]], str]:
    def route(channels: Channels, runtime: Runtime[Turn]) -> str:
        return after(name, runtime.context.state, runtime.context.context) or END

    return route


def _remember(state: State) -> dict[str, Any]:
    """The conversation's memory after this question: its graph, and the plan when there was an answer."""
    memory: dict[str, Any] = dict(state.memory)
    folder = getattr(getattr(state.graph, "store", None), "folder", None)
    memory.pop("folder", None)
    if folder is not None:  # a knowledge graph is read again where it lies
        memory.pop("graph", None)
        return memory | {"folder": str(folder)}
    if state.graph is not None:
        memory["graph"] = store().put(state.graph)
        said = text_of_graph(state.reading) if state.reading is not None else ""
        memory["graph_text"] = [memory["graph"], said or state.graph_text]
        memory["doubts"] = list(doubts_of(state.reading)) if state.reading is not None else list(state.doubts)
    plan = state.plan
    if state.undone:
        memory["changes"] = memory.get("changes", [])[:-1]
        memory.pop("plan", None)
    memory.pop("supposed", None)
    if state.supposed:
        memory["graph"] = state.memory.get("graph", memory.get("graph"))
        memory["supposed"] = state.supposed
    made = changed_graphs(plan, state.answers)
    if plan is not None and made and lasts(state, plan, state.answers):  # "now remove node 5" holds from here on
        memory["changes"] = [*state.memory.get("changes", []), [memory["graph"], state.text]][-MOST:]
        memory["graph"] = store().put(made[-1])
        last = state.answers[-1]
        plan = (
            None
            if isinstance(last, GraphAnswer) or plan.asked is not None
            else replace(plan, calls=(replace(plan.last, on=None),))
        )
    if _SUPPOSED.match(state.text) and not made:
        memory["supposed"] = ["", state.text]  # not understood: nothing can go on from it
    if plan is not None and made and _SUPPOSED.match(state.text):  # "what if a and b are joined?": for what goes on
        memory["supposed"] = [store().put(made[-1]), state.text]
        if isinstance(state.answers[-1], GraphAnswer) or plan.asked is not None:
            plan = None
    if plan is not None and plan.asked is not None and made:
        plan = None  # the question holds its own changes, which would be made once more
    if (found := found_of(state)) is not None:
        memory["found"] = found
    elif memory.get("found") and plan is None and not state.undone:
        memory["found"] = {**memory["found"], "failed": True}
    if plan is not None and state.answers:
        memory["plan"] = plan_to_plain(plan)
        memory["question"] = state.reading.question if state.reading is not None else state.text
    return memory
