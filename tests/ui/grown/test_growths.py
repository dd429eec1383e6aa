"""Growing in the background: progress, pause, resume, limits, and what goes wrong."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from graphs.errors import BadArgument, GraphError
from tests.agents.growing.recording import random_reply, record
from ui.grown.documents import taken
from ui.grown.figures import Figures, figures_html
from ui.grown.growths import Growing, Growths
from ui.grown.progress import progress_html
from ui.report import Settings


@pytest.fixture
def spec(tmp_path: Path) -> str:
    return record(tmp_path / "replies.jsonl", [random_reply(n) for n in range(12)])


@pytest.fixture
def growths() -> Iterator[Growths]:
    made = Growths(most=1)
    yield made
    made.close()


def ended(growing: Growing) -> Growing:
    assert growing.done.wait(120)
    return growing


def until(holds: Callable[[], Any]) -> None:
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_graph_grows_and_says_so(tmp_path: Path, spec: str, growths: Growths) -> None:
    growing = ended(growths.begin(tmp_path / "silk", spec, "What is silk?", steps=3, embed=False))
    assert growing.error == ""
    assert growing.end is not None
    assert growing.end.stopped.reason == "steps"
    said = progress_html(growing)
    assert "Done." in said
    assert "3 of 3 steps" in said
    assert str(tmp_path) not in said
    assert growths.of(tmp_path / "silk") is growing
    on = ended(growths.resume(tmp_path / "silk", steps=5))
    assert on.last is not None
    assert on.last.step == 5


def test_it_is_paused_after_a_step_and_goes_on(
    tmp_path: Path, spec: str, growths: Growths, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_go = threading.Semaphore(1)
    walk = Growing._take

    def slowly(self: Growing, event: Any) -> None:
        walk(self, event)
        if type(event).__name__ == "Asking":
            assert let_go.acquire(timeout=60)

    monkeypatch.setattr(Growing, "_take", slowly)
    growing = growths.begin(tmp_path / "silk", spec, "What is silk?", steps=9, embed=False)
    until(lambda: growing.last is not None)
    assert growing.running
    assert "step" in growing.doing
    with pytest.raises(BadArgument, match="growing already"):
        growths.resume(tmp_path / "silk")
    with pytest.raises(BadArgument, match="no more than 1 graph may grow"):
        growths.begin(tmp_path / "other", spec, "What is bone?")
    growing.pause()
    assert "Finishing the step" in progress_html(growing)
    for _ in range(9):
        let_go.release()
    ended(growing)
    assert "Paused." in progress_html(growing)
    assert growing.last is not None
    assert 1 <= growing.last.step < 9
    on = ended(growths.resume(tmp_path / "silk"))
    assert on.last is not None
    assert on.last.step == 9


def test_what_cannot_grow_is_said_and_frees_its_place(tmp_path: Path, spec: str, growths: Growths) -> None:
    with pytest.raises(BadArgument, match="nothing to begin with"):
        growths.begin(tmp_path / "silk", spec)
    growing = ended(growths.begin(tmp_path / "silk", "gguf:/nowhere.gguf", "What?"))
    assert growing.error
    assert "could not go on" in progress_html(growing)
    again = ended(growths.begin(tmp_path / "silk", spec, "What?", steps=1, embed=False))
    assert again.error == ""


def test_figures_are_measured_beside_null_models(tmp_path: Path, spec: str, growths: Growths) -> None:
    folder = ended(growths.begin(tmp_path / "silk", spec, "What is silk?", steps=6, embed=False)).folder
    figures = Figures(Settings(seeds=3, checkpoints=1, bootstraps=5, points=10))
    assert "on request" in figures_html(figures.of(folder))
    measuring = figures.measure(folder)
    until(lambda: measuring.over)
    said = figures_html(measuring)
    assert "Erdős–Rényi" in said
    assert "z = " in said
    assert figures.measure(folder) is measuring  # nothing has changed


def test_documents_are_read_and_then_gone(tmp_path: Path, spec: str, growths: Growths) -> None:
    uploads = tmp_path / "uploads"
    uploads.mkdir()
    text = uploads / "silk.txt"
    text.write_text("Silk core enables silk glue. " * 30)
    folder = tmp_path / "silk"
    files = taken([str(text)], uploads, folder / "uploaded", 10_000)
    growing = ended(growths.begin(folder, spec, "", files, steps=2, embed=False))
    assert growing.error == ""
    assert "Read silk.txt" in progress_html(growing)
    assert not (folder / "uploaded").exists()
    assert not text.exists()


@pytest.mark.parametrize(
    ("name", "size", "said"),
    [("a.exe", 5, "no document that can be read"), ("a.txt", 50_000, "limit"), ("../outside.txt", 5, "no file that")],
)
def test_documents_that_are_refused(tmp_path: Path, name: str, size: int, said: str) -> None:
    uploads = tmp_path / "uploads"
    uploads.mkdir()
    (uploads / name).write_text("x" * size)
    with pytest.raises(GraphError, match=said):
        taken([str(uploads / name)], uploads, tmp_path / "to", 10_000)
