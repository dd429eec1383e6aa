"""One writer at a time: a lock on a file, which the system lets go when its process ends, however it ends."""

from __future__ import annotations

import os
import sys
import weakref
from pathlib import Path
from typing import IO

from graphs.store.errors import StoreError, StoreLocked

_PLACE = 1 << 20  # the locked byte on Windows, away from the number of the process that others read


class WriterLock:
    """Held from `take` to `release`. The file says which process holds it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: IO[bytes] | None = None

    def take(self) -> None:
        """Take the lock, without waiting.

        Raises:
            StoreLocked: somebody holds it.
            StoreError: the file cannot be written.
        """
        try:
            file = self.path.open("a+b")
        except OSError as error:
            raise StoreError(
                f"{self.path.parent} cannot be written ({error.strerror}); open it with readonly=True, or allow writing"
            ) from error
        try:
            _lock(file)
        except OSError as error:
            file.seek(0)
            holder = file.read(20).decode(errors="replace").strip()
            file.close()
            whose = "this process" if holder == str(os.getpid()) else f"process {holder}" if holder else "a process"
            raise StoreLocked(
                f"{self.path.parent} is open for writing by {whose}; wait until it has ended, "
                "or open it with readonly=True to read meanwhile"
            ) from error
        file.truncate(0)
        file.write(str(os.getpid()).encode())
        file.flush()
        self._file = file
        _held.add(self)

    def release(self) -> None:
        if self._file is not None:
            self._file.truncate(0)
            self.drop()

    def drop(self) -> None:
        """Close this process's copy alone: a child made by fork must not keep its parent's lock alive."""
        _held.discard(self)
        if self._file is not None:
            self._file.close()
            self._file = None


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(_PLACE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


_held: weakref.WeakSet[WriterLock] = weakref.WeakSet()


def _drop_all() -> None:
    for lock in list(_held):
        lock.drop()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_drop_all)
