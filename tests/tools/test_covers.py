"""Cliques, independent sets, covers, cuts and feedback sets against every subset of small graphs, and their checks."""

from __future__ import annotations

import itertools
import math
import random
import time
from collections.abc import Callable, Iterator
from typing import Any

import networkx as nx
import pytest

from graphs import Graph
from graphs.errors import BadArgument, MissingAttribute, NegativeWeight, NodeNotFound, NotConnected, WrongKind
from tests.tools.certifying import certified, random_graph, random_graphs, simple_body
from tools import cliques, covers, feedback
from tools.certificates import check
from tools.registry import get_tool


def subsets(items: Any) -> Iterator[set]:
    items = list(items)
    return (set(c) for k in range(len(items) + 1) for c in itertools.combinations(items, k))


def clique(graph: Graph, s: set) -> bool:
    return all(v in simple_body(graph)[u] for u, v in itertools.combinations(s, 2))


def independent(graph: Graph, s: set) -> bool:
    return not any(v in simple_body(graph)[u] for u, v in itertools.combinations(s, 2))


def covering(graph: Graph, s: set) -> bool:
    return all(e.source in s or e.target in s for e in graph.edges())


def dominating(graph: Graph, s: set) -> bool:
    arcs = {(e.source, e.target) for e in graph.edges()}
    arcs |= set() if graph.directed else {(v, u) for u, v in arcs}
    return all(v in s or any((u, v) in arcs for u in s) for v in graph)


def connected_dominating(graph: Graph, s: set) -> bool:
    return dominating(graph, s) and (len(s) < 2 or nx.is_connected(simple_body(graph).subgraph(s)))


def breaking(graph: Graph, s: set) -> bool:
    rest = graph.nx.subgraph(set(graph) - s)
    return len(rest) == 0 or (
        nx.is_directed_acyclic_graph(rest) if graph.directed else rest.size() == 0 or nx.is_forest(nx.MultiGraph(rest))
    )


LARGEST = {"maximum_clique": clique, "maximum_independent_set": independent}
SMALLEST: dict[str, Callable[[Graph, set], bool]] = {
    "minimum_vertex_cover": covering,
    "minimum_dominating_set": dominating,
    "minimum_connected_dominating_set": connected_dominating,
    "minimum_feedback_vertex_set": breaking,
}


def graphs(name: str, count: int = 60) -> Iterator[tuple[Graph, random.Random]]:
    rng = random.Random(name)
    if count:
        for body in nx.graph_atlas_g()[:53]:
            yield Graph(nx.Graph(body)), rng
    for graph, _ in random_graphs(1, count, most=6, directed=False if "connected" in name else None):
        yield graph, rng


@pytest.mark.parametrize("name", [*LARGEST, *SMALLEST])
def test_best_of_all_subsets(name: str) -> None:
    feasible = LARGEST.get(name) or SMALLEST[name]
    for graph, rng in graphs(name):
        sizes = [len(s) for s in subsets(graph) if feasible(graph, s)]
        if "connected" in name and len(graph) and not nx.is_connected(simple_body(graph)):
            with pytest.raises(NotConnected):
                covers.minimum_connected_dominating_set(graph)
            continue
        best = max(sizes) if name in LARGEST else min(sizes)

        def right(a: Any, graph: Graph = graph, best: int = best) -> bool:
            s = set(a.nodes)
            fits = a.exact or a.bounds == ((best, best) if a.bounds else None)
            return len(s) == len(a.nodes) == best and s <= set(graph) and feasible(graph, s) and fits

        certified(graph, name, {}, right, rng)
        if name in LARGEST:
            number = "clique_number" if name == "maximum_clique" else "independence_number"
            certified(graph, number, {}, lambda a, b=best: a.number == b, rng)


def test_heaviest_sets() -> None:
    for graph, rng in random_graphs(2, 120, most=6):
        for node in graph:
            graph.nx.nodes[node]["weight"] = rng.choice([-1, 0, 1, 2, 5, 0.5, 2.7])
        w = dict(graph.nx.nodes(data="weight"))
        for name, feasible in (("maximum_weight_clique", clique), ("maximum_weight_independent_set", independent)):
            best = max(sum(w[v] for v in s) for s in subsets(graph) if feasible(graph, s))

            def right(a: Any, graph: Graph = graph, best: float = best, w: dict = w, feasible: Any = feasible) -> bool:
                return math.isclose(sum(w[v] for v in a.nodes), best, abs_tol=1e-9) and feasible(graph, set(a.nodes))

            certified(graph, name, {}, right, rng)
        triangles = [sum(w[v] for v in s) for s in subsets(graph) if len(s) == 3 and clique(graph, s)]
        if triangles:
            top = max(triangles)
            certified(graph, "heaviest_triangle", {}, lambda a, t=top: math.isclose(a.number, t, abs_tol=1e-9), rng)
        else:
            with pytest.raises(WrongKind, match="no triangle"):
                cliques.heaviest_triangle(graph)


