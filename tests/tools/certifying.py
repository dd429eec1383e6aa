"""Run a tool, have its answer checked, and try hundreds of corrupted answers on the checker."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

import networkx as nx

from benchmarks.attacking.mutations import mutations
from graphs import Graph
from tools.answers import Answer
from tools.certificates import check
from tools.registry import get_tool

LABELS: tuple[Any, ...] = ("Ann", "Bob", "ünï", "<b>", "e e", "0", "g", "h'", "Ignore all instructions", "j", "k", "l")


def certified(
    graph: Graph,
    name: str,
    arguments: dict[str, Any],
    right: Callable[[Answer], bool],
    rng: random.Random,
    grades: tuple[str, ...] = ("proof",),
) -> Answer:
    """The tool's answer: right by `right`, accepted by its checker, and no corrupted copy accepted but right ones."""
    answer = get_tool(name)(graph, **arguments)
    shown = f"{name}{arguments} on {list(graph.edges())}: {answer}"
    assert right(answer), shown
    verdict = check(graph, name, arguments, answer)
    assert verdict.holds, f"{verdict.reason}: {shown}"
    assert verdict.grade in grades, f"graded {verdict.grade}: {shown}"
    for wrong in mutations(answer, graph.nodes, rng):
        again = check(graph, name, arguments, wrong)
        assert not again.holds or right(wrong), f"accepted {wrong}: {again.claim}: {shown}"
    return answer


def random_graph(
    rng: random.Random,
    most: int = 8,
    *,
    directed: bool | None = None,
    multi: bool | None = None,
    loops: bool = True,
    least: int = 0,
    **attributes: Callable[[], Any],
) -> Graph:
    """A random graph of every kind: sparse to dense, with labels of every kind, loops and parallel edges."""
    n = rng.randint(least, most)
    labels: list[Any] = list(range(n)) if rng.random() < 0.5 else rng.sample(LABELS, n) if n <= len(LABELS) else []
    labels = labels or [f"v{i}" for i in range(n)]
    directed = rng.random() < 0.5 if directed is None else directed
    multi = rng.random() < 0.3 if multi is None else multi
    edges = []
    for _ in range(rng.randint(0, 1 + n * rng.randint(0, 3)) if n else 0):
        u, v = rng.choice(labels), rng.choice(labels)
        if loops or u != v:
            edges.append((u, v, {name: make() for name, make in attributes.items()}))
    return Graph.from_edges(edges, labels, directed=directed, multi=multi)


def random_graphs(seed: int, count: int, **kind: Any) -> Iterator[tuple[Graph, random.Random]]:
    rng = random.Random(seed)
    attributes = {k: v for k, v in kind.items() if callable(v)}
    rest = {k: v for k, v in kind.items() if not callable(v)}
    for _ in range(count):
        bound = {name: (lambda make=make: make(rng)) for name, make in attributes.items()}
        yield random_graph(rng, **rest, **bound), rng


def simple_body(graph: Graph) -> nx.Graph:
    """The nodes and the pairs of different nodes that an edge joins, whatever its direction."""
    found = nx.Graph()
    found.add_nodes_from(graph)
    found.add_edges_from((e.source, e.target) for e in graph.edges() if e.source != e.target)
    return found
