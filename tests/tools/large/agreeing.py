"""The same question on both bodies, and whether the answers agree."""

from __future__ import annotations

import random
from typing import Any

from graphs.compact import CompactGraph
from graphs.errors import GraphError
from graphs.graph import Graph
from tools.large.registry import all_large, certify, find
from tools.registry import Tool, all_tools

LABELS: tuple[list[Any], ...] = (
    list(range(14)), [f"n{i}" for i in range(14)], [7, -3, 2**40, 0, 11, 10**15, 5, 6, 99, 1, 2, 3, 4, 8],
    ["Ånn", "Bob", "bob", "東京", "naïve café", "Ω", "a b", "x", "y", "z", "007", "7", "", "é́"],
)  # fmt: skip
FREE = {  # any of several right answers; the certificate tells
    "shortest_path": lambda a: (a.length, a.nodes[0], a.nodes[-1]),
    "find_cycle": lambda a: bool(a.nodes),
    "minimum_spanning_tree": lambda a: (len(a.edges), round(a.total, 6)),
    "maximum_spanning_tree": lambda a: (len(a.edges), round(a.total, 6)),
    "bridges": lambda a: sorted(sorted(map(str, edge)) for edge in a.edges),
    "incident_edges": lambda a: sorted(sorted(map(str, edge)) for edge in a.edges),
    "common_neighbors": lambda a: sorted(map(str, a.nodes)),
    "label_propagation_communities": lambda a: sum(map(len, a.groups)),
    "topological_sort": lambda a: len(a.nodes),
    "is_weighted": lambda a: a.holds,
}
UNDER_MULTI = ("bfs_order", "bfs_tree", "neighbors", "successors", "predecessors")


def random_graph(seed: int) -> Graph:
    """A small graph of any kind: directed or not, multi or not, weighted or not, with loops and isolated nodes."""
    rng = random.Random(seed)
    directed, multi, loops = rng.random() < 0.5, rng.random() < 0.25, rng.random() < 0.4
    labels = rng.choice(LABELS)[: rng.randint(1, 14)]
    rng.shuffle(labels := list(labels))
    weights = rng.choice(("none", "whole", "real", "zero", "some"))
    edges = []
    for _ in range(int(rng.choice((0.3, 0.8, 1.2, 2.5, 5)) * len(labels))):
        u, v = rng.choice(labels), rng.choice(labels)
        if u == v and not loops:
            continue
        data: dict[str, Any] = {}
        if weights == "whole" or (weights == "some" and rng.random() < 0.7):
            data["weight"] = rng.randint(1, 9)
        elif weights == "real":
            data["weight"] = round(rng.random() * 10, 3)
        elif weights == "zero":
            data["weight"] = rng.choice((0, 0, 1, 2))
        edges.append((u, v, data))
    return Graph.from_edges(edges, labels, directed=directed, multi=multi)


def arguments(tool: Tool, graph: Graph, rng: random.Random) -> dict[str, Any]:
    """Arguments for one call, optional ones now and then."""
    made: dict[str, Any] = {}
    for parameter in tool.parameters:
        if not parameter.required and rng.random() < 0.6:
            continue
        if parameter.kind == "node":
            made[parameter.name] = rng.choice(graph.nodes)
        elif parameter.kind == "nodes":
            made[parameter.name] = [rng.choice(graph.nodes) for _ in range(rng.randint(1, 3))]
        elif parameter.kind in ("int", "float"):
            made[parameter.name] = 0.5 if parameter.name == "damping" else rng.randint(0, 4)
        elif parameter.kind == "choice":
            made[parameter.name] = rng.choice(parameter.choices)
        elif parameter.kind == "attribute":
            made[parameter.name] = "weight"
    return made


def _called(function: Any, graph: Graph, bound: dict[str, Any]) -> Any:
    try:
        return function(graph, **bound)
    except GraphError as error:
        return type(error).__name__


def _near(one: Any, other: Any) -> bool:
    if isinstance(one, float) or isinstance(other, float):
        return isinstance(other, (int, float)) and abs(one - other) <= 1e-7 * (1 + abs(other))
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(_near(one[key], other[key]) for key in one)
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(_near, one, other))
    return bool(one == other) and type(one) is type(other)


def disagreement(graph: Graph, compact: CompactGraph, name: str, rng: random.Random) -> str:
    """What differs between the two bodies for one call of a tool; "" where they agree and the certificate holds."""
    tool = all_tools()[name]
    bound = arguments(tool, graph, rng)
    plain, fast = _called(tool.function, graph, bound), _called(find(name), compact, bound)
    where = f"{name}({bound}) on {graph.to_json()}"
    if isinstance(plain, str) or isinstance(fast, str):
        if fast == "_Small" or (isinstance(plain, str) and plain == fast):
            return ""
        return f"{where}: {plain} / {fast}"
    certificate = certify(compact, name, bound, fast)
    if not certificate.holds:
        return f"{where}: {fast}: {certificate}"
    same = FREE[name](plain) == FREE[name](fast) if name in FREE else _near(plain.value, fast.value)
    return "" if same else f"{where}: {plain.value} / {fast.value}"


def names() -> list[str]:
    return sorted(set(all_large()) - {"list_edges", "betweenness_centrality"})  # small graphs go to the other body
