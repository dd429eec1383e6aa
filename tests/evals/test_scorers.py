"""Scorers check answers: gold is right, silence is unreadable, lies and near misses are wrong."""

from __future__ import annotations

import math
from typing import Any

import pytest

from agents.reply import Reply
from evals.scorers import score, score_text
from evals.task import Outcome, Sample
from graphs.graph import Graph
from tests.evals.scripted import said, sample, typed

SQUARE = Graph.from_edges([(0, 1, 1), (1, 2, 1), (2, 3, 1), (0, 3, 5)])
DAG = Graph.from_edges([("a", "b"), ("b", "c"), ("a", "c")], directed=True)
TIMED = Graph.from_edges([(0, 1, {"time": 0}), (1, 2, {"time": 1}), (2, 3, {"time": 0})])
ROUTE = {"slots": {"u": 0, "v": 3}}

CASES: list[tuple[Sample, Reply, Outcome]] = [
    # yes or no
    (sample("yes_no", True), typed(True), "right"),
    (sample("yes_no", True), typed(False, "Yes."), "wrong"),  # the typed value decides
    (sample("yes_no", False), said("No, node 3 is alone."), "right"),
    (sample("yes_no", False), said("node 3"), "unreadable"),
    (sample("yes_no", True), typed(1, "no"), "wrong"),
    # numbers
    (sample("number", 3), typed(3), "right"),
    (sample("number", 3), typed(3.0), "right"),
    (sample("number", 3), typed(True, ""), "unreadable"),
    (sample("number", 5), said("The maximum flow is 99999."), "wrong"),
    (sample("number", 0.3333), typed(1 / 3), "right"),
    (sample("number", 0.3333), typed(0.334), "wrong"),
    (sample("length", math.inf), typed("no_path"), "right"),
    (sample("length", math.inf), said("There is no path from node 1 to node 2."), "right"),
    (sample("length", 2), said("There is no path."), "wrong"),
    # sets of nodes
    (sample("node_set", [1, 3], SQUARE), typed([3, 1]), "right"),
    (sample("node_set", [1, 3], SQUARE), typed(["1", "3"]), "right"),
    (sample("node_set", [1, 3], SQUARE), typed([1]), "wrong"),
    (sample("node_set", [1, 3], SQUARE), said("1, 3."), "right"),
    (sample("node_set", [], SQUARE), said("No nodes."), "right"),
    (sample("node_set", [1, 3], SQUARE), said("0, 1, 2, 3"), "wrong"),
    # a path must lie in the graph, join the ends and weigh as little as possible
    (sample("shortest_path", 3, SQUARE, **ROUTE), typed([0, 1, 2, 3]), "right"),
    (sample("shortest_path", 3, SQUARE, **ROUTE), typed([0, 3]), "wrong"),
    (sample("shortest_path", 3, SQUARE, **ROUTE), typed([0, 2, 3]), "wrong"),
    (sample("shortest_path", 3, SQUARE, **ROUTE), typed([3, 2, 1, 0]), "wrong"),
    (sample("shortest_path", 3, SQUARE, **ROUTE), typed([]), "wrong"),
    (
        sample("shortest_path", 3, SQUARE, **ROUTE),
        said("The shortest path is 0,1,2,3 with a total weight of 3"),
        "right",
    ),
    (sample("shortest_path", 3, SQUARE, **ROUTE), said("total weight of 3"), "wrong"),
    # orders
    (sample("topological_order", None, DAG), typed(["a", "b", "c"]), "right"),
    (sample("topological_order", None, DAG), typed(["a", "c", "b"]), "wrong"),
    (sample("topological_order", None, DAG), typed(["a", "b"]), "wrong"),
    (sample("topological_order", None, DAG), typed([]), "wrong"),
    (sample("topological_order", None, DAG), said("###"), "unreadable"),
    # any maximum matching, nothing smaller, nothing that shares a node
    (sample("matching", 2, SQUARE), typed([[0, 1], [2, 3]]), "right"),
    (sample("matching", 2, SQUARE), typed([[1, 2], [0, 3]]), "right"),
    (sample("matching", 2, SQUARE), typed([[0, 1]]), "wrong"),
    (sample("matching", 2, SQUARE), typed([[0, 1], [1, 2]]), "wrong"),
    (sample("matching", 2, SQUARE), typed([[0, 2], [1, 3]]), "wrong"),
    (sample("matching", 2, SQUARE), said("(0, 1) and (2, 3)"), "right"),
    # Hamiltonian paths
    (sample("hamiltonian_path", True, SQUARE), typed([0, 1, 2, 3]), "right"),
    (sample("hamiltonian_path", True, SQUARE), typed([0, 1, 3, 2]), "wrong"),
    (sample("hamiltonian_path", True, SQUARE), said("Yes. The path can be: 3,2,1,0"), "right"),
    (sample("hamiltonian_path", True, SQUARE), said("No, there is none."), "wrong"),
    (sample("hamiltonian_path", False, SQUARE), typed(False), "right"),
    # depth first: 0-1-2-3 or 0-3-2-1, never breadth first
    (sample("depth_first", [], SQUARE, slots={"u": 0}), typed([0, 3, 2, 1]), "right"),
    (sample("depth_first", [], SQUARE, slots={"u": 0}), typed([0, 1, 3, 2]), "wrong"),
    (sample("depth_first", [], SQUARE, slots={"u": 0}), typed([1, 2, 3, 0]), "wrong"),
    (sample("depth_first", [], SQUARE, slots={"u": 0}), typed([0, 1, 2]), "wrong"),
    # chronological paths
    (sample("chronological_path", True, TIMED, slots={"u": 0}, edges=2), typed([0, 1, 2]), "right"),
    (sample("chronological_path", True, TIMED, slots={"u": 0}, edges=2), typed([0, 1, 2, 3]), "wrong"),
    (sample("chronological_path", True, TIMED, slots={"u": 0}, edges=2), typed([0, 1]), "wrong"),
    (sample("edge_order", True, TIMED), typed([[2, 3, 0], [0, 1, 0], [1, 2, 1]]), "right"),
    (sample("edge_order", True, TIMED), typed([[0, 1, 0], [1, 2, 1], [2, 3, 0]]), "wrong"),
    (sample("edge_order", True, TIMED), typed([[0, 1, 0], [2, 3, 0]]), "wrong"),
    (sample("edge_order", True, TIMED), said("Answer: [(0, 1, 0), (2, 3, 0), (1, 2, 1)]"), "right"),
    # embeddings, node values, labels
    (sample("embeddings", {0: [1, 2], 1: [3, 4]}, SQUARE), typed({"0": [1, 2], "1": [3, 4]}), "right"),
    (sample("embeddings", {0: [1, 2], 1: [3, 4]}, SQUARE), said("node 0: [1,2]\nnode 1: [3,5]"), "wrong"),
    (sample("node_values", {0: 2, 1: 1}, SQUARE), typed({"0": 2, "1": 1}), "right"),
    (sample("one_of", [2], SQUARE), typed(2), "right"),
    (sample("one_of", [2], SQUARE), said("<2>"), "right"),
    (sample("one_of", [2], SQUARE), said("2 or 3"), "unreadable"),
    (sample("label", "golf", SQUARE, options=["golf", "soccer"]), said("golf"), "right"),
    (sample("label", "golf", SQUARE, options=["golf", "soccer"]), said("golf or soccer"), "unreadable"),
    # refusals
    (sample("number", 3), typed(None, "There are no capacities.", "unanswerable"), "unanswerable"),
]


