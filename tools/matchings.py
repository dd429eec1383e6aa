"""Matchings and edge covers."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import networkx as nx

from graphs.errors import BadArgument, MissingAttribute, WrongKind
from graphs.graph import Graph, Node
from tools.adjacency import neighbour_lists, two_colouring
from tools.answers import Edges, Matching, Truth
from tools.matching_search import Blossoms, dual_weights, hopcroft_karp, hungarian
from tools.network_flow import Amount, exact, plain
from tools.registry import Attribute, NodesArg, PairsArg, tool


@tool(
    phrases=("maximum bipartite matching", "bipartite matching", "applicants and jobs", "how many can be assigned"),
    asks=(
        "What is the maximum bipartite matching?",
        "How many applicants can find the job they are interested in?",
        "Find an assignment of jobs to applicants such that the maximum number of applicants find the job they want.",
        "Match as many left nodes {left} as possible with right nodes.",
        "Give a maximum matching of this bipartite graph.",
    ),
)
def maximum_bipartite_matching(graph: Graph, left: NodesArg | None = None) -> Matching:
    """Pair as many nodes of one side with adjacent nodes of the other side as possible.

    The sides are `left` and the rest, the declared ones (node attribute `side`), or found by colouring. Pairs are
    (left, right); directions are ignored. `cover` is a vertex cover of equal size: no matching can be larger
    (Kőnig 1931). Hopcroft and Karp (1973), O(m √n).

    Raises:
        NodeNotFound: `left` names a node that is not in the graph.
        WrongKind: the graph is not bipartite between these sides; `maximum_matching` needs no sides.
    """
    sides = two_sides(graph, left)
    mate, from_left, from_right = _bipartite(graph, sides)
    pairs = [(u, mate[u]) for u in sides[0] if u in mate]
    cover = [u for u in sides[0] if u not in from_left] + [v for v in sides[1] if v in from_right]
    return Matching(pairs, cover)


@tool(
    phrases=("can everyone be matched", "hall condition", "saturating matching", "every applicant gets a job"),
    asks=(
        "Can every one of {left} be matched with a different partner?",
        "Does Hall's condition hold for {left}?",
        "Is there a matching that saturates {left}?",
        "Can every applicant get a job?",
    ),
)
def can_match_all(graph: Graph, left: NodesArg | None = None) -> Truth:
    """Decide whether a matching covers every node of the left side.

    witness: the `pairs`, or `nodes` of the left side with fewer `neighbours` than they are (Hall 1935). O(m √n).

    Raises:
        NodeNotFound, WrongKind: as for `maximum_bipartite_matching`.
    """
    sides = two_sides(graph, left)
    mate, from_left, from_right = _bipartite(graph, sides)
    if len(mate) == len(sides[0]):
        return Truth(True, witness={"pairs": [(u, mate[u]) for u in sides[0]]})
    nodes = [u for u in sides[0] if u in from_left]
    return Truth(False, witness={"nodes": nodes, "neighbours": [v for v in sides[1] if v in from_right]})


@tool(
    phrases=("maximum matching", "largest matching", "matching number", "pair up as many nodes", "maximum pairing"),
    asks=(
        "Find a maximum matching of the graph.",
        "What is the matching number of this graph?",
        "How many disjoint pairs of adjacent nodes can be formed at most?",
        "Pair up as many nodes as possible along edges.",
        "Give a largest set of edges without common nodes.",
    ),
)
def maximum_matching(graph: Graph) -> Matching:
    """Find the largest set of edges of which no two share a node, in any graph.

    witness: `barrier`, a set of nodes whose removal leaves so many odd components that no larger matching can exist
    (Berge 1958; taken from the Gallai-Edmonds decomposition). Edmonds (1965), O(n³). Directions are ignored.

    >>> maximum_matching(Graph.from_edges([(1, 2), (2, 3), (3, 1)])).count
    1
    """
    pairs, barrier = _blossom(graph)
    return Matching(pairs, witness={"barrier": barrier})


@tool(
    phrases=("perfect matching", "pair everyone up", "complete matching", "1-factor"),
    asks=(
        "Does the graph have a perfect matching?",
        "Can all nodes be paired up along edges?",
        "Is there a perfect matching?",
        "Does a 1-factor exist?",
    ),
)
def has_perfect_matching(graph: Graph) -> Truth:
    """Decide whether a matching covers every node.

    witness: the `pairs`, or a `barrier` of nodes whose removal leaves more odd components than it has nodes
    (Tutte 1947). O(n³).
    """
    pairs, barrier = _blossom(graph)
    if 2 * len(pairs) == graph.num_nodes:
        return Truth(True, witness={"pairs": pairs})
    return Truth(False, witness={"barrier": barrier})


@tool(
    phrases=("maximum weight matching", "heaviest matching", "best weighted pairing", "max weight matching"),
    asks=(
        "Find a maximum weight matching of the graph.",
        "What is the heaviest matching?",
        "Which disjoint edges have the greatest total weight?",
        "Compute the max weight matching.",
    ),
)
def maximum_weight_matching(graph: Graph, weight: Attribute = "weight") -> Matching:
    """Find a matching of greatest total weight, not necessarily one with the most edges.

    witness: `labels` of the nodes and `odd_sets` (nodes, value) that prove it by linear programming duality
    (Edmonds 1965); exact numbers when the graph is bipartite. Edmonds' blossoms (Galil 1986), O(n³).

    Raises:
        MissingAttribute: an edge has no `weight`.
        BadArgument: a weight is not a finite number.
    """
    worth = _weights(graph, weight, max)
    colouring = _two_colouring(graph)
    if colouring is not None:
        mate, labels = _heaviest_bipartite(colouring, worth)
        return _weighted(graph, mate.items(), worth, {"labels": labels, "odd_sets": []})
    body = nx.Graph()
    body.add_nodes_from(graph)
    body.add_weighted_edges_from((u, v, plain(w)) for (u, v), w in worth.items())
    return _weighted(graph, nx.max_weight_matching(body), worth, _duals(graph, worth, perfect=False))


@tool(
    phrases=("minimum weight perfect matching", "cheapest perfect matching", "least cost pairing of all nodes"),
    asks=(
        "Find a minimum weight perfect matching.",
        "What is the cheapest way to pair up all nodes?",
        "Compute the perfect matching of least total weight.",
        "min weight perfect matching",
    ),
)
def minimum_weight_perfect_matching(graph: Graph, weight: Attribute = "weight") -> Matching:
    """Find a perfect matching of least total weight; none is `total` None with the `barrier` that forbids it.

    witness: `labels` and `odd_sets` that prove it by linear programming duality (Edmonds 1965). O(n³).

    Raises:
        MissingAttribute: an edge has no `weight`.
        BadArgument: a weight is not a finite number.
    """
    worth = _weights(graph, weight, min)
    pairs, barrier = _blossom(graph)
    if 2 * len(pairs) < graph.num_nodes:
        return Matching([], witness={"barrier": barrier})
    colouring = _two_colouring(graph)
    if colouring is not None and len(colouring[0]) == len(colouring[1]):
        chosen, potentials = _assign(colouring, worth)
        return _weighted(graph, chosen, worth, {"labels": potentials, "odd_sets": []})
    body = nx.Graph()
    body.add_nodes_from(graph)
    top = max(worth.values(), default=0) + 1
    body.add_weighted_edges_from((u, v, plain(top - w)) for (u, v), w in worth.items())
    best = nx.max_weight_matching(body, maxcardinality=True)
    return _weighted(graph, best, worth, _duals(graph, worth, perfect=True))


@tool(
    phrases=("assignment problem", "cheapest assignment", "optimal assignment", "hungarian method", "assign workers"),
    asks=(
        "Solve the assignment problem on this bipartite graph.",
        "What is the cheapest assignment of workers to tasks?",
        "Run the Hungarian method.",
        "Assign each of {left} to a different partner at least total cost.",
        "Find the optimal assignment.",
    ),
)
def optimal_assignment(
    graph: Graph, weight: Attribute = "weight", left: NodesArg | None = None, maximize: bool = False
) -> Matching:
    """Match every node of the smaller side at the least (or greatest) total weight.

    witness: `potentials` p with p(u) + p(v) <= weight on every edge (>= when maximizing) that add up to the total.
    Kuhn (1955), O(n³).

    Raises:
        MissingAttribute: an edge has no `weight`.
        WrongKind: the graph is not bipartite between these sides.
        BadArgument: the smaller side cannot be matched completely (see `can_match_all`).
    """
    sides = two_sides(graph, left)
    small, large = sorted(sides, key=len)
    sign = -1 if maximize else 1
    worth = {pair: sign * w for pair, w in _weights(graph, weight, max if maximize else min).items()}
    chosen, potentials = _assign((small, large), worth)
    first = set(sides[0])
    turned = [(u, v) if u in first else (v, u) for u, v in chosen]
    shown = {node: plain(sign * exact(p, weight)) for node, p in potentials.items()}
    answer = _weighted(graph, turned, {pair: sign * w for pair, w in worth.items()}, {"potentials": shown})
    return replace(answer, pairs=sorted(turned, key=lambda pair: sides[0].index(pair[0])))


@tool(
    phrases=("is a matching", "valid matching", "edges share no node", "independent edge set"),
    asks=(
        "Do the edges {edges} form a matching?",
        "Is {edges} a valid matching?",
        "Check that no two of the edges {edges} share a node.",
        "Are the edges {edges} an independent edge set?",
    ),
)
def is_matching(graph: Graph, edges: PairsArg) -> Truth:
    """Decide whether `edges` are edges of the graph of which no two share a node.

    witness when not: the `edge` that is missing or a self-loop, or the shared `node`. O(k).

    Raises:
        NodeNotFound: an end is not in the graph.
    """
    fault = _fault(graph, _resolve(graph, edges))
    return Truth(fault is None, witness=fault)


@tool(
    phrases=("is a maximal matching", "matching cannot be extended", "no edge can be added to the matching"),
    asks=(
        "Is {edges} a maximal matching?",
        "Can no edge be added to the matching {edges}?",
        "Check whether the matching {edges} is maximal.",
        "Is the matching {edges} inclusion-maximal?",
    ),
)
def is_maximal_matching(graph: Graph, edges: PairsArg) -> Truth:
    """Decide whether `edges` are a matching to which no edge of the graph can be added.

    witness when not: what `is_matching` says, or the `addable` edge. O(n + m).

    Raises:
        NodeNotFound: an end is not in the graph.
    """
    pairs = _resolve(graph, edges)
    fault = _fault(graph, pairs)
    if fault is not None:
        return Truth(False, witness=fault)
    covered = {node for pair in pairs for node in pair}
    for edge in graph.edges():
        if edge.source != edge.target and edge.source not in covered and edge.target not in covered:
            return Truth(False, witness={"addable": [edge.source, edge.target]})
    return Truth(True)


@tool(
    phrases=("is a perfect matching", "matching covers every node", "valid perfect matching"),
    asks=(
        "Is {edges} a perfect matching?",
        "Do the edges {edges} match every node exactly once?",
        "Check that {edges} is a perfect matching of the graph.",
        "Does the matching {edges} cover every node?",
    ),
)
def is_perfect_matching(graph: Graph, edges: PairsArg) -> Truth:
    """Decide whether `edges` are a matching that covers every node.

    witness when not: what `is_matching` says, or an `uncovered` node. O(n + k).

    Raises:
        NodeNotFound: an end is not in the graph.
    """
    pairs = _resolve(graph, edges)
    fault = _fault(graph, pairs)
    if fault is not None:
        return Truth(False, witness=fault)
    covered = {node for pair in pairs for node in pair}
    free = next((node for node in graph if node not in covered), None)
    return Truth(True) if len(covered) == graph.num_nodes else Truth(False, witness={"uncovered": free})


@tool(
    phrases=("is a maximum matching", "matching is largest", "no larger matching exists"),
    asks=(
        "Is {edges} a maximum matching?",
        "Is there no larger matching than {edges}?",
        "Check whether the matching {edges} is largest possible.",
        "Is the matching {edges} of maximum size?",
    ),
)
def is_maximum_matching(graph: Graph, edges: PairsArg) -> Truth:
    """Decide whether `edges` are a matching and none has more edges.

    witness: a `barrier` that proves it (Berge 1958), or what `is_matching` says, or `larger`, a larger matching. O(n³).

    Raises:
        NodeNotFound: an end is not in the graph.
    """
    pairs = _resolve(graph, edges)
    fault = _fault(graph, pairs)
    if fault is not None:
        return Truth(False, witness=fault)
    best, barrier = _blossom(graph)
    if len(best) > len(pairs):
        return Truth(False, witness={"larger": best})
    return Truth(True, witness={"barrier": barrier})


@tool(
    phrases=("maximal matching", "greedy matching", "inclusion maximal matching"),
    asks=(
        "Give a maximal matching of the graph.",
        "Find any maximal matching (greedy).",
        "Compute an inclusion-maximal matching.",
        "greedy matching please",
    ),
)
def maximal_matching(graph: Graph) -> Matching:
    """Take edges in the graph's order as long as they share no node: no edge can be added to the result.

    It has at least half as many edges as a maximum matching. O(n + m).
    """
    covered: set[Node] = set()
    pairs = []
    for edge in graph.edges():
        if edge.source != edge.target and edge.source not in covered and edge.target not in covered:
            covered |= {edge.source, edge.target}
            pairs.append((edge.source, edge.target))
    return Matching(pairs)


@tool(
    phrases=("minimum edge cover", "smallest edge cover", "fewest edges touching every node", "edge cover number"),
    asks=(
        "Find a minimum edge cover.",
        "What is the smallest set of edges that touches every node?",
        "What is the edge cover number of this graph?",
        "Cover all nodes with as few edges as possible.",
    ),
)
def minimum_edge_cover(graph: Graph) -> Edges:
    """Find the fewest edges that together touch every node: n minus the matching number (Gallai 1959).

    witness: the `barrier` that proves it as for `maximum_matching`. O(n³).

    Raises:
        WrongKind: a node has no neighbour, so no set of edges covers it.
    """
    around = neighbour_lists(graph)
    lonely = [node for node, near in around.items() if not near]
    if lonely:
        raise WrongKind(f"node {str(lonely[0])[:60]!r} has no neighbour, so no edge cover exists; remove it first")
    pairs, barrier = _blossom(graph)
    covered = {node for pair in pairs for node in pair}
    edges = pairs + [(node, around[node][0]) for node in graph if node not in covered]
    return Edges(edges, witness={"barrier": barrier})


@tool(
    phrases=("is an edge cover", "edges touch every node", "valid edge cover"),
    asks=(
        "Is {edges} an edge cover?",
        "Do the edges {edges} touch every node?",
        "Check whether {edges} is a valid edge cover.",
        "Does every node belong to one of the edges {edges}?",
    ),
)
def is_edge_cover(graph: Graph, edges: PairsArg) -> Truth:
    """Decide whether `edges` are edges of the graph that together touch every node.

    witness when not: the `edge` that is missing or the `uncovered` node. O(n + k).

    Raises:
        NodeNotFound: an end is not in the graph.
    """
    pairs = _resolve(graph, edges)
    for u, v in pairs:
        if not (graph.has_edge(u, v) or graph.has_edge(v, u)):
            return Truth(False, witness={"edge": [u, v]})
    covered = {node for pair in pairs for node in pair}
    if len(covered) == graph.num_nodes:
        return Truth(True)
    return Truth(False, witness={"uncovered": next(node for node in graph if node not in covered)})


@tool(
    phrases=("stable marriage", "stable matching", "gale shapley", "preference lists", "deferred acceptance"),
    asks=(
        "Find a stable marriage for these preferences.",
        "Run Gale-Shapley with proposers {left}.",
        "What is a stable matching of the two sides?",
        "Solve the stable matching problem from the preference lists.",
    ),
)
def stable_marriage(graph: Graph, preference: Attribute = "preference", left: NodesArg | None = None) -> Matching:
    """Pair two sides so that no two prefer each other to what they have; the left side proposes.

    Each node lists whom it accepts in `preference`, best first (a list, or text parted by commas, semicolons or >).
    Nobody is matched outside the lists. Gale and Shapley (1962), O(n²); of all stable matchings it is the best for
    every left node. The edges of the graph are not looked at.

    Raises:
        MissingAttribute: no node has a preference.
        NodeNotFound: a list names an unknown node.
        BadArgument: a list names a node of its own side, or is no list.
    """
    sides, ranks = _preferences(graph, preference, left)
    rejected = dict.fromkeys(sides[0], 0)
    lists = {u: sorted(ranks[u], key=ranks[u].__getitem__) for u in sides[0]}
    holder: dict[Node, Node] = {}
    waiting = list(reversed(sides[0]))
    while waiting:
        u = waiting.pop()
        while rejected[u] < len(lists[u]):
            v = lists[u][rejected[u]]
            rejected[u] += 1
            rank = ranks[v]
            if u in rank and (v not in holder or rank[u] < rank[holder[v]]):
                if v in holder:
                    waiting.append(holder[v])
                holder[v] = u
                break
    mate = {u: v for v, u in holder.items()}
    return Matching([(u, mate[u]) for u in sides[0] if u in mate])


@tool(
    phrases=("is a stable matching", "blocking pair", "matching is stable", "would anyone swap partners"),
    asks=(
        "Is the matching {edges} stable?",
        "Does {edges} have a blocking pair under the preference lists?",
        "Check whether the marriages {edges} are stable.",
        "Would anyone swap partners in {edges}?",
    ),
)
def is_stable_matching(graph: Graph, edges: PairsArg, preference: Attribute = "preference") -> Truth:
    """Decide whether no two nodes prefer each other to their partners in `edges`.

    witness when not: the `blocking` pair, the `pair` in which one does not accept the other, or the shared `node`.
    O(n²).

    Raises:
        NodeNotFound: an end is not in the graph.
        MissingAttribute, BadArgument: as for `stable_marriage`.
    """
    pairs = _resolve(graph, edges)
    ranks = _preferences(graph, preference, None)[1]
    mate: dict[Node, Node] = {}
    for u, v in pairs:
        for node in (u, v):
            if node in mate:
                return Truth(False, witness={"node": node})
        if v not in ranks[u] or u not in ranks[v]:
            return Truth(False, witness={"pair": [u, v]})
        mate[u], mate[v] = v, u
    for u in graph:
        for v in ranks[u]:
            if u in ranks[v] and all(a not in mate or ranks[a][b] < ranks[a][mate[a]] for a, b in ((u, v), (v, u))):
                return Truth(False, witness={"blocking": [u, v]})
    return Truth(True)


def two_sides(graph: Graph, left: Iterable[Any] | None = None) -> tuple[list[Node], list[Node]]:
    """The two sides: `left` and the rest, the declared ones, sources and targets of a directed graph, or a colouring.

    Raises:
        NodeNotFound: `left` names a node that is not in the graph.
        WrongKind: an edge runs inside a side, or no two sides exist.
    """
    if left is not None:
        first = {graph.node(node) for node in left}
        sides = [n for n in graph if n in first], [n for n in graph if n not in first]
    else:
        found = graph.sides or _by_direction(graph) or _two_colouring(graph)
        if found is None:
            raise WrongKind("the graph is not bipartite (it has an odd cycle); use the tools for general matchings")
        sides = found
        first = set(sides[0])
    for edge in graph.edges():
        if (edge.source in first) == (edge.target in first):
            raise WrongKind(f"the edge from {edge.source} to {edge.target} runs inside one side; name the left side")
    return sides


def _by_direction(graph: Graph) -> tuple[list[Node], list[Node]] | None:
    if not graph.directed:
        return None
    first = [n for n in graph if graph.nx.out_degree(n)]
    if any(graph.nx.in_degree(n) for n in first):
        return None
    return first, [n for n in graph if not graph.nx.out_degree(n)]


def _two_colouring(graph: Graph) -> tuple[list[Node], list[Node]] | None:
    colour, odd = two_colouring(neighbour_lists(graph))
    return None if odd else ([n for n in graph if not colour[n]], [n for n in graph if colour[n]])


def _bipartite(graph: Graph, sides: tuple[list[Node], list[Node]]) -> tuple[dict[Node, Node], set[Node], set[Node]]:
    around, at = neighbour_lists(graph), {node: i for i, node in enumerate(sides[1])}
    mate, from_left, from_right = hopcroft_karp([[at[v] for v in around[u]] for u in sides[0]], len(sides[1]))
    return (
        {u: sides[1][j] for u, j in zip(sides[0], mate) if j >= 0},
        {u for u, seen in zip(sides[0], from_left) if seen},
        {v for v, seen in zip(sides[1], from_right) if seen},
    )


def _blossom(graph: Graph) -> tuple[list[tuple[Node, Node]], list[Node]]:
    """A maximum matching, and the barrier: neighbours of the nodes that some maximum matching leaves free."""
    nodes, around = graph.nodes, neighbour_lists(graph)
    at = {node: i for i, node in enumerate(nodes)}
    found = Blossoms([[at[v] for v in around[u]] for u in nodes])
    pairs = [(nodes[u], nodes[v]) for u, v in enumerate(found.mate) if u < v]
    outer = found.outer()
    barrier = {at[v] for u in outer for v in around[nodes[u]]} - outer
    return pairs, [nodes[i] for i in sorted(barrier)]


def _weights(graph: Graph, weight: str, best: Any) -> dict[tuple[Node, Node], Amount]:
    """The best weight between each two adjacent nodes, in one order each."""
    found: dict[tuple[Node, Node], Amount] = {}
    for edge in graph.edges():
        if weight not in edge.attributes:
            raise MissingAttribute(weight, "a weighted matching")
        worth = exact(edge.attributes[weight], weight)
        if abs(worth) == math.inf:
            raise BadArgument(f"an edge has an infinite {weight}; use a large number")
        pair = (edge.target, edge.source) if (edge.target, edge.source) in found else (edge.source, edge.target)
        if edge.source != edge.target:
            found[pair] = best(found.get(pair, worth), worth)
    return found


def _weighted(graph: Graph, pairs: Iterable[Any], worth: dict[tuple[Node, Node], Amount], witness: Any) -> Matching:
    at = {node: i for i, node in enumerate(graph)}
    chosen = sorted((tuple(sorted(pair, key=at.__getitem__)) for pair in pairs), key=lambda pair: at[pair[0]])
    total = sum(worth[(u, v) if (u, v) in worth else (v, u)] for u, v in chosen)
    return Matching([(u, v) for u, v in chosen], total=plain(total), witness=witness)


def _heaviest_bipartite(
    sides: tuple[list[Node], list[Node]], worth: dict[tuple[Node, Node], Amount]
) -> tuple[dict[Node, Node], dict[Node, float]]:
    """A heaviest matching and exact labels: an assignment in which each left node may stay alone at no cost."""
    left, right = sides
    rows: list[list[Amount]] = [[1] * len(right) + [0] * (len(left) + 1) for _ in left]
    at = {**{u: i for i, u in enumerate(left)}, **{v: j for j, v in enumerate(right)}}
    first = set(left)
    for (u, v), w in worth.items():
        i, j = (at[u], at[v]) if u in first else (at[v], at[u])
        rows[i][j] = -w
    assigned, up, down = hungarian(rows)
    mate = {u: right[j] for u, j in zip(left, assigned) if j < len(right)}
    labels = {u: plain(-x) for u, x in zip(left, up)} | {v: plain(-x) for v, x in zip(right, down)}
    return mate, labels


def _assign(
    sides: tuple[list[Node], list[Node]], worth: dict[tuple[Node, Node], Amount]
) -> tuple[list[tuple[Node, Node]], dict[Node, float]]:
    small, large = sides
    big = 1 + 2 * (len(small) + 1) * max((abs(w) for w in worth.values()), default=0)
    at = {**{u: i for i, u in enumerate(small)}, **{v: j for j, v in enumerate(large)}}
    first = set(small)
    rows: list[list[Amount]] = [[big] * len(large) for _ in small]
    for (u, v), w in worth.items():
        i, j = (at[u], at[v]) if u in first else (at[v], at[u])
        rows[i][j] = w
    assigned, up, down = hungarian(rows)
    for i, j in enumerate(assigned):
        if rows[i][j] == big:
            raise BadArgument("the smaller side cannot be matched completely; can_match_all shows why")
    potentials: dict[Node, float] = dict.fromkeys([*small, *large], 0)
    potentials |= {u: plain(x) for u, x in zip(small, up)} | {v: plain(x) for v, x in zip(large, down)}
    return [(small[i], large[j]) for i, j in enumerate(assigned)], potentials


def _duals(graph: Graph, worth: dict[tuple[Node, Node], Amount], *, perfect: bool) -> dict[str, Any] | None:
    nodes = graph.nodes
    at = {node: i for i, node in enumerate(nodes)}
    edges = {(at[u], at[v]): float(w) for (u, v), w in worth.items()}
    found = dual_weights(len(nodes), edges, perfect=perfect)
    if found is None:
        return None
    sets = [{"nodes": [nodes[i] for i in odd], "value": z} for odd, z in found[1]]
    return {"labels": dict(zip(nodes, found[0])), "odd_sets": sets}


def _resolve(graph: Graph, edges: Iterable[Any]) -> list[tuple[Node, Node]]:
    return [(graph.node(u), graph.node(v)) for u, v in edges]


def _fault(graph: Graph, pairs: list[tuple[Node, Node]]) -> dict[str, Any] | None:
    seen: set[Node] = set()
    for u, v in pairs:
        if u == v or not (graph.has_edge(u, v) or graph.has_edge(v, u)):
            return {"edge": [u, v]}
        for node in (u, v):
            if node in seen:
                return {"node": node}
            seen.add(node)
    return None


def _preferences(
    graph: Graph, preference: str, left: Iterable[Any] | None
) -> tuple[tuple[list[Node], list[Node]], dict[Node, dict[Node, int]]]:
    if preference not in graph.node_attribute_names():
        raise MissingAttribute(preference, "a stable matching", of="nodes")
    ranks: dict[Node, dict[Node, int]] = {}
    for node, data in graph.nx.nodes(data=True):
        listed = data.get(preference) or []
        names = re.split(r"[,;>]", listed) if isinstance(listed, str) else listed
        if not isinstance(names, (list, tuple)):
            raise BadArgument(f"the preference of {node} must be a list of nodes, best first")
        ranks[node] = {}
        for name in names:
            ranks[node].setdefault(graph.node(name), len(ranks[node]))
    if left is None and graph.sides is not None:
        left = graph.sides[0]
    acceptance = Graph.from_edges(((u, v) for u in ranks for v in ranks[u]), graph.nodes)
    try:
        return two_sides(acceptance, left), ranks
    except WrongKind as error:
        raise BadArgument("a preference list names a node of its own side; name the left side") from error
