"""Models that run in this process: loaded at the first call, one call at a time."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any

from agents.chat.calls import Attempt, Fault, Piece, Request

BROKEN = (RuntimeError, ValueError, TypeError, KeyError, MemoryError, OSError, ImportError)


class Local(ABC):
    """A back end in this process. Calls wait for each other: they would only share the processor.

    name: what faults call the model.
    """

    local = True

    def __init__(self, name: str) -> None:
        self.name = name
        self._turn = threading.Lock()
        self._loaded: Any = None

    def stream(self, request: Request, attempt: Attempt) -> Iterator[Piece]:
        """Answer one request; the time to load the model and to wait for other calls does not count."""
        return attempt.run(lambda: self._work(request, attempt))

    def _work(self, request: Request, attempt: Attempt) -> None:
        try:
            with self._turn:
                if attempt.over:
                    return
                if self._loaded is None:
                    self._loaded = self._load()
                attempt.begin()
                attempt.sent = True
                self._ask(self._loaded, request, attempt)
            attempt.finish()
        except Fault as fault:
            attempt.fail(fault)
        except BROKEN as error:
            attempt.fail(Fault(f"{self.name}: {type(error).__name__}: {str(error)[:300]}"))

    @abstractmethod
    def _load(self) -> Any:
        """The loaded model."""

    @abstractmethod
    def _ask(self, loaded: Any, request: Request, attempt: Attempt) -> None:
        """Put the pieces of the reply into `attempt`, and stop when it is over."""
