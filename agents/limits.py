"""Time limits and cancelling for work that runs in plain Python."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from graphs.errors import BudgetExceeded

T = TypeVar("T")


class Cancelled(BudgetExceeded):
    """The user stopped the question."""


class _Stop(BaseException):
    """Raised inside the worker to unwind it; no tool catches it."""


def run_limited(
    work: Callable[[], T], seconds: float | None, cancel: threading.Event | None = None, *, of: float | None = None
) -> T:
    """Run `work` and return its result, or stop it after `seconds` or when `cancel` is set.

    The work runs in a thread of its own that is unwound by an asynchronous exception, which CPython delivers between
    two bytecodes: pure Python stops at once, a long call into C stops when it returns (its result is dropped).
    of: the whole limit of which `seconds` are left, for the message.

    Raises:
        BudgetExceeded: the limit was reached.
        Cancelled: `cancel` was set.
    """
    if seconds is None and cancel is None:
        return work()
    result: list[T] = []
    failure: list[BaseException] = []
    done = threading.Event()

    def body() -> None:
        try:
            result.append(work())
        except _Stop:
            pass
        except BaseException as error:  # noqa: BLE001 - carried over to the caller's thread, nothing is lost
            failure.append(error)
        finally:
            done.set()

    worker = threading.Thread(target=body, daemon=True, name="konigsberg-solver")
    worker.start()
    end = None if seconds is None else time.monotonic() + seconds
    step = 0.02
    while not done.wait(step if cancel is not None or end is None else max(0.0, min(0.2, end - time.monotonic()))):
        if cancel is not None and cancel.is_set():
            _stop(worker)
            raise Cancelled("stopped")
        if end is not None and time.monotonic() >= end:
            _stop(worker)
            raise BudgetExceeded(f"no answer within {of or seconds:g} s; raise the time limit or ask for less")
    if failure:
        raise failure[0]
    return result[0]


def _stop(worker: threading.Thread) -> None:
    import ctypes

    if worker.ident is not None:
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(worker.ident), ctypes.py_object(_Stop))
