"""Checks of what stands next to a node: read off the list of edges."""

from __future__ import annotations

from collections import Counter
from typing import Any

from graphs.graph import Graph
from tools.answers import Edges, Nodes, NodeValues, Number, Truth
from tools.certificates.agreement import close, settled
from tools.certificates.base import checker, require
from tools.certificates.degrees import count_degrees, equals, nodes_are
from tools.certificates.evidence import arcs_of, relaxed, same_set


@checker("degree")
def check_degree(graph: Graph, answer: Number, node: Any) -> str:
    """edge ends counted one by one"""
    equals(answer, count_degrees(graph)[graph.node(node)])
    return f"{node} has degree {answer.number}"


@checker("in_degree")
def check_in_degree(graph: Graph, answer: Number, node: Any) -> str:
    """incoming edges counted one by one"""
    equals(answer, count_degrees(graph, "in")[graph.node(node)])
    return f"{node} has in-degree {answer.number}"


@checker("out_degree")
def check_out_degree(graph: Graph, answer: Number, node: Any) -> str:
    """outgoing edges counted one by one"""
    equals(answer, count_degrees(graph, "out")[graph.node(node)])
    return f"{node} has out-degree {answer.number}"


def _weights_at(graph: Graph, node: Any, weight: str, direction: str) -> float:
    """The weights of the edge ends at a node added up; direction: total, in or out."""
    total: float = 0
    for edge in graph.edges():
        ends = (direction != "in" and edge.source == node) + (direction != "out" and edge.target == node)
        if ends:
            total += edge.attributes[weight] * ends
    return total


@checker("strength")
def check_strength(graph: Graph, answer: Number, node: Any, weight: str = "weight") -> str:
    """weights added up over the edge ends"""
    equals(answer, _weights_at(graph, graph.node(node), weight, "total"))
    return f"the edges at {node} weigh {answer.number} together"


@checker("in_strength")
def check_in_strength(graph: Graph, answer: Number, node: Any, weight: str = "weight") -> str:
    """weights added up over the incoming edges"""
    equals(answer, _weights_at(graph, graph.node(node), weight, "in"))
    return f"the edges into {node} weigh {answer.number} together"


@checker("out_strength")
def check_out_strength(graph: Graph, answer: Number, node: Any, weight: str = "weight") -> str:
    """weights added up over the outgoing edges"""
    equals(answer, _weights_at(graph, graph.node(node), weight, "out"))
    return f"the edges out of {node} weigh {answer.number} together"


def _neighbours(graph: Graph, answer: Nodes, expected: set[Any], what: str) -> str:
    settled(answer)
    require(answer.witness is None, "a witness that is not needed")
    same_set(answer.nodes, expected, what)
    return f"these {len(answer.nodes)} nodes are the {what}, and there are no others"


@checker("neighbors")
def check_neighbors(graph: Graph, answer: Nodes, node: Any) -> str:
    """the edges at the node read one by one"""
    return _neighbours(graph, answer, set(arcs_of(graph)[graph.node(node)]), f"neighbours of {node}")


@checker("adjacency_lists")
def check_adjacency_lists(graph: Graph, answer: NodeValues) -> str:
    """the ends of the edges read one by one, and nothing else in the lists"""
    near = arcs_of(graph)
    require(answer.values.keys() == near.keys(), "some node has no list, or a list has no node")
    for node, members in answer.values.items():
        listed = list(members)
        require(len(listed) == len(near[node]) and set(listed) == near[node].keys(), f"the list of {node} is another")
    return f"these are the neighbours of each of the {len(near)} nodes"


@checker("successors")
def check_successors(graph: Graph, answer: Nodes, node: Any) -> str:
    """the edges from the node read one by one"""
    node = graph.node(node)
    return _neighbours(graph, answer, {e.target for e in graph.edges() if e.source == node}, f"successors of {node}")


