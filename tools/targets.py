"""Random graphs that meet targets: size, connectivity, communities, clustering."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import networkx as nx


@dataclass
class Plan:
    """What the graph should have. `block[v]` is the community of node v; `inside` the share of edges within one."""

    nodes: int
    edges: int
    directed: bool
    connected: bool
    block: list[int]
    inside: float = 0.9
    members: list[list[int]] = field(init=False)

    def __post_init__(self) -> None:
        self.members = [[] for _ in range(max(self.block, default=0) + 1)]
        for node, block in enumerate(self.block):
            self.members[block].append(node)


def build(plan: Plan, closing: float, seed: int) -> nx.Graph:
    """A graph of exactly `plan.edges` edges; each is put, with probability `closing`, where it closes a triangle.

    A random tree comes first when the graph must be connected (weakly, when directed); the rest is random, mostly
    within communities. O(n + m) expected while the graph is sparse.
    """
    rng = random.Random(seed)
    body: nx.Graph = nx.DiGraph() if plan.directed else nx.Graph()
    body.add_nodes_from((node, {"community": plan.block[node]}) for node in range(plan.nodes))
    if plan.connected:
        _span(body, plan, rng)
    misses, edges = 0, body.number_of_edges()  # counted here: the body would add up all degrees each time
    while edges < plan.edges and misses < 20 * plan.edges + 1000:
        pair = (_triangle(body, rng) if rng.random() < closing else None) or _anywhere(plan, rng)
        if pair[0] == pair[1] or body.has_edge(*pair):
            misses += 1
        else:
            body.add_edge(*pair)
            edges += 1
    if edges < plan.edges:
        _fill(body, plan.edges, rng)
    return body


def average_clustering(body: nx.Graph) -> float:
    """The mean over all nodes of the share of their neighbours that are joined, directions ignored; 0 without nodes."""
    near = {node: set(others) - {node} for node, others in nx.Graph(body).adj.items()}
    shares = [
        sum(len(near[other] & others) for other in others) / (len(others) * (len(others) - 1))
        for others in near.values()
        if len(others) > 1
    ]
    return sum(shares) / len(near) if near else 0.0


def _span(body: nx.Graph, plan: Plan, rng: random.Random) -> None:
    """A random tree in each community, and one edge from each community to an earlier one."""
    for number, members in enumerate(plan.members):
        for i, node in enumerate(members):
            if i:
                body.add_edge(members[rng.randrange(i)], node)
            elif number:
                body.add_edge(rng.choice(plan.members[rng.randrange(number)]), node)


def _triangle(body: nx.Graph, rng: random.Random) -> tuple[int, int] | None:
    """Two neighbours, not yet joined, of a random node; None when a few draws find none."""
    for _ in range(5):
        middle = rng.randrange(body.number_of_nodes())
        near = [*body.adj[middle], *(body.pred[middle] if body.is_directed() else ())]
        if len(near) > 1:
            u, v = rng.sample(near, 2)
            if u != v and not body.has_edge(u, v) and body.nodes[u]["community"] == body.nodes[v]["community"]:
                return u, v
    return None


def _anywhere(plan: Plan, rng: random.Random) -> tuple[int, int]:
    u = rng.randrange(plan.nodes)
    if len(plan.members) > 1 and rng.random() < plan.inside:
        return u, rng.choice(plan.members[plan.block[u]])
    return u, rng.randrange(plan.nodes)


def _fill(body: nx.Graph, edges: int, rng: random.Random) -> None:
    """Add free pairs, in random order, until there are `edges`: for graphs that are nearly complete."""
    nodes = list(body)
    free = [
        (u, v) for u in nodes for v in nodes if (u != v if body.is_directed() else u < v) and not body.has_edge(u, v)
    ]
    body.add_edges_from(rng.sample(free, edges - body.number_of_edges()))


def nearest(plan: Plan, clustering: float | None, seed: int, tries: int = 9) -> nx.Graph:
    """The graph whose average clustering is nearest to `clustering` among some with more or less closed triangles."""
    if clustering is None:
        return build(plan, 0.0, seed)
    low, high = 0.0, 1.0
    best, gap = build(plan, 0.0, seed), float("inf")
    for attempt in range(tries):
        closing = (0.0, 1.0)[attempt] if attempt < 2 else (low + high) / 2
        body = build(plan, closing, seed + attempt)
        found = average_clustering(body)
        if abs(found - clustering) < gap:
            best, gap = body, abs(found - clustering)
        if attempt >= 2:
            low, high = (closing, high) if found < clustering else (low, closing)
    return best
