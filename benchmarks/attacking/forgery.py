"""Forged answers: corrupted copies, and for an answer that is a graph the same with a graph a little different."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from benchmarks.attacking.mutations import mutations
from graphs.graph import Graph
from tools.answers import Answer, GraphAnswer


def forgeries(answer: Answer, nodes: list[Any], rng: random.Random) -> Iterator[Answer]:
    yield from mutations(answer, nodes, rng)
    if isinstance(answer, GraphAnswer):
        for graph in other_graphs(answer.graph, rng):
            yield replace(answer, graph=graph)


def other_graphs(graph: Graph, rng: random.Random) -> Iterator[Graph]:
    """Copies with one thing wrong: a node or edge more or less, moved or renamed, an attribute, the direction."""
    edits: list[Callable[[Any], Any]] = [lambda body: body.add_node("intruder")]
    nodes = graph.nodes
    if nodes:
        u, v = rng.choice(nodes), rng.choice(nodes)
        edits += [
            lambda body: body.remove_node(u),
            lambda body: body.nodes[u].update(forged=1),
            lambda body: body.add_edge(u, v, forged=1),
            lambda body: body.remove_edge(u, v) if body.has_edge(u, v) else body.add_edge(u, v),
        ]
    if graph.num_edges:
        row = rng.choice(list(graph.nx.edges(data=True)))
        edits += [
            lambda body: body.remove_edge(row[0], row[1]),
            lambda body: (body.remove_edge(row[0], row[1]), body.add_edge(row[1], row[0], **row[2])),
            lambda body: [data.update(weight=99.5) for *_, data in list(body.edges(data=True))[:1]],
            lambda body: [data.clear() for *_, data in body.edges(data=True)],
        ]
    for edit in edits:
        body = graph.nx.copy()
        edit(body)
        yield graph.derive(body)
    yield graph.derive(graph.nx.to_undirected() if graph.directed else graph.nx.to_directed())
