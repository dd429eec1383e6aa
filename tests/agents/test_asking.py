"""Asking back: plans and calls in words, the question which reading is meant, what is missing."""

from __future__ import annotations

import networkx as nx
import pytest

from agents import GraphAgent
from agents.asking import UNKNOWN, as_question, ask_back, filled, in_words, missing
from agents.plan import Call, Compare, Plan
from graphs.graph import Graph
from tools.registry import all_tools, get_tool


def test_plans_are_said_in_words() -> None:
    assert in_words(Plan((Call("shortest_path", {"source": "Ann", "target": "Eve"}),))) == (
        "What is the shortest path from Ann to Eve?"
    )
    steps = (Call("remove_nodes", {"nodes": ["Ann"]}), Call("diameter", {}, 0))
    assert in_words(Plan(steps, compare=Compare(">", 2))) == "remove nodes (nodes Ann), then diameter > 2"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("Ann", "Ann"),
        (["Ann", "Bob"], "Ann, Bob"),
        ([("Ann", "Bob"), (1, 2)], "Ann-Bob, 1-2"),
        (Graph(nx.path_graph(2)), "the second graph"),
    ],
)
def test_arguments_are_shown_as_one_writes_them(value: object, shown: str) -> None:
    assert filled("about {it}, not {other}", {"it": value}) == f"about {shown}, not other"


def test_a_question_says_as_many_arguments_as_a_tool_has_words_for() -> None:
    tool = get_tool("shortest_path")
    assert as_question(tool, {"source": "Ann"}) == ""
    assert as_question(tool, {"source": "Ann", "target": "Eve", "weight": "weight"}).count("Ann") == 1


def test_several_readings_are_numbered_and_none_is_said_to_be_unknown() -> None:
    assert ask_back(("this?", "that?")) == {
        "fault": "I am not sure what you mean. Did you mean: (1) this?; (2) that?",
        "readings": ("this?", "that?"),
    }
    assert ask_back(()) == {"fault": UNKNOWN}


@pytest.mark.parametrize("name", ["shortest_path", "k_core", "edge_subgraph"])
def test_what_is_missing_is_named_with_an_example(name: str) -> None:
    tool = all_tools()[name]
    said = missing(tool, [p for p in tool.parameters if p.required])
    assert all(p.name.replace("_", " ") in said for p in tool.parameters if p.required)
    assert "Ask, for example: " in said
    assert "{" not in said


@pytest.mark.parametrize(
    ("model", "question"), [("none", "Which nodes are within a few steps of Ann?"), ("embedded", "resistance distance")]
)
def test_every_planner_says_what_is_missing_with_an_example(model: str, question: str) -> None:
    reply = GraphAgent(model).ask(question, "Ann-Bob, Bob-Eve")
    assert reply.status == "unanswerable"
    assert "I also need: " in reply.text
    assert "Ask, for example: " in reply.text
