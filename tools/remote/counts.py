"""Sizes and degrees, counted by the engine."""

from __future__ import annotations

from typing import Any

from graphs.errors import BadArgument, MissingAttribute, TooLarge, WrongKind
from graphs.remote.engine import FETCHED, Direction
from graphs.remote.graph import RemoteGraph
from tools.answers import NodeAnswer, Nodes, NodeValues, Number, Record, Truth
from tools.arcs import require_directed, require_nodes
from tools.remote.registry import Checked, on

QUERY = "a count by query"
ALL = 2**62


def _sizes(graph: RemoteGraph, answer: Any, what: str) -> Checked:
    again = graph.engine.counted_again()
    known = graph.num_nodes, graph.num_edges
    method = "nodes and edges counted again by another query"
    if again != known:
        reason = f"another query counts {again[0]} nodes and {again[1]} edges; the graph may be changing"
        return Checked(answer, QUERY, method=method, grade="recount", holds=False, reason=reason)
    return Checked(answer, QUERY, f"{what}, counted twice", method, "recount")


@on()
def num_nodes(graph: RemoteGraph) -> Checked:
    return _sizes(graph, Number(graph.num_nodes), f"the graph has {graph.num_nodes} nodes")


@on()
def num_edges(graph: RemoteGraph) -> Checked:
    return _sizes(graph, Number(graph.num_edges), f"the graph has {graph.num_edges} edges")


@on()
def density(graph: RemoteGraph) -> Checked:
    n, m = graph.num_nodes, graph.num_edges
    value = (1 if graph.directed else 2) * m / (n * (n - 1)) if n > 1 else 0.0
    return _sizes(graph, Number(value), f"the graph has {n} nodes and {m} edges")


@on()
def average_degree(graph: RemoteGraph) -> Checked:
    require_nodes(graph, "an average degree")
    notes = ("in- and out-edges both count; the mean in-degree is half of it",) if graph.directed else ()
    value = 2 * graph.num_edges / graph.num_nodes
    return _sizes(graph, Number(value, notes=notes), f"{graph.num_nodes} nodes and {graph.num_edges} edges")


@on()
def is_directed(graph: RemoteGraph) -> Checked:
    return Checked(Truth(graph.directed), "what the address or the table says")


@on()
def is_weighted(graph: RemoteGraph, weight: str = "weight") -> Checked:
    if weight not in graph.engine.columns:
        return Checked(Truth(False), QUERY)
    return Checked(Truth(graph.engine.total(weight)[1] == 0 and graph.num_edges > 0), QUERY)


@on()
def total_weight(graph: RemoteGraph, weight: str = "weight") -> Checked:
    return Checked(Number(_total(graph, weight, "a total weight")), QUERY)


@on()
def average_edge_weight(graph: RemoteGraph, weight: str = "weight") -> Checked:
    if not graph.num_edges:
        raise WrongKind("the graph has no edges, so that there is no average weight; add an edge first")
    return Checked(Number(_total(graph, weight, "an average weight") / graph.num_edges), QUERY)


def _total(graph: RemoteGraph, weight: str, what: str) -> int | float:
    if weight not in graph.engine.columns:
        raise MissingAttribute(weight, what)
    total, bare, whole = graph.engine.total(weight)
    if bare:
        raise MissingAttribute(weight, what)
    return int(total) if whole else float(total)


def _counts(graph: RemoteGraph, direction: Direction) -> dict[int, int]:
    if direction != "total":
        require_directed(graph, f"an {direction}-degree")
    return graph.engine.degree_counts(direction)


def _adds_up(graph: RemoteGraph, counts: dict[int, int], direction: str, answer: Any, what: str) -> Checked:
    """Whether the degrees add up to what the number of edges says, and the nodes to theirs."""
    ends = sum(degree * count for degree, count in counts.items())
    wanted = graph.num_edges * (2 if direction == "total" else 1)
    method = "the degrees of all nodes add up to the ends of all edges"
    if (ends, sum(counts.values())) != (wanted, graph.num_nodes):
        reason = f"the degrees add up to {ends} and not to {wanted}"
        return Checked(answer, QUERY, method=method, grade="recount", holds=False, reason=reason)
    return Checked(answer, QUERY, f"{what}; all degrees add up to {wanted}", method, "recount")


@on()
def degree_histogram(graph: RemoteGraph, direction: Direction = "total") -> Checked:
    counts = _counts(graph, direction)
    answer = Record({str(degree): counts[degree] for degree in sorted(counts)})
    return _adds_up(graph, counts, direction, answer, f"there are {len(counts)} different degrees")


