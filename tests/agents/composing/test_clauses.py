"""Sentences and clauses that change the graph, against the same change by networkx."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import networkx as nx
import pytest

from agents import GraphAgent

EDGES = "Ann-Bob, Ann-Cem, Bob-Cem, Cem-Dora, Dora-Eve. "
PLAIN: Any = nx.Graph([("Ann", "Bob"), ("Ann", "Cem"), ("Bob", "Cem"), ("Cem", "Dora"), ("Dora", "Eve")])


@pytest.fixture(scope="module")
def agent() -> GraphAgent:
    return GraphAgent(model="none")


def without(*nodes: str) -> Callable[[Any], None]:
    return lambda graph: graph.remove_nodes_from(nodes)


def apart(*edges: tuple[str, str]) -> Callable[[Any], None]:
    return lambda graph: graph.remove_edges_from(edges)


CHANGES: list[tuple[str, Callable[[Any], None]]] = [
    ("Remove Cem. {}", without("Cem")),
    ("Cem has left. {}", without("Cem")),
    ("Dora moves away. {}", without("Dora")),
    ("Ann and Bob fall out. {}", apart(("Ann", "Bob"))),
    ("The link Ann-Bob is broken. {}", apart(("Ann", "Bob"))),
    ("Cem-Dora is out of service. {}", apart(("Cem", "Dora"))),
    ("Cem-Dora is closed today. {}", apart(("Cem", "Dora"))),
    ("Remove Ann. Remove Eve. {}", without("Ann", "Eve")),
    ("If Cem is removed, {}", without("Cem")),
    ("If all leaves are removed, {}", without("Eve")),
    ("If Ann is not removed, {}", without()),
    ("If Ann and Eve become friends, {}", lambda graph: graph.add_edge("Ann", "Eve")),
    ("If Ann and Bob are merged, {}", lambda graph: nx.contracted_nodes(graph, "Ann", "Bob", False, copy=False)),
]


@pytest.mark.parametrize(("said", "change"), CHANGES, ids=[said for said, _ in CHANGES])
def test_a_change_that_is_said_is_the_change(agent: GraphAgent, said: str, change: Callable[[Any], None]) -> None:
    graph = PLAIN.copy()
    change(graph)
    answered = 0
    for question, truth in [
        ("how many edges are there?", graph.number_of_edges()),
        ("how many nodes are there?", graph.number_of_nodes()),
        ("how many nodes are isolated?", nx.number_of_isolates(graph)),
    ]:
        reply = agent.ask(EDGES + said.format(question))
        assert reply.status == "unanswerable" or reply.value == truth, (reply.text, truth)
        answered += reply.status == "proven"
    assert answered >= 2


@pytest.mark.parametrize(
    "said",
    [
        "Take two copies of the graph.",
        "Edges point from the first to the second.",
        "Subdivide the edge Ann-Bob.",
        "Each edge is replaced by a path of length 2.",
        "Every edge is doubled.",
        "Take the line graph.",
        "Split Cem into two nodes.",
        "Look at the graph without Cem.",
        "Cem is on holiday.",
        "Half of the edges disappear.",
        "Ann lost.",
    ],
)
def test_a_change_that_is_not_understood_is_not_proven(agent: GraphAgent, said: str) -> None:
    assert agent.ask(f"{EDGES}{said} How many edges are there?").status != "proven"


@pytest.mark.parametrize(
    "said",
    [
        "If Zoe is removed, how many edges are there?",
        "If the edge Ann-Eve is removed, how many edges are there?",
        "Unless Ann is removed, how many edges are there?",
    ],
)
def test_a_change_of_what_is_not_there_is_asked_back(agent: GraphAgent, said: str) -> None:
    assert agent.ask(EDGES + said).status != "proven"


def test_one_of_two_edges_between_the_same_nodes_must_be_named(agent: GraphAgent) -> None:
    text = "a -> b, b -> a, b -> c. "
    assert agent.ask(text + "Remove the edge from a to b. How many edges are there?").value == 2
    for said in (
        "If the edge between a and b is removed, how many edges are left?",
        "Remove a-b. How many edges are there?",
    ):
        reply = agent.ask(text + said)
        assert reply.status == "unanswerable", reply.text


def test_a_follow_up_goes_on_from_a_composed_question(agent: GraphAgent) -> None:
    agent.ask(EDGES + "Which nodes have more than two neighbours?", thread="composed")
    reply = agent.ask("And without Dora?", thread="composed")
    assert reply.status == "unanswerable" or reply.value == []
