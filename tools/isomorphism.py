"""Isomorphism: maps that keep all edges, symmetries, a hash that isomorphic graphs share, and edit distance."""

from __future__ import annotations

import hashlib
from collections import Counter
from itertools import islice
from typing import Any

import networkx as nx

from graphs.errors import BadArgument, WrongKind
from graphs.graph import Graph, Node
from tools.answers import NodeMap, Number, Record, Truth
from tools.clock import Clock
from tools.embeddings import edge_counts, embeddings, in_order, refined, same_kind
from tools.registry import tool


@tool(
    phrases=("isomorphic", "same structure", "same graph up to renaming", "structurally identical"),
    asks=(
        "Is the graph isomorphic to {other}?",
        "Do the graph and {other} have the same structure up to renaming of nodes?",
        "Are this graph and {other} isomorphic?",
        "Check whether {other} is the same graph with other labels.",
    ),
)
def are_isomorphic(graph: Graph, other: Graph, time_limit: float = 10.0) -> Truth:
    """Decide whether a renaming of nodes turns the graph into `other`; attributes are not compared.

    witness: the `mapping`, or the `invariant` that differs (number of nodes or edges, degrees, colour refinement after
    some `rounds`, Weisfeiler and Leman 1968), or "complete search". Backtracking within the refined classes.

    Raises:
        WrongKind: one graph is directed and the other is not.
        BudgetExceeded: `time_limit` seconds did not suffice.
    """
    mapping, reason = _isomorphism(graph, other, time_limit)
    return Truth(mapping is not None, witness=reason if mapping is None else {"mapping": mapping})


@tool(
    phrases=("find an isomorphism", "mapping between isomorphic graphs", "which node corresponds to which"),
    asks=(
        "Find an isomorphism from the graph to {other}.",
        "Which node of {other} corresponds to which node here?",
        "Give a mapping of nodes that turns the graph into {other}.",
        "Map this graph onto {other}.",
    ),
)
def find_isomorphism(graph: Graph, other: Graph, time_limit: float = 10.0) -> NodeMap:
    """Map the nodes one-to-one onto those of `other` so that edges go to edges; None with the reason as witness.

    Raises:
        WrongKind, BudgetExceeded: as for `are_isomorphic`.
    """
    mapping, reason = _isomorphism(graph, other, time_limit)
    return NodeMap(mapping, witness=None if mapping is not None else reason)


@tool(
    phrases=("automorphism", "number of automorphisms", "symmetries of the graph", "automorphism group order"),
    asks=(
        "How many automorphisms does the graph have?",
        "Count the symmetries of the graph.",
        "What is the order of the automorphism group?",
        "number of automorphisms",
    ),
)
def automorphism_count(graph: Graph, time_limit: float = 10.0) -> Number:
    """Count the renamings of nodes that leave the graph as it is, the identity included.

    Orbit-stabiliser theorem: the product of orbit sizes while nodes are fixed one after the other, each orbit member
    found by one search within refined colour classes. witness: `base`, the fixed nodes, and their `orbits`.

    Raises:
        BudgetExceeded: `time_limit` seconds did not suffice.
    """
    deadline = Clock(time_limit)
    base: list[Node] = []
    orbits: list[list[Node]] = []
    colours = refined([graph])[-1][0]
    total = 1
    for node in graph:
        left, right = dict(colours), dict(colours)
        for i, fixed in enumerate(base):
            left[fixed] = right[fixed] = -1 - i
        orbit = []
        for image in graph:
            if image in base or colours[image] != colours[node]:
                continue
            one, two = {**left, node: -1 - len(base)}, {**right, image: -1 - len(base)}
            search = embeddings(graph, graph, induced=True, seconds=deadline.left, classes=(one, two))
            if image == node or next(search, None) is not None:
                orbit.append(image)
        base.append(node)
        orbits.append(orbit)
        total *= len(orbit)
    return Number(total, witness={"base": base, "orbits": orbits})


