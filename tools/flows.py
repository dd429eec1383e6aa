"""Flows, cuts and circulations."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from graphs.errors import BadArgument, MissingAttribute, NegativeWeight, WrongKind
from graphs.graph import Graph, Node
from tools.answers import CostFlow, Edges, Flow, Number, PairValues, Paths, Truth
from tools.network_flow import Amount, Network, capacities, exact, finite, plain
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
    return _flow(graph, [graph.node(source)], [graph.node(target)], capacity)


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
    return _flow(graph, starts, list(dict.fromkeys(graph.node(node) for node in targets)), capacity)


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
    found = _flow(graph, [graph.node(source)], [graph.node(target)], capacity)
    return PairValues(found.flow, witness={"amount": found.amount, "cut": found.cut})


@tool(
    phrases=("minimum cut", "min cut", "smallest cut separating", "cheapest edges to cut", "s-t cut"),
    asks=(
        "What is the minimum cut between {source} and {target}?",
        "Which edges of least total capacity separate {source} from {target}?",
        "Find a minimum s-t cut with source {source} and sink {target}.",
        "Give the min cut edges from {source} to {target}.",
    ),
)
def minimum_cut(graph: Graph, source: NodeArg, target: NodeArg, capacity: Attribute = "capacity") -> Edges:
    """Find edges of least total capacity whose removal leaves no way from `source` to `target`.

    `total` is their capacity; an edge with parallel copies stands once. witness: `source_side`, and a flow of the same
    amount, which proves that no cut is cheaper. O(n² m).

    Raises:
        NodeNotFound, MissingAttribute, BadArgument: as for `maximum_flow`.
    """
    found = _flow(graph, [graph.node(source)], [graph.node(target)], capacity)
    edges = _crossing(graph, set(found.cut))
    return Edges(edges, found.amount, witness={"source_side": found.cut, "flow": found.flow})


@tool(
    phrases=("capacity of the minimum cut", "minimum cut value", "min cut size"),
    asks=(
        "What is the capacity of the minimum cut between {source} and {target}?",
        "How large is the minimum cut value separating {source} and {target}?",
        "Give the min cut value from {source} to {target}.",
        "Compute the capacity of a minimum cut with source {source} and sink {target}.",
    ),
)
def minimum_cut_capacity(graph: Graph, source: NodeArg, target: NodeArg, capacity: Attribute = "capacity") -> Number:
    """Compute the least total capacity of edges that separate `target` from `source`.

    witness: `source_side` of such a cut and a flow of the same amount. O(n² m).

    Raises:
        NodeNotFound, MissingAttribute, BadArgument: as for `maximum_flow`.
    """
    found = _flow(graph, [graph.node(source)], [graph.node(target)], capacity)
    return Number(found.amount, witness={"source_side": found.cut, "flow": found.flow})


@tool(
    phrases=("global minimum cut", "minimum cut of the whole graph", "stoer wagner", "cheapest way to split the graph"),
    asks=(
        "What is the global minimum cut of the graph?",
        "Find the fewest edges whose removal splits the whole graph in two (global min cut).",
        "Run Stoer-Wagner on this graph.",
        "Compute the global min cut.",
        "Which cut of the whole graph is the cheapest?",
    ),
)
def global_minimum_cut(graph: Graph, weight: Attribute | None = None) -> Edges:
    """Find edges of least total weight whose removal disconnects the graph, over all ways to split it in two.

    Every edge counts 1 unless `weight` is named. witness: one side of the split. Stoer and Wagner (1997), O(n³).

    Raises:
        WrongKind: the graph is directed or has fewer than two nodes.
        MissingAttribute: an edge has no `weight`.
        NegativeWeight: a weight is below 0; the problem is then NP-hard (see `maximum_cut`).
    """
    if graph.directed or graph.num_nodes < 2:
        raise WrongKind("the global minimum cut needs an undirected graph with at least two nodes")
    total, side = _stoer_wagner(graph.nodes, _weights(graph, weight))
    chosen = [node for node in graph if node in side]
    return Edges(_crossing(graph, side), plain(total), witness=chosen)


@tool(
    phrases=("gomory hu tree", "all pairs minimum cut", "cut tree", "minimum cut between all pairs"),
    asks=(
        "Compute the Gomory-Hu tree of the graph.",
        "What is the minimum cut between all pairs of nodes, as a cut tree?",
        "Build a cut tree of this network.",
        "gomory hu tree",
    ),
)
def gomory_hu_tree(graph: Graph, capacity: Attribute | None = None) -> PairValues:
    """Build a tree in which the least edge on the way between two nodes is the capacity of their minimum cut.

    Each edge also is such a cut: removing it splits the nodes into the cut's sides. Every edge counts 1 unless
    `capacity` is named. Gomory and Hu (1961) by Gusfield's method (1990): n - 1 maximum flows.

    Raises:
        WrongKind: the graph is directed.
        MissingAttribute: an edge has no `capacity`.
        BadArgument: a capacity is negative or infinite.
    """
    if graph.directed:
        raise WrongKind("a Gomory-Hu tree exists for undirected graphs only; use minimum_cut for one pair")
    room = _unit_or(graph, capacity)
    nodes = graph.nodes
    parent = dict.fromkeys(nodes, nodes[0]) if nodes else {}
    value: dict[Node, Amount] = {}
    for node in nodes[1:]:
        amount, _, side = _solve(nodes, room, False, [node], [parent[node]])
        value[node] = amount
        for other in nodes:
            if other != node and other in side and parent[other] == parent[node]:
                parent[other] = node
        up = parent[node]
        if parent[up] in side:
            parent[node], parent[up] = parent[up], node
            value[node], value[up] = value[up], amount
    return PairValues({(node, parent[node]): plain(value[node]) for node in nodes[1:]})


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
    most, _, side = _bounded(graph, capacities(graph, capacity, "a flow"), [start], [end])
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
    _, carried, _ = _bounded(graph, room, [start], [end])
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


def _flow(graph: Graph, sources: list[Node], targets: list[Node], capacity: str) -> Flow:
    room = capacities(graph, capacity, "a flow")
    amount, carried, side = _bounded(graph, room, sources, targets)
    shown = {pair: plain(x) for pair, x in carried.items()}
    return Flow(plain(amount), shown, [node for node in graph if node in side])


def _bounded(
    graph: Graph, room: dict[tuple[Node, Node], Amount], sources: list[Node], targets: list[Node]
) -> tuple[Amount, dict[tuple[Node, Node], Amount], set[Node]]:
    if not sources or not targets or set(sources) & set(targets):
        raise BadArgument("a flow needs at least one source and one target, and no node may be both")
    limited, big = finite(room)
    amount, carried, side = _solve(graph.nodes, limited, graph.directed, sources, targets)
    if amount >= big:
        raise BadArgument("the flow is unbounded: a path from source to target has infinite capacity on every edge")
    return amount, carried, side


def _solve(
    nodes: list[Node],
    room: Mapping[tuple[Node, Node], Amount],
    directed: bool,
    sources: Iterable[Node],
    targets: Iterable[Node],
) -> tuple[Amount, dict[tuple[Node, Node], Amount], set[Node]]:
    """Amount, positive flows and source side of a minimum cut."""
    at = {node: i for i, node in enumerate(nodes)}
    n = len(nodes)
    net = Network(n + 2)
    arcs = {(u, v): net.add(at[u], at[v], c, 0 if directed else c) for (u, v), c in room.items()}
    endless = 1 + 2 * sum(room.values())
    for node in sources:
        net.add(n, at[node], endless)
    for node in targets:
        net.add(at[node], n + 1, endless)
    amount = net.maximise(n, n + 1)
    level = net.levels(n)
    carried: dict[tuple[Node, Node], Amount] = {}
    for (u, v), arc in arcs.items():
        x = room[u, v] - net.room[arc]
        if x:
            carried[(u, v) if x > 0 else (v, u)] = abs(x)
    return amount, _cancelled(carried) if directed else carried, {node for node in nodes if level[at[node]] >= 0}


def _cancelled(carried: dict[tuple[Node, Node], Amount]) -> dict[tuple[Node, Node], Amount]:
    """Flows without opposite ones on the same two nodes."""
    found = {}
    for (u, v), x in carried.items():
        rest = x - min(x, carried.get((v, u), 0))
        if rest:
            found[u, v] = rest
    return found


def _crossing(graph: Graph, side: set[Node]) -> list[tuple[Node, Node]]:
    found: dict[tuple[Node, Node], None] = {}
    for edge in graph.edges():
        u, v = edge.source, edge.target
        if u in side and v not in side:
            found[u, v] = None
        elif not graph.directed and v in side and u not in side:
            found[v, u] = None
    return list(found)


def _weights(graph: Graph, weight: str | None) -> dict[tuple[Node, Node], Amount]:
    """Total weight of each ordered pair, both orders; self-loops left out."""
    found: dict[tuple[Node, Node], Amount] = {}
    for edge in graph.edges():
        if weight is not None and weight not in edge.attributes:
            raise MissingAttribute(weight, "a weighted cut")
        amount = 1 if weight is None else exact(edge.attributes[weight], weight)
        if amount < 0:
            raise NegativeWeight(f"an edge has the negative {weight} {plain(amount)}; cuts need weights of at least 0")
        if amount == math.inf:
            raise BadArgument(f"an edge has an infinite {weight}; use a large number")
        if edge.source != edge.target:
            for pair in ((edge.source, edge.target), (edge.target, edge.source)):
                found[pair] = found.get(pair, 0) + amount
    return found


def _unit_or(graph: Graph, capacity: str | None) -> dict[tuple[Node, Node], Amount]:
    if capacity is not None:
        found = capacities(graph, capacity, "a cut tree")
        if math.inf in found.values():
            raise BadArgument("a cut tree needs finite capacities; use a large number")
        return found
    room: dict[tuple[Node, Node], Amount] = {}
    for edge in graph.edges():
        pair = (edge.target, edge.source) if (edge.target, edge.source) in room else (edge.source, edge.target)
        if edge.source != edge.target:
            room[pair] = room.get(pair, 0) + 1
    return room


def _stoer_wagner(nodes: list[Node], weights: Mapping[tuple[Node, Node], Amount]) -> tuple[Amount, set[Node]]:
    rows: dict[Node, dict[Node, Amount]] = {node: {} for node in nodes}
    for (u, v), amount in weights.items():
        rows[u][v] = amount
    merged = {node: {node} for node in nodes}
    best: Amount = math.inf
    side: set[Node] = set()
    while len(rows) > 1:
        pull = dict.fromkeys(rows, 0)
        before = last = next(iter(rows))
        final: Amount = 0
        while pull:
            before, last = last, max(pull, key=pull.__getitem__)
            final = pull.pop(last)
            for v, amount in rows[last].items():
                if v in pull:
                    pull[v] += amount
        if final < best:
            best, side = final, set(merged[last])
        merged[before] |= merged.pop(last)
        for v, amount in rows.pop(last).items():
            del rows[v][last]
            if v != before:
                rows[before][v] = rows[v][before] = rows[before].get(v, 0) + amount
    return best, side


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
    shown = {pair: plain(x) for pair, x in (flow if graph.directed else _cancelled(flow)).items()}
    return plain(total), shown, {node: plain(potential[at[node]]) for node in nodes}


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
