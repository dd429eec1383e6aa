"""What the question agent takes from a text: the verb of its edges, and sentences that were not heeded."""

from __future__ import annotations

import pytest

from agents import GraphAgent
from agents.composing.verbs import verb_of
from agents.unheeded import unheeded
from graphs.text import read_text


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Ann likes Bob, Bob likes Eve. Who?", {"lik"}),  # a stem
        ("Ann follows Bob. Bob follows Eve. Who?", {"follow"}),
        ("Ann likes Bob, Bob hates Eve. Who?", set()),  # two verbs
        ("Ann-Bob, Bob-Eve. Who?", set()),
        ("a -> b, b -> c. Who?", set()),
    ],
)
def test_the_one_verb_of_the_edges(text: str, verb: set[str]) -> None:
    reading = read_text(text)
    assert verb_of(reading, reading.graph) == verb


def test_the_verb_is_asked_with_in_both_directions() -> None:
    agent = GraphAgent(model="none")
    text = "Ann likes Bob, Bob likes Eve, Eve likes Ann, Kim likes Ann, Kim likes Bob, Tom likes Kim. "
    for question, value in [
        ("Does Ann like Eve or not?", None),
        ("Does Bob like Ann?", False),
        ("Who likes both Ann and Bob?", ["Kim"]),
        ("Who is liked by nobody?", ["Tom"]),
        ("Who likes Ann but not Bob?", ["Eve"]),
        ("Is Ann not liked by Bob?", True),
        ("Who does not like someone?", None),
        ("Who can reach Bob directly?", None),
    ]:
        reply = agent.ask(text + question)
        assert reply.status == "unanswerable" or (value is not None and reply.value == value), (question, reply.text)


@pytest.mark.parametrize(
    ("said", "heeded"),
    [
        ("Subdivide the edge a-b.", False),
        ("Edges point from the first to the second.", False),
        ("Every edge is one-way.", False),
        ("Take two copies of the graph.", False),
        ("All edges are undirected.", True),
        ("Every edge is a friendship.", True),
    ],
)
def test_sentences_that_change_nothing_of_the_graph(said: str, heeded: bool) -> None:
    reading = read_text(f"a-b, b-c. {said} How many edges are there?")
    assert bool(unheeded(reading, reading.graph) or reading.leftovers) is not heeded


def test_directions_that_are_said_are_heeded_in_a_directed_graph() -> None:
    reading = read_text("a -> b, b -> c. The arrows go from left to right. How many edges are there?")
    assert not unheeded(reading, reading.graph)
