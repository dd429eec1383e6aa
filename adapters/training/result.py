"""What a training run reports: one JSON object, the same for every recipe."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

FILE = "result.json"
_STATUS = Path("/proc/self/status")


@dataclass(frozen=True)
class Result:
    """A finished run.

    method: the recipe. base: the language model, as it was named. data, digest: what was trained on, and the start of
    its SHA-256. steps: optimiser steps in all; resumed_from: the step of the checkpoint that this process began with.
    trainable, total: numbers of parameters. seconds_per_step: of this process. peak_memory: bytes, of the GPU's
    allocator where it trained on one, of the whole process otherwise. before, after: measures of the validation part
    without the adapter and with the saved one, such as {"perplexity": 12.3} or {"accuracy": 0.71}. best_step: the
    step whose weights were saved. settings: every option. about: what one recipe alone has to say.
    """

    method: str
    base: str
    data: str
    digest: str
    seed: int
    device: str
    steps: int
    trainable: int
    total: int
    seconds_per_step: float
    peak_memory: int
    before: Mapping[str, float]
    after: Mapping[str, float]
    best_step: int
    stopped_early: bool
    command: str
    saved: str
    resumed_from: int = 0
    settings: Mapping[str, Any] = field(default_factory=dict)
    about: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=2, default=str)

    def write(self, folder: Path) -> None:
        """Write `result.json` into the folder."""
        (folder / FILE).write_text(self.as_json() + "\n", encoding="utf-8")

    def lines(self) -> list[str]:
        """The result for a reader, a line a fact."""
        share = 100 * self.trainable / self.total if self.total else 0.0
        return [
            f"{self.method} on {self.base}: {self.trainable:,} of {self.total:,} parameters trained ({share:.2f} %)",
            *(f"{name}: {_shown(self.before.get(name))} before, {_shown(value)} after"
              for name, value in self.after.items()),
            f"{self.steps} steps{', stopped early' if self.stopped_early else ''}; the saved weights are of step "
            f"{self.best_step}",
            f"{self.seconds_per_step:.2f} s a step on {self.device}, {self.peak_memory / 1e6:,.0f} MB at the peak",
            f"saved in {self.saved}",
        ]  # fmt: skip


def _shown(value: float | None) -> str:
    return "not measured" if value is None else f"{value:.4g}"


def command() -> str:
    """The command line of this process."""
    program = "python -m adapters.train" if Path(sys.argv[0]).parts[-2:] == ("adapters", "train.py") else "konigsberg"
    return f"{program} {shlex.join(sys.argv[1:])}"


def peak_memory() -> int:
    """Bytes: the most that the GPU's allocator has given out where torch uses one, or that this process has used."""
    torch = sys.modules.get("torch")
    if torch is not None and torch.cuda.is_available() and torch.cuda.is_initialized():
        return int(torch.cuda.max_memory_allocated())
    if _STATUS.exists():  # Linux
        peak = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(peak.split()[1]) * 1024
    import resource  # not on Windows

    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(used if sys.platform == "darwin" else used * 1024)


def forget_peak() -> None:
    """Measure the peak anew from here on, where the system can: on Linux, and on a GPU."""
    torch = sys.modules.get("torch")
    if torch is not None and torch.cuda.is_available() and torch.cuda.is_initialized():
        torch.cuda.reset_peak_memory_stats()
    clear = Path("/proc/self/clear_refs")
    if clear.exists():
        clear.write_text("5")
