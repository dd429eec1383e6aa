"""Checks of flows: conservation and capacities edge by edge, a cut of equal capacity, and what bars a circulation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from graphs.graph import Graph
from tools.answers import Flow, PairValues, Paths, Truth
from tools.certificates.adjacency import neighbour_sets
from tools.certificates.agreement import TOLERANCE, close, settled
from tools.certificates.base import Claim, checker, require
from tools.certificates.incidence import distinct, rooms

Pairs = Mapping[tuple[Any, Any], Any]


def within_capacities(graph: Graph, flow: Pairs, room: Pairs) -> dict[Any, Any]:
    """Reject flows off the edges or over capacity; return what leaves each node less what enters it."""
    balance: dict[Any, Any] = dict.fromkeys(graph, 0)
    for (u, v), amount in flow.items():
        require((u, v) in room and amount > 0, f"the flow from {u} to {v} is not on an edge, or not positive")
        require(graph.directed or (v, u) not in flow, f"flow runs both ways between {u} and {v}")
        most = room[u, v]
        require(amount <= most or close(amount, most), f"the flow from {u} to {v} exceeds the capacity")
        balance[u] += amount
        balance[v] -= amount
    return balance


def capacity_across(side: set[Any], room: Pairs) -> Any:
    return sum(amount for (u, v), amount in room.items() if u in side and v not in side)


def flow_meets_cut(
    graph: Graph, flow: Pairs, amount: Any, cut: Iterable[Any], sources: set[Any], targets: set[Any], capacity: str
) -> None:
    room = rooms(graph, capacity)
    side = distinct(graph, cut, "the cut")
    require(sources and targets and sources <= side and not targets & side, "the cut does not separate the ends")
    require(close(capacity_across(side, room), amount), "the cut's capacity is not the amount")
    balance = within_capacities(graph, flow, room)
    require(
        all(close(x, 0) for node, x in balance.items() if node not in sources | targets),
        "more flows into a node than out, or less",
    )
    require(close(sum(balance[node] for node in sources), amount), "the flow's amount is another")


@checker("maximum_flow")
def check_maximum_flow(graph: Graph, answer: Flow, source: Any, target: Any, capacity: str = "capacity") -> str:
    """conservation at every node, every capacity kept, and a cut of the same capacity"""
    settled(answer)
    ends = {graph.node(source)}, {graph.node(target)}
    flow_meets_cut(graph, answer.flow, answer.amount, answer.cut, *ends, capacity)
    return f"{answer.amount} units flow from {source} to {target}, and a cut of that capacity lets no more through"


@checker("multi_source_maximum_flow")
def check_multi_source(graph: Graph, answer: Flow, sources: Any, targets: Any, capacity: str = "capacity") -> str:
    """conservation outside the sources and sinks, every capacity kept, and a cut of the same capacity"""
    settled(answer)
    ends = {graph.node(x) for x in sources}, {graph.node(x) for x in targets}
    flow_meets_cut(graph, answer.flow, answer.amount, answer.cut, *ends, capacity)
    return f"{answer.amount} units flow from the sources to the sinks, and a cut of that capacity lets no more through"


@checker("maximum_flow_edges")
def check_flow_edges(graph: Graph, answer: PairValues, source: Any, target: Any, capacity: str = "capacity") -> str:
    """conservation at every node, every capacity kept, and a cut of the same capacity"""
    settled(answer)
    ends = {graph.node(source)}, {graph.node(target)}
    flow_meets_cut(graph, answer.values, answer.witness["amount"], answer.witness["cut"], *ends, capacity)
    return f"the listed flow brings {answer.witness['amount']} units from {source} to {target}, and no flow brings more"


def _bounds_met(
    graph: Graph, answer: Truth, need: Mapping[Any, Any], least: Mapping[tuple[Any, Any], Any], capacity: str
) -> str:
    room = rooms(graph, capacity)
    if answer.holds:
        require(set(answer.witness) == {"flow"}, "the witness is not a flow")
        flow = answer.witness["flow"]
        balance = within_capacities(graph, flow, room)
        require(all(close(balance[node], -need[node]) for node in graph), "a demand is not met")
        for pair, bound in least.items():
            require(flow.get(pair, 0) >= bound - TOLERANCE, "a lower bound is not met")
        return "the listed flow keeps every bound and meets every demand"
    side = distinct(graph, answer.witness["nodes"], "the set")
    wanted = sum(need[node] for node in side)
    if "demand" in answer.witness:
        require(len(side) == graph.num_nodes and wanted != 0, "the demands add up to 0")
        require(close(answer.witness["demand"], wanted), "the demands add up to another number")
        return f"all demands add up to {wanted}, not to 0"
    into = capacity_across(set(graph) - side, room)
    forced = sum(bound for (u, v), bound in least.items() if u in side and v not in side)
    require(wanted + forced > into + TOLERANCE, "the set can take in what it must")
    return f"{len(side)} nodes need {wanted + forced}, and edges into them carry only {into}"


@checker("feasible_circulation")
def check_feasible_circulation(
    graph: Graph, answer: Truth, lower: str = "lower", capacity: str = "capacity", demand: str = "demand"
) -> str:
    """every bound and demand kept by the flow, or a set that must take in more than can come (Hoffman)"""
    settled(answer)
    least: dict[tuple[Any, Any], Any] = {}
    for edge in graph.edges():
        if edge.source != edge.target:
            pair = (edge.source, edge.target)
            least[pair] = least.get(pair, 0) + Fraction(edge.attributes.get(lower, 0))
    need = {node: Fraction(data.get(demand, 0)) for node, data in graph.nx.nodes(data=True)}
    return _bounds_met(graph, answer, need, least, capacity)


@checker("supply_meets_demand")
def check_supply_meets_demand(graph: Graph, answer: Truth, demand: str = "demand", capacity: str = "capacity") -> str:
    """every demand met by the flow, or a set whose demand exceeds what can come in (Gale)"""
    settled(answer)
    need = {node: Fraction(data.get(demand, 0)) for node, data in graph.nx.nodes(data=True)}
    return _bounds_met(graph, answer, need, {}, capacity)


@checker("is_feasible_flow")
def check_is_feasible_flow(
    graph: Graph, answer: Truth, source: Any, target: Any, flow: str = "flow", capacity: str = "capacity"
) -> str:
    """every edge and node looked at"""
    settled(answer)
    start, end = graph.node(source), graph.node(target)
    balance = dict.fromkeys(graph, Fraction(0))
    overfull = []
    for edge in graph.edges():
        amount, most = Fraction(edge.attributes[flow]), edge.attributes[capacity]
        if not (0 if graph.directed else -most) <= amount <= most:
            overfull.append([edge.source, edge.target])
        balance[edge.source] += amount
        balance[edge.target] -= amount
    unbalanced = [n for n, x in balance.items() if abs(x) > TOLERANCE and n not in (start, end)]
    witness = answer.witness
    require(len(witness) == 1, "one reason is wanted")
    if answer.holds:
        require(not overfull and not unbalanced, "the flow breaks a capacity or the conservation")
        require(close(witness["amount"], balance[start]), "the amount is another")
        return f"the flow keeps every capacity and brings {witness['amount']} units from {source} to {target}"
    if "edge" in witness:
        require(witness["edge"] in overfull, "the edge is not overfull")
        return f"the flow from {witness['edge'][0]} to {witness['edge'][1]} breaks the edge's capacity"
    require(witness["node"] in unbalanced, "the node is balanced")
    return f"at {witness['node']} inflow and outflow differ"


@checker("flow_paths")
def check_flow_paths(graph: Graph, answer: Paths, source: Any, target: Any, capacity: str = "capacity") -> str | Claim:
    """amounts added up on every edge, and that the rest of the network lets nothing more through"""
    settled(answer)
    start, end = graph.node(source), graph.node(target)
    room = rooms(graph, capacity)
    left, carried = dict(room), dict.fromkeys(room, Fraction(0))
    require(len(answer.paths) == len(answer.lengths), "paths and amounts differ in number")
    for path, amount in zip(answer.paths, answer.lengths):
        require(path[0] == start and path[-1] == end and len(set(path)) == len(path), "a path has other ends")
        require(amount > 0, "a path carries nothing")
        for u, v in zip(path, path[1:]):
            require((u, v) in room, f"{u}-{v} is not an edge")
            carried[u, v] += Fraction(amount)
            left[u, v] -= Fraction(amount)
            left[v, u] = left.get((v, u), 0) + Fraction(amount)
    for (u, v), most in room.items():
        load = carried[u, v] + (0 if graph.directed else carried[v, u])
        require(load <= most or close(load, most), "an edge carries more than its capacity")
    reached, queue = {start}, [start]
    out = neighbour_sets(graph)
    while queue:
        u = queue.pop()
        for v in out[u]:
            if v not in reached and left.get((u, v), 0) > TOLERANCE:
                reached.add(v)
                queue.append(v)
    require(end not in reached, "more could flow")
    return f"the paths carry {float(sum(answer.lengths)):g} units from {source} to {target}, and no flow is larger"
