"""The one convention of all figures: the undirected simple projection of a graph."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from graphs.errors import BadArgument
from graphs.graph import Graph

CONVENTION = (
    "Undirected simple projection: direction, parallel relations and self-loops are dropped before measuring anything."
)


@dataclass(frozen=True, eq=False)
class Simple:
    """An undirected graph without loops or parallel edges, its nodes numbered from 0.

    ids: what each node is known by from step to step. labels: how each is shown. pairs: int64 [num_edges, 2], the
    smaller number first, sorted, each once. relations, self_loops: how many edges there were before the projection.
    """

    ids: tuple[Hashable, ...]
    labels: tuple[str, ...]
    pairs: NDArray[np.int64]
    relations: int = 0
    self_loops: int = 0

    @classmethod
    def of(cls, num_nodes: int, pairs: NDArray[np.int64] | Sequence[tuple[int, int]]) -> Simple:
        """From edges between numbered nodes; loops, direction and repeats are dropped.

        >>> Simple.of(3, [(1, 0), (0, 1), (2, 2)]).pairs.tolist()
        [[0, 1]]
        """
        rows = np.asarray(pairs, dtype=np.int64).reshape(-1, 2)
        if len(rows) and (rows.min() < 0 or rows.max() >= num_nodes):
            raise BadArgument(f"an edge names a node outside 0 to {num_nodes - 1}; number the nodes from 0")
        loops = rows[:, 0] == rows[:, 1]
        kept = np.unique(np.sort(rows[~loops], axis=1), axis=0)
        ids = tuple(range(num_nodes))
        return cls(ids, tuple(map(str, ids)), kept, len(rows), int(loops.sum()))

    @property
    def num_nodes(self) -> int:
        return len(self.ids)

    @property
    def num_edges(self) -> int:
        return len(self.pairs)

    @cached_property
    def degrees(self) -> NDArray[np.int64]:
        return np.bincount(self.pairs.ravel(), minlength=self.num_nodes)

    @cached_property
    def adjacency(self) -> Any:
        """The symmetric 0/1 matrix, scipy CSR float64 [num_nodes, num_nodes]."""
        from scipy.sparse import csr_array

        rows, columns = self.pairs[:, 0], self.pairs[:, 1]
        both = (np.concatenate([rows, columns]), np.concatenate([columns, rows]))
        return csr_array((np.ones(2 * self.num_edges), both), shape=(self.num_nodes, self.num_nodes))

    @cached_property
    def body(self) -> nx.Graph:
        """The same graph for networkx."""
        body = nx.Graph()
        body.add_nodes_from(range(self.num_nodes))
        body.add_edges_from(self.pairs.tolist())
        return body

    @cached_property
    def components(self) -> NDArray[np.int64]:
        """The number of each node's connected component; the largest is 0, of equal ones that of the first node."""
        from scipy.sparse.csgraph import connected_components

        if not self.num_nodes:
            return np.zeros(0, np.int64)
        _, labels = connected_components(self.adjacency, directed=False)
        order = np.argsort(-np.bincount(labels), kind="stable")
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order))
        return np.asarray(rank[labels], dtype=np.int64)


def project(graph: Graph | nx.Graph) -> Simple:
    """The undirected simple projection of a graph of any kind.

    A node is known by its attribute `id` where every node has one, all different, else by its label.

    >>> made = project(nx.MultiDiGraph([("a", "b"), ("b", "a"), ("a", "a"), ("b", "c")]))
    >>> made.labels, made.num_edges, made.relations, made.self_loops
    (('a', 'b', 'c'), 2, 4, 1)
    """
    body = graph.nx if isinstance(graph, Graph) else graph
    nodes = list(body)
    number = {node: i for i, node in enumerate(nodes)}
    pairs = [(number[u], number[v]) for u, v in body.edges()]
    made = Simple.of(len(nodes), pairs)
    ids = [body.nodes[node].get("id") for node in nodes]
    known = all(i is not None for i in ids) and len(set(ids)) == len(ids)
    return Simple(
        tuple(ids) if known else tuple(nodes), tuple(map(str, nodes)), made.pairs, made.relations, made.self_loops
    )
