"""Measure a graph: exactly where that is cheap, else from samples that say so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from graphs.graph import Graph
from graphs.science.communities import between_communities, louvain, modularity
from graphs.science.figures import Figures, Hub
from graphs.science.panel import draw
from graphs.science.simple import Simple, project
from graphs.science.sweeps import depth, sweep
from graphs.science.triangles import clustering, sampled_clustering, triangle_cost


@dataclass(frozen=True, slots=True)
class Budget:
    """How much may be spent on one graph.

    sweep: operations (about 1.5 ns each) for distances and betweenness. panel: fewest sources of a sampled sweep;
    where `sweep` allows fewer, it is left out. triangles: multiplications before clustering is sampled, from `wedges`
    pairs of neighbours. edges: above this many, communities, cores and articulation points are left out.
    nulls: above this many edges no null models are made.
    hubs: how many are listed.
    """

    sweep: int = 60_000_000
    panel: int = 16
    triangles: int = 50_000_000
    wedges: int = 20_000
    edges: int = 40_000
    nulls: int = 40_000
    hubs: int = 10


STEP = Budget()  # a fraction of a second for each step of a growth, a second or two for a very large graph
REPORT = Budget(sweep=150_000_000, triangles=1_000_000_000, wedges=200_000, edges=2_000_000, nulls=60_000, hubs=20)


@dataclass(frozen=True, slots=True)
class Measured:
    """Figures, and by node number what they were made from. None where left out."""

    graph: Simple
    figures: Figures
    communities: NDArray[np.int64] | None = None
    cores: NDArray[np.int64] | None = None
    betweenness: NDArray[np.float64] | None = None


def measure(graph: Graph | nx.Graph | Simple, *, seed: int = 0, budget: Budget = STEP) -> Measured:
    """All figures of one graph but those that compare with an earlier step (see `Observer`)."""
    simple = graph if isinstance(graph, Simple) else project(graph)
    notes: dict[str, str] = {}
    found: dict[str, Any] = _sizes(simple)
    found["clustering"], found["transitivity"] = _clustering(simple, seed, budget, notes)
    found["assortativity"] = assortativity(simple)
    communities = cores = None
    if simple.num_edges <= budget.edges:
        communities = louvain(simple, seed)
        cores = core_numbers(simple)
        found |= _communities(simple, communities) | _cores(cores) | _articulation(simple)
    else:
        why = f"left out: over {budget.edges:,} edges"
        notes |= dict.fromkeys(("modularity", "max_core", "articulation_points", "bridge_share"), why)
    paths, betweenness = _paths(simple, seed, budget, notes)
    figures = Figures(
        **found, **paths, hubs=_hubs(simple, budget, cores, communities, betweenness), notes=notes, seed=seed
    )
    return Measured(simple, figures, communities, cores, betweenness)


def assortativity(graph: Simple) -> float | None:
    """Newman's degree assortativity; None where all edges join equal degrees and it is undefined."""
    ends = graph.degrees[graph.pairs].astype(float)
    if not len(ends):
        return None
    both = np.concatenate([ends, ends[:, ::-1]])
    spread = both[:, 0].std()
    return (
        None
        if spread < 1e-12
        else float(np.mean((both[:, 0] - both[:, 0].mean()) * (both[:, 1] - both[:, 1].mean())) / spread**2)
    )


def affordable_sources(graph: Simple, reach: int, budget: Budget) -> int:
    """From how many nodes `budget` lets one sweep, forward and back, on a graph of about `reach` levels."""
    return budget.sweep // max((4 * graph.num_edges + 8 * graph.num_nodes) * max(reach, 1), 1)


def core_numbers(graph: Simple) -> NDArray[np.int64]:
    """The largest k such that the node is in the k-core, for each node."""
    found = nx.core_number(graph.body)
    return np.fromiter((found[i] for i in range(graph.num_nodes)), np.int64, graph.num_nodes)


def _sizes(graph: Simple) -> dict[str, Any]:
    size, degrees = graph.num_nodes, graph.degrees
    sizes = np.bincount(graph.components)
    return {
        "num_nodes": size,
        "num_edges": graph.num_edges,
        "relations": graph.relations,
        "self_loops": graph.self_loops,
        "mean_degree": 2 * graph.num_edges / size if size else 0.0,
        "max_degree": int(degrees.max(initial=0)),
        "num_components": len(sizes),
        "isolates": int((degrees == 0).sum()),
        "largest_share": float(sizes[0] / size) if size else 0.0,
    }


