"""Cliques, independent sets, covers, dominating sets, cuts and feedback sets, and checks of given sets."""

from __future__ import annotations

import functools
import itertools
import math
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar, cast

import networkx as nx

from graphs.errors import BadArgument, MissingAttribute, NegativeWeight, NotConnected, WrongKind
from graphs.graph import Graph, Node
from tools.adjacency import neighbour_lists, two_colouring
from tools.answers import Edges, Groups, Nodes, Number, Truth
from tools.exact_search import (
    Deadline,
    Shares,
    heaviest_clique,
    heaviest_independent_set,
    independent_classes,
    least_hitting_set,
)
from tools.network_flow import Amount, exact, plain
from tools.registry import Attribute, NodeArg, NodesArg, tool

Around = dict[Node, set[Node]]
Found = tuple[list[Node], bool, Shares, dict[Node, Amount]]
F = TypeVar("F", bound=Callable[..., Any])


def _by_index(function: F) -> F:
    """Run a search on the graph with its nodes numbered, so that the order within sets of labels cannot matter."""

    @functools.wraps(function)
    def run(graph: Graph, *arguments: Any, **named: Any) -> Any:
        nodes = graph.nodes
        numbered = graph.derive(nx.relabel_nodes(graph.nx, {node: i for i, node in enumerate(nodes)}))
        answer = function(numbered, *arguments, **named)
        fields = {"witness": _labelled(answer.witness, nodes)}
        fields |= {
            name: _labelled({name: getattr(answer, name)}, nodes)[name] for name in vars(answer) if name in LISTS
        }
        return replace(answer, **fields)

    return cast(F, run)


LISTS = ("nodes", "side", "independent", "arcs", "edges")  # fields of an answer or witness that hold nodes or pairs


def _labelled(fields: dict[str, Any], nodes: list[Node]) -> dict[str, Any]:
    """The fields with node numbers replaced by labels."""
    found = dict(fields)
    for name, listed in fields.items():
        if name == "sets":
            found[name] = [_labelled(row, nodes) for row in listed]
        elif name in LISTS:
            found[name] = [type(x)(nodes[i] for i in x) if isinstance(x, (list, tuple)) else nodes[x] for x in listed]
    return found


@tool(
    phrases=("maximum clique", "largest clique", "biggest clique", "largest group where everyone knows everyone"),
    asks=(
        "Find a maximum clique of the graph.",
        "What is the largest clique?",
        "Which is the biggest group of nodes that are all connected to each other?",
        "Give the largest complete subgraph.",
        "max clique",
    ),
)
def maximum_clique(graph: Graph, time_limit: float = 10.0) -> Nodes:
    """Find the most nodes that are pairwise adjacent; directions and loops are ignored. NP-hard.

    witness: independent `sets` with values that cover each node once, whose sum bounds every clique (a colouring).
    Branch and bound within `time_limit` seconds (Tomita and Seki 2003); beyond it the best found with `bounds`.

    >>> maximum_clique(Graph.from_edges([(1, 2), (2, 3), (3, 1), (3, 4)])).nodes
    [1, 2, 3]
    """
    return _most(graph, _clique(_around(graph), None, time_limit), None)


@tool(
    phrases=("clique number", "size of the largest clique"),
    asks=(
        "What is the clique number of the graph?",
        "How large is the largest clique?",
        "What is the size of the largest clique?",
        "Compute ω(G), the clique number.",
    ),
)
def clique_number(graph: Graph, time_limit: float = 10.0) -> Number:
    """Count the nodes of a largest clique. NP-hard; witness: the `clique` and the `sets` of `maximum_clique`."""
    found = _most(graph, _clique(_around(graph), None, time_limit), None)
    shown = {"clique": found.nodes, "sets": found.witness["sets"]}
    return Number(len(found.nodes), witness=shown, exact=found.exact, bounds=found.bounds)


@tool(
    phrases=("maximum weight clique", "heaviest clique", "clique of greatest node weight"),
    asks=(
        "Find the maximum weight clique by node weights.",
        "Which clique has the greatest total node weight?",
        "What is the heaviest clique?",
        "max weight clique",
    ),
)
def maximum_weight_clique(graph: Graph, weight: Attribute = "weight", time_limit: float = 10.0) -> Nodes:
    """Find a clique whose nodes weigh most together; `weight` is a node attribute. NP-hard.

    witness: the `total`, and independent `sets` with values that cover each node's weight. Branch and bound.

    Raises:
        MissingAttribute: a node has no `weight`.
    """
    worth = _node_weights(graph, weight)
    return _most(graph, _clique(_around(graph), worth, time_limit), worth)


