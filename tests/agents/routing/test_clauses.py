"""Edits that a question makes before it asks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.routing.clauses import split_edits
from graphs import Graph

GRAPH = Graph.from_edges([(1, 2), (2, 3), (3, 7), (5, 7)])


@pytest.mark.parametrize(
    ("question", "rest", "calls"),
    [
        ("Remove node 5, then what is the diameter?", "what is the diameter?", [("remove_nodes", {"nodes": [5]})]),
        (
            "After removing edge (2,3), is the graph still connected?",
            "is the graph still connected?",
            [("remove_edges", {"edges": [(2, 3)]})],
        ),
        (
            "If nodes 1 and 2 are deleted, how many components remain?",
            "how many components remain?",
            [("remove_nodes", {"nodes": [1, 2]})],
        ),
        (
            "What is the shortest path from 1 to 7 without passing through node 3?",
            "What is the shortest path from 1 to 7 ?",
            [("remove_nodes", {"nodes": [3]})],
        ),
        (
            "If we add an edge between 1 and 7 with weight 3, how far is 5 from 1?",
            "how far is 5 from 1?",
            [("add_edge", {"source": 1, "target": 7, "weight": 3})],
        ),
        ("What is the diameter of the complement of the graph?", "What is the diameter ?", [("complement", {})]),
        ("Ignoring edge directions, is 7 reachable from 1?", "is 7 reachable from 1?", [("to_undirected", {})]),
        (
            "Remove node 5 and then add an edge between 1 and 3. How many edges are there?",
            "How many edges are there?",
            [("remove_nodes", {"nodes": [5]}), ("add_edge", {"source": 1, "target": 3})],
        ),
    ],
)
def test_edits_are_cut_out_in_order(question: str, rest: str, calls: list[tuple[str, dict[str, object]]]) -> None:
    edited = split_edits(question, GRAPH)
    assert " ".join(edited.question.split()) == rest
    assert [(c.tool, c.arguments) for c in edited.calls] == calls
    assert [c.on for c in edited.calls] == [None, *range(len(calls) - 1)]


@pytest.mark.parametrize(
    "question",
    [
        "How many edges must be removed to disconnect 1 from 7?",
        "Which nodes are not connected to 3?",
        "Is 3 not connected to 7?",
        "What is the minimum cut between 1 and 7?",
        "When did the nodes 1, 2 and 3 first close the triad?",
    ],
)
def test_questions_without_an_edit_stay_whole(question: str) -> None:
    edited = split_edits(question, GRAPH)
    assert edited.question == question
    assert not edited.calls


def test_an_edit_of_a_missing_node_is_reported() -> None:
    assert split_edits("Remove node 99 and give the diameter", GRAPH).unknown == ("99",)


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    split_edits(text, GRAPH)
