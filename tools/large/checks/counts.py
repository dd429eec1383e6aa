"""Checks of figures of the whole graph: counted again from the ends of the edges."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphs.compact.graph import CompactGraph
from tools.answers import Edges, NodeAnswer, Nodes, NodeValues, Number, Numbers, Record, Truth
from tools.large.checks.base import close, exact, listed, require
from tools.large.registry import check_of


def ends_at(graph: CompactGraph, direction: str = "total") -> Any:
    """Degrees, counted over the ends of the edges."""
    n = graph.num_nodes
    out = np.bincount(graph.source, minlength=n)
    into = np.bincount(graph.target, minlength=n)
    return {"total": out + into, "out": out, "in": into}[direction]


@check_of("num_nodes")
def check_num_nodes(graph: CompactGraph, answer: Number) -> str:
    """the table of labels counted, and the ends of the edges compared with it"""
    exact(answer)
    ends = [int(part.max()) for part in (graph.source, graph.target) if len(part)]
    require(max(ends, default=-1) < answer.number == len(graph.labels), "the number is not that of the labels")
    return f"the graph has {answer.number} nodes"


@check_of("num_edges")
def check_num_edges(graph: CompactGraph, answer: Number) -> str:
    """the ends of the edges counted on both sides"""
    exact(answer)
    loops = int((graph.source == graph.target).sum())
    arcs = graph.num_edges if graph.directed else 2 * graph.num_edges - loops
    require(answer.number == len(graph.source) == len(graph.target), "the number is not that of the edges")
    require(len(graph.out.heads) == arcs, "the adjacency has another number of arcs")
    return f"the graph has {answer.number} edges"


@check_of("density")
def check_density(graph: CompactGraph, answer: Number) -> str:
    """the definition, with nodes and edges counted"""
    exact(answer)
    n, ends = len(graph.labels), int(ends_at(graph).sum())
    expected = ends / (n * (n - 1)) / (2 if graph.directed else 1) if n > 1 else 0.0
    require(close(answer.number, expected), "the density is another")
    return f"the density is {answer.number:.6g}"


@check_of("average_degree")
def check_average_degree(graph: CompactGraph, answer: Number) -> str:
    """the ends of the edges counted"""
    exact(answer)
    require(close(answer.number, int(ends_at(graph).sum()) / len(graph.labels)), "the mean is another")
    return f"the mean degree is {answer.number:.6g}"


@check_of("is_directed")
def check_is_directed(graph: CompactGraph, answer: Truth) -> str:
    """the handle"""
    exact(answer)
    require(answer.holds is graph.directed, "the handle says otherwise")
    return f"the edges are {'directed' if answer.holds else 'undirected'}"


@check_of("is_weighted")
def check_is_weighted(graph: CompactGraph, answer: Truth, weight: str = "weight") -> str:
    """the column looked through"""
    exact(answer)
    cells = graph.columns.get(weight)
    full = cells is not None and len(cells) > 0 and not np.isnan(cells).any()
    require(answer.holds is bool(full), "the column says otherwise")
    return f"{'every' if full else 'not every'} edge carries {weight}"


@check_of("list_nodes")
def check_list_nodes(graph: CompactGraph, answer: Nodes) -> str:
    """the table of labels"""
    exact(answer)
    require(answer.nodes == graph.nodes, "the list is another")
    return f"these are the {len(answer.nodes)} nodes"


@check_of("self_loops")
def check_self_loops(graph: CompactGraph, answer: Edges) -> str:
    """the ends of the edges compared"""
    exact(answer)
    loops = graph.source[graph.source == graph.target]
    expected = graph.labels.take(np.sort(loops, kind="stable"))
    require(answer.edges == [(node, node) for node in expected], "the loops are others")
    return f"{len(loops)} edges join a node to itself, and no others"


@check_of("degrees")
def check_degrees(graph: CompactGraph, answer: NodeValues, direction: str = "total") -> str:
    """the ends of the edges counted"""
    exact(answer)
    require(list(answer.values) == graph.nodes, "the values are not those of the nodes")
    require(list(answer.values.values()) == ends_at(graph, direction).tolist(), "a degree is another")
    return "every degree was counted again"


@check_of("degree_sequence")
def check_degree_sequence(graph: CompactGraph, answer: Numbers, direction: str = "total") -> str:
    """the ends of the edges counted and sorted"""
    exact(answer)
    require(answer.numbers == sorted(ends_at(graph, direction).tolist(), reverse=True), "the sequence is another")
    return "the sequence was counted again"


@check_of("degree_histogram")
def check_degree_histogram(graph: CompactGraph, answer: Record, direction: str = "total") -> str:
    """the ends of the edges counted"""
    exact(answer)
    found = np.sort(ends_at(graph, direction))
    starts = np.flatnonzero(np.concatenate([[True], np.diff(found) > 0])) if len(found) else found
    counts = np.diff([*starts.tolist(), len(found)])
    expected = {str(value): count for value, count in zip(found[starts].tolist(), counts.tolist())}
    require(dict(answer.figures) == expected, "the histogram is another")
    return "the histogram was counted again"


@check_of("max_degree_node")
def check_max_degree_node(graph: CompactGraph, answer: NodeAnswer, direction: str = "total") -> str:
    """the ends of the edges counted"""
    return _extreme(graph, answer, ends_at(graph, direction), highest=True)


@check_of("min_degree_node")
def check_min_degree_node(graph: CompactGraph, answer: NodeAnswer, direction: str = "total") -> str:
    """the ends of the edges counted"""
    return _extreme(graph, answer, ends_at(graph, direction), highest=False)


def _extreme(graph: CompactGraph, answer: NodeAnswer, found: Any, *, highest: bool) -> str:
    exact(answer)
    best = found.max() if highest else found.min()
    require(answer.witness["degree"] == best, "the degree is another")
    listed(graph, answer.witness["tied"], found == best)
    require(answer.node == answer.witness["tied"][0], "the node is not the first of those")
    return f"node {answer.node} has degree {best}, and none has {'more' if highest else 'less'}"


@check_of("maximum_degree")
def check_maximum_degree(graph: CompactGraph, answer: Number, direction: str = "total") -> str:
    """the ends of the edges counted"""
    exact(answer)
    require(answer.number == ends_at(graph, direction).max(), "the highest degree is another")
    return f"the highest degree is {answer.number}"


@check_of("minimum_degree")
def check_minimum_degree(graph: CompactGraph, answer: Number, direction: str = "total") -> str:
    """the ends of the edges counted"""
    exact(answer)
    require(answer.number == ends_at(graph, direction).min(), "the lowest degree is another")
    return f"the lowest degree is {answer.number}"


@check_of("nodes_with_degree")
def check_nodes_with_degree(
    graph: CompactGraph, answer: Nodes, degree: int, comparison: str = "equal", direction: str = "total"
) -> str:
    """the ends of the edges counted"""
    exact(answer)
    found = ends_at(graph, direction)
    masks = {"equal": found == degree, "more": found > degree, "less": found < degree,
             "at_least": found >= degree, "at_most": found <= degree}  # fmt: skip
    listed(graph, answer.nodes, masks[comparison])
    return f"{len(answer.nodes)} nodes have such a degree, and no others"


@check_of("isolated_nodes")
def check_isolated_nodes(graph: CompactGraph, answer: Nodes) -> str:
    """the ends of the edges counted"""
    exact(answer)
    listed(graph, answer.nodes, ends_at(graph) == 0)
    return f"{len(answer.nodes)} nodes are on no edge, and no others"


@check_of("source_nodes")
def check_source_nodes(graph: CompactGraph, answer: Nodes) -> str:
    """the ends of the edges counted"""
    exact(answer)
    listed(graph, answer.nodes, ends_at(graph, "in") == 0)
    return f"no edge enters these {len(answer.nodes)} nodes, and each other node has one"


@check_of("sink_nodes")
def check_sink_nodes(graph: CompactGraph, answer: Nodes) -> str:
    """the ends of the edges counted"""
    exact(answer)
    listed(graph, answer.nodes, ends_at(graph, "out") == 0)
    return f"no edge leaves these {len(answer.nodes)} nodes, and each other node has one"


@check_of("total_weight")
def check_total_weight(graph: CompactGraph, answer: Number, weight: str = "weight") -> str:
    """the column added up again, in pieces"""
    exact(answer)
    cells = graph.columns.get(weight, np.zeros(0))
    total = sum(float(part.astype(np.longdouble).sum()) for part in np.array_split(cells, 64)) if len(cells) else 0
    require(close(answer.number, total), f"the weights add up to {total}")
    return f"the weights add up to {answer.number}"


@check_of("average_edge_weight")
def check_average_edge_weight(graph: CompactGraph, answer: Number, weight: str = "weight") -> str:
    """the column added up again, in pieces"""
    exact(answer)
    cells = graph.columns[weight]
    total = sum(float(part.astype(np.longdouble).sum()) for part in np.array_split(cells, 64))
    require(close(answer.number, total / len(cells)), "the mean is another")
    return f"the mean weight is {answer.number:.6g}"


@check_of("graph_summary")
def check_graph_summary(graph: CompactGraph, answer: Record) -> str:
    """degrees and loops counted again over the ends of the edges"""
    exact(answer)
    found, figures = ends_at(graph), answer.figures
    require(figures["num_nodes"] == len(graph.labels) and figures["num_edges"] == len(graph.source), "a size is wrong")
    require(figures["directed"] is graph.directed and figures["multi"] is graph.multi, "the kind is wrong")
    require(figures["weighted"] is graph.weighted, "the kind is wrong")
    require(figures["self_loops"] == int((graph.source == graph.target).sum()), "the loops are wrong")
    require(figures["isolated_nodes"] == int((found == 0).sum()), "the isolated nodes are wrong")
    if len(found):
        require(close(figures["average_degree"], float(found.mean())), "the mean degree is wrong")
        require(figures["minimum_degree"] == found.min() and figures["maximum_degree"] == found.max(), "a degree")
    n = len(graph.labels)
    dense = found.sum() / (n * (n - 1)) / (2 if graph.directed else 1) if n > 1 else 0.0
    require(close(figures["density"], float(dense)), "the density is wrong")
    return "every figure was counted again"


@check_of("reciprocity")
def check_reciprocity(graph: CompactGraph, answer: Number) -> str:
    """pairs of nodes joined both ways, counted by sorting"""
    exact(answer)
    n = graph.num_nodes
    pairs = np.sort(graph.source.astype(np.int64) * n + graph.target)
    pairs = pairs[np.concatenate([[True], np.diff(pairs) > 0])]
    tails, heads = pairs // n, pairs % n
    low = np.sort(np.minimum(tails, heads)[tails != heads] * n + np.maximum(tails, heads)[tails != heads])
    twice = int((low[1:] == low[:-1]).sum())
    require(close(answer.number, 2 * twice / len(pairs)), "the share is another")
    return f"a share of {answer.number:.6g} of the edges has one that leads back"