@tool(
    phrases=("maximum independent set", "largest independent set", "largest stable set", "most nodes none adjacent"),
    asks=(
        "Find a maximum independent set.",
        "What is the largest set of nodes with no edge between any two?",
        "Which is the largest stable set?",
        "How many nodes can be chosen so that no two are adjacent?",
    ),
)
@_by_index
def maximum_independent_set(graph: Graph, time_limit: float = 10.0) -> Nodes:
    """Find the most nodes of which no two are adjacent; directions and loops are ignored. NP-hard.

    witness: cliques as `sets` with values that cover each node once, whose sum bounds every independent set. Integer
    programming (sparse graphs) or branch and bound (dense ones) within `time_limit` seconds.
    """
    return _most(graph, _independent(_around(graph), None, time_limit), None)


@tool(
    phrases=("independence number", "stability number", "size of the largest independent set"),
    asks=(
        "What is the independence number of the graph?",
        "How large is the largest independent set?",
        "Compute α(G), the independence number.",
        "What is the stability number?",
    ),
)
@_by_index
def independence_number(graph: Graph, time_limit: float = 10.0) -> Number:
    """Count the nodes of a largest independent set. NP-hard; witness: the set as `independent`, and the `sets`."""
    found = _most(graph, _independent(_around(graph), None, time_limit), None)
    shown = {"independent": found.nodes, "sets": found.witness["sets"]}
    return Number(len(found.nodes), witness=shown, exact=found.exact, bounds=found.bounds)


@tool(
    phrases=("maximum weight independent set", "heaviest independent set", "weighted stable set"),
    asks=(
        "Find the maximum weight independent set by node weights.",
        "Which independent set has the greatest total node weight?",
        "What is the heaviest set of pairwise non-adjacent nodes?",
        "max weight independent set",
    ),
)
@_by_index
def maximum_weight_independent_set(graph: Graph, weight: Attribute = "weight", time_limit: float = 10.0) -> Nodes:
    """Find an independent set whose nodes weigh most together; `weight` is a node attribute. NP-hard.

    witness: the `total`, and cliques as `sets` with values that cover each node's weight.

    Raises:
        MissingAttribute: a node has no `weight`.
    """
    worth = _node_weights(graph, weight)
    return _most(graph, _independent(_around(graph), worth, time_limit), worth)


@tool(
    phrases=("minimum vertex cover", "smallest vertex cover", "fewest nodes that touch every edge", "node cover"),
    asks=(
        "Find a minimum vertex cover.",
        "What is the smallest set of nodes that touches every edge?",
        "How many nodes are needed to cover all edges?",
        "Give a smallest vertex cover of the graph.",
    ),
)
@_by_index
def minimum_vertex_cover(graph: Graph, time_limit: float = 10.0) -> Nodes:
    """Find the fewest nodes such that each edge has one of them; a node with a loop is always among them. NP-hard.

    witness: cliques as `sets` with values, each of which leaves at most one node uncovered (the dual of the independent
    set that stays). Gallai (1959): cover + independent set = n.
    """
    looped = {edge.source for edge in graph.edges() if edge.source == edge.target}
    around = {node: near - looped for node, near in _around(graph).items() if node not in looped}
    found = _most(graph, _independent(around, None, time_limit), None)
    kept = set(found.nodes)
    nodes = [node for node in graph if node not in kept]
    n = graph.num_nodes
    bounds = None if found.bounds is None else (n - found.bounds[1], n - found.bounds[0])
    return Nodes(nodes, witness=found.witness, exact=found.exact, bounds=bounds)


