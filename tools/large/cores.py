"""Cores and bridges on arrays."""

from __future__ import annotations

import numpy as np

from graphs.compact.graph import CompactGraph
from graphs.errors import BadArgument
from tools.answers import Edges, Nodes, NodeValues, Number
from tools.arcs import require_nodes
from tools.large.algorithms import algorithms
from tools.large.parts import forest_of
from tools.large.registry import large
from tools.large.views import members, per_node, simple_rows

PEEL = "peeling by degree (Batagelj and Zaversnik)"


def _notes(graph: CompactGraph) -> tuple[str, ...]:
    return ("directions are ignored",) if graph.directed else ()


@large("core_numbers", by=PEEL)
def core_numbers(graph: CompactGraph) -> NodeValues:
    rows = simple_rows(graph)
    core, order = algorithms().peel(rows.starts, rows.heads)
    return NodeValues(per_node(graph, core), {"order": order}, notes=_notes(graph))


@large("k_core", by=PEEL)
def k_core(graph: CompactGraph, k: int) -> Nodes:
    if k < 0:
        raise BadArgument(f"k is a degree and cannot be {k}; give 0 or more")
    rows = simple_rows(graph)
    core, order = algorithms().peel(rows.starts, rows.heads)
    return Nodes(members(graph, core >= k), {"core": core, "order": order}, notes=_notes(graph))


@large("degeneracy", by=PEEL)
def degeneracy(graph: CompactGraph) -> Number:
    require_nodes(graph, "degeneracy")
    rows = simple_rows(graph)
    core, order = algorithms().peel(rows.starts, rows.heads)
    return Number(int(core.max()), {"core": core, "order": order}, notes=_notes(graph))


@large("bridges", by="the lowest places of a depth-first search")
def bridges(graph: CompactGraph) -> Edges:
    from graphs.compact.extra import kernels

    rows = graph.out
    if graph.directed:
        rows = type(rows)(*kernels().adjacency(graph.num_nodes, graph.source, graph.target, True))
    found = np.flatnonzero(algorithms().bridges(*rows))
    pairs = zip(graph.labels.take(graph.source[found]), graph.labels.take(graph.target[found]))
    return Edges(list(pairs), witness={"edges": found, "forest": forest_of(graph)}, notes=_notes(graph))
