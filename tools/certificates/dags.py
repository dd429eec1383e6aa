"""Checks of directed acyclic graphs: orders, labels, and reachability searched node by node."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

from graphs.graph import Graph
from tools.answers import Groups, Number, Order, Path, Sequences, Truth
from tools.certificates.agreement import TOLERANCE, close, settled
from tools.certificates.base import Claim, checker, require
from tools.certificates.cycles import acyclic
from tools.certificates.evidence import Arcs, arcs_of, cycle_cost, in_graph_order, path_cost, same_set, topological

CLOSED_SETS = 50_000  # of a second count of topological orders


@checker("topological_sort")
def check_topological_sort(graph: Graph, answer: Order) -> str:
    """every node once, every edge forward"""
    settled(answer)
    require(graph.directed and answer.witness is None, "a witness that is not needed")
    acyclic(graph, {"order": answer.nodes})
    return "the order holds every node once, and every edge points forward in it"


@checker("is_dag")
def check_is_dag(graph: Graph, answer: Truth) -> str:
    """an order in which every edge points forward, or a cycle walked"""
    settled(answer)
    require(graph.directed, "the graph is undirected")
    if answer.holds:
        return acyclic(graph, answer.witness)
    require(set(answer.witness) == {"cycle"}, "no cycle is given")
    cycle_cost(graph, arcs_of(graph), answer.witness["cycle"])
    return f"the graph has a directed cycle of {len(answer.witness['cycle'])} nodes"


@checker("is_topological_order")
def check_is_topological_order(graph: Graph, answer: Truth, nodes: list[Any]) -> str:
    """the place of every node compared with those of its successors"""
    settled(answer)
    order = [graph.node(node) for node in nodes]
    if answer.holds:
        require(answer.witness is None, "a witness that is not needed")
        acyclic(graph, {"order": order})
        return "the order holds every node once, and every edge points forward in it"
    [(kind, shown)] = answer.witness.items()
    if kind == "repeated":
        require(order.count(shown) > 1, "the node is not repeated")
    elif kind == "missing":
        require(shown in graph.nodes and shown not in order, "the node is not missing")
    else:
        require(kind == "backward", "an unknown witness")
        u, v = shown
        require(v in arcs_of(graph)[u] and order.index(u) >= order.index(v), "the edge does not point backwards")
    return f"the order is not topological: {kind} {shown}"


def _count_orders(arcs: Arcs) -> int | None:
    """The number of topological orders, by what may come last; None when there are too many sets."""
    later = {u: set(row) for u, row in arcs.items()}
    everything = frozenset(arcs)

    @cache
    def count(left: frozenset[Any]) -> int:
        if count.cache_info().currsize > CLOSED_SETS:
            raise OverflowError
        return sum(count(left - {u}) for u in left if not later[u] & left) if left else 1

    try:
        return count(everything)
    except (OverflowError, RecursionError):
        return None


@checker("all_topological_sorts")
def check_all_topological_sorts(graph: Graph, answer: Sequences, limit: int = 1000) -> str | Claim:
    """every edge forward in each order, and the number of orders counted over sets of nodes"""
    require(answer.witness is None, "a witness that is not needed")
    for order in answer.sequences:
        acyclic(graph, {"order": order})
    listed = len(answer.sequences)
    require(len({tuple(order) for order in answer.sequences}) == listed, "an order is listed twice")
    expected = None if answer.exact else (listed + 1, math.inf)
    require(answer.bounds == expected and listed <= limit, "the bounds are not those of the list")
    total = _count_orders(arcs_of(graph))
    if total is None:
        return Claim(f"the {listed} orders listed are different topological orders; others were not counted", "none")
    require(total == listed if answer.exact else total > listed, f"there are {total} orders")
    return f"the {listed} orders listed are different topological orders, of {total}"


@checker("count_topological_sorts")
def check_count_topological_sorts(graph: Graph, answer: Number, time_limit: float = 10.0) -> str | Claim:
    """the orders counted by what may come last"""
    require(answer.witness is None and isinstance(answer.number, int), "not a count")
    arcs = arcs_of(graph)
    require(topological(arcs) is not None, "the graph has a cycle")
    if not answer.exact:
        require(answer.number == 1 and answer.bounds == (1, math.inf), "one order is all that is known")
        return "the graph has a topological order"
    require(answer.bounds is None, "an exact answer has no bounds")
    total = _count_orders(arcs)
    if total is None:
        return Claim("the orders are too many to be counted again", "none")
    require(total == answer.number, f"there are {total} orders")
    return f"the graph has {answer.number} topological orders"


@checker("longest_path_dag")
def check_longest_path_dag(graph: Graph, answer: Path, weight: str | None = None) -> str:
    """the path added up, and labels that grow by at least the weight along every edge"""
    settled(answer)
    labels = answer.distances
    require(labels is not None and set(labels) == set(graph.nodes), "not every node has a label")
    assert labels is not None
    require(all(label >= 0 for label in labels.values()), "a label is negative")
    arcs: Arcs = {node: {} for node in graph.nodes}
    for edge in graph.edges():
        cost = 1 if weight is None else edge.attributes[weight]
        arcs[edge.source][edge.target] = max(cost, arcs[edge.source].get(edge.target, cost))
        grown = labels[edge.source] + cost
        require(labels[edge.target] >= grown - TOLERANCE * (1 + abs(cost)), "a label grows too little along an edge")
    require(topological(arcs) is not None, "the graph has a cycle")
    cost = path_cost(arcs, answer.nodes, answer.nodes[0], answer.nodes[-1])
    require(close(answer.length, cost), f"the path adds up to {cost}")
    require(close(cost, max(labels.values())), "the labels allow a longer path")
    return f"the path has length {answer.length}, and no path is longer"


@checker("dag_layers")
def check_dag_layers(graph: Graph, answer: Groups) -> str:
    """every node has a predecessor in the layer before and none later"""
    settled(answer)
    require(answer.score is None and answer.witness is None, "a field that is not needed")
    same_set([node for group in answer.groups for node in group], graph.nodes, "nodes")
    level = {node: i for i, group in enumerate(answer.groups) for node in group}
    back = arcs_of(graph, turned=True)
    for v, row in back.items():
        require(max((level[u] + 1 for u in row), default=0) == level[v], f"node {v} belongs to another layer")
    for group in answer.groups:
        require(len(group) > 0, "a layer is empty")
        in_graph_order(graph, group)
    return f"each of the {len(answer.groups)} layers holds the nodes whose longest incoming path has its length"
