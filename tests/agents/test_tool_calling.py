"""The tool-calling route: what a chat model may choose, and what becomes of it."""

from __future__ import annotations

import json
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from langchain_core.language_models.fake_chat_models import FakeListChatModel

from agents.solver import solve
from agents.state import Context, State
from agents.tool_calling import BadCall, as_plan, choose, plan, schema_of, shortlist
from agents.verifier import status_of, verify
from graphs.errors import GraphError, NodeNotFound
from graphs.graph import Graph
from graphs.text.reading import Reading
from tools.registry import all_tools

FRIENDS = Graph(nx.Graph([("Ann", "Bob"), ("Bob", "Carl"), ("Carl", "Ann"), ("Carl", "Dan"), ("Dan", "Eve")]))
QUESTION = "Flumph the wibbly quantities of it, would you?"
TOOLS = {
    name: all_tools()[name] for name in ("remove_nodes", "diameter", "shortest_path", "k_core", "articulation_points")
}


def steps(*calls: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    return {"steps": [{"tool": tool, "arguments": arguments} for tool, arguments in calls]}


def test_a_reply_becomes_a_plan() -> None:
    made = as_plan(steps(("remove_nodes", {"nodes": ["bob"]}), ("diameter", {})), QUESTION, (FRIENDS,), TOOLS)
    assert made is not None
    assert [(call.tool, call.arguments, call.on) for call in made.calls] == [
        ("remove_nodes", {"nodes": ["Bob"]}, None),
        ("diameter", {}, 0),
    ]


ROADS = Graph(nx.Graph([("Ann", "Bob", {"weight": 5}), ("Bob", "Eve", {"weight": 5}), ("Ann", "Eve", {"weight": 20})]))


@pytest.mark.parametrize(
    ("question", "given", "said"),
    [
        (
            "by which stops would one get from Ann to Eve",
            {"weight": "weight"},
            "lengths are sums of weight over the edges",
        ),
        ("by which stops, counted in edges", {}, "every edge counts 1, as the question asks for the number of edges"),
    ],
)
def test_the_words_of_the_question_say_which_weights_are_used(question: str, given: dict[str, str], said: str) -> None:
    ends = {"source": "Ann", "target": "Eve"}
    made = as_plan(steps(("shortest_path", ends)), question, (ROADS,), TOOLS)
    assert made is not None
    assert made.last.arguments == ends | given
    assert said in made.assumptions


def test_no_steps_is_no_plan() -> None:
    assert as_plan(steps(), QUESTION, (FRIENDS,), TOOLS) is None


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (steps(("diameter", {}), ("articulation_points", {})), BadCall),
        (steps(("shortest_path", {"source": "Ann", "target": "Nobody"})), NodeNotFound),
        (steps(("k_core", {"k": 1.5})), BadCall),
    ],
)
def test_a_call_that_cannot_be_made_is_refused(reply: dict[str, Any], error: type[GraphError]) -> None:
    with pytest.raises(error):
        as_plan(reply, QUESTION, (FRIENDS,), TOOLS)


def test_the_schema_lets_only_the_shown_tools_and_their_arguments_through() -> None:
    schema = Draft202012Validator(schema_of(list(TOOLS.values())))
    assert schema.is_valid(steps(("shortest_path", {"source": "Ann", "target": "Eve"})))
    assert not schema.is_valid(steps(("shortest_path", {"source": "Ann"})))
    assert not schema.is_valid(steps(("shortest_path", {"source": "Ann", "target": "Eve", "via": "Bob"})))
    assert not schema.is_valid(steps(("drop_table", {})))


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80))
def test_the_shortlist_holds_tools_that_can_answer(question: str) -> None:
    shown = shortlist(question, (FRIENDS,), ())
    assert 0 < len(shown) <= 14
    assert all(tool.takes_graph for tool in shown)


def test_a_choice_counts_its_cost() -> None:
    model = FakeListChatModel(responses=["not JSON", json.dumps(steps(("diameter", {})))])
    chosen = choose(model, "how wide is it?", (FRIENDS,), list(TOOLS.values()))
    assert chosen.plan is not None
    assert chosen.usage.calls == 2
    assert chosen.usage.repairs == 1


def asked(*replies: str) -> State:
    """The state after the route, the solver and the verifier, where the router had two other tools in mind."""
    reading = Reading(QUESTION, (FRIENDS,), QUESTION)
    state = State(
        text=QUESTION, graph=FRIENDS, reading=reading, unsure=(("bridges", 0.3), ("density", 0.2), ("degree", 0.1))
    )
    context = Context(20.0, model=lambda: FakeListChatModel(responses=list(replies)))
    for agent in (plan, solve, verify):
        vars(state).update(agent(state, context))
        if state.plan is None:
            break
    return state


def test_what_only_a_chat_model_understood_is_unverified() -> None:
    state = asked(json.dumps(steps(("degree", {"node": "Carl"}))))
    assert state.answers[0].value == FRIENDS.nx.degree("Carl")
    assert status_of(state) == "unverified"
    assert any("understood" in note for note in state.assumptions)
    assert state.model_calls == 1


def test_what_the_router_had_in_mind_too_is_proven() -> None:
    assert status_of(asked(json.dumps(steps(("bridges", {}))))) == "proven"


def test_a_bad_choice_is_said_and_leaves_no_plan() -> None:
    state = asked(json.dumps(steps(("degree", {"node": "Nobody"}))))
    assert state.plan is None
    assert any("Nobody" in note for note in state.assumptions)


def test_the_edges_of_the_graph_are_never_in_the_prompt() -> None:
    seen: list[str] = []

    class Listening(FakeListChatModel):
        def _call(self, messages: Any, *args: Any, **kwargs: Any) -> str:
            seen.extend(str(message.content) for message in messages)
            return super()._call(messages, *args, **kwargs)

    secret = Graph(nx.relabel_nodes(FRIENDS.nx, {"Ann": "Zanzibar", "Eve": "Timbuktu"}))
    choose(Listening(responses=[json.dumps(steps())]), QUESTION, (secret,), list(TOOLS.values()))
    assert seen
    assert not any("Zanzibar" in text or "Timbuktu" in text for text in seen)
