"""The routes of a question that the certain router is not sure of, from cheap to dear.

Each is an agent that loads what it needs when it is first taken. One that cannot help leaves the question to the next
and says why in the trace.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from agents.reply import Reply
from agents.state import Context, State
from graphs.errors import BudgetExceeded, GraphError, StorageError

WITHOUT_MODEL: dict[str, tuple[str, ...]] = {"none": (), "embedded": ("embedded",)}
REPLACEABLE = ("model", "experience")  # sources of plans that may be wrong where they fail
WITH_MODEL = ("experience", "embedded", "tools", "coding", "reasoning")
GRAPH_MODEL = ("embedded", "reasoning")  # it was trained to answer, neither to choose tools nor to write programs


REASONERS = ("nar", "transnar")  # schemes of models that answer questions of CLRS-Text and no others


def is_reasoner(model: str) -> bool:
    """Whether a spec names an algorithmic reasoner."""
    return model.partition(":")[0] in REASONERS


def routes_of(model: str) -> tuple[str, ...]:
    """The routes of an agent with this model."""
    if is_reasoner(model):
        return WITHOUT_MODEL["embedded"]
    return WITHOUT_MODEL.get(model, GRAPH_MODEL if model.startswith("graph:") else WITH_MODEL)


def embedded(state: State, context: Context) -> dict[str, Any]:
    """The small model that the package brings."""
    from agents.embedded.planning import plan

    return plan(state, context)


def experience(state: State, context: Context) -> dict[str, Any]:
    """A question that was solved and verified before is solved the same way."""
    if context.experience is None:
        return {}
    from agents.recall import recall

    return _or_next(lambda: recall(state, context), state, "experience was of no use")


def keep(state: State, context: Context) -> dict[str, Any]:
    """The update that keeps a solved question as experience; says where that cannot be done because of the store."""
    if context.experience is None:
        return {}
    from agents.programs.experience import Untrusted
    from agents.programs.patterns import NoPattern
    from agents.recall import keep as kept

    try:
        kept(state, context.experience)
    except (Untrusted, NoPattern):
        pass  # fits no other question, or gives another value each time
    except StorageError as error:
        assert state.reply is not None
        return {"reply": replace(state.reply, assumptions=(*state.reply.assumptions, str(error)))}
    return {}


def tools(state: State, context: Context) -> dict[str, Any]:
    """The configured model chooses tools."""
    from agents.tool_calling import plan

    return _or_next(lambda: plan(state, context), state, "no tool was chosen")


def coding(state: State, context: Context) -> dict[str, Any]:
    """The configured model writes a program, which is checked and run in the sandbox."""
    from agents.coding import Options, code

    assert context.model is not None
    model, options = context.model(), Options(experience=context.experience)
    return _or_next(
        lambda: _charged(code(state, context, model=model, options=options), state), state, "no program answered it"
    )


def reasoning(state: State, context: Context) -> dict[str, Any]:
    """The configured model answers by itself."""
    from agents.reasoning import think

    assert context.model is not None
    model = context.model()
    return _or_next(lambda: _charged(think(state, context, model=model), state), state, "no answer by reasoning")


def given_up(state: State, fault: str) -> dict[str, Any]:
    """The update that leaves a plan which failed, so that the question goes on to the next route; says so in words.

    {} for a plan whose failure is the answer: one that the router or the embedded planner made, or the user.
    """
    from agents.asking import in_words

    plan = state.plan
    if plan is None or plan.source not in REPLACEABLE:
        return {}
    own = {*plan.assumptions, *(note for answer in state.answers for note in answer.notes)}
    kept = (note for note in state.assumptions if note not in own)
    said = f"{in_words(plan)} was tried and failed: {fault}"
    return {"plan": None, "answers": (), "certificates": (), "assumptions": (*kept, said)}


def _or_next(work: Callable[[], dict[str, Any]], state: State, what: str) -> dict[str, Any]:
    try:
        return work()
    except BudgetExceeded:
        raise
    except GraphError as error:
        return {"assumptions": (*state.assumptions, f"{what}: {error}")}


def _charged(update: dict[str, Any], state: State) -> dict[str, Any]:
    """The update with the cost of its reply, and without a reply that answers nothing: the next route is tried."""
    reply: Reply = update["reply"]
    cost = {
        "model_calls": state.model_calls + reply.cost.model_calls,
        "tokens": state.tokens + reply.cost.tokens,
    }
    if reply.status == "unanswerable":
        return cost | {"assumptions": (*state.assumptions, reply.text.splitlines()[0])}
    return cost | {"reply": replace(reply, assumptions=state.assumptions)}
