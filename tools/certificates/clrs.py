"""Checks of the CLRS algorithms: pointers against distances, cuts by removal, ties by their definition."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from graphs.graph import Graph, Node
from tools.answers import NodeValues, PairValues, Record
from tools.certificates.base import checker, require

Weights = dict[int, dict[int, float]]
TOLERANCE = 1e-9


def _weights(graph: Graph, weight: str | None = None) -> Weights:
    """The lightest edge between each two positions."""
    place = {node: i for i, node in enumerate(graph)}
    found: Weights = {i: {} for i in place.values()}
    for edge in graph.edges():
        value = 1 if weight is None else edge.attributes[weight]
        i, j = place[edge.source], place[edge.target]
        for a, b in {(i, j)} if graph.directed else {(i, j), (j, i)}:
            found[a][b] = min(value, found[a].get(b, math.inf))
    return found


def _into(near: Weights) -> Weights:
    """The same edges by their target."""
    into: Weights = {v: {} for v in near}
    for u, row in near.items():
        for v, value in row.items():
            into[v][u] = value
    return into


def _pointers(graph: Graph, answer: NodeValues) -> list[int]:
    """The pointers by position."""
    require(list(answer.values) == graph.nodes and answer.witness is None, "there is not one pointer for each node")
    place = {node: i for i, node in enumerate(graph)}
    require(all(pointer in place for pointer in answer.values.values()), "a pointer names no node")
    return [place[pointer] for pointer in answer.values.values()]


def _reach(near: Weights, sources: Iterable[int], without: int | None = None) -> set[int]:
    seen = set(sources)
    queue = list(seen)
    for u in queue:
        for v in near[u]:
            if v not in seen and v != without:
                seen.add(v)
                queue.append(v)
    return seen


def _same(a: float, b: float) -> bool:
    return math.isclose(a, b, rel_tol=TOLERANCE, abs_tol=TOLERANCE)


@checker("clrs_bfs")
def check_clrs_bfs(graph: Graph, answer: NodeValues, source: Any) -> str:
    """layers found step by step, and each pointer compared with the lowest neighbour in the layer above"""
    near, pi, s = _weights(graph), _pointers(graph, answer), graph.nodes.index(graph.node(source))
    layer, seen = {s}, {s}
    while layer:
        below = {v for u in layer for v in near[u]} - seen
        for v in below:
            require(pi[v] == min(u for u in layer if v in near[u]), f"a pointer at place {v} is another")
        seen |= below
        layer = below
    require(
        pi[s] == s and all(pi[v] == v for v in near if v not in seen), "the source or an unreached node points away"
    )
    return f"the pointers are breadth-first from {source}, and the lowest possible"


def _depth_first(near: Weights, roots: Iterable[int]) -> tuple[list[int], list[int], list[int]]:
    """Parents, order of visits, order of finishing: always the lowest unvisited neighbour of the last open node."""
    pi = list(near)
    visited: list[int] = []
    finished: list[int] = []
    open_nodes: list[int] = []
    seen: set[int] = set()
    for root in roots:
        if root not in seen:
            seen.add(root)
            visited.append(root)
            open_nodes.append(root)
        while open_nodes:
            u = open_nodes[-1]
            v = min(near[u].keys() - seen, default=None)
            if v is None:
                finished.append(open_nodes.pop())
                continue
            pi[v] = u
            seen.add(v)
            visited.append(v)
            open_nodes.append(v)
    return pi, visited, finished


@checker("clrs_dfs")
def check_clrs_dfs(graph: Graph, answer: NodeValues) -> str:
    """the search carried out by its definition"""
    near = _weights(graph)
    require(_pointers(graph, answer) == _depth_first(near, near)[0], "a pointer is another")
    return "the pointers are those of the depth-first search that takes the lowest node first"


@checker("clrs_topological_sort")
def check_clrs_topological_sort(graph: Graph, answer: Record) -> str:
    """the pointers followed, every edge compared with the order, ties by the search's definition"""
    near, nodes = _weights(graph), graph.nodes
    topo = answer.figures["topo"]
    require(set(answer.figures) == {"topo", "topo_head"} and answer.witness is None, "other figures")
    require(list(topo) == nodes, "there is not one pointer for each node")
    order: list[Node] = [] if not nodes else [answer.figures["topo_head"]]
    while order and topo[order[-1]] != order[-1] and len(order) <= len(nodes):
        order.append(topo[order[-1]])
    require(len(order) == len(nodes) == len(set(order)), "the pointers do not pass every node once")
    require(nodes or answer.figures["topo_head"] is None, "an empty order has no first node")
    place = {node: i for i, node in enumerate(order)}
    require(all(place[e.source] < place[e.target] for e in graph.edges()), "an edge leads backwards")
    expected = [nodes[i] for i in reversed(_depth_first(near, near)[2])]
    require(order == expected, "the order is topological, but ties are broken otherwise")
    return f"the pointers give a topological order of {len(nodes)} nodes"


