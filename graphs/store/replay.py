"""Rebuilding the tables from the log, and comparing them with it."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from itertools import zip_longest

from graphs.store import log
from graphs.store.connection import in_memory
from graphs.store.schema import DERIVED
from graphs.store.tables import Tables

_MOST = 5  # differences that are told of one table


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


def rebuilt(source: sqlite3.Connection, upto: int | None = None) -> sqlite3.Connection:
    """The tables in memory, as the log has them up to a step."""
    target = in_memory()
    try:
        target.execute("BEGIN")
        if upto is not None:
            copy_log(source, target, upto)
        replay(source, target, upto)
        target.execute("COMMIT")
    except BaseException:
        target.close()
        raise
    return target


def copy_log(source: sqlite3.Connection, target: sqlite3.Connection, upto: int) -> None:
    """Copy the log up to a step, with the texts of its documents."""
    target.executemany(
        "INSERT INTO events VALUES (?, ?, ?, ?)", source.execute("SELECT * FROM events WHERE step <= ?", (upto,))
    )
    digests = {event.data["digest"] for event in log.read(source, upto, where="kind = 'document'")}
    for digest in sorted(digests):  # the log's, not the table's: a document may have been undone since
        rows = source.execute("SELECT digest, text FROM texts WHERE digest = ?", (digest,))
        target.executemany("INSERT INTO texts VALUES (?, ?)", rows)


def differences(base: sqlite3.Connection) -> list[str]:
    """What is wrong with a store: its file, its log, or tables that are not what the log says. Empty if nothing is."""
    found = [f"file: {said}" for (said,) in base.execute("PRAGMA integrity_check") if said != "ok"]
    found += [
        f"row {row} of {table} points to nothing in {other}"
        for table, row, other, _ in base.execute("PRAGMA foreign_key_check")
    ]
    found += _gaps(base)
    found += [
        f"the text of document {number} is not the one that was read (its digest differs)"
        for number, digest, text in base.execute("SELECT id, digest, text FROM documents JOIN texts USING (digest)")
        if hashlib.sha256(text.encode()).hexdigest() != digest
    ]
    if found:
        return found
    try:
        again = rebuilt(base)
    except (sqlite3.Error, KeyError, TypeError, ValueError) as error:
        return [f"the log cannot be replayed ({error})"]
    with closing(again):
        for table in DERIVED:
            found += _unequal(base, again, table)
    return found


def _gaps(base: sqlite3.Connection) -> list[str]:
    least, most, count = base.execute("SELECT min(number), max(number), count(*) FROM events").fetchone()
    found = [] if count == 0 or (least, most) == (1, count) else [f"the log lacks {most - count} of its {most} lines"]
    steps = base.execute("SELECT min(step), max(step), count(DISTINCT step) FROM events").fetchone()
    if steps[2] and (steps[0], steps[1]) != (1, steps[2]):
        found.append(f"the log holds lines of {steps[2]} steps, numbered {steps[0]} to {steps[1]}")
    return found


def _unequal(base: sqlite3.Connection, again: sqlite3.Connection, table: str) -> list[str]:
    key = "rowid, " if table == "words" else ""
    query = f"SELECT {key}* FROM {table} ORDER BY 1, 2"
    found = []
    for is_now, should_be in zip_longest(base.execute(query), again.execute(query)):
        if is_now != should_be:
            found.append(f"{table}: has {is_now!r:.200}, and the log says {should_be!r:.200}")
            if len(found) == _MOST:
                break
    return found
