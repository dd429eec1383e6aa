"""`konigsberg grow` as its users call it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graphs.store import Store
from tests.agents.growing.recording import random_reply, record, reply
from ui.cli import main

ROOT = Path(__file__).parents[2]
SEED = "What makes spider silk tough?"
PLAIN = ("--no-embeddings",)


@pytest.fixture
def spec(tmp_path: Path) -> str:
    return record(tmp_path / "r.jsonl", [random_reply(i) for i in range(5)])


def test_a_run_prints_progress_on_stderr_and_a_summary_on_stdout(
    tmp_path: Path, spec: str, capsys: pytest.CaptureFixture[str]
) -> None:
    store = str(tmp_path / "g")
    assert main(["grow", *SEED.split(), "--store", store, "--model", spec, "--steps", "3", "--json", *PLAIN]) == 0
    out, err = capsys.readouterr()
    data = json.loads(out)
    assert (data["totals"]["steps"], data["stopped"], data["seed"], data["store"]) == (3, "steps", SEED, store)
    assert data["entities"] > 5
    lines = err.splitlines()
    assert [line.partition(":")[0] for line in lines] == [
        f"store {store}", "step 1", "step 2", "step 3", "stopped",
    ]  # fmt: skip
    assert "facts" in lines[1]
    assert "tokens" in lines[1]
    assert "left" in lines[1]


def test_without_steps_a_recording_is_played_to_its_end(
    tmp_path: Path, spec: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["grow", SEED, "--store", str(tmp_path / "g"), "--model", spec, *PLAIN]) == 0
    out, err = capsys.readouterr()
    assert "this time: 5 steps" in out
    assert "stopped at step 5: all 5 steps are done" in out
    assert "stopped" not in err  # said once


def test_resume_needs_nothing_but_the_store(
    tmp_path: Path, spec: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    relative = spec.replace(str(tmp_path) + "/", "")
    assert main(["grow", SEED, "--store", "g", "--model", relative, "--steps", "2", "--quiet", *PLAIN]) == 0
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    capsys.readouterr()
    assert main(["grow", "--resume", "--store", "../g", "--steps", "4", "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["totals"]["steps"] == 4
    assert "goes on after step 2 of 4" in err


def test_the_folder_may_be_left_out(tmp_path: Path, spec: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["grow", SEED, "--model", spec, "--steps", "1", "--json", *PLAIN]) == 0
    store = json.loads(capsys.readouterr().out)["store"]
    assert store.endswith("what-makes-spider-silk-tough")
    assert main(["grow", "--resume", "--steps", "2", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["store"] == store


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "nothing to begin with"),
        ([SEED], "--model"),
        ([SEED, "--resume"], "leave them out"),
        (["--resume", "--new"], "one of them"),
        (["--resume"], "nothing to resume"),
        ([SEED, "--model", "replay:nothing.jsonl"], "nothing.jsonl"),
        ([SEED, "--model", "nonsense"], "is no model"),
        (["--documents", "nowhere", "--model", "SPEC"], "no file or folder"),
        ([SEED, "--model", "SPEC", "--steps", "0"], "steps"),
    ],
)
def test_bad_input_is_told_in_one_line(
    arguments: list[str], said: str, spec: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["grow", *(spec if word == "SPEC" else word for word in arguments)]) == 2
    out, err = capsys.readouterr()
    assert said in err
    assert not out
    assert "Traceback" not in err


def test_garbage_stops_with_status_1_and_tells_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = record(tmp_path / "bad.jsonl", ["The weather is fine."] * 9)
    assert main(["grow", SEED, "--store", str(tmp_path / "g"), "--model", bad, "--garbage", "3", "--json", *PLAIN]) == 1
    out, err = capsys.readouterr()
    data = json.loads(out)
    assert (data["stopped"], data["finished"], data["totals"]["steps"]) == ("garbage", False, 3)
    assert "--resume --store" in data["resume"]
    assert "quarantine" in err


def test_names_cannot_command_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    evil = "\x1b[31m[bold]silk[/bold]\x07"
    first = reply((evil, "limits", "b c d"), ("b c d", "enables", evil))
    bad = record(tmp_path / "bad.jsonl", [first, random_reply(1), random_reply(2)])
    assert main(["grow", SEED, "--store", str(tmp_path / "g"), "--model", bad, *PLAIN]) == 0
    out, err = capsys.readouterr()
    assert "\x1b" not in out + err
    assert "\x07" not in out + err


def test_report_is_a_command_under_grow() -> None:
    from ui.cli_grow import as_commands

    assert as_commands(["grow", "report", "silk"]) == ["grow report", "silk"]
    assert as_commands(["grow", "report on silk", "--json"]) == ["grow", "report on silk", "--json"]
    assert as_commands(["ask", "grow"]) == ["ask", "grow"]


def _program(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "ui.cli", "grow", *arguments],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "OMP_NUM_THREADS": "1"},
    )  # fmt: skip


def test_ctrl_c_finishes_the_step_and_tells_how_to_go_on(tmp_path: Path) -> None:
    long = record(tmp_path / "long.jsonl", [random_reply(i) for i in range(2000)])
    program = _program(SEED, "--store", str(tmp_path / "g"), "--model", long, "--json", *PLAIN)
    assert program.stderr is not None
    for line in program.stderr:
        if line.startswith("step 2:"):
            break
    program.send_signal(signal.SIGINT)
    out, err = program.communicate(timeout=60)
    assert program.returncode == 130
    data = json.loads(out)
    assert data["stopped"] == "cancelled"
    assert "--resume" in err
    with Store.open(tmp_path / "g", readonly=True) as store:
        assert store.value("grow/state")["totals"]["steps"] == data["totals"]["steps"]


def test_two_programs_on_one_store_do_not_meet(tmp_path: Path, spec: str, capsys: pytest.CaptureFixture[str]) -> None:
    with Store.open(tmp_path / "g"):
        began = time.monotonic()
        assert main(["grow", SEED, "--store", str(tmp_path / "g"), "--model", spec, *PLAIN]) == 2
        assert time.monotonic() - began < 60
    assert "konigsberg: " in capsys.readouterr().err


def test_what_cannot_be_grown_is_told(tmp_path: Path, spec: str, capsys: pytest.CaptureFixture[str]) -> None:
    store = tmp_path / "g"
    for model in ("embedded", "nar", "transnar"):
        assert main(["grow", SEED, "--store", str(store), "--model", model]) == 2
        assert f"'{model}' writes no text" in capsys.readouterr().err
    assert main(["grow", "--documents", "", "--store", str(store), "--model", spec]) == 2
    assert "there is no file or folder ''" in capsys.readouterr().err
    assert not store.exists()
    assert main(["grow", SEED, "--store", "a\0b", "--model", spec]) == 2
    assert "cannot be used" in capsys.readouterr().err
