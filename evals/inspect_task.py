"""The benchmarks as inspect_ai tasks, so that any model it knows can be run on them and looked at in its viewer.

`inspect eval evals/inspect_task.py@benchmark -T name=graphqa -T count=200 --model openai/gpt-4o-mini`, then
`inspect view`. Needs the extra `inspect`. The agent itself is measured by `evals.run`, which costs far less an item.
"""

from __future__ import annotations

import json
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from inspect_ai import Task as InspectTask
from inspect_ai import task
from inspect_ai.dataset import Sample as InspectSample
from inspect_ai.scorer import CORRECT, INCORRECT, NOANSWER, Score, Scorer, Target, accuracy, scorer, stderr
from inspect_ai.solver import TaskState, generate

from agents.reply import Reply
from evals.run import load
from evals.task import Sample, Source

_VALUES = {"right": CORRECT, "wrong": INCORRECT, "unreadable": NOANSWER}


@task
def benchmark(
    name: str = "graphqa", data: str | None = None, count: int = 100, seed: int = 1234, split: str = "dev"
) -> InspectTask:
    """One benchmark by the name that `evals.run` gives it; the reply's words are judged by its own scorer."""
    how: dict[str, Any] = {"data": data, "count": count, "seed": seed, "split": split}
    return InspectTask(
        dataset=[_sample(item) for item in _items(name, **how).values()],
        solver=generate(),
        scorer=by_benchmark(name, **how),
        name=name,
    )


@cache
def _items(name: str, data: str | None, count: int, seed: int, split: str) -> dict[Any, Sample]:
    source = Source(Path(data) if data else None, count, seed, split=split)
    return {item.id: item for item in islice(load(name).samples(source), count)}


def _sample(item: Sample) -> InspectSample:
    about = {"task": item.task}
    return InspectSample(input=item.question, target=json.dumps(item.gold, default=str), id=item.id, metadata=about)


@scorer(metrics=[accuracy(), stderr()])
def by_benchmark(name: str, data: str | None, count: int, seed: int, split: str) -> Scorer:
    """Judge by the benchmark's own scorer: C right, I wrong or refused, N unreadable.

    The arguments are plain: inspect_ai writes them into every log.
    """

    async def judge(state: TaskState, target: Target) -> Score:
        said = state.output.completion
        item = _items(name, data, count, seed, split)[state.sample_id]
        outcome = load(name).score(Reply(None, said, "unverified"), item)
        return Score(value=_VALUES.get(outcome, INCORRECT), answer=said, explanation=outcome)

    return judge
