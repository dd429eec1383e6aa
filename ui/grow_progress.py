"""Progress of a growing graph on standard error: a live bar on a terminal, one line a step elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from agents.growing.events import Asking, Committed, Event, Growth, Opened, PassedOver, Proposed, Read

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_WIDTH = 100  # characters of a question in a line


class Lines:
    """One line a step, written at once: for logs, pipes and programs that watch."""

    def tell(self, event: Event) -> None:
        line = as_line(event)
        if line:
            self.say(line)

    def say(self, text: str) -> None:
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()


class Silence(Lines):
    """Says nothing but what the user must know."""

    def tell(self, event: Event) -> None:
        """Nothing."""


class Bar(Lines):
    """A live line with a bar, the numbers so far and the time left; each finished step above it."""

    def __init__(self, progress: Progress, task: TaskID) -> None:
        self._progress, self._task = progress, task

    def tell(self, event: Event) -> None:
        if isinstance(event, Opened):
            self._progress.update(self._task, total=event.steps, completed=event.done, doing="opening")
        elif isinstance(event, Asking):
            self._progress.update(self._task, doing=f"step {event.step}: {event.strategy}, asking the model")
        elif isinstance(event, Proposed):
            self._progress.update(self._task, doing=f"step {event.step}: {event.triples} triples, finding out names")
        elif isinstance(event, Committed):
            done, totals = event.step, event.totals
            numbers = f"{totals.facts:,} facts  {totals.tokens:,} tokens{_cost(totals.cost)}"
            left = "" if event.seconds_left is None else f"{duration(event.seconds_left)} left"
            self._progress.update(self._task, completed=done, numbers=numbers, left=left)
        line = as_line(event)
        if line:
            self.say(line)

    def say(self, text: str) -> None:
        self._progress.console.print(text, markup=False, highlight=False, soft_wrap=True)


@contextmanager
def watcher(*, quiet: bool) -> Iterator[Lines]:
    """What shows the events of a run, until the block ends."""
    if quiet:
        yield Silence()
    elif not sys.stderr.isatty():
        yield Lines()
    else:
        with _progress() as progress:
            task = progress.add_task("grow", total=None, numbers="", left="", doing="")
            yield Bar(progress, task)


def _progress() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    text: Any = lambda field: TextColumn(f"{{task.fields[{field}]}}", markup=False)  # noqa: E731 - four of the same
    columns = (
        SpinnerColumn(), BarColumn(bar_width=20), MofNCompleteColumn(), text("numbers"), TimeElapsedColumn(),
        text("left"), text("doing"),
    )  # fmt: skip
    return Progress(*columns, console=Console(stderr=True), transient=True)


def as_line(event: Event) -> str:
    """The event in one line of printable text; "" where a line says nothing new."""
    from ui.cli import printable

    return printable(_line(event).replace("\n", " "))


def _line(event: Event) -> str:
    if isinstance(event, Opened):
        of = f" of {event.steps}" if event.steps else ""
        begun = f"goes on after step {event.done}{of}" if event.resumed else f"begins{of and ':' + of[3:] + ' steps'}"
        return f"store {event.store}: run {event.run} {begun}, model {event.model or 'of this program'}"
    if isinstance(event, Read):
        return (
            f"read {event.name}: {event.words:,} words in {event.pieces:,} {'piece' if event.pieces == 1 else 'pieces'}"
        )
    if isinstance(event, PassedOver):
        return f"not read: {event.why}"
    if isinstance(event, Committed):
        this, left = event.this, event.seconds_left
        parts = [
            f"step {event.step}: {this.facts:+d} facts, {this.entities:+d} entities",
            f"{this.tokens:,} tokens",
            *([_cost(event.totals.cost).strip()] if event.totals.cost else []),
            *([f"{this.quarantined} in quarantine"] if this.quarantined else []),
            *([f"{duration(left)} left"] if left is not None else []),
            f"{event.strategy}: {event.about if len(event.about) <= _WIDTH else event.about[: _WIDTH - 1] + '…'}",
        ]
        return " | ".join(parts)
    if isinstance(event, Growth):
        return f"stopped: {event.stopped.message}" + (f"; {event.resume}" if event.resume else "")
    return ""


def _cost(cost: float | None) -> str:
    return "  cost unknown" if cost is None else f"  cost {cost:.4f}" if cost else ""


def duration(seconds: float) -> str:
    """Seconds as a person says them.

    >>> duration(8), duration(75), duration(7300)
    ('8 s', '1:15 min', '2:01 h')
    """
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60}:{whole % 60:02d} min"
    return f"{whole // 3600}:{whole % 3600 // 60:02d} h"
