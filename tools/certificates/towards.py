"""Checks of first steps and of which nodes can be reached."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graphs.graph import Graph
from tools.answers import Nodes
from tools.certificates.base import checker, require
from tools.certificates.degrees import nodes_are
from tools.certificates.evidence import arcs_of, reach


@checker("next_hops")
def check_next_hops(graph: Graph, answer: Nodes, source: Any, target: Any) -> str:
    """layers of nodes, searched backwards over the list of edges"""
    source, target = graph.node(source), graph.node(target)
    arcs = arcs_of(graph)
    layers = [{target}]
    seen = {target}
    while source not in seen:
        following = {u for u, ways in arcs.items() if u not in seen and any(v in layers[-1] for v in ways)}
        require(bool(following), "no path leads to the target")
        layers.append(following)
        seen |= following
    nodes_are(graph, answer, [v for v in arcs[source] if v in layers[-2]] if len(layers) > 1 else [], "nodes")
    return (
        f"{target} is {len(layers) - 1} edges from {source}, and {len(layers) - 2} from these neighbours alone"
        if (len(layers) > 1)
        else f"the way from {source} ends where it begins"
    )


@checker("reachable_candidates")
def check_reachable_candidates(graph: Graph, answer: Nodes, source: Any, nodes: Sequence[Any]) -> str:
    """a search over the list of edges"""
    reached = reach(arcs_of(graph), graph.node(source))
    wanted = {graph.node(node) for node in nodes}
    nodes_are(graph, answer, [node for node in wanted if node in reached], "nodes")
    return f"{source} reaches {len(answer.nodes)} of the {len(wanted)} nodes"
