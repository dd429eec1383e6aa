"""The road of a question: which agent comes after which.

    question -> planner -> solver -> verifier -> answer
                   | ^        |                    ^
            unsure v | plan   |                    |
                routes        |                    |
                   +----------+------ no answer ---+

Routes are the agents that are asked, the cheapest first, when the certain router does not know: the embedded planner,
and what a configured model can do (`Context.routes`).

The road is data. `agents.talk.conversation.build` makes a LangGraph `StateGraph` of it (conversations, streams);
`walk` follows the same road for one question by itself, without LangGraph's start-up and bookkeeping.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from copy import copy
from typing import Any

from agents import answer, planner, question, routes, solver, verifier
from agents.limits import Cancelled, run_limited
from agents.reply import Step
from agents.state import Context, State
from graphs.text.patterns import lazy

Agent = Callable[[State, Context], dict[str, Any]]

AGENTS: dict[str, tuple[Agent, str]] = {
    "question": (question.read, "Read the graph and the question"),
    "planner": (planner.plan, "Choose tools and arguments"),
    "embedded": (routes.embedded, "Read the question with the embedded model"),
    "tools": (routes.tools, "Let the model choose tools"),
    "coding": (routes.coding, "Write, check and run a program"),
    "reasoning": (routes.reasoning, "Let the model answer by itself"),
    "solver": (solver.solve, "Run the tools"),
    "verifier": (verifier.verify, "Check the certificates"),
    "answer": (answer.answer, "Word the answer"),
}
ROAD = ("question", "planner", "solver", "verifier", "answer")
FIRST, LAST = ROAD[0], ROAD[-1]
MODEL_ROUTES = ("tools", "coding", "reasoning")
LARGE = 50_000  # nodes, or characters of a text, from which on reading and planning are timed
_SIZE = lazy(r"(?<![\d.,])\d{4,}(?![\d.])|(?<!\d)\d{3}\s*(?:x|×|by|,)\s*\d{3}(?!\d)|[KPCQSW]_?\d{3}", re.IGNORECASE)


def after(agent: str, state: State, context: Context) -> str | None:
    """The agent that comes after `agent`; None at the end."""
    if agent == LAST:
        return None
    if state.reply is not None:
        return None
    if state.plan is None and state.unsure is not None and (agent == "planner" or agent in context.routes):
        left = context.routes[context.routes.index(agent) + 1 :] if agent in context.routes else context.routes
        return left[0] if left else LAST
    if agent not in ROAD:
        return LAST if state.plan is None else "solver"
    if agent in ("planner", "solver") and (state.fault is not None or state.plan is None):
        return LAST
    return ROAD[ROAD.index(agent) + 1]


def run_agent(name: str, state: State, context: Context) -> dict[str, Any]:
    """Run one agent; the update holds the fields that it changed and its step of the trace."""
    if context.cancel is not None and context.cancel.is_set():
        raise Cancelled("stopped")
    agent, title = AGENTS[name]
    began = time.perf_counter()
    timed = name in MODEL_ROUTES or (name in (FIRST, "planner") and _heavy(state))
    if timed:
        update = run_limited(lambda: agent(state, context), context.left, context.cancel, of=context.time_limit)
    else:
        update = agent(state, context)
    step = Step(name, title, _seen(name, state), update, time.perf_counter() - began)
    if context.on_step is not None:
        context.on_step(step)
    return {**update, "steps": (*state.steps, step)}


def _heavy(state: State) -> bool:
    """Whether reading or planning may take long: a long text, a large graph, or a named graph's large size."""
    size = 0 if state.graph is None else state.graph.num_nodes
    return size > LARGE or len(state.text) > LARGE or _SIZE.search(state.text) is not None


def walk(state: State, context: Context) -> Iterator[State]:
    """Follow the road from its beginning; yields the state after each agent."""
    name: str | None = FIRST
    while name is not None:
        update = run_agent(name, state, context)
        state = copy(state)
        vars(state).update(update)
        yield state
        name = after(name, state, context)


def _seen(name: str, state: State) -> dict[str, Any]:
    """What the agent worked from, for the trace."""
    if name == "question":
        return {"text": state.text, "graph": state.graph}
    if name == "planner" or name not in ROAD:
        return {"question": state.reading.question if state.reading is not None else ""}
    if name == "solver":
        return {"plan": state.plan}
    if name == "verifier":
        return {"answers": state.answers}
    return {"fault": state.fault} if state.fault is not None else {"answers": state.answers}
