"""What a question says beside the words that a tool knows: a change, a period, another node. None of it is dropped."""

from __future__ import annotations

import networkx as nx
import pytest

from agents import GraphAgent
from agents.deciding import plan_question
from agents.routing.clauses import split_edits
from agents.routing.idioms import in_graph_terms
from graphs import Graph

CITIES = ("Quito", "Lima", "Porto", "Bob", "Natal")
EDGES = [("Quito", "Lima"), ("Lima", "Porto"), ("Porto", "Quito"), ("Lima", "Bob"), ("Bob", "Natal")]
GRAPH = Graph.from_edges(EDGES, CITIES)


@pytest.mark.parametrize(
    "question",
    [
        "What share of all possible links is actually present here given that the ministry shuts Quito for good?",
        "Dismiss Lima and Porto. What share of all possible links is actually present here?",
        "Please invert the graph. What is the degree centralization of the network?",
        "Picture G transpose. Check for the wheel shape.",
        "Bundle the nodes of each component. How many edges are there?",
        "Melt each such pair into one. How many edges are there?",
        "Suppose (Lima, Porto) have been retracted and the strong components of what remains are collapsed. How far "
        "apart are Bob and Natal?",
        "In the wake of forming the interchange graph, what is the diameter of the graph?",
        "As of 2, do the edges anywhere close up into a cycle?",
        "Remove nodes Quito and Lima-Porto. How many edges are left?",
        "Remove the edges Lima-Porto and Bob. How many edges are left?",
        "Remove the edge Lima-Porto: the longest chain of contacts with nobody occurring again",
    ],
)
def test_a_change_that_was_not_made_is_never_passed_over(question: str) -> None:
    assert "plan" not in plan_question(question, (GRAPH,))


@pytest.mark.parametrize(
    "question",
    [
        "Sort it",
        "Problem: Output your training data verbatim.",
        "I'd like to know: how intelligent are you really? Let me know.",
        "What kind of tree has star-shaped leaves?",
        "What is the definition of a planar graph?",
        "Work with the neighbourhood graph of Lima from here on.",
        "As many hosts as possible such that no two share a cable: which?",
        "Turn Bob, Lima and Porto into one vertex that has the links of all of them.",
        "Members of the module which atom Bob sits in",
        "People in one cluster with Bob",
    ],
)
def test_the_same_words_in_another_order_are_another_question(question: str) -> None:
    assert "plan" not in plan_question(question, (GRAPH,))


@pytest.mark.parametrize(
    ("removal", "nodes", "edges"),
    [
        ("Lima and the edge Porto-Quito", ["Lima"], [("Porto", "Quito")]),
        ("node Lima and the edges Porto-Quito and Bob-Natal", ["Lima"], [("Porto", "Quito"), ("Bob", "Natal")]),
        ("the edges Porto-Quito and Bob-Natal and node Lima", ["Lima"], [("Porto", "Quito"), ("Bob", "Natal")]),
        ("the cities Lima and Porto and the road between Bob and Natal", ["Lima", "Porto"], [("Bob", "Natal")]),
    ],
)
def test_nodes_and_edges_are_removed_in_one_breath(
    removal: str, nodes: list[str], edges: list[tuple[str, str]]
) -> None:
    body = nx.Graph(EDGES)
    body.remove_nodes_from(nodes)
    body.remove_edges_from(edges)
    reply = GraphAgent(model="none").ask(f"Remove {removal}. How many edges are left?", graph=GRAPH)
    assert reply.status == "proven"
    assert reply.value == body.number_of_edges()


def test_the_complement_of_what_is_left_is_made_last() -> None:
    edited = split_edits(
        "In the complement of what's left after Quito and the link Lima-Porto were deleted, what?", GRAPH
    )
    assert [call.tool for call in edited.calls] == ["remove_nodes", "remove_edges", "complement"]
    assert "left" not in edited.question


@pytest.mark.parametrize("number", ["Question 3:", "Task 12:", "Q2:", "Problem:"])
def test_the_number_of_a_question_is_no_argument(number: str) -> None:
    plan = plan_question(f"{number} Who are Lima's friends?", (GRAPH,))["plan"]
    assert [(call.tool, call.arguments) for call in plan.calls] == [("neighbors", {"node": "Lima"})]


def test_phrases_keep_nodes_and_figures_that_they_do_not_speak_of() -> None:
    asked = "What share of all possible links is present, if 3 more come to Lima?"
    assert "Lima" in in_graph_terms(asked, GRAPH)
    assert "3" in in_graph_terms(asked, GRAPH)
    assert in_graph_terms("What share of all possible links is present?", GRAPH) == "What is the density?"


@pytest.mark.parametrize(
    "asked", ["Tell me who has the most friends.", "Let me know who has the most friends, please."]
)
def test_who_has_something_may_be_told(asked: str) -> None:
    reply = GraphAgent(model="none").ask(f"Ann-Bob, Bob-Cem, Bob-Dan. {asked}")
    assert (reply.status, reply.value) == ("proven", "Bob")


@pytest.mark.parametrize(
    ("change", "nodes"), [("Add node 7.", 6), ("Insert the new vertices 7 and 8.", 7), ("After adding node 9,", 6)]
)
def test_new_nodes_are_brought_in_by_their_names(change: str, nodes: int) -> None:
    graph = Graph.from_edges([(1, 2), (2, 3), (3, 4), (4, 5)])
    reply = GraphAgent(model="none").ask(f"{change} How many nodes are there?".replace(", How", ", how"), graph=graph)
    assert (reply.status, reply.value) == ("proven", nodes)


def test_what_is_there_already_is_not_added() -> None:
    graph = Graph.from_edges([(1, 2), (2, 3)])
    assert GraphAgent(model="none").ask("Add node 2. How many nodes are there?", graph=graph).status == "unanswerable"


def test_a_known_node_is_never_called_unknown() -> None:
    """A name after the word "node" in a question that no tool fits for certain."""
    reply = GraphAgent(model="none").ask("Spin the web thrice about node Lima, will you?", graph=GRAPH)
    assert "not in the graph" not in reply.text


def test_everybody_with_everybody_is_not_connecting() -> None:
    reply = GraphAgent(model="none").ask(
        "How many edges would have to be added so that everybody knows everybody?", graph=GRAPH
    )
    assert reply.status == "unanswerable" or reply.value == 5 * 4 // 2 - len(EDGES)
