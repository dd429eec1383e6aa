"""Checks of components: trees of edges inside each, and no edge between two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from graphs.compact.graph import CompactGraph
from graphs.graph import Node
from tools.answers import Groups, Nodes, Number, Truth
from tools.large.checks.base import arcs_to, exact, listed, require, trees
from tools.large.registry import check_of
from tools.large.views import Forest


def partition(graph: CompactGraph, forest: Any) -> Any:
    """Reject unless the trees span the components; returns the root of each node."""
    require(isinstance(forest, Forest) and len(forest.root) == graph.num_nodes, "no forest is given")
    require(bool((forest.root >= 0).all()), "a node is in no tree")
    trees(graph, forest)
    require(bool((forest.root[graph.source] == forest.root[graph.target]).all()), "an edge joins two trees")
    return forest.root


def _different(codes: Any) -> int:
    """How many different numbers there are."""
    return int((np.bincount(codes) > 0).sum()) if len(codes) else 0


def same_groups(graph: CompactGraph, groups: Sequence[Sequence[Node]], code: Any) -> None:
    """Reject unless the groups are the nodes of equal code, largest first, members in the graph's order."""
    sizes = [len(group) for group in groups]
    require(sum(sizes) == graph.num_nodes and all(a >= b for a, b in zip(sizes, sizes[1:])), "the sizes are wrong")
    listing = [node for group in groups for node in group]
    known = {label: place for place, label in enumerate(graph.labels)}
    found = np.array([known.get(node, -1) for node in listing], np.int64)
    require(not len(found) or found.min() >= 0, "a node is not in the graph")
    require(_different(found) == graph.num_nodes, "a node is in two groups")
    cuts = np.cumsum([0, *sizes])
    inner = np.ones(max(0, len(found) - 1), bool)
    inner[cuts[1:-1] - 1] = False
    follows = code[found[1:]] == code[found[:-1]]
    require(bool(follows[inner].all()), "a group holds nodes of two")
    require(bool((np.diff(found)[inner] > 0).all()), "a group is not in the graph's order")
    require(len(groups) == _different(code), "a group is in pieces")


@check_of("is_connected", "is_weakly_connected")
def check_is_connected(graph: CompactGraph, answer: Truth) -> str:
    """trees of edges that span all components, and no edge between two of them"""
    exact(answer)
    count = _different(partition(graph, answer.witness))
    require(answer.holds is (count == 1), f"there are {count} components")
    return "a tree of edges joins all nodes" if count == 1 else f"no edge joins two of {count} sets of nodes"


@check_of("connected_components", "weakly_connected_components")
def check_connected_components(graph: CompactGraph, answer: Groups) -> str:
    """trees of edges that span all components, and no edge between two of them"""
    exact(answer)
    same_groups(graph, answer.groups, partition(graph, answer.witness))
    return f"the {len(answer.groups)} groups are joined inside and not with each other"


@check_of("number_of_components")
def check_number_of_components(graph: CompactGraph, answer: Number) -> str:
    """trees of edges that span all components, and no edge between two of them"""
    exact(answer)
    require(answer.number == _different(partition(graph, answer.witness)), "the number of trees is another")
    return f"the graph has {answer.number} connected components"


@check_of("largest_component")
def check_largest_component(graph: CompactGraph, answer: Nodes) -> str:
    """trees of edges that span all components, and their sizes compared"""
    exact(answer)
    root = partition(graph, answer.witness)
    sizes = np.bincount(root)
    require(len(answer.nodes) == sizes.max(), "a component is larger")
    listed(graph, answer.nodes, root == root[graph.index(answer.nodes[0])])
    return f"a component has {len(answer.nodes)} nodes, and none has more"


@check_of("component_of")
def check_component_of(graph: CompactGraph, answer: Nodes, node: Any) -> str:
    """trees of edges that span all components, and no edge between two of them"""
    exact(answer)
    root = partition(graph, answer.witness)
    listed(graph, answer.nodes, root == root[graph.index(node)])
    return f"{len(answer.nodes)} nodes are in the component of {graph.node(node)}, and no others"


def strong(graph: CompactGraph, witness: Any) -> Any:
    """Reject unless the codes are the strong components; returns them.

    No code rises along an edge, so that no cycle joins two codes; and in each code the first node reaches all others
    and is reached by them, along trees of edges.
    """
    code = witness["code"]
    require(len(code) == graph.num_nodes and (not len(code) or int(code.min()) >= 0), "a node has no code")
    require(bool((code[graph.source] >= code[graph.target]).all()), "the codes rise along an edge")
    root = np.full(int(code.max()) + 1 if len(code) else 0, -1, np.int64)
    root[code[::-1]] = np.arange(len(code))[::-1]  # the first node of a code is written last
    for name, way in (("ahead", "out"), ("behind", "in")):
        parent, edge, depth = witness[name]
        require(bool((depth >= 0).all()), "a node is not reached inside its component")
        trees(graph, Forest(parent, edge, depth, root[code]), way=way)
    return code


@check_of("strongly_connected_components")
def check_strongly_connected_components(graph: CompactGraph, answer: Groups) -> str:
    """trees ahead and backwards inside each component, and numbers that no edge raises"""
    exact(answer)
    same_groups(graph, answer.groups, strong(graph, answer.witness))
    return f"the {len(answer.groups)} groups are strongly connected, and no cycle joins two of them"


@check_of("strong_component_of")
def check_strong_component_of(graph: CompactGraph, answer: Nodes, node: Any) -> str:
    """trees ahead and backwards inside each component, and numbers that no edge raises"""
    exact(answer)
    code = strong(graph, answer.witness)
    listed(graph, answer.nodes, code == code[graph.index(node)])
    return f"{graph.node(node)} and {len(answer.nodes) - 1} other nodes reach each other, and no more"


@check_of("is_strongly_connected")
def check_is_strongly_connected(graph: CompactGraph, answer: Truth) -> str:
    """trees of edges from one node to all and back, or a set of nodes that no edge leaves"""
    exact(answer)
    if not answer.holds:
        mask = answer.witness["closed"]
        require(bool(mask.any()) and not mask.all(), "the set is empty or everything")
        require(not arcs_to(graph, mask).any(), "an edge leaves the set")
        return f"no edge leaves {int(mask.sum())} of the nodes"
    for name, way in (("ahead", "out"), ("behind", "in")):
        trees(graph, answer.witness[name], way=way)
        require(bool((answer.witness[name].root == 0).all()), "a node is not reached")
    return f"{graph.labels[0]} reaches every node and every node reaches {graph.labels[0]}"
