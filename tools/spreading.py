"""How something spreads from node to node: threshold and independent cascades, the best seeds."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator

from graphs.errors import BadArgument
from graphs.graph import Graph, Node
from tools.answers import Nodes, NodeValues, Number
from tools.registry import NodesArg, tool

EXACT_ARCS = 12  # arcs up to which every outcome of an independent cascade is tried
SAMPLES = 100_000
REACHES = 1_000_000  # nodes times samples


@tool(
    phrases=("threshold cascade", "linear threshold model", "adoption spread", "contagion with threshold"),
    asks=(
        "Which nodes adopt if {seeds} start and the threshold is {threshold}?",
        "Run a threshold cascade from {seeds} with threshold {threshold}.",
        "Linear threshold model: seeds {seeds}, threshold {threshold}",
        "Who is reached when {seeds} adopt and others follow once a share {threshold} of their neighbours has?",
    ),
)
def threshold_cascade(graph: Graph, seeds: NodesArg, threshold: float = 0.5) -> NodeValues:
    """The nodes that adopt, with the round in which they do: a node follows once enough of its neighbours have.

    Seeds adopt in round 0; a node adopts in the round after the share of adopters among those who influence it (its
    neighbours, predecessors in a directed graph) has come to `threshold`. O(rounds * m). Granovetter (1978).

    Raises:
        NodeNotFound: a seed is not in the graph.
        BadArgument: `threshold` is not in (0, 1].

    >>> threshold_cascade(Graph.from_edges([(1, 2), (2, 3), (3, 4)]), [1]).value
    {1: 0, 2: 1, 3: 2, 4: 3}
    """
    if not 0 < threshold <= 1:
        raise BadArgument(f"the threshold must be above 0 and at most 1, not {threshold}")
    body = graph.nx
    adopted = {graph.node(seed): 0 for seed in seeds}
    influence = {node: [w for w in (body.pred[node] if graph.directed else body[node]) if w != node] for node in graph}
    number = 0
    while True:
        number += 1
        fresh = [
            node
            for node, near in influence.items()
            if node not in adopted and near and sum(w in adopted for w in near) >= threshold * len(near) - 1e-12
        ]
        if not fresh:
            return NodeValues({node: adopted[node] for node in graph if node in adopted})
        adopted.update(dict.fromkeys(fresh, number))


@tool(
    phrases=("expected spread", "independent cascade", "how many are infected", "influence spread"),
    asks=(
        "How many nodes does an independent cascade from {seeds} reach with probability {probability}?",
        "What is the expected spread of {seeds} if each edge passes it on with probability {probability}?",
        "Independent cascade from {seeds}, probability {probability}",
        "Estimate how many nodes get infected when {seeds} start.",
    ),
)
def expected_spread(
    graph: Graph, seeds: NodesArg, probability: float = 0.1, samples: int = 1000, seed: int = 0
) -> Number:
    """The expected number of nodes that an independent cascade reaches, the seeds included.

    Each edge out of a reached node passes the thing on once, with `probability`. Exact by trying every outcome up to
    12 arcs in reach; else the mean of `samples` runs, with its standard error and a 95 % interval as the witness.
    O(samples * m). Kempe, Kleinberg and Tardos (2003).

    Raises:
        NodeNotFound: a seed is not in the graph.
        BadArgument: `probability` is not in [0, 1], or `samples` not in [2, 100,000].
    """
    start = _checked(graph, seeds, probability, samples)
    arcs = live_arcs(graph, start)
    if len(arcs) <= EXACT_ARCS:
        total = 0.0
        for chosen in range(1 << len(arcs)):
            live = [arc for i, arc in enumerate(arcs) if chosen >> i & 1]
            chance = probability ** len(live) * (1 - probability) ** (len(arcs) - len(live))
            total += chance * len(_reach(start, live))
        return Number(total)
    counts = [len(_reach(start, live)) for live in outcomes(arcs, probability, samples, seed)]
    mean = sum(counts) / samples
    error = math.sqrt(sum((c - mean) ** 2 for c in counts) / (samples - 1) / samples)
    witness = {"standard_error": error, "interval": [mean - 1.96 * error, mean + 1.96 * error]}
    bounds = (float(len(start)), float(len(_reach(start, arcs))))
    notes = (f"mean of {samples} runs with seed {seed}",)
    return Number(mean, witness, exact=False, estimated=True, bounds=bounds, notes=notes)


def _checked(graph: Graph, seeds: NodesArg, probability: float, samples: int) -> list[Node]:
    if not 0 <= probability <= 1:
        raise BadArgument(f"a probability lies between 0 and 1, and {probability} does not")
    if not 2 <= samples <= SAMPLES:
        raise BadArgument(f"samples must be between 2 and {SAMPLES}, not {samples}")
    return list(dict.fromkeys(graph.node(seed) for seed in seeds))


def live_arcs(graph: Graph, start: list[Node]) -> list[tuple[Node, Node]]:
    """The arcs that a cascade may use: out of a node within reach and not into a seed, in the graph's order."""
    arcs = []
    for u, v in graph.nx.edges():
        arcs.append((u, v))
        if not graph.directed:
            arcs.append((v, u))
    inside = set(_reach(start, arcs))
    return [(u, v) for u, v in arcs if u != v and u in inside and v not in start]


