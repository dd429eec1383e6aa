"""Conversations: follow-up questions, kept in a database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from agents import GraphAgent

EDGES = "Ann-Bob, Bob-Eve, Ann-Kim, Kim-Zoe, Zoe-Eve"


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    return tmp_path / "talk.sqlite"


@pytest.fixture
def agent(memory: Path) -> Iterator[GraphAgent]:
    made = GraphAgent(memory=memory)
    yield made
    made.close()


def test_the_graph_is_remembered(agent: GraphAgent) -> None:
    agent.ask("How many nodes are there?", EDGES, thread="t")
    assert agent.ask("How many edges are there?", thread="t").value == 5
    assert agent.ask("How many edges are there?", thread="other").status == "unanswerable"


@pytest.mark.parametrize(
    ("follow", "value"),
    [
        ("and without Bob?", ["Ann", "Kim", "Zoe", "Eve"]),
        ("And to Zoe?", ["Ann", "Kim", "Zoe"]),
        ("what about from Kim?", ["Kim", "Zoe", "Eve"]),
        ("now the same from Bob to Kim", ["Bob", "Ann", "Kim"]),
    ],
)
def test_follow_ups_change_the_last_question(agent: GraphAgent, follow: str, value: list[str]) -> None:
    agent.ask("What is the shortest path from Ann to Eve?", EDGES, thread="t")
    reply = agent.ask(follow, thread="t")
    assert reply.value == value
    assert reply.status == "proven"
    assert any("follow-up" in a for a in reply.assumptions)


def test_follow_ups_pile_up(agent: GraphAgent) -> None:
    agent.ask("What is the degree of Ann?", EDGES, thread="t")
    assert agent.ask("And of Bob?", thread="t").value == 2
    assert agent.ask("and without Eve?", thread="t").value == 1


def test_a_conversation_outlives_the_program(agent: GraphAgent, memory: Path) -> None:
    agent.ask("What is the degree of Ann?", EDGES, thread="t")
    agent.close()
    later = GraphAgent(memory=memory)
    assert later.ask("And of Kim?", thread="t").value == 2
    later.forget("t")
    assert later.ask("And of Kim?", thread="t").status == "unanswerable"
    later.close()


def test_a_new_graph_takes_the_place_of_the_old_one(agent: GraphAgent) -> None:
    agent.ask("How many nodes are there?", EDGES, thread="t")
    assert agent.ask("How many nodes are there?", "x-y, y-z", thread="t").value == 3
    assert agent.ask("How many edges are there?", thread="t").value == 2


def test_streams_of_conversations_have_the_same_steps(agent: GraphAgent) -> None:
    events = list(agent.stream("How many edges?", "a-b, b-c", thread="t"))
    assert [getattr(e, "agent", "reply") for e in events] == [
        "question",
        "planner",
        "solver",
        "verifier",
        "answer",
        "reply",
    ]


def test_a_command_changes_the_graph_of_the_conversation(tmp_path: Path) -> None:
    agent = GraphAgent(memory=tmp_path / "m.sqlite")
    edges = "a-b 4, b-c 1, c-d 2, a-d 9, d-e 1"
    assert agent.ask("What is the shortest path from a to d?", edges, thread="t").value == ["a", "b", "c", "d"]
    agent.ask("Now remove the edge b-c.", thread="t")
    assert agent.ask("How many edges are there now?", thread="t").value == 4
    assert agent.ask("What is the shortest path from a to d?", thread="t").value == ["a", "d"]
    assert agent.ask("x-y, y-z. How many nodes are there?", thread="t").value == 3
