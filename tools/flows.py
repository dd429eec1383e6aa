"""Flows from sources to targets, and circulations that meet bounds and demands."""

from __future__ import annotations

import math
from collections.abc import Mapping

from graphs.errors import BadArgument, MissingAttribute, WrongKind
from graphs.graph import Graph, Node
from tools.answers import Flow, PairValues, Paths, Truth
from tools.network_flow import Amount, Network, bounded_flow, capacities, exact, finite, plain
from tools.registry import Attribute, NodeArg, NodesArg, tool


@tool(
    phrases=("maximum flow", "max flow", "maximal flow", "how much can flow", "most units sent", "throughput"),
    asks=(
        "What is the maximum flow from {source} to {target}?",
        "How much can flow from {source} to {target} at most?",
        "Compute the max flow between {source} and {target}.",
        "max flow {source} -> {target}",
        "Find the greatest throughput of the network from {source} to {target}.",
    ),
)
def maximum_flow(graph: Graph, source: NodeArg, target: NodeArg, capacity: Attribute = "capacity") -> Flow:
    """Send as much as possible from `source` to `target` without exceeding any capacity.

    Parallel edges add up; an undirected edge carries up to its capacity in either direction; self-loops carry
    nothing. The witness is a cut of the same capacity (Ford and Fulkerson 1956). Dinic (1970), O(n² m).

    Raises:
        NodeNotFound: `source` or `target` is not in the graph.
        MissingAttribute: an edge has no `capacity`.
        BadArgument: source and target are one node, a capacity is negative, or the flow is unbounded.

    >>> net = Graph.from_edges([("s", "a", {"capacity": 3}), ("a", "t", {"capacity": 2})], directed=True)
    >>> maximum_flow(net, "s", "t").amount
    2
    """
    return flow_between(graph, [graph.node(source)], [graph.node(target)], capacity)


@tool(
    phrases=("maximum flow from several sources", "multiple sources and sinks", "multi source flow", "several sinks"),
    asks=(
        "What is the maximum flow from the sources {sources} to the sinks {targets}?",
        "How much can the sources {sources} send together to the sinks {targets}?",
        "Multi-source multi-sink max flow from {sources} to {targets}.",
        "Compute the maximum flow with multiple sources {sources} and multiple sinks {targets}.",
    ),
)
def multi_source_maximum_flow(
    graph: Graph, sources: NodesArg, targets: NodesArg, capacity: Attribute = "capacity"
) -> Flow:
    """Send as much as possible from all of `sources` together to all of `targets` together.

    The same as a maximum flow with a super-source and a super-sink. O(n² m).

    Raises:
        NodeNotFound: a source or target is not in the graph.
        MissingAttribute: an edge has no `capacity`.
        BadArgument: a side is empty, the sides overlap, a capacity is negative, or the flow is unbounded.
    """
    starts = list(dict.fromkeys(graph.node(node) for node in sources))
    return flow_between(graph, starts, list(dict.fromkeys(graph.node(node) for node in targets)), capacity)


@tool(
    phrases=("flow on each edge", "flow through every edge", "edge flows of a maximum flow", "flow assignment"),
    asks=(
        "List the flow on each edge in a maximum flow from {source} to {target}.",
        "Which edges carry how much flow when {source} sends the most to {target}?",
        "Give the flow assignment of a maximum flow from {source} to {target}.",
        "Show the edge flows of a max flow between {source} and {target}.",
    ),
)
def maximum_flow_edges(graph: Graph, source: NodeArg, target: NodeArg, capacity: Attribute = "capacity") -> PairValues:
    """List how much each edge carries, in its direction of flow, in one maximum flow; edges without flow are left out.

    witness: the amount, and the source side of a cut of the same capacity. O(n² m).

    Raises:
        NodeNotFound, MissingAttribute, BadArgument: as for `maximum_flow`.
    """
    found = flow_between(graph, [graph.node(source)], [graph.node(target)], capacity)
    return PairValues(found.flow, witness={"amount": found.amount, "cut": found.cut})


