"""Components and strong components on arrays."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphs.compact.graph import CompactGraph
from tools.answers import Groups, Nodes, Number, Truth
from tools.arcs import require_directed, require_nodes
from tools.connectivity import WEAK
from tools.large.algorithms import algorithms
from tools.large.registry import large
from tools.large.views import Forest, count_distinct, groups_of, members

SEARCH = "breadth-first trees of all components"
TARJAN = "Tarjan's strong components"


def forest_of(graph: CompactGraph) -> Forest:
    """Breadth-first trees over edges of either direction; the root of a tree is its first node."""
    return Forest(*algorithms().forest(*graph.out, *graph.into, graph.directed))


def _notes(graph: CompactGraph) -> tuple[str, ...]:
    return (WEAK,) if graph.directed else ()


@large("is_connected", by=SEARCH)
def is_connected(graph: CompactGraph) -> Truth:
    require_nodes(graph, "connectedness")
    forest = forest_of(graph)
    return Truth(bool((forest.root == 0).all()), forest, notes=_notes(graph))


@large("is_weakly_connected", by=SEARCH)
def is_weakly_connected(graph: CompactGraph) -> Truth:
    require_directed(graph, "weak connectedness")
    return is_connected(graph)


@large("connected_components", by=SEARCH)
def connected_components(graph: CompactGraph) -> Groups:
    forest = forest_of(graph)
    return Groups(groups_of(graph, forest.root), witness=forest, notes=_notes(graph))


@large("weakly_connected_components", by=SEARCH)
def weakly_connected_components(graph: CompactGraph) -> Groups:
    require_directed(graph, "a weakly connected component")
    return connected_components(graph)


@large("number_of_components", by=SEARCH)
def number_of_components(graph: CompactGraph) -> Number:
    forest = forest_of(graph)
    return Number(count_distinct(forest.root), forest, notes=_notes(graph))


@large("largest_component", by=SEARCH)
def largest_component(graph: CompactGraph) -> Nodes:
    require_nodes(graph, "a largest component")
    forest = forest_of(graph)
    biggest = int(np.bincount(forest.root).argmax())
    return Nodes(members(graph, forest.root == biggest), forest, notes=_notes(graph))


@large("component_of", by=SEARCH)
def component_of(graph: CompactGraph, node: Any) -> Nodes:
    forest = forest_of(graph)
    return Nodes(members(graph, forest.root == forest.root[graph.index(node)]), forest, notes=_notes(graph))


def strong_code(graph: CompactGraph) -> Any:
    """Number of the strong component of each node; it never rises along an edge."""
    return algorithms().strong(graph.out.starts, graph.out.heads)


def _witness(graph: CompactGraph, code: Any) -> dict[str, Any]:
    loops = algorithms()
    ahead, behind = (loops.inner_forest(*rows, code) for rows in (graph.out, graph.into))
    return {"code": code, "ahead": ahead, "behind": behind}


@large("strongly_connected_components", by=TARJAN)
def strongly_connected_components(graph: CompactGraph) -> Groups:
    require_directed(graph, "a strongly connected component")
    code = strong_code(graph)
    return Groups(groups_of(graph, code), witness=_witness(graph, code))


@large("strong_component_of", by=TARJAN)
def strong_component_of(graph: CompactGraph, node: Any) -> Nodes:
    require_directed(graph, "a strongly connected component")
    code = strong_code(graph)
    return Nodes(members(graph, code == code[graph.index(node)]), _witness(graph, code))


@large("is_strongly_connected", by="two breadth-first searches")
def is_strongly_connected(graph: CompactGraph) -> Truth:
    require_nodes(graph, "strong connectedness")
    found = []
    for rows in (graph.out, graph.into):
        parent, edge, depth, _ = algorithms().search(*rows, 0, -1)
        found.append(Forest(parent, edge, depth, np.where(depth >= 0, 0, -1)))
        if (depth < 0).any():
            return Truth(False, {"closed": depth >= 0 if rows is graph.out else depth < 0})
    return Truth(True, {"ahead": found[0], "behind": found[1]})
