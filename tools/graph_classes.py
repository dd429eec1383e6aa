"""Graph classes by forbidden subgraphs (split, threshold, cograph, claw-free) and by counts (strongly regular …)."""

from __future__ import annotations

import itertools
from typing import Any

from graphs.errors import TooLarge, WrongKind
from graphs.graph import Graph, Node
from tools.adjacency import neighbour_lists, simple_neighbours
from tools.answers import Truth
from tools.registry import tool

MOST_NESTED = 400  # nodes of a cograph: its cotree may be nested as deep


@tool(
    phrases=("split graph", "clique and independent set partition"),
    asks=(
        "Is the graph a split graph?",
        "Can the nodes be divided into a clique and an independent set?",
        "Check whether this is a split graph.",
        "split graph?",
    ),
)
def is_split_graph(graph: Graph) -> Truth:
    """Decide whether the nodes fall into a clique and an independent set.

    witness: `clique` and `independent`, or `nodes` that induce 2K2, C4 or C5 (Földes and Hammer 1977). The clique is
    read off the degrees (Hammer and Simeone 1981), O(n log n); the forbidden part is searched, O(n⁵) at worst.
    """
    around = {node: set(near) for node, near in neighbour_lists(graph).items()}
    order = sorted(around, key=lambda node: -len(around[node]))
    size = sum(len(around[node]) >= i for i, node in enumerate(order))
    clique, rest = order[:size], order[size:]
    if _is_clique(around, clique) and not any(around[u] & set(rest) for u in rest):
        at = {node: i for i, node in enumerate(graph)}
        return Truth(
            True,
            witness={"clique": sorted(clique, key=at.__getitem__), "independent": sorted(rest, key=at.__getitem__)},
        )
    return Truth(False, witness={"nodes": _not_split(around)})


@tool(
    phrases=("threshold graph", "built by isolated and dominating nodes"),
    asks=(
        "Is the graph a threshold graph?",
        "Can the graph be built by adding isolated and dominating nodes only?",
        "Check whether this is a threshold graph.",
        "threshold graph?",
    ),
)
def is_threshold_graph(graph: Graph) -> Truth:
    """Decide whether the graph arises by adding nodes joined to none or to all of the earlier ones.

    witness: the `order` of building and which nodes are `dominating`, or `nodes` a, b, c, d with edges a-b and c-d
    and without a-c and b-d (Chvátal and Hammer 1977). O(n² Δ).
    """
    around = {node: set(near) for node, near in neighbour_lists(graph).items()}
    for u, v in itertools.combinations(around, 2):
        a = next((x for x in around if x in around[u] and x not in around[v] and x != v), None)
        b = next((x for x in around if x in around[v] and x not in around[u] and x != u), None)
        if a is not None and b is not None:
            return Truth(False, witness={"nodes": [u, a, b, v]})
    left, order, dominating = dict(around), list[Node](), list[Node]()
    while left:
        inside = set(left)
        node = next(v for v in left if len(left[v] & inside) in (0, len(left) - 1))
        if len(left) > 1 and len(left[node] & inside) == len(left) - 1:
            dominating.append(node)
        order.append(node)
        del left[node]
    return Truth(True, witness={"order": order[::-1], "dominating": dominating[::-1]})


@tool(
    phrases=("cograph", "complement reducible", "p4-free", "no induced path on four nodes"),
    asks=(
        "Is the graph a cograph?",
        "Does the graph have no induced path on four nodes?",
        "Is the graph P4-free?",
        "Check whether this is a complement-reducible graph.",
    ),
)
def is_cograph(graph: Graph) -> Truth:
    """Decide whether no four nodes induce a path.

    witness: a `cotree` of nested ["union" or "join", parts …] over the nodes (Corneil, Lerchs and Burlingham 1981), or
    the `path` of four nodes. O(n³), the path O(n m) more.

    Raises:
        TooLarge: more than 400 nodes.
    """
    if graph.num_nodes > MOST_NESTED:
        raise TooLarge(f"cographs of more than {MOST_NESTED} nodes are not looked at; this graph has {graph.num_nodes}")
    around = {node: set(near) for node, near in neighbour_lists(graph).items()}
    cotree = _cotree(around, graph.nodes) if graph.num_nodes else []
    if cotree is not None:
        return Truth(True, witness={"cotree": cotree})
    for b, near in around.items():
        for c in graph:
            if c in near:
                a = [x for x in graph if x in near and x not in around[c] and x != c]
                d = [x for x in graph if x in around[c] and x not in near and x != b]
                found = next(([p, b, c, q] for p in a for q in d if q not in around[p]), None)
                if found:
                    return Truth(False, witness={"path": found})
    raise AssertionError("a graph that is no cograph has an induced path on four nodes")


@tool(
    phrases=("claw-free", "contains a claw", "induced star with three leaves"),
    asks=(
        "Is the graph claw-free?",
        "Does any node have three pairwise non-adjacent neighbours (a claw)?",
        "Check that the graph contains no claw.",
        "claw free?",
    ),
)
def is_claw_free(graph: Graph) -> Truth:
    """Decide whether no node has three neighbours that are pairwise not adjacent.

    witness when not: the `claw`, its centre first. O(n Δ³).
    """
    around = neighbour_lists(graph)
    sets = {node: set(near) for node, near in around.items()}
    for node, near in around.items():
        for u, v in itertools.combinations(near, 2):
            if v in sets[u]:
                continue
            w = next((x for x in near if x not in (u, v) and x not in sets[u] and x not in sets[v]), None)
            if w is not None:
                return Truth(False, witness={"claw": [node, u, v, w]})
    return Truth(True)


