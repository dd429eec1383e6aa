"""The runner: every answer on disk at once, resume after a kill, one bad item stops nothing."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from agents.reply import Cost, Reply
from evals import run as command
from evals import runner
from evals.runner import OtherRun, Store, run
from evals.solvers import Solver, SolverUnavailable, answer
from evals.spreading import DIED, Setup
from evals.task import Sample, Source, Task

ROOT = Path(__file__).resolve().parents[2]


def _samples(_: Source) -> Iterator[Sample]:
    for i in range(6):
        yield Sample(str(i), f"What is {i}?", None, i, "even" if i % 2 == 0 else "odd", {"scoring": "number"})


def _task() -> Task:
    from evals.scorers import score

    return Task("toy", _samples, score, source="none", kinds=("even", "odd"))


def parrot(question: str) -> Reply:
    """Answers right, wrongly on 3, and breaks on 4."""
    number = int(question.split()[-1].rstrip("?"))
    if number == 4:
        raise RuntimeError("the parrot fell off its perch")
    return Reply(99 if number == 3 else number, f"It is {number}.", "proven", cost=Cost(0, 0, 0.5))


def make_parrot() -> Solver:
    return parrot


def _run(folder: Path, solver: Solver, *, resume: bool = True, workers: int = 1) -> list[dict[str, Any]]:
    store = Store(folder, {"a": 1}, resume=resume)
    make = make_parrot if workers > 1 else lambda: solver
    return run(_task(), list(_samples(Source())), Setup(make, workers), store, lambda _: None)


def test_a_bad_item_is_failed_with_its_trace_and_the_rest_goes_on(tmp_path: Path) -> None:
    rows = _run(tmp_path, parrot)
    assert [row["outcome"] for row in rows] == ["right", "right", "right", "wrong", "failed", "right"]
    assert "fell off its perch" in rows[4]["trace"]


def test_predictions_have_exactly_the_promised_fields(tmp_path: Path) -> None:
    _run(tmp_path, parrot)
    lines = [json.loads(line) for line in (tmp_path / "predictions.jsonl").read_text().splitlines()]
    assert [line["id"] for line in lines] == [str(i) for i in range(6)]
    assert all(set(line) == {"id", "text", "value", "status", "cost"} for line in lines)
    assert all(set(line["cost"]) == {"model_calls", "tokens", "seconds"} for line in lines)
    assert lines[4]["status"] == "failed"


@pytest.mark.parametrize("cut", [1, 7, 40, 200])
def test_a_cut_file_loses_at_most_its_last_item(tmp_path: Path, cut: int) -> None:
    _run(tmp_path, parrot)
    for name in ("predictions.jsonl", "outcomes.jsonl"):
        whole = (tmp_path / name).read_bytes()
        (tmp_path / name).write_bytes(whole[: len(whole) // 2 + cut])
    asked: list[str] = []

    def counting(question: str) -> Reply:
        asked.append(question)
        return parrot(question)

    rows = _run(tmp_path, counting)
    assert [row["id"] for row in rows] == [str(i) for i in range(6)]
    assert 1 <= len(asked) <= 4
    ids = [json.loads(line)["id"] for line in (tmp_path / "predictions.jsonl").read_text().splitlines()]
    assert sorted(ids) == [str(i) for i in range(6)]


def test_resuming_asks_nothing_again_but_judges_anew(tmp_path: Path) -> None:
    first = _run(tmp_path, parrot)

    def silent(question: str) -> Reply:
        raise AssertionError(f"asked again: {question}")

    assert _run(tmp_path, silent) == first


def test_other_arguments_are_refused_and_no_resume_starts_over(tmp_path: Path) -> None:
    _run(tmp_path, parrot)
    with pytest.raises(OtherRun, match="--no-resume"):
        Store(tmp_path, {"a": 2}, resume=True)
    store = Store(tmp_path, {"a": 2}, resume=False)
    assert not store.predictions


def test_worker_processes_give_the_same_rows(tmp_path: Path) -> None:
    alone = _run(tmp_path / "one", parrot)
    together = _run(tmp_path / "two", parrot, workers=2)
    for row in [*alone, *together]:
        row.pop("cost")
        row.pop("trace", None)
    assert together == alone


def _by(question: str) -> int:
    return int(question.split()[-1].rstrip("?"))


def deadly(question: str) -> Reply:
    """Kills its own process on 2, sleeps too long on 1, breaks on 4."""
    if _by(question) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    if _by(question) == 1:
        time.sleep(60)
    time.sleep(0.3 if _by(question) == 0 else 0)
    return parrot(question)


def make_deadly() -> Solver:
    return deadly


def _spread(folder: Path, ray: str | None) -> list[dict[str, Any]]:
    store = Store(folder, {"a": 1}, resume=True)
    return run(_task(), list(_samples(Source())), Setup(make_deadly, 2, 1.0, ray), store, lambda _: None)


def _as_promised(folder: Path, rows: list[dict[str, Any]]) -> None:
    assert [row["outcome"] for row in rows] == ["right", "failed", "failed", "wrong", "failed", "right"]
    assert rows[2]["trace"] == DIED
    assert "within 1 seconds" in rows[1]["trace"]
    for name in ("predictions.jsonl", "outcomes.jsonl"):
        lines = (folder / name).read_text().splitlines()
        assert [json.loads(line)["id"] for line in lines] == [str(i) for i in range(6)]


def test_a_worker_that_is_killed_stops_nothing(tmp_path: Path) -> None:
    _as_promised(tmp_path, _spread(tmp_path, None))


@pytest.mark.filterwarnings("ignore")
def test_ray_gives_the_same_lines_in_the_same_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("ray", reason="needs the extra ray")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    _as_promised(tmp_path, _spread(tmp_path, "local"))


def test_without_ray_its_option_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if importlib.util.find_spec("ray") is not None:
        pytest.skip("ray is installed")
    with pytest.raises(SolverUnavailable, match="konigsberg.ray"):
        _spread(tmp_path, "local")
    assert command.main(["robustness", "--limit", "1", "--ray", "local", "--out", str(tmp_path / "out")]) == 2
    assert "--workers alone" in capsys.readouterr().err


def test_a_question_over_its_time_fails() -> None:
    def slow(question: str) -> Reply:
        time.sleep(20)
        return Reply(1, "1", "proven")

    start = time.perf_counter()
    prediction = answer(slow, "x", "?", 0.2)
    assert time.perf_counter() - start < 5
    assert prediction.status == "failed"
    assert "within 0.2 seconds" in prediction.trace


def test_infinity_is_written_as_plain_json(tmp_path: Path) -> None:
    _run(tmp_path, lambda _: Reply(float("inf"), "endless", "proven"))
    text = (tmp_path / "predictions.jsonl").read_text()
    assert "Infinity" not in text
    assert json.loads(text.splitlines()[0])["value"] == "inf"


def test_a_bare_model_is_asked_and_what_it_costs_is_booked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("langchain_openai", reason="needs the extra openai")
    from agents.backends.connections import close
    from tests.agents.faulty_server import serving

    monkeypatch.delenv("KONIGSBERG_API_KEY", raising=False)
    with serving(lambda _: "500" if len(server.requests) == 1 else "", reply=lambda _: "Yes.") as server:
        arguments = [
            "graphqa",
            "--tasks",
            "cycle_check",
            "--limit",
            "3",
            "--no-tools",
            "--model",
            f"vllm:m@{server.url}",
        ]
        assert command.main([*arguments, "--out", str(tmp_path)]) == 0
    close()
    rows = [json.loads(line) for line in (tmp_path / "predictions.jsonl").read_text().splitlines()]
    assert [row["text"] for row in rows] == ["Yes."] * 3
    assert [row["cost"]["model_calls"] for row in rows] == [1, 2, 1]
    assert rows[0]["cost"]["tokens"] == 10


BAD = [
    (["nosuch"], "invalid choice"),
    (["graphqa", "--limit", "0"], "--limit"),
    (["graphqa", "--workers", "0"], "--workers"),
    (["graphqa", "--timeout", "-1"], "--timeout"),
    (["graphqa", "--timeout", "nan"], "--timeout"),
    (["graphqa", "--timeout", "inf"], "--timeout"),
    (["robustness", "--data", "x"], "reads no file"),
    (["graphqa", "--tasks", "juggling"], "has no task juggling"),
    (["graphqa", "--data", "/no/such/file"], "no such file"),
    (["all", "--data", "x"], "--data belongs to one benchmark"),
    (["graphqa", "--no-tools"], "--model"),
    (["graphqa", "--no-tools", "--model", "gpt"], "write SCHEME:NAME"),
    (["graphqa", "--no-tools", "--model", "gguf:/no/such/file.gguf"], "no GGUF file"),
]


@pytest.mark.parametrize(("arguments", "message"), BAD)
def test_bad_arguments_exit_with_2_and_say_why(
    arguments: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        code = command.main([*arguments, "--out", str(tmp_path / "out")])
    except SystemExit as stop:
        code = stop.code
    assert code == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / "out" / "predictions.jsonl").exists()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert command.main(["graphqa", "--limit", "1", "--out", str(tmp_path / "file")]) == 2
    assert "name another folder" in capsys.readouterr().err


MALFORMED = [
    ("graphqa", b"", "no items"),
    ("graphqa", b"{not json", "not JSON"),
    ("graphqa", b"\xff\xfe\x00\x01", "UTF-8"),
    ("graphqa", b'{"question": "?"}', "answer"),
    ("graphqa", b'{"question": "?", "answer": "1", "task": "node_count"}', "not an item"),
    ("graphqa", b'{"question": "?", "answer": "1", "task": "dance"}', "not a task"),
    ("nlgraph", b'{"0": {"question": "Q: why?", "answer": "so"}}', "none of NLGraph"),
    ("nlgraph", b"[1, 2]", "expected an object"),
    ("llm4dyg", b'[{"question": "?", "answer": "no", "type": "check_tpath"}]', "not an item"),
    ("graphinstruct", b'[{"question": "?", "answer": "1", "type": "swim"}]', "not a task"),
    ("graphwiz", b'{"query": "?", "answer": "### 1", "task": "flow"}', "not an item"),
    ("toolformer", b"Input: a Output: b", "expected"),
    ("toolformer", b"Input: a Output: b Reasoning Result: 3.", "no call"),
]


@pytest.mark.parametrize(("name", "content", "message"), MALFORMED)
def test_malformed_data_exits_with_2_and_names_the_place(
    name: str, content: bytes, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "data.json"
    file.write_bytes(content)
    assert command.main([name, "--data", str(file), "--out", str(tmp_path / "out")]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert str(file) in error


KILLED = """
import sys, time
from pathlib import Path
from evals.runner import Store, run
from evals.spreading import Setup
from evals.solvers import Solver
from tests.evals.test_runner import _samples, _task, parrot
from evals.task import Source

