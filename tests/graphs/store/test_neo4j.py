"""Push and pull, against a scripted driver that keeps what a server would keep."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable
from typing import Any

import pytest

from graphs.errors import ParseError
from graphs.store import Store, StoreError
from tests.graphs.store.nasty import nasty_store
from tests.graphs.store.test_store import exported

pytest.importorskip("neo4j", reason="servers are reached with neo4j")

from neo4j.exceptions import ClientError, ServiceUnavailable  # noqa: E402

from graphs.store.exchange.neo4j import connect, pull, push  # noqa: E402

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


def test_what_is_pushed_can_be_pulled() -> None:
    store, again, server = nasty_store(), Store.in_memory(), Server()
    size = store.size()
    assert push(store, server, "kg") == {"entities": size["entities"], "relations": size["relations"]}
    assert push(store, server, "kg") == {"entities": size["entities"], "relations": size["relations"]}
    pull(server, again, "kg")
    assert exported(again) == exported(store)
    assert set(server.databases) == {"kg"}
    assert server.labels[1] == {"Entity", '`a "q"`'}


def test_rows_go_in_batches_and_come_in_pages() -> None:
    store, again, server = Store.in_memory(), Store.in_memory(), Server()
    store.load_triples((f"n{i}", "next", f"n{i + 1}") for i in range(2500))
    push(store, server)
    assert server.largest == 1000
    pull(server, again)
    assert exported(again) == exported(store)


def test_what_is_missing_on_the_server_is_told() -> None:
    server = Server()
    push(nasty_store(), server)
    del server.nodes[2]
    store = Store.in_memory()
    with pytest.raises(ParseError, match="server, edge 1: its target 2 is the id of no node"):
        pull(server, store)
    assert store.size()["steps"] == 0


@pytest.mark.parametrize("error", [ClientError("no such database"), ServiceUnavailable("gone")])
def test_errors_of_the_server_are_told(error: Exception) -> None:
    server = Server()
    server.fails = error
    with pytest.raises(StoreError, match="no such database|gone"):
        push(nasty_store(), server)
    with pytest.raises(StoreError, match="no such database|gone"):
        pull(server, Store.in_memory())


def test_nobody_at_the_address() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(StoreError, match="does not answer"):
        connect(f"bolt://127.0.0.1:{port}", password="secret")
    for address in ("http://localhost", "localhost", "bolt://", ""):
        with pytest.raises(StoreError, match="no address of a server"):
            connect(address)
