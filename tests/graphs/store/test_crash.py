"""kill -9 at any moment: what was reported committed is there, nothing by half, and the log gives the tables."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from graphs.store import Store, StoreLocked
from tests.graphs.store.writer import FACTS

ROOT = Path(__file__).parents[3]
KILLS = int(os.environ.get("KONIGSBERG_KILLS", "8"))


def start(folder: Path, seed: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.graphs.store.writer", str(folder), str(seed)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def killed(writer: subprocess.Popen[str], rng: random.Random) -> int:
    """The last step that the writer reported before it was killed at a random moment."""
    assert writer.stdout is not None
    last = 0
    for count, line in enumerate(writer.stdout, 1):
        last = int(line.split()[1])
        if count >= rng.randint(1, 8):
            break
    timer = subprocess.Popen(["sleep", f"{rng.random() * 0.05:.4f}"])
    timer.wait()
    writer.send_signal(signal.SIGKILL)
    for line in writer.stdout:  # what it had written before it died
        if line.endswith("\n"):
            last = int(line.split()[1])
    writer.wait()
    writer.stdout.close()
    return last


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill -9")
def test_a_killed_writer_loses_nothing_it_reported(tmp_path: Path) -> None:
    rng = random.Random(20240531)
    before = 0
    for attempt in range(KILLS):
        reported = killed(start(tmp_path, attempt), rng)
        with Store.open(tmp_path, readonly=True) as store:
            assert store.last_step >= reported > before, attempt
            assert store.check() == [], attempt
            before = store.last_step
            asked = [step.number for step in store.steps() if step.kind == "question"]
            assert store.value("done") == max(asked), attempt
            assert store.size()["documents"] == len(asked), attempt
            assert store.size()["relations"] == len(asked) * FACTS, attempt
            assert store.size()["evidence"] == len(asked) * FACTS, attempt
            assert store.size()["entities"] == len(asked) * (FACTS + 1) - len(store.merges()), attempt


def test_another_process_is_told_that_the_store_is_locked(tmp_path: Path) -> None:
    writer = start(tmp_path, 0)
    assert writer.stdout is not None
    writer.stdout.readline()
    with pytest.raises(StoreLocked, match=f"process {writer.pid};"):
        Store.open(tmp_path)
    with Store.open(tmp_path, readonly=True) as reader:
        assert reader.last_step > 0
    writer.kill()
    writer.wait()
    writer.stdout.close()
    with Store.open(tmp_path) as store, store.step("edit"):
        pass


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_child_of_the_writer_neither_writes_nor_keeps_the_lock(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    with store.step("edit") as step:
        step.add_entity("before the fork")
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:  # pragma: no cover - another process
        try:
            store.step("edit").__enter__()
            said = b"wrote"
        except StoreLocked:
            said = b"locked"
        except BaseException as error:  # noqa: BLE001
            said = repr(error).encode()[:60]
        os.write(writing, said)
        os.close(writing)
        signal.pause()
    assert os.read(reading, 60) == b"locked"
    store.close()
    with Store.open(tmp_path) as again, again.step("edit") as step:
        step.add_entity("while the child lives")
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(reading)
    os.close(writing)
