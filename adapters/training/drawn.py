"""What the recipes share whose examples are drawn as training goes."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from adapters.training.errors import TrainingError

CHECKPOINT = "checkpoint.pt"


def add_schedule(parser: ArgumentParser, *, sizes: str, rate: float, evaluate: int) -> None:
    """The options of a schedule, with these defaults."""
    parser.add_argument("--steps", type=int, default=10_000, help="of one batch of one algorithm and size each")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--sizes", default=sizes, help="numbers of nodes to train on")
    parser.add_argument("--rate", type=float, default=rate, help="learning rate of Adam")
    parser.add_argument("--evaluate", type=int, default=evaluate, help="steps between validations (and checkpoints)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint in --save")
    parser.add_argument("--device", default=None, help="cpu, cuda, … (a GPU where there is one)")


def checkpoint_of(options: Namespace) -> Path:
    """Where the checkpoint lies.

    Raises:
        TrainingError: there is one of an earlier run, and it is not to be resumed.
    """
    checkpoint = Path(options.save) / CHECKPOINT
    if checkpoint.exists() and not options.resume:
        raise TrainingError(
            f"{checkpoint} is of an earlier run: add --resume to go on with it, or choose another --save"
        )
    return checkpoint


def device_of(options: Namespace) -> str:
    """The device that is asked for, else a GPU where there is one."""
    import torch

    return str(options.device or ("cuda" if torch.cuda.is_available() else "cpu"))


def sizes(text: str) -> tuple[int, ...]:
    """The numbers of `--sizes`.

    Raises:
        TrainingError: the text is no list of positive numbers.
    """
    try:
        found = tuple(int(part) for part in text.split(","))
    except ValueError:
        found = ()
    if not found or min(found) < 1:
        raise TrainingError(f"--sizes are numbers of nodes such as 4,7,11, not {text!r}")
    return found
