"""Replies of models, kept in an SQLite file that threads and processes share."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from agents.chat.calls import ModelError, Request

_VERSION = 1  # of the key and of the stored form
_WAIT = 30.0  # seconds for another process that is writing


@dataclass(frozen=True, slots=True)
class Stored:
    """A reply as it is kept."""

    text: str
    prompt_tokens: int
    completion_tokens: int
    finish: str


def key_of(model: str, request: Request) -> str:
    """A digest of everything that decides a reply: the model, the parameters, the messages and the schema.

    model: what identifies the model. Whether the reply is streamed makes no difference.
    """
    about = {name: value for name, value in asdict(request).items() if name != "streamed"}
    text = json.dumps([_VERSION, model, about], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


class ReplyCache:
    """Replies by key. It holds no question and no key of an endpoint: keys are digests."""

    def __init__(self, path: Path) -> None:
        """Open or make the file.

        Raises:
            ModelError: it is no such database, or cannot be written.
        """
        self.path = path.expanduser()
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except (OSError, ValueError) as error:  # ValueError: a name that no file can have
            raise self._fault(error) from error
        with self._open() as base:
            base.execute("CREATE TABLE IF NOT EXISTS replies (key TEXT PRIMARY KEY, reply TEXT NOT NULL, at REAL)")

    def get(self, key: str) -> Stored | None:
        with self._open() as base:
            row = base.execute("SELECT reply FROM replies WHERE key = ?", (key,)).fetchone()
        try:
            return None if row is None else Stored(**json.loads(row[0]))
        except (ValueError, TypeError) as error:
            raise self._fault(error) from error

    def put(self, key: str, reply: Stored) -> None:
        with self._open() as base:
            base.execute("INSERT OR REPLACE INTO replies VALUES (?, ?, ?)", (key, _as_json(reply), time.time()))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        # a connection for each use: none is shared by threads, or taken along by a fork
        try:
            with closing(sqlite3.connect(self.path, timeout=_WAIT)) as base, base:
                yield base
        except sqlite3.Error as error:
            raise self._fault(error) from error

    def _fault(self, error: Exception) -> ModelError:
        return ModelError(f"the cache of replies {self.path} cannot be used ({error}); move it away or name another")


def _as_json(reply: Stored) -> str:
    return json.dumps(asdict(reply), ensure_ascii=True)
