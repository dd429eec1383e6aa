"""Maps, motifs and edit distances against all maps of small graphs and networkx, and their checks."""

from __future__ import annotations

import itertools
import random
import time
from collections import Counter
from typing import Any

import networkx as nx
import pytest

from graphs import Graph
from graphs.errors import BadArgument, BudgetExceeded, WrongKind
from tests.tools.certifying import certified, random_graph, random_graphs
from tools import isomorphism, motifs, subgraphs
from tools.certificates import check


def counts(graph: Graph) -> Counter:
    found: Counter = Counter()
    for e in graph.edges():
        found[e.source, e.target] += 1
        if not graph.directed and e.source != e.target:
            found[e.target, e.source] += 1
    return found


def fits(pattern: Graph, graph: Graph, mapping: Any, induced: bool) -> bool:
    if mapping is None or set(mapping) != set(pattern) or len(set(mapping.values())) < len(mapping):
        return False
    want, have = counts(pattern), counts(graph)
    pairs = [(want[u, v], have[mapping[u], mapping[v]]) for u in pattern for v in pattern]
    return all(v in graph for v in mapping.values()) and all(a == b if induced else a <= b for a, b in pairs)


def maps(pattern: Graph, graph: Graph, induced: bool) -> list[dict]:
    images = itertools.permutations(graph.nodes, len(pattern)) if len(pattern) <= len(graph) else []
    every = (dict(zip(pattern, image)) for image in images)
    return [m for m in every if fits(pattern, graph, m, induced)]


def shuffled(graph: Graph, rng: random.Random) -> Graph:
    names = dict(zip(graph.nodes, rng.sample([f"n{i}" for i in range(len(graph))], len(graph))))
    edges = [(names[e.source], names[e.target]) for e in graph.edges()]
    rng.shuffle(edges)
    return Graph.from_edges(edges, sorted(names.values()), directed=graph.directed, multi=graph.multi)


def test_isomorphism_against_all_maps() -> None:
    seen = set()
    for graph, rng in random_graphs(1, 150, most=5):
        other = shuffled(graph, rng)
        if rng.random() < 0.6:
            other = random_graph(rng, len(graph), least=len(graph), directed=graph.directed, multi=graph.multi)
        want = graph.num_edges == other.num_edges and bool(maps(graph, other, True))
        certified(graph, "are_isomorphic", {"other": other}, lambda a, w=want: a.holds == w, rng)
        right = lambda a, g=graph, o=other, w=want: (  # noqa: E731
            (a.mapping is not None) == w and (not w or fits(g, o, a.mapping, True))
        )  # noqa: E731
        certified(graph, "find_isomorphism", {"other": other}, right, rng)
        seen.add(want)
    assert seen == {True, False}


def test_isomorphism_on_graphs_that_refinement_cannot_tell_apart() -> None:
    rng = random.Random(2)
    for one, two in (
        (nx.cycle_graph(6), nx.Graph([(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3)])),
        (nx.cycle_graph(8), nx.disjoint_union(nx.cycle_graph(4), nx.cycle_graph(4))),
    ):
        answer = certified(Graph(one), "are_isomorphic", {"other": Graph(two)}, lambda a: not a.holds, rng)
        assert answer.witness == {"invariant": "complete search"}
    body = nx.random_regular_graph(3, 60, seed=2)
    graph = Graph(body)
    answer = isomorphism.are_isomorphic(graph, shuffled(graph, rng))
    assert answer.holds


def test_subgraphs_against_all_maps() -> None:
    seen = set()
    for graph, rng in random_graphs(3, 120, most=5):
        pattern = random_graph(rng, 3, directed=graph.directed)
        for induced in (False, True):
            every = maps(pattern, graph, induced)
            arguments = {"pattern": pattern, "induced": induced}
            want = bool(every)
            certified(graph, "has_subgraph", arguments, lambda a, w=want: a.holds == w, rng)
            right = lambda a, g=graph, p=pattern, i=induced, w=want: (  # noqa: E731
                (a.mapping is not None) == w and (not w or fits(p, g, a.mapping, i))
            )  # noqa: E731
            certified(graph, "subgraph_matching", arguments, right, rng)
            number = len(every) // len(maps(pattern, pattern, True))
            certified(graph, "count_subgraphs", arguments, lambda a, n=number: a.number == n, rng)
            seen.add(want)
    assert seen == {True, False}


