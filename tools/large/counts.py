"""Figures of the whole graph from its arrays: sizes, degrees, weights."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphs.compact.graph import CompactGraph
from graphs.errors import BadArgument, WrongKind
from tools.answers import Answer, Edges, NodeAnswer, Nodes, NodeValues, Number, Numbers, Record, Truth
from tools.arcs import require_directed, require_nodes
from tools.large.registry import large, only_small
from tools.large.views import distinct, members, number, per_node, weights, whole

COUNTING = "counting over the arrays"
LISTED = 1_000_000  # edges that an answer may list


def degree_array(graph: CompactGraph, direction: str = "total") -> Any:
    """Degrees, int64 [n]; a self-loop counts twice in the total, once each way otherwise."""
    if direction != "total":
        require_directed(graph, f"an {direction}-degree")
        return np.diff(graph.out.starts if direction == "out" else graph.into.starts)
    if graph.directed:
        return np.diff(graph.out.starts) + np.diff(graph.into.starts)
    found = np.diff(graph.out.starts)
    loops = graph.source[graph.source == graph.target]
    return found + np.bincount(loops, minlength=len(found)) if len(loops) else found


@large("num_nodes", by=COUNTING)
def num_nodes(graph: CompactGraph) -> Number:
    return Number(graph.num_nodes)


@large("num_edges", by=COUNTING)
def num_edges(graph: CompactGraph) -> Number:
    return Number(graph.num_edges)


@large("density", by=COUNTING)
def density(graph: CompactGraph) -> Number:
    n, m = graph.num_nodes, graph.num_edges
    return Number((1 if graph.directed else 2) * m / (n * (n - 1)) if n > 1 else 0.0)


@large("average_degree", by=COUNTING)
def average_degree(graph: CompactGraph) -> Number:
    require_nodes(graph, "an average degree")
    notes = ("in- and out-edges both count; the mean in-degree is half of it",) if graph.directed else ()
    return Number(2 * graph.num_edges / graph.num_nodes, notes=notes)


@large("is_directed", by=COUNTING)
def is_directed(graph: CompactGraph) -> Truth:
    return Truth(graph.directed)


@large("is_weighted", by=COUNTING)
def is_weighted(graph: CompactGraph, weight: str = "weight") -> Truth:
    cells = graph.columns.get(weight)
    bare = np.arange(graph.num_edges) if cells is None else np.flatnonzero(np.isnan(cells))
    if not len(bare):
        return Truth(graph.num_edges > 0)
    return Truth(False, {"edge": list(_ends(graph, bare[:1])[0])})


@large("list_nodes", by=COUNTING)
def list_nodes(graph: CompactGraph) -> Nodes:
    return Nodes(graph.nodes)


def _ends(graph: CompactGraph, edges: Any) -> list[tuple[Any, Any]]:
    return list(zip(graph.labels.take(graph.source[edges]), graph.labels.take(graph.target[edges])))


@large("self_loops", by=COUNTING)
def self_loops(graph: CompactGraph) -> Edges:
    """In the order of the nodes, as networkx lists edges."""
    loops = np.flatnonzero(graph.source == graph.target)
    return Edges(_ends(graph, loops[np.argsort(graph.source[loops], kind="stable")]))


@large("degrees", by=COUNTING)
def degrees(graph: CompactGraph, direction: str = "total") -> NodeValues:
    return NodeValues(per_node(graph, degree_array(graph, direction)))


@large("degree_sequence", by=COUNTING)
def degree_sequence(graph: CompactGraph, direction: str = "total") -> Numbers:
    return Numbers(np.sort(degree_array(graph, direction))[::-1].tolist())


@large("degree_histogram", by=COUNTING)
def degree_histogram(graph: CompactGraph, direction: str = "total") -> Record:
    counts = np.bincount(degree_array(graph, direction))
    return Record({str(degree): int(counts[degree]) for degree in np.flatnonzero(counts)})


@large("max_degree_node", by=COUNTING)
def max_degree_node(graph: CompactGraph, direction: str = "total") -> NodeAnswer:
    return _extreme(graph, direction, highest=True)


@large("min_degree_node", by=COUNTING)
def min_degree_node(graph: CompactGraph, direction: str = "total") -> NodeAnswer:
    return _extreme(graph, direction, highest=False)


def _extreme(graph: CompactGraph, direction: str, *, highest: bool) -> NodeAnswer:
    require_nodes(graph, "a highest or lowest degree")
    found = degree_array(graph, direction)
    best = int(found.max() if highest else found.min())
    tied = members(graph, found == best)
    notes = (f"{len(tied)} nodes share degree {best}; the first is named",) if len(tied) > 1 else ()
    return NodeAnswer(tied[0], {"degree": best, "tied": tied}, notes=notes)


@large("maximum_degree", by=COUNTING)
def maximum_degree(graph: CompactGraph, direction: str = "total") -> Number:
    require_nodes(graph, "a maximum degree")
    return Number(int(degree_array(graph, direction).max()))


@large("minimum_degree", by=COUNTING)
def minimum_degree(graph: CompactGraph, direction: str = "total") -> Number:
    require_nodes(graph, "a minimum degree")
    return Number(int(degree_array(graph, direction).min()))


@large("nodes_with_degree", by=COUNTING)
def nodes_with_degree(graph: CompactGraph, degree: int, comparison: str = "equal", direction: str = "total") -> Nodes:
    tests = {"equal": np.equal, "more": np.greater, "less": np.less, "at_least": np.greater_equal,
             "at_most": np.less_equal}  # fmt: skip
    if comparison not in tests:
        raise BadArgument(f"comparison must be one of {', '.join(tests)}, not {comparison!r}")
    return Nodes(members(graph, tests[comparison](degree_array(graph, direction), degree)))


@large("isolated_nodes", by=COUNTING)
def isolated_nodes(graph: CompactGraph) -> Nodes:
    return Nodes(members(graph, degree_array(graph) == 0))


@large("source_nodes", by=COUNTING)
def source_nodes(graph: CompactGraph) -> Nodes:
    require_directed(graph, "a source node")
    return Nodes(members(graph, degree_array(graph, "in") == 0))


@large("sink_nodes", by=COUNTING)
def sink_nodes(graph: CompactGraph) -> Nodes:
    require_directed(graph, "a sink node")
    return Nodes(members(graph, degree_array(graph, "out") == 0))


@large("total_weight", by=COUNTING)
def total_weight(graph: CompactGraph, weight: str = "weight") -> Number:
    cells = weights(graph, weight, "a total weight", negative=True)
    return Number(number(_sum(graph, weight, cells), whole(graph, weight)))


def _sum(graph: CompactGraph, weight: str, cells: Any) -> float:
    return float(int(graph.columns[weight].sum())) if len(cells) and whole(graph, weight) else float(cells.sum())


@large("average_edge_weight", by=COUNTING)
def average_edge_weight(graph: CompactGraph, weight: str = "weight") -> Number:
    cells = weights(graph, weight, "an average weight", negative=True)
    if not len(cells):
        raise WrongKind("the graph has no edges, so that there is no average weight; add an edge first")
    return Number(_sum(graph, weight, cells) / len(cells))


@large("graph_summary", by=COUNTING)
def graph_summary(graph: CompactGraph) -> Record:
    found = degree_array(graph)
    figures: dict[str, Any] = {"num_nodes": graph.num_nodes, "num_edges": graph.num_edges}
    figures |= {"directed": graph.directed, "multi": graph.multi, "weighted": graph.weighted}
    figures |= {"density": density(graph).value, "self_loops": int((graph.source == graph.target).sum())}
    figures |= {"isolated_nodes": int((found == 0).sum())}
    if len(found):
        figures |= {"average_degree": average_degree(graph).value, "minimum_degree": int(found.min()),
                    "maximum_degree": int(found.max())}  # fmt: skip
    return Record(figures)


@large("reciprocity", by="sorted pairs of the edges")
def reciprocity(graph: CompactGraph) -> Number:
    require_directed(graph, "reciprocity")
    if not graph.num_edges:
        raise WrongKind("the graph has no edges, so that reciprocity is not defined; add an edge first")
    n = graph.num_nodes
    pairs = distinct(graph.source.astype(np.int64) * n + graph.target)
    tails, heads = pairs // n, pairs % n
    back = np.sort((heads * n + tails)[tails != heads])
    at = np.minimum(np.searchsorted(pairs, back), len(pairs) - 1)
    return Number(int((pairs[at] == back).sum()) / len(pairs))


@large("list_edges", by=COUNTING)
def list_edges(graph: CompactGraph) -> Answer:
    raise only_small(f"listing all {graph.num_edges:,} edges makes no answer to read; ask for the edges of a node")
