"""Colourings against every assignment of colours on small graphs, and their checks against corrupted answers."""

from __future__ import annotations

import itertools
import random
import time
from typing import Any

import networkx as nx
import pytest

from graphs import Graph
from graphs.errors import BadArgument, BudgetExceeded, TooLarge, WrongKind
from tests.tools.certifying import certified, random_graphs
from tools import colouring, edge_colourings
from tools.certificates import check
from tools.registry import get_tool

LOOPLESS = {"most": 6, "loops": False}


def ways(graph: Graph, k: int) -> int:
    nodes = graph.nodes
    at = {v: i for i, v in enumerate(nodes)}
    pairs = [(at[e.source], at[e.target]) for e in graph.edges()]
    return sum(all(c[u] != c[v] for u, v in pairs) for c in itertools.product(range(k), repeat=len(nodes)))


def fewest(graph: Graph) -> int:
    return next(k for k in range(len(graph) + 1) if ways(graph, k))


def proper(graph: Graph, colours: Any) -> bool:
    return set(colours) == set(graph) and all(colours[e.source] != colours[e.target] for e in graph.edges())


def small(seed: int, count: int = 60) -> Any:
    rng = random.Random(seed)
    for body in nx.graph_atlas_g()[:53]:
        yield Graph(nx.Graph(body)), rng
    yield from random_graphs(seed, count, **LOOPLESS)


def test_fewest_colours() -> None:
    for graph, rng in small(1):
        best = fewest(graph)
        certified(graph, "chromatic_number", {}, lambda a, b=best: a.number == b, rng)
        right = lambda a, b=best, g=graph: a.num_colours == b == len(set(a.colours.values())) and proper(g, a.colours)  # noqa: E731
        certified(graph, "graph_colouring", {}, right, rng)
        for k in range(4):
            certified(graph, "is_k_colourable", {"k": k}, lambda a, w=k >= best: a.holds == w, rng)
        fits = lambda a, b=best, g=graph: proper(g, a.colours) and a.num_colours == len(set(a.colours.values())) >= b  # noqa: E731
        certified(graph, "greedy_colouring", {}, fits, rng)


def test_colourings_counted() -> None:
    for graph, rng in random_graphs(2, 60, most=5):
        k = rng.randint(0, 4)
        number = ways(graph, k)
        certified(graph, "count_colourings", {"k": k}, lambda a, w=number: a.number == w, rng)
        want = [ways(graph, k) for k in range(len(graph) + 1)]
        value = lambda a, k: sum(c * k**i for i, c in enumerate(a.figures["coefficients"]))  # noqa: E731
        right = lambda a, w=want, value=value: [value(a, k) for k in range(len(w))] == w  # noqa: E731
        certified(graph, "chromatic_polynomial", {}, right, rng)
    petersen = Graph(nx.petersen_graph())
    assert colouring.count_colourings(petersen, 3).number == 120  # Biggs, Algebraic Graph Theory
    assert check(petersen, "count_colourings", {"k": 3}, colouring.count_colourings(petersen, 3)).grade == "proof"


def test_given_colourings() -> None:
    seen = set()
    for graph, rng in random_graphs(3, 150, most=5):
        given = {v: rng.randint(0, 3) for v in graph if rng.random() < 0.95}
        want = proper(graph, given)
        certified(graph, "is_proper_colouring", {"colours": given}, lambda a, w=want: a.holds == w, rng)
        seen.add(want)
    assert seen == {True, False}


def test_edges_and_clique_covers() -> None:
    for graph, rng in small(4):
        other = Graph(nx.complement(nx.Graph(graph.nx)))
        best = fewest(other)

        def covers(a: Any, graph: Graph = graph, best: int = best) -> bool:
            listed = [v for g in a.groups for v in g]
            pairs = all(
                graph.has_edge(u, v) or graph.has_edge(v, u) for g in a.groups for u, v in itertools.combinations(g, 2)
            )
            return len(a.groups) == best and len(listed) == len(set(listed)) == len(graph) and pairs

        certified(graph, "minimum_clique_cover", {}, covers, rng)
        pairs = [frozenset((e.source, e.target)) for e in graph.edges()]
        if len(set(pairs)) < len(pairs):
            with pytest.raises(WrongKind):
                edge_colourings.edge_colouring(graph)
            continue
        if len(pairs) > 7:
            continue
        index = fewest(Graph(nx.line_graph(nx.Graph(graph.nx))))
        certified(graph, "chromatic_index", {}, lambda a, b=index: a.number == b, rng)

        def fits(a: Any, graph: Graph = graph, index: int = index) -> bool:
            shared = [(p, q) for p, q in itertools.combinations(a.values, 2) if set(p) & set(q)]
            same = any(a.values[p] == a.values[q] for p, q in shared)
            return not same and len(a.values) == graph.num_edges and len(set(a.values.values())) == index

        certified(graph, "edge_colouring", {}, fits, rng)


def test_known_numbers() -> None:
    petersen, myciel = Graph(nx.petersen_graph()), Graph(nx.mycielski_graph(5))
    for graph, name, want in ((petersen, "chromatic_index", 4), (myciel, "chromatic_number", 5)):
        answer = get_tool(name)(graph)
        assert answer.number == want
        assert check(graph, name, {}, answer).grade == "proof"
    bipartite = Graph(nx.bipartite.random_graph(30, 30, 0.2, seed=5))
    answer = edge_colourings.edge_colouring(bipartite)
    assert len(set(answer.values.values())) == max(d for _, d in bipartite.nx.degree)
    assert check(bipartite, "edge_colouring", {}, answer).grade == "proof"


def test_time_limits_are_kept_and_what_is_said_holds() -> None:
    graph = Graph(nx.gnp_random_graph(60, 0.5, seed=6))
    for name in ("chromatic_number", "graph_colouring", "edge_colouring", "minimum_clique_cover"):
        start = time.monotonic()
        answer = get_tool(name)(graph, time_limit=0.2)
        assert time.monotonic() - start < 60
        verdict = check(graph, name, {"time_limit": 0.2}, answer)
        assert verdict.holds, verdict.reason
        assert answer.exact or answer.bounds[0] < answer.bounds[1]
    with pytest.raises(BudgetExceeded):
        colouring.is_k_colourable(graph, 10, time_limit=0.0)


def test_errors_and_renaming() -> None:
    loop = Graph.from_edges([(1, 1), (1, 2)])
    with pytest.raises(WrongKind, match="loop"):
        colouring.chromatic_number(loop)
    assert colouring.count_colourings(loop, 5).number == 0
    with pytest.raises(BadArgument):
        colouring.is_k_colourable(loop, -1)
    with pytest.raises(TooLarge):
        colouring.chromatic_polynomial(Graph(nx.path_graph(11)))
    names = colouring.graph_colouring(Graph.from_edges([("é", "<b>"), ("<b>", "z")])).colours
    assert names["é"] == names["z"] != names["<b>"]
