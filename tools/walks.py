"""Random walks and currents: hitting and commute times, resistance distance, SimRank, Katz similarity."""

from __future__ import annotations

import random
from typing import Any

from graphs.errors import BadArgument, NoPath, NotConnected, TooLarge, WrongKind
from graphs.graph import Graph, Node
from tools.answers import NodeValues, Number, Order
from tools.arcs import number_at, reversed_costs
from tools.matrices import Rows, adjacency_rows, reached, solve
from tools.registry import Attribute, NodeArg, tool

SIMRANK_LIMIT = 400
ROUNDS = 10_000


@tool(
    phrases=("resistance distance", "effective resistance", "electrical resistance between"),
    asks=(
        "What is the resistance distance between {u} and {v}?",
        "Compute the effective resistance between {u} and {v} if every edge is a unit resistor.",
        "resistance distance {u} {v}",
        "How large is the electrical resistance from {u} to {v}?",
    ),
)
def resistance_distance(graph: Graph, u: NodeArg, v: NodeArg, weight: Attribute | None = None) -> Number:
    """The voltage between two nodes when one unit of current enters at `u` and leaves at `v`.

    Every edge is a resistor of 1 unless `weight` names its resistance; parallel edges are parallel resistors. The
    witness gives the potential of every node in their component, 0 at `v`. O(n^3). Klein and Randić (1993).

    Raises:
        NodeNotFound: `u` or `v` is not in the graph.
        WrongKind: the graph is directed.
        NoPath: `u` and `v` lie in different components.
        MissingAttribute, NegativeWeight: a resistance is missing or not above 0.

    >>> round(resistance_distance(Graph.from_edges([(1, 2), (2, 3), (3, 1)]), 1, 2).number, 9)
    0.666666667
    """
    u, v = graph.node(u), graph.node(v)
    conductances = _conductances(graph, weight)
    component = reached(conductances, u)
    if v not in component:
        raise NoPath(u, v)
    place = {node: i for i, node in enumerate(w for w in component if w != v)}
    equations: list[dict[int, float]] = []
    for node in place:
        row = {place[w]: -c for w, c in conductances[node].items() if w in place and w != node}
        equations.append({**row, place[node]: sum(c for w, c in conductances[node].items() if w != node)})
    solution = solve(equations, [float(node == u) for node in place])
    potentials = {w: solution[place[w]] if w in place else 0.0 for w in graph if w in place or w == v}
    return Number(potentials[u] - potentials[v], potentials)


def _conductances(graph: Graph, weight: str | None) -> Rows:
    """The conductance (1 / resistance, added over parallel edges) between neighbours."""
    if graph.directed:
        raise WrongKind("resistance distance is defined on undirected graphs; make the graph undirected first")
    if weight is None:
        return adjacency_rows(graph, None, "resistance")
    rows: Rows = {node: {} for node in graph}
    for a, b, data in graph.nx.edges(data=True):
        size = number_at(data, weight, "resistance")
        if size <= 0:
            raise BadArgument(f"a resistance must be above 0, and one {weight} is {size}")
        rows[a][b] = rows[a].get(b, 0) + 1 / size
        rows[b][a] = rows[a][b]
    return rows


@tool(
    phrases=("hitting time", "expected steps of a random walk", "first passage time"),
    asks=(
        "What is the hitting time from {source} to {target}?",
        "How many steps does a random walk from {source} need on average to reach {target}?",
        "expected hitting time {source} -> {target}",
        "Compute the mean first passage time from {source} to {target}.",
    ),
)
def hitting_time(graph: Graph, source: NodeArg, target: NodeArg, weight: Attribute | None = None) -> Number:
    """The expected number of steps that a random walk from `source` takes until it first stands on `target`.

    The walk leaves a node along its edges with equal probability, or in proportion to `weight`. The witness gives the
    hitting time of each node that the walk may visit. O(n^3). Lovász (1993).

    Raises:
        NodeNotFound: `source` or `target` is not in the graph.
        NoPath: `target` cannot be reached from `source`.
        NotConnected: the walk can get lost where `target` is out of reach, so the expectation is infinite.
        MissingAttribute, NegativeWeight: a weight is missing or not above 0.

    >>> round(hitting_time(Graph.from_edges([(1, 2), (2, 3)]), 1, 3).number, 9)
    4.0
    """
    source, target = graph.node(source), graph.node(target)
    times = _hitting_times(graph, adjacency_rows(graph, weight, "a random walk"), source, target)
    return Number(times[source], times)