@checker("clrs_strongly_connected_components")
def check_clrs_strongly_connected_components(graph: Graph, answer: NodeValues) -> str:
    """mutual reachability tested for every node, names by the first visited member"""
    near, ids = _weights(graph), _pointers(graph, answer)
    back = _into(near)
    visited = _depth_first(near, near)[1]
    turn = {v: i for i, v in enumerate(visited)}
    left = set(near)
    while left:
        u = left.pop()
        members = _reach(near, [u]) & _reach(back, [u])
        left -= members
        name = min(members, key=lambda v: turn[v])
        require(all(ids[v] == name for v in members), "two nodes of a component have different names, or another name")
    return "two nodes have the same name exactly where each can be reached from the other"


@checker("clrs_articulation_points")
def check_clrs_articulation_points(graph: Graph, answer: NodeValues) -> str:
    """every node removed in turn, and its neighbours searched for each other"""
    near = _weights(graph)
    require(list(answer.values) == graph.nodes and answer.witness is None, "there is not one figure for each node")
    for i, said in enumerate(answer.values.values()):
        others = near[i].keys() - {i}
        first = min(others, default=i)
        cut = bool(others) and not others <= _reach(near, [first], without=i)
        require(type(said) is int and said == int(cut), f"the figure at place {i} is another")
    return f"{sum(answer.values.values())} nodes disconnect their component when removed"


@checker("clrs_bridges")
def check_clrs_bridges(graph: Graph, answer: PairValues) -> str:
    """every edge removed in turn, and its ends searched for each other"""
    near, nodes = _weights(graph), graph.nodes
    require(len(answer.values) == len(nodes) ** 2 and answer.witness is None, "there is not one figure for each pair")
    count = 0
    for i, u in enumerate(nodes):
        for j, v in enumerate(nodes):
            said = answer.values[u, v]
            true = 0 if i == j else -1
            if i < j and j in near[i]:
                a, b = near[i].pop(j), near[j].pop(i)
                true = int(j not in _reach(near, [i]))
                near[i][j], near[j][i] = a, b
                count += true
            elif i > j and j in near[i]:
                true = answer.values[v, u]
            require(type(said) is int and said == true, f"the figure at places {i}, {j} is another")
    return f"{count} edges disconnect their ends when removed"


def _tree_distances(pi: list[int], near: Weights, source: int) -> dict[int, float]:
    """Distances along the pointers; every pointer must be an edge and lead to the source, which no edge undercuts."""
    require(pi[source] == source, "the source points away")
    reached = _reach(near, [source])
    require(all(pi[v] == v for v in near if v not in reached), "an unreached node points away")
    children: dict[int, list[int]] = {}
    for v in reached - {source}:
        require(v in near[pi[v]] and pi[v] != v, f"the pointer at place {v} is no edge")
        children.setdefault(pi[v], []).append(v)
    distance: dict[int, float] = {source: 0}
    queue = [source]
    for u in queue:
        for v in children.get(u, ()):
            distance[v] = distance[u] + near[u][v]
            queue.append(v)
    require(distance.keys() == reached, "the pointers run in a ring")
    return distance


def _require_shortest(pi: list[int], near: Weights, source: int) -> dict[int, float]:
    distance = _tree_distances(pi, near, source)
    for u in distance:
        for v, value in near[u].items():
            slack = TOLERANCE * (1 + abs(distance[v]))
            require(distance[v] <= distance[u] + value + slack, f"the edge from place {u} to {v} gives a shorter path")
    return distance


def _require_first(pi: list[int], near: Weights, distance: dict[int, float], order: list[int], source: int) -> None:
    """Among equally short ways, the pointer names the node that comes first in `order`."""
    turn = {v: i for i, v in enumerate(order)}
    into = _into(near)
    for v in distance.keys() - {source}:
        steps = [(u, value) for u, value in into[v].items() if u in distance and u != v]
        ways = [u for u, value in steps if _same(distance[u] + value, distance[v])]
        best = min(ways, key=lambda u: turn[u])
        rounded = distance[best] + near[best][v] != distance[v]  # equal but for rounding: either may come out
        require(pi[v] == best or rounded, f"the pointer at place {v} breaks a tie otherwise")


@checker("clrs_dijkstra")
def check_clrs_dijkstra(graph: Graph, answer: NodeValues, source: Any, weight: str = "weight") -> str:
    """distances added up along the pointers, which no edge undercuts; ties by distance, then by place"""
    near, pi, s = _weights(graph, weight), _pointers(graph, answer), graph.nodes.index(graph.node(source))
    distance = _require_shortest(pi, near, s)
    _require_first(pi, near, distance, sorted(distance, key=lambda v: (distance[v], v)), s)
    return f"the pointers are shortest paths from {source}"


@checker("clrs_dag_shortest_paths")
def check_clrs_dag_shortest_paths(graph: Graph, answer: NodeValues, source: Any, weight: str = "weight") -> str:
    """distances added up along the pointers, which no edge undercuts; ties by the topological order"""
    near, pi, s = _weights(graph, weight), _pointers(graph, answer), graph.nodes.index(graph.node(source))
    distance = _require_shortest(pi, near, s)
    _require_first(pi, near, distance, _depth_first(near, [s])[2][::-1], s)
    return f"the pointers are shortest paths from {source}"


