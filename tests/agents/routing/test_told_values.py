"""What a question tells of each node: colours, parts, opinions and new names."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents import GraphAgent
from agents.routing.mentions import find_mentions
from agents.routing.told_values import told
from graphs.graph import Graph

RING = Graph.from_edges([("Ann", "Bob"), ("Bob", "Carla"), ("Carla", "Dmitri"), ("Ann", "Dmitri")])
PROPER = {"Ann": "red", "Bob": "blue", "Carla": "red", "Dmitri": "blue"}


def read(parameter: str, question: str, graph: Graph = RING) -> dict[Any, Any]:
    return told(parameter, question, find_mentions(question, graph))


@pytest.mark.parametrize(
    "question",
    [
        "Is colouring Ann red, Bob blue, Carla red and Dmitri blue proper?",
        "Ann and Carla are red, Bob and Dmitri are blue. Is this a proper colouring?",
        "Is {Ann: 'red', Bob: 'blue', Carla: 'red', Dmitri: 'blue'} valid as a coloring?",
        "red: Ann, Carla; blue: Bob, Dmitri. Proper?",
        "Ann=red Bob=blue Carla=red Dmitri=blue ok?",
        "If Ann gets red, Bob has the colour blue, Carla is painted red and Dmitri is blue, is it proper?",
    ],
)
def test_colours_are_read(question: str) -> None:
    assert read("colours", question) == PROPER


@pytest.mark.parametrize(
    "question",
    [
        "Is there a path from Ann to Bob?",
        "Are Ann and Bob connected?",
        "Ann is a friend of Bob and Carla is a friend of Dmitri, right?",
        "Is the colouring proper if Ann is red, Bob is blue and Carla is red, and what of Dmitri?",  # one is left out
        "What is the distance between Ann and Bob if Carla is removed?",
    ],
)
def test_nothing_is_told(question: str) -> None:
    assert read("colours", question) == {}


@pytest.mark.parametrize(
    "question",
    [
        "What is the modularity of {Ann, Bob}, {Carla, Dmitri}?",
        "What is the modularity if Ann and Bob are in one group and Carla and Dmitri in the other?",
        "modularity Ann, Bob | Carla, Dmitri",
        "modularity of [[Ann, Bob], [Carla, Dmitri]]",
        "Ann: 1, Bob: 1, Carla: 2, Dmitri: 2. What is the modularity of that partition?",
    ],
)
def test_parts_are_read(question: str) -> None:
    found = read("groups", question)
    assert set(found) == set(RING.nodes)
    assert found["Ann"] == found["Bob"] != found["Carla"] == found["Dmitri"]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Rename Ann to Quentin.", {"Ann": "Quentin"}),
        ("relabel Ann as Zoe and Bob as Yan", {"Ann": "Zoe", "Bob": "Yan"}),
        ("Relabel the nodes: Ann -> A, Bob -> B", {"Ann": "A", "Bob": "B"}),
        ("Who is next to Ann?", {}),
    ],
)
def test_new_names_are_read(question: str, names: dict[str, str]) -> None:
    assert read("mapping", question) == names


@given(
    st.lists(st.integers(0, 9), min_size=5, max_size=5), st.sampled_from(["{}: {}", "{} = {}", "{} -> {}", "{} is {}"])
)
@settings(max_examples=60, deadline=None)
def test_numbers_that_are_nodes_too_are_told_as_values(values: list[int], form: str) -> None:
    letters = form == "{} is {}"  # "1 is 2": which is the node cannot be told
    names: list[int | str] = list("PQRST") if letters else list(range(5))
    graph = Graph(nx.relabel_nodes(nx.path_graph(5), dict(enumerate(names))))
    said = ", ".join(form.format(name, value) for name, value in zip(names, values, strict=True))
    found = read("colours", f"Is {said} a proper colouring?", graph)
    assert list(found.values()) == values


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Is Ann: 1, Bob: 2, Carla: 1, Dmitri: 2 a proper colouring?", True),
        ("Is Ann: 1, Bob: 2, Carla: 1, Dmitri: 1 a proper colouring?", False),
        ("Is colouring Ann red, Bob blue, Carla red and Dmitri red proper?", False),
    ],
)
def test_a_colouring_in_words_is_checked(question: str, value: bool) -> None:
    reply = GraphAgent(model="none").ask(question, RING)
    assert (reply.value, reply.status) == (value, "proven")
    assert any("told of the nodes" in said for said in reply.assumptions)


def test_the_modularity_of_a_partition_in_words() -> None:
    body = nx.barbell_graph(4, 1)
    names = dict(zip(body, "abcdefghi", strict=True))
    body = nx.relabel_nodes(body, names)
    left, right = "abcd", "efghi"
    question = f"What is the modularity of the partition {{{', '.join(left)}}} and {{{', '.join(right)}}}?"
    reply = GraphAgent(model="none").ask(question, Graph(body))
    assert reply.value == pytest.approx(nx.community.modularity(body, [set(left), set(right)]))


def test_a_colouring_with_a_rest_is_asked_back() -> None:
    reply = GraphAgent(model="none").ask("If Ann and Bob are red and the others blue, is that proper?", RING)
    assert reply.status == "unanswerable"
