"""The road of a question: which agent comes after which.

    (knowledge, clrs ->) question -> planner -> solver -> verifier -> answer
                                  | ^        |         |          ^
                           unsure v | plan   | failed  | rejected |
                               routes <------+---------+          |
                                  +------------------ no answer --+

Questions on a knowledge graph come to the knowledge agent first, which answers from its relations or lets them go on;
so do texts in the format of CLRS-Text to the CLRS agent.

Routes are the agents that are asked, the cheapest first, when the certain router does not know: experience, the
embedded planner, and what a configured model can do (`Context.routes`). A plan of the tool-calling model or of
experience that fails, in the solver or before the verifier, sends the question on to the route after it.

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
from agents.clrs import looks_like
from agents.limits import Cancelled, run_limited
from agents.reply import Step
from agents.state import Context, State
from graphs.text.patterns import lazy

Agent = Callable[[State, Context], dict[str, Any]]


def _knowledge(state: State, context: Context) -> dict[str, Any]:
    from agents.knowledge.agent import answer as from_relations

    return from_relations(state, context)


def _clrs(state: State, context: Context) -> dict[str, Any]:
    from agents.clrs import answer as in_its_format

    return in_its_format(state, context)


AGENTS: dict[str, tuple[Agent, str]] = {
    "knowledge": (_knowledge, "Ask the knowledge graph"),
    "clrs": (_clrs, "Answer a question of CLRS-Text"),
    "question": (question.read, "Read the graph and the question"),
    "planner": (planner.plan, "Choose tools and arguments"),
    "experience": (routes.experience, "Look for the same question, solved and verified before"),
    "embedded": (routes.embedded, "Read the question with the embedded model"),
    "tools": (routes.tools, "Let the model choose tools"),
    "coding": (routes.coding, "Write, check and run a program"),
    "reasoning": (routes.reasoning, "Let the model answer by itself"),
    "solver": (solver.solve, "Run the tools"),
    "verifier": (verifier.verify, "Check the certificates"),
    "answer": (answer.answer, "Word the answer"),
}
ROAD = ("question", "planner", "solver", "verifier", "answer")
KNOWLEDGE, CLRS, FIRST, LAST = "knowledge", "clrs", ROAD[0], ROAD[-1]
TIMED = ("knowledge", "experience", "tools", "coding", "reasoning")
LARGE = 50_000  # nodes, or characters of a text, from which on reading and planning are timed
_SIZE = lazy(r"(?<![\d.,])\d{4,}(?![\d.])|(?<!\d)\d{3}\s*(?:x|×|by|,)\s*\d{3}(?!\d)|[KPCQSW]_?\d{3}", re.IGNORECASE)


def first(state: State) -> str:
    """The agent that a question comes to first: by a text's format, or the one that reads a knowledge graph."""
    if looks_like(state.text):
        return CLRS
    return _after_formats(state)


def _after_formats(state: State) -> str:
    return KNOWLEDGE if hasattr(state.graph, "store") else FIRST


def after(agent: str, state: State, context: Context) -> str | None:
    """The agent that comes after `agent`; None at the end."""
    if agent == LAST:
        return None
    if state.reply is not None:
        return None
    if agent == CLRS:
        return _after_formats(state)
    if agent == KNOWLEDGE:
        return FIRST
    if state.plan is None and state.unsure is not None and agent != FIRST:
        return _next_route(state, context)
    if agent not in ROAD:
        return LAST if state.plan is None else "solver"
    if agent in ("planner", "solver") and (state.fault is not None or state.plan is None):
        return LAST
    return ROAD[ROAD.index(agent) + 1]


def _next_route(state: State, context: Context) -> str:
    """The route after the one that was taken last, the first where none was."""
    taken = [step.agent for step in state.steps if step.agent in context.routes]
    left = context.routes[context.routes.index(taken[-1]) + 1 :] if taken else context.routes
    return left[0] if left else LAST


def run_agent(name: str, state: State, context: Context) -> dict[str, Any]:
    """Run one agent; the update holds the fields that it changed and its step of the trace."""
    if context.cancel is not None and context.cancel.is_set():
        raise Cancelled("stopped")
    agent, title = AGENTS[name]
    began = time.perf_counter()
    timed = name in TIMED or (name in (CLRS, FIRST, "planner") and _heavy(state))
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
    name: str | None = first(state)
    while name is not None:
        update = run_agent(name, state, context)
        state = copy(state)
        vars(state).update(update)
        yield state
        name = after(name, state, context)


def _seen(name: str, state: State) -> dict[str, Any]:
    """What the agent worked from, for the trace."""
    if name in (KNOWLEDGE, CLRS, FIRST):
        return {"text": state.text, "graph": state.graph}
    if name == "planner" or name not in ROAD:
        return {"question": state.reading.question if state.reading is not None else ""}
    if name == "solver":
        return {"plan": state.plan}
    if name == "verifier":
        return {"answers": state.answers}
    return {"fault": state.fault} if state.fault is not None else {"answers": state.answers}