def _hitting_times(graph: Graph, rows: Rows, source: Node, target: Node) -> dict[Node, float]:
    visited = set(reached(rows, source, stop=[target]))
    if target not in visited:
        raise NoPath(source, target)
    home = set(reached(reversed_costs(rows), target))
    lost = [node for node in graph if node in visited and node not in home]
    if lost:
        raise NotConnected(f"the walk may enter {lost[0]} and never reach {target}: the expected time is infinite")
    place = {node: i for i, node in enumerate(w for w in graph if w in visited and w != target)}
    equations: list[dict[int, float]] = []
    for node, i in place.items():
        total = sum(rows[node].values())
        row = {place[w]: -c / total for w, c in rows[node].items() if w in place}
        row[i] = row.get(i, 0.0) + 1
        equations.append(row)
    solution = solve(equations, [1.0] * len(place))
    return {w: solution[place[w]] if w in place else 0.0 for w in graph if w in visited}


@tool(
    phrases=("commute time", "commute distance", "there and back random walk"),
    asks=(
        "What is the commute time between {u} and {v}?",
        "How long does a random walk take from {u} to {v} and back?",
        "commute time {u} {v}",
        "Compute the expected commute time of {u} and {v}.",
    ),
)
def commute_time(graph: Graph, u: NodeArg, v: NodeArg, weight: Attribute | None = None) -> Number:
    """The expected number of steps of a random walk from `u` to `v` and back: the sum of the two hitting times.

    In an undirected graph it is twice the number of edges times the resistance distance. The witness gives the
    hitting times of both legs. O(n^3). Chandra et al. (1989).

    Raises:
        NodeNotFound, NoPath, NotConnected, MissingAttribute, NegativeWeight: as `hitting_time`.
    """
    u, v = graph.node(u), graph.node(v)
    rows = adjacency_rows(graph, weight, "a random walk")
    there, back = _hitting_times(graph, rows, u, v), _hitting_times(graph, rows, v, u)
    return Number(there[u] + back[v], {"there": there, "back": back})


@tool(
    phrases=("probability of reaching before", "absorption probability", "gambler's ruin", "reaches first"),
    asks=(
        "What is the probability that a random walk from {source} reaches {target} before {other}?",
        "How likely does a walk from {source} hit {target} before {other}?",
        "Absorption probability at {target} against {other} from {source}",
        "Gambler's ruin: starting at {source}, the chance to get to {target} before {other}.",
    ),
)
def hitting_probability(
    graph: Graph, source: NodeArg, target: NodeArg, other: NodeArg, weight: Attribute | None = None
) -> Number:
    """The probability that a random walk from `source` stands on `target` before it stands on `other`.

    The witness gives the probability from each node that the walk may visit: 1 at `target`, 0 at `other`, elsewhere
    the mean over the next step. O(n^3). Doyle and Snell (1984).

    Raises:
        NodeNotFound: a node is not in the graph.
        BadArgument: `target` and `other` are the same node.
        NotConnected: the walk can get lost where it reaches neither.
        MissingAttribute, NegativeWeight: a weight is missing or not above 0.
    """
    source, target, other = graph.node(source), graph.node(target), graph.node(other)
    if target == other:
        raise BadArgument("target and other must be two nodes")
    rows = adjacency_rows(graph, weight, "a random walk")
    visited = set(reached(rows, source, stop=[target, other]))
    turned = reversed_costs(rows)
    home = {*reached(turned, target), *reached(turned, other)}
    lost = [node for node in graph if node in visited and node not in home]
    if lost:
        raise NotConnected(f"the walk may enter {lost[0]} and reach neither {target} nor {other}")
    place = {node: i for i, node in enumerate(w for w in graph if w in visited and w not in (target, other))}
    equations: list[dict[int, float]] = []
    right: list[float] = []
    for node, i in place.items():
        total = sum(rows[node].values())
        row = {place[w]: -c / total for w, c in rows[node].items() if w in place}
        row[i] = row.get(i, 0.0) + 1
        equations.append(row)
        right.append(rows[node].get(target, 0.0) / total)
    solution = solve(equations, right)
    chances = {w: solution[place[w]] if w in place else float(w == target) for w in graph if w in visited}
    return Number(chances[source], chances)


