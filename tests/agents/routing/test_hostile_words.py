"""Questions that readers put to trip the certain router, against networkx or plain counting."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest

from agents import GraphAgent

ARROWS = nx.DiGraph([("Ann", "Bob"), ("Ann", "Cem"), ("Bob", "Dan"), ("Cem", "Dan"), ("Dan", "Eve"), ("Eve", "Bob")])
ARROWS.add_edge("Fay", "Ann")
LOOPED = nx.Graph([("a1", "b1"), ("b1", "c1"), ("c1", "c1"), ("c1", "d1"), ("d1", "a1"), ("d1", "e1")])
BARE = nx.Graph(LOOPED)
BARE.remove_edges_from(nx.selfloop_edges(LOOPED))


def ask(question: str, graph: Any = None) -> Any:
    return GraphAgent().ask(question, graph)


@pytest.mark.parametrize(
    "question",
    [
        "Who can reach Eve?",
        "Who reaches Eve?",
        "Who can get to Eve?",
        "Which people can reach Eve?",
        "Who can reach Eve",
    ],
)
@pytest.mark.parametrize("node", list(ARROWS))
def test_who_reaches_a_node_is_not_whom_it_reaches(question: str, node: str) -> None:
    reply = ask(question.replace("Eve", node), ARROWS)
    assert reply.status == "proven", reply.text
    assert set(reply.value) == nx.ancestors(ARROWS, node), reply.text


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Which nodes have a self-loop?", ["c1"]),
        ("Which node has a self-loop?", ["c1"]),
        ("How many nodes have self-loops?", 1),
        ("Ignoring self-loops, which nodes have at least two neighbours?", [n for n in BARE if BARE.degree(n) >= 2]),
        ("Ignoring self-loops, how many neighbours does c1 have?", BARE.degree("c1")),
        ("Ignoring self-loops, who has the most neighbours?", "d1"),
    ],
)
def test_self_loops(question: str, value: Any) -> None:
    reply = ask(question, LOOPED)
    assert (reply.status, reply.value) == ("proven", value), reply.text


@pytest.mark.parametrize(
    "question",
    [
        "Which nodes have at least two neighbours?",
        "Who has the most neighbours?",
        "How many neighbours does c1 have?",
        "Which nodes have more than one neighbour?",
    ],
)
def test_whether_a_node_with_a_loop_is_its_own_neighbour_is_asked_back(question: str) -> None:
    reply = ask(question, LOOPED)
    assert reply.status == "unanswerable"
    assert "edge to itself" in reply.text


ROADS = "The road from A to B is 40 km. The road from B to C is 10 km."


@pytest.mark.parametrize(
    ("text", "question", "value"),
    [
        (ROADS, "How far is it from C to A?", 50),
        ("There is a road from A to B. There is a road from B to C.", "Is there a path from C to A?", True),
        ("There is an edge from A to B. There is an edge from B to C.", "Is there a path from C to A?", False),
        ("Directed graph: a road from A to B, a road from B to C.", "Is there a path from C to A?", False),
        ("There is a one-way road from A to B and a road from B to C.", "Is there a path from C to A?", False),
        ("There is a one-way road from A to B and a road from B to C.", "Is there a path from C to B?", True),
        ("Ann works for Bob. Bob works for Eve.", "Who works for Bob?", ["Ann"]),
        ("Ann works for Bob. Bob works for Eve.", "Who does Bob work for?", ["Eve"]),
        ("Ann mentors Bob. Bob mentors Eve.", "Who does Bob mentor?", ["Eve"]),
        ("Ann envies Bob. Bob envies Eve.", "Who envies Bob?", ["Ann"]),
        ("Ann looks up to Bob. Bob looks up to Eve.", "Who looks up to Bob?", ["Ann"]),
        ("Ann looks up to Bob. Bob looks up to Eve.", "Who does Bob look up to?", ["Eve"]),
        ("Ann mentors Bob. Bob mentors Eve.", "How far is Eve from Ann?", 2),
        ("Ann manages Bob, Ann manages Cem, Cem manages Dan.", "Who manages the most people?", ["Ann"]),
        ("app depends on core. core depends on log.", "Does app depend on log?", True),
        ("app depends on core. core depends on log.", "Does log depend on app?", False),
        ("app depends on core. core depends on log.", "Does app directly depend on log?", False),
        ("A-B 40 km, B-C 25 km, C-D 50 km.", "Which towns are reachable within 70 km of A?", ["B", "C"]),
        ("A-B 40 km, B-C 25 km, C-D 50 km.", "Which towns are within 70 km reachable from A?", ["B", "C"]),
        ("a-b, a-c, a-d.", "Is b a leaf or a cut vertex?", "leaf"),
        ("a-b, a-c, a-d.", "Is a a leaf or a cut vertex?", "cut vertex"),
        ("a-b, b-c, c-a.", "Is a a leaf or a cut vertex?", "neither"),
        ("a-b, a-c, a-d, b-c, b-e, d-f.", "Which node has the second highest degree?", ["c", "d"]),
        ("a-b, b-d, d-c, c-a.", "Which node has the highest PageRank?", ["a"]),
    ],
)
def test_everyday_texts(text: str, question: str, value: Any) -> None:
    reply = ask(f"{text} {question}")
    found = [reply.value] if isinstance(value, list) and not isinstance(reply.value, list) else reply.value
    assert (reply.status, found) == ("proven", value), reply.text


@pytest.mark.parametrize("question", ["What does core depend on?", "Which modules need core?"])
def test_what_an_arrow_needs_is_asked_back_where_nothing_says_it(question: str) -> None:
    assert ask(f"app -> core, core -> log. {question}").status == "unanswerable"


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize(
    "wording",
    [
        "Does every path from {s} to {t} pass {x}?",
        "Do all routes from {s} to {t} go through {x}?",
        "Is {x} on every path from {s} to {t}?",
        "Every path from {s} to {t} passes {x}?",
    ],
)
def test_every_path_passes_a_node_where_it_separates_the_ends(wording: str, seed: int) -> None:
    graph = nx.gnm_random_graph(7, 8, seed=seed)
    graph = nx.relabel_nodes(graph, {node: f"v{node}" for node in graph})
    if not nx.has_path(graph, "v0", "v6"):
        return
    for node in ("v1", "v2", "v3"):
        rest = graph.subgraph(set(graph) - {node})
        reply = ask(wording.format(s="v0", t="v6", x=node), graph)
        assert (reply.status, reply.value) == ("proven", not nx.has_path(rest, "v0", "v6")), reply.text


def test_a_route_between_two_is_no_path_through_all() -> None:
    reply = ask("Which nodes are on the route between a1 and e1?", BARE)
    assert reply.status == "unanswerable" or set(reply.value) == {"a1", "d1", "e1"}
