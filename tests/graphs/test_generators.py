"""Named graphs against published figures, names in texts, GraphQA's draws, random models against their definitions."""

from __future__ import annotations

import json
import re
from pathlib import Path

import networkx as nx
import pytest

from graphs import Graph
from graphs.errors import BadArgument, TooLarge
from graphs.generators import random as models
from graphs.generators.graphqa import graphqa_block_graphs, graphqa_graphs
from graphs.generators.named import NAMES, find_named_graph, find_named_graphs, named_graph
from graphs.generators.sized import FAMILIES

TOOLFORMER = Path(__file__).parents[3] / "shared/data/toolformer"

# name: nodes, edges, girth, diameter, as listed in the literature
PUBLISHED = {
    "petersen": (10, 15, 5, 2), "heawood": (14, 21, 6, 3), "pappus": (18, 27, 6, 4), "desargues": (20, 30, 6, 5),
    "moebius kantor": (16, 24, 6, 4), "duerer": (12, 18, 3, 4), "nauru": (24, 36, 6, 4), "franklin": (12, 18, 4, 3),
    "mcgee": (24, 36, 7, 4), "tutte coxeter": (30, 45, 8, 4), "dyck": (32, 48, 6, 5), "gray": (54, 81, 8, 6),
    "foster": (90, 135, 10, 8), "folkman": (20, 40, 4, 4), "wagner": (8, 12, 4, 2), "groetzsch": (11, 20, 4, 2),
    "clebsch": (16, 40, 4, 2), "shrikhande": (16, 48, 3, 2), "hoffman singleton": (50, 175, 5, 2),
    "chvatal": (12, 24, 4, 2), "frucht": (12, 18, 3, 4), "tutte": (46, 69, 4, 8), "dodecahedral": (20, 30, 5, 5),
    "icosahedral": (12, 30, 3, 3), "utility": (6, 9, 4, 2), "karate club": (34, 78, 3, 5),
}  # fmt: skip


@pytest.mark.parametrize("name", PUBLISHED)
def test_named_graphs_have_their_published_figures(name: str) -> None:
    body = named_graph(name).nx
    figures = (body.number_of_nodes(), body.number_of_edges(), nx.girth(body), nx.diameter(body))
    assert figures == PUBLISHED[name]


def test_the_seven_bridges() -> None:
    graph = named_graph("bridges of Königsberg")
    assert (graph.num_nodes, graph.num_edges, graph.multi) == (4, 7, True)
    assert sorted(dict(graph.nx.degree).values()) == [3, 3, 3, 5]
    assert not nx.has_eulerian_path(graph.nx)


def test_every_name_is_found_by_itself_and_in_a_text() -> None:
    for name in NAMES:
        if name in FAMILIES and FAMILIES[name].default is None:
            continue
        graph = named_graph(name)
        noun = name if name.endswith("tree") else f"{name} graph"
        text = f"What is the diameter of the {noun.upper().replace(' ', '_')}?"
        found = find_named_graph(text)
        assert found is not None, name
        assert found[0].fingerprint() == graph.fingerprint()
        assert text[found[1] : found[2]] == noun.upper().replace(" ", "_")


@pytest.mark.parametrize(
    ("text", "nodes", "edges", "span"),
    [
        ("Is K5 planar?", 5, 10, "K5"),
        ("Is K3,3 planar?", 6, 9, "K3,3"),
        ("colour K_{2,3,4} please", 9, 26, "K_{2,3,4}"),
        ("the complete graph K5", 5, 10, "complete graph K5"),
        ("a complete graph on 5 nodes", 5, 10, "complete graph on 5 nodes"),
        ("complete graph with five vertices", 5, 10, "complete graph with five vertices"),
        ("the complete bipartite graph with parts of sizes 3 and 4", 7, 12, None),
        ("Cycle graph with 8 nodes", 8, 8, "Cycle graph with 8 nodes"),
        ("an 8-node cycle graph", 8, 8, "8-node cycle graph"),
        ("C_8 is even", 8, 8, "C_8"),
        ("a path graph of length 5", 6, 5, "path graph of length 5"),
        ("a star graph with 5 leaves", 6, 5, None),
        ("a star graph on 5 vertices", 5, 4, None),
        ("the 5x4 grid graph", 20, 31, "5x4 grid graph"),
        ("a 5 by 4 grid", 20, 31, "5 by 4 grid"),
        ("the grid graph (3, 3)", 9, 12, None),
        ("a hypercube of dimension 4", 16, 32, "hypercube of dimension 4"),
        ("the 4-dimensional hypercube", 16, 32, "4-dimensional hypercube"),
        ("wheel graph with 6 nodes", 6, 10, None),
        ("a ladder graph with 4 rungs", 8, 10, None),
        ("Turán graph T(15,3)", 15, 75, None),
        ("barbell graph (5, 3)", 13, 24, None),
        ("a perfect binary tree of height 3", 15, 14, None),
        ("balanced tree with branching factor 3 and height 2", 13, 12, None),
        ("circulant graph with 8 nodes and offsets 1, 3", 8, 16, None),
        ("generalized Petersen graph GP(7,2)", 14, 21, None),
        ("Kneser graph K(5,2)", 10, 15, None),
        ("Paley graph of order 13", 13, 39, None),
        ("3x3 torus", 9, 18, None),
        ("Zachary's Karate Club", 34, 78, "Zachary's Karate Club"),
        ("the Möbius-Kantor graph", 16, 24, "Möbius-Kantor graph"),
    ],
)
def test_sizes_are_read_from_the_text(text: str, nodes: int, edges: int, span: str | None) -> None:
    found = find_named_graph(text)
    assert found is not None
    assert (found[0].num_nodes, found[0].num_edges) == (nodes, edges)
    assert span is None or text[found[1] : found[2]] == span
    assert not any("no size" in note for note in found[0].assumptions)


