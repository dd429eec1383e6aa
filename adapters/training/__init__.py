"""Recipes of `konigsberg train`: one file each, found by name. Importing this loads no torch."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from adapters.training.result import Result

RECIPES: dict[str, str] = {
    "lora": "lora",
    "sparse-gin": "sparse_gin",
    "graph-adapter": "graph_adapter",
    "nar": "nar",
    "transnar": "transnar",
}  # name on the command line: module in this package


@dataclass(frozen=True)
class Progress:
    """How far a run is. note: what may stand beside the bar, such as the loss."""

    step: int
    steps: int
    note: str = ""


Report = Callable[[Progress], None]


class Recipe(Protocol):
    """What a recipe's module offers. Its top imports nothing heavy, since every command line reads `SUMMARY`."""

    SUMMARY: str

    def add_arguments(self, parser: ArgumentParser) -> None: ...

    def train(self, options: Namespace, report: Report) -> Result:
        """Train and save into `options.save`.

        Raises:
            TrainingError: an argument, the data or the model cannot be used; the message says what to do.
        """
        ...


def recipe(name: str) -> Recipe:
    """The recipe called `name`, one of `RECIPES`."""
    return cast(Recipe, import_module(f"adapters.training.{RECIPES[name]}"))


__all__ = ["RECIPES", "Progress", "Recipe", "Report", "Result", "recipe"]
