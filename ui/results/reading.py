"""The runs of `evals.run` in a folder: their sums, their items, and the questions that were put."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from evals.run import load
from evals.runner import OUTCOMES, PREDICTIONS, RESULTS, read_lines
from evals.task import BadData, Source
from graphs.errors import BadArgument, GraphError
from ui.report.markup import clean, short

MOST_RUNS = 200
GOOD = frozenset({"right"})
ASKED = frozenset({"asked_back", "unanswerable"})


@dataclass(frozen=True)
class Run:
    """One run. name: its folder, below the folder of results. sums: what results.json holds."""

    name: str
    folder: Path
    sums: Mapping[str, Any] = field(default_factory=dict)

    @property
    def about(self) -> str:
        """One line for a list."""
        model = self.sums.get("model") or "no model"
        return f"{self.name}: {self.sums['n']:,} items, {100 * self.sums['accuracy']:.1f} % right, {model}"


def runs(folder: Path | None) -> list[Run]:
    """The finished runs in a folder and up to two folders below, the newest first."""
    made = []
    for path, changed in _files(folder):
        if (sums := _sums(path, changed)) is not None:
            made.append(Run(_name(folder, path), path.parent, sums))
    return made


def unreadable(folder: Path | None) -> list[str]:
    """The names of results that are broken, or no results of a benchmark with items."""
    return [_name(folder, path) for path, changed in _files(folder) if _sums(path, changed) is None]


def _name(folder: Path | None, path: Path) -> str:
    return str(path.parent.relative_to(folder or path.parent))


def _files(folder: Path | None) -> list[tuple[Path, int]]:
    """The files with sums and when they were changed, the newest first."""
    if folder is None or not folder.is_dir():
        return []
    found = [path for depth in ("*", "*/*", "*/*/*") for path in folder.glob(f"{depth}/{RESULTS}")]
    dated = []
    for path in (*found, folder / RESULTS):
        with suppress(OSError):  # deleted meanwhile
            dated.append((path, path.stat().st_mtime_ns))
    return sorted(dated, key=lambda pair: -pair[1])[:MOST_RUNS]


@lru_cache(maxsize=2 * MOST_RUNS)
def _sums(path: Path, _: int) -> dict[str, Any] | None:
    """What results.json holds; None for one that is no result of a benchmark with items."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    good = isinstance(data, dict) and isinstance(data.get("benchmark"), str) and isinstance(data.get("by_task"), dict)
    if not good or not all(map(_is_cell, (data, *data["by_task"].values()))):
        return None
    if not _is_cell(data.get("audited")):
        data.pop("audited", None)
    return dict(data)


def _is_cell(cell: Any) -> bool:
    """Whether these are the sums of some items, with numbers where numbers are due."""
    if not isinstance(cell, dict):
        return False
    counts = (cell.get("n"), cell.get("right", 0), *_values(cell.get("outcomes", {})))
    shares = (cell.get("accuracy"), cell.get("standard_error", 0.0))
    whole = all(type(count) is int and 0 <= count < 10**12 for count in counts)
    return whole and all(isinstance(share, (int, float)) and 0 <= share <= 1 for share in shares)


def _values(outcomes: Any) -> list[Any]:
    return list(outcomes.values()) if isinstance(outcomes, dict) else [None]


def run_called(folder: Path | None, name: str) -> Run:
    """The run of this name.

    Raises:
        BadArgument: there is none.
    """
    for run in runs(folder):
        if run.name == name:
            return run
    raise BadArgument(f"there is no run called {short(clean(name), 60)!r}; choose one from the list")


def rows(run: Run) -> dict[str, dict[str, Any]]:
    """The items of a run by their ids, each with the text of its answer."""
    path = run.folder / OUTCOMES
    return _rows(run.folder, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=4)
def _rows(folder: Path, _: int) -> dict[str, dict[str, Any]]:
    found = {str(row["id"]): row for row in read_lines(folder / OUTCOMES) if isinstance(row.get("outcome"), str)}
    for row in read_lines(folder / PREDICTIONS):
        if str(row["id"]) in found:
            found[str(row["id"])]["text"] = str(row.get("text", ""))
    return found


def question(run: Run, item: str) -> str:
    """The question of an item, made again by its benchmark: results do not keep it.

    Raises:
        BadArgument: the benchmark, its file or the item is not there any more.
    """
    asked = run.sums.get("arguments")
    if not isinstance(asked, Mapping) or asked.get("perturb"):
        raise BadArgument("the question is not kept with the results, and this run's cannot be made again")
    kinds = tuple(kind.strip() for kind in str(asked.get("tasks") or "").split(",") if kind.strip())
    data = Path(str(asked["data"])) if asked.get("data") else None
    if data is not None and not data.exists():
        raise BadArgument(f"the question stands in {data.name}, which is not where it was when the run was made")
    try:
        most, split = asked.get("limit"), str(asked.get("split", "dev"))
        source = Source(data, most, int(asked["seed"]), kinds, split, bool(asked.get("trace")))
        for sample in load(str(run.sums["benchmark"])).samples(source):
            if sample.id == item:
                return sample.question
    except (BadData, GraphError, ImportError, KeyError, TypeError, ValueError) as error:
        raise BadArgument(f"the question cannot be made again ({error})") from error
    raise BadArgument("the benchmark does not make this item any more; the run is older than its generator")


@dataclass(frozen=True)
class Change:
    """How one item fared in two runs."""

    item: str
    task: str
    before: str
    after: str


def changes(first: Run, second: Run) -> tuple[int, list[Change]]:
    """How many items both runs have, and those whose outcome differs."""
    one, other = rows(first), rows(second)
    both = [item for item in one if item in other]
    found = [
        Change(item, str(one[item].get("task", "")), one[item]["outcome"], other[item]["outcome"])
        for item in both
        if one[item]["outcome"] != other[item]["outcome"]
    ]
    return len(both), found


def sign_test(better: int, worse: int) -> float:
    """The exact two-sided p-value of McNemar's test: how likely so uneven a split of the changed items is by chance.

    >>> sign_test(5, 5), round(sign_test(10, 0), 4)
    (1.0, 0.002)
    """
    from math import comb

    total, least = better + worse, min(better, worse)
    if not total:
        return 1.0
    return min(1.0, float(2 * sum(comb(total, k) for k in range(least + 1)) / 2**total))


def tally(found: list[dict[str, Any]]) -> Counter[str]:
    """How often each outcome came."""
    return Counter(str(row["outcome"]) for row in found)
