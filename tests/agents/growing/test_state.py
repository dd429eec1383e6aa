from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from agents.growing.next_question.questions import Question
from agents.growing.state import SETTINGS, STATE, Piece, RunState, Settings, Totals, changed, load
from agents.growing.stop import limit_reached
from graphs.errors import BadArgument, StorageError
from graphs.store import Store

ASKED = Question("What is silk?", "frontier", (3, 4), 2, 0.25)


def test_settings_and_state_survive_the_store(tmp_path: Path) -> None:
    state = RunState(
        number=3, question=ASKED, unread=((1, 50, 900),), again=(Piece(1, 0, 40, 1),), wasted=(Piece(1, 41, 49),),
        pieces=7, garbage=2, totals=Totals(steps=4, facts=9, cost=None),
    )  # fmt: skip
    state = replace(state, bandit=state.bandit.learnt("bridge", 4, 800))
    settings = Settings("What?", ("/a/b",), "gguf:x", tokens=100)
    with Store.open(tmp_path) as store, store.step("edit", "run") as step:
        step.put_value(SETTINGS, json.loads(json.dumps(asdict(settings))))
        step.put_value(STATE, json.loads(json.dumps(state.as_json())))
    with Store.open(tmp_path) as store:
        assert load(store) == (settings, state)


def test_a_store_without_a_run_has_none_and_a_broken_one_says_so(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        assert load(store) is None
        store.put_value(SETTINGS, {})
        store.put_value(STATE, {"number": 1})
        with pytest.raises(StorageError, match="cannot be read"):
            load(store)


@pytest.mark.parametrize(
    ("name", "value"), [("steps", 0), ("tokens", -1), ("window", 0), ("critic", -1), ("garbage", 0), ("cost", -0.5)]
)
def test_settings_that_make_no_sense_are_refused(name: str, value: float) -> None:
    with pytest.raises(BadArgument, match=name):
        changed(Settings(), **{name: value})


def test_changes_that_are_none_change_nothing() -> None:
    assert changed(Settings(steps=5), steps=None, tokens=9) == Settings(steps=5, tokens=9)


@pytest.mark.parametrize(
    ("settings", "state", "reason"),
    [
        (Settings(steps=5), RunState(question=ASKED, totals=Totals(steps=5)), "steps"),
        (Settings(tokens=100), RunState(question=ASKED, totals=Totals(tokens=100)), "tokens"),
        (Settings(cost=0.5), RunState(question=ASKED, totals=Totals(cost=0.5)), "cost"),
        (Settings(cost=0.5), RunState(question=ASKED, totals=Totals(cost=None)), "price"),
        (Settings(seconds=9), RunState(question=ASKED, totals=Totals(seconds=9.5)), "time"),
        (Settings(garbage=3), RunState(question=ASKED, garbage=3), "garbage"),
        (Settings(window=3), RunState(question=ASKED, idle=3), "no progress"),
        (Settings(documents=("a",), steps=None), RunState(pieces=4), "read"),
        (Settings(), RunState(), "no question"),
    ],
)
def test_each_rule_stops_the_run(settings: Settings, state: RunState, reason: str) -> None:
    stopped = limit_reached(settings, state)
    assert stopped is not None
    assert stopped.reason == reason
    assert stopped.finished == (reason not in ("garbage", "price"))


def test_a_run_goes_on_while_no_rule_holds() -> None:
    assert limit_reached(Settings(), RunState(question=ASKED)) is None
    assert limit_reached(Settings(cost=1.0), RunState(question=ASKED, totals=Totals(cost=0.0))) is None
    reading = RunState(unread=((1, 0, 9),), idle=100)
    assert limit_reached(Settings(documents=("a",), steps=None), reading) is None  # dull pages do not end the reading


def test_a_question_teaches_the_bandit_and_is_used_up() -> None:
    after = RunState(question=ASKED).after(ASKED, Totals(steps=1, facts=3, checked=2, tokens=500), usable=True)
    assert after.question is None
    assert after.bandit.arms["frontier"].pulls == 1
    assert (after.garbage, after.idle, after.totals.steps) == (0, 0, 1)


def test_garbage_and_idle_steps_are_counted_in_a_row() -> None:
    state = RunState(question=ASKED)
    for _ in range(2):
        state = state.after(ASKED, Totals(steps=1), usable=False)
    assert (state.garbage, state.idle) == (2, 2)
    state = state.after(ASKED, Totals(steps=1, facts=1), usable=True)
    assert (state.garbage, state.idle) == (0, 0)


def test_a_document_is_read_to_its_end_and_a_piece_without_a_reply_is_tried_once_more() -> None:
    pieces = [Piece(1, 0, 40), Piece(1, 40, 90), Piece(1, 90, 100)]
    state = RunState(unread=((1, 0, 90), (2, 0, 0)), pieces=4)
    state = state.after(pieces[0], Totals(steps=1), usable=True)
    assert state.unread == ((1, 1, 90), (2, 0, 0))
    state = state.after(pieces[1], Totals(steps=1), usable=False, silent=True)
    assert state.again == (Piece(1, 40, 90, 1),)
    state = state.after(pieces[2], Totals(steps=1), usable=True)
    state = state.after(Piece(2, 0, 30), Totals(steps=1), usable=True)
    assert state.unread == ()
    assert state.documents_left
    state = state.after(state.again[0], Totals(steps=1), usable=False, silent=True)
    assert not state.documents_left


def test_a_run_that_had_given_up_tries_again_when_its_user_resumes_it() -> None:
    settings = Settings("What?", ("/a",), garbage=2, window=3)
    state = RunState(unread=((1, 0, 90),), pieces=4)
    for start in (0, 30, 60):
        state = state.after(Piece(1, start, start + 29), Totals(steps=1), usable=start == 0)
    assert limit_reached(settings, state).reason == "garbage"  # type: ignore[union-attr]
    hoping = state.given_new_hope(settings)
    assert [(piece.start, piece.tries) for piece in hoping.again] == [(30, 1), (60, 1)]
    assert (hoping.garbage, hoping.idle, hoping.wasted) == (0, 0, ())
    assert hoping.question == Question("What?", "seed")
    again = hoping.after(hoping.again[0], Totals(steps=1), usable=False)
    assert [piece.start for piece in again.again] == [60]
    assert [piece.start for piece in again.wasted] == [30]
    fresh = RunState(garbage=1, idle=2)
    assert fresh.given_new_hope(settings) == fresh
