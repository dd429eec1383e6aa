"""The judge: it is asked only about programs that ran, changes no outcome, and is reported apart."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agents import models
from agents.reply import Reply
from evals import run as command
from evals.benchmarks.prograph.task import TASK, brief
from evals.judge import judge, line, sums
from evals.solvers import SolverUnavailable
from evals.task import Sample
from tests.evals.backends import Speaking

YES, NO = (json.dumps({"reason": "so", "right": verdict}) for verdict in (True, False))


def item(number: int, **about: Any) -> Sample:
    usual = {"functions": ("diameter", "radius"), "check": "check_answer", "note": "", "category": "c", "original": ""}
    return Sample(f"q{number}", "Compute the diameter.", None, "3", "networkx", {**usual, **about})


def ran(stdout: str = "3", code: str = "nx.diameter(G)") -> dict[str, Any]:
    return {"ran": True, "stdout": stdout, "printed": [], "code": code, "drawings": []}


def finished(folder: Path, *values: Any) -> None:
    rows = [{"id": f"q{n}", "text": "", "value": value} for n, value in enumerate(values)]
    (folder / "predictions.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture
def speaking(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[str], str]], Speaking]:
    """Makes the spec `speaking:` stand for a model with this reply."""
    monkeypatch.setattr(models, "_BUILDERS", dict(models._BUILDERS))

    def make(reply: Callable[[str], str]) -> Speaking:
        backend = Speaking(reply)
        models.register("speaking", lambda _: backend)
        return backend

    return make


def test_a_verdict_stands_beside_the_typed_outcome(tmp_path: Path, speaking: Any) -> None:
    backend = speaking(lambda said: YES if "three" in said else NO)
    samples = [item(0), item(1), item(2)]
    finished(tmp_path, ran("three"), ran("3"), {"ran": False})
    rows = [{"outcome": "wrong", "credit": 0.0}, {"outcome": "right", "credit": 1.0}, {"outcome": "unreadable"}]
    found = judge(brief, samples, rows, tmp_path, "speaking:")
    assert (found["n"], found["asked"], found["accuracy"], found["typed accuracy"]) == (3, 2, 1 / 3, 1 / 3)
    assert (found["same"], found["judge gives more"], found["judge gives less"]) == (1, 1, 1)
    assert len(backend.asked) == 2
    assert [row["outcome"] for row in rows] == ["wrong", "right", "unreadable"]
    written = [json.loads(text) for text in (tmp_path / "judged.jsonl").read_text().splitlines()]
    assert [row["judge"] for row in written] == [1.0, 0.0, 0.0]
    assert "33.3" in line(found)


def test_judging_again_costs_no_calls(tmp_path: Path, speaking: Any) -> None:
    backend = speaking(lambda _: YES)
    finished(tmp_path, ran())
    for calls, cached in ((1, 0), (0, 1)):
        found = judge(brief, [item(0)], [{"outcome": "right"}], tmp_path, "speaking:")
        assert (found["calls"], found["cached"]) == (calls, cached)
    assert len(backend.asked) == 1


def test_the_share_of_the_demanded_calls(tmp_path: Path, speaking: Any) -> None:
    speaking(lambda _: json.dumps({"called": ["diameter"]}))
    finished(tmp_path, ran())
    found = judge(brief, [item(0, check="check_code")], [{"outcome": "wrong", "credit": 0.5}], tmp_path, "speaking:")
    assert found["accuracy"] == 0.5


def test_a_judge_that_says_nothing_useful_is_no_verdict(tmp_path: Path, speaking: Any) -> None:
    speaking(lambda _: "It looks fine to me.")
    finished(tmp_path, ran())
    found = judge(brief, [item(0)], [{"outcome": "right", "credit": 1.0}], tmp_path, "speaking:")
    assert (found["no verdict"], found["accuracy"]) == (1, 0.0)


def test_what_need_not_be_asked() -> None:
    assert brief(Reply({"ran": False}, "", "unverified"), item(0)) is None
    assert brief(Reply(None, "", "unverified"), item(0)) is None
    assert brief(Reply(ran(), "", "unverified"), item(0, check="check_code", functions=())) is None


def test_long_outputs_are_cut() -> None:
    asked = brief(Reply(ran("x" * 50_000), "", "unverified"), item(0))
    assert asked is not None
    assert sum(len(text) for _, text in asked.messages) < 5_000


def test_no_verdicts_give_no_error() -> None:
    assert sums([])["accuracy"] == 0.0


def test_a_model_that_is_none_is_said(tmp_path: Path) -> None:
    finished(tmp_path)
    with pytest.raises(SolverUnavailable, match="--judge"):
        judge(brief, [], [], tmp_path, "nonsense")


def test_only_a_benchmark_with_a_brief_takes_a_judge(capsys: pytest.CaptureFixture[str]) -> None:
    assert TASK.brief is not None
    assert command.main(["graphqa", "--judge", "speaking:", "--limit", "1"]) == 2
    assert "needs no judge" in capsys.readouterr().err