def slow(question):
    time.sleep(0.3)
    return parrot(question)

store = Store(Path(sys.argv[1]), {"a": 1}, resume=True)
run(_task(), list(_samples(Source())), Setup(lambda: slow), store, lambda _: None)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_a_killed_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], cwd=ROOT)
    file = tmp_path / "predictions.jsonl"
    deadline = time.time() + 15
    while time.time() < deadline and not (file.exists() and file.read_bytes().count(b"\n") >= 2):
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    done = file.read_bytes().count(b"\n")
    asked: list[str] = []

    def counting(question: str) -> Reply:
        asked.append(question)
        return parrot(question)

    rows = _run(tmp_path, counting)
    assert done >= 2
    assert len(asked) == 6 - done
    assert [row["outcome"] for row in rows] == ["right", "right", "right", "wrong", "failed", "right"]


def test_results_hold_what_a_reader_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "load", lambda name: _task())
    monkeypatch.setattr(command, "agent", lambda model: parrot)
    assert command.main(["graphqa", "--out", str(tmp_path)]) == 0
    result = json.loads((tmp_path / runner.RESULTS).read_text())
    assert (result["benchmark"], result["n"], result["right"]) == ("toy", 6, 4)
    assert result["accuracy"] == pytest.approx(4 / 6)
    assert result["by_task"]["even"]["accuracy"] == pytest.approx(2 / 3)
    assert result["status"] == {"proven": 5, "failed": 1}
    assert result["outcomes"] == {"right": 4, "wrong": 1, "failed": 1}
    assert result["wrong_but_proven"] == 1
    assert result["seed"] == 1234
    assert result["model"] is None
    assert result["seconds"] >= 0
    assert result["baseline"] == pytest.approx(2 / 6)


@pytest.mark.parametrize(("words", "seconds"), [(["graphqa"], 60), (["mine"], 0), (["prograph", "--timeout", "7"], 7)])
def test_benchmarks_in_which_models_write_for_minutes_have_no_limit_of_their_own(
    words: list[str], seconds: float
) -> None:
    options = command.parser().parse_args(words)
    assert command.patience(command.load(words[0]), options) == seconds
