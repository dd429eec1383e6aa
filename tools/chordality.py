"""Chordal graphs, elimination orders and treewidth."""

from __future__ import annotations

import itertools

from graphs.errors import WrongKind
from graphs.graph import Graph, Node
from tools.adjacency import Around, in_brief, neighbour_lists
from tools.answers import Number, Order, Truth
from tools.registry import tool


@tool(
    phrases=("chordal", "triangulated graph", "every cycle has a chord", "chordless cycle"),
    asks=(
        "Is the graph chordal?",
        "Does every cycle of four or more nodes have a chord?",
        "Is there a chordless cycle of length at least four?",
        "Check whether the graph is a triangulated (chordal) graph.",
    ),
)
def is_chordal(graph: Graph) -> Truth:
    """Decide whether every cycle of at least four nodes has a chord; directions and loops are ignored.

    witness: a perfect elimination `order`, or a chordless cycle as `hole`. Maximum cardinality search (Tarjan and
    Yannakakis 1984), O(n m).
    """
    around = neighbour_lists(graph)
    order = _elimination(around)
    hole = _hole(around) if _broken(around, order) else None
    return Truth(True, witness={"order": order}) if hole is None else Truth(False, witness={"hole": hole})


@tool(
    phrases=("perfect elimination order", "perfect elimination ordering", "simplicial elimination"),
    asks=(
        "Find a perfect elimination order.",
        "In what order can the nodes be eliminated so that each one's later neighbours form a clique?",
        "Give a perfect elimination ordering of this chordal graph.",
        "simplicial elimination ordering",
    ),
)
def perfect_elimination_order(graph: Graph) -> Order:
    """Order the nodes so that the later neighbours of each form a clique (Fulkerson and Gross 1965). O(n m).

    Raises:
        WrongKind: the graph has a chordless cycle, which the message names.
    """
    around = neighbour_lists(graph)
    order = _elimination(around)
    if _broken(around, order):
        raise WrongKind(f"the graph is not chordal: it has the chordless cycle {in_brief(_hole(around))}")
    return Order(order)


@tool(
    phrases=("treewidth", "tree width", "width of a tree decomposition"),
    asks=(
        "What is the treewidth of the graph?",
        "Give bounds on the treewidth.",
        "How tree-like is the graph, measured by treewidth?",
        "Compute the tree width.",
    ),
)
def treewidth(graph: Graph) -> Number:
    """Bound the treewidth from both sides; the number is the upper bound, exact where the two meet.

    witness: an elimination `order` of that width (least fill-in first), and `branch_sets`, connected disjoint node
    sets that form a minor of minimum degree equal to the lower bound (contraction degeneracy, Bodlaender and Koster
    2011). Treewidth is NP-hard; the bounds take O(n³ Δ). The empty graph has treewidth -1.
    """
    around = {node: set(near) for node, near in neighbour_lists(graph).items()}
    order, high = _least_fill(around)
    sets, low = _contracted(around)
    shown = {"order": order, "branch_sets": sets}
    return Number(high, witness=shown, exact=low == high, bounds=(low, high))


def _elimination(around: Around) -> list[Node]:
    """The reverse of a maximum cardinality search."""
    rank = dict.fromkeys(around, 0)
    order: list[Node] = []
    while rank:
        node = max(rank, key=rank.__getitem__)
        del rank[node]
        order.append(node)
        for v in around[node]:
            if v in rank:
                rank[v] += 1
    return order[::-1]


def _broken(around: Around, order: list[Node]) -> bool:
    """Whether some node's later neighbours are no clique: enough to look from the first of them (Golumbic 1980)."""
    at = {node: i for i, node in enumerate(order)}
    sets = {node: set(near) for node, near in around.items()}
    for node in order:
        later = [v for v in around[node] if at[v] > at[node]]
        if later:
            first = min(later, key=at.__getitem__)
            if any(v != first and v not in sets[first] for v in later):
                return True
    return False


def _hole(around: Around) -> list[Node]:
    """A chordless cycle: a shortest way around a node between two neighbours that are not adjacent."""
    sets = {node: set(near) for node, near in around.items()}
    for node, near in around.items():
        for u, w in itertools.combinations(near, 2):
            if w in sets[u]:
                continue
            closed = (sets[node] | {node}) - {u, w}
            parent: dict[Node, Node] = {u: u}
            queue = [u]
            for x in queue:
                for y in around[x]:
                    if y not in parent and y not in closed:
                        parent[y] = x
                        queue.append(y)
            if w in parent:
                walk = [w]
                while walk[-1] != u:
                    walk.append(parent[walk[-1]])
                return [node, *walk]
    raise AssertionError("a graph without a perfect elimination order has a chordless cycle")


def _least_fill(around: dict[Node, set[Node]]) -> tuple[list[Node], int]:
    left = {node: set(near) for node, near in around.items()}
    order: list[Node] = []
    width = -1

    def fill(node: Node) -> tuple[int, int]:
        near = list(left[node])
        if len(near) > 30:
            return len(near) ** 2, len(near)
        return sum(v not in left[u] for i, u in enumerate(near) for v in near[:i]), len(near)

    while left:
        node = min(left, key=fill)
        near = left.pop(node)
        width = max(width, len(near))
        order.append(node)
        for u in near:
            left[u] |= near
            left[u] -= {u, node}
    return order, width


def _contracted(around: dict[Node, set[Node]]) -> tuple[list[list[Node]], int]:
    """Branch sets of the minor of greatest minimum degree met while contracting least-degree nodes."""
    left = {node: set(near) for node, near in around.items()}
    merged = {node: [node] for node in around}
    best: list[list[Node]] = []
    low = -1
    while left:
        node = min(left, key=lambda v: len(left[v]))
        if len(left[node]) > low:
            low, best = len(left[node]), [list(merged[v]) for v in left]
        near = left.pop(node)
        mine = merged.pop(node)
        for v in near:
            left[v].discard(node)
        if near:
            into = min((v for v in left if v in near), key=lambda v: len(left[v] & near))
            merged[into] += mine
            for v in near - {into}:
                left[v].add(into)
                left[into].add(v)
    return best, low
