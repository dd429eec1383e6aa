"""Sentence embeddings for search, and their cache on disk."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from graphs.errors import StorageError
from tools.sentences import MODEL, SIZE, SearchUnavailable, Vectors, available, unavailable, vectors

_AT_ONCE = 500  # texts that one query asks the cache about


def similarities(query: str, texts: list[str]) -> list[float]:
    """Cosine similarity of the query with each text.

    Raises:
        SearchUnavailable: the packages of the extra `search` are missing.
    """
    if not texts:
        return []
    found = vectors([query, *texts])
    return [float(found[0] @ vector) for vector in found[1:]]


def encoder(cache: Path | str | None = None) -> Callable[[Sequence[str]], Vectors]:
    """A function from texts to unit vectors [texts, 384] of float32.

    cache: an SQLite file of vectors (as float16), so that a text is encoded once, in this process or another.

    Raises:
        SearchUnavailable: the packages of the extra `search` are missing. StorageError: the cache cannot be used.
    """
    if not available():
        raise unavailable()
    return vectors if cache is None else VectorCache(Path(cache), MODEL, vectors)


class VectorCache:
    """Vectors of texts in an SQLite file, by a digest of model and text; what is missing is computed."""

    def __init__(self, path: Path, model: str, encode: Callable[[Sequence[str]], Vectors]) -> None:
        """Open or make the file.

        Raises:
            StorageError: it is no such database, or cannot be written.
        """
        self.path = path.expanduser()
        self._model, self._encode = model, encode
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(self._open()) as base, base:
                base.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID")
        except (OSError, sqlite3.Error) as error:
            raise self._fault(error) from error

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """The vectors [texts, size].

        Raises:
            StorageError: the file cannot be read or written.
        """
        keys = [hashlib.sha256(f"{self._model}\0{text}".encode(errors="replace")).digest()[:16] for text in texts]
        try:
            with closing(self._open()) as base:
                known = self._known(base, list(dict.fromkeys(keys)))
            missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
            if missing:
                fresh = np.asarray(self._encode(list(missing.values())), np.float16)
                new = [(key, vector.tobytes()) for key, vector in zip(missing, fresh, strict=True)]
                with closing(self._open()) as base, base:
                    base.executemany("INSERT OR IGNORE INTO vectors VALUES (?, ?)", new)
                known |= dict(new)
        except sqlite3.Error as error:
            raise self._fault(error) from error
        if not keys:
            return np.zeros((0, SIZE), np.float32)
        found = np.frombuffer(b"".join(known[key] for key in keys), np.float16).reshape(len(keys), -1)
        rows = found.astype(np.float32)
        unit: Vectors = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
        return unit

    def _known(self, base: sqlite3.Connection, keys: list[bytes]) -> dict[bytes, bytes]:
        found: dict[bytes, bytes] = {}
        for start in range(0, len(keys), _AT_ONCE):
            some = keys[start : start + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            found |= dict(base.execute(f"SELECT key, vector FROM vectors WHERE key IN ({marks})", some).fetchall())
        return found

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path, timeout=30.0)

    def _fault(self, error: Exception) -> StorageError:
        return StorageError(f"the cache of vectors {self.path} cannot be used ({error}); move it away or name another")


__all__ = ["SearchUnavailable", "VectorCache", "Vectors", "available", "encoder", "similarities", "vectors"]
