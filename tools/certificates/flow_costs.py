"""Checks of flows of least cost: feasibility, and potentials under which no change pays (linear duality)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from graphs.graph import Graph
from tools.answers import CostFlow
from tools.certificates.agreement import TOLERANCE, close, settled
from tools.certificates.base import checker, require
from tools.certificates.flows import capacity_across, within_capacities
from tools.certificates.incidence import distinct, rooms


def _cost(graph: Graph, answer: CostFlow, capacity: str | None, weight: str) -> dict[Any, Any]:
    """Reject flows that cost another amount or that potentials do not prove cheapest; return the balances."""
    p = answer.potentials
    arcs: dict[tuple[Any, Any], list[tuple[Any, Any]]] = {}
    for edge in graph.edges():
        most = math.inf if capacity is None else edge.attributes.get(capacity, math.inf)
        most = most if most == math.inf else Fraction(most)
        ends = (edge.source, edge.target)
        for pair in {ends} if graph.directed else {ends, ends[::-1]}:
            arcs.setdefault(pair, []).append((Fraction(edge.attributes[weight]), most))
    room = {pair: sum(most for _, most in parallel) for pair, parallel in arcs.items()}
    balance = within_capacities(graph, {k: x for k, x in answer.flow.items() if k[0] != k[1]}, room)
    require(all(0 < x <= room[k] for k, x in answer.flow.items() if k[0] == k[1]), "a self-loop carries too much")
    total: Any = 0
    dearest = max((abs(cost) for parallel in arcs.values() for cost, _ in parallel), default=0)
    whole = all(cost.denominator == 1 for parallel in arcs.values() for cost, _ in parallel)
    tolerance = 0 if whole else TOLERANCE * float(dearest)  # of the costs alone: large potentials buy no room
    for (u, v), parallel in arcs.items():
        left: Any = answer.flow.get((u, v), 0)
        for cost, most in sorted(parallel, key=lambda arc: arc[0]):
            used = min(left, most)
            left -= used
            total += cost * Fraction(used)
            slack = cost + Fraction(p[u]) - Fraction(p[v])
            require(slack >= -tolerance or close(used, most), f"a unit from {u} to {v} could still lower the cost")
            require(slack <= tolerance or close(used, 0), f"the flow from {u} to {v} is dearer than a detour")
    require(set(answer.flow) <= set(arcs), "flow runs off the edges")
    require(set(p) == set(graph), "a node has no potential")
    require(close(total, answer.cost), "the flow costs another amount")
    return balance


@checker("minimum_cost_flow")
def check_minimum_cost_flow(
    graph: Graph,
    answer: CostFlow,
    demand: str = "demand",
    capacity: str | None = "capacity",
    weight: str = "weight",
) -> str:
    """demands met, cost added up, and node potentials under which no detour is cheaper"""
    settled(answer)
    require(answer.cut is None, "the answer carries a cut that nobody asked for")
    balance = _cost(graph, answer, capacity, weight)
    need = {node: data.get(demand, 0) for node, data in graph.nx.nodes(data=True)}
    require(all(close(balance[node], -need[node]) for node in graph), "a demand is not met")
    require(close(answer.amount, sum(x for x in need.values() if x > 0)), "the amount is another")
    return f"the flow meets every demand at cost {answer.cost}, and none is cheaper"


def _sends(answer: CostFlow, balance: Mapping[Any, Any], source: Any, target: Any) -> None:
    for node, x in balance.items():
        wanted = answer.amount if node == source else -answer.amount if node == target else 0
        require(close(x, wanted), f"the balance at {node} is {x}, not {wanted}")


@checker("cheapest_flow")
def check_cheapest_flow(
    graph: Graph,
    answer: CostFlow,
    source: Any,
    target: Any,
    amount: float,
    capacity: str | None = "capacity",
    weight: str = "weight",
) -> str:
    """the amount sent, cost added up, and node potentials under which no detour is cheaper"""
    settled(answer)
    require(answer.cut is None and close(answer.amount, amount), "another amount is sent")
    _sends(answer, _cost(graph, answer, capacity, weight), graph.node(source), graph.node(target))
    return f"{amount} units go from {source} to {target} at cost {answer.cost}, and not for less"


@checker("maximum_flow_minimum_cost")
def check_maximum_flow_minimum_cost(
    graph: Graph,
    answer: CostFlow,
    source: Any,
    target: Any,
    capacity: str = "capacity",
    weight: str = "weight",
) -> str:
    """a cut of the amount's capacity, cost added up, and node potentials under which no detour is cheaper"""
    settled(answer)
    start, end = graph.node(source), graph.node(target)
    _sends(answer, _cost(graph, answer, capacity, weight), start, end)
    side = distinct(graph, answer.cut or [], "the cut")
    require(start in side and end not in side, "the cut does not separate the ends")
    require(close(capacity_across(side, rooms(graph, capacity)), answer.amount), "the cut's capacity is not the amount")
    return f"no flow exceeds {answer.amount}, and no flow of that amount costs less than {answer.cost}"