@tool(
    phrases=("self-complementary", "isomorphic to its complement"),
    asks=(
        "Is the graph self-complementary?",
        "Is the graph isomorphic to its complement?",
        "Check whether this graph equals its complement up to renaming.",
        "self complementary?",
    ),
)
def is_self_complementary(graph: Graph, time_limit: float = 10.0) -> Truth:
    """Decide whether the graph is isomorphic to its complement.

    witness: the `mapping`, or the `invariant` that differs, as for `are_isomorphic`.

    Raises:
        WrongKind: the graph has loops or parallel edges.
        BudgetExceeded: `time_limit` seconds did not suffice.
    """
    if any(u == v or k > 1 for (u, v), k in edge_counts(graph).items()):
        raise WrongKind("the complement is defined for graphs without loops and parallel edges")
    other = graph.derive(nx.complement(nx.DiGraph(graph.nx) if graph.directed else nx.Graph(graph.nx)))
    mapping, reason = _isomorphism(graph, other, time_limit)
    return Truth(mapping is not None, witness=reason if mapping is None else {"mapping": mapping})


@tool(
    phrases=("graph edit distance", "fewest changes to turn one graph into another", "edit distance of graphs"),
    asks=(
        "What is the graph edit distance to {other}?",
        "How many node and edge changes turn the graph into {other}?",
        "Compute the edit distance between the graph and {other}.",
        "graph edit distance with {other}",
    ),
)
def graph_edit_distance(graph: Graph, other: Graph, time_limit: float = 10.0) -> Number:
    """Count the fewest insertions and deletions of nodes and edges that turn the graph into `other` up to renaming.

    witness: the `mapping` of the nodes that stay. NP-hard; branch and bound over maps of the smaller graph's nodes
    (mapping a node never costs more than deleting and inserting it), with `bounds` where the time did not suffice.

    Raises:
        WrongKind: one graph is directed and the other is not.
    """
    same_kind(graph, other)
    swapped = graph.num_nodes > other.num_nodes
    small, large = (other, graph) if swapped else (graph, other)
    mapping, cost, sure = _closest(small, large, time_limit)
    shown = {v: u for u, v in mapping.items()} if swapped else mapping
    low = abs(graph.num_nodes - other.num_nodes) + abs(graph.num_edges - other.num_edges)
    sure = sure or cost == low
    return Number(cost, witness={"mapping": shown}, exact=sure, bounds=None if sure else (low, cost))


@tool(
    phrases=("weisfeiler lehman hash", "wl hash", "structural fingerprint", "graph hash"),
    asks=(
        "What is the Weisfeiler-Lehman hash of the graph?",
        "Compute the WL hash with {rounds} rounds.",
        "Give a structural fingerprint of the graph.",
        "wl hash",
    ),
)
def weisfeiler_lehman_hash(graph: Graph, rounds: int = 3) -> Record:
    """Hash the graph so that isomorphic graphs get the same `hash`, and most others a different one.

    Each round hashes a node's label with the sorted labels of its out- and in-neighbours (parallel edges count), from
    equal labels; the result hashes the sorted labels. SHA-256, 16 hex digits. Shervashidze et al. (2011), O(rounds m).

    Raises:
        BadArgument: `rounds` is negative or over 100.
    """
    if not 0 <= rounds <= 100:
        raise BadArgument(f"rounds is {rounds}; it must lie between 0 and 100")
    labels = dict.fromkeys(graph, "")
    for _ in range(rounds):
        out: dict[Node, list[str]] = {node: [] for node in graph}
        into: dict[Node, list[str]] = {node: [] for node in graph}
        for edge in graph.edges():
            out[edge.source].append(labels[edge.target])
            into[edge.target].append(labels[edge.source])
        if not graph.directed:
            out = {node: out[node] + into[node] for node in graph}
            into = {node: [] for node in graph}
        labels = {u: _digest([labels[u], "out", *sorted(out[u]), "in", *sorted(into[u])]) for u in graph}
    return Record({"hash": _digest(sorted(labels.values()))[:16]})


