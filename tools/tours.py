"""Walks over every edge: Euler circuits and paths, the Chinese postman."""

from __future__ import annotations

from itertools import combinations

import networkx as nx

from graphs.errors import NotConnected, TooLarge, WrongKind
from graphs.graph import Graph, Node
from tools.answers import Order, Path, Truth
from tools.arcs import Costs, costs, require_undirected, undirected_arcs, walk_back
from tools.arcs import search as explore
from tools.neighbours import in_order
from tools.paths import dijkstra
from tools.registry import Attribute, tool

MOST_ODD = 200  # odd nodes that the Chinese postman pairs


def _require_edges(graph: Graph) -> None:
    if graph.num_edges == 0:
        raise WrongKind("the graph has no edges, so that there is nothing to walk; add edges first")


def euler_fault(graph: Graph, *, closed: bool) -> dict[str, list[Node]] | None:
    """Why no Euler circuit (closed) or path exists: nodes of the wrong degree, or an edge out of reach; else None.

    odd: the nodes of odd degree. unbalanced: those with other in- than out-degree. apart: the nodes that one edge's
    component has, while another edge lies outside.
    """
    if graph.directed:
        surplus = {v: graph.nx.out_degree(v) - graph.nx.in_degree(v) for v in graph.nx}
        wrong = [v for v in graph.nx if surplus[v]]
        fine = not wrong or (not closed and len(wrong) == 2 and all(abs(surplus[v]) == 1 for v in wrong))
        if not fine:
            return {"unbalanced": wrong}
    else:
        wrong = [v for v, degree in graph.nx.degree() if degree % 2]
        if wrong and (closed or len(wrong) > 2):
            return {"odd": wrong}
    first = next(u for u, _ in graph.nx.edges())
    piece = set(explore(undirected_arcs(graph), first))
    if any(u not in piece for u, _ in graph.nx.edges()):
        return {"apart": in_order(graph, piece)}
    return None


def _walk(graph: Graph, *, closed: bool) -> list[Node]:
    """Hierholzer (1873): walk until stuck, and put in detours on the way back. O(n + m)."""
    starts = [u for u, _ in graph.nx.edges()]
    start = starts[0]
    if not closed:
        if graph.directed:
            start = next((v for v in graph.nx if graph.nx.out_degree(v) > graph.nx.in_degree(v)), start)
        else:
            start = next((v for v, degree in graph.nx.degree() if degree % 2), start)
    ways: dict[Node, list[tuple[int, Node]]] = {node: [] for node in graph.nx}
    for i, (u, v) in enumerate(graph.nx.edges()):
        ways[u].append((i, v))
        if not graph.directed and u != v:
            ways[v].append((i, u))
    used: set[int] = set()
    stack, walk = [start], []
    while stack:
        row = ways[stack[-1]]
        while row and row[-1][0] in used:
            row.pop()
        if row:
            i, v = row.pop()
            used.add(i)
            stack.append(v)
        else:
            walk.append(stack.pop())
    return walk[::-1]


def _truth(graph: Graph, *, closed: bool) -> Truth:
    _require_edges(graph)
    fault = euler_fault(graph, closed=closed)
    return Truth(fault is None, fault or {"walk": _walk(graph, closed=closed)})


def _order(graph: Graph, *, closed: bool) -> Order:
    _require_edges(graph)
    fault = euler_fault(graph, closed=closed)
    notes = () if fault is None else ("there is none; the witness says why",)
    return Order([] if fault else _walk(graph, closed=closed), fault, notes=notes)


@tool(
    phrases=("has an eulerian circuit", "is eulerian", "euler circuit exists", "traverse every edge once and return"),
    asks=(
        "Does the graph have an Eulerian circuit?",
        "Is the graph Eulerian?",
        "Can one walk over every edge exactly once and return to the start?",
        "Is there an Euler tour of the graph?",
    ),
)
def has_eulerian_circuit(graph: Graph) -> Truth:
    """Tell whether a closed walk uses every edge exactly once. O(n + m).

    Isolated nodes do not matter. Witness of a yes: the walk. Witness of a no: the nodes of odd degree (Euler 1736), the
    nodes whose in- and out-degree differ, or a component with some but not all edges.

    Raises:
        WrongKind: the graph has no edges.
    """
    return _truth(graph, closed=True)


