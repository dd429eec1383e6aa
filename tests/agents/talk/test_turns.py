"""Questions answered by turning another answer, against networkx."""

from __future__ import annotations

import random
from collections.abc import Iterator

import networkx as nx
import pytest

from agents import GraphAgent
from graphs.graph import Graph

NAMES = "Ann Abe Bob Bea Cid Cleo Dan Dora Eve Emil Finn Fay".split()


def people(count: int = 12) -> Iterator[nx.Graph]:
    rng = random.Random(5)
    for _ in range(count):
        size = rng.randint(4, 11)
        body = nx.gnm_random_graph(size, rng.randint(size - 2, size + 3), seed=rng.randint(0, 999))
        yield nx.relabel_nodes(body, dict(enumerate(rng.sample(NAMES, size))))


def ask(question: str, body: nx.Graph) -> object:
    reply = GraphAgent().ask(question, Graph(body))
    assert reply.status in ("proven", "computed"), (question, reply.text)
    return reply.value


@pytest.mark.parametrize(
    "question",
    [
        "Is the graph disconnected?",
        "Is this network disconnected?",
        "Check if the graph is not connected.",
        "Is it a disconnected graph?",
    ],
)
def test_disconnected_is_the_opposite_of_connected(question: str) -> None:
    for body in people():
        assert ask(question, body) == (not nx.is_connected(body))


def test_opposites_of_other_properties() -> None:
    for body in people(5):
        assert ask("Is the graph undirected?", body) is True
        assert ask("Is the graph unweighted?", body) is True
        assert ask("Is the graph not bipartite?", body) == (not nx.is_bipartite(body))
    assert ask("Is the network undirected?", nx.DiGraph([("p", "q")])) is False


@pytest.mark.parametrize(
    "question",
    ["Is {} a cut vertex?", "Is node {} an articulation point?", "Does removing {} disconnect the graph?"],
)
def test_whether_a_node_is_an_articulation_point(question: str) -> None:
    for body in people():
        truth = set(nx.articulation_points(body))
        for node in list(body)[:3]:
            assert ask(question.format(node), body) == (node in truth)


@pytest.mark.parametrize(
    "question",
    [
        "Is {}-{} a bridge?",
        "Is ({}, {}) a cut edge?",
        "Is the edge between {} and {} a bridge?",
        "Would deleting the edge {}-{} split the network?",
    ],
)
def test_whether_an_edge_is_a_bridge(question: str) -> None:
    for body in people(6):
        truth = {frozenset(edge) for edge in nx.bridges(body)}
        for u, v in list(body.edges)[:3]:
            assert ask(question.format(v, u), body) == (frozenset((u, v)) in truth)


@pytest.mark.parametrize(
    "question", ["Does every node have a neighbour?", "Has everyone got a friend?", "Does each vertex have an edge?"]
)
def test_whether_every_node_has_a_neighbour(question: str) -> None:
    for body in people():
        assert ask(question, body) == (not list(nx.isolates(body)))


def test_conditions_on_the_nodes_of_a_list_are_kept() -> None:
    for body in people():
        node = max(body, key=body.degree)
        near = set(body[node])
        assert set(ask(f"Which friends of {node} start with A?", body)) == {v for v in near if v.startswith("A")}  # type: ignore[call-overload]
        leaves = {v for v in near if body.degree(v) == 1}
        assert set(ask(f"Which neighbours of {node} are leaves?", body)) == leaves  # type: ignore[call-overload]
        assert ask(f"How many neighbours of {node} have degree 2?", body) == sum(body.degree(v) == 2 for v in near)


def test_two_nodes_are_no_edge() -> None:
    line = Graph(nx.Graph([("Ann", "Bob"), ("Bob", "Cid"), ("Cid", "Ann"), ("Cid", "Dan")]))
    for question in ("Would removing Ann and Bob disconnect the graph?", "Does deleting Ann, Cid split the network?"):
        assert GraphAgent().ask(question, line).status == "unanswerable"
    assert GraphAgent().ask("Do a BFS starting with Ann.", line).value is not None


def test_conditions_on_what_can_be_reached() -> None:
    tree = nx.DiGraph([(1, 2), (1, 3), (2, 4), (2, 5), (3, 6), (6, 7)])
    assert ask("How many descendants of 1 are leaves?", tree) == 3
    assert ask("Which descendants of 3 are leaves?", tree) == [7]
    town = nx.Graph([("Oslo", "Rome"), ("Rome", "Riga"), ("Riga", "Bonn"), ("Ulm", "Ram")])
    assert set(ask("Which nodes can be reached from Oslo that start with R?", town)) == {"Rome", "Riga"}  # type: ignore[call-overload]


@pytest.mark.parametrize(
    "question",
    [
        "Which edges are bridges that start with A?",
        "Which node has the highest degree that starts with A?",
        "What is the average degree plus one?",
        "What is the density times 2?",
    ],
)
def test_conditions_that_are_not_understood_are_asked_back(question: str) -> None:
    body = nx.Graph([("Ann", "Bob"), ("Bob", "Cid"), ("Ann", "Cid"), ("Abe", "Bob")])
    assert GraphAgent().ask(question, Graph(body)).status == "unanswerable"


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("How many nodes and edges are there?", ("How many nodes are there?", "How many edges are there?")),
        ("Is the graph connected and bipartite?", ("Is the graph connected?", "Is the graph bipartite?")),
        ("What is the diameter and the radius?", ("What is the diameter?", "What is the radius?")),
        ("Is it connected and does it have a cycle?", ("Is it connected?", "Does it have a cycle?")),
    ],
)
def test_two_questions_are_named(question: str, parts: tuple[str, str]) -> None:
    reply = GraphAgent().ask(question, "a-b, b-c")
    assert (reply.status, reply.readings) == ("unanswerable", parts)


def test_distances_on_weighted_graphs_are_lengths_unless_steps_are_counted() -> None:
    rng = random.Random(3)
    for body in people(6):
        for _, _, data in body.edges(data=True):
            data["weight"] = rng.randint(1, 4)
        node = max(body, key=body.degree)
        far = nx.single_source_dijkstra_path_length(body, node)
        hops = nx.single_source_shortest_path_length(body, node)
        assert set(ask(f"Which nodes are within distance 3 of {node}?", body)) == {v for v in far if 0 < far[v] <= 3}  # type: ignore[call-overload]
        assert set(ask(f"Which nodes are at distance 4 from {node}?", body)) == {v for v in far if far[v] == 4}  # type: ignore[call-overload]
        assert ask(f"How many nodes are within 2 hops of {node}?", body) == sum(0 < h <= 2 for h in hops.values())
        if nx.is_connected(body):
            assert ask("What is the diameter?", body) == nx.diameter(body, weight="weight")
            assert ask("What is the radius of the graph?", body) == nx.radius(body, weight="weight")
