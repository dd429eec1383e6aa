"""Checks of random walks and currents: the defining equations hold, and have one solution."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from graphs.graph import Graph, Node
from tools.answers import NodeValues, Number, Order
from tools.certificates.adjacency import arcs, matrix
from tools.certificates.agreement import nearly, same_numbers, settled
from tools.certificates.base import checker, require

RESIDUAL = 1e-7
ROUNDING = 1e-13  # of a sum of floating-point numbers, relative to the largest of them


def _steps(graph: Graph, weight: str | None) -> dict[Node, dict[Node, float]]:
    """The probability of each step of the walk; no row where no edge leaves."""
    rows = matrix(graph, weight)
    return {u: {v: size / sum(row.values()) for v, size in row.items()} for u, row in rows.items() if row}


def _visited(rows: Mapping[Node, Iterable[Node]], source: Node, stops: tuple[Node, ...]) -> set[Node]:
    found, left = {source}, [source]
    while left:
        u = left.pop()
        if u not in stops:
            fresh = [v for v in rows.get(u, ()) if v not in found]
            found.update(fresh)
            left += fresh
    return found


def _returning(rows: Mapping[Node, Mapping[Node, float]], among: set[Node], targets: tuple[Node, ...]) -> bool:
    """Whether every node of `among` can reach one of `targets`."""
    before: dict[Node, list[Node]] = {}
    for u, row in rows.items():
        for v in row:
            before.setdefault(v, []).append(u)
    found: set[Node] = set()
    for target in targets:
        found |= _visited(before, target, ())
    return among <= found


def _check_times(graph: Graph, times: Mapping[Node, float], source: Node, target: Node, weight: str | None) -> None:
    """Require the equations of hitting times on all that the walk may visit; there is then one solution."""
    steps = _steps(graph, weight)
    visited = _visited(steps, source, (target,))
    require(times.keys() == visited, "the times are not given for exactly the nodes that the walk may visit")
    require(_returning(steps, visited, (target,)), "the walk may never reach the target")
    require(times[target] == 0, "the time at the target is not 0")
    for u in visited - {target}:
        rest = times[u] - 1 - sum(share * times[v] for v, share in steps[u].items())
        require(
            abs(rest) <= RESIDUAL + ROUNDING * abs(times[u]),
            f"the time from {u} is not 1 plus the mean of the next step",
        )


@checker("resistance_distance")
def check_resistance_distance(graph: Graph, answer: Number, u: Any, v: Any, weight: str | None = None) -> str:
    """Ohm's and Kirchhoff's laws at every node of the component

    The potentials are unique once one of them is 0, so they prove the voltage.
    """
    settled(answer)
    u, v = graph.node(u), graph.node(v)
    conductances: dict[Node, dict[Node, float]] = {node: {} for node in graph}
    for edge in graph.edges():
        a, b = edge.source, edge.target
        flow = 1 if weight is None else 1 / edge.attributes[weight]
        for near, far in {(a, b), (b, a)}:
            conductances[near][far] = conductances[near].get(far, 0) + flow
    potentials = answer.witness
    component = _visited(conductances, u, ())
    require(v in component and potentials.keys() == component, "the potentials are not those of the component")
    require(potentials[v] == 0, "the potential at the exit is not 0")
    for node in component:
        currents = [c * (potentials[node] - potentials[w]) for w, c in conductances[node].items()]
        injected = (node == u) - (node == v)
        rounding = ROUNDING * sum(conductances[node].values()) * abs(potentials[node])
        slack = RESIDUAL * (1 + sum(map(abs, currents))) + rounding
        require(abs(sum(currents) - injected) <= slack, f"the currents at {node} do not add up")
    require(nearly(answer.number, potentials[u]), f"the voltage is {potentials[u]}")
    return f"the resistance distance between {u} and {v} is {answer.number:.6g}"


@checker("hitting_time")
def check_hitting_time(graph: Graph, answer: Number, source: Any, target: Any, weight: str | None = None) -> str:
    """each hitting time is 1 plus the mean over the next step, and the target is always reached

    The system has one solution because the target is reached with probability 1 (Lovász 1993).
    """
    settled(answer)
    source, target = graph.node(source), graph.node(target)
    _check_times(graph, answer.witness, source, target, weight)
    require(nearly(answer.number, answer.witness[source]), f"the time from the source is {answer.witness[source]}")
    return f"a random walk from {source} needs {answer.number:.6g} steps on average to reach {target}"


@checker("commute_time")
def check_commute_time(graph: Graph, answer: Number, u: Any, v: Any, weight: str | None = None) -> str:
    """the equations of the hitting times of both legs, added up"""
    settled(answer)
    u, v = graph.node(u), graph.node(v)
    require(set(answer.witness) == {"there", "back"}, "the two legs are not both shown")
    there, back = answer.witness["there"], answer.witness["back"]
    _check_times(graph, there, u, v, weight)
    _check_times(graph, back, v, u, weight)
    require(nearly(answer.number, there[u] + back[v]), f"the two legs add up to {there[u] + back[v]}")
    return f"a random walk from {u} to {v} and back takes {answer.number:.6g} steps on average"


@checker("hitting_probability")
def check_hitting_probability(
    graph: Graph, answer: Number, source: Any, target: Any, other: Any, weight: str | None = None
) -> str:
    """each probability is the mean over the next step, 1 and 0 at the two ends, one of which is always reached"""
    settled(answer)
    source, target, other = graph.node(source), graph.node(target), graph.node(other)
    steps, chances = _steps(graph, weight), answer.witness
    visited = _visited(steps, source, (target, other))
    require(chances.keys() == visited, "the probabilities are not given for exactly the nodes that the walk may visit")
    require(_returning(steps, visited, (target, other)), "the walk may reach neither end")
    for u in visited:
        if u in (target, other):
            require(chances[u] == (u == target), f"the probability at {u} is wrong")
        else:
            mean = sum(share * chances[v] for v, share in steps[u].items())
            require(
                abs(chances[u] - mean) <= 10 * ROUNDING, f"the probability from {u} is not the mean of the next step"
            )
    require(nearly(answer.number, chances[source]), f"the probability from the source is {chances[source]}")
    return f"a random walk from {source} reaches {target} before {other} with probability {answer.number:.6g}"


@checker("random_walk_distribution")
def check_random_walk_distribution(
    graph: Graph, answer: NodeValues, source: Any, steps: int, weight: str | None = None
) -> str:
    """the probabilities pushed along the edges step by step"""
    settled(answer)
    require(answer.witness is None, "something is claimed that cannot be checked")
    source = graph.node(source)
    moves = _steps(graph, weight)
    mass = {source: 1.0}
    for _ in range(steps):
        pushed: dict[Node, float] = {}
        for u, share in mass.items():
            for v, chance in moves.get(u, {u: 1.0}).items():
                pushed[v] = pushed.get(v, 0.0) + share * chance
        mass = pushed
    same_numbers(answer.values, {node: mass.get(node, 0.0) for node in graph}, "probability")
    return f"these are the probabilities of a random walk from {source} after {steps} steps"


@checker("random_walk")
def check_random_walk(
    graph: Graph, answer: Order, source: Any, steps: int = 10, seed: int = 0, weight: str | None = None
) -> str:
    """each step of the walk looked up among the edges"""
    settled(answer)
    require(answer.witness is None, "something is claimed that cannot be checked")
    pairs = {(u, v) for u, v, _ in arcs(graph)}
    walk = answer.nodes
    require(walk and walk[0] == graph.node(source), "the walk starts elsewhere")
    require(all(step in pairs for step in zip(walk, walk[1:])), "a step of the walk is not an edge")
    stuck = not any(u == walk[-1] for u, _ in pairs)
    require(len(walk) == steps + 1 or (len(walk) <= steps and stuck), "the walk has another number of steps")
    return f"this is a walk of {len(walk) - 1} steps along edges; that the choices are random is not checked"


@checker("stationary_distribution")
def check_stationary_distribution(graph: Graph, answer: NodeValues, weight: str | None = None) -> str:
    """one step leaves the distribution unchanged, and every node reaches every other, so there is only one"""
    settled(answer)
    require(answer.witness is None, "something is claimed that cannot be checked")
    steps, shares = _steps(graph, weight), answer.values
    nodes = set(graph.nodes)
    require(shares.keys() == nodes and nodes, "the distribution is not over the nodes")
    first = graph.nodes[0]
    require(_visited(steps, first, ()) == nodes and _returning(steps, nodes, (first,)), "the graph is not connected")
    pushed = dict.fromkeys(nodes, 0.0)
    for u, row in steps.items():
        for v, chance in row.items():
            pushed[v] += shares[u] * chance
    kept = all(abs(pushed[node] - shares[node]) <= 10 * ROUNDING * shares[node] for node in nodes)
    require(kept, "one step changes it")
    require(nearly(sum(shares.values()), 1), "the shares do not add up to 1")
    return "one step of the random walk leaves this distribution unchanged, and no other has this property"


@checker("simrank")
def check_simrank(graph: Graph, answer: NodeValues | Number, u: Any, v: Any = None, decay: float = 0.9) -> str:
    """the whole matrix put into the defining equation, which has one solution

    The right side shrinks differences by `decay` < 1, so a residual r leaves an error of at most r / (1 - decay).
    """
    settled(answer)
    nodes = graph.nodes
    place = {node: i for i, node in enumerate(nodes)}
    before: list[set[int]] = [set() for _ in nodes]
    for a, b, _ in arcs(graph):
        before[place[b]].add(place[a])
    scores = answer.witness
    require(len(scores) == len(nodes) and all(len(row) == len(nodes) for row in scores), "the matrix has another shape")
    worst = 0.0
    for i, near in enumerate(before):
        means = [sum(scores[x][y] for x in near) / len(near) if near else 0.0 for y in range(len(nodes))]
        for j, far in enumerate(before):
            wanted = 1.0 if i == j else decay * sum(means[y] for y in far) / len(far) if near and far else 0.0
            worst = max(worst, abs(scores[i][j] - wanted))
            require(
                worst <= 1e-8 * (1 - decay), f"the similarity of {nodes[i]} and {nodes[j]} is not what it should be"
            )
    u = graph.node(u)
    shown: Any = answer.value
    if v is None:
        same_numbers(shown, dict(zip(nodes, scores[place[u]])), "SimRank similarity")
        return f"these are the SimRank similarities of {u}"
    v = graph.node(v)
    require(nearly(shown, scores[place[u]][place[v]]), "the number is not that of the matrix")
    return f"the SimRank similarity of {u} and {v} is {shown:.6g}"


@checker("katz_similarity")
def check_katz_similarity(graph: Graph, answer: Number, u: Any, v: Any, alpha: float = 0.05) -> str:
    """the equations of the discounted walks, and a positive vector that proves that their sum converges

    A y > 0 with alpha A y < y shows that the spectral radius of alpha A is below 1 (Collatz-Wielandt).
    """
    settled(answer)
    u, v = graph.node(u), graph.node(v)
    rows = matrix(graph)
    require(set(answer.witness) == {"walks", "bound"}, "the witness is not complete")
    walks, bound = answer.witness["walks"], answer.witness["bound"]
    require(walks.keys() == rows.keys() and bound.keys() == rows.keys(), "the witness is not over the nodes")
    largest = max(bound.values())
    for node, row in rows.items():
        require(bound[node] > 0, "the bound is not positive")
        rest = bound[node] - 1 - alpha * sum(size * bound[w] for w, size in row.items())
        require(abs(rest) <= RESIDUAL, f"the bound does not hold at {node}")
        rest = walks[node] - alpha * (sum(size * walks[w] for w, size in row.items()) + row.get(v, 0))
        require(abs(rest) <= RESIDUAL / largest, f"the walks from {node} are not counted rightly")
    require(nearly(answer.number, walks[u]), f"the sum from {u} is {walks[u]}")
    return f"the Katz similarity of {u} and {v} with alpha = {alpha:g} is {answer.number:.6g}"
