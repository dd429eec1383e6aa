"""What best paths pass, two alternatives, and weights that are supposed, against networkx."""

from __future__ import annotations

import random
from itertools import pairwise

import networkx as nx
import pytest

from agents import GraphAgent

AGENT = GraphAgent(model="none")


def weighted(seed: int) -> nx.Graph:
    rng = random.Random(seed)
    made = nx.relabel_nodes(nx.gnm_random_graph(6, 9, seed=seed), dict(enumerate("abcdef")))
    for _, _, data in made.edges(data=True):
        data["weight"] = rng.randint(1, 5)
    return made


def said(made: nx.Graph) -> str:
    return "Weighted edges: " + ", ".join(f"{u}-{v}:{w}" for u, v, w in made.edges(data="weight")) + ". "


@pytest.mark.parametrize("seed", range(6))
def test_whether_a_best_path_passes(seed: int) -> None:
    made = weighted(seed)
    if not nx.is_connected(made):
        pytest.skip("not connected")
    text = said(made)
    paths = list(nx.all_shortest_paths(made, "a", "f", "weight"))
    for node in "bcde":
        passed = {node in path for path in paths}
        reply = AGENT.ask(f"{text}Does the shortest path from a to f go through {node}?")
        assert (reply.value is True, reply.status == "unanswerable") == (passed == {True}, len(passed) == 2)
        assert AGENT.ask(f"{text}Is {node} on a shortest path from a to f?").value is (True in passed)
        assert AGENT.ask(f"{text}Does every shortest path from a to f pass {node}?").value is (passed == {True})
    for u, v in list(made.edges)[:4]:
        used = {frozenset((u, v)) in map(frozenset, pairwise(path)) for path in paths}
        reply = AGENT.ask(f"{text}Does the shortest path from a to f use the edge {u}-{v}?")
        assert (reply.value is True, reply.status == "unanswerable") == (used == {True}, len(used) == 2)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(
    "form",
    [
        "What if {u}-{v} weighed 9: how long is the shortest path from a to f?",
        "What if the edge {u}-{v} weighed 9? How long is the shortest path from a to f?",
        "Suppose {u}-{v} cost 9 instead of {w}. How long is the shortest path from a to f?",
        "How long would the shortest path from a to f be if {u}-{v} weighed 9?",
        "If the weight of the edge {u}-{v} were 9, how long would the shortest path from a to f be?",
    ],
)
def test_supposed_weights(seed: int, form: str) -> None:
    made = weighted(seed)
    if not nx.is_connected(made):
        pytest.skip("not connected")
    u, v = next(iter(pairwise(nx.shortest_path(made, "a", "f", "weight"))))
    question = said(made) + form.format(u=u, v=v, w=made.edges[u, v]["weight"])
    made.edges[u, v]["weight"] = 9
    assert AGENT.ask(question).value == nx.dijkstra_path_length(made, "a", "f")


def test_a_supposition_that_contradicts_the_text_is_asked_back() -> None:
    reply = AGENT.ask("A-B 2, B-C 3. Suppose A-B cost 9 instead of 4. How long is the shortest path from A to C?")
    assert reply.status == "unanswerable"


@pytest.mark.parametrize("seed", range(8))
def test_one_of_two_alternatives(seed: int) -> None:
    made = nx.gnm_random_graph(6, 3 + seed % 4, seed=seed)
    text = f"Nodes: {', '.join(map(str, made))}. Edges: {', '.join(f'({u}, {v})' for u, v in made.edges)}. "
    tree, forest = nx.is_tree(made), nx.is_forest(made)
    asked = {
        "Is the graph connected or disconnected?": "connected" if nx.is_connected(made) else "disconnected",
        "Is the graph a tree or a forest?": "tree" if tree else "forest" if forest else "neither",
        "Is it a forest or just a tree?": "tree" if tree else "forest" if forest else "neither",
        "Is the graph cyclic or acyclic?": "acyclic" if forest else "cyclic",
        "Is the graph directed or undirected?": "undirected",
        "Is the number of edges odd or even?": "odd" if made.number_of_edges() % 2 else "even",
        "Are there more nodes or edges?": "nodes" if made.number_of_edges() < 6 else None,
    }
    degrees = dict(made.degree)
    best = [node for node in (0, 1) if degrees[node] == max(degrees[0], degrees[1])]
    asked["Is 0 or 1 more connected?"] = best[0] if len(best) == 1 else best
    asked["Does 0 or 1 have more neighbours?"] = asked["Is 0 or 1 more connected?"]
    for question, truth in asked.items():
        reply = AGENT.ask(text + question)
        if truth is not None:
            assert reply.value == truth, question


def test_all_that_tie_are_named() -> None:
    text = "Ann is friends with Bob. Bob is friends with Cem. Cem is friends with Dan. "
    for question in ("Who has the most friends?", "Who has the highest closeness centrality?"):
        reply = AGENT.ask(text + question)
        assert sorted(reply.value) == ["Bob", "Cem"]
        assert not any("the first" in assumption for assumption in reply.assumptions)
