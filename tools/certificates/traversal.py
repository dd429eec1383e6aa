"""Checks of search orders and trees: any valid order is accepted, whatever its ties."""

from __future__ import annotations

from collections import Counter
from typing import Any

from graphs.graph import Graph, Node
from tools.answers import Edges, Groups, Order, Truth
from tools.certificates.base import checker, require
from tools.certificates.incidence import successors


def _start(graph: Graph, source: Any) -> Node:
    return graph.nodes[0] if source is None else graph.node(source)


def breadth_first_parents(graph: Graph, order: list[Node]) -> tuple[dict[Node, Node | None], int]:
    """Parents by the order's own first neighbours, up to the first place that no breadth-first search allows.

    In every breadth-first order the next node is one whose first neighbour in the order stands earliest among all
    unvisited nodes (Corneil & Krueger, 2008), and an order with that property is breadth first. The place is the
    length of `order` when nodes are missing at its end, and one more when nothing is wrong.
    """
    out = successors(graph)
    first: dict[Node, int] = {order[0]: -1}
    waiting: Counter[int] = Counter()
    parents: dict[Node, Node | None] = {}
    turn = 0
    for place, node in enumerate(order):
        while turn < place and not waiting[turn]:
            turn += 1
        if node in parents or node not in first or (place and first[node] != turn):
            return parents, place
        parents[node] = order[first[node]] if place else None
        waiting[first[node]] -= 1
        for other in out[node]:
            if other not in first:
                first[other] = place
                waiting[place] += 1
    return parents, len(order) + (len(first) == len(order))


def depth_first_parents(graph: Graph, order: list[Node]) -> tuple[dict[Node, Node | None], int]:
    """Parents in a depth-first order, up to the first place that no depth-first search allows (as above).

    The next node of a depth-first order is a neighbour of the last visited node that has an unvisited neighbour
    (Corneil & Krueger, 2008), and an order with that property is depth first.
    """
    out = successors(graph)
    into: dict[Node, list[Node]] = {node: [] for node in graph}
    for node, others in out.items():
        for other in others:
            into[other].append(node)
    unvisited = {node: len(others) for node, others in out.items()}
    parents: dict[Node, Node | None] = {}
    open_nodes: list[Node] = []
    for place, node in enumerate(order):
        while open_nodes and not unvisited[open_nodes[-1]]:
            open_nodes.pop()
        if node in parents or (place and (not open_nodes or node not in out[open_nodes[-1]])):
            return parents, place
        parents[node] = open_nodes[-1] if place else None
        open_nodes.append(node)
        for other in into[node]:
            unvisited[other] -= 1
    return parents, len(order) + (not any(unvisited[node] for node in order))


def _require_order(
    said: list[Node], parents: Any, start: Node, found: tuple[dict[Node, Node | None], int], kind: str
) -> None:
    true, place = found
    require(said[0] == start, f"the order starts elsewhere than {start}")
    require(place > len(said), f"no {kind} search allows place {place} of the order")
    require(parents == true, "a parent is another node")


@checker("bfs_order")
def check_bfs_order(graph: Graph, answer: Order, source: Any = None) -> str:
    """each node's first neighbour stands earliest among those of all unvisited nodes"""
    start = _start(graph, source)
    found = breadth_first_parents(graph, answer.nodes)
    _require_order(answer.nodes, answer.witness, start, found, "breadth-first")
    return f"a breadth-first search from {start} visits {len(answer.nodes)} nodes in this order"


@checker("dfs_order")
def check_dfs_order(graph: Graph, answer: Order, source: Any = None) -> str:
    """each node is a neighbour of the last visited node that has an unvisited neighbour"""
    start = _start(graph, source)
    found = depth_first_parents(graph, answer.nodes)
    _require_order(answer.nodes, answer.witness, start, found, "depth-first")
    return f"a depth-first search from {start} visits {len(answer.nodes)} nodes in this order"


@checker("dfs_tree")
def check_dfs_tree(graph: Graph, answer: Edges, source: Any = None) -> str:
    """the order of visits is depth first, and the edges are its parents"""
    start = _start(graph, source)
    parents, place = depth_first_parents(graph, answer.witness)
    _require_order(answer.witness, parents, start, (parents, place), "depth-first")
    require(len(answer.edges) == len(set(answer.edges)) and answer.total is None, "an edge is listed twice")
    require(set(answer.edges) == {(p, n) for n, p in parents.items() if n != start}, "other edges")
    return f"the edges are a depth-first tree from {start} of {len(parents)} nodes"


