"""Checks of bridges, cut nodes and blocks by chains, and of cores and trusses by peeling orders."""

from __future__ import annotations

from typing import Any

from graphs.graph import Graph
from tools.answers import Edges, Groups, Nodes, NodeValues, Number, Truth
from tools.certificates.agreement import settled
from tools.certificates.base import checker, require
from tools.certificates.degrees import nodes_are
from tools.certificates.evidence import Arcs, arcs_of, in_graph_order, parts_of, reach, same_set


def simple_arcs(graph: Graph) -> Arcs:
    """Both directions of every edge, self-loops left out."""
    return {u: {v: 1 for v in row if v != u} for u, row in arcs_of(graph, undirected=True).items()}


def _depth_first(arcs: Arcs) -> tuple[list[Any], dict[Any, Any]]:
    order: list[Any] = []
    parent: dict[Any, Any] = {}
    for root in arcs:
        if root in parent:
            continue
        parent[root] = None
        order.append(root)
        stack = [(root, iter(arcs[root]))]
        while stack:
            u, ahead = stack[-1]
            v = next((w for w in ahead if w not in parent), None)
            if v is None:
                stack.pop()
            else:
                parent[v] = u
                order.append(v)
                stack.append((v, iter(arcs[v])))
    return order, parent


def weak_points(arcs: Arcs) -> tuple[set[frozenset[Any]], set[Any]]:
    """Bridges and cut nodes of a simple graph by chain decomposition (Schmidt, IPL 113 (2013)). O(n + m).

    An edge on no chain is a bridge. A node is a cut node when it ends a bridge and has degree two or more, or when it
    starts a chain that is a cycle and not the first chain of its component.
    """
    order, parent = _depth_first(arcs)
    index = {node: i for i, node in enumerate(order)}
    on_chain: set[frozenset[Any]] = set()
    visited: set[Any] = set()
    started: set[Any] = set()
    root: dict[Any, Any] = {}
    for v in order:
        root[v] = v if parent[v] is None else root[parent[v]]
    cut: set[Any] = set()
    for v in order:
        for w in arcs[v]:
            if index[w] < index[v] or parent[w] == v:
                continue
            first = root[v] not in started
            started.add(root[v])
            visited.add(v)
            on_chain.add(frozenset((v, w)))
            x = w
            while x not in visited:
                visited.add(x)
                on_chain.add(frozenset((x, parent[x])))
                x = parent[x]
            if x == v and not first:
                cut.add(v)
    bridges = {frozenset((u, v)) for u, row in arcs.items() for v in row} - on_chain
    return bridges, cut | {u for edge in bridges for u in edge if len(arcs[u]) > 1}


@checker("bridges")
def check_bridges(graph: Graph, answer: Edges) -> str:
    """edges on no chain of a chain decomposition"""
    settled(answer)
    require(answer.total is None and answer.witness is None, "a field that is not needed")
    pairs: dict[frozenset[Any], list[tuple[Any, Any]]] = {}
    for edge in graph.edges():
        pairs.setdefault(frozenset((edge.source, edge.target)), []).append((edge.source, edge.target))
    found, _ = weak_points(simple_arcs(graph))
    expected = [pairs[edge][0] for edge in found if len(pairs[edge]) == 1]
    same_set([tuple(edge) for edge in answer.edges], expected, "bridges")
    return f"{len(answer.edges)} edges lie on no cycle, and all others do"


@checker("articulation_points")
def check_articulation_points(graph: Graph, answer: Nodes) -> str:
    """ends of bridges and of cycles in a chain decomposition"""
    nodes_are(graph, answer, list(weak_points(simple_arcs(graph))[1]), "articulation points")
    return f"{len(answer.nodes)} nodes disconnect what they hold together, and no others"


@checker("biconnected_components")
def check_biconnected_components(graph: Graph, answer: Groups) -> str:
    """each block has no cut node, every edge lies in one block, and the blocks hang together as a forest"""
    settled(answer)
    require(answer.score is None and answer.witness is None, "a field that is not needed")
    arcs = simple_arcs(graph)
    inside = 0
    shared: dict[Any, list[Any]] = {("block", i): [] for i in range(len(answer.groups))}
    for i, group in enumerate(answer.groups):
        members = set(group)
        require(len(members) == len(group) >= 2, "a block has a node twice or fewer than two nodes")
        in_graph_order(graph, group)
        block: Arcs = {u: {v: 1 for v in arcs[u] if v in members} for u in group}
        require(len(reach(block, group[0])) == len(group), "a block is not connected")
        require(not weak_points(block)[1], "a block has a cut node")
        inside += sum(map(len, block.values()))
        for u in group:
            shared["block", i].append(("node", u))
            shared.setdefault(("node", u), []).append(("block", i))
    require(inside == sum(map(len, arcs.values())), "an edge lies in no block or in two")
    links = sum(map(len, shared.values())) // 2
    require(links == len(shared) - len(parts_of(shared)), "two blocks belong together")
    require(all(len(a) >= len(b) for a, b in zip(answer.groups, answer.groups[1:])), "not in order of size")
    return f"the {len(answer.groups)} blocks have no cut node, and no larger set with them has none"


