"""Rebuilding the tables from the log, and comparing them with it."""

from __future__ import annotations

import sqlite3

from graphs.store import log
from graphs.store.schema import DERIVED
from graphs.store.tables import Tables


def rebuild(base: sqlite3.Connection) -> None:
    """Make all tables anew from the log; the caller holds the transaction."""
    for table in DERIVED:
        base.execute(f"DELETE FROM {table}")
    replay(base, base)


def replay(source: sqlite3.Connection, target: sqlite3.Connection, upto: int | None = None) -> None:
    """Do to the empty tables of `target` what the log of `source` says, up to a step."""
    holds = log.holding(source, upto)
    tables = Tables(target)
    for event in log.read(source, upto):
        tables.count(event)
        kept = holds.what_holds(event)
        if kept is not None:
            tables.apply(kept)
    target.executemany(
        "UPDATE steps SET undone = ? WHERE number = ?", [(by, n) for n, by in holds.undone_steps.items()]
    )
    tables.save_counters()


def copy_log(source: sqlite3.Connection, target: sqlite3.Connection, upto: int) -> None:
    """Copy the log up to a step, with the texts of its documents."""
    target.executemany(
        "INSERT INTO events VALUES (?, ?, ?, ?)", source.execute("SELECT * FROM events WHERE step <= ?", (upto,))
    )
    target.executemany(
        "INSERT OR IGNORE INTO texts VALUES (?, ?)",
        source.execute("SELECT digest, text FROM documents JOIN texts USING (digest) WHERE step <= ?", (upto,)),
    )
