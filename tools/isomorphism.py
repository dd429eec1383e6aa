"""Isomorphism, subgraph matching, motifs and edit distance."""

from __future__ import annotations

import hashlib
from collections import Counter
from itertools import combinations, islice
from math import comb
from typing import Any

import networkx as nx

from graphs.errors import BadArgument, WrongKind
from graphs.graph import Graph, Node
from tools.adjacency import neighbour_lists
from tools.answers import NodeMap, Number, Record, Truth
from tools.embeddings import edge_counts, embeddings, refined, same_kind
from tools.exact_search import Deadline, heaviest_clique, independent_classes
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
    phrases=("contains the pattern", "has a subgraph isomorphic", "subgraph isomorphism exists", "contains a copy of"),
    asks=(
        "Does the graph contain {pattern} as a subgraph?",
        "Is there a subgraph isomorphic to {pattern}?",
        "Is the graph {pattern} a subgraph pattern of this graph?",
        "Check whether a copy of {pattern} occurs.",
    ),
)
def has_subgraph(graph: Graph, pattern: Graph, induced: bool = False, time_limit: float = 10.0) -> Truth:
    """Decide whether some nodes, with some (`induced`: all) of the edges between them, form the pattern.

    witness: the `mapping` from pattern nodes; a no rests on a complete search. NP-complete (Cook 1971).

    Raises:
        WrongKind: one graph is directed and the other is not.
        BudgetExceeded: `time_limit` seconds did not suffice.
    """
    same_kind(graph, pattern)
    found = next(embeddings(pattern, graph, induced=induced, seconds=time_limit), None)
    return Truth(found is not None, witness=None if found is None else {"mapping": _ordered(pattern, found)})


@tool(
    phrases=("subgraph matching", "find the pattern", "where does the pattern occur", "match the pattern"),
    asks=(
        "Find a match of {pattern} in the graph.",
        "Where does {pattern} occur in the graph?",
        "Map the nodes of {pattern} to nodes of the graph (subgraph matching).",
        "Give a subgraph matching of {pattern}.",
    ),
)
def subgraph_matching(graph: Graph, pattern: Graph, induced: bool = False, time_limit: float = 10.0) -> NodeMap:
    """Map the pattern's nodes to nodes so that its edges go to edges (`induced`: and non-edges to non-edges).

    None when there is no such map. NP-hard; backtracking along the pattern's edges.

    Raises:
        WrongKind, BudgetExceeded: as for `has_subgraph`.
    """
    same_kind(graph, pattern)
    found = next(embeddings(pattern, graph, induced=induced, seconds=time_limit), None)
    return NodeMap(None if found is None else _ordered(pattern, found))


@tool(
    phrases=("count subgraphs", "how many copies of the pattern", "number of occurrences of the pattern"),
    asks=(
        "How many copies of {pattern} does the graph contain?",
        "Count the subgraphs isomorphic to {pattern}.",
        "How often does the pattern {pattern} occur?",
        "number of occurrences of {pattern}",
    ),
)
def count_subgraphs(graph: Graph, pattern: Graph, induced: bool = False, time_limit: float = 10.0) -> Number:
    """Count the copies of the pattern: embeddings divided by the pattern's automorphisms.

    In multigraphs one copy may be counted for several parallel edges only once. witness: `embeddings` and
    `automorphisms`.

    Raises:
        WrongKind, BudgetExceeded: as for `has_subgraph`.
    """
    same_kind(graph, pattern)
    symmetries = sum(1 for _ in embeddings(pattern, pattern, induced=True, seconds=time_limit))
    total = sum(1 for _ in embeddings(pattern, graph, induced=induced, seconds=time_limit))
    return Number(total // symmetries, witness={"embeddings": total, "automorphisms": symmetries})


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
    deadline = Deadline(time_limit)
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
    phrases=("is a subgraph of", "every edge also in the other graph", "contained in the other graph"),
    asks=(
        "Is {other} a subgraph of the graph, label by label?",
        "Are all nodes and edges of {other} also in the graph?",
        "Is {other} contained in this graph with the same labels?",
        "Check that every edge of {other} is in the graph.",
    ),
)
def is_subgraph(graph: Graph, other: Graph) -> Truth:
    """Decide whether every node and edge of `other` is in the graph under the same label.

    Parallel edges of `other` need as many here. witness when not: the missing `node` or `edge`. O(n + m).

    Raises:
        WrongKind: one graph is directed and the other is not.
    """
    same_kind(graph, other)
    for node in other:
        if node not in graph:
            return Truth(False, witness={"node": node})
    here = edge_counts(graph)
    for (u, v), k in edge_counts(other).items():
        if here.get((u, v), 0) < k:
            return Truth(False, witness={"edge": [u, v]})
    return Truth(True)


