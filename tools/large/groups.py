"""Communities on arrays: label propagation."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphs.compact.graph import CompactGraph
from tools.answers import Groups
from tools.large.algorithms import algorithms
from tools.large.registry import large
from tools.large.views import simple_rows

ROUNDS = 100


def modularity(graph: CompactGraph, code: Any) -> float | None:
    """Newman's modularity of the nodes of equal code, directions ignored; None without edges."""
    m = graph.num_edges
    if not m:
        return None
    one, other = code[graph.source], code[graph.target]
    inside = int((one == other).sum())
    count = int(code.max()) + 1
    ends = np.bincount(one, minlength=count) + np.bincount(other, minlength=count)
    return inside / m - float(((ends / (2 * m)) ** 2).sum())


@large("label_propagation_communities", by="label propagation, node after node in a seeded order")
def label_propagation_communities(graph: CompactGraph) -> Groups:
    """Raghavan, Albert and Kumara (2007); another order of updates than on networkx graphs, so other groups."""
    rows = simple_rows(graph)
    visits = np.random.default_rng(0).permutation(graph.num_nodes).astype(np.int32)
    label = algorithms().propagate(rows.starts, rows.heads, visits, ROUNDS)
    code = (np.cumsum(np.bincount(label, minlength=1) > 0) - 1)[label]
    order = np.argsort(code, kind="stable")
    cuts = np.concatenate([[0], np.cumsum(np.bincount(code))]).tolist() if len(code) else [0]
    names = graph.labels.take(order)
    firsts = np.array([order[a] for a in cuts[:-1]], np.int64)
    groups = [names[cuts[i] : cuts[i + 1]] for i in np.argsort(firsts).tolist()]
    notes = ("edge directions are ignored",) if graph.directed else ()
    return Groups(groups, modularity(graph, code), {"code": code}, estimated=True, notes=notes)
