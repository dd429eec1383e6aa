"""Follow-up questions that speak of the last answer, against networkx on graphs of every kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from agents import GraphAgent, Reply

PEOPLE = nx.Graph(
    [("Ann", "Bob"), ("Bob", "Eve"), ("Ann", "Kim"), ("Kim", "Zoe"), ("Zoe", "Eve"), ("Bob", "Kim"), ("Dan", "Zoe")]
)
APART = nx.Graph([("Ann", "Bob"), ("Bob", "Cem"), ("Dan", "Eve"), ("Fay", "Gus"), ("Gus", "Hal"), ("Hal", "Fay")])
APART.add_node("Ivo")
MODULES = nx.DiGraph(
    [("app", "core"), ("app", "ui"), ("ui", "core"), ("core", "log"), ("core", "net"), ("net", "log"), ("test", "app")]
)
NUMBERS = nx.Graph([(1, 2), (2, 3), (3, 1), (3, 4), (4, 5), (5, 6), (6, 4), (7, 8)])
TOWNS = nx.Graph()
TOWNS.add_weighted_edges_from(
    [("Ulm", "Bonn", 40), ("Bonn", "Kiel", 25), ("Ulm", "Graz", 90), ("Graz", "Kiel", 30), ("Kiel", "Linz", 55)]
    + [("Linz", "Wien", 20), ("Bonn", "Linz", 95)]
)
GRAPHS = {"people": PEOPLE, "apart": APART, "modules": MODULES, "numbers": NUMBERS, "towns": TOWNS}


@pytest.fixture
def agent(tmp_path: Path) -> Iterator[GraphAgent]:
    made = GraphAgent(memory=tmp_path / "talk.sqlite")
    yield made
    made.close()


def talk(agent: GraphAgent, graph: Any, *questions: str) -> Reply:
    """The reply to the last of several questions of one conversation."""
    first, *more = questions
    reply = agent.ask(first, graph, thread="t")
    for question in more:
        reply = agent.ask(question, thread="t")
    return reply


def same(found: Any, expected: Any) -> bool:
    if isinstance(expected, (set, frozenset)):
        things = found if isinstance(found, list) else [found]
        return {frozenset(x) if isinstance(x, list) else x for x in things} == set(expected)
    return bool(found == expected)


def highest(graph: nx.Graph, among: Any, figure: Any = None) -> set[Any]:
    figures = dict(graph.degree()) if figure is None else figure
    return {node for node in among if figures[node] == max(figures[other] for other in among)}


def at_least(graph: nx.Graph, count: int) -> set[Any]:
    return {node for node, degree in graph.degree() if degree >= count}


def around(graph: nx.Graph, among: Any) -> set[Any]:
    return {other for node in among for other in graph[node]}


TWO, THREE, ZOES = "Who has at least two friends?", "Who has at least three friends?", "Who are Zoe's friends?"
OF_ZOE = set(PEOPLE["Zoe"])
FROM_WIEN = nx.single_source_dijkstra_path_length(TOWNS, "Wien")
TALKS: list[tuple[str, tuple[str, ...], Any]] = [
    # several, and what of them is asked
    ("people", (TWO, "Which of them has the most?"), highest(PEOPLE, at_least(PEOPLE, 2))),
    ("people", (TWO, "Which of these has the fewest friends?"), {"Ann", "Eve"}),
    ("people", (ZOES, "Which of them has the most friends?"), {"Kim"}),
    ("people", (ZOES, "Which one has the highest degree?"), {"Kim"}),
    ("people", (ZOES, "Which has the highest degree?"), {"Kim"}),
    ("people", (ZOES, "Name the one with the most friends."), {"Kim"}),
    ("people", (ZOES, "Which of them knows Bob?"), OF_ZOE & set(PEOPLE["Bob"])),
    ("people", (ZOES, "How many of these people are leaves?"), 1),
    ("people", (ZOES, "Who are they connected to?"), around(PEOPLE, OF_ZOE)),
    ("people", (ZOES, "Who are the others?"), set(PEOPLE) - OF_ZOE),
    ("people", (ZOES, "Who knows all of them?"), {"Zoe"}),
    ("people", (ZOES, "Who is not one of them?"), set(PEOPLE) - OF_ZOE),
    ("people", (ZOES, "Is Bob among them?"), False),
    ("people", (ZOES, "Are all of them friends of Bob?"), False),
    ("people", (ZOES, "Are all of them friends of Bob?", "Which of them are not?"), {"Dan"}),
    ("people", (ZOES, "What are their degrees?"), {node: PEOPLE.degree(node) for node in sorted(OF_ZOE)}),
    ("people", (ZOES, "What is their average degree?"), sum(PEOPLE.degree(n) for n in OF_ZOE) / 3),
    ("people", (THREE, "How many edges are there between them?"), PEOPLE.subgraph(at_least(PEOPLE, 3)).size()),
    ("people", (THREE, "Of these, who is nearest to Dan?"), {"Zoe"}),
    ("people", ("How many people have three friends?", "Who are they?"), at_least(PEOPLE, 3)),
    ("people", (THREE, "How many?"), 3),
    ("people", (THREE, "Which of them has the highest betweenness centrality?"), {"Zoe"}),
    ("people", ("Who has the most friends?", "And the fewest?"), {"Dan"}),
    # two
    ("people", ("Who are the friends of Ann?", "Do they know each other?"), True),
    ("people", ("Which nodes have degree 2?", "How far apart are they?"), 2),
    ("people", ("Does Ann know Eve?", "Do they have a common friend?", "Who is it?"), {"Bob"}),
    ("towns", ("How far is Graz from Wien?", "Which towns are on the route between them?"), None),
    ("towns", ("How far is Graz from Wien?", "What is the shortest route between them?"), "path"),
    # one
    ("people", ("Who has only one friend?", "Who is he connected to?"), {"Zoe"}),
    ("people", ("Which nodes are cut vertices?", "What is its degree?"), 3),
    ("people", ("What is the degree of Ann?", "Who are her friends?"), {"Bob", "Kim"}),
    ("towns", ("Which town is nearest to Bonn?", "How many roads does it have?"), 3),
    ("towns", ("Which road is the shortest?", "How long is it?"), 20),
    ("numbers", ("Which nodes have degree 2?", "How far is the first one from the last one?"), 3),
    # paths, components, edges
    ("towns", ("What is the shortest route from Ulm to Wien?", "Does it go through Graz?"), False),
    ("towns", ("What is the shortest route from Ulm to Wien?", "Is Kiel on it?"), True),
    ("towns", ("Is there a path from Ulm to Wien?", "How long is it?"), FROM_WIEN["Ulm"]),
    ("towns", ("What is the shortest route from Ulm to Wien?", "Which of the towns on it has the most roads?"), None),
    ("numbers", ("How many components are there?", "Which of them is the largest?"), {1, 2, 3, 4, 5, 6}),
    ("numbers", ("How many components are there?", "Which of them is the largest?", "How many nodes does it have?"), 6),
    ("towns", ("Which roads are longer than 50 km?", "Which of them is the longest?"), {frozenset(("Bonn", "Linz"))}),
    ("towns", ("Which roads are longer than 50 km?", "What is their total length?"), 240),
    ("towns", ("Which roads are longer than 50 km?", "How many of them touch Kiel?"), 1),
    # directed, disconnected
    ("modules", ("Which nodes does app point to?", "Which of them points to log?"), {"core"}),
    ("modules", ("Which nodes are sinks?", "Who points to it?"), {"core", "net"}),
    ("modules", ("Which nodes have no incoming edges?", "What does it point to?"), {"app"}),
    ("modules", ("Which nodes does app point to?", "What can they reach?"), {"core", "log", "net"}),
    ("apart", ("Who can Ann reach?", "Which of them has the most friends?"), {"Bob"}),
    ("apart", ("Who can Ann reach?", "Who can they not reach?"), {"Dan", "Eve", "Fay", "Gus", "Hal", "Ivo"}),
    ("apart", ("Who has no friends?", "Is he connected to Ann?"), False),
]


@pytest.mark.parametrize(
    ("graph", "questions", "expected"), TALKS, ids=lambda x: str(sorted(x) if isinstance(x, set) else x)[-60:]
)
def test_what_speaks_of_the_last_answer_is_asked_of_its_things(
    agent: GraphAgent, graph: str, questions: tuple[str, ...], expected: Any
) -> None:
    reply = talk(agent, GRAPHS[graph], *questions)
    if expected is None:  # right or asked back
        expected = {"Bonn", "Kiel", "Linz"} if "towns on it" in questions[-1] else {"Graz", "Kiel", "Linz", "Wien"}
        assert reply.status == "unanswerable" or same(reply.value, expected), reply.text
        return
    if expected == "path":
        assert nx.path_weight(TOWNS, reply.value, "weight") == FROM_WIEN["Graz"]
        return
    assert reply.status == "proven", reply.text
    assert same(reply.value, expected), reply.text
    assert any("taken as" in note for note in reply.assumptions)


@pytest.mark.parametrize(
    "questions",
    [
        ("Which of them has the most?",),
        ("Which of them has the most friends?",),
        ("Who knows them?",),
        ("How many friends does she have?",),
        ("How many edges are there?", "Which of them has the most?"),
        ("Is the graph connected?", "Who are they connected to?"),
        ("Who are the friends of Zoe?", "Is that person a leaf?"),
        ("Who are the friends of Zoe?", "Does she know the fifth one?"),
        ("Who is the nearest to Dan?", "How many friends does she have?"),
        ("Who are the friends of Zoe?", "Which two of them blorf?"),
        ("Who has the most?",),
        ("How long is it?",),
        ("How far is Ann from it?",),
        ("Who are the friends of Zoe?", "Which two of them blorf?", "How far is she from Ann?"),
        ("List the isolated nodes.", "Which of them has the most neighbours?"),
        ("Remove Bob.", "Who are his friends?"),
    ],
)
def test_what_stands_for_nothing_certain_is_asked_back(agent: GraphAgent, questions: tuple[str, ...]) -> None:
    assert talk(agent, PEOPLE, *questions).status == "unanswerable"


@pytest.mark.parametrize("number", range(40))
def test_which_of_them_keeps_to_them_on_random_graphs(agent: GraphAgent, number: int) -> None:
    graph = nx.gnm_random_graph(9, 6 + number % 12, seed=number)
    graph = nx.relabel_nodes(graph, {node: f"v{node}" for node in graph})
    if graph.degree("v0") < 1:
        return
    among = set(graph["v0"])
    assert same(agent.ask("What are the neighbours of v0?", graph, thread="t").value, among)
    most = agent.ask("Which of them has the most neighbours?", thread="t")
    assert same(most.value, highest(graph, among))
    assert same(agent.ask("What are the neighbours of v0?", thread="t").value, among)
    inner = agent.ask("How many edges are there among them?", thread="t")
    assert inner.value == graph.subgraph(among).number_of_edges()
    touched = agent.ask("Which nodes are adjacent to any of them?", thread="t")
    assert touched.status == "unanswerable" or same(touched.value, around(graph, among))
    closeness = nx.betweenness_centrality(graph)
    best = agent.ask("Which of these has the highest betweenness centrality?", thread="t")
    rounded = {node: round(value, 9) for node, value in closeness.items()}
    assert best.status == "unanswerable" or same(best.value, highest(graph, among, rounded))
