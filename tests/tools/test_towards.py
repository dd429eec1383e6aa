"""First steps and reachable candidates against networkx, on every small graph and on directed ones."""

from __future__ import annotations

import itertools
import random

import networkx as nx
import pytest

from graphs.errors import NodeNotFound, NoPath
from graphs.graph import Graph
from tools.certificates import check
from tools.towards import next_hops, reachable_candidates


def graphs() -> list[nx.Graph]:
    rng = random.Random(0)
    found: list[nx.Graph] = [graph for graph in nx.graph_atlas_g() if 0 < len(graph) < 6]
    for n in (3, 5, 8):
        found += [nx.gnp_random_graph(n, p, seed=rng.randint(0, 999), directed=True) for p in (0.1, 0.3, 0.5)]
    found.append(nx.MultiDiGraph([(0, 1), (0, 1), (1, 2), (2, 2), (3, 0)]))
    return found


def test_next_hops_are_the_second_nodes_of_all_shortest_paths() -> None:
    for plain in graphs():
        graph = Graph(plain)
        for u, v in itertools.product(plain, plain):
            if not nx.has_path(plain, u, v):
                with pytest.raises(NoPath):
                    next_hops(graph, u, v)
                continue
            wanted = {path[1] for path in nx.all_shortest_paths(plain, u, v) if len(path) > 1}
            answer = next_hops(graph, u, v)
            assert set(answer.nodes) == wanted
            assert check(graph, "next_hops", {"source": u, "target": v}, answer).holds


def test_reachable_candidates() -> None:
    for plain in graphs():
        graph, nodes = Graph(plain), sorted(plain)
        for u in nodes:
            answer = reachable_candidates(graph, u, nodes[::2])
            assert set(answer.nodes) == {v for v in nodes[::2] if nx.has_path(plain, u, v)}
            assert check(graph, "reachable_candidates", {"source": u, "nodes": nodes[::2]}, answer).holds


def test_a_node_that_is_not_there() -> None:
    graph = Graph(nx.path_graph(3))
    with pytest.raises(NodeNotFound):
        next_hops(graph, 0, 9)
    with pytest.raises(NodeNotFound):
        reachable_candidates(graph, 0, [1, 9])
