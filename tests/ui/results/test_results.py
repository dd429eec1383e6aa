"""Results of benchmarks: made by the runner itself, then read, shown, and compared."""

from __future__ import annotations

import json
import random
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from evals.run import main
from graphs.errors import BadArgument
from ui.results.reading import changes, question, rows, run_called, runs, sign_test, unreadable
from ui.results.rendering import compare_html, item_html, list_html, run_html

EVIL = "<img src=x onerror=window.pwned=1>"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs of the same questions; in the second, one answer became wrong and carries markup."""
    made = tmp_path_factory.mktemp("results")
    for name in ("first", f"second {EVIL.replace('/', '')}"):
        assert main(["search", "--limit", "12", "--out", str(made / name)]) == 0
    second = next(path for path in made.iterdir() if path.name.startswith("second"))
    lines = (second / "outcomes.jsonl").read_text().splitlines()
    changed = {**json.loads(lines[0]), "outcome": "wrong", "value": EVIL, "gold": EVIL}
    (second / "outcomes.jsonl").write_text("\n".join([json.dumps(changed), *lines[1:]]))
    (made / "broken").mkdir()
    (made / "broken" / "results.json").write_text("{")
    return made


def test_runs_are_found_and_broken_ones_left_out(folder: Path) -> None:
    found = runs(folder)
    assert len(found) == 2
    page = list_html(found)
    assert "12" in page
    assert "<img" not in page
    assert "No results yet" in list_html(runs(None))
    assert runs(folder / "nowhere") == []
    with pytest.raises(BadArgument, match="no run called"):
        run_called(folder, "../first")


def _mangled(value: Any, rng: random.Random) -> Any:
    """The value with one of its parts replaced by nonsense, or left out."""
    if isinstance(value, dict) and value and rng.random() < 0.8:
        key = rng.choice(list(value))
        if rng.random() < 0.3:
            return {name: part for name, part in value.items() if name != key}
        return {**value, key: _mangled(value[key], rng)}
    return rng.choice([None, [], {}, "x", EVIL, -1, 10**30, 0.5, True, [[1]], {"a": {"b": []}}])


@pytest.mark.parametrize("seed", range(60))
def test_what_another_program_wrote_into_results_does_no_harm(folder: Path, seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    shutil.copytree(folder / "first", tmp_path / "first")
    shutil.copytree(folder / "first", tmp_path / "odd")
    sums = json.loads((tmp_path / "odd" / "results.json").read_text())
    for _ in range(rng.randint(1, 3)):
        sums = _mangled(sums, rng)
    (tmp_path / "odd" / "results.json").write_text(json.dumps(sums))
    for name in ("outcomes.jsonl", "predictions.jsonl"):
        lines = (tmp_path / "odd" / name).read_text().splitlines()
        wrong = [json.dumps(_mangled(json.loads(line), rng)) for line in lines]
        (tmp_path / "odd" / name).write_text("\n".join([*wrong, "{", "", "[]", "\0"]))
    found = runs(tmp_path)
    page = list_html(found, unreadable(tmp_path))
    assert "odd" in page
    assert "<img" not in page
    if len(found) == 1:
        assert "Left out, as their results.json cannot be read: odd." in page
        return
    odd = next(run for run in found if run.name == "odd")
    first = next(run for run in found if run.name == "first")
    for html in (run_html(odd), compare_html(first, odd), compare_html(odd, first)):
        assert "<img" not in html
    for item in [*rows(odd), "nobody"]:
        assert "<img" not in item_html(odd, item, "?")
        with suppress(BadArgument):
            question(odd, item)


def test_a_run_shows_tasks_and_what_went_wrong(folder: Path) -> None:
    first, second = run_called(folder, "first"), next(run for run in runs(folder) if run.name != "first")
    assert "12 items" in run_html(first)
    page = run_html(second)
    assert "not right" in page
    assert "<img" not in page


def test_an_item_shows_question_answer_and_gold(folder: Path) -> None:
    second = next(run for run in runs(folder) if run.name != "first")
    item = next(iter(rows(second)))
    asked = question(second, item)
    page = item_html(second, item, asked)
    assert asked[:20] in page
    assert "&lt;img" in page
    assert "<img" not in page
    assert "no such item" in item_html(second, "nothing", "")
    with pytest.raises(BadArgument, match="does not make this item"):
        question(second, "nothing")


def test_two_runs_are_compared_item_by_item(folder: Path) -> None:
    first, second = run_called(folder, "first"), next(run for run in runs(folder) if run.name != "first")
    both, moved = changes(first, second)
    assert both == 12
    assert [change.after for change in moved] == ["wrong"]
    page = compare_html(first, second)
    assert "0 became right and 1 were right before" in page
    assert "p = 1 " in page
    assert "1 items with another outcome" in page


def test_the_sign_test_is_exact() -> None:
    assert sign_test(0, 0) == 1.0
    assert sign_test(6, 0) == pytest.approx(2 / 64)
    assert sign_test(0, 6) == sign_test(6, 0)
