"""Recipe `lora`: low-rank adapters (arXiv 2106.09685), the yardstick for the others."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from adapters.training import Report, Result
from adapters.training.text import add_text_arguments, count, train_text

SUMMARY = "low-rank adapters of the linear layers, on text"


def add_arguments(parser: ArgumentParser) -> None:
    add_text_arguments(parser)
    own = parser.add_argument_group("LoRA")
    own.add_argument("--rank", type=count, default=8, help="(default 8)")
    own.add_argument("--alpha", type=count, help="scale times rank (default: twice the rank)")
    own.add_argument("--dropout", type=float, default=0.05, help="(default 0.05)")
    own.add_argument("--targets", default="all-linear", help="names of modules, with commas (default: all-linear)")


def train(options: Namespace, report: Report) -> Result:
    return train_text(options, lambda: config(options), report)


def config(options: Namespace) -> Any:
    """The config of peft that the options mean."""
    from peft import LoraConfig

    names = [name.strip() for name in options.targets.split(",") if name.strip()]
    return LoraConfig(
        r=options.rank,
        lora_alpha=options.alpha or 2 * options.rank,
        lora_dropout=options.dropout,
        target_modules="all-linear" if names == ["all-linear"] else names,
        task_type="CAUSAL_LM",
    )
