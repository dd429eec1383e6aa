"""Push and pull: the driver's part played by a script, and the real driver before a server played by one."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphs.errors import ParseError
from graphs.store import Store, StoreError
from tests.graphs.store.nasty import nasty_store
from tests.graphs.store.server import Server, free_port, over_bolt
from tests.graphs.store.test_store import exported

pytest.importorskip("neo4j", reason="servers are reached with neo4j")

from neo4j.exceptions import ClientError, ServiceUnavailable  # noqa: E402

from graphs.store.exchange.neo4j import connect, pull, push  # noqa: E402
from ui.cli import main  # noqa: E402


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


def test_the_real_driver_carries_it_over_bolt() -> None:
    store, again, server = nasty_store(), Store.in_memory(), Server()
    store.load_triples((f"n{i}", "next", f"n{i + 1}") for i in range(1500))
    with over_bolt(server) as address, connect(address, password="secret") as driver:
        push(store, driver, "kg")
        pull(driver, again, "kg")
        assert exported(again) == exported(store)
        server.fails = RuntimeError("out of memory")
        with pytest.raises(StoreError, match="the server refused.*out of memory"):
            pull(driver, again)


def test_the_command_line_pushes_and_pulls(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "secret")
    with Store.open(tmp_path / "kg") as store:
        store.load_triples([("a", "is", "b")])
    with over_bolt(Server()) as address:
        assert main(["graph", "push", str(tmp_path / "kg"), address]) == 0
        assert "2 entities and 1 relations are on bolt" in capsys.readouterr().out
        assert main(["graph", "pull", str(tmp_path / "again"), address, "--json"]) == 0
        assert '"relations": 1' in capsys.readouterr().out
    assert main(["graph", "push", str(tmp_path / "kg"), address]) == 2
    assert "does not answer" in capsys.readouterr().err


@pytest.mark.parametrize("error", [ClientError("no such database"), ServiceUnavailable("gone")])
def test_errors_of_the_server_are_told(error: Exception) -> None:
    server = Server()
    server.fails = error
    with pytest.raises(StoreError, match="no such database|gone"):
        push(nasty_store(), server)
    with pytest.raises(StoreError, match="no such database|gone"):
        pull(server, Store.in_memory())


def test_nobody_at_the_address() -> None:
    with pytest.raises(StoreError, match="does not answer"):
        connect(f"bolt://127.0.0.1:{free_port()}", password="secret")
    for address in ("http://localhost", "localhost", "bolt://", ""):
        with pytest.raises(StoreError, match="no address of a server"):
            connect(address)
