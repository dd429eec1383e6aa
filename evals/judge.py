"""A chat model as a second judge, beside the typed comparison: `python -m evals.run prograph … --judge SPEC`.

Published scores of some benchmarks come from a model that compares outputs with golds. This judge is put the same
question. Its verdicts stand in a column of their own and change no outcome; what it cannot judge counts as 0, as in the
published scorers, and is said. Replies are kept in an SQLite file, so that judging a run again costs no calls.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agents.reply import Reply
from evals.runner import PREDICTIONS, read_lines
from evals.solvers import SolverUnavailable
from evals.task import Sample
from graphs.errors import GraphError

VERDICTS = "judged.jsonl"
CACHE = "judge.sqlite"
TOKENS = 200  # of one verdict
TIMEOUT = 900.0  # seconds for one verdict
SHOWN = 3000  # characters of an output or a gold


@dataclass(frozen=True)
class Brief:
    """What a judge is asked about one reply: messages, the schema of the verdict, and the credit that it gives."""

    messages: Sequence[tuple[str, str]]
    schema: Mapping[str, Any]
    credit: Callable[[Mapping[str, Any]], float]


Briefing = Callable[[Reply, Sample], "Brief | None"]


def judge(
    briefing: Briefing,
    samples: Sequence[Sample],
    rows: Sequence[Mapping[str, Any]],
    folder: Path,
    spec: str,
    cache: Path | None = None,
    done: Callable[[int], None] = lambda _: None,
) -> dict[str, Any]:
    """Judge the predictions of a finished run, write `judged.jsonl` beside them, and return the sums.

    A reply without a brief (a program that did not run) gets 0 without being asked about.

    Raises:
        SolverUnavailable: the model cannot be made or reached.
    """
    from agents.models import Ledger, ModelDown, ModelError, ask_json, chat_model

    ledger = Ledger()
    try:
        model = chat_model(spec, max_tokens=TOKENS, timeout=TIMEOUT, cache=cache or folder / CACHE).charged_to(ledger)
    except GraphError as error:
        raise SolverUnavailable(f"--judge: {error}") from error
    said = {row["id"]: row for row in read_lines(folder / PREDICTIONS)}
    verdicts: list[dict[str, Any]] = []
    for number, (sample, row) in enumerate(zip(samples, rows, strict=True), 1):
        verdict: dict[str, Any] = {"id": sample.id, "typed": float(row.get("credit", row["outcome"] == "right"))}
        brief = briefing(_reply(said.get(sample.id, {})), sample)
        if brief is None:
            verdict |= {"judge": 0.0, "asked": False}
        else:
            try:
                got = ask_json(model, list(brief.messages), dict(brief.schema))
                verdict |= {"judge": brief.credit(got.value), "asked": True, "reply": got.value}
            except ModelDown as error:
                raise SolverUnavailable(f"--judge: {error}") from error
            except ModelError as error:
                verdict |= {"judge": 0.0, "asked": True, "fault": str(error)}
        verdicts.append(verdict)
        done(number)
    lines = "".join(json.dumps(verdict, ensure_ascii=False) + "\n" for verdict in verdicts)
    (folder / VERDICTS).write_text(lines, encoding="utf-8")
    spent = ledger.total
    return {"model": spec, **sums(verdicts), "calls": spent.calls, "cached": spent.cached, "tokens": spent.tokens}


def _reply(prediction: Mapping[str, Any]) -> Reply:
    return Reply(prediction.get("value"), str(prediction.get("text", "")), "unverified")


def sums(verdicts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Mean credit by the judge and by the typed comparison, and where the two differ."""
    n = len(verdicts)
    given = [float(verdict["judge"]) for verdict in verdicts]
    mean = sum(given) / n if n else 0.0
    spread = math.sqrt(sum((value - mean) ** 2 for value in given) / n / n) if n else 0.0
    return {
        "n": n,
        "asked": sum(verdict["asked"] for verdict in verdicts),
        "no verdict": sum("fault" in verdict for verdict in verdicts),
        "accuracy": mean,
        "standard_error": spread,
        "typed accuracy": sum(float(verdict["typed"]) for verdict in verdicts) / n if n else 0.0,
        "same": sum(verdict["judge"] == verdict["typed"] for verdict in verdicts),
        "judge gives more": sum(verdict["judge"] > verdict["typed"] for verdict in verdicts),
        "judge gives less": sum(verdict["judge"] < verdict["typed"] for verdict in verdicts),
    }


def line(found: Mapping[str, Any]) -> str:
    """The sums as one line of a report."""
    return (
        f"judge {found['model']}: {100 * found['accuracy']:.1f} ± {100 * found['standard_error']:.1f} % of {found['n']}"
        f" (typed comparison {100 * found['typed accuracy']:.1f} %) | asked {found['asked']}, no verdict"
        f" {found['no verdict']} | same {found['same']}, gives more {found['judge gives more']}, less"
        f" {found['judge gives less']} | calls {found['calls']}, replayed {found['cached']}"
    )
