"""Checks of feedback sets and cuts: what is left is searched for cycles, and disjoint cycles bound what meets them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphs.graph import Graph
from tools.answers import Edges, Nodes
from tools.certificates.adjacency import neighbour_sets
from tools.certificates.agreement import close
from tools.certificates.base import Claim, checker, require
from tools.certificates.best_sets import bound_below, judged, meets_all, weighted_sets
from tools.certificates.exhaustion import no_cheaper_hitting_set
from tools.certificates.incidence import distinct, pieces, successors


def _acyclic(out: Mapping[Any, set[Any]]) -> bool:
    """Whether a directed graph has no cycle: strip sources until nothing is left."""
    into = dict.fromkeys(out, 0)
    for near in out.values():
        for v in near:
            into[v] += 1
    queue = [v for v, k in into.items() if not k]
    for u in queue:
        for v in out[u]:
            into[v] -= 1
            if not into[v]:
                queue.append(v)
    return len(queue) == len(out)


@checker("minimum_feedback_vertex_set")
def check_minimum_feedback_vertex_set(graph: Graph, answer: Nodes, time_limit: float = 10.0) -> str | Claim:
    """no cycle without the set; cycles that every such set meets, weighted or searched completely"""
    chosen = set(answer.nodes)
    count: dict[frozenset[Any], int] = {}
    for edge in graph.edges():
        pair = frozenset((edge.source, edge.target))
        count[pair] = count.get(pair, 0) + 1
    around, out = neighbour_sets(graph), successors(graph)
    if graph.directed:
        require(_acyclic({u: near - chosen for u, near in out.items() if u not in chosen}), "a cycle is left")
    else:
        edges = sum(k for pair, k in count.items() if not pair & chosen)
        left = set(graph) - chosen
        require(edges == len(left) - len(pieces(around, left)), "a cycle is left")

    def must_meet(row: set[Any]) -> bool:
        inside = {u: out[u] & row for u in row}
        if graph.directed:
            return bool(row) and not _acyclic(inside)
        edges = sum(k for pair, k in count.items() if pair <= row)
        return edges > len(row) - len(pieces(around, row))

    return meets_all(graph, answer, must_meet, [], "meet every cycle")


@checker("minimum_feedback_arc_set")
def check_minimum_feedback_arc_set(graph: Graph, answer: Edges, time_limit: float = 10.0) -> str | Claim:
    """no cycle without the arcs; cycles that every such set meets, weighted or searched completely"""
    require(set(answer.witness) == {"sets"}, "another witness is wanted")
    worth: dict[Any, Any] = {}
    for edge in graph.edges():
        worth[edge.source, edge.target] = worth.get((edge.source, edge.target), 0) + 1
    listed = [tuple(arc) for arc in answer.edges]
    chosen = set(listed)
    require(len(chosen) == len(listed) and chosen <= set(worth), "an arc stands twice or is not in the graph")
    require(
        _acyclic({u: {v for v in near if (u, v) not in chosen} for u, near in successors(graph).items()}),
        "a cycle is left",
    )
    total = sum(worth[arc] for arc in chosen)
    require(answer.total == total, f"the arcs number {total}")
    rows = [([tuple(arc) for arc in row], x) for row, x in weighted_sets(answer.witness, "arcs")]
    for row, _ in rows:
        require(set(row) <= set(worth), "a listed cycle leaves the graph")
        ends = {v for arc in row for v in arc}
        require(not _acyclic({u: {b for a, b in row if a == u} for u in ends}), "a listed set has no cycle")
    return judged(
        answer,
        total,
        bound_below(rows, worth),
        lambda: no_cheaper_hitting_set([row for row, _ in rows], worth, total),
        f"{total} arcs meet every directed cycle",
        most=False,
    )


@checker("maximum_cut")
def check_maximum_cut(graph: Graph, answer: Edges, weight: str | None = None, time_limit: float = 10.0) -> str | Claim:
    """the edges across added up; odd cycles, each of which keeps an edge inside, weighted or searched completely"""
    require(set(answer.witness) == {"side", "sets"}, "another witness is wanted")
    side = distinct(graph, answer.witness["side"], "the side")
    worth: dict[Any, Any] = {}
    for edge in graph.edges():
        w = 1 if weight is None else edge.attributes[weight]
        pair = frozenset((edge.source, edge.target))
        require(w >= 0, "a weight is negative")
        if len(pair) == 2:
            worth[pair] = worth.get(pair, 0) + (int(w) if w == int(w) else w)
    across = {pair for pair in worth if len(pair & side) == 1}
    total = sum(worth[pair] for pair in across)
    require(close(answer.total, total), f"the edges across weigh {total}")
    listed = [frozenset(edge) for edge in answer.edges]
    require(len(listed) == len(across) and set(listed) == across, "the edges are not those across")
    require(all(u in side for u, _ in answer.edges), "an edge is turned round")
    rows = [([frozenset(edge) for edge in row], x) for row, x in weighted_sets(answer.witness, "edges")]
    for row, _ in rows:
        require(set(row) <= set(worth) and len(set(row)) == len(row) and len(row) % 2, "a listed cycle is none")
        degree: dict[Any, int] = {}
        for node in (node for pair in row for node in pair):
            degree[node] = degree.get(node, 0) + 1
        # every degree even and an odd number of edges: the set holds an odd closed walk, hence an odd cycle
        require(all(k % 2 == 0 for k in degree.values()), "a listed cycle is not closed")
    whole = sum(worth.values())
    return judged(
        answer,
        total,
        whole - bound_below(rows, worth),
        lambda: no_cheaper_hitting_set([row for row, _ in rows], worth, whole - total),
        f"the cut weighs {total}",
        most=True,
    )
