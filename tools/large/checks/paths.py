"""Checks of paths and distances: walks along edges, and labels that no edge undercuts, over all edges at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from graphs.compact.graph import CompactGraph
from graphs.graph import Node
from tools.answers import Edges, Groups, Nodes, NodeValues, Number, Order, Path, Truth
from tools.certificates.base import Claim
from tools.large.algorithms import checks
from tools.large.checks.base import arcs_to, close, exact, listed, places, require, steps, trees
from tools.large.registry import check_of
from tools.large.views import Forest, Labelled


def _cells(graph: CompactGraph, weight: str | None) -> Any:
    return None if weight is None else np.asarray(graph.columns.get(weight, np.zeros(graph.num_edges)), np.float64)


def undercut(graph: CompactGraph, label: Any, cells: Any) -> Any:
    """Which edges make a shorter way than the labels say: label[head] > label[tail] + weight."""
    tail, head = label[graph.source], label[graph.target]
    cost: Any = 1.0 if cells is None else cells
    slack = 0.0 if cells is None else 1e-9 * (1 + np.abs(cost))
    with np.errstate(invalid="ignore"):
        found = head > tail + cost + slack
        return found if graph.directed else found | (tail > head + cost + slack)


def least(
    graph: CompactGraph, nodes: Sequence[Node], length: float, labels: Any, source: Any, target: Any, weight: str | None
) -> None:
    """Reject unless the nodes are a path of this length, and the labels prove that none is shorter."""
    start, end, cells = graph.index(source), graph.index(target), _cells(graph, weight)
    walk = places(graph, nodes)
    require(len(walk) > 0 and walk[0] == start and walk[-1] == end, "the path does not join the two nodes")
    require(len(np.unique(walk)) == len(walk), "the path comes to a node twice")
    require(close(steps(graph, walk, cells), length), "the path has another length")
    require(isinstance(labels, Labelled) and len(labels.array) == graph.num_nodes, "the labels are not of the nodes")
    label = labels.array
    require(label[start] == 0 and close(float(label[end]), length), "the labels do not start at 0 or end at the length")
    require(not undercut(graph, label, cells).any(), "an edge undercuts the labels")


@check_of("shortest_path")
def check_shortest_path(graph: CompactGraph, answer: Path, source: Any, target: Any, weight: str | None = None) -> str:
    """the path's edges added up, and distance labels that no edge undercuts"""
    exact(answer)
    least(graph, answer.nodes, answer.length, answer.distances, source, target, weight)
    ends = f"{graph.node(source)} to {graph.node(target)}"
    return f"the path has length {answer.length} and no path from {ends} is shorter"


@check_of("shortest_path_length")
def check_shortest_path_length(
    graph: CompactGraph, answer: Number, source: Any, target: Any, weight: str | None = None
) -> str:
    """the path's edges added up, and distance labels that no edge undercuts"""
    exact(answer)
    least(graph, answer.witness["path"], answer.number, answer.witness["distances"], source, target, weight)
    return f"the distance from {graph.node(source)} to {graph.node(target)} is {answer.number}"


@check_of("has_path")
def check_has_path(graph: CompactGraph, answer: Truth, source: Any, target: Any) -> str:
    """a path, or a set with the source and without the target that no edge leaves"""
    exact(answer)
    start, end = graph.index(source), graph.index(target)
    if answer.holds:
        walk = places(graph, answer.witness["path"])
        require(walk[0] == start and walk[-1] == end, "the path does not join the two nodes")
        steps(graph, walk)
        return f"a path leads from {graph.labels[start]} to {graph.labels[end]}"
    mask = answer.witness["mask"]
    require(len(mask) == graph.num_nodes and bool(mask[start]) and not mask[end], "the set does not part the nodes")
    require(not arcs_to(graph, mask).any(), "an edge leaves the set")
    return f"no edge leaves a set of {int(mask.sum())} nodes with {graph.labels[start]} and not {graph.labels[end]}"


def _reached(graph: CompactGraph, answer: Nodes, node: Any, way: str) -> None:
    exact(answer)
    start, forest = graph.index(node), answer.witness
    require(isinstance(forest, Forest), "no tree is given")
    trees(graph, forest, way=way)
    mask = forest.root == start
    require(bool(((forest.depth >= 0) == mask).all()), "the tree has another root")
    inner = mask if way == "out" else ~mask
    require(not arcs_to(graph, inner).any(), "an edge leads on from the set")
    mask = mask.copy()
    mask[start] = False
    listed(graph, answer.nodes, mask)