def _digest(words: list[str]) -> str:
    return hashlib.sha256("|".join(words).encode()).hexdigest()


def _isomorphism(graph: Graph, other: Graph, seconds: float) -> tuple[dict[Node, Node] | None, dict[str, Any]]:
    """A mapping, or None and what tells the graphs apart."""
    same_kind(graph, other)
    if graph.num_nodes != other.num_nodes:
        return None, {"invariant": "number of nodes", "values": [graph.num_nodes, other.num_nodes]}
    if graph.num_edges != other.num_edges:
        return None, {"invariant": "number of edges", "values": [graph.num_edges, other.num_edges]}
    degrees = [sorted(d for _, d in g.nx.degree()) for g in (graph, other)]
    if degrees[0] != degrees[1]:
        return None, {"invariant": "degrees", "values": degrees}
    rounds = refined([graph, other])
    for i, (one, two) in enumerate(rounds):
        if Counter(one.values()) != Counter(two.values()):
            return None, {"invariant": "colour refinement", "rounds": i}
    one, two = rounds[-1]
    search = embeddings(graph, other, induced=True, seconds=seconds, classes=(one, two))
    found = next(islice(search, 1), None)
    return (None, {"invariant": "complete search"}) if found is None else (in_order(graph, found), {})


def _closest(small: Graph, large: Graph, seconds: float) -> tuple[dict[Node, Node], int, bool]:
    """A map of all nodes of `small` that leaves the fewest edits, their number, and whether it is sure."""
    here, there = edge_counts(small), edge_counts(large)
    order = sorted(small, key=lambda v: -small.nx.degree(v))
    deadline = Clock(seconds)
    best: dict[Node, Node] = {}
    least = small.num_edges + large.num_edges + small.num_nodes + large.num_nodes + 1
    finished = True
    both = small.directed

    def extra(u: Node, v: Node, chosen: dict[Node, Node]) -> int:
        total = abs(here.get((u, u), 0) - there.get((v, v), 0))
        for a, x in chosen.items():
            total += abs(here.get((u, a), 0) - there.get((v, x), 0))
            total += abs(here.get((a, u), 0) - there.get((x, v), 0)) if both else 0
        return total

    def grow(i: int, chosen: dict[Node, Node], cost: int) -> None:
        nonlocal best, least, finished
        if i == len(order):
            kept = set(chosen.values())
            cost += sum(edge.source not in kept or edge.target not in kept for edge in large.edges())
            if cost < least:
                best, least = dict(chosen), cost
            return
        if deadline.over and best:
            finished = False
            return
        used = set(chosen.values())
        steps = sorted(
            ((extra(order[i], v, chosen), j, v) for j, v in enumerate(large) if v not in used), key=lambda s: s[:2]
        )
        for more, _, v in steps:
            if cost + more >= least:
                return
            grow(i + 1, {**chosen, order[i]: v}, cost + more)

    if len(order) > 300:
        finished = False
        chosen = dict(zip(order, sorted(large, key=lambda v: -large.nx.degree(v))))
        return chosen, large.num_nodes - small.num_nodes + _edge_edits(here, there, chosen, both), False
    grow(0, {}, large.num_nodes - small.num_nodes)
    return best, least, finished


def _edge_edits(
    here: dict[tuple[Node, Node], int], there: dict[tuple[Node, Node], int], mapping: dict[Node, Node], both: bool
) -> int:
    moved = {(mapping[u], mapping[v]): k for (u, v), k in here.items()}
    changes = {pair: abs(moved.get(pair, 0) - there.get(pair, 0)) for pair in {*moved, *there}}
    loops = sum(k for (u, v), k in changes.items() if u == v)
    rest = sum(k for (u, v), k in changes.items() if u != v)
    return loops + (rest if both else rest // 2)
