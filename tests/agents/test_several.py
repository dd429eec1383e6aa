"""Two questions in one text are asked one at a time; one question in several sentences is one."""

import pytest

from agents import GraphAgent

PATH = "a-b, b-c, c-d. "


@pytest.mark.parametrize(
    "questions",
    [
        ("Is it connected?", "How many edges are there?"),
        ("Is this graph planar?", "Is it chordal?"),
        ("What is the diameter?", "And the radius?"),
        ("Is it connected?", "If so, what is the diameter?"),
    ],
)
def test_two_questions_are_asked_back(questions: tuple[str, str]) -> None:
    reply = GraphAgent().ask(PATH + " ".join(questions))
    assert reply.status == "unanswerable"
    assert reply.readings == questions
    assert all(question in reply.text for question in questions)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("What is the shortest path from a to d? How long is it?", ["a", "b", "c", "d"]),
        ("Can you help me? How many edges are there?", 3),
        ("What if the edge c-d were gone? Is there a path from a to d?", False),
        ("Is there a path from a to d? Is there a path from a to d?", True),
    ],
)
def test_one_question_is_answered(text: str, value: object) -> None:
    reply = GraphAgent().ask(PATH + text)
    assert (reply.status, reply.value) == ("proven", value), reply.text
