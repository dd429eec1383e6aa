"""Programs made of the question's own words."""

from __future__ import annotations

import pytest

from agents.programs.documentation import Documentation
from agents.programs.drafting import Draft, draft
from agents.programs.symbols import Symbol
from agents.search import named_in


def drafted(documentation: Documentation, question: str, *, has_graph: bool = True) -> Draft:
    return draft(question, named_in(question, documentation), has_graph=has_graph)


COMPLETE = [
    ("Compute the wiener_index.", True, "print(nx.wiener_index(graph))"),
    ("Run pagerank function with alpha set to 0.7.", True, "print(nx.pagerank(graph, alpha=0.7))"),
    ("Call `dijkstra_path` from 'A' to 'D'.", True, "print(nx.dijkstra_path(graph, source='A', target='D'))"),
    ("The dispersion function between node 1 and node 5, please.", True, "print(nx.dispersion(graph, u=1, v=5))"),
    ("Links are [(1, 2), (2, 3)]; what is the transitivity score?", False, "graph = nx.Graph([(1, 2), (2, 3)])"),
    ("On a directed graph [(1, 2), (2, 3)], is_aperiodic says?", False, "graph = nx.DiGraph([(1, 2), (2, 3)])"),
    (
        "Take a barabasi_albert_graph with params (20, 3) and give its diameter score.",
        False,
        "graph = nx.barabasi_albert_graph(n=20, m=3, seed=42)",
    ),
    ("Use draw_planar on it.", True, "nx.draw_planar(graph, with_labels=True)"),
]


@pytest.mark.parametrize(("question", "has_graph", "line"), COMPLETE)
def test_what_is_said_whole_is_complete(
    documentation: Documentation, question: str, has_graph: bool, line: str
) -> None:
    made = drafted(documentation, question, has_graph=has_graph)
    assert made.missing == []
    assert made.complete
    assert line in made.code
    compile(made.code, "draft", "exec")


INCOMPLETE = [
    ("Compute the wiener_index.", False, "the graph"),
    ("Call `dijkstra_path` on it.", True, "source"),
    ("Two graphs, [(1, 2)] and [(1, 2), (2, 3)]: give the transitivity score.", False, "which of the 2 graphs"),
    ("Give the dispersion score between Ann and her sister.", True, "argument u"),
    ("A gnp_random_graph, please, and its diameter score.", False, "parameters"),
]


@pytest.mark.parametrize(("question", "has_graph", "lacking"), INCOMPLETE)
def test_what_is_left_open_is_missing(
    documentation: Documentation, question: str, has_graph: bool, lacking: str
) -> None:
    made = drafted(documentation, question, has_graph=has_graph)
    assert not made.complete
    assert lacking in "; ".join(made.missing)


def test_nothing_named_is_no_draft(documentation: Documentation) -> None:
    assert not drafted(documentation, "What is the meaning of this?").complete


def test_libraries_beyond_networkx() -> None:
    graph = ("g_original", 1, True)
    find = Symbol("cdlib.algorithms.paris", "function", "cdlib", parameters=(graph, ("t", 1, False)))
    rate = Symbol(
        "cdlib.evaluation.conductance", "function", "cdlib", parameters=(("graph", 1, True), ("community", 1, True))
    )
    both = Symbol(
        "cdlib.evaluation.f1",
        "function",
        "cdlib",
        parameters=(("first_partition", 1, True), ("second_partition", 1, True)),
    )
    made = draft("Use paris with t = 0.5, then its conductance.", [find, rate], has_graph=True)
    assert "coms1 = algorithms.paris(graph, t=0.5)" in made.code
    assert "print(evaluation.conductance(graph, coms1).score)" in made.code
    assert draft("Compare by f1.", [find, both], has_graph=True).missing
    sampler = Symbol("littleballoffur.Walker", "class", "littleballoffur", parameters=(("number_of_nodes", 1, False),))
    made = draft("Take a sample of 15 nodes with Walker.", [sampler], has_graph=True)
    assert "Walker(number_of_nodes=15).sample(graph)" in made.code
    assert made.missing == ["what is wanted of the sample"]
