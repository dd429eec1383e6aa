"""What the page's script gets to draw: all of a small graph, and a faithful part of a large one."""

from __future__ import annotations

import json

import networkx as nx
import pytest

from graphs.graph import Graph
from tools import answers as a
from ui.drawing.marks import marks
from ui.drawing.overview import LOUVAIN, near
from ui.drawing.placing import numbered, positions
from ui.drawing.scene import MOST_NEAR, MOST_NODES, borrow_places, find, scene
from ui.drawing.shapes import Marks, line, node_set

LINE = Graph.from_edges([("a", "b", 2.5), ("b", "c", 1)])
LARGE = Graph(nx.barabasi_albert_graph(2_000, 2, seed=3))


def test_a_small_graph_is_drawn_whole() -> None:
    made = scene(LINE, marks(a.Path(["a", "b"], 1), LINE))
    assert [node[0] for node in made["nodes"]] == ["a", "b", "c"]
    assert [edge[:4] for edge in made["edges"]] == [[0, 1, "on", "2.5"], [1, 2, "", "1"]]
    assert made["nodes"][0][3] == "end"
    assert made["view"] == "all"
    assert made["says"] == "Drawn: the path a, b."
    json.dumps(made, allow_nan=False)


def test_an_edge_is_marked_whichever_end_is_named_first() -> None:
    assert scene(LINE, Marks(edges={("b", "a"): "on"}))["edges"][0][2] == "on"
    arrows = Graph.from_edges([("a", "b"), ("b", "a")], directed=True)
    roles = [edge[2] for edge in scene(arrows, Marks(edges={("b", "a"): "on"}))["edges"]]
    assert roles == ["", "on"]


def test_details_of_parallel_edges_loops_and_origins() -> None:
    seven = Graph.from_edges([("x", "y", {"bridge": "Green"}), ("x", "y", {"bridge": "Honey"}), ("x", "x")], multi=True)
    made = scene(seven)
    assert [edge[4][1:] for edge in made["edges"]] == [["bridge: Green"], ["bridge: Honey"], []]
    assert made["edges"][2][:2] == [0, 0]


@pytest.mark.parametrize("graph", [None, Graph()])
def test_nothing_is_drawn_of_nothing(graph: Graph | None) -> None:
    made = scene(graph)
    assert made["nodes"] == []
    assert made["empty"] == (graph is not None)


def test_labels_lose_what_turns_or_hides_text_and_are_cut() -> None:
    graph = Graph.from_edges([("left\u202eright", "x" * 500), ("\x00", "z")])
    labels = [node[0] for node in scene(graph)["nodes"]]
    assert labels[0] == "left\ufffdright"
    assert len(labels[1]) == 80
    assert labels[2] == "\ufffd"


def test_a_large_graph_is_an_overview_that_says_so_and_leaves_nothing_unsaid() -> None:
    made = scene(LARGE)
    assert made["view"] == "overview"
    assert "2,000 nodes, 3,996 edges" in made["note"]
    assert "Louvain communities" in made["note"]
    sizes = [int(node[6].replace(",", "")) for node in made["nodes"]]
    assert sum(sizes) == 2_000
    inside = sum(int(node[7][0].split(", ")[1].split()[0].replace(",", "")) for node in made["nodes"])
    between = sum(int(edge[4][0].split()[0].replace(",", "")) for edge in made["edges"])
    assert inside + between == LARGE.num_edges


def test_smaller_communities_that_are_left_out_are_counted() -> None:
    lonely = Graph.from_edges([(0, n) for n in range(1, 1_500)], nodes=range(5_000))
    made = scene(lonely)
    assert "3,500 nodes in smaller ones are left out" in made["note"]


def test_what_is_asked_about_is_drawn_with_its_surroundings() -> None:
    path = nx.shortest_path(LARGE.nx, 1_999, 1_500)
    made = scene(LARGE, line(path))
    assert made["view"] == "near"
    labels = {node[0] for node in made["nodes"]}
    assert set(map(str, path)) <= labels
    assert len(labels) <= MOST_NEAR
    assert sum(edge[2] == "on" for edge in made["edges"]) == len(path) - 1
    assert "part around" in made["note"]
    assert scene(LARGE, line(path), view="overview")["view"] == "overview"
    hit = [node for node in scene(LARGE, line(path), view="overview")["nodes"] if node[3] == "on"]
    assert sum(int(node[7][1].split()[0]) for node in hit) == len(path)


def test_an_answer_with_very_many_nodes_is_counted_in_the_overview() -> None:
    made = scene(LARGE, node_set(range(1_000)))
    assert made["view"] == "overview"
    assert sum(int(n[7][1].split()[0].replace(",", "")) for n in made["nodes"] if n[3]) == 1_000


def test_the_focus_wins_over_the_marks() -> None:
    made = scene(LARGE, line([0, 1]), focus=[7, "unknown"])
    assert "part around 7:" in made["note"]


def test_neighbours_that_do_not_fit_are_counted() -> None:
    star = Graph(nx.star_graph(3_000))
    inside, left = near(star, [0], 200)
    assert len(inside) == 200
    assert left == 3_000 - 199
    assert f"{left + 200 - MOST_NEAR:,} more neighbours are left out" in scene(star, focus=[0])["note"]


def test_directed_surroundings_go_both_ways() -> None:
    graph = Graph.from_edges([("a", "b"), ("c", "a")], directed=True)
    assert set(near(graph, ["a"], 10)[0]) == {"a", "b", "c"}


def test_a_very_large_graph_goes_to_hubs() -> None:
    graph = Graph(nx.gnm_random_graph(20_000, LOUVAIN + 10_000, seed=1))
    made = scene(graph)
    assert "best-connected nodes" in made["note"]
    assert len(json.dumps(made)) < 1_000_000


def test_a_thousand_nodes_find_their_places_and_always_the_same() -> None:
    body, _ = numbered(nx.gnm_random_graph(MOST_NODES, 3 * MOST_NODES, seed=1))
    first = positions(body)
    assert len(set(first.values())) == MOST_NODES
    assert positions(body) == first


@pytest.mark.parametrize(
    "graph", [nx.empty_graph(3), nx.path_graph(2), nx.complete_graph(5), nx.cycle_graph(200)], ids=str
)
def test_positions_of_odd_graphs_are_finite_and_apart(graph: nx.Graph) -> None:
    at = positions(graph)
    assert len(set(at.values())) == len(graph)
    assert all(abs(x) < 1e6 and abs(y) < 1e6 for x, y in at.values())


def test_a_graph_without_a_node_stands_where_the_whole_stood() -> None:
    whole = Graph(nx.cycle_graph(8))
    less = Graph(whole.nx.subgraph(range(7)).copy())
    borrow_places(less, whole)
    before = {node[0]: node[1:3] for node in scene(whole)["nodes"]}
    assert all(node[1:3] == before[node[0]] for node in scene(less)["nodes"])


def test_nodes_are_found_by_label_or_part_of_it() -> None:
    graph = Graph.from_edges([("Hamburg", "Homburg"), ("Ham", "x")])
    assert find(graph, "ham") == ["Ham"]
    assert find(graph, "burg") == ["Hamburg", "Homburg"]
    assert find(graph, "  ") == []
    assert find(graph, "nowhere") == []