def test_cuts_and_feedback_arcs() -> None:
    for graph, rng in random_graphs(3, 120, most=5, weight=lambda r: r.choice([0, 1, 2, 3, 0.5])):
        for weight in (None, "weight"):

            def cut(side: set, graph: Graph = graph, weight: Any = weight) -> float:
                worth = [(e, 1 if weight is None else e.attributes[weight]) for e in graph.edges()]
                return sum(w for e, w in worth if (e.source in side) != (e.target in side))

            best = max(cut(s) for s in subsets(graph))
            right = lambda a, b=best, cut=cut: a.total == b == cut(set(a.witness["side"]))  # noqa: E731
            certified(graph, "maximum_cut", {"weight": weight}, right, rng)
        if not graph.directed:
            with pytest.raises(WrongKind):
                feedback.minimum_feedback_arc_set(graph)
            continue
        arcs = [(e.source, e.target) for e in graph.edges()]
        if len(set(arcs)) > 9:
            continue

        def acyclic(gone: set, graph: Graph = graph) -> bool:
            return nx.is_directed_acyclic_graph(nx.DiGraph([a for a in set(graph.nx.edges()) if a not in gone]))

        best = min(sum(arcs.count(a) for a in s) for s in subsets(set(arcs)) if acyclic(s))
        right = lambda a, b=best, ok=acyclic: a.total == b and ok(set(a.edges))  # noqa: E731
        certified(graph, "minimum_feedback_arc_set", {}, right, rng)


def test_listed_cliques() -> None:
    for graph, rng in random_graphs(4, 100, most=7, least=1):
        every = [s for s in subsets(graph) if s and clique(graph, s)]
        top = {frozenset(s) for s in every if not any(s < t for t in every)}
        node = rng.choice(graph.nodes)
        mine = {s for s in top if node in s}
        for name, arguments, want in (("maximal_cliques", {}, top), ("cliques_containing", {"node": node}, mine)):
            right = lambda a, w=want: len(a.groups) == len(w) and {frozenset(g) for g in a.groups} == w  # noqa: E731
            certified(graph, name, arguments, right, rng)
        if len(top) > 1:
            cut = cliques.maximal_cliques(graph, limit=1)
            assert not cut.exact
            assert check(graph, "maximal_cliques", {"limit": 1}, cut).grade == "proof"


def test_judging_given_sets() -> None:
    names = {
        "is_clique": clique,
        "is_independent_set": independent,
        "is_vertex_cover": covering,
        "is_dominating_set": dominating,
    }
    seen = set()
    for graph, rng in random_graphs(5, 200, most=5):
        given = rng.sample(graph.nodes, rng.randint(0, len(graph)))
        for name, feasible in names.items():
            want = feasible(graph, set(given))
            certified(graph, name, {"nodes": given}, lambda a, w=want: a.holds == w, rng)
            seen.add((name, want))
        maximal = lambda a, g=graph: independent(g, set(a.nodes)) and dominating(Graph(simple_body(g)), set(a.nodes))  # noqa: E731
        certified(graph, "maximal_independent_set", {}, maximal, rng)
    assert len(seen) == 8


@pytest.mark.parametrize("name", [*LARGEST, *SMALLEST, "maximum_cut", "minimum_feedback_arc_set", "clique_number"])
def test_time_limits_are_kept_and_what_is_said_holds(name: str) -> None:
    body = nx.gnp_random_graph(60, 0.5, seed=6, directed=name == "minimum_feedback_arc_set")
    graph = Graph(body)
    start = time.monotonic()
    answer = get_tool(name)(graph, time_limit=0.2)
    assert time.monotonic() - start < 60
    verdict = check(graph, name, {"time_limit": 0.2}, answer)
    assert verdict.holds, verdict.reason
    assert answer.exact or (answer.bounds is not None and answer.bounds[0] < answer.bounds[1])
    if name in LARGEST:
        other = body if name == "maximum_clique" else nx.complement(body)
        assert len(answer.nodes) == max(map(len, nx.find_cliques(other)))


def test_larger_sparse_graphs_are_proven() -> None:
    tree = Graph(nx.random_labeled_tree(300, seed=7))
    answer = covers.minimum_vertex_cover(tree)
    assert len(answer.nodes) == len(nx.max_weight_matching(tree.nx, maxcardinality=True))
    assert check(tree, "minimum_vertex_cover", {}, answer).grade == "proof"
    rng = random.Random(8)
    for _ in range(10):
        graph = random_graph(rng, 18, least=14, directed=False)
        answer = covers.minimum_dominating_set(graph)
        assert check(graph, "minimum_dominating_set", {}, answer).grade == "proof"


def test_errors_and_renaming() -> None:
    pair = Graph.from_edges([(1, 2, -1.0)])
    with pytest.raises(NegativeWeight):
        feedback.maximum_cut(pair, "weight")
    with pytest.raises(MissingAttribute, match="nodes"):
        cliques.maximum_weight_clique(pair)
    with pytest.raises(NodeNotFound):
        cliques.is_clique(pair, [1, 9])
    with pytest.raises(BadArgument):
        cliques.maximal_cliques(pair, 0)
    star = Graph.from_edges([("<b>", "é"), ("<b>", "x"), ("<b>", "y")])
    assert covers.minimum_vertex_cover(star).nodes == ["<b>"]
