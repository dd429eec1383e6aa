"""Questions in words on a graph of arrays: the same answers as on a networkx graph, proven, with labels of any kind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("numba", reason="the compact body needs the extra `large`")

from agents import GraphAgent  # noqa: E402
from graphs.compact import CompactGraph  # noqa: E402
from graphs.compact import graph as compact_graph  # noqa: E402
from graphs.compact.load import Wishes  # noqa: E402
from graphs.files import read_graph  # noqa: E402
from graphs.graph import Graph  # noqa: E402

CITIES = [("Berlin", "Hamburg", 289), ("Hamburg", "Bremen", 119), ("Berlin", "Leipzig", 190), ("New York", "Bremen", 9),
          ("Köln", "Bremen", 5), ("Leipzig", "A 7", 2), ("a", "Köln", 1)]  # fmt: skip
NUMBERS = [(1, 2, 4), (2, 3, 1), (3, 1, 7), (3, 10, 2), (11, 12, 1)]
QUESTIONS: list[tuple[list[Any], str]] = [
    (CITIES, "What is the shortest path from Berlin to New York?"),
    (CITIES, "Is there a path between köln and A 7?"),
    (CITIES, "How many neighbours does Bremen have?"),
    (CITIES, "What is the degree of node a?"),
    (CITIES, "How far is Leipzig from Hamburg?"),
    (CITIES, "Does the graph have a cycle?"),
    (CITIES, "Is Berlin-Hamburg a bridge?"),
    (NUMBERS, "What is the cheapest path from 1 to 10?"),
    (NUMBERS, "How many connected components are there?"),
    (NUMBERS, "Which node has the highest degree?"),
    (NUMBERS, "Is the graph bipartite?"),
    (NUMBERS, "Is there a path from 1 to 12?"),
    (NUMBERS, "How many triangles does the graph have?"),
    (NUMBERS, "What is the total weight of the minimum spanning tree?"),
    (NUMBERS, "Which nodes are within 2 hops of 1?"),
    (NUMBERS, "Which node has the highest PageRank?"),
]


@pytest.mark.parametrize(("edges", "question"), QUESTIONS)
def test_a_question_has_the_same_answer_on_both_bodies(
    edges: list[Any], question: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = Graph.from_edges(edges)
    compact = CompactGraph.of(plain)
    monkeypatch.setattr(compact_graph, "CONVERTED", 0)  # nothing may fall back on networkx
    agent = GraphAgent(model="none")
    one, other = agent.ask(question, plain), agent.ask(question, compact)
    assert other.value == one.value, other.text
    assert other.value is not None
    assert other.status in ("proven", "computed")
    assert any("on the compact body" in note for note in other.assumptions)


def test_an_unknown_node_is_said_to_be_unknown() -> None:
    reply = GraphAgent(model="none").ask("What is the degree of node 99?", CompactGraph.of(Graph.from_edges(NUMBERS)))
    assert reply.status == "unanswerable"
    assert "99" in reply.text


def test_a_file_is_asked_and_asked_again(tmp_path: Path) -> None:
    path = tmp_path / "edges.csv"
    path.write_text("source,target\n" + "".join(f"{i},{i + 1}\n" for i in range(500)))
    agent = GraphAgent(model="none")
    for _ in range(2):
        graph = read_graph(path, body="compact", large=Wishes())
        reply = agent.ask("What is the shortest path from 0 to 7?", graph)
        assert (reply.value, reply.status) == ([0, 1, 2, 3, 4, 5, 6, 7], "proven")


def test_a_conversation_goes_on_about_a_graph_of_arrays(tmp_path: Path) -> None:
    agent = GraphAgent(model="none", memory=tmp_path / "talks.sqlite")
    compact = CompactGraph.of(Graph.from_edges(NUMBERS))
    assert agent.ask("What is the shortest path from 1 to 10?", compact, thread="t").value == [1, 2, 3, 10]
    assert agent.ask("How many nodes are there?", thread="t").value == 6
    agent.close()
