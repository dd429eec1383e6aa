"""The answers as sentences: they say what they answer, on one line, and cut what is long."""

from __future__ import annotations

import networkx as nx
import pytest

from agents import GraphAgent
from agents.composing.asked import Asked
from agents.composing.speaking import spoken
from agents.composing.terms import FigureOf, Found, Leaf, Named, Size

EDGES = "Ann-Bob, Ann-Cem, Bob-Cem, Cem-Dora, Dora-Eve. "


@pytest.fixture(scope="module")
def agent() -> GraphAgent:
    return GraphAgent(model="none")


@pytest.mark.parametrize(
    ("question", "value", "said"),
    [
        ("How many edges are not bridges?", 3, ("edges", "bridges", "3")),
        ("Which nodes have more than two neighbours?", ["Cem"], ("degree more than 2", "Cem")),
        ("Which neighbours of Cem have degree 2?", ["Ann", "Bob", "Dora"], ("neighbors of Cem", "degree 2", "Dora")),
        ("Are all neighbours of Eve leaves?", False, ("No", "neighbors of Eve", "leaves")),
        ("Is the degree of Cem greater than the degree of Eve?", True, ("Yes", "Cem", "Eve")),
        ("If all leaves are removed, how many nodes are left?", 4, ("number of nodes", "4")),
        ("Which nodes have more than five neighbours?", [], ("no nodes", "5")),
    ],
)
def test_a_sentence_says_what_it_answers(
    agent: GraphAgent, question: str, value: object, said: tuple[str, ...]
) -> None:
    reply = agent.ask(EDGES + question)
    assert reply.value == value
    assert reply.status == "proven"
    assert all(part.casefold() in reply.text.casefold() for part in said), reply.text
    assert "(" not in reply.text


def test_labels_stay_on_one_line() -> None:
    strange = "Ann\nBob\x1b[31m"
    for term in (Named((strange,)), FigureOf(Leaf("degrees"), strange)):
        text = spoken(Asked(term), [strange] if isinstance(term, Named) else 2)
        assert "\n" not in text
        assert "\x1b" not in text


def test_a_long_list_is_cut() -> None:
    text = spoken(Asked(Found(Leaf("list_nodes"))), list(range(10_000)))
    assert len(text) < 5_000
    assert text.startswith("Nodes: 0, 1,")


def test_a_count_names_what_it_counts() -> None:
    assert spoken(Asked(Size(Found(Leaf("bridges")))), 1) == "The number of bridges is 1."


def test_a_reading_that_is_open_is_asked_back(agent: GraphAgent) -> None:
    reply = agent.ask("Which neighbours of 1 are not adjacent to 2?", graph=nx.Graph([(1, 2), (1, 3)]))
    assert reply.status == "unanswerable"
    assert "whether 2 may be meant" in reply.text
