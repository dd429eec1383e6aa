"""Experience: only what is checked gets in, and only what still holds comes out."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from agents.plan import Call, Plan
from agents.programs.entries import Tags, kind_of, plan_of
from agents.programs.experience import Experience, Untrusted
from agents.programs.program import GRAPH_FILE, Program, graph_file
from graphs.graph import Graph
from tests.agents.programs_apart import run_apart

PATH = Graph.from_edges([("a", "b"), ("b", "c")])
DIAMETER = Plan((Call("diameter"),))


@pytest.fixture
def store(tmp_path: Path) -> Experience:
    return Experience(tmp_path / "experience.sqlite", run_apart)


def program(code: str = "import networkx as nx\nprint(nx.diameter(graph))") -> Program:
    return Program(code, GRAPH_FILE, files={GRAPH_FILE: graph_file(PATH)})


@pytest.mark.parametrize("status", ["unverified", "estimated", "unanswerable"])
def test_what_is_not_checked_never_enters(store: Experience, status: str) -> None:
    with pytest.raises(Untrusted, match=status):
        store.remember_plan("How wide?", PATH, DIAMETER, 2, status)  # type: ignore[arg-type]
    with pytest.raises(Untrusted, match=status):
        store.remember_program("How wide?", PATH, program(), ("networkx.diameter",), 2, status)  # type: ignore[arg-type]
    assert len(store) == 0


def test_a_claim_is_checked_again_when_it_is_stored(store: Experience) -> None:
    with pytest.raises(Untrusted, match="another value"):
        store.remember_plan("How wide?", PATH, DIAMETER, 7, "proven")
    with pytest.raises(Untrusted, match="another value"):
        store.remember_program("How wide?", PATH, program(), ("networkx.diameter",), 7, "computed")
    with pytest.raises(Untrusted, match="failed"):
        store.remember_program("?", PATH, program("raise ValueError"), ("x",), 7, "computed")
    with pytest.raises(Untrusted, match="another value"):
        store.remember_program("?", PATH, program("import random\nprint(random.random())"), ("x",), 0.5, "computed")
    plan = Plan((Call("shortest_path", {"source": "a", "target": "nobody"}),))
    with pytest.raises(Untrusted, match="failed"):
        store.remember_plan("?", PATH, plan, ["a"], "proven")
    assert len(store) == 0


def test_plans_come_back_by_task(store: Experience) -> None:
    store.remember_plan("How wide is it?", PATH, DIAMETER, 2, "proven")
    (entry,) = store.find("diameter", Tags.of(PATH, "number"))
    assert plan_of(entry).calls == DIAMETER.calls
    assert entry.value == 2
    assert store.find("radius", Tags.of(PATH)) == []


def test_constraints_decide_among_entries_of_one_task(store: Experience) -> None:
    arcs = Graph.from_edges([("a", "b"), ("b", "c"), ("c", "a")], directed=True)
    store.remember_plan("one", PATH, Plan((Call("num_nodes"),)), 3, "proven")
    store.remember_plan("two", arcs, Plan((Call("num_nodes"),)), 3, "proven")
    assert [e.question for e in store.find("num_nodes", Tags.of(arcs, "number"))] == ["two", "one"]
    assert [e.question for e in store.find("num_nodes", Tags.of(PATH, "number"), limit=1)] == ["one"]


def test_programs_run_again_before_they_are_offered(store: Experience) -> None:
    store.remember_program("How wide?", PATH, program(), ("networkx.diameter",), 2, "computed")
    (entry,) = store.find("networkx.diameter", Tags.of(PATH, "number"), kind="program")
    assert entry.value == 2
    database = sqlite3.connect(store.file)
    with database:  # somebody poisons the file
        database.execute("UPDATE experience SET body = replace(body, 'print(nx.diameter(graph))', 'print(41)')")
    database.close()
    assert store.find("networkx.diameter", Tags.of(PATH, "number")) == []
    assert len(store) == 0


def test_entries_of_a_foreign_status_are_not_read(store: Experience) -> None:
    store.remember_plan("How wide?", PATH, DIAMETER, 2, "proven")
    database = sqlite3.connect(store.file)
    with database:
        database.execute("UPDATE experience SET status = 'unverified'")
    database.close()
    assert store.find("diameter", Tags.of(PATH)) == []


def test_large_files_are_not_kept(store: Experience) -> None:
    huge = Program("print(1)", files={"a.bin": b"0" * (5 << 20)})
    with pytest.raises(Untrusted, match="larger than"):
        store.remember_program("?", None, huge, ("x",), 1, "computed")


def test_kinds_of_answers() -> None:
    kinds = [kind_of(v) for v in (True, 3, "a", {"a": 1}, [[1, 2]], [[1, 2, 3]], [1], None)]
    assert kinds == ["truth", "number", "text", "values", "pairs", "groups", "list", "nothing"]
