"""What is put to the test: the graph agent, or a bare chat model without tools."""

from __future__ import annotations

import importlib
import signal
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any, cast

from agents.reply import Cost, Reply
from graphs.errors import GraphError
from tools.answers import as_plain

Solver = Callable[[str], Reply]
_BARE_TIMEOUT = 600.0  # seconds for a bare model's reply; the run's own --timeout is usually shorter


class SolverUnavailable(ValueError):
    """What was asked for cannot be put to the test here. The message says what is missing."""


class TimeIsUp(Exception):
    """A question took longer than its limit."""


@dataclass(frozen=True)
class Prediction:
    """A reply as plain data, or the trace of what went wrong instead of one."""

    id: str
    text: str
    value: Any
    status: str
    cost: dict[str, float]
    readings: tuple[str, ...] = ()
    trace: str = ""

    def reply(self) -> Reply:
        cost = Cost(**self.cost)  # type: ignore[arg-type]
        return Reply(self.value, self.text, self.status, readings=self.readings, cost=cost)  # type: ignore[arg-type]


def agent(model: str | None = None) -> Solver:
    """The graph agent with its tools.

    Raises:
        SolverUnavailable: the agent cannot be made with that model.
    """
    try:
        kind = importlib.import_module("agents").GraphAgent
    except (ImportError, AttributeError) as error:
        raise SolverUnavailable(f"the agent cannot be loaded: {error}") from error
    try:
        made = kind(model=model or "none", experience=False)  # a run must not depend on earlier ones
    except (ValueError, TypeError, ImportError) as error:
        raise SolverUnavailable(f"the agent cannot be made with --model {model}: {error}") from error
    return cast("Solver", made.ask)


def bare_model(model: str | None) -> Solver:
    """A chat model (a spec of `agents.models`) that gets the question alone; its answer is read from its text.

    Raises:
        SolverUnavailable: no model was named, or it cannot be used here.
    """
    if model is None:
        raise SolverUnavailable("--no-tools asks a bare chat model: name one with --model")
    from agents.clrs import status_of_answer
    from agents.models import Ledger, chat_model

    try:
        chat = chat_model(model, timeout=_BARE_TIMEOUT)
    except GraphError as error:
        raise SolverUnavailable(f"--model: {error}") from error

    def ask(question: str) -> Reply:
        start = time.perf_counter()
        ledger = Ledger()
        said = chat.charged_to(ledger).invoke(question)
        spent = ledger.total
        cost = Cost(spent.calls, spent.tokens, time.perf_counter() - start)
        return Reply(None, str(said.text), status_of_answer(question, str(said.text)), cost=cost)

    return ask


@contextmanager
def time_limit(seconds: float | None) -> Iterator[None]:
    """Raise TimeIsUp in the running code after `seconds`.

    Works in the main thread of systems with interval timers (Linux, macOS); elsewhere it does nothing.
    """
    usable = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if not seconds or not usable:
        yield
        return

    def ring(*_: object) -> None:
        raise TimeIsUp(f"no answer within {seconds:g} seconds")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def answer(solver: Solver, name: str, question: str, limit: float | None) -> Prediction:
    """Put one question; whatever goes wrong becomes a prediction with a trace, never an exception."""
    start = time.perf_counter()
    try:
        with time_limit(limit):
            reply = solver(question)
        cost = asdict(reply.cost) | {"seconds": reply.cost.seconds or time.perf_counter() - start}
        return Prediction(name, reply.text, as_plain(reply.value), reply.status, cost, tuple(reply.readings))
    except Exception:  # noqa: BLE001 - one bad item never stops a run
        cost = asdict(Cost(seconds=time.perf_counter() - start))
        return Prediction(name, "", None, "failed", cost, trace=traceback.format_exc(limit=-12))