@tool(
    phrases=("minimum dominating set", "smallest dominating set", "domination number", "fewest nodes that see all"),
    asks=(
        "Find a minimum dominating set.",
        "What is the smallest set of nodes such that every other node has a neighbour in it?",
        "What is the domination number of the graph?",
        "How many guards are needed so that each node has one or is next to one?",
    ),
)
@_by_index
def minimum_dominating_set(graph: Graph, time_limit: float = 10.0) -> Nodes:
    """Find the fewest nodes such that every other node is a neighbour (a successor when directed) of one. NP-hard.

    witness: closed neighbourhoods as `sets` with values that load no node with more than 1: their sum bounds the size
    from below. Integer programming within `time_limit` seconds; beyond it the best found with `bounds`.
    """
    closed = {node: [node] for node in graph}
    for edge in graph.edges():
        if edge.source != edge.target:
            closed[edge.target].append(edge.source)
            if not graph.directed:
                closed[edge.source].append(edge.target)
    rows = [list(dict.fromkeys(row)) for row in closed.values()]
    found = least_hitting_set(graph.nodes, dict.fromkeys(graph, 1), lambda chosen: _missed(rows, chosen), time_limit)
    return _fewest(graph, found)


@tool(
    phrases=("minimum connected dominating set", "smallest connected dominating set", "backbone of the network"),
    asks=(
        "Find a minimum connected dominating set.",
        "What is the smallest connected set of nodes that dominates the graph?",
        "Give a smallest backbone: connected, and every node in it or next to it.",
        "minimum connected dominating set",
    ),
)
@_by_index
def minimum_connected_dominating_set(graph: Graph, time_limit: float = 10.0) -> Nodes:
    """Find the fewest nodes that are connected among themselves and next to all other nodes. NP-hard.

    witness: `sets` with values, each a closed neighbourhood or a set whose removal disconnects the graph; any solution
    meets each. Implicit hitting sets by integer programming.

    Raises:
        NotConnected: the graph is not connected. WrongKind: it is directed.
    """
    if graph.directed:
        raise WrongKind("connected domination is defined for undirected graphs here")
    around = _around(graph)
    if graph.num_nodes and len(_piece(around, graph.nodes[0], set(around))) < graph.num_nodes:
        raise NotConnected("a connected dominating set needs a connected graph; take one component")
    closed = [[node, *around[node]] for node in graph]

    def unhit(chosen: set[Node]) -> list[list[Node]]:
        missed = _missed(closed, chosen)
        return missed or _separators(around, chosen)

    return _fewest(graph, least_hitting_set(graph.nodes, dict.fromkeys(graph, 1), unhit, time_limit))


@tool(
    phrases=("minimum feedback vertex set", "fewest nodes whose removal breaks all cycles", "decycling number"),
    asks=(
        "Find a minimum feedback vertex set.",
        "What is the smallest set of nodes whose removal leaves no cycle?",
        "How many nodes must be removed to make the graph acyclic?",
        "Which fewest nodes break all cycles?",
    ),
)
@_by_index
def minimum_feedback_vertex_set(graph: Graph, time_limit: float = 10.0) -> Nodes:
    """Find the fewest nodes that every cycle (directed cycle when directed) passes. NP-hard.

    Loops are cycles, and so are two parallel edges of an undirected multigraph. witness: cycles as `sets` with values
    that load no node with more than 1. Implicit hitting sets by integer programming.
    """
    forced = _short_cycles(graph)

    def unhit(chosen: set[Node]) -> list[list[Node]]:
        missed = _missed(forced, chosen)
        return missed or list(_disjoint_cycles(graph, chosen))

    return _fewest(graph, least_hitting_set(graph.nodes, dict.fromkeys(graph, 1), unhit, time_limit))


@tool(
    phrases=("minimum feedback arc set", "fewest arcs whose removal makes it acyclic", "edges to remove to get a dag"),
    asks=(
        "Find a minimum feedback arc set.",
        "What is the smallest set of arcs whose removal leaves no directed cycle?",
        "How many arcs must be removed to get a DAG?",
        "Which fewest directed edges break all cycles?",
    ),
)
@_by_index
def minimum_feedback_arc_set(graph: Graph, time_limit: float = 10.0) -> Edges:
    """Find the fewest arcs that every directed cycle uses. NP-hard; parallel arcs count each.

    witness: directed cycles as `sets` of arcs with values that load no arc with more than its count. Implicit hitting
    sets by integer programming. `total` is the number of arcs.

    Raises:
        WrongKind: the graph is undirected.
    """
    if not graph.directed:
        raise WrongKind("a feedback arc set needs directed edges; in an undirected graph remove all but a forest")
    worth: dict[tuple[Node, Node], int] = {}
    for edge in graph.edges():
        worth[edge.source, edge.target] = worth.get((edge.source, edge.target), 0) + 1

    def unhit(chosen: set[Any]) -> list[list[Any]]:
        return list(_disjoint_arc_cycles(graph, chosen))

    chosen, sure, shares = least_hitting_set(list(worth), worth, unhit, time_limit)
    picked = set(chosen)
    total = sum(worth[arc] for arc in picked)
    bounds = None if sure else (min(total, low_bound(shares, worth)), total)
    shown = {"sets": [{"arcs": [list(arc) for arc in row], "value": plain(x)} for row, x in shares]}
    return Edges([arc for arc in worth if arc in picked], total, witness=shown, exact=sure, bounds=bounds)


