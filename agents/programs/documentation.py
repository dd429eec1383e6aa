"""An index of what the installed graph libraries offer, made from their own signatures and docstrings.

The index is a SQLite file in the data folder, one for each interpreter that runs programs. It is made again whenever
a library appears, goes, or changes its version. Nothing is downloaded.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from agents.programs.index_file import LIST_VERSIONS, open_index, run_python, stamp_of, write_index
from agents.programs.symbols import Symbol, fold, symbol_of
from agents.settings import data_folder, program_python

LIBRARIES = ("networkx", "igraph", "cdlib", "graspologic", "karateclub", "littleballoffur")
LAYOUT = 6  # of the tables and of what the scan lists; a change makes every index anew
SCAN_SECONDS = 180.0  # for one library, import included
_SCANNER = Path(__file__).with_name("library_scan.py")


class Documentation:
    """The index of one interpreter's graph libraries."""

    def __init__(self, python: str | None = None, folder: Path | None = None, libraries: tuple[str, ...] = LIBRARIES):
        """Open the index of `python` (default: the one that runs programs); `refresh` makes it where it is missing."""
        self.python = python or program_python()
        self.libraries = libraries
        name = hashlib.sha256(f"{self.python}\0{','.join(libraries)}".encode()).hexdigest()[:12]
        self.file = (folder or data_folder() / "search") / f"documentation-{name}.sqlite"
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None

    # -- making it

    @cached_property
    def installed(self) -> dict[str, Any]:
        """What the interpreter has: python, libraries (name to version), modules (importable top-level names).

        Raises:
            IndexUnavailable: it cannot be started.
        """
        text = run_python(self.python, ["-c", LIST_VERSIONS, json.dumps(self.libraries)], 60)
        found: dict[str, Any] = json.loads(text)
        return found

    def refresh(self) -> bool:
        """Make the index again when it is missing or older than the installed libraries; returns whether it did.

        Raises:
            IndexUnavailable: the interpreter cannot be started, or a library's import fails or takes too long.
        """
        wanted = json.dumps({"layout": LAYOUT, **{k: self.installed[k] for k in ("python", "libraries")}})
        with self._lock:
            if self._connection is None and self.file.exists() and stamp_of(self.file) == wanted:
                self._connection = open_index(self.file)
            if self._connection is not None:
                return False
            self.file.parent.mkdir(parents=True, exist_ok=True)
            fresh = self.file.with_suffix(f".{threading.get_native_id()}.new")
            fresh.unlink(missing_ok=True)
            rows = (row for name in self.installed["libraries"] for row in self._scan(name))
            write_index(fresh, wanted, rows)
            fresh.replace(self.file)
            self._connection = open_index(self.file)
            return True

    def _scan(self, library: str) -> Iterator[dict[str, Any]]:
        for line in run_python(self.python, [str(_SCANNER), library], SCAN_SECONDS).splitlines():
            yield {"library": library, **json.loads(line)}

    def _rows(self, query: str, *values: Any) -> list[Any]:
        self.refresh()
        assert self._connection is not None
        with self._lock:
            return self._connection.execute(query, values).fetchall()

    def _symbols(self, where: str, *values: Any) -> list[Symbol]:
        columns = "symbols.name, kind, library, owner, signature, parameters, returns, symbols.doc"
        return [symbol_of(row) for row in self._rows(f"SELECT {columns} FROM symbols {where}", *values)]

    # -- asking it

    def find(self, path: str) -> Symbol | None:
        """The symbol at a dotted path, by any of the ways that lead to it."""
        found = self._symbols("JOIN paths ON paths.symbol = symbols.id WHERE path = ?", path)
        return found[0] if found else None

    def module(self, name: str) -> dict[str, Any] | None:
        """A module: `names` (all its public attributes) and `aliases` (name to module); None where there is none."""
        rows = self._rows("SELECT about FROM modules WHERE name = ?", name)
        return json.loads(rows[0][0]) if rows else None

    def members(self, owner: str) -> dict[str, Symbol]:
        """The public methods and attributes of a class."""
        return {symbol.short: symbol for symbol in self._symbols("WHERE owner = ?", owner)}

    def by_name(self, name: str) -> list[Symbol]:
        """Symbols whose last name is `name`, whatever its case and underscores; those on short paths first."""
        found = self._symbols("WHERE symbols.folded = ? ORDER BY length(symbols.name), symbols.name", fold(name))
        home = {symbol.library for symbol in found}
        return [*found, *(symbol for symbol in self._other_names(name) if symbol.library not in home)]

    def _other_names(self, name: str) -> list[Symbol]:
        """Symbols that also go by `name` (`erdos_renyi_graph` is `gnp_random_graph`), called so."""
        columns = "symbols.name, kind, library, owner, signature, parameters, returns, symbols.doc, paths.path"
        query = f"SELECT {columns} FROM symbols JOIN paths ON paths.symbol = symbols.id WHERE paths.folded = ?"
        found: dict[str, Symbol] = {}
        for *row, path in sorted(self._rows(query, fold(name)), key=lambda row: (row[8].count("."), row[8])):
            found.setdefault(row[0], replace(symbol_of(row), name=path))
        return list(found.values())

    def implementing(self, name: str) -> list[Symbol]:
        """The classes whose docstring begins by saying that they implement what is published as `name`."""
        where = "WHERE kind = 'class' AND owner = '' AND substr(symbols.doc, 1, 120) LIKE ?"
        return self._symbols(where, f'%implementation of%"{name}"%')

    def functions(self, libraries: Iterable[str]) -> list[Symbol]:
        """The functions of these libraries that lie on short public paths."""
        chosen = tuple(libraries)
        marks = ",".join("?" * len(chosen))
        where = f"WHERE library IN ({marks}) AND kind = 'function' AND owner = ''"
        return [symbol for symbol in self._symbols(where, *chosen) if symbol.name.count(".") <= 2]

    def classes(self, libraries: Iterable[str]) -> list[Symbol]:
        """The classes of these libraries that lie on short public paths."""
        chosen = tuple(libraries)
        found = self._symbols(f"WHERE library IN ({','.join('?' * len(chosen))}) AND kind = 'class'", *chosen)
        return [symbol for symbol in found if symbol.name.count(".") <= 2]

    def matching(self, text: str, libraries: Iterable[str] = (), limit: int = 8) -> list[Symbol]:
        """Symbols whose name or docstring shares words with `text` (BM25, the name counting four times), best first."""
        terms = [term for term in dict.fromkeys(re.findall(r"[^\W_]{3,}", text.casefold())) if term not in _STOP]
        if not terms:
            return []
        query = "{name doc} : (" + " OR ".join(f'"{term}"' for term in terms[:60]) + ")"
        chosen = tuple(libraries)
        within = f"AND library IN ({','.join('?' * len(chosen))})" if chosen else ""
        return self._symbols(
            "JOIN words ON words.rowid = symbols.id "
            f"WHERE words MATCH ? {within} ORDER BY bm25(words, 8.0, 1.0) LIMIT ?",
            query,
            *chosen,
            limit,
        )

    def close(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None


_STOP = frozenset(
    "the and for with this that from are was were you your can could would will use using used function method "
    "algorithm graph graphs network networks given have has please print result results into which what how "
    "node nodes edge edges where when each all its their our they them then than also about compute find".split()
)
