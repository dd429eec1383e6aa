"""Graphs that a story tells, the values that it states, and the code that it shows."""

from __future__ import annotations

from typing import Any

import pytest

from agents.programs.given_code import given_code
from agents.programs.literals import literals_in, numbers_in
from agents.programs.stated import Stated
from agents.programs.stories import graphs_in

Edges = list[tuple[Any, Any, dict[str, Any]]]

TOLD: list[tuple[str, Edges]] = [
    ("The canals are [(1, 2), (2, 3)].", [(1, 2, {}), (2, 3, {})]),
    ("Ferries: (A, B), (B, C) and (A, C).", [("A", "B", {}), ("B", "C", {}), ("A", "C", {})]),
    ("Toll roads [('x', 'y', 4), ('y', 'z', 2.5)].", [("x", "y", {"weight": 4}), ("y", "z", {"weight": 2.5})]),
    ("Links [(0, 1), (1, 2)] carry a capacity of [7, 9].", [(0, 1, {"capacity": 7}), (1, 2, {"capacity": 9})]),
    (
        "- Cable from 'p' to 'q', cost: 3\n- Cable from 'q' to 'r', cost: 8\nFind the shortest path from 'p' to 'r'.",
        [("p", "q", {"weight": 3}), ("q", "r", {"weight": 8})],
    ),
    ("Villages 4 and 5 share a road of length 2, villages 5 and 6 share a road of length 1.",
     [(4, 5, {"weight": 2}), (5, 6, {"weight": 1})]),
    ("Hut 1 is linked to huts 2 and 3, and hut 3 is connected to hut 4.", [(1, 2, {}), (1, 3, {}), (3, 4, {})]),
    ("Barn A to barn B is 4 km and barn B to barn C is 7 km by road.",
     [("A", "B", {"weight": 4}), ("B", "C", {"weight": 7})]),
    ("Water runs by pipes: s to a, a to b, b to t.", [("s", "a", {}), ("a", "b", {}), ("b", "t", {})]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "edges"), TOLD)
def test_edges_of_a_story(text: str, edges: Edges) -> None:
    (graph,) = graphs_in(text)
    assert graph.edges == edges


@pytest.mark.parametrize(
    "text",
    [
        "What is the shortest path from 'A' to 'D'?",
        "I have 3 dogs and 4 cats, and range (2, 5) is fine.",
        "We expect expected_edges = [(0, 1), (1, 2)] to come out.",
        "Compute the matrix of [[0, 1], [1, 0]].",
    ],
)
def test_what_is_no_graph(text: str) -> None:
    assert graphs_in(text) == []


def test_two_graphs_and_one_told_twice() -> None:
    assert len(graphs_in("First [(1, 2)], second [(1, 2), (2, 3)].")) == 2
    assert len(graphs_in("Edges [(1, 2), (2, 3)]. To recall: edges [(1, 2), (2, 3)].")) == 1
    first, second = graphs_in("The first plan has walks 1-2, 2-3 and 3-4. The second plan has walks 1-2, 1-3 and 1-4.")
    assert [len(first.edges), second.edges[-1][:2]] == [3, (1, 4)]


def test_nodes_features_and_demands() -> None:
    (graph,) = graphs_in("Nodes 1 to 4, with links [(1, 2), (2, 3)].")
    assert graph.nodes == [1, 2, 3, 4]
    (graph,) = graphs_in(
        "Edges [(0, 1)]. Node 0 has the vector [0.5, 1.5]. Node 1 has the vector [2.5, 3.5]. A demand of 3 at node 1."
    )
    assert graph.features == {0: [0.5, 1.5], 1: [2.5, 3.5]}
    assert graph.said_of_nodes == {"demand": {1: 3}}


def test_literals_and_numbers() -> None:
    assert [x.name for x in literals_in("types = [True, False], and then {'a': 1}")] == ["types", ""]
    assert literals_in("a [broken (list")[:1] == []
    assert [n.value for n in numbers_in("a hundred boats, 25% of them in the 3rd port, 1,500 km")] == [
        100,
        0.25,
        3,
        1500,
    ]