@tool(
    phrases=("maximum common subgraph", "largest common subgraph", "largest common structure"),
    asks=(
        "Find the maximum common subgraph of the graph and {other}.",
        "What is the largest common structure with {other}?",
        "Which largest induced subgraph do the graph and {other} share?",
        "maximum common induced subgraph with {other}",
    ),
)
def maximum_common_subgraph(graph: Graph, other: Graph, time_limit: float = 10.0) -> NodeMap:
    """Map as many nodes as possible to nodes of `other` such that edges and non-edges agree. NP-hard.

    A largest clique of the modular product (Levi 1973). witness: `classes` of node pairs, of each of which a map can
    use one: as many bound the size from above. `bounds` where the search was cut short.

    Raises:
        WrongKind: one graph is directed and the other is not.
    """
    same_kind(graph, other)
    product = _product(graph, other)
    pairs, sure = heaviest_clique(product, dict.fromkeys(product, 1), time_limit)
    classes = [[list(pair) for pair in row] for row, _ in independent_classes(product, dict.fromkeys(product, 1))]
    mapping = _ordered(graph, dict(pairs))
    bounds = None if sure else (len(mapping), max(len(mapping), len(classes)))
    return NodeMap(mapping, witness={"classes": classes}, exact=sure, bounds=bounds)


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
    phrases=("motif counts", "three-node motifs", "3-node subgraphs", "count open and closed triads"),
    asks=(
        "Count the three-node motifs of the graph.",
        "How many triples of nodes form a path, a triangle, one edge, or nothing?",
        "Give the 3-node motif counts.",
        "motif census of size three",
    ),
)
def motif_counts(graph: Graph) -> Record:
    """Count the node triples that induce no edge, one edge, a path and a triangle; directions are ignored. O(m Δ)."""
    around = {node: set(near) for node, near in neighbour_lists(graph).items()}
    n, m = len(around), sum(map(len, around.values())) // 2
    triangles = sum(len(near & around[v]) for u, near in around.items() for v in near) // 6
    paths = sum(comb(len(near), 2) for near in around.values()) - 3 * triangles
    single = m * (n - 2) - 2 * paths - 3 * triangles if n > 1 else 0
    empty = comb(n, 3) - single - paths - triangles
    return Record({"empty": empty, "one edge": single, "path": paths, "triangle": triangles})


@tool(
    phrases=("triadic census", "triad census", "16 triads", "directed three-node motifs"),
    asks=(
        "Give the triadic census of the directed graph.",
        "How many triads of each of the 16 types are there?",
        "Count the directed three-node motifs.",
        "triad census",
    ),
)
def triadic_census(graph: Graph) -> Record:
    """Count the node triples of each of the 16 directed types, named 003, 012, … 300 (Holland and Leinhardt 1970).

    Loops and parallel arcs are ignored. Batagelj and Mrvar (2001), O(m Δ).

    Raises:
        WrongKind: the graph is undirected.
    """
    if not graph.directed:
        raise WrongKind("the triadic census is for directed graphs; use motif_counts for undirected ones")
    body = nx.DiGraph()
    body.add_nodes_from(range(graph.num_nodes))
    at = {node: i for i, node in enumerate(graph)}
    body.add_edges_from((at[e.source], at[e.target]) for e in graph.edges() if e.source != e.target)
    return Record(dict(nx.triadic_census(body)))


