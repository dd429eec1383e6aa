"""Slips of spelling in words of graph theory."""

from __future__ import annotations

import pytest

from agents import GraphAgent
from agents.routing.spelling import OTHERS, WORDS, respelled
from graphs.graph import Graph

GRAPH = Graph.from_edges([("diamter", "Bob"), ("Bob", "Eve")])


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("What is the daimeter?", "What is the diameter?"),
        ("shortst path from Bob to Eve", "shortest path from Bob to Eve"),
        ("neigbours of Bob", "neighbours of Bob"),
        ("Is the grpah conected?", "Is the graph connected?"),
    ],
)
def test_slips_are_put_right_and_said(said: str, meant: str) -> None:
    question, notes = respelled(said, GRAPH)
    assert question == meant
    assert notes


@pytest.mark.parametrize(
    "said", ["the cycle and the bridge", "the degree of diamter", "a friend, an edge", "Is it cyclic?"]
)
def test_right_words_and_labels_stay(said: str) -> None:
    assert respelled(said, GRAPH) == (said, ())


def test_no_right_word_is_corrected_into_another() -> None:
    for word in (*WORDS, *OTHERS):
        assert respelled(f"the {word} here", None) == (f"the {word} here", ())


def test_the_answer_says_what_was_taken() -> None:
    reply = GraphAgent(model="none").ask("1-2, 2-3, 3-4. What is the diamter?")
    assert reply.value == 3
    assert "'diamter' is taken as 'diameter'" in reply.assumptions
