"""The conversations of an agent: their database, and one question at a time in each."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from agents.settings import data_folder
from graphs.errors import BadArgument, StorageError

PATIENCE = 60.0  # seconds that a question waits for the one before it in the same conversation


class Talks:
    """The database of conversations, opened at first use; usable from several threads."""

    def __init__(self, memory: str | Path | None) -> None:
        self._memory = memory
        self._road: Any = None
        self._connection: sqlite3.Connection | None = None
        self._open = 0  # questions under way
        self._closing = False
        self._lock = threading.Lock()
        self._ended = threading.Condition(self._lock)
        self._owners: dict[str, int] = {}  # conversation -> the operating system's thread that answers in it

    @contextmanager
    def turn(self, thread: str, cancel: threading.Event | None = None) -> Iterator[Any]:
        """The compiled road for one question in the conversation `thread`, which no other question enters meanwhile.

        Raises:
            BadArgument: a stream of this conversation was begun by the same thread and is not read to its end, or
                another one goes on for over a minute.
            StorageError: the database cannot be read or written.
        """
        self._enter(thread, cancel)
        try:
            with self._reported():
                yield self._opened()
        finally:
            with self._ended:
                self._open -= 1
                del self._owners[thread]
                self._ended.notify_all()
                self._close_when_done()

    def forget(self, thread: str) -> None:
        """Delete a conversation."""
        with self.turn(thread) as road:
            road.checkpointer.delete_thread(thread)

    def close(self) -> None:
        """Close the database, once the questions under way have ended; a later question opens it again."""
        with self._lock:
            self._closing = True
            self._close_when_done()

    def _enter(self, thread: str, cancel: threading.Event | None) -> None:
        own, waited = threading.get_ident(), 0.0
        with self._ended:
            while thread in self._owners:
                if self._owners[thread] == own or waited >= PATIENCE:
                    raise BadArgument(
                        f"the conversation {thread[:60]!r} is still answering another question; read that stream to "
                        "its end or close it first"
                    )
                if cancel is not None and cancel.is_set():
                    break
                self._ended.wait(0.1)
                waited += 0.1
            self._owners[thread] = own
            self._open += 1

    def _opened(self) -> Any:
        with self._lock:
            self._closing = False
            if self._road is None:
                from langgraph.checkpoint.sqlite import SqliteSaver

                from agents.talk.conversation import build

                connection = sqlite3.connect(self._where(), check_same_thread=False)
                self._connection, self._road = connection, build(SqliteSaver(connection))
            return self._road

    @property
    def _path(self) -> Path:
        return Path(self._memory) if self._memory is not None else data_folder() / "conversations.sqlite"

    def _where(self) -> str:
        path = self._path
        if str(path) != ":memory:":
            path.parent.mkdir(parents=True, exist_ok=True)
        return str(path)

    def _close_when_done(self) -> None:
        if self._closing and not self._open and self._connection is not None:
            self._connection.close()
            self._connection, self._road, self._closing = None, None, False

    @contextmanager
    def _reported(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise StorageError(
                f"the conversations in {str(self._path)!r} cannot be read or written ({error}); "
                "if the file is damaged, move it away; if another program uses it, try again; or let "
                "KONIGSBERG_DATA_DIR name another folder"
            ) from error