@tool(
    phrases=("maximum cut", "max cut", "split nodes so that most edges cross", "largest cut"),
    asks=(
        "Find a maximum cut of the graph.",
        "Split the nodes into two groups so that as many edges as possible run between them.",
        "What is the max cut?",
        "Which division in two cuts the most edge weight?",
    ),
)
@_by_index
def maximum_cut(graph: Graph, weight: Attribute | None = None, time_limit: float = 10.0) -> Edges:
    """Split the nodes in two so that the edges between the parts weigh most. NP-hard (Karp 1972).

    Every edge counts 1 unless `weight` is named. witness: the `side` of one part, and odd cycles as `sets` of edges
    with values: each odd cycle keeps an edge out of every cut. Implicit hitting sets by integer programming. A cut edge
    with parallel copies stands once in `edges`.

    Raises:
        MissingAttribute: an edge has no `weight`.
        NegativeWeight: a weight is below 0.
    """
    worth = _edge_worth(graph, weight)
    around = {node: set[Node]() for node in graph}
    for u, v in worth:
        around[u].add(v)
        around[v].add(u)
    deadline = Deadline(time_limit)

    def unhit(chosen: set[Any]) -> list[list[Any]]:
        return list(_disjoint_odd_cycles(around, worth, chosen))

    dropped, sure, shares = least_hitting_set(list(worth), worth, unhit, deadline.left)
    gone = set(dropped)
    kept = {u: [v for v in near if (u, v) not in gone and (v, u) not in gone] for u, near in around.items()}
    colour, _ = two_colouring(kept)
    side = _improved(around, worth, {node for node in graph if colour[node] == 0})
    edges = [(u, v) if u in side else (v, u) for u, v in worth if (u in side) != (v in side)]
    total = sum(w for (u, v), w in worth.items() if (u in side) != (v in side))
    high = sum(worth.values()) - low_bound(shares, worth)
    shown = {
        "side": [node for node in graph if node in side],
        "sets": [{"edges": [list(edge) for edge in row], "value": plain(x)} for row, x in shares],
    }
    bounds = None if sure else (plain(total), plain(max(total, high)))
    return Edges(edges, plain(total), witness=shown, exact=sure, bounds=bounds)


@tool(
    phrases=("maximal cliques", "all cliques", "list the cliques", "enumerate cliques"),
    asks=(
        "List all maximal cliques.",
        "Which maximal cliques does the graph have?",
        "How many maximal cliques are there?",
        "Enumerate the cliques that cannot be extended.",
    ),
)
def maximal_cliques(graph: Graph, limit: int = 1000) -> Groups:
    """List the cliques to which no node can be added, up to `limit` of them (then `exact` is False).

    Bron and Kerbosch (1973) with Tomita's pivot; there can be 3^(n/3) of them (Moon and Moser 1965).

    Raises:
        BadArgument: `limit` is below 1.
    """
    return _listed(graph, _around(graph), [], limit)


@tool(
    phrases=("cliques containing a node", "maximal cliques of a node", "which cliques is a node in"),
    asks=(
        "Which maximal cliques contain {node}?",
        "List the cliques that {node} belongs to.",
        "In how many maximal cliques is {node}?",
        "Show all maximal cliques with node {node}.",
    ),
)
def cliques_containing(graph: Graph, node: NodeArg, limit: int = 1000) -> Groups:
    """List the maximal cliques that contain `node`, up to `limit` of them (then `exact` is False).

    Raises:
        NodeNotFound: `node` is not in the graph. BadArgument: `limit` is below 1.
    """
    around = _around(graph)
    return _listed(graph, around, [graph.node(node)], limit)


