"""Checks of matchings: vertex covers, barriers, dual weights, blocking pairs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cache
from typing import Any

from graphs.graph import Graph
from tools.answers import Edges, Matching, Truth
from tools.certificates.base import Claim, checker, require
from tools.certificates.incidence import close, distinct, neighbours, pieces, plainly

MOST_EXHAUSTED = 16  # nodes up to which the checker tries every matching where dual weights are missing


def _matched(around: Mapping[Any, set[Any]], pairs: Iterable[Any]) -> set[Any]:
    """The nodes that a matching covers; rejects what is no matching."""
    covered: set[Any] = set()
    for u, v in pairs:
        require(v in around[u], f"{u} and {v} are not adjacent")
        require(u not in covered and v not in covered, f"{u} or {v} is matched twice")
        covered |= {u, v}
    return covered


def _lean(answer: Matching, *, total: bool = False) -> None:
    """Reject fields that belong to other tools."""
    plainly(answer)
    require(total or answer.total is None, "the answer carries a total that nobody asked for")


def _barred(graph: Graph, around: Mapping[Any, set[Any]], barrier: Iterable[Any]) -> int:
    """The most edges that a matching can have: odd components beyond the barrier's size stay short."""
    removed = distinct(graph, barrier, "the barrier")
    odd = sum(len(piece) % 2 for piece in pieces(around, set(around) - removed))
    return (len(around) + len(removed) - odd) // 2


def _left(graph: Graph, around: Mapping[Any, set[Any]], left: Iterable[Any] | None) -> set[Any]:
    """The left side: the given one, the declared one, the sources of a directed graph without through nodes, else in
    each component the side of its first node. Rejects what is no side.
    """
    edges = list(graph.edges())
    sources = {e.source for e in edges}
    if left is not None:
        first = {graph.node(node) for node in left}
    elif graph.sides is not None:
        first = set(graph.sides[0])
    elif graph.directed and not sources & {e.target for e in edges}:
        first = sources
    else:
        first = _first_colours(around)
    require(all((u in first) != (v in first) for u in around for v in around[u]), "the graph is not bipartite")
    return first


def _first_colours(around: Mapping[Any, set[Any]]) -> set[Any]:
    first, seen = set(), set()
    for start in around:
        queue = [] if start in seen else [(start, True)]
        seen.add(start)
        while queue:
            u, is_first = queue.pop()
            if is_first:
                first.add(u)
            for v in around[u] - seen:
                seen.add(v)
                queue.append((v, not is_first))
    return first


def _from_left(first: set[Any], pairs: Iterable[Any]) -> None:
    require(all(u in first and v not in first for u, v in pairs), "a pair is turned round")


@checker("maximum_bipartite_matching")
def check_bipartite_matching(graph: Graph, answer: Matching, left: Any = None) -> str:
    """disjoint edges from left to right, and a vertex cover of the same size (Kőnig)"""
    _lean(answer)
    around = neighbours(graph)
    require(answer.witness is None and answer.cover is not None, "there is no cover")
    _matched(around, answer.pairs)
    cover = distinct(graph, answer.cover or [], "the cover")
    require(len(cover) == len(answer.pairs), "the cover has another size")
    for edge in graph.edges():
        require(edge.source in cover or edge.target in cover, f"the edge {edge.source}-{edge.target} is not covered")
    _from_left(_left(graph, around, left), answer.pairs)
    return f"{len(cover)} pairs are matched, and {len(cover)} nodes touch every edge, so no matching is larger"


@checker("can_match_all")
def check_can_match_all(graph: Graph, answer: Truth, left: Any = None) -> str:
    """a matching of the whole side, or nodes with too few neighbours (Hall)"""
    plainly(answer)
    around = neighbours(graph)
    first = _left(graph, around, left)
    if answer.holds:
        pairs = answer.witness["pairs"]
        _matched(around, pairs)
        require({u for u, _ in pairs} == first, "not the whole side is matched")
        return f"all {len(first)} nodes of the side are matched to different partners"
    nodes = distinct(graph, answer.witness["nodes"], "the set")
    near = distinct(graph, answer.witness["neighbours"], "the neighbourhood")
    require(nodes <= first, "the set leaves the side")
    require(near == set().union(*(around[u] for u in nodes)), "these are not the neighbours")
    require(len(near) < len(nodes), "the set has enough neighbours")
    return f"{len(nodes)} nodes have only {len(near)} neighbours, so they cannot all be matched"