@on()
def maximum_degree(graph: RemoteGraph, direction: Direction = "total") -> Checked:
    require_nodes(graph, "a maximum degree")
    counts = _counts(graph, direction)
    return _adds_up(graph, counts, direction, Number(max(counts)), f"no node has a degree above {max(counts)}")


@on()
def minimum_degree(graph: RemoteGraph, direction: Direction = "total") -> Checked:
    require_nodes(graph, "a minimum degree")
    counts = _counts(graph, direction)
    return _adds_up(graph, counts, direction, Number(min(counts)), f"no node has a degree below {min(counts)}")


@on()
def max_degree_node(graph: RemoteGraph, direction: Direction = "total") -> Checked:
    return _extreme(graph, direction, max)


@on()
def min_degree_node(graph: RemoteGraph, direction: Direction = "total") -> Checked:
    return _extreme(graph, direction, min)


def _extreme(graph: RemoteGraph, direction: Direction, of: Any) -> Checked:
    require_nodes(graph, "a highest or lowest degree")
    counts = _counts(graph, direction)
    best = of(counts)
    tied = graph.engine.with_degree(best, best, direction, 100)
    count = counts[best]
    notes = (f"{count} nodes share degree {best}; the first by label is named",) if count > 1 else ()
    answer = NodeAnswer(tied[0], {"degree": best, "tied": tied}, notes=notes)
    return _adds_up(graph, counts, direction, answer, f"{tied[0]} has degree {best}")


@on()
def degrees(graph: RemoteGraph, direction: Direction = "total") -> Checked:
    if direction != "total":
        require_directed(graph, f"an {direction}-degree")
    found = graph.engine.degrees(direction)
    counts: dict[int, int] = {}
    for value in found.values():
        counts[value] = counts.get(value, 0) + 1
    return _adds_up(graph, counts, direction, NodeValues(found), f"{len(found)} nodes have their degrees")


@on()
def nodes_with_degree(
    graph: RemoteGraph, degree: int, comparison: str = "equal", direction: Direction = "total"
) -> Checked:
    ranges = {"equal": (degree, degree), "more": (degree + 1, ALL), "less": (0, degree - 1), "at_least": (degree, ALL),
              "at_most": (0, degree)}  # fmt: skip
    if comparison not in ranges:
        raise BadArgument(f"comparison must be one of {', '.join(ranges)}, not {comparison!r}")
    counts, (low, high) = _counts(graph, direction), ranges[comparison]
    count = sum(c for d, c in counts.items() if low <= d <= high)
    return _listed(graph, count, low, high, direction, counts)


@on()
def isolated_nodes(graph: RemoteGraph) -> Checked:
    counts = _counts(graph, "total")
    return _listed(graph, counts.get(0, 0), 0, 0, "total", counts)


@on()
def source_nodes(graph: RemoteGraph) -> Checked:
    require_directed(graph, "a source node")
    counts = _counts(graph, "in")
    return _listed(graph, counts.get(0, 0), 0, 0, "in", counts)


@on()
def sink_nodes(graph: RemoteGraph) -> Checked:
    require_directed(graph, "a sink node")
    counts = _counts(graph, "out")
    return _listed(graph, counts.get(0, 0), 0, 0, "out", counts)


def _listed(
    graph: RemoteGraph, count: int, low: int, high: int, direction: Direction, counts: dict[int, int]
) -> Checked:
    if count > FETCHED:
        raise TooLarge(f"{count:,} nodes are such, more than the {FETCHED:,} that are brought over; ask for fewer")
    nodes = graph.engine.with_degree(low, high, direction, count + 1) if count else []
    if len(nodes) != count:
        return Checked(Nodes(nodes), QUERY, method="counted twice", grade="recount", holds=False,
                       reason=f"one query counts {count} nodes and another lists {len(nodes)}")  # fmt: skip
    return _adds_up(graph, counts, direction, Nodes(nodes), f"{count} nodes are such")


@on()
def graph_summary(graph: RemoteGraph) -> Checked:
    counts = _counts(graph, "total")
    n, m = graph.num_nodes, graph.num_edges
    figures: dict[str, Any] = {"num_nodes": n, "num_edges": m, "directed": graph.directed, "multi": graph.multi}
    possible = n * (n - 1) / (1 if graph.directed else 2)
    figures |= {"weighted": graph.weighted, "density": m / possible if n > 1 else 0.0}
    figures |= {"self_loops": graph.sizes.loops, "isolated_nodes": counts.get(0, 0)}
    if n:
        figures |= {"average_degree": 2 * m / n, "minimum_degree": min(counts), "maximum_degree": max(counts)}
    return _adds_up(graph, counts, "total", Record(figures), f"{n} nodes and {m} edges")
