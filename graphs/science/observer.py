"""Follow a graph while it grows: the figures of each step, and what changed since the one before."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import numpy as np

from graphs.graph import Graph
from graphs.science.communities import adjusted_mutual_information
from graphs.science.figures import Figures
from graphs.science.measure import STEP, Budget, Measured, affordable_sources, measure
from graphs.science.panel import draw
from graphs.science.simple import Simple
from graphs.science.sweeps import depth, sweep

PANEL = 64


class Observer:
    """Measures successive states of one graph.

    The first state has nothing to be compared with: `stability`, `newly_connected` and `shortened` are None there.
    After an interruption measure the last state once more; the figures that follow are those of an unbroken run.

    >>> watcher = Observer(seed=1)
    >>> first = watcher.measure(nx.path_graph(6))
    >>> watcher.measure(nx.cycle_graph(6)).shortened
    0.2
    """

    def __init__(self, *, seed: int = 0, budget: Budget = STEP) -> None:
        self.seed, self.budget = seed, budget
        self.last: Measured | None = None
        self._panel: dict[object, int] = {}
        self._distances = np.zeros((0, 0), np.int32)

    def measure(self, graph: Graph | nx.Graph | Simple) -> Figures:
        """The figures of `graph`, compared with the graph of the previous call."""
        now, before = measure(graph, seed=self.seed, budget=self.budget), self.last
        notes = dict(now.figures.notes)
        stability = None if before is None else _stability(before, now)
        connected, shortened = self._compare_panel(now.graph, notes)
        figures = replace(now.figures, stability=stability, newly_connected=connected, shortened=shortened, notes=notes)
        self.last = replace(now, figures=figures)
        return figures

    def _compare_panel(self, graph: Simple, notes: dict[str, str]) -> tuple[float | None, float | None]:
        """Of the pairs in both panels: (share of those apart that are joined now, share of those joined now closer)."""
        panel = draw(graph, np.arange(graph.num_nodes), PANEL, self.seed)
        reach = depth(graph, int(np.argmax(graph.degrees))) if graph.num_edges else 0
        if affordable_sources(graph, reach, self.budget) < PANEL and graph.num_edges:
            notes |= dict.fromkeys(("newly_connected", "shortened"), "left out: over the budget")
            self._panel, self._distances = {}, np.zeros((0, 0), np.int32)
            return None, None
        number = {graph.ids[i]: at for at, i in enumerate(panel)}
        distances = sweep(graph, panel).distances[:, panel]
        common = [i for i in self._panel if i in number]
        old = self._distances[np.ix_(rows := [self._panel[i] for i in common], rows)]
        new = distances[np.ix_(rows := [number[i] for i in common], rows)]
        self._panel, self._distances = {i: at for i, at in number.items()}, distances
        upper = np.triu(np.ones(old.shape, bool), 1)
        apart, joined = upper & (old < 0), upper & (old >= 0)
        closer = joined & (new >= 0) & (new < old)
        return _share(apart & (new >= 0), apart), _share(closer, joined)


def _stability(before: Measured, now: Measured) -> float | None:
    if before.communities is None or now.communities is None:
        return None
    earlier = dict(zip(before.graph.ids, before.communities.tolist(), strict=True))
    pairs = [(earlier[i], c) for i, c in zip(now.graph.ids, now.communities.tolist(), strict=True) if i in earlier]
    return adjusted_mutual_information([a for a, _ in pairs], [b for _, b in pairs]) if len(pairs) > 1 else None


def _share(part: np.ndarray, whole: np.ndarray) -> float | None:
    return float(part.sum() / whole.sum()) if whole.any() else None
