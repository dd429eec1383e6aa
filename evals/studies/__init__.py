"""Comparisons of trainings: not questions with answers, but rows of a table, each kept as soon as it is measured."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from evals.task import BadData

STUDIES: dict[str, str] = {
    "sparse-gin": "evals.studies.sparse_gin.main",
    "tag": "evals.studies.tag.main",
}  # name on the command line: module whose `main(arguments)` runs it


def main_of(name: str) -> Callable[[list[str]], int]:
    """What runs the study with the arguments that follow its name."""
    found: Callable[[list[str]], int] = import_module(STUDIES[name]).main
    return found


class Rows:
    """Measured rows in a JSONL file, so that a stopped study goes on where it was.

    about: what all rows share (data, settings); a file of another study is refused. A row's key tells it apart.
    """

    def __init__(self, file: Path, about: Mapping[str, Any]) -> None:
        self.file, self.rows = file, dict[str, dict[str, Any]]()
        self._about = json.loads(json.dumps(about, default=str))
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            self._append({"about": self._about})
            return
        self._read()

    def _read(self) -> None:
        *lines, rest = self.file.read_text(encoding="utf-8").split("\n")
        if rest:  # the process was killed while it wrote this line
            self.file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        try:
            first, *others = [json.loads(line) for line in lines if line]
            self.rows = {str(row["key"]): row for row in others}
            about = first["about"]
        except (ValueError, KeyError, TypeError) as error:
            raise BadData(f"{self.file} holds no rows of a study; move it away or name another --out") from error
        if other := sorted(k for k in {*about, *self._about} if about.get(k) != self._about.get(k)):
            raise BadData(
                f"{self.file} holds rows of a study with other settings ({', '.join(other)}); name another --out"
            )

    def measured(self, key: str, measure: Callable[[], Mapping[str, Any]]) -> dict[str, Any]:
        """The row called `key`: as it stands in the file, or measured now and written."""
        if key not in self.rows:
            row = {"key": key, **measure()}
            self._append(row)
            self.rows[key] = row
        return self.rows[key]

    def _append(self, row: Mapping[str, Any]) -> None:
        with self.file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
            file.flush()
            os.fsync(file.fileno())
