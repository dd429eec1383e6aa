"""An index of what the installed graph libraries offer, made from their own signatures and docstrings.

The index is a SQLite file in the data folder, one for each interpreter that runs programs. It is made again whenever
a library appears, goes, or changes its version. Nothing is downloaded.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import subprocess
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from agents.settings import data_folder, program_python
from graphs.errors import GraphError

LIBRARIES = ("networkx", "igraph", "cdlib", "graspologic", "karateclub", "littleballoffur")
LAYOUT = 6  # of the tables and of what the scan lists; a change makes every index anew
SCAN_SECONDS = 180.0  # for one library, import included
_RETURNS_GRAPH = re.compile(
    r"Returns\n-+\n\s*\w+ ?: ?(?:a |an )?(?:networkx |undirected |directed )*\w*graph\b", re.IGNORECASE
)
_TAKES_ARCS = re.compile(
    r"^\s*G\s*:\s*(?:a |NetworkX |nx\.)*(?:DiGraph|directed (?:acyclic )?graph)(?!.*\bundirected)", re.MULTILINE | re.I
)
_SCANNER = Path(__file__).with_name("library_scan.py")
_LIST_VERSIONS = """
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


@dataclass(frozen=True)
class Symbol:
    """A function, class or method of a library.

    name: its shortest public path. owner: the class of a method. parameters: (name, kind as in `inspect`, required)
    without `self`, None where Python cannot tell. returns: the annotation, "" for none.
    """

    name: str
    kind: str
    library: str
    owner: str = ""
    signature: str = ""
    parameters: tuple[tuple[str, int, bool], ...] | None = None
    returns: str = ""
    doc: str = ""

    @property
    def short(self) -> str:
        return self.name.rpartition(".")[2]

    @property
    def makes_graph(self) -> bool:
        """Whether it is a networkx function whose docstring says that it returns a graph."""
        if self.library != "networkx" or self.kind != "function":
            return False
        return bool(_RETURNS_GRAPH.search(self.doc)) or self.name.endswith("_graph")

    @property
    def takes_arcs(self) -> bool:
        """Whether it is a networkx function whose docstring says that its graph must be directed."""
        return self.library == "networkx" and bool(_TAKES_ARCS.search(self.doc))

    def brief(self, characters: int = 420) -> str:
        """Path, signature, first sentence, and the beginning of the docstring's example, for a prompt."""
        head = self.name + self.signature + ("  # on an nx.DiGraph" if self.takes_arcs else "")
        about = self.doc.split("\n\n", 1)[0].replace("\n", " ").strip()
        lines = [head if len(head) <= 220 else head[:217] + "...", f"    {about[:160]}"]
        for line in _example(self.doc):
            if sum(map(len, lines)) + len(line) > characters:
                break
            lines.append("    " + line)
        return "\n".join(lines)


def _example(doc: str) -> list[str]:
    """The statements of the first example, without imports that only set the scene."""
    found: list[str] = []
    for line in doc.splitlines():
        match = re.match(r"\s*(?:>>>|\.\.\.) (.*)", line)
        if match is None:
            if found and line.strip() == "":
                break
            continue
        found.append(match[1].rstrip())
    return found[:8]


def fold(name: str) -> str:
    """Letters and digits alone, in lower case: LabelPropagation, label_propagation and label-propagation are one."""
    return re.sub(r"[^a-z0-9]", "", name.casefold())


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
        text = _run(self.python, ["-c", _LIST_VERSIONS, json.dumps(self.libraries)], 60)
        found: dict[str, Any] = json.loads(text)
        return found

    def refresh(self) -> bool:
        """Make the index again when it is missing or older than the installed libraries; returns whether it did.

        Raises:
            IndexUnavailable: the interpreter cannot be started, or a library's import fails or takes too long.
        """
        wanted = json.dumps({"layout": LAYOUT, **{k: self.installed[k] for k in ("python", "libraries")}})
        with self._lock:
            if self._connection is None and self.file.exists() and _stamp(self.file) == wanted:
                self._connection = _open(self.file)
            if self._connection is not None:
                return False
            self.file.parent.mkdir(parents=True, exist_ok=True)
            fresh = self.file.with_suffix(f".{threading.get_native_id()}.new")
            fresh.unlink(missing_ok=True)
            rows = (row for name in self.installed["libraries"] for row in self._scan(name))
            _write(fresh, wanted, rows)
            fresh.replace(self.file)
            self._connection = _open(self.file)
            return True

    def _scan(self, library: str) -> Iterator[dict[str, Any]]:
        for line in _run(self.python, [str(_SCANNER), library], SCAN_SECONDS).splitlines():
            yield {"library": library, **json.loads(line)}

    def _rows(self, query: str, *values: Any) -> list[Any]:
        self.refresh()
        assert self._connection is not None
        with self._lock:
            return self._connection.execute(query, values).fetchall()

    def _symbols(self, where: str, *values: Any) -> list[Symbol]:
        columns = "symbols.name, kind, library, owner, signature, parameters, returns, symbols.doc"
        return [_symbol(row) for row in self._rows(f"SELECT {columns} FROM symbols {where}", *values)]

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
            found.setdefault(row[0], replace(_symbol(row), name=path))
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


def _symbol(row: Any) -> Symbol:
    name, kind, library, owner, signature, parameters, returns, doc = row
    listed = json.loads(parameters)
    known = None if listed is None else tuple((str(n), int(k), bool(r)) for n, k, r in listed)
    return Symbol(name, kind, library, owner, signature, known, returns, doc)


def _write(file: Path, stamp: str, rows: Iterable[dict[str, Any]]) -> None:
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


def _open(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{file}?mode=ro", uri=True, check_same_thread=False)


def _stamp(file: Path) -> str:
    """What the index was made from; "" for a file that is no index."""
    try:
        connection = _open(file)
        try:
            rows = connection.execute("SELECT value FROM meta WHERE key = 'stamp'").fetchall()
        finally:
            connection.close()
    except sqlite3.Error:
        return ""
    return str(rows[0][0]) if rows else ""


def _run(python: str, arguments: list[str], seconds: float) -> str:
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
