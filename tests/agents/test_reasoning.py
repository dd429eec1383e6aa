"""The reasoning agent: typed answers, unverified unless something checks them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from agents.reasoning import reason, schema_for, think
from agents.state import Context, State
from graphs.errors import BadArgument
from graphs.graph import Graph
from tests.agents.programs_apart import scripted

DAG = Graph.from_edges([(1, 2), (2, 3), (1, 3)], directed=True)
PATH = Graph.from_edges([("a", "b"), ("b", "c")])


def says(answer: Any, *, known: bool = True) -> str:
    return json.dumps({"reason": "Because.", "known": known, "answer": answer})


def test_an_answer_that_nothing_checks_is_unverified() -> None:
    got = reason("Which node looks like the leader of the pack?", PATH, scripted(says("b")))
    assert (got.value, got.status) == ("b", "unverified")
    assert "checked by nothing" in got.reply().text


def test_a_tool_with_the_same_value_makes_it_computed() -> None:
    assert reason("What is the diameter?", PATH, scripted(says(2))).status == "computed"
    wrong = reason("What is the diameter?", PATH, scripted(says(3)))
    assert (wrong.value, wrong.status) == (3, "unverified")


def test_a_certificate_checker_accepts_another_right_answer_and_refuses_a_wrong_one() -> None:
    dag = Graph.from_edges([("a", "b"), ("c", "b")], directed=True)
    question = "Give a topological order of the nodes."
    for order in (["c", "a", "b"], ["a", "c", "b"]):
        assert reason(question, dag, scripted(says(order))).status == "computed"
    assert reason(question, dag, scripted(says(["b", "a", "c"]))).status == "unverified"
    assert reason(question, dag, scripted(says(["a", "b"]))).status == "unverified"


def test_labels_become_the_graphs_own() -> None:
    assert reason("Give a topological order of the nodes.", DAG, scripted(says(["1", "2", "3"]))).value == [1, 2, 3]


def test_not_knowing_is_an_answer() -> None:
    got = reason("Who is the mother of a?", PATH, scripted(says("", known=False)))
    assert (got.value, got.status) == (None, "unanswerable")
    assert got.reply().text.startswith("That cannot be told")


@pytest.mark.parametrize(
    ("question", "kind"),
    [("Is there a secret?", "boolean"), ("How many clowns are there?", "integer"), ("Which node rules?", "string")],
)
def test_the_form_of_the_question_types_the_answer(question: str, kind: str) -> None:
    assert schema_for(question)["properties"]["answer"]["type"] == kind


def test_small_graphs_are_listed_and_large_ones_described() -> None:
    model = scripted(says(True), says(True))
    reason("Is it nice?", PATH, model)
    assert "a - b" in str(model.asked[0][-1].content)
    big = Graph.from_edges([(n, n + 1) for n in range(2000)])
    reason("Is it nice?", big, model)
    assert len(str(model.asked[1][-1].content)) < 500


def test_the_agent() -> None:
    update = think(State(text="Is it nice?", graph=PATH), Context(), model=scripted(says(True)))
    assert update["reply"].value is True
    with pytest.raises(BadArgument):
        think(State(text=" "), Context(), model=scripted())