@tool(
    phrases=("circulation with lower bounds", "feasible circulation", "circulation exists", "lower bounds on flow"),
    asks=(
        "Is there a feasible circulation that respects the lower bounds?",
        "Does a circulation with these lower and upper bounds exist?",
        "Check whether a feasible circulation exists.",
        "circulation with demands and lower bounds: feasible?",
    ),
)
def feasible_circulation(
    graph: Graph, lower: Attribute = "lower", capacity: Attribute = "capacity", demand: Attribute = "demand"
) -> Truth:
    """Decide whether a flow exists that keeps every arc between its bounds and meets every node's demand.

    Missing lower bounds and demands are 0. witness: the `flow`, or a set of `nodes` that must take in more than its
    incoming arcs carry (Hoffman's circulation theorem 1960). O(n² m).

    Raises:
        WrongKind: the graph is undirected; lower bounds have no direction there.
        MissingAttribute: an edge has no `capacity`.
        BadArgument: a bound or demand is not a number, or a lower bound exceeds the capacity.
    """
    if not graph.directed:
        raise WrongKind("lower bounds need a direction: make the graph directed, or use supply_meets_demand")
    room = capacities(graph, capacity, "a circulation")
    least: dict[tuple[Node, Node], Amount] = {}
    need = {node: exact(data.get(demand, 0), demand) for node, data in graph.nx.nodes(data=True)}
    for edge in graph.edges():
        bound = exact(edge.attributes.get(lower, 0), lower)
        if bound < 0 or bound > exact(edge.attributes[capacity], capacity):
            raise BadArgument(f"an edge has the lower bound {plain(bound)}; it must lie between 0 and the capacity")
        if edge.source != edge.target:
            least[edge.source, edge.target] = least.get((edge.source, edge.target), 0) + bound
    return _feasible(graph, room, least, need)


@tool(
    phrases=("supply meets demand", "demands can be satisfied", "enough supply", "feasible flow with demands"),
    asks=(
        "Can the supplies meet all the demands?",
        "Is there a flow that satisfies every node's demand?",
        "Can all demands be satisfied within the capacities?",
        "Check that supply meets demand.",
    ),
)
def supply_meets_demand(graph: Graph, demand: Attribute = "demand", capacity: Attribute = "capacity") -> Truth:
    """Decide whether the supplies (negative `demand`) can reach the demands (positive) within the capacities.

    Everything supplied must be taken: demands that do not add up to 0 cannot be met. witness: the `flow`, or `nodes`
    whose demand exceeds what can come in (Gale 1957). O(n² m).

    Raises:
        MissingAttribute: an edge has no `capacity`, or no node a demand.
        BadArgument: a demand or capacity is not a number.
    """
    if demand not in graph.node_attribute_names():
        raise MissingAttribute(demand, "matching supply with demand", of="nodes")
    need = {node: exact(data.get(demand, 0), demand) for node, data in graph.nx.nodes(data=True)}
    return _feasible(graph, capacities(graph, capacity, "matching supply with demand"), {}, need)


@tool(
    phrases=("valid flow", "is a feasible flow", "flow conservation holds", "respects capacities"),
    asks=(
        "Is the given flow from {source} to {target} a feasible flow?",
        "Does the edge flow from {source} to {target} respect capacities and conservation?",
        "Check that the flow attribute is a valid flow from {source} to {target}.",
        "Is this a valid flow between {source} and {target}?",
    ),
)
def is_feasible_flow(
    graph: Graph, source: NodeArg, target: NodeArg, flow: Attribute = "flow", capacity: Attribute = "capacity"
) -> Truth:
    """Decide whether the edge attribute `flow` is a flow from `source` to `target` within the capacities.

    A flow runs from an edge's first to its second end (negative: against it, on undirected edges only). witness:
    the `amount`, the first overfull `edge`, or the first `node` where more flows in than out or the reverse. O(n + m).

    Raises:
        NodeNotFound: `source` or `target` is not in the graph.
        MissingAttribute: an edge has no `flow` or no `capacity`.
        BadArgument: source and target are one node, or a value is not a number.
    """
    start, end = graph.node(source), graph.node(target)
    if start == end:
        raise BadArgument("source and target must differ")
    balance: dict[Node, Amount] = dict.fromkeys(graph, 0)
    for edge in graph.edges():
        for name in (flow, capacity):
            if name not in edge.attributes:
                raise MissingAttribute(name, "checking a flow")
        amount, most = exact(edge.attributes[flow], flow), exact(edge.attributes[capacity], capacity)
        if abs(amount) == math.inf:
            raise BadArgument("a flow must be finite on every edge")
        if amount > most or (-amount > most if not graph.directed else amount < 0):
            return Truth(False, witness={"edge": [edge.source, edge.target]})
        balance[edge.source] += amount
        balance[edge.target] -= amount
    for node, surplus in balance.items():
        if node not in (start, end) and abs(surplus) > 1e-9:
            return Truth(False, witness={"node": node})
    return Truth(True, witness={"amount": plain(balance[start])})


