"""Rows of a study outlive a kill."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.studies import Rows
from evals.task import BadData


def test_a_row_is_measured_once(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    assert Rows(file, {"data": "x"}).measured("a", lambda: {"perplexity": 2.0})["perplexity"] == 2.0
    again = Rows(file, {"data": "x"})
    assert again.measured("a", lambda: pytest.fail("measured again"))["perplexity"] == 2.0
    assert list(again.rows) == ["a"]


def test_a_half_written_row_is_dropped(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    Rows(file, {}).measured("a", lambda: {"x": 1})
    with file.open("a") as out:
        out.write('{"key": "b", "x"')
    again = Rows(file, {})
    again.measured("c", lambda: {"x": 3})
    assert list(Rows(file, {}).rows) == ["a", "c"]


def test_other_settings_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    Rows(file, {"steps": 1, "data": "x"})
    with pytest.raises(BadData, match=r"other settings \(steps\)"):
        Rows(file, {"steps": 2, "data": "x"})


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text("hello\n")
    with pytest.raises(BadData, match="no rows of a study"):
        Rows(file, {})
