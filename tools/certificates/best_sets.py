"""Checks of best sets: feasibility by the definition, optimality by weighted sets.

Weighted cliques (or independent sets) that cover every node bound independent sets (cliques) from above; weighted
closed neighbourhoods, cycles and separators that load no element too much bound what must meet them from below. Where
that bound leaves a gap, a complete search within a budget closes it; where even that runs out, the claim says so.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from graphs.graph import Graph
from tools.answers import Answer, Nodes, Number, Truth
from tools.certificates.adjacency import neighbour_sets
from tools.certificates.agreement import close, settled
from tools.certificates.base import Claim, require
from tools.certificates.exhaustion import no_cheaper_hitting_set, no_heavier_clique
from tools.certificates.incidence import distinct

Around = Mapping[Any, set[Any]]


def opposite(around: Around) -> dict[Any, set[Any]]:
    return {node: set(around) - near - {node} for node, near in around.items()}


def weighted_sets(witness: Any, field: str = "nodes") -> list[tuple[list[Any], float]]:
    rows = [(list(row[field]), row["value"]) for row in witness["sets"]]
    require(all(x >= 0 for _, x in rows), "a set has a negative value")
    return rows


def bound_above(
    rows: list[tuple[list[Any], float]], worth: Mapping[Any, Any], joined: Callable[[Any, Any], bool]
) -> Any:
    """The bound that weighted sets give, once each is seen to hold at most one node of any solution."""
    covered = dict.fromkeys(worth, 0.0)
    for row, x in rows:
        require(len(set(row)) == len(row), "a set lists a node twice")
        require(x == 0 or all(joined(u, v) for u, v in itertools.combinations(row, 2)), "a set may hold two at once")
        for node in row:
            covered[node] += float(x)
    short = [float(w) / covered[node] if covered[node] else math.inf for node, w in worth.items()]
    bound = max(1.0, max(short, default=1.0)) * sum(float(x) for _, x in rows) if rows else math.nan
    bound = float(sum(worth.values())) if math.isnan(bound) else min(bound, float(sum(worth.values())))
    return math.floor(bound + 1e-6) if all(isinstance(w, int) for w in worth.values()) else bound


def bound_below(rows: list[tuple[list[Any], float]], worth: Mapping[Any, Any]) -> Any:
    """The bound that weighted sets give on what meets them all: no element may carry more than it costs."""
    load = dict.fromkeys(worth, 0.0)
    for row, x in rows:
        for item in set(row):
            load[item] += float(x)
    scale = min([1.0, *(float(w) / load[item] for item, w in worth.items() if load[item] > 0)])
    bound = scale * sum(float(x) for _, x in rows)
    return math.ceil(bound - 1e-6) if all(isinstance(w, int) for w in worth.values()) else bound


def judged(
    answer: Answer, total: Any, bound: Any, exhaust: Callable[[], bool | None], text: str, *, most: bool
) -> str | Claim:
    """The claim for a feasible choice worth `total` when no choice can be better than `bound`."""
    require(not answer.estimated, "the answer is not put as exact")
    word = "more" if most else "less"
    if not answer.exact:
        low, high = (total, max(total, bound)) if most else (min(total, bound), total)
        require(answer.bounds is not None and len(answer.bounds) == 2, "the bounds are missing")
        assert answer.bounds is not None
        require(close(answer.bounds[0], low) and close(answer.bounds[1], high), f"the bounds are {low} and {high}")
        return f"{text}; the best lies between {low} and {high}"
    require(answer.bounds is None, "an exact answer carries bounds")
    if close(total, bound):
        return f"{text}; the weighted sets of the witness allow no {word}"
    require(total < bound if most else total > bound, "the witness bounds the answer on the wrong side")
    proven = exhaust()
    require(proven is not False, f"a choice with {word} exists")
    if proven is None:
        return Claim(f"{text}; that none has {word} was not checked, the best lies within {bound}", "none")
    return f"{text}; a complete search found none with {word}"


def all_adjacent(around: Around, nodes: Iterable[Any]) -> None:
    for u, v in itertools.combinations(nodes, 2):
        require(v in around[u], f"{u} and {v} are not adjacent")


def largest(
    graph: Graph, answer: Nodes | Number, nodes: list[Any], clique: bool, worth: Mapping[Any, Any] | None, name: str
) -> str | Claim:
    """Check a largest or heaviest clique (independent set)."""
    around = neighbour_sets(graph)
    chosen = distinct(graph, nodes, f"the {name}")
    towards = around if clique else opposite(around)
    all_adjacent(towards, chosen)
    value: dict[Any, Any] = dict.fromkeys(around, 1) if worth is None else {v: w for v, w in worth.items() if w > 0}
    total = sum(worth[node] for node in chosen) if worth is not None else len(chosen)
    part = {node: towards[node] & set(value) for node in value}
    bound = bound_above(weighted_sets(answer.witness), value, lambda u, v: u != v and v not in towards[u])
    shown = f"the {name} has {len(chosen)} nodes" if worth is None else f"the {name} weighs {total}"

    def exhaust() -> bool | None:
        proven = no_heavier_clique(part, value, total)
        if proven is None and not clique:  # what an independent set leaves out meets every edge
            edges = [[u, v] for u in value for v in around[u] if v in value]
            proven = no_cheaper_hitting_set(edges, value, sum(value.values()) - total)
        return proven

    return judged(answer, total, bound, exhaust, shown, most=True)


def node_worth(graph: Graph, answer: Nodes, weight: str) -> dict[Any, Any]:
    worth = {node: data[weight] for node, data in graph.nx.nodes(data=True)}
    worth = {node: int(w) if w == int(w) else w for node, w in worth.items()}
    require(set(answer.witness) == {"sets", "total"}, "another witness is wanted")
    require(close(answer.witness["total"], sum(worth[node] for node in answer.nodes)), "the total is another")
    return worth


def meets_all(graph: Graph, answer: Nodes, must_meet: Callable[[set[Any]], bool], more: Any, text: str) -> str | Claim:
    """Check a smallest set of nodes that meets certain sets: `must_meet` judges those of the witness."""
    require(set(answer.witness) == {"sets"}, "another witness is wanted")
    chosen = distinct(graph, answer.nodes, "the set")
    rows = weighted_sets(answer.witness)
    require(all(must_meet(distinct(graph, row, "a set")) for row, _ in rows), "a listed set need not be met")
    worth: dict[Any, Any] = dict.fromkeys(graph, 1)
    every = [row for row, _ in rows] + more
    return judged(
        answer,
        len(chosen),
        bound_below(rows, worth),
        lambda: no_cheaper_hitting_set(every, worth, len(chosen)),
        f"{len(chosen)} nodes {text}",
        most=False,
    )


def verdict(answer: Truth, holds: bool, shown: bool, yes: str, no: str) -> str:
    settled(answer)
    require(answer.holds == holds, "the definition says otherwise")
    require(answer.witness is None if holds else shown, "the witness shows nothing")
    return yes if holds else no


def given_nodes(graph: Graph, nodes: Any) -> set[Any]:
    return {graph.node(node) for node in nodes}