@checker("clrs_bellman_ford")
def check_clrs_bellman_ford(graph: Graph, answer: NodeValues, source: Any, weight: str = "weight") -> str:
    """distances added up along the pointers, which no edge undercuts; ties by fewest edges, then by place"""
    near, pi, s = _weights(graph, weight), _pointers(graph, answer), graph.nodes.index(graph.node(source))
    distance = _require_shortest(pi, near, s)
    best: list[dict[int, float]] = [{s: 0}]  # best[r]: least weight of a walk of at most r edges
    while len(best) < 2 or best[-1] != best[-2]:
        longer = dict(best[-1])
        for u, d in best[-1].items():
            for v, value in near[u].items():
                longer[v] = min(d + value, longer.get(v, math.inf))
        best.append(longer)
    into = _into(near)
    for v in distance:
        r = next(r for r, row in enumerate(best) if v in row and row[v] == best[-1][v])
        if v != s:
            before = best[r - 1]
            first = min(u for u, value in into[v].items() if u in before and before[u] + value == best[r][v])
            require(pi[v] == first, f"the pointer at place {v} breaks a tie otherwise")
    return f"the pointers are shortest paths from {source}"


@checker("clrs_floyd_warshall")
def check_clrs_floyd_warshall(graph: Graph, answer: PairValues, weight: str = "weight") -> str:
    """for each source, distances added up along the pointers, which no edge undercuts"""
    near, nodes = _weights(graph, weight), graph.nodes
    place = {node: i for i, node in enumerate(nodes)}
    require(len(answer.values) == len(nodes) ** 2 and answer.witness is None, "there is not one pointer for each pair")
    distances = []
    table = [[place[answer.values[u, v]] for v in nodes] for u in nodes]
    for s, pi in enumerate(table):
        reached = _reach(near, [s])
        require(all(p == s for v, p in enumerate(pi) if v not in reached), f"place {s} reaches less than it says")
        own = [p if v in reached and v != s else v for v, p in enumerate(pi)]
        distances.append(_require_shortest(own, near, s))
    for s, pi in enumerate(table):
        loop = near[s].get(s, 0.0)
        ways = {u: distances[s][u] + near[u][s] for u in distances[s] if s in near[u] and u != s}
        said, least = ways.get(pi[s], math.inf), min(ways.values(), default=math.inf)
        if least < loop - TOLERANCE * (1 + loop):
            require(_same(said, least), f"the pointer from place {s} to itself is no shortest closed walk")
        else:
            require(pi[s] == s or _same(said, loop), f"the pointer from place {s} to itself is not its loop")
    return f"the pointers are shortest paths between all pairs of {len(nodes)} nodes"


@checker("clrs_mst_prim")
def check_clrs_mst_prim(graph: Graph, answer: NodeValues, source: Any, weight: str = "weight") -> str:
    """the tree rebuilt: each new node has the lightest link to the nodes before it"""
    near, pi, s = _weights(graph, weight), _pointers(graph, answer), graph.nodes.index(graph.node(source))
    inside: set[int] = set()
    links: dict[int, tuple[float, int]] = {s: (0, s)}  # lightest link from the tree, and where it starts
    while links:
        v = min(links, key=lambda v: (links[v][0], v))
        require(v == s or pi[v] == links[v][1], f"the pointer at place {v} is not the lightest link")
        inside.add(v)
        del links[v]
        for other, value in near[v].items():
            if other not in inside and (other not in links or value < links[other][0]):
                links[other] = (value, v)
    require(pi[s] == s, "the source points away")
    require(all(pi[v] == v for v in near if v not in inside), "an unreached node points away")
    return f"the pointers are a minimum spanning tree of the component of {source}"


@checker("clrs_mst_kruskal")
def check_clrs_mst_kruskal(graph: Graph, answer: PairValues, weight: str = "weight") -> str:
    """an edge is taken exactly where no earlier edges connect its ends"""
    near, nodes = _weights(graph, weight), graph.nodes
    require(len(answer.values) == len(nodes) ** 2 and answer.witness is None, "there is not one figure for each pair")
    edges = sorted((value, i, j) for i, row in near.items() for j, value in row.items() if i < j)
    part = {i: {i} for i in near}  # the nodes that earlier edges connect with each node
    true = set()
    for _, i, j in edges:
        if part[i] is not part[j]:
            true |= {(i, j), (j, i)}
            small, large = sorted((part[i], part[j]), key=len)
            large |= small
            part.update(dict.fromkeys(small, large))
    for i, u in enumerate(nodes):
        for j, v in enumerate(nodes):
            said = answer.values[u, v]
            require(type(said) is int and said == int((i, j) in true), f"the figure at places {i}, {j} is another")
    return f"{len(true) // 2} edges make a minimum spanning forest"
