"""One transaction of a store: its lines in the log and what they do to the tables, all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, get_args

from graphs.store import checks, log
from graphs.store.errors import StoreError
from graphs.store.records import StepKind
from graphs.store.tables import Tables

if TYPE_CHECKING:
    from graphs.store.store import Store

KINDS: tuple[StepKind, ...] = get_args(StepKind)


class Transaction:
    """Begins with `with`, is committed at the end of it, and rolled back by an exception."""

    def __init__(self, store: Store, kind: StepKind, about: str) -> None:
        if kind not in KINDS:
            raise StoreError(f"a step must be one of {', '.join(KINDS)}, not {kind!r}")
        self.kind: StepKind = kind
        self.about = checks.text(about, "what a step is about", blank=True)
        self.number = 0
        self._store = store
        self._open: Tables | None = None
        self._event = 0
        self._failed: BaseException | None = None

    def __enter__(self) -> Self:
        if self.number:
            raise StoreError("a step can be entered once; ask the store for a new one")
        base = self._store._begin(self)
        try:
            with self._store._refusing():
                self._open = Tables(base)
                self._open.load_counters()
                self._event = log.last_number(base)
            self.number = self._store.last_step + 1
            at = datetime.now(UTC).isoformat(timespec="milliseconds")
            self._do("step", {"kind": self.kind, "about": self.about, "at": at})
        except BaseException:
            self._open = None
            self._store._end(commit=False)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        tables, self._open = self._tables(), None
        whole = kind is None and self._failed is None
        if self._store._step is not self:
            if kind is None:
                raise StoreError(f"the store was closed while step {self.number} was open: the step is rolled back")
            return
        try:
            if whole:
                with self._store._refusing():
                    tables.save_counters()
        except BaseException:
            self._store._end(commit=False)
            raise
        self._store._end(commit=whole)
        if kind is None and not whole:
            raise StoreError(f"step {self.number} is rolled back: a change failed half-way") from self._failed

    def _tables(self) -> Tables:
        if self._open is None:
            raise StoreError("the step is not open; make changes inside `with store.step(…) as step:`")
        return self._open

    def _do(self, kind: str, data: Mapping[str, Any]) -> int:
        tables = self._tables()
        with self._store._refusing():
            self._event += 1
            try:
                tables.apply(log.append(tables.base, self._event, self.number, kind, data))
            except BaseException as error:
                self._failed = error
                raise
        return self._event

    def _next(self, what: str) -> int:
        return self._tables().last[what] + 1