@checker("maximum_matching")
def check_maximum_matching(graph: Graph, answer: Matching) -> str:
    """disjoint edges, and a set whose removal leaves too many odd components for more (Tutte and Berge)"""
    _lean(answer)
    around = neighbours(graph)
    require(answer.cover is None, "the answer carries a cover that nobody asked for")
    _matched(around, answer.pairs)
    require(len(answer.pairs) == _barred(graph, around, answer.witness["barrier"]), "the barrier allows more pairs")
    return f"{len(answer.pairs)} disjoint edges, and by Berge's formula no matching has more"


@checker("has_perfect_matching")
def check_has_perfect_matching(graph: Graph, answer: Truth) -> str:
    """a matching of all nodes, or a set whose removal leaves more odd components than it has nodes (Tutte)"""
    plainly(answer)
    around = neighbours(graph)
    require(len(answer.witness) == 1, "one reason is wanted")
    if answer.holds:
        require(_matched(around, answer.witness["pairs"]) == set(around), "a node is left out")
        return "the listed disjoint edges cover every node"
    require(2 * _barred(graph, around, answer.witness["barrier"]) < len(around), "the barrier bars nothing")
    return f"removing {len(answer.witness['barrier'])} nodes leaves more odd components, so some node stays alone"


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
    scale = 1 + max((abs(w) for w in worth.values()), default=Fraction(0))
    for pair, w in worth.items():
        ends = 1 if perfect else 2
        bound = sum(y[node] for node in pair) + sum(v for s, v in z if len(pair & s) == ends)
        slack = w - bound if perfect else bound - w
        require(slack >= -Fraction(1, 10**9) * scale, "the labels of an edge's ends do not bound its weight")
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
    _lean(answer, total=True)
    require(answer.cover is None, "the answer carries a cover that nobody asked for")
    around, worth = neighbours(graph), _worth(graph, weight, max)
    _matched(around, answer.pairs)
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
    _lean(answer, total=True)
    require(answer.cover is None, "the answer carries a cover that nobody asked for")
    around, worth = neighbours(graph), _worth(graph, weight, min)
    covered = _matched(around, answer.pairs)
    if answer.total is None:
        require(not answer.pairs, "pairs are listed without a total")
        require(2 * _barred(graph, around, answer.witness["barrier"]) < len(around), "the barrier bars nothing")
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
    _lean(answer, total=True)
    require(answer.cover is None, "the answer carries a cover that nobody asked for")
    around, worth = neighbours(graph), _worth(graph, weight, max if maximize else min)
    covered = _matched(around, answer.pairs)
    firsts = _left(graph, around, left)
    _from_left(firsts, answer.pairs)
    _added_up(answer, worth)
    p = {node: Fraction(x) for node, x in answer.witness["potentials"].items()}
    require(set(p) == set(graph), "a node has no potential")
    sides = firsts, set(graph) - firsts
    whole = [s for s in sides if len(s) == min(map(len, sides))]
    require(all(s <= covered for s in whole), "the smaller side is not matched")
    sign = -1 if maximize else 1
    for pair, w in worth.items():
        room = sign * (w - sum(p[node] for node in pair))
        require(room >= -Fraction(1, 10**9) * (1 + abs(w)), "the potentials of an edge's ends do not bound its weight")
    require(
        any(all(sign * p[node] <= 0 for node in p if node not in s) for s in whole),
        "a potential of the larger side has the wrong sign",
    )
    require(close(sum(p.values()), answer.total), "the potentials add up to another total")
    return f"the assignment weighs {answer.total}, and the potentials bound every assignment by the same"


def _faults(graph: Graph, pairs: list[tuple[Any, Any]]) -> tuple[list[list[Any]], set[Any]]:
    """Pairs that are no edges between two nodes, and nodes that stand in several pairs."""
    around = neighbours(graph)
    bad = [[u, v] for u, v in pairs if v not in around[u]]
    ends = [node for pair in pairs for node in pair]
    return bad, {node for node in ends if ends.count(node) > 1}


def _named(graph: Graph, edges: Any) -> list[tuple[Any, Any]]:
    return [(graph.node(u), graph.node(v)) for u, v in edges]


