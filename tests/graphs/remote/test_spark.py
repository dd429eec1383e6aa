"""A table on the real Spark in local mode: answers equal to those of the same file read here."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graphs.errors import GraphError, ParseError
from graphs.files import read_graph
from graphs.remote import RemoteGraph, connect
from tests.tools.remote.agreeing import difference, questions

pytest.importorskip("pyspark", reason="needs the extra spark")
pytestmark = [
    pytest.mark.spark,
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java 17"),
]


@pytest.fixture(scope="module", autouse=True)
def _stopped() -> Iterator[None]:
    yield
    from pyspark.sql import SparkSession

    running = SparkSession.getActiveSession()
    if running is not None:
        running.stop()


def _table(path: Path, seed: int) -> Path:
    rng = random.Random(seed)
    n = rng.randint(4, 14)
    names = [f"n {i}é" for i in range(n)] if seed % 2 else list(range(5, 5 + n))
    rows = [f"{rng.choice(names)},{rng.choice(names)},{rng.randint(1, 9)}" for _ in range(2 * n)]
    rows += rows[:1]  # a repeated row
    path.write_text("source,target,weight\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("seed", [0, 1])
def test_answers_on_spark_equal_those_here(tmp_path: Path, seed: int) -> None:
    path = _table(tmp_path / "edges.csv", seed)
    graph, remote = read_graph(path), connect(f"spark:local[2]:{path}")
    assert (remote.num_nodes, remote.num_edges, remote.directed, remote.multi) == (
        graph.num_nodes, graph.num_edges, graph.directed, graph.multi)  # fmt: skip
    asked = list(questions(graph, random.Random(seed), 1))
    wrong = [said for name, arguments in asked if (said := difference(graph, remote, name, arguments, 1e-4))]
    assert not wrong, wrong[:5]


def test_a_question_in_words_is_answered_on_spark(tmp_path: Path) -> None:
    from agents import GraphAgent

    path = tmp_path / "roads.tsv"
    path.write_text("Ann Lee\tBob\nBob\tEve\nEve\tDan\nZed\tYan\n", encoding="utf-8")
    remote: Any = connect(f"spark:local[2]:{path}")
    agent = GraphAgent("none", time_limit=500)
    found = agent.ask("What is the shortest path from Ann Lee to Dan?", remote)
    assert (found.value, found.status) == (["Ann Lee", "Bob", "Eve", "Dan"], "proven")
    none = agent.ask("Is there a path from Bob to Zed?", remote)
    assert (none.value, none.status) == (False, "proven")
    refused = agent.ask("What is the diameter?", remote)
    assert refused.status == "unanswerable"
    assert "components" in refused.text


def test_bad_lines_are_refused_or_left_out(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("a,b,weight\n1,2,3\n2,3\n2,3,4,5\n3,x1,oops\n3,4,5\n", encoding="utf-8")
    with pytest.raises(ParseError, match="oops"):
        connect(f"spark:local[2]:{path}")
    left: RemoteGraph = connect(f"spark:local[2]:{path}?skip_bad_lines=yes")
    assert any("2 of 5 lines" in note for note in left.assumptions), left.assumptions
    with pytest.raises(ParseError, match="nothing"):
        connect(f"spark:local[2]:{tmp_path / 'nothing.csv'}")
    with pytest.raises(GraphError, match="one session"):
        connect(f"spark:local[1]:{path}")
