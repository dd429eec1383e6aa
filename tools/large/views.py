"""Labels, weights and simple adjacency of a compact graph, as the functions of this folder need them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from graphs.compact.arrays import Rows
from graphs.compact.extra import kernels as graph_kernels
from graphs.compact.graph import CompactGraph
from graphs.compact.labels import Labels
from graphs.errors import BadArgument, MissingAttribute, NegativeWeight
from graphs.graph import Node

if TYPE_CHECKING:
    from graphs.compact.arrays import Array, Reals

EXACT = 2**53


class Labelled(Mapping[Node, float]):
    """Numbers of the nodes, by label; nothing is copied."""

    def __init__(self, labels: Labels, values: Array) -> None:
        self.labels, self.array = labels, values

    def __getitem__(self, label: Node) -> float:
        place = self.labels.index(label)
        if place is None:
            raise KeyError(label)
        found: float = self.array[place].item()
        return found

    def __iter__(self) -> Iterator[Node]:
        return iter(self.labels)

    def __len__(self) -> int:
        return len(self.labels)


class Forest(NamedTuple):
    """Trees of a search. parent: node, -1 for roots and nodes that were not reached. edge: that leads there from the
    parent, -1 likewise. depth: in the tree, -1 for nodes that were not reached. root: of the tree, -1 likewise.
    """

    parent: Array
    edge: Array
    depth: Array
    root: Array


def weights(graph: CompactGraph, name: str, what_for: str, *, negative: bool = False) -> Reals:
    """The numbers of the edges under `name`, float64 [m].

    Raises:
        MissingAttribute: an edge has none.
        BadArgument: one is not finite, or whole numbers are too large to be added up without loss.
        NegativeWeight: one is below 0, and `negative` is False.
    """
    cells = graph.columns.get(name)
    if cells is None:
        if not graph.num_edges:
            return np.zeros(0)
        raise MissingAttribute(name, what_for)
    values = np.asarray(cells, np.float64)
    if len(values) and np.isnan(values).any():
        raise MissingAttribute(name, what_for, one=True)
    if len(values) and np.isinf(values).any():
        raise BadArgument(f"{what_for} needs numbers in {name!r}, and one is infinite; correct it")
    if len(values) and values.min() < 0 and not negative:
        raise NegativeWeight(f"an edge has negative {name} {values.min():g}; {what_for} needs weights of at least 0")
    if cells.dtype.kind == "i" and len(cells) and float(np.abs(values).max()) * max(1, graph.num_nodes) >= EXACT:
        raise BadArgument(f"the numbers in {name!r} are too large to be added up exactly; divide them by a common unit")
    return values


def whole(graph: CompactGraph, name: str | None) -> bool:
    """Whether sums of the weights are whole numbers."""
    return name is None or graph.columns.get(name, np.zeros(0, np.int64)).dtype.kind == "i"


def number(value: float, is_whole: bool) -> int | float:
    """A sum of weights as the networkx tools give it."""
    return int(value) if is_whole and math.isfinite(value) else float(value)


def simple_rows(graph: CompactGraph) -> Rows:
    """Adjacency without directions, loops and parallel edges. Edge numbers are those of `simple_edges`."""
    tails, heads = simple_edges(graph)
    if not graph.directed and not graph.multi and len(tails) == graph.num_edges:
        return graph.out
    return Rows(*graph_kernels().adjacency(graph.num_nodes, tails, heads, True))


def simple_edges(graph: CompactGraph) -> tuple[Array, Array]:
    """The ends of the edges without directions, loops and parallel edges."""
    source, target = np.asarray(graph.source), np.asarray(graph.target)
    loops = source == target
    if not graph.directed and not graph.multi:
        return (source[~loops], target[~loops]) if loops.any() else (source, target)
    low, high = np.minimum(source, target)[~loops], np.maximum(source, target)[~loops]
    keys = distinct(low.astype(np.int64) * max(1, graph.num_nodes) + high)
    return (keys // max(1, graph.num_nodes)).astype(np.int32), (keys % max(1, graph.num_nodes)).astype(np.int32)


def distinct(keys: Array) -> Array:
    """The different numbers, in order. By sorting: numpy's own way by hashing takes two hundred times as long."""
    ordered: Array = np.sort(keys)
    if len(ordered) < 2:
        return ordered
    found: Array = ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])]
    return found


def count_distinct(codes: Array) -> int:
    """How many different numbers there are, none of them below 0 or much above their count."""
    return int(np.count_nonzero(np.bincount(codes))) if len(codes) else 0


def groups_of(graph: CompactGraph, code: Array) -> list[list[Node]]:
    """Nodes of equal code as groups, largest first; ties and members in the graph's order."""
    if not len(code):
        return []
    order = np.argsort(code, kind="stable")
    sizes = np.bincount(code)
    cuts = np.concatenate([[0], np.cumsum(sizes)])
    there = np.flatnonzero(sizes)
    firsts = order[cuts[there]]
    ranked = there[np.lexsort((firsts, -sizes[there]))]
    labels = graph.labels.take(order)
    return [labels[cuts[c] : cuts[c + 1]] for c in ranked.tolist()]


def members(graph: CompactGraph, mask: Array) -> list[Node]:
    """The labels of the nodes in a mask, in the graph's order."""
    return graph.labels.take(np.flatnonzero(mask))


def per_node(graph: CompactGraph, values: Array) -> dict[Node, Any]:
    """label -> value."""
    return dict(zip(graph.nodes, values.tolist()))