@checker("predecessors")
def check_predecessors(graph: Graph, answer: Nodes, node: Any) -> str:
    """the edges to the node read one by one"""
    node = graph.node(node)
    return _neighbours(graph, answer, {e.source for e in graph.edges() if e.target == node}, f"predecessors of {node}")


@checker("non_neighbors")
def check_non_neighbors(graph: Graph, answer: Nodes, node: Any) -> str:
    """the edges at the node read one by one"""
    node = graph.node(node)
    near = arcs_of(graph, undirected=True)[node]
    nodes_are(graph, answer, [v for v in graph if v != node and v not in near], "nodes")
    return f"{len(answer.nodes)} nodes are not joined to {node}, and no others"


@checker("has_edge")
def check_has_edge(graph: Graph, answer: Truth, source: Any, target: Any) -> str:
    """the pair looked up in the list of edges"""
    settled(answer)
    source, target = graph.node(source), graph.node(target)
    pairs = {(e.source, e.target) for e in graph.edges()}
    there = (source, target) in pairs or (not graph.directed and (target, source) in pairs)
    require(answer.witness is None and answer.holds is there, "the list of edges says otherwise")
    return f"{'an' if there else 'no'} edge leads from {source} to {target}"


@checker("edge_weight")
def check_edge_weight(graph: Graph, answer: Number, source: Any, target: Any, weight: str = "weight") -> str:
    """the edge looked up in the list of edges"""
    source, target = graph.node(source), graph.node(target)
    ways = {(source, target)} if graph.directed else {(source, target), (target, source)}
    equals(answer, min(e.attributes[weight] for e in graph.edges() if (e.source, e.target) in ways))
    return f"the edge from {source} to {target} has {weight} {answer.number}"


@checker("incident_edges")
def check_incident_edges(graph: Graph, answer: Edges, node: Any) -> str:
    """the ends of every edge compared with the node"""
    settled(answer)
    node = graph.node(node)
    require(answer.witness is None and answer.total is None, "a field that is not needed")
    require(all(len(edge) == 2 for edge in answer.edges), "an edge has other than two ends")
    shape = tuple if graph.directed else frozenset
    expected = Counter(shape((e.source, e.target)) for e in graph.edges() if node in (e.source, e.target))
    require(Counter(shape(edge) for edge in answer.edges) == expected, "the edges at the node are others")
    return f"{len(answer.edges)} edges touch {node}, and no others"


@checker("common_neighbors")
def check_common_neighbors(graph: Graph, answer: Nodes, u: Any, v: Any) -> str:
    """the edges at both nodes read one by one"""
    u, v = graph.node(u), graph.node(v)
    arcs = arcs_of(graph)
    nodes_are(graph, answer, [w for w in graph if w in arcs[u] and w in arcs[v] and w not in (u, v)], "nodes")
    return f"{len(answer.nodes)} nodes are neighbours of both {u} and {v}, and no others"


@checker("nodes_within_distance")
def check_nodes_within_distance(graph: Graph, answer: Nodes, node: Any, k: float, weight: str | None = None) -> str:
    """distances from the node by label correction"""
    node = graph.node(node)
    far = relaxed(arcs_of(graph, weight), node)
    nodes_are(graph, answer, [v for v in far if v != node and far[v] <= k], "nodes")
    return f"{len(answer.nodes)} other nodes are within {_length(k, weight)} of {node}, and no others"


@checker("nodes_at_distance")
def check_nodes_at_distance(graph: Graph, answer: Nodes, node: Any, k: float, weight: str | None = None) -> str:
    """distances from the node by label correction"""
    node = graph.node(node)
    far = relaxed(arcs_of(graph, weight), node)
    nodes_are(graph, answer, [v for v in far if close(far[v], k)], "nodes")
    return f"{len(answer.nodes)} nodes are exactly {_length(k, weight)} from {node}, and no others"


def _length(k: float, weight: str | None) -> str:
    return f"{k:g} edge{'s' * (k != 1)}" if weight is None else f"distance {k:g}"
