"""Graph classes against their definitions by brute force, and their checks against corrupted answers."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from typing import Any

import networkx as nx
import pytest

from graphs import Graph
from graphs.errors import TooLarge, WrongKind
from tests.tools.certifying import certified, random_graphs, simple_body
from tools import bipartite, chordality, graph_classes, named_graphs, planarity
from tools.certificates import check

SMALL = [nx.Graph(b) for b in nx.graph_atlas_g()[:209]]


def simple(graph: Graph) -> bool:
    return simple_body(graph).number_of_edges() == graph.num_edges


def induces(body: nx.Graph, *patterns: nx.Graph) -> bool:
    sizes = {len(p) for p in patterns}
    subs = [body.subgraph(c) for k in sizes for c in itertools.combinations(body, k)]
    return any(nx.is_isomorphic(s, p) for s in subs for p in patterns if len(s) == len(p) and s.size() == p.size())


def loops(graph: Graph) -> bool:
    return any(e.source == e.target for e in graph.edges())


def two_sided(graph: Graph) -> bool:
    nodes = graph.nodes
    return any(
        all((e.source in side) != (e.target in side) for e in graph.edges())
        for k in range(len(nodes) + 1)
        for side in map(set, itertools.combinations(nodes, k))
    )


def complete_bipartite(graph: Graph) -> bool:
    body = simple_body(graph)
    return not loops(graph) and any(
        nx.is_isomorphic(body, nx.complete_bipartite_graph(k, len(body) - k)) for k in range(1, len(body))
    )


def multipartite(graph: Graph) -> bool:
    return all(
        nx.density(nx.complement(simple_body(graph)).subgraph(c)) in (0, 1)
        for c in nx.connected_components(nx.complement(simple_body(graph)))
    )


def wheel(graph: Graph) -> bool:
    return simple(graph) and len(graph) > 3 and nx.is_isomorphic(simple_body(graph), nx.wheel_graph(len(graph)))


def shape(make: Callable[[int], nx.Graph], least: int) -> Callable[[Graph], bool]:
    return lambda g: simple(g) and len(g) >= least and nx.is_isomorphic(simple_body(g), make(len(g)))


TWO_EDGES, PATH4, CLAW = nx.Graph([(0, 1), (2, 3)]), nx.path_graph(4), nx.star_graph(3)
TRUTH: dict[str, Callable[[Graph], bool]] = {
    "is_bipartite": two_sided,
    "is_complete_bipartite": complete_bipartite,
    "is_complete_multipartite": multipartite,
    "is_planar": lambda g: nx.is_planar(simple_body(g)),
    "is_chordal": lambda g: not induces(simple_body(g), *(nx.cycle_graph(k) for k in range(4, len(g) + 1))),
    "is_complete": lambda g: all(g.has_edge(u, v) for u in g for v in g if u != v),
    "is_regular": lambda g: nx.is_regular(g.nx) if len(g) else True,
    "is_star_graph": shape(lambda n: nx.star_graph(n - 1), 1),
    "is_path_graph": shape(nx.path_graph, 1),
    "is_cycle_graph": shape(nx.cycle_graph, 3),
    "is_wheel_graph": wheel,
    "is_split_graph": lambda g: not induces(simple_body(g), TWO_EDGES, nx.cycle_graph(4), nx.cycle_graph(5)),
    "is_threshold_graph": lambda g: not induces(simple_body(g), TWO_EDGES, nx.cycle_graph(4), PATH4),
    "is_cograph": lambda g: not induces(simple_body(g), PATH4),
    "is_claw_free": lambda g: not induces(simple_body(g), CLAW),
    "is_distance_regular": lambda g: (
        simple(g) and nx.is_connected(simple_body(g)) and nx.is_distance_regular(simple_body(g))
    ),
    "is_strongly_regular": lambda g: simple(g) and strongly(simple_body(g)),
    "is_tournament": lambda g: (
        not loops(g)
        and all(g.nx.number_of_edges(u, v) + g.nx.number_of_edges(v, u) == 1 for u, v in itertools.combinations(g, 2))
    ),
}


def strongly(body: nx.Graph) -> bool:
    common = {(v in body[u], len(list(nx.common_neighbors(body, u, v)))) for u, v in itertools.combinations(body, 2)}
    return len({d for _, d in body.degree}) <= 1 and len(common) == len({adjacent for adjacent, _ in common})


@pytest.mark.parametrize("name", TRUTH)
def test_yes_and_no_by_the_definition(name: str) -> None:
    rng, seen = random.Random(name), set()
    kinds = {"is_tournament": True, "is_strongly_regular": False, "is_distance_regular": False}
    graphs = [] if name == "is_tournament" else [Graph(b) for b in SMALL]
    graphs += [g for g, _ in random_graphs(1, 80, most=6, directed=kinds.get(name))]
    if name == "is_tournament":
        graphs += [Graph(nx.DiGraph([rng.sample(p, 2) for p in itertools.combinations(range(5), 2)])) for _ in range(5)]
    for graph in graphs:
        try:
            want = TRUTH[name](graph)
            certified(graph, name, {}, lambda a, w=want: a.holds == w, rng)
            seen.add(want)
        except (WrongKind, nx.NetworkXPointlessConcept):
            assert len(graph) < 2
    assert seen == {True, False}


def test_degree_that_was_asked_for() -> None:
    for graph, rng in random_graphs(2, 150, most=5):
        k = rng.randint(0, 2)
        degrees = [
            d
            for view in ([graph.nx.in_degree, graph.nx.out_degree] if graph.directed else [graph.nx.degree])
            for _, d in view
        ]
        want = all(d == k for d in degrees)
        certified(graph, "is_regular", {"k": k}, lambda a, w=want: a.holds == w, rng)


def test_planarity_on_larger_graphs() -> None:
    rng = random.Random(3)
    for body in (
        nx.petersen_graph(),
        nx.complete_graph(9),
        nx.complete_bipartite_graph(4, 5),
        nx.gnp_random_graph(60, 0.1, seed=3),
    ):
        answer = certified(Graph(body), "is_planar", {}, lambda a: not a.holds, rng)
        assert not nx.is_planar(nx.Graph(answer.witness["subdivision"]))
    for body in (nx.grid_2d_graph(5, 5), nx.icosahedral_graph()):
        graph = Graph(nx.convert_node_labels_to_integers(body))
        certified(graph, "is_planar", {}, lambda a: a.holds, rng)
        faces = graph.num_edges - graph.num_nodes + 2
        certified(graph, "count_faces", {}, lambda a, f=faces: a.number == f, rng)
    assert planarity.count_faces(Graph(nx.icosahedral_graph())).number == 20


def test_embeddings_orders_sets_and_widths() -> None:
    for graph, rng in random_graphs(4, 150, most=6):
        body = simple_body(graph)
        if nx.is_planar(body):
            certified(graph, "planar_embedding", {}, lambda a, g=graph: check(g, "planar_embedding", {}, a).holds, rng)
            faces = graph.num_edges - len(body) + nx.number_connected_components(body) + 1
            certified(graph, "count_faces", {}, lambda a, f=faces: a.number == f, rng)
        if TRUTH["is_chordal"](graph):

            def eliminates(answer: Any, body: nx.Graph = body) -> bool:
                order = answer.nodes
                later = [set(body[v]) & set(order[i + 1 :]) for i, v in enumerate(order)]
                cliques = all(b in body[a] for near in later for a, b in itertools.combinations(near, 2))
                return sorted(map(str, order)) == sorted(map(str, body)) and cliques

            certified(graph, "perfect_elimination_order", {}, eliminates, rng)
        else:
            with pytest.raises(WrongKind, match="chordless"):
                chordality.perfect_elimination_order(graph)
        if two_sided(graph):
            certified(
                graph,
                "bipartite_sets",
                {},
                lambda a, b=body: (
                    nx.is_bipartite(b)
                    and len({*a.groups[0], *a.groups[1]}) == len(b)
                    and not any(v in b[u] for side in a.groups for u in side for v in side)
                ),
                rng,
            )
        else:
            with pytest.raises(WrongKind, match="odd cycle"):
                bipartite.bipartite_sets(graph)
        width = min((elimination_width(body, order) for order in itertools.permutations(body)), default=-1)
        certified(
            graph,
            "treewidth",
            {},
            lambda a, w=width: a.bounds[0] <= w <= a.bounds[1] and (not a.exact or a.number == w),
            rng,
        )


def elimination_width(body: nx.Graph, order: Any) -> int:
    left, width = nx.Graph(body), -1
    for node in order:
        near = list(left[node])
        width = max(width, len(near))
        left.add_edges_from(itertools.combinations(near, 2))
        left.remove_node(node)
    return width


def test_known_graphs() -> None:
    petersen = Graph(nx.petersen_graph())
    assert graph_classes.is_strongly_regular(petersen).witness == {"parameters": [10, 3, 0, 1]}
    assert graph_classes.is_distance_regular(petersen).witness == {"farther": [3, 2], "nearer": [1, 1]}
    assert named_graphs.is_regular(petersen).witness == {"degree": 3}
    grid = chordality.treewidth(Graph(nx.grid_2d_graph(4, 4)))
    assert grid.bounds[0] <= 4 <= grid.bounds[1]


def test_errors_and_renaming() -> None:
    with pytest.raises(WrongKind):
        named_graphs.is_tournament(Graph())
    with pytest.raises(WrongKind):
        planarity.count_faces(Graph(nx.complete_graph(5)))
    with pytest.raises(TooLarge):
        graph_classes.is_cograph(Graph(nx.complete_graph(401)))
    named = named_graphs.is_path_graph(Graph.from_edges([("é", "<b>"), ("<b>", "z")]))
    assert named.witness == {"order": ["é", "<b>", "z"]}
