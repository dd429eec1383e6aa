"""Chat models as planners: asked as the route asks, judged by answers, and no question in what is written."""

from __future__ import annotations

import json
from typing import Any

import networkx as nx
import pytest
from langchain_core.language_models.fake_chat_models import FakeListChatModel

from agents.plan import Call, Plan
from agents.tool_calling import prompt
from evals.benchmarks.planner.baselines import (
    EXAMPLES,
    Choice,
    by_chat,
    drawn,
    kind_of,
    main,
    outcome,
    planners,
    prompt_of,
    summary,
)
from evals.benchmarks.planner.items import Item
from graphs.graph import Graph

FRIENDS = Graph(nx.Graph([("Ann", "Bob"), ("Bob", "Carl"), ("Carl", "Ann"), ("Carl", "Dan")]))
ASKED = Item(
    "Flumph the number of triangles of Carl.",
    FRIENDS,
    Plan((Call("triangles", {"node": "Carl"}),)),
    "held-out wordings",
)
NOTHING = Item("How is the weather?", FRIENDS, None, "refusals: other")


def replying(*steps: dict[str, Any]) -> FakeListChatModel:
    return FakeListChatModel(responses=[json.dumps({"steps": list(steps)})])


def test_examples_are_added_to_the_rules() -> None:
    none, four = prompt_of(0), prompt_of(EXAMPLES)
    assert "Example" not in none
    assert four.startswith(none)
    assert four.count("Example.") == EXAMPLES
    assert prompt().strip() in four


def test_a_longer_sample_begins_with_a_shorter_one() -> None:
    short, long = ([item.text for item in drawn(n, 3)] for n in (5, 9))
    assert long[:5] == short
    assert [item.text for item in drawn(5, 4)] != short


def test_a_plan_is_right_when_it_answers_alike() -> None:
    def judged(choice: Choice) -> str:
        return str(outcome(ASKED, lambda _: choice)["outcome"])

    assert ASKED.plan is not None
    assert judged(Choice(ASKED.plan)) == "right"
    assert judged(Choice(Plan((Call("degree", {"node": "Carl"}),)))) == "wrong"
    assert judged(Choice(None, "no such node")) == "refused"
    assert judged(Choice(None)) == "no tool"


def test_a_refusal_is_right_without_a_tool_and_without_a_fault() -> None:
    assert outcome(NOTHING, lambda _: Choice(None))["outcome"] == "right"
    assert outcome(NOTHING, lambda _: Choice(None, "broken"))["outcome"] == "wrong"
    assert outcome(NOTHING, lambda _: Choice(Plan((Call("num_nodes"),))))["outcome"] == "wrong"


def test_a_model_is_asked_as_the_route_asks() -> None:
    chosen = by_chat(replying(), prompt_of(0), NOTHING)
    assert (chosen.plan, chosen.fault, chosen.calls) == (None, "", 1)
    broken = by_chat(FakeListChatModel(responses=["no JSON", "none either"]), prompt_of(0), ASKED)
    assert broken.plan is None
    assert broken.calls == 2
    assert "does not fit" in broken.fault


def test_the_sums_keep_the_kinds_apart() -> None:
    rows = [outcome(item, lambda _: Choice(None)) for item in (ASKED, NOTHING)]
    found = summary("x", rows)
    assert (found["n"], found["right"], found["questions"], found["refusals"]) == (2, 1, "0 of 1", "1 of 1")
    assert found["compositions"] == "0 of 0"
    assert [kind_of(g) for g in ("held-out tools", "compositions of 3", "refusals: vague")] == [
        "questions", "compositions", "refusals",
    ]  # fmt: skip


def test_no_question_is_printed_or_written(tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "rows.jsonl"
    assert main(["--model", "embedded", "--limit", "4", "--out", str(out)]) == 0
    written = out.read_text(encoding="utf-8") + capsys.readouterr().out
    assert "embedded" in written
    assert not any(item.text in written for item in drawn(4, 0))


def test_a_spec_that_is_none_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--model", "nonsense", "--limit", "1"]) == 2
    assert "nonsense" in capsys.readouterr().err
    assert next(planners(["embedded"], [0], None))[0] == "embedded"
