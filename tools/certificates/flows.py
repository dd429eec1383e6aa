"""Checks of flows and cuts: conservation, capacities, cuts of equal capacity, potentials (linear duality)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from graphs.graph import Graph
from tools.answers import CostFlow, Edges, Flow, Number, PairValues, Paths, Truth
from tools.certificates.base import Claim, checker, require
from tools.certificates.incidence import (
    TOLERANCE,
    close,
    distinct,
    flow_reaches,
    neighbours,
    pieces,
    plainly,
    rooms,
)

MOST_WORK = 20_000_000  # nodes × edges² up to which the checker runs flows of its own

Pairs = Mapping[tuple[Any, Any], Any]


def _within(graph: Graph, flow: Pairs, room: Pairs) -> dict[Any, Any]:
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


def _across(side: set[Any], room: Pairs) -> Any:
    return sum(amount for (u, v), amount in room.items() if u in side and v not in side)


def _flow_and_cut(
    graph: Graph, flow: Pairs, amount: Any, cut: Iterable[Any], sources: set[Any], targets: set[Any], capacity: str
) -> None:
    room = rooms(graph, capacity)
    side = distinct(graph, cut, "the cut")
    require(sources and targets and sources <= side and not targets & side, "the cut does not separate the ends")
    require(close(_across(side, room), amount), "the cut's capacity is not the amount")
    balance = _within(graph, flow, room)
    require(
        all(close(x, 0) for node, x in balance.items() if node not in sources | targets),
        "more flows into a node than out, or less",
    )
    require(close(sum(balance[node] for node in sources), amount), "the flow's amount is another")


@checker("maximum_flow")
def check_maximum_flow(graph: Graph, answer: Flow, source: Any, target: Any, capacity: str = "capacity") -> str:
    """conservation at every node, every capacity kept, and a cut of the same capacity"""
    plainly(answer)
    ends = {graph.node(source)}, {graph.node(target)}
    _flow_and_cut(graph, answer.flow, answer.amount, answer.cut, *ends, capacity)
    return f"{answer.amount} units flow from {source} to {target}, and a cut of that capacity lets no more through"


@checker("multi_source_maximum_flow")
def check_multi_source(graph: Graph, answer: Flow, sources: Any, targets: Any, capacity: str = "capacity") -> str:
    """conservation outside the sources and sinks, every capacity kept, and a cut of the same capacity"""
    plainly(answer)
    ends = {graph.node(x) for x in sources}, {graph.node(x) for x in targets}
    _flow_and_cut(graph, answer.flow, answer.amount, answer.cut, *ends, capacity)
    return f"{answer.amount} units flow from the sources to the sinks, and a cut of that capacity lets no more through"


@checker("maximum_flow_edges")
def check_flow_edges(graph: Graph, answer: PairValues, source: Any, target: Any, capacity: str = "capacity") -> str:
    """conservation at every node, every capacity kept, and a cut of the same capacity"""
    plainly(answer)
    ends = {graph.node(source)}, {graph.node(target)}
    _flow_and_cut(graph, answer.values, answer.witness["amount"], answer.witness["cut"], *ends, capacity)
    return f"the listed flow brings {answer.witness['amount']} units from {source} to {target}, and no flow brings more"


@checker("minimum_cut")
def check_minimum_cut(graph: Graph, answer: Edges, source: Any, target: Any, capacity: str = "capacity") -> str:
    """the edges that leave the source side added up, and a flow of the same amount"""
    plainly(answer)
    witness = answer.witness
    ends = {graph.node(source)}, {graph.node(target)}
    _flow_and_cut(graph, witness["flow"], answer.total, witness["source_side"], *ends, capacity)
    _crosses(graph, answer.edges, set(witness["source_side"]), capacity)
    return f"the listed edges separate {target} from {source}, weigh {answer.total}, and no cut weighs less"


def _crosses(graph: Graph, edges: Iterable[Any], side: set[Any], capacity: str | None) -> None:
    listed = [tuple(edge) for edge in edges]
    wanted = {(u, v) for u, v in rooms(graph, capacity) if u in side and v not in side}
    require(len(set(listed)) == len(listed) and set(listed) == wanted, "the edges are not those that cross the cut")


@checker("minimum_cut_capacity")
def check_minimum_cut_capacity(
    graph: Graph, answer: Number, source: Any, target: Any, capacity: str = "capacity"
) -> str:
    """a cut and a flow, both of the stated capacity"""
    plainly(answer)
    witness = answer.witness
    ends = {graph.node(source)}, {graph.node(target)}
    _flow_and_cut(graph, witness["flow"], answer.number, witness["source_side"], *ends, capacity)
    return f"the minimum cut between {source} and {target} has capacity {answer.number}"


def _within_reach(graph: Graph) -> bool:
    return graph.num_nodes * max(1, graph.num_edges) ** 2 <= MOST_WORK


@checker("global_minimum_cut")
def check_global_minimum_cut(graph: Graph, answer: Edges, weight: str | None = None) -> str | Claim:
    """the edges across the split added up, and a flow of that amount from one node to every other"""
    plainly(answer)
    room = rooms(graph, weight)
    side = distinct(graph, answer.witness, "the split")
    require(side and len(side) < graph.num_nodes, "one side of the split is empty")
    _crosses(graph, answer.edges, side, weight)
    require(close(_across(side, room), answer.total), "the edges add up to another total")
    assert answer.total is not None
    if not _within_reach(graph):
        return Claim(f"the listed edges weigh {answer.total} and split the graph", "none")
    first, *others = graph.nodes
    for node in others:
        require(flow_reaches(room, first, node, answer.total), f"a cheaper cut separates {node} from {first}")
    return f"the listed edges of total weight {answer.total} split the graph, and no cut of the graph weighs less"


@checker("gomory_hu_tree")
def check_gomory_hu_tree(graph: Graph, answer: PairValues, capacity: str | None = None) -> str | Claim:
    """each tree edge's split added up, and a flow of that amount between the edge's ends"""
    plainly(answer)
    room = rooms(graph, capacity)
    around: dict[Any, set[Any]] = {node: set() for node in graph}
    for u, v in answer.values:
        require(u != v and v not in around[u], "a tree edge stands twice")
        around[u].add(v)
        around[v].add(u)
    require(len(answer.values) == max(0, len(around) - 1), "the tree has not n - 1 edges")
    require(len(pieces(around, around)) <= 1, "the tree is not connected")
    enough = _within_reach(graph)
    for (u, v), amount in answer.values.items():
        around[u].discard(v)
        around[v].discard(u)
        side = next(piece for piece in pieces(around, around) if u in piece)
        around[u].add(v)
        around[v].add(u)
        require(close(_across(side, room), amount), f"the cut of tree edge {u}-{v} has another capacity")
        require(not enough or flow_reaches(room, u, v, Fraction(amount)), f"a cheaper cut separates {u} from {v}")
    if not enough:
        return Claim("every tree edge is a cut of the stated capacity", "none")
    return "every tree edge is a minimum cut between its ends, so least edges on tree paths are all minimum cuts"


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
    balance = _within(graph, {k: x for k, x in answer.flow.items() if k[0] != k[1]}, room)
    require(all(0 < x <= room[k] for k, x in answer.flow.items() if k[0] == k[1]), "a self-loop carries too much")
    total: Any = 0
    for (u, v), parallel in arcs.items():
        left: Any = answer.flow.get((u, v), 0)
        for cost, most in sorted(parallel, key=lambda arc: arc[0]):
            used = min(left, most)
            left -= used
            total += cost * Fraction(used)
            slack = float(cost + Fraction(p[u]) - Fraction(p[v]))
            tolerance = TOLERANCE * (1 + abs(float(cost)) + abs(p[u]) + abs(p[v]))
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
    plainly(answer)
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
    plainly(answer)
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
    plainly(answer)
    start, end = graph.node(source), graph.node(target)
    _sends(answer, _cost(graph, answer, capacity, weight), start, end)
    side = distinct(graph, answer.cut or [], "the cut")
    require(start in side and end not in side, "the cut does not separate the ends")
    require(close(_across(side, rooms(graph, capacity)), answer.amount), "the cut's capacity is not the amount")
    return f"no flow exceeds {answer.amount}, and no flow of that amount costs less than {answer.cost}"


def _bounds_met(
    graph: Graph, answer: Truth, need: Mapping[Any, Any], least: Mapping[tuple[Any, Any], Any], capacity: str
) -> str:
    room = rooms(graph, capacity)
    if answer.holds:
        require(set(answer.witness) == {"flow"}, "the witness is not a flow")
        flow = answer.witness["flow"]
        balance = _within(graph, flow, room)
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
    into = _across(set(graph) - side, room)
    forced = sum(bound for (u, v), bound in least.items() if u in side and v not in side)
    require(wanted + forced > into + TOLERANCE, "the set can take in what it must")
    return f"{len(side)} nodes need {wanted + forced}, and edges into them carry only {into}"


@checker("feasible_circulation")
def check_feasible_circulation(
    graph: Graph, answer: Truth, lower: str = "lower", capacity: str = "capacity", demand: str = "demand"
) -> str:
    """every bound and demand kept by the flow, or a set that must take in more than can come (Hoffman)"""
    plainly(answer)
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
    plainly(answer)
    need = {node: Fraction(data.get(demand, 0)) for node, data in graph.nx.nodes(data=True)}
    return _bounds_met(graph, answer, need, {}, capacity)


@checker("is_feasible_flow")
def check_is_feasible_flow(
    graph: Graph, answer: Truth, source: Any, target: Any, flow: str = "flow", capacity: str = "capacity"
) -> str:
    """every edge and node looked at"""
    plainly(answer)
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
    plainly(answer)
    start, end = graph.node(source), graph.node(target)
    room = rooms(graph, capacity)
    left = dict(room)
    require(len(answer.paths) == len(answer.lengths), "paths and amounts differ in number")
    for path, amount in zip(answer.paths, answer.lengths):
        require(path[0] == start and path[-1] == end and len(set(path)) == len(path), "a path has other ends")
        require(amount > 0, "a path carries nothing")
        for u, v in zip(path, path[1:]):
            left[u, v] -= Fraction(amount)
            left[v, u] = left.get((v, u), 0) + Fraction(amount)
    for pair in room:
        require(left[pair] >= -TOLERANCE, "an edge carries more than its capacity")
    reached, queue = {start}, [start]
    out = neighbours(graph)
    while queue:
        u = queue.pop()
        for v in out[u]:
            if v not in reached and left.get((u, v), 0) > TOLERANCE:
                reached.add(v)
                queue.append(v)
    require(end not in reached, "more could flow")
    return f"the paths carry {float(sum(answer.lengths)):g} units from {source} to {target}, and no flow is larger"