@check_of("reachable_nodes", "descendants")
def check_reachable_nodes(graph: CompactGraph, answer: Nodes, node: Any) -> str:
    """a tree of edges to every node of the set, and no edge that leaves it"""
    _reached(graph, answer, node, "out")
    return f"{graph.node(node)} reaches {len(answer.nodes)} other nodes, and no more"


@check_of("ancestors")
def check_ancestors(graph: CompactGraph, answer: Nodes, node: Any) -> str:
    """a tree of edges from every node of the set, and no edge that enters it"""
    _reached(graph, answer, node, "in")
    return f"{len(answer.nodes)} other nodes reach {graph.node(node)}, and no more"


def distances_hold(graph: CompactGraph, cost: Any, witness: Any, start: int, cells: Any) -> None:
    """Reject unless the finite costs are the distances from `start`.

    No edge undercuts them, so that none is too large; and each follows from its parent's by an edge, up to the source
    (parents lead there in log n doublings), so that none is too small.
    """
    parent, edge = witness["parent"], witness["edge"]
    require(cost[start] == 0 and parent[start] < 0, "the source is not at 0")
    finite = np.isfinite(cost)
    require(not arcs_to(graph, finite).any(), "an edge leads on from what was reached")
    require(not undercut(graph, cost, cells).any(), "an edge undercuts the distances")
    child = np.flatnonzero(finite & (np.arange(len(cost)) != start))
    above, by = parent[child], edge[child]
    require(not len(by) or (int(by.min()) >= 0 and int(above.min()) >= 0), "a distance is not shown")
    tail, head = graph.source[by], graph.target[by]
    fits = (tail == above) & (head == child)
    require(bool((fits if graph.directed else fits | ((head == above) & (tail == child))).all()), "no such edge")
    step: Any = 1.0 if cells is None else cells[by]
    require(bool(np.isclose(cost[child], cost[above] + step, rtol=1e-9, atol=1e-12).all()), "a distance is another")
    up = np.arange(len(cost))
    up[child] = above
    for _ in range(max(1, len(cost)).bit_length() + 1):
        up = up[up]
    require(bool((up[child] == start).all()), "parents do not lead to the source")


@check_of("single_source_distances")
def check_single_source_distances(
    graph: CompactGraph, answer: NodeValues, source: Any, weight: str | None = None
) -> str:
    """labels that no edge undercuts, each reached by an edge from another"""
    exact(answer)
    require(list(answer.values) == graph.nodes, "the values are not those of the nodes")
    found = np.array([np.inf if x is None else x for x in answer.values.values()], np.float64)
    distances_hold(graph, found, answer.witness, graph.index(source), _cells(graph, weight))
    return f"the distances from {graph.node(source)} hold along every edge"


@check_of("nodes_within_distance")
def check_nodes_within_distance(
    graph: CompactGraph, answer: Nodes, node: Any, k: float, weight: str | None = None
) -> str:
    """labels that no edge undercuts, each reached by an edge from another"""
    exact(answer)
    start, cost = graph.index(node), answer.witness["cost"]
    distances_hold(graph, cost, answer.witness, start, _cells(graph, weight))
    mask = cost <= k
    mask[start] = False
    listed(graph, answer.nodes, mask)
    return f"{len(answer.nodes)} other nodes are within {k:g} of {graph.node(node)}, and no more"


@check_of("nodes_at_distance")
def check_nodes_at_distance(graph: CompactGraph, answer: Nodes, node: Any, k: float, weight: str | None = None) -> str:
    """labels that no edge undercuts, each reached by an edge from another"""
    exact(answer)
    start, cost = graph.index(node), answer.witness["cost"]
    distances_hold(graph, cost, answer.witness, start, _cells(graph, weight))
    mask = np.isfinite(cost) & (np.abs(cost - k) <= np.maximum(1e-9 * np.maximum(cost, k), 1e-12))
    listed(graph, answer.nodes, mask)
    return f"{len(answer.nodes)} nodes are at {k:g} from {graph.node(node)}, and no more"


