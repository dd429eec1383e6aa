"""Checks of cascades: the rule applied again, all outcomes tried, or the same random outcomes drawn again."""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection
from typing import Any

from graphs.graph import Graph, Node
from tools.answers import Nodes, NodeValues, Number
from tools.certificates.adjacency import arcs, neighbour_sets
from tools.certificates.agreement import nearly, settled
from tools.certificates.base import Claim, checker, require
from tools.spreading import EXACT_ARCS, live_arcs, live_arcs_of_all, outcomes


@checker("threshold_cascade")
def check_threshold_cascade(graph: Graph, answer: NodeValues, seeds: list[Any], threshold: float = 0.5) -> str:
    """each node's round compared with the share of its neighbours that had adopted before and one round earlier"""
    settled(answer)
    require(answer.witness is None, "something is claimed that cannot be checked")
    adopted, start = answer.values, {graph.node(seed) for seed in seeds}
    require(set(adopted) <= set(graph.nodes), "a node that is not in the graph adopts")
    require({node for node, number in adopted.items() if number == 0} == start, "the seeds are others")
    require(all(type(number) is int and number >= 0 for number in adopted.values()), "a round is not a number")
    for node, near in neighbour_sets(graph, "in").items():
        rounds = sorted(adopted.get(w, math.inf) for w in near)
        needed = math.ceil(threshold * len(near) - 1e-9)
        ready = rounds[needed - 1] + 1 if near else math.inf
        if node not in start:
            require(adopted.get(node, math.inf) == ready, f"{node} adopts in round {ready}")
    return f"{len(adopted)} nodes adopt, each in the first round in which enough of its neighbours have"


def _reach(start: Collection[Node], live: Collection[tuple[Node, Node]]) -> set[Node]:
    found = set(start)
    grown = True
    while grown:
        fresh = {v for u, v in live if u in found and v not in found}
        grown = bool(fresh)
        found |= fresh
    return found


@checker("expected_spread")
def check_expected_spread(
    graph: Graph, answer: Number, seeds: list[Any], probability: float = 0.1, samples: int = 1000, seed: int = 0
) -> str | Claim:
    """every outcome of the arcs tried and weighed; or, of many, the same sample drawn and counted again"""
    start = list(dict.fromkeys(graph.node(node) for node in seeds))
    every = [(u, v) for u, v, _ in arcs(graph)]
    inside = _reach(start, every)
    usable = [(u, v) for u, v in every if u != v and u in inside and v not in start]
    if len(usable) <= EXACT_ARCS:
        settled(answer)
        require(answer.witness is None, "something is claimed that cannot be checked")
        mean = 0.0
        for passes in itertools.product((False, True), repeat=len(usable)):
            chance = math.prod(probability if on else 1 - probability for on in passes)
            mean += chance * len(_reach(start, list(itertools.compress(usable, passes))))
        require(nearly(answer.number, mean), f"the expected spread is {mean}")
        return f"a cascade from the seeds reaches {answer.number:.6g} nodes on average"
    require(not answer.exact and answer.estimated, "a sample is called exact")
    require(answer.bounds == (len(start), len(inside)), "the bounds are not the seeds and all within reach")
    counts = [len(_reach(start, live)) for live in outcomes(live_arcs(graph, start), probability, samples, seed)]
    mean = sum(counts) / samples
    error = math.sqrt((sum(c * c for c in counts) - samples * mean * mean) / (samples - 1) / samples)
    require(nearly(answer.number, mean), f"the sample's mean is {mean}")
    require(set(answer.witness) == {"standard_error", "interval"}, "the interval is missing")
    require(nearly(answer.witness["standard_error"], error, 1e-6), f"the standard error is {error}")
    interval = answer.witness["interval"]
    require(len(interval) == 2, "an interval has two ends")
    require(
        nearly(interval[0], mean - 1.96 * error, 1e-5) and nearly(interval[1], mean + 1.96 * error, 1e-5),
        "another interval",
    )
    return Claim(f"the mean of {samples} random runs is {mean:.6g}, its standard error {error:.3g}", "recount")


@checker("influence_maximisation")
def check_influence_maximisation(
    graph: Graph, answer: Nodes, k: int = 1, probability: float = 0.1, samples: int = 200, seed: int = 0
) -> Claim:
    """the same outcomes drawn again, and each seed compared with every other choice at its turn"""
    require(not answer.exact and answer.estimated and answer.bounds is None, "a greedy choice is called exact")
    chosen, spreads = answer.nodes, answer.witness
    require(len(chosen) == len(set(chosen)) == len(spreads) == k, f"not {k} different seeds with their spreads")
    runs = list(outcomes(live_arcs_of_all(graph), probability, samples, seed))
    reaches = {node: [_reach([node], live) for live in runs] for node in graph}
    covered: list[set[Node]] = [set() for _ in runs]
    for node, spread in zip(chosen, spreads):
        best = max(sum(len(done | more) for done, more in zip(covered, reach)) for other, reach in reaches.items())
        covered = [done | more for done, more in zip(covered, reaches[node])]
        total = sum(map(len, covered))
        require(total == best, f"another node than {node} adds more at its turn")
        require(nearly(spread, total / samples), f"the seeds up to {node} reach {total / samples}")
    return Claim(
        f"over these {samples} outcomes each seed adds most at its turn; the best set is not proven", "recount"
    )