def outcomes(
    arcs: list[tuple[Node, Node]], probability: float, samples: int, seed: int
) -> Iterator[list[tuple[Node, Node]]]:
    """The arcs that pass the thing on, in each of `samples` independent runs."""
    rng = random.Random(seed)
    for _ in range(samples):
        yield [arc for arc in arcs if rng.random() < probability]


def _reach(start: list[Node], arcs: list[tuple[Node, Node]]) -> dict[Node, None]:
    rows: dict[Node, list[Node]] = {}
    for u, v in arcs:
        rows.setdefault(u, []).append(v)
    found = dict.fromkeys(start)
    left = list(start)
    while left:
        for v in rows.get(left.pop(), ()):
            if v not in found:
                found[v] = None
                left.append(v)
    return found


@tool(
    phrases=("influence maximisation", "influence maximization", "best seeds", "most influential set of nodes"),
    asks=(
        "Which {k} nodes spread an idea furthest?",
        "Find the {k} best seeds for an independent cascade.",
        "Influence maximization with {k} seeds",
        "Choose {k} nodes to start a campaign so that it reaches most.",
    ),
)
def influence_maximisation(
    graph: Graph, k: int = 1, probability: float = 0.1, samples: int = 200, seed: int = 0
) -> Nodes:
    """`k` seeds chosen greedily for the largest spread of an independent cascade over the same sampled outcomes.

    The spread is submodular, so the greedy seeds reach at least 1 - 1/e (63 %) of the best over these outcomes; that
    they are best is not proven. The witness gives the mean spread after each seed. O(k * n * samples * m).
    Kempe, Kleinberg and Tardos (2003).

    Raises:
        BadArgument: `k` is not in [1, n], `probability` not in [0, 1], `samples` not in [2, 100,000], or n * samples
            is over a million.
    """
    if not 1 <= k <= graph.num_nodes:
        raise BadArgument(f"k must be between 1 and the number of nodes, {graph.num_nodes}, not {k}")
    _checked(graph, [], probability, samples)
    if graph.num_nodes * samples > REACHES:
        raise BadArgument(
            f"{samples} samples of {graph.num_nodes} nodes are too many; take {REACHES // graph.num_nodes}"
        )
    runs = list(outcomes(live_arcs_of_all(graph), probability, samples, seed))
    reaches = [{node: frozenset(_reach([node], live)) for node in graph} for live in runs]
    covered: list[set[Node]] = [set() for _ in runs]
    chosen: list[Node] = []
    spreads: list[float] = []
    for _ in range(k):
        gains = {
            node: sum(len(reach[node] - done) for reach, done in zip(reaches, covered))
            for node in graph
            if node not in chosen
        }
        best = max(gains, key=gains.__getitem__)
        chosen.append(best)
        for reach, done in zip(reaches, covered):
            done |= reach[best]
        spreads.append(sum(map(len, covered)) / samples)
    notes = (f"greedy over {samples} sampled outcomes with seed {seed}; not proven to be the best seeds",)
    return Nodes(chosen, spreads, exact=False, estimated=True, notes=notes)


def live_arcs_of_all(graph: Graph) -> list[tuple[Node, Node]]:
    """Every edge in each direction in which it passes something on, self-loops left out."""
    pairs = [(u, v) for u, v in graph.nx.edges() if u != v]
    return pairs if graph.directed else [arc for u, v in pairs for arc in ((u, v), (v, u))]
