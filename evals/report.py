"""Sums up a run: accuracy with standard errors, audited golds, baselines, statuses, cost; as JSON and as tables."""

from __future__ import annotations

import math
import platform
import subprocess
from collections import Counter
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from evals.task import OUTCOMES, Task

Row = dict[str, Any]
WIDEST = 10  # most columns of the second axis that still fit a terminal
WIDEST_HEAD = 5  # characters of their headings


def share(rows: list[Row]) -> dict[str, Any]:
    """n, right, accuracy and its standard error (binomial; 0 for no items)."""
    n, right = len(rows), sum(row["outcome"] == "right" for row in rows)
    accuracy = right / n if n else 0.0
    return {
        "n": n,
        "right": right,
        "accuracy": accuracy,
        "standard_error": math.sqrt(accuracy * (1 - accuracy) / n) if n else 0.0,
    }


def baseline(rows: list[Row]) -> float:
    """Accuracy of always giving a task's most frequent gold."""
    by_task = _grouped(rows, "task")
    top = sum(max(Counter(row["gold"] for row in group).values()) for group in by_task.values())
    return top / len(rows) if rows else 0.0


def audited(rows: list[Row]) -> dict[str, Any]:
    """Accuracy against the right answers: recomputed where the shipped gold is wrong; guesses left out.

    Where the text does not determine the answer, saying so is right.
    """
    n = right = 0
    for row in rows:
        if row["audit"] == "guess" or (row["audit"] == "wrong" and "corrected_outcome" not in row):
            continue
        n += 1
        if row["audit"] == "unanswerable":
            right += row["outcome"] in ("unanswerable", "asked_back")
        else:
            right += row.get("corrected_outcome", row["outcome"]) == "right"
    return {"n": n, "right": right, "accuracy": right / n if n else 0.0}


def summary(task: Task, rows: list[Row], about: dict[str, Any]) -> dict[str, Any]:
    """Everything that results.json holds; `about` adds seconds, seed, model and arguments."""
    sound = [row for row in rows if row["audit"] == "right"]
    flawed = [row for row in rows if row["audit"] != "right"]
    in_words = [row for row in rows if "text_outcome" in row]
    seconds = sum(row["cost"]["seconds"] for row in rows)
    by_task = {name: _cell(group) for name, group in _grouped(rows, "task").items()}
    result = {
        "benchmark": task.name,
        "source": task.source,
        **share(rows),
        "by_task": by_task,
        "status": dict(Counter(row["status"] for row in rows)),
        "outcomes": _outcomes(rows),
        "wrong_but_proven": _wrong_but_proven(rows),
        "audited": audited(rows),
        "right_golds": share(sound),
        "ceiling": len(sound) / len(rows) if rows else 0.0,
        "flawed_golds": {name: _flaws(group) for name, group in _grouped(flawed, "task").items()},
        "text_agrees": _agreement(in_words),
        "baseline": baseline(rows),
        "model_calls": sum(row["cost"]["model_calls"] for row in rows),
        "tokens": sum(row["cost"]["tokens"] for row in rows),
        "questions_per_second": len(rows) / seconds if seconds else 0.0,
        "commit": commit(),
        "environment": environment(),
    }
    if task.column:
        result[f"by_{task.column}"] = {str(k): _cell(g) for k, g in _grouped(rows, task.column).items()}
    if task.sums is not None:
        result |= task.sums(rows)
    return result | about


def _cell(rows: list[Row]) -> dict[str, Any]:
    return share(rows) | {
        "outcomes": _outcomes(rows),
        "status": dict(Counter(row["status"] for row in rows)),
        "baseline": baseline(rows),
        "wrong_but_proven": _wrong_but_proven(rows),
    }


def _wrong_but_proven(rows: list[Row]) -> int:
    """Answers that claim a proof and miss a gold that is right."""
    return sum(r["status"] == "proven" and r["outcome"] == "wrong" and r["audit"] == "right" for r in rows)


def _outcomes(rows: list[Row]) -> dict[str, int]:
    found = Counter(row["outcome"] for row in rows)
    return {name: found[name] for name in OUTCOMES if found[name]}


def _flaws(rows: list[Row]) -> dict[str, Any]:
    return {"golds": dict(Counter(row["audit"] for row in rows)), "outcomes": _outcomes(rows)}


def _agreement(rows: list[Row]) -> dict[str, int]:
    """Of the replies whose typed value was judged: how many of their texts, read alone, get the same outcome."""
    same = sum(row["text_outcome"] == row["outcome"] for row in rows)
    return {"n": len(rows), "same": same}


def _grouped(rows: Iterable[Row], key: str) -> dict[Any, list[Row]]:
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.get(key), []).append(row)
    if all(isinstance(name, (int, float)) for name in groups):  # sizes by size, names as they come
        return dict(sorted(groups.items()))
    return groups