def test_symmetries() -> None:
    for graph, rng in random_graphs(4, 100, most=5):
        want = len(maps(graph, graph, True))
        certified(graph, "automorphism_count", {}, lambda a, w=want: a.number == w, rng)
        if not any(u == v or k > 1 for (u, v), k in counts(graph).items()):
            other = graph.derive(nx.complement(nx.DiGraph(graph.nx) if graph.directed else nx.Graph(graph.nx)))
            want = bool(maps(graph, other, True))
            certified(graph, "is_self_complementary", {}, lambda a, w=want: a.holds == w, rng)
    assert isomorphism.automorphism_count(Graph(nx.petersen_graph())).number == 120
    assert isomorphism.automorphism_count(Graph(nx.complete_graph(12))).number == 479001600
    assert isomorphism.is_self_complementary(Graph(nx.cycle_graph(5))).holds


def test_containment_by_label() -> None:
    seen = set()
    for graph, rng in random_graphs(5, 150, most=4):
        kept = [e for e in graph.edges() if rng.random() < 0.7]
        extra = [(rng.choice(graph.nodes), rng.choice(graph.nodes))] if rng.random() < 0.4 and len(graph) else []
        edges = [(e.source, e.target) for e in kept] + extra
        other = Graph.from_edges(edges, directed=graph.directed, multi=graph.multi)
        have, need = counts(graph), counts(other)
        want = all(have[p] >= k for p, k in need.items())
        certified(graph, "is_subgraph", {"other": other}, lambda a, w=want: a.holds == w, rng)
        seen.add(want)
    assert seen == {True, False}


def test_common_subgraphs_and_edit_distance() -> None:
    for graph, rng in random_graphs(6, 60, most=4):
        other = random_graph(rng, 4, directed=graph.directed)
        best = max(
            k
            for k in range(min(len(graph), len(other)) + 1)
            for c in itertools.combinations(graph.nodes, k)
            if maps(Graph(graph.nx.subgraph(c)), other, True)
        )
        arguments = {"other": other}
        right = lambda a, b=best, g=graph, o=other: (  # noqa: E731
            len(a.mapping) == b and fits(Graph(g.nx.subgraph(a.mapping)), o, a.mapping, True)
        )  # noqa: E731
        certified(graph, "maximum_common_subgraph", arguments, right, rng)
        want = distance(graph, other)
        certified(graph, "graph_edit_distance", arguments, lambda a, w=want: a.number == w, rng)
    body, other = nx.gnp_random_graph(5, 0.5, seed=1), nx.gnp_random_graph(6, 0.4, seed=2)
    assert isomorphism.graph_edit_distance(Graph(body), Graph(other)).number == nx.graph_edit_distance(body, other)


def distance(graph: Graph, other: Graph) -> int:
    """Over all partial maps, the nodes and edges that do not stay."""
    best = len(graph) + len(other) + graph.num_edges + other.num_edges
    here, there = counts(graph), counts(other)
    for k in range(min(len(graph), len(other)) + 1):
        for nodes in itertools.combinations(graph.nodes, k):
            for images in itertools.permutations(other.nodes, k):
                m = dict(zip(nodes, images))
                stay = sum(
                    min(here[u, v], there[m[u], m[v]]) * (1 if graph.directed or u == v else 0.5) for u in m for v in m
                )
                best = min(best, int(len(graph) + len(other) - 2 * k + graph.num_edges + other.num_edges - 2 * stay))
    return best


