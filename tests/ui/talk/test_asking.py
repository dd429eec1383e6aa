"""Questions in a conversation: steps, follow-ups, stopping, bugs, and that nobody sees another's."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from typing import Any

import networkx as nx
import pytest

from graphs.errors import BadArgument
from graphs.graph import Graph
from tests.ui.talk.conftest import answered
from ui.talk.asking import ask
from ui.talk.checking import check_again
from ui.talk.desk import Desk
from ui.talk.sources import take_example
from ui.talk.talk import LONGEST_QUESTION, Source, Talk


def test_a_turn_is_seen_from_its_beginning_step_by_step(desk: Desk, talk: Talk) -> None:
    seen = [(turn.ended, len(turn.steps)) for turn in ask(talk, desk.agent(), "  How many nodes are there? ")]
    assert seen[0] == (False, 0)
    assert seen[-1] == (True, 5)
    assert [steps for _, steps in seen] == sorted(steps for _, steps in seen)
    turn = talk.turns[0]
    assert turn.question == "How many nodes are there?"
    assert turn.reply is not None
    assert (turn.reply.value, turn.reply.status) == (9, "proven")
    assert talk.shown == 1


def test_follow_ups_go_on_from_the_question_before(desk: Desk, talk: Talk) -> None:
    first = answered(desk, talk, "What is the shortest path from Ann to Iris?")
    second = answered(desk, talk, "and without Cara?")
    assert first.reply is not None
    assert second.reply is not None
    assert "Cara" in first.reply.value
    assert "Cara" not in second.reply.value
    assert first.asked_on is not None
    assert second.asked_on is None  # the conversation's own graph


def test_a_graph_in_the_question_becomes_the_conversations_graph(desk: Desk) -> None:
    talk = desk.open()
    turn = answered(desk, talk, "a-b, b-c. How many edges are there?")
    assert turn.reply is not None
    assert turn.reply.value == 2
    assert talk.graph is not None
    assert list(talk.graph) == ["a", "b", "c"]


def test_a_question_without_an_answer_leaves_the_drawing(desk: Desk, talk: Talk) -> None:
    answered(desk, talk, "What is the diameter?")
    turn = answered(desk, talk, "What is the zorbulence of it?")
    assert turn.reply is not None
    assert turn.reply.status == "unanswerable"
    assert talk.shown == 1


def test_stopping_ends_a_long_question_soon(desk: Desk) -> None:
    talk = desk.open()
    talk.take(Source("text", "dense"), Graph(nx.gnp_random_graph(110, 0.5, seed=2)))
    turns = ask(talk, desk.agent(), "What is the chromatic number?")
    next(turns)
    began = time.monotonic()
    threading.Timer(0.6, talk.cancel.set).start()
    last = list(turns)[-1]
    assert time.monotonic() - began < 30
    assert last.reply is not None
    assert last.reply.text == "No answer: stopped."
    assert answered(desk, talk, "How many nodes are there?").reply.value == 110  # type: ignore[union-attr]


class Broken:
    """An agent with a bug."""

    def stream(self, *_: Any, **__: Any) -> Iterator[Any]:
        raise ZeroDivisionError("secret detail /home/somebody")
        yield


def test_a_bug_becomes_a_number_in_the_log(talk: Talk, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, logger="konigsberg.ui"):
        turn = list(ask(talk, Broken(), "Anything?"))[-1]  # type: ignore[arg-type]
    assert "secret" not in turn.error
    number = turn.error.split("under ")[1].split(";")[0]
    assert number in caplog.text
    assert not talk.busy.locked()


@pytest.mark.parametrize("question", ["", "   ", "x" * (LONGEST_QUESTION + 1)])
def test_empty_and_endless_questions_are_refused(desk: Desk, talk: Talk, question: str) -> None:
    with pytest.raises(BadArgument):
        list(ask(talk, desk.agent(), question))
    assert talk.turns == []


def test_a_second_question_at_the_same_time_is_refused(desk: Desk, talk: Talk) -> None:
    turns = ask(talk, desk.agent(), "What is the diameter?")
    next(turns)
    with pytest.raises(BadArgument, match="still answering"):
        list(ask(talk, desk.agent(), "How many nodes are there?"))
    list(turns)


def test_a_page_that_goes_away_stops_its_question(desk: Desk, talk: Talk) -> None:
    turns = ask(talk, desk.agent(), "What is the diameter?")
    next(turns)
    turns.close()  # type: ignore[attr-defined]
    assert talk.cancel.is_set()
    assert not talk.busy.locked()


def test_conversations_are_apart_and_only_their_owner_finds_them(desk: Desk, talk: Talk) -> None:
    other = desk.open()
    take_example(other, "roads")
    answered(desk, talk, "How many nodes are there?")
    assert other.turns == []
    assert desk.open(talk.name) is talk
    assert desk.open(talk.name, owner="eve") is not talk
    assert desk.open("../../etc") is not talk
    turn = answered(desk, other, "and how many edges?")
    assert turn.graph is not None
    assert "Hamburg" in turn.graph


def test_a_link_gives_a_copy_that_goes_its_own_way(desk: Desk, talk: Talk) -> None:
    answered(desk, talk, "How many nodes are there?")
    copy = desk.copy(talk.link, owner="bob")
    assert copy is not None
    assert copy.name != talk.name
    assert len(copy.turns) == 1
    answered(desk, copy, "How many edges are there?")
    assert len(talk.turns) == 1
    assert desk.copy("") is None
    assert desk.copy(talk.name) is None  # the secret name is no link


def test_twenty_people_at_once_get_their_own_answers(desk: Desk) -> None:
    talks = [desk.open() for _ in range(20)]
    for size, talk in enumerate(talks, 3):
        talk.take(Source("text", str(size)), Graph(nx.cycle_graph(size)))
    agent = desk.agent()
    workers = [
        threading.Thread(target=lambda t=talk: list(ask(t, agent, "How many nodes are there?"))) for talk in talks
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [talk.turns[0].reply.value for talk in talks] == list(range(3, 23))  # type: ignore[union-attr]


def test_only_the_servers_own_models_are_asked(desk: Desk) -> None:
    with pytest.raises(BadArgument, match="no model of this server"):
        desk.agent("openai:x@http://somewhere")


def test_checking_again_asks_the_checker_alone(desk: Desk, talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    turn = answered(desk, talk, "Remove Bob, then how far is Ann from Eve?")
    found = check_again(turn)
    assert [one.holds for one in found] == [True, True]
    assert turn.checked == found
    answer = turn.answers[-1]
    object.__setattr__(answer, "number", 17)  # a forged answer
    assert [one.holds for one in check_again(turn)] == [True, False]


def test_what_was_not_answered_cannot_be_checked(desk: Desk, talk: Talk) -> None:
    turn = answered(desk, talk, "What is the zorbulence of it?")
    with pytest.raises(BadArgument, match="no typed answer"):
        check_again(turn)