@tool(
    phrases=("random walk distribution", "where is a random walk after", "walk probability after steps"),
    asks=(
        "Where is a random walk from {source} after {steps} steps?",
        "Give the probability of each node after {steps} random walk steps from {source}.",
        "random walk distribution from {source} after {steps} steps",
        "Compute the distribution of a {steps}-step random walk that starts at {source}.",
    ),
)
def random_walk_distribution(graph: Graph, source: NodeArg, steps: int, weight: Attribute | None = None) -> NodeValues:
    """The probability that a random walk from `source` stands on each node after exactly `steps` steps.

    The walk stays where no edge leaves. O(steps * (n + m)).

    Raises:
        NodeNotFound: `source` is not in the graph.
        BadArgument: `steps` is below 0 or above 10,000.
        MissingAttribute, NegativeWeight: a weight is missing or not above 0.
    """
    source = graph.node(source)
    if not 0 <= steps <= ROUNDS:
        raise BadArgument(f"steps must be between 0 and {ROUNDS}, not {steps}")
    rows = adjacency_rows(graph, weight, "a random walk")
    here = {node: float(node == source) for node in graph}
    for _ in range(steps):
        after = dict.fromkeys(graph, 0.0)
        for u, share in here.items():
            total = sum(rows[u].values())
            if not total:
                after[u] += share
            elif share:
                for v, size in rows[u].items():
                    after[v] += share * size / total
        here = after
    return NodeValues(here)


@tool(
    phrases=("sample a random walk", "simulate a random walk", "random walk"),
    asks=(
        "Take a random walk of {steps} steps from {source}.",
        "Simulate a random walk that starts at {source} and takes {steps} steps.",
        "random walk from {source}, {steps} steps",
        "Walk {steps} random steps through the graph from {source}.",
    ),
)
def random_walk(
    graph: Graph, source: NodeArg, steps: int = 10, seed: int = 0, weight: Attribute | None = None
) -> Order:
    """One random walk: `steps` times to a neighbour along a random edge; it ends early where no edge leaves.

    The same seed gives the same walk. O(steps * degree).

    Raises:
        NodeNotFound: `source` is not in the graph.
        BadArgument: `steps` is below 0 or above 10,000.
        MissingAttribute, NegativeWeight: a weight is missing or not above 0.
    """
    node = graph.node(source)
    if not 0 <= steps <= ROUNDS:
        raise BadArgument(f"steps must be between 0 and {ROUNDS}, not {steps}")
    rows = adjacency_rows(graph, weight, "a random walk")
    place = {w: i for i, w in enumerate(graph)}
    rng = random.Random(seed)
    walk = [node]
    while len(walk) <= steps and rows[node]:
        choices = sorted(rows[node], key=place.__getitem__)
        node = rng.choices(choices, [rows[node][w] for w in choices])[0]
        walk.append(node)
    notes = (f"seed {seed}",) if len(walk) > steps else (f"seed {seed}", f"the walk ends at {node}: no edge leaves it")
    return Order(walk, notes=notes)


@tool(
    phrases=("stationary distribution", "long run random walk", "equilibrium of the random walk", "limit distribution"),
    asks=(
        "What is the stationary distribution of a random walk on the graph?",
        "Where does a random walk spend its time in the long run?",
        "Compute the stationary distribution.",
        "Equilibrium distribution of the random walk",
    ),
)
def stationary_distribution(graph: Graph, weight: Attribute | None = None) -> NodeValues:
    """The distribution over the nodes that one step of the random walk leaves unchanged.

    Unique where every node reaches every other; in proportion to the degree when the graph is undirected. O(n + m)
    undirected, O(n^3) directed.

    Raises:
        WrongKind: the graph has no edges.
        NotConnected: some node cannot reach some other.
        MissingAttribute, NegativeWeight: a weight is missing or not above 0.
    """
    rows = adjacency_rows(graph, weight, "a random walk")
    if not graph.num_edges:
        raise WrongKind("a random walk needs an edge, and the graph has none")
    first, turned = graph.nodes[0], reversed_costs(rows)
    if len(reached(rows, first)) < len(rows) or len(reached(turned, first)) < len(rows):
        raise NotConnected("a random walk has one stationary distribution only where every node reaches every other")
    totals = {node: sum(row.values()) for node, row in rows.items()}
    if not graph.directed:
        volume = sum(totals.values())
        return NodeValues({node: total / volume for node, total in totals.items()})
    place = {node: i for i, node in enumerate(rows)}
    equations: list[dict[int, float]] = [dict.fromkeys(place.values(), 1.0)]
    for v, i in list(place.items())[1:]:
        row = {place[u]: -size / totals[u] for u, size in turned[v].items()}
        row[i] = row.get(i, 0.0) + 1
        equations.append(row)
    solution = solve(equations, [1.0] + [0.0] * (len(place) - 1))
    return NodeValues(dict(zip(place, solution)))


