"""Checks of communities: a partition, and its modularity."""

from __future__ import annotations

import numpy as np

from graphs.compact.graph import CompactGraph
from tools.answers import Groups
from tools.large.checks.base import close, require
from tools.large.registry import check_of


@check_of("label_propagation_communities", grade="recount")
def check_label_propagation_communities(graph: CompactGraph, answer: Groups) -> str:
    """the groups counted node by node, and their modularity added up edge by edge"""
    require(answer.estimated, "no partition of label propagation is proven to be the best")
    group = {node: i for i, nodes in enumerate(answer.groups) for node in nodes}
    code = np.fromiter((group.get(label, -1) for label in graph.labels), np.int64, graph.num_nodes)
    require(sum(map(len, answer.groups)) == len(group) == graph.num_nodes, "a node is in two groups, or none")
    require(not len(code) or code.min() >= 0, "a node is in no group")
    m = graph.num_edges
    if m:
        same = int((code[graph.source] == code[graph.target]).sum())
        ends = np.zeros(len(answer.groups))
        for side in (graph.source, graph.target):
            np.add.at(ends, code[side], 1.0)
        expected = same / m - float(np.square(ends / (2 * m)).sum())
        require(answer.score is not None and close(answer.score, expected), "the modularity is another")
    return f"{len(answer.groups)} groups hold every node once; their modularity is {answer.score or 0:.6g}"
