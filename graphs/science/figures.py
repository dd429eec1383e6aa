"""The network-science figures of one graph, and what each of them means."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Hub:
    """A node of high degree. betweenness: normalised, None where it was not measured."""

    id: Hashable
    label: str
    degree: int
    core: int | None = None
    community: int | None = None
    betweenness: float | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of the undirected simple projection. None: undefined on this graph, or left out (`notes` says which).

    notes: for a figure that was sampled, bounded or left out, how. seed: of every random choice.
    """

    num_nodes: int
    num_edges: int
    relations: int
    self_loops: int
    mean_degree: float
    max_degree: int
    num_components: int
    isolates: int
    largest_share: float
    clustering: float | None = None
    transitivity: float | None = None
    assortativity: float | None = None
    num_communities: int | None = None
    modularity: float | None = None
    stability: float | None = None
    path_length: float | None = None
    diameter: int | None = None
    newly_connected: float | None = None
    shortened: float | None = None
    max_core: int | None = None
    max_core_size: int | None = None
    betweenness_mean: float | None = None
    betweenness_max: float | None = None
    articulation_points: int | None = None
    articulation_share: float | None = None
    bridge_share: float | None = None
    hubs: tuple[Hub, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    seed: int = 0

    def value(self, name: str) -> float | None:
        """One of the figures of `ABOUT` by its name."""
        value = getattr(self, name)
        return None if value is None else float(value)

    def as_json(self) -> dict[str, Any]:
        """Plain data for a step's notes; figures that are None are left out."""
        data = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in ("hubs", "notes")}
        hubs = [{f.name: getattr(hub, f.name) for f in fields(hub)} for hub in self.hubs]
        return {k: v for k, v in data.items() if v is not None} | {"hubs": hubs, "notes": dict(self.notes)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Figures:
        """Read what `as_json` wrote; unknown names are ignored."""
        known = {f.name for f in fields(cls)} - {"hubs", "notes"}
        hubs = tuple(Hub(**{f.name: hub.get(f.name) for f in fields(Hub)}) for hub in data.get("hubs", ()))
        return cls(**{k: v for k, v in data.items() if k in known}, hubs=hubs, notes=dict(data.get("notes", {})))


@dataclass(frozen=True, slots=True)
class About:
    """title: for a plot. meaning: one sentence. digits: after the point. least, most: the range of its values."""

    title: str
    meaning: str
    digits: int = 3
    least: float = 0.0
    most: float = math.inf


ABOUT: Mapping[str, About] = {
    "num_nodes": About("Nodes", "Entities.", 0),
    "num_edges": About("Edges", "Pairs of different entities joined by at least one relation.", 0),
    "mean_degree": About("Mean degree", "Neighbours of a node on average.", 2),
    "max_degree": About("Max degree", "Neighbours of the best-connected node.", 0),
    "largest_share": About("Largest component", "Share of the nodes in the largest connected component.", most=1),
    "num_components": About("Components", "Connected components, isolated nodes included.", 0),
    "isolates": About("Isolates", "Nodes without a neighbour.", 0),
    "clustering": About(
        "Clustering", "Mean over the nodes of the share of their pairs of neighbours that are joined.", most=1
    ),
    "transitivity": About(
        "Transitivity", "Share of all pairs of edges that meet in a node and close to a triangle.", most=1
    ),
    "assortativity": About(
        "Degree assortativity",
        "Correlation of the degrees at the two ends of an edge; below 0, hubs hang on leaves.",
        least=-1,
        most=1,
    ),
    "modularity": About("Modularity", "Newman's Q of the Louvain communities.", least=-0.5, most=1),
    "num_communities": About("Communities", "Louvain communities of two nodes or more.", 0),
    "stability": About(
        "Community stability",
        "Adjusted mutual information with the previous step's communities, on common nodes.",
        least=-1,
        most=1,
    ),
    "path_length": About("Path length", "Mean shortest path between nodes of the largest component.", 2),
    "diameter": About("Diameter", "Longest shortest path of the largest component.", 0),
    "newly_connected": About(
        "Newly connected", "Share of the panel's unconnected pairs of the previous step that are connected now.", most=1
    ),
    "shortened": About(
        "Shortened", "Share of the panel's connected pairs of the previous step that came closer.", most=1
    ),
    "max_core": About("Max k-core", "Largest k such that some nodes have k neighbours among themselves.", 0),
    "max_core_size": About("Size of that core", "Nodes in the innermost core.", 0),
    "betweenness_mean": About(
        "Mean betweenness", "Share of shortest paths that run through a node, on average.", 4, most=1
    ),
    "betweenness_max": About("Max betweenness", "The same for the node that most shortest paths run through.", most=1),
    "articulation_points": About("Articulation points", "Nodes without which their component falls apart.", 0),
    "articulation_share": About("Articulation share", "Articulation points as a share of the nodes.", most=1),
    "bridge_share": About("Bridge nodes", "Share of the nodes with neighbours in two communities or more.", most=1),
}