@tool(
    phrases=("strongly regular", "strongly regular parameters"),
    asks=(
        "Is the graph strongly regular?",
        "Is this a strongly regular graph, and with which parameters?",
        "Do adjacent and non-adjacent pairs have constant numbers of common neighbours?",
        "Check strong regularity.",
    ),
)
def is_strongly_regular(graph: Graph) -> Truth:
    """Decide whether degrees, common neighbours of adjacent and of non-adjacent pairs are constant.

    witness: `parameters` [n, k, λ, μ], λ or μ None when there is no such pair. Loops and parallel edges make the
    answer no. Empty and complete graphs count, by the wide definition. O(n² Δ).

    Raises:
        WrongKind: the graph is directed.
    """
    if graph.directed:
        raise WrongKind("strong regularity is defined for undirected graphs here")
    body = simple_neighbours(graph)
    if body is None:
        return Truth(False)
    sets = {node: set(near) for node, near in body.items()}
    degrees = {len(near) for near in sets.values()}
    common: tuple[set[int], set[int]] = (set(), set())
    for u, v in itertools.combinations(sets, 2):
        common[v in sets[u]].add(len(sets[u] & sets[v]))
    if max(len(degrees), len(common[0]), len(common[1])) > 1:
        return Truth(False)
    k, mu, la = (next(iter(values), None) for values in (degrees, common[0], common[1]))
    return Truth(True, witness={"parameters": [graph.num_nodes, k, la, mu]})


@tool(
    phrases=("distance regular", "intersection array"),
    asks=(
        "Is the graph distance-regular?",
        "What is the intersection array, if the graph is distance regular?",
        "Check whether this graph is distance regular.",
        "intersection array of the graph",
    ),
)
def is_distance_regular(graph: Graph) -> Truth:
    """Decide whether the number of neighbours one step nearer and farther depends on the distance alone.

    witness: the intersection array as `farther` (b0, b1, …) and `nearer` (c1, c2, …). Disconnected graphs, loops and
    parallel edges make the answer no. Biggs (1971). O(n m).

    Raises:
        WrongKind: the graph is directed or has no nodes.
    """
    if graph.directed or not graph.num_nodes:
        raise WrongKind("distance regularity is defined for undirected graphs with at least one node")
    body = simple_neighbours(graph)
    if body is None:
        return Truth(False)
    farther: dict[int, int] = {}
    nearer: dict[int, int] = {}
    for start in body:
        distance = {start: 0}
        queue = [start]
        for u in queue:
            for v in body[u]:
                if v not in distance:
                    distance[v] = distance[u] + 1
                    queue.append(v)
        if len(distance) < len(body):
            return Truth(False)
        for u, d in distance.items():
            out = sum(distance[v] > d for v in body[u])
            back = sum(distance[v] < d for v in body[u])
            if farther.setdefault(d, out) != out or nearer.setdefault(d, back) != back:
                return Truth(False)
    last = max(farther)
    array = {"farther": [farther[d] for d in range(last)], "nearer": [nearer[d] for d in range(1, last + 1)]}
    return Truth(True, witness=array)


def _is_clique(around: dict[Node, set[Node]], nodes: list[Node]) -> bool:
    return all(v in around[u] for u, v in itertools.combinations(nodes, 2))


def _not_split(around: dict[Node, set[Node]]) -> list[Node]:
    """Four or five nodes that induce 2K2, C4 or C5."""
    edges = [(u, v) for u, v in itertools.combinations(around, 2) if v in around[u]]
    for (a, b), (c, d) in itertools.combinations(edges, 2):
        if len({a, b, c, d}) < 4:
            continue
        across = [c in around[a], c in around[b], d in around[a], d in around[b]]
        if across in ([False] * 4, [True, False, False, True], [False, True, True, False]):
            return [a, b, c, d]
    for five in itertools.combinations(around, 5):
        if all(len(around[v] & set(five)) == 2 for v in five):
            return list(five)
    raise AssertionError("a graph that is not split has an induced 2K2, C4 or C5")


def _cotree(around: dict[Node, set[Node]], nodes: list[Node]) -> Any:
    """Nested unions and joins of `nodes`, or None when a part and its complement are both connected."""
    if len(nodes) == 1:
        return nodes[0]
    for kind in ("union", "join"):
        parts = _parts(around, nodes, kind == "join")
        if len(parts) > 1:
            below = [_cotree(around, part) for part in parts]
            return None if any(tree is None for tree in below) else [kind, *below]
    return None


def _parts(around: dict[Node, set[Node]], nodes: list[Node], complement: bool) -> list[list[Node]]:
    left = dict.fromkeys(nodes)
    parts = []
    while left:
        start = next(iter(left))
        del left[start]
        part, queue = [start], [start]
        for u in queue:
            hit = [v for v in left if (v in around[u]) != complement]
            for v in hit:
                del left[v]
            queue += hit
            part += hit
        parts.append(part)
    return parts
