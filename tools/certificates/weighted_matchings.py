"""Checks of weighted matchings: labels of nodes and odd sets that no matching can exceed (linear duality)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Any

from graphs.graph import Graph
from tools.answers import Matching
from tools.certificates.adjacency import neighbour_sets
from tools.certificates.agreement import close
from tools.certificates.base import Claim, checker, require
from tools.certificates.incidence import distinct
from tools.certificates.matching_sides import barrier_bound, left_side, matched_nodes, plain_matching, require_from_left

MOST_EXHAUSTED = 16  # nodes up to which the checker tries every matching where dual weights are missing


def _worth(graph: Graph, weight: str, best: Any) -> dict[frozenset[Any], Fraction]:
    found: dict[frozenset[Any], Fraction] = {}
    for edge in graph.edges():
        if edge.source != edge.target:
            pair, worth = frozenset((edge.source, edge.target)), Fraction(edge.attributes[weight])
            found[pair] = best(found.get(pair, worth), worth)
    return found


def _added_up(answer: Matching, worth: Mapping[frozenset[Any], Fraction]) -> None:
    total = sum(worth[frozenset(pair)] for pair in answer.pairs)
    require(answer.total is not None and close(total, answer.total), f"the pairs weigh {float(total):g}")


def _room(worth: Mapping[frozenset[Any], Fraction]) -> Fraction:
    """What rounding may cost an edge: nothing where the weights are whole."""
    if all(w.denominator == 1 for w in worth.values()):
        return Fraction(0)
    return Fraction(1, 10**9) * max(abs(w) for w in worth.values())


def _dual_proves(graph: Graph, answer: Matching, worth: Mapping[frozenset[Any], Fraction], *, perfect: bool) -> bool:
    """Whether labels and odd sets prove the total; False when they are missing or fall short of it."""
    witness = answer.witness
    if witness is None:
        return False
    labels, odd_sets = witness["labels"], witness["odd_sets"]
    require(set(labels) == set(graph) and set(witness) == {"labels", "odd_sets"}, "a node has no label")
    y = {node: Fraction(label) for node, label in labels.items()}
    z = [(distinct(graph, odd["nodes"], "an odd set"), Fraction(odd["value"])) for odd in odd_sets]
    for nodes, value in z:
        require(len(nodes) % 2 == 1 and value >= 0, "a set is not odd, or its value is negative")
    room = _room(worth)
    for pair, w in worth.items():
        ends = 1 if perfect else 2
        bound = sum(y[node] for node in pair) + sum(v for s, v in z if len(pair & s) == ends)
        slack = w - bound if perfect else bound - w
        if slack < -room:
            return False
    if not perfect:
        require(all(label >= 0 for label in y.values()), "a label is negative")
    bound = sum(y.values()) + sum(v * (1 if perfect else (len(s) - 1) // 2) for s, v in z)
    return close(bound, answer.total)


def _heaviest(around: Mapping[Any, set[Any]], worth: Mapping[frozenset[Any], Fraction], perfect: bool) -> Any:
    """The greatest total over all matchings (all perfect ones), by trying each partner of the first free node."""
    nodes = list(around)
    at = {node: i for i, node in enumerate(nodes)}

    @cache
    def best(free: int) -> Any:
        if not free:
            return Fraction(0)
        u = nodes[free.bit_length() - 1]
        rest = free & ~(1 << at[u])
        choices = [] if perfect else [best(rest)]
        for v in around[u]:
            if rest >> at[v] & 1:
                more = best(rest & ~(1 << at[v]))
                if more is not None:
                    choices.append(more + worth[frozenset((u, v))])
        return max(choices, default=None)

    return best((1 << len(nodes)) - 1)


@checker("maximum_weight_matching")
def check_maximum_weight_matching(graph: Graph, answer: Matching, weight: str = "weight") -> str | Claim:
    """weights added up, and node labels and odd sets that bound every matching (or, if short, every matching tried)"""
    plain_matching(answer, total=True)
    require(answer.cover is None, "the answer carries a cover that nobody asked for")
    around, worth = neighbour_sets(graph), _worth(graph, weight, max)
    matched_nodes(around, answer.pairs)
    _added_up(answer, worth)
    claim = f"the matching weighs {answer.total}"
    if not _dual_proves(graph, answer, worth, perfect=False):
        if len(around) > MOST_EXHAUSTED:
            return Claim(claim, "none")
        require(close(_heaviest(around, worth, False), answer.total), "another matching is heavier")
    return f"{claim}, and none is heavier"


@checker("minimum_weight_perfect_matching")
def check_cheapest_perfect_matching(graph: Graph, answer: Matching, weight: str = "weight") -> str | Claim:
    """weights added up, and node labels and odd sets that bound every perfect matching; or a barrier (Tutte)"""
    plain_matching(answer, total=True)
    require(answer.cover is None, "the answer carries a cover that nobody asked for")
    around, worth = neighbour_sets(graph), _worth(graph, weight, min)
    covered = matched_nodes(around, answer.pairs)
    if answer.total is None:
        require(not answer.pairs, "pairs are listed without a total")
        require(2 * barrier_bound(graph, around, answer.witness["barrier"]) < len(around), "the barrier bars nothing")
        return f"removing {len(answer.witness['barrier'])} nodes leaves more odd components: nothing pairs all nodes"
    require(covered == set(around), "a node is left out")
    _added_up(answer, worth)
    claim = f"the perfect matching weighs {answer.total}"
    if not _dual_proves(graph, answer, worth, perfect=True):
        if len(around) > MOST_EXHAUSTED:
            return Claim(claim, "none")
        least = _heaviest(around, {pair: -w for pair, w in worth.items()}, True)
        require(close(-least, answer.total), "another perfect matching weighs less")
    return f"{claim}, and none weighs less"


@checker("optimal_assignment")
def check_optimal_assignment(
    graph: Graph, answer: Matching, weight: str = "weight", left: Any = None, maximize: bool = False
) -> str:
    """weights added up, and potentials of the nodes that bound every assignment (linear programming duality)"""
    plain_matching(answer, total=True)
    require(answer.cover is None, "the answer carries a cover that nobody asked for")
    around, worth = neighbour_sets(graph), _worth(graph, weight, max if maximize else min)
    covered = matched_nodes(around, answer.pairs)
    firsts = left_side(graph, around, left)
    require_from_left(firsts, answer.pairs)
    _added_up(answer, worth)
    p = {node: Fraction(x) for node, x in answer.witness["potentials"].items()}
    require(set(p) == set(graph), "a node has no potential")
    sides = firsts, set(graph) - firsts
    whole = [s for s in sides if len(s) == min(map(len, sides))]
    require(all(s <= covered for s in whole), "the smaller side is not matched")
    sign = -1 if maximize else 1
    for pair, w in worth.items():
        room = sign * (w - sum(p[node] for node in pair))
        require(room >= -_room(worth), "the potentials of an edge's ends do not bound its weight")
    require(
        any(all(sign * p[node] <= 0 for node in p if node not in s) for s in whole),
        "a potential of the larger side has the wrong sign",
    )
    require(close(sum(p.values()), answer.total), "the potentials add up to another total")
    return f"the assignment weighs {answer.total}, and the potentials bound every assignment by the same"
