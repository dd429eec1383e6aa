"""The file that keeps experience: a SQLite table of entries, the oldest of which go when there are too many."""

from __future__ import annotations

import sqlite3
import threading
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from agents.programs.entries import Entry, entry_of, row_of
from agents.reply import Status
from graphs.errors import StorageError

TRUSTED: tuple[Status, ...] = ("proven", "computed")
MOST = 5_000  # entries; the oldest go first …
MOST_BYTES = 64 << 20  # … and all of their files together, packed
_COLUMNS = "task, tags, wording, question, kind, body, files, value, status"  # as in `row_of`
_VERSION = 2  # of the table; experience of another is dropped
_TABLE = """
CREATE TABLE IF NOT EXISTS experience (
    id INTEGER PRIMARY KEY, task TEXT NOT NULL, tags TEXT NOT NULL, wording TEXT NOT NULL, question TEXT NOT NULL,
    kind TEXT NOT NULL, body TEXT NOT NULL, files BLOB NOT NULL, value TEXT NOT NULL, status TEXT NOT NULL,
    UNIQUE (task, tags, kind, wording, body));
CREATE INDEX IF NOT EXISTS by_task ON experience (task);
CREATE INDEX IF NOT EXISTS by_wording ON experience (wording);
"""
_TRIMMED = """
DELETE FROM experience WHERE id NOT IN (SELECT id FROM (
    SELECT id, ROW_NUMBER() OVER newest AS place, SUM(LENGTH(files)) OVER newest AS bytes FROM experience
    WINDOW newest AS (ORDER BY id DESC)) WHERE place <= ? AND bytes <= ?)
"""


class EntryFile:
    """A SQLite file of entries; safe to use from several threads."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._lock = threading.Lock()

    def add(self, entry: Entry) -> Entry:
        with self._open() as database:
            database.execute(
                f"INSERT OR REPLACE INTO experience ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row_of(entry)
            )
            database.execute(_TRIMMED, (MOST, MOST_BYTES))
        return entry

    def remove(self, entry: Entry) -> None:
        """Take an entry out."""
        with self._open() as database:
            database.execute("DELETE FROM experience WHERE id = ?", (entry.id,))

    def entries(self, kind: str, wording: str | None = None) -> list[Entry]:
        """What can be read and is trusted: all of it, of one kind, or of one wording."""
        if not self.file.exists():
            return []
        query = f"SELECT {_COLUMNS}, id FROM experience"
        with self._open() as database:
            if wording is None:
                rows = database.execute(query).fetchall()
            else:
                rows = database.execute(f"{query} WHERE wording = ?", (wording,)).fetchall()
        entries = []
        for row in rows:
            try:
                entry = entry_of(row)
            except (ValueError, TypeError, AttributeError, zlib.error):
                continue  # written by something else than this class, as is what follows
            if entry.status in TRUSTED and (not kind or entry.kind == kind):
                entries.append(entry)
        return entries

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """The database, made where it is missing.

        Raises:
            StorageError: it cannot be read or written.
        """
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with self._lock, closing(sqlite3.connect(self.file, timeout=30.0)) as database:
                if database.execute("PRAGMA user_version").fetchone()[0] != _VERSION:
                    database.executescript(f"DROP TABLE IF EXISTS experience; PRAGMA user_version = {_VERSION}")
                database.executescript(_TABLE)
                with database:
                    yield database
        except (sqlite3.Error, OSError) as error:
            raise StorageError(
                f"the experience in {self.file} cannot be used ({error}); move that file away, or set "
                "KONIGSBERG_EXPERIENCE=off"
            ) from error
