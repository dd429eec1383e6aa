from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import permutations
from typing import Any

import networkx as nx
import pytest

from graphs.errors import BadArgument, NodeNotFound
from graphs.graph import Graph
from tests.tools.forgery import assert_certified
from tools.answers import Answer
from tools.run import run_tool

ATLAS = [g for g in nx.graph_atlas_g() if 0 < len(g) <= 5]


def graphs() -> Iterator[tuple[Graph, random.Random]]:
    for i, body in enumerate(ATLAS):
        yield Graph(body), random.Random(i)
    for seed in range(120):
        rng = random.Random(seed)
        n = rng.randint(1, 5)
        edges = [(u, v) for u in range(n) for v in range(n) if rng.random() < 0.35]
        yield Graph.from_edges(edges, range(n), directed=seed % 3 > 0, multi=seed % 2 > 0), rng


def bfs_orders(graph: Graph, source: Any) -> set[tuple[Any, ...]]:
    """All breadth-first orders: the queue with every permutation of fresh neighbours."""
    found = set()

    def go(order: tuple[Any, ...], head: int) -> None:
        if head == len(order):
            found.add(order)
            return
        fresh = [n for n in graph.nx.adj[order[head]] if n not in order]
        for block in permutations(fresh):
            go((*order, *block), head + 1)

    go((source,), 0)
    return found


def dfs_orders(graph: Graph, source: Any) -> set[tuple[Any, ...]]:
    """All depth-first orders: the stack with every choice of the next neighbour."""
    found = set()

    def go(order: tuple[Any, ...], stack: tuple[Any, ...]) -> None:
        if not stack:
            found.add(order)
            return
        fresh = [n for n in graph.nx.adj[stack[-1]] if n not in order]
        for n in fresh:
            go((*order, n), (*stack, n))
        if not fresh:
            go(order, stack[:-1])

    go((source,), (source,))
    return found


def test_orders_are_among_all_orders() -> None:
    for graph, rng in graphs():
        source = rng.choice(graph.nodes)
        for name, orders in (("bfs_order", bfs_orders(graph, source)), ("dfs_order", dfs_orders(graph, source))):
            right = lambda a, orders=orders: tuple(a.value) in orders  # noqa: E731
            assert right(assert_certified(graph, name, right, source=source))


def test_given_orders_are_judged_as_by_enumeration() -> None:
    for graph, rng in graphs():
        orders = {"is_bfs_order": bfs_orders(graph, 0), "is_dfs_order": dfs_orders(graph, 0)}
        for name, valid in orders.items():
            right = list(rng.choice(sorted(valid)))
            other = rng.sample(graph.nodes, rng.randint(1, graph.num_nodes))
            for order in (right, right[:-1] or right, [*right, right[0]], other):
                truth = tuple(order) in (valid if order[0] == 0 else bfs_or_dfs(graph, order[0], name))
                assert assert_certified(graph, name, nodes=order).value == truth


def bfs_or_dfs(graph: Graph, source: Any, name: str) -> set[tuple[Any, ...]]:
    return bfs_orders(graph, source) if name == "is_bfs_order" else dfs_orders(graph, source)


def test_trees_and_layers() -> None:
    for graph, rng in graphs():
        source = rng.choice(graph.nodes)
        distance = nx.single_source_shortest_path_length(graph.nx, source)

        def shortest(answer: Answer, graph: Graph = graph, distance: Any = distance) -> bool:
            edges = answer.value
            joined = all(graph.has_edge(p, c) and distance[c] == distance[p] + 1 for p, c in edges)
            return joined and sorted(c for _, c in edges) == sorted(n for n, d in distance.items() if d)

        assert shortest(assert_certified(graph, "bfs_tree", shortest, source=source))
        layers = [[n for n in distance if distance[n] == i] for i in range(max(distance.values()) + 1)]

        def same_layers(answer: Answer, layers: Any = layers) -> bool:
            return [sorted(layer) for layer in answer.value] == [sorted(layer) for layer in layers]

        assert same_layers(assert_certified(graph, "bfs_layers", same_layers, source=source))


def test_depth_first_trees_have_no_cross_edges() -> None:
    for graph, rng in graphs():
        if graph.directed:
            continue
        source = rng.choice(graph.nodes)

        def right(answer: Answer, graph: Graph = graph, source: Any = source) -> bool:
            tree = nx.DiGraph([tuple(edge) for edge in answer.value])
            tree.add_node(source)
            reach = nx.node_connected_component(nx.Graph(graph.nx), source)
            if set(tree) != reach or not nx.is_arborescence(tree) or len(answer.value) != len(reach) - 1:
                return False
            above = {n: nx.ancestors(tree, n) | {n} for n in tree}
            joined = all(graph.has_edge(*edge) for edge in answer.value)
            return joined and all(u in above[v] or v in above[u] for u, v in graph.nx.subgraph(reach).edges())

        assert right(assert_certified(graph, "dfs_tree", right, source=source))


def lexicographic(graph: Graph, order: list[Any]) -> bool:
    """Rose, Tarjan & Lueker's condition on every triple a < b < c."""
    near = nx.Graph(graph.nx.to_undirected())
    edge = near.has_edge
    return len(order) == len(near) and all(
        any(edge(order[d], order[b]) and not edge(order[d], order[c]) for d in range(a))
        for c in range(len(order))
        for b in range(c)
        for a in range(b)
        if edge(order[a], order[c]) and not edge(order[a], order[b])
    )


def test_lexicographic_order_meets_the_triple_condition() -> None:
    for graph, rng in graphs():
        source = rng.choice(graph.nodes)
        right = lambda a, g=graph, s=source: a.value[0] == s and lexicographic(g, a.value)  # noqa: E731
        assert right(assert_certified(graph, "lexicographic_bfs", right, source=source))


def test_source_defaults_to_the_first_node() -> None:
    graph = Graph.from_edges([("b", "a"), ("a", "c")])
    assert assert_certified(graph, "bfs_order").value == ["b", "a", "c"]


def test_errors() -> None:
    with pytest.raises(BadArgument):
        run_tool(Graph(), "bfs_order", {})
    with pytest.raises(NodeNotFound):
        run_tool(Graph.from_edges([(1, 2)]), "dfs_order", {"source": 7})
    with pytest.raises(BadArgument):
        run_tool(Graph.from_edges([(1, 2)]), "is_dfs_order", {"nodes": []})


def test_long_path_is_no_deep_recursion() -> None:
    graph = Graph.from_edges([(i, i + 1) for i in range(20_000)])
    for name in ("dfs_order", "bfs_order", "dfs_tree", "bfs_layers"):
        _, certificate = run_tool(graph, name, {"source": 0})
        assert certificate.holds
    assert run_tool(graph, "is_dfs_order", {"nodes": list(range(20_001))})[1].holds


def test_renaming_nodes_renames_the_orders() -> None:
    for graph, _ in graphs():
        name = {n: f"n{n}" for n in graph}
        renamed = Graph(nx.relabel_nodes(graph.nx, name))
        for tool in ("bfs_order", "dfs_order", "lexicographic_bfs"):
            order = run_tool(graph, tool, {"source": 0})[0].value
            assert run_tool(renamed, tool, {"source": "n0"})[0].value == [name[n] for n in order]
