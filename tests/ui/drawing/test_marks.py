"""From each type of answer to what stands out in the drawing."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest

from graphs.data import example_path
from graphs.files import read_graph
from graphs.graph import Graph
from tools import answers as a
from tools.run import run_tool
from tools.timed_answers import TimedEdges, TimedPath
from ui.drawing.marks import marks
from ui.drawing.shapes import KINDS, Marks
from ui.drawing.witness import shown_by

SQUARE = Graph.from_edges([("a", "b"), ("b", "c"), ("c", "d"), ("d", "a"), ("a", "c")])
PIPES = Graph.from_edges(
    [("s", "a", {"capacity": 3}), ("a", "t", {"capacity": 2}), ("s", "t", {"capacity": 1})], directed=True
)
PATH = {("a", "b"): "on", ("b", "c"): "on"}


@pytest.mark.parametrize(
    ("answer", "edges"),
    [
        (a.Path(["a", "b", "c"], 2), PATH),
        (TimedPath(["a", "b", "c"], 2, times=(1, 2)), PATH),
        (a.Paths([["a", "b"], ["b", "c"]], [1, 1]), PATH),
        (a.Cycle(["a", "b", "c"]), {**PATH, ("c", "a"): "on"}),
        (a.Sequences([["a", "b", "c"]]), {}),
        (a.Edges([("a", "b"), ("b", "c")]), PATH),
        (TimedEdges([("a", "b", 1), ("b", "c", 2)]), PATH),
        (a.Matching([("a", "b"), ("c", "d")]), {("a", "b"): "on", ("c", "d"): "on"}),
        (a.Truth(False, witness={"cycle": ["a", "b", "c"]}), {**PATH, ("c", "a"): "on"}),
        (a.Truth(True, witness={"path": ["a", "b", "c"]}), PATH),
        (a.Number(2, witness=["a", "b", "c"]), PATH),
        (a.Number(2, witness={"path": ["a", "b", "c"], "distances": {"a": 0}}), PATH),
        (a.Number(1, witness=[["a", "b", "c"]]), {**PATH, ("c", "a"): "on"}),
        (a.Category("x", witness={"edge": ["a", "b"]}), {("a", "b"): "on"}),
        (a.Record({"x": 1}, witness={"pairs": [["a", "b"], ["b", "c"]]}), PATH),
    ],
    ids=lambda value: type(value).__name__,
)
def test_edges_of_an_answer(answer: a.Answer, edges: dict[Any, str]) -> None:
    assert marks(answer, SQUARE).edges == edges


def test_the_ends_of_a_path_stand_out() -> None:
    made = marks(a.Path(["a", "b", "c"], 2), SQUARE)
    assert made.nodes == {"a": "end", "b": "on", "c": "end"}
    assert made.legend == (("on", "the path"), ("end", "its ends, a and c"))


def test_cuts_bridges_and_cycles_are_told_by_the_tool() -> None:
    assert marks(a.Edges([("a", "b")]), SQUARE, "bridges").edges == {("a", "b"): "cut"}
    assert marks(a.Nodes(["a"]), SQUARE, "minimum_node_cut").nodes == {"a": "cut"}
    assert ("c", "a") in marks(a.Sequences([["a", "b", "c"]]), SQUARE, "simple_cycles").edges
    assert len(marks(a.Nodes(["a", "b", "c"]), SQUARE, "maximum_clique").edges) == 3


def test_a_flow_shows_amounts_sides_and_the_cut() -> None:
    answer, _ = run_tool(PIPES, "maximum_flow", {"source": "s", "target": "t"})
    made = marks(answer, PIPES)
    assert made.edge_texts == {("s", "a"): "2", ("a", "t"): "2", ("s", "t"): "1"}
    assert {edge for edge, role in made.edges.items() if role == "cut"} == {("a", "t"), ("s", "t")}
    assert made.groups == {"s": 0, "a": 0, "t": 1}


def test_a_least_cost_flow_and_values_of_edges() -> None:
    costly = a.CostFlow(5, {("s", "t"): 1}, 1, {"s": 0, "a": 0, "t": 0})
    assert marks(costly, PIPES).edges == {("s", "t"): "flow"}
    assert marks(a.PairValues({("s", "a"): 0.25, ("a", "s"): 1}), PIPES, "edge_betweenness").edge_texts == {
        ("s", "a"): "0.25"
    }


def test_colours_and_the_clique_that_needs_them() -> None:
    answer, _ = run_tool(SQUARE, "graph_colouring", {})
    made = marks(answer, SQUARE)
    assert set(made.groups) == set("abcd")
    assert all(made.groups[u] != made.groups[v] for u, v in SQUARE.nx.edges())
    assert len(made.nodes) == 3
    assert [swatch for swatch, _ in made.legend] == ["group0", "group1", "group2", "on"]


def test_groups_beyond_the_colours_share_one() -> None:
    line = Graph(nx.path_graph(30))
    made = marks(a.Groups([[n] for n in range(30)]), line, "connected_components")
    assert max(made.groups.values()) == KINDS
    assert made.legend[-1][1] == "22 more components (22)"
    assert made.legend[0][1] == "component 1 (1)"


@pytest.mark.parametrize(
    ("values", "sizes", "texts"),
    [
        ({"a": 1, "b": 3, "c": 2}, {"a": 0, "b": 1, "c": 0.5}, {"a": "1", "b": "3", "c": "2"}),
        ({"a": 1, "b": float("inf")}, {"a": 0}, {"a": "1", "b": "inf"}),
        ({}, {}, {}),
    ],
)
def test_numbers_of_nodes_are_sizes(values: dict[str, float], sizes: dict[str, float], texts: dict[str, str]) -> None:
    made = marks(a.NodeValues(values), SQUARE, "degrees")
    assert (made.sizes, made.texts) == (sizes, texts)


def test_truths_and_classes_of_nodes_are_sets_and_colours() -> None:
    assert marks(a.NodeValues({"a": True, "b": False}), SQUARE).nodes == {"a": "on"}
    assert marks(a.NodeValues({"a": "red", "b": "blue", "c": "red"}), SQUARE).groups == {"a": 0, "b": 1, "c": 0}


def test_orders_maps_single_nodes_and_new_graphs() -> None:
    assert marks(a.Order(["b", "a"]), SQUARE).texts == {"b": "1.", "a": "2."}
    assert marks(a.NodeMap({"a": "b", "b": "a"}), SQUARE).texts == {"a": "b", "b": "a"}
    assert marks(a.NodeAnswer("c"), SQUARE).nodes == {"c": "on"}
    more = Graph.from_edges([*SQUARE.nx.edges(), ("b", "d")])
    assert marks(a.GraphAnswer(more), SQUARE).edges == {("b", "d"): "on"}


@pytest.mark.parametrize(
    "answer",
    [
        a.Number(3),
        a.Truth(True),
        a.NodeAnswer(None),
        a.Path([], 0),
        a.Cycle([]),
        a.Nodes([]),
        a.Groups([]),
        a.NodeMap(None),
        a.Numbers([1, 2]),
        a.Truth(False, witness={"odd": ["not here"]}),
        a.Number(1, witness=...),
        a.Number(1, witness={"rotation": {"a": ["b"]}}),
    ],
    ids=repr,
)
def test_what_cannot_be_drawn_marks_nothing(answer: a.Answer) -> None:
    assert not marks(answer, SQUARE)


def test_marks_stay_inside_the_graph() -> None:
    made = marks(a.Nodes(["a", "elsewhere"]), SQUARE)
    assert made.nodes == {"a": "on"}


@pytest.mark.parametrize(
    ("witness", "expected"),
    [
        ({"sides": [["a", "c"], ["b", "d"]]}, {"a": 0, "c": 0, "b": 1, "d": 1}),
        ({"colouring": {"a": 5, "b": 7}}, {"a": 0, "b": 1}),
    ],
)
def test_a_witness_with_groups(witness: dict[str, Any], expected: dict[str, int]) -> None:
    assert shown_by(witness, SQUARE).groups == expected


def test_every_answer_of_the_examples_is_drawn_or_left_alone() -> None:
    """Whatever a tool says about a shipped graph, the marks are on nodes and edges of it."""
    asked = (
        ("friends", "shortest_path", {"source": "Ann", "target": "Iris"}), ("roads", "minimum_spanning_tree", {}),
        ("friends", "articulation_points", {}), ("friends", "pagerank", {}), ("karate", "louvain_communities", {}),
        ("build", "topological_sort", {}), ("jobs", "maximum_matching", {}), ("friends", "core_numbers", {}),
        ("friends", "triangle_count", {}), ("bridges", "degrees", {}), ("friends", "diameter", {}),
    )  # fmt: skip
    for name, tool, arguments in asked:
        graph = read_graph(example_path(name))
        answer, _ = run_tool(graph, tool, arguments)
        made = marks(answer, graph, tool)
        assert made, tool
        assert made.touched() <= set(graph)
        assert made.says
        assert made.legend


def test_no_marks_are_false() -> None:
    assert not Marks()
    assert Marks().touched() == set()
