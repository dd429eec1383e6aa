"""Cycles, topological orders and two-colourings on arrays."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphs.compact.graph import CompactGraph
from graphs.errors import WrongKind
from tools.answers import Cycle, Groups, Order, Truth
from tools.arcs import require_directed, require_nodes
from tools.large.algorithms import algorithms
from tools.large.parts import forest_of
from tools.large.registry import large
from tools.large.views import Forest, members

KAHN = "Kahn's order, or a depth-first search for a cycle"
TREES = "breadth-first trees of all components"


def undirected_cycle(graph: CompactGraph, forest: Forest) -> Any:
    """The nodes of some cycle when directions are ignored, in order; none in a forest."""
    loops = np.flatnonzero(graph.source == graph.target)
    if len(loops):
        return graph.source[loops[:1]].astype(np.int64)
    inside = np.zeros(graph.num_edges, bool)
    inside[forest.edge[forest.edge >= 0]] = True
    outside = np.flatnonzero(~inside)
    if not len(outside):
        return np.zeros(0, np.int64)
    return _ring(forest, int(graph.source[outside[0]]), int(graph.target[outside[0]]))


def _ring(forest: Forest, u: int, v: int) -> Any:
    """The cycle that an edge between u and v closes in the tree."""
    left, right = [u], [v]
    while left[-1] != right[-1]:
        side = left if forest.depth[left[-1]] >= forest.depth[right[-1]] else right
        side.append(int(forest.parent[side[-1]]))
    return np.array(left + right[:-1][::-1], np.int64)


def _found(graph: CompactGraph) -> tuple[Any, Any]:
    """A cycle (maybe empty), and what shows that there is none."""
    if graph.directed:
        order = algorithms().kahn(graph.out.starts, graph.out.heads)
        if len(order) == graph.num_nodes:
            return order[:0], {"places": order}
        return algorithms().directed_cycle(graph.out.starts, graph.out.heads), None
    forest = forest_of(graph)
    cycle = undirected_cycle(graph, forest)
    return cycle, None if len(cycle) else {"forest": forest}


@large("has_cycle", by=KAHN)
def has_cycle(graph: CompactGraph) -> Truth:
    cycle, none = _found(graph)
    return Truth(len(cycle) > 0, {"cycle": graph.labels.take(cycle)} if len(cycle) else none)


@large("is_acyclic", by=KAHN)
def is_acyclic(graph: CompactGraph) -> Truth:
    cycle, none = _found(graph)
    return Truth(len(cycle) == 0, {"cycle": graph.labels.take(cycle)} if len(cycle) else none)


@large("find_cycle", by=KAHN)
def find_cycle(graph: CompactGraph) -> Cycle:
    cycle, none = _found(graph)
    return Cycle(graph.labels.take(cycle), len(cycle) or None, none)


@large("is_dag", by=KAHN)
def is_dag(graph: CompactGraph) -> Truth:
    require_directed(graph, "the notion of a DAG")
    return is_acyclic(graph)


@large("topological_sort", by=KAHN)
def topological_sort(graph: CompactGraph) -> Order:
    require_directed(graph, "a topological order")
    order = algorithms().kahn(graph.out.starts, graph.out.heads)
    if len(order) < graph.num_nodes:
        cycle = graph.labels.take(algorithms().directed_cycle(graph.out.starts, graph.out.heads))
        shown = " -> ".join(str(node)[:40] for node in [*cycle[:8], cycle[0]])
        raise WrongKind(
            f"a topological order needs a graph without directed cycles, and this one has {shown}; remove an edge of it"
        )
    return Order(graph.labels.take(order))


def _notes(graph: CompactGraph) -> tuple[str, ...]:
    return ("directions are ignored",) if graph.directed else ()


@large("is_tree", by=TREES)
def is_tree(graph: CompactGraph) -> Truth:
    require_nodes(graph, "a tree")
    forest = forest_of(graph)
    cycle = undirected_cycle(graph, forest)
    if len(cycle):
        return Truth(False, {"cycle": graph.labels.take(cycle)}, notes=_notes(graph))
    return Truth(bool((forest.root == 0).all()), {"forest": forest}, notes=_notes(graph))


@large("is_forest", by=TREES)
def is_forest(graph: CompactGraph) -> Truth:
    forest = forest_of(graph)
    cycle = undirected_cycle(graph, forest)
    witness: Any = {"cycle": graph.labels.take(cycle)} if len(cycle) else {"forest": forest}
    return Truth(not len(cycle), witness, notes=_notes(graph))


def _sides(graph: CompactGraph) -> tuple[Any, Any]:
    """Side of each node, or an odd cycle."""
    forest = forest_of(graph)
    side = forest.depth & 1
    same = np.flatnonzero(side[graph.source] == side[graph.target])
    if not len(same):
        return side, None
    return None, _ring(forest, int(graph.source[same[0]]), int(graph.target[same[0]]))


@large("is_bipartite", by="two colours along breadth-first trees")
def is_bipartite(graph: CompactGraph) -> Truth:
    side, cycle = _sides(graph)
    if side is None:
        return Truth(False, {"cycle": graph.labels.take(cycle)})
    return Truth(True, {"side": side})


@large("bipartite_sets", by="two colours along breadth-first trees")
def bipartite_sets(graph: CompactGraph) -> Groups:
    side, cycle = _sides(graph)
    if side is None:
        shown = " - ".join(str(node)[:40] for node in graph.labels.take(cycle)[:8])
        raise WrongKind(f"the graph is not bipartite: it has the odd cycle {shown}")
    return Groups([members(graph, side == 0), members(graph, side == 1)])
