"""The random graphs of the GraphQA benchmark, draw by draw: seven generators with the official sizes and seeds.

Fatemi, Halcrow and Perozzi, "Talk like a Graph", arXiv 2310.04560. A graph's size class is drawn first for all graphs,
then per graph its parameters from Python's generator and its edges from NumPy's, both started with the same seed.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import networkx as nx

from graphs.errors import BadArgument
from graphs.graph import Graph

SEEDS = {"train": 9876, "valid": 5432, "test": 1234}
_NODES = {"small": range(5, 10), "medium": range(10, 15), "large": range(15, 20)}
_COMMUNITIES = {"small": range(2, 4), "medium": range(2, 8), "large": range(2, 10)}


class _Draws:
    """The three streams of the benchmark: Python's, NumPy's global one and NumPy's for the edges."""

    def __init__(self, seed: int) -> None:
        import numpy

        self.python = random.Random(seed)
        self.matrix = numpy.random.RandomState(seed)
        self.edges = numpy.random.RandomState(seed)

    def nodes(self, size: str) -> int:
        return self.python.choice(_NODES[size])


def graphqa_graphs(algorithm: str, count: int, seed: int, directed: bool = False) -> list[Graph]:
    """`count` graphs of the generator `algorithm` (one of ALGORITHMS), nodes 0 … n-1 with 5 ≤ n ≤ 19.

    er: p ~ U(0, 1). ba: m ~ U{1 … n-1}. sbm: 2 to 9 communities of random sizes. sfn: scale-free, directions dropped
    and self-loops kept. complete, star, path: by their size alone. SEEDS holds the benchmark's seeds.

    Raises:
        BadArgument: no such algorithm, or a negative count.

    >>> [graph.num_edges for graph in graphqa_graphs("path", 3, seed=1234)]
    [18, 9, 4]
    """
    if algorithm not in ALGORITHMS:
        raise BadArgument(f"no GraphQA generator {algorithm!r}; there are {', '.join(ALGORITHMS)}")
    if count < 0:
        raise BadArgument(f"the number of graphs is 0 or more, not {count}")
    draws = _Draws(seed)
    sizes = draws.python.choices(list(_NODES), k=count)
    graphs = []
    for index, size in enumerate(sizes):
        body = ALGORITHMS[algorithm](draws, size, directed)
        graphs.append(Graph(body, name=f"{algorithm} {index}", origin=f"GraphQA generator {algorithm}, seed {seed}"))
    return graphs


def graphqa_block_graphs(count: int, seed: int) -> list[Graph]:
    """The graphs of GraphQA's node classification: two equal blocks, p_in ~ U(.6, .8), p_out ~ U(0, .05).

    Each node carries its `block`, 0 or 1; 4 to 18 nodes.
    """
    if count < 0:
        raise BadArgument(f"the number of graphs is 0 or more, not {count}")
    draws, graphs = _Draws(seed), []
    for index in range(count):
        outside, inside = draws.python.uniform(0, 0.05), draws.python.uniform(0.6, 0.8)
        half = draws.python.choice(range(5, 20)) // 2
        body = nx.stochastic_block_model([half, half], [[inside, outside], [outside, inside]], seed=draws.edges)
        body.graph.clear()
        graphs.append(Graph(body, name=f"sbm2 {index}", origin=f"GraphQA generator sbm2, seed {seed}"))
    return graphs


def _erdos_renyi(draws: _Draws, size: str, directed: bool) -> nx.Graph:
    probability = draws.python.uniform(0, 1)
    return nx.erdos_renyi_graph(draws.nodes(size), probability, seed=draws.edges, directed=directed)


def _barabasi_albert(draws: _Draws, size: str, directed: bool) -> nx.Graph:
    nodes = draws.nodes(size)
    body = nx.barabasi_albert_graph(nodes, draws.python.randint(1, nodes - 1), seed=draws.edges)
    return _orient(body, draws) if directed else body


def _blocks(draws: _Draws, size: str, directed: bool) -> nx.Graph:
    import numpy

    nodes, communities = draws.nodes(size), draws.python.choice(_COMMUNITIES[size])
    sizes: list[int] = []
    for _ in range(communities - 1):
        sizes.append(draws.python.randint(1, max(1, nodes - sum(sizes) - (communities - 1))))
    sizes.append(nodes - sum(sizes))
    density: Any = draws.matrix.uniform(size=(communities, communities))
    symmetric = numpy.maximum if draws.python.uniform(0, 1) < 0.5 else numpy.minimum
    body = nx.stochastic_block_model(sizes, symmetric(density, density.T), seed=draws.edges, directed=directed)
    body.graph.clear()
    for _, data in body.nodes(data=True):
        data.clear()
    return body


def _scale_free(draws: _Draws, size: str, directed: bool) -> nx.Graph:
    body = nx.scale_free_graph(draws.nodes(size), seed=draws.edges)
    if directed:
        return body
    flat = nx.Graph()
    flat.add_nodes_from(body)
    flat.add_edges_from(body.edges())
    return flat


def _complete(draws: _Draws, size: str, directed: bool) -> nx.Graph:
    return nx.complete_graph(draws.nodes(size), nx.DiGraph if directed else nx.Graph)


def _star(draws: _Draws, size: str, directed: bool) -> nx.Graph:
    body = nx.star_graph(draws.nodes(size) - 1)
    return _orient(body, draws) if directed else body


def _path(draws: _Draws, size: str, directed: bool) -> nx.Graph:
    return nx.path_graph(draws.nodes(size), nx.DiGraph if directed else nx.Graph)


def _orient(body: nx.Graph, draws: _Draws) -> nx.DiGraph:
    """One direction of each edge, by a fair coin."""
    oriented = body.to_directed()
    for u, v in list(body.edges):
        oriented.remove_edge(*((u, v) if draws.python.random() < 0.5 else (v, u)))
    return oriented


ALGORITHMS: dict[str, Callable[[_Draws, str, bool], nx.Graph]] = {
    "er": _erdos_renyi,
    "ba": _barabasi_albert,
    "sbm": _blocks,
    "sfn": _scale_free,
    "complete": _complete,
    "star": _star,
    "path": _path,
}