def test_motifs() -> None:
    for graph, rng in random_graphs(7, 120, most=7):
        body = nx.Graph([(e.source, e.target) for e in graph.edges() if e.source != e.target])
        body.add_nodes_from(graph)
        sizes = Counter(body.subgraph(c).size() for c in itertools.combinations(body, 3))
        want = {name: sizes[i] for i, name in enumerate(("empty", "one edge", "path", "triangle"))}
        certified(graph, "motif_counts", {}, lambda a, w=want: dict(a.figures) == w, rng)
        shapes = {
            "path": nx.path_graph(4),
            "claw": nx.star_graph(3),
            "cycle": nx.cycle_graph(4),
            "paw": nx.Graph([(0, 1), (1, 2), (2, 0), (2, 3)]),
            "diamond": nx.diamond_graph(),
            "clique": nx.complete_graph(4),
        }
        fours = [body.subgraph(c) for c in itertools.combinations(body, 4)]
        want = {name: sum(nx.is_isomorphic(s, f) for f in fours) for name, s in shapes.items()}
        certified(graph, "graphlet_counts", {}, lambda a, w=want: dict(a.figures) == w, rng)
        if not graph.directed:
            with pytest.raises(WrongKind):
                motifs.triadic_census(graph)
            continue
        digraph = nx.DiGraph([(e.source, e.target) for e in graph.edges() if e.source != e.target])
        digraph.add_nodes_from(graph)
        certified(graph, "triadic_census", {}, lambda a, w=nx.triadic_census(digraph): dict(a.figures) == w, rng)  # noqa: B008
    large = Graph(nx.gnp_random_graph(120, 0.1, seed=7))
    answer = motifs.motif_counts(large)
    assert answer.figures["triangle"] == sum(nx.triangles(large.nx).values()) // 3
    assert check(large, "motif_counts", {}, answer).grade == "proof"


def test_hashes_are_equal_for_isomorphic_graphs() -> None:
    for graph, rng in random_graphs(8, 80, most=6):
        rounds = rng.randint(0, 4)
        answer = certified(
            graph,
            "weisfeiler_lehman_hash",
            {"rounds": rounds},
            lambda a: len(a.figures["hash"]) == 16,
            rng,
        )
        assert isomorphism.weisfeiler_lehman_hash(shuffled(graph, rng), rounds).figures == answer.figures
    star, path = Graph(nx.star_graph(3)), Graph(nx.path_graph(4))
    assert isomorphism.weisfeiler_lehman_hash(star).figures != isomorphism.weisfeiler_lehman_hash(path).figures


def test_time_limits() -> None:
    graph, other = Graph(nx.gnp_random_graph(60, 0.5, seed=1)), Graph(nx.gnp_random_graph(60, 0.5, seed=2))
    start = time.monotonic()
    distance = isomorphism.graph_edit_distance(graph, other, time_limit=0.2)
    common = subgraphs.maximum_common_subgraph(
        Graph(nx.gnp_random_graph(18, 0.5, seed=1)), Graph(nx.gnp_random_graph(18, 0.5, seed=2)), time_limit=0.2
    )
    with pytest.raises(BudgetExceeded):
        subgraphs.count_subgraphs(graph, Graph(nx.path_graph(6)), time_limit=0.2)
    assert time.monotonic() - start < 60
    assert not distance.exact
    assert distance.bounds[0] < distance.bounds[1] == distance.number
    assert check(graph, "graph_edit_distance", {"other": other}, distance).holds
    assert common.exact or common.bounds[0] == len(common.mapping)


def test_errors() -> None:
    with pytest.raises(WrongKind):
        isomorphism.are_isomorphic(Graph(nx.path_graph(2)), Graph(nx.DiGraph([(0, 1)])))
    with pytest.raises(BadArgument):
        isomorphism.weisfeiler_lehman_hash(Graph(), -1)
    with pytest.raises(WrongKind, match="loops"):
        isomorphism.is_self_complementary(Graph.from_edges([(1, 1)]))
