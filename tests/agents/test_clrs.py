"""CLRS-Text questions put to the agent: answered exactly in their format, and nothing else is taken for one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from agents import GraphAgent
from agents.clrs import looks_like
from agents.reply import Reply
from graphs.clrs import ALGORITHMS, sample
from graphs.clrs.text import to_text

BFS = "bfs:\ns: 0, A: [[1 1 0 1], [1 1 0 0], [0 0 0 0], [1 0 0 1]]\npi:\n"


def ask(text: str, **how: Any) -> Reply:
    return GraphAgent(model="none", experience=False).ask(text, **how)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_every_algorithm_is_answered_exactly(algorithm: str) -> None:
    for size in (4, 9, 25):
        example = sample(algorithm, size, np.random.RandomState(size))
        for trace in (False, True):
            question, answer = to_text(example, trace=trace)
            reply = ask(question)
            assert reply.text == answer, question
            assert reply.status in ("proven", "computed")
            assert reply.certificate is not None
            assert reply.certificate.holds
            if trace and algorithm != "segments_intersect":
                assert reply.status == "computed"  # nothing proves the steps


def test_the_value_is_typed_and_the_status_honest() -> None:
    reply = ask(BFS)
    assert (reply.value, reply.text, reply.status) == ([0, 0, 2, 0], "[0 0 2 0]", "proven")
    assert [step.agent for step in reply.steps] == ["clrs"]
    assert ask("quickselect:\nkey: [0.1 0.2 0.2]\nmedian:\n").status == "computed"  # another is as good
    order = ask("topological_sort:\nA: [[0 1], [0 0]]\ntopo, topo_head:\n")
    assert order.value == {"topo": [1, 1], "topo_head": 0}


def test_a_graph_far_beyond_any_training_size() -> None:
    question, answer = to_text(sample("bfs", 200, np.random.RandomState(0), hints=False))
    assert ask(question).text == answer
    reply = ask(to_text(sample("bfs", 101, np.random.RandomState(0)), trace=True)[0])
    assert reply.status == "unanswerable"
    assert "up to a size of 100" in reply.text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (BFS.replace("[1 1 0 1]", "[1 1 0]"), "row 2 of a matrix"),
        (BFS.replace("s: 0", "s: 9"), "no place among 4"),
        (BFS.replace("[1 1 0 1]", "[1 1 0 nan]"), "no finite number"),
        (BFS.replace("\npi", "\npo"), "gives 'pi'"),
        (
            BFS.replace("bfs", "topological_sort").replace("s: 0, ", "").replace("pi", "topo, topo_head"),
            "directed cycle",
        ),
        ("binary_search:\nkey: [2 1], target: 1\nreturn:\n", "sorted"),
        ("graham_scan:\nx: [0 1 2 1], y: [0 0 0 5]\nin_hull:\n", "in a line"),
    ],
)
def test_a_broken_question_gets_the_reason(text: str, words: str) -> None:
    reply = ask(text)
    assert reply.status == "unanswerable"
    assert words in reply.text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "bfs",
        "Run the CLRS algorithm bfs from 0.\n0-1, 1-2",
        "Here is a graph:\n0: 1, 2\n1: 2\n",
        "edges:\na-b, b-c\nquestion:\nIs there a path?",
        "0,1\n1,2\nHow many components are there?",
        "bfs:\ns: 0, A: [[0 1], [1 0]]\n\nWhat is the diameter?",
    ],
)
def test_other_texts_are_not_taken_for_one(text: str) -> None:
    assert not looks_like(text)


def test_an_unknown_algorithm_in_the_same_form_is_left_to_the_others() -> None:
    reply = ask("neighbours:\na: b c\nanswer:\n")
    assert [step.agent for step in reply.steps][:2] == ["clrs", "question"]


def test_a_conversation_goes_on_with_the_graph(tmp_path: Path) -> None:
    agent = GraphAgent(model="none", experience=False, memory=tmp_path / "talk.sqlite")
    assert agent.ask(BFS, thread="t").text == "[0 0 2 0]"
    assert agent.ask("How many nodes are there?", thread="t").value == 4


def test_a_wrong_answer_of_a_tool_is_withheld(monkeypatch: pytest.MonkeyPatch) -> None:
    from tools import clrs_arrays
    from tools.answers import Record

    monkeypatch.setitem(clrs_arrays.SOLVERS, "minimum", lambda key: Record({"min": 0}))  # type: ignore[index]
    reply = ask("minimum:\nkey: [2 1]\nmin:\n")
    assert reply.status == "unanswerable"
    assert "failed its own check" in reply.text
