"""How far it is, said in many ways: by way of a node, beside a bound with a unit, as a trip; and how many one knows."""

from __future__ import annotations

import networkx as nx
import pytest

from agents import GraphAgent

LENGTHS = {("Ulm", "Bonn"): 4, ("Bonn", "Kiel"): 3, ("Ulm", "Jena"): 10, ("Kiel", "Jena"): 2, ("Jena", "Hof"): 5}
ROADS = nx.Graph()
ROADS.add_weighted_edges_from([(u, v, length) for (u, v), length in LENGTHS.items()])
TOLD = "There are roads between towns: " + ", ".join(f"{u}-{v} {n} km" for (u, v), n in LENGTHS.items()) + "."
AGENT = GraphAgent("none")


def far(one: str, other: str) -> float:
    return nx.shortest_path_length(ROADS, one, other, weight="weight")


@pytest.mark.parametrize("via", ["Jena", "Hof", "Kiel"])
@pytest.mark.parametrize(
    "asked",
    [
        "How far is it from Ulm to Bonn via {}?",
        "How long is the shortest path from Ulm to Bonn through {}?",
        "How far is it from Ulm to Bonn by way of {}?",
    ],
)
def test_by_way_of_a_node(asked: str, via: str) -> None:
    assert AGENT.ask(f"{TOLD} {asked.format(via)}").value == far("Ulm", via) + far(via, "Bonn")


@pytest.mark.parametrize("bound", [8, 9, 10])
@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ("Can I get from Ulm to Jena in at most {} km?", lambda n: far("Ulm", "Jena") <= n),
        ("Is the shortest route from Ulm to Jena longer than {} km?", lambda n: far("Ulm", "Jena") > n),
        ("Is the way from Ulm to Jena shorter than {}?", lambda n: far("Ulm", "Jena") < n),
        ("Is it more than {} km from Ulm to Jena?", lambda n: far("Ulm", "Jena") > n),
    ],
)
def test_beside_a_bound(asked: str, holds, bound: int) -> None:  # type: ignore[no-untyped-def]
    assert AGENT.ask(f"{TOLD} {asked.format(bound)}").value is holds(bound)


def test_a_bound_in_another_unit_is_never_taken_as_the_graphs() -> None:
    reply = AGENT.ask(f"{TOLD} Is it more than 14 m from Ulm to Jena?")
    assert reply.status != "proven" or reply.value is True


def test_a_trip_is_a_path() -> None:
    assert AGENT.ask(f"{TOLD} How long is the trip from Ulm to Hof?").value == far("Ulm", "Hof")


@pytest.mark.parametrize("count", [1, 2, 3])
def test_how_many_one_knows(count: int) -> None:
    body = nx.Graph([("Lea", "Ole"), ("Ole", "Ida"), ("Ida", "Per"), ("Per", "Lea"), ("Ida", "Eva"), ("Eva", "Kim")])
    told = " ".join(f"{u} knows {v}." for u, v in body.edges)
    degrees = dict(body.degree)
    noun = "person" if count == 1 else "people"
    assert AGENT.ask(f"{told} How many people know exactly {count} {noun}?").value == list(degrees.values()).count(
        count
    )
    everyone = AGENT.ask(f"{told} Does everyone know at least {count} {noun}?").value
    assert everyone is all(degree >= count for degree in degrees.values())
    as_many = AGENT.ask(f"{told} Who knows as many people as Lea?").value
    same = [node for node in body if node != "Lea" and degrees[node] == degrees["Lea"]]
    assert sorted(as_many) == sorted(same)
