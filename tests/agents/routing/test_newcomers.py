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
    ("question", "ends"),
    [
        ("If Zoe joins and knows Ann, what is the density?", ["Ann"]),
        ("Add Zoe with an edge to Ann. Density?", ["Ann"]),
        ("Add a node Zoe connected to Ann and Bob. What is the density?", ["Ann", "Bob"]),
        ("Add the node Zoe and connect it to Ann. What is the density?", ["Ann"]),
        ("Suppose a new person Zoe joins and befriends Ann and Carla. What is the density?", ["Ann", "Carla"]),
        ("What is the density after adding a node Zoe linked to Ann?", ["Ann"]),
        ("Insert vertex Zoe, which is adjacent to Ann, Bob and Carla. What is the density?", ["Ann", "Bob", "Carla"]),
    ],
)
def test_they_come_with_edges(question: str, ends: list[str]) -> None:
    body = RING.nx.copy()
    body.add_edges_from(("Zoe", end) for end in ends)
    assert GraphAgent(model="none").ask(question, RING).value == pytest.approx(nx.density(body))


def test_the_question_may_name_them() -> None:
    agent = GraphAgent(model="none")
    assert agent.ask("If Zoe joins and knows Ann, how far is Zoe from Carla?", RING).value == 3
    assert agent.ask("Add Zoe with an edge to Ann and remove Bob. How many edges are there?", RING).value == 3


def test_new_edges_of_a_weighted_graph_need_weights() -> None:
    graph = Graph.from_edges([("Ann", "Bob", {"weight": 2}), ("Bob", "Carla", {"weight": 3})])
    reply = GraphAgent(model="none").ask("If Zoe joins and knows Ann, how far is Ann from Carla?", graph)
    assert reply.status == "unanswerable"


@pytest.mark.parametrize(
    "question",
    [
        "If two more people, Zoe and Yan, come in and marry, how many components are there?",
        "Zoe enters and quarrels with Ann. How many edges are there?",
        "If Zoe joins Ann, how many edges are there?",
        "What is the density with Zoe?",
        "Add Zoe, who knows Ann but not Bob. How many edges are there?",
    ],
)
def test_what_is_not_read_whole_is_asked_back(question: str) -> None:
    assert GraphAgent().ask(question, RING).status == "unanswerable"


def test_a_node_that_the_text_brings_in_after_its_edges() -> None:
    reply = GraphAgent().ask("Ann-Bob, Bob-Carla. Zoe joins and knows Ann. How many people are there?")
    assert reply.status == "unanswerable" or reply.value == 4
