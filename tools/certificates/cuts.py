"""Checks of cuts and disjoint paths: the cut parts what it should, and as many disjoint paths cross it (Menger)."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, permutations
from typing import Any

from graphs.graph import Graph
from tools.answers import Edges, Groups, Nodes, Number, Paths
from tools.certificates.agreement import settled
from tools.certificates.base import checker, require
from tools.certificates.evidence import arcs_of, in_graph_order, path_cost, reach, same_set

Room = dict[Any, dict[Any, int]]


def _edge_room(graph: Graph) -> Room:
    room: Room = {node: {} for node in graph.nodes}
    for edge in graph.edges():
        for u, v in ((edge.source, edge.target), (edge.target, edge.source))[: 1 if graph.directed else 2]:
            if u != v:
                room[u][v] = room[u].get(v, 0) + 1
    return room


def _node_room(graph: Graph) -> Room:
    """Every node halved, in and out, with room for one path from half to half."""
    room: Room = {}
    for u, row in _edge_room(graph).items():
        room[u, "in"] = {(u, "out"): 1}
        room[u, "out"] = {(v, "in"): 1 for v in row}
    return room


def at_least(room: Room, source: Any, target: Any, wanted: int) -> bool:
    """Whether `wanted` units fit from source to target: depth-first augmentation, each on what the others leave."""
    left = {u: dict(row) for u, row in room.items()}
    for _ in range(wanted):
        came = {source: source}
        stack = [source]
        while stack and target not in came:
            u = stack.pop()
            for v, free in left[u].items():
                if free > 0 and v not in came:
                    came[v] = u
                    stack.append(v)
        if target not in came:
            return False
        v = target
        while v != source:
            left[came[v]][v] -= 1
            left[v][came[v]] = left[v].get(came[v], 0) + 1
            v = came[v]
    return True


def _without(graph: Graph, cut: list[Any]) -> dict[Any, set[Any]]:
    """The arcs that are left when each listed edge is taken out as often as it is listed."""
    shape = tuple if graph.directed else frozenset
    require(all(len(edge) == 2 for edge in cut), "an edge has other than two ends")
    gone = Counter(shape(edge) for edge in cut)
    arcs: dict[Any, set[Any]] = {node: set() for node in graph.nodes}
    for edge in graph.edges():
        pair = shape((edge.source, edge.target))
        if gone[pair] > 0:
            gone[pair] -= 1
            continue
        arcs[edge.source].add(edge.target)
        if not graph.directed:
            arcs[edge.target].add(edge.source)
    require(not any(gone.values()), "the cut lists an edge that the graph does not have")
    return arcs


def _strong(arcs: dict[Any, set[Any]]) -> bool:
    back: dict[Any, set[Any]] = {node: set() for node in arcs}
    for u, row in arcs.items():
        for v in row:
            back[v].add(u)
    first = next(iter(arcs))
    return len(reach(arcs, first)) == len(arcs) == len(reach(back, first))


def _edge_cut(graph: Graph, cut: list[Any], source: Any, target: Any) -> None:
    arcs, room = _without(graph, cut), _edge_room(graph)
    if source is not None:
        source, target = graph.node(source), graph.node(target)
        require(target not in reach(arcs, source), "a path is left")
        require(at_least(room, source, target, len(cut)), "a smaller cut exists")
        return
    require(not _strong(arcs), "the graph stays connected")
    first, *rest = graph.nodes
    pairs = [(first, v) for v in rest] + [(v, first) for v in rest if graph.directed]
    require(all(at_least(room, s, t, len(cut)) for s, t in pairs), "a smaller cut exists")


@checker("edge_connectivity")
def check_edge_connectivity(graph: Graph, answer: Number, source: Any = None, target: Any = None) -> str:
    """the edges of the cut taken out, and as many edge-disjoint paths between all pairs that matter"""
    settled(answer)
    require(answer.number == len(answer.witness), "the number is not that of the cut's edges")
    _edge_cut(graph, answer.witness, source, target)
    return f"{answer.number} edges disconnect, and fewer do not"


@checker("minimum_edge_cut")
def check_minimum_edge_cut(graph: Graph, answer: Edges, source: Any = None, target: Any = None) -> str:
    """the edges of the cut taken out, and as many edge-disjoint paths between all pairs that matter"""
    settled(answer)
    require(answer.total is None and answer.witness is None, "a field that is not needed")
    _edge_cut(graph, answer.edges, source, target)
    return f"these {len(answer.edges)} edges disconnect, and fewer do not"


def _pairs_that_matter(graph: Graph) -> list[tuple[Any, Any]]:
    """Unjoined pairs that hold one of least local connectivity (Esfahanian & Hakimi 1984); directed: all pairs."""
    arcs = _edge_room(graph)
    if graph.directed:
        pairs = list(permutations(arcs, 2))
    else:
        hub = graph.nodes[0]
        pairs = [(hub, v) for v in arcs if v != hub] + list(combinations(arcs[hub], 2))
    return [(s, t) for s, t in pairs if t not in arcs[s]]


def _node_cut(graph: Graph, cut: list[Any], source: Any, target: Any) -> None:
    arcs, room = arcs_of(graph), _node_room(graph)
    require(len(set(cut)) == len(cut) and set(cut) <= set(arcs), "the cut names a node twice or an unknown one")
    rest = {u: {v for v in row if v not in cut} for u, row in arcs.items() if u not in cut}
    in_graph_order(graph, cut)
    if source is not None:
        source, target = graph.node(source), graph.node(target)
        require(source not in cut and target not in cut, "the cut holds an end")
        require(target not in reach(rest, source), "a path is left")
        pairs = [(source, target)]
    else:
        require(len(rest) > 1 and not _strong(rest), "the graph stays connected")
        pairs = _pairs_that_matter(graph)
    enough = all(at_least(room, (s, "out"), (t, "in"), len(cut)) for s, t in pairs)
    require(enough, "a smaller cut exists")


@checker("node_connectivity")
def check_node_connectivity(graph: Graph, answer: Number, source: Any = None, target: Any = None) -> str:
    """the nodes of the cut taken out, and as many node-disjoint paths between all pairs that matter"""
    settled(answer)
    if answer.witness is None:
        room = _edge_room(graph)
        require(source is None and all(len(row) == len(room) - 1 for row in room.values()), "some pair is not joined")
        require(answer.number == len(room) - 1, "a complete graph has connectivity n - 1")
        return f"every two nodes are joined, so that the node connectivity is n - 1 = {answer.number}"
    require(answer.number == len(answer.witness), "the number is not that of the cut's nodes")
    _node_cut(graph, answer.witness, source, target)
    return f"{answer.number} nodes disconnect, and fewer do not"


@checker("minimum_node_cut")
def check_minimum_node_cut(graph: Graph, answer: Nodes, source: Any = None, target: Any = None) -> str:
    """the nodes of the cut taken out, and as many node-disjoint paths between all pairs that matter"""
    settled(answer)
    require(answer.witness is None, "a witness that is not needed")
    _node_cut(graph, answer.nodes, source, target)
    return f"these {len(answer.nodes)} nodes disconnect, and fewer do not"


def _paths(graph: Graph, answer: Paths, source: Any, target: Any) -> None:
    settled(answer)
    arcs = arcs_of(graph)
    for path in answer.paths:
        path_cost(arcs, path, source, target)
    require(list(answer.lengths) == [len(path) - 1 for path in answer.paths], "a length is wrong")


@checker("edge_disjoint_paths")
def check_edge_disjoint_paths(graph: Graph, answer: Paths, source: Any, target: Any) -> str:
    """paths that share no edge, and as many edges whose removal leaves no path"""
    source, target = graph.node(source), graph.node(target)
    _paths(graph, answer, source, target)
    shape = tuple if graph.directed else frozenset
    used = Counter(shape(step) for path in answer.paths for step in zip(path, path[1:]))
    own = Counter(shape((e.source, e.target)) for e in graph.edges())
    require(all(own[edge] >= times for edge, times in used.items()), "two paths share an edge")
    require(len(answer.witness) == len(answer.paths), "the cut has not as many edges as there are paths")
    require(target not in reach(_without(graph, answer.witness), source), "a path avoids the cut")
    return f"{len(answer.paths)} paths share no edge, and every path uses one of as many edges"


@checker("node_disjoint_paths")
def check_node_disjoint_paths(graph: Graph, answer: Paths, source: Any, target: Any) -> str:
    """paths that share no inner node, and as many nodes whose removal leaves none but the direct edge"""
    source, target = graph.node(source), graph.node(target)
    _paths(graph, answer, source, target)
    inner = [node for path in answer.paths for node in path[1:-1]]
    direct = sum(len(path) == 2 for path in answer.paths)
    require(len(set(inner)) == len(inner) and direct <= 1, "two paths share a node or the direct edge")
    cut = set(answer.witness)
    require(
        len(cut) == len(answer.witness) == len(answer.paths) - direct, "the cut is not as large as the paths are many"
    )
    require(cut <= set(graph.nodes) and not cut & {source, target}, "the cut holds an end or an unknown node")
    arcs = arcs_of(graph, without_nodes=cut, without_edges=[(source, target)])
    require(direct or target not in arcs_of(graph)[source], "the direct edge is not among the paths")
    require(target not in reach(arcs, source), "a path avoids the cut")
    in_graph_order(graph, answer.witness)
    return f"{len(answer.paths)} paths share no inner node, and there are no more such paths"


@checker("k_edge_components")
def check_k_edge_components(graph: Graph, answer: Groups, k: int) -> str:
    """k edge-disjoint paths from one node of a group to its others, and fewer between the groups"""
    settled(answer)
    require(answer.score is None and answer.witness is None, "a field that is not needed")
    same_set([node for group in answer.groups for node in group], graph.nodes, "nodes")
    require(all(answer.groups), "a group is empty")
    room = _edge_room(graph)

    def joined(u: Any, v: Any) -> bool:
        return at_least(room, u, v, k) and (not graph.directed or at_least(room, v, u, k))

    for group in answer.groups:
        in_graph_order(graph, group)
        require(all(joined(group[0], v) for v in group[1:]), f"fewer than {k} edge-disjoint paths inside a group")
    heads = [group[0] for group in answer.groups]
    require(not any(joined(u, v) for u, v in combinations(heads, 2)), f"{k} edge-disjoint paths join two groups")
    require(all(len(a) >= len(b) for a, b in zip(answer.groups, answer.groups[1:])), "not in order of size")
    return f"within each of the {len(answer.groups)} groups {k} edge-disjoint paths join any two nodes, between none"
