"""Runs a benchmark: puts every question, writes each answer at once, and goes on where a killed run stopped."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from evals.scorers import score_text
from evals.solvers import Prediction
from evals.spreading import Setup, answers
from evals.task import Sample, Task

PREDICTIONS, OUTCOMES, RESULTS, ARGUMENTS = "predictions.jsonl", "outcomes.jsonl", "results.json", "arguments.json"
PREDICTED = {"id", "text", "value", "status", "cost"}


class OtherRun(ValueError):
    """The output folder holds a run with other arguments."""


class Store:
    """The files of one run. An item is done when its lines stand in both."""

    def __init__(self, folder: Path, arguments: dict[str, Any], *, resume: bool) -> None:
        """Open the folder; with `resume`, keep what an equal run left there.

        Raises:
            OtherRun: the folder holds a run with other arguments.
        """
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.predictions: dict[str, Prediction] = {}
        self.rows: dict[str, dict[str, Any]] = {}
        kept = folder / ARGUMENTS
        if resume and kept.exists():
            before = _read_json(kept)
            if before != arguments:
                changed = sorted(k for k in arguments.keys() | before.keys() if arguments.get(k) != before.get(k))
                raise OtherRun(
                    f"{folder} holds a run with other arguments ({', '.join(changed)}): name another --out, "
                    "or start over there with --no-resume"
                )
            self._recover()
        else:
            for name in (PREDICTIONS, OUTCOMES, RESULTS):
                (folder / name).unlink(missing_ok=True)
        _replace(kept, json.dumps(arguments, indent=1, sort_keys=True) + "\n")

    def _recover(self) -> None:
        """Take up every prediction that stands whole in the files; a half-written last line is dropped."""
        more = {row["id"]: row for row in read_lines(self.folder / OUTCOMES)}
        for row in read_lines(self.folder / PREDICTIONS):
            about = more.get(row["id"])
            if about is not None and row.keys() >= PREDICTED:
                extra = {"readings": tuple(about.get("readings", ())), "trace": about.get("trace", "")}
                self.predictions[row["id"]] = Prediction(**{k: row[k] for k in PREDICTED}, **extra)

    def open(self, rows: dict[str, dict[str, Any]]) -> None:
        """Write the recovered predictions with their rows, judged anew, and get ready for more."""
        self.rows = rows
        kept = [self.predictions[name] for name in rows]
        _replace(self.folder / PREDICTIONS, "".join(_line(_shown(prediction)) for prediction in kept))
        _replace(self.folder / OUTCOMES, "".join(map(_line, rows.values())))
        self._predictions = (self.folder / PREDICTIONS).open("a", encoding="utf-8")
        self._outcomes = (self.folder / OUTCOMES).open("a", encoding="utf-8")

    def add(self, prediction: Prediction, row: dict[str, Any]) -> None:
        for file, data in ((self._outcomes, row), (self._predictions, _shown(prediction))):
            file.write(_line(data))
            file.flush()
        self.rows[prediction.id] = row
        self.predictions[prediction.id] = prediction

    def in_order(self, names: Sequence[str]) -> None:
        """Put the finished lines in the order of the samples: workers end in any."""
        if list(self.rows) != list(names):
            self.rows = {name: self.rows[name] for name in names}
            kept = [self.predictions[name] for name in names]
            _replace(self.folder / OUTCOMES, "".join(map(_line, self.rows.values())))
            _replace(self.folder / PREDICTIONS, "".join(_line(_shown(prediction)) for prediction in kept))

    def finish(self, results: dict[str, Any]) -> None:
        _replace(self.folder / RESULTS, json.dumps(_finite(results), indent=1, ensure_ascii=False) + "\n")

    def close(self) -> None:
        self._predictions.close()
        self._outcomes.close()


def run(
    task: Task, samples: Iterable[Sample], setup: Setup, store: Store, done: Callable[[int], None]
) -> list[dict[str, Any]]:
    """Answer all samples that are not done yet and judge all; returns the rows in the order of the samples.

    What an earlier run answered is judged again, so that a better scorer needs no model calls.

    done: is told how many items are finished, after each. Closes the store's files.
    """
    wanted = list(samples)
    by_id = {sample.id: sample for sample in wanted}
    known = {name: prediction for name, prediction in store.predictions.items() if name in by_id}
    store.open({name: judge(task, by_id[name], prediction) for name, prediction in known.items()})
    left = [sample for sample in wanted if sample.id not in known]
    count = len(wanted) - len(left)
    done(count)
    try:
        for prediction in answers(left, setup):
            store.add(prediction, judge(task, by_id[prediction.id], prediction))
            count += 1
            done(count)
    finally:
        store.close()
    store.in_order([sample.id for sample in wanted])
    return [store.rows[sample.id] for sample in wanted]


def _shown(prediction: Prediction) -> dict[str, Any]:
    return {k: getattr(prediction, k) for k in ("id", "text", "value", "status", "cost")}


def judge(task: Task, sample: Sample, prediction: Prediction) -> dict[str, Any]:
    """The row of one item: its outcome against the shipped gold and, where that is wrong, against the right answer."""
    finding = task.audit(sample)
    row: dict[str, Any] = {
        "id": sample.id,
        "task": sample.task,
        "outcome": "failed",
        "status": prediction.status,
        "audit": finding.gold,
        "gold": _brief(sample.gold),
        "value": _brief(prediction.value),
        "cost": prediction.cost,
    }
    if task.column:
        row[task.column] = sample.metadata.get(task.column)
    if prediction.readings:
        row["readings"] = list(prediction.readings)
    if prediction.trace:
        return {**row, "trace": prediction.trace}
    reply = prediction.reply()
    row["outcome"] = task.score(reply, sample)
    if task.detail is not None:
        row |= task.detail(reply, sample)
    if finding.corrected is not None:
        row["corrected_outcome"] = task.score(reply, finding.corrected)
    if prediction.value is not None and "scoring" in sample.metadata:
        row["text_outcome"] = score_text(reply, sample)
    return row


def _brief(value: Any, limit: int = 400) -> str:
    text = str(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _line(data: dict[str, Any]) -> str:
    return json.dumps(_finite(data), ensure_ascii=False, default=str) + "\n"


def _finite(data: Any) -> Any:
    """JSON knows no infinity: it is written as text."""
    if isinstance(data, float) and not math.isfinite(data):
        return str(data)
    if isinstance(data, dict):
        return {key: _finite(item) for key, item in data.items()}
    return [_finite(item) for item in data] if isinstance(data, (list, tuple)) else data


def _read_json(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The whole lines of a file that a kill may have cut short."""
    if not path.exists():
        return
    with path.open(encoding="utf-8", errors="replace") as file:
        for line in file:
            try:
                row = json.loads(line)
            except ValueError:
                continue
            if isinstance(row, dict) and "id" in row:
                yield row


def _replace(path: Path, text: str) -> None:
    """Write a file so that a kill leaves the old one or the new one, never a half."""
    fresh = path.with_suffix(path.suffix + ".new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)
