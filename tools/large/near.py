"""What stands next to a node, from its row of the adjacency."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphs.compact.graph import CompactGraph
from graphs.errors import BadArgument, EdgeNotFound, MissingAttribute
from tools.answers import Edges, Nodes, Number, Truth
from tools.arcs import require_directed
from tools.large.registry import large
from tools.large.views import members, number, whole

ROW = "the node's row of the adjacency"


def row(graph: CompactGraph, place: int, *, into: bool = False) -> tuple[Any, Any]:
    """Heads and edge numbers of the arcs of one node."""
    rows = graph.into if into else graph.out
    part = slice(int(rows.starts[place]), int(rows.starts[place + 1]))
    return rows.heads[part], rows.edges[part]


def _once(nodes: Any) -> Any:
    """Each node once, in the order of first appearance."""
    _, first = np.unique(nodes, return_index=True)
    return nodes[np.sort(first)]


@large("degree", by=ROW)
def degree(graph: CompactGraph, node: Any) -> Number:
    place = graph.index(node)
    heads, _ = row(graph, place)
    count = len(heads) + (len(row(graph, place, into=True)[0]) if graph.directed else int((heads == place).sum()))
    return Number(count, notes=("in- and out-edges both count",) if graph.directed else ())


@large("in_degree", by=ROW)
def in_degree(graph: CompactGraph, node: Any) -> Number:
    require_directed(graph, "an in-degree")
    return Number(len(row(graph, graph.index(node), into=True)[0]))


@large("out_degree", by=ROW)
def out_degree(graph: CompactGraph, node: Any) -> Number:
    require_directed(graph, "an out-degree")
    return Number(len(row(graph, graph.index(node))[0]))


def weights_of(graph: CompactGraph, edges: Any, weight: str, what: str) -> Any:
    cells = graph.columns.get(weight)
    if cells is None or (len(edges) and np.isnan(cells[edges]).any()):
        raise MissingAttribute(weight, what)
    if len(edges) and np.isinf(cells[edges]).any():
        raise BadArgument(f"{what} needs numbers in {weight!r}, and one is infinite; correct it")
    return cells[edges]


@large("strength", by=ROW)
def strength(graph: CompactGraph, node: Any, weight: str = "weight") -> Number:
    place = graph.index(node)
    heads, edges = row(graph, place)
    more = row(graph, place, into=True)[1] if graph.directed else edges[heads == place]
    both = np.concatenate([edges, more])
    if not len(both):
        return Number(0)
    total = weights_of(graph, both, weight, "a weighted degree").sum()
    return Number(number(float(total), whole(graph, weight)))


@large("neighbors", by=ROW)
def neighbors(graph: CompactGraph, node: Any) -> Nodes:
    notes = ("the graph is directed: these are the successors",) if graph.directed else ()
    return Nodes(graph.labels.take(_once(row(graph, graph.index(node))[0])), notes=notes)


@large("successors", by=ROW)
def successors(graph: CompactGraph, node: Any) -> Nodes:
    require_directed(graph, "a successor")
    return Nodes(graph.labels.take(_once(row(graph, graph.index(node))[0])))


@large("predecessors", by=ROW)
def predecessors(graph: CompactGraph, node: Any) -> Nodes:
    require_directed(graph, "a predecessor")
    return Nodes(graph.labels.take(_once(row(graph, graph.index(node), into=True)[0])))


@large("non_neighbors", by=ROW)
def non_neighbors(graph: CompactGraph, node: Any) -> Nodes:
    place = graph.index(node)
    apart = np.ones(graph.num_nodes, bool)
    apart[place] = False
    for into in (False, True):
        apart[row(graph, place, into=into)[0]] = False
    return Nodes(members(graph, apart))


@large("has_edge", by=ROW)
def has_edge(graph: CompactGraph, source: Any, target: Any) -> Truth:
    tail, head = graph.index(source), graph.index(target)
    holds = len(graph.between(tail, head)) > 0
    backwards = not holds and graph.directed and len(graph.between(head, tail)) > 0
    return Truth(holds, notes=("an edge leads the other way",) if backwards else ())


@large("edge_weight", by=ROW)
def edge_weight(graph: CompactGraph, source: Any, target: Any, weight: str = "weight") -> Number:
    edges = graph.between(graph.index(source), graph.index(target))
    if not len(edges):
        raise EdgeNotFound(graph.node(source), graph.node(target))
    found = weights_of(graph, edges, weight, "an edge weight").tolist()
    notes = (f"{len(found)} parallel edges weigh {found}; the least is given",) if len(found) > 1 else ()
    return Number(min(found), notes=notes)


@large("incident_edges", by=ROW)
def incident_edges(graph: CompactGraph, node: Any) -> Edges:
    place = graph.index(node)
    label = graph.labels[place]
    found = [(label, other) for other in graph.labels.take(row(graph, place)[0])]
    if graph.directed:
        tails = row(graph, place, into=True)[0]
        found += [(other, label) for other in graph.labels.take(tails[tails != place])]
    return Edges(found)


@large("common_neighbors", by=ROW)
def common_neighbors(graph: CompactGraph, u: Any, v: Any) -> Nodes:
    one, other = graph.index(u), graph.index(v)
    both = np.intersect1d(row(graph, one)[0], row(graph, other)[0])
    notes = ("the graph is directed: these are common successors",) if graph.directed else ()
    return Nodes(graph.labels.take(both[(both != one) & (both != other)]), notes=notes)
