"""Checks of communities: that they are what their definition says, or a partition of the stated quality."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Mapping
from typing import Any

from graphs.graph import Graph, Node
from tools.answers import Groups, Nodes, Number, Truth
from tools.certificates.adjacency import neighbour_sets
from tools.certificates.agreement import nearly, settled
from tools.certificates.base import Claim, checker, require
from tools.certificates.disjoint_sets import Sets
from tools.certificates.partitions import modularity_by_pairs, require_partition
from tools.certificates.spectral import PRECISION, check_fiedler, up_to


def _scored(graph: Graph, answer: Groups, weight: str | None = None, resolution: float = 1.0) -> str:
    """Require a partition with the stated modularity; the claim in words."""
    place = require_partition(graph, answer.groups)
    if not graph.num_edges:
        require(answer.score is None, "a graph without edges has no modularity")
        return f"these {len(answer.groups)} groups are a partition"
    score = modularity_by_pairs(graph, place, weight, resolution, directed=False)
    require(answer.score is not None and nearly(answer.score, score), f"the modularity is {score}")
    return f"these {len(answer.groups)} groups are a partition of modularity {answer.score:.6g}"


@checker("louvain_communities", "greedy_modularity_communities")
def check_modularity_communities(
    graph: Graph, answer: Groups, weight: str | None = None, resolution: float = 1.0, seed: int = 0
) -> str:
    """a partition, and its modularity counted from the edges"""
    settled(answer, estimated=True)
    require(answer.witness is None, "something is claimed that cannot be checked")
    return f"{_scored(graph, answer, weight, resolution)}; not proven optimal"


@checker("label_propagation_communities")
def check_label_propagation_communities(graph: Graph, answer: Groups) -> str:
    """a partition, and its modularity counted from the edges"""
    settled(answer, estimated=True)
    require(answer.witness is None, "something is claimed that cannot be checked")
    return f"{_scored(graph, answer)}; not proven optimal"


@checker("fluid_communities")
def check_fluid_communities(graph: Graph, answer: Groups, k: int = 2, seed: int = 0) -> str:
    """a partition into k groups, and its modularity counted from the edges"""
    settled(answer, estimated=True)
    require(answer.witness is None, "something is claimed that cannot be checked")
    require(len(answer.groups) == k, f"there are not {k} groups")
    return f"{_scored(graph, answer)}; not proven optimal"


@checker("kernighan_lin_bisection")
def check_kernighan_lin_bisection(graph: Graph, answer: Groups, weight: str | None = None, seed: int = 0) -> str:
    """a partition into two halves, and the edges between them counted"""
    settled(answer, estimated=True)
    claim = _scored(graph, answer, weight)
    sizes = sorted(map(len, answer.groups))
    require(len(sizes) == 2 and sizes[1] - sizes[0] <= 1, "the two parts are not of equal size")
    side = set(answer.groups[0])
    cut = sum(
        1 if weight is None else edge.attributes[weight]
        for edge in graph.edges()
        if (edge.source in side) != (edge.target in side)
    )
    require(set(answer.witness) == {"cut"} and nearly(answer.witness["cut"], cut), f"the cut weighs {cut}")
    return f"{claim}, and the cut weighs {cut:.6g}; not proven optimal"


@checker("spectral_bisection")
def check_spectral_bisection(graph: Graph, answer: Groups, weight: str | None = None) -> str | Claim:
    """the Fiedler vector proven, and the nodes divided by its signs"""
    settled(answer)
    claim, vector = _scored(graph, answer, weight), answer.witness
    rows: dict[Node, float] = {}
    for edge in graph.edges():
        if edge.source != edge.target:
            size = 1 if weight is None else edge.attributes[weight]
            for near, far in ((edge.source, edge.target), (edge.target, edge.source)):
                rows[near] = rows.get(near, 0.0) + size * (vector[near] - vector[far])
    number = sum(vector[node] * pull for node, pull in rows.items())  # the Rayleigh quotient of a unit vector
    error = check_fiedler(graph, number, vector, weight)
    signs = {frozenset(node for node in graph if (vector[node] < 0) == negative) for negative in (True, False)}
    require({frozenset(group) for group in answer.groups} == signs - {frozenset()}, "the signs divide in another way")
    return up_to(f"{claim}, divided by the signs of the Fiedler vector", error, PRECISION * (1 + abs(number)))


@checker("girvan_newman")
def check_girvan_newman(graph: Graph, answer: Groups, k: int = 2) -> str | Claim:
    """each removed edge compared with the betweenness of all others at its turn, and the components searched"""
    settled(answer)
    claim = _scored(graph, answer)
    around = neighbour_sets(graph)
    for u, v in answer.witness:
        require(v in around[u], f"{u} and {v} are not joined any more")
        require(len(_components(around)) < k, "an edge is removed after the goal was reached")
        scores = edge_scores(around)
        top = max(scores.values())
        require(
            scores[frozenset((u, v))] >= top - 1e-7, f"the edge {u}-{v} has not the highest betweenness at its turn"
        )
        around[u].discard(v)
        around[v].discard(u)
    parts = _components(around)
    require(len(parts) >= k, f"there are fewer than {k} components")
    require({frozenset(group) for group in answer.groups} == set(parts), "the groups are not the components left")
    return f"{claim}, left when the {len(answer.witness)} edges of highest betweenness are removed one by one"


def _components(around: Mapping[Node, set[Node]]) -> list[frozenset[Node]]:
    left = dict.fromkeys(around)
    parts = []
    while left:
        queue = [next(iter(left))]
        part = set(queue)
        while queue:
            fresh = around[queue.pop()] - part
            part |= fresh
            queue += fresh
        for node in part:
            del left[node]
        parts.append(frozenset(part))
    return parts


def edge_scores(around: Mapping[Node, set[Node]]) -> dict[frozenset[Node], float]:
    """Betweenness of each edge: one search from each node, then the shares of the paths summed up backwards."""
    scores: dict[frozenset[Node], float] = {frozenset((u, v)): 0.0 for u in around for v in around[u]}
    for source in around:
        far, paths, order, queue = {source: 0}, {source: 1}, [], deque([source])
        while queue:
            u = queue.popleft()
            order.append(u)
            for v in around[u]:
                if v not in far:
                    far[v], paths[v] = far[u] + 1, 0
                    queue.append(v)
                if far[v] == far[u] + 1:
                    paths[v] += paths[u]
        share = dict.fromkeys(order, 1.0)
        for v in reversed(order):
            for u in around[v]:
                if far[u] == far[v] - 1:
                    part = share[v] * paths[u] / paths[v]
                    scores[frozenset((u, v))] += part / 2
                    share[u] += part
    return scores


@checker("k_clique_communities")
def check_k_clique_communities(graph: Graph, answer: Groups, k: int = 3) -> str | Claim:
    """every clique of k nodes listed, and joined where two share k - 1 nodes"""
    settled(answer)
    require(answer.score is None and answer.witness is None, "something is claimed that cannot be checked")
    around = neighbour_sets(graph)
    place = {node: i for i, node in enumerate(graph)}
    cliques: list[tuple[Node, ...]] = [(node,) for node in graph]
    for _ in range(k - 1):
        cliques = [
            (*clique, v)
            for clique in cliques
            for v in around[clique[-1]]
            if place[v] > place[clique[-1]] and all(v in around[u] for u in clique)
        ]
        if len(cliques) > 50_000:
            return Claim("the cliques are too many to list again", "none")
    linked = Sets(range(len(cliques)))
    faces: dict[frozenset[Node], int] = {}
    for i, clique in enumerate(cliques):
        for face in itertools.combinations(clique, k - 1):
            linked.join(i, faces.setdefault(frozenset(face), i))
    unions: dict[int, set[Node]] = {}
    for i, clique in enumerate(cliques):
        unions.setdefault(linked.name[i], set()).update(clique)
    expected = sorted(sorted(map(place.__getitem__, group)) for group in unions.values())
    shown = sorted(sorted(map(place.__getitem__, group)) for group in answer.groups)
    require(shown == expected, f"there are {len(expected)} communities of linked cliques, and others are shown")
    return f"these are the {len(expected)} unions of {k}-cliques linked by {k - 1} shared nodes"


@checker("same_community")
def check_same_community(graph: Graph, answer: Truth, u: Any, v: Any, method: str = "louvain") -> Claim:
    """the groups are a partition, and the two nodes looked up in it"""
    settled(answer, estimated=True)
    place = require_partition(graph, answer.witness)
    together = place[graph.node(u)] == place[graph.node(v)]
    require(answer.holds == together, "the groups say otherwise")
    return Claim(f"{u} and {v} are {'in one group' if together else 'apart'} in the partition shown", "none")


@checker("community_of")
def check_community_of(graph: Graph, answer: Nodes, node: Any, method: str = "louvain") -> Claim:
    """the groups are a partition, and the node looked up in it"""
    settled(answer, estimated=True)
    place = require_partition(graph, answer.witness)
    group = answer.witness[place[graph.node(node)]]
    require(answer.nodes == group, "the groups say otherwise")
    return Claim(f"{node} stands in a group of {len(group)} in the partition shown", "none")


@checker("number_of_communities")
def check_number_of_communities(graph: Graph, answer: Number, method: str = "louvain") -> Claim:
    """the groups are a partition, and are counted"""
    settled(answer, estimated=True)
    require_partition(graph, answer.witness)
    require(answer.number == len(answer.witness), "the groups say otherwise")
    return Claim(f"the partition shown has {answer.number} groups", "none")
