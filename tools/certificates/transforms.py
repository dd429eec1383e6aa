"""Checks of graphs made of one graph: compared with the definition, edge by edge."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import Any

from graphs.graph import Graph, Node
from tools.answers import GraphAnswer
from tools.certificates.base import checker, require
from tools.certificates.built import (
    Row,
    bare,
    first_of_parallels,
    joined,
    node_data,
    require_graph,
    rows,
    with_attributes,
)
from tools.certificates.disjoint_sets import Sets
from tools.certificates.incidence import successors
from tools.certificates.selections import require_induced


@checker("complement")
def check_complement(graph: Graph, answer: GraphAnswer) -> str:
    """every pair of nodes is joined in exactly one of the two graphs"""
    old, new, n = joined(graph), joined(answer.graph), graph.num_nodes
    loops = sum(u == v for u, v in old)
    require(not any(u == v for u, v in new) and not old & new, "a pair is joined in both graphs, or there is a loop")
    require(len(new) + len(old) - loops == n * (n - 1), "a pair is joined in neither graph")
    size = require_graph(answer, node_data(graph), bare(_once(new, graph.directed)), directed=graph.directed)
    return f"the complement has {size}"


def _once(pairs: set[tuple[Node, Node]], directed: bool) -> list[tuple[Node, Node]]:
    """Each undirected pair once."""
    if directed:
        return list(pairs)
    return list({frozenset(pair): pair for pair in pairs}.values())


@checker("reverse")
def check_reverse(graph: Graph, answer: GraphAnswer) -> str:
    """every edge turned by hand and compared"""
    size = require_graph(answer, node_data(graph), [(v, u, data) for u, v, data in rows(graph)], directed=True)
    return f"the reversed graph has {size}"


@checker("to_directed")
def check_to_directed(graph: Graph, answer: GraphAnswer) -> str:
    """every edge compared in both directions"""
    there = rows(graph)
    back: list[Row] = [] if graph.directed else [(v, u, data) for u, v, data in there if u != v]
    return f"the directed graph has {require_graph(answer, node_data(graph), there + back, directed=True)}"


@checker("to_undirected")
def check_to_undirected(graph: Graph, answer: GraphAnswer) -> str:
    """every edge compared"""
    edges = rows(graph) if graph.multi else first_of_parallels(rows(graph), directed=False)
    return f"the undirected graph has {require_graph(answer, node_data(graph), edges, directed=False)}"


@checker("merge_parallel_edges")
def check_merge_parallel_edges(graph: Graph, answer: GraphAnswer) -> str:
    """parallel edges counted and compared"""
    count = Counter((u, v) if graph.directed else frozenset((u, v)) for u, v, _ in rows(graph))
    edges = [
        (u, v, ({**data, "multiplicity": count[(u, v) if graph.directed else frozenset((u, v))]}, origin))
        for u, v, (data, origin) in first_of_parallels(rows(graph), directed=graph.directed)
    ]
    require(not answer.graph.multi, "parallel edges are still possible")
    return f"without parallels there are {require_graph(answer, node_data(graph), edges, directed=graph.directed)}"


@checker("line_graph")
def check_line_graph(graph: Graph, answer: GraphAnswer) -> str:
    """the i-th node stands for the i-th edge, and ends are compared pair by pair"""
    labels, edges = answer.graph.nodes, list(graph.edges())
    require(len(labels) == len(edges), "there is not one node for each edge")
    at: dict[Node, list[int]] = {}
    arrow = "->" if graph.directed else "-"
    nodes: dict[Node, dict[str, Any]] = {}
    for i, (label, edge) in enumerate(zip(labels, edges)):
        plain = f"{edge.source}{arrow}{edge.target}"
        require(label == plain or str(label).startswith(f"{plain} ("), f"{label} does not name its edge")
        nodes[label] = {**edge.attributes, "source": edge.source, "target": edge.target}
        for end in {edge.source} if graph.directed else {edge.source, edge.target}:
            at.setdefault(end, []).append(i)
    if graph.directed:
        pairs = {(labels[i], labels[j]) for i, edge in enumerate(edges) for j in at.get(edge.target, ())}
    else:
        pairs = {(labels[i], labels[j]) for near in at.values() for i, j in combinations(near, 2)}
    return f"the line graph has {require_graph(answer, nodes, bare(pairs), directed=graph.directed)}"


@checker("power")
def check_power(graph: Graph, answer: GraphAnswer, k: int = 2) -> str:
    """the nodes within k steps found ring by ring from every node"""
    out = successors(graph)
    pairs = set()
    for node in graph:
        near = ring = {node}
        for _ in range(min(k, graph.num_nodes)):
            ring = {other for n in ring for other in out[n]} - near
            near = near | ring
        pairs |= {(node, other) for other in near if other != node}
    edges = bare(_once(pairs, graph.directed))
    return f"the power has {require_graph(answer, node_data(graph), edges, directed=graph.directed)}"


@checker("keep_largest_component")
def check_largest_component(graph: Graph, answer: GraphAnswer) -> str:
    """components found by merging the ends of every edge"""
    sets = Sets(graph)
    for u, v in joined(graph):
        sets.join(u, v)
    kept = set(answer.graph)
    tops = {sets.name[node] for node in kept}
    require(len(tops) == min(1, graph.num_nodes), "the nodes are not of one component")
    require(
        len(kept) == max(map(len, sets.members.values()), default=0), "the component is not the largest, or not whole"
    )
    return f"the largest component has {require_induced(graph, answer, kept)}"


@checker("remove_self_loops")
def check_remove_self_loops(graph: Graph, answer: GraphAnswer) -> str:
    """every edge compared"""
    kept = [row for row in rows(graph) if row[0] != row[1]]
    return f"without self-loops there are {require_graph(answer, node_data(graph), kept, directed=graph.directed)}"


@checker("without_weights")
def check_without_weights(graph: Graph, answer: GraphAnswer) -> str:
    """every edge compared"""
    kept = [
        (u, v, ({name: value for name, value in data.items() if name != "weight"}, origin))
        for u, v, (data, origin) in rows(graph)
    ]
    return f"without weights there are {require_graph(answer, node_data(graph), kept, directed=graph.directed)}"


@checker("remove_isolated_nodes")
def check_remove_isolated_nodes(graph: Graph, answer: GraphAnswer) -> str:
    """the ends of every edge kept"""
    ends = {end for row in rows(graph) for end in row[:2]}
    return f"without isolated nodes there are {require_induced(graph, answer, ends)}"


@checker("subdivide_edges")
def check_subdivide_edges(graph: Graph, answer: GraphAnswer) -> str:
    """the i-th new node halves the i-th edge"""
    fresh = [node for node in answer.graph if node not in graph]
    edges = rows(graph)
    require(len(fresh) == len(edges), "there is not one new node for each edge")
    halves: list[Row] = []
    for middle, (u, v, data) in zip(fresh, edges):
        require(str(middle) == f"{u}-{v}" or str(middle).startswith(f"{u}-{v} ("), f"{middle} does not name its edge")
        halves += [(u, middle, data), (middle, v, data)]
    nodes = node_data(graph) | {node: {} for node in fresh}
    if not graph.multi:
        halves = first_of_parallels(halves, directed=graph.directed)
    return f"the subdivided graph has {require_graph(answer, nodes, halves, directed=graph.directed)}"


@checker("quotient")
def check_quotient(graph: Graph, answer: GraphAnswer, attribute: str) -> str:
    """members and edges between groups counted"""
    value = {node: data[attribute] for node, data in node_data(graph).items()}
    plain = {n: x if isinstance(x, (str, int)) and not isinstance(x, bool) else str(x) for n, x in value.items()}
    nodes: dict[Node, dict[str, Any]] = {label: {"size": size} for label, size in Counter(plain.values()).items()}
    between: dict[tuple[Node, Node], dict[str, Any]] = {}
    for u, v, _ in rows(graph):
        pair = (plain[u], plain[v])
        if not graph.directed and pair[::-1] in between:
            pair = pair[::-1]
        if pair[0] != pair[1]:
            between[pair] = {"weight": between.get(pair, {"weight": 0})["weight"] + 1}
    size = require_graph(answer, nodes, with_attributes(between), directed=graph.directed)
    return f"the quotient has {size}"


@checker("bipartite_projection")
def check_bipartite_projection(graph: Graph, answer: GraphAnswer, side: int = 0) -> str:
    """common neighbours of each pair counted, and the sides checked"""
    kept = set(answer.graph)
    require(all((u in kept) != (v in kept) for u, v in joined(graph)), "an edge lies within one side")
    declared = graph.sides
    require(declared is None or kept == set(declared[side]), "the nodes are not those of the declared side")
    if declared is None:
        require(kept == _colour_class(graph, side), "the first node of each component is not on side 0")
    common: dict[tuple[Node, Node], int] = {}
    for middle, near in successors(graph).items():
        if middle not in kept:
            for a, b in combinations([n for n in graph if n in near], 2):
                common[a, b] = common.get((a, b), 0) + 1
    edges = with_attributes({pair: {"weight": count} for pair, count in common.items()})
    size = require_graph(answer, node_data(graph, lambda n: n in kept), edges, directed=False)
    return f"the projection onto side {side} has {size}"


def _colour_class(graph: Graph, side: int) -> set[Node]:
    out, colour = successors(graph), {}
    for root in graph:
        if root in colour:
            continue
        colour[root] = 0
        queue = [root]
        for node in queue:
            for other in out[node]:
                if other not in colour:
                    colour[other] = 1 - colour[node]
                    queue.append(other)
    return {node for node, c in colour.items() if c == side}