@tool(
    phrases=("paths of a maximum flow", "flow decomposition", "routes that carry the flow"),
    asks=(
        "Decompose a maximum flow from {source} to {target} into paths.",
        "Which routes carry the maximum flow from {source} to {target}, and how much each?",
        "Give a flow decomposition for source {source} and sink {target}.",
        "Split the max flow between {source} and {target} into paths.",
    ),
)
def flow_paths(graph: Graph, source: NodeArg, target: NodeArg, capacity: Attribute = "capacity") -> Paths:
    """Split a maximum flow into at most m paths; `lengths` holds the amount that each path carries.

    Ahuja, Magnanti and Orlin (1993), theorem 3.5. O(n m) after the flow itself.

    Raises:
        NodeNotFound, MissingAttribute, BadArgument: as for `maximum_flow`.
    """
    start, end = graph.node(source), graph.node(target)
    room = capacities(graph, capacity, "a flow")
    _, carried, _ = bounded_flow(graph, room, [start], [end])
    out: dict[Node, dict[Node, Amount]] = {}
    for (u, v), amount in carried.items():
        out.setdefault(u, {})[v] = amount
    paths, amounts = [], []
    while out.get(start):
        walk = [start]
        while walk[-1] != end and walk.count(walk[-1]) == 1:
            walk.append(next(iter(out[walk[-1]])))
        if walk[-1] != end:  # a cycle that carries nothing onward
            walk = walk[walk.index(walk[-1]) :]
        steps = list(zip(walk, walk[1:]))
        least = min(out[u][v] for u, v in steps)
        for u, v in steps:
            out[u][v] -= least
            if not out[u][v]:
                del out[u][v]
        if walk[0] == start and walk[-1] == end:
            paths.append(walk)
            amounts.append(plain(least))
    return Paths(paths, amounts)


def flow_between(graph: Graph, sources: list[Node], targets: list[Node], capacity: str) -> Flow:
    room = capacities(graph, capacity, "a flow")
    amount, carried, side = bounded_flow(graph, room, sources, targets)
    shown = {pair: plain(x) for pair, x in carried.items()}
    return Flow(plain(amount), shown, [node for node in graph if node in side])


def _feasible(
    graph: Graph,
    room: dict[tuple[Node, Node], Amount],
    least: Mapping[tuple[Node, Node], Amount],
    need: dict[Node, Amount],
) -> Truth:
    """Reduce bounds and demands to one maximum flow; read the flow or the violated set off it."""
    if math.inf in map(abs, need.values()):
        raise BadArgument("demands must be finite")
    shortage = dict(need)
    for (u, v), bound in least.items():
        shortage[u] += bound
        shortage[v] -= bound
    if sum(need.values()) != 0:
        return Truth(False, witness={"nodes": graph.nodes, "demand": plain(sum(need.values()))})
    limited, _ = finite(room)
    nodes = graph.nodes
    at = {node: i for i, node in enumerate(nodes)}
    n = len(nodes)
    big = sum(abs(x) for x in shortage.values()) + 1
    net = Network(n + 2)
    arcs = {}
    for (u, v), c in limited.items():
        spare = big if room[u, v] == math.inf else c - least.get((u, v), 0)
        arcs[u, v] = net.add(at[u], at[v], spare, 0 if graph.directed else spare), spare
    for node, x in shortage.items():
        net.add(*((n, at[node], -x) if x < 0 else (at[node], n + 1, x)))
    wanted = sum(x for x in shortage.values() if x > 0)
    if net.maximise(n, n + 1) < wanted:
        level = net.levels(n)
        return Truth(False, witness={"nodes": [node for node in nodes if level[at[node]] < 0]})
    flow: dict[tuple[Node, Node], int | float] = {}
    for (u, v), (arc, spare) in arcs.items():
        x = spare - net.room[arc] + least.get((u, v), 0)
        if x:
            flow[(u, v) if x > 0 else (v, u)] = plain(abs(x))
    return Truth(True, witness={"flow": flow})
