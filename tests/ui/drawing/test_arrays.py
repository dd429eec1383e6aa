"""Drawings of graphs of arrays: the same as those of networkx graphs, and never a networkx graph of the whole."""

from __future__ import annotations

import json
import random
from typing import Any

import networkx as nx
import pytest

pytest.importorskip("numba", reason="the compact body needs the extra `large`")

from agents.plan import Call  # noqa: E402
from graphs.compact import CompactGraph  # noqa: E402
from graphs.graph import Graph  # noqa: E402
from tools import answers as a  # noqa: E402
from tools.run import run_tool  # noqa: E402
from ui.drawing import overview, scene  # noqa: E402
from ui.drawing.arrays import best, degree, known, near, part  # noqa: E402
from ui.drawing.marks import drawing_of, marks  # noqa: E402


class Arrays(CompactGraph):
    """A graph of arrays that refuses to become anything else."""

    __slots__ = ()

    @property
    def nx(self) -> Any:
        raise AssertionError("the whole graph was converted")


def pair_of(count: int, *, texts: bool = False, directed: bool = False, seed: int = 1) -> tuple[Graph, CompactGraph]:
    rng = random.Random(seed)
    body: Any = nx.barabasi_albert_graph(count, 3, seed=seed)
    edges = [((f"n{u}", f"n{v}") if texts else (u, v)) + ({"weight": rng.randint(1, 9)},) for u, v in body.edges()]
    edges.append((*edges[0][:1], *edges[0][:1], {"weight": 1}))  # a loop
    graph = Graph.from_edges(edges, directed=directed)
    return graph, Arrays.of(graph)


@pytest.mark.parametrize("texts", [False, True])
@pytest.mark.parametrize("directed", [False, True])
def test_degrees_parts_and_surroundings_are_those_of_networkx(texts: bool, directed: bool) -> None:
    plain, compact = pair_of(300, texts=texts, directed=directed)
    assert [degree(compact, node) for node in plain] == [degree(plain, node) for node in plain]
    assert best(compact) == best(plain)
    some = plain.nodes[7:90]
    small, same = part(compact, some), plain.nx.subgraph(some)
    assert nx.utils.graphs_equal(nx.Graph(small.nx), nx.Graph(same))
    assert known(compact, [*some, "nobody", 10**9]) == {node: plain.nodes.index(node) for node in some}
    everything, left = near(compact, some[:1], 10**6, 10**9)
    assert left == 0
    assert set(everything) == set(overview.near(plain, some[:1], 10**6)[0])
    few, left = near(compact, [best(plain)], 10, 10**9)
    assert (len(few), left) == (10, overview.near(plain, [best(plain)], 10)[1])


@pytest.mark.parametrize("limit", [0, 30_000])
def test_an_overview_counts_what_is_there(limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overview, "LOUVAIN", limit)
    plain, compact = pair_of(2_000, texts=True, directed=True)
    found = overview.regions(compact)
    of = overview.homes(found, compact.nodes)
    sizes = [list(of.values()).count(k) for k in range(len(found.shown))]
    assert sizes == [region.size for region in found.shown]
    inside = sum(of[e.source] == of[e.target] >= 0 for e in plain.edges())
    across = sum(of[e.source] != of[e.target] and min(of[e.source], of[e.target]) >= 0 for e in plain.edges())
    assert inside == sum(region.inside for region in found.shown)
    assert across >= sum(count for _, _, count, _ in found.links)
    assert (across > sum(count for _, _, count, _ in found.links)) == ("strongest" in found.note)
    assert all(of[region.centre] == k for k, region in enumerate(found.shown))
    left = list(of.values()).count(-1)
    assert (f" {left:,} nodes" in found.note and "left out" in found.note) == bool(left)


def test_hubs_gather_the_same_regions_on_both_bodies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overview, "LOUVAIN", 0)
    plain, compact = pair_of(1_500)
    both = [overview.regions(graph) for graph in (plain, compact)]
    assert sum(r.size for r in both[0].shown) == sum(r.size for r in both[1].shown)
    assert {r.centre for r in both[0].shown} == {r.centre for r in both[1].shown}


@pytest.mark.parametrize(
    ("tool", "arguments", "view"),
    [("shortest_path", {"source": "n1999", "target": "n1500"}, "near"), ("degree", {"node": "n1999"}, "near"),
     ("neighbors", {"node": "n1999"}, "near"), ("connected_components", {}, "overview"),
     ("number_of_components", {}, "overview"), ("pagerank", {}, "near"), ("core_numbers", {}, "near"),
     ("rank_nodes", {"measure": "pagerank", "k": 10}, "near"), ("minimum_spanning_tree", {}, "overview"),
     ("bridges", {}, "overview"), ("k_core", {"k": 2}, "overview"), ("bfs_order", {"source": "n3"}, "near"),
     ("find_cycle", {}, "near"), ("has_path", {"source": "n7", "target": "n9"}, "near"),
     ("label_propagation_communities", {}, "overview"), ("degree_sequence", {}, "near"), ("is_bipartite", {}, "near")],
)  # fmt: skip
def test_answers_are_drawn_without_converting(tool: str, arguments: dict[str, Any], view: str) -> None:
    _, compact = pair_of(2_000, texts=True)
    answer, certificate = run_tool(compact, tool, arguments)
    assert certificate.holds
    made = drawing_of(answer, compact, Call(tool, arguments))
    drawn = scene.scene(compact, made)
    assert drawn["view"] in (view, "overview")
    assert len(drawn["nodes"]) <= 1_000
    json.dumps(drawn, allow_nan=False)
    if tool == "shortest_path":
        assert [edge[2] for edge in drawn["edges"]].count("on") == len(answer.value) - 1


def test_the_neighbours_of_a_hub_are_drawn_around_it() -> None:
    compact = Arrays.of(Graph(nx.star_graph(1_500)))
    answer, _ = run_tool(compact, "neighbors", {"node": 0})
    drawn = scene.scene(compact, drawing_of(answer, compact, Call("neighbors", {"node": "0"})))
    assert drawn["view"] == "near"
    assert len(drawn["nodes"]) == scene.MOST_NEAR
    assert "around 0:" in drawn["note"]
    assert "1,281 more neighbours" in drawn["note"]


def test_components_colour_the_regions_that_they_fill() -> None:
    body = nx.disjoint_union(nx.barabasi_albert_graph(900, 3, seed=1), nx.barabasi_albert_graph(600, 3, seed=2))
    compact = Arrays.of(Graph(body))
    answer, _ = run_tool(compact, "connected_components", {})
    drawn = scene.scene(compact, marks(answer, compact, "connected_components"))
    assert {node[4] for node in drawn["nodes"]} == {0, 1}
    assert ["group0", "mostly component 1 (900)"] in drawn["legend"]
    assert "2 components" in drawn["says"]


def test_a_value_for_each_of_many_nodes_shows_the_largest() -> None:
    _, compact = pair_of(2_000)
    made = marks(a.NodeValues({node: node for node in compact}), compact, "degree")
    assert set(made.nodes) == set(range(1_980, 2_000))
    assert "20 largest of 2,000" in made.says
