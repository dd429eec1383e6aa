"""What two neighbourhoods have in common, put into one number: the measures behind similarity and link prediction."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal

from graphs.graph import Graph, Node

Direction = Literal["out", "in", "all"]
Measure = Literal[
    "jaccard",
    "adamic_adar",
    "resource_allocation",
    "preferential_attachment",
    "sorensen",
    "salton",
    "hub_promoted",
    "hub_depressed",
    "leicht_holme_newman",
    "common_neighbours",
]
Degree = Callable[[Node], int]


def neighbours_of(graph: Graph, node: Node, direction: Direction) -> dict[Node, None]:
    """The distinct neighbours in the graph's order, self-loops left out; a dict, so that the order is kept."""
    body = graph.nx
    if not graph.directed or direction == "out":
        found = dict.fromkeys(body[node])
    elif direction == "in":
        found = dict.fromkeys(body.pred[node])
    else:
        found = {**dict.fromkeys(body[node]), **dict.fromkeys(body.pred[node])}
    found.pop(node, None)
    return found


def score_of(measure: Measure, a: dict[Node, None], b: dict[Node, None], degree: Degree) -> float:
    """One measure for neighbour sets `a` and `b`; 0 where a denominator is 0."""
    common = [w for w in a if w in b]
    if measure == "common_neighbours":
        return len(common)
    if measure == "preferential_attachment":
        return len(a) * len(b)
    if measure == "adamic_adar":
        return math.fsum(1 / math.log(d) for d in map(degree, common) if d > 1)
    if measure == "resource_allocation":
        return math.fsum(1 / d for d in map(degree, common) if d > 0)
    below = {
        "jaccard": len(a) + len(b) - len(common),
        "sorensen": (len(a) + len(b)) / 2,
        "salton": math.sqrt(len(a) * len(b)),
        "hub_promoted": min(len(a), len(b)),
        "hub_depressed": max(len(a), len(b)),
        "leicht_holme_newman": len(a) * len(b),
    }[measure]
    return len(common) / below if below else 0.0
