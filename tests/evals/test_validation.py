"""Validation questions: filled as a user would ask them, with a plan that their graph answers."""

from __future__ import annotations

import random
import re
import zlib
from pathlib import Path

import pytest

from agents.embedded.decorating import Example
from agents.embedded.examples import Stock
from agents.embedded.taught import NODE, NUMBER, UNKNOWN
from agents.plan import Compare
from evals.benchmarks.planner.validation import asked, questions
from evals.plans import final


def test_the_same_seed_gives_the_same_questions() -> None:
    one, again, other = ([q.text for q in questions(12, seed)] for seed in (1, 1, 2))
    assert one == again != other


def test_names_and_numbers_stand_in_the_places_of_the_marks() -> None:
    for question in questions(60, 3):
        assert not re.search(f"[{NODE}{NUMBER}{UNKNOWN}]", question.text)
        if question.plan is not None:
            for call in question.plan.calls:
                for value in call.arguments.values():
                    for item in value if isinstance(value, list) else [value]:
                        for part in item if isinstance(item, tuple) else (item,):
                            assert part == "weight" or str(part) in question.text


def test_most_plans_answer_on_their_graph() -> None:
    planned = [q for q in questions(60, 4) if q.plan is not None]
    answered = [q for q in planned if q.plan is not None and final(q.plan, q.graphs[0]) is not None]
    assert len(answered) > 0.5 * len(planned)


def test_only_wordings_that_training_leaves_out_are_used() -> None:
    stock = Stock(random.Random(0))
    assert all(zlib.crc32(wording.text.encode()) % 20 == 0 for wording in stock.wordings[True])
    assert not {w.text for w in stock.wordings[True]} & {w.text for w in stock.wordings[False]}


def test_the_held_out_wordings_are_read_by_no_script_that_chooses() -> None:
    for name in ("benchmarks/planner/validation", "benchmarks/planner/route_table", "plans"):
        code = (Path(__file__).parents[2] / "evals" / f"{name}.py").read_text(encoding="utf-8")
        assert not re.search(r"heldout|embedded\.score|held_out", code)


def test_edits_come_before_what_is_asked_and_comparisons_keep_their_number() -> None:
    text = f"After cutting {NODE}-{NODE}, is the diameter more than {NUMBER}?"
    places = [i for i, char in enumerate(text) if char in (NODE, NUMBER)]
    marks = [(places[0], 1, "edges"), (places[1], 1, "edges"), (places[2], 0, "bound")]
    made = asked(Example(text, ["diameter", "remove_edges"], marks, "value", ">"), random.Random(0))
    assert made is not None
    assert made.plan is not None
    first, last = made.plan.calls
    assert (first.tool, last.tool, last.on) == ("remove_edges", "diameter", 0)
    (edge,) = first.arguments["edges"]
    assert made.graphs[0].nx.has_edge(*edge)
    assert made.plan.compare == Compare(">", float(re.findall(r"\d", made.text)[0]))


@pytest.mark.parametrize(
    "example",
    [
        Example("Colour them by type", ["maximum_spanning_tree"]),  # the words carry an argument
        Example(f"How far is it from {NODE}?", ["shortest_path"], [(19, 0, "source")]),  # one is missing
    ],
)
def test_what_marks_do_not_tell_is_left_out(example: Example) -> None:
    assert asked(example, random.Random(0)) is None