@tool(
    phrases=(
        "maximum sum of the weights of three interconnected nodes",
        "heaviest triangle",
        "triangle of greatest weight",
        "maximum triangle sum",
    ),
    asks=(
        "What is the maximum sum of the weights of three interconnected nodes?",
        "Find the heaviest triangle by node weights.",
        "Which triangle has the greatest sum of node weights?",
        "Find the maximum sum of the weights of three nodes that are all connected to each other.",
    ),
)
def heaviest_triangle(graph: Graph, weight: Attribute = "weight") -> Number:
    """Find the greatest sum of node weights over all triangles; witness: the triangle's nodes. O(m Δ).

    Raises:
        MissingAttribute: a node has no `weight`.
        WrongKind: the graph has no triangle.
    """
    worth, around = _node_weights(graph, weight), _around(graph)
    at = {node: i for i, node in enumerate(graph)}
    best: tuple[Amount, list[Node]] | None = None
    for u in graph:
        for v in sorted(around[u], key=at.__getitem__):
            for w in sorted(around[u] & around[v], key=at.__getitem__) if at[u] < at[v] else ():
                if at[v] < at[w]:
                    total = worth[u] + worth[v] + worth[w]
                    if best is None or total > best[0]:
                        best = total, [u, v, w]
    if best is None:
        raise WrongKind("the graph has no triangle: no three nodes are all adjacent to each other")
    return Number(plain(best[0]), witness=best[1])


@tool(
    phrases=("maximal independent set", "greedy independent set", "inclusion maximal stable set"),
    asks=(
        "Give a maximal independent set.",
        "Find any independent set that cannot be extended.",
        "Compute a greedy independent set.",
        "maximal (not maximum) stable set",
    ),
)
def maximal_independent_set(graph: Graph) -> Nodes:
    """Take nodes in the graph's order that no taken node is adjacent to: the result cannot be extended. O(n + m).

    Directions and loops are ignored.
    """
    around = _around(graph)
    barred: set[Node] = set()
    nodes = []
    for node in graph:
        if node not in barred:
            nodes.append(node)
            barred |= around[node]
    return Nodes(nodes)


@tool(
    phrases=("is a clique", "form a clique", "are all pairwise adjacent", "forms a complete subgraph"),
    asks=(
        "Do the nodes {nodes} form a clique?",
        "Are {nodes} all pairwise adjacent?",
        "Is {nodes} a clique?",
        "Check that every two of {nodes} are connected by an edge.",
    ),
)
def is_clique(graph: Graph, nodes: NodesArg) -> Truth:
    """Decide whether every two of `nodes` are adjacent; witness when not: a `missing` pair. O(k²).

    Raises:
        NodeNotFound: one of `nodes` is not in the graph.
    """
    around = _around(graph)
    for u, v in itertools.combinations(_resolve(graph, nodes), 2):
        if v not in around[u]:
            return Truth(False, witness={"missing": [u, v]})
    return Truth(True)


@tool(
    phrases=("is an independent set", "is a stable set", "no two are adjacent"),
    asks=(
        "Is {nodes} an independent set?",
        "Are no two of {nodes} adjacent?",
        "Check whether {nodes} is a stable set.",
        "Do {nodes} form an independent set?",
    ),
)
def is_independent_set(graph: Graph, nodes: NodesArg) -> Truth:
    """Decide whether no two of `nodes` are adjacent; witness when not: an `edge` between two. O(k²).

    Raises:
        NodeNotFound: one of `nodes` is not in the graph.
    """
    around = _around(graph)
    for u, v in itertools.combinations(_resolve(graph, nodes), 2):
        if v in around[u]:
            return Truth(False, witness={"edge": [u, v]})
    return Truth(True)


@tool(
    phrases=("is a vertex cover", "is a node cover", "every edge touches one of"),
    asks=(
        "Is {nodes} a vertex cover?",
        "Does every edge touch one of {nodes}?",
        "Check whether {nodes} is a vertex cover of the graph.",
        "Do the nodes {nodes} cover all edges?",
    ),
)
def is_vertex_cover(graph: Graph, nodes: NodesArg) -> Truth:
    """Decide whether each edge, loops included, has an end in `nodes`; witness when not: an uncovered `edge`. O(m).

    Raises:
        NodeNotFound: one of `nodes` is not in the graph.
    """
    cover = set(_resolve(graph, nodes))
    for edge in graph.edges():
        if edge.source not in cover and edge.target not in cover:
            return Truth(False, witness={"edge": [edge.source, edge.target]})
    return Truth(True)


