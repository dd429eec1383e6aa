"""The folder of a training: refuse what is in the way, know a run again, keep its result."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from adapters.training.errors import TrainingError
from adapters.training.result import FILE, Result

RUN = "run.json"


class RunFolder:
    """Where a run saves. `checkpoints` holds what it needs to go on, until it is finished."""

    def __init__(self, path: Path) -> None:
        self.path, self.checkpoints = path, path / "checkpoints"

    def check(self, settings: Mapping[str, Any], *, resume: bool) -> Result | None:
        """The result where a run with these settings is finished in the folder already. Nothing is written.

        Raises:
            TrainingError: the folder holds something else, or a run with other settings.
        """
        known = json.loads(json.dumps(settings, default=str))
        if self.path.exists() and not self.path.is_dir():
            raise TrainingError(f"--save {self.path} is a file; name a folder")
        before = self._settings()
        if before is None:
            if self.path.exists() and any(self.path.iterdir()):
                raise TrainingError(f"--save {self.path} holds other files; name a new folder")
            return None
        if not resume:
            raise TrainingError(f"--save {self.path} holds a run; go on with it by --resume, or name a new folder")
        if other := sorted(k for k in {*before, *known} if before.get(k) != known.get(k)):
            told = ", ".join(f"{k} was {before.get(k)!r}, now {known.get(k)!r}" for k in other)
            raise TrainingError(f"--resume: the run in {self.path} has other settings ({told}); give the same ones")
        done = self.path / FILE
        return Result(**json.loads(done.read_text(encoding="utf-8"))) if done.exists() else None

    def begin(self, settings: Mapping[str, Any]) -> None:
        """Make the folder and note what is run in it.

        Raises:
            TrainingError: it cannot be written.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            (self.path / RUN).write_text(
                json.dumps(settings, indent=2, ensure_ascii=False, default=str) + "\n", encoding="utf-8"
            )
        except OSError as error:
            raise TrainingError(f"--save {self.path} cannot be written ({error.strerror}); name another") from error

    def finish(self, result: Result) -> None:
        """Write the result; the checkpoints are needed no more."""
        result.write(self.path)
        shutil.rmtree(self.checkpoints, ignore_errors=True)

    def _settings(self) -> dict[str, Any] | None:
        try:
            return dict(json.loads((self.path / RUN).read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None
        except ValueError as error:
            raise TrainingError(f"{self.path / RUN} cannot be read; name a new folder with --save") from error
