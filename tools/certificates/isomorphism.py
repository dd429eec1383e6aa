"""Checks of isomorphisms: pairs compared; a no by an invariant or a complete search."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from typing import Any

from graphs.graph import Graph
from tools.answers import NodeMap, Number, Record, Truth
from tools.certificates.adjacency import neighbour_sets
from tools.certificates.agreement import close, settled
from tools.certificates.base import Claim, checker, require
from tools.certificates.embeddings import STEPS, count_embeddings, edge_counts, require_kept


def _apart(graph: Graph, other: Graph, witness: Mapping[str, Any]) -> str | Claim:
    """The claim that two graphs are not isomorphic."""
    kind = witness["invariant"]
    if kind == "complete search":
        require(set(witness) == {"invariant"}, "another witness is wanted")
        number = 0 if graph.num_nodes != other.num_nodes else count_embeddings(graph, other, True, 1)
        require(not number, "an isomorphism exists")
        if number is None:
            return Claim("that no map exists was not checked", "none")
        return "a complete search found no map that keeps all edges"
    if kind == "colour refinement":
        require(set(witness) == {"invariant", "rounds"}, "another witness is wanted")
        colours: list[dict[Any, Any]] = []
        for one in (graph, other):
            counts = edge_counts(one)
            colours.append({u: counts.get((u, u), 0) for u in one})
        around = [neighbour_sets(graph), neighbour_sets(other)]
        counts_of = [edge_counts(graph), edge_counts(other)]
        for _ in range(witness["rounds"]):
            signs = [
                {u: (old[u], *sorted((old[v], c.get((u, v), 0), c.get((v, u), 0)) for v in near[u])) for u in near}
                for old, near, c in zip(colours, around, counts_of)
            ]
            names = {sign: i for i, sign in enumerate(sorted({s for one in signs for s in one.values()}))}
            colours = [{u: names[s] for u, s in one.items()} for one in signs]
        require(Counter(colours[0].values()) != Counter(colours[1].values()), "the colours do not differ")
        return f"colour refinement tells the graphs apart after {witness['rounds']} rounds"
    figures: dict[str, list[Any]] = {
        "number of nodes": [g.num_nodes for g in (graph, other)],
        "number of edges": [g.num_edges for g in (graph, other)],
        "degrees": [],
    }
    for g in (graph, other):
        degree = dict.fromkeys(g, 0)
        for edge in g.edges():
            degree[edge.source] += 1
            degree[edge.target] += 1
        figures["degrees"].append(sorted(degree.values()))
    require(set(witness) == {"invariant", "values"} and witness["values"] == figures[kind], "the figures are others")
    require(figures[kind][0] != figures[kind][1], "the figures do not differ")
    return f"the graphs differ in the {kind}"


@checker("are_isomorphic")
def check_are_isomorphic(graph: Graph, answer: Truth, other: Graph, time_limit: float = 10.0) -> str | Claim:
    """every pair of nodes compared through the mapping; or an invariant, or a complete search"""
    settled(answer)
    if not answer.holds:
        return _apart(graph, other, answer.witness)
    require(set(answer.witness) == {"mapping"} and graph.num_nodes == other.num_nodes, "the graphs differ in size")
    require_kept(graph, other, answer.witness["mapping"], True)
    return "the mapping turns the one graph into the other"


@checker("find_isomorphism")
def check_find_isomorphism(graph: Graph, answer: NodeMap, other: Graph, time_limit: float = 10.0) -> str | Claim:
    """every pair of nodes compared through the mapping; or an invariant, or a complete search"""
    settled(answer)
    if answer.mapping is None:
        return _apart(graph, other, answer.witness)
    require(answer.witness is None and graph.num_nodes == other.num_nodes, "the graphs differ in size")
    require_kept(graph, other, answer.mapping, True)
    return "the mapping turns the one graph into the other"


@checker("is_self_complementary")
def check_is_self_complementary(graph: Graph, answer: Truth, time_limit: float = 10.0) -> str | Claim:
    """every pair of nodes compared through the mapping; or an invariant, or a complete search"""
    have = edge_counts(graph)
    require(all(u != v and k == 1 for (u, v), k in have.items()), "the graph is not simple")
    pairs = [(u, v) for u in graph for v in graph if u != v and (u, v) not in have]
    if not graph.directed:
        pairs = [tuple(pair) for pair in {frozenset(pair) for pair in pairs}]  # type: ignore[misc]
    return check_are_isomorphic(graph, answer, Graph.from_edges(pairs, graph.nodes, directed=graph.directed))


@checker("automorphism_count")
def check_automorphism_count(graph: Graph, answer: Number, time_limit: float = 10.0) -> str | Claim:
    """every orbit member confirmed and every other node refuted by a second complete search; orbit sizes multiplied"""
    settled(answer)
    base, orbits = answer.witness["base"], answer.witness["orbits"]
    require(len(set(base)) == len(base) == len(orbits) == graph.num_nodes, "the base is not all nodes")
    product, sure = 1, True
    for i, node in enumerate(base):
        product *= len(orbits[i])
        require(len(set(orbits[i])) == len(orbits[i]), "an orbit lists a node twice")
        fixed = {v: v for v in base[:i]}
        for image in graph:
            if image in fixed or not sure:
                continue
            hit = 1 if image == node else count_embeddings(graph, graph, True, 1, {**fixed, node: image})
            sure &= hit is not None
            require(hit is None or bool(hit) == (image in orbits[i]), f"{image} is wrongly in or out of an orbit")
        require(not set(orbits[i]) & set(fixed), "an orbit holds a fixed node")
    require(answer.number == product, f"the orbits multiply to {product}")
    text = f"the orbit sizes multiply to {product} automorphisms"
    return text if sure else Claim(text, "none")


@checker("graph_edit_distance")
def check_graph_edit_distance(graph: Graph, answer: Number, other: Graph, time_limit: float = 10.0) -> str | Claim:
    """the changes under the mapping counted; a size bound, or a complete search, shows that fewer do not suffice"""
    require(not answer.estimated and set(answer.witness) == {"mapping"}, "another witness is wanted")
    mapping = answer.witness["mapping"]
    here, there = edge_counts(graph), edge_counts(other)
    require(len(set(mapping.values())) == len(mapping), "the map is not one-to-one")
    require(all(u in graph and v in other for u, v in mapping.items()), "a node is not there")

    def edits(counts: Mapping[tuple[Any, Any], int]) -> int:
        rest = sum(k for (u, v), k in counts.items() if u != v)
        return sum(k for (u, v), k in counts.items() if u == v) + (rest if graph.directed else rest // 2)

    back = {v: u for u, v in mapping.items()}
    changes = {
        (u, v): abs(k - there.get((mapping.get(u), mapping.get(v)), 0)) if u in mapping and v in mapping else k
        for (u, v), k in here.items()
    }
    fresh = {
        (x, y): k
        for (x, y), k in there.items()
        if (back.get(x), back.get(y)) not in here or x not in back or y not in back
    }
    cost = edits(changes) + edits(fresh) + graph.num_nodes + other.num_nodes - 2 * len(mapping)
    require(answer.number == cost, f"the mapping costs {cost}")
    low = abs(graph.num_nodes - other.num_nodes) + abs(graph.num_edges - other.num_edges)
    if not answer.exact:
        require(close(answer.bounds[0], low) and close(answer.bounds[1], cost), "the bounds are others")  # type: ignore[index]
        return f"{cost} changes suffice, and at least {low} are needed"
    require(answer.bounds is None, "an exact answer carries bounds")
    if cost == low:
        return f"{cost} changes suffice, and the sizes alone need as many"
    proven = _no_closer(graph, other, cost)
    require(proven is not False, "fewer changes suffice")
    if proven is None:
        return Claim(f"{cost} changes suffice; that fewer do not was not checked", "none")
    return f"{cost} changes suffice, and a complete search found no better map"


def _no_closer(graph: Graph, other: Graph, cost: int) -> bool | None:
    """Whether no map of the smaller graph's nodes costs less: maps tried in node order, cut off at the cost."""
    one, two = (graph, other) if graph.num_nodes <= other.num_nodes else (other, graph)
    here, there = edge_counts(one), edge_counts(two)
    nodes, targets = list(one), list(two)
    half = 1 if graph.directed else 2
    steps = STEPS

    def better(i: int, images: list[Any], spent: int) -> bool | None:
        nonlocal steps
        steps -= 1
        if steps < 0:
            return None
        if spent >= cost:
            return False
        if i == len(nodes):
            kept = set(images)
            return spent + sum(e.source not in kept or e.target not in kept for e in two.edges()) < cost
        for v in targets:
            if v in images:
                continue
            more = abs(here.get((nodes[i], nodes[i]), 0) - there.get((v, v), 0))
            between = 0
            for u, x in zip(nodes, images):
                between += abs(here.get((nodes[i], u), 0) - there.get((v, x), 0))
                between += abs(here.get((u, nodes[i]), 0) - there.get((x, v), 0))
            found = better(i + 1, [*images, v], spent + more + between // half)
            if found is not False:
                return found
        return False

    found = better(0, [], two.num_nodes - one.num_nodes)
    return None if found is None else not found


@checker("weisfeiler_lehman_hash")
def check_weisfeiler_lehman_hash(graph: Graph, answer: Record, rounds: int = 3) -> str:
    """the definition followed a second time, by the numbers of edges between nodes"""
    arcs = edge_counts(graph)
    after: dict[Any, list[Any]] = {node: [] for node in graph}
    before: dict[Any, list[Any]] = {node: [] for node in graph}
    for (u, v), k in arcs.items():
        twice = 1 if graph.directed or u != v else 2
        after[u] += [v] * (k * twice)
        before[v] += [u] * (k if graph.directed else 0)
    labels = dict.fromkeys(graph, "")
    for _ in range(rounds):
        fresh = {}
        for node in graph:
            out, into = [labels[v] for v in after[node]], [labels[u] for u in before[node]]
            words = [labels[node], "out", *sorted(out), "in", *sorted(into)]
            fresh[node] = hashlib.sha256("|".join(words).encode()).hexdigest()
        labels = fresh
    whole = hashlib.sha256("|".join(sorted(labels.values())).encode()).hexdigest()[:16]
    settled(answer)
    require(answer.witness is None and dict(answer.figures) == {"hash": whole}, f"the hash is {whole}")
    return f"the hash after {rounds} rounds is {whole}"
