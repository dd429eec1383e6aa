"""Recorded replies of a model, played in order: `replay:FILE.jsonl`, for tests and for running something again.

Each line is an object whose `raw_output` (or `output`, or `text`) is a reply. A record belongs to the request that was
answered with it: the first request gets the first record, and the same request gets the same record again. With a cache
of replies that is written down beside the replies, record and request in one transaction, so that work that was killed
and goes on in another process continues with the next record, and no record is skipped or played twice. Without a
cache it is a plain count of the calls of this process.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agents.chat.calls import Attempt, Fault, Piece, Request
from graphs.errors import BadArgument

FIELDS = ("raw_output", "output", "text")
PLAYED = "all of them have been played"  # in the fault that tells that a recording is over
_TOKEN = re.compile(r"\w+|[^\w\s]")
_WAIT = 30.0  # seconds for another process that is writing
_TABLE = (
    "CREATE TABLE IF NOT EXISTS replayed (file TEXT, request TEXT, record INTEGER, "
    "PRIMARY KEY (file, request), UNIQUE (file, record))"
)


@dataclass(frozen=True, slots=True)
class Record:
    """A recorded reply. text: None where the recorded call had failed, with `error`. tokens: of the reply."""

    text: str | None
    tokens: int
    error: str = ""
    finish: str = "stop"


def build(target: str) -> Replay:
    """The back end of a file of records.

    Raises:
        BadArgument: there is no such file, it holds no records, or a line is none; the message names the line.
    """
    path = Path(target).expanduser()
    if not path.is_file():
        raise BadArgument(f"replay: there is no file {path}; write replay:FILE.jsonl, one record a line")
    records = read_records(path)
    if not records:
        raise BadArgument(f"replay: {path} holds no records; each line is an object with the field {FIELDS[0]}")
    return Replay(path, records)


def read_records(path: Path) -> list[Record]:
    """The records of a file; empty lines are skipped.

    Raises:
        BadArgument: a line is no record, or the file cannot be read as UTF-8.
    """
    records = []
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    records.append(_record(line, f"{path}, line {number}"))
    except (OSError, UnicodeDecodeError) as error:
        raise BadArgument(f"replay: {path} cannot be read ({error})") from error
    return records


def _record(line: str, where: str) -> Record:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadArgument(f"replay: {where} is no JSON ({error}); a line is one object") from error
    if not isinstance(data, dict):
        raise BadArgument(f'replay: {where} is no object; it should look like {{"{FIELDS[0]}": "…"}}')
    text = next((data[name] for name in FIELDS if isinstance(data.get(name), str)), None)
    if text is None and not (isinstance(data.get("error"), str) and data["error"]):
        raise BadArgument(
            f"replay: {where} has none of the fields {', '.join(FIELDS)}; it has {', '.join(list(data)[:8]) or 'none'}"
        )
    tokens: Any = data.get("completion_tokens")
    counted = tokens if isinstance(tokens, int) and not isinstance(tokens, bool) and tokens >= 0 else count(text or "")
    finish = data.get("finish_reason")
    return Record(text, counted, str(data.get("error") or ""), finish if isinstance(finish, str) else "stop")


def count(text: str) -> int:
    """A count of tokens that is the same everywhere: words and other signs."""
    return len(_TOKEN.findall(text))


class Replay:
    """The records of one file. It holds replies to no schema: what was recorded is played as it is."""

    constrains = False
    local = True

    def __init__(self, path: Path, records: list[Record]) -> None:
        self.path, self.records = path, records
        # by its first record: a file that was moved, or has grown since, is still the same
        self.identity = f"replay:{hashlib.sha256(repr(records[0]).encode()).hexdigest()[:16]}"
        self._turn = threading.Lock()
        self._calls = 0
        self._journal: Path | None = None

    def remember_in(self, path: Path) -> None:
        """Write down in the SQLite file `path` which request got which record."""
        self._journal = path.expanduser()

    def stream(self, request: Request, attempt: Attempt) -> Iterator[Piece]:
        """The record that belongs to the request.

        Raises:
            Fault: all have been played, or the recorded call had failed.
        """
        number = self._number(request)
        attempt.sent = True
        record = self.records[number]
        if record.text is None:
            raise Fault(f"record {number + 1} of {self.path} is a call that had failed: {record.error[:200]}")
        said = "\n".join(str(message.get("content", "")) for message in request.messages)
        yield Piece(record.text, count(said), record.tokens, record.finish)

    def _number(self, request: Request) -> int:
        with self._turn:
            if self._journal is None:
                number = self._checked(self._calls)
                self._calls += 1
                return number
            try:
                return self._written_down(self._journal, _digest(request))
            except sqlite3.Error as error:
                raise Fault(f"the record's number cannot be written into {self._journal} ({error})") from error

    def _written_down(self, journal: Path, request: str) -> int:
        with closing(sqlite3.connect(journal, timeout=_WAIT, isolation_level=None)) as base:
            base.execute(_TABLE)
            base.execute("BEGIN IMMEDIATE")
            row = base.execute(
                "SELECT record FROM replayed WHERE file = ? AND request = ?", (self.identity, request)
            ).fetchone()
            if row is not None:
                base.execute("COMMIT")
                return self._checked(int(row[0]))
            row = base.execute("SELECT max(record) FROM replayed WHERE file = ?", (self.identity,)).fetchone()
            number = self._checked(0 if row[0] is None else int(row[0]) + 1)
            base.execute("INSERT INTO replayed VALUES (?, ?, ?)", (self.identity, request, number))
            base.execute("COMMIT")
            return number

    def _checked(self, number: int) -> int:
        if number >= len(self.records):
            raise Fault(
                f"{self.path} has {len(self.records)} records, and {PLAYED}; record more, or ask for fewer steps"
            )
        return number


def _digest(request: Request) -> str:
    asked = [request.messages, request.schema, request.stop, request.temperature, request.max_tokens, request.seed]
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
