"""The experience agent: a question that was solved and verified before is solved the same way, without a model.

What comes out is never a stored answer: the plan is run on the graph at hand and its certificates are checked, a
program runs in the sandbox and a tool must get the same value. What fails goes on to the next route.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from agents.plan import Plan
from agents.programs.entry_file import TRUSTED
from agents.reply import Reply
from agents.state import Context, State
from graphs.graph import Graph

if TYPE_CHECKING:
    from agents.programs.experience import Experience
    from agents.programs.program import Runner


def recall(state: State, context: Context, *, runner: Runner | None = None) -> dict[str, Any]:
    """Solve the question as it was solved before. Reads reading, graph; writes plan, or reply, and assumptions.

    Raises:
        StorageError: the experience cannot be read. SandboxUnavailable: a program was found and cannot run here.
    """
    from agents.asking import in_words
    from agents.question import question_of

    store = context.experience
    if store is None or state.graph is None or state.reading is None or len(state.reading.graphs) > 1:
        return {}
    found = store.plan_for(question_of(state.reading, state.graph), state.graph)
    if found is not None:
        plan, entry = found
        said = (
            f"from experience, as in the solved question {entry.question[:200]!r}",
            f"understood as: {in_words(plan)}",
        )
        return {"plan": replace(plan, assumptions=said), "fault": None, "readings": ()}
    return _program(state, store, state.graph, context, runner)


def _program(state: State, store: Experience, graph: Graph, context: Context, runner: Runner | None) -> dict[str, Any]:
    """The reply of a program that answered the same question, where a tool agrees with its new value."""
    from agents.coding import run_again
    from agents.programs.entries import program_of

    question = words_of(state)
    for entry in store.programs_for(question, graph):
        coded = run_again(question, graph, program_of(entry), runner=runner, cancel=context.cancel)
        if coded.ran and coded.status == "computed":
            said = f"from experience: the program that solved {entry.question[:200]!r}, run on this graph"
            return {"reply": replace(coded.reply(), assumptions=(*state.assumptions, said))}
    return {}


def keep(state: State, store: Experience) -> None:
    """Keep the plan of an answer that was verified, where a chat model made it: the only one that saves something.

    Raises:
        Untrusted, NoPattern: it is not kept, and why. StorageError: the experience cannot be written.
    """
    from agents.answer import listed, wanted_value
    from agents.question import question_of

    plan, reply = state.plan, state.reply
    if not solved_by_model(plan, reply) or state.graph is None or state.reading is None:
        return
    assert plan is not None
    assert reply is not None
    if len(state.reading.graphs) <= 1 and plan.replaced is None:
        value = wanted_value(plan, listed(plan, state.answers))
        store.remember_plan(question_of(state.reading, state.graph), state.graph, plan, value, reply.status)


def solved_by_model(plan: Plan | None, reply: Reply | None) -> bool:
    """Whether a chat model's plan gave an answer that is proven or computed."""
    return plan is not None and plan.source == "model" and reply is not None and reply.status in TRUSTED


def words_of(state: State) -> str:
    """The question as programs are written for it."""
    return state.reading.question if state.reading is not None and state.reading.question else state.text