@tool(
    phrases=("eulerian circuit", "euler tour", "find an euler circuit", "closed walk over every edge"),
    asks=(
        "Find an Eulerian circuit.",
        "Give an Euler tour of the graph.",
        "Show a closed walk that uses every edge exactly once.",
        "In which order do I visit the nodes to use every edge once and return?",
    ),
)
def eulerian_circuit(graph: Graph) -> Order:
    """A closed walk that uses every edge exactly once, as its nodes, the first again at the end. Hierholzer, O(n + m).

    Empty when there is none, with the witness of `has_eulerian_circuit`.

    Raises:
        WrongKind: the graph has no edges.
    """
    return _order(graph, closed=True)


@tool(
    phrases=("has an eulerian path", "euler path exists", "traverse every edge once", "semi-eulerian"),
    asks=(
        "Does the graph have an Eulerian path?",
        "Can one walk over every edge exactly once?",
        "Is there an Euler path?",
        "Can the figure be drawn without lifting the pen?",
    ),
)
def has_eulerian_path(graph: Graph) -> Truth:
    """Tell whether a walk, closed or not, uses every edge exactly once; witness as for a circuit. O(n + m).

    Raises:
        WrongKind: the graph has no edges.
    """
    return _truth(graph, closed=False)


@tool(
    phrases=("eulerian path", "find an euler path", "eulerian trail", "walk over every edge once"),
    asks=(
        "Find an Eulerian path.",
        "Give an Euler trail of the graph.",
        "Show a walk that uses every edge exactly once.",
        "How do I draw the graph without lifting the pen?",
    ),
)
def eulerian_path(graph: Graph) -> Order:
    """A walk that uses every edge exactly once, as its nodes. Hierholzer (1873), O(n + m).

    Empty when there is none, with the witness of `has_eulerian_path`.

    Raises:
        WrongKind: the graph has no edges.
    """
    return _order(graph, closed=False)


@tool(
    phrases=("chinese postman", "route inspection", "shortest closed walk over every edge", "mail carrier route"),
    asks=(
        "Solve the Chinese postman problem.",
        "What is the shortest closed walk that uses every edge at least once?",
        "Find the best route inspection tour.",
        "How short can a mail carrier's round over all streets be?",
    ),
    needs="undirected",
)
def chinese_postman(graph: Graph, weight: Attribute | None = None) -> Path:
    """A closed walk of least total weight that uses every edge at least once.

    Every edge counts 1 unless `weight` names an edge attribute, none of it below 0. Nodes of odd degree are paired by a
    minimum-weight matching of their distances (Kwan 1962; Edmonds & Johnson 1973), O(k³) for k odd nodes.

    Raises:
        WrongKind: the graph is directed or has no edges.
        NotConnected: the edges are not all in one component.
        TooLarge: more than 200 nodes of odd degree.
        MissingAttribute: `weight` names an attribute that some edge lacks.
        NegativeWeight: an edge weighs less than 0.
    """
    require_undirected(graph, "the Chinese postman problem")
    _require_edges(graph)
    table = costs(graph, weight, "the Chinese postman problem")
    if "apart" in (euler_fault(_doubled(graph, table, [], 2), closed=True) or {}):
        raise NotConnected("the edges are not all in one component; ask about one of them")
    odd = [v for v, degree in graph.nx.degree() if degree % 2]
    if len(odd) > MOST_ODD:
        raise TooLarge(f"the postman's round is worked out for up to {MOST_ODD} nodes of odd degree, not {len(odd)}")
    searches = [dijkstra(table, v) for v in odd]
    pairs = nx.Graph()
    for i, j in combinations(range(len(odd)), 2):
        pairs.add_edge(i, j, weight=searches[i][0][odd[j]])
    chosen = sorted(tuple(sorted(pair)) for pair in nx.min_weight_matching(pairs))
    again = [walk_back(searches[i][1], odd[j]) for i, j in chosen]
    walk = _walk(_doubled(graph, table, again, 1), closed=True)
    return Path(walk, _total(graph, weight) + sum(searches[i][0][odd[j]] for i, j in chosen))


def _doubled(graph: Graph, table: Costs, again: list[list[Node]], copies: int) -> Graph:
    """Every edge `copies` times, and once more for each step of the walks in `again`."""
    edges = [edge for edge in graph.nx.edges() for _ in range(copies)]
    edges += [step for path in again for step in zip(path, path[1:])]
    return Graph.from_edges(edges, graph.nx, multi=True)


def _total(graph: Graph, weight: str | None) -> float:
    return sum(1 if weight is None else data[weight] for *_, data in graph.nx.edges(data=True))
