"""Graphs of every kind, and arguments for any tool: what random testing of all tools at once needs."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

import networkx as nx

from benchmarks.attacking.random_graphs import edge_cases, random_graph
from graphs import Graph
from tools.registry import Parameter, Tool

STYLES = ("int", "gaps", "words", "letters")
WEIGHTS = ("none", "positive", "zero", "negative", "float", "text", "some")
EXTREME = ("huge", "tiny")  # numbers far apart, or all next to 0
EDGE_NAMES = ("weight", "capacity", "time")
NAMES = ("petersen", "karate", "complete 4", "nobody's graph")


def trial_graphs(count: int, seed: int, most: int = 7, *, extreme: bool = False) -> Iterator[Graph]:
    """Yield `count` graphs: in turn an edge case, one dressed with attributes, and two random ones of every kind.

    extreme: some weights are far apart, or all next to 0.
    """
    kinds = WEIGHTS + EXTREME if extreme else WEIGHTS
    rng = random.Random(seed)
    awkward = [*edge_cases(), *edge_cases(weights=("positive",))]
    rng.shuffle(awkward)
    for i in range(count):
        odd = awkward[i // 4 % len(awkward)]
        if i % 4 < 2:
            yield dressed(odd, rng, kinds) if i % 4 else odd
        else:
            yield bipartite(rng, most, kinds) if rng.random() < 0.2 else any_graph(rng, most, kinds)


def any_graph(rng: random.Random, most: int, kinds: tuple[str, ...] = WEIGHTS) -> Graph:
    """A random graph, mostly with every attribute that some tool reads."""
    graph = random_graph(
        rng,
        num_nodes=rng.randint(2, most),
        directed=rng.random() < 0.5,
        multi=rng.random() < 0.3,
        density=rng.choice((0.15, 0.3, 0.5, 0.8, 1.0)),
        loops=rng.random() < 0.25,
        style=rng.choice(STYLES),
    )
    return dressed(graph, rng, kinds) if rng.random() < 0.85 else graph


def bipartite(rng: random.Random, most: int, kinds: tuple[str, ...]) -> Graph:
    """Edges between two declared sides only, with preferences half of the time."""
    graph = random_graph(rng, num_nodes=rng.randint(2, most), density=0.7, style=rng.choice(STYLES))
    body = graph.nx
    for i, node in enumerate(body):
        body.nodes[node]["side"] = i % 2
    body.remove_edges_from([(u, v) for u, v in body.edges if body.nodes[u]["side"] == body.nodes[v]["side"]])
    return dressed(graph, rng, kinds)


def dressed(graph: Graph, rng: random.Random, kinds: tuple[str, ...]) -> Graph:
    """The graph with weights of one kind, capacities, times, coordinates, labels, demands and preferences."""
    body = graph.nx.copy()
    kind = rng.choice(kinds)
    times: tuple[Any, ...] = (0, 1, 2, 3, 4.5) if rng.random() < 0.9 else ("2024-01-03", "2024-01-04", "2024-02-01")
    for *_, data in body.edges(data=True):
        if kind != "none" and (kind != "some" or rng.random() < 0.7):
            data["weight"] = _weight(rng, kind)
        data.update(capacity=rng.choice((0, 1, 2, 3, 2.5)), time=rng.choice(times), flow=rng.randint(0, 2))
        data["lower"] = 0
    for node, data in body.nodes(data=True):
        data.update(
            x=rng.uniform(-2, 2), y=rng.uniform(-2, 2), label=rng.choice("abc"), demand=rng.choice((-1, 0, 0, 1))
        )
        data.update(percolation=rng.random(), community=rng.choice("ab"), weight=rng.randint(1, 4))
        near = list(body.adj[node])
        data["preference"] = rng.sample(near, len(near))
    if rng.random() < 0.5:  # demands that add up to 0
        supply = sum(nx.get_node_attributes(body, "demand").values())
        for node in list(body)[:1]:
            body.nodes[node]["demand"] -= supply
    return graph.derive(body)


def _weight(rng: random.Random, kind: str) -> Any:
    return {
        "positive": lambda: rng.randint(1, 9),
        "zero": lambda: rng.choice((0, 0, 1, 2)),
        "negative": lambda: rng.randint(-4, 9),
        "float": lambda: round(rng.uniform(0.1, 5.0), 2),
        "tiny": lambda: rng.choice((1e-12, 3e-10, 2e-9)),
        "some": lambda: rng.randint(1, 3),
        "huge": lambda: rng.choice((1, 2, 10**9, 10**15, 1e-9)),
        "text": lambda: rng.choice((1, 2, "3", "far", None)),
    }[kind]()


def arguments_for(tool: Tool, graph: Graph, rng: random.Random, time_limit: float = 0.5) -> dict[str, Any]:
    """Arguments of the right types, mostly sensible: every required one and some of the others."""
    chosen: dict[str, Any] = {}
    for parameter in tool.parameters:
        if parameter.name == "time_limit":
            chosen["time_limit"] = 0.0 if rng.random() < 0.05 else time_limit
        elif parameter.required or rng.random() < 0.4:
            chosen[parameter.name] = _argument(parameter, graph, rng)
    return chosen


def _argument(parameter: Parameter, graph: Graph, rng: random.Random) -> Any:
    if parameter.kind == "choice":
        return rng.choice(parameter.choices)
    return _MAKERS[parameter.kind](parameter, graph, rng)


def _node(parameter: Parameter, graph: Graph, rng: random.Random) -> Any:
    return "nobody" if not graph.nodes or rng.random() < 0.03 else rng.choice(graph.nodes)


def _nodes(parameter: Parameter, graph: Graph, rng: random.Random) -> list[Any]:
    if rng.random() < 0.2 and len(graph) > 2:
        return rng.sample(graph.nodes, 3)
    count = rng.randint(0 if rng.random() < 0.1 else 1, max(1, min(5, len(graph))))
    if rng.random() < 0.4 and graph.nodes:  # a walk, which is what many tools ask about
        walk = [rng.choice(graph.nodes)]
        while len(walk) < count and (near := list(graph.nx.adj[walk[-1]])):
            walk.append(rng.choice(near))
        return walk
    if rng.random() < 0.1:
        return graph.nodes
    return [_node(parameter, graph, rng) for _ in range(count)]


def _pairs(parameter: Parameter, graph: Graph, rng: random.Random) -> list[tuple[Any, Any]]:
    edges = [(edge.source, edge.target) for edge in graph.edges()]
    if edges and rng.random() < 0.9:
        return rng.sample(edges, rng.randint(1, min(4, len(edges))))
    return [(_node(parameter, graph, rng), _node(parameter, graph, rng)) for _ in range(rng.randint(0, 2))]


def _attribute(parameter: Parameter, graph: Graph, rng: random.Random) -> str:
    if parameter.name == "attribute":
        return rng.choice([*graph.node_attribute_names(), *graph.edge_attribute_names(), "missing"])
    known = parameter.default or parameter.name
    return known if rng.random() < 0.95 else rng.choice(EDGE_NAMES)


def _whole(parameter: Parameter, graph: Graph, rng: random.Random) -> int:
    return rng.choice((0, 1, 2, 2, 3, 3, 4, 5)) if rng.random() < 0.97 else -1


def _number(parameter: Parameter, graph: Graph, rng: random.Random) -> float:
    return rng.choice((0.0, 0.1, 0.25, 0.5, 0.85, 0.9, 1.0, 2.0)) if rng.random() < 0.97 else -1.0


def _labels(parameter: Parameter, graph: Graph, rng: random.Random) -> dict[Any, Any]:
    nodes = [node for node in graph.nodes if rng.random() < 0.9]
    values: dict[str, Callable[[], Any]] = {
        "embeddings": lambda: [rng.randint(-2, 2), rng.randint(0, 3)],
        "colours": lambda: rng.randint(0, 2),
        "groups": lambda: rng.randint(0, 2),
        "opinions": lambda: rng.choice((0, 0.25, 1)),
        "mapping": lambda: f"new {rng.randrange(10**6)}",
    }
    return {node: values.get(parameter.name, lambda: rng.choice("ab"))() for node in nodes}


def _text(parameter: Parameter, graph: Graph, rng: random.Random) -> str:
    return rng.choice(NAMES) if parameter.name == "name" else "a, b or c"


_MAKERS: dict[str, Callable[[Parameter, Graph, random.Random], Any]] = {
    "node": _node,
    "nodes": _nodes,
    "pairs": _pairs,
    "attribute": _attribute,
    "time": lambda parameter, graph, rng: rng.choice((0, 1, 2, 3, 4.5, -1)),
    "int": _whole,
    "float": _number,
    "bool": lambda parameter, graph, rng: rng.random() < 0.5,
    "text": _text,
    "graph": lambda parameter, graph, rng: rng.choice((graph, any_graph(rng, 4), any_graph(rng, 5))),
    "labels": _labels,
    "numbers": lambda parameter, graph, rng: [rng.randint(0, 3) for _ in range(rng.randint(0, 5))],
}