def commit() -> str | None:
    """The commit of the code that ran, with a plus when files differ from it; None outside a checkout."""
    here = Path(__file__).parent
    try:
        head = _git(here, "rev-parse", "--short=12", "HEAD")
        return head + ("+" if _git(here, "status", "--porcelain", "--untracked-files=no") else "")
    except (OSError, subprocess.SubprocessError):
        return None


def _git(here: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments], cwd=here, capture_output=True, text=True, check=True, timeout=20
    ).stdout.strip()


def environment() -> dict[str, str]:
    found = {"python": platform.python_version(), "platform": platform.platform()}
    for package in ("konigsberg", "networkx", "langgraph"):
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found


def show(console: Console, task: Task, rows: list[Row], result: dict[str, Any]) -> None:
    """Print the tables of a run."""
    console.print(_main_table(task, result))
    if task.column:
        console.print(_second_table(task, rows, result))
    for name in task.sums(rows) if task.sums is not None else ():
        console.print(_figures(name, result[name]))
    console.print(_lines(result), highlight=False, soft_wrap=True)


def _figures(name: str, groups: dict[str, dict[str, Any]]) -> Table:
    """A benchmark's own figures: one line a group."""
    table = _table(name)
    table.add_column("", no_wrap=True)
    heads = list(next(iter(groups.values()), {}))
    for head in heads:
        table.add_column(head.replace("_", " "), justify="right")
    for group, figures in groups.items():
        table.add_row(group, *(str(figures.get(head, "")) for head in heads))
    return table


def _table(title: str) -> Table:
    return Table(title=title, title_justify="left", box=None, padding=(0, 1, 0, 0))


def _percent(value: float) -> str:
    return f"{100 * value:.1f}"


def _main_table(task: Task, result: dict[str, Any]) -> Table:
    table = _table(f"{task.name}: % right by the shipped golds, outcomes, majority baseline")
    heads = ("n", "right", "s.e.", "asked", "n/a", "wrong", "proven", "unread", "fail", "base")
    for head in ("task", *heads):  # "proven": wrong and yet called proven
        table.add_column(head, justify="left" if head == "task" else "right", no_wrap=True)
    for name, cell in [*result["by_task"].items(), ("all", result)]:
        counts = cell["outcomes"]
        table.add_row(
            str(name),
            str(cell["n"]),
            _percent(cell["accuracy"]),
            _percent(cell["standard_error"]),
            *(str(counts.get(k, 0)) for k in ("asked_back", "unanswerable", "wrong")),
            str(cell["wrong_but_proven"]),
            *(str(counts.get(k, 0)) for k in ("unreadable", "failed")),
            _percent(cell["baseline"]),
            style="bold" if name == "all" else None,
        )
    return table


def _second_table(task: Task, rows: list[Row], result: dict[str, Any]) -> Table:
    """Task by column where that fits; otherwise the column alone."""
    values = list(result[f"by_{task.column}"])
    if len(values) > WIDEST:
        table = _table(f"by {task.column}")
        for head in (task.column, "n", "right", "asked", "wrong", "proven"):
            table.add_column(head, justify="left" if head == task.column else "right", no_wrap=True)
        for name, cell in result[f"by_{task.column}"].items():
            counts = cell["outcomes"]
            asked = counts.get("asked_back", 0) + counts.get("unanswerable", 0)
            wrong = cell["n"] - cell["right"] - asked
            figures = (cell["n"], _percent(cell["accuracy"]), asked, wrong, cell["wrong_but_proven"])
            table.add_row(name, *map(str, figures))
        return table
    table = _table(f"% right by {task.column}")
    table.add_column("task", no_wrap=True)
    for value in values:
        table.add_column(value[:WIDEST_HEAD], justify="right", no_wrap=True)
    for name, group in _grouped(rows, "task").items():
        cells = {str(k): share(g)["accuracy"] for k, g in _grouped(group, task.column).items()}
        table.add_row(str(name), *(_percent(cells[v]) if v in cells else "–" for v in values))
    return table


def _lines(result: dict[str, Any]) -> str:
    right, audit = result["right_golds"], result["audited"]
    lines = [
        f"shipped {_percent(result['accuracy'])} ± {_percent(result['standard_error'])} %"
        f" | audited {_percent(audit['accuracy'])} % of {audit['n']}"
        f" | right golds {right['right']}/{right['n']} | ceiling {_percent(result['ceiling'])} %"
        f" | majority baseline {_percent(result['baseline'])} %",
        f"status {result['status']} | wrong though proven {result['wrong_but_proven']}"
        f" | text agrees with value {result['text_agrees']['same']}/{result['text_agrees']['n']}",
        f"model calls {result['model_calls']} | tokens {result['tokens']}"
        f" | {result['questions_per_second']:.1f} questions per second"
        f" | seed {result['seed']} | model {result['model']} | commit {result['commit']}",
    ]
    for name, flaw in result["flawed_golds"].items():
        lines.append(f"flawed golds in {name}: {flaw['golds']}, outcomes {flaw['outcomes']}")
    return "\n".join(lines)
