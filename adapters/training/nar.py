"""`konigsberg train nar`: a neural algorithmic reasoner, on examples that are drawn as it goes."""

from __future__ import annotations

import hashlib
import json
import shlex
import sys
import time
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path

from adapters.training import Progress, Report
from adapters.training.drawn import add_schedule, checkpoint_of, device_of, sizes
from adapters.training.result import Result, peak_memory

SUMMARY = "a neural algorithmic reasoner (Triplet-GMPNN) that runs algorithms of CLRS"


def add_arguments(parser: ArgumentParser) -> None:
    """The options of the recipe."""
    parser.add_argument("--save", type=Path, required=True, metavar="DIR", help="folder for the model and checkpoint")
    parser.add_argument("--algorithms", metavar="NAMES", help="CLRS names, separated by commas (all graph algorithms)")
    parser.add_argument("--hidden-size", type=int, default=64)
    parser.add_argument("--triplet-size", type=int, default=8, help="0: no messages over triples")
    add_schedule(parser, sizes="4,7,11,13,16", rate=1e-3, evaluate=200)
    parser.add_argument("--even-time", action="store_true", help="give each algorithm as much time, not as many steps")
    parser.add_argument(
        "--cool", type=float, default=0.0, metavar="SHARE", help="last share of the steps, cooling down"
    )


def train(options: Namespace, report: Report) -> Result:
    """Train a reasoner.

    Raises:
        TrainingError: an option that cannot be used, or a folder in use.
    """
    import torch

    from adapters.nar.config import NARConfig
    from adapters.nar.files import save_nar
    from adapters.nar.model import NAR
    from adapters.nar.train import Schedule, evaluate, validation
    from adapters.nar.train import train as run
    from graphs.clrs.spec import GRAPH_ALGORITHMS

    names = tuple(name.strip() for name in options.algorithms.split(",")) if options.algorithms else GRAPH_ALGORITHMS
    schedule = Schedule(
        steps=options.steps, batch=options.batch, sizes=sizes(options.sizes), rate=options.rate,
        even_time=options.even_time, evaluate=max(1, min(options.evaluate, options.steps)), seed=options.seed,
        cool=options.cool,
    )  # fmt: skip
    config = NARConfig(names, options.hidden_size, options.triplet_size, sizes=schedule.sizes)
    checkpoint, device = checkpoint_of(options), device_of(options)
    torch.manual_seed(options.seed)
    model = NAR(config).to(device)
    held_out = validation(names, schedule)
    before = _mean(evaluate(model, held_out))
    began, steps = time.perf_counter(), 0

    def tell(step: int, note: str) -> None:
        nonlocal steps
        steps += 1
        report(Progress(step, schedule.steps, note))

    course = run(model, schedule, checkpoint, tell=tell)
    seconds = (time.perf_counter() - began) / max(1, steps)
    scores = evaluate(model, held_out)
    save_nar(model, options.save)
    settings = asdict(schedule) | config.as_json()
    result = Result(
        method="nar", base="none", data=f"drawn examples of {', '.join(names)}", seed=options.seed, device=device,
        digest=hashlib.sha256(json.dumps(settings, sort_keys=True).encode()).hexdigest()[:16], steps=course.steps,
        trainable=sum(p.numel() for p in model.parameters()), total=sum(p.numel() for p in model.parameters()),
        seconds_per_step=seconds, peak_memory=peak_memory(), before={"score": before}, after={"score": _mean(scores)},
        best_step=course.best_step, stopped_early=False, command=shlex.join(sys.argv), saved=str(options.save),
        resumed_from=course.resumed_from, settings=settings,
        about={"scores": scores, "validation": course.validation},
    )  # fmt: skip
    result.write(options.save)
    return result


def _mean(found: dict[str, dict[str, float]]) -> float:
    each = [sum(one.values()) / len(one) for one in found.values()]
    return sum(each) / len(each)
