"""A graph on a real server that speaks Bolt, through the real driver: ArcadeDB, which a package carries."""

from __future__ import annotations

import contextlib
import random
import socket
from collections.abc import Iterator
from typing import Any

import networkx as nx
import pytest

from graphs.errors import BadArgument, GraphError
from graphs.graph import Graph
from graphs.remote import connect
from tests.tools.remote.agreeing import difference, questions

pytest.importorskip("neo4j", reason="servers are reached with neo4j")
arcadedb = pytest.importorskip("arcadedb_embedded", reason="the server under test is ArcadeDB (arcadedb-embedded)")
jpype = pytest.importorskip("jpype")
pytest.importorskip("jpype.config")
jpype.config.destroy_jvm = False  # its threads outlive the server
pytestmark = [pytest.mark.bolt, pytest.mark.filterwarnings("ignore")]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Any]]:
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        bolt, http = one.getsockname()[1], other.getsockname()[1]
    about = {"server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin", "bolt_port": bolt, "http_port": http}
    folder = tmp_path_factory.mktemp("arcade")
    with contextlib.chdir(folder):  # it writes its log where it starts
        made = arcadedb.create_server(str(folder), "playwithdata", config=about)
        made.start()
    try:
        yield f"bolt://root@127.0.0.1:{bolt}", made
    finally:
        made.stop()


@pytest.fixture(autouse=True)
def _password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KONIGSBERG_BOLT_PASSWORD", "playwithdata")


def _graph(seed: int, *, directed: bool, texts: bool, multi: bool) -> Graph:
    rng = random.Random(seed)
    n = rng.randint(2, 25)
    names: list[Any] = [f"n {i}é" if texts else i * 3 for i in range(n)]
    edges = []
    for _ in range(rng.randint(1, 2 * n)):
        edges.append((rng.choice(names), rng.choice(names), rng.randint(1, 9)))
    if not multi:
        seen: dict[Any, Any] = {}
        for u, v, w in edges:
            seen.setdefault((u, v) if directed else frozenset((u, v)), (u, v, w))
        edges = list(seen.values())
    return Graph.from_edges(edges, names, directed=directed, multi=multi)


def _fill(address: str, made: Any, name: str, graph: Graph) -> None:
    import neo4j

    made.create_database(name)
    nodes = [{"id": node} for node in graph.nodes]
    rows = [{"a": edge.source, "b": edge.target, "w": edge.attributes["weight"]} for edge in graph.edges()]
    host = address.replace("root@", "")
    with (
        neo4j.GraphDatabase.driver(host, auth=("root", "playwithdata")) as driver,
        driver.session(database=name) as session,
    ):
        session.run("UNWIND $rows AS row CREATE (:Place {id: row.id})", rows=nodes).consume()
        join = "UNWIND $rows AS r MATCH (a:Place {id: r.a}), (b:Place {id: r.b}) CREATE (a)-[:ROAD {km: r.w}]->(b)"
        session.run(join, rows=rows).consume()
        session.run("CREATE (:Other {id: 'else'})").consume()


@pytest.mark.parametrize("seed", range(12))
def test_answers_over_bolt_equal_those_here(server: tuple[str, Any], seed: int) -> None:
    address, made = server
    graph = _graph(seed, directed=seed % 2 == 0, texts=seed % 3 == 0, multi=seed % 4 == 0)
    _fill(address, made, f"g{seed}", graph)
    way = "yes" if graph.directed else "no"
    remote = connect(f"{address}/g{seed}?label=Place&relation=ROAD&weight=km&directed={way}")
    asked = list(questions(graph, random.Random(seed)))
    wrong = [said for name, arguments in asked if (said := difference(graph, remote, name, arguments))]
    assert not wrong, wrong[:5]


def test_a_question_in_words_is_answered_on_the_server(server: tuple[str, Any]) -> None:
    from agents import GraphAgent

    address, made = server
    graph = Graph.from_edges([("Ann", "Bob", 2), ("Bob", "Eve", 3), ("Ann", "Eve", 9), ("Eve", "Dan Lee", 1)], ["Zed"])
    _fill(address, made, "words", graph)
    agent, place = GraphAgent("none"), f"{address}/words?label=Place&relation=ROAD&directed=no"
    path = agent.ask("What is the shortest path from Ann to Dan Lee?", place)
    assert (path.value, path.status) == (["Ann", "Eve", "Dan Lee"], "proven")
    none = agent.ask("Is there a path from Ann to Zed?", place)
    assert (none.value, none.status) == (False, "proven")
    triangles = agent.ask("How many triangles are there?", place)
    assert (triangles.value, triangles.status) == (1, "computed")
    parts = agent.ask("How many connected components are there?", place)
    assert (parts.value, parts.status) == (2, "proven")
    assert any("brought over" in note for note in parts.assumptions)
    flow = agent.ask("What is the diameter of the component of Ann?", place)
    assert flow.status in ("proven", "computed", "unanswerable")


def test_what_names_no_node_is_refused(server: tuple[str, Any]) -> None:
    address, made = server
    _fill(address, made, "keys", Graph.from_edges([(1, 2, 1)]))
    with pytest.raises(BadArgument, match="name it with key="):
        connect(f"{address}/keys")  # numbers and a text
    assert connect(f"{address}/keys?label=Place").num_nodes == 2
    with pytest.raises(BadArgument, match="km"):
        connect(f"{address}/keys?label=Place&key=km")
    with pytest.raises(GraphError, match="refuse"):
        connect(f"{address}/none?label=Place")


def test_a_wrong_password_is_told(server: tuple[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KONIGSBERG_BOLT_PASSWORD", "wrong")
    with pytest.raises(GraphError, match="refuse"):
        connect(f"{server[0]}/keys")


def test_a_larger_graph_agrees(server: tuple[str, Any]) -> None:
    address, made = server
    body = nx.gnm_random_graph(500, 1500, seed=1)
    graph = Graph.from_edges([(u, v, 1) for u, v in body.edges], list(body))
    _fill(address, made, "large", graph)
    remote = connect(f"{address}/large?label=Place&directed=no&weight=km")
    asked = list(questions(graph, random.Random(0), 2))
    wrong = [said for name, arguments in asked if (said := difference(graph, remote, name, arguments))]
    assert not wrong, wrong[:5]