def _not_a_matching(answer: Truth, bad: list[list[Any]], shared: set[Any]) -> str | None:
    """The claim when the witness shows a fault of the edge set itself; None when it is of another kind."""
    witness = answer.witness or {}
    require(answer.holds or len(witness) == 1, "one reason is wanted")
    if not answer.holds and "edge" in witness:
        require(list(witness["edge"]) in bad, "that pair is an edge")
        return f"{witness['edge'][0]} and {witness['edge'][1]} are not two adjacent nodes"
    if not answer.holds and "node" in witness:
        require(witness["node"] in shared, "that node is in one pair at most")
        return f"node {witness['node']} is in several of the pairs"
    require(not bad and not shared, "the edges are no matching")
    return None


@checker("is_matching")
def check_is_matching(graph: Graph, answer: Truth, edges: Any) -> str:
    """every pair looked up, every node counted"""
    plainly(answer)
    fault = _not_a_matching(answer, *_faults(graph, _named(graph, edges)))
    require(answer.holds or fault, "no reason is given")
    require(not answer.holds or answer.witness is None, "a reason stands beside a yes")
    return fault or "the edges exist and no two share a node"


@checker("is_maximal_matching")
def check_is_maximal_matching(graph: Graph, answer: Truth, edges: Any) -> str:
    """every pair looked up, every edge of the graph tried"""
    plainly(answer)
    pairs = _named(graph, edges)
    fault = _not_a_matching(answer, *_faults(graph, pairs))
    if fault:
        return fault
    covered = {node for pair in pairs for node in pair}
    addable = [
        [e.source, e.target] for e in graph.edges() if e.source != e.target and not {e.source, e.target} & covered
    ]
    if answer.holds:
        require(answer.witness is None and not addable, "an edge can be added")
        return "the edges are a matching and every other edge touches it"
    require(list(answer.witness["addable"]) in addable, "that edge cannot be added")
    return "the named edge can be added"


@checker("is_perfect_matching")
def check_is_perfect_matching(graph: Graph, answer: Truth, edges: Any) -> str:
    """every pair looked up, every node looked for"""
    plainly(answer)
    pairs = _named(graph, edges)
    fault = _not_a_matching(answer, *_faults(graph, pairs))
    if fault:
        return fault
    free = set(graph) - {node for pair in pairs for node in pair}
    if answer.holds:
        require(answer.witness is None and not free, "a node is left out")
        return "the edges are a matching and cover every node"
    require(answer.witness["uncovered"] in free, "that node is covered")
    return f"node {answer.witness['uncovered']} is not covered"


@checker("is_maximum_matching")
def check_is_maximum_matching(graph: Graph, answer: Truth, edges: Any) -> str:
    """every pair looked up; a barrier that allows no more (Tutte and Berge), or a larger matching"""
    plainly(answer)
    pairs, around = _named(graph, edges), neighbours(graph)
    fault = _not_a_matching(answer, *_faults(graph, pairs))
    if fault:
        return fault
    require(len(answer.witness) == 1, "one reason is wanted")
    if answer.holds:
        require(len(pairs) == _barred(graph, around, answer.witness["barrier"]), "the barrier allows more pairs")
        return "the edges are a matching and by Berge's formula none has more"
    larger = answer.witness["larger"]
    _matched(around, larger)
    require(len(larger) > len(pairs), "the other matching is not larger")
    return f"a matching with {len(larger)} edges exists"


@checker("maximal_matching")
def check_maximal_matching(graph: Graph, answer: Matching) -> str:
    """disjoint edges that every edge of the graph touches"""
    _lean(answer)
    require(answer.cover is None and answer.witness is None, "the answer carries a witness that nobody asked for")
    covered = _matched(neighbours(graph), answer.pairs)
    for edge in graph.edges():
        require(edge.source == edge.target or {edge.source, edge.target} & covered, "an edge can be added")
    return f"the {len(answer.pairs)} edges are disjoint and every other edge touches one of them"


@checker("minimum_edge_cover")
def check_minimum_edge_cover(graph: Graph, answer: Edges) -> str:
    """every node touched, and a barrier that bounds the matching number (Gallai; Tutte and Berge)"""
    plainly(answer)
    require(answer.total is None, "the answer carries a total that nobody asked for")
    around = neighbours(graph)
    touched: set[Any] = set()
    for u, v in answer.edges:
        require(v in around[u], f"{u} and {v} are not adjacent")
        touched |= {u, v}
    require(touched == set(around), "a node is not touched")
    most = _barred(graph, around, answer.witness["barrier"])
    require(len(answer.edges) == len(around) - most, "the barrier allows fewer edges")
    return f"{len(answer.edges)} edges touch every node, and fewer cannot, as no matching has more than {most} edges"


