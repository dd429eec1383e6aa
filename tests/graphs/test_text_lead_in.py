"""Words that run into a list of edges are no part of a node's name."""

from __future__ import annotations

import itertools

import pytest

from agents import GraphAgent
from graphs.text import read_text

LEADS = (
    "edges", "Edges", "edge list", "the edges", "with edges", "arcs", "links", "graph", "my graph", "using",
    "directed edges", "connections", "given", "for", "in", "on the graph", "where", "if", "data", "network", "roads",
    "and edges", "there are", "we have", "considering", "here", "only", "dependencies", "flows", "route map",
)  # fmt: skip
NAMES = (("1", "2", "3", "4"), ("A", "B", "C", "D"), ("v1", "v2", "v3", "v4"))


@pytest.mark.parametrize("lead", LEADS)
@pytest.mark.parametrize("sign", ["->", " -> ", "→", "--"])
def test_the_words_before_a_list_are_no_label(lead: str, sign: str) -> None:
    for (a, b, c, d), after in itertools.product(NAMES, (True, False)):
        listed = f"{lead} {a}{sign}{b}, {b}{sign}{c}, {a}{sign}{d}"
        question = f"Is there a path from {a} to {c}?"
        text = f"{question} {listed}" if after else f"{listed}. {question}"
        for graph in read_text(text).graphs:  # none may be seen in it, but none that has other nodes
            assert set(map(str, graph.nodes)) == {a, b, c, d}, text


@pytest.mark.parametrize("lead", ["edges", "the edges", "with edges", "my graph", "in the network", "if", "given"])
def test_names_of_one_word_shed_words_that_announce_a_graph(lead: str) -> None:
    (graph,) = read_text(f"{lead} Ann->Bob, Bob->Cy, Ann->Dan. Is there a path from Ann to Cy?").graphs
    assert set(graph.nodes) == {"Ann", "Bob", "Cy", "Dan"}


@pytest.mark.parametrize(
    ("text", "nodes"),
    [
        ("New York -> Boston, Boston -> Miami", {"New York", "Boston", "Miami"}),
        ("The Hague -> Utrecht, Utrecht -> Delft", {"The Hague", "Utrecht", "Delft"}),
        ("old mill -> farm, farm -> town", {"old mill", "farm", "town"}),
        ("data cleaning -> training, training -> evaluation", {"data cleaning", "training", "evaluation"}),
        ("Graph Theory -> Topology, Topology -> Analysis", {"Graph Theory", "Topology", "Analysis"}),
        ("'edges 1' -> 2, 2 -> 3", {"edges 1", "2", "3"}),
        ("edges 1 -> 2, 2 -> 3, 3 -> 4 exist", {"1", "2", "3", "4"}),
        ("edge 1 -> 2, edge 2 -> 3, edge 1 -> 4", {"1", "2", "3", "4"}),
    ],
)
def test_labels_of_several_words_stay(text: str, nodes: set[str]) -> None:
    (graph,) = read_text(text + ". How many nodes are there?").graphs
    assert set(map(str, graph.nodes)) == nodes


def test_what_stands_behind_the_last_name_is_still_its_weight() -> None:
    (graph,) = read_text("1 -> 2 costs 3, 2 -> 3 costs 4. What is the cheapest path from 1 to 3?").graphs
    assert [edge.attributes["weight"] for edge in graph.edges()] == [3, 4]


@pytest.mark.parametrize(
    "text",
    [
        "Is there a path from 1 to 3? edges 1->2, 2->3, 1->4",
        "Is there a path from A to C with edges A->B, B->C, and A->D?",
        "Is there a path from 1 to 3 with edges 1-2, 2-3, and 1-4?",
    ],
)
def test_the_answer_is_yes(text: str) -> None:
    reply = GraphAgent(model="none").ask(text)
    assert (reply.value, reply.status) == (True, "proven")
