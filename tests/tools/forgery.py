"""One assertion for every tool: its answer is accepted, and no corrupted copy that is wrong is."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from graphs.graph import Graph
from tests.tools.mutations import mutations
from tools.answers import Answer, GraphAnswer, as_plain
from tools.certificates import Certificate, check
from tools.run import run_tool


def assert_certified(
    graph: Graph | None,
    name: str,
    right: Callable[[Answer], bool] | None = None,
    seed: int = 0,
    /,
    **arguments: Any,
) -> Answer:
    """Run the tool, want its answer accepted, and every accepted mutation to be `right` (by default: of equal value).

    Returns the answer for further comparison.
    """
    answer, certificate = run_tool(graph, name, arguments)
    assert certificate.holds, (name, arguments, certificate.reason, answer)
    assert certificate.claim
    wanted = as_plain(answer.value)
    nodes = [*(graph.nodes if graph is not None else []), "nobody"]
    for forged in forgeries(answer, nodes, random.Random(seed)):
        if accepted(graph, name, forged, arguments).holds:
            if isinstance(answer, GraphAnswer) and isinstance(forged, GraphAnswer) and right is None:
                same = canonical(forged.graph) == canonical(answer.graph)
            else:
                same = forged.value == answer.value or as_plain(forged.value) == wanted
            assert right(forged) if right is not None else same, (name, arguments, answer, forged)
    return answer


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


def canonical(graph: Graph) -> Any:
    """Everything about a graph but the order of its nodes and edges."""
    rows = [
        ((u, v) if graph.directed else tuple(sorted((u, v), key=str)), sorted(data.items(), key=repr))
        for u, v, data in graph.nx.edges(data=True)
    ]
    return graph.directed, dict(graph.nx.nodes(data=True)), sorted(rows, key=repr)


def accepted(graph: Graph | None, name: str, answer: Answer, arguments: dict[str, Any]) -> Certificate:
    return check(graph, name, answer=answer, arguments=arguments)