def _clustering(graph: Simple, seed: int, budget: Budget, notes: dict[str, str]) -> tuple[float, float]:
    if triangle_cost(graph) <= budget.triangles:
        return clustering(graph)
    notes["clustering"] = notes["transitivity"] = f"sampled: {budget.wedges:,} pairs of neighbours"
    return sampled_clustering(graph, budget.wedges, seed)


def _communities(graph: Simple, communities: NDArray[np.int64]) -> dict[str, Any]:
    bridges = between_communities(graph, communities)
    return {
        "num_communities": int((np.bincount(communities, minlength=1) > 1).sum()),
        "modularity": modularity(graph, communities),
        "bridge_share": float(bridges.mean()) if graph.num_nodes else 0.0,
    }


def _cores(cores: NDArray[np.int64]) -> dict[str, Any]:
    top = int(cores.max(initial=0))
    return {"max_core": top, "max_core_size": int((cores == top).sum())}


def _articulation(graph: Simple) -> dict[str, Any]:
    count = sum(1 for _ in nx.articulation_points(graph.body))
    return {"articulation_points": count, "articulation_share": count / graph.num_nodes if graph.num_nodes else 0.0}


def _paths(
    graph: Simple, seed: int, budget: Budget, notes: dict[str, str]
) -> tuple[dict[str, Any], NDArray[np.float64] | None]:
    size = graph.num_nodes
    if not graph.num_edges:
        return {}, None
    members = np.flatnonzero(graph.components == 0)
    others = np.flatnonzero((graph.components != 0) & (graph.degrees > 0))
    reach = depth(graph, int(members[np.argmax(graph.degrees[members])]))
    affordable = affordable_sources(graph, reach, budget)
    names = ("path_length", "diameter", "betweenness_mean", "betweenness_max")
    if affordable < min(budget.panel, len(members)):
        notes |= dict.fromkeys(names, f"left out: {size:,} nodes and {graph.num_edges:,} edges are over the budget")
        return {}, None
    share = len(members) / (len(members) + len(others))
    panel = draw(graph, members, max(int(affordable * share), 1), seed)
    beside = draw(graph, others, max(affordable - len(panel), 1), seed)
    sources = np.concatenate([panel, beside])
    weights = np.concatenate(
        [np.full(len(p), len(a) / len(p)) for p, a in ((panel, members), (beside, others)) if len(p)]
    )
    swept = sweep(graph, sources, weights)
    distances = swept.distances[: len(panel)]
    total, reached = int(distances[distances > 0].sum()), int((distances > 0).sum())
    diameter = int(distances.max())
    if len(panel) < len(members):
        diameter = max(diameter, depth(graph, int(np.argmax(distances.max(axis=0)))))
        notes["path_length"] = f"sampled: from {len(panel):,} of {len(members):,} nodes to all others"
        notes["diameter"] = f"at least: from {len(panel):,} of {len(members):,} nodes and the farthest of them"
    if len(sources) < len(members) + len(others):
        text = f"sampled: paths from {len(sources):,} of {size:,} nodes"
        notes["betweenness_mean"] = notes["betweenness_max"] = text
    betweenness = swept.dependency / ((size - 1) * (size - 2)) if size > 2 else np.zeros(size)
    found = {
        "path_length": total / reached,
        "diameter": diameter,
        "betweenness_mean": float(betweenness.mean()),
        "betweenness_max": float(betweenness.max()),
    }
    return found, betweenness


def _hubs(
    graph: Simple,
    budget: Budget,
    cores: NDArray[np.int64] | None,
    communities: NDArray[np.int64] | None,
    betweenness: NDArray[np.float64] | None,
) -> tuple[Hub, ...]:
    order = np.argsort(-graph.degrees, kind="stable")[: budget.hubs]
    return tuple(
        Hub(
            graph.ids[i],
            graph.labels[i],
            int(graph.degrees[i]),
            None if cores is None else int(cores[i]),
            None if communities is None else int(communities[i]),
            None if betweenness is None else float(betweenness[i]),
        )
        for i in order
        if graph.degrees[i]
    )
