"""Train the adapter of a language model with the Trainer of transformers: checkpoints, resume, early stop."""

from __future__ import annotations

import json
import math
import shutil
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from peft import PeftModel
from transformers import EarlyStoppingCallback, PrinterCallback, Trainer, TrainerCallback, TrainingArguments, set_seed
from transformers import logging as messages

from adapters.training import Progress, Report
from adapters.training.errors import TrainingError
from adapters.training.models import dtype
from adapters.training.texts import IGNORED, Block

_COMPLETE = ("optimizer.pt", "scheduler.pt", "rng_state.pth", "trainer_state.json")
_WEIGHTS = ("adapter_model.safetensors", "model.safetensors")  # of a peft model, or of a plain module
_CHECKPOINTING = next(name for name in ("activation_checkpointing", "gradient_checkpointing")
                      if name in TrainingArguments.__dataclass_fields__)  # fmt: skip  # renamed in the course of 5.x


@dataclass(frozen=True)
class Schedule:
    """How long and how fast to train.

    steps: optimiser steps; 0 counts `epochs`. batch: blocks of a forward pass; gather: passes of a step. rate: learning
    rate after `warmup` steps. evaluate: steps between validations, each of which is a checkpoint; 0 for a tenth of all.
    patience: validations without a lower loss before it stops; 0 never stops.
    """

    steps: int = 0
    epochs: float = 3.0
    batch: int = 4
    gather: int = 1
    rate: float = 2e-4
    warmup: int = 10
    decay: float = 0.01
    clip: float = 0.5
    evaluate: int = 0
    patience: int = 3
    checkpoint_activations: bool = False

    def total(self, blocks: int) -> int:
        """Steps for so many blocks."""
        return self.steps or max(1, math.ceil(math.ceil(blocks / (self.batch * self.gather)) * self.epochs))

    def every(self, steps: int) -> int:
        return min(steps, self.evaluate or max(1, steps // 10))


@dataclass(frozen=True)
class Fitted:
    """What came out. The losses are in nats a token; `before` without the adapter, `after` with its best weights.

    core_seconds_per_step: of all of the process's threads, which other work on the machine does not lengthen.
    """

    steps: int
    best_step: int
    stopped_early: bool
    resumed_from: int
    seconds_per_step: float
    core_seconds_per_step: float
    before: float
    after: float


class Watch(TrainerCallback):
    """Reports each step, and takes the time that training steps take, without validation."""

    def __init__(self, report: Report) -> None:
        self.report, self.seconds, self.core_seconds, self.steps = report, 0.0, 0.0, 0
        self._note, self._start, self._core_start = "", 0.0, 0.0

    def on_step_begin(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        self._start, self._core_start = time.perf_counter(), time.process_time()

    def on_step_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        if torch.cuda.is_available():
            torch.cuda.synchronize()
        self.seconds += time.perf_counter() - self._start
        self.core_seconds += time.process_time() - self._core_start
        self.steps += 1
        self.report(Progress(state.global_step, state.max_steps, self._note))

    def on_evaluate(self, args: Any, state: Any, control: Any, metrics: Any = None, **kwargs: Any) -> None:
        loss = (metrics or {}).get("eval_loss")
        if loss is not None and not math.isfinite(loss):
            raise TrainingError(
                f"the validation loss is {loss} after {state.global_step} steps; train with a lower --rate"
            )

    def on_log(self, args: Any, state: Any, control: Any, logs: Any = None, **kwargs: Any) -> None:
        shown = [
            f"{name} {logs[key]:.3f}" for key, name in (("loss", "loss"), ("eval_loss", "validation")) if key in logs
        ]
        self._note = ", ".join(shown) or self._note


class AdapterTrainer(Trainer):
    """A batch may hold `edges` [batch, seq, seq]: a token graph for Sparse GIN-Attention, kept until the backward pass.

    Other models do not look at it. The validation loss is the mean over predicted tokens, however they are spread over
    batches; of a module that is no peft model, over rows.
    """

    def evaluate(
        self, eval_dataset: Any = None, ignore_keys: Any = None, metric_key_prefix: str = "eval"
    ) -> dict[str, float]:
        model: Any = self.model
        model.eval()
        total = torch.zeros(2, dtype=torch.float64)
        for inputs in self.get_eval_dataloader(eval_dataset):
            labels = inputs["labels"]
            count = int((labels[:, 1:] != IGNORED).sum()) if isinstance(model, PeftModel) else len(labels)
            if count:  # the mean over no token is no number
                loss, _, _ = self.prediction_step(model, inputs, prediction_loss_only=True)
                total += torch.tensor([float(loss) * count, count], dtype=torch.float64)
        total = self.accelerator.reduce(total.to(self.args.device))
        metrics = {f"{metric_key_prefix}_loss": float(total[0] / total[1])}
        self.log(metrics)
        self.control = self.callback_handler.on_evaluate(self.args, self.state, self.control, metrics)
        return metrics

    def training_step(self, model: Any, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        with given_edges(self.model, inputs):
            return super().training_step(model, inputs, *args, **kwargs)

    def prediction_step(self, model: Any, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        with given_edges(self.model, inputs):
            return super().prediction_step(model, inputs, *args, **kwargs)


def given_edges(model: Any, inputs: dict[str, Any]) -> AbstractContextManager[None]:
    """Take `edges` out of a batch, and use them as token graph inside the block where the model has use for one."""
    edges = inputs.pop("edges", None)
    tuner = getattr(model, "base_model", None)
    if edges is None or tuner is None or not hasattr(tuner, "token_graph"):
        return nullcontext()
    given: AbstractContextManager[None] = tuner.token_graph(edges)
    return given


def collate(rows: Sequence[Block]) -> dict[str, torch.Tensor]:
    """Blocks as tensors."""
    return {name: torch.stack([torch.as_tensor(row[name]) for row in rows]) for name in rows[0]}


def fit(
    model: Any, blocks: Sequence[Block], validation: Sequence[Block], schedule: Schedule, seed: int, folder: Path,
    report: Report, device: str = "cpu", before: float | None = None,
) -> Fitted:  # fmt: skip
    """Train the active adapter of a peft model; it holds the weights of the lowest validation loss afterwards.

    folder: of the checkpoints; training goes on from the last one that is complete. before: the validation loss of the
    base model, where it is known.
    """
    messages.set_verbosity_error()
    steps = schedule.total(len(blocks))
    arguments = _arguments(schedule, steps, seed, folder, device)
    watch = Watch(report)
    trainer: Any = AdapterTrainer(
        model=model, args=arguments, train_dataset=list(blocks), eval_dataset=list(validation), data_collator=collate,
        callbacks=[watch],
    )  # fmt: skip
    trainer.remove_callback(PrinterCallback)
    if before is None:
        report(Progress(0, steps, "validation of the base model"))
        before = _before(trainer, model, folder)
    if schedule.patience:
        trainer.add_callback(EarlyStoppingCallback(schedule.patience))
    checkpoint = last_checkpoint(folder)
    set_seed(seed)  # whatever was measured before, a resumed run included
    trainer.train(resume_from_checkpoint=None if checkpoint is None else str(checkpoint))
    state = trainer.state
    return Fitted(
        steps=state.global_step,
        best_step=state.best_global_step,
        stopped_early=state.global_step < steps,
        resumed_from=0 if checkpoint is None else _number(checkpoint),
        seconds_per_step=watch.seconds / max(1, watch.steps),
        core_seconds_per_step=watch.core_seconds / max(1, watch.steps),
        before=before,
        after=state.best_metric,
    )


def _arguments(schedule: Schedule, steps: int, seed: int, folder: Path, device: str) -> TrainingArguments:
    every = schedule.every(steps)
    again: dict[str, Any] = {_CHECKPOINTING: schedule.checkpoint_activations}
    return TrainingArguments(
        output_dir=str(folder), max_steps=steps, seed=seed, data_seed=seed,
        per_device_train_batch_size=schedule.batch, per_device_eval_batch_size=schedule.batch,
        gradient_accumulation_steps=schedule.gather, **again,
        learning_rate=schedule.rate, lr_scheduler_type="constant_with_warmup", warmup_steps=min(schedule.warmup, steps),
        weight_decay=schedule.decay, max_grad_norm=schedule.clip,
        eval_strategy="steps", save_strategy="steps", eval_steps=every, save_steps=every, save_total_limit=2,
        load_best_model_at_end=True, metric_for_best_model="eval_loss", greater_is_better=False,
        restore_callback_states_from_checkpoint=True, logging_steps=max(1, steps // 100), logging_nan_inf_filter=False,
        prediction_loss_only=True, label_names=["labels"], remove_unused_columns=False, report_to=[], disable_tqdm=True,
        use_cpu=device == "cpu", bf16=dtype(device) == torch.bfloat16, dataloader_pin_memory=device != "cpu",
    )  # fmt: skip


def _before(trainer: Any, model: Any, folder: Path) -> float:
    """The validation loss of the base model, which a resumed run does not measure again."""
    kept = folder / "before.json"
    if kept.exists():
        return float(json.loads(kept.read_text(encoding="utf-8")))
    with model.disable_adapter():
        loss = float(trainer.evaluate(metric_key_prefix="base")["base_loss"])
    folder.mkdir(parents=True, exist_ok=True)
    part = kept.with_suffix(".part")
    part.write_text(json.dumps(loss), encoding="utf-8")
    part.replace(kept)
    return loss


def last_checkpoint(folder: Path) -> Path | None:
    """The last checkpoint that was written to its end; what a kill has left of later ones is removed."""
    found = sorted((p for p in folder.glob("checkpoint-*") if p.is_dir()), key=_number, reverse=True)
    for path in found:
        whole = all((path / name).is_file() for name in _COMPLETE)
        if whole and any((path / name).is_file() for name in _WEIGHTS) and _readable(path / "trainer_state.json"):
            return path
        shutil.rmtree(path)
    return None


def _number(path: Path) -> int:
    return int(path.name.rpartition("-")[2])


def _readable(file: Path) -> bool:
    try:
        json.loads(file.read_text(encoding="utf-8"))
    except ValueError:
        return False
    return True
