"""Graphs that are growing right now, each in a thread of its own: it goes on when its watchers leave the page."""

from __future__ import annotations

import logging
import secrets
import shutil
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from agents.grow import GraphGrower
from agents.growing.events import Asking, Committed, Event, Growth, Opened, PassedOver, Proposed, Read
from graphs.errors import BadArgument, GraphError
from ui.grown.documents import FOLDER

log = logging.getLogger("konigsberg.ui")
KEPT = 400  # events of a growth that are kept for the page


@dataclass
class Growing:
    """One growth as it is watched. changes: rises with every event, so that a page knows whether to look again."""

    folder: Path
    grower: GraphGrower
    events: list[Event] = field(default_factory=list)
    changes: int = 0
    steps: int | None = None
    error: str = ""
    end: Growth | None = None
    pausing: bool = False
    began: float = field(default_factory=time.monotonic)
    done: threading.Event = field(default_factory=threading.Event)

    @property
    def running(self) -> bool:
        return not self.done.is_set()

    @property
    def last(self) -> Committed | None:
        """The last step that is on the disk."""
        return next((event for event in reversed(self.events) if isinstance(event, Committed)), None)

    @property
    def doing(self) -> str:
        """What it does at the moment, in words."""
        event = self.events[-1] if self.events else None
        if self.pausing:
            return "finishing the step under way"
        if isinstance(event, Asking):
            return f"step {event.step} ({event.strategy}): asking the model"
        if isinstance(event, Proposed):
            return f"step {event.step}: {event.triples} facts proposed; checking evidence and names"
        if isinstance(event, (Read, PassedOver)):
            return "reading the documents"
        if isinstance(event, Committed):
            return f"step {event.step} is on the disk; measuring the graph"
        return "opening the store and the model"

    def pause(self, *, now: bool = False) -> None:
        """Stop after the step under way, or at once: then the step is rolled back."""
        self.pausing = True
        self.changes += 1
        self.grower.cancel(now=now)

    def _take(self, event: Event) -> None:
        if isinstance(event, Opened):
            self.steps = event.steps
        elif isinstance(event, Asking):  # the documents are in the store now
            shutil.rmtree(self.folder / FOLDER, ignore_errors=True)
        if isinstance(event, Growth):
            self.end = event
        self.events.append(event)
        del self.events[:-KEPT]
        self.changes += 1

    def _work(self, events: Iterator[Event], free: threading.Semaphore) -> None:
        try:
            with closing(events):  # type: ignore[type-var]
                for event in events:
                    self._take(event)
        except GraphError as error:
            self.error = str(error)
        except Exception:  # the edge of the interface: a bug becomes a message with a number to look for in the log
            number = secrets.token_hex(4)
            log.exception("growth failed (%s)", number)
            self.error = (
                f"Something went wrong inside the program. It is in the server's log under {number}; what was "
                "reported done is on the disk, and 'Go on' continues from there."
            )
        finally:
            free.release()
            self.done.set()
            self.changes += 1


class Growths:
    """All growths of a running server. most: how many may run at the same time."""

    def __init__(self, most: int = 2) -> None:
        self.most = most
        self._free = threading.Semaphore(most)
        self._of: dict[Path, Growing] = {}
        self._lock = threading.Lock()

    def of(self, folder: Path) -> Growing | None:
        """The growth in a folder, running or over; None where this server has not grown it."""
        return self._of.get(folder)

    def begin(
        self, folder: Path, model: str, seed: str = "", documents: Sequence[Path] = (), **settings: Any
    ) -> Growing:
        """Grow a new graph.

        Raises:
            BadArgument: there is nothing to begin with, or too many graphs grow already.
        """
        if not seed.strip() and not documents:
            raise BadArgument("there is nothing to begin with; write a question, or add documents")
        grower = GraphGrower(folder, model=model)
        return self._start(folder, grower, grower.stream(seed, documents=documents, **settings))

    def resume(self, folder: Path, **changes: Any) -> Growing:
        """Go on with the run in a folder.

        Raises:
            BadArgument: it is growing, or too many graphs are.
        """
        grower = GraphGrower(folder)
        return self._start(folder, grower, grower.stream(resume=True, **changes))

    def _start(self, folder: Path, grower: GraphGrower, events: Iterator[Event]) -> Growing:
        with self._lock:
            known = self._of.get(folder)
            if known is not None and known.running:
                raise BadArgument("this graph is growing already; watch it, or pause it first")
            if not self._free.acquire(blocking=False):
                raise BadArgument(
                    f"no more than {self.most} graph{'s' * (self.most != 1)} may grow on this server at the same time; "
                    "wait until one is paused or done"
                )
            made = self._of[folder] = Growing(folder, grower)
        worker = threading.Thread(target=made._work, args=(events, self._free), daemon=True, name="konigsberg-grow")
        worker.start()
        return made

    def close(self, patience: float = 10.0) -> None:
        """Stop all growths at once and wait for them; a step under way is rolled back."""
        running = [growing for growing in self._of.values() if growing.running]
        for growing in running:
            growing.pause(now=True)
        for growing in running:
            growing.done.wait(patience)
