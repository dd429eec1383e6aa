"""Train an adapter: `konigsberg train METHOD …` or `python -m adapters.train METHOD …`."""

from __future__ import annotations

import argparse
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from adapters.training import RECIPES, Progress, Report, recipe
from adapters.training.errors import TrainingError
from graphs.errors import GraphError

TRAINED, BAD_INPUT, STOPPED = 0, 2, 130
_EXTRA = ("torch", "transformers", "peft", "accelerate", "torch_geometric", "sentence_transformers")


def fill(parser: argparse.ArgumentParser) -> None:
    """Give the parser a command for each recipe. Options: `run` is a function of them that returns the exit status."""
    parser.set_defaults(run=lambda _: _help(parser))
    commands = parser.add_subparsers(title="methods", metavar="METHOD")
    for name in RECIPES:
        found = recipe(name)
        command = commands.add_parser(
            name, help=found.SUMMARY, description=found.SUMMARY[:1].upper() + found.SUMMARY[1:]
        )
        found.add_arguments(command)
        command.add_argument("--json", action="store_true", help="print the result as JSON")
        command.add_argument("--quiet", "-q", action="store_true", help="show no progress")
        command.set_defaults(run=run, method=name)


def _help(parser: argparse.ArgumentParser) -> int:
    parser.print_help()
    return BAD_INPUT


def run(options: argparse.Namespace) -> int:
    """Train as the options say, and print the result; it is in the folder of the adapter too.

    Raises:
        TrainingError: something that the caller can put right.
    """
    try:
        with _bar(shown=not options.quiet) as report, warnings.catch_warnings():
            # peft asks transformers by a name that the newest one calls old
            warnings.filterwarnings("ignore", ".*gradient_checkpointing.* is deprecated", FutureWarning)
            result = recipe(options.method).train(options, report)
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in _EXTRA:
            raise
        raise TrainingError(f"training needs {error.name}: pip install 'konigsberg[adapters]'") from error
    print(result.as_json() if options.json else "\n".join(result.lines()))
    return TRAINED


@contextmanager
def _bar(*, shown: bool) -> Iterator[Report]:
    """A bar on standard error; nothing where it is no terminal or not `shown`."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    columns = (
        TextColumn("step"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[note]}"),
    )
    with Bar(*columns, console=console, transient=True, disable=not (shown and console.is_terminal)) as bar:
        task = bar.add_task("training", total=None, note="")

        def report(progress: Progress) -> None:
            bar.update(task, completed=progress.step, total=progress.steps, note=progress.note)

        yield report


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line; 0 trained, 2 bad input, 130 stopped."""
    parser = argparse.ArgumentParser(prog="python -m adapters.train", description="Train an adapter.")
    fill(parser)
    options = parser.parse_args(arguments)
    try:
        return int(options.run(options))
    except GraphError as error:
        print(f"adapters.train: {error}", file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        print(
            "\nadapters.train: stopped; the same command with --resume goes on from the last checkpoint",
            file=sys.stderr,
        )
        return STOPPED


if __name__ == "__main__":
    sys.exit(main())
