"""Which changes hold for the rest of a conversation, and which for one question."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest

from agents import GraphAgent

TEXT = "X-Y 5, Y-Z 7, X-Z 15."
ROADS = nx.Graph()
ROADS.add_weighted_edges_from([("X", "Y", 5), ("Y", "Z", 7), ("X", "Z", 15)])
BEFORE = nx.dijkstra_path_length(ROADS, "X", "Z")
CLOSED = nx.dijkstra_path_length(nx.restricted_view(ROADS, [], [("Y", "Z")]), "X", "Z")


@pytest.fixture
def agent(tmp_path: Path) -> Iterator[GraphAgent]:
    made = GraphAgent(memory=tmp_path / "talk.sqlite", experience=False)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("said", "after"),
    [
        ("Close the road Y-Z.", CLOSED),
        ("Block the edge Y-Z.", CLOSED),
        ("Y-Z is closed.", CLOSED),
        ("The road Y-Z is closed.", CLOSED),
        ("The road Y-Z is closed. How far is X from Y?", CLOSED),
        ("If Y-Z is closed, how far is X from Z?", BEFORE),
        ("What if the road Y-Z is closed?", BEFORE),
        ("Show the graph without Y.", BEFORE),
        ("Without the edge Y-Z, how many components are there?", BEFORE),
        ("X and Y are adjacent.", BEFORE),
    ],
)
def test_what_is_stated_lasts_and_what_is_supposed_does_not(agent: GraphAgent, said: str, after: float) -> None:
    agent.ask(TEXT, thread="t")
    agent.ask(said, thread="t")
    assert agent.ask("How far is X from Z?", thread="t").value == after


def test_a_change_in_the_first_text_lasts(agent: GraphAgent) -> None:
    agent.ask(f"{TEXT} Close Y-Z.", thread="t")
    assert agent.ask("How far is X from Z?", thread="t").value == CLOSED
    agent.ask(f"{TEXT} Y-Z is closed. How far is X from Y?", thread="s")
    assert agent.ask("How far is X from Z?", thread="s").value == CLOSED


def test_a_change_that_was_stated_can_be_taken_back(agent: GraphAgent) -> None:
    agent.ask(TEXT, thread="t")
    agent.ask("Y-Z is closed. How far is X from Z?", thread="t")
    agent.ask("undo", thread="t")
    assert agent.ask("How far is X from Z?", thread="t").value == BEFORE


def test_a_statement_is_not_answered(agent: GraphAgent) -> None:
    agent.ask(TEXT, thread="t")
    assert agent.ask("X and Y are adjacent.", thread="t").status == "unanswerable"


def test_what_was_not_understood_of_the_graph_is_remembered(agent: GraphAgent) -> None:
    agent.ask("A is connected to B via C. C is connected to D. How many edges are there?", thread="t")
    assert agent.ask("How many nodes are there?", thread="t").status == "computed"


def test_the_two_are_those_of_the_last_answer(agent: GraphAgent) -> None:
    agent.ask("Ann manages Bob. Ann manages Cid. Bob manages Dee. Cid manages Eli.", thread="t")
    agent.ask("Whom does Ann manage?", thread="t")
    reply = agent.ask("Whom do the two manage?", thread="t")
    assert reply.status == "unanswerable" or set(reply.value) == {"Dee", "Eli"}, reply.text
