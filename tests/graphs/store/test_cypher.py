"""Cypher over a store."""

from __future__ import annotations

import pytest

from graphs.errors import BudgetExceeded
from graphs.store import Store, StoreError
from tests.graphs.store.nasty import NASTY, nasty_store

pytest.importorskip("kglite", reason="Cypher is answered by kglite", exc_type=ImportError)

from graphs.store.cypher import CypherView  # noqa: E402


def test_names_types_and_verbs_are_as_they_are() -> None:
    store = nasty_store()
    view = CypherView(store, statuses=("grounded", "hypothesis", "retired"))
    found = view.query("MATCH (n:Entity) RETURN n.id AS id, n.name AS name, labels(n) AS labels ORDER BY id").rows
    assert [row["name"] for row in found][: len(NASTY)] == NASTY
    assert [row["labels"] for row in found][: len(NASTY)] == [["Entity", name] for name in NASTY]
    found = view.query("MATCH (a)-[r]->(b) RETURN r.id AS id, type(r) AS verb, a.id AS a, b.id AS b ORDER BY id").rows
    assert found == [{"id": r.id, "verb": r.verb, "a": r.source, "b": r.target} for r in store.relations()]


def test_retired_relations_are_left_out_and_changes_are_seen() -> None:
    store = nasty_store()
    view = CypherView(store)
    count = "MATCH ()-[r]->() RETURN count(r) AS n"
    live = len(store.relations(("grounded", "hypothesis")))
    assert view.query(count).rows == [{"n": live}]
    with store.step("edit") as step:
        step.set_status(store.relations("grounded")[0].id, "retired")
    assert view.query(count).rows == [{"n": live - 1}]
    assert CypherView(store.as_of(1)).query(count).rows == [{"n": live}]


def test_two_hops_equal_the_ones_of_the_store() -> None:
    store = Store.in_memory()
    store.load_triples((f"n{i}", f"v{i % 3}", f"n{i * 7 % 50}") for i in range(100))
    asked = "MATCH (a:Entity {name: $name})-[r]->(b)-[s]->(c) RETURN a.name AS a, b.id AS b, c.id AS c"
    found = CypherView(store).query(asked, {"name": "n3"}).rows
    start = store.find("n3")[0].id
    hops = [(first.target, second.target) for first in store.out(start) for second in store.out(first.target)]
    assert sorted((row["b"], row["c"]) for row in found) == sorted(hops)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("MATCH (n) DETACH DELETE n", "only read"),
        ("CREATE (n:Entity)", "only read"),
        ("MATCH (n RETURN n", "Cypher syntax error"),
        ("RETURN $missing", "Missing parameter"),
        ("LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line", "reads files"),
        ("load/* */ // \n csv FROM '/etc/hostname' AS line RETURN line", "reads files"),
        ("MATCH (n) RETURN n.name FORMAT CSV", "FORMAT CSV"),
        ("", "refused"),
    ],
)
def test_queries_that_write_or_are_wrong_are_refused(query: str, said: str) -> None:
    with pytest.raises(StoreError, match=said):
        CypherView(nasty_store()).query(query)


def test_a_query_that_may_be_mistaken_says_so(capfd: pytest.CaptureFixture[str]) -> None:
    found = CypherView(nasty_store()).query("MATCH (n:Nobody) RETURN n.name")
    assert found.rows == []
    assert "unknown node label 'Nobody'" in found.notes[0]
    found = CypherView(nasty_store()).query("MATCH (n) RETURN n.name", limit=2)
    assert len(found.rows) == 2
    assert "truncated" in found.notes[0]
    assert capfd.readouterr().err == ""


def test_time_runs_out() -> None:
    store = Store.in_memory()
    store.load_triples((f"n{i % 60}", f"v{i % 3}", f"n{i * 7 % 61}") for i in range(2000))
    with pytest.raises(BudgetExceeded):
        CypherView(store).query("MATCH p = (a)-[*1..12]->(b) RETURN count(p)", timeout=0.2)
