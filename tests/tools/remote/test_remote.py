"""What is made of an engine's answers: values, certificates, refusals; no engine is needed."""

from __future__ import annotations

import random

import pytest

from agents import GraphAgent
from graphs.errors import BadArgument, GraphError, TooLarge
from graphs.graph import Graph
from graphs.remote import RemoteGraph, connect
from graphs.remote.address import read_address
from tests.tools.remote.agreeing import difference, questions
from tests.tools.remote.fake import FakeEngine
from tools.remote import all_remote
from tools.run import run_tool

ROADS = Graph.from_edges(
    [("Ann", "Bob", 2), ("Bob", "Eve", 3), ("Ann", "Eve", 9), ("Eve", "Dan Lee", 1), ("Zed", "Yan", 4)]
)


@pytest.mark.parametrize("seed", range(20))
def test_every_answer_is_that_of_the_graph(seed: int) -> None:
    rng = random.Random(seed)
    names = [f"n{i}" for i in range(9)] if seed % 2 else list(range(9))
    edges = [(rng.choice(names), rng.choice(names), rng.randint(1, 5)) for _ in range(14)]
    graph = Graph.from_edges(edges, names, directed=seed % 3 == 0, multi=seed % 4 == 0)
    remote = RemoteGraph(FakeEngine(graph))
    asked = list(questions(graph, rng))
    assert {name for name, _ in asked} <= set(all_remote("spark")) | {"in_degree"}
    wrong = [said for name, arguments in asked if (said := difference(graph, remote, name, arguments))]
    assert not wrong


@pytest.mark.parametrize(
    ("lie", "name", "arguments"),
    [
        ("count", "num_edges", {}),
        ("degrees", "maximum_degree", {}),
        ("way", "shortest_path", {"source": "Ann", "target": "Dan Lee"}),
        ("way", "has_path", {"source": "Ann", "target": "Zed"}),
        ("triangles", "triangle_count", {}),
        ("parts", "number_of_components", {}),
        ("ranks", "pagerank", {"node": "Ann"}),
    ],
)
def test_what_the_check_at_the_engine_denies_is_rejected(lie: str, name: str, arguments: dict[str, str]) -> None:
    answer, certificate = run_tool(RemoteGraph(FakeEngine(ROADS, lies=lie)), name, arguments)
    assert not certificate.holds
    assert certificate.reason
    reply = GraphAgent("none").ask("How many triangles are there?", RemoteGraph(FakeEngine(ROADS, lies="triangles")))
    assert reply.status == "unanswerable"
    assert reply.value is None


def test_what_could_not_be_checked_is_not_proven() -> None:
    remote = RemoteGraph(FakeEngine(ROADS, lies="given up"))
    for name, arguments in (("shortest_path", {"source": "Ann", "target": "Eve"}), ("number_of_components", {})):
        assert run_tool(remote, name, arguments)[1].grade != "proof"


def test_questions_in_words() -> None:
    agent, remote = GraphAgent("none"), RemoteGraph(FakeEngine(ROADS))
    found = agent.ask("What is the shortest path from Ann to Dan Lee?", remote)
    assert (found.value, found.status) == (["Ann", "Bob", "Eve", "Dan Lee"], "proven")
    assert any("on a fake" in note for note in found.assumptions)
    assert agent.ask("How many nodes are there?", remote).status == "computed"
    assert agent.ask("How many connected components are there?", remote).status == "proven"
    assert agent.ask("What is the degree of Eve?", remote).value == 3
    refused = agent.ask("What is the diameter?", remote)
    assert refused.status == "unanswerable"
    assert "components, PageRank, triangles" in refused.text
    unknown = agent.ask("What is the shortest path from Ann to Kim?", remote)
    assert unknown.status == "unanswerable"
    assert "'Kim' is not in the graph" in unknown.text


def test_a_server_hands_over_what_it_does_not_do() -> None:
    pytest.importorskip("numba", reason="arrays need the extra `large`")
    remote = RemoteGraph(FakeEngine(ROADS, "bolt"))
    answer, certificate = run_tool(remote, "number_of_components", {})
    assert answer.value == 2
    assert certificate.grade == "proof"
    assert any("brought over" in note for note in answer.notes)


def test_a_body_is_refused() -> None:
    remote = RemoteGraph(FakeEngine(ROADS))
    for look in (lambda: remote.nx, lambda: remote.nodes, lambda: list(remote.edges()), remote.to_json):
        with pytest.raises(TooLarge, match="stays on a fake"):
            look()
    assert remote.fingerprint() == RemoteGraph(FakeEngine(ROADS)).fingerprint()
    assert "Ann" in remote
    assert 7 not in remote


@pytest.mark.parametrize(
    "address",
    ["spark:", "spark://h:7077", "bolt://", "bolt://ann:secret@h", "spark:x.csv?wieght=3", "bolt://h?nodes=3",
     "bolt://h?directed=perhaps"],
)  # fmt: skip
def test_bad_addresses_are_refused(address: str) -> None:
    with pytest.raises(BadArgument):
        read_address(address).truth("directed")


def test_addresses() -> None:
    assert read_address("spark:local[2]:/a/b:c.csv").what == "/a/b:c.csv"
    assert read_address("spark://h:7077/data/x.csv").where == "spark://h:7077"
    assert read_address("spark://h:7077/hdfs://nn/x.csv").what == "hdfs://nn/x.csv"
    assert read_address("neo4j+s://ann@db/roads?label=City").options == {"label": "City"}
    with pytest.raises(GraphError):
        connect("bolt://127.0.0.1:1/x", header=True)
