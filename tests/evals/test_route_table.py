"""Thresholds and the table of routes: what pays best is chosen, and the constants in use are those that were chosen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from agents.embedded import planning
from agents.verifier import UNDERSTOOD
from evals.benchmarks.planner.route_table import (
    COST,
    NEVER,
    Row,
    acts,
    best,
    clearness,
    error,
    last_of_each,
    main,
    table,
    threshold,
    thresholds,
)


def rows(sure: float, right: int, wrong: int, *, agreed: bool = False, other: float = 0.0) -> list[Row]:
    return [
        Row("embedded", "plan", True, good, sure, 0.02, agreed, other) for good in (*[True] * right, *[False] * wrong)
    ]


def test_a_threshold_leaves_out_what_costs_more_than_it_brings() -> None:
    found = [*rows(0.96, 30, 0), *rows(0.86, 30, 1), *rows(0.62, 30, 9)]
    assert COST == 10
    assert threshold(found) == 0.85
    assert threshold(rows(0.99, 1, 5)) == NEVER
    assert threshold(rows(0.31, 100, 1)) == 0.3


def test_of_equal_gains_the_surer_step_is_taken() -> None:
    assert best(lambda step: 0.0) == NEVER
    assert best(lambda step: 1.0 if step <= 0.5 else 0.0) == 0.5


def test_refusing_a_real_question_costs_as_much_as_a_wrong_answer() -> None:
    real = rows(0.9, 1, 0, other=0.55)
    others = [Row("embedded", "other", False, True, 0.0, 0.02, False, 0.7)] * 9
    low = [Row("embedded", "other", False, True, 0.0, 0.02, False, 0.5)] * 5
    assert clearness([*real, *others, *low]) == 0.7


def test_what_stands_alone_is_never_as_sure_as_a_proof() -> None:
    found = thresholds([*rows(0.96, 100, 0), *rows(0.9, 100, 9, agreed=True), *rows(0.8, 10, 9)])
    assert found["ALONE"] < UNDERSTOOD
    assert (found["SURE"], found["AGREED"]) == (0.9, 0.9)


def test_the_router_comes_first_and_the_planner_by_its_thresholds() -> None:
    found = {"SURE": 0.8, "AGREED": 0.95, "ALONE": 0.89, "CLEAR": 0.6}
    router = Row("router", "plan", False, False, 0.0, 0.001)
    sure, agreed, unsure = rows(0.9, 1, 0)[0], rows(0.9, 1, 0, agreed=True)[0], rows(0.6, 1, 0, agreed=True)[0]
    assert [acts(row, found) for row in (router, sure, agreed, unsure)] == [False, True, True, False]
    assert last_of_each([router, sure, router]) == [sure, router]


def test_the_table_counts_what_reaches_each_route() -> None:
    found = {"SURE": 0.8, "AGREED": 0.5, "ALONE": 0.89, "CLEAR": 0.6}
    router = [Row("router", "plan", True, True, 1.0, 0.002)] * 3 + [Row("router", "plan", False, False, 0.0, 0.002)] * 4
    shown = table([*router, *rows(0.9, 3, 1), *rows(0.1, 1, 1)], found)
    assert "| certain router | 7 | 3 | 3 of 3" in shown
    assert "| embedded planner alone | 6 | 4 | 3 of 4 (75.0 ± 21.7 %) | 20 ms |" in shown
    assert error(3, 4) == pytest.approx(21.65, abs=0.01)


def test_the_script_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--count", "12", "--seed", "5", "--out", str(tmp_path / "routes.json")]) == 0
    written = json.loads((tmp_path / "routes.json").read_text(encoding="utf-8"))
    assert set(written["thresholds"]) == {"SURE", "AGREED", "ALONE", "CLEAR"}
    assert len([row for row in written["rows"] if row["route"] == "router"]) == 12
    assert "certain router" in capsys.readouterr().out


def test_the_constants_in_use_are_thresholds() -> None:
    assert 0 < planning.CLEAR < 1
    assert 0 < planning.SURE <= 1
    assert 0 < planning.AGREED <= 1
    assert planning.ALONE < UNDERSTOOD
