"""Embeddings of one graph in another: backtracking along the pattern's edges, under a time limit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graphs.errors import BudgetExceeded, WrongKind
from graphs.graph import Graph, Node
from tools.adjacency import neighbour_lists
from tools.clock import Clock

Counts = dict[tuple[Node, Node], int]


def edge_counts(graph: Graph) -> Counts:
    """How many edges run from u to v, for each ordered pair with any (both orders when undirected)."""
    found: Counts = {}
    for edge in graph.edges():
        pair = (edge.source, edge.target)
        for p in {pair} if graph.directed else {pair, pair[::-1]}:
            found[p] = found.get(p, 0) + 1
    return found


def same_kind(graph: Graph, other: Graph) -> None:
    """
    Raises:
        WrongKind: one graph is directed and the other is not.
    """
    if graph.directed != other.directed:
        raise WrongKind("one graph is directed and the other undirected; make them alike to compare them")


def refined(graphs: list[Graph]) -> list[list[dict[Node, int]]]:
    """Colours of all nodes after 0, 1, 2 … rounds of colour refinement, alike over all graphs, until none splits."""
    counts = [edge_counts(graph) for graph in graphs]
    around: list[dict[Node, list[tuple[Node, int, int]]]] = []
    for graph, count in zip(graphs, counts):
        near = neighbour_lists(graph)
        around.append({u: [(v, count.get((u, v), 0), count.get((v, u), 0)) for v in near[u]] for u in graph})
    colours = [{node: count.get((node, node), 0) for node in graph} for graph, count in zip(graphs, counts)]
    rounds = [colours]
    while True:
        names: dict[tuple[object, ...], int] = {}
        signs = [
            {u: (old[u], *sorted((old[v], a, b) for v, a, b in near[u])) for u in near}
            for old, near in zip(rounds[-1], around)
        ]
        for sign in sorted({s for one in signs for s in one.values()}):
            names[sign] = len(names)
        fresh = [{u: names[s] for u, s in one.items()} for one in signs]
        before = len({c for one in rounds[-1] for c in one.values()})
        rounds.append(fresh)
        if len(names) == before:
            return rounds


def embeddings(
    pattern: Graph,
    graph: Graph,
    *,
    induced: bool,
    seconds: float,
    classes: tuple[Mapping[Node, int], Mapping[Node, int]] | None = None,
) -> Iterator[dict[Node, Node]]:
    """Yield every one-to-one map of the pattern's nodes that keeps its edges (`induced`: and its non-edges).

    Parallel edges need as many in the graph (`induced`: exactly). classes: colours of both that a map must keep.

    Raises:
        BudgetExceeded: the search took longer than `seconds`.
    """
    wanted, given = edge_counts(pattern), edge_counts(graph)
    near, around = neighbour_lists(pattern), neighbour_lists(graph)
    order = _order(near)
    if not order:
        yield {}
        return
    place = {node: i for i, node in enumerate(order)}
    earlier = [[q for q in near[p] if place[q] < place[p]] for p in order]
    others = [order[:i] if induced else earlier[i] for i in range(len(order))]
    deadline = Clock(seconds)
    chosen: dict[Node, Node] = {}
    used: set[Node] = set()

    def candidates(i: int) -> list[Node]:
        p = order[i]
        pool = around[chosen[earlier[i][0]]] if earlier[i] else graph.nodes
        return [v for v in pool if v not in used and fits(p, v, i)]

    def fits(p: Node, v: Node, i: int) -> bool:
        if len(near[p]) > len(around[v]) or (classes is not None and classes[0][p] != classes[1][v]):
            return False
        pairs = [
            ((p, p), (v, v)),
            *(pair for q in others[i] for pair in (((p, q), (v, chosen[q])), ((q, p), (chosen[q], v)))),
        ]
        if induced:
            return all(wanted.get(a, 0) == given.get(b, 0) for a, b in pairs)
        return all(wanted.get(a, 0) <= given.get(b, 0) for a, b in pairs)

    stack = [candidates(0)[::-1]]
    while stack:
        if deadline.over:
            raise BudgetExceeded(f"{seconds} seconds did not suffice for this search; raise time_limit")
        level = len(stack) - 1
        if order[level] in chosen:
            used.discard(chosen.pop(order[level]))
        if not stack[-1]:
            stack.pop()
            continue
        node = stack[-1].pop()
        chosen[order[level]] = node
        used.add(node)
        if level + 1 == len(order):
            yield dict(chosen)
        else:
            stack.append(candidates(level + 1)[::-1])


def _order(near: dict[Node, list[Node]]) -> list[Node]:
    """Pattern nodes such that each has as many earlier neighbours as possible."""
    left = {node: 0 for node in near}
    order: list[Node] = []
    while left:
        node = max(left, key=lambda v: (left[v], len(near[v])))
        del left[node]
        order.append(node)
        for v in near[node]:
            if v in left:
                left[v] += 1
    return order


def in_order(pattern: Graph, mapping: dict[Node, Node]) -> dict[Node, Node]:
    """The mapping with its keys in the order of the pattern's nodes."""
    return {node: mapping[node] for node in pattern if node in mapping}
