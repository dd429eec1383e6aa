"""What drawings need of a graph of arrays: regions, surroundings, degrees, small parts; no step makes a networkx graph
of the whole. Python's steps grow with what is drawn; those over all nodes and edges are numpy's or compiled.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np

from graphs.compact.graph import CompactGraph
from graphs.graph import PROVENANCE, Graph, Node

if TYPE_CHECKING:
    from graphs.compact.arrays import Array

_ONE_BY_ONE = 16  # labels up to which each is looked for by itself


def known(graph: CompactGraph, nodes: Collection[Node]) -> dict[Node, int]:
    """The number of each of `nodes` that the graph has. O(n) once, not for each label."""
    if graph.labels.numbers is not None or len(nodes) <= _ONE_BY_ONE:
        found = ((node, graph.labels.index(node)) for node in nodes)
        return {node: at for node, at in found if at is not None}
    wanted = set(nodes)
    return {label: at for at, label in enumerate(graph.labels) if label in wanted}


def degrees(graph: CompactGraph) -> Array:
    """Degrees of all nodes as networkx counts them, a self-loop twice; int64 [n]."""
    n = graph.num_nodes
    found: Array = np.bincount(graph.source, minlength=n) + np.bincount(graph.target, minlength=n)
    return found


def degree(graph: Graph, node: Node) -> int:
    """The degree of a node of any graph."""
    if not isinstance(graph, CompactGraph):
        return int(graph.nx.degree(node))
    at = graph.index(node)
    sides = (graph.out, graph.into) if graph.directed else (graph.out,)
    count = sum(int(rows.starts[at + 1] - rows.starts[at]) for rows in sides)
    if not graph.directed:
        part = graph.out.heads[int(graph.out.starts[at]) : int(graph.out.starts[at + 1])]
        count += int((part == at).sum())
    return count


def attributes(graph: Graph, node: Node) -> Mapping[str, Any]:
    """The attributes of a node; a graph of arrays has none."""
    if isinstance(graph, CompactGraph):
        return {}
    return {key: value for key, value in graph.nx.nodes[node].items() if key != PROVENANCE}


def pairs(graph: Graph) -> Iterator[tuple[Node, Node]]:
    """The ends of all edges, one Python pair each: for small graphs, or where all of them are looked at anyway."""
    if isinstance(graph, CompactGraph):
        return ((edge.source, edge.target) for edge in graph.edges())
    return ((u, v) for u, v in graph.nx.edges())


def best(graph: Graph) -> Node:
    """The node of the largest degree; the graph has one."""
    if isinstance(graph, CompactGraph):
        return graph.labels[int(degrees(graph).argmax())]
    found: Node = max(graph.nx.degree, key=lambda item: item[1])[0]
    return found


def around_hubs(graph: CompactGraph, hubs: int) -> Array:
    """The nearest of the `hubs` best-connected nodes for each node, by its place among them; -1 where none is reached.

    One breadth-first search from all of them at once, over edges of either direction. O(n + m).
    """
    from tools.large.algorithms import algorithms

    counts = degrees(graph)
    order = np.argsort(-counts, kind="stable")[:hubs].astype(np.int64)
    found: Array = algorithms().nearest(*graph.out[:2], *graph.into[:2], graph.directed, order)
    return found


def between(graph: CompactGraph, of: Array, count: int) -> tuple[list[int], dict[tuple[int, int], int]]:
    """How many edges lie inside each of `count` regions, and between each two of them. of: region of a node, or -1."""
    one, other = of[graph.source].astype(np.int64), of[graph.target].astype(np.int64)
    there = (one >= 0) & (other >= 0)
    low, high = np.minimum(one, other)[there], np.maximum(one, other)[there]
    table = np.bincount(low * count + high, minlength=count * count).reshape(count, count)
    rows, columns = np.nonzero(np.triu(table, 1))
    links = {(int(a), int(b)): int(table[a, b]) for a, b in zip(rows, columns, strict=True)}
    return [int(x) for x in np.diag(table)], links


def centres(graph: CompactGraph, of: Array, count: int) -> list[Node]:
    """The best-connected node of each region, the first of equal ones."""
    order = np.lexsort((-degrees(graph), of))
    firsts = np.searchsorted(of[order], np.arange(count))
    return graph.labels.take(order[firsts])


def near(graph: CompactGraph, nodes: Iterable[Node], most: int, most_edges: int) -> tuple[list[Node], int]:
    """As `ui.drawing.overview.near`, over the rows of the adjacency."""
    counts, inside = degrees(graph), np.zeros(graph.num_nodes, bool)
    waiting = list(dict.fromkeys(known(graph, list(nodes)).values()))
    inside[waiting] = True
    depth, taken, left, edges = dict.fromkeys(waiting, 0), list(waiting), 0, 0
    for node in waiting:  # which grows
        fresh = _around(graph, node)
        fresh = fresh[~inside[fresh]]
        room = max(0, most - len(taken)) if edges < most_edges else 0
        chosen = fresh[np.argsort(-counts[fresh], kind="stable")[:room]] if len(fresh) > room else fresh
        left += (len(fresh) - len(chosen)) * (depth[node] == 0)
        for other in chosen.tolist():
            inside[other] = True
            taken.append(other)
            depth[other] = depth[node] + 1
            edges += int(inside[_around(graph, other)].sum())
            if depth[other] < 2:
                waiting.append(other)
    return graph.labels.take(np.array(taken, np.int64)), left


def _around(graph: CompactGraph, node: int) -> Array:
    """The neighbours of a node, over edges of either direction, each once and without itself."""
    sides = (graph.out, graph.into) if graph.directed else (graph.out,)
    parts = [rows.heads[int(rows.starts[node]) : int(rows.starts[node + 1])] for rows in sides]
    found = np.unique(np.concatenate(parts))
    others: Array = found[found != node]
    return others


def part(graph: CompactGraph, nodes: Sequence[Node]) -> Graph:
    """The graph of some nodes and all edges between them, with their columns and lines, on a networkx body."""
    numbers = list(known(graph, nodes).values())
    inside = np.zeros(graph.num_nodes, bool)
    inside[numbers] = True
    rows, found = graph.out, []
    for node in numbers:
        span = slice(int(rows.starts[node]), int(rows.starts[node + 1]))
        found.append(rows.edges[span][inside[rows.heads[span]]])
    chosen = np.unique(np.concatenate(found)) if found else np.zeros(0, np.int64)
    kind = (nx.MultiDiGraph if graph.multi else nx.DiGraph) if graph.directed else None
    body: Any = kind() if kind is not None else (nx.MultiGraph() if graph.multi else nx.Graph())
    body.add_nodes_from(nodes)
    for edge in chosen.tolist():
        tail, head = graph.labels[int(graph.source[edge])], graph.labels[int(graph.target[edge])]
        cells = {name: column[edge].item() for name, column in graph.columns.items()}
        about: dict[str, Any] = {name: cell for name, cell in cells.items() if cell == cell}
        if (line := graph.origin_of(edge)) is not None:
            about[PROVENANCE] = line
        body.add_edge(tail, head, **about)
    return Graph(body, names=graph.names)
