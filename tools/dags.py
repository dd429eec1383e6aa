"""Directed acyclic graphs: whether, orders, layers, longest paths."""

from __future__ import annotations

import math

from graphs.errors import BadArgument, WrongKind
from graphs.graph import Graph, Node
from tools.answers import Groups, Number, Order, Path, Sequences, Truth
from tools.arcs import require_directed, require_nodes
from tools.clock import Clock
from tools.cycles import any_cycle, order_of
from tools.path_lists import heaviest_costs
from tools.registry import Attribute, NodesArg, tool


def require_order(graph: Graph, what: str) -> list[Node]:
    """A topological order.

    Raises:
        WrongKind: the graph is undirected, or has a cycle, which the message names.
    """
    require_directed(graph, what)
    order = order_of(graph)
    if len(order) < graph.num_nodes:
        cycle = any_cycle(graph)
        shown = " -> ".join(str(node)[:40] for node in [*cycle[:8], cycle[0]])
        raise WrongKind(f"{what} needs a graph without directed cycles, and this one has {shown}; remove an edge of it")
    return order


@tool(
    phrases=("topological sort", "topological order", "linear order of tasks", "order respecting dependencies"),
    asks=(
        "Give a topological order of the graph.",
        "Topologically sort the nodes.",
        "Can all the nodes be visited so that each comes after its predecessors? Give the solution.",
        "In which order can the tasks be done so that dependencies come first?",
    ),
    needs="directed",
)
def topological_sort(graph: Graph) -> Order:
    """An order of the nodes in which every edge points forward. Kahn, Comm. ACM 5 (1962), O(n + m).

    Raises:
        WrongKind: the graph is undirected or has a cycle; the message names it.

    >>> topological_sort(Graph.from_edges([("a", "b"), ("b", "c")], directed=True)).value
    ['a', 'b', 'c']
    """
    return Order(require_order(graph, "a topological order"))


@tool(
    phrases=("is a dag", "directed acyclic graph", "can be topologically sorted"),
    asks=(
        "Is the graph a DAG?",
        "Is this a directed acyclic graph?",
        "Can the graph be sorted topologically?",
        "Check whether the digraph is a DAG.",
    ),
    needs="directed",
)
def is_dag(graph: Graph) -> Truth:
    """Tell whether a directed graph has no directed cycle. O(n + m).

    Witness of a yes: a topological order. Witness of a no: a cycle.

    Raises:
        WrongKind: the graph is undirected.
    """
    require_directed(graph, "the notion of a DAG")
    order = order_of(graph)
    if len(order) == graph.num_nodes:
        return Truth(True, {"order": order})
    return Truth(False, {"cycle": any_cycle(graph)})


@tool(
    phrases=("is a topological order", "valid topological sort", "does the order respect the edges"),
    asks=(
        "Is {nodes} a topological order of the graph?",
        "Is {nodes} a valid topological sort?",
        "Does the order {nodes} respect every edge?",
        "Check whether {nodes} is a topological ordering.",
    ),
    needs="directed",
)
def is_topological_order(graph: Graph, nodes: NodesArg) -> Truth:
    """Tell whether the list holds every node once and every edge points forward in it. O(n + m).

    Witness of a no: a node that is missing or repeated, or an edge that points backwards.

    Raises:
        NodeNotFound: one of the nodes is not in the graph.
        WrongKind: the graph is undirected.
    """
    require_directed(graph, "a topological order")
    order = [graph.node(node) for node in nodes]
    place = {node: i for i, node in enumerate(order)}
    if len(place) < len(order):
        return Truth(False, {"repeated": next(node for i, node in enumerate(order) if place[node] != i)})
    missing = next((node for node in graph.nx if node not in place), None)
    if len(place) < graph.num_nodes:
        return Truth(False, {"missing": missing})
    backward = next(([u, v] for u, v in graph.nx.edges() if place[u] >= place[v]), None)
    return Truth(backward is None, None if backward is None else {"backward": backward})


