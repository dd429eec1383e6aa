"""Checks of cycles: each walked, and their absence shown by counts, orders, distances or potentials."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

from graphs.graph import Graph
from tools.answers import Cycle, Number, Sequences, Truth
from tools.certificates.agreement import TOLERANCE, close, settled
from tools.certificates.base import checker, require
from tools.certificates.degrees import equals
from tools.certificates.evidence import arcs_of, cycle_cost, parts_of, relaxed, same_set, walk_cost


def _components(graph: Graph) -> int:
    return len(parts_of(arcs_of(graph, undirected=True)))


def acyclic(graph: Graph, witness: Any) -> str:
    """Reject unless the graph has no cycle: by the order given, or by the counts of a forest."""
    if graph.directed:
        require(set(witness) == {"order"}, "no order is given")
        order = witness["order"]
        same_set(order, graph.nodes, "nodes")
        place = {node: i for i, node in enumerate(order)}
        require(all(place[e.source] < place[e.target] for e in graph.edges()), "an edge points backwards in the order")
        return "every edge points forward in the order given, so that there is no cycle"
    require(witness is None, "a witness that is not needed")
    edges = sum(1 for _ in graph.edges())
    require(edges == len(graph.nodes) - _components(graph), "there are more edges than a forest has")
    return "there are as many edges as in a forest, so that there is no cycle"


def _cyclic(graph: Graph, witness: Any) -> str:
    require(set(witness) == {"cycle"}, "no cycle is given")
    cycle_cost(graph, arcs_of(graph), witness["cycle"])
    return f"the graph has a cycle of {len(witness['cycle'])} nodes"


@checker("has_cycle")
def check_has_cycle(graph: Graph, answer: Truth) -> str:
    """a cycle walked; or an order of all edges, or the counts of a forest"""
    settled(answer)
    return _cyclic(graph, answer.witness) if answer.holds else acyclic(graph, answer.witness)


@checker("is_acyclic")
def check_is_acyclic(graph: Graph, answer: Truth) -> str:
    """an order of all edges or the counts of a forest; or a cycle walked"""
    settled(answer)
    return acyclic(graph, answer.witness) if answer.holds else _cyclic(graph, answer.witness)


@checker("find_cycle")
def check_find_cycle(graph: Graph, answer: Cycle) -> str:
    """a cycle walked; or an order of all edges, or the counts of a forest"""
    settled(answer)
    if not answer.nodes:
        require(answer.length is None, "no cycle has no length")
        return acyclic(graph, answer.witness)
    require(answer.witness is None and answer.length == len(answer.nodes), "the length is wrong")
    return _cyclic(graph, {"cycle": answer.nodes})


def _weights(graph: Graph, weight: str | None) -> dict[frozenset[Any], list[float]]:
    """The weights of all edges between two nodes, ascending."""
    found: dict[frozenset[Any], list[float]] = {}
    for edge in graph.edges():
        cost = 1 if weight is None else edge.attributes[weight]
        found.setdefault(frozenset((edge.source, edge.target)), []).append(cost)
    return {pair: sorted(each) for pair, each in found.items()}


def least_cycle_cost(graph: Graph, nodes: list[Any], weight: str | None) -> float:
    """What the cycle costs with the cheapest edges; two nodes of an undirected graph use two parallel ones."""
    cost = cycle_cost(graph, arcs_of(graph, weight), nodes)
    return sum(_weights(graph, weight)[frozenset(nodes)][:2]) if len(nodes) == 2 and not graph.directed else cost


def _least_through(graph: Graph, weight: str | None, nodes: list[Any]) -> float:
    """The least cost of a cycle that starts with one of the nodes: each first edge and label correction back."""
    arcs = arcs_of(graph, weight)
    weights = _weights(graph, weight)
    best = math.inf
    for node in nodes:
        for v, cost in arcs[node].items():
            if v == node:
                best = min(best, cost)
                continue
            each = weights[frozenset((node, v))]
            if not graph.directed and len(each) > 1:
                best = min(best, each[0] + each[1])
            cut = [] if graph.directed else [(node, v)]
            best = min(best, cost + relaxed(arcs_of(graph, weight, without_edges=cut), v).get(node, math.inf))
    return best


def _shortest(graph: Graph, answer: Cycle, weight: str | None, starts: list[Any]) -> str:
    settled(answer)
    require(answer.witness is None, "a witness that is not needed")
    least = _least_through(graph, weight, starts)
    if not answer.nodes:
        require(answer.length is None and least == math.inf, "there is such a cycle")
        return "there is no such cycle"
    cost = least_cycle_cost(graph, answer.nodes, weight)
    require(close(answer.length, cost), f"the cycle adds up to {cost}")
    require(close(cost, least), "a shorter cycle exists")
    return f"the cycle has length {answer.length}, and none is shorter"


@checker("shortest_cycle")
def check_shortest_cycle(graph: Graph, answer: Cycle, weight: str | None = None) -> str:
    """the cycle walked, and for every edge the shortest way back"""
    return _shortest(graph, answer, weight, graph.nodes)


@checker("cycle_through_node")
def check_cycle_through_node(graph: Graph, answer: Cycle, node: Any, weight: str | None = None) -> str:
    """the cycle walked, and for every edge of the node the shortest way back"""
    node = graph.node(node)
    require(not answer.nodes or answer.nodes[0] == node, "the cycle does not start with the node")
    return _shortest(graph, answer, weight, [node])


@checker("girth")
def check_girth(graph: Graph, answer: Number) -> str:
    """a cycle of that length walked, and for every edge the shortest way back"""
    settled(answer)
    least = _least_through(graph, None, graph.nodes)
    require(answer.number == least, f"the girth is {least}")
    if answer.witness:
        require(least_cycle_cost(graph, answer.witness, None) == least, "the witness has another length")
    require(bool(answer.witness) == (least < math.inf), "the witness is missing or too much")
    return f"a shortest cycle has {answer.number} edges" if answer.witness else "there is no cycle"


@checker("cycle_basis")
def check_cycle_basis(graph: Graph, answer: Sequences) -> str:
    """each cycle walked, their number m - n + c, and their independence modulo 2"""
    settled(answer)
    require(answer.witness is None, "a witness that is not needed")
    arcs = arcs_of(graph)
    edges = list(graph.edges())
    require(len(answer.sequences) == len(edges) - len(arcs) + _components(graph), "not m - n + c cycles")
    pairs = Counter(frozenset((e.source, e.target)) for e in edges)
    short = Counter(frozenset(cycle) for cycle in answer.sequences if len(cycle) < 3)
    extra = {pair: count - (len(pair) - 1) for pair, count in pairs.items() if count > len(pair) - 1}
    require(short == Counter(extra), "self-loops and parallel edges are not counted once each")
    bit = {pair: 1 << i for i, pair in enumerate(pairs)}
    leading: dict[int, int] = {}
    for cycle in answer.sequences:
        cycle_cost(graph, arcs, cycle)
        if len(cycle) < 3:
            continue
        row = sum(bit[frozenset(step)] for step in zip(cycle, [*cycle[1:], cycle[0]]))
        while row and row.bit_length() in leading:
            row ^= leading[row.bit_length()]
        require(row, "a cycle is a sum of others")
        leading[row.bit_length()] = row
    return f"the {len(answer.sequences)} cycles are independent, and no larger set is"


@checker("cyclomatic_number")
def check_cyclomatic_number(graph: Graph, answer: Number) -> str:
    """edges, nodes and components counted"""
    equals(answer, sum(1 for _ in graph.edges()) - len(graph.nodes) + _components(graph))
    return f"m - n + c = {answer.number}"


def _negative(graph: Graph, nodes: list[Any], witness: Any, weight: str) -> tuple[float | None, str]:
    arcs = arcs_of(graph, weight)
    if nodes:
        require(len(set(nodes)) == len(nodes), "the cycle visits a node twice")
        cost = walk_cost(arcs, [*nodes, nodes[0]])
        require(cost < 0, f"the cycle weighs {cost}")
        return cost, f"the cycle weighs {cost}"
    require(set(witness) == {"potentials"}, "no potentials are given")
    p = witness["potentials"]
    require(set(p) == set(arcs), "not every node has a potential")
    fine = all(p[v] <= p[u] + c + TOLERANCE * (1 + abs(c)) for u, row in arcs.items() for v, c in row.items())
    require(fine, "an edge is lighter than the difference of its potentials")
    return None, "potentials show that no closed walk has negative weight"


@checker("has_negative_cycle")
def check_has_negative_cycle(graph: Graph, answer: Truth, weight: str = "weight") -> str:
    """a cycle added up, or potentials that no edge undercuts"""
    settled(answer)
    if answer.holds:
        require(set(answer.witness) == {"cycle"} and answer.witness["cycle"], "no cycle is given")
        return _negative(graph, answer.witness["cycle"], None, weight)[1]
    return _negative(graph, [], answer.witness, weight)[1]


@checker("negative_cycle")
def check_negative_cycle(graph: Graph, answer: Cycle, weight: str = "weight") -> str:
    """a cycle added up, or potentials that no edge undercuts"""
    settled(answer)
    cost, claim = _negative(graph, answer.nodes, answer.witness, weight)
    fine = close(answer.length, cost) and answer.witness is None if answer.nodes else answer.length is None
    require(fine, f"the weight is {cost}")
    return claim


@checker("is_cycle")
def check_is_cycle(graph: Graph, answer: Truth, nodes: list[Any]) -> str:
    """every step looked up in the list of edges"""
    settled(answer)
    walk = [graph.node(node) for node in nodes]
    if len(walk) > 1 and walk[0] == walk[-1]:
        walk = walk[:-1]
    arcs = arcs_of(graph)
    missing = [[u, v] for u, v in zip(walk, walk[1:] + walk[:1]) if v not in arcs[u]]
    twice = [node for i, node in enumerate(walk) if node in walk[:i]]
    between = sum({e.source, e.target} == set(walk) for e in graph.edges())
    expected: Any = None
    if missing:
        expected = {"missing": missing[0]}
    elif twice:
        expected = {"repeated": twice[0]}
    elif len(walk) == 2 and not graph.directed and between < 2:
        expected = {"missing": walk}
    require(answer.holds is (expected is None) and answer.witness == expected, "the list of edges says otherwise")
    return "the nodes form a cycle" if answer.holds else "the nodes form no cycle"
