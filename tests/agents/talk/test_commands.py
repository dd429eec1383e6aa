"""Commands of a conversation: new nodes with their edges, and taking changes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest

from agents import GraphAgent

FRIENDS = nx.Graph([("Ann", "Bob"), ("Bob", "Eve")])
LINKS = nx.DiGraph([("a1", "b1"), ("b1", "c1")])
TOWNS = nx.Graph()
TOWNS.add_weighted_edges_from([("Ulm", "Bonn", 40), ("Bonn", "Kiel", 25)])


@pytest.fixture
def agent(tmp_path: Path) -> Iterator[GraphAgent]:
    made = GraphAgent(memory=tmp_path / "talk.sqlite")
    yield made
    made.close()


@pytest.mark.parametrize(
    "command",
    [
        "Add a node Zoe with an edge to Ann.",
        "Add a person called Zoe who is a friend of Ann",
        "Please add a new node named 'Zoe' connected to Ann.",
        "Now insert the node Zoe, linked to Ann.",
    ],
)
def test_a_new_node_comes_with_its_edges(agent: GraphAgent, command: str) -> None:
    agent.ask("How many nodes are there?", FRIENDS, thread="t")
    agent.ask(command, thread="t")
    assert agent.ask("Who are the friends of Zoe?", thread="t").value == ["Ann"]
    assert agent.ask("How many nodes are there?", thread="t").value == 4


def test_a_new_node_has_edges_to_several_and_in_their_direction(agent: GraphAgent) -> None:
    agent.ask("Add a node Zoe with edges to Ann and Bob.", FRIENDS, thread="t")
    assert set(agent.ask("Who are the friends of Zoe?", thread="t").value) == {"Ann", "Bob"}
    agent.ask("Add a node z9 with an edge from a1.", LINKS, thread="d")
    assert agent.ask("Which nodes does a1 point to?", thread="d").value == ["b1", "z9"]


def test_the_length_of_a_new_road_is_asked_for(agent: GraphAgent) -> None:
    asked = agent.ask("Add a town Wien connected to Kiel.", TOWNS, thread="t")
    assert asked.status == "unanswerable"
    assert "weight" in asked.text
    agent.ask("Add a town Wien connected to Kiel with length 30 km.", thread="t")
    assert agent.ask("How far is Ulm from Wien?", thread="t").value == 95


def test_changes_are_taken_back_one_by_one(agent: GraphAgent) -> None:
    agent.ask("Remove Bob.", FRIENDS, thread="t")
    agent.ask("Add a node Zoe with an edge to Ann.", thread="t")
    counts = []
    for undo in ("undo", "Undo that.", "please take the last change back"):
        reply = agent.ask(undo, thread="t")
        counts.append((reply.status, agent.ask("How many nodes are there?", thread="t").value))
    assert counts == [("computed", 2), ("computed", 3), ("unanswerable", 3)]


def test_what_was_only_supposed_is_no_change_to_take_back(agent: GraphAgent) -> None:
    agent.ask("What if Ann and Eve become friends?", FRIENDS, thread="t")
    assert agent.ask("undo", thread="t").status == "unanswerable"


@pytest.mark.parametrize(
    ("question", "strange"), [("asdf qwer?", "'asdf'"), ("Which node is the blorfest?", "'blorfest'")]
)
def test_words_that_mean_nothing_are_named(agent: GraphAgent, question: str, strange: str) -> None:
    reply = agent.ask(question, FRIENDS)
    assert reply.status == "unanswerable"
    assert strange in reply.text
    assert "Did you mean" not in reply.text
