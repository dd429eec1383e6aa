"""Train a reasoner on examples that are drawn as it goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from adapters.checkpoints import read_checkpoint, write_checkpoint
from adapters.nar.batch import Batch, collate
from adapters.nar.loss import loss, scores
from adapters.nar.model import NAR
from graphs.clrs.example import sample

_LAST = 2**31  # seeds of validation examples lie from here on, those of training below


@dataclass(frozen=True)
class Schedule:
    """How to train; the defaults are those of Ibarz et al. but for the number of steps.

    batch: examples of one algorithm and size a step. sizes: numbers of nodes, one drawn a step. rate: Adam's. clip:
    norm of the gradient. even_time: give each algorithm as much computation, not as many steps. evaluate: steps
    between validations, each of which is a checkpoint.
    """

    steps: int = 10_000
    batch: int = 32
    sizes: tuple[int, ...] = (4, 7, 11, 13, 16)
    rate: float = 1e-3
    clip: float = 1.0
    even_time: bool = False
    evaluate: int = 200
    seed: int = 0
    cool: float = 0.0

    def rate_at(self, step: int) -> float:
        """The learning rate of a step, counted from 1."""
        cooling = self.cool * self.steps
        return self.rate if not cooling else self.rate * min(1.0, (self.steps - step + 1) / cooling)


@dataclass(frozen=True)
class Course:
    """What came out. validation: (step, mean score) of each validation. Of the best of them the weights are kept."""

    steps: int
    best_step: int
    validation: tuple[tuple[int, float], ...]
    resumed_from: int


def train(
    model: NAR,
    schedule: Schedule,
    checkpoint: Path | None = None,
    *,
    tell: Callable[[int, str], None] = lambda step, note: None,
    stop_at: int | None = None,
) -> Course:
    """Train `model`, and leave it with its best weights.

    Each step draws its algorithm, size and examples from a generator of its own, so a run that goes on from
    `checkpoint`, where there is one, gives what an uninterrupted one gives. stop_at: leave off after this step.
    """
    device = next(model.parameters()).device
    optimizer = torch.optim.Adam(model.parameters(), lr=schedule.rate)
    start, best, seen = 0, (-1.0, 0), list[tuple[int, float]]()
    weights: dict[str, Any] = {}
    if checkpoint is not None and checkpoint.exists():
        kept = read_checkpoint(checkpoint)
        model.load_state_dict(kept["model"])
        optimizer.load_state_dict(kept["optimizer"])
        start, best, seen, weights = kept["step"], tuple(kept["best"]), kept["seen"], kept["weights"]
    shares = _shares(model.config.algorithms, schedule)
    held_out = validation(model.config.algorithms, schedule)
    note, end = "", min(schedule.steps, stop_at or schedule.steps)
    for step in range(start + 1, end + 1):
        for group in optimizer.param_groups:
            group["lr"] = schedule.rate_at(step)
        batch = draw(model.config.algorithms, shares, schedule, step).to(device)
        model.train()
        optimizer.zero_grad(set_to_none=True)
        value = loss(batch, model(batch))
        value.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(model.parameters(), schedule.clip)
        optimizer.step()
        if step % schedule.evaluate == 0 or step == schedule.steps:
            found = evaluate(model, held_out)
            mean = float(np.mean([np.mean(list(one.values())) for one in found.values()]))
            seen.append((step, mean))
            note = f"validation {mean:.3f}"
            if mean > best[0]:
                best = (mean, step)
                weights = {name: tensor.detach().cpu().clone() for name, tensor in model.state_dict().items()}
            if checkpoint is not None:
                state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step}
                write_checkpoint(checkpoint, state | {"best": list(best), "seen": seen, "weights": weights})
        tell(step, f"{batch.algorithm} loss {float(value.detach()):.2f} {note}".rstrip())
    if weights:
        model.load_state_dict(weights)
    return Course(max(end, start), best[1], tuple(seen), start)


def draw(algorithms: Sequence[str], shares: Sequence[float], schedule: Schedule, step: int) -> Batch:
    """The batch of a step: always the same for the same schedule and step."""
    rng = np.random.RandomState([schedule.seed, step])
    name = str(rng.choice(list(algorithms), p=shares))
    size = int(rng.choice(schedule.sizes))
    batch = collate([sample(name, size, rng) for _ in range(schedule.batch)])
    generator = torch.Generator().manual_seed(int(rng.randint(_LAST)))
    return batch.with_random_positions(generator)


def validation(algorithms: Sequence[str], schedule: Schedule, count: int = 32) -> list[Batch]:
    """Examples of the largest size that training never sees, with even positions."""
    rng = np.random.RandomState([_LAST, schedule.seed])
    return [collate([sample(name, max(schedule.sizes), rng) for _ in range(count)]) for name in algorithms]


@torch.no_grad()
def evaluate(model: NAR, batches: Sequence[Batch]) -> dict[str, dict[str, float]]:
    """For each batch's algorithm, the scores of its outputs; steps are counted by the truth, as in CLRS."""
    model.eval()
    device = next(model.parameters()).device
    found = {}
    for batch in batches:
        moved = batch.to(device)
        found[batch.algorithm] = scores(moved, model(moved))
    return found


def _shares(algorithms: Sequence[str], schedule: Schedule) -> list[float]:
    if not schedule.even_time:
        return [1 / len(algorithms)] * len(algorithms)
    rng = np.random.RandomState(schedule.seed)
    size = max(schedule.sizes)
    lengths = [collate([sample(name, size, rng) for _ in range(8)]).steps.float().mean() for name in algorithms]
    parts = np.array([1 / float(length) for length in lengths])
    return list(parts / parts.sum())
