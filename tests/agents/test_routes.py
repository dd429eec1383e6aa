"""The routes behind the certain router: which comes after which, and what becomes of a plan that fails."""

from __future__ import annotations

import json
from copy import copy
from dataclasses import replace
from typing import Any

import networkx as nx
import pytest
from langchain_core.language_models.fake_chat_models import FakeListChatModel

from agents.plan import Call, Plan
from agents.reply import Step
from agents.routes import WITH_MODEL, given_up
from agents.state import Context, State
from agents.talk.conversation import Turn, build
from agents.verifier import verify
from agents.workflow import after, run_agent
from graphs.graph import Graph
from graphs.text.reading import Reading
from tools.answers import Number
from tools.certificates import Certificate

QUESTION = "Flumph the wibbly quantities of it, would you?"
APART = Graph(nx.Graph([("Ann", "Bob"), ("Carl", "Dan")]))
CHOSEN = json.dumps({"steps": [{"tool": "diameter", "arguments": {}}]})
REASONED = json.dumps({"reason": "I guess.", "known": True, "answer": 7})


def unsure() -> State:
    """A question of which the router is not sure."""
    return State(QUESTION, APART, reading=Reading(QUESTION, (APART,), QUESTION), unsure=(("diameter", 0.3),))


def driven(state: State, context: Context, name: str | None) -> State:
    """The road from the agent `name` to its end."""
    while name is not None:
        update = run_agent(name, state, context)
        state = copy(state)
        vars(state).update(update)
        name = after(name, state, context)
    return state


def test_a_plan_of_the_model_that_fails_in_the_solver_goes_on_to_the_next_route() -> None:
    model = FakeListChatModel(responses=[CHOSEN, REASONED])
    context = Context(20.0, routes=("tools", "reasoning"), model=lambda: model)
    state = driven(unsure(), context, "tools")
    assert [step.agent for step in state.steps] == ["tools", "solver", "reasoning"]
    assert state.reply is not None
    assert (state.reply.value, state.reply.status) == (7, "unverified")
    failed = state.steps[1].output
    assert failed["plan"] is None
    assert "needs a connected graph" in failed["fault"]
    assert [note for note in state.reply.assumptions if "diameter" in note and "tried and failed" in note]
    assert not any(note.startswith("the model understood") for note in state.reply.assumptions)
    assert state.model_calls == 2


def test_where_no_route_is_left_the_failure_is_the_answer() -> None:
    context = Context(20.0, routes=("tools",), model=lambda: FakeListChatModel(responses=[CHOSEN]))
    state = driven(unsure(), context, "tools")
    assert state.reply is not None
    assert state.reply.status == "unanswerable"
    assert "needs a connected graph" in state.reply.text


def test_the_coding_agent_comes_after_the_tools() -> None:
    left = replace(unsure(), steps=(Step("embedded", ""), Step("tools", ""), Step("solver", "")))
    assert after("solver", left, Context(routes=WITH_MODEL)) == "coding"
    coded = replace(left, steps=(*left.steps, Step("coding", "")))
    assert after("coding", coded, Context(routes=WITH_MODEL)) == "reasoning"


def test_a_rejected_certificate_goes_on_too() -> None:
    plan = Plan((Call("diameter"),), source="model", assumptions=("the model understood: the diameter",))
    refused = Certificate(False, "the diameter is 5", "by hand", "proof", "it is 3")
    state = replace(
        unsure(),
        plan=plan,
        answers=(Number(5.0, notes=("lengths are kms",)),),
        certificates=(refused,),
        assumptions=("kept", *plan.assumptions, "lengths are kms"),
        steps=(Step("tools", ""), Step("solver", "")),
    )
    update = verify(state, Context())
    assert (update["plan"], update["answers"], update["certificates"]) == (None, (), ())
    assert update["assumptions"][0] == "kept"
    assert len(update["assumptions"]) == 2
    assert "it is 3" in update["assumptions"][1]
    left = replace(state, **update)
    assert after("verifier", left, Context(routes=("tools", "coding"))) == "coding"


@pytest.mark.parametrize("source", ["router", "embedded", "follow-up", "caller"])
def test_the_failure_of_any_other_plan_is_the_answer(source: Any) -> None:
    state = replace(unsure(), plan=Plan((Call("diameter"),), source=source))
    assert given_up(state, "no") == {}
    state = driven(state, Context(20.0, routes=("tools", "reasoning")), "solver")
    assert [step.agent for step in state.steps] == ["solver", "answer"]
    assert state.reply is not None
    assert "needs a connected graph" in state.reply.text


def test_a_question_that_is_out_of_time_is_given_to_no_other_route() -> None:
    plan = Plan((Call("maximum_independent_set", {}),), source="model")
    context = Context(0.0, routes=("tools", "reasoning"))
    state = replace(unsure(), graph=Graph(nx.gnm_random_graph(60, 500, seed=1)), plan=plan)
    state = driven(state, context, "solver")
    assert [step.agent for step in state.steps][-1] == "answer"
    assert "reasoning" not in [step.agent for step in state.steps]


def test_a_route_that_answers_by_itself_ends_a_turn_of_a_conversation() -> None:
    model = FakeListChatModel(responses=[json.dumps({"steps": []}), REASONED])
    context = Context(20.0, routes=("tools", "reasoning"), model=lambda: model)
    turn = Turn(context, State(QUESTION, APART))
    updates = list(build().stream({"text": QUESTION}, context=turn, stream_mode="updates"))
    assert [step.agent for step in turn.state.steps] == ["question", "planner", "tools", "reasoning"]
    assert turn.state.reply is not None
    assert updates[-1]["reasoning"]["memory"]["graph"]  # the next question may be about the same graph
