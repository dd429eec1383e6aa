"""Train a module on cached states with the Trainer of transformers: checkpoints, resume, early stop, seeds."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from adapters.training import Report
from adapters.training.fit import Fitted, Schedule, collate, fit

Row = Mapping[str, Tensor]


def fit_module(
    module: nn.Module, training: Sequence[Row], validation: Sequence[Row], options: Any, before: float,
    checkpoints: Path, report: Report,
) -> Fitted:  # fmt: skip
    """Train `module`; it holds the weights of the lowest validation loss afterwards."""
    schedule = Schedule(
        steps=options.steps or 0, epochs=options.epochs, batch=options.batch, rate=options.rate,
        evaluate=options.evaluate or 0, patience=options.patience, decay=1e-3, clip=1.0,
    )  # fmt: skip
    device = next(module.parameters()).device.type
    return fit(module, training, validation, schedule, options.seed, checkpoints, report, device, before)  # type: ignore[arg-type]


@torch.no_grad()
def loss_of(module: nn.Module, rows: Sequence[Row], batch: int) -> float:
    """The mean loss a row, in evaluation mode."""
    was = module.training
    module.eval()
    total, seen = 0.0, 0
    for i in range(0, len(rows), batch):
        part = collate(rows[i : i + batch])  # type: ignore[arg-type]
        total += float(module(**part)["loss"]) * len(part["labels"])
        seen += len(part["labels"])
    module.train(was)
    return total / seen if seen else math.nan


@torch.no_grad()
def accuracy(module: nn.Module, rows: Sequence[Row], batch: int = 256) -> float:
    """The share of rows whose label is the likeliest."""
    was = module.training
    module.eval()
    right = 0
    for i in range(0, len(rows), batch):
        part = collate(rows[i : i + batch])  # type: ignore[arg-type]
        logits = module(**part)["logits"].cpu()
        guess = logits.argmax(-1) if logits.dim() == 2 else (logits > 0).to(part["labels"])
        right += int((guess == part["labels"].cpu()).sum())
    module.train(was)
    return right / len(rows)