@tool(
    phrases=("is a dominating set", "dominates the graph", "every node has a neighbour in"),
    asks=(
        "Is {nodes} a dominating set?",
        "Does every other node have a neighbour in {nodes}?",
        "Check whether {nodes} dominates the graph.",
        "Do the nodes {nodes} form a dominating set?",
    ),
)
def is_dominating_set(graph: Graph, nodes: NodesArg) -> Truth:
    """Decide whether every other node is a neighbour (a successor when directed) of one of `nodes`.

    witness when not: an `undominated` node. O(n + m).

    Raises:
        NodeNotFound: one of `nodes` is not in the graph.
    """
    seen = set(_resolve(graph, nodes))
    start = set(seen)
    for edge in graph.edges():
        if edge.source in start:
            seen.add(edge.target)
        if not graph.directed and edge.target in start:
            seen.add(edge.source)
    free = [node for node in graph if node not in seen]
    return Truth(False, witness={"undominated": free[0]}) if free else Truth(True)


def high_bound(shares: Shares, worth: Mapping[Any, Amount]) -> Amount:
    """What no choice with at most one item of each set can exceed; values are scaled up to cover every worth."""
    covered = dict.fromkeys(worth, 0.0)
    for row, x in shares:
        for item in row:
            covered[item] += float(x)
    scale = max((float(w) / covered[item] if covered[item] else math.inf for item, w in worth.items()), default=1.0)
    bound = max(1.0, scale) * float(sum(x for _, x in shares)) if shares else math.nan
    bound = float(sum(worth.values())) if math.isnan(bound) else min(bound, float(sum(worth.values())))
    return math.floor(bound + 1e-6) if all(isinstance(w, int) for w in worth.values()) else bound


def low_bound(shares: Shares, worth: Mapping[Any, Amount]) -> Amount:
    """What every choice with an item of each set costs at least; values are scaled down to load no item too much."""
    load = dict.fromkeys(worth, 0.0)
    for row, x in shares:
        for item in row:
            load[item] += float(x)
    scale = min((float(w) / load[item] for item, w in worth.items() if load[item] > 0), default=1.0)
    bound = min(1.0, scale) * float(sum(x for _, x in shares))
    return math.ceil(bound - 1e-6) if all(isinstance(w, int) for w in worth.values()) else bound


def _around(graph: Graph) -> Around:
    return {node: set(near) for node, near in neighbour_lists(graph).items()}


def _resolve(graph: Graph, nodes: Iterable[Any]) -> list[Node]:
    return list(dict.fromkeys(graph.node(node) for node in nodes))


def _node_weights(graph: Graph, weight: str) -> dict[Node, Amount]:
    found = {}
    for node, data in graph.nx.nodes(data=True):
        if weight not in data:
            raise MissingAttribute(weight, "a set of greatest node weight", of="nodes")
        found[node] = exact(data[weight], weight)
        if abs(found[node]) == math.inf:
            raise BadArgument(f"a node has an infinite {weight}; use a large number")
    return found


def _edge_worth(graph: Graph, weight: str | None) -> dict[tuple[Node, Node], Amount]:
    worth: dict[tuple[Node, Node], Amount] = {}
    for edge in graph.edges():
        if weight is not None and weight not in edge.attributes:
            raise MissingAttribute(weight, "a maximum cut")
        amount = 1 if weight is None else exact(edge.attributes[weight], weight)
        if amount < 0:
            raise NegativeWeight(f"an edge has the negative {weight} {plain(amount)}; it must be at least 0")
        if amount == math.inf:
            raise BadArgument(f"an edge has an infinite {weight}; use a large number")
        pair = (edge.target, edge.source) if (edge.target, edge.source) in worth else (edge.source, edge.target)
        if edge.source != edge.target:
            worth[pair] = worth.get(pair, 0) + amount
    return worth


