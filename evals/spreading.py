"""Questions spread over processes of this machine, or over a Ray cluster; a worker that dies stops nothing."""

from __future__ import annotations

import importlib
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any

from evals.solvers import Prediction, Solver, SolverUnavailable, answer
from evals.task import Sample

AHEAD = 2  # questions that a worker has in hand
DIED = "the worker process that answered this died (killed, out of memory, or crashed); it was tried twice"


@dataclass(frozen=True)
class Setup:
    """How answers are made. make: builds the solver (in each worker). workers: 1 stays in this process.

    ray: the address of a Ray cluster ("local" starts one here), None for processes.
    """

    make: Callable[[], Solver]
    workers: int = 1
    timeout: float | None = None
    ray: str | None = None


def answers(samples: Sequence[Sample], setup: Setup) -> Iterator[Prediction]:
    """An answer for each sample, as they come.

    Raises:
        SolverUnavailable: Ray is wanted, and is not installed or not there.
    """
    if setup.ray is not None:
        yield from _over_ray(samples, setup)
    elif setup.workers <= 1:
        solver = setup.make() if samples else None
        for sample in samples:
            assert solver is not None
            yield answer(solver, sample.id, sample.question, setup.timeout)
    else:
        yield from _over_processes(samples, setup)


def _dead(sample: Sample) -> Prediction:
    return Prediction(sample.id, "", None, "failed", {"model_calls": 0, "tokens": 0, "seconds": 0.0}, trace=DIED)


def _over_processes(samples: Sequence[Sample], setup: Setup) -> Iterator[Prediction]:
    suspects: list[Sample] = []
    left = deque(samples)
    while left:
        yield from _until_broken(left, suspects, setup, setup.workers)
    for sample in suspects:  # one of those that ran when a worker died is to blame: each by itself
        again: list[Sample] = []
        yield from _until_broken(deque([sample]), again, setup, 1)
        if again:
            yield _dead(sample)


def _until_broken(left: deque[Sample], suspects: list[Sample], setup: Setup, workers: int) -> Iterator[Prediction]:
    """Answer from the front of `left` until it is empty or a worker dies; what ran then is added to `suspects`."""
    running: dict[Future[Prediction], Sample] = {}
    with ProcessPoolExecutor(workers, initializer=_start, initargs=(setup,)) as pool:
        while left or running:
            try:
                while left and len(running) < AHEAD * workers:
                    running[pool.submit(_work, left[0].id, left[0].question)] = left[0]
                    left.popleft()
                ready, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in ready:
                    found = future.result()
                    del running[future]
                    yield found
            except BrokenProcessPool:
                for future, sample in running.items():
                    if future.done() and future.exception() is None:
                        yield future.result()
                    else:
                        suspects.append(sample)
                return


_worker: dict[str, Any] = {}


def _start(setup: Setup) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent stops the run; a worker's own traceback says nothing
    _worker.update(solver=setup.make(), timeout=setup.timeout)


def _work(name: str, question: str) -> Prediction:
    return answer(_worker["solver"], name, question, _worker["timeout"])


class _Actor:
    """A worker of Ray: one solver, one question after the other."""

    def __init__(self, setup: Setup) -> None:
        self.solver, self.timeout = setup.make(), setup.timeout

    def work(self, name: str, question: str) -> Prediction:
        return answer(self.solver, name, question, self.timeout)


def _over_ray(samples: Sequence[Sample], setup: Setup) -> Iterator[Prediction]:
    ray = need_ray()
    mine = not ray.is_initialized()
    if mine:
        about = {"num_cpus": setup.workers} if setup.ray == "local" else {"address": setup.ray}
        try:
            ray.init(include_dashboard=False, log_to_driver=False, logging_level="error", **about)
        except (ConnectionError, RuntimeError, ValueError) as error:
            raise SolverUnavailable(f"--ray {setup.ray}: no cluster answers there ({str(error)[:200]})") from error
    kind = ray.remote(num_cpus=1, max_restarts=-1)(_Actor)
    try:
        actors = [kind.remote(setup) for _ in range(setup.workers)]
        left, tried = deque(samples), dict.fromkeys((sample.id for sample in samples), 0)
        running: dict[Any, tuple[Sample, Any]] = {}
        free = list(actors)
        while left or running:
            while left and free:
                sample, actor = left.popleft(), free.pop()
                running[actor.work.remote(sample.id, sample.question)] = (sample, actor)
            ready, _ = ray.wait(list(running), num_returns=1)
            for reference in ready:
                sample, actor = running.pop(reference)
                free.append(actor)
                try:
                    yield ray.get(reference)
                except ray.exceptions.RayActorError:
                    tried[sample.id] += 1
                    if tried[sample.id] < 2:
                        left.append(sample)
                    else:
                        yield _dead(sample)
    finally:
        if mine:
            ray.shutdown()


def need_ray() -> Any:
    """The package ray.

    Raises:
        SolverUnavailable: it is not installed.
    """
    try:
        return importlib.import_module("ray")
    except ImportError as error:
        raise SolverUnavailable(
            "--ray needs the package ray; install it with pip install 'konigsberg[ray]', or leave --ray out: "
            "--workers alone spreads over processes of this machine"
        ) from error