@tool(
    phrases=("graphlet counts", "four-node graphlets", "4-node motifs", "four-node subgraphs"),
    asks=(
        "Count the four-node graphlets of the graph.",
        "How many induced connected subgraphs on four nodes of each shape are there?",
        "Give the 4-node motif counts.",
        "graphlet census of size four",
    ),
)
def graphlet_counts(graph: Graph) -> Record:
    """Count the induced connected subgraphs on four nodes: path, claw, cycle, paw, diamond, clique.

    Directions are ignored. Non-induced counts from degrees, triangles and common neighbours, then corrected (Pržulj
    2004; Marcus and Shavitt 2012), O(m Δ + the cliques).
    """
    around = {node: set(near) for node, near in neighbour_lists(graph).items()}
    at = {node: i for i, node in enumerate(around)}
    degree = {node: len(near) for node, near in around.items()}
    edges = [(u, v) for u in around for v in around[u] if at[u] < at[v]]
    shared = {(u, v): around[u] & around[v] for u, v in edges}
    at_node = {u: sum(len(around[v] & near) for v in near) // 2 for u, near in around.items()}
    triangles = sum(at_node.values()) // 3
    cliques = sum(b in around[a] for near in shared.values() for a, b in combinations(near, 2)) // 6
    squares = 0
    for u in around:
        two_steps = Counter(w for v in around[u] for w in around[v] if at[w] > at[u])
        squares += sum(comb(k, 2) for k in two_steps.values())
    diamond = sum(comb(len(near), 2) for near in shared.values()) - 6 * cliques
    cycle = squares // 2 - diamond - 3 * cliques
    paw = sum(at_node[v] * (degree[v] - 2) for v in around) - 4 * diamond - 12 * cliques
    claw = sum(comb(d, 3) for d in degree.values()) - paw - 2 * diamond - 4 * cliques
    path = sum((degree[u] - 1) * (degree[v] - 1) for u, v in edges) - 3 * triangles
    path -= 2 * paw + 4 * cycle + 6 * diamond + 12 * cliques
    return Record({"path": path, "claw": claw, "cycle": cycle, "paw": paw, "diamond": diamond, "clique": cliques})


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


def _ordered(pattern: Graph, mapping: dict[Node, Node]) -> dict[Node, Node]:
    return {node: mapping[node] for node in pattern if node in mapping}


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
    return (None, {"invariant": "complete search"}) if found is None else (_ordered(graph, found), {})


def _product(graph: Graph, other: Graph) -> dict[Any, set[Any]]:
    """Pairs of nodes with equal loops, joined when both graphs agree on the edges between their nodes."""
    here, there = edge_counts(graph), edge_counts(other)
    pairs = [(u, v) for u in graph for v in other if here.get((u, u), 0) == there.get((v, v), 0)]
    found: dict[Any, set[Any]] = {pair: set() for pair in pairs}
    for (a, x), (b, y) in combinations(pairs, 2):
        if a != b and x != y:
            both = here.get((a, b), 0) == there.get((x, y), 0), here.get((b, a), 0) == there.get((y, x), 0)
            if all(both):
                found[a, x].add((b, y))
                found[b, y].add((a, x))
    return found


def _closest(small: Graph, large: Graph, seconds: float) -> tuple[dict[Node, Node], int, bool]:
    """A map of all nodes of `small` that leaves the fewest edits, their number, and whether it is sure."""
    here, there = edge_counts(small), edge_counts(large)
    order = sorted(small, key=lambda v: -small.nx.degree(v))
    deadline = Deadline(seconds)
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
