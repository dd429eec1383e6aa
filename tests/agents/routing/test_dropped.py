"""Conditions of a question that no plan carries out: it is asked back, by whichever route."""

from __future__ import annotations

import networkx as nx
import pytest

from agents import GraphAgent

FRIENDS = "Lea-Ole, Ole-Ida, Ida-Per, Per-Lea, Ida-Eva, Eva-Kim, Kim-Uwe."
ARCS = "Directed graph: p->q (3), q->r (4), p->r (9), r->s (2), s->q (1), s->t (7)."
ROADS = "Weighted roads: P-Q 4, P-R 2, R-Q 1, Q-S 5, R-S 8, S-T 3."
NUMBERS = "The nodes are 1, 2, 3, 4, 5, 6. The edges are 1-2, 2-3, 3-4, 4-1, 2-4, 4-5, 5-6."
QUESTIONS = [
    f"{ARCS} How many roads lead into r?",
    f"{NUMBERS} Which nodes have the same degree as node 1?",
    f"{NUMBERS} Which node has the third highest degree?",
    f"{ROADS} Which is the third lightest edge?",
    f"{NUMBERS} What is the average clustering coefficient excluding nodes of degree one?",
    f"{NUMBERS} How many edges join an odd with an even node?",
    f"{FRIENDS} How many people have more friends than average?",
    f"{FRIENDS} How many people have the most friends?",
    f"{FRIENDS} By how much does the diameter grow when Ole leaves?",
    f"{FRIENDS} How many edges would there be if everybody knew Lea?",
    f"{FRIENDS} Is the graph connected but not a tree?",
    f"{NUMBERS} How many edges go from {{1,2,3}} to {{4,5,6}}?",
    f"{NUMBERS} How many edges must be added to make it Eulerian?",
    f"{NUMBERS} What is the second largest eigenvalue of the adjacency matrix?",
    f"{FRIENDS} Which person's removal increases the diameter the most?",
    f"{FRIENDS} What is the minimum number of edges whose removal separates Lea from Ida?",
    f"{ARCS} How many edges leave the set {{q, r}}?",
    f"{ARCS} Which nodes can reach s in at most 2 steps?",
    f"{NUMBERS} How many edges are between {{1, 2}} and the others?",
    f"{NUMBERS} What is the maximum number of nodes that can be coloured with 2 colours?",
    f"{NUMBERS} What is the smallest node that is not adjacent to 1?",
]


@pytest.mark.parametrize("text", QUESTIONS)
@pytest.mark.parametrize("model", ["none", "embedded"])
def test_a_condition_that_is_not_carried_out_is_asked_back(text: str, model: str) -> None:
    assert GraphAgent(model).ask(text).status == "unanswerable"


@pytest.mark.parametrize(("source", "target", "there"), [("q", "p", False), ("p", "q", True)])
def test_an_edge_of_a_directed_graph_has_its_direction(source: str, target: str, there: bool) -> None:
    found = GraphAgent("none").ask(f"{ARCS} Is {source}->{target} an edge?")
    assert found.value is there


@pytest.mark.parametrize("length", [3, 4, 5, 6])
@pytest.mark.parametrize("exactly", ["", "exactly "])
def test_a_cycle_of_a_length_is_looked_for(length: int, exactly: str) -> None:
    body = nx.Graph([(1, 2), (2, 3), (3, 4), (4, 1), (2, 4), (4, 5), (5, 6)])
    there = any(len(cycle) == length for cycle in nx.simple_cycles(body))
    found = GraphAgent("none").ask(f"{NUMBERS} Is there a cycle of length {exactly}{length}?")
    assert found.value is there


@pytest.mark.parametrize(
    "asked",
    [
        "Apart from Ida, who has the most friends?",
        "Who has the most friends apart from Ida?",
        "Who has the most friends except Ida?",
        "Except for Ida, who has the most friends?",
        "Excluding Ida, who has the most friends?",
        "Which person other than Ida has the most friends?",
    ],
)
def test_who_is_left_out_of_the_answer_stays_in_the_graph(asked: str) -> None:
    body = nx.Graph(pair.split("-") for pair in FRIENDS.rstrip(".").split(", "))
    others = {node: degree for node, degree in body.degree if node != "Ida"}
    most = [node for node, degree in others.items() if degree == max(others.values())]
    found = GraphAgent("none").ask(f"{FRIENDS} {asked}").value
    assert sorted(found if isinstance(found, list) else [found]) == sorted(most)
