"""Checks of Steiner trees: the tree itself, and the least tree over all choices of further nodes."""

from __future__ import annotations

from itertools import combinations
from math import comb
from typing import Any

from graphs.graph import Graph
from tools.answers import Edges
from tools.certificates.agreement import close
from tools.certificates.base import Claim, checker, require
from tools.certificates.disjoint_sets import Sets
from tools.certificates.evidence import Arcs, arcs_of, relaxed

CHOICES = 2000  # of branching nodes, all of which are tried


def _spanning_weight(arcs: Arcs, nodes: set[Any]) -> float | None:
    """Weight of a minimum spanning tree of the nodes (Prim), None when they are not joined."""
    start, *_ = nodes
    done, total = {start}, 0.0
    while len(done) < len(nodes):
        ways = [(c, v) for u in done for v, c in arcs[u].items() if v in nodes and v not in done]
        if not ways:
            return None
        cost, node = min(ways, key=lambda way: way[0])
        total += cost
        done.add(node)
    return total


@checker("steiner_tree")
def check_steiner_tree(graph: Graph, answer: Edges, nodes: list[Any], weight: str | None = None) -> str | Claim:
    """the edges form a tree that joins the nodes; spanning trees over all choices of branching nodes"""
    require(answer.witness is None and not graph.directed, "a witness that is not needed")
    terminals = list(dict.fromkeys(graph.node(node) for node in nodes))
    arcs = arcs_of(graph, weight)
    require(all(len(e) == 2 and e[1] in arcs[e[0]] for e in answer.edges), "an edge is not in the graph")
    sets = Sets(graph.nodes)
    require(all([sets.join(u, v) for u, v in answer.edges]), "the edges close a cycle")
    touched = {*terminals, *(node for edge in answer.edges for node in edge)}
    require(len({sets.name[node] for node in touched}) == 1, "the edges do not join the nodes")
    total = sum(arcs[u][v] for u, v in answer.edges)
    require(close(answer.total, total), f"the edges weigh {total}")
    if not answer.exact:
        return _bounded(arcs, answer, terminals, total)
    require(answer.bounds is None, "an exact answer has no bounds")
    said = f"the tree joins the {len(terminals)} nodes with weight {total}"
    free = [node for node in arcs if node not in terminals]
    most = min(len(free), max(len(terminals) - 2, 0))  # more nodes than that never branch in a cheapest tree
    if sum(comb(len(free), size) for size in range(most + 1)) > CHOICES:
        return Claim(f"{said}; that none is lighter was not checked", "none")
    rows = {u: relaxed(arcs, u) for u in arcs}
    closure: Arcs = {u: {v: c for v, c in row.items() if v != u} for u, row in rows.items()}
    for size in range(most + 1):
        for more in combinations(free, size):
            least = _spanning_weight(closure, {*terminals, *more})
            require(least is None or least > total or close(least, total), "a lighter tree exists")
    return f"{said}, and none is lighter"


def _bounded(arcs: Arcs, answer: Edges, terminals: list[Any], total: float) -> str:
    rows = {t: relaxed(arcs, t) for t in terminals}
    closure: Arcs = {s: {t: rows[s][t] for t in terminals if t != s} for s in terminals}
    least = _spanning_weight(closure, set(terminals))
    assert least is not None
    low, high = answer.bounds or (None, None)
    require(close(high, total) and close(low, least / (2 - 2 / len(terminals))), "the bounds are others")
    return f"the tree weighs {total}, and no tree is lighter than {low}"
