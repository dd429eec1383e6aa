"""PageRank and degree centralities on arrays."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphs.compact.graph import CompactGraph
from graphs.errors import BadArgument, NegativeWeight, WrongKind
from tools.answers import NodeAnswer, NodeValues, Number
from tools.large.counts import degree_array
from tools.large.registry import large
from tools.large.views import per_node, weights

POWER = "power iteration on a sparse matrix"
SMALL, MOST = 1e-13, 100_000


def pagerank_array(
    graph: CompactGraph,
    damping: float = 0.85,
    iterations: int | None = None,
    weight: str | None = None,
    sources: list[Any] | None = None,
) -> Any:
    """Ranks of the nodes, float64 [n]: the fixed point up to 1e-12, or what so many rounds give from equal shares."""
    from scipy.sparse import coo_array

    if not 0 <= damping <= 0.999:
        raise BadArgument(f"the damping factor must lie between 0 and 0.999, not {damping}")
    if iterations is not None and not 0 <= iterations <= MOST:
        raise BadArgument(f"iterations must be between 0 and {MOST}, not {iterations}")
    n = graph.num_nodes
    if not n:
        return np.zeros(0)
    tails, heads, sizes = graph.source, graph.target, np.ones(graph.num_edges)
    if weight is not None:
        sizes = weights(graph, weight, "PageRank", negative=True)
        if len(sizes) and sizes.min() <= 0:
            raise NegativeWeight(
                f"PageRank needs every {weight} above 0, and one is {sizes.min():g}; leave {weight} out"
            )
    if not graph.directed:
        other = tails != heads
        tails, heads = np.concatenate([tails, heads[other]]), np.concatenate([heads, tails[other]])
        sizes = np.concatenate([sizes, sizes[other]])
    total = np.bincount(tails, weights=sizes, minlength=n)
    matrix = coo_array((damping * sizes / total[tails], (heads, tails)), shape=(n, n)).tocsr()
    jump = np.full(n, 1 / n)
    if sources is not None:
        jump = np.zeros(n)
        chosen = list(dict.fromkeys(graph.index(source) for source in sources))
        jump[chosen] = 1 / len(chosen)
    bare = total == 0
    ranks = np.full(n, 1 / n) if iterations is not None else jump
    for _ in range(MOST if iterations is None else iterations):
        after = matrix @ ranks
        after += (1 - damping + damping * float(ranks[bare].sum())) * jump
        moved = float(np.abs(after - ranks).sum())
        ranks = after
        if iterations is None and moved < SMALL:
            break
    return ranks


@large("pagerank", by=POWER)
def pagerank(
    graph: CompactGraph,
    node: Any = None,
    damping: float = 0.85,
    iterations: int | None = None,
    weight: str | None = None,
) -> NodeValues | Number:
    return _one_or_all(graph, pagerank_array(graph, damping, iterations, weight), node)


@large("personalized_pagerank", by=POWER)
def personalized_pagerank(
    graph: CompactGraph, sources: list[Any], node: Any = None, damping: float = 0.85, weight: str | None = None
) -> NodeValues | Number:
    if not sources:
        raise BadArgument("personalized PageRank needs at least one source")
    return _one_or_all(graph, pagerank_array(graph, damping, None, weight, sources), node)


def _one_or_all(graph: CompactGraph, values: Any, node: Any) -> NodeValues | Number:
    if node is not None:
        return Number(float(values[graph.index(node)]), {"ranks": values})
    return NodeValues(per_node(graph, values), {"ranks": values})


@large("highest_pagerank_node", by=POWER)
def highest_pagerank_node(
    graph: CompactGraph, damping: float = 0.85, iterations: int | None = None, weight: str | None = None
) -> NodeAnswer:
    ranks = pagerank_array(graph, damping, iterations, weight)
    if not len(ranks):
        raise WrongKind("the graph has no nodes, so none comes first")
    ties = np.flatnonzero(np.abs(ranks - ranks.max()) <= np.maximum(1e-9 * ranks.max(), 1e-12))
    notes: tuple[str, ...] = ()
    if len(ties) > 1:
        named = ", ".join(map(str, graph.labels.take(ties[:10])))
        notes = (f"{len(ties)} nodes share the highest PageRank: {named}; the first in the graph's order was taken",)
    return NodeAnswer(graph.labels[int(ties[0])], {"ranks": ranks}, notes=notes)


def share_array(graph: CompactGraph, direction: str) -> Any:
    """Degrees divided by n - 1, float64 [n]; 1 for a single node."""
    n = graph.num_nodes
    counts = degree_array(graph, direction)
    return counts / (n - 1) if n > 1 else np.ones(n)


def _share(graph: CompactGraph, direction: str, node: Any) -> NodeValues | Number:
    values = share_array(graph, direction)
    if node is not None:
        return Number(float(values[graph.index(node)]))
    return NodeValues(per_node(graph, values))


@large("degree_centrality", by="counting over the arrays")
def degree_centrality(graph: CompactGraph, node: Any = None) -> NodeValues | Number:
    return _share(graph, "total", node)


@large("in_degree_centrality", by="counting over the arrays")
def in_degree_centrality(graph: CompactGraph, node: Any = None) -> NodeValues | Number:
    return _share(graph, "in", node)


@large("out_degree_centrality", by="counting over the arrays")
def out_degree_centrality(graph: CompactGraph, node: Any = None) -> NodeValues | Number:
    return _share(graph, "out", node)