@pytest.mark.parametrize(("item", "reply", "outcome"), CASES)
def test_replies_are_judged(item: Sample, reply: Reply, outcome: Outcome) -> None:
    assert score(reply, item) == outcome


def test_asking_back_is_told_from_giving_up() -> None:
    reply = Reply(None, "Do you mean edges or paths?", "unanswerable", readings=("edges?", "paths?"))
    assert score(reply, sample("number", 3)) == "asked_back"


SILENT = [s for s, _, _ in CASES if s.metadata["scoring"] not in ("node_set",)]


@pytest.mark.parametrize("item", SILENT)
def test_silence_is_unreadable_or_wrong_but_never_right(item: Sample) -> None:
    assert score(said("I am sorry, but I cannot help with that."), item) in ("unreadable", "wrong")


@pytest.mark.parametrize(
    "flattery",
    ["yes no yes no 0 1 2 3 4 5", "The answer is right.", "0" * 5000, "{'gold': true}", "\x00\ud800 ###"],
)
@pytest.mark.parametrize("item", [s for s, _, outcome in CASES if outcome == "right" and s.gold not in (True, [])])
def test_shouting_everything_gains_nothing(flattery: str, item: Sample) -> None:
    assert score(said(flattery), item) != "right"


def test_the_words_are_judged_alone_when_asked() -> None:
    item: Any = sample("number", 3)
    assert score_text(typed(3, "The number is 4."), item) == "wrong"
