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


WEIGHTED = "p-q 4, q-r 1, r-s 2, p-s 9, s-t 1"


@pytest.mark.parametrize(
    ("first", "follow", "value"),
    [
        ("What is the shortest path from p to s?", "How long is it?", 7),
        ("What is the shortest path from p to s?", "And how many edges does it have?", 3),
        ("What is the cheapest route from p to t?", "what is its total cost?", 8),
    ],
)
def test_questions_about_the_path_just_found(agent: GraphAgent, first: str, follow: str, value: float) -> None:
    agent.ask(first, WEIGHTED, thread="t")
    assert agent.ask(follow, thread="t").value == value


def test_it_is_the_path_of_the_last_follow_up(agent: GraphAgent) -> None:
    agent.ask("What is the shortest path from p to s?", WEIGHTED, thread="t")
    assert agent.ask("and without q?", thread="t").value == ["p", "s"]
    assert agent.ask("And how long is it?", thread="t").value == 9


@pytest.mark.parametrize(
    "supposed",
    ["What if Ann and Eve become friends?", "Suppose Eve and Ann were connected.", "What if we add Ann-Eve?"],
)
def test_what_was_supposed_holds_as_long_as_the_talk_goes_on(agent: GraphAgent, supposed: str) -> None:
    agent.ask("How many nodes are there?", EDGES, thread="t")
    agent.ask(supposed, thread="t")
    reply = agent.ask("and how many triangles?", thread="t")
    assert reply.value == 1 or reply.status == "unanswerable"
    assert agent.ask("How many triangles are there?", thread="t").value == 0


def test_a_supposition_is_remembered(agent: GraphAgent) -> None:
    agent.ask("How many triangles are there?", EDGES, thread="t")
    assert agent.ask("What if Ann and Eve become friends?", thread="t").value == 1
    reply = agent.ask("and how many edges then?", thread="t")
    assert reply.value == 6
    assert any("supposed" in note for note in reply.assumptions)


@pytest.mark.parametrize(
    "question", ["After removing 2 nodes, how many are left?", "now remove 2 nodes", "Delete 2 nodes."]
)
def test_a_number_of_nodes_is_no_node(agent: GraphAgent, question: str) -> None:
    agent.ask("How many nodes are there?", "1-2, 2-3, 3-4", thread="t")
    assert agent.ask(question, thread="t").status == "unanswerable"
    assert agent.ask("How many nodes are there?", thread="t").value == 4