def _levels(graph: CompactGraph, source: Any) -> Any:
    start = 0 if source is None else graph.index(source)
    return start, checks().levels(graph.out.starts, graph.out.heads, start)


@check_of("bfs_order")
def check_bfs_order(graph: CompactGraph, answer: Order, source: Any = None) -> str | Claim:
    """a tree of edges whose parents and levels never fall along the order"""
    exact(answer)
    start, level = _levels(graph, source)
    order = places(graph, answer.nodes) if len(answer.nodes) < 1000 else _many(graph, answer.nodes)
    require(_twice_free(order) and len(order) == int((level >= 0).sum()), "a node is missing, or named twice")
    require(order[0] == start and bool((np.diff(level[order]) >= 0).all()), "a level comes too early")
    forest = answer.witness
    trees(graph, forest, way="out")
    require(bool((forest.depth == level).all()), "a level is another")
    place = np.full(graph.num_nodes, -1, np.int64)
    place[order] = np.arange(len(order))
    require(bool((np.diff(place[forest.parent[order[1:]]]) >= 0).all()), "a child comes before those of an earlier one")
    tail, head = place[graph.source], place[graph.target]
    by = np.full(graph.num_nodes, -1, np.int64)
    by[order[1:]] = place[forest.parent[order[1:]]]
    early = (tail >= 0) & (head > 0) & (tail < by[graph.target])
    if not graph.directed:
        early |= (head >= 0) & (tail > 0) & (head < by[graph.source])
    require(not early.any(), "a node was found later than an edge allows")
    return f"breadth-first search from {graph.labels[start]} visits {len(order)} nodes in this order"


def _twice_free(places: Any) -> bool:
    """Whether no number comes twice."""
    return bool((np.diff(np.sort(places)) > 0).all())


def _many(graph: CompactGraph, nodes: Sequence[Node]) -> Any:
    """The numbers of many nodes, by a table of the labels."""
    known = {label: place for place, label in enumerate(graph.labels)}
    found = [known.get(node, -1) for node in nodes]
    require(min(found, default=0) >= 0, "a node is not in the graph")
    return np.array(found, np.int64)


@check_of("bfs_tree")
def check_bfs_tree(graph: CompactGraph, answer: Edges, source: Any = None) -> str:
    """the levels of another search, and every branch looked up among the edges"""
    exact(answer)
    start, level = _levels(graph, source)
    tails, heads = (_many(graph, [edge[side] for edge in answer.edges]) for side in (0, 1))
    require(_twice_free(heads) and len(heads) == int((level >= 0).sum()) - 1, "a node is missing, or twice")
    require(bool((level[heads] == level[tails] + 1).all()) and bool((level[tails] >= 0).all()), "a branch is too long")
    n = graph.num_nodes
    known = [graph.source.astype(np.int64) * n + graph.target]
    known += [] if graph.directed else [graph.target.astype(np.int64) * n + graph.source]
    pairs, wanted = np.sort(np.concatenate(known)), tails * n + heads
    at = np.minimum(np.searchsorted(pairs, wanted), max(0, len(pairs) - 1))
    require(bool((pairs[at] == wanted).all()) if len(wanted) else True, "a branch is not an edge")
    return f"the tree has shortest paths from {graph.labels[start]} to the {len(heads)} nodes that it reaches"


@check_of("bfs_layers")
def check_bfs_layers(graph: CompactGraph, answer: Groups, source: Any = None) -> str:
    """the levels of another search"""
    exact(answer)
    start, level = _levels(graph, source)
    require(len(answer.groups) == int(level.max()) + 1, "the number of layers is another")
    for deep, group in enumerate(answer.groups):
        found = _many(graph, group) if len(group) > 1000 else places(graph, group)
        require(_twice_free(found) and len(found) == int((level == deep).sum()), "a layer has other nodes")
        require(bool((level[found] == deep).all()), "a node is in another layer")
    return f"the layers are the nodes at each distance from {graph.labels[start]}"


@check_of("path_weight")
def check_path_weight(graph: CompactGraph, answer: Number, nodes: list[Any], weight: str | None = None) -> str:
    """the edges of the path added up"""
    exact(answer)
    walk = np.array([graph.index(node) for node in nodes], np.int64)
    require(close(steps(graph, walk, _cells(graph, weight)), answer.number), "the edges add up to another number")
    return f"the edges along the nodes add up to {answer.number}"