def _positive(around: Around, worth: dict[Node, Amount] | None) -> tuple[Around, dict[Node, Amount]]:
    """The part of the graph whose nodes are worth something."""
    value = dict.fromkeys(around, 1) if worth is None else {node: w for node, w in worth.items() if w > 0}
    return {node: {v for v in around[node] if v in value} for node in value}, value


def _clique(around: Around, worth: dict[Node, Amount] | None, time_limit: float) -> Found:
    part, value = _positive(around, worth)
    nodes, sure = heaviest_clique(part, value, time_limit)
    return nodes, sure, independent_classes(part, value), value


def _independent(around: Around, worth: dict[Node, Amount] | None, time_limit: float) -> Found:
    part, value = _positive(around, worth)
    return (*heaviest_independent_set(part, value, time_limit), value)


def _most(graph: Graph, found: Found, worth: dict[Node, Amount] | None) -> Nodes:
    """The answer of a search for the most or heaviest nodes, with its bounds where it was cut short."""
    nodes, sure, shares, value = found
    inside = set(nodes)
    total = len(nodes) if worth is None else sum(worth[node] for node in nodes)
    shown: dict[str, Any] = {"sets": [{"nodes": list(row), "value": plain(x)} for row, x in shares]}
    if worth is not None:
        shown["total"] = plain(total)
    bounds = None
    if not sure:
        bounds = (plain(total), plain(max(total, high_bound(shares, value))))
    return Nodes([node for node in graph if node in inside], witness=shown, exact=sure, bounds=bounds)


def _fewest(graph: Graph, found: tuple[list[Node], bool, Shares]) -> Nodes:
    nodes, sure, shares = found
    inside = set(nodes)
    low = low_bound(shares, dict.fromkeys(graph, 1))
    shown = {"sets": [{"nodes": list(row), "value": plain(x)} for row, x in shares]}
    bounds = None if sure else (min(low, len(nodes)), len(nodes))
    return Nodes([node for node in graph if node in inside], witness=shown, exact=sure, bounds=bounds)


def _missed(rows: list[list[Node]], chosen: set[Node]) -> list[list[Node]]:
    return [row for row in rows if not chosen.intersection(row)]


def _piece(around: Mapping[Node, set[Node]], start: Node, inside: set[Node]) -> set[Node]:
    piece, queue = {start}, [start]
    while queue:
        for v in around[queue.pop()] & inside - piece:
            piece.add(v)
            queue.append(v)
    return piece


def _separators(around: Around, chosen: set[Node]) -> list[list[Node]]:
    """For each component of the chosen nodes a minimal set of others that parts it from the rest of them."""
    left, found = set(chosen), []
    while left:
        piece = _piece(around, next(iter(left)), chosen)
        left -= piece
        if len(piece) == len(chosen):
            return []
        border = set().union(*(around[v] for v in piece)) - piece
        far = _piece(around, next(iter(chosen - piece)), set(around) - border)
        found.append([v for v in border if around[v] & far])
    return found


def _short_cycles(graph: Graph) -> list[list[Node]]:
    """Loops, and pairs joined by parallel edges (undirected)."""
    seen: set[frozenset[Node]] = set()
    found: dict[frozenset[Node], list[Node]] = {}
    for edge in graph.edges():
        ends = frozenset((edge.source, edge.target))
        if len(ends) == 1 or (ends in seen and not graph.directed):
            found[ends] = list(ends)
        seen.add(ends)
    return list(found.values())


def _disjoint_cycles(graph: Graph, removed: set[Node]) -> Iterator[list[Node]]:
    """Short cycles of the rest that share no node, until none is left."""
    out = _around(graph) if not graph.directed else _successors(graph)
    left = {node: near - removed for node, near in out.items() if node not in removed}
    while (cycle := _short_cycle(left, graph.directed)) is not None:
        yield cycle
        gone = set(cycle)
        left = {node: near - gone for node, near in left.items() if node not in gone}


def _successors(graph: Graph) -> Around:
    out: Around = {node: set() for node in graph}
    for edge in graph.edges():
        out[edge.source].add(edge.target)
    return out