@checker("bfs_tree")
def check_bfs_tree(graph: Graph, answer: Edges, source: Any = None) -> str:
    """distance labels that every tree edge meets and no edge undercuts"""
    start, depth, out = _start(graph, source), answer.witness, successors(graph)
    require(depth.get(start) == 0 and answer.total is None, "the root's distance is not 0")
    for node, steps in depth.items():
        require(type(steps) is int and (steps > 0 or node == start), "a distance is no positive number")
        require(
            all(other in depth and depth[other] <= steps + 1 for other in out[node]), f"an edge at {node} is shorter"
        )
    children = [child for _, child in answer.edges]
    require(set(children) == set(depth) - {start}, "the tree has other nodes")
    require(len(children) == len(set(children)), "a node has two parents")
    for parent, child in answer.edges:
        require(child in out[parent] and depth[child] == depth[parent] + 1, f"{parent} is no parent of {child}")
    return f"the edges are a tree of shortest paths from {start} to {len(depth)} nodes"


@checker("bfs_layers")
def check_bfs_layers(graph: Graph, answer: Groups, source: Any = None) -> str:
    """each node has a neighbour in the layer above, and no edge skips a layer"""
    start, out = _start(graph, source), successors(graph)
    layer = {node: i for i, nodes in enumerate(answer.groups) for node in nodes}
    require(answer.groups and answer.groups[0] == [start], "the first layer is not the source alone")
    require(
        len(layer) == sum(map(len, answer.groups)) and all(answer.groups), "a node is listed twice, or a layer empty"
    )
    require(answer.score is None and answer.witness is None, "no witness belongs here")
    reached = {start}
    for node in sorted(layer, key=lambda n: layer[n]):
        require(node in reached, f"nothing in the layer above leads to {node}")
        for other in out[node]:
            require(other in layer and layer[other] <= layer[node] + 1, f"the edge to {other} skips a layer")
            if layer[other] == layer[node] + 1:
                reached.add(other)
    return f"{len(layer)} nodes lie in {len(answer.groups)} layers by their distance from {start}"


@checker("lexicographic_bfs")
def check_lexicographic_bfs(graph: Graph, answer: Order, source: Any = None) -> str:
    """each node's label, the numbers of its visited neighbours, is largest among the unvisited"""
    start, out = _start(graph, source), successors(graph)
    near = {node: set(others) for node, others in out.items()}
    for node, others in out.items():
        for other in others:
            near[other].add(node)
    require(answer.nodes[0] == start and answer.witness is None, f"the order starts elsewhere than {start}")
    require(
        len(answer.nodes) == graph.num_nodes and set(answer.nodes) == set(graph), "these are not all nodes, each once"
    )
    labels: dict[Node, list[int]] = {node: [] for node in graph}
    for place, node in enumerate(answer.nodes):
        label = labels.pop(node)
        require(place == 0 or all(label >= other for other in labels.values()), f"{node} comes too early")
        for other in near[node] & labels.keys():
            labels[other].append(-place)
    return f"a lexicographic breadth-first search from {start} visits the nodes in this order"


@checker("is_bfs_order")
def check_is_bfs_order(graph: Graph, answer: Truth, nodes: list[Any]) -> str:
    """each node's first neighbour compared with those of all unvisited nodes"""
    return _given(graph, answer, nodes, breadth_first_parents, "breadth-first")


@checker("is_dfs_order")
def check_is_dfs_order(graph: Graph, answer: Truth, nodes: list[Any]) -> str:
    """each node compared with the neighbours of the last visited node that has an unvisited one"""
    return _given(graph, answer, nodes, depth_first_parents, "depth-first")


def _given(graph: Graph, answer: Truth, nodes: list[Any], parents_of: Any, kind: str) -> str:
    order = [graph.node(label) for label in nodes]
    parents, place = parents_of(graph, order)
    valid = place > len(order)
    require(answer.holds is valid, f"the order is {'' if valid else 'not '}valid")
    require(answer.witness == ({"parents": parents} if valid else {"wrong": place}), f"place {place} tells")
    return f"the order is {'a' if valid else 'no'} {kind} order" + ("" if valid else f": see place {place}")
