"""Calls to language models: what is asked, what comes back, what it cost, and what can go wrong."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from typing import Any, Protocol

from graphs.errors import GraphError

_WAKE = 0.2  # seconds between two looks at a caller's wish to stop


@dataclass(frozen=True, slots=True)
class Usage:
    """What calls to models cost. Adds with `+`; `sum(usages, Usage())` works too.

    calls: requests that went out, failed ones included. cached: replies replayed from the cache, which are no calls.
    retries: attempts repeated after a fault. repairs: replies asked for again because they did not fit the schema.
    cost: in the currency of the price table; None when the price of a call is unknown.

    >>> Usage(calls=1, prompt_tokens=7, cost=0.5) + Usage(calls=1, completion_tokens=2, cost=None)
    Usage(calls=2, prompt_tokens=7, completion_tokens=2, cached=0, retries=0, repairs=0, seconds=0.0, cost=None)
    """

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached: int = 0
    retries: int = 0
    repairs: int = 0
    seconds: float = 0.0
    cost: float | None = 0.0

    def __add__(self, other: Usage) -> Usage:
        cost = None if self.cost is None or other.cost is None else self.cost + other.cost
        counts = {f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(self) if f.name != "cost"}
        return Usage(**counts, cost=cost)

    @property
    def tokens(self) -> int:
        return self.prompt_tokens + self.completion_tokens

    @property
    def replies(self) -> int:
        """Calls as a run without cache or faults would have counted them."""
        return self.calls - self.retries + self.cached


class Ledger:
    """Adds up usage, for instance that of one question; threads may share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._total = Usage()

    def add(self, usage: Usage) -> None:
        with self._lock:
            self._total += usage

    @property
    def total(self) -> Usage:
        with self._lock:
            return self._total

    def __repr__(self) -> str:
        return f"Ledger({self.total})"


class ModelError(GraphError):
    """A language model gave no usable reply. The message says what was tried and what to do. usage: what was spent."""

    def __init__(self, message: str, usage: Usage | None = None) -> None:
        super().__init__(message)
        self.usage = usage or Usage()


class ModelDown(ModelError):
    """The endpoint of a model cannot be reached."""


class Fault(Exception):
    """What went wrong in one attempt, told by a back end.

    retryable: another attempt may succeed. retry_after: seconds that the server asked to wait.
    down: the endpoint could not be reached. Messages never hold secrets.
    """

    def __init__(
        self, message: str, *, retryable: bool = False, retry_after: float | None = None, down: bool = False
    ) -> None:
        super().__init__(message)
        self.retryable, self.retry_after, self.down = retryable, retry_after, down


class Cancelled(ModelError):
    """The caller stopped a call."""


@dataclass(frozen=True)
class Request:
    """One request. messages: in the form of OpenAI's chat API. schema: the JSON schema that the reply must fit.

    streamed: the caller shows the reply piece by piece. varied: runs of tokens that the reply has had already are made
    less likely, by back ends that can.
    """

    messages: tuple[dict[str, Any], ...]
    schema: dict[str, Any] | None = None
    stop: tuple[str, ...] = ()
    temperature: float = 0.0
    max_tokens: int = 512
    seed: int | None = 0
    streamed: bool = False
    varied: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a reply. The token counts and the reason for its end come once, when they are known."""

    text: str = ""
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    finish: str | None = None


class Attempt:
    """One attempt at a request, shared by the caller and the worker that makes the reply.

    The worker calls `begin` when it starts to work (the clock runs from there, not while it waits its turn), `put` for
    each piece, `finish` or `fail` at the end, and looks at `over` as often as it can. The caller iterates: at the
    deadline it gets a Fault, whatever the worker does.
    """

    def __init__(self, timeout: float, cancel: threading.Event | None = None, *, retry_timeout: bool = True) -> None:
        """retry_timeout: whether it may be quicker next time, as a busy server is and this very machine is not."""
        self.timeout, self.retry_timeout = timeout, retry_timeout
        self.sent = False
        self._cancel = cancel or threading.Event()
        self._left = threading.Event()
        self._deadline: float | None = None
        self._items: queue.SimpleQueue[Piece | Fault | None] = queue.SimpleQueue()

    def begin(self) -> None:
        """Start the clock."""
        self._deadline = time.monotonic() + self.timeout

    @property
    def over(self) -> bool:
        """Whether nobody waits for the reply any more."""
        return self._left.is_set() or self._cancel.is_set() or self._remaining() <= 0

    def _remaining(self) -> float:
        return _WAKE if self._deadline is None else self._deadline - time.monotonic()

    def put(self, piece: Piece) -> None:
        self._items.put(piece)

    def finish(self) -> None:
        """End the reply; one that the deadline cut short is a Fault, as it may be a part."""
        self._items.put(self._late() if self._remaining() <= 0 else None)

    def _late(self) -> Fault:
        return Fault(f"no reply within {self.timeout:g} seconds", retryable=self.retry_timeout)

    def fail(self, fault: Fault) -> None:
        self._items.put(fault)

    def pieces(self) -> Iterator[Piece]:
        """The pieces as they come.

        Raises:
            Fault: the deadline passed, or the worker failed. Cancelled: the caller's event was set.
        """
        try:
            while True:
                if self._cancel.is_set():
                    raise Cancelled("the call was stopped")
                try:
                    item = self._items.get(timeout=max(0.0, min(self._remaining(), _WAKE)))
                except queue.Empty:
                    if self._remaining() <= 0:
                        raise self._late() from None
                    continue
                if item is None and not self._cancel.is_set():
                    return
                if item is None:
                    continue
                if isinstance(item, Fault):
                    raise item
                yield item
        finally:
            self._left.set()

    def run(self, work: Callable[[], None]) -> Iterator[Piece]:
        """Do `work` in a thread of its own and yield its pieces. The thread is joined at exit: it must heed `over`."""
        threading.Thread(target=work, name="konigsberg-model").start()
        return self.pieces()


class Backend(Protocol):
    """Makes replies.

    constrains: it can hold a reply to a JSON schema. local: it runs in this process, and nobody charges for its tokens.
    identity: tells models apart, for the cache of replies; without secrets.
    """

    constrains: bool
    local: bool
    identity: str

    def stream(self, request: Request, attempt: Attempt) -> Iterator[Piece]:
        """Answer one request, setting `attempt.sent` as soon as the model has been asked.

        Raises:
            Fault: this attempt failed.
        """
        ...