@checker("is_edge_cover")
def check_is_edge_cover(graph: Graph, answer: Truth, edges: Any) -> str:
    """every pair looked up, every node looked for"""
    plainly(answer)
    pairs = _named(graph, edges)
    present = {frozenset((e.source, e.target)) for e in graph.edges()}
    missing = [[u, v] for u, v in pairs if frozenset((u, v)) not in present]
    free = set(graph) - {node for pair in pairs for node in pair}
    if answer.holds:
        require(answer.witness is None and not missing and not free, "a node is not touched, or a pair is no edge")
        return "the pairs are edges and touch every node"
    require(len(answer.witness) == 1, "one reason is wanted")
    if "edge" in answer.witness:
        require(list(answer.witness["edge"]) in missing, "that pair is an edge")
        return "the named pair is no edge"
    require(answer.witness["uncovered"] in free, "that node is touched")
    return f"node {answer.witness['uncovered']} is not touched"


def _ranks(graph: Graph, preference: str) -> dict[Any, dict[Any, int]]:
    ranks: dict[Any, dict[Any, int]] = {}
    for node, data in graph.nx.nodes(data=True):
        listed = data.get(preference) or []
        names = re.split("[,;>]", listed) if isinstance(listed, str) else listed
        ranks[node] = {}
        for name in map(graph.node, names):
            ranks[node].setdefault(name, len(ranks[node]))
    return ranks


def _blocks(ranks: Mapping[Any, Mapping[Any, int]], mate: Mapping[Any, Any], u: Any, v: Any) -> bool:
    """Whether u and v accept each other and each is alone or prefers the other to the partner."""
    return all(b in ranks[a] and (a not in mate or ranks[a][b] < ranks[a][mate[a]]) for a, b in ((u, v), (v, u)))


@checker("stable_marriage")
def check_stable_marriage(graph: Graph, answer: Matching, preference: str = "preference", left: Any = None) -> str:
    """every pair of nodes tried: none prefers each other to what they have"""
    _lean(answer)
    require(answer.cover is None and answer.witness is None, "the answer carries a witness that nobody asked for")
    ranks = _ranks(graph, preference)
    mate: dict[Any, Any] = {}
    for u, v in answer.pairs:
        require(u not in mate and v not in mate and u != v, "a node is matched twice")
        require(v in ranks[u] and u in ranks[v], f"{u} and {v} do not accept each other")
        mate[u], mate[v] = v, u
    accept = {node: set(ranks[node]) | {v for v in ranks if node in ranks[v]} for node in ranks}
    declared = left if left is not None else None if graph.sides is None else graph.sides[0]
    _from_left(_first_colours(accept) if declared is None else {graph.node(u) for u in declared}, answer.pairs)
    for u in ranks:
        require(not any(_blocks(ranks, mate, u, v) for v in ranks[u]), f"{u} and another prefer each other")
    return "no two nodes prefer each other to the partners that they have"


@checker("is_stable_matching")
def check_is_stable_matching(graph: Graph, answer: Truth, edges: Any, preference: str = "preference") -> str:
    """every pair of nodes tried"""
    plainly(answer)
    ranks, pairs = _ranks(graph, preference), _named(graph, edges)
    ends = [node for pair in pairs for node in pair]
    shared = {node for node in ends if ends.count(node) > 1}
    refused = [[u, v] for u, v in pairs if v not in ranks[u] or u not in ranks[v]]
    mate = {u: v for u, v in pairs} | {v: u for u, v in pairs}
    if answer.holds:
        require(answer.witness is None and not shared and not refused, "the pairs are no matching")
        for u in ranks:
            require(not any(_blocks(ranks, mate, u, v) for v in ranks[u]), f"{u} and another prefer each other")
        return "no two nodes prefer each other to the partners that they have"
    require(len(answer.witness) == 1, "one reason is wanted")
    if "node" in answer.witness:
        require(answer.witness["node"] in shared, "that node is in one pair at most")
        return f"node {answer.witness['node']} has several partners"
    if "pair" in answer.witness:
        require(list(answer.witness["pair"]) in refused, "these two accept each other")
        return "the named pair does not accept each other"
    u, v = answer.witness["blocking"]
    require(not shared and not refused and _blocks(ranks, mate, u, v), "these two do not block")
    return f"{u} and {v} prefer each other to the partners that they have"
