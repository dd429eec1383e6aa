"""Experience on the road: what a chat model solved and a checker verified is solved again without the model."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from langchain_core.language_models.fake_chat_models import FakeListChatModel

from agents import routes
from agents.ask import GraphAgent
from agents.plan import Call, Plan
from agents.programs.documentation import Documentation
from agents.programs.experience import Experience, Untrusted
from agents.programs.patterns import NoPattern, filled, pattern_of
from agents.programs.program import GRAPH_FILE, Program, graph_file
from agents.recall import keep, recall
from agents.routes import WITH_MODEL
from agents.state import Context, State
from agents.workflow import after, run_agent
from graphs.errors import BadArgument
from graphs.graph import Graph
from graphs.text.reading import Reading
from tests.agents.programs_apart import run_apart

ASKED = "Flumph me the wibbly quantity of Carl, would you?"
ALIKE = "Flumph me the wibbly quantity of Zoe, would you?"
OTHER = "Flumph me the wobbly quantity of Zoe, would you?"
FRIENDS = Graph(nx.Graph([("Ann", "Bob"), ("Bob", "Carl"), ("Carl", "Ann"), ("Carl", "Dan")]))
TOWNS = Graph(nx.Graph([("Zoe", "Yan"), ("Yan", "Xi")]))
DEGREE = json.dumps({"steps": [{"tool": "degree", "arguments": {"node": "Carl"}}]})
ROUTES = ("experience", "tools")


@pytest.fixture
def store(tmp_path: Path) -> Experience:
    return Experience(tmp_path / "experience.sqlite", run_apart)


def asked(question: str, graph: Graph, store: Experience | None, *replies: str) -> State:
    """The road behind a router that had the degree in mind, to its end; what is solved is kept."""
    reading = Reading(question, (graph,), question)
    state = State(question, graph, reading=reading, unsure=(("degree", 0.3), ("bridges", 0.1)))
    model = FakeListChatModel(responses=list(replies) or ["the model must not be asked"])
    context = Context(20.0, routes=ROUTES, model=lambda: model, experience=store)
    name: str | None = "experience"
    while name is not None:
        state = replace(state, **run_agent(name, state, context))
        name = after(name, state, context)
    return replace(state, **routes.keep(state, context))


def value(state: State) -> Any:
    assert state.reply is not None
    return state.reply.value


def test_a_solved_question_needs_no_model_the_next_time(store: Experience) -> None:
    first = asked(ASKED, FRIENDS, store, DEGREE)
    assert (value(first), first.reply.status, first.model_calls) == (3, "proven", 1)  # type: ignore[union-attr]
    again = asked(ASKED, FRIENDS, store)
    assert (value(again), again.reply.status, again.model_calls) == (3, "proven", 0)  # type: ignore[union-attr]
    assert [step.agent for step in again.steps] == ["experience", "solver", "verifier", "answer"]
    assert again.steps[0].output["plan"].source == "experience"
    assert any("from experience" in note for note in again.reply.assumptions)  # type: ignore[union-attr]
    assert len(store) == 1


def test_on_a_changed_graph_the_plan_is_run_again(store: Experience) -> None:
    asked(ASKED, FRIENDS, store, DEGREE)
    more = Graph(nx.Graph([*FRIENDS.nx.edges, ("Carl", "Eve"), ("Carl", "Fay")]))
    again = asked(ASKED, more, store)
    assert (value(again), again.model_calls) == (5, 0)


def test_other_names_take_the_places_of_those_of_the_solved_question(store: Experience) -> None:
    asked(ASKED, FRIENDS, store, DEGREE)
    again = asked(ALIKE, TOWNS, store)
    assert (value(again), again.model_calls) == (1, 0)


@pytest.mark.parametrize(
    ("question", "graph"),
    [
        (OTHER, TOWNS),  # other words
        (ALIKE, Graph(nx.DiGraph(TOWNS.nx))),  # another kind of graph
        (ALIKE, Graph(nx.Graph([("Zoe", "Yan", {"weight": 2}), ("Yan", "Xi", {"weight": 3})]))),
    ],
)
def test_another_question_is_not_answered_by_experience(store: Experience, question: str, graph: Graph) -> None:
    asked(ASKED, FRIENDS, store, DEGREE)
    again = asked(question, graph, store, json.dumps({"steps": []}))
    assert "plan" not in again.steps[0].output
    assert again.model_calls == 1


def test_what_is_not_verified_never_enters(store: Experience) -> None:
    """A tool that nobody else had in mind gives an unverified answer, and a failed plan none."""
    reply = json.dumps({"steps": [{"tool": "bridges", "arguments": {}}]})
    reading = Reading(ASKED, (FRIENDS,), ASKED)
    unverified = State(ASKED, FRIENDS, reading=reading, plan=Plan((Call("bridges"),), source="model", certainty=0.5))
    context = Context(20.0, experience=store)
    for agent in ("solver", "verifier", "answer"):
        unverified = replace(unverified, **run_agent(agent, unverified, context))
    assert unverified.reply is not None
    assert unverified.reply.status == "unverified"
    keep(unverified, store)
    failed = asked(ASKED, FRIENDS, store, reply.replace("bridges", "radical nonsense"))
    assert failed.reply is not None
    assert failed.reply.status == "unanswerable"
    assert len(store) == 0


@pytest.mark.parametrize(
    "poison",
    [
        "UPDATE experience SET status = 'unverified'",
        "UPDATE experience SET value = '4'",
        "UPDATE experience SET body = replace(body, '\"degree\"', '\"eccentricity\"')",
        "UPDATE experience SET body = replace(body, '\"degree\"', '\"no such tool\"')",
        "UPDATE experience SET body = replace(body, '\"Carl\"', '\"Ann\"')",
        "UPDATE experience SET body = '{}'",
        "UPDATE experience SET files = x'00'",
        "UPDATE experience SET tags = '[]'",
        "UPDATE experience SET task = 'bridges'",
    ],
)
def test_a_poisoned_entry_is_never_used(store: Experience, poison: str) -> None:
    asked(ASKED, FRIENDS, store, DEGREE)
    database = sqlite3.connect(store.file)
    with database:
        assert database.execute(poison).rowcount == 1
    database.close()
    again = asked(ALIKE, TOWNS, store, json.dumps({"steps": []}))
    assert again.steps[0].output == {}
    assert again.model_calls == 1


def test_entries_that_disagree_are_not_used(store: Experience) -> None:
    for tool in ("degree", "eccentricity"):
        answer = {"degree": 3, "eccentricity": 1}[tool]
        store.remember_plan(ASKED, FRIENDS, Plan((Call(tool, {"node": "Carl"}),), certainty=0.9), answer, "proven")
    assert len(store) == 2
    assert store.plan_for(ASKED, FRIENDS) is None


def test_a_plan_of_experience_that_fails_goes_on_to_the_model(store: Experience) -> None:
    pair = Graph(nx.Graph([("Ann", "Bob"), ("Bob", "Carl")]))
    store.remember_plan(ASKED, pair, Plan((Call("eccentricity", {"node": "Carl"}),), certainty=0.9), 2, "proven")
    apart = Graph(nx.Graph([("Ann", "Bob"), ("Carl", "Dan")]))
    again = asked(ASKED, apart, store, DEGREE)
    assert [step.agent for step in again.steps][:3] == ["experience", "solver", "tools"]
    assert (value(again), again.model_calls) == (1, 1)
    assert any("tried and failed" in note for note in again.reply.assumptions)  # type: ignore[union-attr]


def test_a_damaged_store_is_said_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "damaged.sqlite").write_bytes(b"this is no database" * 100)
    state = asked(ASKED, FRIENDS, Experience(tmp_path / "damaged.sqlite"), DEGREE)
    assert value(state) == 3
    assert any("cannot be used" in note for note in state.reply.assumptions)  # type: ignore[union-attr]


def test_a_number_that_went_nowhere_must_be_the_same(store: Experience) -> None:
    question, other = "Flumph the 2 wibbly ones of Carl.", "Flumph the 3 wibbly ones of Carl."
    pattern = pattern_of(question, FRIENDS, Plan((Call("degree", {"node": "Carl"}),)))
    assert filled(pattern, question, FRIENDS) is not None
    assert filled(pattern, other, FRIENDS) is None


def test_names_and_numbers_fill_every_kind_of_argument() -> None:
    plan = Plan(
        (
            Call("remove_edges", {"edges": [("Ann", "Bob")]}),
            Call("remove_nodes", {"nodes": ["Dan"]}, 0),
            Call("k_core", {"k": 2}, 1),
        )
    )
    pattern = pattern_of("Cut Ann-Bob, drop Dan, keep those with 2.", FRIENDS, plan)
    ring = Graph(nx.cycle_graph(["p1", "q1", "r1", "s1"]))
    made = filled(
        type(pattern).from_json(json.loads(json.dumps(pattern.to_json()))),
        "Cut p1-q1, drop s1, keep those with 3.",
        ring,
    )
    assert made is not None
    assert [call.arguments for call in made.calls] == [{"edges": [("p1", "q1")]}, {"nodes": ["s1"]}, {"k": 3}]


def test_a_node_that_the_question_does_not_name_is_no_pattern(store: Experience) -> None:
    with pytest.raises(NoPattern, match="Dan"):
        store.remember_plan(ASKED, FRIENDS, Plan((Call("degree", {"node": "Dan"}),)), 1, "proven")
    with pytest.raises(Untrusted, match="another value"):
        store.remember_plan(ASKED, FRIENDS, Plan((Call("degree", {"node": "Carl"}),)), 2, "proven")


PROGRAM = "import networkx as nx\nprint(nx.transitivity(graph))"
TASK = "Flumph the `transitivity` of it."


def test_a_program_runs_again_on_the_graph_at_hand(
    store: Experience, documentation: Documentation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agents.coding.Documentation", lambda *_: documentation)
    program = Program(PROGRAM, GRAPH_FILE, files={GRAPH_FILE: graph_file(FRIENDS)})
    kept = nx.transitivity(FRIENDS.nx)
    store.remember_program(TASK, FRIENDS, program, ("networkx.transitivity",), kept, "computed")
    more = Graph(nx.Graph([*FRIENDS.nx.edges, ("Dan", "Ann")]))
    state = State(TASK, more, reading=Reading(TASK, (more,), TASK))
    update = recall(state, Context(experience=store), runner=run_apart)
    assert update["reply"].value == pytest.approx(nx.transitivity(more.nx))
    assert update["reply"].value != pytest.approx(kept)
    assert update["reply"].status == "computed"
    assert update["reply"].cost.model_calls == 0
    assert any("from experience" in note for note in update["reply"].assumptions)
    other = TASK.replace("Flumph", "Forget")
    assert recall(replace(state, reading=Reading(other, (more,), other)), Context(experience=store)) == {}


def test_experience_belongs_to_agents_with_a_chat_model_and_can_be_switched_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert WITH_MODEL[0] == "experience"
    spec = "openai:any@http://localhost:1/v1"
    assert GraphAgent(spec)._experience is not None
    assert GraphAgent(spec, experience=False)._experience is None
    assert GraphAgent("embedded")._experience is None
    monkeypatch.setenv("KONIGSBERG_EXPERIENCE", "off")
    assert GraphAgent(spec)._experience is None
    assert GraphAgent(spec, experience=True)._experience is not None
    monkeypatch.setenv("KONIGSBERG_EXPERIENCE", "perhaps")
    with pytest.raises(BadArgument, match="on or off"):
        GraphAgent(spec)


def test_each_data_folder_has_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = set()
    for name in ("one", "two"):
        monkeypatch.setenv("KONIGSBERG_DATA_DIR", str(tmp_path / name))
        files.add(Experience().file)
    assert files == {tmp_path / name / "search" / "experience.sqlite" for name in ("one", "two")}
