"""Checks of degrees: edge ends counted one by one."""

from __future__ import annotations

from collections import Counter
from statistics import correlation
from typing import Any

from graphs.graph import Graph
from tools.answers import NodeAnswer, Nodes, NodeValues, Number, Numbers, Record
from tools.certificates.agreement import close, settled
from tools.certificates.base import checker, require
from tools.certificates.evidence import in_graph_order, same_set

# What the sign of figure less bound may be.
SIGNS = {"equal": (0,), "more": (1,), "less": (-1,), "at_least": (0, 1), "at_most": (0, -1)}


BOUNDS = {"equal": "", "more": "more than ", "less": "less than ", "at_least": "at least ", "at_most": "at most "}


def count_degrees(graph: Graph, direction: str = "total") -> dict[Any, int]:
    """node -> number of edge ends at it, from the list of edges."""
    table = dict.fromkeys(graph.nodes, 0)
    for edge in graph.edges():
        if direction in ("total", "out"):
            table[edge.source] += 1
        if direction in ("total", "in"):
            table[edge.target] += 1
    return table


def equals(answer: Number, expected: float) -> None:
    """Reject unless the answer is the number `expected`, up to rounding."""
    settled(answer)
    require(answer.witness is None, "a witness that is not needed")
    require(close(answer.number, expected), f"counting again gives {expected}")


@checker("average_degree")
def check_average_degree(graph: Graph, answer: Number) -> str:
    """edge ends counted one by one"""
    table = count_degrees(graph)
    equals(answer, sum(table.values()) / len(table))
    return f"the average degree is {answer.number}"


@checker("degrees")
def check_degrees(graph: Graph, answer: NodeValues, direction: str = "total") -> str:
    """edge ends counted one by one"""
    settled(answer)
    require(answer.witness is None and dict(answer.values) == count_degrees(graph, direction), "a degree is wrong")
    return "every node has the degree listed"


@checker("degree_sequence")
def check_degree_sequence(graph: Graph, answer: Numbers, direction: str = "total") -> str:
    """edge ends counted one by one"""
    settled(answer)
    counted = Counter(count_degrees(graph, direction).values())
    require(answer.witness is None and Counter(answer.numbers) == counted, "a degree is wrong")
    require(all(a >= b for a, b in zip(answer.numbers, answer.numbers[1:])), "the sequence is not in descending order")
    return f"the degree sequence is {answer.numbers}"


@checker("degree_histogram")
def check_degree_histogram(graph: Graph, answer: Record, direction: str = "total") -> str:
    """edge ends counted one by one"""
    settled(answer)
    counts = Counter(str(d) for d in count_degrees(graph, direction).values())
    require(answer.witness is None and dict(answer.figures) == dict(counts), "a count is wrong")
    return "as many nodes have each degree as listed"


def _extreme_node(graph: Graph, answer: NodeAnswer, direction: str, *, highest: bool) -> str:
    settled(answer)
    table = count_degrees(graph, direction)
    best = max(table.values()) if highest else min(table.values())
    tied = [node for node, degree in table.items() if degree == best]
    require(answer.witness == {"degree": best, "tied": tied}, f"degree {best} belongs to {tied}")
    require(answer.node == tied[0], "the node named is not the first of those tied")
    return f"node {answer.node} has degree {best}, and no node has a {'higher' if highest else 'lower'} one"


@checker("max_degree_node")
def check_max_degree_node(graph: Graph, answer: NodeAnswer, direction: str = "total") -> str:
    """all degrees counted and compared"""
    return _extreme_node(graph, answer, direction, highest=True)


@checker("min_degree_node")
def check_min_degree_node(graph: Graph, answer: NodeAnswer, direction: str = "total") -> str:
    """all degrees counted and compared"""
    return _extreme_node(graph, answer, direction, highest=False)


@checker("maximum_degree")
def check_maximum_degree(graph: Graph, answer: Number, direction: str = "total") -> str:
    """all degrees counted and compared"""
    equals(answer, max(count_degrees(graph, direction).values()))
    return f"the maximum degree is {answer.number}"


@checker("minimum_degree")
def check_minimum_degree(graph: Graph, answer: Number, direction: str = "total") -> str:
    """all degrees counted and compared"""
    equals(answer, min(count_degrees(graph, direction).values()))
    return f"the minimum degree is {answer.number}"


def nodes_are(graph: Graph, answer: Nodes, expected: list[Any], what: str) -> None:
    """Reject unless the answer lists exactly `expected`, in the order of the graph."""
    settled(answer)
    require(answer.witness is None, "a witness that is not needed")
    same_set(answer.nodes, expected, what)
    in_graph_order(graph, answer.nodes)


@checker("nodes_with_degree")
def check_nodes_with_degree(
    graph: Graph, answer: Nodes, degree: int, comparison: str = "equal", direction: str = "total"
) -> str:
    """all degrees counted and compared"""
    signs = SIGNS[comparison]
    table = count_degrees(graph, direction)
    nodes_are(graph, answer, [n for n, d in table.items() if (d > degree) - (d < degree) in signs], "nodes")
    return f"{len(answer.nodes)} nodes have degree {BOUNDS[comparison]}{degree}, and no others"


@checker("isolated_nodes")
def check_isolated_nodes(graph: Graph, answer: Nodes) -> str:
    """all degrees counted"""
    nodes_are(graph, answer, [n for n, d in count_degrees(graph).items() if d == 0], "isolated nodes")
    return f"{len(answer.nodes)} nodes are isolated, and no others"


@checker("source_nodes")
def check_source_nodes(graph: Graph, answer: Nodes) -> str:
    """all in-degrees counted"""
    nodes_are(graph, answer, [n for n, d in count_degrees(graph, "in").items() if d == 0], "source nodes")
    return f"{len(answer.nodes)} nodes have no incoming edge, and no others"


@checker("sink_nodes")
def check_sink_nodes(graph: Graph, answer: Nodes) -> str:
    """all out-degrees counted"""
    nodes_are(graph, answer, [n for n, d in count_degrees(graph, "out").items() if d == 0], "sink nodes")
    return f"{len(answer.nodes)} nodes have no outgoing edge, and no others"


@checker("degree_assortativity")
def check_degree_assortativity(graph: Graph, answer: Number) -> str:
    """Pearson's correlation over the list of edge ends"""
    outgoing, incoming = count_degrees(graph, "out"), count_degrees(graph, "in")
    if graph.directed:
        ends = [(outgoing[e.source], incoming[e.target]) for e in graph.edges()]
    else:
        table = count_degrees(graph)
        ends = [
            p for e in graph.edges() for p in ((table[e.source], table[e.target]), (table[e.target], table[e.source]))
        ]
    equals(answer, correlation([x for x, _ in ends], [y for _, y in ends]))
    return f"the degrees at the ends of an edge correlate by {answer.number}"