@tool(
    phrases=("simrank", "simrank similarity"),
    asks=(
        "What is the SimRank similarity of {u} and {v}?",
        "Compute SimRank for {u} and {v}.",
        "simrank {u} {v}",
        "How similar are {u} and {v} by SimRank?",
        "Give the SimRank similarity of {u} with every node.",
    ),
)
def simrank(graph: Graph, u: NodeArg, v: NodeArg | None = None, decay: float = 0.9) -> NodeValues | Number:
    """How similar two nodes are when nodes are similar whose (in-)neighbours are: one number, or one for each node.

    s(u, u) = 1; s(u, v) = decay times the mean of s over all pairs of in-neighbours of u and v (neighbours in an
    undirected graph, each once); 0 where one has none. The witness is the whole matrix in the graph's order: the only
    fixed point. O(rounds * n^3), up to 400 nodes. Jeh and Widom (2002).

    Raises:
        NodeNotFound: `u` or `v` is not in the graph.
        BadArgument: `decay` is not in [0, 0.99].
        TooLarge: the graph has more than 400 nodes.
    """
    import numpy as np

    u = graph.node(u)
    other = None if v is None else graph.node(v)
    if not 0 <= decay <= 0.99:
        raise BadArgument(f"decay must lie between 0 and 0.99, not {decay}")
    if graph.num_nodes > SIMRANK_LIMIT:
        raise TooLarge(f"SimRank compares all pairs: {graph.num_nodes} nodes are over its limit of {SIMRANK_LIMIT}")
    place = {node: i for i, node in enumerate(graph)}
    shares = np.zeros((len(place), len(place)))
    for node, i in place.items():
        before = graph.nx.pred[node] if graph.directed else graph.nx[node]
        for w in before:
            shares[i, place[w]] = 1 / len(before)
    scores = np.eye(len(place))
    for _ in range(ROUNDS):
        after = decay * shares @ scores @ shares.T
        np.fill_diagonal(after, 1.0)
        done = np.abs(after - scores).max() < 1e-13
        scores = after
        if done:
            break
    matrix: list[list[float]] = scores.tolist()
    if other is None:
        return NodeValues(dict(zip(place, matrix[place[u]])), matrix)
    return Number(matrix[place[u]][place[other]], matrix)


@tool(
    phrases=("katz similarity", "katz index of two nodes", "discounted number of walks"),
    asks=(
        "What is the Katz similarity of {u} and {v}?",
        "Compute the Katz index between {u} and {v}.",
        "katz similarity {u} {v}",
        "How many discounted walks lead from {u} to {v} (Katz index)?",
    ),
)
def katz_similarity(graph: Graph, u: NodeArg, v: NodeArg, alpha: float = 0.05) -> Number:
    """The number of walks of every length from `u` to `v`, a walk of length k counted alpha^k.

    The witness holds the sum to `v` from each node, and `bound`, a positive solution of y = alpha A y + 1, which
    exists only where the sum converges. O(n^3). Katz (1953).

    Raises:
        NodeNotFound: `u` or `v` is not in the graph.
        BadArgument: `alpha` is not above 0, or so large that the sum is infinite.
    """
    u, v = graph.node(u), graph.node(v)
    rows = adjacency_rows(graph, None, "Katz similarity")
    bound = katz_solution(rows, alpha, dict.fromkeys(rows, 1.0))
    if bound is None or min(bound.values()) < 1 - 1e-9:
        raise BadArgument(f"with alpha = {alpha} the number of walks grows faster than it is discounted; take less")
    right = {w: alpha * row.get(v, 0) for w, row in rows.items()}
    walks: Any = katz_solution(rows, alpha, right)
    return Number(walks[u], {"walks": walks, "bound": bound})


def katz_solution(rows: Rows, alpha: float, right: dict[Node, float]) -> dict[Node, float] | None:
    """The solution of x = alpha A x + right, or None when there is none; checks alpha."""
    if not 0 < alpha < 1e6:
        raise BadArgument(f"alpha must be above 0, not {alpha}")
    place = {node: i for i, node in enumerate(rows)}
    equations: list[dict[int, float]] = []
    for node, i in place.items():
        row = {place[w]: -alpha * size for w, size in rows[node].items()}
        row[i] = row.get(i, 0.0) + 1
        equations.append(row)
    try:
        return dict(zip(place, solve(equations, list(right.values()))))
    except BadArgument:
        return None
