"""The exported inspect_ai task runs, and its answers are judged by the benchmark's own scorer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import sys
from inspect_ai import eval
from inspect_ai.model import ModelOutput
from inspect_ai.solver import solver
from evals.inspect_task import benchmark

@solver
def yes():
    async def solve(state, generate):
        state.output = ModelOutput.from_content("mock", "Answer: yes")
        return state
    return solve

task = benchmark(name="graphqa", count=12)
log = eval(task, solver=yes(), model="mockllm/model", display="none", log_dir=sys.argv[1])[0]
assert log.status == "success", log.error
from evals.run import load
from evals.task import Source
items = {s.id: s for s in load("graphqa").samples(Source(count=12))}
for sample in log.samples:
    item = items[sample.id]
    if item.metadata["scoring"] == "yes_no":
        assert sample.scores["by_benchmark"].value == ("C" if item.gold else "I"), sample.id
    else:
        assert sample.scores["by_benchmark"].value in ("I", "N"), sample.id
"""


def test_answers_are_judged_by_our_scorer(tmp_path: Path) -> None:
    pytest.importorskip("inspect_ai", reason="needs the extra inspect")
    done = subprocess.run([sys.executable, "-c", SCRIPT, str(tmp_path)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]


def test_nothing_else_needs_inspect_ai() -> None:
    code = "import sys, evals.run, evals.benchmarks.graphqa; assert 'inspect_ai' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