@checker("is_biconnected")
def check_is_biconnected(graph: Graph, answer: Truth) -> str:
    """chains that leave no cut node; or a cut node, a component, or a single node"""
    settled(answer)
    arcs = simple_arcs(graph)
    if answer.holds:
        require(answer.witness is None and len(arcs) > 1, "one node is not biconnected")
        require(len(parts_of(arcs)) == 1 and not weak_points(arcs)[1], "the graph has a cut node or falls apart")
        return "the graph is connected and no node disconnects it"
    [(kind, shown)] = answer.witness.items()
    if kind == "only":
        require(list(arcs) == [shown], "the graph has more than that node")
    elif kind == "component":
        members = set(shown)
        require(len(members) == len(shown) and 0 < len(members) < len(arcs) and members <= set(arcs), "no component")
        require(all(v in members for u in members for v in arcs[u]), "an edge leaves the component")
    else:
        require(kind == "articulation_point" and shown in arcs, "an unknown witness")
        rest = {u: [v for v in row if v != shown] for u, row in arcs.items() if u != shown}
        require(len(parts_of(rest)) > 1, "the graph stays connected without that node")
    return "the graph is not biconnected"


def _later(arcs: Arcs, order: list[Any]) -> list[int]:
    """For each node of the order how many of its neighbours come later or are not in the order."""
    place = {node: i for i, node in enumerate(order)}
    require(len(place) == len(order) and set(place) <= set(arcs), "the order names a node twice or an unknown one")
    return [sum(place.get(v, len(order)) > place[u] for v in arcs[u]) for u in order]


@checker("k_core")
def check_k_core(graph: Graph, answer: Nodes, k: int) -> str:
    """degrees inside the core, and an order in which all others fall away"""
    settled(answer)
    arcs = simple_arcs(graph)
    same_set([*answer.nodes, *answer.witness], arcs, "nodes")
    in_graph_order(graph, answer.nodes)
    inside = set(answer.nodes)
    require(all(sum(v in inside for v in arcs[u]) >= k for u in inside), f"a node has fewer than {k} neighbours inside")
    require(all(left < k for left in _later(arcs, answer.witness)), f"a node falls away with {k} neighbours left")
    return f"the {k}-core has {len(inside)} nodes"


@checker("core_numbers")
def check_core_numbers(graph: Graph, answer: NodeValues) -> str:
    """degrees inside each core, and a peeling order in which no node has more neighbours left than its number"""
    settled(answer)
    arcs, core, order = simple_arcs(graph), answer.values, answer.witness
    same_set(order, arcs, "nodes")
    require(set(core) == set(arcs), "a node has no core number")
    require(all(core[a] <= core[b] for a, b in zip(order, order[1:])), "the order is not one of core numbers")
    require(all(left <= core[u] for u, left in zip(order, _later(arcs, order))), "a core number is too small")
    require(
        all(sum(core[v] >= core[u] for v in row) >= core[u] for u, row in arcs.items()), "a core number is too large"
    )
    return "every node has the core number listed"


@checker("degeneracy")
def check_degeneracy(graph: Graph, answer: Number) -> str:
    """degrees inside a core, and an order in which no node has more neighbours left than that"""
    settled(answer)
    arcs, core, order = simple_arcs(graph), answer.witness["core"], answer.witness["order"]
    same_set(order, arcs, "nodes")
    require(set(answer.witness) == {"core", "order"} and core and len(set(core)) == len(core), "not the witness")
    require(all(sum(v in core for v in arcs[u]) >= answer.number for u in core), "the core is too thin")
    require(all(left <= answer.number for left in _later(arcs, order)), "a node has more neighbours left")
    return f"the degeneracy is {answer.number}"


@checker("k_truss")
def check_k_truss(graph: Graph, answer: Edges, k: int) -> str:
    """triangles inside the truss, and an order in which all other edges fall away"""
    settled(answer)
    require(answer.total is None, "a total that is not needed")
    arcs: dict[Any, set[Any]] = {u: set(row) for u, row in simple_arcs(graph).items()}
    require(all(len(edge) == 2 for edge in [*answer.edges, *answer.witness]), "an edge has other than two ends")
    own = [frozenset((u, v)) for u, row in arcs.items() for v in row]
    same_set([frozenset(edge) for edge in [*answer.edges, *answer.witness]], own, "edges")
    for u, v in answer.witness:
        require(len(arcs[u] & arcs[v]) < k - 2, f"an edge falls away with {k - 2} triangles left")
        arcs[u].discard(v)
        arcs[v].discard(u)
    require(all(len(arcs[u] & arcs[v]) >= k - 2 for u, v in answer.edges), f"an edge has fewer than {k - 2} triangles")
    return f"the {k}-truss has {len(answer.edges)} edges"
