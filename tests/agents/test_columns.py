"""Questions on a column of the edges other than their weights."""

from typing import Any

import pytest

from agents import GraphAgent

TABLE = (
    "person,friend,since,trust\nAnn,Bob,2010,0.9\nBob,Cy,2012,0.4\nCy,Ann,2015,0.7\nCy,Dee,2016,0.2\nDee,Eli,2011,0.8"
)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Which friendships have trust below 0.5?", [["Bob", "Cy"], ["Cy", "Dee"]]),
        ("How many friendships have trust above 0.5?", 3),
        ("What is the average trust?", pytest.approx(0.6)),
        ("What is the total trust?", pytest.approx(3.0)),
        ("Which friendship has the lowest trust?", [["Cy", "Dee"]]),
        ("What is the trust between Ann and Bob?", 0.9),
    ],
)
def test_a_column_is_asked_by_its_name(question: str, value: Any) -> None:
    reply = GraphAgent().ask(question, TABLE)
    assert reply.status == "proven", reply.text
    assert reply.value == value
    assert any("'trust'" in note for note in reply.assumptions)


@pytest.mark.parametrize(
    "question",
    [
        "What is the median trust?",
        "Who has the highest trust?",
        "What is the trust of the shortest path from Ann to Eli?",
        "If we drop friendships with trust below 0.5, how many groups are there?",
        "Do Ann and Bob trust each other?",
    ],
)
def test_what_no_tool_asks_of_a_column_is_asked_back(question: str) -> None:
    assert GraphAgent().ask(question, TABLE).status == "unanswerable"
