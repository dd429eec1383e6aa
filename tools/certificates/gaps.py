"""Checks of what a graph lacks: reach searched, components partitioned, pairs counted again."""

from __future__ import annotations

from typing import Any

from graphs.graph import Graph
from tools.answers import Nodes, Number
from tools.certificates.agreement import settled
from tools.certificates.base import checker, require
from tools.certificates.connectivity import one_of_components, partition_into_components
from tools.certificates.degrees import equals, nodes_are
from tools.certificates.evidence import arcs_of, reach


@checker("unreachable_nodes")
def check_unreachable_nodes(graph: Graph, answer: Nodes, node: Any) -> str:
    """a search over the list of edges"""
    start = graph.node(node)
    reached = {start, *reach(arcs_of(graph), start)}
    nodes_are(graph, answer, [v for v in graph.nodes if v not in reached], "nodes")
    return f"{start} reaches all but {len(answer.nodes)} nodes"


@checker("smallest_component")
def check_smallest_component(graph: Graph, answer: Nodes) -> str:
    """each group of the witness searched from one of its nodes, and their sizes compared"""
    one_of_components(graph, answer)
    require(len(answer.nodes) == min(map(len, answer.witness)), "a component is smaller")
    return f"a component has {len(answer.nodes)} nodes, and none has fewer"


@checker("edges_to_connect")
def check_edges_to_connect(graph: Graph, answer: Number) -> str:
    """each group of the witness searched from one of its nodes; one edge joins two of them at most"""
    settled(answer)
    partition_into_components(graph, answer.witness)
    require(answer.number == len(answer.witness) - 1, f"there are {len(answer.witness)} components")
    return f"there are {len(answer.witness)} components, and each edge joins two at most"


@checker("num_missing_edges")
def check_num_missing_edges(graph: Graph, answer: Number) -> str:
    """all pairs of nodes looked up"""
    nodes = graph.nodes
    arcs = arcs_of(graph)
    joined = sum(len(set(arcs[u]) - {u}) for u in nodes)
    pairs = len(nodes) * (len(nodes) - 1)
    share = 1 if graph.directed else 2
    equals(answer, (pairs - joined) // share)
    return f"{answer.number} pairs of nodes have no edge"
