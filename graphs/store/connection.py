"""The database file: how it is made, opened, and refused."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from graphs.store.errors import StoreError
from graphs.store.schema import APPLICATION, LOG, TABLES, VECTORS, VERSION

FILE = "store.sqlite"
_WAIT = 30.0  # seconds for another process's checkpoint


def connect(path: Path, *, create: bool, readonly: bool) -> sqlite3.Connection:
    """Open the file, or make it.

    Raises:
        StoreError: it is missing, is no store, was written by a newer program, or cannot be read or written.
    """
    if (readonly or not create) and not os.path.exists(path):  # noqa: PTH110 - no error for what cannot be a path
        shown = str(path.parent)[:200]
        raise StoreError(f"there is no knowledge graph in {shown} ({path.name} is missing); name another folder")
    with Refusing(path):
        base = sqlite3.connect(
            _address(path, readonly), uri=True, timeout=_WAIT, isolation_level=None, check_same_thread=False
        )
        try:
            _prepare(base, path, readonly)
        except BaseException:
            base.close()
            raise
        return base


def in_memory() -> sqlite3.Connection:
    """An empty store that lives as long as its connection."""
    base = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    base.executescript(LOG + TABLES + VECTORS)
    base.execute("PRAGMA foreign_keys = ON")
    return base


class Refusing:
    """`with Refusing(path):` raises what the database fails with as StoreError. One may be used over and over."""

    __slots__ = ("path",)

    def __init__(self, path: Path | None) -> None:
        self.path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, sqlite3.Error):
            raise StoreError(f"{self.path or 'the store'} cannot be used ({error}){_hint(str(error))}") from error


def _hint(said: str) -> str:
    for part, hint in (
        ("no such module", "; this Python's SQLite was built without FTS5: use one that has it"),
        ("full", "; free some space, what was committed is safe"),
        ("not a database", "; name another folder, or move the file away"),
        ("malformed", "; the file is damaged: take a copy of it that is whole"),
        ("readonly", "; allow writing, or open it with readonly=True"),
        ("locked", "; another program holds it: wait until it has ended"),
    ):
        if part in said:
            return hint
    return ""


def _address(path: Path, readonly: bool) -> str:
    address = path.absolute().as_uri()
    if not readonly:
        return address
    # readers of a file in WAL mode share memory in its folder; where they may not write, nobody else writes either
    alone = not os.access(path.parent, os.W_OK) and not path.with_name(path.name + "-wal").exists()
    return f"{address}?mode=ro" + ("&immutable=1" if alone else "")


def _prepare(base: sqlite3.Connection, path: Path, readonly: bool) -> None:
    mark = base.execute("PRAGMA application_id").fetchone()[0]
    version = base.execute("PRAGMA user_version").fetchone()[0]
    empty = not base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if mark == APPLICATION and version > VERSION:
        raise StoreError(
            f"{path} was written by a newer version of this program (form {version}; this one knows {VERSION}); "
            "upgrade konigsberg, or name another folder"
        )
    if not empty and (mark != APPLICATION or version != VERSION):
        raise StoreError(f"{path} is a database, but no knowledge graph of this program; name another folder")
    if empty and readonly:
        raise StoreError(f"{path} is empty: its first writer has not finished making it; try again later")
    if not readonly:
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("PRAGMA synchronous = FULL")  # a committed step outlives a power cut
    base.execute("PRAGMA foreign_keys = ON")
    base.execute("PRAGMA cache_size = -65536")  # KiB
    if empty:
        script = f"{LOG}{TABLES}{VECTORS}PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION};"
        base.executescript(f"BEGIN IMMEDIATE;{script}COMMIT;")
