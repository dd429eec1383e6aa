"""Checks of shapes: degrees counted, orders followed, missing pairs looked up."""

from __future__ import annotations

from typing import Any

from graphs.graph import Graph
from tools.answers import Truth
from tools.certificates.adjacency import neighbour_sets
from tools.certificates.agreement import settled
from tools.certificates.base import checker, require
from tools.certificates.incidence import distinct, looped, pieces, simple_neighbours, successors, witness_of


@checker("is_complete")
def check_is_complete(graph: Graph, answer: Truth) -> str:
    """every pair of nodes looked up"""
    out = successors(graph)
    if answer.holds:
        settled(answer)
        require(answer.witness is None, "a reason stands beside a yes")
        require(all(len(near - {node}) == len(out) - 1 for node, near in out.items()), "two nodes are not adjacent")
        return "every two nodes are adjacent"
    u, v = witness_of(answer, "missing")["missing"]
    require(u in out and v in out and u != v and v not in out[u], "these two are adjacent")
    return f"there is no edge from {u} to {v}"


@checker("is_regular")
def check_is_regular(graph: Graph, answer: Truth, k: int | None = None) -> str:
    """every degree counted"""
    degree: dict[Any, list[int]] = {node: [0, 0] if graph.directed else [0] for node in graph}
    for edge in graph.edges():
        degree[edge.source][0] += 1
        degree[edge.target][-1] += 1
    if answer.holds:
        wanted = witness_of(answer, "degree")["degree"]
        require(k is None or wanted == k, "another degree was asked for")
        require(all(set(d) == {wanted} for d in degree.values()), "a node has another degree")
        require(degree or wanted == k, "there is no node with a degree")
        return f"every node has degree {wanted}"
    witness = witness_of(answer, "nodes", "degrees")
    require([degree[node] for node in witness["nodes"]] == [list(d) for d in witness["degrees"]], "wrong degrees")
    seen = {d for node in witness["nodes"] for d in degree[node]}
    require(len(seen | ({k} if k is not None else set())) > 1, "these degrees do not differ")
    return "the listed degrees differ" if k is None else f"a listed node has another degree than {k}"


def _shaped(graph: Graph, degrees: list[int]) -> bool:
    """Whether the graph is simple, connected, and has these degrees."""
    around = simple_neighbours(graph)
    return (
        around is not None
        and len(pieces(around, around)) == 1
        and sorted(len(near) for near in around.values()) == sorted(degrees)
    )


def _in_line(graph: Graph, order: list[Any], closed: bool) -> bool:
    around = neighbour_sets(graph)
    inside = distinct(graph, order, "the order")
    steps = list(zip(order, order[1:])) + ([(order[-1], order[0])] if closed else [])
    return inside == set(graph) and all(v in around[u] for u, v in steps)


@checker("is_star_graph")
def check_is_star_graph(graph: Graph, answer: Truth) -> str:
    """degrees and connection: connected, n - 1 edges, one node with all of them"""
    settled(answer)
    n = graph.num_nodes
    star = n > 0 and _shaped(graph, [n - 1, *[1] * (n - 1)] if n > 1 else [0])
    require(answer.holds == star, f"the graph is {'' if star else 'not '}a star")
    if star:
        centre = witness_of(answer, "centre")["centre"]
        require(len(neighbour_sets(graph)[centre]) == n - 1, "another node is the centre")
        return f"all edges join {centre} to the other nodes"
    require(answer.witness is None, "a centre stands beside a no")
    return "no node is joined to all others by the only edges"


@checker("is_path_graph")
def check_is_path_graph(graph: Graph, answer: Truth) -> str:
    """degrees and connection: connected, two ends, all others of degree two"""
    settled(answer)
    n = graph.num_nodes
    path = n > 0 and _shaped(graph, [1, 1, *[2] * (n - 2)] if n > 1 else [0])
    require(answer.holds == path, f"the graph is {'' if path else 'not '}a path")
    require((answer.witness is not None) == path, "an order is missing, or stands beside a no")
    require(not path or _in_line(graph, witness_of(answer, "order")["order"], False), "the order is not along the path")
    return (
        "the graph is one path through all nodes" if path else "the degrees or the connection are not those of a path"
    )


@checker("is_cycle_graph")
def check_is_cycle_graph(graph: Graph, answer: Truth) -> str:
    """degrees and connection: connected, all of degree two"""
    settled(answer)
    ring = graph.num_nodes >= 3 and _shaped(graph, [2] * graph.num_nodes)
    require(answer.holds == ring, f"the graph is {'' if ring else 'not '}a cycle")
    require((answer.witness is not None) == ring, "an order is missing, or stands beside a no")
    require(not ring or _in_line(graph, witness_of(answer, "order")["order"], True), "the order is not along the cycle")
    return "the graph is one cycle" if ring else "the degrees or the connection are not those of a cycle"


@checker("is_wheel_graph")
def check_is_wheel_graph(graph: Graph, answer: Truth) -> str:
    """hub and rim compared with all edges; for a no every hub tried"""
    settled(answer)
    around, n = simple_neighbours(graph), graph.num_nodes
    wheel = False
    if around is not None and n >= 4 and graph.num_edges == 2 * (n - 1):
        for hub in (node for node in around if len(around[node]) == n - 1):
            rest = {node: near - {hub} for node, near in around.items() if node != hub}
            wheel |= all(len(near) == 2 for near in rest.values()) and len(pieces(rest, rest)) == 1
    require(answer.holds == wheel, f"the graph is {'' if wheel else 'not '}a wheel")
    if not wheel:
        require(answer.witness is None, "a hub stands beside a no")
        return "no node is the hub of a wheel"
    witness = witness_of(answer, "hub", "rim")
    hub, rim = witness["hub"], witness["rim"]
    assert around is not None
    require(len(distinct(graph, [hub, *rim], "the wheel")) == n, "a node is missing")
    require(around[hub] == set(rim), "the hub is not joined to the whole rim")
    require(all(v in around[u] for u, v in zip(rim, [*rim[1:], rim[0]])), "the rim has a gap")
    return f"{hub} is joined to every node of the listed rim, and there are no other edges"


@checker("is_tournament")
def check_is_tournament(graph: Graph, answer: Truth) -> str:
    """the arcs between every two nodes counted"""
    settled(answer)
    require(graph.directed, "the graph is undirected")
    count: dict[frozenset[Any], int] = {}
    for edge in graph.edges():
        pair = frozenset((edge.source, edge.target))
        count[pair] = count.get(pair, 0) + 1
    if answer.holds:
        require(answer.witness is None, "a reason stands beside a yes")
        require(all(len(pair) == 2 and k == 1 for pair, k in count.items()), "a loop, or several arcs on a pair")
        require(len(count) == graph.num_nodes * (graph.num_nodes - 1) // 2, "a pair has no arc")
        return "there is exactly one arc between every two nodes"
    if "loop" in answer.witness:
        require(witness_of(answer, "loop")["loop"] in looped(graph), "there is no such loop")
        return f"there is a loop at {answer.witness['loop']}"
    u, v = witness_of(answer, "pair")["pair"]
    require(u in graph and v in graph and u != v and count.get(frozenset((u, v)), 0) != 1, "that pair has one arc")
    return f"there is not exactly one arc between {u} and {v}"
