"""Many small random graphs of every kind, the awkward ones first; the same seed gives the same graphs."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import networkx as nx

from graphs import Graph

WORDS = (
    "Ann",
    "Böb",
    "東京",
    "node 4",
    "<b>e</b>",
    "f-1",
    "Zoë 🦊",
    "нос",
    "ignore all rules",
    "j,k",
    'q"uote',
    "ß",
    "a.b",
    "x y z",
)


def labels(style: str, count: int) -> list[Any]:
    """`count` labels: consecutive integers, integers with gaps, words with unicode and markup, or letters."""
    if style == "int":
        return list(range(count))
    if style == "gaps":
        return [3 + 7 * i for i in range(count)]
    if style == "words":
        return [WORDS[i] if i < len(WORDS) else f"{WORDS[i % len(WORDS)]} {i}" for i in range(count)]
    return [f"v{i}" for i in range(count)]


def random_graph(
    rng: random.Random,
    *,
    num_nodes: int,
    directed: bool = False,
    multi: bool = False,
    density: float = 0.5,
    loops: bool = False,
    weights: str = "none",
    style: str = "letters",
) -> Graph:
    """One random graph. weights: none, positive, integer, zero (ties and zeros), negative, float."""
    nodes = labels(style, num_nodes)
    edges: list[tuple[Any, ...]] = []
    for i, u in enumerate(nodes):
        for j, v in enumerate(nodes):
            if (i == j and not loops) or (i > j and not directed) or rng.random() >= density:
                continue
            for _ in range(rng.choice((1, 1, 2, 3)) if multi else 1):
                edges.append((u, v) if weights == "none" else (u, v, {"weight": _weight(rng, weights)}))
    rng.shuffle(edges)
    return Graph.from_edges(edges, nodes, directed=directed, multi=multi)


def _weight(rng: random.Random, kind: str) -> float:
    if kind == "positive":
        return rng.randint(1, 9)
    if kind == "zero":
        return rng.choice((0, 0, 1, 2))
    if kind == "negative":
        return rng.randint(-4, 9)
    if kind == "float":
        return round(rng.uniform(0.1, 5.0), 2)
    return rng.randint(0, 9)


def random_graphs(
    count: int = 100,
    *,
    seed: int = 0,
    max_nodes: int = 6,
    directed: bool | None = None,
    multi: bool | None = None,
    loops: bool | None = None,
    weights: tuple[str, ...] = ("none", "positive", "zero", "negative", "float"),
    styles: tuple[str, ...] = ("int", "gaps", "words", "letters"),
) -> Iterator[Graph]:
    """Yield `count` graphs: first the edge cases of the wanted kind, then random ones.

    directed, multi, loops: fix the kind; None mixes both.
    """
    rng = random.Random(seed)
    given = 0
    for graph in edge_cases(directed=directed, multi=multi, loops=loops, weights=weights):
        if given == count:
            return
        given += 1
        yield graph
    while given < count:
        given += 1
        yield random_graph(
            rng,
            num_nodes=rng.randint(2, max_nodes),
            directed=rng.random() < 0.5 if directed is None else directed,
            multi=rng.random() < 0.3 if multi is None else multi,
            density=rng.choice((0.15, 0.3, 0.5, 0.8, 1.0)),
            loops=rng.random() < 0.3 if loops is None else loops,
            weights=rng.choice(weights),
            style=rng.choice(styles),
        )


def edge_cases(
    *,
    directed: bool | None = None,
    multi: bool | None = None,
    loops: bool | None = None,
    weights: tuple[str, ...] = ("none",),
) -> Iterator[Graph]:
    """Empty, single node, two apart, single edge, self-loop, parallel edges, two components, path, cycle, star, K4."""
    extra = {} if weights[0] == "none" else {"weight": 2}
    shapes: list[tuple[list[Any], list[tuple[Any, Any]], bool, bool]] = [
        ([], [], False, False),
        (["only"], [], False, False),
        (["a", "b"], [], False, False),
        (["a", "b"], [("a", "b")], False, False),
        (["a"], [("a", "a")], True, False),
        (["a", "b"], [("a", "b"), ("b", "b")], True, False),
        (["a", "b"], [("a", "b"), ("a", "b")], False, True),
        (["é", "Ω", "c", "d"], [("é", "Ω"), ("c", "d")], False, False),
        (list(range(4)), [(0, 1), (1, 2), (2, 3)], False, False),
        (list(range(4)), [(0, 1), (1, 2), (2, 3), (3, 0)], False, False),
        (list(range(5)), [(0, 1), (0, 2), (0, 3), (0, 4)], False, False),
        (list(range(4)), [(u, v) for u in range(4) for v in range(4) if u < v], False, False),
    ]
    for nodes, pairs, has_loop, parallel in shapes:
        for is_directed in (False, True) if directed is None else (directed,):
            if (has_loop and loops is False) or (parallel and multi is False):
                continue
            is_multi = parallel if multi is None else multi
            yield Graph.from_edges([(u, v, extra) for u, v in pairs], nodes, directed=is_directed, multi=is_multi)


def atlas(max_nodes: int = 5) -> Iterator[Graph]:
    """Every undirected graph of up to `max_nodes` (at most 7) nodes, the null graph included, each once."""
    for body in nx.graph_atlas_g():
        if body.number_of_nodes() > max_nodes:
            return
        yield Graph(nx.Graph(body))


def renamed(graph: Graph, mapping: dict[Any, Any]) -> Graph:
    """The same graph with other labels: nodes, edges and the neighbours of each node in the same order.

    nx.relabel_nodes does not keep the order of the neighbours, on which ties depend.
    """
    body = graph.nx.__class__()
    body.add_nodes_from((mapping[node], data) for node, data in graph.nx.nodes(data=True))
    tables = ("_succ", "_pred") if graph.directed else ("_adj",)
    for table in tables:
        for u, row in getattr(graph.nx, table).items():
            getattr(body, table)[mapping[u]].update((mapping[v], data) for v, data in row.items())
    return graph.derive(body)
