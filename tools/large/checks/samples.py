"""Checks of samples: some of the measurements made again, and the interval reckoned by another library."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphs.compact.graph import CompactGraph
from tools.answers import NodeValues, Number
from tools.certificates.base import Claim
from tools.large.algorithms import checks
from tools.large.checks.base import close, exact, require, trees
from tools.large.registry import check_of
from tools.large.views import Forest

AGAIN = 3  # searches that are made again


def interval_holds(answer: Number, low: float, high: float, *, near: float = 1e-6) -> None:
    """Reject unless the answer's interval is this one and holds its value."""
    said = answer.interval
    require(answer.estimated and not answer.exact and said is not None, "an estimate has an interval")
    assert said is not None
    require(abs(said.low - low) <= near * (1 + abs(low)), "the interval begins elsewhere")
    require(abs(said.high - high) <= near * (1 + abs(high)), "the interval ends elsewhere")
    require(said.low - 1 <= answer.number <= said.high + 1, "the value lies outside its interval")


def share_holds(
    answer: Number, hits: int, trials: int, scale: float, *, whole: bool = False, most: float = np.inf
) -> Claim:
    """Reject unless value and interval follow from the hits."""
    from scipy.stats import binomtest

    require(0 <= hits <= trials and trials > 0, "there are more hits than trials")
    found = binomtest(hits, trials).proportion_ci(0.95, method="exact")
    interval_holds(answer, found.low * scale, min(most, found.high * scale))
    value = hits / trials * scale
    require(close(answer.number, round(value) if whole else value), "the value is another")
    return Claim(f"the interval follows from {hits} hits in {trials} trials", "recount")


@check_of("average_shortest_path_length", grade="recount")
def check_average(graph: CompactGraph, answer: Number, weight: str | None = None) -> str | Claim:
    """some of the searches made again by another method, and the mean and its interval reckoned by another library"""
    sources, means, n = answer.witness["sources"], answer.witness["means"], graph.num_nodes
    if n == 1:
        exact(answer)
        require(answer.number == 0, "there is nothing to go to")
        return "a single node has nowhere to go"
    require(len(sources) == len(means) > 0 and len(np.unique(sources)) == len(sources), "sources come twice")
    for i in range(0, len(sources), max(1, len(sources) // AGAIN)):
        require(close(float(means[i]), _mean_again(graph, int(sources[i]), weight)), "a search finds another mean")
    require(close(answer.number, float(means.mean())), "the mean is another")
    if len(sources) == n:
        exact(answer)
        return f"the mean distance is {answer.number:.6g}"
    from scipy.stats import t

    error = float(np.std(means, ddof=1)) * np.sqrt((1 - len(means) / n) / len(means))
    low, high = t.interval(0.95, len(means) - 1, loc=float(means.mean()), scale=error)
    interval_holds(answer, float(low), float(high))
    return f"the interval follows from {len(means)} searches"


def _mean_again(graph: CompactGraph, source: int, weight: str | None) -> float:
    if weight is None:
        found = checks().levels(graph.out.starts, graph.out.heads, source).astype(np.float64)
        require(bool((found >= 0).all()), "a node is not reached")
        return float(found.sum()) / (graph.num_nodes - 1)
    from tools.large.dijkstra import distances

    return float(distances(graph, np.asarray(graph.columns[weight], np.float64), source).sum()) / (graph.num_nodes - 1)


@check_of("closeness_centrality")
def check_closeness(graph: CompactGraph, answer: Number, node: Any = None, weight: str | None = None) -> str:
    """trees of edges towards the node, and distances that no edge undercuts"""
    exact(answer)
    place, depth = graph.index(node), answer.witness["depth"]
    root = np.where(depth >= 0, place, -1)
    require(depth[place] == 0, "the node is not at distance 0")
    trees(graph, Forest(answer.witness["parent"], answer.witness["edge"], depth, root), way="in")
    far = np.where(depth < 0, np.iinfo(np.int32).max // 2, depth).astype(np.int64)
    over = far[graph.source] > far[graph.target] + 1
    if not graph.directed:
        over |= far[graph.target] > far[graph.source] + 1
    require(not over.any(), "an edge undercuts the distances")
    found = depth[depth > 0].astype(np.int64)
    total, n = int(found.sum()), graph.num_nodes
    value = len(found) ** 2 / (total * (n - 1)) if total else 0.0
    require(close(answer.number, value), "the value is another")
    return f"{len(found)} nodes reach {graph.labels[place]}, at distances that add up to {total}"


@check_of("betweenness_centrality", grade="recount")
def check_betweenness(
    graph: CompactGraph,
    answer: NodeValues | Number,
    node: Any = None,
    weight: str | None = None,
    samples: int | None = None,
    seed: int = 0,
) -> str | Claim:
    """the shares and the interval reckoned from the paths again"""
    through, paths, n = answer.witness["through"], answer.witness["paths"], graph.num_nodes
    require(len(through) == n and int(through.max()) <= paths, "more paths pass than were drawn")
    scale = n / (n - 2)
    if isinstance(answer, Number):
        return share_holds(answer, int(through[graph.index(node)]), paths, scale, most=1.0)
    require(list(answer.values) == graph.nodes, "the values are not those of the nodes")
    require(bool(np.allclose(list(answer.values.values()), through / paths * scale)), "a share is another")
    return f"the shares follow from {paths} paths"
