"""Leads, tags and clauses of questions, and readings that were once wrong though proven."""

from __future__ import annotations

from typing import Any

import pytest

from agents import GraphAgent
from agents.routing.plainly import plainly
from graphs.text import read_text

PLAIN = [
    ("For my homework I need to know how many triangles there are.", "how many triangles there are."),
    ("The graph is connected, isn't it?", "Is the graph connected?"),
    ("The graph has no cycles, does it?", "Does the graph have no cycles?"),
    ("Ann and Bob are friends, right?", "Are Ann and Bob friends?"),
    ("Node Ann has how many neighbours?", "how many neighbours does Node Ann have?"),
    ("Would you call this graph connected?", "Is this graph connected?"),
    ("In a graph with 5 nodes, what is the diameter?", "In a graph with 5 nodes, what is the diameter?"),
]
LINE = "Ann-Bob, Bob-Cem, Cem-Dan"
PARTS = "Ann-Bob, Bob-Cem, Dan-Eve"
ARROWS = "Ann->Bob, Cem->Bob, Bob->Dan"
ANSWERED: list[tuple[str, str, Any]] = [
    (LINE, "The graph is connected, isn't it?", True),
    (PARTS, "Does the graph fall apart into several pieces?", True),
    (LINE, "Are there any separate pieces?", False),
    (LINE, "Are there any two nodes without a path between them?", False),
    (PARTS, "Is the graph split into several components?", True),
    (LINE, "Does a connection between Ann and Dan exist, directly or via others?", True),
    (LINE, "How many people have an edge to Ann and an edge to Cem?", 1),
    (LINE, "What proportion of the pairs of nodes is joined by an edge?", 0.5),
    (ARROWS, "Which vertices have an arc into Bob?", ["Ann", "Cem"]),
    (ARROWS, "Which nodes does Bob receive an edge from?", ["Ann", "Cem"]),
    (ARROWS, "How many people follow Bob?", 2),
    (ARROWS, "How many nodes does Bob point to?", 1),
    ("A-B 3, B-C 4, A-C 9", "Minimum spanning tree: total cost?", 7),
]


@pytest.mark.parametrize(("question", "plain"), PLAIN)
def test_what_leads_in_or_tags_is_left_out(question: str, plain: str) -> None:
    assert plainly(question) == plain


@pytest.mark.parametrize(("graph", "question", "value"), ANSWERED)
def test_answered(graph: str, question: str, value: Any) -> None:
    reply = GraphAgent(model="none").ask(question, graph)
    assert reply.status == "proven"
    said = sorted(reply.value) if isinstance(value, list) else reply.value
    assert said == (pytest.approx(value) if isinstance(value, float) else value)


def test_what_a_road_carries_is_kept_where_it_leads_from_one_to_another() -> None:
    graph = read_text("A road of length 14 leads from Kilo to Echo. A road of length 3 leads from Echo to Ann.").graph
    assert graph is not None
    assert sorted(edge.attributes["weight"] for edge in graph.edges()) == [3, 14]
