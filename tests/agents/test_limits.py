"""Time limits and cancelling."""

from __future__ import annotations

import threading

import pytest

from agents.limits import Cancelled, run_limited
from graphs.errors import BudgetExceeded, NoPath


def _forever() -> None:
    count = 0
    while True:
        count += 1


def test_the_result_comes_back() -> None:
    assert run_limited(lambda: 7, 5.0) == 7


def test_errors_come_back_as_they_are() -> None:
    def fail() -> None:
        raise NoPath(1, 2)

    with pytest.raises(NoPath):
        run_limited(fail, 5.0)


def test_endless_work_is_stopped_and_unwound() -> None:
    with pytest.raises(BudgetExceeded, match=r"within 0\.1 s"):
        run_limited(_forever, 0.1)
    solvers = [t for t in threading.enumerate() if t.name == "konigsberg-solver"]
    for thread in solvers:
        thread.join(5)
        assert not thread.is_alive()


def test_cancelling_stops_the_work() -> None:
    cancel = threading.Event()
    threading.Timer(0.1, cancel.set).start()
    with pytest.raises(Cancelled):
        run_limited(_forever, None, cancel)