@pytest.mark.parametrize(
    "text",
    [
        "the path graph problem", "Is this graph a star graph?", "In the complete graph below, edges are",
        "find the shortest path graph", "Please complete the graph.", "path from K5 to K7",
        "Bull and Petersen are friends",
        "the house is a star", "G describes a friendship graph among nodes James, and Bob.", "What is a cycle graph?",
        "every complete graph is regular", "Is the following wheel graph planar", "node K5 and node C4", "a grid",
        "a star graph with center A and leaves B, C", "the graph has a cycle of length 5", "house price graph",
        "star graphs are trees", "", "ladder",
    ],
)  # fmt: skip
def test_common_words_are_no_graphs(text: str) -> None:
    assert find_named_graph(text) is None


def test_a_missing_size_is_an_assumption() -> None:
    found = find_named_graph("What is the radius of the star graph?")
    assert found is not None
    assert found[0].assumptions == ("took the star graph on 8 nodes: the text gives no size",)
    ladder = find_named_graph("the ladder graph")
    assert ladder is not None
    assert nx.is_isomorphic(ladder[0].nx, nx.ladder_graph(5))
    other = find_named_graph("the ladder graph", collection="toolformer")
    assert other is not None
    assert nx.is_tree(other[0].nx)


def test_several_names_and_the_longest() -> None:
    text = "Is the Petersen graph or the truncated cube graph larger?"
    assert [graph.num_nodes for graph, *_ in find_named_graphs(text)] == [10, 24]
    assert find_named_graph(text)[0].num_nodes == 24  # type: ignore[index]


def test_wrong_names_and_sizes() -> None:
    with pytest.raises(BadArgument, match="did you mean petersen"):
        named_graph("peterson")
    with pytest.raises(BadArgument, match="3 nodes or more"):
        named_graph("cycle graph with 2 nodes")
    with pytest.raises(TooLarge):
        named_graph("complete graph with 100000 nodes")
    with pytest.raises(TooLarge):
        named_graph("balanced tree with branching factor 9 and height 999999")
    with pytest.raises(BadArgument, match="no collection"):
        named_graph("petersen", collection="nothing")


def test_long_text_takes_linear_time() -> None:
    assert find_named_graph("a" * 200_000) is None
    assert find_named_graph("the complete cycle 5 x grid 7 nodes (3, " * 3000) is None


@pytest.mark.skipif(not TOOLFORMER.exists(), reason="the Graph-ToolFormer data is not on this machine")
def test_the_37_graphs_of_toolformer() -> None:
    stored = json.loads((TOOLFORMER / "gpr_graphs.json").read_text())
    assert len(stored) == 37
    for name, data in stored.items():
        body = named_graph(name, collection="toolformer").nx
        assert set(body) == set(data["nodes"]), name
        assert {frozenset(edge) for edge in body.edges} == {frozenset(edge) for edge in data["edges"]}, name
    for path in (TOOLFORMER / "graph_properties").iterdir():
        for line in path.read_text().splitlines():
            said, _, rest = line.partition(" Output: ")
            wanted = re.search(r'"gpr", \{"(\w+)"\}', rest)
            found = find_named_graph(said, collection="toolformer")
            assert found is not None, said
            assert wanted is not None
            assert found[0].name == named_graph(wanted[1], collection="toolformer").name, said


# -- GraphQA: figures of the official generator


@pytest.mark.parametrize(
    ("algorithm", "cyclic", "connected", "loops"),
    [("er", 0.832, 0.736, 0), ("ba", 0.780, 1, 0), ("sbm", 0.958, 0.844, 0), ("sfn", 1, 0.950, 393),
     ("complete", 1, 1, 0), ("star", 0, 1, 0), ("path", 0, 1, 0)],
)  # fmt: skip
def test_the_official_test_graphs(algorithm: str, cyclic: float, connected: float, loops: int) -> None:
    bodies = [graph.nx for graph in graphqa_graphs(algorithm, 500, 1234)]
    assert sum(body.number_of_edges() > 0 and not nx.is_forest(body) for body in bodies) / 500 == cyclic
    assert sum(map(nx.is_connected, bodies)) / 500 == connected
    assert sum(nx.number_of_selfloops(body) > 0 for body in bodies) == loops
    assert all(5 <= len(body) <= 19 and set(body) == set(range(len(body))) for body in bodies)


