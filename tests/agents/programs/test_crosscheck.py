"""When a tool's value counts as agreement."""

from __future__ import annotations

from typing import Any

import pytest

from agents.programs.crosscheck import cross_check, same_value
from agents.programs.documentation import Documentation
from agents.programs.meanings import NX_GRAPHS
from agents.programs.signatures import check_program
from graphs.graph import Graph

PATH = Graph.from_edges([("a", "b"), ("b", "c")])

SAME = [
    (1, 1.0, True),
    (0.1 + 0.2, 0.3, True),
    (1, 2, False),
    (True, 1, False),
    (1e-13, 0.0, True),
    (0.001, 0.0, False),
    ([1, 2], (1, 2), True),
    ([1, 2], [2, 1], False),
    (frozenset({1, 2}), [2, 1], True),
    ([1, 1], frozenset({1}), False),
    ({"a": 1.0}, {"a": 1}, True),
    ({"a": 1}, {"b": 1}, False),
    ("a", "a", True),
    (None, 0, False),
    (float("nan"), float("nan"), False),
]


@pytest.mark.parametrize(("one", "other", "equal"), SAME)
def test_values_are_compared_with_their_types(one: Any, other: Any, equal: bool) -> None:
    assert same_value(one, other) is equal


def test_the_router_confirms_a_plain_question() -> None:
    agreement = cross_check("What is the diameter?", PATH, 2)
    assert agreement is not None
    assert (agreement.tool, agreement.road) == ("diameter", "router")


@pytest.mark.parametrize(
    ("question", "value"), [("What is the diameter?", 3), ("What is the flavour?", 2), ("What is the diameter?", None)]
)
def test_another_value_or_another_question_is_no_agreement(question: str, value: Any) -> None:
    assert cross_check(question, PATH, value) is None


def test_without_a_graph_nothing_agrees() -> None:
    assert cross_check("What is the diameter?", None, 2) is None


def test_the_tool_of_the_same_name_confirms_a_call(documentation: Documentation) -> None:
    code = "import networkx as nx\nprint(nx.shortest_path(graph, 'a', 'c'))"
    checked = check_program(code, documentation, {"graph": NX_GRAPHS})
    question = "Our parcel goes by shortest_path; tell its stops for me and mine"
    agreement = cross_check(question, PATH, ["a", "b", "c"], checked)
    assert agreement is not None
    assert cross_check(question, PATH, ["a", "c"], checked) is None
    assert cross_check("Nothing of that name", PATH, ["a", "b", "c"], checked) is None
