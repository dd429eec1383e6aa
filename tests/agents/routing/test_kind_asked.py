"""The things where the things are asked for; a note where an edge is taken for "connected"."""

import networkx as nx
import pytest

from agents import GraphAgent

AGENT = GraphAgent()
ROADS = nx.Graph()
ROADS.add_weighted_edges_from(
    [("Aston", "Brill", 5), ("Brill", "Cold", 7), ("Aston", "Cold", 9), ("Cold", "Dale", 4), ("Dale", "Ely", 12)]
)


def test_the_roads_and_not_their_length() -> None:
    reply = AGENT.ask("Which roads would you keep so all towns stay connected at least total length?", ROADS)
    tree = {frozenset(edge) for edge in nx.minimum_spanning_edges(ROADS, data=False)}
    assert reply.status == "unanswerable" or {frozenset(edge) for edge in reply.value} == tree


def test_the_pairs_and_not_their_number() -> None:
    reply = AGENT.ask("Which pairs of vertices are not adjacent?", nx.Graph([("a", "b"), ("b", "c"), ("c", "d")]))
    apart = {frozenset("ac"), frozenset("ad"), frozenset("bd")}
    assert reply.status == "unanswerable" or {frozenset(pair) for pair in reply.value} == apart


def test_how_much_longer_is_a_difference() -> None:
    reply = AGENT.ask("How much longer is the way from Aston to Dale if we avoid Cold?", ROADS)
    assert reply.status == "unanswerable"


@pytest.mark.parametrize(
    ("question", "noted"), [("Is Una connected to Zed?", True), ("Is Una adjacent to Zed?", False)]
)
def test_connected_is_an_edge_and_a_note_says_so(question: str, noted: bool) -> None:
    reply = AGENT.ask(question, nx.path_graph(["Una", "Kim", "Zed"]))
    assert reply.value is False
    assert any("Is there a path" in note for note in reply.assumptions) is noted


def test_a_pipe_is_no_node() -> None:
    reply = AGENT.ask("Pipes: a->b capacity 7, b->c capacity 3, c->d capacity 5. Which pipe is the smallest?")
    assert reply.status == "unanswerable" or reply.value in (["b", "c"], [["b", "c"]])
