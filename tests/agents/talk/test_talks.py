"""Conversations under rough handling: closed, shared, damaged."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from agents import GraphAgent
from agents.reply import Reply
from graphs.errors import BadArgument, GraphError, StorageError


def test_closing_during_a_stream_lets_it_end(tmp_path: Path) -> None:
    agent = GraphAgent(memory=tmp_path / "talk.sqlite")
    stream = agent.stream("How many edges?", "a-b, b-c", thread="t")
    next(stream)
    agent.close()
    *_, last = stream
    assert isinstance(last, Reply)
    assert last.value == 2
    assert agent.ask("How many nodes are there?", thread="t").value == 3  # opened again
    agent.close()


def test_one_thread_cannot_answer_two_questions_of_a_conversation_at_once(tmp_path: Path) -> None:
    agent = GraphAgent(memory=tmp_path / "talk.sqlite")
    stream = agent.stream("How many edges?", "a-b, b-c", thread="t")
    next(stream)
    with pytest.raises(BadArgument, match="still answering"):
        agent.ask("How many nodes are there?", thread="t")
    assert agent.ask("How many nodes?", "x-y", thread="other").value == 2
    stream.close()
    assert agent.ask("How many nodes?", "x-y, y-z", thread="t").value == 3
    agent.close()


def test_questions_of_one_conversation_wait_for_each_other(tmp_path: Path) -> None:
    agent = GraphAgent(memory=tmp_path / "talk.sqlite")
    found: dict[int, object] = {}

    def ask(size: int) -> None:
        edges = ", ".join(f"n{i}-n{i + 1}" for i in range(size))
        found[size] = agent.ask("How many edges are there?", edges, thread="t").value

    threads = [threading.Thread(target=ask, args=(size,)) for size in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert found == {size: size for size in range(1, 9)}
    agent.close()


def test_a_damaged_database_is_an_error_that_says_so(tmp_path: Path) -> None:
    file = tmp_path / "talk.sqlite"
    file.write_bytes(b"this is no database at all, only some text" * 100)
    agent = GraphAgent(memory=file)
    with pytest.raises(StorageError, match="not a database"):
        agent.ask("How many nodes?", "a-b", thread="t")
    with pytest.raises(GraphError):
        agent.forget("t")
    agent.close()


def test_a_locked_database_is_an_error_that_says_so(tmp_path: Path) -> None:
    file = tmp_path / "talk.sqlite"
    agent = GraphAgent(memory=file)
    agent.ask("How many nodes?", "a-b", thread="t")
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StorageError, match="locked"):
        agent.ask("How many nodes?", "a-b", thread="t")
    other.execute("ROLLBACK")
    other.close()
    assert agent.ask("How many nodes?", "a-b, b-c", thread="t").value == 3
    agent.close()


def test_a_folder_that_cannot_be_made_is_an_error_that_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    agent = GraphAgent(memory=tmp_path / "file" / "talk.sqlite")
    with pytest.raises(StorageError):
        agent.ask("How many nodes?", "a-b", thread="t")


@pytest.mark.parametrize("text", [5, None, b"how many nodes?", ["a"]])
def test_a_question_is_a_text(text: object) -> None:
    with pytest.raises(BadArgument, match="a question is a text"):
        GraphAgent().ask(text, "a-b")  # type: ignore[arg-type]


def test_a_graph_too_large_to_make_is_unanswerable() -> None:
    reply = GraphAgent().ask("complete graph with 100000000 nodes, how many edges?")
    assert reply.status == "unanswerable"
    assert "limit" in reply.text


def test_the_limit_holds_for_reading_and_planning_too() -> None:
    reply = GraphAgent(time_limit=0.3).ask("grid 900x900: how many nodes?")
    assert reply.status == "unanswerable"
    assert "0.3 s" in reply.text
    assert reply.cost.seconds < 3
