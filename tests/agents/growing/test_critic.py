"""The critic mends a proposal as long as it gains something."""

from __future__ import annotations

import json
from dataclasses import replace

from agents.growing.model_calls.critic import criticise
from agents.growing.replies.formats import read_reply
from agents.growing.replies.repetition import loops, similarity
from agents.models import Ledger
from tests.agents.growing.conftest import Make
from tests.agents.growing.replies import TAGS, edge, facts

FIRST = replace(read_reply(TAGS), call="first")
START = [("Sea Otter", "eats", "Sea Urchin"), ("Sea Urchin", "eats", "Kelp Forest")]


def critique(words: str, *edges: dict[str, str], wrong: tuple[int, ...] = (), answer: str = "") -> str:
    return json.dumps({"critique": words, "wrong": wrong, "edges": edges, "synthesis": "s", "answer": answer})


def test_new_edges_are_added_and_one_answer_is_written(scripted: Make) -> None:
    model, backend = scripted(
        critique("Storms are missing.", edge("kelp forests", "calms", "wave"), answer="Kelp calms waves."),
        critique("The waves lead nowhere.", edge("wave", "erodes", "coast"), answer="Waves erode coasts."),
        json.dumps({"answer": "Otters keep urchins down, kelp grows and calms the waves."}),
    )
    ledger = Ledger()
    found = criticise(model, FIRST, 2, question="Why do otters matter?", ledger=ledger)
    assert facts(found) == [*START, ("Kelp Forest", "calms", "wave"), ("wave", "erodes", "coast")]
    assert {name for name, _ in found.entities} == {"Sea Otter", "Sea Urchin", "Kelp Forest", "wave", "coast"}
    assert found.answer.startswith("Otters keep urchins down")
    assert found.reasoning["critique"].endswith("Stopped after round 2: that was the last one allowed.")
    assert found.usage.calls == ledger.total.calls == len(backend.requests) == 3
    assert "1. Sea Otter -[eats]-> Sea Urchin" in backend.prompt(0)


def test_wrong_edges_are_quarantined(scripted: Make) -> None:
    model, _ = scripted(critique("Urchins eat more than kelp.", wrong=(2, 99)), critique("Good.", wrong=()))
    found = criticise(model, FIRST, 3)
    assert facts(found) == START[:1]
    assert "Kelp Forest" not in dict(found.entities)
    assert found.quarantined == (("Sea Urchin -[eats]-> Kelp Forest", "the critic calls it wrong"),)


def test_a_round_without_a_gain_is_the_last(scripted: Make) -> None:
    model, backend = scripted(
        critique("Nothing to add.", edge("sea otters", "eats", "urchin"), edge("Sea Otter", "eat", "Sea urchins"))
    )
    found = criticise(model, FIRST, 5, integrate=False)
    assert len(backend.requests) == 2  # "urchin" was new, the second time nothing is
    assert "it repeats an earlier critique" in found.reasoning["critique"]
    model, backend = scripted(critique("Fine."))
    found = criticise(model, FIRST, 5)
    assert facts(found) == START
    assert len(backend.requests) == 1
    assert "it gains nothing" in found.reasoning["critique"]


def test_going_round_in_circles_ends_it_and_is_not_used(scripted: Make) -> None:
    circle = "Design requirements and materials and design principles and " * 20
    model, backend = scripted(critique(circle, edge("Otter", "is", "animal"), answer=circle))
    found = criticise(model, FIRST, 5)
    assert facts(found) == START
    assert found.answer == FIRST.answer
    assert len(backend.requests) == 1
    assert "circles" in found.reasoning["critique"]


def test_garbage_ends_it_and_is_told(scripted: Make) -> None:
    model, backend = scripted("no, thanks")
    found = criticise(model, FIRST, 5)
    assert (facts(found), found.answer, len(backend.requests)) == (START, FIRST.answer, 1)
    assert found.quarantined
    assert "nothing of it can be read" in found.reasoning["critique"]


def test_tagged_replies_are_read_too(scripted: Make) -> None:
    model, _ = scripted(TAGS.replace('{"id": "K"}', '{"id": "Shark"}').replace('K"}]', 'Shark"}]'), constrains=False)
    assert facts(criticise(model, FIRST, 1, integrate=False)) == [*START, ("Sea Urchin", "eats", "Shark")]


def test_no_round_changes_nothing(scripted: Make) -> None:
    model, backend = scripted("{}")
    assert criticise(model, FIRST, 0) is FIRST
    assert not backend.requests


def test_repetition_is_measured_in_runs_of_words() -> None:
    assert similarity("a b c d", "A b, c d!") == 1
    assert similarity("otters eat many urchins", "kelp is a large alga") == 0
    assert loops("over and over " * 30)
    assert not loops(" ".join(f"word{n}" for n in range(90)))
    assert not loops("short short short")
