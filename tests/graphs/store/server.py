"""A scripted server: it keeps what push and pull send, and answers over Bolt on this machine if asked to."""

from __future__ import annotations

import re
import socket
import socketserver
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

NAME = r"`(?:[^`]|``)*`"


class Server:
    """Answers the few queries that push and pull ask, and refuses all others."""

    def __init__(self) -> None:
        self.nodes: dict[int, dict[str, Any]] = {}
        self.labels: dict[int, set[str]] = {}
        self.edges: dict[int, tuple[int, str, int, dict[str, Any]]] = {}
        self.fails: Exception | None = None
        self.databases: list[str | None] = []
        self.largest = 0

    def session(self, database: str | None = None) -> Server:
        self.databases.append(database)
        return self

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def execute_write(self, work: Callable[..., Any], *args: Any, **about: Any) -> Any:
        return work(self, *args, **about)

    execute_read = execute_write

    def run(self, query: str, parameters: dict[str, Any]) -> list[dict[str, Any]]:
        if self.fails is not None:
            raise self.fails
        rows = parameters.get("rows", [])
        self.largest = max(self.largest, len(rows))
        if query.startswith("CREATE CONSTRAINT konigsberg_entity IF NOT EXISTS"):
            return []
        if found := re.fullmatch(
            rf"UNWIND \$rows AS row MERGE \(n:Entity {{id: row.id}}\) SET n = row SET n:Entity(?::({NAME}))?",
            query,
            re.DOTALL,
        ):
            for row in rows:
                self.nodes[row["id"]] = row
                self.labels.setdefault(row["id"], {"Entity"}).update({found[1]} - {None})
            return []
        if found := re.fullmatch(
            r"UNWIND \$rows AS row MATCH \(a:Entity {id: row.source}\), \(b:Entity {id: row.target}\)"
            rf" MERGE \(a\)-\[r:({NAME}) {{id: row.about.id}}\]->\(b\) SET r = row.about",
            query,
            re.DOTALL,
        ):
            for row in rows:
                assert {row["source"], row["target"]} <= set(self.nodes)
                verb = found[1][1:-1].replace("``", "`")
                self.edges[row["about"]["id"]] = (row["source"], verb, row["target"], row["about"])
            return []
        return self._read(query, parameters["after"], parameters["limit"])

    def _read(self, query: str, after: int, limit: int) -> list[dict[str, Any]]:
        if query.startswith("MATCH (n:Entity) WHERE n.id > $after RETURN properties(n) AS about ORDER BY n.id"):
            return [{"about": self.nodes[n]} for n in sorted(self.nodes) if n > after][:limit]
        if query.startswith("MATCH (a:Entity)-[r]->(b:Entity) WHERE r.id > $after RETURN properties(r) AS about"):
            rows = [
                {"about": about, "verb": verb, "source": source, "target": target}
                for n, (source, verb, target, about) in sorted(self.edges.items())
                if n > after
            ]
            return rows[:limit]
        raise AssertionError(query)


# -- Bolt 5.0, as much of it as a session of the driver needs (neo4j.com/docs/bolt/current)

_HELLO, _GOODBYE, _RESET, _RUN, _BEGIN, _COMMIT, _ROLLBACK, _DISCARD, _PULL = 1, 2, 15, 16, 17, 18, 19, 47, 63
_SUCCESS, _RECORD, _FAILURE = 0x70, 0x71, 0x7F


@contextmanager
def over_bolt(server: Server) -> Iterator[str]:
    """The server at an address of this machine."""

    class Connection(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.rfile.read(20)  # the magic number and four versions
            self.wfile.write(b"\x00\x00\x00\x05")
            rows: list[dict[str, Any]] = []
            while (message := self.receive()) is not None:
                kind, fields = message
                if kind == _GOODBYE:
                    return
                if kind == _RUN:
                    try:
                        rows = server.run(fields[0], fields[1])
                    except Exception as error:  # noqa: BLE001
                        self.send(_FAILURE, {"code": "Neo.ClientError.Statement.SyntaxError", "message": str(error)})
                        continue
                    self.send(_SUCCESS, {"fields": list(rows[0]) if rows else []})
                elif kind == _PULL:
                    for row in rows:
                        self.send(_RECORD, list(row.values()))
                    self.send(_SUCCESS, {"has_more": False})
                else:
                    self.send(_SUCCESS, {"server": "Neo4j/5.0.0", "connection_id": "1"} if kind == _HELLO else {})

        def receive(self) -> tuple[int, list[Any]] | None:
            data = b""
            while True:
                head = self.rfile.read(2)
                if len(head) < 2:
                    return None
                (size,) = struct.unpack(">H", head)
                if not size and data:
                    count, kind, at = data[0] & 15, data[1], 2
                    fields = []
                    for _ in range(count):
                        value, at = _unpacked(data, at)
                        fields.append(value)
                    return kind, fields
                data += self.rfile.read(size)

        def send(self, kind: int, field: Any) -> None:
            data = bytes((0xB1, kind)) + _packed(field)
            for at in range(0, len(data), 60_000):
                part = data[at : at + 60_000]
                self.wfile.write(struct.pack(">H", len(part)) + part)
            self.wfile.write(b"\x00\x00")

    class Listener(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with Listener(("127.0.0.1", 0), Connection) as listener:
        thread = threading.Thread(target=listener.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield f"bolt://127.0.0.1:{listener.server_address[1]}"
        finally:
            listener.shutdown()
            thread.join()


def _packed(value: Any) -> bytes:
    if value is None or isinstance(value, bool):
        return {None: b"\xc0", False: b"\xc2", True: b"\xc3"}[value]
    if isinstance(value, int):
        return b"\xcb" + struct.pack(">q", value)
    if isinstance(value, float):
        return b"\xc1" + struct.pack(">d", value)
    if isinstance(value, str):
        data = value.encode()
        return b"\xd2" + struct.pack(">I", len(data)) + data
    if isinstance(value, list):
        return b"\xd6" + struct.pack(">I", len(value)) + b"".join(map(_packed, value))
    pairs = b"".join(_packed(key) + _packed(item) for key, item in value.items())
    return b"\xda" + struct.pack(">I", len(value)) + pairs


_SIZES = {0xD0: 1, 0xD1: 2, 0xD2: 4, 0xD4: 1, 0xD5: 2, 0xD6: 4, 0xD8: 1, 0xD9: 2, 0xDA: 4}
_NUMBERS = {0xC1: ">d", 0xC8: ">b", 0xC9: ">h", 0xCA: ">i", 0xCB: ">q"}


def _unpacked(data: bytes, at: int) -> tuple[Any, int]:
    mark, at = data[at], at + 1
    if mark < 0x80 or mark >= 0xF0:
        return mark - (256 if mark >= 0xF0 else 0), at
    if mark in (0xC0, 0xC2, 0xC3):
        return {0xC0: None, 0xC2: False, 0xC3: True}[mark], at
    if mark in _NUMBERS:
        size = struct.calcsize(_NUMBERS[mark])
        return struct.unpack(_NUMBERS[mark], data[at : at + size])[0], at + size
    if mark in _SIZES:
        size = int.from_bytes(data[at : at + _SIZES[mark]], "big")
        at, kind = at + _SIZES[mark], (mark - 0xD0) // 4
    else:
        size, kind = mark & 15, (mark >> 4) - 8
    if kind == 0:
        return data[at : at + size].decode(), at + size
    items = []
    for _ in range(size * kind):
        item, at = _unpacked(data, at)
        items.append(item)
    return (items if kind == 1 else dict(zip(items[::2], items[1::2], strict=True))), at


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
