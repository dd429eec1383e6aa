"""Flows of least cost."""

from __future__ import annotations

import math
from collections.abc import Mapping

from graphs.errors import BadArgument, MissingAttribute, WrongKind
from graphs.graph import Graph, Node
from tools.answers import CostFlow
from tools.network_flow import Amount, Network, bounded_flow, cancelled, capacities, exact, plain
from tools.registry import Attribute, NodeArg, tool


@tool(
    phrases=("minimum cost flow", "cheapest flow", "min cost flow", "transshipment", "least cost to meet demand"),
    asks=(
        "What is the minimum cost flow that meets all demands?",
        "Find the cheapest way to ship the supplies to the demands.",
        "Solve the min cost flow problem with node demands and edge costs.",
        "Compute the least cost transshipment.",
    ),
)
def minimum_cost_flow(
    graph: Graph, demand: Attribute = "demand", capacity: Attribute | None = "capacity", weight: Attribute = "weight"
) -> CostFlow:
    """Meet every node's demand at the least total cost.

    A positive `demand` takes units in, a negative one supplies them, a missing one is 0; they must add up to 0.
    `weight` is the cost of one unit on an edge; without `capacity` (None, or an edge lacks it) an edge is unlimited.
    Successive shortest paths (Edmonds and Karp 1972), O(paths · m log n); the potentials prove optimality.

    Raises:
        MissingAttribute: an edge has no cost, or no node a demand.
        BadArgument: demands do not add up to 0, cannot be met, or the cost is unbounded below.
        WrongKind: an undirected edge has a negative cost.
    """
    if demand not in graph.node_attribute_names():
        raise MissingAttribute(demand, "a minimum cost flow", of="nodes")
    excess = {node: -exact(data.get(demand, 0), demand) for node, data in graph.nx.nodes(data=True)}
    if sum(excess.values()) != 0:
        raise BadArgument(f"demands add up to {plain(-sum(excess.values()))}; they must add up to 0")
    amount = sum(x for x in excess.values() if x > 0)
    found = _cheapest(graph, excess, capacity, weight)
    if found is None:
        raise BadArgument("the demands cannot be met: some cut has too little capacity (see supply_meets_demand)")
    return CostFlow(found[0], found[1], plain(amount), found[2])


@tool(
    phrases=("maximum flow of minimum cost", "max flow min cost", "min cost max flow", "cheapest maximum flow"),
    asks=(
        "What is the minimum cost of a maximum flow from {source} to {target}?",
        "Find the cheapest maximum flow from {source} to {target}.",
        "Solve min cost max flow between {source} and {target}.",
        "max flow min cost from {source} to {target}",
    ),
)
def maximum_flow_minimum_cost(
    graph: Graph, source: NodeArg, target: NodeArg, capacity: Attribute = "capacity", weight: Attribute = "weight"
) -> CostFlow:
    """Among all maximum flows from `source` to `target` find one of least total cost.

    `weight` is the cost of one unit on an edge. The cut proves the amount, the potentials prove the cost.

    Raises:
        NodeNotFound, BadArgument: as for `maximum_flow`.
        MissingAttribute: an edge has no `capacity` or no `weight`.
        WrongKind: an undirected edge has a negative cost.
    """
    start, end = graph.node(source), graph.node(target)
    most, _, side = bounded_flow(graph, capacities(graph, capacity, "a flow"), [start], [end])
    found = _cheapest(graph, {**dict.fromkeys(graph, 0), start: most, end: -most}, capacity, weight)
    assert found is not None, "a maximum flow can be routed"
    return CostFlow(found[0], found[1], plain(most), found[2], [node for node in graph if node in side])


@tool(
    phrases=("cheapest way to send units", "cost to ship an amount", "minimum cost to send flow of given amount"),
    asks=(
        "What does it cost at least to send {amount} units from {source} to {target}?",
        "Ship {amount} units from {source} to {target} as cheaply as possible.",
        "Minimum cost to send a flow of {amount} from {source} to {target}.",
        "Find the cheapest way to send {amount} units from {source} to {target}.",
    ),
)
def cheapest_flow(
    graph: Graph,
    source: NodeArg,
    target: NodeArg,
    amount: float,
    capacity: Attribute | None = "capacity",
    weight: Attribute = "weight",
) -> CostFlow:
    """Send exactly `amount` units from `source` to `target` at the least total cost.

    Raises:
        NodeNotFound: `source` or `target` is not in the graph.
        MissingAttribute: an edge has no cost.
        BadArgument: `amount` is negative or more than can flow, or the ends are one node.
        WrongKind: an undirected edge has a negative cost.
    """
    start, end = graph.node(source), graph.node(target)
    units = exact(amount, "amount")
    if start == end or units < 0 or units == math.inf:
        raise BadArgument("source and target must differ, and the amount must be finite and at least 0")
    found = _cheapest(graph, {**dict.fromkeys(graph, 0), start: units, end: -units}, capacity, weight)
    if found is None:
        raise BadArgument(f"{amount} units cannot flow from {start} to {end}; maximum_flow says how many can")
    return CostFlow(found[0], found[1], plain(units), found[2])


def _cheapest(
    graph: Graph, excess: Mapping[Node, Amount], capacity: str | None, weight: str
) -> tuple[int | float, dict[tuple[Node, Node], int | float], dict[Node, int | float]] | None:
    """Cost, flow and potentials of a cheapest routing of `excess`; None when it cannot be routed."""
    nodes = graph.nodes
    at = {node: i for i, node in enumerate(nodes)}
    arcs: list[tuple[Node, Node, Amount, Amount]] = []
    for edge in graph.edges():
        if weight not in edge.attributes:
            raise MissingAttribute(weight, "a flow of least cost")
        cost = exact(edge.attributes[weight], weight)
        room = math.inf if capacity is None else exact(edge.attributes.get(capacity, math.inf), capacity)
        if room < 0 or abs(cost) == math.inf:
            raise BadArgument("capacities must be at least 0 and costs finite")
        if not graph.directed and cost < 0:
            raise WrongKind("an undirected edge of negative cost has no cheapest flow; make the graph directed")
        ends = [(edge.source, edge.target)] + ([] if graph.directed else [(edge.target, edge.source)])
        arcs += [(u, v, room, cost) for u, v in ends]
    big = 1 + sum(r for *_, r, _ in arcs if r != math.inf) + sum(abs(x) for x in excess.values())
    net = Network(len(nodes))
    numbers = [net.add(at[u], at[v], big if r == math.inf else r, 0, c) for u, v, r, c in arcs]
    potential = net.minimise([excess[node] for node in nodes])
    if potential is None:
        return None
    flow: dict[tuple[Node, Node], Amount] = {}
    total: Amount = 0
    for (u, v, room, cost), arc in zip(arcs, numbers):
        amount = net.room[arc ^ 1]
        if room == math.inf and amount >= big:
            raise BadArgument("the cost is unbounded: a cycle of negative cost has unlimited capacity")
        total += amount * cost
        if amount:
            flow[u, v] = flow.get((u, v), 0) + amount
    shown = {pair: plain(x) for pair, x in (flow if graph.directed else cancelled(flow)).items()}
    return plain(total), shown, {node: plain(potential[at[node]]) for node in nodes}
