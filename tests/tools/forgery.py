"""One assertion for every tool: its answer is accepted, and no corrupted copy that is wrong is."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from benchmarks.attacking.forgery import forgeries
from graphs.graph import Graph
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


def canonical(graph: Graph) -> Any:
    """Everything about a graph but the order of its nodes and edges."""
    rows = [
        ((u, v) if graph.directed else tuple(sorted((u, v), key=str)), sorted(data.items(), key=repr))
        for u, v, data in graph.nx.edges(data=True)
    ]
    return graph.directed, dict(graph.nx.nodes(data=True)), sorted(rows, key=repr)


def accepted(graph: Graph | None, name: str, answer: Answer, arguments: dict[str, Any]) -> Certificate:
    return check(graph, name, answer=answer, arguments=arguments)
