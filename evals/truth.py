"""Right answers by brute force and networkx, without the product's tools or text parser."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, permutations

import networkx as nx

from graphs.graph import Graph, Node

NO_PATH = math.inf  # how a missing path is written as a length


def neighbours(graph: Graph, node: Node, time: float | None = None) -> set[Node]:
    """Nodes that share an edge with `node` (in either direction), at `time` where one is given."""
    found = set()
    for edge in graph.edges():
        if time is not None and edge.attributes.get("time") != time:
            continue
        if edge.source == node:
            found.add(edge.target)
        if edge.target == node:
            found.add(edge.source)
    return found


def degree(graph: Graph, node: Node) -> int:
    """Ends of edges at `node`: a self-loop counts twice."""
    return sum((edge.source == node) + (edge.target == node) for edge in graph.edges())


def has_cycle(graph: Graph) -> bool:
    """A cycle in the sense of GraphQA: a self-loop is one; a directed cycle for directed graphs."""
    if graph.directed:
        return not bool(nx.is_directed_acyclic_graph(graph.nx))
    return graph.num_edges > graph.num_nodes - int(nx.number_connected_components(graph.nx))


def hops(graph: Graph, source: Node, target: Node) -> float:
    """Edges on a shortest path, by breadth-first search; `NO_PATH` when there is none."""
    seen, frontier, steps = {source}, {source}, 0
    while frontier:
        if target in frontier:
            return steps
        frontier = {v for u in frontier for v in graph.nx[u]} - seen
        seen |= frontier
        steps += 1
    return NO_PATH


def distance(graph: Graph, source: Node, target: Node, weight: str = "weight") -> float:
    """Least total weight of a path, by Bellman-Ford rounds over the edge list; `NO_PATH` when there is none."""
    best = dict.fromkeys(graph.nx, NO_PATH)
    best[source] = 0
    arcs = [(e.source, e.target, e.attributes.get(weight, 1)) for e in graph.edges()]
    if not graph.directed:
        arcs += [(v, u, w) for u, v, w in arcs]
    for _ in range(graph.num_nodes):
        for u, v, w in arcs:
            best[v] = min(best[v], best[u] + w)
    return best[target]


def path_weight(graph: Graph, path: Sequence[Node], weight: str | None) -> float | None:
    """Total weight of a walk along edges (their number when `weight` is None); None when an edge is missing."""
    total: float = 0
    for u, v in zip(path, path[1:], strict=False):
        if not graph.has_edge(u, v):
            return None
        data = graph.nx[u][v]
        rows = data.values() if graph.multi else [data]
        total += 1 if weight is None else min(row.get(weight, 1) for row in rows)
    return total


def maximum_flow(graph: Graph, source: Node, target: Node, capacity: str = "capacity") -> float:
    """The value of a maximum flow, by Edmonds-Karp on a residual matrix; undirected edges carry both ways."""
    room: dict[tuple[Node, Node], float] = {}
    for edge in graph.edges():
        amount = edge.attributes.get(capacity, 0)
        for u, v in ((edge.source, edge.target), (edge.target, edge.source)):
            forward = (u, v) == (edge.source, edge.target) or not graph.directed
            room[u, v] = room.get((u, v), 0) + (amount if forward else 0)
    total: float = 0
    while source != target:
        back = {source: source}
        queue = [source]
        for u in queue:
            for (a, v), left in room.items():
                if a == u and left > 0 and v not in back:
                    back[v] = u
                    queue.append(v)
        if target not in back:
            break
        steps = [target]
        while steps[-1] != source:
            steps.append(back[steps[-1]])
        pairs = [(b, a) for a, b in zip(steps, steps[1:], strict=False)]
        push = min(room[pair] for pair in pairs)
        for u, v in pairs:
            room[u, v] -= push
            room[v, u] += push
        total += push
    return total


def is_topological(graph: Graph, order: Sequence[Node]) -> bool:
    place = {node: i for i, node in enumerate(order)}
    if len(place) != len(order) or set(place) != set(graph.nx):
        return False
    return all(place[u] < place[v] for u, v in graph.nx.edges())


def matching_size(graph: Graph) -> int:
    """Edges of a maximum matching (of any graph, bipartite or not)."""
    body = nx.Graph(graph.nx)
    body.remove_edges_from(list(nx.selfloop_edges(body)))
    return len(nx.max_weight_matching(body, maxcardinality=True))


def is_matching(graph: Graph, pairs: Iterable[tuple[Node, Node]]) -> bool:
    used: set[Node] = set()
    for u, v in pairs:
        if u == v or u in used or v in used or not (graph.has_edge(u, v) or graph.has_edge(v, u)):
            return False
        used |= {u, v}
    return True


def is_hamiltonian_path(graph: Graph, path: Sequence[Node]) -> bool:
    return len(path) == len(set(path)) == graph.num_nodes and path_weight(graph, path, None) is not None


def has_hamiltonian_path(graph: Graph) -> bool:
    """Dynamic programming over node sets (Held and Karp 1962), O(2^n n^2)."""
    nodes = list(graph.nx)
    bit = {node: 1 << i for i, node in enumerate(nodes)}
    ends: dict[int, set[Node]] = {bit[node]: {node} for node in nodes}
    for _ in range(len(nodes) - 1):
        grown: dict[int, set[Node]] = {}
        for mask, tails in ends.items():
            for u in tails:
                for v in graph.nx[u]:
                    if not mask & bit[v]:
                        grown.setdefault(mask | bit[v], set()).add(v)
        ends = grown
    return bool(ends) or not nodes


def is_depth_first_order(graph: Graph, order: Sequence[Node], start: Node) -> bool:
    """Whether some depth-first search from `start` discovers its reachable nodes in this order.

    Corneil and Krueger (2008): each next node must be a neighbour of the deepest visited node that still has an
    unvisited neighbour.
    """
    if not order or order[0] != start or len(set(order)) != len(order):
        return False
    seen, stack = {start}, [start]
    for node in order[1:]:
        while stack and not any(v not in seen for v in graph.nx[stack[-1]]):
            stack.pop()
        if not stack or node in seen or node not in graph.nx[stack[-1]]:
            return False
        seen.add(node)
        stack.append(node)
    return not any(v not in seen for u in seen for v in graph.nx[u])


def eccentricities(graph: Graph) -> dict[Node, float]:
    return {u: max(hops(graph, u, v) for v in graph.nx) for u in graph.nx}


def spanning_tree_weight(graph: Graph, weight: str = "weight") -> float:
    """Weight of a minimum spanning forest (Kruskal 1956)."""
    tree = {node: node for node in graph.nx}

    def root(node: Node) -> Node:
        while tree[node] != node:
            node = tree[node]
        return node

    total: float = 0
    for edge in sorted(graph.edges(), key=lambda e: e.attributes.get(weight, 1)):
        a, b = root(edge.source), root(edge.target)
        if a != b:
            tree[a] = b
            total += edge.attributes.get(weight, 1)
    return total


def page_rank(graph: Graph, damping: float = 0.85, rounds: int = 100) -> dict[Node, float]:
    """Power iteration from 1/n; a node without outgoing edges gives its rank to all."""
    n = graph.num_nodes
    rank = dict.fromkeys(graph.nx, 1 / n)
    for _ in range(rounds):
        loose = sum(rank[u] for u in graph.nx if not graph.nx[u])
        new = dict.fromkeys(graph.nx, (1 - damping) / n + damping * loose / n)
        for u in graph.nx:
            for v in graph.nx[u]:
                new[v] += damping * rank[u] / len(graph.nx[u])
        rank = new
    return rank


def triangles(graph: Graph) -> int:
    body = graph.nx
    return sum(
        body.has_edge(a, b) and body.has_edge(b, c) and body.has_edge(a, c) for a, b, c in combinations(list(body), 3)
    )


def jaccard(graph: Graph, u: Node, v: Node) -> Fraction:
    a, b = neighbours(graph, u), neighbours(graph, v)
    return Fraction(len(a & b), len(a | b)) if a | b else Fraction(0)


def is_bipartite(graph: Graph) -> bool:
    """By trying to colour each component alternately."""
    side: dict[Node, int] = {}
    for start in graph.nx:
        if start in side:
            continue
        side[start] = 0
        queue = [start]
        for u in queue:
            for v in neighbours(graph, u):
                if v not in side:
                    side[v] = 1 - side[u]
                    queue.append(v)
                elif side[v] == side[u]:
                    return False
    return True


def component(graph: Graph, node: Node) -> set[Node]:
    """Nodes joined to `node` by edges in any direction."""
    found = {node}
    while True:
        more = {v for u in found for v in neighbours(graph, u)} - found
        if not more:
            return found
        found |= more


def components(graph: Graph) -> list[set[Node]]:
    found: list[set[Node]] = []
    for node in graph.nx:
        if not any(node in group for group in found):
            found.append(component(graph, node))
    return found


def strong_components(graph: Graph) -> list[set[Node]]:
    reach = {u: {v for v in graph.nx if hops(graph, u, v) < NO_PATH} for u in graph.nx}
    groups = {frozenset(v for v in reach[u] if u in reach[v]) for u in graph.nx}
    return [set(group) for group in groups]


def without(graph: Graph, *, node: Node | None = None, edge: tuple[Node, Node] | None = None) -> Graph:
    body = graph.nx.copy()
    if node is not None:
        body.remove_node(node)
    if edge is not None:
        body.remove_edge(*edge)
    return Graph(body)


def bridges(graph: Graph) -> set[frozenset[Node]]:
    """Edges whose removal adds a component, each tried."""
    count = len(components(graph))
    pairs = {frozenset((e.source, e.target)) for e in graph.edges() if e.source != e.target}
    return {pair for pair in pairs if len(components(without(graph, edge=tuple(pair)))) > count}  # type: ignore[arg-type]


def articulation_points(graph: Graph) -> set[Node]:
    """Nodes whose removal adds a component, each tried."""
    count = len(components(graph))
    return {node for node in graph.nx if len(components(without(graph, node=node))) > count}


def times(graph: Graph, u: Node, v: Node) -> list[float]:
    """Times of the edges between two nodes, in order."""
    return sorted(e.attributes["time"] for e in graph.edges() if {e.source, e.target} == {u, v})


def up_to(graph: Graph, time: float) -> Graph:
    """The edges that have appeared by `time`, none of them gone."""
    kept = [(e.source, e.target) for e in graph.edges() if e.attributes["time"] <= time]
    return Graph.from_edges(kept, graph.nodes)


def all_times(graph: Graph) -> list[float]:
    return sorted({e.attributes["time"] for e in graph.edges()})


def first_connected(graph: Graph, u: Node, v: Node) -> float:
    """The first time by which a path of edges that appeared so far joins two nodes; `NO_PATH` when never."""
    return next((t for t in all_times(graph) if v in component(up_to(graph, t), u)), NO_PATH)


def first_closed(graph: Graph, triad: Sequence[Node]) -> float:
    """The first time by which three nodes have all been linked with each other; `NO_PATH` when never."""
    firsts = [min(times(graph, a, b), default=NO_PATH) for a, b in combinations(triad, 2)]
    return max(firsts)


def is_chronological(graph: Graph, path: Sequence[Node]) -> bool:
    """Whether times along the path can be chosen so that they never decrease (the earliest allowed, greedily)."""
    now = -math.inf
    for u, v in zip(path, path[1:], strict=False):
        later = [t for t in times(graph, u, v) if t >= now]
        if not later:
            return False
        now = later[0]
    return len(path) > 1


def has_chronological_path(graph: Graph, start: Node, edges: int) -> bool:
    """Whether a chronological path of `edges` edges, no node twice, starts at `start`; by depth-first search."""
    links: dict[Node, list[tuple[float, Node]]] = {}
    for e in graph.edges():
        links.setdefault(e.source, []).append((e.attributes["time"], e.target))
        links.setdefault(e.target, []).append((e.attributes["time"], e.source))
    stack: list[tuple[float, tuple[Node, ...]]] = [(-math.inf, (start,))]
    while stack:
        now, path = stack.pop()
        if len(path) > edges:
            return True
        stack += [(t, (*path, v)) for t, v in links.get(path[-1], []) if t >= now and v not in path]
    return False


def convolve(graph: Graph, features: Mapping[Node, Sequence[float]], layers: int) -> dict[Node, list[float]]:
    """Embeddings after `layers` rounds of replacing each by the sum of its neighbours' embeddings."""
    now = {node: list(vector) for node, vector in features.items()}
    for _ in range(layers):
        now = {u: [sum(column) for column in zip(*(now[v] for v in graph.nx[u]), strict=True)] for u in now}
        width = max(map(len, now.values()), default=0)
        now = {u: vector or [0] * width for u, vector in now.items()}
    return now


def heaviest_triangle(graph: Graph, weight: str = "weight") -> float | None:
    """Greatest sum of node weights of three mutually adjacent nodes; None when there is no triangle."""
    value = dict(graph.nx.nodes(data=weight))
    sums = [
        value[a] + value[b] + value[c]
        for a, b, c in combinations(list(graph.nx), 3)
        if graph.has_edge(a, b) and graph.has_edge(b, c) and graph.has_edge(a, c)
    ]
    return max(sums, default=None)


def contains_subgraph(graph: Graph, pattern: Graph) -> bool:
    """Whether every edge of `pattern` maps onto an edge of `graph` under some one-to-one map of the nodes."""
    small = pattern.nodes
    if len(small) > graph.num_nodes:
        return False
    return any(
        all(graph.has_edge(image[e.source], image[e.target]) for e in pattern.edges())
        for image in (dict(zip(small, chosen, strict=True)) for chosen in permutations(graph.nodes, len(small)))
    )
