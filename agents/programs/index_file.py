"""The file of the documentation index: how an interpreter's libraries are listed, and how what they say is stored."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from agents.programs.symbols import fold
from graphs.errors import GraphError

LIST_VERSIONS = """
import importlib.metadata, importlib.util, json, pkgutil, sys
names = json.loads(sys.argv[1])
found = {}
for name in names:
    if importlib.util.find_spec(name) is None:
        continue
    for package in (name, "python-" + name):
        try:
            found[name] = importlib.metadata.version(package)
            break
        except importlib.metadata.PackageNotFoundError:
            found[name] = "unknown"
tops = sorted({m.name for m in pkgutil.iter_modules() if not m.name.startswith("_")} | set(sys.stdlib_module_names))
print(json.dumps({"python": sys.version.split()[0], "libraries": found, "modules": tops}))
"""
_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE symbols (
    id INTEGER PRIMARY KEY, library TEXT NOT NULL, name TEXT NOT NULL, short TEXT NOT NULL, folded TEXT NOT NULL,
    kind TEXT NOT NULL, owner TEXT NOT NULL, signature TEXT NOT NULL, parameters TEXT NOT NULL, returns TEXT NOT NULL,
    doc TEXT NOT NULL);
CREATE INDEX by_folded ON symbols (folded);
CREATE INDEX by_owner ON symbols (owner);
CREATE TABLE paths (path TEXT PRIMARY KEY, symbol INTEGER NOT NULL, folded TEXT NOT NULL);
CREATE INDEX by_other_name ON paths (folded);
CREATE TABLE modules (name TEXT PRIMARY KEY, about TEXT NOT NULL);
CREATE VIRTUAL TABLE words USING fts5(name, doc, content='', tokenize='porter unicode61');
"""


class IndexUnavailable(GraphError):
    """The libraries cannot be listed: the interpreter does not start, or an import takes too long."""


def write_index(file: Path, stamp: str, rows: Iterable[dict[str, Any]]) -> None:
    connection = sqlite3.connect(file)
    try:
        connection.executescript(_TABLES)
        for row in rows:
            _insert(connection, row)
        connection.execute("INSERT INTO meta VALUES ('stamp', ?)", (stamp,))
        connection.commit()
    finally:
        connection.close()


def _insert(connection: sqlite3.Connection, row: dict[str, Any]) -> None:
    kind, name = row["kind"], row["name"]
    if kind == "library":
        return
    if kind == "module":
        about = json.dumps({key: row[key] for key in ("names", "aliases", "open")})
        connection.execute("INSERT OR REPLACE INTO modules VALUES (?, ?)", (name, about))
        return
    short = name.rpartition(".")[2]
    owner, text = row.get("owner", ""), row.get("doc", "")
    cursor = connection.execute(
        "INSERT INTO symbols (library, name, short, folded, kind, owner, signature, parameters, returns, doc) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (row["library"], name, short, fold(short), kind, owner, row.get("signature", ""))
        + (json.dumps(row.get("parameters")), row.get("returns", ""), text),
    )
    for path in row.get("paths") or (name,):
        last = fold(path.rpartition(".")[2])
        connection.execute("INSERT OR IGNORE INTO paths VALUES (?, ?, ?)", (path, cursor.lastrowid, last))
    if text or kind != "attribute":
        apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|_", " ", short)
        connection.execute(
            "INSERT INTO words (rowid, name, doc) VALUES (?, ?, ?)", (cursor.lastrowid, apart, text[:1200])
        )


def open_index(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{file}?mode=ro", uri=True, check_same_thread=False)


def stamp_of(file: Path) -> str:
    """What the index was made from; "" for a file that is no index."""
    try:
        connection = open_index(file)
        try:
            rows = connection.execute("SELECT value FROM meta WHERE key = 'stamp'").fetchall()
        finally:
            connection.close()
    except sqlite3.Error:
        return ""
    return str(rows[0][0]) if rows else ""


def run_python(python: str, arguments: list[str], seconds: float) -> str:
    try:
        done = subprocess.run([python, "-I", *arguments], capture_output=True, text=True, timeout=seconds, check=False)
    except OSError as error:
        raise IndexUnavailable(
            f"{python} cannot be started ({error.strerror}); check KONIGSBERG_PROGRAM_PYTHON"
        ) from error
    except subprocess.TimeoutExpired as error:
        raise IndexUnavailable(f"{python} {arguments[-1]} took longer than {seconds:g} seconds") from error
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["no message"]
        raise IndexUnavailable(f"{python} cannot list {arguments[-1]}: {last[0][:300]}")
    return done.stdout
