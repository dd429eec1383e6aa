"""Later questions with former numbers, without former things, of pairs of them, and with the text's own verb."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from agents import GraphAgent, Reply

PEOPLE = nx.Graph(
    [("Ann", "Bob"), ("Ann", "Cleo"), ("Bob", "Cleo"), ("Bob", "Dan"), ("Dan", "Eve"), ("Eve", "Fay"), ("Gus", "Hal")]
)
TOWNS = nx.Graph()
TOWNS.add_weighted_edges_from(
    [("Aston", "Brill", 5), ("Brill", "Cold", 7), ("Aston", "Cold", 9), ("Cold", "Dale", 4), ("Dale", "Ely", 12)]
    + [("Brill", "Ely", 20)]
)
MENTORS = "Ann mentors Bob. Ann mentors Cleo. Bob mentors Dan. Cleo mentors Dan. Dan mentors Eve."
EATS = "Wolf eats hare. Fox eats hare. Hare eats grass. Owl eats mouse. Mouse eats grass."


@pytest.fixture
def agent(tmp_path: Path) -> Iterator[GraphAgent]:
    made = GraphAgent(model="none", memory=tmp_path / "talk.sqlite")
    yield made
    made.close()


def talk(agent: GraphAgent, graph: Any, *questions: str) -> Reply:
    first, *more = questions
    reply = agent.ask(first, graph, thread="t")
    for question in more:
        reply = agent.ask(question, thread="t")
    return reply


def things(reply: Reply) -> set[Any]:
    return set(reply.value if isinstance(reply.value, list) else [reply.value])


def roads(reply: Reply) -> set[frozenset[str]]:
    return {frozenset(edge) for edge in reply.value}


@pytest.mark.parametrize("person", ["Ann", "Eve", "Fay"])
def test_a_former_number_as_bound(agent: GraphAgent, person: str) -> None:
    first = f"How many friends does {person} have?"
    more = {node for node, degree in PEOPLE.degree() if degree > PEOPLE.degree(person)}
    less = {node for node, degree in PEOPLE.degree() if degree < PEOPLE.degree(person)}
    assert things(talk(agent, PEOPLE, first, "Who has more than that?")) == more
    assert talk(agent, PEOPLE, first, "How many people have fewer friends than that?").value == len(less)


def test_a_former_length_as_bound(agent: GraphAgent) -> None:
    reply = talk(agent, TOWNS, "How long is the road from Brill to Cold?", "Which roads are longer than that?")
    assert roads(reply) == {frozenset((u, v)) for u, v, w in TOWNS.edges(data="weight") if w > 7}
    assert any("7" in note for note in reply.assumptions)


def test_no_number_is_asked_back(agent: GraphAgent) -> None:
    assert talk(agent, PEOPLE, "Who are Bob's friends?", "Who has more than that?").status == "unanswerable"


def test_without_former_things(agent: GraphAgent) -> None:
    first = "Who has at least two friends?"
    left = PEOPLE.subgraph(node for node, degree in PEOPLE.degree() if degree < 2)
    assert talk(agent, PEOPLE, first, "Without them, how many people are left?").value == len(left)
    assert talk(agent, PEOPLE, first, "If they left, how many groups would there be?").value in (
        nx.number_connected_components(left),
        None,
    )
    reply = talk(agent, TOWNS, "Which road is the longest?", "Without it, how far is Brill from Ely?")
    gone = nx.restricted_view(TOWNS, [], [("Brill", "Ely")])
    assert reply.value == nx.dijkstra_path_length(gone, "Brill", "Ely")


def test_pairs_of_former_things(agent: GraphAgent) -> None:
    friends = sorted(PEOPLE["Bob"])
    joined = {frozenset(pair) for pair in combinations(friends, 2) if PEOPLE.has_edge(*pair)}
    first = "Who are Bob's friends?"
    assert talk(agent, PEOPLE, first, "Are any two of them friends?").value is bool(joined)
    assert roads(talk(agent, PEOPLE, first, "Are any two of them friends?", "Which two?")) == joined
    distance = dict(nx.all_pairs_dijkstra_path_length(TOWNS))
    pairs = list(combinations(TOWNS["Cold"], 2))
    nearest = min(pairs, key=lambda pair: distance[pair[0]][pair[1]])
    farthest = max(pairs, key=lambda pair: distance[pair[0]][pair[1]])
    first = "Which towns are next to Cold?"
    assert things(talk(agent, TOWNS, first, "Which pair of them is closest?")) == set(nearest)
    assert things(talk(agent, TOWNS, first, "Which two of them are farthest apart?")) == set(farthest)
    ends = max(combinations(TOWNS, 2), key=lambda pair: distance[pair[0]][pair[1]])
    assert things(agent.ask("Which two towns are the farthest apart?", TOWNS)) == set(ends)


def test_out_of_reach_is_not_farthest(agent: GraphAgent) -> None:
    assert agent.ask("Which two people are the farthest apart?", PEOPLE).status == "unanswerable"


def test_the_texts_own_verb(agent: GraphAgent) -> None:
    assert things(talk(agent, MENTORS, "Whom does Ann mentor?")) == {"Bob", "Cleo"}
    assert things(agent.ask("Whom do they mentor?", thread="t")) == {"Dan"}
    assert things(agent.ask("Who mentors him?", thread="t")) == {"Bob", "Cleo"}
    assert things(agent.ask("Who mentors nobody?", thread="t")) == {"Eve"}


def test_the_verb_after_a_question_that_shows_no_direction(agent: GraphAgent) -> None:
    assert talk(agent, None, f"{MENTORS} How many people are there?").value == 5
    assert things(agent.ask("Who mentors Dan?", thread="t")) == {"Bob", "Cleo"}


def test_no_verb_after_the_graph_has_changed(agent: GraphAgent) -> None:
    talk(agent, MENTORS, "Whom does Ann mentor?", "Remove Bob.")
    reply = agent.ask("Whom does Ann mentor?", thread="t")
    assert reply.status == "unanswerable" or things(reply) == {"Cleo"}


def test_a_capital_at_the_beginning_of_a_sentence(agent: GraphAgent) -> None:
    reply = agent.ask(f"{EATS} What does the hare eat?")
    assert things(reply) == {"grass"}
    assert agent.ask(f"{EATS} How many animals are there?").value in (6, None)
    assert agent.ask("Ab-cd, ab-Cd, Ab-ef. How many nodes are there?").value == 5


def test_what_was_left_out(agent: GraphAgent) -> None:
    graph = nx.DiGraph([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("d", "e")])
    assert things(talk(agent, graph, "Which nodes can reach d?", "Which nodes can't?")) <= {"d", "e"}
    cycle = nx.Graph([(1, 2), (2, 3), (3, 1), (3, 4)])
    assert talk(agent, cycle, "Which nodes lie on a cycle?", "How many nodes are not on one?").status == "unanswerable"


def test_a_supposed_edge_is_not_added_twice(agent: GraphAgent) -> None:
    first = "What is the shortest path from Ann to Fay?"
    reply = talk(agent, PEOPLE, first, "What if Ann and Eve were friends?", "And how long is it then?")
    assert reply.value == 2


def test_those_who_are_left(agent: GraphAgent) -> None:
    first = "Who has at least two friends?"
    left = {node for node, degree in PEOPLE.degree() if degree < 2}
    reply = talk(agent, PEOPLE, first, "Without them, how many people are left?", "Who are they?")
    assert things(reply) == left


def test_the_largest_one(agent: GraphAgent) -> None:
    reply = talk(agent, PEOPLE, "How many components are there?", "How many nodes does the largest one have?")
    assert reply.value == max(map(len, nx.connected_components(PEOPLE)))