STATED: list[tuple[str, str, list[Any], Any]] = [
    ("damping set to 0.7", "damping", [], 0.7),
    ("with t (the number of rounds) to 18", "t", [], 18),
    ("mode='out' please", "mode", [], "out"),
    ("sequence = [3, 2, 1]", "sequence", [], [3, 2, 1]),
    ("the way from port 'A' to port 'C'", "source", ["A", "B", "C"], "A"),
    ("the way from port 'A' to port 'C'", "target", ["A", "B", "C"], "C"),
    ("how alike are Bo and Cy, that is member 'Bo' and member 'Cy'?", "v", ["Al", "Bo", "Cy"], "Cy"),
    ("start in habitat 3", "source", [1, 2, 3], 3),
    ("sample 20 of its nodes, that is, 20 nodes", "number_of_nodes", [], 20),
    ("nothing of the kind", "cutoff", [], ...),
    ("from A to B, and from B to C", "source", ["A", "B", "C"], ...),
]


@pytest.mark.parametrize(("question", "name", "labels", "value"), STATED)
def test_values_that_a_question_states(question: str, name: str, labels: list[Any], value: Any) -> None:
    assert Stated(question, labels).value(name) == value


def test_shown_code_is_a_beginning_or_a_shape() -> None:
    begun = given_code("Go on:\n```python\nimport networkx as nx\nG = nx.path_graph(4)\nbroken = (\n```")
    assert begun.begin == "import networkx as nx\nG = nx.path_graph(4)"
    assert begun.graphs == ["G"]
    shaped = given_code("Print so:\n```python\nfor group in groups:\n    print(sorted(group))\n```")
    assert (shaped.begin, shaped.open) == ("", ("groups",))
    assert given_code("No code at all.").begin == ""


TOLD_OTHERWISE = [
    ("Station 1 is directly connected to Station 2 and Station 3, Station 2 to Station 4, Station 3 to Station 4.",
     [(1, 2), (1, 3), (2, 4), (3, 4)]),
    ("A graph in which node 0 is connected to all of nodes 1, 2 and 3.", [(0, 1), (0, 2), (0, 3)]),
    ("Flows: (1 → 2), (2 → 3), (3 → 1).", [(1, 2), (2, 3), (3, 1)]),
    ("Our arcs are a->b, b->c, c->d, d->a.", [("a", "b"), ("b", "c"), ("c", "d"), ("d", "a")]),
    ("They form a loop: 0 to 1, 1 to 2, 2 to 3, and 3 back to 0.", [(0, 1), (1, 2), (2, 3), (3, 0)]),
    ("Edge list:\n0 1\n1 2\n2 3\nIs it a path?", [(0, 1), (1, 2), (2, 3)]),
    ("The adjacency list is {0: [1, 2], 1: [2], 2: [3], 3: []}.", [(0, 1), (0, 2), (1, 2), (2, 3)]),
    ("Lab1 works with Lab2 and Lab3, Lab3 works with Lab4.", [("Lab1", "Lab2"), ("Lab1", "Lab3"), ("Lab3", "Lab4")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "edges"), TOLD_OTHERWISE)
def test_graphs_are_told_in_other_ways(text: str, edges: list[tuple[object, object]]) -> None:
    (given,) = graphs_in(text)
    assert {frozenset((u, v)) for u, v, _ in given.edges} == {frozenset(edge) for edge in edges}


def test_a_sentence_goes_on_from_the_same_node() -> None:
    text = (
        "Spring 's' feeds 'a' with a capacity of 10 and 'b' with a capacity of 5; 'a' feeds 'b' with a capacity of 2."
    )
    (given,) = graphs_in(text)
    assert given.edges == [("s", "a", {"capacity": 10}), ("s", "b", {"capacity": 5}), ("a", "b", {"capacity": 2})]