def test_the_official_training_graphs() -> None:
    graphs = graphqa_graphs("er", 1000, 9876)
    assert sum(graph.num_edges for graph in graphs) == 37_010
    assert round(sum(2 * graph.num_edges / graph.num_nodes for graph in graphs) / 1000, 3) == 5.433


def test_block_graphs_and_directed_ones() -> None:
    graphs = graphqa_block_graphs(50, 1234)
    assert {graph.num_nodes for graph in graphs} <= set(range(4, 19, 2))
    for graph in graphs:
        blocks = [graph.nx.nodes[node]["block"] for node in graph]
        assert blocks == [0] * (len(blocks) // 2) + [1] * (len(blocks) // 2)
    for algorithm in ("er", "ba", "sbm", "sfn", "complete", "star", "path"):
        assert all(graph.directed for graph in graphqa_graphs(algorithm, 3, 1, directed=True))
    with pytest.raises(BadArgument, match="er, ba, sbm"):
        graphqa_graphs("nonsense", 1, 1)
    with pytest.raises(BadArgument):
        graphqa_graphs("er", -1, 1)


# -- random models against their definitions


def made() -> dict[str, Graph]:
    return {
        "er": models.erdos_renyi(40, 0.2, 7),
        "gnm": models.random_edges(30, 50, 7),
        "ba": models.barabasi_albert(40, 3, 7),
        "plc": models.powerlaw_cluster(40, 3, 0.5, 7),
        "ws": models.watts_strogatz(40, 4, 0.1, 7),
        "regular": models.random_regular(20, 3, 7),
        "tree": models.random_tree(30, 7),
        "bipartite": models.random_bipartite(8, 9, 0.4, 7),
        "sbm": models.stochastic_block_model([5, 6], [[0.9, 0.1], [0.1, 0.9]], 7),
        "caveman": models.caveman(4, 5, 0.1, 7),
        "geometric": models.random_geometric(30, 0.3, 7),
        "dag": models.random_dag(30, 0.2, 7),
        "configuration": models.configuration_model([3, 3, 2, 2, 1, 1], 7),
        "lfr": models.lfr(250, 10),
    }


def test_models_keep_their_promises() -> None:
    graphs = made()
    assert graphs["gnm"].num_edges == 50
    assert graphs["ba"].num_edges == 3 * 37
    assert nx.is_connected(graphs["ba"].nx)
    assert graphs["ws"].num_edges == 80
    assert {degree for _, degree in graphs["regular"].nx.degree} == {3}
    assert nx.is_tree(graphs["tree"].nx)
    sides = graphs["bipartite"].sides
    assert sides is not None
    assert all((u in sides[0]) != (v in sides[0]) for u, v in graphs["bipartite"].nx.edges)
    assert nx.is_directed_acyclic_graph(graphs["dag"].nx)
    assert [degree for _, degree in graphs["configuration"].nx.degree] == [3, 3, 2, 2, 1, 1]
    assert graphs["caveman"].num_nodes == 20
    assert all(0 <= edge.attributes["weight"] <= 0.3 for edge in graphs["geometric"].edges())
    communities = {data for _, data in graphs["lfr"].nx.nodes(data="community")}
    assert communities == set(range(len(communities)))
    assert all(graph.nodes == list(range(graph.num_nodes)) for graph in graphs.values())


def test_the_same_seed_gives_the_same_graph() -> None:
    assert {k: g.fingerprint() for k, g in made().items()} == {k: g.fingerprint() for k, g in made().items()}
    assert models.erdos_renyi(40, 0.2, 7).fingerprint() != models.erdos_renyi(40, 0.2, 8).fingerprint()


@pytest.mark.parametrize(
    "call",
    [
        lambda: models.erdos_renyi(5, 1.5, 1), lambda: models.erdos_renyi(-1, 0.5, 1),
        lambda: models.random_edges(4, 9, 1), lambda: models.barabasi_albert(3, 3, 1),
        lambda: models.watts_strogatz(5, 3, 0.1, 1), lambda: models.watts_strogatz(4, 4, 0.1, 1),
        lambda: models.random_regular(5, 3, 1), lambda: models.random_tree(0, 1),
        lambda: models.configuration_model([1, 1, 1], 1), lambda: models.stochastic_block_model([1], [[0.1, 0.2]], 1),
        lambda: models.stochastic_block_model([1, 1], [[0.1, 0.2], [0.3, 0.1]], 1), lambda: models.caveman(2, 1, 0, 1),
        lambda: models.lfr(12, 1, average_degree=40), lambda: models.lfr(30, 1, min_community=29, mixing=0.9),
    ],
)  # fmt: skip
def test_impossible_parameters_are_refused(call: object) -> None:
    with pytest.raises(BadArgument):
        call()  # type: ignore[operator]


def test_huge_graphs_are_refused() -> None:
    with pytest.raises(TooLarge):
        models.erdos_renyi(1_000_000, 0.5, 1)
