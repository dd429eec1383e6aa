"""Nodes that a question brings in are added, or the question is asked back: they are never passed over."""

from __future__ import annotations

import networkx as nx
import pytest

from agents import GraphAgent
from agents.routing.newcomers import newcomers
from graphs.graph import Graph

RING = Graph.from_edges([("Ann", "Bob"), ("Bob", "Carla"), ("Carla", "Dmitri"), ("Ann", "Dmitri")])


def larger(count: int) -> nx.Graph:
    body = RING.nx.copy()
    body.add_nodes_from(range(count))
    return body


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Add Zoe to the graph.", ["Zoe"]),
        ("Add the points Zoe, Yan and Xu.", ["Zoe", "Yan", "Xu"]),
        ("If a newcomer, Zoe, is added, who is isolated?", ["Zoe"]),
        ("Zoe joins. How many are there?", ["Zoe"]),
        ("Insert 'Zoe' as an isolated node.", ["Zoe"]),
        ("Add an edge from Ann to Bob.", []),
        ("Add up the weights.", []),
        ("How many new friends has Ann?", []),
        ("Who joined Ann?", []),
    ],
)
def test_names_are_found(question: str, names: list[str]) -> None:
    assert [name for name in names if question.find(name) not in newcomers(question)] == []
    assert len(newcomers(question)) == len(names)


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("With the extra node Zoe, what is the density?", 1),
        ("What is the density after adding Zoe?", 1),
        ("Add Zoe and Yan. What is the density?", 2),
        ("Suppose Zoe joins the network. What is the density?", 1),
        ("What is the density once a newcomer, Zoe, is added?", 1),
        ("If Zoe joins and knows nobody, what is the density?", 1),
        ("Put one more point, Zoe, into the network. Density?", 1),
        ("Zoe joins. What is the density?", 1),
    ],
)
def test_they_are_added(question: str, count: int) -> None:
    reply = GraphAgent(model="none").ask(question, RING)
    assert reply.value == pytest.approx(nx.density(larger(count)))


@pytest.mark.parametrize(
    "question",
    [
        "Suppose a new person Zoe joins and befriends Ann. How many edges are there?",
        "If two more people, Zoe and Yan, come in and marry, how many components are there?",
        "Zoe enters and meets Ann. How many people are there?",
    ],
)
def test_what_is_not_read_whole_is_asked_back(question: str) -> None:
    assert GraphAgent().ask(question, RING).status == "unanswerable"


def test_a_node_that_the_text_brings_in_after_its_edges() -> None:
    reply = GraphAgent().ask("Ann-Bob, Bob-Carla. Zoe joins and knows Ann. How many people are there?")
    assert reply.status == "unanswerable"
    assert "Zoe joins" in reply.text