def _short_cycle(out: Around, directed: bool) -> list[Node] | None:
    """A short cycle: of length at least 3 when undirected; None when there is none."""
    best: list[Node] | None = None
    for start in _cyclic(out, directed):
        parent: dict[Node, Node] = {start: start}
        queue = deque([start])
        closing: tuple[Node, Node] | None = None
        while queue and closing is None:
            u = queue.popleft()
            for v in out[u]:
                if directed and v == start:
                    closing = u, start
                    break
                if v not in parent:
                    parent[v] = u
                    queue.append(v)
                elif not directed and parent[u] != v:
                    closing = u, v
                    break
        if closing is not None:
            cycle = _joined(parent, *closing)
            if best is None or len(cycle) < len(best):
                best = cycle
            if len(best) <= 3:
                break
    return best


def _cyclic(out: Around, directed: bool) -> list[Node]:
    """Nodes that stay when nodes on no cycle (of too small degree) are stripped again and again."""
    left = dict(out)
    while True:
        into: dict[Node, int] = dict.fromkeys(left, 0)
        for near in left.values():
            for v in near:
                into[v] += 1
        gone = {v for v in left if (not into[v] or not left[v] if directed else len(left[v]) < 2)}
        if not gone:
            return list(left)
        left = {v: near - gone for v, near in left.items() if v not in gone}


def _joined(parent: dict[Node, Node], u: Node, v: Node) -> list[Node]:
    up = [u]
    while parent[up[-1]] != up[-1]:
        up.append(parent[up[-1]])
    place = {node: i for i, node in enumerate(up)}
    down = [v]
    while down[-1] not in place:
        down.append(parent[down[-1]])
    return up[: place[down[-1]] + 1][::-1] + down[:-1]


def _disjoint_arc_cycles(graph: Graph, removed: set[Any]) -> Iterator[list[Any]]:
    left = {u: {v for v in near if (u, v) not in removed} for u, near in _successors(graph).items()}
    while (cycle := _short_cycle(left, True)) is not None:
        arcs = list(zip(cycle, [*cycle[1:], cycle[0]]))
        yield arcs
        for u, v in arcs:
            left[u].discard(v)


def _disjoint_odd_cycles(around: Around, worth: Mapping[Any, Any], removed: set[Any]) -> Iterator[list[Any]]:
    left = {u: [v for v in near if (u, v) not in removed and (v, u) not in removed] for u, near in around.items()}
    while True:
        _, cycle = two_colouring(left)
        if not cycle:
            return
        steps = list(zip(cycle, [*cycle[1:], cycle[0]]))
        yield [(u, v) if (u, v) in worth else (v, u) for u, v in steps]
        for u, v in steps:
            left[u].remove(v)
            left[v].remove(u)


def _improved(around: Around, worth: Mapping[Any, Amount], side: set[Node]) -> set[Node]:
    """Move single nodes across while that makes the cut heavier."""
    moved = True
    while moved:
        moved = False
        for node, near in around.items():
            gain = sum(
                worth.get((node, v), worth.get((v, node), 0)) * (1 if (v in side) == (node in side) else -1)
                for v in near
            )
            if gain > 0:
                side ^= {node}
                moved = True
    return side


def _listed(graph: Graph, around: Around, start: list[Node], limit: int) -> Groups:
    if limit < 1:
        raise BadArgument(f"limit is {limit}; it must be at least 1")
    at = {node: i for i, node in enumerate(graph)}
    candidates = around[start[0]] if start else set(around)
    found = list(itertools.islice(_extended(around, start, candidates), limit + 1))
    groups = sorted((sorted(g, key=at.__getitem__) for g in found[:limit]), key=lambda g: [at[v] for v in g])
    if len(found) <= limit:
        return Groups(groups)
    return Groups(groups, exact=False, bounds=(limit + 1, math.inf), notes=(f"stopped after {limit} cliques",))


def _extended(around: Around, start: list[Node], candidates: set[Node]) -> Iterator[list[Node]]:
    """Maximal cliques that contain `start`, with an explicit stack."""
    if not around:
        return
    stack = [(start, set(candidates), set[Node]())]
    while stack:
        clique, open_, closed = stack.pop()
        if not open_ and not closed:
            yield clique
            continue
        if not open_:
            continue
        pivot = max(open_ | closed, key=lambda v: len(around[v] & open_))
        for v in list(open_ - around[pivot]):
            stack.append(([*clique, v], open_ & around[v], closed & around[v]))
            open_ = open_ - {v}
            closed = closed | {v}
