"""Eccentricities and the diameter on arrays, with bounds where an exact one takes too long."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from graphs.compact.graph import CompactGraph
from graphs.errors import NotConnected
from tools.answers import Number
from tools.arcs import require_nodes
from tools.large.algorithms import algorithms
from tools.large.parts import forest_of, strong_code
from tools.large.paths import back, costs_from
from tools.large.registry import large, only_small
from tools.large.views import number, whole

LIMIT = 10.0  # seconds for an exact diameter
UPPER = "searches from the rim inwards (iFUB), bounds at the time limit"


def require_joined(graph: CompactGraph, what: str) -> None:
    """Raise NotConnected unless every node reaches every other."""
    require_nodes(graph, what)
    if graph.directed:
        if int(strong_code(graph).max()) > 0:
            raise NotConnected(
                f"{what} needs every node to reach every other, and this directed graph is not strongly connected; "
                "ask about its largest strongly connected component"
            )
        return
    sizes = np.bincount(forest_of(graph).root)
    sizes = sizes[sizes > 0]
    if len(sizes) > 1:
        raise NotConnected(
            f"{what} needs a connected graph, and this one has {len(sizes)} components, the largest with "
            f"{sizes.max()} of {graph.num_nodes} nodes; ask about the largest connected component"
        )


@large("eccentricity", by="a search from the node")
def eccentricity(graph: CompactGraph, node: Any, weight: str | None = None) -> Number:
    start = graph.index(node)
    require_joined(graph, "an eccentricity")
    cost, parent, edge = costs_from(graph, start, weight, "an eccentricity")
    far = int(cost.argmax())
    return Number(number(float(cost[far]), whole(graph, weight)), {"cost": cost, "parent": parent, "edge": edge})


@large("diameter", by=UPPER)
def diameter(graph: CompactGraph, weight: str | None = None) -> Number:
    """Crescenzi et al., Theor. Comput. Sci. 514 (2013), without weights on undirected graphs; else refused."""
    if weight is not None or graph.directed:
        raise only_small("the diameter of a large graph is found without weights, and on undirected graphs")
    require_joined(graph, "a diameter")
    rows, loops, end = graph.out, algorithms(), time.monotonic() + LIMIT

    def levels(source: int) -> tuple[Any, Any]:
        parent, _, depth, _ = loops.search(*rows, source, -1)
        return depth, parent

    start = int(np.diff(rows.starts).argmax())
    low, pair, middle = -1, (0, 0), start
    for _ in range(4):  # the middle of a long path is a good root
        depth, _ = levels(start)
        one = int(depth.argmax())
        depth, parent = levels(one)
        other = int(depth.argmax())
        if int(depth[other]) > low:
            low, pair = int(depth[other]), (one, other)
            path = back(parent, other)
            middle = start = int(path[len(path) // 2])
    depth, parent = levels(middle)
    root, tried, level = depth, [], int(depth.max())
    high = min(2 * level, graph.num_nodes - 1)
    while low < high and 2 * level > low and time.monotonic() < end:
        for rim in np.flatnonzero(root == level).tolist():
            depth, _ = levels(rim)
            tried.append(rim)
            if int(depth.max()) > low:
                low, pair = int(depth.max()), (rim, int(depth.argmax()))
            if time.monotonic() >= end or low >= 2 * level:
                break
        else:
            level -= 1
            high = min(high, max(low, 2 * level))
            continue
        break
    if low >= 2 * level:
        high = low
    depth, parent = levels(pair[0])
    witness = {"path": graph.labels.take(back(parent, pair[1])), "depth": depth, "root": middle, "tried": tried,
               "level": level}  # fmt: skip
    if low == high:
        return Number(low, witness)
    return Number(low, witness, exact=False, bounds=(low, high), notes=(f"{len(tried)} searches in {LIMIT:g} s",))
