"""Figures that are too dear at size, from samples: distances from some nodes, paths of some pairs.

Exact as long as all of it takes seconds; then an estimate with a confidence interval, which names the sample.
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from graphs.compact.arrays import Rows
from graphs.compact.extra import kernels as graph_kernels
from graphs.compact.graph import CompactGraph
from graphs.errors import BadArgument
from tools.answers import Interval, NodeValues, Number
from tools.arcs import require_nodes
from tools.large.algorithms import algorithms, sampling
from tools.large.far import require_joined
from tools.large.intervals import CONFIDENCE, of_mean, of_share, together
from tools.large.paths import costs_from
from tools.large.registry import large, only_small
from tools.large.views import distinct, per_node, simple_rows

WORK = 3e9  # arcs that an exact answer may look at
SOURCES = 256  # searches for an average distance
PAIRS = 2_000  # pairs of nodes for betweenness
LIMIT = 30.0  # seconds after which a sample ends, once it has FEWEST
FEWEST = 30
SMALL = 5_000_000  # nodes times edges up to which betweenness is exact (`tools.centrality`)
SEED = 0


def _interval(low: float, high: float, sample: str) -> Interval:
    return Interval(low, high, CONFIDENCE, sample)


def mean_distances(graph: CompactGraph, weight: str | None, sources: Any) -> Any:
    """Mean distance from each of the nodes to all others, until the time is over; float64 [k]."""
    end, n = time.monotonic() + LIMIT, graph.num_nodes
    found = []
    for source in sources.tolist():
        cost, _, _ = costs_from(graph, source, weight, "an average distance")
        found.append(float(cost.sum()) / (n - 1))
        if time.monotonic() > end and len(found) >= FEWEST:
            break
    return np.array(found)


@large("average_shortest_path_length", by="searches from all nodes, or from a sample of them")
def average_shortest_path_length(graph: CompactGraph, weight: str | None = None) -> Number:
    require_nodes(graph, "an average distance")
    require_joined(graph, "an average distance")
    n, arcs = graph.num_nodes, len(graph.out.heads)
    if n == 1:
        return Number(0, {"sources": np.zeros(0, np.int64), "means": np.zeros(0)})
    every = n * float(n + arcs) * (1 if weight is None else 8) <= WORK
    sources = np.arange(n) if every else np.random.default_rng(SEED).choice(n, min(n, SOURCES), replace=False)
    means = mean_distances(graph, weight, sources)
    witness = {"sources": sources[: len(means)], "means": means}
    value = float(means.mean())
    if len(means) == n:
        return Number(value, witness)
    low, high = of_mean(means, n)
    drawn = f"searches from {len(means):,} of {n:,} nodes drawn with seed {SEED}"
    sample = f"{drawn}; Student's interval for finite populations"
    return Number(value, witness, exact=False, estimated=True, interval=_interval(low, high, sample), notes=(sample,))


@large("closeness_centrality", by="a search to the node")
def closeness_centrality(graph: CompactGraph, node: Any = None, weight: str | None = None) -> NodeValues | Number:
    if node is None:
        if graph.num_nodes * float(graph.num_nodes + len(graph.out.heads)) > WORK:
            raise only_small("the closeness of every node of a graph of this size takes a search for each; ask for one")
        raise only_small("closeness of all nodes")
    if weight is not None:
        raise only_small("closeness with lengths is for smaller graphs; ask without weights")
    place, n = graph.index(node), graph.num_nodes
    parent, edge, depth, _ = algorithms().search(*graph.into, place, -1)
    found = depth[depth > 0]
    total, reached = int(found.sum()), len(found)
    value = reached / total * (reached / (n - 1)) if total else 0.0
    return Number(value, {"depth": depth, "parent": parent, "edge": edge})


def plain_rows(graph: CompactGraph, *, into: bool = False) -> Rows:
    """Arcs along (against) the directions, parallel ones once."""
    if not graph.multi:
        return graph.into if into else graph.out
    if not graph.directed:
        return simple_rows(graph)
    n = max(1, graph.num_nodes)
    keys = distinct(graph.source.astype(np.int64) * n + graph.target)
    tails, heads = (keys // n).astype(np.int32), (keys % n).astype(np.int32)
    return Rows(*graph_kernels().adjacency(graph.num_nodes, *((heads, tails) if into else (tails, heads)), False))


def inner_nodes(graph: CompactGraph, pairs: int, seed: int) -> tuple[Any, int]:
    """How many of random shortest paths pass through each node (int64 [n]), and how many paths were drawn.

    A path is drawn for a pair of different nodes, each of their shortest paths alike (Riondato and Kornaropoulos 2014).
    """
    rows, into = plain_rows(graph), plain_rows(graph, into=True)
    n, rng = graph.num_nodes, np.random.default_rng(seed)
    count, done, end = np.zeros(n, np.int64), 0, time.monotonic() + LIMIT
    while done < pairs:
        some = min(50, pairs - done)
        ends = np.stack([rng.integers(0, n, some), rng.integers(0, n - 1, some)])
        ends[1] += ends[1] >= ends[0]
        sampling().random_paths(rows.starts, rows.heads, into.starts, into.heads, ends, rng.random((some, 64)), count)
        done += some
        if time.monotonic() > end and done >= FEWEST:
            break
    return count, done


@large("betweenness_centrality", by="random shortest paths between random pairs")
def betweenness_centrality(
    graph: CompactGraph, node: Any = None, weight: str | None = None, samples: int | None = None, seed: int = 0
) -> NodeValues | Number:
    if samples is not None and samples < 1:
        raise BadArgument(f"samples must be at least 1, not {samples}")
    n = graph.num_nodes
    if weight is not None or n < 3 or n * graph.num_edges <= SMALL:
        raise only_small("betweenness with lengths is for smaller graphs; ask without weights")
    count, done = inner_nodes(graph, samples or PAIRS, seed)
    scale = n / (n - 2)
    witness = {"through": count, "paths": done}
    sample = f"{done:,} shortest paths between random pairs of nodes, drawn with seed {seed}"
    if node is None:
        error = together(done, n) * scale
        note = f"{sample}; with 95% confidence no value is off by more than {error:.2g} (Hoeffding, all nodes together)"
        return NodeValues(per_node(graph, count / done * scale), witness, exact=False, estimated=True, notes=(note,))
    hits = int(count[graph.index(node)])
    low, high = of_share(hits, done)
    sample += "; Clopper and Pearson's interval"
    interval = _interval(low * scale, min(1.0, high * scale), sample)
    return Number(hits / done * scale, witness, exact=False, estimated=True, interval=interval, notes=(sample,))
