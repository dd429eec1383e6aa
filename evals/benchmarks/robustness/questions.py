"""The exact kinds of question of the robustness benchmark: on which graphs they are asked, and their right answers."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx

from evals import truth
from evals.benchmarks.robustness.settings import Family
from graphs.graph import Graph, Node

Slots = Mapping[str, Any]


@dataclass(frozen=True)
class Kind:
    """A kind of question. slots: which nodes, times or paths its wordings name ("", "u", "uv", "ut", "p").

    gold: the right answer by `evals.truth`. scoring: the name of a scorer in `evals.scorers`.
    """

    family: Family
    slots: str
    scoring: str
    gold: Callable[[Graph, Slots], Any]


def _sorted(nodes: set[Node]) -> list[Node]:
    return sorted(nodes, key=str)


def _apart(graph: Graph, node: Node) -> list[Node]:
    return _sorted(set(graph.nx) - truth.neighbours(graph, node) - {node})


def _common(graph: Graph, u: Node, v: Node) -> list[Node]:
    return _sorted(truth.neighbours(graph, u) & truth.neighbours(graph, v))


def _best(scores: Mapping[Node, float]) -> list[Node]:
    top = max(scores.values())
    return [node for node, score in scores.items() if score > top - 1e-9]


def _diameter(graph: Graph) -> float:
    return max(truth.eccentricities(graph).values())


def _density(graph: Graph) -> float:
    return 2 * graph.num_edges / (graph.num_nodes * (graph.num_nodes - 1))


KINDS: dict[str, Kind] = {
    "edge_existence": Kind("plain", "uv", "yes_no", lambda g, s: g.has_edge(s["u"], s["v"])),
    "node_degree": Kind("plain", "u", "number", lambda g, s: truth.degree(g, s["u"])),
    "node_count": Kind("plain", "", "number", lambda g, s: g.num_nodes),
    "edge_count": Kind("plain", "", "number", lambda g, s: g.num_edges),
    "connected_nodes": Kind("plain", "u", "node_set", lambda g, s: _sorted(truth.neighbours(g, s["u"]))),
    "disconnected_nodes": Kind("plain", "u", "node_set", lambda g, s: _apart(g, s["u"])),
    "cycle_check": Kind("plain", "", "yes_no", lambda g, s: truth.has_cycle(g)),
    "reachability": Kind("plain", "uv", "yes_no", lambda g, s: truth.hops(g, s["u"], s["v"]) < truth.NO_PATH),
    "shortest_path": Kind("plain", "uv", "length", lambda g, s: truth.hops(g, s["u"], s["v"])),
    "shortest_route": Kind("weighted", "uv", "shortest_path", lambda g, s: truth.distance(g, s["u"], s["v"])),
    "weighted_distance": Kind("weighted", "uv", "length", lambda g, s: truth.distance(g, s["u"], s["v"])),
    "maximum_flow": Kind("flow", "uv", "number", lambda g, s: truth.maximum_flow(g, s["u"], s["v"])),
    "topological_order": Kind("dag", "", "topological_order", lambda g, s: None),
    "matching": Kind("bipartite", "", "matching", lambda g, s: truth.matching_size(g)),
    "matching_size": Kind("bipartite", "", "number", lambda g, s: truth.matching_size(g)),
    "component_count": Kind("plain", "", "number", lambda g, s: len(truth.components(g))),
    "component_of": Kind("plain", "u", "node_set", lambda g, s: _sorted(truth.component(g, s["u"]))),
    "connectivity": Kind("plain", "", "yes_no", lambda g, s: len(truth.components(g)) == 1),
    "diameter": Kind("plain", "", "number", lambda g, s: _diameter(g)),
    "mst_weight": Kind("weighted", "", "number", lambda g, s: truth.spanning_tree_weight(g)),
    "common_neighbours": Kind("plain", "uv", "node_set", lambda g, s: _common(g, s["u"], s["v"])),
    "common_neighbour_count": Kind("plain", "uv", "number", lambda g, s: len(_common(g, s["u"], s["v"]))),
    "page_rank": Kind("plain", "", "one_of", lambda g, s: _best(truth.page_rank(g))),
    "triangle_counting": Kind("plain", "", "number", lambda g, s: truth.triangles(g)),
    "jaccard": Kind("plain", "uv", "number", lambda g, s: float(truth.jaccard(g, s["u"], s["v"]))),
    "bipartite_check": Kind("plain", "", "yes_no", lambda g, s: truth.is_bipartite(g)),
    "bridges": Kind("plain", "", "edge_set", lambda g, s: [_sorted(set(pair)) for pair in truth.bridges(g)]),
    "articulation_points": Kind("plain", "", "node_set", lambda g, s: _sorted(truth.articulation_points(g))),
    "hamiltonian_path": Kind("plain", "", "hamiltonian_path", lambda g, s: truth.has_hamiltonian_path(g)),
    "highest_degree": Kind("plain", "", "one_of", lambda g, s: _best({n: truth.degree(g, n) for n in g.nx})),
    "density": Kind("plain", "", "number", lambda g, s: _density(g)),
    "predecessors": Kind("directed", "u", "node_set", lambda g, s: _sorted(set(g.nx.predecessors(s["u"])))),
    "out_degree": Kind("directed", "u", "number", lambda g, s: g.nx.out_degree(s["u"])),
    "strong_component_count": Kind("directed", "", "number", lambda g, s: len(truth.strong_components(g))),
    "when_linked": Kind("temporal", "uv", "numbers", lambda g, s: truth.times(g, s["u"], s["v"])),
    "neighbours_at": Kind("temporal", "ut", "node_set", lambda g, s: _sorted(truth.neighbours(g, s["u"], s["t"]))),
    "first_connected": Kind("temporal", "uv", "number", lambda g, s: truth.first_connected(g, s["u"], s["v"])),
    "chronological_path": Kind("temporal", "p", "yes_no", lambda g, s: truth.is_chronological(g, s["p"])),
}

CONNECTED = ("diameter", "mst_weight", "highest_degree", "page_rank", "shortest_route")  # asked on connected graphs


def make_graph(kind: str, family: Family, names: list[Any], rng: random.Random, sides: int = 0) -> Graph:
    """A small random graph on `names` on which the question has an answer; `sides` splits a bipartite graph."""
    for _ in range(200):
        graph = _draw(family, names, rng, sides)
        body = graph.nx
        if graph.num_edges < 3:
            continue
        if kind in CONNECTED and not nx.is_connected(body):
            continue
        if kind in ("page_rank", "highest_degree") and len(KINDS[kind].gold(graph, {})) > 1:
            continue
        return graph
    raise RuntimeError(f"no random graph fits {kind}")  # the families above meet every condition within a few draws


def _draw(family: Family, names: list[Any], rng: random.Random, sides: int) -> Graph:
    count = len(names)
    chance = rng.uniform(0.2, 0.5)
    pairs = [(names[i], names[j]) for i in range(count) for j in range(i + 1, count)]
    if family == "bipartite":
        pairs = [(u, v) for u in names[:sides] for v in names[sides:]]
    if family in ("directed", "flow"):
        pairs += [(v, u) for u, v in pairs]
    if family == "dag":
        rank = {name: rng.random() for name in names}
        pairs = [(u, v) if rank[u] < rank[v] else (v, u) for u, v in pairs]
    edges: list[tuple[Any, Any, dict[str, Any]]] = []
    for u, v in pairs:
        if rng.random() < chance:
            edges.append((u, v, _attributes(family, rng)))
    directed = family in ("directed", "flow", "dag")
    return Graph.from_edges(edges, names, directed=directed)


def _attributes(family: Family, rng: random.Random) -> dict[str, Any]:
    if family == "weighted":
        return {"weight": rng.randint(1, 20)}
    if family == "flow":
        return {"capacity": rng.randint(1, 20)}
    return {"time": rng.randint(0, 5)} if family == "temporal" else {}


def choose_slots(kind: str, graph: Graph, rng: random.Random) -> dict[str, Any]:
    """Nodes, times or a path to ask about; temporal pairs have an answer, flows a source with outgoing edges."""
    wanted = KINDS[kind].slots
    if wanted == "uv":
        pairs = [(u, v) for u in graph.nodes for v in graph.nodes if u != v]
        if kind == "first_connected":
            pairs = [(u, v) for u, v in pairs if v in truth.component(graph, u)]
        if kind == "jaccard":  # 0/0 has no agreed value
            pairs = [(u, v) for u, v in pairs if truth.neighbours(graph, u) | truth.neighbours(graph, v)]
        if kind == "when_linked":
            pairs = [(e.source, e.target) for e in graph.edges()]
        u, v = rng.choice(pairs)
        return {"u": u, "v": v}
    if wanted == "ut":
        edge = rng.choice(list(graph.edges()))
        return {"u": edge.source, "t": edge.attributes["time"]}
    if wanted == "p":
        path = [rng.choice([e.source for e in graph.edges()])]
        while len(path) < 4 and (more := [v for v in graph.nx[path[-1]] if v not in path]):
            path.append(rng.choice(more))
        return {"p": path}
    return {"u": rng.choice(graph.nodes)} if wanted == "u" else {}
