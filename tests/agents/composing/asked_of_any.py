"""Questions that are asked of any graph, each with its truth by networkx or by counting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import networkx as nx


@dataclass(frozen=True)
class Case:
    """What a question is asked about: a graph, two of its nodes and a number."""

    graph: Any
    u: Any
    v: Any
    k: int

    def hops(self, source: Any) -> dict[Any, int]:
        return dict(nx.single_source_shortest_path_length(self.graph, source))

    def linked(self, one: Any, other: Any) -> bool:
        return bool(self.graph.has_edge(one, other) or self.graph.has_edge(other, one))

    def that(self, holds: Callable[[Any], bool]) -> set[Any]:
        return {node for node in self.graph if holds(node)}

    @property
    def others(self) -> set[Any]:
        return set(self.graph) - {self.u, self.v}


Truth = Callable[[Case], Any]

# Undirected, without loops and parallel edges.
UNDIRECTED: list[tuple[str, Truth]] = [
    ("Which nodes have more than {k} neighbours?", lambda c: c.that(lambda n: len(c.graph[n]) > c.k)),
    ("Which nodes have at least {k} neighbours?", lambda c: c.that(lambda n: len(c.graph[n]) >= c.k)),
    ("Which nodes have at most {k} neighbours?", lambda c: c.that(lambda n: len(c.graph[n]) <= c.k)),
    ("Which nodes have fewer than {k} edges?", lambda c: c.that(lambda n: len(c.graph[n]) < c.k)),
    ("Which nodes have no fewer than {k} edges?", lambda c: c.that(lambda n: len(c.graph[n]) >= c.k)),
    ("Which nodes do not have exactly {k} neighbours?", lambda c: c.that(lambda n: len(c.graph[n]) != c.k)),
    ("Which nodes have degree other than {k}?", lambda c: c.that(lambda n: len(c.graph[n]) != c.k)),
    ("Which nodes have between 1 and {k} neighbours?", lambda c: c.that(lambda n: 1 <= len(c.graph[n]) <= c.k)),
    ("Which nodes have an odd degree?", lambda c: c.that(lambda n: len(c.graph[n]) % 2 == 1)),
    ("How many nodes have an even number of neighbours?", lambda c: len(c.that(lambda n: len(c.graph[n]) % 2 == 0))),
    ("How many nodes have exactly {k} neighbours?", lambda c: len(c.that(lambda n: len(c.graph[n]) == c.k))),
    ("How many nodes have only one neighbour?", lambda c: len(c.that(lambda n: len(c.graph[n]) == 1))),
    ("How many nodes with more than {k} neighbours are there?", lambda c: len(c.that(lambda n: len(c.graph[n]) > c.k))),
    ("Which nodes have more neighbours than {u}?", lambda c: c.that(lambda n: len(c.graph[n]) > len(c.graph[c.u]))),
    ("Which nodes have fewer edges than {u}?", lambda c: c.that(lambda n: len(c.graph[n]) < len(c.graph[c.u]))),
    (
        "Which nodes have as many neighbours as {u}?",
        lambda c: c.that(lambda n: len(c.graph[n]) == len(c.graph[c.u])) - {c.u},
    ),
    ("Which nodes are adjacent to both {u} and {v}?", lambda c: set(c.graph[c.u]) & set(c.graph[c.v])),
    ("Which nodes are adjacent to {u} or {v}?", lambda c: set(c.graph[c.u]) | set(c.graph[c.v])),
    ("Which nodes are adjacent to {u} but not to {v}?", lambda c: set(c.graph[c.u]) - set(c.graph[c.v])),
    ("Which neighbours of {u} are not adjacent to {v}?", lambda c: set(c.graph[c.u]) - set(c.graph[c.v])),
    ("How many neighbours of {u} are adjacent to {v}?", lambda c: len(set(c.graph[c.u]) & set(c.graph[c.v]))),
    (
        "How many neighbours does {u} have that are not adjacent to {v}?",
        lambda c: len(set(c.graph[c.u]) - set(c.graph[c.v])),
    ),
    ("Which nodes are not adjacent to {u}?", lambda c: set(c.graph) - set(c.graph[c.u]) - {c.u}),
    ("How many nodes are neighbours of {u}?", lambda c: len(c.graph[c.u])),
    (
        "Which nodes are neither adjacent to {u} nor to {v}?",
        lambda c: set(c.graph) - set(c.graph[c.u]) - set(c.graph[c.v]),
    ),
    ("Which nodes are isolated or leaves?", lambda c: c.that(lambda n: len(c.graph[n]) < 2)),
    ("How many nodes are not isolated?", lambda c: len(c.that(lambda n: len(c.graph[n]) > 0))),
    ("Which neighbours of {u} are leaves?", lambda c: {n for n in c.graph[c.u] if len(c.graph[n]) == 1}),
    ("How many leaves are adjacent to {u}?", lambda c: sum(len(c.graph[n]) == 1 for n in c.graph[c.u])),
    ("Which neighbours of {u} have degree {k}?", lambda c: {n for n in c.graph[c.u] if len(c.graph[n]) == c.k}),
    (
        "Which nodes have a neighbour with degree 1?",
        lambda c: c.that(lambda n: any(len(c.graph[m]) == 1 for m in c.graph[n])),
    ),
    (
        "Which nodes are adjacent to a node with more than {k} neighbours?",
        lambda c: c.that(lambda n: any(len(c.graph[m]) > c.k for m in c.graph[n])),
    ),
    ("Which nodes are in a triangle?", lambda c: {n for n, t in nx.triangles(c.graph).items() if t}),
    ("How many nodes are not in any triangle?", lambda c: sum(not t for t in nx.triangles(c.graph).values())),
    ("Which nodes are on a cycle?", lambda c: _on_cycles(c)),
    ("How many nodes are not on a cycle?", lambda c: len(c.graph) - len(_on_cycles(c))),
    ("Which nodes are not articulation points?", lambda c: set(c.graph) - set(nx.articulation_points(c.graph))),
    ("Are all leaves isolated?", lambda c: not c.that(lambda n: len(c.graph[n]) == 1)),
    ("Which nodes can reach both {u} and {v}?", lambda c: _with(c, c.u) & _with(c, c.v) - {c.u, c.v}),
    ("How many nodes are unreachable from {u}?", lambda c: len(c.graph) - len(_with(c, c.u))),
    ("Which nodes are in the same component as {u}?", lambda c: _with(c, c.u)),
    (
        "Are {u} and {v} in different components?",
        lambda c: c.v not in _with(c, c.u),
    ),
    ("How many components have more than {k} nodes?", lambda c: sum(len(g) > c.k for g in _parts(c))),
    ("How many components with exactly {k} nodes are there?", lambda c: sum(len(g) == c.k for g in _parts(c))),
    ("Which nodes are exactly {k} steps from {u}?", lambda c: {n for n, d in c.hops(c.u).items() if d == c.k}),
    ("How many nodes are within {k} steps of {u}?", lambda c: sum(0 < d <= c.k for d in c.hops(c.u).values())),
    ("Which nodes are less than {k} steps from {u}?", lambda c: {n for n, d in c.hops(c.u).items() if 0 < d < c.k}),
    ("Can {u} and {v} both reach {u}?", lambda c: None),
    ("Is {u} adjacent to {v}?", lambda c: c.linked(c.u, c.v)),
    ("Is {u} not adjacent to {v}?", lambda c: not c.linked(c.u, c.v)),
    ("Is {u} isolated?", lambda c: len(c.graph[c.u]) == 0),
    ("Are {u} and {v} both leaves?", lambda c: len(c.graph[c.u]) == len(c.graph[c.v]) == 1),
    ("Do {u} and {v} have a common neighbour?", lambda c: bool(set(c.graph[c.u]) & set(c.graph[c.v]))),
    ("Do {u} and {v} have no common neighbour?", lambda c: not set(c.graph[c.u]) & set(c.graph[c.v])),
    (
        "Do {u} and {v} have at least {k} common neighbours?",
        lambda c: len(set(c.graph[c.u]) & set(c.graph[c.v])) >= c.k,
    ),
    (
        "Do {u} and {v} have exactly one common neighbour?",
        lambda c: len(set(c.graph[c.u]) & set(c.graph[c.v])) == 1,
    ),
    ("Is there a node with more than {k} neighbours?", lambda c: any(len(c.graph[n]) > c.k for n in c.graph)),
    ("Is there no node with degree {k}?", lambda c: all(len(c.graph[n]) != c.k for n in c.graph)),
    ("Does every node have at least {k} neighbours?", lambda c: all(len(c.graph[n]) >= c.k for n in c.graph)),
    ("Does every node have an even degree?", lambda c: all(len(c.graph[n]) % 2 == 0 for n in c.graph)),
    ("Are there at least {k} leaves?", lambda c: len(c.that(lambda n: len(c.graph[n]) == 1)) >= c.k),
    ("Are there more nodes than edges?", lambda c: len(c.graph) > c.graph.number_of_edges()),
    ("Are there as many nodes as edges?", lambda c: len(c.graph) == c.graph.number_of_edges()),
    ("What is the degree of {u} plus the degree of {v}?", lambda c: len(c.graph[c.u]) + len(c.graph[c.v])),
    (
        "What is the difference between the degree of {u} and the degree of {v}?",
        lambda c: abs(len(c.graph[c.u]) - len(c.graph[c.v])),
    ),
    ("Is the degree of {u} greater than the degree of {v}?", lambda c: len(c.graph[c.u]) > len(c.graph[c.v])),
    ("Is the degree of {u} odd?", lambda c: len(c.graph[c.u]) % 2 == 1),
    ("What is the sum of all degrees?", lambda c: 2 * c.graph.number_of_edges()),
    ("What fraction of the nodes are leaves?", lambda c: sum(len(c.graph[n]) == 1 for n in c.graph) / len(c.graph)),
    ("Is every edge a bridge?", lambda c: len(list(nx.bridges(c.graph))) == c.graph.number_of_edges()),
    ("How many edges are not bridges?", lambda c: c.graph.number_of_edges() - len(list(nx.bridges(c.graph)))),
    ("How many edges touch {u} or {v}?", lambda c: sum(bool({c.u, c.v} & set(e)) for e in c.graph.edges)),
    ("Which edges touch neither {u} nor {v}?", lambda c: {e for e in c.graph.edges if not {c.u, c.v} & set(e)}),
    ("Which edges have both ends in {{{u}, {v}}}?", lambda c: {e for e in c.graph.edges if set(e) <= {c.u, c.v}}),
    ("Which node has more neighbours, {u} or {v}?", lambda c: _higher(c)),
    ("How many nodes other than {u} are leaves?", lambda c: sum(len(c.graph[n]) == 1 for n in c.graph if n != c.u)),
    ("Does every other node touch {u}?", lambda c: len(c.graph[c.u]) == len(c.graph) - 1),
    ("If {u} is removed, how many edges are left?", lambda c: c.graph.number_of_edges() - len(c.graph[c.u])),
    ("If all leaves are removed, how many nodes are left?", lambda c: len(c.that(lambda n: len(c.graph[n]) != 1))),
    ("If {u} is not removed, how many nodes are there?", lambda c: len(c.graph)),
    (
        "If {u} and {v} are removed, which nodes are isolated?",
        lambda c: {n for n in c.others if not set(c.graph[n]) - {c.u, c.v}},
    ),
]

DIRECTED: list[tuple[str, Truth]] = [
    ("Which nodes have more than {k} successors?", lambda c: c.that(lambda n: c.graph.out_degree(n) > c.k)),
    ("Which nodes have exactly {k} predecessors?", lambda c: c.that(lambda n: c.graph.in_degree(n) == c.k)),
    ("Which nodes have an in-degree of at least {k}?", lambda c: c.that(lambda n: c.graph.in_degree(n) >= c.k)),
    ("How many nodes have no incoming edge?", lambda c: len(c.that(lambda n: c.graph.in_degree(n) == 0))),
    ("How many nodes have an outgoing edge?", lambda c: len(c.that(lambda n: c.graph.out_degree(n) > 0))),
    ("Which nodes point to both {u} and {v}?", lambda c: set(c.graph.pred[c.u]) & set(c.graph.pred[c.v])),
    ("Which nodes point to {u} or {v}?", lambda c: set(c.graph.pred[c.u]) | set(c.graph.pred[c.v])),
    (
        "Which nodes are successors of {u} but not of {v}?",
        lambda c: set(c.graph.succ[c.u]) - set(c.graph.succ[c.v]),
    ),
    ("Does {u} point to {v}?", lambda c: c.graph.has_edge(c.u, c.v)),
    ("Does {u} not point to {v}?", lambda c: not c.graph.has_edge(c.u, c.v)),
    ("Which nodes can reach {u}?", lambda c: nx.ancestors(c.graph, c.u)),
    ("Which nodes cannot reach {u}?", lambda c: set(c.graph) - nx.ancestors(c.graph, c.u) - {c.u}),
    ("How many nodes cannot be reached from {u}?", lambda c: len(c.graph) - len(nx.descendants(c.graph, c.u)) - 1),
    (
        "Which nodes can be reached from both {u} and {v}?",
        lambda c: nx.descendants(c.graph, c.u) & nx.descendants(c.graph, c.v),
    ),
    ("Can every other node reach {u}?", lambda c: len(nx.ancestors(c.graph, c.u)) == len(c.graph) - 1),
    ("Which nodes are within {k} steps from {u}?", lambda c: {n for n, d in c.hops(c.u).items() if 0 < d <= c.k}),
    ("Is there no path from {u} to {v}?", lambda c: c.v not in nx.descendants(c.graph, c.u)),
    (
        "Is there a path from {u} to {v} with at most {k} edges?",
        lambda c: c.hops(c.u).get(c.v, 99) <= c.k,
    ),
    ("Which nodes are neither sources nor sinks?", lambda c: c.that(lambda n: min(_ins_outs(c, n)) > 0)),
    ("Is {u} a source?", lambda c: c.graph.in_degree(c.u) == 0),
    ("How many sinks are there?", lambda c: len(c.that(lambda n: c.graph.out_degree(n) == 0))),
    (
        "What is the in-degree of {u} plus the out-degree of {v}?",
        lambda c: sum((_ins_outs(c, c.u)[0], _ins_outs(c, c.v)[1])),
    ),
    ("Which nodes are on a directed cycle?", lambda c: _on_directed_cycles(c)),
    ("How many nodes are not on any directed cycle?", lambda c: len(c.graph) - len(_on_directed_cycles(c))),
    (
        "How many strongly connected components have more than one node?",
        lambda c: sum(len(g) > 1 for g in nx.strongly_connected_components(c.graph)),
    ),
    ("If {u} is removed, how many edges are left?", lambda c: c.graph.number_of_edges() - sum(_ins_outs(c, c.u))),
    ("Which nodes are closest to {u}?", lambda c: None),
    ("What is the distance between {u} and {v} plus 1?", lambda c: None),
]

WEIGHTED: list[tuple[str, Truth]] = [
    ("Which edges weigh more than {k}?", lambda c: {e for e in c.graph.edges if _weight(c, e) > c.k}),
    ("How many edges are longer than {k}?", lambda c: sum(_weight(c, e) > c.k for e in c.graph.edges)),
    ("How many edges do not weigh {k}?", lambda c: sum(_weight(c, e) != c.k for e in c.graph.edges)),
    ("Which edges weigh {k} or 5?", lambda c: {e for e in c.graph.edges if _weight(c, e) in (c.k, 5)}),
    ("Which edges weigh between 2 and 4?", lambda c: {e for e in c.graph.edges if 2 <= _weight(c, e) <= 4}),
    ("Which edges at {u} weigh at least {k}?", lambda c: {e for e in c.graph.edges(c.u) if _weight(c, e) >= c.k}),
    ("Is there an edge with weight {k}?", lambda c: any(_weight(c, e) == c.k for e in c.graph.edges)),
    ("Does every edge weigh at least 2?", lambda c: all(_weight(c, e) >= 2 for e in c.graph.edges)),
    ("What is the total weight of all edges?", lambda c: sum(_weight(c, e) for e in c.graph.edges)),
    ("Which nodes are less than 5 away from {u}?", lambda c: {n for n, d in _far(c).items() if 0 < d < 5}),
    ("How many nodes are within 6 of {u}?", lambda c: sum(0 < d <= 6 for d in _far(c).values())),
    ("Which nodes are exactly two steps from {u}?", lambda c: {n for n, d in c.hops(c.u).items() if d == 2}),
    ("How many neighbours of {u} have degree 1?", lambda c: sum(len(c.graph[n]) == 1 for n in c.graph[c.u])),
    (
        "If all weights are doubled, what is the total weight?",
        lambda c: 2 * sum(_weight(c, e) for e in c.graph.edges),
    ),
    (
        "If all edges longer than {k} are closed, how many edges are left?",
        lambda c: sum(_weight(c, e) <= c.k for e in c.graph.edges),
    ),
    (
        "What is the distance from {u} to {v} plus the distance from {v} to {u}?",
        lambda c: 2 * _far(c)[c.v] if c.v in _far(c) else None,
    ),
]


def _parts(c: Case) -> list[set[Any]]:
    return list(nx.connected_components(c.graph))


def _with(c: Case, node: Any) -> set[Any]:
    return set(nx.node_connected_component(c.graph, node))


def _on_cycles(c: Case) -> set[Any]:
    bridges = set(map(frozenset, nx.bridges(c.graph)))
    return {node for edge in c.graph.edges if frozenset(edge) not in bridges for node in edge}


def _on_directed_cycles(c: Case) -> set[Any]:
    return {node for node in c.graph if any(nx.has_path(c.graph, m, node) for m in c.graph.succ[node])}


def _ins_outs(c: Case, node: Any) -> tuple[int, int]:
    return c.graph.in_degree(node), c.graph.out_degree(node)


def _higher(c: Case) -> Any:
    one, other = len(c.graph[c.u]), len(c.graph[c.v])
    return {c.u, c.v} if one == other else c.u if one > other else c.v


def _weight(c: Case, edge: tuple[Any, Any]) -> float:
    return float(c.graph.edges[edge]["weight"])


def _far(c: Case) -> dict[Any, float]:
    return dict(nx.single_source_dijkstra_path_length(c.graph, c.u))