@tool(
    phrases=("all topological sorts", "all topological orders", "every topological order"),
    asks=(
        "List all topological orders of the graph.",
        "What are all the topological sorts?",
        "Enumerate every valid topological ordering.",
        "Which topological orders are possible?",
    ),
    needs="directed",
)
def all_topological_sorts(graph: Graph, limit: int = 1000) -> Sequences:
    """List the topological orders. O(n + m) each; stops after `limit` and says so (`exact=False`, bounds).

    Raises:
        BadArgument: `limit` is below 1.
        WrongKind: the graph is undirected or has a cycle.
    """
    require_order(graph, "a topological order")
    if limit < 1:
        raise BadArgument(f"limit must be at least 1, not {limit}")
    found: list[list[Node]] = []
    waiting = {v: len(graph.nx.pred[v]) for v in graph.nx}
    order: list[Node] = []
    stack = [iter([v for v in graph.nx if waiting[v] == 0])]
    while stack:
        if len(order) == graph.num_nodes:
            if len(found) == limit:
                notes = (f"stopped after {limit} orders; there are more",)
                return Sequences(found, exact=False, bounds=(limit + 1, math.inf), notes=notes)
            found.append(order[:])
        step = next(stack[-1], None)
        if step is not None:
            order.append(step)
            for v in graph.nx.succ[step]:
                waiting[v] -= 1
            used = set(order)
            stack.append(iter([v for v in graph.nx if waiting[v] == 0 and v not in used]))
            continue
        stack.pop()
        if order:
            for v in graph.nx.succ[order.pop()]:
                waiting[v] += 1
    return Sequences(found)


@tool(
    phrases=("number of topological orders", "how many topological sorts", "count the topological orders"),
    asks=(
        "How many topological orders does the graph have?",
        "Count the topological sorts.",
        "What is the number of topological orderings?",
        "In how many orders can the tasks be done?",
    ),
    needs="directed",
)
def count_topological_sorts(graph: Graph, time_limit: float = 10.0) -> Number:
    """Count the topological orders (linear extensions). #P-hard: dynamic programming over closed sets of nodes.

    After `time_limit` seconds 1 is given as a lower bound (`exact=False`).

    Raises:
        WrongKind: the graph is undirected or has a cycle.
    """
    order = require_order(graph, "a topological order")
    place = {node: i for i, node in enumerate(order)}
    before = [sum(1 << place[u] for u in graph.nx.pred[v]) for v in order]
    clock = Clock(time_limit)
    layer = {0: 1}
    for _ in order:
        longer: dict[int, int] = {}
        for mask, ways in layer.items():
            for i, need in enumerate(before):
                if not mask >> i & 1 and need & mask == need:
                    longer[mask | 1 << i] = longer.get(mask | 1 << i, 0) + ways
            if clock.over:
                notes = ("stopped by the time limit; one order is known",)
                return Number(1, exact=False, bounds=(1, math.inf), notes=notes)
        layer = longer
    return Number(sum(layer.values()))


@tool(
    phrases=("critical path", "longest path in the dag", "longest dependency chain", "longest directed path"),
    asks=(
        "What is the longest path in the DAG?",
        "Find the critical path.",
        "What is the longest chain of dependencies?",
        "How long is the longest directed path?",
    ),
    needs="directed",
)
def longest_path_dag(graph: Graph, weight: Attribute | None = None) -> Path:
    """Find a path of greatest total weight in a directed acyclic graph. O(n + m).

    Every edge counts 1 unless `weight` names an edge attribute. `distances` are labels d >= 0 with
    d(v) >= d(u) + w(u, v) on every edge: no path is longer than the largest of them.

    Raises:
        WrongKind: the graph is undirected, has a cycle or no nodes.
        MissingAttribute: `weight` names an attribute that some edge lacks.
    """
    require_nodes(graph, "a longest path")
    order = require_order(graph, "a longest path of a DAG")
    table = heaviest_costs(graph, weight)
    labels: dict[Node, float] = dict.fromkeys(graph.nx, 0)
    parents: dict[Node, Node | None] = dict.fromkeys(graph.nx)
    for u in order:
        for v, cost in table[u].items():
            if labels[u] + cost > labels[v]:
                labels[v], parents[v] = labels[u] + cost, u
    end: Node | None = max(labels, key=lambda node: labels[node])
    nodes: list[Node] = []
    while end is not None:
        nodes.append(end)
        end = parents[end]
    return Path(nodes[::-1], max(labels.values()), labels)


@tool(
    phrases=("layers of the dag", "topological generations", "levels of the dag", "which tasks can run in parallel"),
    asks=(
        "What are the layers of the DAG?",
        "Give the topological generations.",
        "Which tasks can run in parallel, level by level?",
        "Split the DAG into levels.",
    ),
    needs="directed",
)
def dag_layers(graph: Graph) -> Groups:
    """The nodes by the length of the longest path that ends in them, shortest first. O(n + m).

    Raises:
        WrongKind: the graph is undirected or has a cycle.
    """
    order = require_order(graph, "a layering")
    level: dict[Node, int] = {}
    for v in order:
        level[v] = max((level[u] + 1 for u in graph.nx.pred[v]), default=0)
    groups: list[list[Node]] = [[] for _ in range(max(level.values(), default=-1) + 1)]
    for node in graph.nx:
        groups[level[node]].append(node)
    return Groups(groups)
