"""Matchings against every matching of small graphs, and their checks against corrupted answers."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterator
from typing import Any

import networkx as nx
import pytest

from graphs import Graph
from graphs.errors import BadArgument, MissingAttribute, NodeNotFound, WrongKind
from tests.tools.certifying import certified, random_graphs
from tools import matching_sides, matchings, stable_matchings, weighted_matchings
from tools.certificates import check


def simple_edges(graph: Graph) -> list[tuple[Any, Any]]:
    return list(
        {frozenset((e.source, e.target)): (e.source, e.target) for e in graph.edges() if e.source != e.target}.values()
    )


def all_matchings(edges: list[tuple[Any, Any]]) -> Iterator[list[tuple[Any, Any]]]:
    if not edges:
        yield []
        return
    (u, v), *rest = edges
    yield from all_matchings(rest)
    for more in all_matchings([e for e in rest if not {u, v} & set(e)]):
        yield [(u, v), *more]


def is_matching(graph: Graph, pairs: Any) -> bool:
    ends = [x for p in pairs for x in p]
    near = {frozenset(e) for e in simple_edges(graph)}
    return len(set(ends)) == len(ends) and all(frozenset(p) in near for p in pairs)


def weight_of(graph: Graph, pair: Any, best: Any) -> float:
    return best(e.attributes["weight"] for e in graph.edges() if {e.source, e.target} == set(pair))


def bipartite_graphs(seed: int, count: int) -> Iterator[tuple[Graph, random.Random]]:
    for graph, rng in random_graphs(seed, count, most=8, loops=False, weight=lambda r: r.randint(-3, 9)):
        sides = {node: rng.randint(0, 1) for node in graph}
        kept = [(e.source, e.target, dict(e.attributes)) for e in graph.edges() if sides[e.source] != sides[e.target]]
        made = Graph.from_edges(kept, graph.nodes, directed=graph.directed, multi=graph.multi)
        if rng.random() < 0.5:
            for node in made:
                made.nx.nodes[node]["side"] = sides[node]
        yield made, rng


def test_bipartite_matchings_are_largest_of_all() -> None:
    holds = set()
    for graph, rng in bipartite_graphs(1, 150):
        best = max(map(len, all_matchings(simple_edges(graph))))
        right = lambda a, g=graph, b=best: is_matching(g, a.pairs) and len(a.pairs) == b  # noqa: E731
        certified(graph, "maximum_bipartite_matching", {}, right, rng)
        left = matching_sides.two_sides(graph)[0]
        full = best == len(left)
        certified(graph, "can_match_all", {}, lambda a, f=full: a.holds == f, rng)
        certified(graph, "can_match_all", {"left": left}, lambda a, f=full: a.holds == f, rng)
        holds.add(full)
    assert holds == {True, False}


def test_general_matchings_on_every_small_graph() -> None:
    rng = random.Random(2)
    for body in nx.graph_atlas_g()[: 1 + 208]:
        graph = Graph(body)
        best = max(map(len, all_matchings(simple_edges(graph))))
        right = lambda a, g=graph, b=best: is_matching(g, a.pairs) and len(a.pairs) == b  # noqa: E731
        certified(graph, "maximum_matching", {}, right, rng)
        perfect = 2 * best == graph.num_nodes
        certified(graph, "has_perfect_matching", {}, lambda a, p=perfect: a.holds == p, rng)
    for body in nx.graph_atlas_g()[209:]:
        answer = matchings.maximum_matching(Graph(body))
        assert len(answer.pairs) == len(nx.max_weight_matching(body, maxcardinality=True))
        assert check(Graph(body), "maximum_matching", {}, answer).grade == "proof"


def test_matchings_of_every_kind_of_graph() -> None:
    for graph, rng in random_graphs(3, 200, most=8, weight=lambda r: r.choice([-2, 0, 1, 2, 3, 0.5, 2.7])):
        edges = simple_edges(graph)
        every = list(all_matchings(edges))
        best = max(map(len, every))
        right = lambda a, g=graph, b=best: is_matching(g, a.pairs) and len(a.pairs) == b  # noqa: E731
        certified(graph, "maximum_matching", {}, right, rng)

        def maximal(answer: Any, graph: Graph = graph, edges: list = edges) -> bool:
            ends = {x for p in answer.pairs for x in p}
            return is_matching(graph, answer.pairs) and all(set(e) & ends for e in edges)

        certified(graph, "maximal_matching", {}, maximal, rng)
        heavy = {e: weight_of(graph, e, max) for e in edges}
        top = max(sum(heavy[e] for e in m) for m in every)
        certified(
            graph,
            "maximum_weight_matching",
            {},
            lambda a, g=graph, t=top: is_matching(g, a.pairs) and math.isclose(a.total, t, abs_tol=1e-9),
            rng,
        )
        light = {e: weight_of(graph, e, min) for e in edges}
        low = min((sum(light[e] for e in m) for m in every if 2 * len(m) == graph.num_nodes), default=None)
        certified(
            graph,
            "minimum_weight_perfect_matching",
            {},
            lambda a, g=graph, t=low: (
                (a.total is None) == (t is None)
                and is_matching(g, a.pairs)
                and (t is None or math.isclose(a.total, t, abs_tol=1e-9))
            ),
            rng,
        )


def test_edge_covers() -> None:
    seen = 0
    for graph, rng in random_graphs(4, 200, most=6):
        edges = simple_edges(graph)
        if {x for e in edges for x in e} != set(graph):
            with pytest.raises(WrongKind):
                matchings.minimum_edge_cover(graph)
            continue
        if len(edges) > 10:
            continue
        best = next(
            k
            for k in range(len(edges) + 1)
            if any(len({x for e in c for x in e}) == len(graph) for c in itertools.combinations(edges, k))
        )
        seen += 1
        right = lambda a, b=best, g=graph: len(a.edges) == b and {x for e in a.edges for x in e} == set(g)  # noqa: E731
        certified(graph, "minimum_edge_cover", {}, right, rng)
    assert seen > 30


def test_assignments() -> None:
    done = 0
    for graph, rng in bipartite_graphs(5, 250):
        small, large = sorted(matching_sides.two_sides(graph), key=len)
        edges = simple_edges(graph)
        for maximize in (False, True):
            worth = {e: weight_of(graph, e, max if maximize else min) for e in edges}
            totals = [sum(worth[e] for e in m) for m in all_matchings(edges) if len(m) == len(small)]
            if not totals:
                with pytest.raises(BadArgument):
                    weighted_matchings.optimal_assignment(graph, maximize=maximize)
                continue
            best = max(totals) if maximize else min(totals)
            done += 1
            certified(
                graph,
                "optimal_assignment",
                {"maximize": maximize},
                lambda a, g=graph, b=best, s=small: is_matching(g, a.pairs) and len(a.pairs) == len(s) and a.total == b,
                rng,
            )
    assert done > 50


def test_judging_given_edges() -> None:
    seen: set[tuple[str, bool]] = set()
    for graph, rng in random_graphs(6, 400, most=6, least=1):
        edges = simple_edges(graph)
        given = rng.sample(edges, rng.randint(0, min(3, len(edges))))
        if rng.random() < 0.2:
            given.append((rng.choice(graph.nodes), rng.choice(graph.nodes)))
        if rng.random() < 0.5:
            given = rng.choice([m for m in all_matchings(edges)][-5:])
        good = is_matching(graph, given)
        ends = {x for p in given for x in p}
        near = {frozenset((e.source, e.target)) for e in graph.edges()}
        truth = {
            "is_matching": good,
            "is_maximal_matching": good and all(set(e) & ends for e in edges),
            "is_perfect_matching": good and ends == set(graph),
            "is_maximum_matching": good and len(given) == max(map(len, all_matchings(edges))),
            "is_edge_cover": ends == set(graph) and all(frozenset(p) in near for p in given),
        }
        for name, want in truth.items():
            certified(graph, name, {"edges": given}, lambda a, w=want: a.holds == w, rng)
            seen.add((name, want))
    assert len(seen) == 10


def stable(ranks: dict[Any, list[Any]], pairs: Any) -> bool:
    mate = {u: v for u, v in pairs} | {v: u for u, v in pairs}
    if len(mate) != 2 * len(pairs) or any(v not in ranks[u] or u not in ranks[v] for u, v in pairs):
        return False

    def wants(a: Any, b: Any) -> bool:
        return b in ranks[a] and (a not in mate or ranks[a].index(b) < ranks[a].index(mate[a]))

    return not any(wants(a, b) and wants(b, a) for a in ranks for b in ranks)


def test_stable_marriages() -> None:
    rng, seen = random.Random(7), set()
    for _ in range(150):
        men, women = [f"m{i}" for i in range(rng.randint(0, 4))], [f"w{i}" for i in range(rng.randint(1, 4))]
        ranks = {x: rng.sample(women, rng.randint(len(women) // 2, len(women))) for x in men}
        ranks |= {x: rng.sample(men, rng.randint(len(men) // 2, len(men))) for x in women}
        graph = Graph.from_edges([], men + women)
        as_text = rng.random() < 0.5
        for x in ranks:
            graph.nx.nodes[x]["preference"] = " > ".join(ranks[x]) if as_text else ranks[x]
        certified(graph, "stable_marriage", {"left": men}, lambda a, r=ranks: stable(r, a.pairs), rng)
        certified(graph, "stable_marriage", {}, lambda a, r=ranks: stable(r, a.pairs), rng)
        k = rng.randint(0, min(len(men), len(women)))
        given = list(zip(rng.sample(men, k), rng.sample(women, k)))
        if rng.random() < 0.4:
            given = stable_matchings.stable_marriage(graph, left=men).pairs
        want = stable(ranks, given)
        certified(graph, "is_stable_matching", {"edges": given}, lambda a, w=want: a.holds == w, rng)
        seen.add(want)
    assert seen == {True, False}


def test_larger_graphs_are_proven() -> None:
    rng = random.Random(8)
    graph = Graph(nx.gnp_random_graph(60, 0.06, seed=8))
    for edge in graph.nx.edges:
        graph.nx.edges[edge]["weight"] = rng.randint(1, 30)
    best = nx.max_weight_matching(graph.nx)
    answer = weighted_matchings.maximum_weight_matching(graph)
    assert answer.total == sum(graph.nx.edges[e]["weight"] for e in best)
    assert check(graph, "maximum_weight_matching", {}, answer).grade == "proof"
    pairs = matchings.maximum_matching(graph)
    assert len(pairs.pairs) == len(nx.max_weight_matching(graph.nx, maxcardinality=True))
    assert check(graph, "maximum_matching", {}, pairs).grade == "proof"


def test_errors_say_what_to_do() -> None:
    triangle = Graph.from_edges([(1, 2), (2, 3), (3, 1)])
    with pytest.raises(WrongKind, match="odd cycle"):
        matchings.maximum_bipartite_matching(triangle)
    with pytest.raises(NodeNotFound):
        matchings.is_matching(triangle, [(1, 9)])
    with pytest.raises(MissingAttribute):
        weighted_matchings.maximum_weight_matching(triangle)
    with pytest.raises(WrongKind, match="inside one side"):
        matchings.maximum_bipartite_matching(triangle, [1])
    with pytest.raises(MissingAttribute, match="preference"):
        stable_matchings.stable_marriage(triangle)


def test_renaming_nodes_renames_the_answer() -> None:
    edges = [(0, 3), (0, 4), (1, 4), (2, 4), (2, 5)]
    named = Graph.from_edges([(f"é{u}", f"é{v}") for u, v in edges])
    plain = matchings.maximum_bipartite_matching(Graph.from_edges(edges))
    assert matchings.maximum_bipartite_matching(named).pairs == [(f"é{u}", f"é{v}") for u, v in plain.pairs]
