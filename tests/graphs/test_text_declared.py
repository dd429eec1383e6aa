"""Graphs that a text says in other ways than edge by edge."""

from __future__ import annotations

import pytest

from graphs.graph import Graph
from graphs.text import read_text


def edges(text: str) -> set[frozenset[object]] | set[tuple[object, object]]:
    graph = read_text(text).graph
    assert graph is not None
    pairs = [(edge.source, edge.target) for edge in graph.edges()]
    return set(pairs) if graph.directed else {frozenset(pair) for pair in pairs}


def sets(*pairs: str) -> set[frozenset[str]]:
    return {frozenset(pair.split("-")) for pair in pairs}


def graph_of(text: str) -> Graph:
    found = read_text(text).graph
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "directed"),
    [
        ("graph = {'A': ['B'], 'B': []}", True),
        ('{"x": ["y"], "y": ["z"], "z": []}', True),
        ("{0: [1, 2], 1: [2], 2: [], 3: []}", True),
        ("{0: [1, 2], 1: [2], 2: [0]}", False),
        ("graph = {'A': ['B'], 'B': ['A']}", False),
        ("{'p': ['q', 'r'], 'q': ['p'], 'r': ['p'], 's': []}", False),
        ("an undirected graph: {'A': ['B'], 'B': []}", False),
    ],
)
def test_a_dictionary_of_lists_is_directed_when_it_is_one_sided(text: str, directed: bool) -> None:
    graph = graph_of(text + "\nHow many edges are there?")
    assert graph.directed == directed
    assert any("read as directed" in note for note in graph.assumptions) == directed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A,B,C form a triangle, and C is connected to D.", sets("A-B", "B-C", "A-C", "C-D")),
        ("Uma is linked to Vic, and Vic, Wes and Xi form a triangle.", sets("Uma-Vic", "Vic-Wes", "Vic-Xi", "Wes-Xi")),
        ("Kim and Lee are friends, while Mia and Noa are colleagues.", sets("Kim-Lee", "Mia-Noa")),
        ("A road joins P and Q, another joins Q and R.", sets("P-Q", "Q-R")),
        ("A cable links X and Y, another one links Y and Z, and a third links Z and W.", sets("X-Y", "Y-Z", "Z-W")),
        ("The vertices are A, B, C, D. The edges are AB, AC, BD.", sets("A-B", "A-C", "B-D")),
        ("Let G=(V,E) with V={p,q,r} and E={pq, qr}.", sets("p-q", "q-r")),
    ],
)
def test_sentences_with_several_edges_lose_none(text: str, expected: set[frozenset[str]]) -> None:
    assert edges(text + " How many edges are there?") == expected


@pytest.mark.parametrize(
    "text",
    [
        "One-way street from A to B, two-way street between B and C.",
        "There is a two-way street between B and C. There is a one-way street from A to B.",
        "A one-way road leads from A to B. A two-way road connects B and C.",
    ],
)
def test_one_way_and_two_way_streets_are_told_apart(text: str) -> None:
    assert edges(text + " How many edges are there?") == {("A", "B"), ("B", "C"), ("C", "B")}


def test_everyone_means_those_whom_the_text_lists() -> None:
    people = "People: Ann, Bob, Carl, Dave, Eve. "
    assert edges(people + "Ann knows everyone except Dave. How many edges?") == sets("Ann-Bob", "Ann-Carl", "Ann-Eve")
    assert edges(people + "Eve knows everybody but Ann and Bob. How many edges?") == sets("Eve-Carl", "Eve-Dave")
    assert read_text("Ann knows everyone except Dave. Bob knows Carl. How many edges?").confidence < 0.4


@pytest.mark.parametrize(
    ("text", "nodes"),
    [
        ("A graph on 6 vertices has edges 1-2, 2-3, 4-5.", 6),
        ("A graph with 7 nodes has edges 1-2, 2-3, 4-5.", 7),
        ("A graph with vertices 1 to 5 and edges 1-2, 2-3.", 5),
        ("Nodes 1 through 8; edges 1-2, 2-3, 4-5.", 8),
        ("There are four towns A, B, C, D. A road joins A and B.", 4),
    ],
)
def test_nodes_without_edges_count(text: str, nodes: int) -> None:
    assert graph_of(text + " How many components are there?").num_nodes == nodes


@pytest.mark.parametrize(
    "text", ["a-b 1e400, b-c 2.", "a -> b (1e999).", "(a, b, 1e400), (b, c, 2).", "a b 1e400\nb c 2\n"]
)
def test_numbers_beyond_floating_point_are_never_dropped_in_silence(text: str) -> None:
    reading = read_text(text + " What is the distance from a to b?")
    assert reading.confidence < 0.4
    assert any("too large" in part for part in reading.contradictions)
