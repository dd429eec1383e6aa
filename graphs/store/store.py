"""The store of a knowledge graph: a folder with one database, one writer at a time, any number of readers."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from graphs.store import bulk, replay, vectors
from graphs.store.connection import FILE, Refusing, connect, in_memory
from graphs.store.errors import NotInStore, StoreError
from graphs.store.lock import WriterLock
from graphs.store.reading import Reading
from graphs.store.records import StepKind
from graphs.store.step import Step
from graphs.store.transaction import Transaction


class Store(Reading):
    """A knowledge graph that keeps everything that was ever done to it.

    Changes are made in steps, each one transaction: when `with store.step(…)` has ended without an exception, the step
    is on the disk. After `close`, or the end of `with store:`, the next use opens the file again.
    """

    def __init__(self, folder: Path | None, *, readonly: bool) -> None:
        """Use `Store.open`, or `as_of` for the past."""
        self._base: sqlite3.Connection | None = None
        self._step: Transaction | None = None
        self._lock = None if folder is None or readonly else WriterLock(folder / "store.lock")
        self.folder = folder
        self.readonly = readonly
        self._process = 0
        self._vectors = vectors.Index()
        self._refuses = Refusing(None if folder is None else folder / FILE)

    @classmethod
    def open(cls, folder: str | Path, create: bool = True, readonly: bool = False) -> Store:
        """Open the store in a folder, or make one there.

        Raises:
            StoreLocked: it is open for writing elsewhere; readonly=True reads it meanwhile.
            StoreError: it is missing (and not to be made), damaged, or of a newer version.
        """
        store = cls(Path(folder).expanduser(), readonly=readonly)
        store._connect(create=create)
        return store

    @classmethod
    def in_memory(cls) -> Store:
        """An empty store without a folder, which ends with `close`."""
        return cls(None, readonly=False)._hold(in_memory())

    def _hold(self, base: sqlite3.Connection) -> Store:
        self._base, self._process = base, os.getpid()
        return self

    def _connect(self, *, create: bool) -> sqlite3.Connection:
        if self.folder is None:
            raise StoreError("this store lived in memory and was closed; make a new one (in_memory, as_of)")
        path = self.folder / FILE
        if self._lock is not None:
            if create:
                with _making(self.folder):
                    self.folder.mkdir(parents=True, exist_ok=True)
            elif not os.path.exists(path):  # noqa: PTH110 - no error for what cannot be a path
                connect(path, create=False, readonly=False)  # raises
            self._lock.take()
        try:
            return self._hold(connect(path, create=create, readonly=self.readonly)).base
        except BaseException:
            if self._lock is not None:
                self._lock.release()
            raise

    @property
    def base(self) -> sqlite3.Connection:
        if self._base is not None and self.folder is not None and self._process != os.getpid():
            self.close()  # a fork: connection and lock are the parent's
        return self._base if self._base is not None else self._connect(create=False)

    def close(self) -> None:
        """Let go of file and lock. A step that is open is rolled back."""
        base, self._base, self._step = self._base, None, None
        if base is not None and self._process != os.getpid():
            _of_parents.append(base)
        elif base is not None:
            base.close()
        if self._lock is not None:
            self._lock.release()

    def __del__(self) -> None:
        self.close()  # a store that nobody holds any more must not stay locked

    def __enter__(self) -> Store:
        _ = self.base  # opens it
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Store({str(self.folder) if self.folder else 'in memory'!r}{', readonly' if self.readonly else ''})"

    # -- changing it

    def step(self, kind: StepKind, about: str = "") -> Step:
        """A step to make changes in: `with store.step("question", about="What is …?") as step:`."""
        return Step(self, kind, about)

    def _begin(self, step: Transaction) -> sqlite3.Connection:
        if self.readonly:
            raise StoreError(f"{self!r} is open for reading only; open it with readonly=False to change it")
        base = self.base
        if self._step is not None:
            raise StoreError(f"step {self._step.number} is open; end it before another one begins")
        with self._refusing():
            base.execute("BEGIN IMMEDIATE")
        self._step = step
        return base

    def _end(self, *, commit: bool) -> None:
        self._step = None
        self._vectors.forget()
        with self._refusing():
            try:
                self.base.execute("COMMIT" if commit else "ROLLBACK")
            except sqlite3.Error:
                if self.base.in_transaction:
                    self.base.execute("ROLLBACK")
                if commit:
                    raise

    def _refusing(self) -> Refusing:
        return self._refuses

    def put_value(self, name: str, data: Any) -> None:
        """Keep a run's state; the same as `step.put_value` of the step that is open, or in one of its own."""
        if isinstance(self._step, Step):
            self._step.put_value(name, data)
            return
        with self.step("edit", f"value {name}") as step:
            step.put_value(name, data)

    def put_vectors(self, kind: str, ids: Sequence[int], matrix: Any) -> None:
        """Keep float32 vectors [n, d] for ids, in the step that is open or at once. They are no part of the log."""
        if self.readonly:
            raise StoreError(f"{self!r} is open for reading only")
        base = self.base
        self._vectors.forget()
        with self._refusing():
            if self._step is not None:
                vectors.put(base, kind, ids, matrix)
                return
            base.execute("BEGIN IMMEDIATE")
            try:
                vectors.put(base, kind, ids, matrix)
            except BaseException:
                base.execute("ROLLBACK")
                raise
            base.execute("COMMIT")

    def nearest(self, kind: str, vector: Any, limit: int = 10) -> list[tuple[int, float]]:
        """The ids whose vectors of this kind are closest, with the cosine, the closest first; see vectors.Index."""
        with self._refusing():
            return self._vectors.nearest(self.base, kind, vector, limit)

    def load_triples(self, triples: Iterable[Sequence[Any]], about: str = "triples") -> int:
        """Load (source, verb, target) names, one step in all; returns the step's number. See graphs.store.bulk."""
        with self.step("import", about) as step:
            bulk.load(step, triples)
        return step.number

    # -- undoing

    def undo_merge(self, event: int) -> int:
        """Take a merge back, and keep what came after it; returns the number of the new step."""
        merge = next((merge for merge in self.merges() if merge.event == event), None)
        if merge is None:
            raise NotInStore("merge", event, "`merges()` lists those that hold")
        return self._undo(f"undo merge {event}", {"event": event})

    def undo_step(self, number: int) -> int:
        """Take a step back, and keep what came after it; returns the number of the new step.

        Entities, relations and documents of the step that other steps build on stay. Undoing an undo does it again.
        """
        known = next((step for step in self.steps() if step.number == number), None)
        if known is None:
            raise NotInStore("step", number, f"the last one is {self.last_step}")
        if "undone" in known.notes:
            raise StoreError(f"step {number} was undone by step {known.notes['undone']}; undo that one to have it back")
        return self._undo(f"undo step {number}", {"step": number})

    def _undo(self, about: str, what: dict[str, int]) -> int:
        """Say in the log what holds no more, and make the tables anew, which takes as long as filling them did."""
        with self.step("edit", about) as step, self._refusing():
            step._do("undo", what)
            replay.rebuild(self.base)
            step._tables().load_counters()
        return step.number

    def check(self) -> list[str]:
        """What is wrong with file, log or tables, one line each; the tables are compared with a replay of the log."""
        with self._refusing(), self.snapshot():
            return replay.differences(self.base)

    # -- the past

    def as_of(self, step: int) -> Store:
        """The store as it was after a step: read-only, in memory, rebuilt from the log.

        Raises:
            NotInStore: there was no such step. 0 is the time before the first.
        """
        if isinstance(step, bool) or not isinstance(step, int) or not 0 <= step <= self.last_step:
            raise NotInStore("step", step, f"the last one is {self.last_step}")
        with self._refusing(), self.snapshot():
            return Store(None, readonly=True)._hold(replay.rebuilt(self.base, step))


_of_parents: list[sqlite3.Connection] = []  # in a child made by fork: closing them would disturb the parent


@contextmanager
def _making(folder: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:  # ValueError: a name that no folder can have
        why = getattr(error, "strerror", None) or error
        raise StoreError(f"{str(folder)[:200]} cannot be made ({why}); name another folder") from error
